"""Names of enterprises: abbreviations spelt out, legal forms recognised, keys for exact matching and search."""

import re
from typing import Literal

from matxich.rulebook.vietnamese.text import fold

LegalForm = Literal[
    "llc", "llc_single", "jsc", "sole", "partnership", "cooperative", "cooperative_union", "cooperative_group",
    "household", "branch", "office", "location", "",
]  # fmt: skip

# As typed in names and addresses. "CN" before a company word is a branch and read as such first; "CNC" is
# left alone, being the machining process more often than "công nghệ cao".
ABBREVIATIONS = {
    "XNK": "xuất nhập khẩu", "NK": "nhập khẩu", "XK": "xuất khẩu", "SX": "sản xuất", "TM": "thương mại",
    "DV": "dịch vụ", "ĐT": "đầu tư", "PT": "phát triển", "XD": "xây dựng", "CK": "cơ khí", "CN": "công nghiệp",
    "KT": "kỹ thuật", "TB": "thiết bị", "VLXD": "vật liệu xây dựng", "CNHT": "công nghiệp hỗ trợ",
    "CNTT": "công nghệ thông tin", "QT": "quốc tế", "KD": "kinh doanh", "GC": "gia công", "LK": "linh kiện",
    "Cty": "công ty", "TCT": "tổng công ty", "CTCP": "công ty cổ phần", "TNHH": "trách nhiệm hữu hạn",
    "MTV": "một thành viên", "HTX": "hợp tác xã", "DNTN": "doanh nghiệp tư nhân", "TMCP": "thương mại cổ phần",
    "KCN": "khu công nghiệp", "CCN": "cụm công nghiệp",
    "KCX": "khu chế xuất", "KKT": "khu kinh tế", "KCNC": "khu công nghệ cao", "VN": "Việt Nam",
    "Vietnam": "Việt Nam", "Hanoi": "Hà Nội", "Saigon": "Sài Gòn", "Danang": "Đà Nẵng", "Haiphong": "Hải Phòng",
    "HCM": "Hồ Chí Minh", "TPHCM": "thành phố Hồ Chí Minh",
}  # fmt: skip

_LONG = {fold(short): fold(long) for short, long in ABBREVIATIONS.items()}
_GLUED_PARTS = ("xnk", "sx", "tm", "dv", "dt", "pt", "xd", "ck", "kt")
_GLUED = re.compile(rf"(?:{'|'.join(_GLUED_PARTS)}){{2,}}")
_GLUED_PART = re.compile("|".join(_GLUED_PARTS))
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
_TOKEN = re.compile(r"[^\W_]+")

