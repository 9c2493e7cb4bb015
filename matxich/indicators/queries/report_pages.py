"""Reports: the tree of a period, one report with its cells beside what came from below, files of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from matxich.indicators.models import Report, ReportCell, ReportPeriod, ReportVersion
from matxich.indicators.permissions import (
    may_consolidate,
    may_decide_report,
    may_lock_report,
    may_reopen_report,
    may_write_report,
)
from matxich.indicators.queries.names import place_name
from matxich.indicators.queries.showing import figure_text, language, name_of_indicator
from matxich.indicators.states import HANDED_IN, WRITABLE, ReportState
from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import day
from matxich.places.queries import edition_on
from matxich.programmes.queries.showing import people_named
from matxich.rulebook.indicators.catalogue import catalogue
from matxich.rulebook.indicators.formatting import Figure
from matxich.rulebook.indicators.sentences import Told, sentence


@dataclass(frozen=True, slots=True)
class PeriodRow:
    period: ReportPeriod
    all: int
    sent: int
    accepted: int
    late: int


@dataclass(frozen=True, slots=True)
class Node:
    """One report in its tree; `depth` from 0. `left`: days to the end of its time, below zero once it is over."""

    report: Report
    depth: int
    left: int
    late: bool
    on_time: bool | None
    may_open: bool


@dataclass(frozen=True, slots=True)
class CellRow:
    """`below`: what reports that went in add up to, where it adds up; `differs`: it is not what records tell now."""

    cell: ReportCell
    name: str
    value: str
    unknown: bool
    terms: str
    below: str
    differs: bool
    url: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    report: Report
    rows: list[CellRow]
    children: list[Report]
    waiting: int
    versions: list[ReportVersion]
    place: str
    last_day: date
    late: bool
    may_write: bool
    may_decide: bool
    why_not_decide: str
    may_consolidate: bool
    may_lock: bool
    may_reopen: bool
    names: dict[str, str]


def periods() -> list[PeriodRow]:
    """One query for all counts."""
    today = timezone.localdate()
    told = ReportPeriod.objects.annotate(
        every=Count("reports"),
        in_hand=Count("reports", filter=Q(reports__state__in=HANDED_IN)),
        taken=Count("reports", filter=Q(reports__state__in=HANDED_IN - {ReportState.SUBMITTED})),
    )
    return [
        PeriodRow(one, one.every, one.in_hand, one.taken, one.every - one.in_hand if one.due_before <= today else 0)
        for one in told.select_related("agency")
    ]


def tree(period: ReportPeriod, actor: Actor, today: date) -> list[Node]:
    """The one on top first, each followed by those that go into it. One query."""
    below: dict[int | None, list[Report]] = defaultdict(list)
    for one in period.reports.select_related("agency", "parent__agency").order_by("agency__order"):
        below[one.parent_id].append(one)

    def walk(parent: int | None, depth: int) -> Iterator[Node]:
        for one in below[parent]:
            yield _node(one, depth, period, actor, today)
            yield from walk(one.pk, depth + 1)

    return list(walk(None, 0))


def _node(one: Report, depth: int, period: ReportPeriod, actor: Actor, today: date) -> Node:
    sent = timezone.localdate(one.first_submitted_at) if one.first_submitted_at else None
    late = sent is None and period.due_before <= today
    places = actor.oversight
    opens = places is None or one.place in places
    return Node(
        one,
        depth,
        (period.due_before - today).days - 1,
        late,
        None if sent is None else sent < period.due_before,
        opens,
    )


def report_of(pk: int) -> QuerySet[Report]:
    return Report.objects.filter(pk=pk).select_related("agency", "period__agency", "parent__agency")


def report_page(report: Report, actor: Actor) -> ReportPage:
    children = list(report.children.select_related("agency").order_by("agency__order"))
    sums = _sums(children)
    cells = {cell.indicator: cell for cell in report.cells.all()}
    rows = [_row(cells[code], sums.get(code), report) for code in report.period.indicators if code in cells]
    state = ReportState(report.state)
    decide = may_decide_report(actor, report)
    people = {report.submitted_by, report.decided_by, report.reopened_by} - {""}
    sent = timezone.localdate(report.first_submitted_at) if report.first_submitted_at else None
    return ReportPage(
        report=report, rows=rows, children=children,
        waiting=sum(one.state in (*WRITABLE, ReportState.SUBMITTED) for one in children),
        versions=list(report.versions.order_by("-number")), place=place_name(report.place, "34"),
        last_day=report.period.due_before,
        late=(sent or timezone.localdate()) >= report.period.due_before,
        may_write=bool(may_write_report(actor, report)) and state in WRITABLE,
        may_decide=bool(decide) and state == ReportState.SUBMITTED,
        why_not_decide="" if decide else str(decide.reason),
        may_consolidate=bool(children) and state in WRITABLE and bool(may_consolidate(actor, report)),
        may_lock=report.parent_id is None and state == ReportState.ACCEPTED and bool(may_lock_report(actor, report)),
        may_reopen=state in HANDED_IN and bool(may_reopen_report(actor, report)),
        names=people_named(people),
    )  # fmt: skip


def _sums(children: list[Report]) -> dict[str, Decimal]:
    """Code → what the reports below say together, of indicators that add up and that all of them tell."""
    found: dict[str, Decimal] = {}
    missing: set[str] = set()
    for cell in ReportCell.objects.filter(report__in=children):
        if not catalogue()[cell.indicator].is_additive:
            continue
        if cell.value is None:
            missing.add(cell.indicator)
        else:
            found[cell.indicator] = found.get(cell.indicator, Decimal()) + cell.value
    return {code: value for code, value in found.items() if code not in missing}


def cell_figure(cell: ReportCell) -> Figure:
    return Figure(cell.value, cell.comparator, cell.word)  # type: ignore[arg-type]


def _row(cell: ReportCell, below: Decimal | None, report: Report) -> CellRow:
    one = catalogue()[cell.indicator]
    terms = ""
    if cell.denominator is not None and cell.numerator is not None:
        terms = f"{_plain(cell.numerator)} / {_plain(cell.denominator)}"
    period = report.period
    query = f"?ngay={_last(period).isoformat()}&tu={period.starts.isoformat()}&map={period.edition}"
    if report.place:
        query += f"&tinh={report.place}"
    return CellRow(
        cell, name_of_indicator(one), figure_text(cell_figure(cell), one), cell.value is None, terms,
        "" if below is None else figure_text(Figure(below), one), below is not None and below != cell.value,
        f"{reverse('indicators:figure', args=[cell.indicator])}{query}",
    )  # fmt: skip


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _last(period: ReportPeriod) -> date:
    return date.fromordinal(period.ends.toordinal() - 1)


def paragraphs(report: Report) -> list[str]:
    """One sentence an indicator, in the reader's language, as the report says them."""
    period = report.period
    said = []
    for cell in report.cells.all():
        one = catalogue()[cell.indicator]
        told = Told(
            indicator=one, figure=cell_figure(cell), as_of=_last(period), records=tuple(cell.records),
            place=place_name(report.place, edition_on(_last(period))),
            since=period.starts if one.basis == "flow" else None,
            turns=cell.turns if one.kind == "distinct" and not cell.reported and cell.value is not None else None,
        )  # fmt: skip
        text = sentence(told, language()).text
        said.append(f"{text} {cell.comment}".strip())
    return said


def table_of(report: Report) -> Iterator[list[object]]:
    """Rows of the file: code, name, unit, value, comparator, numerator, denominator, records, source, comment."""
    for cell in report.cells.all():
        one = catalogue()[cell.indicator]
        yield [
            cell.indicator, name_of_indicator(one), one.unit.name(language(), 2), cell.value, cell.comparator,
            cell.numerator, cell.denominator, len(cell.records), cell.source, cell.comment,
        ]  # fmt: skip


def title_of(report: Report) -> str:
    return f"{report.period.title}, {report.agency.name}"


def span_of(period: ReportPeriod) -> str:
    return f"{day(period.starts)} – {day(_last(period))}"
