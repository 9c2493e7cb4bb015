"""What leaders look at first: the figures of the country, or of a province, from the monthly series."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.indicators.models import MonthlyFigure, MonthlyRun, Report, ReportedFigure, Target
from matxich.indicators.queries.figures import figure_of, is_same_place, place_filter
from matxich.indicators.queries.names import place_name
from matxich.indicators.queries.readiness import Board, board
from matxich.indicators.queries.showing import (
    GROUP_NAMES,
    figure_text,
    language,
    name_of_indicator,
    number_text,
    plain_number,
    standing_of,
)
from matxich.indicators.queries.targets import TargetLine
from matxich.indicators.states import HANDED_IN
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import day, number
from matxich.places.queries import ProvinceMap, province_map
from matxich.programmes.models import AgreementTarget
from matxich.programmes.states import AgreementState
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.formatting import NOT_KNOWN, Figure

HEADLINES = ("B01", "B05", "A01", "A03")
COURSE = "B01"
MAPPED = "B01"
MONTHS = 60


@dataclass(frozen=True, slots=True)
class Headline:
    code: str
    name: str
    value: str
    unit: str
    note: str
    unknown: bool
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. `told`: reported by somebody else. `standing`: against its target; `code_of` names its colour."""

    code: str
    name: str
    value: str
    unknown: bool
    told: bool
    aim: str
    share: str
    standing: str
    standing_code: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str
    lines: list[Line]
    known: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`as_of`: the last day the series was worked out for; None before the worker did it once."""

    place: str
    name: str
    edition: Edition
    as_of: date | None
    run: MonthlyRun | None
    headlines: list[Headline]
    groups: list[Group]
    unknown: list[Line]
    known: int
    total: int
    finding: str
    chart: dict[str, Any] | None
    chart_rows: list[tuple[str, str]]
    map: ProvinceMap | None
    map_finding: str
    maps: list[Link]
    board: Board | None
    reports: list[Report]
    late: int


def dashboard(edition: Edition, today: date, place: str = "") -> Dashboard:
    """A dozen queries, however many firms and rounds there are."""
    run = MonthlyRun.objects.first()
    as_of = MonthlyFigure.objects.aggregate(last=Max("month"))["last"] if run else None
    figures = {
        row.indicator: Figure(row.value)
        for row in MonthlyFigure.objects.filter(edition=edition, place=place, month=as_of or today)
    }  # fmt: skip
    on = as_of or today
    aims = _aims(edition, place, on)
    told = _told(edition, place, on)
    lines = [_line(one, figures, told, aims, on, edition, place) for one in _whole()]
    by_group: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_group[line.code[0]].append(line)
    groups = [
        Group(code, str(GROUP_NAMES[code]), rows, sum(not row.unknown for row in rows))
        for code, rows in sorted(by_group.items())
    ]
    chart, rows, finding = _course(edition, place, on, aims)
    counts = _placed(MAPPED, edition, as_of) if not place else {}
    reports = list(_reports(place, today))
    return Dashboard(
        place=place, name=place_name(place, edition), edition=edition, as_of=as_of, run=run,
        headlines=[_headline(catalogue()[code], figures, told, aims, on, place) for code in HEADLINES], groups=groups,
        unknown=[line for line in lines if line.unknown and not line.aim],
        known=sum(group.known for group in groups), total=len(lines), finding=finding, chart=chart, chart_rows=rows,
        map=_map(edition, counts, on) if counts else None, map_finding=_map_finding(edition, counts),
        maps=_maps(edition, place),
        board=board(on) if not place or edition == "34" else None, reports=reports,
        late=sum(one.period.due_before <= today and one.state not in HANDED_IN for one in reports),
    )  # fmt: skip


def _whole() -> Iterable[Indicator]:
    return (one for one in catalogue().values() if len(one.code) == 3)


def _aims(edition: str, place: str, on: date) -> dict[str, TargetLine]:
    """Code → the target to measure against: of this territory, its time not over before the year. Two queries."""
    year = date(on.year, 1, 1)
    found: dict[str, TargetLine] = {}
    rows = Target.objects.filter(place_filter(place, edition), withdrawn_at=None, programme=None, until__gte=year)
    for one in rows.order_by("-until"):
        if not place or one.edition == edition or is_same_place(place):
            found[one.indicator] = TargetLine(
                one.value, one.comparator, one.word, one.since, one.until, one.source, one.legal_act, place,  # type: ignore[arg-type]
                edition, rebuilt=one.rebuilt, target=one.pk,
            )  # fmt: skip
    if not place:
        promised = AgreementTarget.objects.exclude(agreement__state=AgreementState.DRAFT).exclude(indicator="")
        for each in promised.filter(Q(until__gte=year) | Q(until=None)).select_related("agreement"):
            found.setdefault(
                each.indicator,
                TargetLine(
                    each.value, "" if each.comparator == "=" else each.comparator, "", each.agreement.valid_from,  # type: ignore[arg-type]
                    each.until, each.source, each.agreement.number, "", edition, agreement=each.agreement_id,
                ),
            )  # fmt: skip
    return found


def _told(edition: str, place: str, on: date) -> dict[str, ReportedFigure]:
    """Code → the latest figure somebody reported for this territory; of flows those of the year."""
    found: dict[str, ReportedFigure] = {}
    rows = ReportedFigure.objects.filter(
        place_filter(place, edition), withdrawn_at=None, programme=None, as_of__lte=on
    ).filter(~Q(basis="flow") | Q(since__gte=date(on.year, 1, 1)))
    for one in rows.order_by("as_of", "pk"):
        if not place or one.edition == edition or is_same_place(place):
            found[one.indicator] = one
    return found


def _url(code: str, on: date, edition: str, place: str) -> str:
    query = f"ngay={on.isoformat()}&map={edition}" + (f"&tinh={place}" if place else "")
    return f"{reverse('indicators:figure', args=[code])}?{query}"


def _figure(code: str, figures: dict[str, Figure], told: dict[str, ReportedFigure]) -> tuple[Figure, bool]:
    if code in figures:
        return figures[code], False
    return (figure_of(told[code]), True) if code in told else (NOT_KNOWN, False)


def _line(
    one: Indicator, figures: dict[str, Figure], told: dict[str, ReportedFigure], aims: dict[str, TargetLine], on: date,
    edition: str, place: str,
) -> Line:  # fmt: skip
    figure, reported = _figure(one.code, figures, told)
    if one.kind == "target" and one.of in aims and (under := figures.get(one.of)) and under.value is not None:
        figure = Figure(under.value * 100 / aims[one.of].value)
    aim = aims.get(one.code)
    share, standing, code = standing_of(aim, figure, on)
    return Line(
        one.code, name_of_indicator(one), figure_text(figure, one), not figure.is_known, reported,
        figure_text(aim.figure, one) if aim else "", share, standing, code, _url(one.code, on, edition, place),
    )  # fmt: skip


def _headline(
    one: Indicator, figures: dict[str, Figure], told: dict[str, ReportedFigure], aims: dict[str, TargetLine], on: date,
    place: str,
) -> Headline:  # fmt: skip
    figure, reported = _figure(one.code, figures, told)
    share, standing, _code = standing_of(aims.get(one.code), figure, on)
    note = ", ".join(part for part in (_("%(share)s mục tiêu") % {"share": share} if share else "", standing) if part)
    if reported:
        note = _("theo %(source)s") % {"source": told[one.code].source}
    unit = one.unit.name(language(), figure.value)
    return Headline(
        one.code, name_of_indicator(one), number_text(figure, one) if figure.is_known else _("chưa có nguồn"),
        unit if figure.is_known else "", note or _("đến %(day)s") % {"day": day(on)}, not figure.is_known,
        _url(one.code, on, "34", place),
    )  # fmt: skip


def _course(
    edition: str, place: str, on: date, aims: dict[str, TargetLine]
) -> tuple[dict[str, Any] | None, list[tuple[str, str]], str]:
    """Firms advised, month by month, and what that says of the last year."""
    one = catalogue()[COURSE]
    rows = MonthlyFigure.objects.filter(indicator=COURSE, edition=edition, place=place, month__lte=on)
    points = list(rows.order_by("-month").values_list("month", "value")[:MONTHS])[::-1]
    if len(points) < 2:
        return None, [], ""
    last = points[-1][1]
    year_ago = points[-13][1] if len(points) > 12 else points[0][1]
    gained = last - year_ago
    finding = (
        _("Thêm %(gained)s doanh nghiệp hoàn thành trong 12 tháng, lũy kế %(all)s")
        if gained
        else _("Không có doanh nghiệp hoàn thành thêm trong 12 tháng, lũy kế %(all)s")
    ) % {"gained": number(gained.normalize()), "all": number(last.normalize())}
    series: list[dict[str, Any]] = [
        {
            "name": name_of_indicator(one), "label": number_text(Figure(last), one),
            "data": [[month.isoformat(), plain_number(value)] for month, value in points],
        }
    ]  # fmt: skip
    aim = aims.get(COURSE)
    if aim and aim.until and aim.since:
        series.append(
            {
                "name": _("Đến mục tiêu"), "dash": True,
                "label": _("mục tiêu %(value)s") % {"value": number_text(aim.figure, one)},
                "data": [[aim.since.isoformat(), 0.0], [aim.until.isoformat(), plain_number(aim.value)]],
            }
        )  # fmt: skip
    table = [(day(month), figure_text(Figure(value), one)) for month, value in points]
    return {"unit": one.unit.vi, "series": series}, table, finding


def _placed(code: str, edition: str, month: date | None) -> dict[str, Decimal]:
    if month is None:
        return {}
    rows = MonthlyFigure.objects.filter(indicator=code, edition=edition, month=month).exclude(place="")
    return dict(rows.values_list("place", "value"))


def _map(edition: Edition, counts: dict[str, Decimal], on: date) -> ProvinceMap:
    def href(code: str) -> str:
        return reverse("indicators:province", args=[code]) if edition == "34" else _url(MAPPED, on, "63", code)

    return province_map(
        edition, {code: int(value) for code, value in counts.items()}, href=href, noun=_("doanh nghiệp"), on=on
    )


def _map_finding(edition: Edition, counts: dict[str, Decimal]) -> str:
    """Where most of them are."""
    there = {code: value for code, value in counts.items() if value}
    if not there:
        return ""
    first = max(there, key=lambda code: (there[code], code))
    return _("%(n)s tỉnh, thành có doanh nghiệp hoàn thành, nhiều nhất là %(name)s (%(count)s)") % {
        "n": number(len(there)), "name": place_name(first, edition), "count": number(there[first].normalize()),
    }  # fmt: skip


def _maps(edition: Edition, place: str) -> list[Link]:
    url = reverse("indicators:dashboard")
    if place:
        return []
    return [
        Link(_("34 tỉnh, thành"), url, current=edition == "34"),
        Link(_("63 tỉnh, thành"), f"{url}?map=63", current=edition == "63"),
    ]


def _reports(place: str, today: date) -> Iterable[Report]:
    rows = Report.objects.select_related("agency", "period")
    if place:
        rows = rows.filter(place=place)
    return rows.order_by("period__due_before", "pk").filter(period__starts__lte=today)[:60]
