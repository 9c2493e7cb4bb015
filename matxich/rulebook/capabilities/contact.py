"""People to reach. Personal data (law 91/2025/QH15): a contact without a legal basis is not stored."""

import re

from matxich.rulebook.capabilities.model import SEPARATOR, Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.parts import from_text, to_text
from matxich.rulebook.capabilities.scanning import Scan

BASES: dict[str, tuple[str, str]] = {
    "consent": ("người đó đồng ý", "consent"),
    "contract": ("thực hiện hợp đồng", "contract"),
    "legal_duty": ("nghĩa vụ pháp lý", "legal duty"),
    "public_source": ("nguồn đã công khai", "public source"),
}
VISIBILITIES: dict[str, tuple[str, str]] = {
    "public": ("công khai", "public"),
    "officials": ("cán bộ", "officials"),
    "private": ("riêng tư", "private"),
}
LANGUAGES: dict[str, tuple[str, str]] = {
    "vi": ("tiếng Việt", "Vietnamese"),
    "en": ("tiếng Anh", "English"),
    "ja": ("tiếng Nhật", "Japanese"),
    "ko": ("tiếng Hàn", "Korean"),
    "zh": ("tiếng Trung", "Chinese"),
}
_EMAIL = re.compile(r"(?:(?<![a-z0-9])e-?mail\s*[:.]?\s*)?(?P<email>[\w.+'&-]+@[\w-]+(?:\.[\w-]+)+)")
_PHONE = re.compile(
    r"(?:(?<![a-z0-9])(?:dien thoai|dt|sdt|tel|phone|mobile|di dong|dd|hotline|zalo)\s*[:.]?\s*)?"
    r"(?P<phone>(?<![\w+])(?:\+[0-9]{1,3}|\(?0)[0-9 .()\-]{6,16}[0-9](?![0-9])"
    r"(?:\s*(?:ext|may le|nhanh)\.?\s*[0-9]{1,5})?)"
)
_REST = r"[^,;\-\x1f()·]"
_ROLE = re.compile(
    r"(?<![a-z0-9])(?:chuc vu\s*[:.]?\s*)?(?P<role>"
    rf"(?:(?:tong|pho)\s+)*giam doc{_REST}*|(?:pho\s+)?(?:truong|quan ly) {_REST}+|ke toan{_REST}*|nhan vien{_REST}*"
    rf"|chu (?:tich|ho|co so|nhiem){_REST}*|ky su{_REST}*"
    r"|(?:vice |general |managing |sales |deputy )*(?:director|manager)"
    r"|sales(?: executive)?|engineer|ceo|cfo|president)(?![a-z])"
)
_SPEAKS = {code: re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])") for code, words in {
    "vi": "tieng viet", "en": "tieng anh", "ja": "tieng nhat", "ko": "tieng han", "zh": "tieng trung|tieng hoa",
}.items()}  # fmt: skip


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    for part, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        match = scan.find(pattern)
        known = from_text(FIELD.part(part), scan.written(match, part), "vi", found) if match else None
        if match and known:
            scan.cut(*match.span())
            value[part] = known
    if match := scan.find(_ROLE):
        value["role"] = scan.written(match, "role").strip(" .")
        scan.cut(*match.span())
    for code, pattern in _SPEAKS.items():
        if "language" not in value and scan.take(pattern):
            value["language"] = code
    rest = [part for piece in scan.rest("(),") for part in re.split(r"\s[-–]\s|\s·\s", piece)]
    if not rest and not value:
        found.warn("not_understood", text)
        return
    if rest:
        value["name"] = rest[0]
        found.leave(rest[1:])
    found.warn("legal_basis_missing", text)
    found.values.append(dict(sorted(value.items())))


def _plain(value: Value, language: Language) -> str:
    return SEPARATOR.join(to_text(part, value[part.code], language) for part in PARTS if part.code in value)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    if value.get("visibility") == "public" and value["legal_basis"] not in ("consent", "public_source"):
        return [Problem("public_without_basis", "visibility")]
    return []


PARTS = (
    Part("name", "Họ tên", "Name", "text", required=True),
    Part("role", "Chức vụ", "Role", "text"),
    Part("phone", "Điện thoại", "Phone", "phone"),
    Part("email", "Thư điện tử", "E-mail", "email"),
    Part("language", "Ngôn ngữ", "Language", "choice", choices=LANGUAGES),
    Part("visibility", "Ai được xem", "Who may see it", "choice", choices=VISIBILITIES),
    Part("legal_basis", "Căn cứ xử lý", "Legal basis", "choice", required=True, choices=BASES),
)
FIELD = Field(
    "contact", "contact_person", True, "Người liên hệ", "Contacts", "contact", "officials", 6, PARTS, _read, _plain,
    _faults, personal=True,
)  # fmt: skip
