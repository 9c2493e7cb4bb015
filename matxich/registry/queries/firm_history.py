"""What was said of an enterprise over time, as far as a reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import mask
from matxich.registry.models import Enterprise, Statement
from matxich.registry.permissions import may_see_statement
from matxich.registry.queries.firm_page import shown
from matxich.registry.queries.passport import history
from matxich.registry.states import ImportState
from matxich.rulebook.passport import field_of

PAGE = 25


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as a line of history. `standing` says in words why it no longer counts, or "" while it does."""

    pk: int
    label: str
    value: str
    source: str
    level: int
    as_of: date
    recorded_at: datetime
    standing: str


def history_page(enterprise: Enterprise, actor: Actor, before: int | None) -> tuple[list[Said], int | None]:
    """25 statements, newest first, and the key of the next page; what the reader may not see is left out."""
    rows = history(enterprise)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return [_said(one) for one in found[:PAGE] if may_see_statement(actor, one)], more


def said_of_field(statement: Statement) -> list[Said]:
    """All that was said of the same field of the same enterprise, newest first."""
    return [_said(one) for one in history(statement.enterprise).filter(field=statement.field)[:PAGE]]


def current_text(enterprise: Enterprise, field: str) -> str:
    """What the passport shows now for a field, masked when personal; "" when nothing."""
    current = enterprise.passport.get(field, {})
    values = [item[0] for item in current["m"]] if "m" in current else [current["v"]] if "v" in current else []
    told = field_of(field)
    text = " · ".join(shown(value, told.kind) for value in values)
    return mask(text) if told.personal and text else text


def _said(one: Statement) -> Said:
    field = field_of(one.field)
    value = shown(one.value, field.kind)
    return Said(
        one.pk,
        _(field.label),
        mask(value) if field.personal else value,
        one.source.name,
        min(3, one.verification),
        one.as_of,
        one.recorded_at,
        _standing(one),
    )


def _standing(one: Statement) -> str:
    if one.withdrawn_at:
        return _("đã rút")
    if one.superseded_by_id:
        return _("đã thay")
    if one.batch and one.batch.state == ImportState.UNDONE:
        return _("danh sách đã hoàn tác")
    return ""
