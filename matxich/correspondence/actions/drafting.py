"""A paper is drafted for something, told what to say, submitted, sent back, or dropped."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.correspondence.kinds import Declared, declared
from matxich.correspondence.kinds.fields import read, stored_of
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.permissions import may_draft, may_take
from matxich.correspondence.queries.composing import compose
from matxich.correspondence.queries.heads import letterhead_of
from matxich.correspondence.queries.templates import template_in_use
from matxich.correspondence.states import PAPER_TRANSITIONS, PaperState, SignedAs
from matxich.documents.setting import set_out
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.rulebook.papers.codes import make_code
from matxich.rulebook.papers.kinds import symbol_of
from matxich.rulebook.vietnamese.text import squeeze


class WrongState(Refusal):
    """What is asked cannot be done from the state the paper is in."""

    code = "paper_wrong_state"


class NoReason(Refusal):
    """A paper goes back, or ceases to count, for a reason that somebody else can read."""

    code = "no_reason"
    status = 422


class NotSignable(Refusal):
    """Signed in somebody's place, without saying in whose."""

    code = "paper_not_signable"
    status = 422


class AlreadyReplaced(Refusal):
    """Another paper is on its way to replace this one."""

    code = "paper_already_replaced"


@dataclass(frozen=True, slots=True)
class Owner:
    """What a paper is drafted for, in the words of the room that asks: ("proposal", "31", "decision")."""

    kind: str = ""
    id: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """In whose place it will be signed, and as what: KT. needs the head it is signed for; TUQ. its mandate as well."""

    signed_as: str = SignedAs.HEAD
    signing_for: str = ""
    position: str = ""
    mandate: str = ""


def subject_of(paper: OfficialPaper) -> Subject:
    """Its subject may name a person and stays out of the history: kind and code say which paper it was."""
    return Subject("paper", str(paper.pk), f"{paper.get_kind_display()} {paper.code}", paper.agency.place)


@transaction.atomic
def draft_paper(
    *,
    owner: Owner,
    agency: Agency,
    kind: str,
    fields: Any,
    by: Actor,
    at: datetime,
    signing: Signing | None = None,
    unit: str = "",
    is_confidential: bool = False,
    replaces: OfficialPaper | None = None,
) -> OfficialPaper:
    """A draft in the agency's template of today. `fields`: a value of the kind's contract, or its stored form.

    Raises Denied, NoSuchKind, BadFields, TemplateFault, Unprintable, NotSignable, AlreadyReplaced, WrongState.
    """
    told = declared(kind)
    demand(may_draft(by, agency, kind))
    head, template = letterhead_of(agency), template_in_use(agency, kind)
    paper = OfficialPaper(
        agency=agency, kind=kind, owner_kind=owner.kind, owner_id=owner.id, purpose=owner.purpose,
        is_confidential=is_confidential, text=template.text, template_version=template.version, issuer=head.issuer,
        parent=head.parent, place=head.place, drafted_by=by.id, drafted_at=at, code=_new_code(), replaces=replaces,
    )  # fmt: skip
    if replaces is not None:
        _demand_replaceable(replaces)
    _tell(paper, told, fields, signing or Signing(), unit)
    paper.save(force_insert=True)
    record(by=by, at=at, action="paper.draft", on=subject_of(paper), after=_said(paper))
    return paper


@transaction.atomic
def revise(
    *,
    paper: OfficialPaper,
    fields: Any,
    by: Actor,
    at: datetime,
    base_version: int,
    signing: Signing | None = None,
    unit: str = "",
    newest_template: bool = False,
) -> OfficialPaper:
    """What a draft says, told anew as a whole. `newest_template`: from here on in the agency's template of today.

    Raises Denied, Stale, WrongState, BadFields, TemplateFault, Unprintable, NotSignable.
    """
    current = locked(paper, "revise", by, base_version)
    before = _said(current)
    if newest_template:
        template = template_in_use(current.agency, current.kind)
        current.text, current.template_version = template.text, template.version
    _tell(current, declared(current.kind), fields, signing or Signing(), unit)
    kept(current, "revise")
    record(by=by, at=at, action="paper.revise", on=subject_of(current), before=before, after=_said(current))
    return current


