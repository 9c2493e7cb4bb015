"""C01 to C15: what was measured at firms before and after, once another person verified it; what they said since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from matxich.coaching.instruments import kpi_sheet
from matxich.coaching.models import FollowUp, KpiReading
from matxich.coaching.states import FollowUpState, Moment
from matxich.indicators.queries.computed.coaching import told
from matxich.indicators.queries.sources import Rows, Scope, source
from matxich.rulebook.indicators.catalogue import catalogue
from matxich.rulebook.indicators.folding import Row

KEPT = Decimal("0.8")
"""So much of a gain has to be there at +12 months for it to be sustained (programmes.md C12)."""
BILLION = Decimal(10**9)
NEW_SALES, KEPT_SALES, RECOMMEND = "market.new_sales", "market.kept_sales", "firm.recommend"
PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm whose end measurement was verified by the day."""

    record: str
    key: str
    on: date
    splits: dict[str, str]


def _firms(scope: Scope) -> dict[int, Firm]:
    return {
        pk: Firm(f"participant:{pk}", key, dates[0], splits) for pk, key, splits, dates in told(scope, "verified_on")
    }


@cache
def _units() -> dict[str, str]:
    """The unit each measure is told in: the sheet's."""
    return {one.code: one.unit for one in kpi_sheet().values()}


def _values(
    codes: Iterable[str],
    moments: Iterable[str],
    on: date,
    *,
    one_unit: bool = False,
    measured: QuerySet[KpiReading, Any] | None = None,
) -> dict[tuple[int, int, str], dict[str, Decimal]]:
    """(participant, measured line, better) → moment → value, of readings in use. One query.

    `one_unit`: only lines in the unit of the sheet. A later definition may count in another, and such values never
    stand in one median or sum; what compares a line with itself takes lines of any unit. `measured`: of these lines.
    """
    found: dict[tuple[int, int, str], dict[str, Decimal]] = defaultdict(dict)
    readings = KpiReading.objects.filter(
        measured__definition__code__in=tuple(codes), moment__in=tuple(moments), replaced_at=None, value__isnull=False,
        measured_on__lte=on,
    )  # fmt: skip
    if measured is not None:
        readings = readings.filter(measured__in=measured)
    definition = ("measured__definition__better", "measured__definition__code", "measured__definition__unit")
    columns = ("participant", "measured", *definition, "moment", "value")
    units = _units()
    for participant, line, better, code, unit, moment, value in readings.values_list(*columns):
        if one_unit and unit != units.get(code, unit):
            continue
        found[participant, line, better][moment] = value
    return found


def _median_of(code: str, moment: str) -> Rows:
    """For each firm the median of its lines measured both before and after."""

    def rows(scope: Scope) -> list[Row]:
        firms, lines = _firms(scope), defaultdict(list)
        for (pk, _, _), values in _values([code], (Moment.BASE, Moment.END), scope.on, one_unit=True).items():
            if pk in firms and len(values) == 2:
                lines[pk].append(values[moment])
        return [_row(firms[pk], median(told)) for pk, told in lines.items()]

    return rows


def _row(firm: Firm, value: Decimal | int, of: int = 1) -> Row:
    return Row(firm.record, firm.key, firm.on, Decimal(value), Decimal(of), splits=firm.splits)


for _one in catalogue().values():
    if _one.kpi and _one.group == "C" and not _one.gain and _one.kpi != "ladder_score":
        source(_one.code)(_median_of(_one.kpi, Moment.BASE if _one.code.endswith("a") else Moment.END))


def _gains(code: str, scope: Scope, *, relative: bool, told_as_is: bool = True) -> dict[int, Decimal]:
    """Participant → median rise of its lines, towards what is better; relative in hundredths of the base.

    `told_as_is`: the rise itself is the figure, so that it has to be in one unit; otherwise only its sign is read.
    """
    lines: dict[int, list[Decimal]] = defaultdict(list)
    readings = _values([code], (Moment.BASE, Moment.END), scope.on, one_unit=not relative and told_as_is)
    for (pk, _, better), values in readings.items():
        if len(values) < 2 or (relative and not values[Moment.BASE]):
            continue
        gained = _gain(better, values[Moment.BASE], values[Moment.END])
        lines[pk].append(gained * 100 / abs(values[Moment.BASE]) if relative else gained)
    return {pk: Decimal(median(told)) for pk, told in lines.items()}


def _gain(better: str, base: Decimal, now: Decimal) -> Decimal:
    return now - base if better == "up" else base - now


