"""Three dirty lists of the invented firms, overlapping, as three offices would keep them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from demo.firms import Firm, tax_code

TCVN3 = str.maketrans(
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢§£¤¥¦",
)
Row = list[Any]
DOUBTFUL = 3


def write_lists(firms: list[Firm], folder: Path, seed: int = 34) -> list[tuple[Path, str, str]]:
    """Write the three workbooks; returns (path, sender, the list's date)."""
    chance = Random(seed)
    department = [firm for firm in firms if chance.random() < 0.78]
    zones = [firm for firm in firms if firm.site.zone and chance.random() < 0.8]
    covered = {firm.number for firm in department} | {firm.number for firm in zones}
    association = [firm for firm in firms if firm.number not in covered or chance.random() < 0.35]
    made: list[tuple[str, str, str, Callable[[Path, list[Firm], Random], None], list[Firm]]] = [
        ("DS CNHT tong hop 2025 (final).xlsx", "Sở Công Thương (dữ liệu mẫu)", "2025-06-15", _department, department),
        ("DS_DN_KCN_Q3_2026.xlsx", "Ban Quản lý khu công nghiệp (dữ liệu mẫu)", "2026-09-30", _zones, zones),
        (
            "Hoi vien hiep hoi 2026.xlsx",
            "Hiệp hội công nghiệp hỗ trợ (dữ liệu mẫu)",
            "2026-03-31",
            _association,
            association,
        ),
    ]
    result = []
    for name, sender, as_of, write, chosen in made:
        write(folder / name, chosen, chance)
        result.append((folder / name, sender, as_of))
    return result


def _department(path: Path, firms: list[Firm], chance: Random) -> None:
    """Merged titles, a two-row header, section heads, totals, a signature; districts still in the addresses."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Tổng hợp"), book.add_format({"bold": True, "align": "center"})
        sheet.merge_range("A1:K1", "ỦY BAN NHÂN DÂN TỈNH (DỮ LIỆU MẪU)", bold)
        sheet.merge_range("A2:K2", "DANH SÁCH DOANH NGHIỆP CÔNG NGHIỆP HỖ TRỢ", bold)
        sheet.merge_range("A3:K3", "(Kèm theo công văn mẫu, số liệu đến 15/6/2025)")
        for column, title in enumerate(
            ["STT", "Tên doanh nghiệp", "MST", "Địa chỉ nhà máy", "Lĩnh vực", "Sản phẩm chính"]
        ):
            sheet.merge_range(4, column, 5, column, title, bold)
        sheet.merge_range("G5:H5", "Quy mô", bold)
        sheet.write_row("G6", ["Lao động", "Doanh thu (tỷ đồng)"], bold)
        for column, title in enumerate(["Hệ thống quản lý", "Năm thành lập", "Ghi chú"], start=8):
            sheet.merge_range(4, column, 5, column, title, bold)
        sheet.write_row(6, 0, [f"({n})" for n in range(1, 12)])
        line, serial = 7, 0
        for roman, sector in zip(("I", "II", "III", "IV", "V", "VI"), _sectors(firms), strict=False):
            sheet.write_row(line, 0, [roman, f"Ngành {sector.lower()}"], bold)
            line += 1
            for firm in (f for f in firms if f.trade.sector == sector):
                serial += 1
                sheet.write_row(line, 0, _department_row(serial, firm, chance))
                line += 1
        sheet.write_row(line, 0, ["", "Tổng cộng", "", "", "", "", sum(f.workers for f in firms)], bold)
        sheet.write(line + 2, 8, "NGƯỜI LẬP BIỂU")
        sheet.write(line + 3, 8, "(Ký, ghi rõ họ tên)")


def _department_row(serial: int, firm: Firm, chance: Random) -> Row:
    name = (
        firm.name.upper()
        if chance.random() < 0.2
        else firm.name.replace("Công ty", "Cty")
        if chance.random() < 0.25
        else firm.name
    )
    code: Any = int(firm.tax_code) if chance.random() < 0.5 else firm.tax_code
    if chance.random() < 0.03:
        code = firm.tax_code[:-1] + str((int(firm.tax_code[-1]) + 1) % 10)
    workers: Any = f"khoảng {firm.workers}" if chance.random() < 0.08 else firm.workers
    note = "đã chuyển lô" if chance.random() < 0.05 else ""
    return [
        serial,
        name,
        code,
        firm.old_address,
        firm.trade.sector,
        "; ".join(firm.products),
        workers,
        firm.revenue_billion,
        ", ".join(firm.certificates),
        firm.founded,
        note,
    ]


def _zones(path: Path, firms: list[Firm], chance: Random) -> None:
    """A sheet a zone group, English names, one sheet still typed in an old font, two tables on one sheet."""
    header = [
        "TT",
        "Tên DN",
        "Tên tiếng Anh",
        "Mã số thuế",
        "Lô, KCN, địa chỉ",
        "Ngành nghề",
        "Máy móc thiết bị",
        "Lao động",
        "Vốn điều lệ (tỷ đồng)",
        "Vốn nước ngoài (%)",
    ]
    half = len(firms) // 2
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        first, second = book.add_worksheet("Unicode"), book.add_worksheet("Font cu")
        third = half // 2
        _table(first, 0, header, [_zone_row(n, f) for n, f in enumerate(firms[:third], 1)], bold)
        first.write(third + 2, 0, "Bảng 2. Doanh nghiệp điều chỉnh trong quý", bold)
        _table(first, third + 3, header, [_zone_row(n, f) for n, f in enumerate(firms[third:half], 1)], bold)
        rows = [_zone_row(n, f) for n, f in enumerate(firms[half:], 1)]
        _table(second, 1, header, [[_old_font(cell) for cell in row] for row in rows], bold)
        for row in chance.sample(range(2, len(rows) + 2), k=min(3, len(rows))):
            second.write(row, 7, "chưa rõ")


def _zone_row(serial: int, firm: Firm) -> Row:
    return [
        serial,
        firm.name,
        firm.name_en,
        firm.tax_code,
        firm.address,
        "; ".join(firm.processes),
        firm.machines,
        firm.workers,
        firm.capital_billion,
        firm.foreign_percent or "",
    ]


def _association(path: Path, firms: list[Firm], chance: Random) -> None:
    """Members' own words: contacts, certificates, tolerances; a third without a tax code, a few formulas and blanks."""
    header = [
        "Đơn vị",
        "MST",
        "Địa chỉ",
        "Năng lực",
        "Vật liệu",
        "Dung sai",
        "Công suất",
        "Chứng chỉ",
        "Khách hàng",
        "Người liên hệ",
        "Điện thoại",
        "Email",
        "Website",
        "Lao động",
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Hội viên"), book.add_format({"bold": True})
        sheet.write(0, 0, "Danh bạ hội viên (dữ liệu mẫu)", bold)
        _table(sheet, 2, header, [_member_row(firm, chance) for firm in firms[:-DOUBTFUL]], bold)
        _table(
            sheet, len(firms) - DOUBTFUL + 2, header, [_doubtful_row(firm, chance) for firm in firms[-DOUBTFUL:]], bold
        )
        last = len(firms) + 3
        sheet.write_row(last, 0, ["", "", "Số 1, phường Hồng Bàng, Hải Phòng", "Dập liên hoàn"])
        sheet.write_row(last + 1, 0, [f'=HYPERLINK("{firms[0].slug}.example")'])
        sheet.write_row(last + 3, 0, ["Nơi nhận: như trên; lưu VT."])


def _member_row(firm: Firm, chance: Random) -> Row:
    code = "" if chance.random() < 0.33 else f"{firm.tax_code[:4]} {firm.tax_code[4:7]} {firm.tax_code[7:]}"
    mail = f"lienhe@{firm.slug}.example"
    return [
        firm.name,
        code,
        firm.address,
        ", ".join(firm.processes),
        ", ".join(firm.materials),
        firm.tolerance,
        firm.capacity,
        "\n".join(firm.certificates),
        "; ".join(firm.customers),
        firm.contact,
        f"{firm.phone[:4]} {firm.phone[4:7]} {firm.phone[7:]}",
        mail,
        f"www.{firm.slug}.example",
        firm.workers,
    ]


def _doubtful_row(firm: Firm, chance: Random) -> Row:
    """The same name at the same place under another tax code that is valid too: an officer has to decide."""
    row = _member_row(firm, chance)
    row[1] = tax_code(8_000_000 + firm.number)
    return row


def write_supplement(firms: list[Firm], folder: Path) -> Path:
    """A short list nobody has settled yet, with a column that could be two things."""
    path = folder / "DS_DN_KKT_Q3_2026 (final).xlsx"
    header = ["STT", "Tên DN", "Mã số", "Đ/c", "Ngành nghề KD", "LĐ", "VĐT (tr.USD)", "Chứng chỉ", "Ghi chú"]
    chosen = [firm for firm in firms if firm.site.province_34 == "31"][:14]
    rows = [
        [n, f.name, f.tax_code, f.old_address, "; ".join(f.processes), f.workers, n / 2, ", ".join(f.certificates), ""]
        for n, f in enumerate(chosen, start=1)
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Sheet2"), book.add_format({"bold": True})
        sheet.write(1, 1, "DANH SÁCH DOANH NGHIỆP TRONG KHU KINH TẾ, QUÝ III/2026 (DỮ LIỆU MẪU)", bold)
        _table(sheet, 4, header, rows, bold)
    return path


def _table(sheet: Any, top: int, header: Row, rows: Iterable[Row], bold: Any) -> None:
    sheet.write_row(top, 0, header, bold)
    for offset, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(top + offset, column, cell)
            else:
                sheet.write(top + offset, column, cell)


def _sectors(firms: list[Firm]) -> list[str]:
    return list(dict.fromkeys(firm.trade.sector for firm in firms))


def _old_font(cell: Any) -> Any:
    return cell.translate(TCVN3) if isinstance(cell, str) else cell
