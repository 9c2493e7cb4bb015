"""Which enterprises there are, for whom."""

from django.db.models import Q, QuerySet

from matxich.registry.models import Enterprise, Import, ImportRow
from matxich.registry.states import BY_CONSENT, ImportState
from matxich.rulebook.identifiers import parse_registry_id

PUBLISHED = Q(first_import__isnull=True) | Q(first_import__state=ImportState.PUBLISHED)


def visible_enterprises() -> QuerySet[Enterprise]:
    """The register as officials see it: what lists not published know is out of sight, merged records are one."""
    return Enterprise.objects.filter(PUBLISHED, merged_into__isnull=True)


def public_enterprises() -> QuerySet[Enterprise]:
    """The register as everybody sees it: households and artisans, being persons, only with their consent."""
    return visible_enterprises().exclude(kind__in=BY_CONSENT)


def enterprise_by_registry_id(text: str) -> Enterprise | None:
    """The visible enterprise an identifier leads to, through merges; None when it is wrong or leads nowhere."""
    number = parse_registry_id(text)
    found = Enterprise.objects.filter(PUBLISHED, pk=number).first() if number else None
    while found is not None and found.merged_into_id is not None:
        found = Enterprise.objects.filter(pk=found.merged_into_id).first()
    return found


def enterprises_changed_by(batch: Import) -> QuerySet[Enterprise]:
    """Every enterprise a list speaks of, whether in sight or not: what an index has to look at again."""
    rows = ImportRow.objects.filter(batch=batch, enterprise__isnull=False)
    return Enterprise.objects.filter(pk__in=rows.values("enterprise"))
