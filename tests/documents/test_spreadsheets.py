"""What we export never runs on the reader's machine, and comes back as it was."""

import io
import re
import tempfile
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.documents.spreadsheets import (
    RISKY,
    csv_lines,
    csv_pieces,
    neutralised,
    sheet_name,
    write_xlsx,
    xlsx_pieces,
)

ATTACKS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


def test_xlsx_keeps_attacks_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [("Lỗi: [1/2]", ["Giá trị"], [[text] for text in ATTACKS])])
    sheet = openpyxl.load_workbook(path).active
    cells = [sheet.cell(row=n, column=1) for n in range(2, len(ATTACKS) + 2)]
    assert [(cell.data_type, cell.value, cell.quotePrefix) for cell in cells] == [("s", text, True) for text in ATTACKS]
    assert sheet.title == "Lỗi   1 2"


def test_xlsx_keeps_kinds(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [("A", ["a", "b", "c", "d", "e"], [["Đúc & <Dập>", 5, Decimal("1.5"), date(2026, 11, 20), None]])])
    row = next(openpyxl.load_workbook(path).active.iter_rows(min_row=2))
    assert [cell.value for cell in row][:3] == ["Đúc & <Dập>", 5, 1.5]
    assert row[3].value.date() == date(2026, 11, 20)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=5))
def test_xlsx_gives_back_any_text(texts: list[str]) -> None:
    """But for the letters no XML can hold."""
    made = io.BytesIO(b"".join(xlsx_pieces([("A", ["a"], [[text] for text in texts])])))
    found = [cell.value or "" for (cell,) in openpyxl.load_workbook(made).active.iter_rows(min_row=2)]
    written = [re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text) for text in texts]
    expected = [text.replace("\r\n", "\n").replace("\r", "\n") for text in written]
    assert found + [""] * (len(expected) - len(found)) == expected


def test_what_reads_like_a_numbered_letter_stays_as_it_is() -> None:
    made = io.BytesIO(b"".join(xlsx_pieces([("A", ["a"], [["_x0041_ _x0041_"]])])))
    assert "_x005F_x0041_ _x005F_x0041_" in zipfile.ZipFile(made).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_begins_before_its_rows_are_known_and_leaves_nothing(form, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "scraps"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    read = []

    def rows():
        for number in range(100_000):
            read.append(number)
            yield [f"Doanh nghiệp {number}"]

    pieces = csv_pieces(["a"], rows()) if form == "csv" else xlsx_pieces([("A", ["a"], rows())])
    assert next(pieces)[:2] == {"csv": b"\xef\xbb", "xlsx": b"PK"}[form]
    assert read == []
    next(pieces)
    assert 0 < len(read) < 2_000
    pieces.close()
    assert list(folder.iterdir()) == []


def test_csv_is_what_excel_opens() -> None:
    assert list(csv_lines(["Tên", "Ngày"], [["=1+1", date(2026, 11, 20)], ["a;b", None]])) == [
        "\ufeffTên;Ngày\r\n",
        "'=1+1;20/11/2026\r\n",
        '"a;b";\r\n',
    ]


@given(st.text(max_size=80))
def test_no_neutralised_text_begins_like_a_formula(text: str) -> None:
    assert not str(neutralised(text)).startswith(RISKY)


@given(st.text(max_size=60))
def test_every_sheet_name_is_accepted(text: str) -> None:
    name = sheet_name(text)
    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
