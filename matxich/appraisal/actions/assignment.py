"""Who reviews which case: solved with a proof, adopted by a person, changed by hand for a reason and a cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import demand_reason, moved, of_batch, of_case
from matxich.appraisal.models import Assignment, AssignmentRun, Batch, Case, CouncilMember
from matxich.appraisal.permissions import may_lead
from matxich.appraisal.queries.assignment import affinities, problem_document, shut_pairs
from matxich.appraisal.states import LIVE, RUN_TRANSITIONS, BatchState, RunState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.notices.actions import queue_inapp
from matxich.rulebook.appraisal.exact import written

RULES_VERSION = "assignment-1"


class BadAssignment(Refusal):
    """Loads that cannot be, or a person who may not look at this case."""

    code = "bad_assignment"
    status = 422


class NoAssignment(Refusal):
    """Nothing keeps every rule; the run says which rules are in the way."""

    code = "no_assignment"


class RunOutdated(Refusal):
    """An interest was found, or a case withdrawn, after the run: it has to be solved anew."""

    code = "run_outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the assignment shall keep: reviewers per case, load per reviewer, rules of composition."""

    needs: int
    least: int
    most: int
    roles: tuple[str, ...] = ("reviewer", "member", "finance", "vice", "chair")
    one_per_organisation: bool = False
    min_finance: int = 0
    ban_same_province: bool = False
    fair: bool = False


@transaction.atomic
def run_assignment(*, batch: Batch, wanted: Wanted, by: Actor, at: datetime) -> AssignmentRun:
    """Solve it and keep problem and answer; nobody is assigned yet. Raises Denied, BadAssignment."""
    # The solvers are loaded where they are needed: no page and no command starts slower for them.
    from matxich.rulebook.assignment import assign  # noqa: PLC0415
    from matxich.rulebook.assignment.reading import read_problem  # noqa: PLC0415
    from matxich.rulebook.assignment.telling import assignment_json  # noqa: PLC0415

    demand(may_lead(by, batch))
    if batch.state not in (BatchState.COLLECTING, BatchState.APPRAISING):
        raise BadAssignment(_("Đợt đã xếp hạng hoặc đã quyết định."))
    if batch.council_id is None:
        raise BadAssignment(_("Đợt chưa có hội đồng hoặc bộ phận thẩm định."))
    if not 1 <= wanted.needs <= 50 or not 0 <= wanted.least <= wanted.most <= 10_000:
        raise BadAssignment(_("Số người mỗi hồ sơ và số hồ sơ mỗi người chưa đúng."))
    document = problem_document(batch, _told(wanted))
    if not document["cases"] or not document["reviewers"]:
        raise BadAssignment(_("Đợt chưa có hồ sơ, hoặc hội đồng chưa có ai để giao."))
    problem = read_problem(document)
    result = assignment_json(problem, assign(problem))
    run = AssignmentRun.objects.create(
        batch=batch, problem=document, result=result, rules_version=RULES_VERSION, by=by.id, at=at
    )
    record(
        by=by, at=at, action="assignment.run", on=of_batch(batch), rule=RULES_VERSION,
        after={"run": run.pk, "total": result["total"], "optimal": result["optimal"], "rules": document["rules"]},
    )  # fmt: skip
    return run


