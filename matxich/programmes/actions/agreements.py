"""Agreements between partners: written, signed as the paper has it, ended; what they do together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import BadEntry, WrongState, demand_fresh, demand_text, move, reason_of
from matxich.programmes.models import Agreement, AgreementParty, AgreementTarget, JointTask, Programme
from matxich.programmes.permissions import may_keep_agreement, may_keep_for
from matxich.programmes.states import (
    AGREEMENT_TRANSITIONS,
    TASK_TRANSITIONS,
    AgreementState,
    Comparator,
    PartyRole,
    TaskState,
)
from matxich.rulebook.vietnamese.text import squeeze

FEWEST_PARTIES, MOST_PARTIES, MOST_TARGETS = 2, 30, 60
MOST_VALUE = Decimal("999999999999999.999")


class TooFewParties(Refusal):
    """An agreement is between two at least."""

    code = "too_few_parties"
    status = 422


class Unsigned(Refusal):
    """What is signed has its day and its term."""

    code = "unsigned"
    status = 422

    def __init__(self, where: str, message: object) -> None:
        super().__init__(str(message))
        self.field = where


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """As of AgreementParty; `agency`: its id when it is known here."""

    name: str
    role: str
    agency: int | None = None
    signatory: str = ""
    signatory_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """As of AgreementTarget."""

    name: str
    comparator: str
    value: Decimal
    unit: str
    source: str
    until: date | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agreement says; as of Agreement. `valid_to`: the day after its last."""

    title: str
    parties: tuple[Party, ...]
    targets: tuple[Target, ...] = ()
    number: str = ""
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    parent: Agreement | None = None
    programme: Programme | None = None


def subject_of(agreement: Agreement) -> Subject:
    return Subject("agreement", str(agreement.pk), agreement.title[:200], agreement.agency.place)


@transaction.atomic
def create_agreement(*, draft: Draft, agency: Agency, by: Actor, at: datetime, is_demo: bool = False) -> Agreement:
    """A draft kept by an agency. Raises Denied, BadEntry."""
    demand(may_keep_for(by, agency))
    agreement = Agreement(agency=agency, is_demo=is_demo, created_by=by.id, created_at=at)
    _fill(agreement, draft)
    agreement.save(force_insert=True)
    _sides(agreement, draft)
    record(by=by, at=at, action="agreement.create", on=subject_of(agreement), after=told(agreement))
    return agreement


@transaction.atomic
def save_agreement(*, agreement: Agreement, draft: Draft, by: Actor, at: datetime, base_version: int) -> Agreement:
    """Raises Denied, Stale, WrongState, BadEntry."""
    current = _locked(agreement)
    demand(may_keep_agreement(by, current))
    demand_fresh(current, base_version)
    move(current, "save", AGREEMENT_TRANSITIONS)
    before = told(current)
    _fill(current, draft)
    _keep(current)
    _sides(current, draft)
    record(by=by, at=at, action="agreement.save", on=subject_of(current), before=before, after=told(current))
    return current


@transaction.atomic
def sign_agreement(*, agreement: Agreement, by: Actor, at: datetime, base_version: int) -> Agreement:
    """As the paper has it: two parties at least, the day of signing and the first day of its term.

    Raises Denied, Stale, WrongState, TooFewParties, Unsigned.
    """
    current = _locked(agreement)
    demand(may_keep_agreement(by, current))
    demand_fresh(current, base_version)
    move(current, "sign", AGREEMENT_TRANSITIONS)
    if current.parties.count() < FEWEST_PARTIES:
        raise TooFewParties(_("Thỏa thuận có từ hai bên trở lên."), _("Thêm các bên rồi ghi đã ký."))
    if current.signed_on is None or current.signed_on > timezone.localdate(at):
        raise Unsigned("signed_on", _("Ghi ngày ký, không ở tương lai."))
    if current.valid_from is None:
        raise Unsigned("valid_from", _("Ghi ngày bắt đầu hiệu lực."))
    _keep(current)
    record(by=by, at=at, action="agreement.sign", on=subject_of(current), after=told(current))
    return current