def _gain_rows(code: str, *, relative: bool) -> Rows:
    def rows(scope: Scope) -> list[Row]:
        firms = _firms(scope)
        gains = _gains(code, scope, relative=relative)
        return [_row(firms[pk], gained) for pk, gained in gains.items() if pk in firms]

    return rows


source("C08")(_gain_rows(catalogue()["C08"].kpi, relative=True))
source("C10")(_gain_rows(catalogue()["C10"].kpi, relative=False))


@source("C11")
def saved(scope: Scope) -> list[Row]:
    """Million đồng a year, as verified at the end; each line measured on its own."""
    firms = _firms(scope)
    values = _values(["cost_saved"], (Moment.END,), scope.on, one_unit=True)
    return [_row(firms[pk], one[Moment.END]) for (pk, _, _), one in values.items() if pk in firms]


@source("C12")
def sustained(scope: Scope) -> list[Row]:
    """Of measures that were better at the end and measured again at twelve months, those that kept the gain."""
    firms = _firms(scope)
    codes = {one.kpi for one in catalogue().values() if one.kpi}
    asked = KpiReading.objects.filter(
        moment=Moment.M12, replaced_at=None, value__isnull=False, measured_on__lte=scope.on,
        measured__definition__code__in=codes,
    )  # fmt: skip
    again = dict(asked.values_list("measured", "measured_on"))
    if not again:
        return []
    values = _values(codes, (Moment.BASE, Moment.END, Moment.M12), scope.on, measured=asked.values("measured"))
    rows = []
    for (pk, measured, better), told_of in values.items():
        if pk not in firms or len(told_of) < 3:
            continue
        gained = _gain(better, told_of[Moment.BASE], told_of[Moment.END])
        if gained > 0:
            stays = _gain(better, told_of[Moment.BASE], told_of[Moment.M12]) >= gained * KEPT
            key = f"measured:{measured}"
            rows.append(Row(key, key, again[measured], Decimal(stays), splits=firms[pk].splits))
    return rows


@source("C14")
def improved(scope: Scope) -> list[Row]:
    """Of the firms that finished and were measured in both, those whose output per hour rose and who saved money."""
    productivity = _gains(catalogue()["C08"].kpi, scope, relative=False, told_as_is=False)
    savings: dict[int, Decimal] = defaultdict(Decimal)
    for (pk, _, _), values in _values(["cost_saved"], (Moment.END,), scope.on).items():
        savings[pk] += values[Moment.END]
    return [
        Row(
            f"participant:{pk}", key, dates[0], Decimal(productivity[pk] > 0 and savings[pk] > 0),
            splits=splits,
        )
        for pk, key, splits, dates in told(scope, "closed_on")
        if pk in productivity and pk in savings
    ]  # fmt: skip


def _answers(scope: Scope, moments: tuple[str, ...]) -> list[tuple[FollowUp, Firm]]:
    firms = {
        pk: Firm(f"participant:{pk}", key, dates[0], splits) for pk, key, splits, dates in told(scope, "closed_on")
    }
    found = FollowUp.objects.filter(
        state=FollowUpState.ANSWERED, moment__in=moments, answered_at__date__lte=scope.on
    ).order_by("pk")
    return [(one, firms[one.participant_id]) for one in found if one.participant_id in firms]


def _sales(field: str) -> Rows:
    """Billion đồng the firms owe to the programme, as they say or as somebody verified."""

    def rows(scope: Scope) -> list[Row]:
        found = []
        for one, firm in _answers(scope, ("m6", "m12", "m24")):
            amounts = [_amount(getattr(one, field), path) for path in (NEW_SALES, KEPT_SALES)]
            if (known := [amount for amount in amounts if amount is not None]) and one.answered_at:
                day = timezone.localdate(one.answered_at)
                total = sum(known, Decimal()) / BILLION
                found.append(Row(f"follow_up:{one.pk}", firm.key, day, total, splits=firm.splits))
        return found

    return rows


def _amount(answers: Mapping[str, Any], path: str) -> Decimal | None:
    value = answers.get(path)
    return Decimal(str(value)) if isinstance(value, (int, str, Decimal)) and str(value).strip() else None


source("C13", silent=True)(_sales("answers"))
source("C13a", silent=True)(_sales("verified"))


@source("C15", silent=True)
def promoters(scope: Scope) -> list[Row]:
    rows = []
    for one, firm in _answers(scope, ("end",)):
        mark = _amount(one.answers, RECOMMEND)
        if mark is not None:
            value = 1 if mark >= PROMOTER else -1 if mark <= DETRACTOR else 0
            rows.append(Row(f"follow_up:{one.pk}", firm.key, firm.on, Decimal(value), splits=firm.splits))
    return rows
