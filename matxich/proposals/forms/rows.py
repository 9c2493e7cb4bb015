"""Tables that people fill in row by row, with or without a script: estimate, results, parties."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from matxich.proposals.actions.drafting import PartyIn, ResultIn
from matxich.proposals.models import CostLine, ProposalParty, ProposedResult
from matxich.rulebook.law.facts import Words
from matxich.rulebook.proposals.costs import BadLine, Line, amount_of, read_quantity
from matxich.rulebook.proposals.forms import BadAnswer, read_day, read_figure
from matxich.rulebook.proposals.wording import SAID
from matxich.rulebook.vietnamese.numbers import format_number, parse_number
from matxich.rulebook.vietnamese.text import squeeze

MOST_ROWS = 200
SPARE = 2


@dataclass(slots=True)
class Table[Row]:
    """Rows as typed (`raw`: field → text) and as read; `faults`: row → (field, words)."""

    raw: list[dict[str, str]]
    rows: list[Row] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    faults: dict[int, tuple[str, Words]] = field(default_factory=dict)

    def told(self, found: Mapping[int, tuple[str, Words]]) -> None:
        """What an action found wrong, said at the rows as they were typed."""
        for number, fault in found.items():
            self.faults[self.places[number]] = fault


def typed_rows(data: Mapping[str, str], names: Iterable[str]) -> list[dict[str, str]]:
    """Rows "item-0", "unit-0"…; a row with "xoa-0" is left out, an empty one too."""
    numbers = {key.rpartition("-")[2] for key in data if key.partition("-")[0] in set(names)}
    found = []
    for number in sorted(int(n) for n in numbers if n.isascii() and n.isdecimal() and len(n) < 5)[:MOST_ROWS]:
        row = {name: data.get(f"{name}-{number}", "").strip() for name in names}
        if any(row.values()) and not data.get(f"xoa-{number}"):
            found.append(row)
    return found


def _read[Row](raw: list[dict[str, str]], make: Callable[[dict[str, str]], Row]) -> Table[Row]:
    table: Table[Row] = Table(raw)
    for number, row in enumerate(raw):
        try:
            table.rows.append(make(row))
            table.places.append(number)
        except BadLine as bad:
            table.faults[number] = (bad.field, bad.words)
    return table


COSTS = ("item", "unit", "quantity", "unit_price", "state", "counterpart", "other")


def read_costs(data: Mapping[str, str]) -> Table[Line]:
    return _read(typed_rows(data, COSTS), _cost)


def _cost(row: dict[str, str]) -> Line:
    """The counterpart, left empty, is what the other sources leave of the amount."""
    quantity = read_quantity(row["quantity"]) if row["quantity"] else Decimal(1)
    price, state, other = (_money(row, name) for name in ("unit_price", "state", "other"))
    rest = amount_of(quantity, price) - state - other
    counterpart = _money(row, "counterpart") if row["counterpart"] else max(0, rest)
    return Line(squeeze(row["item"])[:300], squeeze(row["unit"])[:50], quantity, price, state, counterpart, other)


def _money(row: dict[str, str], name: str) -> int:
    if not row[name]:
        return 0
    try:
        return read_figure("money", row[name])
    except BadAnswer as bad:
        raise BadLine(name, bad.words) from bad


def cost_rows(lines: Iterable[CostLine]) -> list[dict[str, str]]:
    """Kept lines as they are typed, with the amount beside."""
    return [
        {
            "item": row.item, "unit": row.unit, "quantity": _shown(row.quantity),
            **{name: format_number(getattr(row, name), None, "vi") for name in ("unit_price", "state", "counterpart")},
            "other": format_number(row.other, None, "vi") if row.other else "",
            "amount": format_number(row.amount, None, "vi"),
        }
        for row in lines
    ]  # fmt: skip


RESULTS = ("indicator", "name", "unit", "baseline", "target", "until")


def read_results(data: Mapping[str, str]) -> Table[ResultIn]:
    raw = [row for row in typed_rows(data, RESULTS) if any(row[name] for name in RESULTS if name != "indicator")]
    return _read(raw, _result)


def _result(row: dict[str, str]) -> ResultIn:
    target = _figure(row, "target")
    if target is None:
        raise BadLine("target", SAID["target"])
    try:
        until = date.fromisoformat(read_day(row["until"]))
    except BadAnswer as bad:
        raise BadLine("until", bad.words) from bad
    return ResultIn(
        row["indicator"][:20], squeeze(row["name"]), squeeze(row["unit"]), _figure(row, "baseline"), target, until
    )


def _figure(row: dict[str, str], name: str) -> Decimal | None:
    if not row[name]:
        return None
    number = parse_number(row[name], decimal=",")
    if number is None or number.comparator:
        raise BadLine(name, SAID["figure"])
    if abs(number.value) >= Decimal(10) ** 15 or number.value != number.value.quantize(Decimal("0.001")):
        raise BadLine(name, SAID["large"])
    return number.value


def result_rows(rows: Iterable[ProposedResult]) -> list[dict[str, str]]:
    return [
        {
            "indicator": row.indicator, "name": row.name, "unit": row.unit,
            "baseline": _shown(row.baseline) if row.baseline is not None else "", "target": _shown(row.target),
            "until": f"{row.until:%d/%m/%Y}",
        }
        for row in rows
    ]  # fmt: skip


PARTIES = ("role", "name", "tax_code", "share", "note")


def read_parties(data: Mapping[str, str]) -> Table[PartyIn]:
    raw = [row for row in typed_rows(data, PARTIES) if any(row[name] for name in PARTIES if name != "role")]
    return _read(raw, lambda row: PartyIn(row["role"], row["name"], row["tax_code"], _money(row, "share"), row["note"]))


def party_rows(rows: Iterable[ProposalParty]) -> list[dict[str, str]]:
    return [
        {
            "role": row.role, "name": row.name, "tax_code": row.tax_code, "note": row.note,
            "share": format_number(row.share, None, "vi") if row.share else "",
        }
        for row in rows
    ]  # fmt: skip


def _shown(value: Decimal) -> str:
    return format_number(value.normalize() if value else Decimal(0), None, "vi")


def shown_amount(value: int | None) -> str:
    return "" if value is None else format_number(value, None, "vi")


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as the page draws it, with its number and what is wrong with it."""

    number: int
    values: Mapping[str, Any]
    bad: str
    why: str


def drawn(raw: list[dict[str, str]], faults: Mapping[int, tuple[str, str]], names: Iterable[str]) -> list[DrawnRow]:
    """What was typed and a few empty rows after it."""
    spare: list[dict[str, str]] = [dict.fromkeys(names, "") for _number in range(SPARE if raw else 3)]
    found = []
    for number, row in enumerate([*raw, *spare]):
        bad, why = faults.get(number, ("", ""))
        found.append(DrawnRow(number, row, bad, why))
    return found
