"""Rejected rows go out as a workbook and come back corrected: known again, taken in once, counted on the first page."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from matxich.documents.spreadsheets import write_xlsx
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.registry.actions import import_list, rebuild, undo_import
from matxich.registry.actions.correcting import AnotherSendersRows
from matxich.registry.models import Enterprise, Import, ImportRow, Source, Statement
from matxich.registry.queries import visible_enterprises
from matxich.registry.queries.list_changes import comparison
from matxich.registry.queries.rejected import corrected_since, rejected_sheets
from tests.conftest import NOW, World

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
SENDER, DAY = "Hiệp hội Cơ khí", date(2026, 6, 30)
GOOD = ("Công ty TNHH Cơ khí Bình Minh", "9991274607", "xã An Dương, Hải Phòng", "Khuôn mẫu", "80", "0912345678")
NAMELESS = ("", "123", "xã An Dương, Hải Phòng", "=HYPERLINK(1)", "12.5", "0083456789")
BLANK = ("-", "", "phường Thủy Nguyên, Hải Phòng", "Ốc vít", "007", "")


def take(path: Path, by: Actor, source: str = SENDER, **changes: Any) -> dict[str, Any]:
    return import_list(path, source_name=source, by=by, at=NOW, **changes)


@pytest.fixture
def first(write_list: Write, system: Actor) -> Import:
    take(write_list(GOOD, NAMELESS, BLANK, name="ds.csv"), system, as_of=DAY)
    return Import.objects.get()


def workbook(batch: Import, path: Path) -> Path:
    write_xlsx(path, [(sheet.name, sheet.headers, sheet.rows) for sheet in rejected_sheets(batch)])
    return path


def corrected(batch: Import, path: Path, changes: dict[tuple[int, str], object]) -> Path:
    """The workbook with cells changed: (row counted from 1 below the header, header) → value."""
    book = openpyxl.load_workbook(workbook(batch, path))
    sheet = book.active
    at = {cell.value: cell.column for cell in sheet[1]}
    for (row, header), value in changes.items():
        sheet.cell(row + 1, at[header], value)
    book.save(path)
    return path


NAME, CODE = "Tên doanh nghiệp", "Mã dòng (giữ nguyên)"
BOTH = {(1, NAME): "Công ty TNHH Đúc Hải Nam", (2, NAME): "HTX Ốc vít Thủy Nguyên"}


def test_the_workbook_keeps_cells_as_typed_and_says_what_to_do(first: Import, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(workbook(first, tmp_path / "k.xlsx")).active
    header, one, two = (list(row) for row in sheet.iter_rows(values_only=True))
    assert header == [
        "Trang trong tệp đã gửi", "Dòng trong tệp đã gửi", "Lý do không nhận", "Cần làm gì",
        "Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Sản phẩm chính", "Lao động", "Điện thoại", CODE,
    ]  # fmt: skip
    assert one[4:10] == [None, "123", "xã An Dương, Hải Phòng", "=HYPERLINK(1)", "12.5", "0083456789"]
    assert two[4:10] == ["-", None, "phường Thủy Nguyên, Hải Phòng", "Ốc vít", "007", None]
    formula = sheet.cell(2, 8)
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert [row[1] for row in (one, two)] == [3, 4]
    assert one[2] == "A: Dòng không có tên dùng được, cũng không có mã số thuế hợp lệ."


def test_in_english_it_is_known_again_too(first: Import, tmp_path: Path, system: Actor) -> None:
    with translation.override("en"):
        path = corrected(first, tmp_path / "k.xlsx", BOTH)
    header = [cell.value for cell in openpyxl.load_workbook(path).active[1]]
    assert header[:4] == ["Sheet in the file sent", "Row in the file sent", "Why it was not taken in", "What to do"]
    report = take(path, system)
    assert (report["corrects"], report["accepted"]) == (first.pk, 2)


def test_corrected_rows_are_taken_in_and_both_imports_know(first: Import, tmp_path: Path, system: Actor) -> None:
    path = corrected(first, tmp_path / "sửa.xlsx", BOTH)
    rehearsed = take(path, system, dry_run=True)
    report = take(path, system)
    second = Import.objects.latest("pk")
    assert rehearsed == report
    assert (second.corrects, second.as_of, report["accepted"], report["compared_with"]) == (first, DAY, 2, None)
    originals = [row.corrects.row for row in ImportRow.objects.filter(batch=second).select_related("corrects")]  # type: ignore[union-attr]
    assert originals == [3, 4]
    firm = Enterprise.objects.get(name="HTX Ốc vít Thủy Nguyên")
    assert Statement.objects.get(enterprise=firm, field="workers").value == 7
    found = corrected_since(first)
    assert found and (found.rejected, found.done, found.waiting, found.imports) == (2, 2, 0, (second,))
    assert Entry.objects.get(action="import.correct").object_id == str(second.pk)
    assert Source.objects.get().mapping["ten doanh nghiep"]["list"] == first.pk
    assert "ly do khong nhan" not in Source.objects.get().mapping
    assert rebuild(by=system, at=NOW).found == []


def test_only_some_corrected_the_rest_comes_back_again(first: Import, tmp_path: Path, system: Actor) -> None:
    report = take(corrected(first, tmp_path / "1.xlsx", {(1, NAME): "Công ty TNHH Đúc Hải Nam"}), system)
    second = Import.objects.latest("pk")
    assert (report["accepted"], len(report["rejected"])) == (1, 1)
    again = corrected(second, tmp_path / "2.xlsx", {(1, NAME): "HTX Ốc vít Thủy Nguyên"})
    third = take(again, system)
    assert (third["corrects"], third["accepted"], third["rows"]) == (first.pk, 1, 1)
    found = corrected_since(first)
    assert found and (found.done, len(found.imports)) == (2, 2)


def test_what_was_taken_in_is_not_told_twice(first: Import, tmp_path: Path, system: Actor) -> None:
    take(corrected(first, tmp_path / "1.xlsx", {(1, NAME): "Công ty TNHH Đúc Hải Nam"}), system)
    firms, told = visible_enterprises().count(), Statement.objects.count()
    report = take(corrected(first, tmp_path / "2.xlsx", BOTH | {(1, NAME): "Công ty Đúc Khác"}), system)
    assert (report["accepted"], visible_enterprises().count()) == (1, firms + 1)
    assert [r["reason"] for r in report["rejected"]] == ["Dòng này đã được nhận trong một tệp sửa khác."]
    assert not Statement.objects.filter(value="Công ty Đúc Khác").exists()
    assert Statement.objects.count() > told
    assert rejected_sheets(Import.objects.latest("pk")) == []


def test_a_row_added_or_one_whose_code_was_filled_down_is_not_taken_in(
    first: Import, tmp_path: Path, system: Actor
) -> None:
    path = corrected(first, tmp_path / "1.xlsx", BOTH)
    book = openpyxl.load_workbook(path)
    code = book.active.cell(2, 11).value
    book.active.append(["", "", "", "", "Công ty Thêm Vào", "", "", "", "", "", ""])
    filled_down = code[:-1] + str((int(code[-1]) + 1) % 10)
    book.active.append(["", "", "", "", "Công ty Kéo Xuống", "", "", "", "", "", filled_down])
    book.active.append(["", "", "", "", "Công ty Chép Lại", "", "", "", "", "", code])
    book.save(path)
    report = take(path, system)
    assert (report["accepted"], [r["row"] for r in report["rejected"]]) == (2, [4, 5, 6])
    assert sorted(firm.name for firm in visible_enterprises()) == sorted([GOOD[0], *BOTH.values()])


def test_an_undone_correction_makes_room_for_another(first: Import, tmp_path: Path, system: Actor) -> None:
    take(corrected(first, tmp_path / "1.xlsx", BOTH), system)
    undo_import(batch=Import.objects.latest("pk"), by=system, at=NOW, reason="Nhầm")
    assert corrected_since(first) is None
    again = take(corrected(first, tmp_path / "2.xlsx", BOTH | {(1, NAME): "Công ty TNHH Đúc Hải Nam 2"}), system)
    assert again["accepted"] == 2


def test_corrected_rows_belong_to_their_list_when_the_next_one_comes(
    first: Import, tmp_path: Path, system: Actor, write_list: Write
) -> None:
    take(corrected(first, tmp_path / "1.xlsx", BOTH), system)
    path = write_list(("HTX Ốc vít Thủy Nguyên", *BLANK[1:]), name="next.csv")
    compared = take(path, system, as_of=date(2026, 12, 31))["compared_with"]
    assert compared == {"import": first.pk, "new": 0, "gone": 2, "changed": 0, "unchanged": 1}
    assert comparison(first) is None


def test_under_another_sender_it_is_refused_and_says_which(first: Import, tmp_path: Path, system: Actor) -> None:
    path = corrected(first, tmp_path / "1.xlsx", BOTH)
    for rehearsal in (True, False):
        with pytest.raises(AnotherSendersRows, match="do “Hiệp hội Cơ khí” gửi"):
            take(path, system, "Sở Công Thương", dry_run=rehearsal)
    assert Import.objects.get(source__name="Sở Công Thương").state == "failed"


def test_codes_of_a_list_nobody_knows_make_an_ordinary_list(first: Import, tmp_path: Path, system: Actor) -> None:
    path = corrected(first, tmp_path / "1.xlsx", BOTH | {(1, CODE): "R9999-1-00", (2, CODE): ""})
    report = take(path, system)
    assert (report["corrects"], report["accepted"]) == (None, 2)


def test_another_agencys_rejected_rows_are_not_to_be_corrected(
    write_list: Write, tmp_path: Path, world: World, as_actor: Callable[[object], Actor]
) -> None:
    take(write_list(GOOD, NAMELESS, name="ds.csv"), as_actor(world.owner))
    path = corrected(Import.objects.get(), tmp_path / "1.xlsx", {(1, NAME): "Công ty TNHH Đúc Hải Nam"})
    with pytest.raises(Denied):
        take(path, as_actor(world.stranger))
    assert take(path, as_actor(world.colleague))["accepted"] == 1


def test_on_pages(write_list: Write, world: World, sign_in: Callable[[object], Client], tmp_path: Path) -> None:
    officer = sign_in(world.owner)

    def upload(path: Path) -> Import:
        file = SimpleUploadedFile(path.name, path.read_bytes())
        officer.post(reverse("registry:imports"), {"file": file, "source": SENDER, "kind": "association_list"})
        return Import.objects.latest("pk")

    def taken(batch: Import) -> Import:
        page = officer.get(reverse("registry:import_columns", kwargs={"pk": batch.pk}))
        told = {c.name: c.chosen or "-" for table in page.context["page"].tables for c in table.columns}
        told |= {"t0": "on", "mark": page.context["mark"], "go": "stage"}
        officer.post(reverse("registry:import_columns", kwargs={"pk": batch.pk}), told)
        return batch

    first = taken(upload(write_list(GOOD, NAMELESS, BLANK, name="ds.csv")))
    link = reverse("registry:import_rejected", kwargs={"pk": first.pk})
    content = officer.get(link).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["E2"] = "Công ty TNHH Đúc Hải Nam"
    book.save(tmp_path / "sua.xlsx")
    second = upload(tmp_path / "sua.xlsx")
    columns = officer.get(reverse("registry:import_columns", kwargs={"pk": second.pk}))
    assert "sửa các dòng không nhận của “ds.csv”" in columns.content.decode()
    assert columns.context["page"].sender.fresh == columns.context["page"].sender.missing == ()
    check = officer.get(reverse("registry:import_check", kwargs={"pk": taken(second).pk}))
    assert "sửa các dòng không nhận của “ds.csv”" in check.content.decode()
    before = officer.get(reverse("registry:import_check", kwargs={"pk": first.pk}))
    assert (before.context["corrected"].done, before.context["corrected"].waiting) == (0, 1)
    officer.post(reverse("registry:import_publish", kwargs={"pk": second.pk}))
    after = officer.get(reverse("registry:import_check", kwargs={"pk": first.pk}))
    assert "1 trong 2 dòng không nhận đã được sửa và nhận." in after.content.decode()
