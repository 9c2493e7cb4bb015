"""Figures that keep how they were said: khoảng, trên, hơn, ít nhất, chỉ, không quá; in sums, in ratios, in print.

A bound stays a bound: 13,9 said “trên” divided by 1,8 is “trên 7,7”, rounded towards the side that stays true.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from matxich.rulebook.indicators.catalogue import Unit
from matxich.rulebook.vietnamese.numbers import format_number

Comparator = Literal["", "≈", ">", "≥", "<", "≤"]
COMPARATORS: tuple[Comparator, ...] = ("", "≈", ">", "≥", "<", "≤")
WORDS_VI: dict[Comparator, str] = {
    "": "", "≈": "khoảng", ">": "trên", "≥": "ít nhất", "<": "dưới", "≤": "không quá",
}  # fmt: skip
WORDS_EN: dict[Comparator, str] = {
    "": "", "≈": "about", ">": "over", "≥": "at least", "<": "under", "≤": "at most",
}  # fmt: skip
QUALIFIERS: dict[str, Comparator] = {
    "khoảng": "≈", "xấp xỉ": "≈", "gần": "<", "trên": ">", "hơn": ">", "ít nhất": "≥", "từ": "≥", "dưới": "<",
    "chỉ": "≤", "không quá": "≤", "tối đa": "≤",
}  # fmt: skip
"""Words of Vietnamese reports before a figure → how the figure is meant."""
_BELOW, _ABOVE = frozenset("<≤"), frozenset(">≥")
_STRICT = frozenset("<>")
_TURNED: dict[Comparator, Comparator] = {"": "", "≈": "≈", ">": "<", "≥": "≤", "<": ">", "≤": "≥"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its comparator; None is “not known”, never zero. `word`: the qualifier as its source wrote it."""

    value: Decimal | None
    comparator: Comparator = ""
    word: str = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None


NOT_KNOWN = Figure(None)


def comparator_of(qualifier: str) -> Comparator:
    """ValueError for a word nobody agreed on."""
    word = qualifier.strip().lower()
    if not word or word in ("đúng", "="):
        return ""
    if word in QUALIFIERS:
        return QUALIFIERS[word]
    if word in COMPARATORS:
        return word
    raise ValueError(qualifier)


def combined(first: Comparator, second: Comparator) -> Comparator:
    """The comparator of a sum: two bounds to the same side keep it, strict when one is; bounds against each other and
    anything rounded are “about”."""
    if not first or not second:
        return first or second
    if "≈" in (first, second):
        return "≈"
    pair = {first, second}
    for side, strict, loose in ((_ABOVE, ">", "≥"), (_BELOW, "<", "≤")):
        if pair <= side:
            return strict if pair & _STRICT else loose  # type: ignore[return-value]
    return "≈"


def total(figures: Iterable[Figure]) -> Figure:
    """The sum of what is known; not known when nothing is."""
    said, comparator = Decimal(), ""
    known = [one for one in figures if one.value is not None]
    for one in known:
        said += one.value  # type: ignore[operator]
        comparator = combined(comparator, one.comparator)  # type: ignore[arg-type]
    return Figure(said, comparator) if known else NOT_KNOWN  # type: ignore[arg-type]


def ratio(numerator: Figure, denominator: Figure, scale: int = 1) -> Figure:
    """Numerator ÷ denominator × scale; not known where a part is, or where the denominator is zero."""
    if numerator.value is None or not denominator.value:
        return NOT_KNOWN
    turned = _TURNED[denominator.comparator]
    return Figure(numerator.value * scale / denominator.value, combined(numerator.comparator, turned))


def rounded(figure: Figure, places: int) -> Decimal | None:
    """To at most so many decimals: a lower bound down, an upper bound up, anything else to the nearest."""
    if figure.value is None:
        return None
    way = (
        ROUND_FLOOR if figure.comparator in _ABOVE else ROUND_CEILING if figure.comparator in _BELOW else ROUND_HALF_UP
    )
    return figure.value.quantize(Decimal(1).scaleb(-places), way)


def written(figure: Figure, unit: Unit, language: str = "vi", places: int | None = None) -> str:
    """“khoảng 920 doanh nghiệp”, “trên 7,7 lần”, “32,6%”; "chưa có nguồn" when there is no figure.

    The word its source wrote stands, in Vietnamese; elsewhere the comparator is put in words.
    """
    value = rounded(figure, unit.places if places is None else places)
    if value is None:
        return "chưa có nguồn" if language == "vi" else "no source yet"
    text = format_number(value, None, "vi" if language == "vi" else "en").replace("-", "−")
    said = unit.name(language, value)
    text += said if said == "%" or said.startswith("/") else f" {said}"
    word = (figure.word or WORDS_VI[figure.comparator]) if language == "vi" else WORDS_EN[figure.comparator]
    return f"{word} {text}" if word else text
