"""The register as documents of the search index."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from matxich.registry.models import Enterprise, ImportRow, Merge, SearchChange, Statement
from matxich.registry.queries.families import families, kept_of
from matxich.registry.queries.meaning import decisions_everywhere, decisions_of_firms
from matxich.registry.queries.meaning import in_force as decided_in_force
from matxich.registry.search import telling
from matxich.registry.search.document import Document, as_json
from matxich.registry.states import ImportState, Kind, Visibility
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.meaning import Decisions

CHUNK = 500
# Letters of an instant down to its minute.
MINUTE = len("2026-11-20 10:05")

_COLUMNS = (
    "id", "name", "company_key", "tax_code", "province_34", "province_63", "commune_34", "commune_63", "zone", "size",
    "sector", "in_programme", "verification", "kind",
)  # fmt: skip
# As text: most of these say the same as in the firm before, and whoever reads a passport may be another process.
_AS_TEXT = {f"{column}_text": Cast(column, TextField()) for column in ("as_of", "created_at", "passport")}
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
type Row = tuple[Any, ...]
type Known = tuple[Row, tuple[int, ...], frozenset[int], list[dict[str, Any]], Decisions]


def documents(ids: Collection[int], everywhere: Decisions) -> Iterator[Document]:
    """The documents of those among `ids` that may be found at all; five queries, two more where records were merged.

    A record is found by the names and numbers of those merged into it as well. `everywhere`: what people decided
    that phrases mean for all firms, as of this pass.
    """
    rows = list(_rows().filter(id__in=ids))
    heads = _heads(rows)
    return map(document_of, _known(rows, heads, Q(enterprise__in=heads), everywhere, decisions_of_firms(heads)))


def everything() -> Iterator[list[Known]]:
    """The whole register in chunks, in order of id; four queries each while nothing in it was merged or decided."""
    last, everywhere = 0, decisions_everywhere()
    deciding = set(decided_in_force().filter(enterprise__isnull=False).values_list("enterprise_id", flat=True))
    while rows := list(_rows().filter(id__gt=last)[:CHUNK]):
        first, last = rows[0][0], rows[-1][0]
        heads = {row[0]: row[0] for row in rows}
        if Enterprise.objects.filter(merged_into_id__gte=first, merged_into_id__lte=last).exists():
            heads = _heads(rows)
        # A range is found quicker than each of so many, and reads hardly anything beside them.
        told = Q(enterprise_id__gte=first, enterprise_id__lte=last)
        if apart := [member for member in heads if not first <= member <= last]:
            told |= Q(enterprise__in=apart)
        own = {} if deciding.isdisjoint(heads) else decisions_of_firms(heads)
        yield _known(rows, heads, told, everywhere, own)


def _rows() -> QuerySet[Enterprise, Row]:
    return visible().order_by("id").annotate(**_AS_TEXT).values_list(*_COLUMNS, *_AS_TEXT)


def _heads(rows: list[Row]) -> dict[int, int]:
    """Each record and all that were merged into it, with the one they speak through."""
    return {member: head for head, members in families([row[0] for row in rows]).items() for member in members}


def _known(
    rows: list[Row], heads: dict[int, int], told: Q, everywhere: Decisions, own: Mapping[int, Decisions]
) -> list[Known]:
    """`told` covers the statements about every one of `heads`, and may cover others."""
    sources, hidden, merged = _sources(told, heads), frozenset(_hidden(told)), _merged(heads)
    decided = {pk: {**everywhere, **decisions} for pk, decisions in own.items()}
    return [
        (row, sources.get(pk := row[0], ()), hidden, merged.get(pk, []), decided.get(pk, everywhere)) for row in rows
    ]


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


def _sources(told: Q, heads: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Who says anything in force about each."""
    found: dict[int, set[int]] = {}
    in_order = Statement.objects.filter(told, in_force()).order_by()
    for enterprise, source in in_order.values_list("enterprise_id", "source_id").distinct():
        if enterprise in heads:
            found.setdefault(heads[enterprise], set()).add(source)
    return {enterprise: tuple(sorted(sources)) for enterprise, sources in found.items()}


def _hidden(told: Q) -> Iterable[int]:
    """Statements about public fields that are themselves not public."""
    public = (*telling.PUBLIC, *telling.NAMES, *telling.STRUCTURED)
    hidden = Statement.objects.filter(told, visibility__gt=Visibility.PUBLIC, field__in=public)
    return hidden.order_by().values_list("id", flat=True)


def document_of(one: Known) -> Document:
    row, sources, hidden, merged, decisions = one
    (
        number, name, key, tax_code, province_34, province_63, commune_34, commune_63, zone, size, sector,
        in_programme, verification, kind, as_of, created_at, written,
    ) = row  # fmt: skip
    passport = json.loads(written)
    told = telling.told(passport, hidden, decisions)
    return Document(
        id=number,
        name=name,
        names=tuple(filter(None, (*told.names, *_names_of(merged)))),
        codes=tuple(filter(None, (tax_code, make_registry_id(number), *_codes_of(merged)))),
        text=tuple(told.text),
        office_text=tuple(told.office),
        province_34=province_34,
        province_63=province_63,
        commune_34=commune_34,
        commune_63=commune_63,
        zone=telling.zone_told(passport, hidden) if hidden else zone,
        size=size,
        sectors=tuple(told.sectors or filter(None, [sector])),
        concepts=told.concepts,
        unsure=tuple(told.unsure),
        certificates=told.certificates,
        sources=sources,
        in_programme=in_programme,
        verified=verification,
        public=kind not in PERSONS,
        listed=_day_of(created_at[:MINUTE]),
        as_of=_day(as_of) if as_of else None,
        key=key,
    )


@lru_cache(maxsize=16_384)
def _day_of(minute: str) -> date:
    """The local day of a minute as both databases write it, which is UTC."""
    return timezone.localdate(datetime.fromisoformat(minute).replace(tzinfo=UTC))


@lru_cache(maxsize=16_384)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _names_of(merged: list[dict[str, Any]]) -> list[str]:
    return [name for one in merged for name in (one["name"], one["name_en"])]


def _codes_of(merged: list[dict[str, Any]]) -> list[str | None]:
    return [code for one in merged for code in (one["tax_code"], make_registry_id(one["id"]))]
