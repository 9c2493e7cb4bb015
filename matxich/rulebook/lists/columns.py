"""Which field each column of a table holds: by its header, by its values, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from matxich.rulebook.lists.content import CERTAIN, Content
from matxich.rulebook.lists.correcting import COLUMNS
from matxich.rulebook.lists.fields import BY_CODE, header_fields
from matxich.rulebook.lists.grid import Value, letter, shown
from matxich.rulebook.lists.memory import Recalled, Remembered, recall
from matxich.rulebook.lists.model import Column, Reason, Table
from matxich.rulebook.lists.persons import names_persons_numbers
from matxich.rulebook.lists.shapes import header_text, plain
from matxich.rulebook.lists.units import Unit, split_header
from matxich.rulebook.vietnamese.legacy import repair_column

SURE = 0.55  # below, a column stays unmapped
APART = 0.12  # two fields closer than this are both shown and neither is taken
PLAIN = 0.85  # a header that says exactly this, and values that do not deny it …
CONTENT_ONLY = 0.7  # … leave any other reading no more than this
AS_BEFORE = 0.99  # what the sender's last list meant
SAMPLES = 3
LONGEST_SAMPLE = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field a column may hold, with a confidence from 0 to 1."""

    field: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column holds. `field` is None while unknown or undecided; then `candidates` shows the best.

    `filled` counts its non-empty cells. `unit` and `year` come from the header or the table's title.
    `encoding` is the legacy encoding its values are repaired from, when they are.
    """

    index: int
    letter: str
    header: str
    field: str | None
    confidence: float
    reasons: tuple[Reason, ...]
    samples: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    filled: int
    unit: Unit | None = None
    year: int | None = None
    encoding: str | None = None
    duplicates: tuple[str, ...] = ()

    @property
    def runner_up(self) -> Candidate | None:
        """The best field beside the one taken; for an undecided column, the second of the two."""
        others = [c for c in self.candidates if c.field != self.field]
        return others[0 if self.field else 1] if len(others) > (0 if self.field else 1) else None


@dataclass(slots=True)
class _Read:
    """A column while it is judged."""

    column: Column
    content: Content
    filled: int
    encoding: str | None
    name: str
    unit: Unit | None
    year: int | None
    candidates: list[Candidate] = field(default_factory=list)


def map_columns(table: Table, remembered: Mapping[str, Remembered] | None = None) -> list[ColumnGuess]:
    """A guess for every column of the table that has a header or a value, left to right.

    `remembered`: this sender's earlier columns by folded header. One of the same name, but for year and unit, wins
    over every other sign; one of nearly the same name decides where no other sign does.
    """
    reads = [_read(table, column) for column in _columns(table)]
    for read in reads:
        read.candidates = _candidates(read)
    guesses = [_decide(read, remembered or {}) for read in reads]
    return _without_rivals(_with_duplicates([guess for guess in guesses if guess.header or guess.filled]))


def corrected(guesses: Iterable[ColumnGuess], choices: Mapping[int, str | None]) -> list[ColumnGuess]:
    """The guesses with an officer's choices: column index → field, None to leave the column out."""
    return [
        replace(guess, field=choices[guess.index], confidence=1.0) if guess.index in choices else guess
        for guess in guesses
    ]


def memory_of(guesses: Iterable[ColumnGuess], *, on: date | None = None, batch: int = 0) -> dict[str, Remembered]:
    """What to remember for this sender's next list, by folded header; `on`, `batch`: the list they are of.

    A column nobody understood is not remembered, unless an officer chose to leave it out; nor are those of our own.
    """
    return {
        plain(guess.header): Remembered(guess.field, guess.header, on, batch)
        for guess in guesses
        if guess.header and guess.field not in COLUMNS and (guess.field or guess.confidence >= AS_BEFORE)
    }


def _columns(table: Table) -> list[Column]:
    """The header's columns and those beyond it that hold values."""
    known = {column.index: column for column in table.columns}
    width = max((len(row.values) for row in table.rows), default=0)
    for index in range(width):
        known.setdefault(index, Column(index, letter(index), "", ("",)))
    return [known[index] for index in sorted(known)]


