"""A07, A08, A09: industrial parks and clusters with what is known of them on a day."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from matxich.indicators.queries.sources import Rows, Scope, source, splits_of
from matxich.places.states import ZoneKind
from matxich.rulebook.indicators.folding import Row
from matxich.zones.queries.facts import Known, known_of, listed_zones
from matxich.zones.queries.listing import COLUMNS

ALWAYS = date(1900, 1, 1)


def _known(kind: str, on: date) -> list[Known]:
    zones = listed_zones(on).filter(kind=kind)
    return [one for one in known_of(zones, on, COLUMNS) if (one.zone.valid_from or ALWAYS) <= on]


def _row(one: Known, scope: Scope, value: Decimal = Decimal(1)) -> Row:
    zone = one.zone
    return Row(
        record=f"zone:{zone.pk}", key=f"zone:{zone.pk}", begins=zone.valid_from or ALWAYS, value=value,
        splits=splits_of(zone.province_63, zone.province_34, scope),
    )  # fmt: skip


def _count(kind: str) -> Rows:
    return lambda scope: [_row(one, scope) for one in _known(kind, scope.on)]


def _areas(kind: str, field: str) -> Rows:
    """Hectares of those whose area is known: unknown is not nought."""

    def rows(scope: Scope) -> list[Row]:
        known = ((one, one.area(field)) for one in _known(kind, scope.on))
        return [_row(one, scope, area) for one, area in known if area is not None]

    return rows


_MADE: tuple[tuple[str, Callable[[], Rows], bool], ...] = (
    ("A07", lambda: _count(ZoneKind.KCN), False),
    ("A08", lambda: _count(ZoneKind.CCN), False),
    ("A07a", lambda: _areas(ZoneKind.KCN, "planned_area"), True),
    ("A07b", lambda: _areas(ZoneKind.KCN, "established_area"), True),
    ("A08a", lambda: _areas(ZoneKind.CCN, "planned_area"), True),
    ("A08b", lambda: _areas(ZoneKind.CCN, "established_area"), True),
)
for _code, _make, _silent in _MADE:
    source(_code, dated=True, silent=_silent)(_make())


@source("A09", dated=True)
def digitised(scope: Scope) -> list[Row]:
    return [_row(one, scope, Decimal(one.is_digitised)) for one in _known(ZoneKind.CCN, scope.on)]
