"""Files as officers upload them: every format into the same grid, every bad file into a named refusal."""

import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from unicodedata import normalize

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from matxich.registry import reading
from matxich.registry.reading import workbook
from matxich.rulebook.lists.grid import CellError, Merge, kind, kind_at

HEADER = ["Tên", "MST"]
FIRM = ["Công ty A", "0100109106"]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def save_xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def rewrite(path: Path, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> Path:
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, change(data) if name == part else data)
    return path


def add_rows(rows: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")


def refused(path: Path) -> str:
    with pytest.raises(reading.UnreadableFile) as caught:
        reading.open_workbook(path)
    assert str(caught.value.message)
    assert str(caught.value.hint)
    return caught.value.code


def rows_of(path: Path) -> list[tuple[int, list[object]]]:
    (sheet,) = reading.open_workbook(path).sheets
    return list(sheet.rows)


# Formats


def test_xlsx_keeps_kinds_places_merges_and_never_evaluates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet["B3"] = "Tiêu đề"
    sheet.merge_cells("B3:D3")
    sheet["B5"], sheet["C5"], sheet["D5"], sheet["E5"] = 101234567, "0101234567", date(2024, 1, 2), True
    sheet["F5"], sheet["G5"], sheet["H5"] = "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)"
    sheet["G5"].data_type = "s"
    sheet["I5"], sheet["J5"] = "#N/A", 0.25
    sheet["I5"].data_type = "e"
    book.create_sheet("Ẩn").append(["x"])
    book["Ẩn"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    found = reading.open_workbook(tmp_path / "a.xlsx", "Danh sách.xlsx")

    assert (found.name, found.format, [s.sheet for s in found.sheets]) == (
        "Danh sách.xlsx",
        "xlsx",
        ["Danh sách", "Ẩn"],
    )
    first, hidden = found.sheets
    values = [
        None,
        101234567,
        "0101234567",
        date(2024, 1, 2),
        True,
        None,
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "#N/A",
        0.25,
    ]
    assert first.rows == [(3, [None, "Tiêu đề"]), (5, values)]
    assert [kind(value) for value in first.rows[1][1]] == [
        "empty", "number", "text", "date", "bool", "empty", "text", "text", "error", "number",
    ]  # fmt: skip
    assert isinstance(first.rows[1][1][8], CellError)
    assert first.merges == [Merge(3, 1, 3, 3)]
    assert [(note.code, note.row) for note in first.notes] == [("formula_without_result", 5)]
    assert (hidden.hidden, [note.code for note in hidden.notes]) == (True, ["hidden_sheet"])


def test_a_formula_gives_its_stored_result(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [["=1+1", 5]])
    rewrite(path, lambda xml: re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", xml))
    (sheet,) = reading.open_workbook(path).sheets
    assert sheet.rows == [(1, [2, 5])]
    assert [kind_at(sheet, 1, column, value) for column, value in enumerate(sheet.rows[0][1])] == [
        "formula-result",
        "number",
    ]


def test_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Trang 1")
    sheet.write_merge(0, 1, 0, 1, "Tiêu đề")
    sheet.write(3, 2, 101234567)
    sheet.write(3, 3, date(2024, 1, 2), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    book.save(tmp_path / "a.xls")
    found = reading.open_workbook(tmp_path / "a.xls")
    assert (found.format, found.sheets[0].sheet) == ("xls", "Trang 1")
    assert found.sheets[0].rows == [(1, ["Tiêu đề"]), (4, [None, None, 101234567, date(2024, 1, 2)])]
    assert found.sheets[0].merges == [Merge(1, 0, 2, 1)]


def test_ods_with_repeated_blank_rows_and_columns(tmp_path: Path) -> None:
    document, table = OpenDocumentSpreadsheet(), Table(name="Trang")
    title = TableRow()
    cell = TableCell(numbercolumnsspanned=2, valuetype="string")
    cell.addElement(P(text="Tiêu đề"))
    title.addElement(cell)
    title.addElement(CoveredTableCell())
    gap = TableRow(numberrowsrepeated=5)
    gap.addElement(TableCell(numbercolumnsrepeated=16384))
    data = TableRow()
    data.addElement(TableCell(valuetype="float", value=101234567))
    data.addElement(TableCell(valuetype="date", datevalue="2024-01-02"))
    data.addElement(TableCell(valuetype="float", value=0.5, numbercolumnsrepeated=2, formula="of:=1/2"))
    rest = TableRow(numberrowsrepeated=1_048_569)
    rest.addElement(TableCell(numbercolumnsrepeated=16384))
    for row in (title, gap, data, rest):
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "a.ods")
    found = reading.open_workbook(tmp_path / "a.ods")
    assert (found.format, found.sheets[0].sheet) == ("ods", "Trang")
    assert found.sheets[0].rows == [(1, ["Tiêu đề"]), (7, [101234567, date(2024, 1, 2), 0.5, 0.5])]
    assert found.sheets[0].merges == [Merge(1, 0, 1, 1)]
    assert found.sheets[0].formulas == frozenset({(7, 2)})


def windows_1258(text: str) -> bytes:
    out = b""
    for letter in text:
        parts = normalize("NFD", letter)
        base = normalize("NFC", "".join(p for p in parts if p not in TONES))
        out += base.encode("cp1258") + "".join(p for p in parts if p in TONES).encode("cp1258")
    return out


TABLE = "Tên doanh nghiệp{0}Mã\r\nCông ty TNHH Cơ khí Đại Phát{0}0100109106\r\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode(),
        lambda t: t.encode("utf-8-sig"),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        windows_1258,
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16 without mark", "windows-1258"],
)
def test_delimited_text_in_every_character_set(tmp_path: Path, separator: str, encode: Callable[[str], bytes]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(encode(TABLE.format(separator)))
    found = reading.open_workbook(path)
    assert (found.format, found.sheets[0].sheet) == ("csv", "")
    assert [(n, [normalize("NFC", str(v)) for v in values]) for n, values in found.sheets[0].rows] == [
        (1, ["Tên doanh nghiệp", "Mã"]),
        (2, ["Công ty TNHH Cơ khí Đại Phát", "0100109106"]),
    ]


def test_tcvn3_bytes_come_as_their_latin_look(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("Tªn;MST\nC«ng ty c¬ khÝ;1\n".encode("cp1252"))
    assert rows_of(tmp_path / "a.csv") == [(1, ["Tªn", "MST"]), (2, ["C«ng ty c¬ khÝ", "1"])]


def test_csv_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = 'sep=;\n"Tên ""chính"";\nhai dòng";MST\n\n;;\n=1+1;"a\nb"\n'
    (tmp_path / "a.csv").write_text(text)
    assert rows_of(tmp_path / "a.csv") == [(2, ['Tên "chính";\nhai dòng', "MST"]), (5, ["=1+1", "a\nb"])]


def test_an_unclosed_quote_does_not_swallow_the_list(tmp_path: Path) -> None:
    lines = ["Tên,MST", '"Công ty A,1', *(f"Công ty {n},{n}" for n in range(2, 3000))]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    (sheet,) = reading.open_workbook(tmp_path / "a.csv").sheets
    assert (len(sheet.rows), sheet.rows[1], sheet.rows[-1]) == (
        3000, (2, ['"Công ty A', "1"]), (3000, ["Công ty 2999", "2999"]),
    )  # fmt: skip
    assert [note.code for note in sheet.notes] == ["quotes_ignored"]


def test_html_saved_as_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(
        "<html><head><meta charset='utf-8'><style>td{}</style></head><body><table>"
        "<tr><th rowspan=2>STT</th><th colspan=2>Thông tin</th></tr><tr><td>Tên<td>MST</tr>"
        "<tr><td>1</td><td>Công ty<br>A &amp; B<script>alert(1)</script></td><td>010</td></tr></table></body></html>"
    )
    (sheet,) = reading.open_workbook(tmp_path / "a.xls").sheets
    assert sheet.rows == [(1, ["STT", "Thông tin"]), (2, [None, "Tên", "MST"]), (3, ["1", "Công ty\nA & B", "010"])]
    assert sheet.merges == [Merge(1, 0, 2, 0), Merge(1, 1, 1, 2)]


SPREADSHEETML = (
    '<?xml version="1.0"?>{doctype}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="DS"><Table>'
    '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Danh sách</Data></Cell>'
    '<Cell><Data ss:Type="Number">3</Data></Cell></Row>'
    '<Row ss:Index="4"><Cell ss:Index="2" ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


def test_excel_2003_xml_saved_as_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(SPREADSHEETML.format(doctype=""))
    found = reading.open_workbook(tmp_path / "a.xls")
    assert (found.format, found.sheets[0].sheet) == ("xml", "DS")
    assert found.sheets[0].rows == [(1, ["Danh sách", None, 3]), (4, [None, 2])]
    assert found.sheets[0].merges == [Merge(1, 0, 1, 1)]
    assert found.sheets[0].formulas == frozenset({(4, 1)})


def test_the_name_is_never_believed(tmp_path: Path) -> None:
    made = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM])
    for name in ("b.csv", "b.xls", "b.pdf"):
        made.rename(tmp_path / name)
        made = tmp_path / name
        assert rows_of(made) == [(1, HEADER), (2, FIRM)]


# Bad files


def test_files_that_are_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for content in (b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"\x00\x01\x02\x03" * 100, b"<svg xmlns='x'/>"):
        path.write_bytes(content)
        assert refused(path) == "not_a_spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(path) == "not_a_spreadsheet"


def test_empty_files(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for content in (b"", b"\xef\xbb\xbf", b"\n\n ;;\n"):
        path.write_bytes(content)
        assert refused(path) == "empty"
    assert refused(save_xlsx(tmp_path / "a.xlsx", [])) == "empty"


def test_encrypted_files(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (tmp_path / "a.xlsx").write_bytes(ole + bytes(500) + "EncryptedPackage\0".encode("utf-16-le") + bytes(500))
    assert refused(tmp_path / "a.xlsx") == "encrypted"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
        archive.writestr("content.xml", b"\x12\x34")
    assert refused(tmp_path / "a.ods") == "encrypted"


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "x")
    book.save(tmp_path / "a.xls")
    data = (tmp_path / "a.xls").read_bytes()
    code_page = data.index(b"\x42\x00\x02\x00")  # turned into FilePass, which says that the rest is encrypted
    (tmp_path / "a.xls").write_bytes(data[:code_page] + b"\x2f\x00\x02\x00" + data[code_page + 4 :])
    assert refused(tmp_path / "a.xls") == "encrypted"


def test_truncated_files_at_every_length(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]).read_bytes()
    for length in range(4, len(whole) - 1, 97):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        assert refused(tmp_path / "b.xlsx") == "corrupt"
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "x")
    book.save(tmp_path / "a.xls")
    whole = (tmp_path / "a.xls").read_bytes()
    for length in range(16, 512 * 3, 111):
        (tmp_path / "b.xls").write_bytes(whole[:length])
        assert refused(tmp_path / "b.xls") == "corrupt"


def test_damaged_bytes_are_refused_or_read_never_an_accident(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]).read_bytes()
    for at in range(0, len(whole), 53):
        (tmp_path / "b.xlsx").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            reading.open_workbook(tmp_path / "b.xlsx")
        except reading.UnreadableFile as refusal:
            assert refusal.code in {
                "corrupt",
                "empty",
                "encrypted",
                "not_a_spreadsheet",
                "unsupported_spreadsheet",
                "zip_bomb",
            }


def test_a_zip_bomb_is_refused_before_it_inflates(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM])
    rewrite(path, add_rows(b" " * 200_000_000))
    tracemalloc.start()
    assert refused(path) == "zip_bomb"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM])
    rewrite(path, add_rows(b" " * 100_000_000))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little")))
    assert refused(path) == "corrupt"


