"""Recording what the law's figures are: one person proposes, another decides; nothing that counts is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, NoReason, Refusal, demand, reason_given
from matxich.ledger.actions import Subject, record
from matxich.policy.law import act_of, acts_in_force, law, packaged_law, version_after
from matxich.policy.models import FigureAct, FigureDecision
from matxich.policy.permissions import (
    agency_for,
    deciding_agency,
    may_decide,
    may_propose_for,
    may_withdraw,
    province_of,
)
from matxich.policy.queries.showing import said
from matxich.policy.states import ACT_TRANSITIONS, ActKind, ActState
from matxich.rulebook.law.acts import BadAct, laid_over, with_act, written
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.figures import Figure
from matxich.rulebook.law.parameters import LAYER
from matxich.rulebook.vietnamese.text import squeeze

EVENTS = {"accept": ActState.IN_FORCE, "refuse": ActState.REFUSED, "withdraw": ActState.WITHDRAWN}


class DoesNotFit(Refusal):
    """The act cannot be laid over the law as it is; `field` says which entry."""

    code = "does_not_fit"
    status = 422

    def __init__(self, where: str, message: object) -> None:
        super().__init__(str(message))
        self.field = where


class AlreadyProposed(Refusal):
    """The same thing waits already for somebody's decision."""

    code = "already_proposed"


class ActMoved(Refusal):
    """The act is in another state than the one this is done from."""

    code = "act_moved"


class LawMoved(Refusal):
    """The law is no longer the one beside which the decider saw what would change."""

    code = "law_moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed; fields as of FigureAct, values read already (rulebook.law.acts.read_part)."""

    kind: ActKind
    parameter: str
    layer: str
    instrument: str
    reason: str
    row: str = ""
    values: Mapping[str, Figure] = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None
    at: str = ""
    new_instrument: Mapping[str, Any] | None = None
    target: FigureAct | None = None


def subject_of(act: FigureAct) -> Subject:
    return Subject("figure_act", str(act.pk), f"{act.parameter} {act.layer}", province_of(act.layer))


@transaction.atomic
def propose(*, proposal: Proposal, by: Actor, at: datetime) -> FigureAct:
    """Nothing counts yet. Raises Denied, DoesNotFit, NoReason, AlreadyProposed."""
    act = proposed(proposal, by=by, at=at)
    same = FigureAct.objects.filter(
        decision=None, kind=act.kind, parameter=act.parameter, layer=act.layer, row=act.row, starts=act.starts,
        target=act.target,
    )  # fmt: skip
    if same.exists():
        raise AlreadyProposed(
            _("Đề xuất như vậy đang chờ quyết định."), _("Mở đề xuất đang chờ; muốn khác thì rút đề xuất đó trước.")
        )
    act.save(force_insert=True)
    record(by=by, at=at, action="figure_act.propose", on=subject_of(act), after=_told(act), reason=act.reason)
    return act


def proposed(proposal: Proposal, *, by: Actor, at: datetime) -> FigureAct:
    """The act, not kept: to show what it would change before anybody proposes it. Raises what `propose` does."""
    if not LAYER.fullmatch(proposal.layer):
        raise DoesNotFit("layer", _("Không có ngân sách này."))
    demand(may_propose_for(by, proposal.layer))
    agency = agency_for(by, proposal.layer)
    reason = reason_given(proposal.reason, _("Ghi văn bản đã đọc, hoặc vì sao con số thay đổi."))
    assert agency is not None
    act = FigureAct(
        kind=proposal.kind,
        parameter=proposal.parameter,
        layer=proposal.layer,
        row=proposal.row,
        values={name: written(value) for name, value in proposal.values.items()},
        starts=proposal.starts,
        ends=proposal.ends,
        instrument=proposal.instrument,
        at=squeeze(proposal.at)[:120],
        new_instrument=dict(proposal.new_instrument) if proposal.new_instrument else None,
        target=proposal.target,
        reason=reason[:500],
        agency=agency,
        agency_name=agency.name,
        proposed_by=by.id,
        proposed_at=at,
        rules_version=law().version,
    )
    law_with(act)
    return act


def law_with(act: FigureAct) -> Law:
    """The law as it would be with this act in force after all others. Raises DoesNotFit."""
    if act.kind == ActKind.REVOKE:
        return _law_without(act)
    try:
        return with_act(law(), act_of(act))
    except BadAct as bad:
        raise DoesNotFit(bad.field, said(bad.words)) from bad
    except (KeyError, ValueError) as error:
        raise DoesNotFit("values", _("Không đọc được con số của đề xuất này.")) from error


