"""Officers at the gates: notes and returns, acceptance, eligibility by the law, the estimate, refusals."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, demand
from matxich.ledger.actions import record
from matxich.proposals.actions.holding import locked, subject_of
from matxich.proposals.actions.moving import WrongGateState, held_gates, move
from matxich.proposals.actions.submitting import NoReason
from matxich.proposals.actions.telling import tell_writers
from matxich.proposals.models import FieldNote, Gate, Proposal
from matxich.proposals.permissions import may_assign, may_check, may_conclude
from matxich.proposals.queries.entitlement import entitlement
from matxich.proposals.states import GateKind
from matxich.rulebook.calendar import local_date
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.vietnamese.text import squeeze


class NothingToMend(Refusal):
    """A return says at least one thing to be mended."""

    code = "nothing_to_mend"
    status = 422


class NotEligible(Refusal):
    """The law says no on the day the proposal was handed in: it cannot pass, only be refused or returned."""

    code = "not_eligible"


class OverTheLimit(Refusal):
    """The estimate asks for more than the law or the call gives."""

    code = "over_the_limit"


@transaction.atomic
def assign_gate(*, proposal: Proposal, kind: str, officer: User, by: Actor, at: datetime) -> Gate:
    """Whose the gate is. Raises Denied: by whom, or because that person could not conclude it."""
    current = locked(proposal)
    demand(may_assign(by, current))
    gate = held_gates(current)[kind]
    them = person(officer, local_date(at))
    gate.proposal = current
    if not (may := may_conclude(them, gate)):
        raise Denied(may.reason)
    before, gate.officer = gate.officer, them.id
    gate.save(update_fields=["officer"])
    on = subject_of(current)
    record(by=by, at=at, action="proposal.assign", on=on, before={kind: before}, after={kind: gate.officer})
    return gate


@transaction.atomic
def return_proposal(
    *, proposal: Proposal, notes: Mapping[str, str], by: Actor, at: datetime, base_version: int
) -> Proposal:
    """Send it back: path of the version (or "" for the whole) → what is to be mended. From the dossier, or later from
    eligibility or finance, which then wait. Raises Denied, Stale, WrongGateState, NothingToMend.
    """
    current = locked(proposal, base_version)
    demand(may_check(by, current))
    told = {path[:120]: squeeze(text)[:1000] for path, text in notes.items() if text.strip()}
    if not told or current.current is None:
        raise NothingToMend(_("Chưa ghi điều cần sửa."), _("Ghi ít nhất một mục và điều cần sửa ở mục đó."))
    standing = held_gates(current)
    if standing[GateKind.COUNCIL].state != "waiting":
        raise WrongGateState(
            _("Đề án đã đưa ra thẩm định nên không trả lại được từ đây."),
            _("Hội đồng, bộ phận thẩm định ghi điều cần sửa trong kết luận."),
        )
    reopening = standing[GateKind.DOSSIER].state == "passed"
    if reopening:
        for kind in (GateKind.ELIGIBILITY, GateKind.FINANCE):
            if standing[kind].state in ("checking", "passed"):
                move(current, standing, kind, "pause", by, at)
    gate = move(current, standing, GateKind.DOSSIER, "reopen" if reopening else "return", by, at)
    FieldNote.objects.bulk_create(
        [FieldNote(version=current.current, path=path, text=text, by=by.id, at=at) for path, text in told.items()]
    )
    _keep(current)
    action = "proposal.reopen" if reopening else "proposal.return"
    after = {"version": current.current.number, "notes": told, "due": gate.due}
    record(by=by, at=at, action=action, on=subject_of(current), after=after)
    tell_writers(current, gettext("Đề án %(code)s được trả lại để sửa") % {"code": current.code}, _listed(told), at)
    return current


def _listed(notes: Mapping[str, str]) -> str:
    return "\n".join(notes.values())


@transaction.atomic
def accept_dossier(*, proposal: Proposal, by: Actor, at: datetime, base_version: int) -> Proposal:
    """The file is whole: eligibility and finance open side by side. Raises Denied, Stale, WrongGateState."""
    current = locked(proposal, base_version)
    demand(may_check(by, current))
    standing = held_gates(current)
    move(current, standing, GateKind.DOSSIER, "accept", by, at)
    for kind in (GateKind.ELIGIBILITY, GateKind.FINANCE):
        move(current, standing, kind, "open", by, at)
    _keep(current)
    number = current.current.number if current.current else 0
    record(by=by, at=at, action="proposal.accept", on=subject_of(current), after={"version": number})
    return current


@transaction.atomic
def refuse_gate(*, proposal: Proposal, kind: str, reason: str, by: Actor, at: datetime, base_version: int) -> Proposal:
    """The proposal goes no further at this gate, for a reason its applicant reads.

    Raises Denied, Stale, WrongGateState, NoReason.
    """
    current = locked(proposal, base_version)
    standing = held_gates(current)
    _demand_conclude(by, current, standing[kind])
    if not (why := squeeze(reason)[:1000]):
        raise NoReason(_("Chưa ghi lý do."), _("Ghi lý do để người nộp đọc và biết phải làm gì."))
    move(current, standing, kind, "refuse", by, at, reason=why)
    current.reasons = [{"gate": kind, "text": why}]
    _keep(current)
    record(by=by, at=at, action="proposal.refuse", on=subject_of(current), after={"gate": kind}, reason=why)
    tell_writers(current, gettext("Đề án %(code)s không được hỗ trợ") % {"code": current.code}, why, at)
    return current


@transaction.atomic
def pass_eligibility(*, proposal: Proposal, reason: str, by: Actor, at: datetime, base_version: int) -> Proposal:
    """The law's answer of the day it was handed in is frozen with the conclusion.

    Where the law does not know, an officer passes it for a reason; where it says no, nobody does. Raises Denied, Stale,
    WrongGateState, NotEligible, NoReason.
    """
    current = locked(proposal, base_version)
    standing = held_gates(current)
    _demand_conclude(by, current, standing[GateKind.ELIGIBILITY])
    law = entitlement(current, by)
    if law.truth is Truth.NO:
        wrong = [each["text_vi"] for each in law.document.get("conditions", []) if each["verdict"] == "not"]
        raise NotEligible(
            _("Theo pháp luật ngày nộp, đề án không đủ điều kiện: %(why)s.") % {"why": "; ".join(wrong)},
            _("Trả lại để bổ sung, hoặc kết luận không đủ điều kiện kèm lý do."),
        )
    why = squeeze(reason)[:1000]
    if (law.truth is Truth.UNKNOWN or law.doubles) and not why:
        raise NoReason(
            _("Còn điều pháp luật chưa rõ hoặc có khoản hỗ trợ khác cùng nội dung."),
            _("Ghi căn cứ để kết luận đủ điều kiện."),
        )
    kept = law.document | {"doubles": [one.text for one in law.doubles], "reason": why}
    move(current, standing, GateKind.ELIGIBILITY, "pass", by, at, reason=why, answer=kept)
    _keep(current)
    after = {"verdict": law.document.get("verdict"), "law": law.document.get("law"), "on": law.on}
    record(by=by, at=at, action="proposal.pass_eligibility", on=subject_of(current), after=after, reason=why,
           rule=str(law.document.get("law", "")))  # fmt: skip
    return current


@transaction.atomic
def pass_finance(*, proposal: Proposal, reason: str, by: Actor, at: datetime, base_version: int) -> Proposal:
    """The estimate is within every limit that is known. Raises Denied, Stale, WrongGateState, OverTheLimit."""
    current = locked(proposal, base_version)
    standing = held_gates(current)
    _demand_conclude(by, current, standing[GateKind.FINANCE])
    law = entitlement(current, by)
    if law.over:
        told = "; ".join(f"{one.text} ({one.article})" if one.article else one.text for one in law.limits if one.over)
        raise OverTheLimit(
            _("Kinh phí nhà nước đề nghị vượt mức: %(limits)s.") % {"limits": told},
            _("Trả lại để sửa dự toán, hoặc kết luận không chấp nhận."),
        )
    why = squeeze(reason)[:1000]
    limits = [{"text": one.text, "most": one.most, "article": one.article} for one in law.limits]
    answer = {"asked": current.asked, "total": current.total, "limits": limits}
    move(current, standing, GateKind.FINANCE, "pass", by, at, reason=why, answer=answer)
    _keep(current)
    record(by=by, at=at, action="proposal.pass_finance", on=subject_of(current), after={"asked": current.asked},
           reason=why)  # fmt: skip
    return current


def _demand_conclude(by: Actor, proposal: Proposal, gate: Gate) -> None:
    gate.proposal = proposal
    demand(may_conclude(by, gate))


def _keep(proposal: Proposal) -> None:
    proposal.version += 1
    proposal.save()
