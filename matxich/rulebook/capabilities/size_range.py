"""Sizes of parts: "max 500x400x300", "Ø5 – Ø200 mm, dài 1.5m"; in millimetres, inches converted exactly.

`min_mm` and `max_mm` go by the same dimensions; `axes` names them when they are not simply length, width, height.
"""

import re
from decimal import Decimal

from matxich.rulebook.capabilities.figures import bare_number, exact, figure
from matxich.rulebook.capabilities.lengths import IMPERIAL, UNIT, millimetres, unit_of
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import DASH, NUMBER, Scan

AXES: dict[str, tuple[str, str]] = {
    "diameter": ("đường kính", "diameter"),
    "length": ("dài", "length"),
    "width": ("rộng", "width"),
    "height": ("cao", "height"),
    "thickness": ("dày", "thickness"),
}
_AXIS_WORDS = {
    "diameter": r"ø|o(?=\s*[0-9])|φ|⌀|phi|duong kinh|diameter|dia\.?|d(?=\s*[0-9=:])",
    "length": r"chieu dai|dai|length|l(?=\s*[0-9=:])",
    "width": r"chieu rong|rong|width|w(?=\s*[0-9=:])",
    "height": r"chieu cao|cao|height|h(?=\s*[0-9=:])",
    "thickness": r"chieu day|do day|day|thickness|t(?=\s*[0-9=:])",
}
_UP_TO = r"(?:(?:toi da|lon nhat|max(?:imum)?\.?|den|len den|khong qua|<=|≤|<|up to)\s*[:=]?\s*)"
_AXIS = {
    axis: re.compile(
        rf"(?<![a-z0-9]){_UP_TO}?(?:{words})\s*[:=]?\s*(?:tu\s*)?(?P<upto>{_UP_TO})?(?P<a>{NUMBER})\s*(?P<ua>{UNIT})?"
        rf"(?:\s*(?P<dash>{DASH})\s*(?:{words})?\s*(?P<b>{NUMBER})\s*(?P<ub>{UNIT})?)?"
    )
    for axis, words in _AXIS_WORDS.items()
}
_ROUND = re.compile(
    rf"(?<![a-z0-9]){_UP_TO}?(?:{_AXIS_WORDS['diameter']})\s*[:=]?\s*(?P<a>{NUMBER})\s*(?P<ua>{UNIT})?\s*[x×*]\s*"
    rf"(?:{_AXIS_WORDS['length']})?\s*(?P<b>{NUMBER})\s*(?P<ub>{UNIT})?"
)
_TRIPLE = rf"{NUMBER}\s*(?:{UNIT})?(?:\s*[x×*]\s*{NUMBER}\s*(?:{UNIT})?){{1,3}}"
_BOX = re.compile(rf"(?<![\w.,]){_UP_TO}?(?P<a>{_TRIPLE})(?:\s*{DASH}\s*{_UP_TO}?(?P<b>{_TRIPLE}))?")
_ONE = re.compile(
    rf"(?<![\w.,])(?P<upto>{_UP_TO})?(?P<a>{NUMBER})\s*(?P<ua>{UNIT})?(?:\s*{DASH}\s*(?P<b>{NUMBER})\s*(?P<ub>{UNIT})?)?(?![\w])"
)
_WEIGHT = re.compile(
    rf"(?<![\w.,])(?:(?:nang|trong luong|khoi luong|can nang|weight)\s*[:=]?\s*)?{_UP_TO}?(?:tu\s*)?"
    rf"(?:(?P<a>{NUMBER})\s*(?P<ua>kg|tan|t|g)?\s*{DASH}\s*)?(?P<b>{NUMBER})\s*(?P<ub>kg|tan|tonnes?|tons?|t|g)(?![a-z0-9/])"
)
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:kich thuoc(?: (?:san pham|chi tiet|gia cong|lon nhat|toi da))?|kich co"
    rf"|size(?: range)?|dimensions?|chi tiet|{_UP_TO}|max|min|tu)(?![a-z0-9])\s*[:=]?"
)
_KILOGRAMS = {"kg": Decimal(1), "g": Decimal("0.001")}
_NUMBERS = re.compile(rf"({NUMBER})\s*({UNIT})?")


