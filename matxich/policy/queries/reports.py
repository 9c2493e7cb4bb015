"""A report of a reform as its page shows it: sentences, a map, bars, the first of the winners and losers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import money_round
from matxich.places.queries import ProvinceMap, province_map, provinces
from matxich.policy.models import PolicyReport
from matxich.policy.queries.showing import part_name
from matxich.policy.queries.simulating import group_name, said_of, verdict_words
from matxich.registry.queries.directory import LAST_DAY_OF_63
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.law.conditions import spoken
from matxich.rulebook.law.figures import Rate

MILLION = 10**6
BAR = 100
EDITIONS: tuple[Edition, ...] = ("34", "63")
OWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A group of firms: cost before and after in đồng, with the widths of their bars out of BAR."""

    name: str
    firms: int
    gained: int
    lost: int
    before: int
    after: int
    change: str
    before_bar: int
    after_bar: int


@dataclass(frozen=True, slots=True)
class Person:
    """A firm that wins or loses."""

    name: str
    url: str
    before: str
    after: str
    amount_before: int | None
    amount_after: int | None
    change: str


@dataclass(frozen=True, slots=True)
class Change:
    code: str
    name: str
    layer: str
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One kind of support of a report; `supports` leads to the others, `maps` to the other map."""

    title: str
    on: date
    changes: tuple[Change, ...]
    firms: int
    winners: int
    losers: int
    cost_before: int
    cost_after: int
    change: str
    supports: tuple[Link, ...]
    one: Mapping[str, Any] | None
    name: str
    matrix: tuple[tuple[str, tuple[tuple[str, int, bool], ...]], ...]
    map: ProvinceMap | None
    unplaced: int
    maps: tuple[Link, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    winning: tuple[Person, ...]
    losing: tuple[Person, ...]


def own_reports(actor: Actor) -> QuerySet[PolicyReport]:
    """The newest first, without their results."""
    return PolicyReport.objects.filter(by=actor.id).defer("result", "touched", "text")[:OWN]


def report_page(report: PolicyReport, *, support: str, edition: str, today: date) -> ReportPage:
    """`support` "" or unknown: the one whose cost changes most."""
    data = report.result
    every: Sequence[Mapping[str, Any]] = data["supports"]
    ranked = sorted(every, key=_weight)
    one = next((each for each in every if each["support"] == support), ranked[0] if ranked else None)
    chosen: Edition = "63" if edition == "63" else "34"
    total = data["total"]
    return ReportPage(
        title=report.title,
        on=report.on,
        changes=tuple(map(_change, data["reform"]["changes"])),
        firms=one["firms"] if one else data["firms"],
        winners=total["winners"],
        losers=total["losers"],
        cost_before=total["cost"]["before"]["most"],
        cost_after=total["cost"]["after"]["most"],
        change=signed(total["cost"]["change"]),
        supports=tuple(_link(each, one, chosen) for each in ranked),
        one=one,
        name=f"{one['support']} {said_of(one)}" if one else "",
        matrix=_matrix(one) if one else (),
        map=_map(one, chosen, today) if one else None,
        unplaced=_unplaced(one, chosen) if one else 0,
        maps=_maps(one, chosen),
        groups=tuple(
            (title, _lines(one, group)) for group, title in (("size", _("Theo quy mô")), ("sector", _("Theo ngành")))
        ) if one else (),
        winning=_persons(one, "winners") if one else (),
        losing=_persons(one, "losers") if one else (),
    )  # fmt: skip


def _maps(one: Mapping[str, Any] | None, edition: Edition) -> tuple[Link, ...]:
    support = {"noi-dung": one["support"]} if one else {}
    labels = zip(EDITIONS, (_("34 tỉnh"), _("63 tỉnh cũ")), strict=True)
    return tuple(
        Link(label, f"?{urlencode({**support, 'map': code})}", current=code == edition) for code, label in labels
    )


def _weight(one: Mapping[str, Any]) -> tuple[int, int]:
    """The dearest change first, then the one that touches most firms."""
    return -abs(one["cost"]["change"]), -(one["winners"]["count"] + one["losers"]["count"])


def signed(value: int) -> str:
    """ "+1,8 tỷ đồng", "−300 triệu đồng", "0 đồng"."""
    return f"+{money_round(value)}" if value > 0 else money_round(value)


def _link(each: Mapping[str, Any], one: Mapping[str, Any] | None, edition: str) -> Link:
    query = urlencode({"noi-dung": each["support"], "map": edition})
    return Link(each["support"], f"?{query}", each["winners"]["count"] + each["losers"]["count"], current=each is one)


def _matrix(one: Mapping[str, Any]) -> tuple[tuple[str, tuple[tuple[str, int, bool], ...]], ...]:
    words = verdict_words()
    return tuple(
        (words[was], tuple((words[now], count, was != now and count > 0) for now, count in row.items()))
        for was, row in one["matrix"].items()
    )


def _by_province(one: Mapping[str, Any], edition: Edition) -> Mapping[str, int]:
    group = "province" if edition == "34" else "province_63"
    return {each["code"]: each["cost"]["change"] for each in one["by"][group]}


def _unplaced(one: Mapping[str, Any], edition: Edition) -> int:
    return _by_province(one, edition).get("", 0)


def _map(one: Mapping[str, Any], edition: Edition, today: date) -> ProvinceMap:
    """What each province would cost more; where the whole would cost less, what it would save. In millions of đồng."""
    on = LAST_DAY_OF_63 if edition == "63" else today
    changes = {code: change for code, change in _by_province(one, edition).items() if code}
    less = sum(changes.values()) < 0
    amounts = {code: max(0, -change if less else change) for code, change in changes.items()}
    counts = {province.code: amounts.get(province.code, 0) // MILLION for province in provinces(edition, on)}
    listed = reverse("registry:enterprises")
    return province_map(
        edition,
        counts,
        href=lambda code: f"{listed}?{urlencode({'province': code, 'map': edition})}",
        noun=_("triệu đồng"),
        on=today,
        title=_finding(amounts, edition, less=less),
    )


def _finding(amounts: Mapping[str, int], edition: Edition, *, less: bool) -> str:
    total = sum(amounts.values())
    if not total:
        return _("Không tỉnh, thành nào đổi chi phí")
    code = max(amounts, key=lambda each: amounts[each])
    told = {
        "name": group_name("province" if edition == "34" else "province_63", code),
        "most": money_round(amounts[code]),
        "total": money_round(total),
    }
    if less:
        return _("%(name)s giảm nhiều nhất: %(most)s trong %(total)s") % told
    return _("%(name)s tăng nhiều nhất: %(most)s trong %(total)s") % told


def _lines(one: Mapping[str, Any], group: str) -> tuple[Line, ...]:
    rows = one["by"][group]
    most = max((max(each["cost"]["before"]["most"], each["cost"]["after"]["most"]) for each in rows), default=0)

    def line(each: Mapping[str, Any]) -> Line:
        before, after = each["cost"]["before"]["most"], each["cost"]["after"]["most"]
        return Line(
            group_name(group, each["code"]), each["firms"], each["gained"], each["lost"], before, after,
            signed(each["cost"]["change"]), _bar(before, most), _bar(after, most),
        )  # fmt: skip

    return tuple(map(line, rows))


def _bar(value: int, most: int) -> int:
    return round(BAR * value / most) if most else 0


def _persons(one: Mapping[str, Any], side: str) -> tuple[Person, ...]:
    words = verdict_words()
    return tuple(
        Person(
            each["name"], reverse("registry:passport", args=[each["id"]]), words[each["before"]], words[each["after"]],
            each["amount_before"], each["amount_after"], signed(each["change"]),
        )
        for each in one[side]["top"]
    )  # fmt: skip


def _change(change: Mapping[str, Any]) -> Change:
    before = change["before"]["value"] if change["before"] else {}
    parts = tuple(
        (part_name(part), _spoken(before.get(part)), _spoken(value))
        for part, value in change["after"]["value"].items()
        if value != before.get(part)
    )
    return Change(change["parameter"], said_of(change), change["layer"], parts)


def _spoken(value: Any) -> str:
    """A figure of the document as a sentence has it."""
    if value is None:
        return _("chưa có")
    try:
        return (
            spoken(Rate.of(value))
            if isinstance(value, str)
            else spoken(tuple(value) if isinstance(value, list) else value)
        )
    except ValueError:
        return str(value)