_COMPANY = r"(?:cong ty|cty|c ty|ct(?= (?:tnhh|cp|co phan)\b))"
_SINGLE = r"(?:mtv|1tv|(?:mot|1) thanh vien|(?:one|single|sole) member)"
_SEVERAL = r"(?:(?:2|hai) ?(?:tv|thanh vien)(?: tro len)?)"
_LIMITED = (
    r"(?:tnhh|trach nhiem huu han|cttnhh|limited liability company|co ?ltd|company limited|company ltd|limited company"
    r"|ltd co|llc|(?:pte )?ltd|limited)"
)
_STOCK = r"(?:co phan|ctcp|joint ?stock (?:company|co)|joint ?stock|jsc|jsco)"
_OTHER = r"(?:hop danh|partnership company)"
_SOLE = r"(?:dntn|doanh nghiep tu nhan|private enterprise)"
_UNION = r"(?:lhhtx|lien hiep (?:htx|hop tac xa)|cooperative union)"
_COOP = r"(?:htx|hop tac xa|cooperative)"
_GROUP = r"(?:^tht|to hop tac)"
_HOUSEHOLD = r"(?:hkd|ho kinh doanh(?: ca the)?|business household|household business)"
_BRANCH_CN = re.compile(rf"\bcn(?= {_COMPANY}| {_LIMITED}\b| {_STOCK}\b)")
_AFTER_COMPANY = rf"(?:{_SINGLE}|{_SEVERAL}|{_LIMITED}|{_STOCK}|{_OTHER}|cp)"
_FORM = re.compile(
    rf"\b(?:(?<!tong ){_COMPANY}(?: {_AFTER_COMPANY})*|(?<=cong ty )cp|(?<=tct )cp|{_SINGLE}(?: {_LIMITED})?|{_SEVERAL}"
    rf"|{_LIMITED}(?: (?:{_SINGLE}|{_SEVERAL}))?|{_STOCK}|{_OTHER}|{_SOLE}|{_UNION}|{_COOP}|{_GROUP}|{_HOUSEHOLD}"
    r"|company|corporation|incorporated|sdn bhd|(?:corp|inc|co|plc|gmbh)$)(?!\w)"
)
_DEPENDENT_WORDS = {
    "branch": "chi nhanh",
    "office": "van phong dai dien",
    "location": "dia diem kinh doanh",
}
# In the order they are tried.
_FORMS: dict[LegalForm, str] = {
    "branch": r"(?:chi nhanh|branch(?: of)?)",
    "office": r"(?:van phong dai dien|vpdd|representative office(?: of)?)",
    "location": r"(?:dia diem kinh doanh|ddkd)",
    "household": _HOUSEHOLD,
    "cooperative_union": _UNION,
    "cooperative": _COOP,
    "cooperative_group": _GROUP,
    "sole": _SOLE,
    "partnership": _OTHER,
    "jsc": rf"(?:{_STOCK}|(?:{_COMPANY}|tct) cp)",
    "llc_single": rf"(?:{_SINGLE} {_LIMITED}|{_LIMITED} {_SINGLE}|{_COMPANY} {_SINGLE}|mtv)",
    "llc": _LIMITED,
}
_RECOGNISE = [(code, re.compile(rf"\b{pattern}\b")) for code, pattern in _FORMS.items()]
_DEPENDENTS = _RECOGNISE[:3]
_JOINING = frozenset(("va", "and"))


def expand(text: str) -> str:
    """Folded words, every known abbreviation spelt out: "Cty SX-TM" is "cong ty san xuat thuong mai"."""
    return " ".join(map(_spell_out, _plain(text).split()))


def company_key(name: str) -> str:
    """What identifies a name among its spellings: folded core words in order, abbreviations spelt out, legal
    form and joining words left out. A branch, office or place of business keeps that word in front, for it
    is not its parent, and "tổng công ty" stays: Xây dựng số 1 is one firm, Tổng công ty Xây dựng số 1 another.
    A name that is only a legal form keeps it; an empty name has the key "".
    """
    core = plain = _plain(name)
    dependent = next((code for code, pattern in _DEPENDENTS if pattern.search(plain)), None)
    if dependent:
        core = re.sub(rf"\b{_FORMS[dependent]}\b(?: (?:tai|o)\b)?", " ", core)
    kept = [_spell_out(word) for word in _FORM.sub(" ", core).split() if word not in _JOINING]
    if dependent:
        return " ".join((_DEPENDENT_WORDS[dependent], *(word for word in kept if word != "tai")))
    return " ".join(kept) or expand(name)


def legal_form(name: str) -> LegalForm:
    """The legal form a name states, in Vietnamese or English; "" when it states none.

    Dependent units come first ("Chi nhánh Công ty TNHH …" is a branch), then the most specific form.
    """
    plain = _plain(name)
    return next((code for code, pattern in _RECOGNISE if pattern.search(plain)), "")


def _plain(text: str) -> str:
    words = _TOKEN.findall(_INITIALS.sub(r"\1", fold(text)))
    return _BRANCH_CN.sub("chi nhanh", " ".join(words))


def _spell_out(word: str) -> str:
    if word in _LONG:
        return _LONG[word]
    if _GLUED.fullmatch(word):
        return " ".join(_LONG[part] for part in _GLUED_PART.findall(word))
    return word
