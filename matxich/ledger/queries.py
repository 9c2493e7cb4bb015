"""What is asked of history: entries a reader may see, one entry with its seal, whether the chain holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from matxich.kit.actor import Actor
from matxich.ledger import keys
from matxich.ledger.checking import Fault, Head, published, walk
from matxich.ledger.models import Digest, Entry, Seal
from matxich.ledger.sealing import seal
from matxich.ledger.withholding import withheld_from
from matxich.ledger.words import word

PAGE = 25


@dataclass(frozen=True, slots=True)
class Verification:
    """`digest` is "seq:seal_hash" of the chain's end; `first_bad` is None when everything is as it was written."""

    ok: bool
    entries: int
    seals: int
    first_bad: Fault | None
    digest: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as people read it; a None text was erased on request of the person it was about."""

    entry: Entry
    actor_name: str | None
    object_label: str | None

    @property
    def word(self) -> str:
        return word(self.entry.action)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the before/after table; `erased` when the value was personal and its key is gone."""

    field: str
    before: Any
    after: Any
    personal: bool = False
    erased: bool = False


def verify(*, at: datetime, expected_digest: str = "") -> Verification:
    """Seal what is settled, then hold every seal and entry against its hash, in order.

    `expected_digest`: a code published earlier ("seq:hash"); one the chain no longer holds means its tail was cut.
    Rows are read in batches: a million take well under a minute and constant memory.
    """
    seal(at=at, whole=True)
    expected = published()
    if expected_digest:
        seq, _, code = expected_digest.partition(":")
        expected[int(seq) if seq.isdecimal() else 0] = (code, expected_digest)
    head = Head()
    first = next(walk(expected, head), None)
    last = Seal.objects.order_by("-seq").first()
    digest = Head(last.seq, last.seal_hash).code if last else Head().code
    return Verification(first is None, Entry.objects.count(), Seal.objects.count(), first, digest)


def verification_as_json(result: Verification) -> dict[str, Any]:
    """The body `matxich ledger verify --json` prints; exit code 1 belongs to `ok` false."""
    bad = result.first_bad
    return {
        "ok": result.ok,
        "entries": result.entries,
        "seals": result.seals,
        "digest": result.digest,
        "first_bad": {"what": bad.what, "id": bad.id, "problem": bad.problem} if bad else None,
    }


def head_of_day(day: date) -> Seal | None:
    """The last seal made before the end of a local day."""
    end = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return Seal.objects.filter(at__lt=end).order_by("-seq").first()


def daily_digest(day: date) -> Digest | None:
    """The published head of a day; of a day without entries the one before it. None before history began."""
    return Digest.objects.filter(date__lte=day).order_by("-date").first()


def digests(before: date | None = None) -> list[Digest]:
    """Published heads, newest first, a page of them."""
    rows = Digest.objects.order_by("-date")
    return list((rows.filter(date__lt=before) if before else rows)[:PAGE])


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """Everything for those who oversee the whole, else what happened in their places and what they did themselves;
    without what a room keeps back for now."""
    places, entries = actor.oversight, Entry.objects.exclude(withheld_from(actor))
    if places is None:
        return entries
    return entries.filter(Q(place__in=places) | Q(actor_id=actor.id, actor_kind=actor.kind))


def entries_page(
    actor: Actor,
    *,
    object_kind: str = "",
    object_id: str = "",
    actor_id: str = "",
    action: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> tuple[list[Shown], int | None]:
    """One page, newest first, and the key the next page starts at (None on the last)."""
    exact = {"object_kind": object_kind, "object_id": object_id, "actor_id": actor_id}
    found = visible_to(actor).filter(**{name: value for name, value in exact.items() if value})
    found = found.filter(action__startswith=action) if action else found
    zone = timezone.get_default_timezone()
    found = found.filter(at__gte=datetime.combine(since, time(), zone)) if since else found
    found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), zone)) if until else found
    found = found.filter(id__lt=before) if before else found
    rows = list(found.order_by("-id")[: PAGE + 1])
    return show(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None


def show(entries: Iterable[Entry]) -> list[Shown]:
    """Entries with their sealed names opened, in one query."""
    rows = list(entries)
    clear = keys.open_texts(text for row in rows for text in (row.actor_name, row.object_label))
    return [
        Shown(row, clear.get(row.actor_name, row.actor_name), clear.get(row.object_label, row.object_label))
        for row in rows
    ]


def oldest_unsealed() -> datetime | None:
    """When the oldest entry that waits for its seal was written; None when all are sealed. Looks at the tail alone."""
    last = Seal.objects.order_by("-seq").first()
    newer = Entry.objects.filter(id__gt=last.entry) if last else Entry.objects.all()
    return newer.order_by("id").values_list("at", flat=True).first()


def find_entry(entry: int) -> Entry | None:
    return Entry.objects.filter(pk=entry).first()


def seal_of(entry: Entry) -> Seal | None:
    return Seal.objects.filter(entry=entry.pk).first()


def changes(entry: Entry) -> list[Change]:
    """The before/after table: what is equal on both sides is left out, personal values stand last."""
    before, after = _flat(entry.before), _flat(entry.after)
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    lines = [Change(name, before.get(name), after.get(name)) for name in names]
    return lines + _personal(entry.personal or {})


def _personal(sealed: dict[str, str]) -> list[Change]:
    clear = keys.open_texts(sealed.values())
    return [
        Change(name, None, clear.get(value, value), personal=True, erased=clear.get(value, value) is None)
        for name, value in sealed.items()
    ]


def _flat(payload: dict[str, Any] | None) -> dict[str, Any]:
    """Nested objects as dotted names, so that a change deep inside shows alone."""
    flat: dict[str, Any] = {}
    for name, value in (payload or {}).items():
        if isinstance(value, dict) and value:
            flat.update({f"{name}.{inner}": item for inner, item in _flat(value).items()})
        else:
            flat[name] = value
    return flat


def of_object(kind: str, ids: Sequence[str]) -> QuerySet[Entry]:
    """History of some objects of one kind, newest first."""
    return Entry.objects.filter(object_kind=kind, object_id__in=ids).order_by("-id")
