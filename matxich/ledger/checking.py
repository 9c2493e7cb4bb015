"""Walks the chain and the entries under it, and names the first thing that is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.db.models import Count
from django.utils.translation import gettext as _

from matxich.ledger.canonical import content_hash
from matxich.ledger.keys import mark
from matxich.ledger.models import Digest, Entry, Seal
from matxich.ledger.sealing import GENESIS, seal_hash

BATCH = 5_000


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
    for links in batched(Seal.objects.order_by("seq").iterator(chunk_size=BATCH), BATCH, strict=False):
        entries = Entry.objects.in_bulk([link.entry for link in links])
        for link in links:
            yield from _link_faults(link, entries.get(link.entry), head)
            yield from _digest_faults(link, expected)
            head.seq, head.seal_hash = link.seq, link.seal_hash
    yield from _after_the_end(expected, head)


def _link_faults(link: Seal, entry: Entry | None, head: Head) -> Iterator[Fault]:
    if link.seq != head.seq + 1:
        yield Fault("seal", str(head.seq + 1), _("mắt xích này đã bị xóa"))
    elif link.previous_hash != head.seal_hash:
        yield Fault("seal", str(link.seq), _("mắt xích không nối với mắt xích liền trước"))
    if entry is None:
        yield Fault("entry", str(link.entry), _("bản ghi đã bị xóa hoặc đổi số"))
        return
    yield from _entry_faults(entry, link)
    if link.seal_hash != seal_hash(link, entry.transaction):
        yield Fault("seal", str(link.seq), _("mắt xích hoặc số giao dịch của bản ghi đã bị sửa"))


def _entry_faults(entry: Entry, link: Seal) -> Iterator[Fault]:
    if content_hash(entry) != entry.content_hash or entry.content_hash != link.entry_hash:
        yield Fault("entry", str(entry.pk), _("nội dung bản ghi đã bị sửa hoặc đổi chỗ"))
    elif mark(entry.content_hash) != entry.mark:
        yield Fault("entry", str(entry.pk), _("bản ghi không do hệ thống này ghi"))


def _digest_faults(link: Seal, expected: dict[int, tuple[str, str]]) -> Iterator[Fault]:
    known = expected.pop(link.seq, None)
    if known and known[0] != link.seal_hash:
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
