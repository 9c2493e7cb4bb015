"""What the search index knows of one enterprise, and how it is stored there."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

import tantivy

from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.days import Certified, terms
from matxich.rulebook.vietnamese.names import company_key, expand
from matxich.rulebook.vietnamese.text import fold, nfc, sort_key, words

# Raised whenever what is stored below changes; an index of another version is rebuilt.
VERSION = f"9/{version('tantivy')}"

TOKEN_LENGTH = 40
# Legal forms as officials shorten them; the words of a name itself are spelt out by the rulebook.
_FORMS = {
    "cty": "cong ty",
    "tnhh": "trach nhiem huu han",
    "cp": "co phan",
    "ctcp": "cong ty co phan",
    "mtv": "mot thanh vien",
    "htx": "hop tac xa",
    "dntn": "doanh nghiep tu nhan",
    "hkd": "ho kinh doanh",
}
_LONG_FORMS = tuple((short, f" {form} ") for short, form in _FORMS.items())
_RAW_TOKEN = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\b)")
_GLUED = re.compile(r"(?:cty|ctcp|tnhh|mtv|htx|dntn|cp|xnk|sx|tm|dv|dt|pt|xd|ck|kt){2,}")
_GLUED_PART = re.compile(r"cty|ctcp|tnhh|mtv|htx|dntn|cp|xnk|sx|tm|dv|dt|pt|xd|ck|kt")
_PARTS = re.compile(r"\d+|[^\W\d_]+")

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
# of one value are counted ten times faster than columns of many; no value of a firm stands in two of them.
COLUMNS = {"sector": 1, "process": 6, "material": 6, "certificate": 4, "source": 2}
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
def schema() -> tantivy.Schema:
    """Text arrives folded and cut into words by us, so every engine-side analyser is the plainest there is."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="position")
    for field in ("text", "office", "marked", "code"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in _keyword_fields():
        builder.add_text_field(field, fast=field not in COLUMNS, tokenizer_name="raw", index_option="basic")
    for field in COLUMNS:
        for column in columns_of(field):
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


def columns_of(field: str) -> list[str]:
    """The columns to count a filter's field by."""
    if field not in COLUMNS:
        return [field]
    return [*(f"{field}_{number}" for number in range(COLUMNS[field])), f"{field}_more"]


def fields(document: Document) -> dict[str, list[Any]]:
    """What is stored of a document, by field."""
    names = (document.name, *document.names)
    spelt: list[str] = []
    short: list[str] = []
    for name in names:
        # Each name is a value of its own, so that no phrase runs from one into the next.
        plain = words(joined_initials(name))
        spelt += _spellings(plain)
        short += _short_forms(plain)
    marks = [mark for name in names if not name.isascii() for mark in marked_words(name)]
    found: dict[str, list[Any]] = {
        "id": [document.id],
        "name": [*spelt, " ".join(short)],
        "text": [" ".join(map(_indexed, document.text))],
        "office": [" ".join(map(_indexed, document.office_text))],
        "marked": [" ".join(marks)],
        "code": [" ".join(code_words(document.codes))],
        **_orders(document),
    }
    for field, value in _keywords(document):
        found.setdefault(field, []).append(value)
    for field in COLUMNS:
        *first, more = columns_of(field)
        values = found.get(field, [])
        # A column with a value for every firm is the fastest.
        found |= {column: [values[at] if at < len(values) else ""] for at, column in enumerate(first)}
        if len(values) > len(first):
            found[more] = values[len(first) :]
    return found


def as_json(document: Document) -> str:
    """The same as the engine reads it fastest."""
    return json.dumps(fields(document))


def store(document: Document) -> tantivy.Document:
    """The same in the engine's own form."""
    return tantivy.Document.from_dict(fields(document), schema())


def _keywords(document: Document) -> Iterator[tuple[str, str]]:
    for field in ("province_34", "province_63", "commune_34", "commune_63", "zone", "size"):
        if value := getattr(document, field):
            yield field, value
    for sector in dict.fromkeys(document.sectors):
        yield "sector", sector
    for facet, codes in document.concepts.items():
        yield from ((facet, code) for code in dict.fromkeys(codes))
    yield from (("unsure", phrase) for phrase in document.unsure)
    for source in dict.fromkeys(document.sources):
        yield "source", str(source)
    yield "in_programme", str(int(document.in_programme))
    yield "verified", str(document.verified)
    yield "public", str(int(document.public))
    for term in dict.fromkeys(term for one in document.certificates for term in terms(one)):
        yield CERTIFIED, term


@lru_cache(maxsize=65_536)
def _indexed(text: str) -> str:
    """The text in words, and again with its abbreviations spelt out. Sectors, processes and products repeat a lot."""
    return " ".join(_spellings(words(joined_initials(text))))


def _spellings(plain: list[str]) -> Iterator[str]:
    if plain:
        yield " ".join([part for word in plain for part in with_parts(word)])
    if long := _long_form(plain):
        yield " ".join(long)


def _long_form(plain: list[str]) -> list[str]:
    """The words with abbreviations spelt out; empty where there are none."""
    long = [part for word in plain for part in spelt_out(word) or (word,)]
    return long if len(long) > len(plain) else []


def _short_forms(plain: list[str]) -> list[str]:
    """Abbreviations of the legal form that the name spells out."""
    whole = f" {' '.join(plain)} "
    return [short for short, form in _LONG_FORMS if form in whole]


def joined_initials(text: str) -> str:
    """ "X.N.K" and "T. N. H. H." as one word each."""
    return _INITIALS.sub(r"\1", nfc(text)) if "." in text else nfc(text)


@lru_cache(maxsize=65_536)
def spelt_out(word: str) -> tuple[str, ...]:
    """What an abbreviation stands for, as words; empty for any other word."""
    if _GLUED.fullmatch(word):
        return tuple(long for part in _GLUED_PART.findall(word) for long in spelt_out(part))
    long = _FORMS.get(word) or expand(word)
    return tuple(long.split()) if long != word else ()


def _orders(document: Document) -> dict[str, list[Any]]:
    """Every order ends in the id, so that no two enterprises tie and pages never overlap."""
    return {
        ORDERS["name"]: [f"{sort_key(own_name(document.name, document.key))[:400]} {document.id:012d}"],
        DATED: [document.as_of.toordinal() if document.as_of else 0],
        **{
            ORDERS[order]: [(day.toordinal() if day else 0) << 40 | document.id]
            for order, day in (("newest", document.listed), ("freshness", document.as_of))
        },
    }


def own_name(name: str, key: str = "") -> str:
    """The name without its legal form, marks kept: a list by name is none by legal form. `key`: its company key."""
    left, kept = (key or company_key(name)).split(), []
    for word in reversed(_RAW_TOKEN.findall(nfc(name))):
        if not left:
            break
        for spelling in _ways(word):
            if left[-len(spelling) :] == spelling:
                del left[-len(spelling) :]
                kept.append(word)
                break
    return " ".join(reversed(kept)) if kept and not left else name


@lru_cache(maxsize=65_536)
def _ways(word: str) -> tuple[list[str], ...]:
    """A word of a name as keys have it: folded, or spelt out."""
    folded = fold(word)
    return tuple(filter(None, ([folded], list(spelt_out(folded)))))


@lru_cache(maxsize=65_536)
def with_parts(word: str) -> tuple[str, ...]:
    """ "iso9001" is found as "iso" and as "9001" too."""
    parts = _PARTS.findall(word)
    found = [word, *parts] if len(parts) > 1 else [word]
    return tuple(part[:TOKEN_LENGTH] for part in found)


def marked_words(text: str) -> list[str]:
    """The words that carry marks, one spelling for "hòa" and "hoà"; they lift the order and find nothing."""
    return [mark for word in _RAW_TOKEN.findall(nfc(text)) if (mark := _mark(word))]


@lru_cache(maxsize=65_536)
def _mark(word: str) -> str:
    return sort_key(word)[:TOKEN_LENGTH] if fold(word) != word.lower() else ""


def code_words(codes: Iterable[str]) -> set[str]:
    """A code as typed with separators and without."""
    found = set()
    for code in codes:
        parts = words(code)
        found |= {"".join(parts), *parts}
    return found - {""}
