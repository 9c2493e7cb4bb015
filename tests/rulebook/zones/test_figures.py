from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.zones.figures import Share, cautions, missing_for_live, occupancy, pooled_occupancy

AREA = st.decimals(min_value=0, max_value=10_000, places=2)
ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("leased", "industrial", "share"),
    [
        ("26.25", "52.5", Decimal("0.5")),
        ("10", "30", Decimal("0.3333")),
        ("0", "52.5", Decimal("0")),
        (None, "52.5", None),
        ("26", None, None),
        ("26", "0", None),
    ],
)
def test_occupancy_is_leased_over_industrial_land(leased: str | None, industrial: str | None, share: object) -> None:
    assert occupancy(leased and Decimal(leased), industrial and Decimal(industrial)) == share  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.none() | AREA, st.none() | AREA)))
def test_several_zones_pool_only_what_is_known_of_both(areas: list[tuple[Decimal | None, Decimal | None]]) -> None:
    both = [(a, b) for a, b in areas if a is not None and b]
    pooled = pooled_occupancy(areas)
    assert pooled == Share(sum((a for a, _ in both), Decimal()), sum((b for _, b in both), Decimal()))
    assert (pooled.value is None) == (not both)


@pytest.mark.parametrize(
    ("kind", "values", "on", "codes"),
    [
        ("CCN", {"established_area": "80"}, ON, ["too_large"]),
        ("CCN", {"established_area": "75"}, ON, []),
        ("CCN", {"established_area": "80"}, date(2024, 4, 30), []),
        ("KCN", {"established_area": "800"}, ON, []),
        ("CCN", {"established_area": "7"}, ON, ["small_unless_special"]),
        ("CCN", {"established_area": "7", "cluster_kind": "ordinary"}, ON, ["too_small"]),
        ("CCN", {"established_area": "7", "cluster_kind": "mountain"}, ON, []),
        ("CCN", {"established_area": "4.9", "cluster_kind": "mountain"}, ON, ["too_small"]),
        ("CCN", {"established_area": "4.9"}, ON, ["too_small"]),
        ("KCN", {"industrial_area": "10", "leased_area": "10.1"}, ON, ["leased_over_industrial"]),
        ("KCN", {"industrial_area": "10", "established_area": "9"}, ON, ["industrial_over_established"]),
        ("CCN", {"cluster_kind": "craft_village", "industrial_area": "10", "craft_area": "5.9"}, ON,
         ["few_craft_producers"]),
        ("CCN", {"cluster_kind": "craft_village", "industrial_area": "10", "craft_area": "6"}, ON, []),
        ("CCN", {}, ON, []),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(kind: str, values: dict[str, object], on: date, codes: list[str]) -> None:
    found = cautions(kind, values, on)
    assert [one.code for one in found] == codes
    assert all(one.text % one.params for one in found)


def test_the_least_area_named_is_the_one_that_applies() -> None:
    def least(kind: str, size: str) -> str:
        (one,) = cautions("CCN", {"established_area": size, "cluster_kind": kind}, ON)
        return one.params["least"]

    assert (least("ordinary", "4"), least("ordinary", "9"), least("mountain", "4")) == ("10", "10", "5")


BASIC = ("establishment_decision", "commune", "established_area", "industrial_area", "operator", "wastewater")


def test_a_cluster_is_digitised_when_the_basic_facts_are_known_and_what_moves_is_fresh() -> None:
    old, fresh = date(2019, 1, 1), date(2025, 12, 14)
    known = dict.fromkeys(BASIC, old) | {"leased_area": fresh}
    assert missing_for_live(known, date(2026, 12, 14)) == []
    assert missing_for_live(known, date(2026, 12, 15)) == ["leased_area"]
    assert missing_for_live({**known, "leased_area": old}, ON) == ["leased_area"]
    assert missing_for_live({}, ON) == [*BASIC[:4], "leased_area", *BASIC[4:]]
