"""The register as documents of the search index."""

from collections.abc import Collection, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from matxich.registry.models import Enterprise, ImportRow, Merge, SearchChange, Statement
from matxich.registry.queries.families import families, kept_of
from matxich.registry.queries.meaning import decisions_everywhere, decisions_of_firms
from matxich.registry.search import telling
from matxich.registry.search.document import Document, as_json
from matxich.registry.states import ImportState, Kind, Visibility
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.meaning import Decisions

CHUNK = 500

_COLUMNS = (
    "id", "name", "company_key", "name_en", "short_name", "tax_code", "province_34", "province_63", "commune_34",
    "commune_63", "zone", "size", "sector", "in_programme", "verification", "as_of", "passport", "kind", "created_at",
)  # fmt: skip
# Persons in business: found by the public only once their consent is recorded.
PERSONS = {Kind.HOUSEHOLD, Kind.ARTISAN}


def visible() -> QuerySet[Enterprise]:
    """Published, not merged into another, and known by a name."""
    published = Q(first_import=None) | Q(first_import__state=ImportState.PUBLISHED)
    return Enterprise.objects.filter(published, merged_into=None).exclude(name="")


def in_force() -> Q:
    """Statements that count: not withdrawn, and of no list or of a published one."""
    return Q(withdrawn_at=None) & (Q(batch=None) | Q(batch__state=ImportState.PUBLISHED))


# A row of the register, who says anything of it, which of its statements are not public, what is merged into it, and
# what people decided that its phrases mean.
type Known = tuple[dict[str, Any], tuple[int, ...], frozenset[int], list[dict[str, Any]], Decisions]


def documents(ids: Collection[int], everywhere: Decisions) -> Iterator[Document]:
    """The documents of those among `ids` that may be found at all; five queries, two more where records were merged.

    A record is found by the names and numbers of those merged into it as well. `everywhere`: what people decided
    that phrases mean for all firms, as of this pass.
    """
    return map(document_of, known(ids, everywhere))


def known(ids: Collection[int], everywhere: Decisions) -> list[Known]:
    """What the database says of those among `ids` that may be found."""
    rows = list(visible().filter(id__in=ids).order_by("id").values(*_COLUMNS))
    heads = {member: head for head, members in families([row["id"] for row in rows]).items() for member in members}
    sources, hidden, merged = _sources(heads), frozenset(_hidden(heads)), _merged(heads)
    own = {pk: {**everywhere, **decided} for pk, decided in decisions_of_firms(heads).items()}
    return [
        (row, sources.get(pk := row["id"], ()), hidden, merged.get(pk, []), own.get(pk, everywhere)) for row in rows
    ]


def everything() -> Iterator[list[Known]]:
    """The whole register in chunks, in order of id."""
    last, everywhere = 0, decisions_everywhere()
    while ids := list(visible().filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHUNK]):
        yield known(ids, everywhere)
        last = ids[-1]


def written(chunk: list[Known]) -> list[str]:
    """The documents as the engine reads them; computes only, so that another process may do it."""
    return [as_json(document_of(one)) for one in chunk]


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
    public = (*telling.PUBLIC, *telling.NAMES, *telling.STRUCTURED)
    told = Statement.objects.filter(enterprise__in=ids, visibility__gt=Visibility.PUBLIC, field__in=public)
    return set(told.order_by().values_list("id", flat=True))


def document_of(one: Known) -> Document:
    row, sources, hidden, merged, decisions = one
    passport = row["passport"]
    told = telling.texts(passport, hidden)
    former = [name for code in telling.NAMES for name in told.pop(code)]
    return Document(
        id=row["id"],
        name=row["name"],
        names=tuple(filter(None, (row["name_en"], row["short_name"], *former, *_names_of(merged)))),
        codes=tuple(filter(None, (row["tax_code"], make_registry_id(row["id"]), *_codes_of(merged)))),
        text=tuple(text for texts in told.values() for text in texts),
        office_text=telling.office_texts(passport),
        **{code: row[code] for code in ("province_34", "province_63", "commune_34", "commune_63", "zone", "size")},
        sectors=told["sectors"] or tuple(filter(None, [row["sector"]])),
        concepts=telling.concepts(passport, hidden, decisions),
        unsure=telling.unsure(passport, hidden, decisions),
        certificates=telling.certificates(passport, hidden, decisions),
        sources=sources,
        in_programme=row["in_programme"],
        verified=row["verification"],
        public=row["kind"] not in PERSONS,
        listed=timezone.localdate(row["created_at"]),
        as_of=row["as_of"],
        key=row["company_key"],
    )


def _names_of(merged: list[dict[str, Any]]) -> list[str]:
    return [name for one in merged for name in (one["name"], one["name_en"])]


def _codes_of(merged: list[dict[str, Any]]) -> list[str | None]:
    return [code for one in merged for code in (one["tax_code"], make_registry_id(one["id"]))]
