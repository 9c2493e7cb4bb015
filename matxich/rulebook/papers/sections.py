"""The words a template of a paper is written with: its sections, and what begins a line inside them."""

import re

SUBJECT, NOTE, TO, AUTHORITY, BASES, ENACTING, BODY, SIGNATURES, RECIPIENTS, APPENDIX, WIDE_APPENDIX = (
    "trích yếu", "ghi chú", "kính gửi", "thẩm quyền", "căn cứ", "tuyên bố", "nội dung", "chữ ký", "nơi nhận",
    "phụ lục", "phụ lục ngang",
)  # fmt: skip
"""Sections in the order of a paper; an appendix carries its title behind its name, "[phụ lục] Danh mục"."""

SECTIONS = (
    SUBJECT, NOTE, TO, AUTHORITY, BASES, ENACTING, BODY, SIGNATURES, RECIPIENTS, APPENDIX, WIDE_APPENDIX,
)  # fmt: skip
ONE_LINE = frozenset({SUBJECT, NOTE, AUTHORITY, ENACTING})
APPENDICES = frozenset({APPENDIX, WIDE_APPENDIX})

SECTION = re.compile(r"\[([^\]\[|]{1,40})\](.*)")
ARTICLE = re.compile(r"Điều\s+(\d{1,3})\.\s*(.*)")
CHAPTER = re.compile(r"#\s+([^:]{1,60}):\s*(.+)")
PART = re.compile(r"##\s+([IVXLC]+\.|\d+\.)?\s*(.+)")

MONEY, NUMBER, DAY, SHORT_DAY, WORDS, CAPITALS, DECIMAL = (
    "tien", "so", "ngay", "ngay_ngan", "bang_chu", "hoa", "thap_phan",
)  # fmt: skip
"""Filters: 1.234.567 · a whole number · "ngày 05 tháng 01 năm 2026" · 05/01/2026 · an amount in words · capitals ·
a figure with its decimal comma."""
