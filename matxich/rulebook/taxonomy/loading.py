"""From the text of the files to a taxonomy, or to a refusal that says where and what to do.

A file a scheme: CSV with the columns below, names separated by "|". A name that means several concepts ends
in "?" under each of them; any other name said twice in one language of a scheme is refused.
"""

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import is_normalized

from matxich.rulebook.taxonomy.model import LANGUAGES, Concept, Language, Scheme, Taxonomy

COLUMNS = ("code", "broader", "related", *LANGUAGES, *(f"{language}_also" for language in LANGUAGES))
DOUBT = "?"
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class TaxonomyFault(ValueError):
    """Base of what is wrong with the data: `file`, `line` (1 is the header; 0 the file as a whole), `hint`."""

    def __init__(self, file: str, line: int, message: str, hint: str) -> None:
        super().__init__(f"{file}:{line}: {message} {hint}")
        self.file, self.line, self.message, self.hint = file, line, message, hint


class UnknownColumn(TaxonomyFault):
    """The header is not the agreed one, or a row has more or fewer cells than it."""


class NotComposed(TaxonomyFault):
    """Text outside Unicode NFC."""


class BadCode(TaxonomyFault):
    """A code that is not lower-case ASCII words joined by hyphens."""


class DuplicateCode(TaxonomyFault):
    """A code stands twice, in whatever scheme."""


class MissingLabel(TaxonomyFault):
    """A concept has no name in one of the four languages."""


class SynonymIsLabel(TaxonomyFault):
    """A synonym repeats the concept's own label."""


class DuplicatePhrase(TaxonomyFault):
    """A name stands for two concepts of a scheme without being marked, or twice for one."""


class LonelyDoubt(TaxonomyFault):
    """A name is marked as meaning several concepts and stands under one."""


class Orphan(TaxonomyFault):
    """A concept's broader concept is in no row of its scheme."""


class UnknownRelated(TaxonomyFault):
    """A related concept is in no scheme."""


class Cycle(TaxonomyFault):
    """A concept is broader than itself."""


class EmptyScheme(TaxonomyFault):
    """A file without a concept."""


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    line: int
    concept: Concept


def load(files: Mapping[Scheme, str]) -> Taxonomy:
    """The taxonomy of these schemes; a TaxonomyFault at the first thing that is wrong.

    `files` holds the whole text of each scheme's file. Faults name it `<scheme>.csv`.
    """
    rows: dict[str, _Row] = {}
    for scheme, text in files.items():
        count = len(rows)
        for row in _rows(scheme, text):
            if first := rows.get(row.concept.code):
                raise DuplicateCode(
                    row.file, row.line, f"“{row.concept.code}” already stands in {first.file}:{first.line}.",
                    "Give one of the two another code.",
                )  # fmt: skip
            rows[row.concept.code] = row
        if len(rows) == count:
            raise EmptyScheme(f"{scheme}.csv", 0, "The scheme holds no concept.", "Add one or leave the file out.")
    _check_links(rows)
    _check_phrases(rows.values())
    above = _climbed(rows)
    narrower: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        for broader in row.concept.broader:
            narrower[broader].append(row.concept.code)
    digest = hashlib.sha256("\0".join(f"{scheme}\0{files[scheme]}" for scheme in sorted(files)).encode())
    return Taxonomy(
        {code: row.concept for code, row in rows.items()},
        {code: tuple(codes) for code, codes in narrower.items()},
        above,
        digest.hexdigest()[:16],
    )


def _rows(scheme: Scheme, text: str) -> Iterator[_Row]:
    file = f"{scheme}.csv"
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = next(reader, [])
    if tuple(header) != COLUMNS:
        strange = [name for name in header if name not in COLUMNS] or ["(missing or out of order)"]
        raise UnknownColumn(file, 1, f"Unknown columns: {', '.join(strange)}.", f"The header is {','.join(COLUMNS)}.")
    composed = is_normalized("NFC", text)
    for cells in reader:
        line = reader.line_num
        if not cells:
            continue
        if not composed and not is_normalized("NFC", "".join(cells)):
            raise NotComposed(file, line, "The text is not in Unicode NFC.", "Save the row in composed form (NFC).")
        if len(cells) != len(COLUMNS):
            told = f"The row has {len(cells)} cells, the header {len(COLUMNS)}."
            raise UnknownColumn(file, line, told, "Look for a missing comma, or one that needs quotes.")
        yield _Row(file, line, _concept(scheme, file, line, cells))


