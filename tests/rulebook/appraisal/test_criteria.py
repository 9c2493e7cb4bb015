"""A criteria set is read exactly, or refused with every fault at once."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from matxich.rulebook import appraisal
from matxich.rulebook.appraisal.criteria import BadCriteria, criteria_set, faults
from matxich.rulebook.appraisal.exact import NotExact, exact, rounded, written
from tests.rulebook.appraisal.sets import made, spec

SHIPPED = sorted((Path(appraisal.__file__).parent / "data").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_is_sound_and_named_as_its_file(path):
    assert criteria_set(yaml.safe_load(path.read_text())).code == path.stem


def test_the_points_that_ship_are_those_of_the_notes():
    points = {}
    for path in SHIPPED:
        one = criteria_set(yaml.safe_load(path.read_text()))
        if one.scored:
            points[one.code] = ([int(each.full) for each in one.criteria], one.rule.mean.value, one.official)
    assert points == {
        "cnht-default": ([20, 30, 20, 15, 15], 65, False),
        "kc-product": ([40, 40, 10, 10], 70, True),
        "khcn-thu-nghiem": ([8, 20, 12, 12, 16, 16, 16], 70, False),
        "khcn-ung-dung": ([12, 24, 16, 16, 16, 16], 70, False),
        "khcn-xa-hoi": ([12, 12, 12, 20, 24, 20], 70, False),
    }


def test_sheets_of_verdicts_ask_the_five_contents():
    for name in ("kc-4a", "kc-4b"):
        one = criteria_set(yaml.safe_load(next(p for p in SHIPPED if p.stem == name).read_text()))
        assert (one.scored, one.total, len(one.criteria)) == (False, None, 5)
        assert [each.code for each in one.verdicts if each.favourable] == ["propose"]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"total": 99}, ["total"]),
        ({"total": "100.5"}, ["total"]),
        ({"total": 100.0}, ["total"]),
        ({"criteria": []}, ["criteria", "total"]),
        ({"article": ""}, ["article"]),
        ({"note_vi": ""}, ["note_vi"]),
        ({"note_vi": "", "official": True}, []),
        ({"vi": " "}, ["vi"]),
        ({"kind": "points"}, ["kind"]),
        ({"criteria": [{"code": "a", "vi": "A", "en": "A", "max": 60, "floor": 61},
                       {"code": "b", "vi": "B", "en": "B", "max": 40}]}, ["criteria.0.floor"]),
        ({"criteria": [{"code": "a", "vi": "A", "en": "A", "max": 60},
                       {"code": "a", "vi": "B", "en": "B", "max": 40}]}, ["criteria"]),
        ({"criteria": [{"code": "a", "vi": "A", "en": "A", "max": -60},
                       {"code": "b", "vi": "B", "en": "B", "max": 160}]}, ["criteria.0.max", "total"]),
        ({"criteria": [{"code": "a", "vi": "A", "en": "A", "max": "59.7"},
                       {"code": "b", "vi": "B", "en": "B", "max": "40.3"}]}, ["criteria.0.max", "criteria.1.max"]),
        ({"rule": None}, ["rule"]),
        ({"rule": {}}, ["rule"]),
        ({"rule": {"mean": {"at_least": 65}}}, ["rule.mean.article"]),
        ({"rule": {"mean": {"at_least": 65, "article": "x", "of": "mode"}}}, ["rule.mean.of"]),
        ({"rule": {"favourable": {"at_least": "3/2", "article": "x"}}}, ["rule.favourable.at_least"]),
        ({"rule": {"favourable": {"at_least": "1/0", "article": "x"}}}, ["rule", "rule.favourable.at_least"]),
        ({"rule": {"mean": {"at_least": 65, "article": "x"}, "floors": {"c": {"at_least": 1, "article": "x"}}}},
         ["rule.floors.c"]),
        ({"rule": {"mean": {"at_least": 65, "article": "x"}, "floors": {"a": {"at_least": 61, "article": "x"}}}},
         ["rule.floors.a"]),
        ({"verdicts": [{"code": "x", "vi": "X", "en": "X"}]}, ["verdicts"]),
        ({"surprise": 1}, ["surprise"]),
    ],
)  # fmt: skip
def test_faults_are_named_with_their_place(changes, paths):
    assert sorted({each.path for each in faults(spec(**changes))}) == sorted(paths)


def test_weights_count_towards_the_total():
    one = made(criteria=[{"code": "a", "vi": "A", "en": "A", "max": 4, "weight": 15},
                         {"code": "b", "vi": "B", "en": "B", "max": 4, "weight": 10}], step=1)  # fmt: skip
    assert [each.full for each in one.criteria] == [60, 40]


def test_every_fault_comes_at_once():
    with pytest.raises(BadCriteria) as refused:
        criteria_set(spec(total=1, article="", vi=""))
    assert {each.path for each in refused.value.faults} == {"total", "article", "vi"}


def test_a_fingerprint_changes_with_any_part():
    assert made().fingerprint != made(en="Other").fingerprint
    assert made().fingerprint == made().fingerprint


@pytest.mark.parametrize(("told", "value"), [("2/3", Fraction(2, 3)), ("7.5", Fraction(15, 2)), (65, 65), ("-1", -1)])
def test_exact_numbers(told, value):
    assert exact(told) == value
    assert exact(written(exact(told))) == value


@pytest.mark.parametrize("told", [0.5, True, None, "", "1e9", "1/0", "một", "1/2/3", "9" * 40, [], "٣"])
def test_what_is_no_exact_number(told):
    with pytest.raises(NotExact):
        exact(told)


def test_rounding_is_for_showing_alone():
    assert str(rounded(Fraction(229, 3), 1)) == "76.3"
    assert str(rounded(Fraction(1, 2), 0)) == "1"
    assert str(rounded(Fraction(-1, 8), 2)) == "-0.13"
    assert written(Fraction(229, 3)) == "229/3"
