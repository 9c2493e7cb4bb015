"""Between the gates and the council: handing a proposal over to be judged, and hearing what was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.batches import batch_for_call
from matxich.appraisal.actions.cases import Dossier, open_case, withdraw_case
from matxich.appraisal.actions.reserve import leave_reserve
from matxich.appraisal.models import Case
from matxich.appraisal.states import CaseState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.proposals.actions.holding import locked, subject_of
from matxich.proposals.actions.moving import held_gates, move
from matxich.proposals.actions.telling import tell_writers
from matxich.proposals.models import Proposal, ProposalVersion
from matxich.proposals.permissions import may_hand_over
from matxich.proposals.queries.cases import case_of
from matxich.proposals.states import OWNER, GateKind
from matxich.registry.models import Enterprise
from matxich.registry.queries.own_firm import said
from matxich.registry.queries.passport import Passport, passport
from matxich.registry.states import Size
from matxich.rulebook.proposals.gates import may_be_appraised

SYSTEM = Actor(kind="system", id="proposals", name="proposals")
SMALL = (Size.MICRO, Size.SMALL, Size.MEDIUM)


class GatesOpen(Refusal):
    """A gate before the council was not passed."""

    code = "gates_open"


@transaction.atomic
def hand_over(*, proposal: Proposal, by: Actor, at: datetime, base_version: int | None = None) -> Case:
    """Open its case in the batch of its call, with the frozen version and its hash; twice gives the same case.

    Raises Denied, Stale, GatesOpen, and what appraisal refuses (BatchClosed, AlreadyJudged, UnknownSet).
    """
    current = locked(proposal, base_version)
    demand(may_hand_over(by, current))
    standing = held_gates(current)
    if standing[GateKind.COUNCIL].state == "appraising" and (there := case_of(current)):
        return there
    version = current.current
    if version is None or not may_be_appraised({kind: gate.state for kind, gate in standing.items()}):
        raise GatesOpen(
            _("Đề án chưa qua hết các bước trước thẩm định."),
            _("Hoàn tất kiểm tra hồ sơ, đối chiếu điều kiện và thẩm tra dự toán."),
        )
    batch = batch_for_call(current.call, by=by, at=at)
    case = open_case(batch=batch, owner=(OWNER, current.pk), dossier=_dossier(current, version), by=by, at=at)
    move(current, standing, GateKind.COUNCIL, "open", by, at)
    current.version += 1
    current.save()
    after = {"case": case.pk, "batch": batch.pk, "version": version.number, "sha256": version.sha256}
    record(by=by, at=at, action="proposal.open_case", on=subject_of(current), after=after)
    return case


def _dossier(proposal: Proposal, version: ProposalVersion) -> Dossier:
    snapshot, firm = version.snapshot, proposal.enterprise
    told = passport(firm, actor=SYSTEM) if firm else None
    sector = proposal.answers.get("line") or (firm.sector if firm else "")
    return Dossier(
        reference=proposal.code[:40],
        title=proposal.title,
        organisation=proposal.applicant,
        asked=proposal.asked,
        sha256=version.sha256,
        tax_code=(firm.tax_code or "") if firm else "",
        enterprise=firm,
        province=proposal.province,
        sector=str(sector)[:40],
        sme=firm.size in SMALL if firm and firm.size != Size.UNKNOWN else None,
        content=proposal.content,
        expertise=tuple(part for part in (proposal.content, str(sector)[:40]) if part),
        parties=tuple(_parties(proposal, told)),
        lines=tuple(_line(row) for row in snapshot["costs"]),
        counterpart=proposal.counterpart,
        min_part=proposal.min_part,
        submitted_at=version.submitted_at,
    )


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": row["key"], "item": row["item"], "unit": row["unit"], "quantity": row["quantity"],
        "unit_price": row["unit_price"], "asked": row["state"], "total": row["amount"],
    }  # fmt: skip


def _parties(proposal: Proposal, told: Passport | None) -> list[dict[str, Any]]:
    """Everybody whom a member could be bound to: the applicant as the register knows it, and the other parties."""
    found = [_party("applicant", proposal.applicant, proposal.enterprise, told)]
    for row in proposal.parties.select_related("enterprise"):
        known = passport(row.enterprise, actor=SYSTEM) if row.enterprise else None
        found.append(
            _party(row.role, row.name, row.enterprise, known) | ({"tax_code": row.tax_code} if row.tax_code else {})
        )
    return found


def _party(role: str, name: str, firm: Enterprise | None, told: Passport | None) -> dict[str, Any]:
    def values(*codes: str) -> list[str]:
        rows = (told.row(code) for code in codes) if told else ()
        return [said(row, fact) for row in rows if row for fact in row.facts]

    return {
        "role": role,
        "name": name,
        "tax_code": (firm.tax_code or "") if firm else "",
        "address": next(iter(values("site_address", "address")), ""),
        "phones": values("phone"),
        "emails": values("email"),
        "people": values("contact_person", "representative"),
    }


@transaction.atomic
def take_out(*, proposal: Proposal, reason: str, at: datetime) -> None:
    """Its owner took it back while it was judged: the council's list loses it. In the caller's transaction."""
    case = case_of(proposal)
    if case is None:
        return
    if case.state == CaseState.DECIDED:
        leave_reserve(case=case, by=SYSTEM, at=at, reason=reason)
    else:
        withdraw_case(case=case, by=SYSTEM, at=at, reason=reason)


@transaction.atomic
def hear_decision(
    *,
    number: int,
    funded: bool,
    amount: int,
    reasons: list[Mapping[str, str]],
    decision: str,
    at: datetime,
    reserve: int | None = None,
) -> None:
    """What the issued decision says of it, once, and what later comes of the reserve list; its writers are told why.

    `reserve`: its place on the reserve list.
    """
    current = locked(Proposal(pk=number))
    standing = held_gates(current)
    state = standing[GateKind.COUNCIL].state
    if state not in ("appraising", "reserve") or (state == "reserve" and reserve):
        return
    texts = [str(one.get("vi", "")) for one in reasons]
    why = "; ".join(text for text in texts if text)
    current.approved = amount if funded else None
    event = "approve" if funded else "reserve" if reserve else "refuse"
    move(current, standing, GateKind.COUNCIL, event, SYSTEM, at, reason=why)
    current.decision, current.reasons = decision[:60], [dict(one) for one in reasons]
    current.version += 1
    current.save()
    after = {"funded": funded, "amount": amount, "decision": decision}
    record(by=SYSTEM, at=at, action="proposal.decided", on=subject_of(current), after=after)
    told = {
        "approve": gettext("Đề án %(code)s được phê duyệt hỗ trợ"),
        "reserve": gettext("Đề án %(code)s đứng thứ %(place)s trong danh sách dự phòng"),
        "refuse": gettext("Đề án %(code)s không được hỗ trợ"),
    }[event]
    tell_writers(current, told % {"code": current.code, "place": reserve}, why, at)
