"""A reform over the whole register: what it would do, as a document for pages, programs and spreadsheets."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from matxich.documents.spreadsheets import MOST_ROWS, Cell, Sheet, xlsx_pieces
from matxich.places.queries import name_of
from matxich.policy.law import law as law_now
from matxich.policy.queries.columns import CHUNK, UNKNOWN, Firms, firms_of_register
from matxich.policy.queries.showing import said
from matxich.registry.models import Enterprise
from matxich.registry.queries.directory import LAST_DAY_OF_63
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.reform import Reform, before_and_after, concerned, read_reform
from matxich.rulebook.law.register import NO_AMOUNT
from matxich.rulebook.law.simulation import EFFECTS, Changed, Cost, Grouping, Outcome, Share, places_of, simulate
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.telling import VERDICTS, setting_json
from matxich.rulebook.law.truth import Truth

TOP = 50
LINES = 30
"""Lines of business told apart; the rest, each of few firms, are one."""
OTHER_LINES = "…"
GROUPS = ("province", "province_63", "size", "sector")
_ARRAYS = ("ids", "truth_before", "truth_after", "most_before", "most_after")


@dataclass(frozen=True, slots=True)
class Touched:
    """The firms to whom a support changes, the largest change first."""

    support: str
    ids: NDArray[np.int64]
    changed: Changed


@dataclass(frozen=True, slots=True)
class Simulated:
    """`data` for programs and pages; `touched` every firm behind it."""

    data: dict[str, Any]
    touched: tuple[Touched, ...]


def run_reform(reform: Reform, *, progress: Callable[[int], None] | None = None) -> Simulated:
    """Over every firm of the register. Nothing is written."""
    law = law_now()
    firms = firms_of_register(reform.on, progress=progress)
    groups = {**places_of(firms.facts), "sector": _lines(firms)}
    outcomes, touched, gains, losses = [], [], [], []
    for one in simulate(law, reform, firms.size, firms.facts, groups):
        wins = one.changed.gains
        touched.append(Touched(one.support, firms.ids[one.changed.places], one.changed))
        gains.append(one.changed.places[wins])
        losses.append(one.changed.places[~wins])
        outcomes.append(one)
    tops = [{True: _top(each, gains=True), False: _top(each, gains=False)} for each in touched]
    named = _named(int(pk) for top in tops for ids, _rows in top.values() for pk in ids)
    data = {
        "reform": reform_json(law, reform),
        "rules_version": law.version,
        "firms": firms.size,
        "supports": [_support(one, top, named) for one, top in zip(outcomes, tops, strict=True)],
        "total": {
            "winners": _distinct(gains),
            "losers": _distinct(losses),
            "cost": _costs(_sum(one.total.before for one in outcomes), _sum(one.total.after for one in outcomes)),
        },
    }
    return Simulated(data, tuple(touched))


def read_told(text: str, *, file: str = "reform.yaml") -> Reform:
    """The reform a text holds, beside the packaged law. LawFault."""
    return read_reform(file, text, law_now())


def reform_json(law: Law, reform: Reform) -> dict[str, Any]:
    """What is proposed, each figure beside the one in force; those of the reform are marked as proposed."""
    changes = []
    for change, before, after in before_and_after(law, reform):
        parameter = law.parameters[change.parameter]
        changes.append({
            "parameter": change.parameter, "name_vi": parameter.vi, "name_en": parameter.en, "layer": change.layer,
            "before": setting_json(law, before) if before else None,
            "after": {"value": setting_json(law, after)["value"], "proposed": True},
        })  # fmt: skip
    return {
        "title": reform.title,
        "on": reform.on.isoformat(),
        "content": reform.content,
        "budget": reform.budget,
        "project": {name: known.value for name, known in reform.project.items()},
        "scope": {name: list(values) for name, values in reform.scope.items()},
        "changes": changes,
        "concerned": list(concerned(law, reform)),
    }


def _lines(firms: Firms) -> Grouping:
    """Lines of business, the commonest first; beyond LINES of them one group of all others."""
    counts = np.bincount(firms.lines[firms.lines >= 0], minlength=len(firms.line_names))
    order = sorted(range(len(firms.line_names)), key=lambda at: (-int(counts[at]), firms.line_names[at]))
    kept = order[:LINES]
    names = tuple(firms.line_names[at] for at in kept) + ((OTHER_LINES,) if len(order) > LINES else ())
    where = np.full(len(firms.line_names) + 1, LINES, np.int64)
    where[kept] = np.arange(len(kept))
    where[-1] = UNKNOWN
    return Grouping(names, where[firms.lines])


def _top(touched: Touched, *, gains: bool) -> tuple[list[int], list[int]]:
    """The ids of the first TOP winners, or losers, and their rows."""
    rows = np.flatnonzero(touched.changed.gains == gains)[:TOP]
    return touched.ids[rows].tolist(), rows.tolist()


def _named(ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batched(dict.fromkeys(ids), CHUNK, strict=False):
        found |= Enterprise.objects.filter(pk__in=some).order_by().values_list("pk", "name")
    return found


def _support(one: Outcome, top: Mapping[bool, tuple[list[int], list[int]]], named: Mapping[int, str]) -> dict[str, Any]:
    support = SUPPORTS[one.support]
    wins = int(one.changed.gains.sum())
    return {
        "support": one.support,
        "name_vi": support.words.vi,
        "name_en": support.words.en,
        **_share(one.total),
        "matrix": {
            VERDICTS[was]: {VERDICTS[now]: count for now, count in row.items()} for was, row in one.matrix.items()
        },
        "by": {name: [{"code": each.name, **_share(each)} for each in one.groups.get(name, ())] for name in GROUPS},
        "winners": {"count": wins, "top": [_firm(one.changed, *each, named) for each in zip(*top[True], strict=True)]},
        "losers": {
            "count": len(one.changed.places) - wins,
            "top": [_firm(one.changed, *each, named) for each in zip(*top[False], strict=True)],
        },
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "firms": share.firms,
        **{name: share.effects[name] for name in EFFECTS},
        "cost": _costs(share.before, share.after),
    }


def _costs(before: Cost, after: Cost) -> dict[str, Any]:
    return {"before": _cost(before), "after": _cost(after), "change": after.most - before.most}


def _cost(cost: Cost) -> dict[str, int]:
    return {"eligible": cost.eligible, "unknown": cost.unknown, "most": cost.most}


def _sum(costs: Iterable[Cost]) -> Cost:
    return sum(costs, Cost())


def _distinct(places: Sequence[NDArray[np.int64]]) -> int:
    return len(np.unique(np.concatenate(places))) if places else 0


def _firm(changed: Changed, pk: int, row: int, named: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": make_registry_id(pk),
        "name": named.get(pk, ""),
        "before": VERDICTS[Truth(int(changed.truth_before[row]))],
        "after": VERDICTS[Truth(int(changed.truth_after[row]))],
        "amount_before": _amount(changed.most_before[row]),
        "amount_after": _amount(changed.most_after[row]),
        "change": int(changed.difference[row]),
    }


def _amount(most: np.int64) -> int | None:
    return None if most == NO_AMOUNT else int(most)


# Every firm behind a report, kept with it.


def packed(touched: Iterable[Touched]) -> bytes:
    arrays = {}
    for each in touched:
        for name in _ARRAYS:
            arrays[f"{each.support}/{name}"] = each.ids if name == "ids" else getattr(each.changed, name)
    made = io.BytesIO()
    np.savez_compressed(made, **arrays)  # type: ignore[arg-type]
    return made.getvalue()


def unpacked(data: bytes) -> tuple[Touched, ...]:
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        supports = dict.fromkeys(name.partition("/")[0] for name in held.files)
        return tuple(
            Touched(code, ids := held[f"{code}/ids"],
                    Changed(ids, *(held[f"{code}/{name}"] for name in _ARRAYS[1:])))
            for code in supports
        )  # fmt: skip


# The report as a spreadsheet.


def reform_sheets(data: Mapping[str, Any], touched: Iterable[Touched]) -> Iterator[Sheet]:
    """What it costs, by province on both maps, size and line; then every winner and every loser."""
    yield _("Tổng hợp"), [_("Nội dung"), *_cost_heads()], [
        [f"{one['support']} {said_of(one)}", *_cost_cells(one)] for one in data["supports"]
    ]  # fmt: skip
    yield _("Đề xuất"), [_("Con số"), _("Lớp"), _("Phần"), _("Đang có"), _("Đề xuất")], _proposed(data)
    titles = dict(zip(GROUPS, (_("34 tỉnh"), _("63 tỉnh cũ"), _("Quy mô"), _("Ngành")), strict=True))
    for group, title in titles.items():
        yield title, [_("Nội dung"), title, *_cost_heads()], [
            [one["support"], group_name(group, each["code"]), *_cost_cells(each)]
            for one in data["supports"] for each in one["by"][group]
        ]  # fmt: skip
    held = list(touched)
    for gains, title in ((True, _("Được lợi")), (False, _("Bị thiệt"))):
        total = sum(int((each.changed.gains == gains).sum()) for each in held)
        rows = _firm_rows(held, gains=gains)
        for number in range(max(1, -(-total // (MOST_ROWS - 1)))):
            part = (row for row, _at in zip(rows, range(MOST_ROWS - 1), strict=False))
            yield f"{title} {number + 1}" if number else title, _firm_heads(), part


def reform_pieces(data: Mapping[str, Any], touched: Iterable[Touched]) -> Iterator[bytes]:
    return xlsx_pieces(reform_sheets(data, touched))


def group_name(group: str, code: str) -> str:
    """What a group of firms is called on a page."""
    if not code:
        return _("chưa rõ")
    if group == "province":
        return name_of(code)
    if group == "province_63":
        return name_of(code, LAST_DAY_OF_63)
    if group == "size":
        return {"micro": _("Siêu nhỏ"), "small": _("Nhỏ"), "medium": _("Vừa"), "large": _("Lớn")}[code]
    return _("các ngành khác") if code == OTHER_LINES else code


def verdict_words() -> dict[str, str]:
    return {"eligible": _("được"), "unknown": _("chưa rõ"), "not": _("không")}


def said_of(one: Mapping[str, Any]) -> str:
    """The name of a thing told in both languages, in the reader's."""
    return said(Words(one["name_vi"], one["name_en"]))


