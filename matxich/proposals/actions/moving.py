"""One step of one gate: the table says whether, the calendar by when, the status of the whole follows."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.proposals.models import Gate, GateMove, Proposal
from matxich.proposals.packaged import gates
from matxich.proposals.states import OVER, Status
from matxich.rulebook.calendar import Calendar, YearMissing
from matxich.rulebook.parameters.holidays_vn import vietnam
from matxich.rulebook.proposals.gates import status_of


class WrongGateState(Refusal):
    """What is asked does not happen in the state the gate is in."""

    code = "wrong_gate_state"


@cache
def calendar() -> Calendar:
    return vietnam()


def due_after(on: date, days: int) -> date | None:
    """The last working day of a term; None where the year's holidays are not known."""
    try:
        return calendar().add_working_days(on, days) if days else None
    except YearMissing:
        return None


def held_gates(proposal: Proposal) -> dict[str, Gate]:
    """The four, locked in one order; call with the proposal locked."""
    found = Gate.objects.select_for_update(of=("self",)).filter(proposal=proposal).order_by("id")
    return {gate.kind: gate for gate in found}


def move(
    proposal: Proposal,
    standing: dict[str, Gate],
    kind: str,
    event: str,
    by: Actor,
    at: datetime,
    *,
    reason: str = "",
    answer: dict[str, Any] | None = None,
    due: date | None = None,
) -> Gate:
    """Take the step, write it down, and set the proposal's status (saved by the caller). Raises WrongGateState."""
    gate, table = standing[kind], gates()[kind]
    target = table.after(gate.state, event)
    if target is None:
        raise WrongGateState(
            _("Bước “%(gate)s” đang ở trạng thái không làm được việc này.") % {"gate": gate.get_kind_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    GateMove.objects.create(
        proposal=proposal, kind=kind, event=event, before=gate.state, after=target, since=gate.entered_at,
        was_due=gate.due, reason=reason[:1000], by=by.id, at=at,
    )  # fmt: skip
    state = table.states[target]
    gate.state, gate.entered_at, gate.reason = target, at, reason[:1000]
    gate.due = due or due_after(timezone.localdate(at), state.days)
    gate.decided_by = by.id if state.end else ""
    if answer is not None:
        gate.answer = answer
    gate.save()
    proposal.status = Status(status_of({one.kind: one.state for one in standing.values()}))
    proposal.ended_at = (proposal.ended_at or at) if proposal.status in OVER else None
    return gate