def _read(table: Table, column: Column) -> _Read:
    values = list(table.column_values(column.index))
    filled = len(values) - values.count(None)
    name, unit, year = split_header(column.header)
    content = Content(values)
    return _Read(column, content, filled, _encoding(content.values), name, unit or table.unit, year)


def _encoding(values: Sequence[Value]) -> str | None:
    found = [cell.encoding for cell in repair_column([v for v in values if isinstance(v, str)]) if cell.encoding]
    return max(set(found), key=found.count) if found else None


def _header_scores(read: _Read) -> dict[str, float]:
    """The whole header, its lowest part alone, and, weaker, the group above it."""
    parts = read.column.parts
    scores: dict[str, float] = dict(header_fields(read.name))
    lowest = 0.6 if 1.0 in scores.values() else 1.0  # "Địa chỉ / Nhà máy" says it whole: no factory's name
    for text, weight in ((parts[-1], lowest), (parts[0], 0.55)) if len(parts) > 1 else ():
        for code, score in header_fields(split_header(text)[0]):
            scores[code] = max(scores.get(code, 0.0), score * weight)
    return scores


def _candidates(read: _Read) -> list[Candidate]:
    headers = _header_scores(read)
    codes = set(headers) | {code for code in CERTAIN if read.content.fit(code) >= 0.5}
    if names_persons_numbers(read.column.header):
        codes &= {"tax_code"}  # "CCCD người đại diện" is a number, no name
    scored = [Candidate(code, _confidence(code, headers.get(code, 0.0), read)) for code in codes]
    if any(headers.get(c.field) == 1.0 and c.confidence >= PLAIN for c in scored):
        scored = [
            c if headers.get(c.field) == 1.0 else replace(c, confidence=min(c.confidence, CONTENT_ONLY)) for c in scored
        ]
    return sorted((c for c in scored if c.confidence >= 0.2), key=lambda c: (-c.confidence, c.field))


def _confidence(code: str, header: float, read: _Read) -> float:
    fit = read.content.fit(code)
    score = max(header * 0.92, fit * 0.85) + 0.07 * min(header, fit)
    if header and header < 1.0:
        score += 0.25 * fit * (1 - header)
    if header and read.content.contradicts(BY_CODE[code].kind) is not None:
        score -= 0.4
    if read.unit and header and _unit_speaks_against(code, read.unit):
        score -= 0.2
    return round(min(max(score, 0.0), 0.99), 2)


def _unit_speaks_against(code: str, unit: Unit) -> bool:
    kind = BY_CODE[code].kind
    return (kind == "money" and unit.kind in ("percent", "people")) or (kind == "integer" and unit.kind == "percent")


def _decide(read: _Read, remembered: Mapping[str, Remembered]) -> ColumnGuess:
    chosen, confidence, reasons = _as_before(read, *_choice(read), recall(read.column.header, remembered))
    unit = (
        read.unit
        if chosen and (BY_CODE[chosen].kind == "money") == (read.unit is not None and read.unit.kind == "money")
        else None
    )
    if unit is None and chosen and BY_CODE[chosen].kind == "money" and read.filled:
        reasons.append(Reason("unit_missing"))
    if unit:
        reasons.append(Reason("unit", {"unit": unit.text}))
    if read.encoding:
        reasons.append(Reason("encoding", {"encoding": read.encoding}))
    return ColumnGuess(
        index=read.column.index,
        letter=read.column.letter,
        header=read.column.header,
        field=chosen,
        confidence=confidence,
        reasons=tuple(reasons),
        samples=_samples(read),
        candidates=tuple(read.candidates[:3]),
        filled=read.filled,
        unit=unit or (read.unit if chosen is None else None),
        year=read.year,
        encoding=read.encoding,
    )


def _as_before(
    read: _Read, chosen: str | None, confidence: float, reasons: list[Reason], recalled: Recalled | None
) -> tuple[str | None, float, list[Reason]]:
    """What the column was before, if it is recalled well enough, and whether its values speak against that."""
    if recalled is None or not (recalled.known.field is None or recalled.known.field in BY_CODE):
        return chosen, confidence, reasons
    if recalled.match == "close" and chosen not in (None, recalled.known.field):
        return chosen, confidence, reasons
    known = recalled.known
    told = [_remembered(recalled)]
    against = read.content.contradicts(BY_CODE[known.field].kind) if known.field else None
    if known.field and against is not None:
        told.append(Reason("content_against", {"label": BY_CODE[known.field].label, "share": round(against * 100)}))
    return known.field, AS_BEFORE, told


