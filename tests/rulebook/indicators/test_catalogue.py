"""The 96 indicators: none missing, none twice, nothing that points nowhere."""

from collections import Counter

import pytest

from matxich.rulebook.indicators.catalogue import DATA, GROUPS, catalogue, expected_codes, read_catalogue, units
from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated, UnknownKey

TEXT = (DATA / "catalogue.yaml").read_text(encoding="utf-8")
A05 = next(line for line in TEXT.splitlines() if line.startswith("- {code: A05,"))


def test_all_ninety_six_stand_in_their_groups() -> None:
    whole = [code for code in catalogue() if len(code) == 3]
    assert whole == list(expected_codes())
    assert len(whole) == 96 and Counter(code[0] for code in whole) == Counter(GROUPS)


def test_what_has_no_room_yet_waits_and_the_trade_surplus_is_context() -> None:
    kept = catalogue()
    assert {code for code, one in kept.items() if one.context} == {"A06", "A10"}
    assert {one.room for one in kept.values() if one.source == "waiting"} == {
        "contracts", "sourcing", "gatherings", "contests", "field", "portal", "credit",
    }  # fmt: skip


def test_what_adds_up_is_what_is_counted_or_summed() -> None:
    kept = catalogue()
    assert [kept[code].is_additive for code in ("B01", "D02", "B06", "A03", "B12", "B08")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (f"{A05}\n", "", MissingKey),
        (A05, f"{A05}\n{A05}", Repeated),
        ("unit: billion_usd", "unit: bilion_usd", BadValue),
        ("basis: flow, kind: sum, splits: []", "basis: flows, kind: sum, splits: []", BadValue),
        ("kind: target\n  of: B01", "kind: target\n  of: B99", BadValue),
        ("kind: target\n  of: B01\n", "kind: target\n", MissingKey),
        ("code: B08a", "code: B09x", BadValue),
        ("context: true, rule_vi", "contxt: true, rule_vi", UnknownKey),
        ("splits: [province, sector], frequency: year, reporters: [department, statistics]",
         "splits: [province, province], frequency: year, reporters: [department, statistics]", Repeated),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_is_refused_with_its_line(old: str, new: str, kind: type[LawFault]) -> None:
    assert old in TEXT
    with pytest.raises(kind) as told:
        read_catalogue("catalogue.yaml", TEXT.replace(old, new, 1), units())
    assert told.value.line > 0 and told.value.message and told.value.message_en
