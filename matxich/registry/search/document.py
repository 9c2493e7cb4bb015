"""What the search index knows of one enterprise, and how it is stored there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import chain, repeat
from types import MappingProxyType

import tantivy

from matxich.registry.search.coding import NOTHING, coding_mark, numbers_of
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.days import Certified, terms
from matxich.registry.search.spelling import Name, code_words, indexed

# Raised whenever what is stored below changes.
VERSION = f"11/{version('tantivy')}"

# Filters and facets that depend on the day of asking, and the fields they look at.
VALIDITY, FRESHNESS = "validity", "freshness"
CERTIFIED, DATED = "certified", "as_of"
# Filter or facet → the index field that holds it on each map ("34", "63").
KEYWORDS: dict[str, str | dict[str, str]] = {
    "province": {"34": "province_34", "63": "province_63"},
    "commune": {"34": "commune_34", "63": "commune_63"},
    "zone": "zone",
    "size": "size",
    "sector": "sector",
    **{facet: facet for facet in SCHEMES},
    "source": "source",
    "in_programme": "in_programme",
    "verified": "verified",
}
# Filters of which one firm may have several values: a column for each of the first few, and one for all others. Columns
# of one value are counted ten times faster than columns of many; no value of a firm stands in two of them. Codes of the
# taxonomy are counted as numbers (`coding`), for which the engine need not look a word up in every part of the index.
COLUMNS = {"sector": 1, "process": 6, "material": 6, "certificate": 4}
# Another of which the same few sets of values come again and again: one column holds the whole set, parted by spaces,
# and the sets are counted. Certificates have too many sets for that: telling them apart costs more than columns do.
SETS = {"source": "source_set"}
FACETS = KEYWORDS | {VALIDITY: CERTIFIED, FRESHNESS: DATED}
NO_CONCEPTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
ORDERS = {"name": "by_name", "newest": "by_newest", "freshness": "by_freshness"}


@dataclass(frozen=True, slots=True)
class Document:
    """One enterprise as it may be found. Personal data, contacts and identifiers of persons never get here.

    `names`, `codes` and `text` are public; `office_text` is asked only for officials. `codes` are the tax code
    and the registry id. `concepts` are codes of the taxonomy by filter, broader ones included; `certificates` name the
    narrowest and the days they count, `unsure` the phrases whose concept a person has to say, as "facet:key".
    `key` is the name's company key, "" to have it worked out. `public` is false for a subject the public may not find.
    """

    id: int
    name: str
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    office_text: tuple[str, ...] = ()
    province_34: str = ""
    province_63: str = ""
    commune_34: str = ""
    commune_63: str = ""
    zone: str = ""
    size: str = ""
    sectors: tuple[str, ...] = ()
    concepts: Mapping[str, tuple[str, ...]] = NO_CONCEPTS
    unsure: tuple[str, ...] = ()
    certificates: tuple[Certified, ...] = ()
    sources: tuple[int, ...] = ()
    in_programme: bool = True
    verified: int = 0
    public: bool = True
    listed: date | None = None
    as_of: date | None = None
    key: str = ""


@cache
def layout() -> str:
    """How an index is laid out by now: one of another version, or made by other codes, is rebuilt."""
    return f"{VERSION}/{coding_mark()}"


@cache
def schema() -> tantivy.Schema:
    """Text arrives folded and cut into words by us, so every engine-side analyser is the plainest there is."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="position")
    for field in ("text", "office", "marked", "code", "said", "said_office"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in _keyword_fields():
        builder.add_text_field(field, fast=field not in COLUMNS | SETS, tokenizer_name="raw", index_option="basic")
    for field in COLUMNS | SETS:
        for column in columns_of(field):
            if field in SCHEMES:
                builder.add_unsigned_field(column, fast=True)
            else:
                builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(ORDERS["name"], fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(CERTIFIED, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(DATED, fast=True)
    for order in ("newest", "freshness"):
        builder.add_integer_field(ORDERS[order], fast=True)
    return builder.build()


def _keyword_fields() -> Iterator[str]:
    for field in KEYWORDS.values():
        yield from [field] if isinstance(field, str) else field.values()
    yield from ("public", "unsure")


@cache
def columns_of(field: str) -> tuple[str, ...]:
    """The columns to count a filter's field by."""
    if field not in COLUMNS:
        return (SETS.get(field, field),)
    return (*(f"{field}_{number}" for number in range(COLUMNS[field])), f"{field}_more")


def as_json(document: Document) -> str:
    """What is stored of a document, as the engine reads it fastest: a field of one value as that value, an empty one
    not at all. Words of the index need no escaping: they hold letters and digits alone.
    """
    names = [Name(document.name, document.key), *map(Name, document.names)]
    # Each name is a value of its own, so that no phrase runs from one into the next.
    spelt = [spelling for name in names for spelling in name.spellings()]
    spelt.append(" ".join([short for name in names for short in name.short_forms()]))
    told = [
        f'{{"id":{document.id},"name":{_several(spelt)},"in_programme":"{document.in_programme:d}"'
        f',"verified":"{document.verified}","public":"{document.public:d}"'
        # Every order ends in the id, so that no two enterprises tie and pages never overlap.
        f',"{ORDERS["name"]}":"{names[0].order()[:400]} {document.id:012d}"'
        f',"{ORDERS["newest"]}":{_ordinal(document.listed) << 40 | document.id}'
        f',"{ORDERS["freshness"]}":{(age := _ordinal(document.as_of)) << 40 | document.id},"{DATED}":{age}'
    ]
    text, office = " ".join(map(indexed, document.text)), " ".join(map(indexed, document.office_text))
    said = dict.fromkeys(" ".join((*spelt, text)).split())
    for field, found in (
        ("text", text),
        ("office", office),
        ("said", " ".join(said)),
        ("said_office", " ".join(dict.fromkeys((*said, *office.split())))),
        ("marked", " ".join([marks for name in names for marks in name.marks()])),
        ("code", " ".join(code_words(document.codes))),
    ):
        if found:
            told.append(f',"{field}":"{found}"')
    for field in ("province_34", "province_63", "commune_34", "commune_63", "zone", "size"):
        if value := getattr(document, field):
            told.append(f',"{field}":{_escaped(value)}')
    told.append(_in_columns("sector", tuple([_escaped(sector)[1:-1] for sector in document.sectors])))
    told += [_in_columns(facet, document.concepts.get(facet, ())) for facet in SCHEMES]
    told.append(_in_set("source", document.sources))
    if document.unsure:
        told.append(f',"unsure":{_several(document.unsure)}')
    if document.certificates:
        told.append(f',"{CERTIFIED}":{_several(_on_days(document.certificates))}')
    return "".join(told) + "}"


@lru_cache(maxsize=65_536)
def _in_set(field: str, values: tuple[int, ...]) -> str:
    found = [str(value) for value in sorted(set(values))]
    told = f',"{field}":{_several(found)}' if found else ""
    return f'{told},"{SETS[field]}":"{" ".join(found)}"'


@lru_cache(maxsize=65_536)
def _in_columns(field: str, values: tuple[str, ...]) -> str:
    """A filter of many values and its columns: one with a value for every firm is the fastest."""
    found, (*first, more) = list(dict.fromkeys(values)), columns_of(field)
    told = [f',"{field}":{_several(found)}'] if found else []
    coded = [str(number) for number in numbers_of(field, found)] if field in SCHEMES else [f'"{one}"' for one in found]
    nothing = str(NOTHING) if field in SCHEMES else '""'
    told += [f',"{column}":{value}' for column, value in zip(first, chain(coded, repeat(nothing)), strict=False)]
    if len(coded) > len(first):
        told.append(f',"{more}":[{",".join(coded[len(first) :])}]')
    return "".join(told)


@lru_cache(maxsize=65_536)
def _on_days(certificates: tuple[Certified, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for one in certificates for term in terms(one)))


def _several(values: Sequence[str]) -> str:
    return f'"{values[0]}"' if len(values) == 1 else '["' + '","'.join(values) + '"]'


@lru_cache(maxsize=16_384)
def _escaped(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