def test_entities_and_document_types_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    (tmp_path / "a.xls").write_text(SPREADSHEETML.format(doctype=bomb))
    assert refused(tmp_path / "a.xls") == "corrupt"


def test_a_cell_at_the_far_corner_allocates_nothing(tmp_path: Path) -> None:
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(rewrite(save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]), add_rows(corner))) == "too_many_cells"


def test_a_false_dimension_is_not_believed(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM])
    rewrite(path, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml))
    assert rows_of(path) == [(1, HEADER), (2, FIRM)]


def test_cells_without_addresses_count_from_the_left(tmp_path: Path) -> None:
    nameless = b'<row><c><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row>'
    path = rewrite(save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]), add_rows(nameless))
    assert rows_of(path) == [(1, HEADER), (2, FIRM), (3, [1, "x"])]


def test_two_million_blank_rows_cost_little(tmp_path: Path) -> None:
    blank = b"".join(b'<row r="%d" s="3"><c r="A%d" s="1"/></row>' % (row, row) for row in range(3, 1_000_003))
    path = rewrite(save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]), add_rows(blank))
    (tmp_path / "a.csv").write_text("Tên;MST\nCông ty A;0100109106\n" + ";;;;\n" * 2_000_000)
    for file in (path, tmp_path / "a.csv"):
        before = process_time()
        assert rows_of(file) == [(1, HEADER), (2, FIRM)]
        assert process_time() - before < 30


