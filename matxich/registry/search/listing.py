"""A list page from its address: what was asked, what to show, and every link to ask something else.

Parameters: q, every facet by its name (each may repeat), on (a day that certificates must count on), map (34 or 63),
sort, page, more (facets shown in full), view (the page's own, carried along).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil
from typing import Protocol

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.templatetags.mx import locale, number
from matxich.registry.search import values
from matxich.registry.search.asking import search
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.document import FACETS, FRESHNESS, VALIDITY
from matxich.registry.search.narrowing import CERTIFICATE
from matxich.registry.search.query import DEEPEST, TEXT_READ, Audience, Query, Results
from matxich.registry.search.values import UnknownValue
from matxich.rulebook.vietnamese.numbers import format_date, parse_date

SHOWN = 8
LISTED_FACETS = (
    "province", "sector", *SCHEMES, "size", "verified", FRESHNESS, "zone", "source", "in_programme",
)  # fmt: skip
_SORTS = ("relevance", "name", "newest", "freshness")


class Row(Protocol):
    pk: int


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere else to go; `current` where one already is."""

    value: str
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    text: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: a box to tick, or a link that ticks or unticks it."""

    value: str
    label: str
    count: int
    checked: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """`more` names how many values are folded away, `more_url` shows them; both "" when all are shown."""

    name: str
    title: str
    options: tuple[Option, ...]
    closed: bool
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Addresses of other pages, "" where there is none. `shown` says which results these are."""

    page: int
    pages: int
    shown: str
    first: str
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day on which certificates must count, as the field shows it, and what was wrong with one that is no day."""

    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything a list page shows. `ids` are the rows to fetch, in order; `messages` what to tell the reader first."""

    text: str
    total: int
    ids: tuple[int, ...]
    messages: tuple[str, ...]
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    sorts: tuple[Link, ...]
    maps: tuple[Link, ...]
    pager: Pager
    hidden: tuple[tuple[str, str], ...]
    day: AskedDay
    clear_url: str
    elsewhere: Link | None
    results: Results

    def in_order[R: Row](self, rows: Iterable[R]) -> list[R]:
        """The fetched rows in the order found; one that left the register meanwhile is missing."""
        by_id = {row.pk: row for row in rows}
        return [by_id[number] for number in self.ids if number in by_id]


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What an address asks for, as told on `today` or else the local day; broken values are left out with a message."""

    query: Query
    more: frozenset[str] = frozenset()
    messages: tuple[str, ...] = ()
    day: AskedDay = AskedDay()
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_params(
        cls,
        params: QueryDict,
        *,
        audience: Audience = "public",
        limit: int = 25,
        facets: tuple[str, ...] = LISTED_FACETS,
        today: date | None = None,
    ) -> "ListRequest":
        messages: list[str] = []
        boundaries = _one_of(params, "map", ("34", "63"), messages)
        filters = _filters(params, boundaries, messages)
        if len(filters.get("province", ())) == 1 or "commune" in filters:
            facets = (*facets, "commune")
        if CERTIFICATE in filters or VALIDITY in filters:
            facets = tuple(each for name in facets for each in ((name, VALIDITY) if name == CERTIFICATE else (name,)))
        on, asked_day = _day(params.get("on", ""))
        query = Query(
            text=params.get("q", "")[:TEXT_READ].replace("\x00", ""),
            filters=filters,
            boundaries=boundaries,  # type: ignore[arg-type]
            sort=_one_of(params, "sort", _SORTS, messages),  # type: ignore[arg-type]
            page=_page(params, limit, messages),
            limit=limit,
            audience=audience,
            facets=facets,
            on=on,
            today=today or timezone.localdate(),
        )
        view = params.get("view", "")[:20]
        kept = _kept(query) | ({"view": (view,)} if view else {})
        told = (*messages, *([asked_day.problem] if asked_day.problem else []))
        return cls(query, frozenset(params.getlist("more")) & set(facets), told, asked_day, kept)

    def answer(self) -> ListPage:
        """Ask, and gather everything the page shows. A page beyond the last is the last."""
        query, results = self.query, search(self.query)
        pages = max(1, ceil(min(results.total, DEEPEST) / query.limit))
        if query.page > pages:
            query = replace(query, page=pages)
            results = search(query)
        return ListPage(
            text=query.text,
            total=results.total,
            ids=tuple(number for number, _score in results.hits),
            messages=(*self.messages, *_notes(query, results)),
            chips=tuple(self.chips()),
            facets=tuple(self._facet(name, results) for name in query.facets if results.facets.get(name)),
            sorts=self._sorts(),
            maps=self._maps(),
            pager=self._pager(query, results, pages),
            hidden=tuple((name, value) for name, given in self.params.items() if name != "q" for value in given),
            day=self.day,
            clear_url=self._url(dict.fromkeys((*FACETS, "on"), ())),
            elsewhere=self._elsewhere(results),
            results=results,
        )

    def _url(self, changes: Mapping[str, tuple[str, ...]], page: int = 1) -> str:
        """This address with some parameters changed, on its first page unless said."""
        asked = [
            values.in_address(name, value) for name, given in {**self.params, **changes}.items() for value in given
        ]
        return "?" + "&".join([*asked, f"page={page}"] if page > 1 else asked)

    def _without(self, name: str, value: str) -> str:
        return self._url({name: tuple(other for other in self.query.filters.get(name, ()) if other != value)})

    def chips(self) -> Iterable[Chip]:
        for name, chosen in self.query.filters.items():
            named = values.labels(name, chosen, self.query.boundaries)
            for value in chosen:
                yield Chip(named[value], self._without(name, value))
        if self.query.on:
            yield Chip(day_told(self.query), self._url({"on": ()}))

    def _facet(self, name: str, results: Results) -> Facet:
        counted, chosen = results.facets[name], self.query.filters.get(name, ())
        full = name in self.more or len(counted) <= SHOWN + 1
        shown = [pair for place, pair in enumerate(counted) if full or place < SHOWN or pair[0] in chosen]
        named = values.labels(name, [value for value, _count in shown], self.query.boundaries)
        options = tuple(
            Option(value, named[value], count, value in chosen, self._toggled(name, value)) for value, count in shown
        )
        folded = len(counted) - len(shown)
        return Facet(
            name,
            values.title(name),
            options,
            closed=not chosen and name in ("zone", "source", "in_programme"),
            more=_("Thêm %(n)s") % {"n": folded} if folded else "",
            more_url=self._url({"more": tuple(sorted(self.more | {name}))}) if folded else "",
        )

    def _toggled(self, name: str, value: str) -> str:
        chosen = self.query.filters.get(name, ())
        return self._without(name, value) if value in chosen else self._url({name: (*chosen, value)})

    def _sorts(self) -> tuple[Link, ...]:
        names = {
            "relevance": _("Khớp nhất"),
            "name": _("Tên"),
            "newest": _("Mới vào danh bạ"),
            "freshness": _("Thông tin mới nhất"),
        }
        return tuple(
            Link(sort, label, self._url({"sort": (sort,) if sort != "relevance" else ()}), sort == self.query.sort)
            for sort, label in names.items()
            if sort != "relevance" or self.query.text.strip() or self.query.sort == "relevance"
        )

    def _maps(self) -> tuple[Link, ...]:
        """Places chosen on one map mean nothing on the other, so they are left behind."""
        names = {"34": _("Từ 01/7/2025 (34 tỉnh)"), "63": _("Trước 01/7/2025 (63 tỉnh)")}
        current = self.query.boundaries
        return tuple(
            Link(code, label, self._url({"map": (code,) if code != "34" else (), "province": (), "commune": ()}))
            if code != current
            else Link(code, label, self._url({}), current=True)
            for code, label in names.items()
        )

    def _pager(self, query: Query, results: Results, pages: int) -> Pager:
        page, start = query.page, (query.page - 1) * query.limit
        shown = _("%(from)s–%(to)s trong %(total)s kết quả") % {
            "from": start + 1,
            "to": start + len(results.hits),
            "total": results.total,
        }
        return Pager(
            page,
            pages,
            shown if results.total else "",
            first=self._url({}) if page > 2 else "",
            previous=self._url({}, page - 1) if page > 1 else "",
            next=self._url({}, page + 1) if page < pages else "",
        )

    def _elsewhere(self, results: Results) -> Link | None:
        if not results.elsewhere:
            return None
        label = _("Xem %(n)s kết quả khi bỏ bộ lọc") % {"n": results.elsewhere}
        everything = dict.fromkeys((*FACETS, "on"), ()) | {"in_programme": ("0", "1")}
        return Link("", label, self._url(everything))


def _filters(params: QueryDict, boundaries: str, messages: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in FACETS:
        for given in params.getlist(name)[:50]:
            try:
                codes = values.resolve(name, given, boundaries) if given else ()  # type: ignore[arg-type]
            except UnknownValue as error:
                messages.append(str(error))
                continue
            found[name] = (*found.get(name, ()), *(code for code in codes if code not in found.get(name, ())))
    return {name: codes for name, codes in found.items() if codes}


def _one_of(params: QueryDict, name: str, allowed: tuple[str, ...], messages: list[str]) -> str:
    given = params.get(name, "")
    if given and given not in allowed:
        messages.append(_("Bỏ qua “%(value)s”: không có lựa chọn này.") % {"value": given[:80]})
    return given if given in allowed else allowed[0]


def day_told(query: Query) -> str:
    """What the day of a question asks of certificates, in words; "" without one."""
    if query.on is None:
        return ""
    told = {"day": format_date(query.on, locale())}
    if VALIDITY in query.filters:
        return _("Chứng chỉ tính đến %(day)s") % told
    return _("Chứng chỉ còn hiệu lực vào %(day)s") % told


def _day(given: str) -> tuple[date | None, AskedDay]:
    """The day asked for, if it is one, and how the field shows it."""
    typed = given.strip()[:80]
    told = parse_date(typed)
    if told and told.precision == "day":
        return told.on, AskedDay(f"{told.on:%d/%m/%Y}")
    if not typed:
        return None, AskedDay()
    said = _("“%(value)s” không phải là một ngày, nên chưa lọc theo ngày. Ghi ngày/tháng/năm, ví dụ 31/12/2026.")
    return None, AskedDay(typed, said % {"value": typed})


def _page(params: QueryDict, limit: int, messages: list[str]) -> int:
    """A page number of at least 1; the last one listed when it asks for more."""
    given = params.get("page", "") or "1"
    if not (given.isascii() and given.isdecimal()) or int(given[:20]) < 1:
        messages.append(_("Bỏ qua số trang “%(value)s”.") % {"value": given[:80]})
        return 1
    last = DEEPEST // limit
    if int(given[:20]) > last:
        messages.append(_deepest())
    return min(int(given[:20]), last)


def _deepest() -> str:
    return _("Chỉ xem được %(n)s kết quả đầu; hãy thêm chữ hoặc bộ lọc để thu hẹp.") % {"n": "10.000"}


def _notes(query: Query, results: Results) -> Iterable[str]:
    if results.degraded:
        yield _(
            "Chỉ mục tìm kiếm đang được lập lại: tạm thời chỉ tìm theo tên và đầu mã số thuế, chưa có số đếm bộ lọc."
        )
        if results.unanswered:
            yield _("Chưa áp dụng được bộ lọc: %(names)s.") % {
                "names": ", ".join(map(values.title, results.unanswered))
            }
    if results.corrected:
        yield _("Không có doanh nghiệp nào khớp đúng từng chữ; đã tìm cả những chữ gần giống.")
    if results.without_end:
        yield ngettext(
            "Thêm %(n)s doanh nghiệp có chứng chỉ này nhưng chưa rõ thời hạn.",
            "Thêm %(n)s doanh nghiệp có chứng chỉ này nhưng chưa rõ thời hạn.",
            results.without_end,
        ) % {"n": number(results.without_end)}
    if results.relaxed:
        yield _("Không tìm thấy tất cả các chữ; dưới đây là những kết quả gần nhất.")
    if query.page * query.limit >= DEEPEST < results.total:
        yield _deepest()


def _kept(query: Query) -> dict[str, tuple[str, ...]]:
    """The parameters that other links carry on; defaults are left out."""
    kept: dict[str, tuple[str, ...]] = {"q": (query.text,) if query.text else ()} | dict(query.filters)
    if query.boundaries != "34":
        kept["map"] = (query.boundaries,)
    if query.on:
        kept["on"] = (query.on.isoformat(),)
    if query.sort != "relevance":
        kept["sort"] = (query.sort,)
    return kept