@transaction.atomic
def submit(*, paper: OfficialPaper, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """Trình: it waits to be looked over and initialled. Raises Denied, Stale, WrongState, what `compose` raises."""
    current = locked(paper, "submit", by, base_version)
    compose(current)
    current.submitted_at, current.reason = at, ""
    current.initialled_by, current.initialled_at = "", None
    return moved(current, "submit", by, at)


@transaction.atomic
def give_back(*, paper: OfficialPaper, reason: str, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """To the drafter, for a reason, from wherever it waits. Raises Denied, Stale, WrongState, NoReason."""
    current = locked(paper, "return", by, base_version)
    current.reason = demanded(reason)
    current.initialled_by, current.initialled_at = "", None
    current.signed_by, current.signed_at, current.signer_name = "", None, ""
    return moved(current, "return", by, at, reason=current.reason)


@transaction.atomic
def discard(*, paper: OfficialPaper, reason: str, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """A draft nobody goes on with; it stays readable. Raises Denied, Stale, WrongState, NoReason."""
    current = locked(paper, "discard", by, base_version)
    current.reason, current.ended_at = demanded(reason), at
    return moved(current, "discard", by, at, reason=current.reason)


def replace_paper(*, paper: OfficialPaper, fields: Any, by: Actor, at: datetime, **told: Any) -> OfficialPaper:
    """A draft that will replace an issued paper; the old one ends when the new one is issued. As `draft_paper`."""
    owner = Owner(paper.owner_kind, paper.owner_id, paper.purpose)
    return draft_paper(
        owner=owner, agency=paper.agency, kind=paper.kind, fields=fields, by=by, at=at, replaces=paper, **told
    )


def _demand_replaceable(paper: OfficialPaper) -> None:
    current = OfficialPaper.objects.select_for_update().get(pk=paper.pk)
    demand_state(current, "replace")
    ended = [PaperState.DISCARDED, PaperState.WITHDRAWN]
    if current.replacements.exclude(state__in=ended).exists():
        raise AlreadyReplaced(
            _("Đã có văn bản khác đang thay thế văn bản này."), _("Mở văn bản thay thế đã có rồi sửa tiếp.")
        )


def _tell(paper: OfficialPaper, kind: Declared, fields: Any, signing: Signing, unit: str) -> None:
    """Everything a draft says is put together once, so that what cannot be printed is refused when it is typed."""
    value = fields if isinstance(fields, kind.contract) else read(kind.contract, fields)
    head = letterhead_of(paper.agency)
    paper.fields, paper.unit = stored_of(value), squeeze(unit)[:40]
    paper.symbol = symbol_of(kind.kind, head.abbreviation, paper.unit) if kind.kind.series else ""
    paper.signed_as = SignedAs(signing.signed_as)
    paper.signing_for = squeeze(signing.signing_for)[:150] or (head.head if paper.signed_as else "")
    paper.position = squeeze(signing.position)[:150] or (
        head.deputy if paper.signed_as == SignedAs.DEPUTY else head.head
    )
    paper.mandate = squeeze(signing.mandate)[:200]
    _demand_signable(paper)
    paper.subject = set_out(compose(paper)).subject[:600] or compose(paper).subject[:600]


def _demand_signable(paper: OfficialPaper) -> None:
    if paper.signed_as == SignedAs.MANDATE and not paper.mandate:
        raise NotSignable(
            _("Ký thừa ủy quyền cần ghi văn bản ủy quyền."), _("Ghi số, ngày của văn bản ủy quyền và thời hạn.")
        )
    taken = {SignedAs.DEPUTY, SignedAs.ORDER, SignedAs.MANDATE}
    if paper.signed_as in taken and paper.position.lower() == paper.signing_for.lower():
        raise NotSignable(_("Chức vụ người ký trùng với chức vụ được ký thay."), _("Ghi đúng chức vụ của người sẽ ký."))


def _said(paper: OfficialPaper) -> dict[str, Any]:
    """For the history: which template and how it is to be signed; what it says may name people and stays out."""
    return {
        "kind": paper.kind, "owner": f"{paper.owner_kind}:{paper.owner_id}".strip(":"), "purpose": paper.purpose,
        "template": paper.template_version, "symbol": paper.symbol, "signed_as": paper.signed_as,
        "position": paper.position, "code": paper.code, "replaces": paper.replaces_id,
    }  # fmt: skip


def _new_code() -> str:
    return make_code(secrets.choice)


# What every step of a paper's life shares.


def locked(paper: OfficialPaper, event: str, by: Actor, base_version: int) -> OfficialPaper:
    """The paper as it stands, nobody else changing it. Raises Stale, Denied, WrongState.

    Stale first: whose turn it is depends on the state, which the page did not know.
    """
    current = OfficialPaper.objects.select_for_update(of=("self",)).select_related("agency").get(pk=paper.pk)
    if current.version != base_version:
        raise Stale(
            _("Văn bản đã được người khác cập nhật sau khi bạn mở trang."),
            _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn."),
        )
    demand(may_take(by, current, event))
    demand_state(current, event)
    return current


def demand_state(paper: OfficialPaper, event: str) -> PaperState:
    target = PAPER_TRANSITIONS.get((PaperState(paper.state), event))
    if target is None:
        raise WrongState(
            _("Văn bản đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": paper.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    return target


def demanded(reason: str) -> str:
    if not (why := squeeze(reason)[:500]):
        raise NoReason(_("Chưa ghi lý do."), _("Ghi ngắn gọn để người nhận biết phải làm gì."))
    return why


def kept(paper: OfficialPaper, event: str) -> None:
    paper.state = demand_state(paper, event)
    paper.version += 1
    paper.save()


def moved(
    paper: OfficialPaper, event: str, by: Actor, at: datetime, *, reason: str = "", **after: Any
) -> OfficialPaper:
    """The step itself with its entry in the history."""
    before = {"state": paper.state}
    kept(paper, event)
    record(
        by=by, at=at, action=f"paper.{event}", on=subject_of(paper), before=before,
        after={"state": paper.state} | after, reason=reason,
    )  # fmt: skip
    return paper