class _Sizes:
    """Dimensions gathered from one text: (axis or "", lowest, highest) in millimetres."""

    def __init__(self) -> None:
        self.dimensions: list[tuple[str, Decimal | None, Decimal]] = []
        self.assumed: list[str] = []
        self.imperial = False
        self.ambiguous: list[str] = []

    def length(self, number: str, unit: str | None, kept: str) -> Decimal | None:
        stated = figure(number)
        if stated is None:
            return None
        if stated.ambiguous:
            self.ambiguous.append(kept)
        if unit is None:
            self.assumed.append(kept)
        self.imperial |= unit in IMPERIAL
        return millimetres(stated.value, unit or "mm")


def _read(text: str, found: Found) -> None:
    scan, sizes = Scan(text), _Sizes()
    value: Value = {}
    _take_weight(scan, value)
    _take_round(scan, sizes)
    for axis, pattern in _AXIS.items():
        if axis not in {known for known, _, _ in sizes.dimensions}:
            _take_axis(scan, axis, pattern, sizes)
    if not sizes.dimensions:
        _take_box(scan, sizes)
    if not sizes.dimensions and not value:
        _take_one(scan, sizes)
    while scan.take(_LABEL):
        pass
    rest = scan.rest("()")
    if sizes.dimensions:
        value |= _shaped(sizes)
    if not value:
        found.warn("not_understood", text)
        return
    if sizes.imperial:
        value["stated"] = text
    for code, kept in (("unit_assumed", sizes.assumed), ("ambiguous_number", sizes.ambiguous)):
        if kept:
            found.warn(code, kept[0])
    found.values.append(value)
    found.leave(rest)


def _shaped(sizes: _Sizes) -> Value:
    value: Value = {"max_mm": [exact(high) for _, _, high in sizes.dimensions]}
    if any(low is not None for _, low, _ in sizes.dimensions):
        value["min_mm"] = [None if low is None else exact(low) for _, low, _ in sizes.dimensions]
    axes = [axis for axis, _, _ in sizes.dimensions]
    return value | ({"axes": axes} if all(axes) else {})


def _take_round(scan: Scan, sizes: _Sizes) -> None:
    """ "Ø200 x 500 mm": a diameter by a length, of one unit."""
    match = scan.find(_ROUND)
    if match is None:
        return
    kept = scan.written(match)
    unit_b = unit_of(match["ub"] or "")
    across = sizes.length(match["a"], unit_of(match["ua"] or "") or unit_b, kept)
    along = sizes.length(match["b"], unit_b or unit_of(match["ua"] or ""), kept)
    if across is not None and along is not None:
        scan.cut(*match.span())
        sizes.dimensions = [("diameter", None, across), ("length", None, along)]


def _both(scan: Scan, match: re.Match[str], sizes: _Sizes) -> tuple[Decimal | None, Decimal | None]:
    """The two lengths of a match, the second None when it states one; a unit said once is that of both."""
    kept = scan.written(match)
    unit_b = unit_of(match["ub"] or "")
    unit_a = unit_of(match["ua"] or "") or unit_b
    first = sizes.length(match["a"], unit_a, kept)
    return first, sizes.length(match["b"], unit_b or unit_a, kept) if match["b"] else None


def _take_axis(scan: Scan, axis: str, pattern: re.Pattern[str], sizes: _Sizes) -> None:
    match = scan.find(pattern)
    if match is None:
        return
    first, last = _both(scan, match, sizes)
    if first is None or (match["b"] and (last is None or last < first)):
        return
    scan.cut(*match.span())
    sizes.dimensions.append((axis, first, last) if last is not None else (axis, None, first))


def _take_box(scan: Scan, sizes: _Sizes) -> None:
    match = scan.find(_BOX)
    if match is None:
        return
    kept = scan.written(match)
    last = _edges(match["b"] or match["a"], None)
    first = _edges(match["a"], last[-1][1]) if match["b"] else []
    highest = [sizes.length(number, unit, kept) for number, unit in last]
    lowest = [sizes.length(number, unit, kept) for number, unit in first]
    if None in highest or None in lowest or (lowest and len(lowest) != len(highest)):
        return
    scan.cut(*match.span())
    lows = lowest or [None] * len(highest)
    sizes.dimensions = [("", low, high) for low, high in zip(lows, highest, strict=True) if high is not None]


def _edges(text: str, default: str | None) -> list[tuple[str, str | None]]:
    """The edges of a box, each with its unit: its own, else that of the last."""
    edges = [(number, unit_of(unit or "")) for number, unit in _NUMBERS.findall(text)]
    unit = edges[-1][1] or default
    return [(number, own or unit) for number, own in edges]