def _concept(scheme: Scheme, file: str, line: int, cells: list[str]) -> Concept:
    code, broader, related = cells[0].strip(), _split(cells[1]), _split(cells[2])
    if not _CODE.fullmatch(code):
        raise BadCode(file, line, f"“{code}” is no code.", "Use lower-case ASCII words joined by hyphens.")
    labels: dict[Language, str] = {}
    also: dict[Language, tuple[str, ...]] = {}
    doubtful: set[tuple[Language, str]] = set()
    for at, language in enumerate(LANGUAGES):
        label = cells[3 + at].strip()
        if not label:
            raise MissingLabel(file, line, f"“{code}” has no label in {language}.", f"Fill the column {language}.")
        names = _split(cells[3 + len(LANGUAGES) + at])
        if any(name[-1] == DOUBT for name in (label, *names)):
            doubtful |= {(language, name[:-1].strip()) for name in (label, *names) if name.endswith(DOUBT)}
            label, names = label.removesuffix(DOUBT), tuple(name.removesuffix(DOUBT).strip() for name in names)
        labels[language], also[language] = label, names
        if label.casefold() in {name.casefold() for name in names}:
            told = f"“{label}” is both the label and a synonym of “{code}”."
            raise SynonymIsLabel(file, line, told, f"Take it out of {language}_also.")
    return Concept(code, scheme, broader, related, labels, also, frozenset(doubtful))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(name for part in cell.split("|") if (name := part.strip())) if cell else ()


def _check_links(rows: Mapping[str, _Row]) -> None:
    for row in rows.values():
        for code in row.concept.broader:
            if code not in rows or rows[code].concept.scheme != row.concept.scheme:
                told = f"“{row.concept.code}” lies under “{code}”, which {row.file} does not hold."
                raise Orphan(row.file, row.line, told, "Add that concept or correct the column broader.")
        for code in row.concept.related:
            if code not in rows:
                told = f"“{row.concept.code}” is related to “{code}”, which no file holds."
                raise UnknownRelated(row.file, row.line, told, "Add that concept or correct the column related.")


def _check_phrases(rows: Iterable[_Row]) -> None:
    said: dict[tuple[Scheme, Language, str], _Row] = {}
    doubts: dict[tuple[Scheme, Language, str], list[_Row]] = defaultdict(list)
    for row in rows:
        concept = row.concept
        for language in LANGUAGES:
            for name in concept.names(language):
                key = (concept.scheme, language, name.casefold())
                if (language, name) in concept.doubtful:
                    doubts[key].append(row)
                elif first := said.get(key):
                    raise _twice(row, first, language, name)
                else:
                    said[key] = row
    for key, found in doubts.items():
        _scheme, language, name = key
        if first := said.get(key):
            raise _twice(found[0], first, language, name)
        if len({row.concept.code for row in found}) == 1:
            row = found[0]
            told = f"“{name}?” ({language}) stands only under “{row.concept.code}”."
            raise LonelyDoubt(row.file, row.line, told, "Mark it under the other concept too, or take the ? off.")


def _twice(row: _Row, first: _Row, language: Language, name: str) -> DuplicatePhrase:
    told = f"“{name}” ({language}) stands under “{first.concept.code}” ({first.file}:{first.line}) too."
    hint = "Keep it under one concept, or write it with a trailing ? under each it may mean."
    return DuplicatePhrase(row.file, row.line, told, hint)


def _climbed(rows: Mapping[str, _Row]) -> dict[str, frozenset[str]]:
    """Everything broader than each concept, however far up; a Cycle where that includes itself."""
    above: dict[str, frozenset[str]] = {}

    def climb(code: str, path: tuple[str, ...]) -> frozenset[str]:
        if code in path:
            row = rows[code]
            told = f"Broader than itself: {' > '.join((*path[path.index(code) :], code))}."
            raise Cycle(row.file, row.line, told, "Take one of these out of the column broader.")
        if code not in above:
            broader = rows[code].concept.broader
            above[code] = frozenset(broader).union(*(climb(each, (*path, code)) for each in broader))
        return above[code]

    for code in rows:
        climb(code, ())
    return above
