"""What was said of an enterprise over time, as far as a reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.actor import Actor
from matxich.kit.display import Event
from matxich.kit.templatetags.mx import day, mask
from matxich.ledger.queries import Shown, of_object, show
from matxich.registry.models import Enterprise, Statement
from matxich.registry.permissions import may_see_statement
from matxich.registry.queries.passport import history, provenance
from matxich.registry.queries.showing import shown
from matxich.registry.states import ImportState
from matxich.rulebook.passport import field_of

PAGE = 25
READ, LATELY = 60, 8


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
    personal: bool = False


def history_page(enterprise: Enterprise, actor: Actor, before: int | None) -> tuple[list[Said], int | None]:
    """25 statements, newest first, and the key of the next page; what the reader may not see is left out."""
    rows = history(enterprise)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return [_said(one) for one in found[:PAGE] if may_see_statement(actor, one)], more


def said_of_field(statement: Statement) -> list[Said]:
    """All that was said of the same field of the same enterprise, newest first."""
    return [_said(one) for one in history(statement.enterprise).filter(field=statement.field)[:PAGE]]


def said_now(enterprise: Enterprise, field: str, actor: Actor) -> list[Said]:
    """What sources say of a field today, the newest first, as far as the reader may see it."""
    rows = history(enterprise).filter(field=field, withdrawn_at=None, superseded_by=None)[:PAGE]
    return [said for one in rows if may_see_statement(actor, one) and not (said := _said(one)).standing]


def told_before(enterprise: Enterprise, field: str, statement: int) -> dict[str, Any]:
    """First values of the form that lets what one source says win; {} when it says nothing of the field."""
    one = history(enterprise).filter(field=field, pk=statement).first()
    if one is None:
        return {}
    value = provenance(one).raw or shown(field, one.value)
    told = {"value": value, "source": one.source_id, "as_of": one.as_of, "verification": one.verification}
    return told | {"replaces": True} | ({"items": one.value} if isinstance(one.value, list) else {})


def latest_events(registry_id: str) -> list[Event]:
    """What happened to a record lately, newest first; the same act by the same person on one day is one event."""
    entries = show(of_object("enterprise", [registry_id])[:READ])
    days = groupby(entries, key=lambda shown: (shown.word, shown.actor_name, timezone.localdate(shown.entry.at)))
    return [_event(list(group)) for _key, group in islice(days, LATELY)]


def _event(group: list[Shown]) -> Event:
    first = group[0]
    times = ngettext("%(n)s lần", "%(n)s lần", len(group)) % {"n": len(group)} if len(group) > 1 else ""
    told = (first.actor_name, first.entry.reason, times)
    return Event(
        time=day(first.entry.at),
        iso=first.entry.at.isoformat(),
        title=str(first.word),
        text=", ".join(part for part in told if part),
        url=reverse("ledger:entry", args=[first.entry.pk]),
        action=_("Xem"),
    )


def current_text(enterprise: Enterprise, field: str) -> str:
    """What the passport shows now for a field, masked when personal; "" when nothing."""
    current = enterprise.passport.get(field, {})
    values = [item[0] for item in current["m"]] if "m" in current else [current["v"]] if "v" in current else []
    told = field_of(field)
    text = " · ".join(shown(field, value) for value in values)
    return mask(text) if told.personal and text else text


def _said(one: Statement) -> Said:
    field = field_of(one.field)
    value = shown(one.field, one.value)
    return Said(
        one.pk,
        _(field.label),
        mask(value) if field.personal else value,
        one.source.name,
        min(3, one.verification),
        one.as_of,
        one.recorded_at,
        _standing(one),
        field.personal,
    )


def _standing(one: Statement) -> str:
    if one.withdrawn_at:
        return _("đã rút")
    if one.superseded_by_id:
        return _("đã thay")
    if one.batch and one.batch.state == ImportState.UNDONE:
        return _("danh sách đã hoàn tác")
    return ""
