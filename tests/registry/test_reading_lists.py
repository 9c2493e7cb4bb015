"""From an uploaded file to clean rows: what an officer's list becomes, on invented and on real lists."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from matxich.registry.reading import open_workbook
from matxich.rulebook.lists.columns import map_columns
from matxich.rulebook.lists.rows import read_rows
from matxich.rulebook.lists.tables import find_tables


def mapped(path: Path) -> list[dict[str, str | None]]:
    """For each table of a file, header → field; proves on the way that every row is accounted for once."""
    tables = []
    for sheet in open_workbook(path).sheets:
        found = find_tables(sheet)
        seen = Counter(row.number for table in found.tables for row in table.rows)
        seen += Counter(n for skipped in found.skipped for n in range(skipped.row, skipped.last_row + 1))
        assert seen == Counter(range(1, sheet.last_row + 1))
        tables += [{guess.header: guess.field for guess in map_columns(table)} for table in found.tables]
    return tables


def test_a_messy_workbook_end_to_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet2"
    sheet["B2"] = "DANH SÁCH DOANH NGHIỆP KHU KINH TẾ, QUÝ III"
    sheet.merge_cells("B2:H2")
    for column, text in zip(
        "BCDEFGH", ["STT", "Tên DN", "Mã số", "Địa chỉ", None, "LĐ", "Doanh thu (tỷ đồng)"], strict=True
    ):
        sheet[f"{column}4"] = text
    sheet["E5"], sheet["F5"] = "Trụ sở", "Nhà máy"
    sheet.merge_cells("E4:F4")
    for column in "BCDGH":
        sheet.merge_cells(f"{column}4:{column}5")
    sheet["B6"] = "I. Ngành cơ khí"
    sheet.merge_cells("B6:H6")
    sheet.append([None, 1, "C«ng ty TNHH §óc Lam S¬n", 100109106, "Hµ Néi", "KCN Trµng DuÖ", 164, "1,5"])
    sheet.append([None, 2, "C«ng ty c¬ khÝ B¾c", "0100109107", "H¶i Phßng", None, "1,2", 2])
    sheet.append([None, 3, None, None, "H¶i Phßng", None, 9, None])
    sheet.append([None, None, "Tæng céng", None, None, None, 175, 3.5])
    sheet.append([])
    sheet.append([None, None, None, None, None, None, "Ng­êi lËp biÓu"])
    book.save(tmp_path / "DS_DN_KKT.xlsx")

    (grid,) = open_workbook(tmp_path / "DS_DN_KKT.xlsx").sheets
    found = find_tables(grid)
    (table,) = found.tables
    guesses = map_columns(table)
    rows = list(read_rows(table, guesses, latest_year=2026))

    assert (table.title, table.start) == ("DANH SÁCH DOANH NGHIỆP KHU KINH TẾ, QUÝ III", "B4")
    assert [(g.letter, g.field, g.encoding) for g in guesses] == [
        ("B", "order_number", None), ("C", "name", "TCVN3"), ("D", "tax_code", None), ("E", "address", "TCVN3"),
        ("F", "site_address", "TCVN3"), ("G", "workers", None), ("H", "revenue", None),
    ]  # fmt: skip
    assert [(s.row, s.reason) for s in found.skipped] == [
        (1, "blank"), (2, "title"), (3, "blank"), (4, "header"), (5, "header"), (6, "section"), (10, "total"),
        (11, "blank"), (12, "signature"),
    ]  # fmt: skip
    assert [(row.row, row.first("name"), row.first("tax_code"), row.sections) for row in rows] == [
        (7, "Công ty TNHH Đúc Lam Sơn", "0100109106", ("Ngành cơ khí",)),
        (8, "Công ty cơ khí Bắc", None, ("Ngành cơ khí",)),
        (9, None, None, ("Ngành cơ khí",)),
    ]
    assert rows[0].first("site_address") == "KCN Tràng Duệ"
    assert rows[0].first("revenue") == {"amount": 1_500_000_000, "currency": "VND"}
    assert [(w.row, w.column, w.reason, w.kept_as) for row in rows for w in row.warnings] == [
        (7, "D", "leading_zero", "tax_code"),
        (8, "D", "check_digit", "tax_code_unverified"),
        (8, "G", "not_whole", "workers_unverified"),
    ]
    assert [(r.row, r.column, r.reason) for row in rows if (r := row.rejected)] == [(9, "C", "no_name_no_identifier")]


REAL = {
    "lists/listed_companies_2023_vi.csv": {
        "ticker": "stock_code", "comGroupCode": None, "organName": "name", "organShortName": "name_short",
        "icbName": "industries", "sector": "sectors", "industry": "industries", "group": None, "subgroup": None,
        "icbCode": None,
    },
    "lists/industrial_parks_points_sample.csv": {"name_as_mapped": "zone", "lon": "longitude", "lat": "latitude"},
    "lists/industrial_parks_trilingual_sample.csv": {
        "province_2025": "province", "name_vi": "name", "name_en": "name_en", "name_ja": "name_ja",
    },
    "linkage/oar_seed_lists_world.csv": {
        "source": None, "source_row": None, "country": "country", "name": "name", "address": "address",
    },
    "linkage/vn_factories_records.csv": {
        "rid": "external_id", "source": None, "source_row": None, "name": "name", "address": "address",
        "country": "country", "os_id": "external_id", "lat": "latitude", "lon": "longitude", "workers": "workers",
        "product_type": "products", "gold_cluster": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_lists(private_data: Path, name: str) -> None:
    assert mapped(private_data / name) == [REAL[name]]


def test_every_row_of_the_listed_companies_is_an_enterprise(private_data: Path) -> None:
    (grid,) = open_workbook(private_data / "lists" / "listed_companies_2023_vi.csv").sheets
    (table,) = find_tables(grid).tables
    rows = list(read_rows(table, map_columns(table), latest_year=2026))
    assert (len(rows), [row.row for row in rows if row.rejected], [row.warnings for row in rows if row.warnings]) == (
        1612,
        [],
        [],
    )