@transaction.atomic
def adopt_run(*, run: AssignmentRun, by: Actor, at: datetime) -> AssignmentRun:
    """The answer becomes who reviews what; an earlier one ends. Raises Denied, WrongState, NoAssignment,
    RunOutdated."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("council").get(pk=run.batch_id)
    current = AssignmentRun.objects.select_for_update().get(pk=run.pk)
    demand(may_lead(by, batch))
    pairs = {(int(case), int(each)) for case, members in current.result["assignment"].items() for each in members}
    if not pairs:
        raise NoAssignment(_("Phương án này không giao được ai."), _("Nới một quy tắc rồi tính lại."))
    moved(current, RUN_TRANSITIONS, "adopt")
    cases = set(batch.cases.filter(state__in=LIVE).values_list("pk", flat=True))
    if {case for case, _member in pairs} != cases or pairs & shut_pairs(batch):
        raise RunOutdated(
            _("Đã có hồ sơ hoặc lợi ích liên quan thay đổi sau khi tính."), _("Tính lại phương án phân công.")
        )
    for earlier in batch.runs.filter(state=RunState.ADOPTED):
        moved(earlier, RUN_TRANSITIONS, "replace")
        earlier.save(update_fields=["state"])
    Assignment.objects.filter(case__batch=batch, ended_at=None).update(
        ended_at=at, ended_reason=str(_("Thay bằng phương án %(run)s") % {"run": current.pk})
    )
    Assignment.objects.bulk_create(
        Assignment(case_id=case, member_id=member, run=current, by=by.id, at=at) for case, member in sorted(pairs)
    )
    current.save(update_fields=["state"])
    record(by=by, at=at, action="assignment.adopt", on=of_batch(batch), after={"run": current.pk, "pairs": len(pairs)})
    _tell(batch, {member for _case, member in pairs}, current, at)
    return current


@transaction.atomic
def drop_run(*, run: AssignmentRun, by: Actor, at: datetime) -> AssignmentRun:
    """Raises Denied, WrongState."""
    current = AssignmentRun.objects.select_for_update(of=("self",)).select_related("batch").get(pk=run.pk)
    demand(may_lead(by, current.batch))
    moved(current, RUN_TRANSITIONS, "drop")
    current.save(update_fields=["state"])
    record(by=by, at=at, action="assignment.drop", on=of_batch(current.batch), after={"run": current.pk})
    return current


@transaction.atomic
def override(
    *, case: Case, gone: CouncilMember | None, come: CouncilMember | None, by: Actor, at: datetime, reason: str
) -> str:
    """One reviewer for another, or one more, or one less, by hand; what it costs in affinity, kept with the reason.

    Raises Denied, BadAssignment (a stranger, a conflict), ReasonMissing.
    """
    current = Case.objects.select_for_update(of=("self",)).select_related("batch__council").get(pk=case.pk)
    demand(may_lead(by, current.batch))
    why = demand_reason(reason)
    if come is None and gone is None:
        raise BadAssignment(_("Chọn người bớt hoặc người thêm."))
    held = affinities(current, [each for each in (gone, come) if each is not None])
    if gone is not None:
        ended = current.assignments.filter(member=gone, ended_at=None).update(ended_at=at, ended_reason=why)
        if not ended:
            raise BadAssignment(_("Người này không được giao hồ sơ."))
    nothing = Fraction(0)
    cost = (held[gone.pk] if gone else nothing) - (held[come.pk] if come else nothing)
    if come is not None:
        if come.council_id != current.batch.council_id or come.valid_to is not None or not come.votes:
            raise BadAssignment(_("Chỉ giao được cho thành viên đương nhiệm có quyền biểu quyết."))
        if (current.pk, come.pk) in shut_pairs(current.batch):
            raise BadAssignment(_("Người này có lợi ích liên quan đến hồ sơ, hoặc chưa làm rõ."))
        try:
            with transaction.atomic():
                Assignment.objects.create(case=current, member=come, reason=why, cost=written(cost), by=by.id, at=at)
        except IntegrityError as error:
            raise BadAssignment(_("Người này đã được giao hồ sơ.")) from error
        _tell(current.batch, {come.pk}, None, at)
    told = written(cost)
    record(
        by=by, at=at, action="assignment.override", on=of_case(current), reason=why,
        before={"member": gone.pk if gone else None}, after={"member": come.pk if come else None, "cost": told},
    )  # fmt: skip
    return told


def _told(wanted: Wanted) -> Mapping[str, Any]:
    return {
        "needs": wanted.needs,
        "least": wanted.least,
        "most": wanted.most,
        "roles": list(wanted.roles),
        "rules": {
            "one_per_organisation": wanted.one_per_organisation,
            "min_finance": wanted.min_finance,
            "ban_same_province": wanted.ban_same_province,
            "fair": wanted.fair,
        },
    }


def _tell(batch: Batch, members: set[int], run: AssignmentRun | None, at: datetime) -> None:
    """That there is work; not which: an interest may turn up that shuts a case."""
    for member in CouncilMember.objects.filter(pk__in=members):
        queue_inapp(
            user_id=member.user_id,
            subject=_("Bạn được giao hồ sơ thẩm định trong đợt %(batch)s") % {"batch": batch.name},
            link=reverse("appraisal:my_cases"),
            at=at,
            dedupe=f"assignment:{run.pk if run else at.isoformat()}:{member.pk}",
        )
