"""The register as documents of the search index."""

from collections.abc import Collection, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from matxich.registry.models import Enterprise, ImportRow, Merge, SearchChange, Statement
from matxich.registry.queries.families import families, kept_of
from matxich.registry.queries.meaning import Item, decisions_everywhere, decisions_of_firms, words_of
from matxich.registry.search.concepts import SCHEMES, concepts_of, unsure_of
from matxich.registry.search.document import Document
from matxich.registry.states import ImportState, Kind, Visibility
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.meaning import Decisions

CHUNK = 500
TEXT_KEPT = 2_000

_COLUMNS = (
    "id", "name", "name_en", "short_name", "tax_code", "province_34", "province_63", "commune_34", "commune_63",
    "zone", "size", "sector", "in_programme", "verification", "as_of", "passport", "kind", "created_at",
)  # fmt: skip
# Persons in business: found by the public only once their consent is recorded.
PERSONS = {Kind.HOUSEHOLD, Kind.ARTISAN}
# Fields of the passport whose words are searched; contacts, notes and figures are not.
_NAMES = ("name_former", "name_ja", "name_ko")
_PUBLIC = (
    "address", "site_address", "zone", "lot", "sectors", "industries", "vsic", "products", "hs",
    "processes", "materials", "machines", "tolerance", "capacity", "certificates", "markets",
)  # fmt: skip
_OFFICE = ("customers",)


def visible() -> QuerySet[Enterprise]:
    """Published, not merged into another, and known by a name."""
    published = Q(first_import=None) | Q(first_import__state=ImportState.PUBLISHED)
    return Enterprise.objects.filter(published, merged_into=None).exclude(name="")


def in_force() -> Q:
    """Statements that count: not withdrawn, and of no list or of a published one."""
    return Q(withdrawn_at=None) & (Q(batch=None) | Q(batch__state=ImportState.PUBLISHED))


def documents(ids: Collection[int], everywhere: Decisions) -> Iterator[Document]:
    """The documents of those among `ids` that may be found at all; five queries, two more where records were merged.

    A record is found by the names and numbers of those merged into it as well. `everywhere`: what people decided
    that phrases mean for all firms, as of this pass.
    """
    rows = list(visible().filter(id__in=ids).order_by("id").values(*_COLUMNS))
    heads = {member: head for head, members in families([row["id"] for row in rows]).items() for member in members}
    sources = _sources(heads)
    hidden = _hidden(heads)
    merged = _merged(heads)
    own = decisions_of_firms(heads)
    for row in rows:
        decisions = {**everywhere, **own[row["id"]]} if row["id"] in own else everywhere
        yield _document(row, sources.get(row["id"], ()), hidden, merged.get(row["id"], []), decisions)


def everything() -> Iterator[list[Document]]:
    """The whole register in chunks, in order of id."""
    last, everywhere = 0, decisions_everywhere()
    while ids := list(visible().filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHUNK]):
        yield list(documents(ids, everywhere))
        last = ids[-1]


def touched(changes: Collection[SearchChange]) -> Iterator[tuple[int, ...]]:
    """The enterprises that changes speak of, in chunks; an import speaks of every one it has a row for."""
    yield from batched(sorted({c.enterprise_id for c in changes if c.enterprise_id}), CHUNK, strict=False)
    for batch in sorted({change.batch_id for change in changes if change.batch_id}):
        rows = ImportRow.objects.filter(batch=batch, enterprise__isnull=False).order_by("id")
        ids = rows.values_list("enterprise_id", flat=True).iterator(chunk_size=CHUNK)
        for some in batched(ids, CHUNK, strict=False):
            yield tuple(sorted({*some, *kept_of(some).values()}))


def _merged(heads: Mapping[int, int]) -> dict[int, list[dict[str, Any]]]:
    """Names and numbers of the records merged into each."""
    found: dict[int, list[dict[str, Any]]] = {}
    if others := {member: head for member, head in heads.items() if member != head}:
        codes = dict(Merge.objects.filter(merged__in=others, undone_at=None).values_list("merged_id", "tax_code"))
        for row in Enterprise.objects.filter(id__in=others).order_by("id").values("id", "name", "name_en"):
            found.setdefault(others[row["id"]], []).append(row | {"tax_code": codes.get(row["id"])})
    return found


