"""What is said of rows and sheets that cannot be kept: a code → Vietnamese and English."""

from collections.abc import Mapping

from matxich.rulebook.law.facts import Words

SAID: Mapping[str, Words] = {
    "role": Words("Chọn vai trò.", "Choose the role."),
    "unit_name": Words("Ghi tên đơn vị.", "Name the unit."),
    "repeated": Words("Đơn vị này đã có ở dòng khác.", "It stands on another line."),
    "tax_code": Words("Mã số thuế sai, hoặc là số của cá nhân.", "A wrong tax code, or a person's number."),
    "amount": Words("Số tiền từ 0 đến 10^15 đồng.", "From 0 to 10^15 of the currency."),
    "total": Words("Tổng lớn hơn 10^15 đồng.", "The total is above 10^15."),
    "result": Words("Ghi tên kết quả.", "Name the result."),
    "measure": Words("Ghi đơn vị đo.", "Name the unit of measure."),
    "negative": Words("Không được âm.", "It cannot be negative."),
    "target": Words("Ghi mức đích.", "Give the target."),
    "figure": Words("Viết số rõ ràng, ví dụ 12,5.", "Write the number plainly, such as 12,5."),
    "large": Words("Số quá lớn, hoặc quá ba chữ số lẻ.", "Too large, or more than three places."),
    "name": Words("Ghi tên cơ sở.", "Name the establishment."),
    "commune": Words("Chọn xã, phường của cơ sở.", "Choose the commune."),
    "listed": Words("Chọn trong danh sách.", "Choose from the list."),
    "year": Words("Năm không đúng.", "No such year."),
}
