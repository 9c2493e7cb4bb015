"""B01 to B09, B11, B12, B14, B15, H01, H08, H12: rounds of coaching, the firms and the people in them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from matxich.coaching.models import Cohort, Enrolment, ExpertDay, Participant, Person, StaffPost
from matxich.coaching.states import CohortState, CourseKind, EnrolmentState
from matxich.indicators.queries.sources import Rows, Scope, firm_key, kept_firms, source, splits_of
from matxich.rulebook.indicators.folding import Row

HOURS_A_DAY = Decimal(8)
_TWELVE_MONTHS = timedelta(days=365)
_COLUMNS = (
    "pk", "enterprise", "province_63", "province_34", "enterprise__sector", "enterprise__size", "cohort__label",
)  # fmt: skip


def participants(scope: Scope) -> QuerySet[Participant]:
    """Firms of the rounds asked for."""
    found = Participant.objects.order_by("pk")
    if scope.agreement:
        found = found.filter(cohort__agreement=scope.agreement)
    if scope.programme:
        found = found.filter(cohort__programme=scope.programme)
    return found.filter(cohort__label=scope.round) if scope.round else found


def told(scope: Scope, *days: str) -> Iterator[tuple[int, str, dict[str, str], list[date]]]:
    """(id, who is counted once, where it lies, the days asked for) of those that came to the first of the days."""
    kept = kept_firms()
    reached = participants(scope).filter(**{f"{days[0]}__lte": scope.on})
    for pk, firm, old, new, sector, size, label, *dates in reached.values_list(*_COLUMNS, *days):
        splits = splits_of(old, new, scope, sector=sector, size=size, round=label)
        yield pk, firm_key(firm, kept), splits, dates


def _reached(day: str) -> Rows:
    """One for each firm of a round that came to a step."""
    return lambda scope: [
        Row(f"participant:{pk}", key, dates[0], splits=splits) for pk, key, splits, dates in told(scope, day)
    ]


source("B01", "B02", "B03", "B04")(_reached("closed_on"))
source("B06")(_reached("started_on"))
source("B11a")(_reached("longlisted_on"))
source("B11b")(_reached("visited_on"))
source("B11c")(_reached("interviewed_on"))
source("B11d")(_reached("selected_on"))


@source("B11")
def funnel(scope: Scope) -> list[Row]:
    """Each firm longlisted: 0 until it finished, 1 afterwards."""
    found = []
    for pk, key, splits, (listed, closed) in told(scope, "longlisted_on", "closed_on"):
        record = f"participant:{pk}"
        found.append(Row(record, key, listed, Decimal(), ends=closed, splits=splits))
        if closed is not None:
            found.append(Row(record, key, closed, Decimal(1), splits=splits))
    return found


@source("B12")
def days_to_start(scope: Scope) -> list[Row]:
    return [
        Row(f"participant:{pk}", key, started, Decimal((started - listed).days), splits=splits)
        for pk, key, splits, (started, listed) in told(scope, "started_on", "longlisted_on")
    ]


def _cohorts(scope: Scope) -> QuerySet[Cohort]:
    found = Cohort.objects.exclude(state=CohortState.CANCELLED).filter(starts_on__isnull=False).order_by("pk")
    if scope.agreement:
        found = found.filter(agreement=scope.agreement)
    if scope.programme:
        found = found.filter(programme=scope.programme)
    return found.filter(label=scope.round) if scope.round else found


def _round(one: Cohort, begins: date, value: int, scope: Scope) -> Row:
    splits = splits_of("", one.place, scope, round=one.label)
    return Row(f"cohort:{one.pk}", f"cohort:{one.pk}", begins, Decimal(value), splits=splits)


@source("B07")
def planned(scope: Scope) -> list[Row]:
    """Quotas of the rounds of a year; a plan holds from the year's first day."""
    return [
        _round(one, date(one.starts_on.year, 1, 1), one.quota, scope)
        for one in _cohorts(scope)
        if one.starts_on and one.starts_on.year <= scope.on.year
    ]


def _weeks(of: str) -> Rows:
    def rows(scope: Scope) -> list[Row]:
        found = _cohorts(scope).filter(starts_on__lte=scope.on)
        return [_round(one, one.starts_on, _length(getattr(one, of)), scope) for one in found]  # type: ignore[arg-type]

    return rows


def _length(weeks: Any) -> int:
    return len(weeks) if isinstance(weeks, list) else int(weeks)


source("B09")(_weeks("weeks"))
source("B09a")(_weeks("theory_weeks"))
source("B09b")(_weeks("site_weeks"))


def _person(
    one: Person, begins: date, scope: Scope, value: Decimal = Decimal(1), record: str = "", ends: date | None = None
) -> Row:
    splits = splits_of(
        one.province_63, one.province_34, scope, sex=one.sex, sector=one.sectors[0] if one.sectors else ""
    )
    return Row(record or f"person:{one.pk}", f"person:{one.pk}", begins, value, ends=ends, splits=splits)


@source("B05")
def trained_experts(scope: Scope) -> list[Row]:
    """Vietnamese persons certified, each once; who left afterwards was trained all the same."""
    found = Person.objects.filter(certified_on__lte=scope.on, nationality="vn").order_by("pk")
    if scope.agreement:
        found = found.filter(enrolments__course__agreement=scope.agreement).distinct()
    return [_person(one, one.certified_on, scope) for one in found]  # type: ignore[arg-type]


def _passed(kinds: tuple[str, ...]) -> Rows:
    def rows(scope: Scope) -> list[Row]:
        found = Enrolment.objects.filter(
            state=EnrolmentState.PASSED, completed_on__lte=scope.on, course__kind__in=kinds
        ).select_related("person")
        if scope.agreement:
            found = found.filter(course__agreement=scope.agreement)
        return [_person(one.person, one.completed_on, scope, record=f"enrolment:{one.pk}") for one in found]  # type: ignore[arg-type]

    return rows


source("B14")(_passed((CourseKind.MOULDS,)))
source("H01")(_passed((CourseKind.OFFICERS,)))
source("H08")(_passed((CourseKind.MOULDS, CourseKind.FIVES)))


def _expert_days(scope: Scope) -> QuerySet[ExpertDay]:
    return ExpertDay.objects.filter(paid=True, on__lte=scope.on).select_related("person").order_by("pk")


@source("B15")
def pool(scope: Scope) -> list[Row]:
    """A paid day keeps its expert in the pool for twelve months."""
    return [_person(one.person, one.on, scope, ends=one.on + _TWELVE_MONTHS) for one in _expert_days(scope)]


@source("B15a")
def expert_days(scope: Scope) -> list[Row]:
    return [
        _person(
            one.person, one.on, scope, one.hours / HOURS_A_DAY, f"expert_day:{one.pk}", one.on + _TWELVE_MONTHS
        )
        for one in _expert_days(scope)
    ]  # fmt: skip


@source("H12", "H12a", silent=True)
def posts(scope: Scope) -> list[Row]:
    """What is told of a post holds until the next word on it."""
    told: dict[tuple[int, str], list[StaffPost]] = defaultdict(list)
    for one in StaffPost.objects.filter(on__lte=scope.on).select_related("agency").order_by("on", "pk"):
        told[one.agency_id, one.post].append(one)
    return [
        Row(
            f"post:{one.pk}", f"post:{one.pk}", one.on, Decimal(one.filled), Decimal(one.planned),
            ends=following.on if following else None, splits=splits_of("", one.agency.place[:2], scope),
        )
        for several in told.values()
        for one, following in pairwise([*several, None])
        if one is not None and (following is None or following.on > one.on)
    ]  # fmt: skip
