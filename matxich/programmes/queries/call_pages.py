"""Calls as pages show them: the public list and page, the officials' page, the calendar of a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.programmes.contents import groups, supports_of_call
from matxich.programmes.models import Call, CallDate, FundingLine
from matxich.programmes.permissions import may_cancel_call, may_manage_call, may_publish_call
from matxich.programmes.queries.calls import missing, published_calls
from matxich.programmes.queries.money import lines_of_call
from matxich.programmes.queries.schedules import Timing, plans_to_time, timing_of
from matxich.programmes.queries.showing import (
    date_source,
    days_left_text,
    deadline_text,
    group_article,
    group_name,
    instructions_of,
    is_unseen,
    language,
    left_text,
    opening_text,
    phase_text,
    place_name,
    step_name,
    support_name,
    title_of,
)
from matxich.programmes.states import CallPhase, CallState

FIRST_YEAR, LAST_YEAR = 2015, 2100
WEEK = timedelta(days=7)
ORDER = (CallPhase.OPEN, CallPhase.COMING, CallPhase.PAST, CallPhase.DONE, CallPhase.CANCELLED, CallPhase.DRAFT)


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str
    article: Link


@dataclass(frozen=True, slots=True)
class Card:
    """One call in a list."""

    call: Call
    title: str
    title_language: str
    phase: CallPhase
    phase_text: str
    deadline: str
    left: str
    place: str
    groups: list[str]
    closes_within: timedelta

    @property
    def is_open(self) -> bool:
        return self.phase == CallPhase.OPEN

    @property
    def is_soon(self) -> bool:
        """An open call closes within a week."""
        return self.is_open and self.closes_within <= WEEK


@dataclass(frozen=True, slots=True)
class Bar:
    """When a call takes proposals, as part of a year: from `x`, `width` wide, of 1,000."""

    card: Card
    x: int
    width: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Due:
    """A day of some call in the year."""

    on: date
    name: str
    card: Card
    text: str
    done: bool
    past: bool


@dataclass(frozen=True, slots=True)
class CallsPage:
    year: int
    years: list[Link]
    kinds: list[Link]
    cards: list[Card]
    bars: list[Bar]
    months: list[Month]
    now: int | None
    dues: list[Due]
    open_count: int


def public_page(params: Mapping[str, str], at: datetime) -> CallsPage:
    """Every published call of a year. Parameters: nam, loai (cnht, kc)."""
    return _page(params, at, published_calls(), "programmes:public_call", code=True)


def desk_page(params: Mapping[str, str], at: datetime) -> CallsPage:
    """Drafts too."""
    calls = Call.objects.select_related("plan__programme__agency")
    return _page(params, at, calls, "programmes:call", code=False)


def _page(params: Mapping[str, str], at: datetime, calls: QuerySet[Call], route: str, *, code: bool) -> CallsPage:
    today = timezone.localdate(at)
    year = _year(params.get("nam", ""), today)
    kind = params.get("loai", "") if params.get("loai", "") in ("cnht", "kc") else ""
    found = [
        call
        for call in calls.filter(_in_year(year)).prefetch_related("dates")
        if not kind or call.plan.programme.kind.startswith(kind)
    ]
    cards = sorted((card_of(call, at) for call in found), key=lambda card: (ORDER.index(card.phase), _sort(card.call)))
    bars = [
        bar
        for card in sorted(cards, key=lambda card: _sort(card.call))
        if (bar := _bar(card, year, reverse(route, args=[card.call.code if code else card.call.pk])))
    ]
    return CallsPage(
        year=year,
        years=[
            Link(str(each), f"?nam={each}" + (f"&loai={kind}" if kind else ""), current=each == year)
            for each in (year - 1, year, year + 1)
        ],
        kinds=[
            Link(label, f"?nam={year}" + (f"&loai={value}" if value else ""), current=value == kind)
            for value, label in (("", _("Tất cả")), ("cnht", _("Công nghiệp hỗ trợ")), ("kc", _("Khuyến công")))
        ],
        cards=cards,
        bars=bars,
        months=_months(year),
        now=_x(at, year) if today.year == year else None,
        dues=_dues(cards, year, today),
        open_count=sum(1 for card in cards if card.is_open),
    )


def _year(written: str, today: date) -> int:
    year = int(written) if written.isascii() and written.isdecimal() and len(written) == 4 else today.year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _in_year(year: int) -> Q:
    """Plans of the year, and calls that take proposals in it: those for the next year are called the year before."""
    return Q(plan__year=year) | Q(opens_at__year__lte=year, closes_at__year__gte=year)


def _sort(call: Call) -> tuple[bool, datetime, int]:
    return call.closes_at is None, call.closes_at or call.created_at, call.pk


def card_of(call: Call, at: datetime) -> Card:
    phase = call.phase(at)
    return Card(
        call=call,
        title=title_of(call),
        title_language=language() if call.title_en else "vi",
        phase=phase,
        phase_text=phase_text(call, at),
        deadline=deadline_text(call.closes_at) if call.closes_at else "",
        left=left_text(call.closes_at, at) if phase == CallPhase.OPEN and call.closes_at else "",
        place=place_name(call.plan.programme.place),
        groups=[group_name(code) for code in call.content_groups],
        closes_within=call.closes_at - at if call.closes_at else timedelta.max,
    )


def _x(at: datetime, year: int) -> int:
    """How far into a year an instant lies, of 1,000."""
    start, end = (timezone.make_aware(datetime.combine(date(each, 1, 1), time())) for each in (year, year + 1))
    return round(1000 * max(0.0, min(1.0, (at - start) / (end - start))))


def _bar(card: Card, year: int, url: str) -> Bar | None:
    call = card.call
    if call.opens_at is None or call.closes_at is None:
        return None
    x, end = _x(call.opens_at, year), _x(call.closes_at, year)
    if end <= 0 or x >= 1000:
        return None
    return Bar(card, x, max(6, end - x), url, f"{opening_text(call.opens_at)}, {card.deadline}")


def _months(year: int) -> list[Month]:
    starts = [timezone.make_aware(datetime(year, month, 1)) for month in range(1, 13)]  # noqa: DTZ001 - made aware here
    xs = [*(_x(start, year) for start in starts), 1000]
    return [Month(str(number), xs[number - 1], xs[number] - xs[number - 1]) for number in range(1, 13)]


def _dues(cards: Iterable[Card], year: int, today: date) -> list[Due]:
    found = []
    for card in cards:
        if card.phase in (CallPhase.CANCELLED, CallPhase.DRAFT):
            continue
        for dated in card.call.dates.all():
            if dated.on and dated.on.year == year:
                text = "" if dated.done_on else days_left_text(dated.on, today)
                name = step_name(dated.step, dated.label)
                found.append(Due(dated.on, name, card, text, dated.done_on is not None, dated.on < today))
    return sorted(found, key=lambda due: (due.on, due.card.call.pk))


@dataclass(frozen=True, slots=True)
class DateRow:
    """A line of a call's calendar. `unseen`: the law speaks of it, nobody has read what it says."""

    dated: CallDate
    name: str
    source: str
    source_url: str
    unseen: bool
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class PublicCall:
    """What everybody may know of a call."""

    call: Call
    card: Card
    instructions: str
    instructions_language: str
    groups: list[Group]
    supports: list[tuple[str, str]]
    opening: str
    deadline: str
    first_deadline: str
    dates: list[DateRow]


