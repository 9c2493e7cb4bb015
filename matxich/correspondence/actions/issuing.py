"""A paper takes effect: its files are kept, the rooms it was drafted for hear of it; or it ceases to count."""

import io
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.correspondence.actions.drafting import WrongState, demand_state, demanded, locked, moved, subject_of
from matxich.correspondence.models import OfficialPaper, PaperFile
from matxich.correspondence.permissions import may_attach, may_take
from matxich.correspondence.queries.composing import compose
from matxich.correspondence.queries.papers import file_name, number_of_paper
from matxich.correspondence.signals import paper_issued, paper_withdrawn
from matxich.correspondence.states import PUBLIC, FileRole, PaperState
from matxich.documents.docx import docx_of
from matxich.documents.pdf import pdf_of
from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.rulebook.papers.kinds import KINDS

SIGNED_ONES = PUBLIC | {PaperState.SIGNED, PaperState.NUMBERED}
"""A signed sheet exists from the signature on."""
LARGEST_RENDERED = 64 * 1024 * 1024


class NeedsNumber(Refusal):
    """The paper's kind carries a number, and has none yet."""

    code = "needs_number"


def issue(*, paper: OfficialPaper, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """Both files are kept with their hashes, the paper it replaces ends, listeners change their cases: all or nothing.

    They are rendered before the transaction begins, from the very version that is then issued, so that nobody waits
    for the typesetter. Raises Denied, Stale, WrongState, NeedsNumber, what `compose` raises, what a listener raises.
    """
    seen = OfficialPaper.objects.select_related("agency").get(pk=paper.pk)
    demand(may_take(by, seen, "issue"))
    demand_state(seen, "issue")
    if KINDS[seen.kind].series and seen.state != PaperState.NUMBERED:
        raise NeedsNumber(_("Văn bản chưa có số."), _("Văn thư cấp số trước khi ban hành."))
    seen.dated_on = seen.dated_on or timezone.localdate(at)
    value = compose(seen, final=True)
    rendered = {FileRole.PDF: pdf_of(value), FileRole.DOCX: docx_of(value)}
    return _issued(seen, rendered, by, at, base_version)


@transaction.atomic
def _issued(
    seen: OfficialPaper, rendered: dict[FileRole, bytes], by: Actor, at: datetime, base_version: int
) -> OfficialPaper:
    current = locked(seen, "issue", by, base_version)
    current.dated_on, current.issued_at = seen.dated_on, at
    hashes = {str(role): _kept(current, role, content, by, at) for role, content in rendered.items()}
    replaced = _end_replaced(current, by, at)
    issued = moved(
        current, "issue", by, at, number=number_of_paper(current), files=hashes, replaces=current.replaces_id
    )
    paper_issued.send(
        sender=OfficialPaper, owner_kind=issued.owner_kind, owner_id=issued.owner_id, purpose=issued.purpose,
        paper=issued.pk, kind=issued.kind, number=number_of_paper(issued), on=issued.dated_on, replaces=replaced, by=by,
        at=at,
    )  # fmt: skip
    return issued


@transaction.atomic
def withdraw(*, paper: OfficialPaper, reason: str, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """It counts no longer; its number stays taken. Raises Denied, Stale, WrongState, NoReason, as a listener does."""
    current = locked(paper, "withdraw", by, base_version)
    current.reason, current.ended_at = demanded(reason), at
    ended = moved(current, "withdraw", by, at, reason=current.reason, number=number_of_paper(current))
    paper_withdrawn.send(
        sender=OfficialPaper, owner_kind=ended.owner_kind, owner_id=ended.owner_id, purpose=ended.purpose,
        paper=ended.pk, kind=ended.kind, number=number_of_paper(ended), on=ended.dated_on, reason=ended.reason, by=by,
        at=at,
    )  # fmt: skip
    return ended


@transaction.atomic
def attach_scan(*, paper: OfficialPaper, stream: BinaryIO, name: str, by: Actor, at: datetime) -> PaperFile:
    """The signed file or the scan of the signed sheet; the same content twice is kept once.

    Raises Denied, WrongState, TooBig, WrongType, EmptyFile.
    """
    current = OfficialPaper.objects.select_for_update(of=("self",)).select_related("agency").get(pk=paper.pk)
    demand(may_attach(by, current))
    if current.state not in SIGNED_ONES:
        raise WrongState(_("Văn bản chưa ký."), _("Kèm bản đã ký sau khi văn bản được ký."))
    stored = store(by=by, at=at, stream=stream, name=name, kind=FileKind.SCAN, max_bytes=settings.MAX_ATTACHMENT_BYTES)
    kept, made = PaperFile.objects.get_or_create(
        paper=current, role=FileRole.SIGNED, sha256=stored.sha256,
        defaults={"stored": stored, "name": name[-255:] or stored.name, "at": at, "by": by.id},
    )  # fmt: skip
    if made:
        after = {"sha256": stored.sha256, "size": stored.size}
        record(by=by, at=at, action="paper.attach", on=subject_of(current), after=after)
    return kept


def _kept(paper: OfficialPaper, role: FileRole, content: bytes, by: Actor, at: datetime) -> str:
    name = file_name(paper, role)
    stored = store(
        by=by, at=at, stream=io.BytesIO(content), name=name, kind=FileKind.DOCUMENT, max_bytes=LARGEST_RENDERED
    )
    PaperFile.objects.create(paper=paper, stored=stored, role=role, sha256=stored.sha256, name=name, at=at, by=by.id)
    return stored.sha256


def _end_replaced(paper: OfficialPaper, by: Actor, at: datetime) -> int | None:
    """The paper this one replaces ends with it; it may have been withdrawn meanwhile, and then stays so."""
    if not paper.replaces_id:
        return None
    old = OfficialPaper.objects.select_for_update(of=("self",)).select_related("agency").get(pk=paper.replaces_id)
    if old.state == PaperState.ISSUED:
        old.ended_at = at
        moved(old, "replace", by, at, replaced_by=paper.pk)
    return old.pk
