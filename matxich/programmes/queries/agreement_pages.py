"""Agreements as pages show them: parties, promised figures as the paper says them, what is done together."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from matxich.kit.actor import Actor
from matxich.kit.personal import mask
from matxich.kit.templatetags.mx import number
from matxich.kit.verdict import Verdict
from matxich.programmes.models import Agreement, AgreementParty, AgreementTarget, JointTask
from matxich.programmes.permissions import may_keep_agreement, may_keep_agreements, may_see_agreements
from matxich.programmes.queries.showing import days_left_text
from matxich.programmes.states import TASK_TRANSITIONS, AgreementState, TaskState


@dataclass(frozen=True, slots=True)
class AgreementRow:
    agreement: Agreement
    parties: list[str]
    targets: int
    open_tasks: int
    late_tasks: int
    last_day: date | None
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class AgreementsPage:
    rows: list[AgreementRow]
    may_create: Verdict


SOON = timedelta(days=90)


def agreements_page(today: date, actor: Actor) -> AgreementsPage:
    """All of them, those in force first. Four queries."""
    found = Agreement.objects.select_related("agency", "programme").prefetch_related("parties", "targets", "tasks")
    order = {AgreementState.SIGNED: 0, AgreementState.DRAFT: 1, AgreementState.ENDED: 2}
    rows = [_row(agreement, today) for agreement in found]
    rows.sort(key=lambda row: order[AgreementState(row.agreement.state)])
    return AgreementsPage(rows, may_keep_agreements(actor))


def _row(agreement: Agreement, today: date) -> AgreementRow:
    waiting = [task for task in agreement.tasks.all() if task.state in (TaskState.TODO, TaskState.DOING)]
    last = agreement.valid_to - timedelta(days=1) if agreement.valid_to else None
    signed = agreement.state == AgreementState.SIGNED
    return AgreementRow(
        agreement=agreement,
        parties=[party.name for party in agreement.parties.all()],
        targets=len(agreement.targets.all()),
        open_tasks=len(waiting),
        late_tasks=sum(1 for task in waiting if task.due and task.due < today),
        last_day=last,
        ends_soon=bool(signed and last and today <= last <= today + SOON),
    )


@dataclass(frozen=True, slots=True)
class TargetRow:
    """ "khoảng 50 doanh nghiệp": the figure keeps the word it was promised with."""

    target: AgreementTarget
    comparator: str
    value: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: JointTask
    left: str
    late: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyRow:
    party: AgreementParty
    signatory: str


@dataclass(frozen=True, slots=True)
class AgreementPage:
    agreement: Agreement
    parties: list[PartyRow]
    targets: list[TargetRow]
    tasks: list[TaskRow]
    followers: list[Agreement]
    last_day: date | None
    is_over: bool
    may_keep: Verdict
    on_desk: bool

    @property
    def is_draft(self) -> bool:
        return self.agreement.state == AgreementState.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.agreement.state == AgreementState.SIGNED


def agreement_page(agreement: Agreement, today: date, actor: Actor) -> AgreementPage:
    """Who signed is shown in full to those who keep the agreement, masked to others."""
    last = agreement.valid_to - timedelta(days=1) if agreement.valid_to else None
    keeps = may_keep_agreement(actor, agreement)
    return AgreementPage(
        agreement=agreement,
        parties=[
            PartyRow(party, party.signatory if keeps else mask("name", party.signatory))
            for party in agreement.parties.order_by("order")
        ],
        targets=[_target(target) for target in agreement.targets.order_by("order")],
        tasks=[
            _task(task, today)
            for task in agreement.tasks.select_related("owner").order_by(F("due").asc(nulls_last=True), "pk")
        ],
        followers=list(agreement.followers.order_by("signed_on", "pk")),
        last_day=last,
        is_over=bool(last and last < today),
        may_keep=keeps,
        on_desk=bool(may_see_agreements(actor)),
    )


def _target(target: AgreementTarget) -> TargetRow:
    return TargetRow(target, str(target.get_comparator_display()), number(target.value.normalize()))


def _task(task: JointTask, today: date) -> TaskRow:
    waiting = task.state in (TaskState.TODO, TaskState.DOING)
    return TaskRow(
        task=task,
        left=days_left_text(task.due, today) if task.due and waiting else "",
        late=bool(waiting and task.due and task.due < today),
        events=tuple(event for (state, event) in TASK_TRANSITIONS if state == task.state),
    )
