"""A reform is read strictly, never becomes law, and what it would do adds up."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matxich.policy.packaged import packaged_law
from matxich.rulebook.law.answering import Case, Law, answers
from matxich.rulebook.law.asking import derived
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, NoRow, UnknownKey, UnknownParameter
from matxich.rulebook.law.figures import Rate
from matxich.rulebook.law.reform import Change, Reform, before_and_after, concerned, figures_of, proposed, read_reform
from matxich.rulebook.law.register import columns, judge, register_of
from matxich.rulebook.law.simulation import EFFECTS, Cost, Grouping, Outcome, exact_sums, places_of, simulate
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.telling import answer_json
from matxich.rulebook.law.truth import Truth

ON = date(2026, 3, 1)
RAISED = """
title: Nâng trần
on: 2026-03-01
project:
  {content: KC-12, eligible_cost: 2_000_000_000, counterpart_committed: true, other_state_support_same_content: false}
changes:
  KC-12: {cap: 500_000_000}
"""
RURAL = {
    "legal_form": "enterprise", "site_province": "24", "site_province_63": "24", "site_commune_kind": "commune",
    "workers": 40, "revenue": 10**10, "production": True, "is_cnht": True, "sector": "supporting", "branch": "industry",
}  # fmt: skip
FIRMS = [
    RURAL,
    RURAL | {"site_province": "75", "site_province_63": "70"},
    RURAL | {"site_commune_kind": "ward", "site_province": "01", "site_province_63": "01"},
    RURAL | {"workers": 150, "revenue": 10**11},
    RURAL | {"workers": 900, "revenue": 10**13},
    {"legal_form": "household"},
    {},
]


def _run(reform: Reform, rows: list[dict] = FIRMS, law: Law | None = None) -> dict[str, Outcome]:
    size, told = columns(rows)
    return {one.support: one for one in simulate(law or packaged_law(), reform, size, told, places_of(told))}


def test_a_raised_ceiling(law: Law) -> None:
    found = _run(read_reform("nang.yaml", RAISED, law))["KC-12"]
    assert found.total.before == Cost(900_000_000, 600_000_000)
    assert found.total.after == Cost(1_500_000_000, 1_000_000_000)
    assert found.total.effects == {"gained": 0, "lost": 0, "more": 5, "less": 0}
    assert found.matrix[Truth.YES] == {Truth.YES: 3, Truth.UNKNOWN: 0, Truth.NO: 0}
    assert sum(map(sum, ([*row.values()] for row in found.matrix.values()))) == len(FIRMS)
    assert found.changed.places.tolist() == [0, 1, 3, 5, 6]
    assert found.changed.difference.tolist() == [200_000_000] * 5
    assert [(one.name, one.firms) for one in found.groups["size"]] == [
        ("small", 3), ("medium", 1), ("large", 1), ("", 2)
    ]  # fmt: skip
    assert [one.name for one in found.groups["province_63"]] == ["01", "24", "70", ""]


def test_a_limit_of_a_rule_widens_who_is_served(law: Law) -> None:
    parts = "{medium_workers_industry: 1000, medium_revenue_industry: 99_000_000_000_000}"
    text = f"title: Rộng\non: 2026-03-01\nchanges: {{DN-SIZE: {parts}}}"
    reform = read_reform("rong.yaml", text, law)
    assert {"KC-12", "DN-22", "CN-52"} <= set(concerned(law, reform))
    assert "CN-40" not in concerned(law, reform)
    found = _run(reform)["KC-12"]
    assert found.matrix[Truth.NO][Truth.UNKNOWN] == 1
    assert found.total.effects["gained"] == 1
    assert [(one.name, one.firms) for one in found.groups["size"]] == [
        ("small", 3), ("medium", 1), ("large", 1), ("", 2)
    ]  # fmt: skip


def test_a_figure_nobody_knows_is_proposed_as_a_whole_row(law: Law) -> None:
    text = 'title: Mức mới\non: 2026-03-01\nchanges: {KC-21: {row: {share: "60%", cap: 50_000_000}}}'
    reform = read_reform("moi.yaml", text, law)
    found = _run(reform)["KC-21"]
    assert found.total.before == Cost()
    assert found.total.after.most > 0
    ((change, old, new),) = before_and_after(law, reform)
    assert (change.whole, old.usable if old else None, new.proposed, new.confirmed_by) == (True, False, True, "")


def test_what_is_proposed_is_never_told_as_law(law: Law) -> None:
    after = proposed(law, read_reform("nang.yaml", RAISED, law))
    assert not any(row.proposed for each in law.parameters.by_id.values() for row in each.rows)
    assert after.parameters.at("KC-12", ON).standing == "proposed"
    assert after.parameters.at("KC-12", date(2026, 2, 28)).standing == "high"
    case = Case({name: Known(value) for name, value in RURAL.items()}, ON, "KC-12")
    (told,) = [answer_json(after, case, one) for one in answers(after, case)]
    (row,) = [one for one in told["parameters"] if one["id"] == "KC-12"]
    assert (row["proposed"], row["standing"], row["value"]["cap"]) == (True, "proposed", 500_000_000)
    assert told["conditions"][-1]["text_vi"] == "Mức hỗ trợ đề xuất, chưa phải là luật"


BASE = "title: Thử\non: 2026-03-01\n"


@pytest.mark.parametrize(
    ("text", "kind", "line", "said"),
    [
        (BASE + "changes:\n  KC-1O: {cap: 1}", UnknownParameter, 4, "Có phải là “KC-10”"),
        (BASE + "changes:\n  KC-12:\n    capp: 1", UnknownKey, 5, "Có phải là “cap”"),
        (BASE + "changes:\n  KC-12: {cap: 300.000.000}", BadValue, 4, "viết tiền là"),
        (BASE + 'changes:\n  KC-12: {cap: "50%"}', BadValue, 4, "“cap” phải là số nguyên"),
        (BASE + "changes:\n  KC-12: {share: 5}", BadValue, 4, "“share” phải là tỷ lệ"),
        (BASE + 'changes:\n  KC-12: {share: "1.5x"}', BadValue, 4, "phải là tỷ lệ"),
        (BASE + "chnages: {}", UnknownKey, 3, "Có phải là “changes”"),
        (BASE, MissingKey, 1, "“changes”"),
        ("title: x\non: 2026-03\nchanges: {}", BadValue, 2, "đủ ngày"),
        ("title: x\non: 01/03/2026\nchanges: {}", BadValue, 2, "không phải là ngày"),
        ("title:\non: 2026-03-01\nchanges: {}", BadValue, 1, "cần có tên"),
        (BASE + "changes:\n  KC-21: {cap: 5}", NoRow, 4, "ghi cả dòng"),
        (BASE + "changes:\n  KC-13: {cap: 5}", NoRow, 4, "share"),
        (BASE + "changes:\n  KC-12: {layer: province:24, cap: 5}", NoRow, 4, "province:24"),
        (BASE + "changes:\n  KC-12: {layer: tỉnh, cap: 5}", BadValue, 4, "lớp nào"),
        (BASE + "changes:\n  KC-12: {cap: 5, from: 2026-01-01}", UnknownKey, 4, "row"),
        (BASE + "changes:\n  KC-12: {cap: 5, row: {cap: 6}}", BadValue, 4, "row"),
        (BASE + "changes:\n  KC-12: {row: {cap: 6}, from: 2027-01-01}", BadValue, 4, "phải chạy vào ngày"),
        (BASE + "project: {workers: 5}\nchanges: {}", UnknownKey, 3, "của từng doanh nghiệp"),
        (BASE + "project: {content: KC-99}\nchanges: {}", BadValue, 3, "KC-99"),
        (BASE + "project: {budget: province:99}\nchanges: {}", BadValue, 3, "national"),
        (BASE + "project: {eligible_cost: -5}\nchanges: {}", BadValue, 3, "âm"),
        (BASE + "project: {is_line: có}\nchanges: {}", BadValue, 3, "true"),
        (BASE + 'scope: {province: ["99"]}\nchanges: {}', BadValue, 3, "99"),
        (BASE + "scope: {size: [smal]}\nchanges: {}", BadValue, 3, "Có phải là “small”"),
        (BASE + "changes: [KC-12]", LawFault, 3, ""),
        ("", LawFault, 1, "trống"),
        (BASE + "changes:\n  KC-12: {cap: 1}\n  KC-12: {cap: 2}", LawFault, 5, "hai lần"),
    ],
)
def test_a_slip_is_named_with_its_line(law: Law, text: str, kind: type, line: int, said: str) -> None:
    with pytest.raises(kind) as caught:
        read_reform("r.yaml", text, law)
    assert (caught.value.line, caught.value.file) == (line, "r.yaml")
    assert said in caught.value.message
    assert caught.value.message_en


def test_a_scope_leaves_the_others_out(law: Law) -> None:
    reform = read_reform("r.yaml", RAISED + 'scope: {province: ["24", "75"], size: small}', law)
    found = _run(reform)["KC-12"]
    assert found.total.firms == 2
    assert found.changed.places.tolist() == [0, 1]


def test_a_provinces_own_row_counts_for_its_own_money(law: Law) -> None:
    text = RAISED.replace("content: KC-12", "content: KC-12, budget: province:24").replace(
        "{cap: 500_000_000}", '{layer: province:24, row: {share: "30%", cap: 100_000_000}}'
    )
    found = _run(read_reform("r.yaml", text, law))["KC-12"]
    assert found.total.before == Cost()
    assert found.total.after == Cost(300_000_000, 200_000_000)
    assert found.total.effects["gained"] == 3


def test_every_support_says_which_figures_it_rests_on(law: Law) -> None:
    assert figures_of(law, SUPPORTS["KC-12"]) == {
        "KC-12", "KC-20", "DN-SIZE", "KC-02-DONG-NAI", "KC-02-ARTISAN",
    }  # fmt: skip
    assert "CN-50-WORDING" in figures_of(law, SUPPORTS["CN-50"])
    known = {code for support in SUPPORTS.values() for code in figures_of(law, support)}
    assert known <= law.parameters.by_id.keys()


def test_no_part_is_called_as_what_is_said_of_a_change(law: Law) -> None:
    parts = {name for each in law.parameters.by_id.values() for row in each.rows for name in row.values}
    assert parts.isdisjoint({"layer", "row", "from", "to"})


def test_sums_beyond_64_bits_are_exact() -> None:
    amounts = np.full(10_000, 10**15 + 7, np.int64)
    rows = np.arange(10_000) % 3
    assert exact_sums(rows, amounts, 3) == [3334 * (10**15 + 7), 3333 * (10**15 + 7), 3333 * (10**15 + 7)]
    assert exact_sums(rows[:1], np.array([2**62]), 1) == [2**62]


VALUES = {
    "legal_form": ["enterprise", "household", "cooperative"], "site_province": ["24", "31", "75"],
    "site_province_63": ["24", "27", "31"], "site_commune_kind": ["commune", "ward"], "workers": [5, 40, 150, 250],
    "revenue": [10**9, 10**10, 10**12], "production": [True], "is_cnht": [True], "counterpart_committed": [True, False],
}  # fmt: skip
SOME = st.lists(
    st.fixed_dictionaries({}, optional={name: st.sampled_from(each) for name, each in VALUES.items()}),
    min_size=1, max_size=15,
)  # fmt: skip
NEW = st.dictionaries(
    st.sampled_from(["KC-10", "KC-12", "DN-SIZE", "CN-44"]), st.integers(0, 10**12), max_size=3
)  # fmt: skip
PART = {"KC-10": "cap", "KC-12": "cap", "DN-SIZE": "medium_workers_industry", "CN-44": "cap_asia"}
CONTENTS = st.sampled_from(["", "KC-10", "KC-12", "DN-22"])


def _reform(new: dict[str, int], content: str, cost: int | None) -> Reform:
    changes = tuple(Change(code, {PART[code]: value}) for code, value in new.items())
    project = {"eligible_cost": Known(cost)} if cost is not None else {}
    return Reform("Thử", ON, changes, content, project=project)


@settings(max_examples=60)
@given(rows=SOME, new=NEW, content=CONTENTS, cost=st.none() | st.integers(0, 10**13))
def test_what_it_costs_adds_up_and_its_opposite_takes_it_back(
    rows: list[dict], new: dict[str, int], content: str, cost: int | None
) -> None:
    law, full = packaged_law(), []
    for row in rows:
        known = {name: Known(value) for name, value in row.items()}
        full.append({name: each.value for name, each in {**known, **derived(known)}.items()})
    reform = _reform(new, content, cost)
    found = _run(reform, full)
    for one in found.values():
        for group in one.groups.values():
            assert sum((each.before for each in group), Cost()) == one.total.before
            assert sum((each.after for each in group), Cost()) == one.total.after
            assert sum(each.firms for each in group) == one.total.firms == len(rows)
            assert all(sum(each.effects[name] for each in group) == one.total.effects[name] for name in EFFECTS)
        assert sum(sum(row.values()) for row in one.matrix.values()) == len(rows)
        wins = int(one.changed.gains.sum())
        assert wins == one.total.effects["gained"] + one.total.effects["more"]
        assert len(one.changed.places) - wins == one.total.effects["lost"] + one.total.effects["less"]
        assert one.changed.difference.sum() == one.total.after.most - one.total.before.most

    after = proposed(law, reform)
    old = {each.parameter: law.parameters.at(each.parameter, ON).setting for each in reform.changes}
    changes = tuple(Change(code, {PART[code]: row.values[PART[code]]}) for code, row in old.items() if row)
    back = Reform("Ngược", ON, changes, content, project=reform.project)
    undone = _run(back, full, after)
    assert undone.keys() == found.keys()
    for code, one in found.items():
        assert (undone[code].total.before, undone[code].total.after) == (one.total.after, one.total.before)
        assert undone[code].changed.places.tolist() == one.changed.places.tolist()
        assert undone[code].changed.difference.tolist() == (-one.changed.difference).tolist()

    size, told = columns(full)
    untouched = SUPPORTS.keys() - found.keys()
    both = [dict(judge(each, register_of(each, reform.case, size, told))) for each in (law, after)]
    if not content:
        for code in untouched:
            assert np.array_equal(both[0][code].truths, both[1][code].truths)
            assert np.array_equal(both[0][code].most, both[1][code].most)


@settings(max_examples=20)
@given(rows=SOME, content=CONTENTS)
def test_an_empty_reform_changes_nothing(rows: list[dict], content: str) -> None:
    found = _run(_reform({}, content, None), rows)
    assert found.keys() == ({content} if content else set())
    for one in found.values():
        assert one.total.before == one.total.after
        assert not len(one.changed.places)
        assert not any(one.total.effects.values())


def test_a_register_of_nobody(law: Law) -> None:
    found = _run(read_reform("r.yaml", RAISED, law), [])["KC-12"]
    assert (found.total.firms, found.total.after, found.groups["size"]) == (0, Cost(), ())


def test_a_new_row_is_cut_out_of_those_that_stood(law: Law) -> None:
    text = BASE + 'changes: {KC-12: {row: {share: "10%", cap: 1}, from: 2026-01-01, to: 2027-01-01}}'
    after = proposed(law, read_reform("r.yaml", text, law)).parameters
    assert [str(row.span.start) for row in after["KC-12"].rows] == [
        "2014-04-08",
        "2018-05-11",
        "2026-01-01",
        "2027-01-01",
    ]
    assert after.at("KC-12", date(2026, 12, 31)).setting.values == {"share": Rate(1000), "cap": 1}  # type: ignore[union-attr]
    assert after.at("KC-12", date(2027, 1, 1)).setting.values["cap"] == 300_000_000  # type: ignore[union-attr]


def test_groups_of_the_caller(law: Law) -> None:
    size, told = columns(FIRMS)
    lines = Grouping(("Cơ khí", "Nhựa"), np.array([0, 1, 0, 1, -1, -1, 0]))
    (found,) = simulate(law, read_reform("r.yaml", RAISED, law), size, told, {"line": lines})
    assert [(one.name, one.firms) for one in found.groups["line"]] == [("Cơ khí", 3), ("Nhựa", 2), ("", 2)]
