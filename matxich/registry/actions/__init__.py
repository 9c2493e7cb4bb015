"""Everything that happens in the register."""

from matxich.registry.actions.facts import (
    AlreadyWithdrawn,
    NotInRegister,
    TaxCodeTaken,
    create_enterprise,
    state_fact,
    withdraw_statement,
)
from matxich.registry.actions.lists import (
    cancel_import,
    import_list,
    read_list,
    set_mapping,
    stage,
    stored_path,
    upload_list,
)
from matxich.registry.actions.merging import (
    AlreadyMerged,
    LaterMergeFirst,
    NotMerged,
    SameRecord,
    UnitOfTheOther,
    merge_enterprises,
    unmerge_enterprises,
)
from matxich.registry.actions.publishing import TooBusy, publish, undo_import
from matxich.registry.actions.rebuilding import Differences, rebuild
from matxich.registry.actions.sources import NamelessSource, source_named
from matxich.registry.actions.staging import NoLongerStaging
from matxich.registry.actions.terms import (
    AlreadyUndone,
    NoPhrase,
    NoSuchConcept,
    decide_term,
    undo_term_decision,
)
from matxich.registry.actions.values import BadValue
from matxich.registry.actions.waiting import NoSuchEnterprise, NotWaiting, decide_queued

__all__ = [
    "AlreadyMerged",
    "AlreadyUndone",
    "AlreadyWithdrawn",
    "BadValue",
    "Differences",
    "LaterMergeFirst",
    "NamelessSource",
    "NoLongerStaging",
    "NoPhrase",
    "NoSuchConcept",
    "NoSuchEnterprise",
    "NotInRegister",
    "NotMerged",
    "NotWaiting",
    "SameRecord",
    "TaxCodeTaken",
    "TooBusy",
    "UnitOfTheOther",
    "cancel_import",
    "create_enterprise",
    "decide_queued",
    "decide_term",
    "import_list",
    "merge_enterprises",
    "publish",
    "read_list",
    "rebuild",
    "set_mapping",
    "source_named",
    "stage",
    "state_fact",
    "stored_path",
    "undo_import",
    "undo_term_decision",
    "unmerge_enterprises",
    "upload_list",
    "withdraw_statement",
]