@transaction.atomic
def end_agreement(
    *, agreement: Agreement, ended_on: date, by: Actor, at: datetime, reason: str, base_version: int
) -> Agreement:
    """Over from the day after `ended_on`. Raises Denied, Stale, WrongState, NoReason, BadEntry."""
    current = _locked(agreement)
    demand(may_keep_agreement(by, current))
    demand_fresh(current, base_version)
    move(current, "end", AGREEMENT_TRANSITIONS)
    current.end_reason = reason_of(reason)
    until = ended_on + timedelta(days=1)
    if current.valid_from and until <= current.valid_from:
        raise BadEntry("ended_on", _("Ngày chấm dứt ở trước ngày bắt đầu hiệu lực."))
    before, current.valid_to = current.valid_to, until
    _keep(current)
    record(
        by=by, at=at, action="agreement.end", on=subject_of(current), before={"valid_to": before},
        after={"valid_to": until}, reason=current.end_reason,
    )  # fmt: skip
    return current


@transaction.atomic
def attach_paper(*, agreement: Agreement, stream: BinaryIO, name: str, by: Actor, at: datetime) -> Agreement:
    """The signed paper, scanned. Raises Denied, and what the file store refuses (size, type, nothing in it)."""
    current = _locked(agreement)
    demand(may_keep_agreement(by, current))
    before = current.file_id
    current.file = store(
        by=by, at=at, stream=stream, name=name, kind=FileKind.SCAN, max_bytes=settings.MAX_ATTACHMENT_BYTES
    )
    current.file_name = current.file.name if name == current.file.name else squeeze(name)[-255:]
    current.save(update_fields=["file", "file_name"])
    record(
        by=by, at=at, action="agreement.attach", on=subject_of(current), before={"file": before},
        after={"file": current.file_id, "sha256": current.file.sha256},
    )  # fmt: skip
    return current


@transaction.atomic
def add_task(
    *, agreement: Agreement, title: str, owner: AgreementParty, due: date | None, note: str, by: Actor, at: datetime
) -> JointTask:
    """Raises Denied, WrongState, BadEntry."""
    current = _locked(agreement)
    demand(may_keep_agreement(by, current))
    if current.state == AgreementState.ENDED:
        raise WrongState(_("Thỏa thuận đã chấm dứt nên không thêm việc chung."))
    if owner.agreement_id != current.pk:
        raise BadEntry("owner", _("Chọn một bên của thỏa thuận này."))
    task = JointTask.objects.create(
        agreement=current, title=demand_text("title", title, _("Ghi việc phải làm."))[:300], owner=owner, due=due,
        note=squeeze(note)[:500], created_by=by.id, created_at=at,
    )  # fmt: skip
    after = {"task": task.pk, "title": task.title, "owner": owner.name, "due": due}
    record(by=by, at=at, action="joint_task.add", on=subject_of(current), after=after)
    return task


@transaction.atomic
def move_task(*, task: JointTask, event: str, note: str, by: Actor, at: datetime, base_version: int) -> JointTask:
    """`event`: start, finish, drop or resume. Raises Denied, Stale, WrongState."""
    current = JointTask.objects.select_for_update(of=("self",)).select_related("agreement__agency").get(pk=task.pk)
    demand(may_keep_agreement(by, current.agreement))
    demand_fresh(current, base_version)
    before = current.state
    move(current, event, TASK_TRANSITIONS)
    current.done_on = timezone.localdate(at) if current.state == TaskState.DONE else None
    current.note = squeeze(note)[:500] or current.note
    current.version += 1
    current.save()
    record(
        by=by, at=at, action="joint_task.move", on=subject_of(current.agreement),
        before={"task": current.pk, "state": before}, after={"task": current.pk, "state": current.state},
        reason=squeeze(note)[:500],
    )  # fmt: skip
    return current


