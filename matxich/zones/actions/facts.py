"""Stating facts of a zone: what an officer reads in a paper, with its date and name."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.places.models import Zone
from matxich.places.queries import chain, find_communes
from matxich.rulebook.vietnamese.text import fold, squeeze
from matxich.rulebook.zones.fields import BY_CODE, fields_for
from matxich.rulebook.zones.values import BadValue, Reading, read_value
from matxich.zones.models import ZoneFact
from matxich.zones.permissions import may_state
from matxich.zones.queries.facts import known_of

UNKNOWN = frozenset({"-", "–", "—", "?"})
"""Typed in place of a value: what was stated is not known any more."""


class BadFigures(Refusal):
    """Values that do not fit their fields; `faults`: field code → sentence."""

    code = "bad_figures"
    status = 422

    def __init__(self, faults: Mapping[str, str]) -> None:
        told = "; ".join(
            f"{gettext(BY_CODE[code].label) if code in BY_CODE else code}: {why}" for code, why in faults.items()
        )
        super().__init__(_("Còn số liệu cần sửa."), told)
        self.faults = dict(faults)


class BadDay(Refusal):
    """A fact of tomorrow is none."""

    code = "bad_day"
    status = 422


class NothingStated(Refusal):
    code = "nothing_stated"
    status = 422


class NoSource(Refusal):
    """Every fact names the paper, list or person it is from."""

    code = "no_source"
    status = 422


def subject_of(zone: Zone) -> Subject:
    """The zone as the ledger names it."""
    return Subject("zone", str(zone.pk), str(zone), zone.province_34)


@transaction.atomic
def state_facts(
    *,
    zone: Zone,
    typed: Mapping[str, object],
    as_of: date,
    source: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    since: date | None = None,
) -> list[ZoneFact]:
    """Add what a source says of a zone on a day: field code → as typed (see rulebook.zones.values).

    Empty values are left out, "-" states that it is not known; what is in force already is not repeated. `since` is
    the first day of figures added up over time. All or nothing; one ledger entry.
    Raises Denied, BadDay, NoSource, BadFigures, NothingStated.
    """
    demand(may_state(by, zone))
    Zone.objects.select_for_update().get(pk=zone.pk)
    told_by = squeeze(source)
    if not told_by:
        raise NoSource(_("Chưa ghi nguồn."), _("Ghi tên và số văn bản, danh sách hoặc người cung cấp."))
    if as_of > timezone.localdate(at):
        raise BadDay(_("Ngày của số liệu ở tương lai."), _("Ghi ngày mà văn bản nói tới, muộn nhất là hôm nay."))
    readings = read_typed(zone, typed, on=as_of)
    before = known_of([zone], as_of)[0].facts
    fresh = {code: one for code, one in readings.items() if _differs(one, before.get(code), as_of)}
    if not fresh:
        raise NothingStated(_("Không có số liệu nào mới."), _("Ghi ít nhất một mục khác với số liệu đang có."))
    facts = [
        ZoneFact(
            zone=zone,
            field=code,
            value=one.value if one else None,
            comparator=one.comparator if one else "",
            as_of=as_of,
            since=since if BY_CODE[code].basis == "flow" else None,
            source=told_by[:300],
            reason=reason[:500],
            recorded_at=at,
            recorded_by=by.id,
        )
        for code, one in fresh.items()
    ]
    ZoneFact.objects.bulk_create(facts)
    record(
        by=by,
        at=at,
        action="zone.state_facts",
        on=subject_of(zone),
        before={code: before[code].value if code in before else None for code in fresh},
        after={fact.field: fact.value for fact in facts} | {"as_of": as_of, "source": told_by[:300]},
        reason=reason,
    )
    return facts


def read_typed(zone: Zone, typed: Mapping[str, object], *, on: date) -> dict[str, Reading | None]:
    """Every value that is there, as stored; None for one that is stated to be unknown. Raises BadFigures."""
    known = {one.code: one for one in fields_for(zone.kind)}
    found: dict[str, Reading | None] = {}
    faults: dict[str, str] = {}
    for code, value in typed.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str) and value.strip() in UNKNOWN:
            found[code] = None
            continue
        try:
            found[code] = read_one(known[code].code, value, zone.province_34, on)
        except KeyError:
            faults[code] = gettext("mục này không dùng cho loại khu này.")
        except BadValue as bad:
            faults[code] = sentence(bad)
    if faults:
        raise BadFigures(faults)
    return found


def read_one(code: str, value: object, province_34: str, on: date) -> Reading:
    """One value as stored; a commune by name or code within the province. Raises BadValue."""
    field = BY_CODE[code]
    if field.kind == "commune":
        return Reading(commune_in(str(value), province_34, on))
    return read_value(field, value)


class NoSuchCommune(BadValue):
    """No commune, or several, of this name lie in the province."""

    def __init__(self, typed: str, several: bool) -> None:
        super().__init__("several_communes" if several else "no_such_commune", text=typed[:40])


def commune_in(typed: str, province_34: str, on: date) -> str:
    """The code of the commune of today's map that a name or code means within a province. Raises NoSuchCommune."""
    day = max(on, date(2025, 7, 1))
    bare = squeeze(typed)
    lower = fold(bare)
    for kind in ("xa ", "phuong ", "dac khu ", "p. ", "x. "):
        if lower.startswith(kind):
            lower = lower.removeprefix(kind)
            break
    inside = [unit for unit in find_communes(lower, day) if province_34 in chain(unit.code, day)]
    exact = [unit for unit in inside if unit.folded == lower or unit.code == bare] or inside
    if len(exact) != 1:
        raise NoSuchCommune(bare, several=bool(exact))
    return exact[0].code


def sentence(bad: BadValue) -> str:
    """A bad value's reason in the reader's language."""
    return gettext(bad.text) % bad.params


def _differs(one: Reading | None, before: ZoneFact | None, as_of: date) -> bool:
    """New, changed, or told of a later day: the same figure told again on a later day is a fresher fact."""
    if before is None:
        return one is not None
    if one is None:
        return True
    return (one.value, one.comparator) != (before.value, before.comparator) or before.as_of < as_of
