"""What we export never runs on the reader's machine, and comes back as it was."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from matxich.documents.spreadsheets import RISKY, csv_lines, neutralised, sheet_name, write_xlsx

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
