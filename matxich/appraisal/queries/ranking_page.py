"""The ranking as a page: legal means, the advisory view beside them, the official cut and the optimum side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Ballot, Batch, Case, CouncilMember, Decision, Outcome, RankingRun
from matxich.appraisal.permissions import shut_out
from matxich.appraisal.queries.case_page import PLOT, shown
from matxich.appraisal.states import BallotState
from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.rulebook.appraisal.ballots import sheet_of
from matxich.rulebook.appraisal.criteria import CriteriaSet as Criteria
from matxich.rulebook.appraisal.exact import exact
from matxich.rulebook.vietnamese.numbers import format_number

PAGE = 50
FAR = 12
WIDTH = 600
NARROWEST = 4
MOST_INVERSIONS = 10


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    far: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A case at its place. `adjusted`, `flag`: advice. `moved`: the advisory view ranks it elsewhere."""

    rank: int
    tie: str
    case: Case
    mean: str
    adjusted: str
    flag: str
    dots: tuple[Dot, ...]
    dots_label: str
    favourable: str
    recommended: str
    asked: int
    amount: int
    cut: int
    optimum: int
    last_of_cut: bool
    last_passed: bool

    @property
    def differs(self) -> bool:
        return self.cut != self.optimum


@dataclass(frozen=True, slots=True)
class Block:
    """A funded case, or several narrow ones, on the bar of a plan: `x`, `width` along WIDTH; `label` its rank where
    there is room."""

    x: float
    width: float
    label: str
    odd: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Plan:
    count: int
    total: int
    left: int | None
    value: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PriceLine:
    words: str
    limit: int
    used: int
    gain: str
    more: str
    less: str


@dataclass(frozen=True, slots=True)
class SeverityLine:
    """`x`: along 0 to 240 with the middle at 120; positive means more severe."""

    name: str
    severity: str
    x: float
    far: bool


@dataclass(frozen=True, slots=True)
class RankingPage:
    batch: Batch
    criteria: Criteria
    run: RankingRun | None
    outdated: bool
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    passed: int
    asked: int
    amount: int
    trimmed: int
    cut: Plan | None
    optimal: Plan | None
    inversions: tuple[str, ...]
    prices: tuple[PriceLine, ...]
    relax: tuple[str, ...]
    severities: tuple[SeverityLine, ...]
    flagged: int
    hidden: int
    decision: Decision | None
    threshold: Fraction | None

    @property
    def agree(self) -> bool:
        """Both plans fund the same cases with the same money."""
        return self.run is not None and self.run.result["ranked_cut"] == self.run.result["optimal"]


