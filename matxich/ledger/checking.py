"""Walks the chain and the entries under it, and names the first thing that is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from matxich.ledger.canonical import FIELDS, content_hash
from matxich.ledger.keys import mark
from matxich.ledger.models import Digest, Entry, Seal
from matxich.ledger.sealing import COLUMNS, GENESIS, seal_hash

BATCH = 5_000
READ = (*FIELDS, "transaction", "content_hash", "mark")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where: `what` is "entry", "seal" or "digest", `id` its number (of a digest, its date)."""

    what: str
    id: str
    problem: str


@dataclass(slots=True)
class Head:
    """Where the chain stands: as far as it was walked, or where it ends."""

    seq: int = 0
    seal_hash: str = GENESIS

    @property
    def code(self) -> str:
        return f"{self.seq}:{self.seal_hash}"


def walk(expected: dict[int, tuple[str, str]], head: Head) -> Iterator[Fault]:
    """Every fault in chain order, moving `head` along. `expected`: seq -> (seal hash, what says so)."""
    while links := list(Seal.objects.filter(seq__gt=head.seq).order_by("seq").values_list(*COLUMNS)[:BATCH]):
        entries = _entries([link[1] for link in links])
        for *link, stored in links:
            yield from _link_faults(link, stored, entries.get(link[1]), head)
            yield from _digest_faults(link[0], stored, expected)
            head.seq, head.seal_hash = link[0], stored
    yield from _after_the_end(expected, head)


def _entries(ids: list[int]) -> dict[int, dict[str, Any]]:
    found = Entry.objects.filter(pk__in=ids).order_by().values_list("id", *READ)
    return {row[0]: dict(zip(READ, row[1:], strict=True)) for row in found}


def _link_faults(link: list[Any], stored: str, entry: dict[str, Any] | None, head: Head) -> Iterator[Fault]:
    """`link` is a seal's columns but the last, `stored` that last: its own hash."""
    seq, number, entry_hash, previous_hash, at = link
    if seq != head.seq + 1:
        yield Fault("seal", str(head.seq + 1), _("mắt xích này đã bị xóa"))
    elif previous_hash != head.seal_hash:
        yield Fault("seal", str(seq), _("mắt xích không nối với mắt xích liền trước"))
    if entry is None:
        yield Fault("entry", str(number), _("bản ghi đã bị xóa hoặc đổi số"))
        return
    yield from _entry_faults(number, entry, entry_hash)
    if stored != seal_hash(seq, number, entry_hash, previous_hash, at, transaction=entry["transaction"]):
        yield Fault("seal", str(seq), _("mắt xích hoặc số giao dịch của bản ghi đã bị sửa"))


def _entry_faults(number: int, entry: dict[str, Any], sealed: str) -> Iterator[Fault]:
    if content_hash(entry) != entry["content_hash"] or entry["content_hash"] != sealed:
        yield Fault("entry", str(number), _("nội dung bản ghi đã bị sửa hoặc đổi chỗ"))
    elif mark(sealed) != entry["mark"]:
        yield Fault("entry", str(number), _("bản ghi không do hệ thống này ghi"))


def _digest_faults(seq: int, stored: str, expected: dict[int, tuple[str, str]]) -> Iterator[Fault]:
    known = expected.pop(seq, None)
    if known and known[0] != stored:
        yield Fault("digest", known[1], _("mã băm đã công bố không khớp với chuỗi"))


def _after_the_end(expected: dict[int, tuple[str, str]], head: Head) -> Iterator[Fault]:
    for seq in sorted(expected):
        yield Fault("digest", expected[seq][1], _("chuỗi đã bị cắt đuôi: không còn mắt xích %(seq)s") % {"seq": seq})
    twice = Entry.objects.values("content_hash").annotate(n=Count("id")).filter(n__gt=1).order_by()
    for row in twice[:1]:
        copy = Entry.objects.filter(content_hash=row["content_hash"]).order_by("-id").first()
        yield Fault("entry", str(copy.pk if copy else ""), _("bản ghi bị chép thêm"))


def published() -> dict[int, tuple[str, str]]:
    return {row.seq: (row.seal_hash, row.date.isoformat()) for row in Digest.objects.order_by("-date")}
