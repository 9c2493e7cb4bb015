"""The lot in a zone, as written: "Lô A2-6", "Lot C1", "Plot K"."""

import re

_LOT = re.compile(
    r"(?<!quoc )(?<!tinh )(?<!huong )(?<!dai )(?<!xa )(?<!duong )"  # roads typed without marks: "quoc lo 5"
    r"\b(?:lô|lots?|lo|plot)\b[\s.:]*(?:(?:số|so|no|đất|dat|nos)\b[\s.:]*)*#?\s*"
    r"([A-Za-zĐđ0-9]{1,6}"
    r"(?:\s?[-–./+&]\s?[A-Za-z]{0,2}[0-9][A-Za-z0-9]{0,4}|[-–.][A-Za-z]{1,2}\b)*)",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s*([-–./+&])\s*")
WORDS = frozenset({"lo", "lot", "lots", "plot"})


def find_lot(text: str) -> str | None:
    """The first lot of NFC text in upper case without spaces ("A2-6"), None when there is none.

    A lot holds a figure, or is one to three capital letters; "Lò Đúc" and "lô đất" are none.
    """
    for match in _LOT.finditer(text):
        lot = _SPACES.sub(r"\1", match[1]).rstrip("-–./+&")
        digits = any(c.isdecimal() for c in lot)
        if digits or (len(lot) <= 3 and lot.isupper() and lot.isascii()):
            return lot.upper()
    return None
