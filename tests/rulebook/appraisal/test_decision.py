"""Truth tables of the decision rules: mean and share at their edges, floors, zero votes, ballots."""

from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.appraisal.ballots import missing, read_values, sheet_of
from matxich.rulebook.appraisal.criteria import criteria_set
from matxich.rulebook.appraisal.decision import decide
from matxich.rulebook.law.truth import Truth
from tests.rulebook.appraisal.sets import made, ruled, sheet, sheets
from tests.rulebook.appraisal.test_criteria import SHIPPED

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("rows", "mean", "recommended"),
    [
        ([(40, 25, "pass")] * 3, 65, YES),
        ([(40, 25, "pass"), (40, 25, "pass"), (40, "24.5", "pass")], Fraction(389, 6), NO),
        ([(40, 25, "pass"), (40, 25, "mend"), (40, 25, "fail")], 65, YES),  # exactly two thirds
        ([(60, 40, "pass"), (60, 40, "fail"), (60, 40, "fail")], 100, NO),
        ([(60, 40, "pass")] * 5 + [(60, 40, "fail")] * 3, 100, NO),  # 5/8 is short of 2/3
        ([(60, 40, "pass")] * 6 + [(60, 40, "fail")] * 3, 100, YES),
        ([], None, UNKNOWN),
    ],
)
def test_mean_of_65_and_two_thirds_of_the_ballots(rows, mean, recommended):
    result = decide(made(), sheets(*rows), entitled=9)
    assert (result.mean, result.recommended) == (mean, recommended)


def test_each_step_is_named_with_its_article():
    result = decide(made(), sheets((40, 25, "pass"), (30, 20, "fail")), entitled=2)
    assert [(s.code, s.met, s.article, s.found, s.needed, s.of) for s in result.steps] == [
        ("mean", NO, "Đ9.3.c", Fraction(115, 2), 65, None),
        ("favourable", NO, "Đ9.3.c", Fraction(1, 2), Fraction(2, 3), (1, 2)),
    ]
    assert result.verdicts == {"pass": 1, "mend": 0, "fail": 1}


def test_what_does_not_apply_is_never_zero():
    left_out = decide(made(), sheets((45, None), (45, 25)), entitled=2)
    assert (left_out.mean, left_out.counted, left_out.ballots) == (70, 1, 2)
    assert left_out.means == {"a": 45, "b": 25}
    rescaled = decide(
        ruled(mean={"at_least": 65, "article": "x"}, not_applicable="rescaled"),
        sheets((45, None), (45, 25)),
        entitled=2,
    )
    assert rescaled.mean == Fraction(75 + 70, 2)


def test_a_mean_that_rests_on_nothing_is_unknown_not_no():
    result = decide(made(), sheets((45, None), (45, None)), entitled=2)
    assert (result.mean, result.recommended) == (None, UNKNOWN)
    assert decide(made(), sheets((45, None, "fail"), (45, None, "fail")), entitled=2).recommended == NO


@pytest.mark.parametrize(
    ("zeros", "of", "recommended"), [(0, 9, YES), (2, 9, YES), (2, 8, YES), (3, 9, NO), (1, 4, YES), (2, 4, NO)]
)
def test_no_criterion_may_have_more_than_a_quarter_of_zeros(zeros, of, recommended):
    one = criteria_set(yaml.safe_load(next(p for p in SHIPPED if p.stem == "khcn-ung-dung").read_text()))
    full = {each.code: each.max for each in one.criteria}
    given = [full | ({"c1": 0} if number < zeros else {}) for number in range(of)]
    rows = [
        sheet_of(str(number), {"points": {code: str(value) for code, value in points.items()}}, "", "")
        for number, points in enumerate(given)
    ]
    result = decide(one, rows, entitled=of)
    assert result.mean >= 70
    assert result.recommended == recommended


def test_a_zero_counts_and_what_does_not_apply_does_not():
    one = ruled(
        mean={"at_least": 1, "article": "x"}, zeros={"more_than": "1/4", "article": "x"}, not_applicable="rescaled"
    )
    assert decide(one, sheets((60, None), (60, None), (60, None), (60, 0)), entitled=4).recommended == YES
    assert decide(one, sheets((60, 0), (60, None), (60, 0), (60, 40)), entitled=4).recommended == NO


