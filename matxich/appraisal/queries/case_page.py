"""One case as a page shows it: costs with what the same item cost elsewhere, remarks, and, once opened, the ballots."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from matxich.appraisal.criteria import criteria_of, said
from matxich.appraisal.models import (
    ApprovedPrice,
    Ballot,
    Case,
    CouncilMember,
    Opening,
    Outcome,
    Remark,
    Trim,
)
from matxich.appraisal.permissions import (
    may_conclude,
    may_see_ballots,
    may_see_turnout,
    may_vote,
    seat_in,
)
from matxich.appraisal.queries.people import bench_of
from matxich.appraisal.queries.results import opened_ballots, result_of
from matxich.appraisal.states import BallotState, CaseState, SeatRole
from matxich.kit.actor import Actor
from matxich.rulebook.appraisal.ballots import sheet_of
from matxich.rulebook.appraisal.criteria import CriteriaSet as Criteria
from matxich.rulebook.appraisal.decision import Result
from matxich.rulebook.appraisal.exact import exact, rounded
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.vietnamese.numbers import format_number
from matxich.rulebook.vietnamese.text import fold, squeeze

PLOT = 200
MOST_PRICES = 30
FAR = 12
MARKS = {Truth.YES: "met", Truth.NO: "not", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class Prices:
    """Approved unit prices of the same item elsewhere, as a strip: `dots` and `here` along 0 to PLOT."""

    count: int
    middle: int
    dots: tuple[int, ...]
    here: int
    above: int | None
    listed: tuple[ApprovedPrice, ...]


@dataclass(frozen=True, slots=True)
class CostLine:
    key: str
    item: str
    unit: str
    quantity: str
    unit_price: int | None
    total: int | None
    asked: int
    prices: Prices | None
    trim: Trim | None
    cuts: tuple[int, ...]

    @property
    def middle_cut(self) -> int | None:
        """What opened ballots propose to cut, the middle one; None where nobody does."""
        return round(median(self.cuts)) if self.cuts else None

    @property
    def left(self) -> int:
        return self.trim.proposed if self.trim else self.asked


@dataclass(frozen=True, slots=True)
class BallotLine:
    """An opened ballot. `far`: its total lies 12 points or more from the middle one."""

    ballot: Ballot
    member: CouncilMember
    total: Fraction | None
    verdict: str
    favourable: bool
    points: tuple[str, ...]
    opinions: tuple[tuple[str, str], ...]
    far: bool

    @property
    def total_text(self) -> str:
        return shown(self.total)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the rule in words, with what was found and needed."""

    mark: str
    words: str
    found: str
    needed: str
    article: str


