"""A map of provinces with a figure for each: everything its template needs, decided here."""

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from matxich.kit.templatetags.mx import day, number
from matxich.places import reference
from matxich.places.queries.units import Province, name_of, provinces
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.vietnamese.text import sort_key

CLASSES = 5
VIEW = 0.5
"""Outlines are drawn at twice the size they are shown."""


@dataclass(frozen=True, slots=True)
class MapProvince:
    """A province on the map and in the list beside it. `count` None is "not known"; `bar` is 0 to 100."""

    code: str
    name: str
    d: str
    count: int | None
    scale: int
    bar: int
    href: str
    label: str
    current: bool

    @property
    def css(self) -> str:
        return f"q-{self.scale}"


@dataclass(frozen=True, slots=True)
class Archipelago:
    """Islands too small to outline, drawn as dots under their name and that of their province."""

    name: str
    province: str
    x: int
    y: int
    d: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the legend."""

    scale: int
    label: str


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """Provinces in code order, `ranked` by figure (largest first, then by name)."""

    edition: Edition
    width: int
    height: int
    graticule: str
    title: str
    caption: str
    total: int
    provinces: tuple[MapProvince, ...]
    ranked: tuple[MapProvince, ...]
    archipelagos: tuple[Archipelago, ...]
    legend: tuple[Step, ...]


@cache
def outlines(edition: Edition) -> dict[str, Any]:
    """The packaged drawing of one map."""
    drawn: dict[str, Any] = json.loads((reference.DATA / f"map_{edition}.json").read_text("utf-8"))
    return drawn


def class_breaks(values: list[int]) -> list[int]:
    """Lower limits of classes 2 to 5 (fewer when there are few values): fifths of the values, rounded down."""
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return []
    limits = [_rounded(ordered[len(ordered) * step // CLASSES]) for step in range(1, CLASSES)]
    return sorted({limit for limit in limits if ordered[0] < limit <= ordered[-1]})


def _rounded(value: int) -> int:
    """Two leading figures, of numbers below a hundred down to a five: 1.487 is 1.400, 68 is 65."""
    step = 10 ** max(len(str(value)) - 2, 0) if value >= 100 else 5 if value >= 10 else 1
    return value // step * step


def province_map(
    edition: Edition,
    counts: Mapping[str, int],
    *,
    href: Callable[[str], str],
    noun: str,
    on: date,
    title: str = "",
    current: Collection[str] = (),
) -> ProvinceMap:
    """A map of `counts` by province code. `href` gives a province's link, `noun` names what is counted, `current` are
    the codes of those chosen."""
    drawn, named = outlines(edition), {province.code: province for province in provinces(edition, on)}
    named = named or {province.code: province for province in provinces(edition)}
    limits, most = class_breaks(list(counts.values())), max(counts.values(), default=0)

    def one(shape: dict[str, str]) -> MapProvince:
        province = named[shape["code"]]
        count = counts.get(province.code)
        return MapProvince(
            code=province.code,
            name=province.name,
            d=shape["d"],
            count=count,
            scale=bisect_right(limits, count) + 1 if count else 0,
            bar=round(100 * count / most) if count else 0,
            href=href(province.code),
            label=_label(province, count, noun),
            current=province.code in current,
        )

    shapes = tuple(map(one, drawn["provinces"]))
    return ProvinceMap(
        edition=edition,
        width=round(drawn["width"] * VIEW),
        height=round(drawn["height"] * VIEW),
        graticule=drawn["graticule"],
        title=title,
        caption=_caption(edition, on),
        total=sum(counts.get(code, 0) for code in named),
        provinces=shapes,
        ranked=tuple(sorted(shapes, key=lambda shape: (-(shape.count or 0), sort_key(shape.name)))),
        archipelagos=tuple(map(_archipelago, drawn["archipelagos"])),
        legend=_legend(limits, most),
    )


def _label(province: Province, count: int | None, noun: str) -> str:
    if count is None:
        return _("%(name)s: chưa có số liệu") % {"name": province.name}
    return _("%(name)s: %(count)s %(noun)s") % {"name": province.name, "count": number(count), "noun": noun}


def _caption(edition: Edition, on: date) -> str:
    told = {"day": day(on)}
    if edition == "34":
        return _("Địa giới 34 tỉnh, thành từ 01/7/2025; số liệu đến %(day)s.") % told
    return _("Địa giới 63 tỉnh, thành trước 01/7/2025; số liệu đến %(day)s.") % told


def _archipelago(drawn: dict[str, Any]) -> Archipelago:
    names = {"Hoàng Sa": _("Quần đảo Hoàng Sa"), "Trường Sa": _("Quần đảo Trường Sa")}
    x, y = round(drawn["x"] * VIEW), round(drawn["y"] * VIEW)
    return Archipelago(names[drawn["name"]], name_of(drawn["code"]), x, y, drawn["d"])


def _legend(limits: list[int], most: int) -> tuple[Step, ...]:
    """From the darkest class down to "none"."""
    starts = [1, *limits] if most else []
    ends: list[int | None] = [limit - 1 for limit in limits]
    steps = [Step(at + 1, _span(low, high)) for at, (low, high) in enumerate(zip(starts, [*ends, None], strict=False))]
    return (*reversed(steps), Step(0, _("chưa có")))


def _span(low: int, high: int | None) -> str:
    if high is None:
        return _("từ %(low)s") % {"low": number(low)}
    if low == high:
        return number(low)
    return _("%(low)s đến %(high)s") % {"low": number(low), "high": number(high)}
