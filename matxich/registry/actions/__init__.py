"""Everything that happens in the register."""

from matxich.registry.actions.attachments import Upload
from matxich.registry.actions.claims import (
    AlreadyClaimed,
    AlreadyManaged,
    ClaimMoved,
    ReasonNeeded,
    approve_claim,
    end_claim,
    refuse_claim,
    submit_claim,
    withdraw_claim,
)
from matxich.registry.actions.confirming import (
    AT_ONCE,
    LinkExpired,
    LinkReplaced,
    LinkUnknown,
    LinkUsed,
    NoAddress,
    NothingConfirmed,
    confirm_by_link,
    confirm_facts,
    open_link,
    send_link,
    send_links,
)
from matxich.registry.actions.declaring import own_word
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
from matxich.registry.actions.values import BadValue
from matxich.registry.actions.waiting import NoSuchEnterprise, NotWaiting, decide_queued

__all__ = [
    "AT_ONCE",
    "AlreadyClaimed",
    "AlreadyManaged",
    "AlreadyMerged",
    "AlreadyWithdrawn",
    "BadValue",
    "ClaimMoved",
    "Differences",
    "LaterMergeFirst",
    "LinkExpired",
    "LinkReplaced",
    "LinkUnknown",
    "LinkUsed",
    "NamelessSource",
    "NoAddress",
    "NoLongerStaging",
    "NoSuchEnterprise",
    "NotInRegister",
    "NotMerged",
    "NotWaiting",
    "NothingConfirmed",
    "ReasonNeeded",
    "SameRecord",
    "TaxCodeTaken",
    "TooBusy",
    "UnitOfTheOther",
    "Upload",
    "approve_claim",
    "cancel_import",
    "confirm_by_link",
    "confirm_facts",
    "create_enterprise",
    "decide_queued",
    "end_claim",
    "import_list",
    "merge_enterprises",
    "open_link",
    "own_word",
    "publish",
    "read_list",
    "rebuild",
    "refuse_claim",
    "send_link",
    "send_links",
    "set_mapping",
    "source_named",
    "stage",
    "state_fact",
    "stored_path",
    "submit_claim",
    "undo_import",
    "unmerge_enterprises",
    "upload_list",
    "withdraw_claim",
    "withdraw_statement",
]
