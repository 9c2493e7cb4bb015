"""Papers of a proposal, results it may promise, needs sheets, and two versions side by side."""

import pytest

from matxich.rulebook.law.faults import BadValue
from matxich.rulebook.proposals.checklists import asked, checklists_of, groups_known, missing, results_of
from matxich.rulebook.proposals.comparing import changes, digest
from matxich.rulebook.proposals.needs import KINDS, UP, faults
from tests.rulebook.proposals.conftest import DATA

TEXT = (DATA / "checklists.yaml").read_text(encoding="utf-8")


def ids(group: str, instruments: frozenset[str], **told: bool) -> list[str]:
    facts = {"on_behalf": False, "other_beneficiary": False, "grouped": False} | told
    return [one.id for one in asked(checklists_of("c.yaml", TEXT, instruments), group, **facts)]


def test_papers_by_group_and_case(instruments: frozenset[str]) -> None:
    assert ids("kc", instruments) == ["cong-van", "de-an", "du-toan", "phu-luc-2"]
    assert ids("kc", instruments, other_beneficiary=True, on_behalf=True) == [
        "cong-van", "de-an", "du-toan", "thu-huong", "phu-luc-2", "ban-giay", "uy-quyen",
    ]  # fmt: skip
    assert ids("cnht", instruments) == ["don", "dang-ky", "thuyet-minh", "nang-luc", "du-toan", "kem-theo"]


def test_what_the_system_makes_or_leaves_open_is_never_missing(instruments: frozenset[str]) -> None:
    papers = asked(
        checklists_of("c.yaml", TEXT, instruments), "cnht", on_behalf=False, other_beneficiary=False, grouped=False
    )
    assert [one.id for one in missing(papers, {"don"})] == ["dang-ky", "nang-luc"]
    assert missing(papers, {"don", "dang-ky", "nang-luc"}) == ()


def test_only_an_act_that_is_known_asks(instruments: frozenset[str]) -> None:
    papers = checklists_of("c.yaml", TEXT, instruments)
    assert groups_known(papers) >= {"cong-van", "uy-quyen"}
    assert all(one.article or one.note for group in papers.values() for one in group)
    with pytest.raises(BadValue):
        checklists_of("c.yaml", TEXT.replace("tt-36-2013-bct", "tt-99-2099"), instruments)


def test_results_are_codes_of_the_catalogue() -> None:
    found = results_of("r.yaml", (DATA / "results.yaml").read_text(encoding="utf-8"))
    assert found["D07"].unit.vi == "người" and found["C02"].direction == "down"
    assert len(found) == 14


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({}, []), ({"title": ""}, ["title"]), ({"year": 2025}, ["year"]), ({"year": 2032}, ["year"]),
        ({"cost": 0}, ["cost"]), ({"own": 101}, ["own"]), ({"title": "", "cost": -1}, ["title", "cost"]),
    ],
)  # fmt: skip
def test_a_needs_sheet(told: dict[str, object], wrong: list[str]) -> None:
    whole = {"title": "Máy cắt", "year": 2027, "this_year": 2026, "cost": 100, "own": 50} | told
    assert list(faults(**whole)) == wrong  # type: ignore[arg-type]


def test_needs_go_up_and_name_supports() -> None:
    assert (UP["commune"], UP["centre"], UP.get("department")) == ("centre", "department", None)
    assert KINDS["machine"].supports == ("KC-12", "CN-31") and len(KINDS) == 9


def snapshot(**told: object) -> dict[str, object]:
    section = {"id": "a", "vi": "A", "en": "A", "fields": [{"id": "x", "vi": "X", "en": "X", "shown": "một"}]}
    cost = {
        "item": "Máy", "unit": "cái", "quantity": "1", "unit_price": 1000, "amount": 1000, "state": 400,
        "counterpart": 600, "other": 0,
    }  # fmt: skip
    return {"title": "T", "sections": [section], "costs": [cost], "results": [], "parties": [], "files": []} | told


def test_two_versions_are_compared_in_their_own_words() -> None:
    before = snapshot()
    after = snapshot(title="T2", costs=[{**before["costs"][0], "state": 500, "counterpart": 500}])  # type: ignore[index]
    after["sections"] = [
        {"id": "a", "vi": "A", "en": "A", "fields": [{"id": "y", "vi": "Y", "en": "Y", "shown": "hai"}]}
    ]
    assert [(one.path, one.before, one.after) for one in changes(before, after)] == [
        ("title", "T", "T2"), ("a.y", "", "hai"), ("a.x", "một", ""),
        ("costs.Máy#1", "1 cái × 1.000 = 1.000 đồng (nhà nước 400, đối ứng 600, khác 0)",
         "1 cái × 1.000 = 1.000 đồng (nhà nước 500, đối ứng 500, khác 0)"),
    ]  # fmt: skip
    assert changes(before, snapshot()) == ()


def test_a_digest_does_not_hang_on_the_order_of_keys() -> None:
    told = snapshot()
    assert digest(told) == digest(dict(reversed(told.items()))) and digest(told) != digest(snapshot(title="U"))