def ranking_page(batch: Batch, actor: Actor, page: int) -> RankingPage:
    """From the last run, kept whole: a page costs the same for fifty cases and for five thousand."""
    criteria = criteria_of(batch)
    run = batch.rankings.order_by("-id").first()
    threshold = criteria.rule.mean.value if criteria.rule.mean else None
    decision = Decision.objects.filter(batch=batch).first()
    if run is None:
        return RankingPage(
            batch, criteria, None, False, (), 0, 1, 1, 0, 0, 0, 0, None, None, (), (), (), (), 0, 0, decision, threshold
        )
    ranks = run.problem["ranks"]
    shut = set(shut_out(actor).filter(case__batch=batch).values_list("case_id", flat=True))
    seen = [each for each in ranks if each["case"] not in shut]
    pages = max(1, -(-len(seen) // PAGE))
    page = min(max(page, 1), pages)
    on_page = seen[(page - 1) * PAGE : page * PAGE]
    cut, optimum = amounts(run, "ranked_cut"), amounts(run, "optimal")
    facts = {each["case"]: each for each in ranks}
    advised = {int(each["case"]): each for each in run.calibrated.get("cases", ())}
    numbers = {each["case"]: each["rank"] for each in ranks}
    newest = Outcome.objects.filter(case__batch=batch).order_by("-at").values_list("at", flat=True).first()
    budget = run.problem["budget"] if run.problem["line"] else None
    return RankingPage(
        batch=batch,
        criteria=criteria,
        run=run,
        outdated=newest is not None and newest > run.at,
        rows=_rows(on_page, ranks, cut, optimum, advised, criteria),
        total=len(seen),
        page=page,
        pages=pages,
        passed=sum(each["recommended"] == "met" for each in seen),
        asked=sum(each["asked"] for each in seen),
        amount=sum(each["amount"] for each in seen),
        trimmed=sum(each["asked"] - each["amount"] for each in seen if each["recommended"] == "met"),
        cut=_plan(cut, numbers, facts, budget),
        optimal=None if run.result.get("relax") else _plan(optimum, numbers, facts, budget),
        inversions=_inversions(run, numbers, shut),
        prices=_prices(run),
        relax=tuple(each["text"] for each in run.result.get("relax", ())),
        severities=_severities(run, actor),
        flagged=sum(bool(each["flag"]) for each in advised.values()),
        hidden=len(ranks) - len(seen),
        decision=decision,
        threshold=threshold,
    )


def amounts(run: RankingRun, which: str) -> dict[int, int]:
    """Case → đồng of the official cut or the optimum."""
    order = run.problem["order"]
    return {order[int(each["id"])]: each["amount"] for each in run.result[which] or ()}


def _rows(
    on_page: list[Mapping[str, Any]],
    ranks: list[Mapping[str, Any]],
    cut: Mapping[int, int],
    optimum: Mapping[int, int],
    advised: Mapping[int, Any],
    criteria: Criteria,
) -> tuple[Row, ...]:
    keys = [each["case"] for each in on_page]
    cases = {case.pk: case for case in Case.objects.filter(pk__in=keys).defer("parties", "lines")}
    ballots: dict[int, list[Ballot]] = {}
    rows = Ballot.objects.filter(case__in=keys, state=BallotState.OPENED).only(
        "case_id", "member_id", "values", "verdict"
    )
    for ballot in rows.order_by("case_id", "member_id"):
        ballots.setdefault(ballot.case_id, []).append(ballot)
    last_cut = max((index for index, each in enumerate(ranks) if cut.get(each["case"])), default=-1)
    last_passed = max((index for index, each in enumerate(ranks) if each["recommended"] == "met"), default=-1)
    good = {each.code for each in criteria.verdicts if each.favourable}
    place = {each["case"]: index for index, each in enumerate(ranks)}
    return tuple(
        _row(
            each, cases[each["case"]], ballots.get(each["case"], []), cut, optimum, advised.get(each["case"]), criteria,
            good, place[each["case"]] == last_cut, place[each["case"]] == last_passed,
        )
        for each in on_page
        if each["case"] in cases
    )  # fmt: skip


def _row(
    told: Mapping[str, Any], case: Case, ballots: list[Ballot], cut: Mapping[int, int], optimum: Mapping[int, int],
    advised: Mapping[str, Any] | None, criteria: Criteria, good: set[str], last_cut: bool, last_passed: bool,
) -> Row:  # fmt: skip
    totals = [sheet_of(str(each.member_id), each.values, each.verdict, "").rescaled(criteria) for each in ballots]
    given = sorted(total for total in totals if total is not None)
    middle = given[len(given) // 2] if given else None
    full = criteria.total or Fraction(100)
    dots = tuple(
        Dot(4 + int(total * (PLOT - 8) / full), middle is not None and abs(total - middle) >= FAR) for total in given
    )
    return Row(
        rank=told["rank"],
        tie=told["tie"],
        case=case,
        mean=shown(exact(told["mean"])) if told["mean"] is not None else "–",
        adjusted=_points(advised["adjusted"]) if advised else "–",
        flag=str(advised["flag"] or "") if advised else "",
        dots=dots,
        dots_label=", ".join(shown(total) for total in given),
        favourable=f"{sum(each.verdict in good for each in ballots)}/{len(ballots)}" if good else "–",
        recommended=told["recommended"],
        asked=told["asked"],
        amount=told["amount"],
        cut=cut.get(case.pk, 0),
        optimum=optimum.get(case.pk, 0),
        last_of_cut=last_cut,
        last_passed=last_passed,
    )


def _points(value: float | None) -> str:
    return "–" if value is None else format_number(Decimal(str(round(value, 1))), 1, "vi")


def _plan(
    funded: Mapping[int, int], ranks: Mapping[int, int], facts: Mapping[int, Mapping[str, Any]], budget: int | None
) -> Plan:
    total = sum(funded.values())
    scale = max(budget or 0, total, 1)
    blocks: list[Block] = []
    start, x = 0.0, 0.0
    ordered = sorted(funded, key=lambda case: ranks.get(case, 0))
    for case in ordered:
        x += funded[case] * WIDTH / scale
        width = x - start
        if width < NARROWEST and case != ordered[-1]:  # drawn together with the next: nobody sees it alone
            continue
        label = str(ranks[case]) if width > 18 else ""
        blocks.append(Block(round(start, 1), round(max(width - 1.5, 0.5), 1), label, bool(len(blocks) % 2)))
        start = x
    value = sum(
        (exact(facts[case]["mean"]) * funded[case] for case in funded if facts[case]["mean"] is not None), Fraction(0)
    )
    points = shown(value / total) if total else "–"
    return Plan(len(funded), total, None if budget is None else budget - total, points, tuple(blocks))


def _inversions(run: RankingRun, ranks: Mapping[int, int], shut: set[int]) -> tuple[str, ...]:
    """The first ones, each with the first it was passed over for; how many more there are is the last line."""
    order = run.problem["order"]
    told = [each for each in run.result["inversions"] if order[int(each["id"])] not in shut]
    lines = []
    for each in told[:MOST_INVERSIONS]:
        case = order[int(each["id"])]
        below = ", ".join(str(ranks[order[int(one)]]) for one in each["below"][:MOST_INVERSIONS])
        below += ", …" if len(each["below"]) > MOST_INVERSIONS else ""
        lines.append(_("Hạng %(rank)s không được nhận trong khi hạng %(below)s được nhận") % {
            "rank": ranks[case], "below": below})  # fmt: skip
    if len(told) > MOST_INVERSIONS:
        lines.append(_("và %(more)s hạng nữa") % {"more": len(told) - MOST_INVERSIONS})
    return tuple(lines)


def _prices(run: RankingRun) -> tuple[PriceLine, ...]:
    found = []
    for each in run.result["prices"]:
        quota = None if each.get("quota") is None else run.problem["quotas"][each["quota"]]
        found.append(
            PriceLine(
                words=quota_words(quota, each["side"]) if quota else _("Kinh phí"),
                limit=each["limit"], used=each["used"],
                gain=_gain(each.get("gain")), more=_gain(each.get("plus_5")), less=_gain(each.get("minus_5")),
            )
        )  # fmt: skip
    return tuple(found)


def _gain(value: Any) -> str:
    """In points × million đồng, the objective's own unit made readable."""
    if value is None:
        return "–"
    number = Fraction(str(value)) if not isinstance(value, float) else Fraction(value).limit_denominator(10**6)
    return format_number(round(number / 10**6), None, "vi")


def quota_words(quota: Mapping[str, Any], side: str) -> str:
    names = {"province": _("tỉnh, thành"), "sector": _("ngành"), "sme": _("doanh nghiệp nhỏ và vừa")}
    value = quota["value"]
    told = (
        name_of(str(value))
        if quota["by"] == "province"
        else (_("có") if value is True else _("không") if value is False else str(value))
    )
    kind = _("ít nhất") if side == "min" else _("nhiều nhất")
    amount = quota["min"] if side == "min" else quota["max"]
    return f"{names[quota['by']]} {told}: {kind} {format_number(amount or 0, None, 'vi')}"


def _severities(run: RankingRun, actor: Actor) -> tuple[SeverityLine, ...]:
    told = [each for each in run.calibrated.get("reviewers", ()) if each["severity"] is not None]
    members = {each.pk: each for each in CouncilMember.objects.filter(
        pk__in=[int(each["reviewer"]) for each in told]).select_related("user")}  # fmt: skip
    most = max((abs(each["severity"]) for each in told), default=0) or 1
    return tuple(
        SeverityLine(
            members[int(each["reviewer"])].user.name, _points(each["severity"]),
            round(120 - each["severity"] * 110 / max(most, 5), 1), abs(each["severity"]) >= 3,
        )
        for each in told
        if int(each["reviewer"]) in members
    )  # fmt: skip
