"""`search` from the shell: filters by what firms do and hold, on a day, refused with what would be understood."""

from collections.abc import Callable

import pytest

from matxich.registry.search import reset
from tests.installations import Ran
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ran]


@pytest.fixture
def firms() -> None:
    held = {"text": "ISO 9001", "concept": "iso-9001", "valid_from": "2024-01-01", "valid_to": "2027-01-01"}
    firm("Cơ khí Một", told={"processes": ["Cắt dây"], "materials": ["inox 304"], "certificate": [held]}, zone="KCN A")
    firm("Cơ khí Hai", told={"certificates": ["ISO 9001"]}, verification=3)


def names(ran: Ran) -> list[str]:
    return sorted(hit["name"] for hit in ran.data["hits"])


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--process", "wire EDM"), ["Cơ khí Một"]),
        (("--process", "wire-edm", "--material", "stainless steel"), ["Cơ khí Một"]),
        (("--material", "SUS304", "--zone", "kcn a"), ["Cơ khí Một"]),
        (("--certificate", "ISO 9001"), ["Cơ khí Hai", "Cơ khí Một"]),
        (("--certificate", "ISO 9001", "--on", "2026-12-31"), ["Cơ khí Một"]),
        (("--certificate", "ISO 9001", "--on", "31/12/2026"), ["Cơ khí Một"]),
        (("--certificate", "ISO 9001", "--on", "2027-01-01"), []),
        (("--verified", "khảo sát"), ["Cơ khí Hai"]),
    ],
)
def test_filters(firms: None, run: Run, options: tuple[str, ...], found: list[str]) -> None:
    ran = run("search", *options, "--json")
    assert (ran.code, names(ran)) == (0 if found else 1, found)


def test_what_has_no_known_end_is_told(firms: None, run: Run) -> None:
    ran = run("search", "--certificate", "ISO 9001", "--on", "2027-01-01", "--json")
    assert (ran.data["total"], ran.data["without_end"]) == (0, 1)
    assert ran.data["facets"]["validity"] == [{"value": "unknown", "label": "Chưa rõ thời hạn", "count": 1}]
    plain = run("search", "--certificate", "ISO 9001", "--on", "2027-01-01")
    assert "Thêm 1 doanh nghiệp có chứng chỉ nhưng chưa rõ thời hạn." in plain.out
    assert "without_end" not in run("search", "--certificate", "ISO 9001", "--json").data


def test_unknown_values_are_refused_with_near_ones(firms: None, run: Run) -> None:
    error = run("search", "--certificate", "ISO 99999", "--json").error
    assert (error["code"], "ISO 9001" in error["hint"]) == ("unknown_value", True)
    assert run("search", "--process", "không có gì như thế", "--json").error["code"] == "unknown_value"
    error = run("search", "--certificate", "ISO 9001", "--on", "hôm qua", "--json").error
    assert error["message"] == "--on: “hôm qua” không phải là ngày; viết dạng 2026-06-30."


def test_a_slip_is_told(firms: None, run: Run) -> None:
    assert run("search", "co khi mott", "--json").data["corrected"] is True
    assert "gần giống" in run("search", "co khi mott").out
    reset()