def _take_one(scan: Scan, sizes: _Sizes) -> None:
    match = scan.find(_ONE)
    if match is None or not (match["ua"] or match["ub"]):
        return
    first, last = _both(scan, match, sizes)
    if first is None or (last is not None and last < first):
        return
    scan.cut(*match.span())
    sizes.dimensions = [("", first, last) if last is not None else ("", None, first)]


def _take_weight(scan: Scan, value: Value) -> None:
    match = scan.find(_WEIGHT)
    if match is None:
        return
    last = figure(match["b"])
    first = figure(match["a"]) if match["a"] else None
    if last is None or (match["a"] and first is None):
        return
    scale = _KILOGRAMS.get(match["ub"], Decimal(1000))
    low_scale = _KILOGRAMS.get(match["ua"], Decimal(1000)) if match["a"] and match["ua"] else scale
    if first and first.value * low_scale > last.value * scale:
        return
    scan.cut(*match.span())
    value["max_weight_kg"] = exact(last.value * scale)
    if first:
        value["min_weight_kg"] = exact(first.value * low_scale)


def _plain(value: Value, language: Language) -> str:
    if "stated" in value:
        return str(value["stated"])
    words = (
        [_axes_words(value, language) if "axes" in value else _box_words(value, language)] if "max_mm" in value else []
    )
    if "max_weight_kg" in value:
        low = f"{bare_number(value['min_weight_kg'], language)}–" if "min_weight_kg" in value else ""
        lead = "nặng" if language == "vi" else "weight"
        upto = "" if low else ("đến " if language == "vi" else "up to ")
        words.append(f"{lead} {upto}{low}{bare_number(value['max_weight_kg'], language)} kg")
    return ", ".join(words)


def _axes_words(value: Value, language: Language) -> str:
    words = []
    lows = value.get("min_mm") or [None] * len(value["max_mm"])
    for axis, low, high in zip(value["axes"], lows, value["max_mm"], strict=True):
        symbol = "Ø" if axis == "diameter" else AXES[axis][language == "en"] + " "
        upto = ("đến " if language == "vi" else "up to ") if low is None and axis != "diameter" else ""
        span = f"{bare_number(low, language)}–" if low is not None else ""
        words.append(f"{symbol}{upto}{span}{bare_number(high, language)} mm")
    return ", ".join(words)


def _box_words(value: Value, language: Language) -> str:
    high = " × ".join(bare_number(one, language) for one in value["max_mm"])
    if low := value.get("min_mm"):
        return " × ".join(bare_number(one or 0, language) for one in low) + f" – {high} mm"
    return f"{'tối đa' if language == 'vi' else 'up to'} {high} mm"


def _faults(value: Value, latest_year: int) -> list[Problem]:
    highs, lows, axes = value.get("max_mm"), value.get("min_mm"), value.get("axes")
    if not highs and "max_weight_kg" not in value:
        return [Problem("nothing_stated", "max_mm")]
    if (lows or axes) and not highs:
        return [Problem("missing", "max_mm")]
    for other in (lows, axes):
        if other and len(other) != len(highs or ()):
            return [Problem("sizes_differ", "min_mm" if other is lows else "axes")]
    if axes and (not set(axes) <= AXES.keys() or len(set(axes)) < len(axes)):
        return [Problem("not_a_choice", "axes")]
    if highs and None in highs:
        return [Problem("wrong_shape", "max_mm")]
    if lows and any(
        low is not None and Decimal(low) > Decimal(high) for low, high in zip(lows, highs or (), strict=True)
    ):
        return [Problem("reversed", "max_mm")]
    if Decimal(value.get("min_weight_kg", "0")) > Decimal(value.get("max_weight_kg", "Infinity")):
        return [Problem("reversed", "max_weight_kg")]
    return []


PARTS = (
    Part("axes", "Các chiều", "Dimensions", "texts"),
    Part("min_mm", "Nhỏ nhất", "Smallest", "lengths"),
    Part("max_mm", "Lớn nhất", "Largest", "lengths"),
    Part("min_weight_kg", "Nặng từ (kg)", "Lightest (kg)", "decimal", high=10**9),
    Part("max_weight_kg", "Nặng đến (kg)", "Heaviest (kg)", "decimal", high=10**9),
    Part("stated", "Như đã viết", "As written", "text"),
)
FIELD = Field(
    "size_range",
    "",
    True,
    "Kích thước gia công",
    "Part sizes",
    "capability",
    "public",
    2,
    PARTS,
    _read,
    _plain,
    _faults,
)
