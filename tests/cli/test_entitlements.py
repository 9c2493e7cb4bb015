"""`entitlements` from the shell: a case answered, from the register where a tax code is given, and every slip named."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matxich.places.actions import load_reference
from matxich.registry.states import Kind
from tests.installations import Ran
from tests.registry.search_world import NOW, firm, source

pytestmark = pytest.mark.django_db
Run = Callable[..., Ran]
Ask = Callable[..., Ran]
HOUSEHOLD = {
    "legal_form": "household", "production": True, "sector": "handicraft", "site_province": "24",
    "site_commune_kind": "commune", "counterpart_committed": True, "other_state_support_same_content": False,
}  # fmt: skip
MACHINES = {"content": "KC-12", "eligible_cost": 599_999_999}
ON = "2026-03-01"
CLOSED, CLOSED_TO = "19357", "Phường Quảng Trị"
FIRM, SITE = "0100233488", "09286"
"""A commune of Bắc Ninh since 1 July 2025."""


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Ask:
    def go(document: Any, *words: str) -> Ran:
        path = tmp_path / "case.json"
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return run("entitlements", str(path), *(words or ("--json",)))

    return go


@pytest.fixture
def machine_shop() -> Any:
    """A listed enterprise with one commune of production, two sources for its workers."""
    place = {
        "raw": "Xã Nam Sơn, Bắc Ninh", "province_34": "24", "commune_34": SITE, "province_63": "27",
        "commune_63": SITE, "confidence": 0.98,
    }  # fmt: skip
    told = {"workers": 80, "revenue": 40_000_000_000, "site_address": place, "processes": ["Phay CNC"]}
    return firm("Cơ khí Nam Sơn", told=told, by=source(in_programme=True), kind=Kind.ENTERPRISE, tax_code=FIRM,
                province_34="24", province_63="27", commune_34=SITE, commune_63=SITE)  # fmt: skip


def test_a_key_told_twice_is_named_not_the_last_one_taken(ask: Ask) -> None:
    ran = ask(b'{"enterprise": {"workers": 5, "workers": 500}, "on": "2026-03-01"}')
    assert (ran.code, ran.data["error"]["code"], "“workers” có hai lần" in ran.data["error"]["message"]) == (
        2, "bad_case", True,
    )  # fmt: skip


def test_one_support_is_answered(ask: Ask) -> None:
    ran = ask({"enterprise": HOUSEHOLD, "project": MACHINES, "on": ON})
    assert (ran.code, ran.err) == (0, "")
    assert sorted(ran.data) == ["answers", "rules_version"]
    (answer,) = ran.data["answers"]
    assert (answer["support"], answer["verdict"], answer["amount_max"]) == ("KC-12", "eligible", 299_999_999)
    assert {"support", "name_vi", "verdict", "amount_max", "pct", "cap", "conditions", "missing", "parameters",
            "assumptions"} <= answer.keys()  # fmt: skip
    assert all(each["article"] and each["text_vi"] and each["verdict"] for each in answer["conditions"])
    parameter = next(each for each in answer["parameters"] if each["id"] == "KC-12")
    assert (parameter["from"], parameter["to"], parameter["value_confidence"]) == ("2018-05-11", None, "high")
    assert parameter["article"] == "Điều 8 khoản 4 TT 28/2018/TT-BTC"
    assert parameter["in_force"] == {"confirmed_until": "2025-12-29", "needs_check": ["TT 64/2024/TT-BTC"]}


def test_without_a_content_every_kind_is_answered(ask: Ask) -> None:
    answers = ask({"enterprise": HOUSEHOLD, "on": ON}).data["answers"]
    found = {each["support"]: each["verdict"] for each in answers}
    assert len(found) == len(answers) >= 40
    assert (found["KC-12"], found["KC-22"], found["KC-14"]) == ("eligible", "unknown", "not")


def test_said_in_words_for_people(ask: Ask) -> None:
    told = ask({"enterprise": HOUSEHOLD, "project": MACHINES, "on": ON}, "--on").err
    assert "--on" in told
    lines = ask({"enterprise": {**HOUSEHOLD, "production": False}, "project": MACHINES, "on": ON}, "--")
    assert lines.code == 0
    assert "KC-12" in lines.out
    assert "vướng: Trực tiếp sản xuất công nghiệp, tiểu thủ công nghiệp" in lines.out


def test_a_no_is_an_answer_not_an_error(ask: Ask) -> None:
    ran = ask({"enterprise": {**HOUSEHOLD, "sector": "kiln_bricks"}, "project": {"content": "KC-12"}, "on": ON})
    assert (ran.code, ran.data["answers"][0]["verdict"], ran.data["answers"][0]["amount_max"]) == (0, "not", None)


def test_piped_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"enterprise": HOUSEHOLD, "project": MACHINES, "on": ON}
    raw = b"\xef\xbb\xbf" + json.dumps(document).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    ran = run("entitlements", "-", "--json")
    assert (ran.code, ran.data["answers"][0]["verdict"]) == (0, "eligible")


@pytest.mark.parametrize(
    ("document", "code", "said"),
    [
        (b"", "bad_case", "Tệp không phải là JSON"),
        (b"khong phai", "bad_case", "Tệp không phải là JSON"),
        (b"\xff\xfe\x00", "bad_case", "Tệp không phải là JSON"),
        (b"[" * 100_000, "bad_case", "Tệp không phải là JSON"),
        (b'{"on": "2026-03-01", "project": {"eligible_cost": ' + b"9" * 6000 + b"}}", "bad_case", "Tệp không phải"),
        (b"[]", "bad_case", "case: Phải là một đối tượng JSON."),
        (b"null", "bad_case", "case: Phải là một đối tượng JSON."),
        (b"{}", "bad_case", "on: Phải là ngày, viết 2026-03-01."),
        (b"x" * 10_000_000, "bad_case", "Tệp dài quá một triệu ký tự."),
        ({"enterprise": {"tax_code": FIRM}}, "bad_case", "on: Phải là ngày"),
        ({"on": ON, "project": {"eligible_cost": -1}}, "bad_case", "project.eligible_cost: Không được âm."),
        ({"on": ON, "project": {"eligible_cost": 10**18}}, "bad_case", "project.eligible_cost: Lớn hơn 10^15"),
        ({"on": ON, "project": {"content": ["KC-12"]}}, "bad_case", "project.content: Không có"),
        ({"on": ON, "enterprise": {"worker": 1}}, "bad_case", "enterprise.worker: Không có “worker”."),
        ({"on": ON, "enterprise": [1]}, "bad_case", "enterprise: Phải là một đối tượng JSON."),
        ({"on": ON, "enterprise": {"site_province": "27"}}, "bad_case", "enterprise.site_province: “27”"),
        ({"on": ON, "enterprise": {"tax_code": "0100109106"}}, "no_such_firm", "Sổ đăng ký không có mã số thuế này."),
        ({"on": ON, "enterprise": {"tax_code": "0100233480"}}, "no_such_firm", "Sổ đăng ký không có mã số thuế này."),
        ({"on": ON, "enterprise": {"tax_code": ["x"]}}, "no_such_firm", "Sổ đăng ký không có mã số thuế này."),
        ({"on": ON, "enterprise": {"site_commune": "99999"}}, "no_such_commune", "không có đơn vị cấp xã mã 99999"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(ask: Ask, document: Any, code: str, said: str) -> None:
    error = ask(document).error
    assert error["code"] == code
    assert said in error["message"]
    assert len(error["message"]) < 500
    assert error["hint"]


def test_nan_and_infinity_are_no_amounts(ask: Ask) -> None:
    for number in (b"NaN", b"Infinity", b"-Infinity"):
        error = ask(b'{"on": "2026-03-01", "project": {"eligible_cost": ' + number + b"}}").error
        assert error["message"] == "project.eligible_cost: Phải là số nguyên, không có phần lẻ."


def test_no_file_and_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("entitlements", str(tmp_path / "khong-co.json"), "--json").code == 2
    assert run("entitlements", str(tmp_path), "--json").code == 2
    assert run("entitlements", "--json").code == 2


def test_a_commune_that_is_gone_names_its_heirs(ask: Ask) -> None:
    load_reference(at=NOW)
    error = ask({"on": "2025-07-01", "enterprise": {"site_commune": CLOSED}}).error
    assert error["code"] == "no_such_commune"
    assert CLOSED in error["message"]
    assert CLOSED_TO in error["hint"]
    before = ask({"on": "2025-06-30", "enterprise": {**_without_place(), "site_commune": CLOSED}, "project": MACHINES})
    (answer,) = before.data["answers"]
    assert (before.code, answer["verdict"], answer["missing"]) == (0, "unknown", ["site_city_class"])


def test_the_code_of_a_commune_tells_kind_and_province(ask: Ask) -> None:
    ran = ask({"on": ON, "enterprise": {**_without_place(), "site_commune": "11948"}, "project": MACHINES})
    assert ran.data["answers"][0]["verdict"] == "eligible"
    text = json.dumps(ran.data, ensure_ascii=False)
    assert '"value": "special_zone", "source": "site_commune"' in text


def test_a_firm_of_the_register_answers_with_its_sources(ask: Ask, machine_shop: Any) -> None:
    asked = {"tax_code": FIRM, "counterpart_committed": True, "other_state_support_same_content": False}
    ran = ask({"enterprise": asked, "project": {"content": "KC-12", "eligible_cost": 1_000_000_000}, "on": ON})
    (answer,) = ran.data["answers"]
    assert (answer["verdict"], answer["amount_max"], answer["missing"]) == ("eligible", 300_000_000, [])
    used = {leaf["fact"]: leaf for leaf in _leaves(answer["conditions"]) if leaf["source"] not in (None, "assumed")}
    assert used["workers"]["source"] == "Danh sách Sở Công Thương"
    assert (used["workers"]["value"], used["workers"]["as_of"]) == (80, "2026-09-01")
    assert used["counterpart_committed"]["source"] == "case"


def test_what_is_said_of_a_firm_of_the_register_stands_beside(ask: Ask, machine_shop: Any) -> None:
    asked = {"tax_code": FIRM, "workers": 500}
    (answer,) = ask({"enterprise": asked, "project": {"content": "DN-22"}, "on": ON}).data["answers"]
    workers = next(leaf for leaf in _leaves(answer["conditions"]) if leaf["fact"] == "workers")
    assert (workers["value"], [other["value"] for other in workers["others"]]) == (80, [500])
    assert "nguồn được xác minh hơn" in workers["chosen_vi"]


def test_the_same_case_gives_the_same_answer(ask: Ask) -> None:
    asked = {"enterprise": HOUSEHOLD, "on": ON}
    assert ask(asked).out == ask(asked).out


def _without_place() -> dict[str, Any]:
    return {name: value for name, value in HOUSEHOLD.items() if not name.startswith("site_")}


def _leaves(conditions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in conditions:
        found += [one, *_leaves(one.get("parts", []))]
    return found