def _cost_heads() -> list[str]:
    return [
        _("Doanh nghiệp"), _("Thêm được"), _("Mất"), _("Tăng mức"), _("Giảm mức"), _("Trước, chắc chắn (đồng)"),
        _("Trước, chưa rõ (đồng)"), _("Sau, chắc chắn (đồng)"), _("Sau, chưa rõ (đồng)"), _("Chênh lệch (đồng)"),
    ]  # fmt: skip


def _cost_cells(one: Mapping[str, Any]) -> list[Cell]:
    cost = one["cost"]
    return [
        one["firms"], *(one[name] for name in EFFECTS), cost["before"]["eligible"], cost["before"]["unknown"],
        cost["after"]["eligible"], cost["after"]["unknown"], cost["change"],
    ]  # fmt: skip


def _proposed(data: Mapping[str, Any]) -> Iterator[list[Cell]]:
    for change in data["reform"]["changes"]:
        before = change["before"]["value"] if change["before"] else {}
        for part, value in change["after"]["value"].items():
            if value != before.get(part):
                name = f"{change['parameter']} {said_of(change)}"
                yield [name, change["layer"], part, _plain(before.get(part)), _plain(value)]


def _plain(value: Any) -> Cell:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _firm_heads() -> list[str]:
    return [
        _("Nội dung"), _("Mã hồ sơ"), _("Tên"), _("Mã số thuế"), _("Tỉnh, thành"), _("Trước"), _("Sau"),
        _("Mức trước (đồng)"), _("Mức sau (đồng)"), _("Chênh lệch (đồng)"),
    ]  # fmt: skip


def _firm_rows(touched: Iterable[Touched], *, gains: bool) -> Iterator[list[Cell]]:
    words = verdict_words()
    for each in touched:
        changed = each.changed
        for rows in batched(np.flatnonzero(changed.gains == gains).tolist(), CHUNK, strict=False):
            ids = [int(each.ids[row]) for row in rows]
            told = Enterprise.objects.filter(pk__in=ids).order_by()
            known = {pk: rest for pk, *rest in told.values_list("pk", "name", "tax_code", "province_34")}
            for row, pk in zip(rows, ids, strict=True):
                one = _firm(changed, pk, row, {})
                name, code, province = known.get(pk, ("", "", ""))
                yield [
                    each.support, one["id"], name, code or "", name_of(province) if province else "",
                    words[one["before"]], words[one["after"]], one["amount_before"], one["amount_after"], one["change"],
                ]  # fmt: skip
