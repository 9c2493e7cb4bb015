"""Five groups of the supporting-industries programme, nine of industrial promotion; a wrong file says where."""

from pathlib import Path

import pytest

from matxich.policy.packaged import packaged_law
from matxich.rulebook import programmes
from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated, UnknownInstrument, UnknownKey
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.programmes.content_groups import content_groups, groups_for, supports_of, unknown_groups

FILE = Path(programmes.__file__).parent / "data" / "content_groups.yaml"
INSTRUMENTS = packaged_law().library.by_id
SHIPPED = content_groups(FILE.name, FILE.read_text(), SUPPORTS, INSTRUMENTS)
ROW = """
- id: KC-1
  programme: kc
  vi: Đào tạo nghề
  en: Training
  article: nd-45-2012 Điều 4
  confidence: high
  supports: []
"""


def test_the_five_and_the_nine() -> None:
    assert [group.id for group in groups_for(SHIPPED, "cnht_city")] == [f"CNHT-{n}" for n in range(1, 6)]
    assert [group.id for group in groups_for(SHIPPED, "kc_national")] == [f"KC-{n}" for n in range(1, 10)]
    assert len(groups_for(SHIPPED, "sponsor")) == 14


def test_only_what_was_read_in_the_text_is_sure() -> None:
    assert {group.confidence for group in groups_for(SHIPPED, "kc_local")} == {"high"}
    assert {group.confidence for group in groups_for(SHIPPED, "cnht_city")} == {"medium"}
    assert all(group.note_vi and group.note_en for group in groups_for(SHIPPED, "cnht_city"))


def test_every_support_of_industrial_promotion_has_its_group() -> None:
    placed = set(supports_of(SHIPPED, [group.id for group in groups_for(SHIPPED, "kc_local")]))
    assert {code for code, support in SUPPORTS.items() if support.group == "kc"} - placed == set()


def test_a_group_of_another_programme_is_told() -> None:
    assert unknown_groups(SHIPPED, ["KC-3", "CNHT-2"], "kc_local") == ["CNHT-2"]
    assert unknown_groups(SHIPPED, ["CNHT-2"], "sponsor") == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ROW + ROW, Repeated), (ROW.replace("  vi:", "  viet:"), UnknownKey),
        (ROW.replace("  en: Training\n", ""), MissingKey),
        (ROW.replace("nd-45-2012", "nd-45-2021"), UnknownInstrument), (ROW.replace("[]", "[KC-99]"), BadValue),
        (ROW.replace("KC-1", "K" * 21), BadValue), (ROW.replace("programme: kc", "programme: khac"), BadValue),
    ],
)  # fmt: skip
def test_a_wrong_file_says_where(text: str, fault: type[LawFault]) -> None:
    with pytest.raises(fault) as found:
        content_groups("thu.yaml", text, SUPPORTS, INSTRUMENTS)
    assert found.value.file == "thu.yaml" and found.value.line > 1
