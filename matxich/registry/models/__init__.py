"""The tables of this room."""

from matxich.registry.models.people import Attachment, Claim, Confirmation, ConfirmationLink, SavedSearch, Visit
from matxich.registry.models.register import (
    Enterprise,
    Import,
    ImportRow,
    Merge,
    NoLongerListed,
    Projection,
    SearchChange,
    SiteZone,
    Source,
    StagedProjection,
    Statement,
    TermDecision,
)

__all__ = [
    "Attachment",
    "Claim",
    "Confirmation",
    "ConfirmationLink",
    "Enterprise",
    "Import",
    "ImportRow",
    "Merge",
    "NoLongerListed",
    "Projection",
    "SavedSearch",
    "SearchChange",
    "SiteZone",
    "Source",
    "StagedProjection",
    "Statement",
    "TermDecision",
    "Visit",
]
