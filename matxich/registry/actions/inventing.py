"""Invented firms as rows of the register: their statements, and the projection these add up to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, Protocol

from matxich.kit.bulk import ENCODE
from matxich.registry.actions.facts import AUDIENCE
from matxich.registry.actions.projecting import COLUMNS
from matxich.registry.states import Kind
from matxich.rulebook.identifiers import sample_tax_code
from matxich.rulebook.passport import field_of
from matxich.rulebook.projection import Told, project

ENTERPRISE_COLUMNS = ("id", "kind", "parent_id", "is_demo", "version", "created_at", *COLUMNS)
STATEMENT_COLUMNS = (
    *("id", "enterprise_id", "field", "value", "raw", "source_id", "column", "as_of"),
    *("verification", "visibility", "recorded_at", "recorded_by"),
)
PASSPORT = ENTERPRISE_COLUMNS.index("passport")
WITHOUT_TAX_CODE = (Kind.HOUSEHOLD, Kind.ARTISAN, Kind.COOPERATIVE_GROUP)


class Fact(NamedTuple):
    """What one source says: `source` is its place in the list of sources, `value` as the register keeps it."""

    source: int
    field: str
    value: Any
    verification: int
    as_of: date


class Firm(NamedTuple):
    """An invented firm. A unit belongs to the firm before it; tax codes are the register's to give."""

    kind: str
    facts: list[Fact]


class Teller(NamedTuple):
    """A source as far as its statements and the fold care."""

    pk: int
    trust: int
    in_programme: bool


@dataclass(frozen=True, slots=True)
class Order:
    """One batch to be made: which firms of the series, under which numbers.

    `before`: the number of the firm before the first one, whose unit that one may be. `taken`: sample tax codes that
    others hold, which nobody is given.
    """

    first: int
    enterprises: Sequence[int]
    statements: Sequence[int]
    before: int | None
    taken: frozenset[str]
    tellers: tuple[Teller, ...]
    by: str
    at: datetime


class Batch(NamedTuple):
    """Rows ready for the database, JSON encoded."""

    order: Order
    enterprises: list[list[Any]]
    statements: list[tuple[Any, ...]]


class Inventor(Protocol):
    """A series of invented firms, numbered from 1; sent to the process that makes them."""

    @property
    def seed(self) -> int: ...

    @property
    def full(self) -> bool: ...

    def firms(self, first: int, count: int) -> Iterable[Firm]: ...


def ordered(job: tuple[Inventor, Order]) -> Batch:
    return made(*job)


def made(series: Inventor, order: Order) -> Batch:
    """Invent a batch and add its statements up; touches no database, so that it can run in a process of its own."""
    batch, numbers = Batch(order, [], []), iter(order.statements)
    parent, parent_code = order.before, None if order.before is None else sample_tax_code(order.before)
    firms = series.firms(order.first, len(order.enterprises))
    for pk, firm in zip(order.enterprises, firms, strict=True):
        unit = firm.kind == Kind.UNIT
        if unit:
            code = _free(f"{parent_code}-001", order.taken) if parent_code else None
        else:
            parent, parent_code = pk, _code(firm, pk, order.taken)
            code = parent_code
        columns = project(_told(pk, firm, code, numbers, order, batch.statements))
        row = [pk, firm.kind, parent if unit else None, True, 1, order.at, *[columns[name] for name in COLUMNS]]
        row[PASSPORT] = ENCODE(row[PASSPORT])
        batch.enterprises.append(row)
    return batch


def _code(firm: Firm, pk: int, taken: frozenset[str]) -> str | None:
    return None if firm.kind in WITHOUT_TAX_CODE else _free(sample_tax_code(pk), taken)


def _free(code: str, taken: frozenset[str]) -> str | None:
    return None if code in taken else code


def _told(
    pk: int, firm: Firm, code: str | None, numbers: Iterator[int], order: Order, rows: list[tuple[Any, ...]]
) -> list[Told]:
    """The firm's statements as the fold reads them; their rows are added to `rows`."""
    told: list[Told] = []
    facts = [*firm.facts, firm.facts[0]._replace(field="tax_code", value=code)] if code else firm.facts
    for source, field, value, verification, as_of in facts:
        teller, number = order.tellers[source], next(numbers)
        told.append(Told(number, field, value, verification, as_of, teller.trust, order.at, teller.in_programme))
        kept = (number, pk, field, ENCODE(value), "", teller.pk, "", as_of, int(verification))
        rows.append((*kept, _audience(field), order.at, order.by))
    return told


@cache
def _audience(code: str) -> int:
    return AUDIENCE[field_of(code).audience]
