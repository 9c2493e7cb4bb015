"""The results of a question by province, on either map: figures from the facet already counted, no query for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.kit.templatetags.mx import number
from matxich.places.queries import ProvinceMap, name_of, province_map, provinces
from matxich.registry.queries.directory import LAST_DAY_OF_63
from matxich.registry.search import ListPage, ListRequest


@dataclass(frozen=True, slots=True)
class ResultMap:
    """`none` says how many provinces have no result, `unplaced` how many results no known province; "" for none, or
    where it cannot be told."""

    map: ProvinceMap
    none: str
    unplaced: str


def result_map(asked: ListRequest, page: ListPage, *, here: str, today: date) -> ResultMap | None:
    """A click on a province narrows the question to it, a click on a chosen one opens it again. None without counts."""
    edition = asked.query.boundaries
    counted = page.results.facets.get("province", ())
    if page.results.degraded or not counted:
        return None
    on = LAST_DAY_OF_63 if edition == "63" else today
    counts = {province.code: 0 for province in provinces(edition, on)} | dict(counted)
    chosen = asked.query.filters.get("province", ())
    drawn = province_map(
        edition,
        counts,
        href=lambda code: _narrowed(asked, here, code, chosen),
        noun=_("doanh nghiệp"),
        on=today,
        title=_finding(counts, edition),
        current=chosen,
    )
    lost = 0 if chosen else page.total - sum(counts.values())
    return ResultMap(drawn, _without(sum(not count for count in counts.values())), _unplaced(lost))


def _without(empty: int) -> str:
    if not empty:
        return ""
    said = ngettext("%(n)s tỉnh, thành không có ai khớp.", "%(n)s tỉnh, thành không có ai khớp.", empty)
    return said % {"n": number(empty)}


def _unplaced(lost: int) -> str:
    if lost <= 0:
        return ""
    said = ngettext("%(n)s doanh nghiệp chưa rõ tỉnh, thành.", "%(n)s doanh nghiệp chưa rõ tỉnh, thành.", lost)
    return said % {"n": number(lost)}


def _narrowed(asked: ListRequest, here: str, code: str, chosen: tuple[str, ...]) -> str:
    kept = {name: given for name, given in asked.params.items() if name not in ("province", "commune")}
    return f"{here}?{urlencode(kept if code in chosen else {**kept, 'province': (code,)}, doseq=True)}"


def _finding(counts: Mapping[str, int], edition: str) -> str:
    """The title says what the map shows: who has the most, and how much of the whole that is."""
    total, most = sum(counts.values()), max(counts.values(), default=0)
    leading = [code for code, count in counts.items() if count == most]
    if not most:
        return _("Không tỉnh, thành nào có doanh nghiệp khớp")
    told = {"most": number(most), "total": number(total), "n": number(len(leading))}
    if len(leading) > 1:
        return _("%(n)s tỉnh, thành cùng có nhiều nhất: mỗi nơi %(most)s trong %(total)s doanh nghiệp") % told
    name = name_of(leading[0], LAST_DAY_OF_63 if edition == "63" else None)
    return _("%(name)s có nhiều nhất: %(most)s trong %(total)s doanh nghiệp") % {"name": name, **told}
