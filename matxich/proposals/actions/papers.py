"""Papers of a proposal, stored by the file store, which looks inside them; the mandate of one filed for somebody."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.ledger.actions import record
from matxich.proposals.actions.holding import held_for_writing, subject_of
from matxich.proposals.models import Proposal, ProposalFile
from matxich.proposals.queries.papers import papers_of
from matxich.proposals.states import Mode
from matxich.registry.actions.attachments import Upload
from matxich.rulebook.vietnamese.text import squeeze

MOST_FILES = 60
SCANS = frozenset({"ban-giay", "uy-quyen"})


class NoSuchPaper(Refusal):
    """A paper that this proposal does not ask for."""

    code = "no_such_paper"
    status = 422


class TooManyFiles(Refusal):
    code = "too_many_files"


class AlreadyThere(Refusal):
    """The same content was added to the same paper."""

    code = "file_already_there"


class BadMandate(Refusal):
    """A mandate without a name, or signed on a day to come; `field` says which."""

    code = "bad_mandate"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


@transaction.atomic
def add_file(*, proposal: Proposal, paper: str, upload: Upload, by: Actor, at: datetime) -> ProposalFile:
    """A file for one paper of the checklist.

    Raises Denied, NotOpen, NoSuchPaper, TooManyFiles, AlreadyThere, and what the file store refuses (TooBig, WrongType,
    documents with macros); then nothing is written.
    """
    current = held_for_writing(proposal, by)
    known = next((one for one in papers_of(current) if one.id == paper and not one.made_here), None)
    if known is None:
        raise NoSuchPaper(_("Đề án này không cần tài liệu đó."), _("Chọn tài liệu trong danh mục."))
    there = current.files.filter(removed_at=None)
    if there.count() >= MOST_FILES:
        raise TooManyFiles(_("Đề án đã có %(n)s tệp.") % {"n": MOST_FILES}, _("Gỡ bớt tệp trước khi thêm."))
    stored = store(
        by=by, at=at, stream=upload.stream, name=upload.name,
        kind=FileKind.SCAN if paper in SCANS else FileKind.DOCUMENT, max_bytes=settings.MAX_ATTACHMENT_BYTES,
    )  # fmt: skip
    if there.filter(paper=paper, file=stored).exists():
        raise AlreadyThere(_("Tệp này đã có trong mục đó."), _("Không cần thêm lại."))
    made = ProposalFile.objects.create(
        proposal=current, paper=paper, file=stored, name=upload.name[-255:] or stored.name, added_by=by.id, added_at=at
    )
    _touch(current, at)
    after = {"file": made.pk, "paper": paper, "sha256": stored.sha256}
    record(by=by, at=at, action="proposal.add_file", on=subject_of(current), after=after)
    return made


@transaction.atomic
def remove_file(*, file: ProposalFile, by: Actor, at: datetime) -> None:
    """It is in no later version; versions handed in keep it. Taken off twice is once. Raises Denied, NotOpen."""
    current = held_for_writing(file.proposal, by)
    if not ProposalFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=at):
        return
    _touch(current, at)
    before = {"file": file.pk, "paper": file.paper}
    record(by=by, at=at, action="proposal.remove_file", on=subject_of(current), before=before)


@transaction.atomic
def set_mandate(*, proposal: Proposal, signed_on: date, giver: str, by: Actor, at: datetime) -> Proposal:
    """Who asked for the filing, and when the paper was signed; the paper itself is a file of the checklist.

    Raises Denied, NotOpen, BadMandate.
    """
    current = held_for_writing(proposal, by)
    if current.mode != Mode.ON_BEHALF:
        raise BadMandate("giver", _("Đề án này do đơn vị tự nộp, không cần giấy nhờ."))
    if not (name := squeeze(giver)[:200]):
        raise BadMandate("giver", _("Ghi ai nhờ nộp hộ."))
    if signed_on > timezone.localdate(at):
        raise BadMandate("signed_on", _("Ngày ký chưa đến."), _("Ghi ngày ký trên giấy."))
    current.mandate_on, current.mandate_from = signed_on, name
    _touch(current, at)
    record(
        by=by, at=at, action="proposal.mandate", on=subject_of(current), after={"signed_on": signed_on},
        personal={"from": name},
    )  # fmt: skip
    return current


def _touch(proposal: Proposal, at: datetime) -> None:
    proposal.version += 1
    proposal.saved_at = at
    proposal.save(update_fields=["version", "saved_at", "mandate_on", "mandate_from"])
