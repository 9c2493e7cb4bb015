"""Whom the rows of a chunk may speak of: what the register knows, and what the same list has said so far."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from matxich.registry.actions.rows import KeyedRow
from matxich.registry.models import Enterprise, Import, Merge, StagedProjection
from matxich.registry.queries.families import kept_of
from matxich.registry.states import ImportState
from matxich.rulebook.linking import Decision, Keys, link
from matxich.rulebook.vietnamese.names import legal_form

_MERGES = Merge.objects.filter(undone_at__isnull=True)
_COLUMNS = ("id", "company_key", "name", "tax_code", "person_hash", "province_34", "commune_34", "commune_63")


class Known:
    """Enterprises by identifier and by name key. Those only an unpublished or undone list knows count as well:
    a list imported again after an undo finds its old records and their old registry ids. Those are the `unseen`.
    """

    def __init__(self) -> None:
        self.by_code: dict[str, Keys] = {}
        self.by_person: dict[str, Keys] = {}
        self.by_name: defaultdict[str, dict[int, Keys]] = defaultdict(dict)
        self.ids: set[int] = set()
        self.unseen: set[int] = set()

    def add(self, keys: Keys) -> None:
        """Later knowledge of an enterprise adds to the earlier one; an identifier keeps its first holder."""
        self.ids.add(keys.id)
        if keys.tax_code:
            self.by_code.setdefault(keys.tax_code, keys)
        if keys.person:
            self.by_person.setdefault(keys.person, keys)
        if keys.name_key:
            self.by_name[keys.name_key].setdefault(keys.id, keys)

    def merge(self, other: "Known") -> None:
        self.ids |= other.ids
        for keys in (*other.by_code.values(), *other.by_person.values()):
            self.add(keys)
        for named in other.by_name.values():
            for keys in named.values():
                self.add(keys)


def decide(row: Keys, layers: Sequence[Known]) -> Decision:
    """Link a row to what is known; of two layers that know the same identifier the first speaks."""
    found = (layer.by_code.get(row.tax_code) or layer.by_person.get(row.person) for layer in layers)
    same_name: dict[int, Keys] = {}
    for layer in reversed(layers):
        same_name |= layer.by_name.get(row.name_key, {})
    return link(row, same_code=next(filter(None, found), None), same_name=list(same_name.values()))


def known_to_register(rows: Sequence[KeyedRow], batch: Import) -> Known:
    """What the register knows about the keys of these rows."""
    keys = [row.keys for row in rows]
    wanted = {
        "tax_code__in": {key.tax_code for key in keys} | {row.parent_code for row in rows},
        "company_key__in": {key.name_key for key in keys},
        "person_hash__in": {key.person for key in keys},
    }
    known = Known()
    for condition, values in wanted.items():
        if values - {""}:
            _learn(known, Enterprise.objects.filter(**{condition: values - {""}}), batch)
    codes = wanted["tax_code__in"] - {""}
    merged = list(_MERGES.filter(tax_code__in=codes).values_list("merged", flat=True)) if codes else []
    if merged:
        _learn(known, Enterprise.objects.filter(pk__in=merged), batch)
    return known


def said_so_far(batch: Import) -> Known:
    """What an interrupted import had already made of its rows."""
    known = Known()
    _learn(known, Enterprise.objects.filter(first_import=batch), batch)
    names = ("enterprise_id", *_COLUMNS[1:])
    for columns in StagedProjection.objects.filter(batch=batch).order_by("id").values_list(*names):
        known.add(_keys(*columns))
    return known


def _learn(known: Known, enterprises: QuerySet[Enterprise], batch: Import) -> None:
    states = ("merged_into_id", "first_import_id", "first_import__state")
    code = Subquery(_MERGES.filter(merged=OuterRef("pk")).values("tax_code")[:1])
    found = enterprises.annotate(merged_code=code).order_by("id").values_list(*_COLUMNS, "merged_code", *states)
    for *columns, merged_code, merged_into, first, state in found:
        keys = _keys(*columns)
        keys = keys._replace(tax_code=keys.tax_code or merged_code or "")
        known.add(keys._replace(id=_survivor(keys.id, merged_into)))
        if first not in (None, batch.pk) and state != ImportState.PUBLISHED:
            known.unseen.add(keys.id)


def _keys(
    pk: int, key: str, name: str, code: str | None, person: str | None, province: str, commune: str, old_commune: str
) -> Keys:
    return Keys(pk, key, legal_form(name), code or "", person or "", province, commune, old_commune)


def _survivor(pk: int, merged_into: int | None) -> int:
    return pk if merged_into is None else kept_of([merged_into])[merged_into]
