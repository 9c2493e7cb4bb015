"""Instruments are data in three languages; a fault in them is refused with its line."""

import pytest

from matxich.coaching.instruments import FOLDER, cross_walk, instruments, kpi_sheet, latest, regions
from matxich.rulebook.coaching.answers import average_level, eligible, faults, score
from matxich.rulebook.coaching.loading import (
    LevelGap,
    MissingLanguage,
    crosswalk,
    instrument,
    kpis,
    region_sets,
    said,
)
from matxich.rulebook.law.faults import BadValue, MissingKey, Repeated

ONE = (
    "code: x\nversion: 1\nnames: {vi: a, en: b, ko: c}\nsections:\n"
    "- code: s\n  names: {vi: a, en: b, ko: c}\n  items:\n"
)
ITEM = "  - {code: i, answer: score, most: 5, names: {vi: a, en: b, ko: c}}\n"


def test_every_instrument_speaks_three_languages_and_asks_each_thing_once():
    assert sorted(instruments()) == [
        "audit_5s3d@1", "impact@1", "interview@1", "ladder@1", "person_interview@1", "screening@1", "visit@1",
        "weekly_log@1",
    ]  # fmt: skip
    assert {one.code: len(one.items) for one in instruments().values()} == {
        "screening": 12, "visit": 11, "interview": 8, "person_interview": 4, "audit_5s3d": 10, "weekly_log": 4,
        "impact": 12, "ladder": 24,
    }  # fmt: skip
    assert [level.level for level in latest("ladder").levels] == [0, 1, 2, 3, 4, 5]
    assert latest("audit_5s3d").most == 50
    assert latest("audit_5s3d").total == 100
    assert said(latest("visit").names, "ja") == "Preliminary factory visit"
    assert said(latest("visit").names, "ko") == "공장 예비 방문"


def test_the_kpi_sheet_holds_formula_unit_and_direction():
    sheet = kpi_sheet()
    assert len(sheet) == 21
    assert {one.indicator for one in sheet.values() if one.indicator} == {
        "C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11",
    }  # fmt: skip
    assert sheet["oee@1"].parts == ("availability", "performance", "quality")
    assert (sheet["defects@1"].better, sheet["defects@1"].scale, sheet["defects@1"].unit) == ("down", 1_000_000, "ppm")


def test_other_frameworks_stand_by_name_alone():
    assert {one.framework for one in cross_walk()} == {"SIRI", "KS X 9001", "acatech"}
    assert sum(one.framework == "SIRI" for one in cross_walk()) == 16
    assert all(len(one.code.split()) == 1 for one in cross_walk())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ONE + ITEM + ITEM, Repeated),
        (ONE.replace("ko: c", "ko: ''", 1) + ITEM, MissingLanguage),
        (ONE.replace(", ko: c", "", 1) + ITEM, MissingLanguage),
        (ONE + "  - {code: i, answer: score, names: {vi: a, en: b, ko: c}}\n", BadValue),
        (ONE + "  - {code: i, answer: level, names: {vi: a, en: b, ko: c}}\n", BadValue),
        (ONE + "  - {code: i, answer: dream, names: {vi: a, en: b, ko: c}}\n", BadValue),
    ],
)
def test_a_faulty_instrument_is_refused(text, fault):
    with pytest.raises(fault):
        instrument("x.yaml", text)


def test_a_ladder_without_a_level_is_refused():
    text = (FOLDER / "ladder.yaml").read_text()
    with pytest.raises(LevelGap):
        instrument("ladder.yaml", text.replace("- {level: 3,", "- {level: 4,", 1))


def test_a_ratio_without_denominator_and_a_part_nobody_knows_are_refused():
    text = (FOLDER / "kpis.yaml").read_text()
    with pytest.raises(BadValue):
        kpis("kpis.yaml", text.replace("parts: [availability,", "parts: [availabilty,"))
    with pytest.raises(MissingKey):
        kpis("kpis.yaml", text.replace("shape: direct", "shape: ratio", 1))
    with pytest.raises(Repeated):
        kpis("kpis.yaml", text.replace("code: availability, version: 1", "code: oee, version: 1"))


def test_a_crosswalk_that_leads_nowhere_and_a_province_in_no_region_are_refused():
    with pytest.raises(BadValue):
        crosswalk("c.yaml", "- {framework: SIRI, code: x, ours: [nowhere.at_all]}", latest("ladder").items)
    text = (FOLDER / "regions.yaml").read_text()
    codes = [f"{number:02d}" for number in range(1, 97)]
    with pytest.raises(BadValue):
        region_sets("regions.yaml", text, codes)
    assert regions()["bac-trung-nam"].region_of("48").code == "centre"
    assert sum(len(region.provinces) for region in regions()["bac-trung-nam"].regions) == 63


def test_what_was_not_answered_counts_in_neither():
    audit = latest("audit_5s3d")
    given = {"five.sort": 5, "five.set": 3}
    found = score(audit, given)
    assert (found.points, found.of, found.answered, found.asked) == (8, 10, 2, 10)
    assert found.scaled(100) == 80
    assert score(audit, {}).share is None
    assert average_level(latest("ladder"), {"lead.strategy": 2, "lead.targets": 3}) == 5 / 2
    assert average_level(latest("ladder"), {}) is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"five.sort": 6}, "too_large"),
        ({"five.sort": -1}, "not_this_kind"),
        ({"five.sort": True}, "not_this_kind"),
        ({"five.sort": "5"}, "not_this_kind"),
        ({"five.dream": 1}, "not_asked"),
    ],
)
def test_answers_that_cannot_be(given, why):
    assert [fault.why for fault in faults(latest("audit_5s3d"), given, whole=False)] == [why]


def test_a_sent_sheet_has_every_score():
    assert len(faults(latest("audit_5s3d"), {}, whole=True)) == 10
    assert faults(latest("audit_5s3d"), dict.fromkeys(latest("audit_5s3d").items, 3), whole=True) == []


def test_screening_unknown_is_not_no():
    sheet = latest("screening")
    yes = dict.fromkeys(sheet.items, "yes")
    assert eligible(sheet, yes) == ("yes", ())
    assert eligible(sheet, yes | {"standing.overlap": "no"}) == ("no", ("standing.overlap",))
    assert eligible(sheet, yes | {"standing.overlap": "unknown"}) == ("unknown", ("standing.overlap",))
    assert eligible(sheet, yes | {"fit.province": "no"}) == ("yes", ())