def told(agreement: Agreement) -> dict[str, Any]:
    """For the history; signatories are people, so their names stay out."""
    names = ("number", "title", "signed_on", "valid_from", "valid_to", "state", "parent_id", "programme_id")
    targets = agreement.targets.order_by("order").values_list("name", "comparator", "value", "unit", "until")
    return {name: getattr(agreement, name) for name in names} | {
        "parties": list(agreement.parties.order_by("order").values_list("name", flat=True)),
        "targets": [[str(part) for part in each] for each in targets],
    }


def _fill(agreement: Agreement, draft: Draft) -> None:
    if draft.valid_from and draft.valid_to and draft.valid_to <= draft.valid_from:
        raise BadEntry("valid_to", _("Ngày hết hiệu lực phải sau ngày bắt đầu."))
    if draft.parent is not None and draft.parent.pk in {agreement.pk, *_followers(agreement)}:
        raise BadEntry("parent", _("Thỏa thuận không thể đi theo chính nó."))
    agreement.title = demand_text("title", draft.title, _("Ghi tên thỏa thuận."))[:300]
    agreement.number, agreement.note = squeeze(draft.number)[:100], draft.note.strip()[:4000]
    agreement.signed_on, agreement.valid_from, agreement.valid_to = draft.signed_on, draft.valid_from, draft.valid_to
    agreement.parent, agreement.programme = draft.parent, draft.programme


def _followers(agreement: Agreement) -> set[int]:
    """Every agreement that follows this one, however far."""
    found: set[int] = set()
    edge = {agreement.pk} if agreement.pk else set()
    while edge:
        edge = set(Agreement.objects.filter(parent__in=edge).values_list("pk", flat=True)) - found
        found |= edge
    return found


def _sides(agreement: Agreement, draft: Draft) -> None:
    agreement.parties.all().delete()
    agreement.targets.all().delete()
    AgreementParty.objects.bulk_create(_parties(agreement, draft.parties))
    AgreementTarget.objects.bulk_create(_targets(agreement, draft.targets))


def _parties(agreement: Agreement, parties: Iterable[Party]) -> list[AgreementParty]:
    rows = [
        AgreementParty(
            agreement=agreement,
            order=number,
            agency_id=each.agency,
            name=demand_text("parties", each.name, _("Ghi tên từng bên."))[:300],
            role=each.role,
            signatory=squeeze(each.signatory)[:150],
            signatory_title=squeeze(each.signatory_title)[:150],
        )
        for number, each in enumerate(parties, 1)
    ]
    if len(rows) > MOST_PARTIES or any(row.role not in PartyRole.values for row in rows):
        raise BadEntry("parties", _("Chọn vai của từng bên; nhiều nhất 30 bên."))
    if len({row.name for row in rows}) != len(rows):
        raise BadEntry("parties", _("Có bên ghi hai lần."))
    return rows


def _targets(agreement: Agreement, targets: Iterable[Target]) -> list[AgreementTarget]:
    rows = [
        AgreementTarget(
            agreement=agreement,
            order=number,
            indicator=squeeze(each.indicator)[:20],
            name=demand_text("targets", each.name, _("Ghi tên từng mục tiêu."))[:300],
            comparator=each.comparator,
            value=each.value,
            unit=demand_text("targets", each.unit, _("Ghi đơn vị của từng mục tiêu."))[:50],
            until=each.until,
            source=demand_text("targets", each.source, _("Ghi mục tiêu ở điều nào của văn bản."))[:200],
        )
        for number, each in enumerate(targets, 1)
    ]
    if len(rows) > MOST_TARGETS or any(row.comparator not in Comparator.values for row in rows):
        raise BadEntry("targets", _("Chọn cách nói của từng mục tiêu; nhiều nhất 60 mục tiêu."))
    if any(not 0 <= row.value <= MOST_VALUE for row in rows):
        raise BadEntry("targets", _("Giá trị mục tiêu từ 0 đến 10^15."))
    return rows


def _locked(agreement: Agreement) -> Agreement:
    found = Agreement.objects.select_for_update(of=("self",)).select_related("agency")
    return found.get(pk=agreement.pk)


def _keep(agreement: Agreement) -> None:
    agreement.version += 1
    agreement.save()