def _remembered(recalled: Recalled) -> Reason:
    known = recalled.known
    if known.on is None:
        return Reason("remembered")
    told: dict[str, str | int] = {"day": f"{known.on:%d/%m/%Y}"}
    if recalled.match == "same":
        return Reason("remembered_on", told)
    return Reason("remembered_like", told | {"header": known.header})


def _choice(read: _Read) -> tuple[str | None, float, list[Reason]]:
    best, second = [*read.candidates[:2], None, None][:2]
    if best is None or best.confidence < 0.45:
        return None, best.confidence if best else 0.0, [Reason("unknown")]
    if second and best.confidence - second.confidence < APART and second.confidence >= 0.4:
        return None, best.confidence, [_both(best, second)]
    if best.confidence < SURE:
        return None, best.confidence, [Reason("unknown")]
    return best.field, best.confidence, _why(read, best.field)


def _both(best: Candidate, second: Candidate) -> Reason:
    return Reason(
        "two_fields",
        {
            "first": BY_CODE[best.field].label,
            "first_share": round(best.confidence * 100),
            "second": BY_CODE[second.field].label,
            "second_share": round(second.confidence * 100),
        },
    )


def _why(read: _Read, code: str) -> list[Reason]:
    header, fit, label = _header_scores(read).get(code, 0.0), read.content.fit(code), BY_CODE[code].label
    reasons: list[Reason] = []
    if header == 1.0:
        reasons.append(Reason("header_name", {"header": read.column.header}))
    elif header:
        reasons.append(Reason("header_like", {"label": label}))
    if code == "tax_code" and fit:
        reasons.append(Reason("content_tax_code", {"share": round(fit * 100)}))
    elif code in CERTAIN and fit >= 0.5:
        reasons.append(Reason("content", {"share": round(fit * 100), "label": label}))
    against = read.content.contradicts(BY_CODE[code].kind) if header else None
    if against is not None:
        reasons.append(Reason("content_against", {"label": label, "share": round(against * 100)}))
    return reasons


def _samples(read: _Read) -> tuple[str, ...]:
    """The first different values, as they will be read."""
    found: dict[str, None] = {}
    for value in read.content.values:
        text = header_text(shown(value)) if read.encoding else " ".join(shown(value).split())
        found.setdefault(text[:LONGEST_SAMPLE])
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _with_duplicates(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Columns of one header name each other; all are kept."""
    same: dict[str, list[str]] = {}
    for guess in guesses:
        if guess.header:
            same.setdefault(plain(guess.header), []).append(guess.letter)
    marked = []
    for guess in guesses:
        others = tuple(other for other in same.get(plain(guess.header), ()) if other != guess.letter)
        if others:
            told = Reason("duplicate_header", {"letters": ", ".join(others)})
            guess = replace(guess, duplicates=others, reasons=(*guess.reasons, told))
        marked.append(guess)
    return marked


def _without_rivals(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """A field with one value takes its best column; same header or another year may stand beside it."""
    kept: list[ColumnGuess] = []
    for guess in guesses:
        rival = _rival(guess, guesses)
        if rival:
            told = Reason("taken", {"label": BY_CODE[guess.field or ""].label, "letter": rival.letter})
            guess = replace(guess, field=None, reasons=(told,))
        kept.append(guess)
    return kept


def _rival(guess: ColumnGuess, guesses: list[ColumnGuess]) -> ColumnGuess | None:
    if guess.field is None or BY_CODE[guess.field].many or BY_CODE[guess.field].kind == "skip":
        return None
    for other in guesses:
        if other.field != guess.field or other.index == guess.index or other.letter in guess.duplicates:
            continue
        if other.year != guess.year:
            continue
        if (other.confidence, -other.index) > (guess.confidence, -guess.index):
            return other
    return None
