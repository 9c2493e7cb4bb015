"""What is asked of the register."""

from matxich.registry.queries.enterprises import (
    enterprise_by_registry_id,
    enterprises_changed_by,
    public_enterprises,
    visible_enterprises,
)
from matxich.registry.queries.families import merge_of, merges_into
from matxich.registry.queries.imports import (
    Problem,
    import_report,
    imports_of,
    problems,
    queue_of,
    report_of,
    rows_of,
    sources_of,
)
from matxich.registry.queries.passport import (
    Fact,
    Passport,
    Provenance,
    Section,
    former_names,
    history,
    passport,
    provenance,
)

__all__ = [
    "Fact",
    "Passport",
    "Problem",
    "Provenance",
    "Section",
    "enterprise_by_registry_id",
    "enterprises_changed_by",
    "former_names",
    "history",
    "import_report",
    "imports_of",
    "merge_of",
    "merges_into",
    "passport",
    "problems",
    "provenance",
    "public_enterprises",
    "queue_of",
    "report_of",
    "rows_of",
    "sources_of",
    "visible_enterprises",
]
