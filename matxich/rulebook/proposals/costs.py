"""The estimate of a proposal: lines by source whose sums are exact, held against what the law allows.

Money is whole đồng; an amount is quantity × unit price rounded half up to a đồng once, on the line, so that every total
is a sum of whole numbers and nothing is rounded twice. A line's sources add up to its amount exactly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import LARGEST, WHOLE, Rate
from matxich.rulebook.vietnamese.numbers import parse_number

PLACES = Decimal("0.001")
MOST_QUANTITY = Decimal(10) ** 9


class BadLine(ValueError):
    """A line that cannot be: `field` says which part, `words` what to do."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(f"{field}: {words.vi}")
        self.field, self.words = field, words


@dataclass(frozen=True, slots=True)
class Line:
    """`state`, `counterpart`, `other`: đồng of the budget asked, of the applicant's own, of anybody else's."""

    item: str
    unit: str
    quantity: Decimal
    unit_price: int
    state: int
    counterpart: int
    other: int = 0

    @property
    def amount(self) -> int:
        return amount_of(self.quantity, self.unit_price)


@dataclass(frozen=True, slots=True)
class Totals:
    amount: int
    state: int
    counterpart: int
    other: int

    @property
    def state_share(self) -> int | None:
        """Ten-thousandths of the whole, rounded up: a share just above a limit never reads as the limit."""
        return -(-self.state * WHOLE // self.amount) if self.amount else None


def amount_of(quantity: Decimal, unit_price: int) -> int:
    return int((quantity * unit_price).to_integral_value(rounding=ROUND_HALF_UP))


def read_quantity(text: str) -> Decimal:
    """ "12,5" as 12.5, at most three places, above zero. BadLine."""
    number = parse_number(text, decimal=",")
    if number is None or number.comparator or number.unit:
        raise BadLine("quantity", Words("Viết số lượng, ví dụ 2 hoặc 12,5.", "Write the quantity, such as 2 or 12,5."))
    try:
        exact = number.value.quantize(PLACES)
    except InvalidOperation as error:
        raise BadLine("quantity", Words("Số lượng quá lớn.", "The quantity is too large.")) from error
    if exact != number.value:
        raise BadLine("quantity", Words("Nhiều nhất ba chữ số lẻ.", "At most three places."))
    return exact


def checked(line: Line) -> Line:
    """The line, or BadLine: empty, negative, beyond 10^15, or sources that do not add up to the amount."""
    if not line.item:
        raise BadLine("item", Words("Ghi hạng mục.", "Name the item."))
    if not line.unit:
        raise BadLine("unit", Words("Ghi đơn vị tính.", "Name the unit."))
    if not 0 < line.quantity <= MOST_QUANTITY:
        raise BadLine("quantity", Words("Số lượng phải lớn hơn 0.", "The quantity has to be above zero."))
    for name in ("unit_price", "state", "counterpart", "other"):
        value = getattr(line, name)
        if value < 0:
            raise BadLine(name, Words("Số tiền không được âm.", "An amount cannot be negative."))
        if value > LARGEST:
            raise BadLine(name, Words("Lớn hơn 10^15: hãy kiểm tra lại đơn vị (đồng).", "Above 10^15: check the unit."))
    if line.amount > LARGEST:
        raise BadLine("unit_price", Words("Thành tiền lớn hơn 10^15.", "The amount is above 10^15."))
    if (given := line.state + line.counterpart + line.other) != line.amount:
        told_vi, told_en = f"{line.amount:,}".replace(",", "."), f"{line.amount:,}"
        given_vi, given_en = f"{given:,}".replace(",", "."), f"{given:,}"
        raise BadLine(
            "counterpart",
            Words(
                f"Các nguồn cộng lại là {given_vi} đồng, thành tiền là {told_vi} đồng.",
                f"The sources add up to {given_en} đồng, the amount is {told_en}.",
            ),
        )
    return line


def totals(lines: Iterable[Line]) -> Totals:
    every = list(lines)
    return Totals(
        sum(one.amount for one in every), sum(one.state for one in every),
        sum(one.counterpart for one in every), sum(one.other for one in every),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """Something the asked state money is held against. `id`: share, cap, call; `most`: đồng, None while not known.

    `over`: by how much the proposal asks too much, 0 when it fits or the limit is not known.
    """

    id: str
    most: int | None
    asked: int
    rate: Rate | None = None

    @property
    def over(self) -> int:
        return max(0, self.asked - self.most) if self.most is not None else 0


def limits(
    sums: Totals, *, share: Rate | None, cap: int | None, call_most: int | None, known: bool
) -> tuple[Limit, ...]:
    """What the state's part has to stay within: the law's share of the eligible cost, its cap, the call's own maximum.

    `known`: whether the law's level may be used at all; otherwise its limits stay open (None) and hold nothing back.
    """
    return tuple(_limits(sums, share, cap, call_most, known))


def _limits(sums: Totals, share: Rate | None, cap: int | None, call_most: int | None, known: bool) -> Iterator[Limit]:
    if not known:
        yield Limit("law", None, sums.state)
    elif share is not None:
        yield Limit("share", sums.amount * share.parts // WHOLE, sums.state, share)
    if known and cap is not None:
        yield Limit("cap", cap, sums.state)
    if call_most is not None:
        yield Limit("call", call_most, sums.state)


def shares_match(asked: int, shares: Iterable[int]) -> bool:
    """Of a grouped proposal: what its beneficiaries get adds up to what is asked, to the đồng."""
    return sum(shares) == asked
