"""What agencies record is laid over the law as it ships: what fits counts, what does not is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.law.acts import (
    Act,
    BadAct,
    figure_of,
    instrument_id,
    laid_over,
    parts_of,
    read_part,
    with_act,
    written,
)
from matxich.rulebook.law.answering import Case, Law, answers
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.figures import Figure, Rate
from matxich.rulebook.law.instruments import Citation, Instrument
from matxich.rulebook.law.spans import Span

BY = "Cục mẫu, 20/11/2026"
CIRCULAR = Citation("tt-28-2018-btc", "Điều 8")
RESOLUTION = Instrument(
    "nq-12-2026-nq-hdnd-31", "resolution", "12/2026/NQ-HĐND", "HĐND Hải Phòng", "Mức chi khuyến công", "Levels",
    date(2026, 3, 1), Span.of("2026-03-10"), "high", "high",
)  # fmt: skip


def confirm(parameter: str, row: str, **values: Figure) -> Act:
    return Act("1", "confirm", parameter, "national", BY, CIRCULAR, row, values)


def own(start: date = date(2026, 3, 10), end: date | None = None, number: str = "1", **values: Figure) -> Act:
    values = values or {"share": Rate.of("60%"), "cap": 400_000_000}
    article = Citation(RESOLUTION.id, "Điều 2")
    return Act(number, "add", "KC-12", "province:31", BY, article, "", values, start, end, RESOLUTION)


def amount(law: Law, on: date, content: str = "KC-12", budget: str = "national") -> int | None:
    return answers(law, Case({}, on, content, budget))[0].amount.most


def test_a_confirmed_row_may_be_used_and_says_who_confirmed_it(law: Law) -> None:
    changed = with_act(law, confirm("KC-13", "2018-05-11"))
    found = changed.parameters.at("KC-13", date(2026, 3, 1))
    assert (found.standing, found.setting.confirmed_by if found.setting else "") == ("confirmed", BY)
    assert (amount(law, date(2026, 3, 1), "KC-13"), amount(changed, date(2026, 3, 1), "KC-13")) == (None, 500_000_000)


def test_an_open_question_is_settled_by_its_confirmation(law: Law) -> None:
    act = confirm("KC-02-DONG-NAI", "2026-04-30")
    assert with_act(law, act).parameters.at("KC-02-DONG-NAI", date(2026, 5, 1)).usable


def test_artisans_get_a_content_once_an_agency_says_so_and_never_before_the_day(law: Law) -> None:
    facts = {"legal_form": "artisan", "sector": "handicraft", "counterpart_committed": True,
             "other_state_support_same_content": False}  # fmt: skip
    known = {name: Known(value) for name, value in facts.items()}
    changed = with_act(law, confirm("KC-02-ARTISAN", "2025-10-15"))
    told = {}
    for day in (date(2025, 10, 14), date(2025, 10, 15)):
        for name, one in (("before", law), ("after", changed)):
            (answer,) = answers(one, Case(known, day, "KC-12"))
            told[name, day.day] = answer.truth.verdict, answer.amount.most
    assert told == {
        ("before", 14): ("not", None), ("after", 14): ("not", None),
        ("before", 15): ("unknown", None), ("after", 15): ("met", 300_000_000),
    }  # fmt: skip


def test_a_row_without_a_figure_gets_it_with_the_article_where_it_was_seen(law: Law) -> None:
    with pytest.raises(BadAct) as bad:
        with_act(law, confirm("KC-19", "2018-05-11"))
    assert bad.value.field == "values"
    changed = with_act(law, confirm("KC-19", "2018-05-11", cap=20_000_000))
    row = changed.parameters.at("KC-19", date(2026, 3, 1)).setting
    assert row and (dict(row.values), row.article) == ({"cap": 20_000_000}, CIRCULAR)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (confirm("KC-12", "2018-05-11"), "row"),
        (confirm("KC-12", "2019-05-11"), "row"),
        (confirm("KC-99", "2018-05-11"), "parameter"),
        (confirm("KC-13", "2018-05-11", share=Rate.of("31%"), cap=1), "values"),
        (Act("1", "add", "KC-12", "huyện", BY, CIRCULAR, "", {"cap": 1}, date(2026, 1, 1)), "layer"),
        (Act("1", "add", "KC-12", "national", BY, CIRCULAR, "", {}, date(2026, 1, 1)), "values"),
        (Act("1", "add", "KC-12", "national", BY, CIRCULAR, "", {"cap": 1}), "start"),
        (Act("1", "add", "KC-12", "national", BY, CIRCULAR, "", {"cap": 1}, date(2018, 5, 11)), "start"),
        (Act("1", "add", "KC-12", "national", BY, CIRCULAR, "", {"cap": 1}, date(2026, 1, 1), date(2026, 1, 1)), "end"),
        (Act("1", "add", "KC-12", "national", BY, Citation("x"), "", {"cap": 1}, date(2026, 1, 1)), "instrument"),
        (Act("1", "end", "KC-12", "national", BY, CIRCULAR, "2018-05-11"), "end"),
        (Act("1", "end", "KC-12", "national", BY, CIRCULAR, "2018-05-11", {}, None, date(2018, 5, 11)), "end"),
        (Act("1", "end", "KC-12", "national", BY, CIRCULAR, "2014-04-08", {}, None, date(2019, 1, 1)), "end"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_place(law: Law, act: Act, field: str) -> None:
    with pytest.raises(BadAct) as bad:
        with_act(law, act)
    assert (bad.value.field, bool(bad.value.words.vi), bool(bad.value.words.en)) == (field, True, True)


def test_a_province_s_own_figure_counts_for_its_own_money_from_its_day(law: Law) -> None:
    changed = with_act(law, own())
    before, day = date(2026, 3, 9), date(2026, 3, 10)
    told = [amount(changed, on, budget=budget) for budget in ("province:31", "province:24", "national")
            for on in (before, day)]  # fmt: skip
    assert told == [None, 400_000_000, None, None, 300_000_000, 300_000_000]
    assert changed.library.cite(Citation(RESOLUTION.id, "Điều 2")) == "Điều 2 NQ 12/2026/NQ-HĐND"
    assert RESOLUTION.id not in law.library.by_id


def test_a_new_row_ends_the_open_one_before_it_and_the_old_stays(law: Law) -> None:
    act = Act("1", "add", "KC-12", "national", BY, CIRCULAR, "", {"share": Rate.of("50%"), "cap": 350_000_000},
              date(2026, 7, 1))  # fmt: skip
    changed = with_act(law, act)
    days = [date(2018, 5, 10), date(2026, 6, 30), date(2026, 7, 1)]
    assert [amount(changed, on) for on in days] == [200_000_000, 300_000_000, 350_000_000]


def test_a_row_ends_on_its_day(law: Law) -> None:
    changed = with_act(
        law, Act("1", "end", "KC-12", "national", BY, CIRCULAR, "2018-05-11", {}, None, date(2026, 7, 1))
    )
    assert [amount(changed, on) for on in (date(2026, 6, 30), date(2026, 7, 1))] == [300_000_000, None]


def test_acts_that_no_longer_fit_are_left_out_and_told(law: Law) -> None:
    again = Act("2", "confirm", "KC-13", "national", BY, CIRCULAR, "2018-05-11")
    laid = laid_over(law, [confirm("KC-13", "2018-05-11"), again, own(number="3")])
    assert [code for code, _why in laid.unfit] == ["2"]
    assert amount(laid.law, date(2026, 3, 10), budget="province:31") == 400_000_000


@given(st.lists(st.tuples(st.integers(0, 3_000), st.one_of(st.none(), st.integers(1, 900))), max_size=8))
def test_whatever_is_laid_over_no_two_rows_of_a_layer_hold_on_one_day(law: Law, spans: list) -> None:
    begin = date(2018, 1, 1)
    acts = [
        own(begin + timedelta(start), None if length is None else begin + timedelta(start + length), number=str(number))
        for number, (start, length) in enumerate(spans)
    ]
    laid = laid_over(law, acts)
    rows = [row for row in laid.law.parameters["KC-12"].rows if row.layer == "province:31"]
    assert not any(one.span.overlaps(other.span) for at, one in enumerate(rows) for other in rows[at + 1 :])
    assert len(rows) + len(laid.unfit) == len(acts)


def test_parts_are_those_of_the_rows_and_those_supports_reckon_by(law: Law) -> None:
    told = {code: parts_of(law.parameters[code]) for code in ("KC-12", "KC-31", "CN-35", "CN-50-WORDING")}
    assert told == {
        "KC-12": {"share": "share", "cap": "whole", "line_multiplier": "multiplier"},
        "KC-31": {"unit_by": "day", "department_by": "day", "unit_sets": "whole", "department_sets": "whole"},
        "CN-35": {"share": "share"},
        "CN-50-WORDING": {},
    }


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("share", "50", Rate.of("50%")),
        ("share", "12,5 %", Rate.of("12.5%")),
        ("multiplier", "1,5", Rate.of("1.5x")),
        ("multiplier", "1.5x", Rate.of("1.5x")),
        ("whole", "300.000.000", 300_000_000),
        ("whole", "1,8 tỷ đồng", 1_800_000_000),
        ("whole", "300.000", 300_000),
        ("day", "20/05", "20/05"),
        ("list", "quy, nam", ("quy", "nam")),
        ("text", " don_vi ", "don_vi"),
    ],
)  # fmt: skip
def test_parts_are_read_as_people_type_them(kind: str, typed: str, read: Figure) -> None:
    assert read_part(kind, typed) == read  # type: ignore[arg-type]
    assert figure_of(written(read)) == read


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("share", "năm mươi"), ("share", "-5"), ("share", "1000"), ("multiplier", "x"), ("whole", "khoảng 300 triệu"),
        ("whole", "-5"), ("whole", "2 USD"), ("whole", "10000000000000000"), ("whole", "1,5"), ("day", "31/13"),
        ("day", "hôm nay"), ("text", ""), ("text", "x" * 200),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(ValueError):
        read_part(kind, typed)  # type: ignore[arg-type]


def test_an_instrument_gets_a_stable_id() -> None:
    assert instrument_id("resolution", "12/2026/NQ-HĐND", "31") == RESOLUTION.id
