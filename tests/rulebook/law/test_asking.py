"""A case as people write it: every slip is named with its field and what to do; sources that differ are weighed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matxich.rulebook.law.answering import Law, answers
from matxich.rulebook.law.asking import BadCase, case_of
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.telling import answer_json

ON = "2026-03-01"
WHOLE = "Phải là số nguyên, không có phần lẻ."
DAY = "Phải là ngày, viết 2026-03-01."
OBJECT = "Phải là một đối tượng JSON."


def _refused(document: object) -> BadCase:
    with pytest.raises(BadCase) as refused:
        case_of(document)
    assert refused.value.words.en
    return refused.value


@pytest.mark.parametrize(
    ("where", "fact", "value", "said"),
    [
        ("project", "eligible_cost", -1, "Không được âm."),
        ("project", "eligible_cost", 10**18, "Lớn hơn 10^15: hãy kiểm tra lại đơn vị (đồng)."),
        ("project", "eligible_cost", LARGEST + 1, "Lớn hơn 10^15: hãy kiểm tra lại đơn vị (đồng)."),
        ("project", "eligible_cost", 1.5, WHOLE),
        ("project", "eligible_cost", 1e9, WHOLE),
        ("project", "eligible_cost", "600 triệu", WHOLE),
        ("project", "eligible_cost", "600000000", WHOLE),
        ("project", "eligible_cost", True, WHOLE),
        ("project", "is_line", "có", "Phải là true hoặc false."),
        ("project", "priority", 1, "Phải là true hoặc false."),
        ("enterprise", "workers", -5, "Không được âm."),
        ("enterprise", "workers", False, WHOLE),
        ("enterprise", "workers", "trên 300", WHOLE),
        ("enterprise", "revenue", {"value": {"value": 3}}, WHOLE),
        ("enterprise", "revenue", {"value": [3, 4]}, WHOLE),
        ("enterprise", "workers", [10, [20]], "Không lồng danh sách."),
        ("enterprise", "craft_village", "xã", "Phải là true hoặc false."),
        ("enterprise", "site_province", 24, "Phải là mã hai chữ số trong ngoặc kép, như “24”."),
        ("enterprise", "site_province", "Bắc Ninh", "Phải là mã hai chữ số trong ngoặc kép, như “24”."),
        ("enterprise", "site_province", "27", "“27” không phải là mã của 34 tỉnh, thành phố: ghi mã sau 01/07/2025."),
        ("enterprise", "site_province", "64", "“64” không phải là mã của 34 tỉnh, thành phố: ghi mã sau 01/07/2025."),
        (
            "enterprise", "site_commune_kind", "township",
            "Từ 01/07/2025 không còn thị trấn: ghi xã hoặc phường hiện nay.",
        ),
        ("enterprise", "site_commune_kind", "huyện", "Phải là một trong: commune, ward, special_zone, township."),
        ("enterprise", "site_commune_kind", 1, "Phải là một trong: commune, ward, special_zone, township."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be(where: str, fact: str, value: Any, said: str) -> None:
    refused = _refused({where: {fact: value}, "on": ON})
    assert (refused.field, refused.words.vi) == (f"{where}.{fact}", said)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_what_json_lets_through_as_a_number(number: str) -> None:
    document = json.loads(f'{{"project": {{"eligible_cost": {number}}}, "on": "{ON}"}}')
    refused = _refused(document)
    assert (refused.field, refused.words.vi) == ("project.eligible_cost", WHOLE)


@pytest.mark.parametrize(
    "day",
    [None, "", "2026", "2026-03", "2026-3-1", "01/03/2026", "2026-02-30", "2026-13-01", "2026-W09-1", "20260301",
     "2026-03-01T00:00", 20260301, True, ["2026-03-01"], "hôm nay", "２０２６-０３-０１"],
)  # fmt: skip
def test_the_day_has_to_be_one(day: Any) -> None:
    refused = _refused({"on": day})
    assert (refused.field, refused.words.vi) == ("on", DAY)


def test_the_day_is_never_today() -> None:
    assert _refused({"enterprise": {"workers": 3}}).field == "on"


@pytest.mark.parametrize(
    ("document", "field", "said"),
    [
        ({"on": ON, "enterprize": {}}, "enterprize", "Không có “enterprize”. Có phải là “enterprise”?"),
        ({"on": ON, "enterprise": {"worker": 3}}, "enterprise.worker", "Không có “worker”. Có phải là “workers”?"),
        ({"on": ON, "enterprise": {"craft_vilage": True}}, "enterprise.craft_vilage",
         "Không có “craft_vilage”. Có phải là “craft_village”?"),
        ({"on": ON, "project": {"eligble_cost": 3}}, "project.eligble_cost",
         "Không có “eligble_cost”. Có phải là “eligible_cost”?"),
        ({"on": ON, "project": {"xyzzy": 3}}, "project.xyzzy", "Không có “xyzzy”."),
        ({"on": ON, "project": {"content": "KC-99"}}, "project.content", "Không có “KC-99”."),
        ({"on": ON, "project": {"content": "kc-12"}}, "project.content", "Không có “kc-12”. Có phải là “KC-12”?"),
        ({"on": ON, "project": {"content": ["KC-12"]}}, "project.content", "Không có “['KC-12']”."),
        ({"on": ON, "project": {"content": {"id": "KC-12"}}}, "project.content", "Không có “{'id': 'KC-12'}”."),
        ({"on": ON, "project": {"content": 12}}, "project.content", "Không có “12”."),
        ({"on": ON, "project": {"content": False}}, "project.content", "Không có “False”."),
        ({"on": ON, "project": {"budget": "tỉnh"}}, "project.budget", "Viết “national” hoặc “province:24”."),
        ({"on": ON, "project": {"budget": 24}}, "project.budget", "Viết “national” hoặc “province:24”."),
        ({"on": ON, "project": {"budget": []}}, "project.budget", "Viết “national” hoặc “province:24”."),
        ({"on": ON, "project": {"budget": "province63:27"}}, "project.budget", "Viết “national” hoặc “province:24”."),
        ({"on": ON, "project": {"budget": "province:27"}}, "project.budget",
         "“27” không phải là mã của 34 tỉnh, thành phố: ghi mã sau 01/07/2025."),
        ({"on": ON, "enterprise": []}, "enterprise", OBJECT),
        ({"on": ON, "enterprise": "0100233488"}, "enterprise", OBJECT),
        ({"on": ON, "enterprise": [{"workers": 3}]}, "enterprise", OBJECT),
        ({"on": ON, "project": 0}, "project", OBJECT),
        ([], "case", OBJECT),
        (None, "case", OBJECT),
        ("case", "case", OBJECT),
        ({"on": ON, "enterprise": {"workers": {"value": 3, "verificaton": 2}}}, "enterprise.workers.verificaton",
         "Không có “verificaton”. Có phải là “verification”?"),
        ({"on": ON, "enterprise": {"workers": {"value": 3, "verification": 5}}}, "enterprise.workers.verification",
         "Phải là 0, 1, 2, 3 hoặc 4."),
        ({"on": ON, "enterprise": {"workers": {"value": 3, "verification": 1.0}}}, "enterprise.workers.verification",
         "Phải là 0, 1, 2, 3 hoặc 4."),
        ({"on": ON, "enterprise": {"workers": {"value": 3, "verification": [1]}}}, "enterprise.workers.verification",
         "Phải là 0, 1, 2, 3 hoặc 4."),
        ({"on": ON, "enterprise": {"workers": {"value": 3, "as_of": "2026"}}}, "enterprise.workers.as_of", DAY),
    ],
)  # fmt: skip
def test_a_shape_that_cannot_be(document: object, field: str, said: str) -> None:
    refused = _refused(document)
    assert refused.field == field
    assert refused.words.vi.startswith(said)


def test_a_township_stood_until_the_day_before() -> None:
    case = case_of({"enterprise": {"site_commune_kind": "township"}, "on": "2025-06-30"})
    assert case.facts["site_commune_kind"].value == "township"
    assert _refused({"enterprise": {"site_commune_kind": "township"}, "on": "2025-07-01"}).words.vi


def test_nothing_told_is_nothing_known() -> None:
    for empty in ({}, {"enterprise": None, "project": None}, {"enterprise": {"workers": None, "production": ""}}):
        assert case_of({**empty, "on": ON}).facts == {}


def test_a_line_of_production_nobody_knows_is_no_line() -> None:
    assert "sector" not in case_of({"enterprise": {"sector": "nấu đường thốt nốt"}, "on": ON}).facts
    assert case_of({"enterprise": {"sector": "other"}, "on": ON}).facts["sector"].value == "other"


@pytest.mark.parametrize(
    ("fact", "said", "meant"),
    [
        ("legal_form", "Công ty TNHH", "enterprise"), ("legal_form", "HTX", "cooperative"),
        ("legal_form", "Hộ kinh doanh", "household"), ("legal_form", "Nghệ nhân", "artisan"),
        ("site_commune_kind", "Phường", "ward"), ("site_commune_kind", "đặc khu", "special_zone"),
        ("sector", "CO_KHI", "supporting"), ("sector", "Tiểu thủ công nghiệp", "handicraft"),
    ],
)  # fmt: skip
def test_words_people_use(fact: str, said: str, meant: str) -> None:
    assert case_of({"enterprise": {fact: said}, "on": ON}).facts[fact].value == meant


def _workers(*told: dict[str, Any], register: list[Known] | None = None) -> Known:
    case = case_of({"enterprise": {"workers": list(told)}, "on": ON}, told={"workers": register} if register else None)
    return case.facts["workers"]


def test_of_two_sources_the_better_verified_counts_and_the_other_is_shown(law: Law) -> None:
    said = {"value": 150, "source": "khai", "as_of": "2026-02-01", "verification": 0}
    seen = {"value": 260, "source": "kiểm tra", "as_of": "2025-12-01", "verification": 3}
    for told in ((said, seen), (seen, said)):
        known = _workers(*told)
        assert (known.value, known.source, [other.value for other in known.others]) == (260, "kiểm tra", [150])
    enterprise = {"legal_form": "enterprise", "branch": "industry", "workers": [said, seen], "revenue": 10**9}
    case = case_of({"enterprise": enterprise, "project": {"content": "DN-22"}, "on": ON})
    shown = json.dumps(answer_json(law, case, *answers(law, case)), ensure_ascii=False)
    assert '"value": 150, "source": "khai", "as_of": "2026-02-01"' in shown
    assert "dùng nguồn được xác minh hơn, rồi nguồn mới hơn" in shown


def test_of_equal_sources_the_later_counts_then_the_first() -> None:
    old = {"value": 260, "as_of": "2024-12-31", "verification": 1}
    new = {"value": 190, "as_of": "2025-12-31", "verification": 1}
    assert _workers(old, new).value == _workers(new, old).value == 190
    assert _workers({"value": 7}, {"value": 8}).value == 7
    assert _workers({"value": 7}, {**old, "verification": 0}).value == 260


def test_sources_that_agree_leave_nothing_beside() -> None:
    assert _workers({"value": 5}, {"value": 5, "verification": 2}).others == ()


def test_what_the_case_says_stands_beside_the_register() -> None:
    listed = Known(80, "Danh sách 2025", date(2025, 12, 31), 1)
    known = _workers({"value": 300}, register=[listed])
    assert (known.value, known.source, [other.value for other in known.others]) == (80, "Danh sách 2025", [300])
    checked = _workers({"value": 300, "verification": 2}, register=[listed])
    assert (checked.value, [other.value for other in checked.others]) == (300, [80])


def test_deep_nests_and_long_words_do_no_harm() -> None:
    nest: list[Any] = [1]
    for _ in range(500):
        nest = [nest]
    assert _refused({"enterprise": {"workers": nest}, "on": ON}).field == "enterprise.workers"
    assert len(str(_refused({"enterprise": {"x" * 100_000: 1}, "on": ON}))) < 200


def test_the_case_of_the_page_gives_what_the_page_says(law: Law) -> None:
    page = (Path(__file__).parents[3] / "docs" / "luat.md").read_text(encoding="utf-8")
    asked, said = (json.loads(part.split("```")[0]) for part in page.split("```json\n")[1:])
    case = case_of(asked)
    told = answer_json(law, case, *answers(law, case))
    assert {key: told[key] for key in said} == said
    assert case.facts["workers"].value == 9