def test_a_giant_cell_is_cut_and_reported_and_its_row_kept(tmp_path: Path) -> None:
    giant = (
        b'<row r="4"><c r="A4" t="inlineStr"><is><t>'
        + b"0123456789" * 1_045_000
        + b'</t></is></c><c r="B4"><v>5</v></c></row>'
    )
    path = rewrite(save_xlsx(tmp_path / "a.xlsx", [HEADER, FIRM]), add_rows(giant))
    (tmp_path / "a.csv").write_text("Tên;MST\n\n\n" + "0123456789" * 1_045_000 + ";5\n")
    for file, five in ((path, 5), (tmp_path / "a.csv", "5")):
        (sheet,) = reading.open_workbook(file).sheets
        assert (sheet.rows[-1][0], len(sheet.rows[-1][1][0]), sheet.rows[-1][1][1]) == (4, workbook.MAX_TEXT, five)
        assert [(note.code, note.row, note.column, note.params["length"]) for note in sheet.notes] == [
            ("cell_cut", 4, "A", 10_450_000)
        ]


def test_too_many_filled_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook.Budget.__init__, "__defaults__", (20,))
    assert len(rows_of(save_xlsx(tmp_path / "a.xlsx", [[1, 2]] * 10))) == 10
    assert refused(save_xlsx(tmp_path / "a.xlsx", [[1, 2]] * 11)) == "too_many_cells"
    (tmp_path / "a.csv").write_text("1;2\n" * 11)
    assert refused(tmp_path / "a.csv") == "too_many_cells"


def test_a_repeated_ods_cell_cannot_multiply_without_end(tmp_path: Path) -> None:
    document, table = OpenDocumentSpreadsheet(), Table(name="T")
    row = TableRow(numberrowsrepeated=1_000_000)
    row.addElement(TableCell(valuetype="float", value=1, numbercolumnsrepeated=16000))
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "a.ods")
    assert refused(tmp_path / "a.ods") == "too_many_cells"


def test_unsupported_spreadsheets_say_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert refused(tmp_path / "a.xlsb") == "unsupported_spreadsheet"
    (tmp_path / "a.xls").write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n")
    assert refused(tmp_path / "a.xls") == "unsupported_spreadsheet"


def test_a_missing_file_is_a_refusal(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "corrupt"
