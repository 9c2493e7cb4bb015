from decimal import Decimal

import pytest

from matxich.rulebook.zones.reports import FORMS, Total, faults, totals

DEVELOPER, TENANT = FORMS["developer"], FORMS["tenant"]
WHOLE: dict[str, object] = {
    "established_area": "60", "industrial_area": "40", "leased_area": "30", "wastewater": "operating",
    "tenants": 12, "workers": 0,
}  # fmt: skip


def test_a_whole_form_has_no_faults_and_nought_is_a_figure() -> None:
    assert faults(DEVELOPER, WHOLE) == {}
    assert faults(TENANT, {"status": "operating", "rented_area": "1.2", "workers": 40, "revenue": 0}) == {}


def test_an_empty_form_lacks_what_is_required() -> None:
    assert faults(DEVELOPER, {}) == dict.fromkeys(DEVELOPER.required, "missing")
    assert faults(TENANT, {"workers": None}) == dict.fromkeys(TENANT.required, "missing")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"leased_area": "40.0001"}, {"leased_area": "over_industrial"}),
        ({"craft_area": "41"}, {"craft_area": "over_industrial"}),
        ({"industrial_area": "61"}, {"industrial_area": "over_established"}),
        ({"cleared_area": "61"}, {"cleared_area": "over_established"}),
        ({"wastewater": "planned", "wastewater_capacity": "500"}, {"wastewater_capacity": "without_plant"}),
        ({"wastewater": "building", "wastewater_capacity": "500"}, {}),
    ],
)
def test_figures_that_cannot_stand_together(change: dict[str, object], found: dict[str, str]) -> None:
    assert faults(DEVELOPER, WHOLE | change) == found


def test_tenants_figures_add_up_and_say_how_many_stated_them() -> None:
    forms = [{"workers": 40, "rented_area": "1.25"}, {"workers": 0, "rented_area": ""}, {"revenue": None}]
    assert totals(forms) == [Total("rented_area", Decimal("1.25"), 1), Total("workers", Decimal(40), 2)]