@pytest.mark.parametrize(("a", "recommended"), [(10, YES), ("9.5", NO)])
def test_a_floor_fails_a_case_whatever_its_mean(a, recommended):
    one = ruled(mean={"at_least": 45, "article": "x"}, floors={"a": {"at_least": 10, "article": "QĐ 36/2008"}})
    assert decide(one, sheets((a, 40)), entitled=1).recommended == recommended


@pytest.mark.parametrize(
    ("count", "entitled", "recommended"), [(6, 9, YES), (5, 9, NO), (5, 7, YES), (4, 7, NO), (1, 0, UNKNOWN)]
)
def test_enough_ballots_of_those_entitled(count, entitled, recommended):
    one = ruled(mean={"at_least": 65, "article": "x"}, ballots={"at_least": "2/3", "article": "x"})
    assert decide(one, sheets(*[(40, 25)] * count), entitled=entitled).recommended == recommended


def test_a_median_is_asked_for_by_the_rule():
    one = ruled(mean={"at_least": 65, "article": "x", "of": "median"})
    assert decide(one, sheets((40, 25), (40, 26), (0, 0)), entitled=3).mean == 65


def test_products_pass_at_seventy():
    one = criteria_set(yaml.safe_load(next(p for p in SHIPPED if p.stem == "kc-product").read_text()))

    def rows(market):  # type: ignore[no-untyped-def]
        return [sheet_of("1", {"points": {"market": market, "merits": "30", "beauty": "5", "other": "5"}}, "", "")]

    assert decide(one, rows("30"), entitled=1).recommended == YES
    assert decide(one, rows("29.5"), entitled=1).recommended == NO


def test_a_sheet_of_verdicts_has_no_mean():
    one = criteria_set(yaml.safe_load(next(p for p in SHIPPED if p.stem == "kc-4a").read_text()))
    rows = [
        sheet_of(str(i), {"opinions": {}}, verdict, "") for i, verdict in enumerate(["propose", "propose", "refuse"])
    ]
    result = decide(one, rows, entitled=3)
    assert (result.mean, result.recommended, result.verdicts) == (None, YES, {"propose": 2, "refuse": 1})


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 80)), min_size=1, max_size=12), st.randoms())
def test_order_never_matters_and_nothing_is_rounded(rows, random):
    given_sheets = sheets(*[(Fraction(a, 2), Fraction(b, 2)) for a, b in rows])
    mixed = list(given_sheets)
    random.shuffle(mixed)
    one, other = decide(made(), given_sheets, entitled=12), decide(made(), mixed, entitled=12)
    assert one.document() == other.document()
    assert one.mean == Fraction(sum(a + b for a, b in rows), 2 * len(rows))


def test_a_draft_is_kept_and_what_is_missing_is_said():
    kept, wrong = read_values(made(), {"points-a": "19,5", "points-b": "", "opinion-a": " "})
    assert (kept, wrong) == ({"points": {"a": "19.5"}, "opinions": {}}, [])
    open_ones = [(each.path, each.words.en) for each in missing(made(), sheet_of("1", kept, "fail", ""))]
    assert open_ones == [
        ("a", "Below the floor of 20. Say why, so that the applicant knows what to mend."),
        ("b", "Not scored yet."),
        ("comment", "This verdict needs its reasons."),
    ]


@pytest.mark.parametrize("told", ["61", "-1", "0.25", "mười", "na", "1e3", "NaN"])
def test_points_that_cannot_be(told):
    kept, wrong = read_values(made(), {"points-a": told})
    assert (kept["points"], [each.path for each in wrong]) == ({}, ["a"])


def test_what_may_not_apply_says_why():
    kept, wrong = read_values(made(), {"points-a": "60", "points-b": "na"})
    assert (kept["points"], wrong) == ({"a": "60", "b": "na"}, [])
    assert [each.path for each in missing(made(), sheet_of("1", kept, "pass", ""))] == ["b"]
    kept, _ = read_values(made(), {"points-a": "60", "points-b": "na", "opinion-b": "Không có phần này"})
    assert missing(made(), sheet_of("1", kept, "pass", "")) == []
    assert sheet(60, None).total(made()) is None
