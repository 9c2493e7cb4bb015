"""Which letters our font holds: what it lacks would print as an empty box, in the one file and not in the other."""

import struct
from functools import cache
from pathlib import Path

FONT = Path(__file__).with_name("fonts") / "Tinos-Regular.ttf"


@cache
def known_letters() -> frozenset[int]:
    """Code points of the font's own table (OpenType `cmap`, format 4)."""
    data = FONT.read_bytes()
    table = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, table + 2)
    records = [struct.unpack_from(">HHI", data, table + 4 + 8 * at) for at in range(count)]
    offset = next(offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    return frozenset(_format_4(data, table + offset))


def missing_letters(text: str) -> str:
    """Letters of a text that cannot be printed, each once, in order."""
    return "".join(dict.fromkeys(letter for letter in text if ord(letter) not in known_letters()))


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for at in range(count):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * at)
        if name == tag:
            return int(offset)
    raise LookupError(tag)


def _format_4(data: bytes, at: int) -> set[int]:
    shape, _length, _language, doubled = struct.unpack_from(">HHHH", data, at)
    if shape != 4:
        raise LookupError(shape)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    return {code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1) if code != 0xFFFF}