def _sources(heads: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Who says anything in force about each."""
    told = Statement.objects.filter(in_force(), enterprise__in=heads)
    found: dict[int, set[int]] = {}
    for enterprise, source in told.order_by().values_list("enterprise_id", "source_id").distinct():
        found.setdefault(heads[enterprise], set()).add(source)
    return {enterprise: tuple(sorted(sources)) for enterprise, sources in found.items()}


def _hidden(ids: Collection[int]) -> set[int]:
    """Statements about public fields that are themselves not public."""
    fields = (*_PUBLIC, *_NAMES, *SCHEMES)
    told = Statement.objects.filter(enterprise__in=ids, visibility__gt=Visibility.PUBLIC, field__in=fields)
    return set(told.order_by().values_list("id", flat=True))


def _document(
    row: dict[str, Any],
    sources: tuple[int, ...],
    hidden: set[int],
    merged: list[dict[str, Any]],
    decisions: Decisions,
) -> Document:
    passport = row["passport"]
    told = {code: tuple(_told(passport.get(code), hidden)) for code in (*_PUBLIC, *_NAMES)}
    former = [name for code in _NAMES for name in told[code]]
    terms = {facet: list(terms_of(passport, facet, hidden)) for facet in SCHEMES}
    return Document(
        id=row["id"],
        name=row["name"],
        names=tuple(filter(None, (row["name_en"], row["short_name"], *former, *_names_of(merged)))),
        codes=tuple(filter(None, (row["tax_code"], make_registry_id(row["id"]), *_codes_of(merged)))),
        text=tuple(text for code in _PUBLIC for text in told[code]),
        office_text=tuple(text for code in _OFFICE for text in _told(passport.get(code), set())),
        **{code: row[code] for code in ("province_34", "province_63", "commune_34", "commune_63", "zone", "size")},
        sectors=told["sectors"] or tuple(filter(None, [row["sector"]])),
        concepts={facet: concepts_of(items, facet, decisions) for facet, items in terms.items()},
        unsure=tuple(phrase for facet, items in terms.items() for phrase in unsure_of(items, facet, decisions)),
        sources=sources,
        in_programme=row["in_programme"],
        verified=row["verification"],
        public=row["kind"] not in PERSONS,
        listed=timezone.localdate(row["created_at"]),
        as_of=row["as_of"],
    )


def _names_of(merged: list[dict[str, Any]]) -> list[str]:
    return [name for one in merged for name in (one["name"], one["name_en"])]


def _codes_of(merged: list[dict[str, Any]]) -> list[str | None]:
    return [code for one in merged for code in (one["tax_code"], make_registry_id(one["id"]))]


def terms_of(passport: dict[str, Any], facet: str, hidden: Collection[int] = ()) -> Iterator[Item]:
    """What a firm says under one list of the taxonomy; of structured values those whose concept was stated."""
    yield from _items(passport.get(SCHEMES[facet]), hidden)
    for item in _items(passport.get(facet), hidden):
        if isinstance(item, dict) and item.get("concept"):
            yield item


def _told(current: dict[str, Any] | None, hidden: set[int]) -> Iterator[str]:
    """The texts of one field of a passport, without those of hidden statements."""
    return (text[:TEXT_KEPT] for item in _items(current, hidden) if (text := words_of(item)))


def _items(current: dict[str, Any] | None, hidden: Collection[int]) -> Iterator[Item]:
    """The items of one field of a passport, without those of hidden statements."""
    if not current:
        return
    pairs = current["m"] if "m" in current else [[current["v"], current["s"]]] if "v" in current else []
    for value, statement in pairs:
        if statement not in hidden:
            yield from (
                one if isinstance(one, dict) else str(one)
                for one in (value if isinstance(value, list) else [value])
                if one
            )
