"""What the words of firms mean: decisions of people for the firm, then for everywhere, then the taxonomy."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from matxich.registry.models import Enterprise, TermDecision
from matxich.registry.queries.families import families
from matxich.registry.states import Facet
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.meaning import Decided, Decisions, Meaning, Reading, chosen, meaning, read
from matxich.rulebook.taxonomy import Scheme

SCHEME_OF = {scheme.one: scheme for scheme in Scheme}
# Field of the passport whose items are terms of one list of the taxonomy → what its phrases are about.
FACET_OF = {
    "processes": Facet.PROCESS,
    "materials": Facet.MATERIAL,
    "certificates": Facet.CERTIFICATE,
    "machines": Facet.MACHINE,
}

type Item = str | Mapping[str, Any]
"""An item of a passport: words, or an object with `text` and perhaps the `concept` a person stated with it."""


def in_force() -> QuerySet[TermDecision]:
    return TermDecision.objects.filter(undone_at__isnull=True)


def decisions_everywhere() -> Decisions:
    """All that hold for every firm; one query."""
    return _by_key(in_force().filter(enterprise__isnull=True), None)


def decisions_of_firms(heads: Mapping[int, int]) -> dict[int, Decisions]:
    """Those of each firm alone, of the records merged into it as well; `heads`: record → the one it speaks through.

    The firm's own go before those of merged records, of which the latest counts. One query.
    """
    found: dict[int, list[TermDecision]] = {}
    for row in in_force().filter(enterprise__in=heads):
        if row.enterprise_id:
            found.setdefault(heads[row.enterprise_id], []).append(row)
    return {head: _by_key(rows, head) for head, rows in found.items()}


def meaning_of(text: Item, facet: str, enterprise: Enterprise | None = None) -> Meaning:
    """Of one cell or item, which may hold several phrases; `enterprise`: whose words they are. Two queries."""
    return meanings_of({facet: [text]}, enterprise)[facet][0]


def meanings_of(texts: Mapping[str, Iterable[Item]], enterprise: Enterprise | None = None) -> dict[str, list[Meaning]]:
    """The meanings of many texts by facet, in order; two queries however many there are, one without a firm."""
    given = {facet: list(items) for facet, items in texts.items()}
    readings = [reading_of(words_of(item), facet) for facet, items in given.items() for item in items]
    decisions = _about({key for reading in readings for key in reading.keys}, enterprise)
    return {facet: [_meaning(item, facet, decisions) for item in items] for facet, items in given.items()}


def words_of(item: Item) -> str:
    return item if isinstance(item, str) else str(item.get("text", ""))


def stated_concept(item: Item, facet: str) -> str:
    """The concept a person stated together with the item; "" for words alone."""
    code = item.get("concept", "") if isinstance(item, Mapping) else ""
    known = taxonomy()
    return code if code in known and known.concept(code).scheme == SCHEME_OF[facet] else ""


@lru_cache(maxsize=4_096)
def reading_of(text: str, facet: str) -> Reading:
    return read(taxonomy(), text, SCHEME_OF[facet])


def _meaning(item: Item, facet: str, decisions: Decisions) -> Meaning:
    code, text = stated_concept(item, facet), words_of(item)
    return chosen(text, code) if code else meaning(reading_of(text, facet), decisions)


def _about(keys: Collection[tuple[str, str]], enterprise: Enterprise | None) -> Decisions:
    """What was decided about these phrases, everywhere and by the firm."""
    if not keys:
        return {}
    heads = dict.fromkeys(families([enterprise.pk])[enterprise.pk], enterprise.pk) if enterprise else {}
    about = in_force().filter(key__in={key for _facet, key in keys}, facet__in={facet for facet, _key in keys})
    rows = about.filter(Q(enterprise__isnull=True) | Q(enterprise__in=heads))
    return _by_key(rows, enterprise.pk if enterprise else None)


def _by_key(rows: Iterable[TermDecision], head: int | None) -> dict[tuple[str, str], Decided]:
    """Everywhere gives way to records merged into the firm, these to the firm itself, an earlier one to a later."""
    weakest_first = sorted(rows, key=lambda row: (row.enterprise_id is not None, row.enterprise_id == head, row.pk))
    return {(row.facet, row.key): decided for row in weakest_first if (decided := _decided(row))}


def _decided(row: TermDecision) -> Decided | None:
    """None where every concept chosen has left the taxonomy since: then nothing is decided."""
    known = tuple(code for code in row.concepts if code in taxonomy())
    own = row.enterprise_id is not None
    return Decided(row.pk, known, own) if known or not row.concepts else None
