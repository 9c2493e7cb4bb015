"""Figures keep how they were said; targets respect both comparators; folding adds up where it may."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.indicators.activity import has_ended
from matxich.rulebook.indicators.catalogue import catalogue, units
from matxich.rulebook.indicators.folding import Row, counting, fold, split
from matxich.rulebook.indicators.formatting import (
    COMPARATORS,
    Figure,
    combined,
    comparator_of,
    ratio,
    rounded,
    total,
    written,
)
from matxich.rulebook.indicators.readiness import Score, score
from matxich.rulebook.indicators.targets import Aim, attainment, expected_by, meets, tolerance

D = Decimal
FIRM, TIMES, PERCENT = (units()[code] for code in ("firm", "times", "percent"))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("khoảng", "≈"),
        ("trên", ">"),
        ("hơn", ">"),
        ("ít nhất", "≥"),
        ("chỉ", "≤"),
        ("không quá", "≤"),
        ("", ""),
        ("≥", "≥"),
    ],
)
def test_words_before_a_figure(word: str, meant: str) -> None:
    assert comparator_of(word) == meant


def test_a_word_nobody_agreed_on_is_refused() -> None:
    with pytest.raises(ValueError):
        comparator_of("hầu như")


@pytest.mark.parametrize(
    ("figure", "vi", "en"),
    [
        (Figure(D(920), "≈", "khoảng"), "khoảng 920 doanh nghiệp", "about 920 firms"),
        (Figure(D(1), ">"), "trên 1 doanh nghiệp", "over 1 firm"),
        (Figure(D(1200)), "1.200 doanh nghiệp", "1,200 firms"),
        (Figure(None), "chưa có nguồn", "no source yet"),
        (Figure(D(0)), "0 doanh nghiệp", "0 firms"),
    ],
)
def test_a_figure_in_words(figure: Figure, vi: str, en: str) -> None:
    assert (written(figure, FIRM), written(figure, FIRM, "en")) == (vi, en)


def test_leverage_of_bounds_is_a_bound_and_rounds_to_the_side_that_stays_true() -> None:
    told = ratio(Figure(D("13.9"), ">"), Figure(D("1.8"), "≤"))
    assert written(told, TIMES) == "trên 7,7 lần"
    assert rounded(Figure(D("7.79"), ">"), 1) == D("7.7")
    assert rounded(Figure(D("7.71"), "<"), 1) == D("7.8")
    assert rounded(Figure(D("7.75")), 1) == D("7.8")
    assert written(ratio(Figure(D(300)), Figure(D(920)), 100), PERCENT) == "32,6%"


def test_a_ratio_by_nothing_is_not_known() -> None:
    assert ratio(Figure(D(5)), Figure(D(0))).value is None
    assert ratio(Figure(None), Figure(D(5))).value is None
    assert total([]).value is None and total([Figure(None)]).value is None


@given(st.sampled_from(COMPARATORS), st.sampled_from(COMPARATORS))
def test_qualifiers_combine_in_any_order(first: str, second: str) -> None:
    assert combined(first, second) == combined(second, first)  # type: ignore[arg-type]
    assert combined(first, "") == first  # type: ignore[arg-type]


TRUTH = [
    # figure said, target said, met
    ("", "", {49: False, 50: True, 51: True}),
    ("", ">", {49: False, 50: False, 51: True}),
    ("", "≥", {49: False, 50: True, 51: True}),
    ("", "≤", {49: True, 50: True, 51: False}),
    ("", "<", {49: True, 50: False, 51: False}),
    (">", "≥", {49: None, 50: True, 51: True}),
    (">", ">", {49: None, 50: True, 51: True}),
    ("≥", ">", {49: None, 50: None, 51: True}),
    ("<", "≥", {49: False, 50: False, 51: None}),
    ("≤", "≥", {49: False, 50: None, 51: None}),
    (">", "≤", {49: None, 50: False, 51: False}),
    ("<", "≤", {49: True, 50: True, 51: None}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "aim", "answers"), TRUTH)
def test_a_figure_against_a_target(said: str, aim: str, answers: dict[int, bool | None]) -> None:
    found = {value: meets(Figure(D(value), said), Aim(D(50), aim)) for value in answers}  # type: ignore[arg-type]
    assert found == answers


def test_about_leaves_half_of_the_last_figure_open() -> None:
    assert [tolerance(D(value)) for value in ("920", "300", "16", "11.5")] == [D(5), D(50), D("0.5"), D("0.05")]
    about = Aim(D(920), "≈")
    assert [meets(Figure(D(value)), about) for value in (914, 915, 930)] == [False, True, True]


def test_on_track_is_measured_along_the_straight_line() -> None:
    aim = Aim(D(50), "", date(2022, 1, 1), date(2023, 12, 31))
    assert expected_by(aim, date(2022, 12, 31)) == D(25)
    stand = {value: attainment(Figure(D(value)), aim, date(2022, 12, 31)).standing for value in (21, 22, 26, 50)}
    assert stand == {21: "behind", 22: "on_track", 26: "on_track", 50: "met"}
    over = [attainment(Figure(D(value)), aim, date(2023, 12, 31)).standing for value in (49, 50)]
    assert over == ["missed", "met"]
    assert attainment(Figure(None), aim, date(2022, 1, 1)).standing == "unknown"


CODES = ("27", "01", "26", "")
ROWS = st.lists(
    st.builds(
        lambda n, firm, day, place: Row(
            f"r:{n}", f"f:{firm}", date(2022, 1, 1) + timedelta(days=day), D(n), D(2),
            splits={"province_63": place, "province_34": {"26": "25"}.get(place, place), "region": "north"},
        ),
        st.integers(0, 40), st.integers(0, 8), st.integers(0, 700), st.sampled_from(CODES),
    ),
    max_size=40,
)  # fmt: skip


@given(ROWS, st.integers(0, 800))
def test_what_adds_up_gives_the_same_total_on_both_maps(rows: list[Row], days: int) -> None:
    on = date(2022, 1, 1) + timedelta(days=days)
    for basis, kind in product(("stock", "flow", "cumulative"), ("distinct", "count", "sum")):
        counted = counting(rows, basis, date(on.year, 1, 1), on)  # type: ignore[arg-type]
        whole = fold(kind, counted)  # type: ignore[arg-type]
        for by in ("province_63", "province_34", "region"):
            parts = split(kind, counted, by)  # type: ignore[arg-type]
            assert sum((part.value or 0 for part in parts.values()), D()) == (whole.value or 0)


@given(ROWS)
def test_ratios_and_medians_are_worked_out_anew_not_summed(rows: list[Row]) -> None:
    whole = fold("ratio", rows, percent=True)
    assert whole.value == (None if not rows else sum(row.value for row in rows) * 100 / (2 * len(rows)))
    provinces = fold("provinces", rows, province="province_63").value
    assert provinces == len({row.splits["province_63"] for row in rows} - {""})


def test_days_are_half_open_and_flows_begin_with_their_period() -> None:
    row = Row("a", "a", date(2022, 5, 1), ends=date(2022, 7, 1))
    days = [date(2022, 4, 30), date(2022, 5, 1), date(2022, 6, 30), date(2022, 7, 1)]
    assert [len(counting([row], "stock", date(2022, 1, 1), day)) for day in days] == [0, 1, 1, 0]
    assert counting([row], "flow", date(2022, 5, 2), date(2022, 6, 1)) == []


def test_readiness_counts_answers_and_leaves_silence_out() -> None:
    assert score({}) is None
    assert score({"criteria": True, "budget": False, "nothing": True}) == Score(met=1, answered=2)


def test_what_a_list_says_of_a_firm_that_ended() -> None:
    said = ("Đang hoạt động", "Tạm ngừng kinh doanh", "Đã giải thể", "Ngừng hoạt động", "")
    assert [has_ended(one) for one in said] == [False, True, True, True, False]


def test_each_computed_indicator_says_its_rule_in_two_languages() -> None:
    assert all(one.rule_vi and one.rule_en and one.vi and one.en for one in catalogue().values())
