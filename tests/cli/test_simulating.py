"""`simulate`: one document, slips named with their line, a spreadsheet of everybody."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matxich.kit.actor import system_actor
from matxich.registry.actions import create_enterprise, source_named
from tests.conftest import NOW
from tests.installations import Ran

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parents[2] / "docs" / "vi-du" / "de-xuat-nang-tran.yaml"
TEXT = """
title: Nâng trần
on: 2026-06-15
project: {content: KC-12, eligible_cost: 2_000_000_000, counterpart_committed: true}
changes: {KC-12: {cap: 500_000_000}}
"""


@pytest.fixture
def firms() -> None:
    by = system_actor()
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    for place, name in (("Xã Nga My, Tỉnh Thái Nguyên", "=Một"), ("Phường Hồng Bàng, Thành phố Hải Phòng", "Hai")):
        facts = {"name": name, "site_address": place, "workers": "40", "revenue": "9000000000", "processes": "Đúc"}
        create_enterprise(facts=facts, source=source, as_of=date(2026, 5, 1), by=by, at=NOW)


def _file(folder: Path, text: str) -> str:
    path = folder / "de-xuat.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_it_would_do(firms: None, run: Callable[..., Ran], tmp_path: Path) -> None:
    sheet = tmp_path / "ket-qua.xlsx"
    ran = run("simulate", _file(tmp_path, TEXT), "--xlsx", str(sheet), "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    (one,) = told["supports"]
    assert (told["firms"], one["support"], one["more"], one["gained"]) == (2, "KC-12", 1, 0)
    assert one["cost"] == {
        "before": {"eligible": 0, "unknown": 300_000_000, "most": 300_000_000},
        "after": {"eligible": 0, "unknown": 500_000_000, "most": 500_000_000},
        "change": 200_000_000,
    }
    assert one["matrix"]["unknown"] == {"eligible": 0, "unknown": 1, "not": 0}
    assert [each["code"] for each in one["by"]["province"]] == ["19", "31"]
    assert one["winners"]["top"][0]["name"] == "=Một"
    assert told["reform"]["changes"][0]["after"]["proposed"] is True
    book = load_workbook(sheet)
    assert book.sheetnames == [
        "Tổng hợp", "Đề xuất", "34 tỉnh", "63 tỉnh cũ", "Quy mô", "Ngành", "Được lợi", "Bị thiệt"
    ]  # fmt: skip
    row = [cell.value for cell in book["Được lợi"][2]]
    assert row[0] == "KC-12" and row[2] == "=Một" and row[-1] == 200_000_000
    assert book["Được lợi"]["C2"].data_type == "s"


def test_people_read_the_same(firms: None, run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("simulate", _file(tmp_path, TEXT))
    assert ran.code == 0
    assert "Đề xuất, không phải là luật." in ran.out
    assert "cap 300000000 → 500000000" in ran.out
    assert "Thái Nguyên: +200.000.000 đồng" in ran.out


def test_a_slip(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("simulate", _file(tmp_path, TEXT.replace("cap:", "capp:")), "--json")
    assert ran.code == 2
    error = json.loads(ran.out)["error"]
    assert error["code"] == "bad_reform"
    assert "de-xuat.yaml:5" in error["message"] and "“cap”" in error["message"]


def test_nobody_in_scope(firms: None, run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("simulate", _file(tmp_path, TEXT + 'scope: {province: ["24"]}'), "--json").code == 1


def test_the_example_of_the_manual(firms: None, run: Callable[..., Ran]) -> None:
    ran = run("simulate", str(EXAMPLE), "--json")
    assert ran.code == 0
    assert {"KC-12", "KC-21"} <= {one["support"] for one in json.loads(ran.out)["supports"]}
