"""Up to four firms side by side: a column each, a row for each field, what differs marked, sources and ages kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.display import Fact as Line
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise
from matxich.registry.queries.capability_tables import Reader
from matxich.registry.queries.enterprises import enterprise_by_registry_id, public_enterprises, visible_enterprises
from matxich.registry.queries.firm_page import STALE_DAYS, lines_of
from matxich.registry.queries.passport import Passport, passport
from matxich.registry.states import Size
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id, parse_tax_code
from matxich.rulebook.passport import FIELDS, PERSONAL_FIELDS
from matxich.rulebook.sections import SECTIONS
from matxich.rulebook.vietnamese.text import fold

MOST = 4
ASKED_AT_MOST = 20
LETTERS = "ABCD"
_IN_HEADS = frozenset(["name"])
# What everybody asks about, known or not.
_ASKED = frozenset(["tax_code", "address", "sectors", "product", "processes", "certificate", "workers"])
# Told of every firm apart by its nature: that these differ says nothing.
_OWN = frozenset(
    (
        *("name_en", "name_short", "name_former", "name_ja", "name_ko", "tax_code", "licence", "stock_code"),
        *("address", "site_address", "site", "lot", "website", "external_id", "note", *PERSONAL_FIELDS),
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """One of the firms. `without_url` compares the others; "" for the last one."""

    letter: str
    registry_id: str
    name: str
    url: str
    place: str
    size: str
    level: int
    stale: bool
    without_url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one firm says of a field; no lines where nobody has said anything."""

    letter: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`state`: "same" when all who say something say the same, "differ" when not; "" when fewer than two do, or where
    nobody could expect the same."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Block:
    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`differing` counts the rows that differ, `same` those that agree; `only_different`: the latter are left out."""

    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    differing: int
    same: int
    only_different: bool


def firms_named(texts: Iterable[str], *, public: bool) -> tuple[list[Enterprise], list[str]]:
    """The firms that registry ids or tax codes lead to, each once, in the order asked; and what led nowhere."""
    found: dict[int, Enterprise] = {}
    unknown: dict[str, None] = {}
    for text in dict.fromkeys(text.strip() for text in texts if text.strip()):
        if len(found) + len(unknown) == ASKED_AT_MOST:
            break
        firm = _firm(text)
        if firm is None or (public and not public_enterprises().filter(pk=firm.pk).exists()):
            unknown[text[:40]] = None
        else:
            found[firm.pk] = firm
    return list(found.values()), list(unknown)


def _firm(text: str) -> Enterprise | None:
    if parse_registry_id(text):
        return enterprise_by_registry_id(text)
    code = parse_tax_code(text)
    return visible_enterprises().filter(tax_code=code.text).first() if code.valid else None


def comparison(
    firms: Sequence[Enterprise], *, actor: Actor, public: bool, today: date, only_different: bool
) -> Comparison:
    """At most MOST firms, as far as the actor may see each; two queries a firm."""
    told = [passport(firm, actor=actor) for firm in firms]
    rows = {code: _row(code, told, public) for code in _codes(told)}
    shown = [row for row in rows.values() if row.state != "same"] if only_different else list(rows.values())
    blocks = (
        Block(code, _(label), tuple(row for row in shown if FIELDS[row.code].section == code))
        for code, label in SECTIONS.items()
    )
    states = [row.state for row in rows.values()]
    return Comparison(
        columns=tuple(_column(at, firms, public, today) for at in range(len(firms))),
        blocks=tuple(block for block in blocks if block.rows),
        differing=states.count("differ"),
        same=states.count("same"),
        only_different=only_different,
    )


def _codes(told: Sequence[Passport]) -> list[str]:
    """Fields that one of them tells of, and those everybody asks about, in the order of a passport."""
    known = {row.code for one in told for section in one.sections for row in section.rows}
    return [code for code in FIELDS if code in known | _ASKED and code not in _IN_HEADS]


def _row(code: str, told: Sequence[Passport], public: bool) -> Row:
    cells = []
    for letter, one in zip(LETTERS, told, strict=False):
        row, reader = one.row(code), Reader(one.on, "" if public else make_registry_id(one.enterprise.pk))
        lines = lines_of(row, reader) if row else ()
        cells.append(Cell(letter, tuple(lines)))
    return Row(code, _(FIELDS[code].label), tuple(cells), "" if code in _OWN else _state(cells))


def _state(cells: Iterable[Cell]) -> str:
    """Items in another order, or written with other marks, are the same."""
    said = [sorted(fold(item) for line in cell.lines for item in str(line.value).split(" · ")) for cell in cells]
    said = [items for items in said if items]
    if len(said) < 2:
        return ""
    return "same" if all(items == said[0] for items in said) else "differ"


def _column(at: int, firms: Sequence[Enterprise], public: bool, today: date) -> Column:
    firm = firms[at]
    others = [make_registry_id(other.pk) for other in firms if other.pk != firm.pk]
    size = "" if firm.size == Size.UNKNOWN else str(Size(firm.size).label)
    return Column(
        letter=LETTERS[at],
        registry_id=make_registry_id(firm.pk),
        name=firm.name,
        url=reverse("registry:firm" if public else "registry:passport", args=[make_registry_id(firm.pk)]),
        place=", ".join(name_of(code) for code in (firm.commune_34, firm.province_34) if code),
        size=size,
        level=min(3, firm.verification),
        stale=firm.as_of is not None and (today - firm.as_of).days > STALE_DAYS,
        without_url=comparison_url(others) if others else "",
    )


def comparison_url(registry_ids: Iterable[str]) -> str:
    return "?" + "&".join(f"id={one}" for one in registry_ids)
