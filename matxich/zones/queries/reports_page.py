"""The page of a reporting period: who has sent what, who has not, how many days are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.places.queries import province_choices
from matxich.rulebook.zones.periods import Period, until
from matxich.zones.queries.listing import Asked, place_of
from matxich.zones.queries.reports import PeriodStanding, Standing, period_standing
from matxich.zones.queries.rollup_page import PERIODS_OFFERED, period_of
from matxich.zones.queries.showing import period_name
from matxich.zones.states import ReportState

PAGE = 100


@dataclass(frozen=True, slots=True)
class StandingLine:
    standing: Standing
    place: str
    state_text: str
    tone: str


@dataclass(frozen=True, slots=True)
class ReportsPage:
    standing: PeriodStanding
    period: Period
    period_name: str
    lines: list[StandingLine]
    total: int
    days_text: str
    overdue: bool
    province_name: str
    periods: list[Link]
    shows: list[Link]
    next_url: str
    all_url: str


def reports_page(params: Mapping[str, str], today: date, actor: Actor) -> ReportsPage:
    """Parameters: ky, map, province, show (waiting: those not in yet), page."""
    asked, period = Asked.from_params(params, today), period_of(params, today)
    standing = period_standing(period, today, actor, edition=asked.edition, province=asked.province)
    waiting_only = params.get("show") == "waiting"
    rows = [row for row in standing.rows if row.is_waiting or not waiting_only]
    page = min(asked.page, max(1, -(-len(rows) // PAGE)))
    here = {"ky": period.key, "map": asked.edition, "province": asked.province}

    def url(**changes: str) -> str:
        told = {name: value for name, value in (here | changes).items() if value}
        return f"{reverse('zones:reports')}?{urlencode(told)}"

    kept = {"show": "waiting"} if waiting_only else {}
    return ReportsPage(
        standing=standing,
        period=period,
        period_name=period_name(period),
        lines=[
            StandingLine(row, place_of(row.zone, asked.edition), *_state(row))
            for row in rows[(page - 1) * PAGE : page * PAGE]
        ],
        total=len(rows),
        days_text=days_text(standing.days_left),
        overdue=standing.days_left <= 0,
        province_name=_name(asked),
        periods=[
            Link(period_name(one), url(ky=one.key, **kept), current=one.key == period.key)
            for one in until(today, PERIODS_OFFERED)
        ],
        shows=[
            Link(_("Mọi cụm"), url(), count=len(standing.rows), current=not waiting_only),
            Link(_("Chưa gửi"), url(show="waiting"), count=standing.waiting, current=waiting_only),
        ],
        next_url=url(page=str(page + 1), **kept) if page * PAGE < len(rows) else "",
        all_url=url(province="", **kept),
    )


def _name(asked: Asked) -> str:
    return dict(province_choices(asked.edition)).get(asked.province, "") if asked.province else ""


def _state(row: Standing) -> tuple[str, str]:
    """In words, and how urgent: warn or nothing."""
    if row.report is None:
        return _("chưa có báo cáo"), "warn"
    text = ReportState(row.report.state).label
    return str(text).lower(), "warn" if row.is_waiting else ""


def days_text(left: int) -> str:
    """còn 12 ngày, hôm nay là ngày cuối, quá hạn 3 ngày."""
    if left > 1:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": left}
    if left == 1:
        return _("hôm nay là ngày cuối")
    return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", 1 - left) % {"n": 1 - left}
