"""What a firm says of itself: one source for all firms, the lowest level, and never in place of another's word."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied
from matxich.registry.actions.sources import standing_source
from matxich.registry.models import Enterprise, Source, Statement
from matxich.registry.permissions import may_edit_officially
from matxich.registry.queries.families import families
from matxich.registry.states import OWN_WORD, SourceKind
from matxich.rulebook.capabilities.joining import DENIED


def own_word(*, by: Actor, at: datetime) -> Source:
    """The source of everything firms declare."""
    kind = SourceKind.SELF_DECLARED
    return standing_source(key=OWN_WORD, name=kind.label, kind=kind, by=by, at=at)


def speaks_as_firm(by: Actor, enterprise: Enterprise) -> bool:
    """Officials name the source of what they state; anybody else who may state speaks for the firm alone."""
    return not may_edit_officially(by, enterprise)


def own_statements(enterprise: Enterprise, field: str, source: Source) -> QuerySet[Statement]:
    """What the firm itself said of a field and nothing newer replaced."""
    family = families([enterprise.pk])[enterprise.pk]
    return Statement.objects.filter(
        enterprise__in=family, field=field, source=source, superseded_by__isnull=True, withdrawn_at__isnull=True
    )


def demand_own(value: Any, former: QuerySet[Statement]) -> None:
    """A firm takes back an item of its own; what others told is for officials to correct."""
    if value == DENIED and not former.exists():
        raise Denied(_("Điều này do nguồn khác ghi. Khai điều đúng bên cạnh, hoặc nhờ cán bộ phụ trách địa bàn sửa."))
