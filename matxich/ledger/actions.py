"""Writing history. `record` runs inside the caller's transaction and queues behind nobody."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from matxich.kit.actor import Actor
from matxich.kit.bulk import insert_rows
from matxich.ledger import keys
from matxich.ledger.canonical import FIELDS, content_hash, plain, text
from matxich.ledger.models import Digest, Entry, Seal, SubjectKey
from matxich.ledger.queries import head_of_day
from matxich.ledger.sealing import seal

__all__ = ["Draft", "Subject", "erase_subject", "publish_digests", "record", "record_many", "seal"]

BATCH = 2_000
COLUMNS = (*FIELDS, "content_hash", "mark")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: a kind ("enterprise"), an identifier, a label for people, the place it lies in.

    `person` names whose key the label is sealed under when the label is a person's name ("user:7"); "" otherwise.
    """

    kind: str
    id: str
    label: str = ""
    place: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be written; the fields are those of `record`."""

    by: Actor
    at: datetime
    action: str
    on: Subject
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""
    batch: str = ""
    rule: str = ""
    personal: Mapping[str, str] | None = None
    subject: str = ""


def record(
    *,
    by: Actor,
    at: datetime,
    action: str,
    on: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    batch: str = "",
    rule: str = "",
    personal: Mapping[str, str] | None = None,
    subject: str = "",
) -> Entry:
    """Write one entry in the caller's transaction; outside one it raises, since half a decision is none.

    `before`, `after`: what changed, JSON-like (instants, dates, Decimal, enumerations allowed); no personal data.
    `personal`: personal values worth keeping, sealed under `subject` ("user:7"; by default whom or what it is about),
    as is the name of a person who acts: `erase_subject` makes them unreadable and the chain still holds.
    """
    draft = Draft(
        by=by,
        at=at,
        action=action,
        on=on,
        before=before,
        after=after,
        reason=reason,
        batch=batch,
        rule=rule,
        personal=personal,
        subject=subject,
    )
    _demand_transaction()
    entry = Entry(**next(_entries([draft])))
    entry.save(force_insert=True)
    return entry


def record_many(drafts: Iterable[Draft]) -> int:
    """Write many entries in the caller's transaction, in order and in batches; how many were written."""
    _demand_transaction()
    return insert_rows(Entry, COLUMNS, _rows(drafts))


@transaction.atomic
def erase_subject(*, by: Actor, at: datetime, subject: str, reason: str) -> int:
    """Delete every key of a subject, which makes what was sealed under it unreadable for ever; how many keys."""
    deleted, _each = SubjectKey.objects.filter(subject=subject).delete()
    record(
        by=by,
        at=at,
        action="ledger.erase_subject",
        on=Subject("subject", subject),
        after={"keys": deleted},
        reason=reason,
    )
    return deleted


def publish_digests(*, at: datetime) -> int:
    """Fix the head of the chain for every local day that ended with new seals; how many days."""
    today, published = timezone.localdate(at), 0
    last = Digest.objects.order_by("-date").first()
    while first := Seal.objects.filter(seq__gt=last.seq if last else 0).order_by("seq").first():
        day = timezone.localdate(first.at)
        # A clock that was put back must not give one day two heads.
        day = max(day, last.date + timedelta(days=1)) if last else day
        if day >= today:
            break
        head = head_of_day(day)
        if head is None or head.seq < first.seq:
            break
        last = Digest(date=day, seq=head.seq, seal_hash=head.seal_hash)
        last.save(force_insert=True)
        published += 1
    return published


def _demand_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("History is written in the transaction of what it tells about")


def _rows(drafts: Iterable[Draft]) -> Iterator[tuple[Any, ...]]:
    for some in batched(drafts, BATCH, strict=False):
        for entry in _entries(some):
            yield tuple(entry[name] for name in COLUMNS)


def _entries(drafts: Sequence[Draft]) -> Iterator[dict[str, Any]]:
    """Each draft as the columns of its entry, by name."""
    found = keys.subject_keys({name for draft in drafts for name in _subjects(draft)}, drafts[0].at)
    sealed: dict[tuple[str, str], str] = {}
    for draft in drafts:
        yield _entry(draft, found, sealed)


def _subjects(draft: Draft) -> tuple[str, str, str]:
    actor = draft.by.id if draft.by.kind == "person" else ""
    return actor, draft.on.person, _personal_subject(draft)


def _personal_subject(draft: Draft) -> str:
    if not draft.personal:
        return ""
    return draft.subject or draft.on.person or f"{draft.on.kind}:{draft.on.id}"


def _entry(draft: Draft, found: Mapping[str, tuple[str, bytes]], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    """`names` keeps the actor's sealed name, the same for all entries of a batch."""
    actor, labelled, subject = _subjects(draft)

    def sealed(value: str, whose: str) -> str:
        return keys.seal_text(text(value), subject=whose, key=found[whose]) if whose else text(value)

    who = (draft.by.id, draft.by.name)
    entry = {
        "at": draft.at,
        "actor_kind": draft.by.kind,
        "actor_id": draft.by.id,
        "actor_name": names.get(who) or names.setdefault(who, sealed(draft.by.name, actor)),
        "organisation": text(draft.by.organisation),
        "action": draft.action,
        "object_kind": draft.on.kind,
        "object_id": str(draft.on.id),
        "object_label": sealed(str(draft.on.label), labelled),
        "place": draft.on.place,
        "reason": text(str(draft.reason)),
        "before": plain(draft.before),
        "after": plain(draft.after),
        "personal": {name: sealed(str(value), subject) for name, value in (draft.personal or {}).items()} or None,
        "subject": subject,
        "batch": draft.batch,
        "rule": draft.rule,
        "nonce": secrets.token_hex(16),
    }
    entry["content_hash"] = content_hash(entry)
    entry["mark"] = keys.mark(entry["content_hash"])
    return entry
