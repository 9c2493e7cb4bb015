"""A workbook whose sheet holds two tables next to each other, from the file to the register."""

from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from matxich.registry.actions import import_list, rebuild
from matxich.registry.models import Import, ImportRow, Statement
from matxich.registry.queries.cells import Layout
from matxich.registry.queries.passport import provenance
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
LEFT = [
    ("STT", "Tên doanh nghiệp", "Mã số thuế"),
    (1, "Công ty TNHH Cơ khí Bình Minh", "9991274607"),
    (2, None, "sai"),
    (3, "Công ty TNHH Sao Vàng Mẫu", None),
]
RIGHT = [
    ("STT", "Tên doanh nghiệp", "Lao động"),
    (1, "Công ty TNHH Hòa Phát Mẫu", "rất nhiều"),
    (2, None, 40),
    (3, "Công ty TNHH Trăng Khuyết Mẫu", 50),
    (4, "Công ty TNHH Bắc Đẩu Mẫu", 60),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hai bảng"
    sheet["A1"] = "DANH SÁCH DOANH NGHIỆP"
    for first, rows in ((1, LEFT), (5, RIGHT)):
        for down, row in enumerate(rows, 3):
            for across, value in enumerate(row, first):
                sheet.cell(down, across, value)
    book.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


def test_every_row_of_both_is_accepted_or_rejected_once(path, system):
    report = import_list(path, source_name="Sở", by=system, at=NOW)
    assert (report["rows"], report["accepted"], report["new"]) == (7, 5, 5)
    rejected = [(told["sheet"], told["row"], told["columns"], told["column"]) for told in report["rejected"]]
    assert rejected == [("Hai bảng", 5, "A:C", "B"), ("Hai bảng", 5, "E:G", "F")]
    (warning,) = report["warnings"]
    assert (warning["row"], warning["columns"], warning["column"]) == (4, "E:G", "G")
    assert [line["row"] for line in report["skipped"]] == [1, 2, 3]
    places = list(ImportRow.objects.order_by("id").values_list("row", "span"))
    assert places == [(4, "A:C"), (5, "A:C"), (6, "A:C"), (4, "E:G"), (5, "E:G"), (6, "E:G"), (7, "E:G")]
    fact = Statement.objects.get(field="workers", value=50)
    assert (provenance(fact).cell, provenance(fact).raw) == ("G6", "50")
    assert rebuild(by=system, at=NOW).found == []


def test_a_rehearsal_tells_the_same_and_a_second_time_changes_nothing(path, system):
    rehearsed = import_list(path, source_name="Sở", by=system, at=NOW, dry_run=True)
    first = import_list(path, source_name="Sở", by=system, at=NOW)
    assert rehearsed == first
    again = import_list(path, source_name="Sở", by=system, at=NOW)
    assert (again["linked"], again["new"], again["rejected"]) == (5, 0, first["rejected"])


def test_each_row_knows_the_columns_of_its_own_table(path, system, world, sign_in):
    import_list(path, source_name="Sở", by=system, at=NOW)
    layout = Layout(Import.objects.get())
    fields = [[column["field"] for column in layout.columns(row).values()] for row in ImportRow.objects.order_by("id")]
    assert fields == [["order_number", "name", "tax_code"]] * 3 + [["order_number", "name", "workers"]] * 4
    batch, client = Import.objects.get(), sign_in(world.ministry)
    result = client.get(reverse("registry:import_result", kwargs={"pk": batch.pk})).content.decode()
    assert result.count("E:G") == 4
    row = ImportRow.objects.get(row=6, span="E:G")
    page = client.get(reverse("registry:import_row", kwargs={"pk": batch.pk, "row": row.pk})).content.decode()
    assert "bảng ở các cột E:G" in page
