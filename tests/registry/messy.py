"""A workbook as offices send them: titles, a section head, a column that may mean two things, a bad row, a total."""

from pathlib import Path

import xlsxwriter

HEADER = ("STT", "Tên DN", "Mã số", "Địa chỉ", "Ngành nghề/Công đoạn", "LĐ", "Người liên hệ", "Điện thoại")
ROWS = (
    (1, "Công ty TNHH Cơ khí Bình Minh", "9991274607", "An Dương, Hải Phòng", "Dập, mạ", 80, "Ngô Văn A", "0912345678"),
    (2, "CTY CP Hòa Phát", "9991000028", "Thủy Nguyên, Hải Phòng", "Ép nhựa", "mười hai", "Lê Thị Bé", "0987654321"),
    (3, "Cơ sở mạ Thạch Kiều", "9991274608", "Kiến Thụy, Hải Phòng", "Mạ kẽm", 9, "", ""),
    (4, "", "12345", "Hải Phòng", "Đúc", 7, "", ""),
)  # fmt: skip


def write_messy(path: Path, *, second_sheet: bool = False) -> Path:
    """Rows 5 to 8 of the sheet are data; row 8 has neither name nor identifier."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tổng hợp")
        sheet.merge_range("A1:H1", "DANH SÁCH DOANH NGHIỆP CÔNG NGHIỆP HỖ TRỢ")
        sheet.write_row("A3", HEADER)
        sheet.write("A4", "I. Ngành cơ khí")
        for line, row in enumerate(ROWS, start=4):
            sheet.write_row(line, 0, row)
        sheet.write("B9", "Tổng cộng")
        sheet.write("F9", 96)
        if second_sheet:
            other = book.add_worksheet("Ngoài tỉnh")
            other.write_row("A1", ("Tên công ty", "MST"))
            other.write_row("A2", ("Công ty TNHH Khác Tỉnh", "9991300007"))
    return path
