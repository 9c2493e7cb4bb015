"""The roll-up as a page: every figure with the list it opens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import number, percent
from matxich.rulebook.zones.figures import Share
from matxich.rulebook.zones.periods import NoSuchPeriod, Period, due_next, parse, until
from matxich.zones.permissions import may_bring_lists, may_see_reports
from matxich.zones.queries.listing import Asked
from matxich.zones.queries.rollup import Rollup, RollupRow, Sum, rollup
from matxich.zones.queries.showing import period_name

PERIODS_OFFERED = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, what stands under it, and the list it opens; "–" when unknown. `head` is its column's."""

    text: str
    url: str = ""
    note: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class RollupPage:
    """`heads`: what each figure of a row is."""

    asked: Asked
    period: Period
    period_name: str
    heads: list[str]
    rows: list[Row]
    total: Row
    told: Rollup
    maps: list[Link]
    periods: list[Link]
    reports_url: str
    lists_url: str


def period_of(params: Mapping[str, str], today: date) -> Period:
    """The period named by `ky`, or the one due next."""
    try:
        return parse(params.get("ky", ""))
    except NoSuchPeriod:
        return due_next(today)


def rollup_page(params: Mapping[str, str], today: date, actor: Actor) -> RollupPage:
    """Parameters: map (63 or 34), ngay, ky."""
    asked, period = Asked.from_params(params, today), period_of(params, today)
    told = rollup(asked.on, asked.edition, period)
    reports = may_see_reports(actor)
    return RollupPage(
        asked=asked,
        period=period,
        period_name=period_name(period),
        heads=_heads(),
        rows=[_row(row, asked, period, today, bool(reports)) for row in told.rows],
        total=_row(told.total, asked, period, today, bool(reports)),
        told=told,
        maps=[
            Link(label, _here(asked, period, today, map=edition), current=asked.edition == edition)
            for edition, label in (("63", _("63 tỉnh, thành")), ("34", _("34 tỉnh, thành")))
        ],
        periods=[
            Link(period_name(one), _here(asked, one, today), current=one.key == period.key)
            for one in until(today, PERIODS_OFFERED)
        ],
        reports_url=f"{reverse('zones:reports')}?{urlencode({'ky': period.key})}" if reports else "",
        lists_url=reverse("zones:lists") if may_bring_lists(actor) else "",
    )


def _heads() -> list[str]:
    return [
        _("Khu, cụm"), _("Quy hoạch, ha"), _("Đất công nghiệp, ha"), _("Đã cho thuê, ha"), _("Lấp đầy"),
        _("Cụm đã báo cáo"), _("Cụm đã số hóa (A09)"),
    ]  # fmt: skip


def _here(asked: Asked, period: Period, today: date, **changes: str) -> str:
    told = {"map": asked.edition, "ky": period.key} | changes
    if asked.on != today:
        told["ngay"] = asked.on.isoformat()
    return f"{reverse('zones:rollup')}?{urlencode(told)}"


def _row(row: RollupRow, asked: Asked, period: Period, today: date, reports: bool) -> Row:
    def listed(**chosen: str) -> str:
        return asked.url(today, map=asked.edition, province=row.code, **chosen)

    waiting = {"ky": period.key, "map": asked.edition, "province": row.code}
    figures = [
        Figure(number(row.zones), listed(), _clusters(row.clusters)),
        *(
            _area(row.areas[code], row.zones, listed(known=code))
            for code in ("planned_area", "industrial_area", "leased_area")
        ),
        _occupancy(row.occupancy, listed(known="leased_area")),
        _ratio(row.reported, f"{reverse('zones:reports')}?{urlencode(waiting)}" if reports else ""),
        _ratio(row.digitised, listed(digitised="1")),
    ]
    return Row(row.name or _("Cả nước"), [replace(one, head=head) for one, head in zip(figures, _heads(), strict=True)])


def _clusters(count: int) -> str:
    return _("%(n)s cụm") % {"n": number(count)} if count else ""


def _area(one: Sum, zones: int, url: str) -> Figure:
    if one.hectares is None:
        return Figure("–")
    note = _("%(known)s trong %(all)s khu, cụm") % {"known": number(one.zones), "all": number(zones)}
    return Figure(number(one.hectares), url, note if one.zones < zones else "")


def _occupancy(share: Share, url: str) -> Figure:
    value = share.value
    if value is None:
        return Figure("–")
    note = _("%(leased)s trong %(all)s ha") % {
        "leased": number(share.numerator), "all": number(share.denominator),
    }  # fmt: skip
    return Figure(percent(value, 1), url, note)


def _ratio(share: Share, url: str) -> Figure:
    if not share.denominator:
        return Figure("–")
    value = share.value or Decimal()
    note = _("%(n)s trong %(all)s cụm") % {"n": number(share.numerator), "all": number(share.denominator)}
    return Figure(percent(value), url, note)
