"""The officials' list of programmes: which ones, how their money stands, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matxich.accounts.queries import place_chain
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.programmes.models import Call, FundingLine, Programme
from matxich.programmes.permissions import may_create_programme
from matxich.programmes.queries.money import LineTotals
from matxich.programmes.queries.showing import place_name
from matxich.programmes.states import CallState, ProgrammeKind, ProgrammeState
from matxich.rulebook.vietnamese.text import fold, squeeze

PAGE = 50
ALL = _("Tất cả")
STATES = {"": "", "dang": ProgrammeState.RUNNING, "nhap": ProgrammeState.DRAFT, "xong": ProgrammeState.CLOSED}


@dataclass(frozen=True, slots=True)
class Row:
    programme: Programme
    place: str
    totals: LineTotals
    open_calls: int
    years: str


@dataclass(frozen=True, slots=True)
class ListPage:
    rows: list[Row]
    total: int
    totals: LineTotals
    text: str
    kind: str
    place: str
    states: list[Link]
    next_url: str
    may_create: Verdict


def list_page(params: Mapping[str, str], at: datetime, actor: Actor) -> ListPage:
    """Parameters: q, loai (kind), tinh (place: its own and the national ones), tt (state), trang."""
    text, kind = squeeze(params.get("q", ""))[:80], params.get("loai", "")
    kind = kind if kind in ProgrammeKind.values else ""
    place = params.get("tinh", "") if params.get("tinh", "").isdecimal() else ""
    state = params.get("tt", "") if params.get("tt", "") in STATES else ""
    found = _found(text, kind, place)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    chosen = found.filter(state=STATES[state]) if state else found
    page = max(1, int(params["trang"])) if params.get("trang", "").isdecimal() and len(params["trang"]) < 5 else 1
    rows = list(chosen.select_related("agency")[(page - 1) * PAGE : page * PAGE + 1])
    kept = {"q": text, "loai": kind, "tinh": place}

    def url(**changes: str) -> str:
        told = {name: value for name, value in (kept | changes).items() if value}
        return f"{reverse('programmes:programmes')}{'?' if told else ''}{urlencode(told)}"

    return ListPage(
        rows=_rows(rows[:PAGE], at),
        total=sum(counts.values()) if not state else counts.get(STATES[state], 0),
        totals=_sum(FundingLine.objects.filter(programme__in=chosen.order_by())),
        text=text,
        kind=kind,
        place=place,
        states=[_choice(code, counts, state, url) for code in STATES],
        next_url=url(tt=state, trang=str(page + 1)) if len(rows) > PAGE else "",
        may_create=may_create_programme(actor),
    )


def _choice(code: str, counts: Mapping[str, int], current: str, url: object) -> Link:
    label = ProgrammeState(STATES[code]).label if code else ALL
    count = counts.get(STATES[code], 0) if code else sum(counts.values())
    return Link(label, url(tt=code), count=count, current=code == current)  # type: ignore[operator]


def _found(text: str, kind: str, place: str) -> QuerySet[Programme]:
    found = Programme.objects.all()
    if kind:
        found = found.filter(kind=kind)
    if place:
        found = found.filter(place__in={"", *place_chain(place)})
    if text:
        # Vietnamese names match with or without marks; programmes are few, so they are looked through here.
        wanted = fold(text)
        told = found.order_by().values_list("pk", "code", "name", "name_en")
        found = found.filter(pk__in=[pk for pk, *names in told if wanted in fold(" ".join(names))])
    return found


def _rows(programmes: list[Programme], at: datetime) -> list[Row]:
    keys = [programme.pk for programme in programmes]
    sums = {
        row["programme"]: LineTotals(row["budget"], row["committed"], row["paid"])
        for row in FundingLine.objects.filter(programme__in=keys)
        .order_by()
        .values("programme")
        .annotate(budget=Sum("budget"), committed=Sum("committed"), paid=Sum("paid"))
    }
    now = Q(state=CallState.PUBLISHED, opens_at__lte=at, closes_at__gt=at, plan__programme__in=keys)
    open_calls = dict(Call.objects.filter(now).order_by().values_list("plan__programme").annotate(Count("pk")))
    return [
        Row(
            programme,
            place_name(programme.place),
            sums.get(programme.pk, LineTotals()),
            open_calls.get(programme.pk, 0),
            years_of(programme),
        )
        for programme in programmes
    ]


def years_of(programme: Programme) -> str:
    """ "2026–2030": `ends` is the day after the last one."""
    first, last = programme.starts.year, programme.ends.year - (programme.ends.month == programme.ends.day == 1)
    return str(first) if first == last else f"{first}–{last}"


def _sum(lines: QuerySet[FundingLine]) -> LineTotals:
    told = lines.order_by().aggregate(b=Sum("budget"), c=Sum("committed"), p=Sum("paid"))
    return LineTotals(told["b"] or 0, told["c"] or 0, told["p"] or 0)
