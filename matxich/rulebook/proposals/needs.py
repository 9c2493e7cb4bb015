"""Needs sheets (Q14): what a commune or a firm would want support for, and the way up: commune, centre, department."""

from collections.abc import Mapping
from dataclasses import dataclass

from matxich.rulebook.law.facts import Words


@dataclass(frozen=True, slots=True)
class NeedKind:
    """`supports`: kinds of support of the law that may meet it, the likeliest first."""

    id: str
    words: Words
    supports: tuple[str, ...]


KINDS: Mapping[str, NeedKind] = {
    one.id: one
    for one in (
        NeedKind("machine", Words("Máy móc, thiết bị", "Machines"), ("KC-12", "CN-31")),
        NeedKind("demonstration", Words("Mô hình trình diễn", "Demonstration model"), ("KC-10", "KC-11", "CN-30")),
        NeedKind("design", Words("Thiết kế mẫu mã, bao bì", "Design and packaging"), ("KC-22",)),
        NeedKind("brand", Words("Nhãn hiệu, thương hiệu", "Brand"), ("KC-21", "CN-45")),
        NeedKind("fair", Words("Hội chợ, giới thiệu sản phẩm", "Fairs"), ("KC-17", "KC-16", "CN-42", "CN-43")),
        NeedKind("training", Words("Đào tạo nghề, tập huấn", "Training"), ("CN-35", "CN-47")),
        NeedKind("cleaner", Words("Sản xuất sạch hơn", "Cleaner production"), ("KC-13", "KC-26")),
        NeedKind("digital", Words("Chuyển đổi số", "Digital transformation"), ("CN-47", "KC-22")),
        NeedKind("credit", Words("Vốn vay", "Credit"), ("KC-25", "CN-52")),
    )
}
URGENCY: Mapping[str, Words] = {
    "now": Words("Cần ngay năm nay", "Needed this year"),
    "next": Words("Năm sau", "Next year"),
    "later": Words("Chưa gấp", "Not urgent"),
}
TITLES: Mapping[str, Words] = {
    "": Words("Chưa có", "None"),
    "province": Words("Tiêu biểu cấp tỉnh", "Recognised by the province"),
    "region": Words("Tiêu biểu cấp khu vực", "Recognised in the region"),
    "national": Words("Tiêu biểu cấp quốc gia", "Recognised nationally"),
    "ocop": Words("Sản phẩm OCOP", "An OCOP product"),
}
LEVELS: Mapping[str, Words] = {
    "commune": Words("Xã, phường", "Commune"),
    "centre": Words("Trung tâm khuyến công", "Promotion centre"),
    "department": Words("Sở Công Thương", "Department"),
}
UP: Mapping[str, str] = {"commune": "centre", "centre": "department"}
"""Where a need goes from each level; from the department it is taken into a call or closed."""


def faults(*, title: str, year: int, this_year: int, cost: int, own: int) -> dict[str, Words]:
    """What keeps a sheet from being sent: field → what to do."""
    found: dict[str, Words] = {}
    if not title:
        found["title"] = Words("Ghi cần hỗ trợ việc gì.", "Say what support is wanted for.")
    if not this_year <= year <= this_year + 5:
        found["year"] = Words("Từ năm nay đến năm năm tới.", "From this year to five years ahead.")
    if cost <= 0:
        found["cost"] = Words("Ghi tổng chi phí dự kiến.", "Give the expected cost.")
    elif own > cost:
        found["own"] = Words("Vốn tự có lớn hơn tổng chi phí.", "Own money is more than the cost.")
    return found