@dataclass(frozen=True, slots=True)
class Turnout:
    """Before opening, for whoever the council's rule lets know: who has handed in, who has not."""

    handed_in: tuple[CouncilMember, ...]
    missing: tuple[CouncilMember, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Totals of opened ballots from 0 to the full total along 0 to PLOT; `line`: the least mean asked for."""

    dots: tuple[tuple[int, bool], ...]
    line: int | None
    label: str


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    criteria: Criteria
    seat: CouncilMember | None
    lines: tuple[CostLine, ...]
    remarks: tuple[Remark, ...]
    ballot: Ballot | None
    may_vote: bool
    may_review: bool
    may_conclude: bool
    opening: Opening | None
    ballots: tuple[BallotLine, ...]
    result: Result | None
    steps: tuple[StepLine, ...]
    outcome: Outcome | None
    turnout: Turnout | None
    recused: tuple[CouncilMember, ...]
    strip: Strip | None


def cost_lines(
    case: Case, *, trims: dict[str, Trim] | None = None, cuts: Iterable[dict[str, Any]] = ()
) -> tuple[CostLine, ...]:
    """`cuts`: the trims of opened ballots. Two queries at most, whatever the number of lines."""
    keys = {fold(squeeze(str(each.get("item", ""))))[:300] for each in case.lines}
    others: dict[str, list[ApprovedPrice]] = {}
    rows = ApprovedPrice.objects.filter(item_key__in=keys).exclude(case=case).order_by("-year", "-id")
    for price in rows:
        others.setdefault(price.item_key, []).append(price)
    found = []
    proposed = list(cuts)
    for each in case.lines:
        item, key = str(each.get("item", "")), str(each["key"])
        price = each.get("unit_price")
        known = [p for p in others.get(fold(squeeze(item))[:300], []) if p.unit == str(each.get("unit") or "")]
        found.append(
            CostLine(
                key=key,
                item=item,
                unit=str(each.get("unit") or ""),
                quantity=str(each.get("quantity") or ""),
                unit_price=price,
                total=each.get("total"),
                asked=int(each.get("asked", 0)),
                prices=_strip(known[:MOST_PRICES], price) if known and price else None,
                trim=(trims or {}).get(key),
                cuts=tuple(int(told[key]["cut"]) for told in proposed if key in told),
            )
        )
    return tuple(found)


def _strip(known: list[ApprovedPrice], price: int) -> Prices:
    values = [each.unit_price for each in known]
    low, high = min(*values, price), max(*values, price)
    span = max(1, high - low)

    def place(value: int) -> int:
        return 8 + (value - low) * (PLOT - 16) // span

    middle = round(median(values))
    above = (price - middle) * 100 // middle if middle and price > middle else None
    return Prices(len(values), middle, tuple(place(each) for each in values), place(price), above, tuple(known))


def case_page(case: Case, actor: Actor) -> CasePage:
    """The case is open to the actor; what each part shows asks its own permission."""
    criteria = criteria_of(case.batch)
    seat = seat_in(actor, case.batch.council_id)
    seen = bool(may_see_ballots(actor, case))
    opened = opened_ballots(case) if seen else []
    opening = Opening.objects.filter(case=case).first() if seen else None
    result = result_of(case) if opening else None
    trims = {each.line: each for each in Trim.objects.filter(case=case)} if seen else {}
    own = Ballot.objects.filter(case=case, member=seat).first() if seat else None
    ballots = _ballot_lines(criteria, opened)
    return CasePage(
        case=case,
        criteria=criteria,
        seat=seat,
        lines=cost_lines(case, trims=trims, cuts=[each.trims for each in opened]),
        remarks=tuple(Remark.objects.filter(case=case).select_related("member__user")),
        ballot=own,
        may_vote=bool(may_vote(actor, case)),
        may_review=seat is not None and seat.role == SeatRole.REVIEWER and case.state == CaseState.VOTING,
        may_conclude=bool(may_conclude(actor, case)),
        opening=opening,
        ballots=ballots,
        result=result,
        steps=step_lines(result) if result else (),
        outcome=Outcome.objects.filter(case=case).first() if seen else None,
        turnout=turnout_of(case) if not seen and may_see_turnout(actor, case) else None,
        recused=_recused(case) if seen else (),
        strip=_totals_strip(criteria, ballots),
    )


def step_lines(result: Result) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            MARKS[step.met], said(step.words), _figure(step.found, step.of), _figure(step.needed, None), step.article
        )
        for step in result.steps
    )


def kept_steps(result: dict[str, Any]) -> tuple[StepLine, ...]:
    """The steps of a result as it was kept."""
    return tuple(
        StepLine(
            {"met": "met", "not": "not"}.get(step["met"], "unknown"),
            said(Words(step["vi"], step["en"])),
            _figure(
                exact(step["found"]) if step["found"] is not None else None, tuple(step["of"]) if step["of"] else None
            ),
            _figure(exact(step["needed"]), None),
            step["article"],
        )
        for step in result["steps"]
    )


def _figure(value: Fraction | None, of: tuple[int, ...] | None) -> str:
    if value is None:
        return _("chưa có")
    if of is not None:
        return _("%(n)s trên %(of)s") % {"n": of[0], "of": of[1]}
    if value.denominator != 1 and value < 1:
        return f"{value.numerator}/{value.denominator}"
    return shown(value)


def shown(value: Fraction | None) -> str:
    """At most two decimals; what is compared stays exact."""
    return "–" if value is None else format_number(rounded(value, 2).normalize(), None, "vi")


def _ballot_lines(criteria: Criteria, ballots: list[Ballot]) -> tuple[BallotLine, ...]:
    names = {each.code: each for each in criteria.verdicts}
    sheets = [sheet_of(str(each.member_id), each.values, each.verdict, each.comment) for each in ballots]
    totals = [sheet.rescaled(criteria) for sheet in sheets]
    told = [each for each in totals if each is not None]
    middle = median(told) if told else None
    return tuple(
        BallotLine(
            ballot=ballot,
            member=ballot.member,
            total=total,
            verdict=said(names[ballot.verdict].name) if ballot.verdict in names else "",
            favourable=ballot.verdict in names and names[ballot.verdict].favourable,
            points=tuple(_points(sheet.points, each.code) for each in criteria.criteria) if criteria.scored else (),
            opinions=tuple(
                (said(each.name), sheet.opinions[each.code])
                for each in criteria.criteria
                if sheet.opinions.get(each.code)
            ),
            far=total is not None and middle is not None and abs(total - middle) >= FAR,
        )
        for ballot, sheet, total in zip(ballots, sheets, totals, strict=True)
    )


def _points(points: Any, code: str) -> str:
    if code not in points:
        return "–"
    value = points[code]
    return _("không áp dụng") if value is None else shown(value)


def _totals_strip(criteria: Criteria, ballots: tuple[BallotLine, ...]) -> Strip | None:
    told = [(each.total, each.far) for each in ballots if each.total is not None]
    if not told or not criteria.total:
        return None
    full = criteria.total

    def place(value: Fraction) -> int:
        return 4 + int(value * (PLOT - 8) / full)

    least = criteria.rule.mean.value if criteria.rule.mean else None
    label = ", ".join(shown(total) for total, _far in sorted(told))
    return Strip(tuple((place(total), far) for total, far in told), place(least) if least is not None else None, label)


def turnout_of(case: Case) -> Turnout:
    bench = bench_of(case)
    there = set(Ballot.objects.filter(case=case, state=BallotState.SUBMITTED).values_list("member_id", flat=True))
    voting = [each for each in bench.members if each.pk in bench.entitled]
    return Turnout(
        tuple(each for each in voting if each.pk in there), tuple(each for each in voting if each.pk not in there)
    )


def _recused(case: Case) -> tuple[CouncilMember, ...]:
    bench = bench_of(case)
    return tuple(each for each in bench.members if each.pk in bench.recused)