def public_call(call: Call, at: datetime) -> PublicCall:
    today = timezone.localdate(at)
    return PublicCall(
        call=call,
        card=card_of(call, at),
        instructions=instructions_of(call),
        instructions_language=language() if call.instructions_en else "vi",
        groups=_groups(call),
        supports=[(code, support_name(code)) for code in supports_of_call(call)],
        opening=opening_text(call.opens_at) if call.opens_at else "",
        deadline=deadline_text(call.closes_at) if call.closes_at else "",
        first_deadline=deadline_text(call.first_closes_at) if call.first_closes_at else "",
        dates=[row for row in date_rows(call, today) if row.dated.on or row.dated.done_on],
    )


def _groups(call: Call) -> list[Group]:
    return [
        Group(code, group_name(code), group_article(groups()[code])) for code in call.content_groups if code in groups()
    ]


def date_rows(call: Call, today: date) -> list[DateRow]:
    """In the order of days, unknown ones last."""
    rows = [_date_row(dated, today) for dated in call.dates.all()]
    return sorted(rows, key=lambda row: (row.dated.on is None and row.dated.done_on is None, _on(row.dated)))


def _on(dated: CallDate) -> date:
    return dated.on or dated.done_on or date.max


def _date_row(dated: CallDate, today: date) -> DateRow:
    source, url = date_source(dated)
    late = bool(dated.on and (dated.done_on or today) > dated.on)
    return DateRow(
        dated=dated,
        name=step_name(dated.step, dated.label),
        source=source,
        source_url=url,
        unseen=is_unseen(dated),
        left=days_left_text(dated.on, today) if dated.on and not dated.done_on else "",
        late=late,
    )


@dataclass(frozen=True, slots=True)
class DeskCall:
    """The officials' page. `faults`: what keeps a draft from being published."""

    public: PublicCall
    lines: list[FundingLine]
    dates: list[DateRow]
    timing: Timing
    faults: list[str]
    may_manage: Verdict
    may_publish: Verdict
    may_cancel: Verdict

    @property
    def call(self) -> Call:
        return self.public.call

    @property
    def is_draft(self) -> bool:
        return self.call.state == CallState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.call.state == CallState.PUBLISHED

    @property
    def is_at_work(self) -> bool:
        return self.is_draft or self.is_published


def desk_call(call: Call, at: datetime, actor: Actor) -> DeskCall:
    today = timezone.localdate(at)
    plan = plans_to_time().get(pk=call.plan_id)
    return DeskCall(
        public=public_call(call, at),
        lines=lines_of_call(call),
        dates=date_rows(call, today),
        timing=timing_of(plan, call, today),
        faults=[str(text) for text in missing(call, at).values()] if call.state == CallState.DRAFT else [],
        may_manage=may_manage_call(actor, call),
        may_publish=may_publish_call(actor, call),
        may_cancel=may_cancel_call(actor, call),
    )
