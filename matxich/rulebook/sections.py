"""The parts of a passport in order, and whom a field is for."""

from typing import Literal

Section = Literal["identity", "place", "activity", "capability", "market", "scale", "contact", "other"]
Audience = Literal["public", "officials", "private"]

# Message keys.
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