def _law_without(act: FigureAct) -> Law:
    target = act.target
    kept = acts_in_force()
    if target is None or target.pk not in {each.pk for each in kept}:
        raise DoesNotFit("target", _("Quyết định này không còn hiệu lực."))
    if (target.parameter, target.layer) != (act.parameter, act.layer):
        raise DoesNotFit("target", _("Không cùng con số và ngân sách."))
    before = {code for code, _why in laid_over(packaged_law(), map(act_of, kept)).unfit}
    made = laid_over(packaged_law(), map(act_of, acts_in_force(without=target.pk)))
    if {code for code, _why in made.unfit} - before:
        raise DoesNotFit("target", _("Có quyết định sau dựa trên quyết định này: bãi bỏ quyết định sau trước."))
    return made.law


@transaction.atomic
def decide(
    *, act: FigureAct, accept: bool, by: Actor, at: datetime, reason: str = "", changes: Mapping[str, Any] | None = None
) -> FigureDecision:
    """In force from the moment this commits, or refused for a reason.

    `changes`: what the decider was shown of answers that become others; kept with the decision.
    Raises Denied, ActMoved, DoesNotFit, NoReason, LawMoved.
    """
    current = _locked(act, "accept" if accept else "refuse")
    demand(may_decide(by, current))
    agency = deciding_agency(by, current.layer)
    if agency is None:
        raise Denied(may_decide(by, current).reason)
    why = squeeze(reason)[:500]
    if not accept and not why:
        raise NoReason(_("Chưa ghi lý do không chấp nhận."), _("Ghi ngắn gọn để người đề xuất biết phải sửa gì."))
    if accept:
        law_with(current)
        if changes and changes["rules_version"] != law().version:
            raise LawMoved(
                _("Luật vừa đổi vì một quyết định khác."), _("Xem lại những câu trả lời sẽ đổi rồi quyết định.")
            )
    return _decided(current, "accept" if accept else "refuse", agency, by, at, why, changes)


@transaction.atomic
def withdraw(*, act: FigureAct, by: Actor, at: datetime, reason: str = "") -> FigureDecision:
    """Take back what was not decided yet. Raises Denied, ActMoved."""
    current = _locked(act, "withdraw")
    demand(may_withdraw(by, current))
    return _decided(current, "withdraw", current.agency, by, at, squeeze(reason)[:500], None)


def state_of(act: FigureAct) -> ActState:
    decision: FigureDecision | None = getattr(act, "decision", None)
    if decision is None:
        return ActState.PROPOSED
    revoked = act.revocations.filter(decision__outcome=ActState.IN_FORCE).exists()
    return ActState.REVOKED if revoked else ActState(decision.outcome)


def _locked(act: FigureAct, event: str) -> FigureAct:
    """All decisions wait for each other: what one was judged against must still stand when it counts."""
    list(FigureAct.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
    current = FigureAct.objects.select_related("agency", "target").get(pk=act.pk)
    state = state_of(current)
    if (state, event) not in ACT_TRANSITIONS:
        raise ActMoved(
            _("Đề xuất đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": state.label},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    return current


def _decided(
    act: FigureAct, event: str, agency: Agency, by: Actor, at: datetime, reason: str, changes: Mapping[str, Any] | None
) -> FigureDecision:
    decision = FigureDecision(
        act=act, outcome=EVENTS[event], reason=reason, agency=agency, agency_name=agency.name, decided_by=by.id,
        decided_at=at, changes=dict(changes or {}),
    )  # fmt: skip
    if decision.outcome == ActState.IN_FORCE:
        last = FigureDecision.objects.filter(outcome=ActState.IN_FORCE).order_by("-id").first()
        decision.version = version_after(last.version if last else "", act, decision)
    decision.save(force_insert=True)
    before = {"state": ActState.PROPOSED}
    after = {"state": decision.outcome, "version": decision.version, "changes": decision.changes}
    record(by=by, at=at, action=f"figure_act.{event}", on=subject_of(act), before=before, after=after, reason=reason)
    return decision


def _told(act: FigureAct) -> dict[str, Any]:
    names = ("kind", "parameter", "layer", "row", "values", "starts", "ends", "instrument", "at", "new_instrument")
    told = {name: getattr(act, name) for name in names}
    return {name: value for name, value in told.items() if value not in ("", None, {})} | (
        {"target": act.target_id} if act.target_id else {})  # fmt: skip
