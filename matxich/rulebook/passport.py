"""The fields of an enterprise's passport, in the order they are shown. Labels are message keys."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "money", "percent", "year", "address", "tax_code", "person_id", "url"]
Section = Literal["identity", "place", "activity", "capability", "market", "scale", "contact", "other"]
Audience = Literal["public", "officials", "private"]

SECTIONS: dict[Section, str] = {
    "identity": "Thông tin chung",
    "place": "Địa điểm",
    "activity": "Ngành nghề, sản phẩm",
    "capability": "Năng lực",
    "market": "Khách hàng, thị trường",
    "scale": "Quy mô",
    "contact": "Liên hệ",
    "other": "Khác",
}


@dataclass(frozen=True, slots=True)
class Field:
    """`many`: items of all sources add up instead of competing. `key`: counts towards completeness.

    `personal`: names or reaches a person (law 91/2025); never public, never in an index, a ledger or a log.
    """

    code: str
    section: Section
    label: str
    kind: Kind = "text"
    many: bool = False
    audience: Audience = "public"
    personal: bool = False
    key: bool = False


FIELDS: dict[str, Field] = {
    field.code: field
    for field in (
        Field("name", "identity", "Tên", key=True),
        Field("name_en", "identity", "Tên tiếng Anh"),
        Field("short_name", "identity", "Tên viết tắt"),
        Field("former_name", "identity", "Tên cũ", many=True),
        Field("tax_code", "identity", "Mã số thuế", "tax_code", key=True),
        Field("person_id", "identity", "Số định danh cá nhân", "person_id", audience="private", personal=True),
        Field("legal_form", "identity", "Loại hình"),
        Field("established", "identity", "Năm thành lập", "year"),
        Field("ownership", "identity", "Hình thức sở hữu"),
        Field("foreign_share", "identity", "Vốn nước ngoài (%)", "percent"),
        Field("country", "identity", "Nước đầu tư"),
        Field("address", "place", "Địa chỉ trụ sở", "address", key=True),
        Field("factory_address", "place", "Địa chỉ nhà máy", "address"),
        Field("zone", "place", "Khu, cụm công nghiệp"),
        Field("sector", "activity", "Lĩnh vực", key=True),
        Field("vsic", "activity", "Mã ngành (VSIC)", many=True),
        Field("activity", "activity", "Ngành nghề"),
        Field("products", "activity", "Sản phẩm", many=True, key=True),
        Field("hs", "activity", "Mã HS", many=True),
        Field("processes", "capability", "Công đoạn", many=True, key=True),
        Field("materials", "capability", "Vật liệu", many=True),
        Field("machines", "capability", "Máy móc, thiết bị", many=True),
        Field("tolerance", "capability", "Dung sai"),
        Field("capacity", "capability", "Công suất"),
        Field("certificates", "capability", "Chứng chỉ, chứng nhận", many=True, key=True),
        Field("customers", "market", "Khách hàng", many=True, audience="officials"),
        Field("export_share", "market", "Tỷ lệ xuất khẩu (%)", "percent", audience="officials"),
        Field("workers", "scale", "Lao động", "number", key=True),
        Field("revenue", "scale", "Doanh thu", "money", audience="officials"),
        Field("charter_capital", "scale", "Vốn điều lệ", "money"),
        Field("total_capital", "scale", "Tổng nguồn vốn", "money", audience="officials"),
        Field("website", "contact", "Website", "url"),
        Field("contact_name", "contact", "Người liên hệ", audience="officials", personal=True, key=True),
        Field("phone", "contact", "Điện thoại", audience="officials", personal=True),
        Field("email", "contact", "Email", audience="officials", personal=True),
        Field("note", "other", "Ghi chú", audience="officials"),
    )
}
KEY_FIELDS = frozenset(code for code, field in FIELDS.items() if field.key)
PERSONAL_FIELDS = frozenset(code for code, field in FIELDS.items() if field.personal)


def field_of(code: str) -> Field:
    """The field of a code; a column kept under a header nobody mapped is a plain text for officials."""
    return FIELDS.get(code) or Field(code, "other", code, audience="officials")
