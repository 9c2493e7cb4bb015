"""D14, D15, E01 to E06: councils and decisions. Nothing of a case is counted before its ballots are open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import pstdev
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Attendance, Ballot, Case, CouncilMember, Decision, Interest, Session
from matxich.appraisal.queries.results import sheets_of
from matxich.appraisal.states import BallotState, CaseState, DecisionState, InterestState, SessionState
from matxich.indicators.queries.sources import Rows, Scope, source, splits_of
from matxich.rulebook.appraisal.exact import rounded
from matxich.rulebook.indicators.folding import Row

BILLION = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Decided:
    """A case as its decision froze it when it was issued."""

    case: Case
    on: date
    granted: int


def _decided(scope: Scope) -> Iterator[Decided]:
    issued = Decision.objects.filter(state=DecisionState.ISSUED, issued_on__lte=scope.on).order_by("pk")
    if scope.programme:
        issued = issued.filter(batch__call__plan__programme=scope.programme)
    rows: dict[int, tuple[date, int]] = {}
    for decision in issued:
        for row in decision.snapshot.get("ranked", []):
            rows[row["case"]] = (decision.issued_on, row["granted"])  # type: ignore[assignment]
        for case, what in decision.reserve_after.items():
            if what["granted"] and (on := date.fromisoformat(what["on"])) <= scope.on:
                rows[int(case)] = (on, what["granted"])
    for judged in Case.objects.filter(pk__in=rows).select_related("batch__funding_line", "enterprise").order_by("pk"):
        day, granted = rows[judged.pk]
        yield Decided(judged, day, granted)


def _row(case: Case, begins: date, scope: Scope, value: Any = 1, of: Any = 1) -> Row:
    line = case.batch.funding_line
    splits = splits_of(
        case.enterprise.province_63 if case.enterprise else "", case.province, scope,
        line=line.source if line else "", kind=case.content, sector=case.sector,
    )  # fmt: skip
    return Row(f"case:{case.pk}", f"case:{case.pk}", begins, Decimal(value), Decimal(of), splits=splits)


def _of_decided(told: Callable[[Decided], tuple[Any, Any] | None]) -> Rows:
    def rows(scope: Scope) -> list[Row]:
        found = ((one, told(one)) for one in _decided(scope))
        return [_row(one.case, one.on, scope, *figures) for one, figures in found if figures is not None]

    return rows


def _days(one: Decided) -> tuple[int, int] | None:
    start = one.case.submitted_at
    return ((one.on - timezone.localdate(start)).days, 1) if start else None


source("D14")(_of_decided(_days))
source("D15")(_of_decided(lambda one: (one.granted, one.case.asked)))
source("E01")(_of_decided(lambda one: (1, 1) if one.granted else None))
source("E01c", "E06")(_of_decided(lambda one: (one.granted / BILLION, 1) if one.granted else None))
source("E04")(_of_decided(lambda one: ((one.case.asked - one.granted) / BILLION, 1) if one.granted else None))


def _cases(scope: Scope) -> QuerySet[Case]:
    found = Case.objects.exclude(state=CaseState.WITHDRAWN).select_related("batch__funding_line", "enterprise")
    if scope.programme:
        found = found.filter(batch__call__plan__programme=scope.programme)
    return found.order_by("pk")


@source("E01a")
def submitted(scope: Scope) -> list[Row]:
    return [
        _row(one, day, scope)
        for one in _cases(scope)
        if (day := timezone.localdate(one.submitted_at or one.opened_at)) <= scope.on
    ]


@source("E01b")
def appraised(scope: Scope) -> list[Row]:
    """Cases with a conclusion of the council or the staff unit."""
    return [
        _row(one, day, scope)
        for one in _cases(scope).filter(outcome__isnull=False).select_related("outcome")
        if (day := timezone.localdate(one.outcome.at)) <= scope.on
    ]


@source("E02")
def attendance(scope: Scope) -> list[Row]:
    """One for each member due at a sitting that was held: there at any time, or not."""
    held = Session.objects.filter(
        state=SessionState.CLOSED, closed_at__isnull=False, starts_at__date__lte=scope.on
    ).order_by("pk")
    there = set(
        Attendance.objects.filter(session__in=held, arrived__isnull=False).values_list("session", "member").distinct()
    )
    members: dict[int, list[CouncilMember]] = {}
    for member in CouncilMember.objects.filter(council__sessions__in=held).distinct():
        members.setdefault(member.council_id, []).append(member)
    rows = []
    for one in held:
        day = timezone.localdate(one.starts_at)
        for member in members.get(one.council_id, []):
            if member.valid_from <= day and (member.valid_to is None or day < member.valid_to):
                key = f"seat:{one.pk}:{member.pk}"
                rows.append(Row(key, key, day, Decimal((one.pk, member.pk) in there)))
    return rows


@source("E03")
def ballots(scope: Scope) -> list[Row]:
    """Ballots handed in, of those entitled, for each case whose ballots are open."""
    opened = _cases(scope).filter(opening__isnull=False).select_related("opening")
    return [
        _row(one, day, scope, one.opening.ballots, one.opening.entitled)
        for one in opened
        if (day := timezone.localdate(one.opening.at)) <= scope.on
    ]


@source("E05")
def spread(scope: Scope) -> list[Row]:
    """Standard deviation of the ballots of each case whose ballots are open; of two ballots or more."""
    rows = []
    for case in _cases(scope).filter(opening__isnull=False).select_related("opening", "batch__criteria"):
        day = timezone.localdate(case.opening.at)
        if day > scope.on:
            continue
        criteria = criteria_of(case.batch)
        sheets = sheets_of(Ballot.objects.filter(case=case, state=BallotState.OPENED).order_by("member_id"))
        totals = [one for sheet in sheets if (one := sheet.rescaled(criteria)) is not None]
        if len(totals) > 1:
            rows.append(
                _row(
                    case,
                    day,
                    scope,
                    rounded(Fraction(pstdev([float(one) for one in totals])).limit_denominator(10**6), 4),
                )
            )
    return rows


@source("E05a")
def recusals(scope: Scope) -> list[Row]:
    """Members kept away from a case by an interest, once its ballots are open."""
    found = Interest.objects.filter(state=InterestState.CONFIRMED, case__opening__isnull=False)
    rows = []
    for one in found.select_related("case__opening").order_by("pk"):
        day = timezone.localdate(one.case.opening.at)
        if day <= scope.on:
            rows.append(Row(f"case:{one.case_id}", f"interest:{one.pk}", day))
    return rows
