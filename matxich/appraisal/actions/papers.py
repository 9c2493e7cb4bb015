"""Papers drafted from what was decided: minutes, the decision, letters with reasons, the founding, the year's plan.

They live in the correspondence room; what they bring about happens when they are issued (`receivers`).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import locked
from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Case, Council, CouncilMember, CouncilPlan, Decision, Interest, Outcome, Session
from matxich.appraisal.permissions import may_keep_council, may_lead, may_run, may_run_session
from matxich.appraisal.queries.snapshot import refused_rows
from matxich.appraisal.states import SHUTTING, DecisionState, ItemState, SeatRole, SessionState
from matxich.correspondence.actions.drafting import Owner, draft_paper
from matxich.correspondence.kinds import council as council_papers
from matxich.correspondence.kinds import decisions as decision_papers
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.states import PaperState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.places.queries import name_of
from matxich.rulebook.appraisal.exact import exact, rounded
from matxich.rulebook.appraisal.wording import by_decision, rule_sentence

GONE = (PaperState.DISCARDED, PaperState.WITHDRAWN)


class NothingToWrite(Refusal):
    """The paper would say what has not happened yet."""

    code = "nothing_to_write"


@transaction.atomic
def draft_minutes(*, session: Session, by: Actor, at: datetime) -> OfficialPaper:
    """Of a session that ended; again gives the draft that is there. Raises Denied, NothingToWrite and what drafting
    raises."""
    current = locked(session, None, "council__agency")
    demand(may_run_session(by, current))
    if current.state != SessionState.CLOSED or current.opened_at is None or current.closed_at is None:
        raise NothingToWrite(_("Phiên họp chưa kết thúc."))
    if there := _there(current.minutes_paper):
        return there
    paper = draft_paper(
        owner=Owner("session", str(current.pk), "minutes"), agency=current.council.agency, kind="council_minutes",
        fields=_minutes(current), by=by, at=at, is_confidential=True,
    )  # fmt: skip
    current.minutes_paper = paper.pk
    current.save(update_fields=["minutes_paper"])
    return paper


@transaction.atomic
def draft_approval(*, decision: Decision, by: Actor, at: datetime) -> OfficialPaper:
    """Of a decision that was approved: it counts on issue. Again gives the draft that is there. Raises Denied,
    NothingToWrite and what drafting raises."""
    current = locked(
        decision, None, "batch__agency", "batch__council", "batch__criteria", "batch__funding_line__programme"
    )
    demand(may_lead(by, current.batch))
    if there := _there(current.paper):
        return there
    if current.state != DecisionState.APPROVED:
        raise NothingToWrite(_("Phương án chưa được duyệt."))
    if not current.snapshot["granted"]:
        raise NothingToWrite(_("Phương án không hỗ trợ hồ sơ nào."))
    paper = draft_paper(
        owner=Owner("decision", str(current.pk), "approval"), agency=current.batch.agency, kind="approval",
        fields=_approval(current), by=by, at=at,
    )  # fmt: skip
    current.paper = paper.pk
    current.save(update_fields=["paper"])
    return paper


@transaction.atomic
def draft_refusals(*, decision: Decision, by: Actor, at: datetime) -> list[OfficialPaper]:
    """A letter with the reasons to each applicant who gets nothing, once the decision is issued; those there stay.
    Who waits on the reserve list gets none: nothing has been refused yet.

    Raises Denied, NothingToWrite and what drafting raises.
    """
    current = locked(decision, None, "batch__agency")
    demand(may_lead(by, current.batch))
    if current.state != DecisionState.ISSUED:
        raise NothingToWrite(_("Quyết định chưa ban hành."))
    refused = refused_rows(current)
    cases = Case.objects.in_bulk([row["case"] for row in refused])
    made = []
    for row in refused:
        key = str(row["case"])
        there = OfficialPaper.objects.filter(owner_kind="case", owner_id=key, purpose="refusal").exclude(state__in=GONE)
        paper = there.first() or draft_paper(
            owner=Owner("case", key, "refusal"), agency=current.batch.agency, kind="refusal_letter",
            fields=_refusal(current, row, cases[row["case"]]), by=by, at=at, is_confidential=True,
        )  # fmt: skip
        made.append(paper)
    return made


@transaction.atomic
def draft_founding(*, council: Council, by: Actor, at: datetime) -> OfficialPaper:
    """The decision that founds a council; its issue founds it. Raises Denied, NothingToWrite and what drafting
    raises."""
    current = locked(council, None, "agency")
    demand(may_keep_council(by, current))
    if there := _there(current.founding_paper):
        return there
    members = _in_order(current)
    if current.state != "draft" or not members:
        raise NothingToWrite(_("Hội đồng đã thành lập, hoặc chưa có thành viên."))
    paper = draft_paper(
        owner=Owner("council", str(current.pk), "founding"), agency=current.agency, kind="council_founding",
        fields=council_papers.CouncilFounding(
            council=current.name, legal_bases=(current.quorum.get("article", "") or current.agency.name,),
            proposed_by=current.agency.name, members=tuple(_member(each) for each in members),
            duties=(str(_("Thẩm định hồ sơ theo bộ tiêu chí và quy chế của Hội đồng")),),
            standing_unit=current.agency.name, ends=str(_("Khi hoàn thành nhiệm vụ hoặc hết nhiệm kỳ")),
        ),
        by=by, at=at,
    )  # fmt: skip
    current.founding_paper = paper.pk
    current.save(update_fields=["founding_paper"])
    return paper


@transaction.atomic
def draft_plan(*, plan: CouncilPlan, by: Actor, at: datetime) -> OfficialPaper:
    """The announcement of a year's plan; its issue announces it. Raises Denied, NothingToWrite and what drafting
    raises."""
    current = locked(plan, None, "council__agency")
    demand(may_run(by, current.council))
    if there := _there(current.paper):
        return there
    if not current.sessions or not current.duties:
        raise NothingToWrite(_("Kế hoạch cần có nhiệm vụ và ít nhất một phiên họp."))
    founded = f"{current.council.founding_no}".strip() or current.council.name
    seats = current.members_expected or current.council.members.filter(valid_to=None).count()
    paper = draft_paper(
        owner=Owner("council_plan", str(current.pk), "announcement"), agency=current.council.agency,
        kind="council_plan", by=by, at=at,
        fields=council_papers.CouncilPlan(
            council=current.council.name, year=current.year, founded_by=founded,
            duties=tuple(line for line in current.duties.splitlines() if line.strip()),
            sessions=tuple(_planned(index, each, current.year) for index, each in enumerate(current.sessions, start=1)),
            members_expected=seats,
        ),
    )  # fmt: skip
    current.paper = paper.pk
    current.save(update_fields=["paper"])
    return paper


def _there(pk: int) -> OfficialPaper | None:
    return OfficialPaper.objects.filter(pk=pk).exclude(state__in=GONE).first() if pk else None


def _planned(index: int, told: Mapping[str, Any], year: int) -> council_papers.PlannedSession:
    begins = date(year, told["month"], 1)
    ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return council_papers.PlannedSession(
        name=str(_("Phiên %(no)s") % {"no": index}), begins=begins, ends=ends, content=told["subject"]
    )


def _in_order(council: Council) -> list[CouncilMember]:
    order = list(SeatRole.values)
    members = council.members.filter(valid_to=None).select_related("user")
    return sorted(members, key=lambda each: (order.index(each.role), each.pk))


def _member(seat: CouncilMember) -> council_papers.Member:
    return council_papers.Member(
        name=seat.user.name, position=seat.organisation or seat.council.agency.name, role=str(seat.get_role_display())
    )


def _minutes(session: Session) -> council_papers.CouncilMinutes:
    members = _in_order(session.council)
    rows = list(session.attendance.all())
    came = {row.member_id for row in rows if row.arrived}
    chair = next((each for each in members if each.pk in came and each.role in (SeatRole.CHAIR, SeatRole.VICE)), None)
    secretary = next((each for each in members if each.role == SeatRole.SECRETARY), None)
    items = [
        item for item in session.items.select_related("case__batch__criteria").order_by("order", "id")
        if item.state == ItemState.DECIDED
    ]  # fmt: skip
    if not items:
        raise NothingToWrite(_("Phiên họp không kết luận nội dung nào."))
    outcomes = {each.case_id: each for each in Outcome.objects.filter(case__in=[item.case_id for item in items])}
    judged = tuple(_judged(item.case, outcomes[item.case_id]) for item in items)
    interests = Interest.objects.filter(case__in=[item.case_id for item in items], state__in=SHUTTING)
    opened, closed = session.opened_at, session.closed_at
    assert opened is not None and closed is not None
    return council_papers.CouncilMinutes(
        council=session.council.name,
        session=str(_("Phiên %(no)s") % {"no": session.no}),
        founded_by=session.council.founding_no or session.council.name,
        opened=f"{timezone.localtime(opened):%H:%M}",
        closed=f"{timezone.localtime(closed):%H:%M}",
        held_on=timezone.localdate(opened),
        venue=session.venue or session.online_url,
        chair=chair.user.name if chair else "–",
        secretary=secretary.user.name if secretary else "–",
        members=len(members),
        present=tuple(_member(each) for each in members if each.pk in came),
        absent=tuple(_member(each) for each in members if each.pk not in came),
        recusals=tuple(
            council_papers.Recusal(
                member=each.member.user.name, case=each.case.reference, reason=each.detail or each.category
            )
            for each in interests.select_related("member__user", "case").order_by("case_id", "id")
        ),
        rule=rule_sentence(criteria_of(items[0].case.batch).rule),
        cases=judged,
        asked=sum(each.asked for each in judged),
        proposed=sum(each.proposed for each in judged),
        opinions=tuple(line for line in session.conclusion.splitlines() if line.strip()),
    )


def _judged(case: Case, outcome: Outcome) -> council_papers.JudgedCase:
    good = {each.code for each in criteria_of(case.batch).verdicts if each.favourable}
    mean = outcome.result["mean"]
    return council_papers.JudgedCase(
        name=case.title, host=case.organisation, mean=rounded(exact(mean), 2) if mean is not None else None,
        passed=sum(n for code, n in outcome.result["verdicts"].items() if code in good),
        ballots=outcome.result["ballots"], asked=case.asked, proposed=outcome.amount,
        conclusion=str(_("Đề nghị thực hiện") if outcome.recommended == "met" else _("Không đề nghị")),
    )  # fmt: skip


def _funded(row: Mapping[str, Any], case: Case, amount: int) -> decision_papers.FundedCase:
    own = case.counterpart or 0
    return decision_papers.FundedCase(
        code=row["reference"], name=row["title"], host=row["organisation"],
        place=name_of(row["province"]) if row["province"] else "", total=amount + own, state=amount, own=own,
    )  # fmt: skip


def _approval(decision: Decision) -> decision_papers.Approval:
    snapshot, batch = decision.snapshot, decision.batch
    cases = Case.objects.in_bulk([row["case"] for row in snapshot["ranked"]])
    by_case = {row["case"]: row for row in snapshot["ranked"]}
    line, council = batch.funding_line, batch.council
    bases = [criteria_of(batch).article]
    if council is not None and council.founding_no:
        bases.append(
            str(_("Quyết định %(no)s thành lập %(council)s") % {"no": council.founding_no, "council": council.name})
        )
    return decision_papers.Approval(
        programme=line.programme.name if line else batch.name,
        year=batch.year,
        legal_bases=tuple(bases),
        proposed_by=council.name if council else batch.agency.name,
        cases=tuple(_funded(row, cases[row["case"]], row["granted"]) for row in snapshot["ranked"] if row["granted"]),
        reserve=tuple(_funded(by_case[key], cases[key], by_case[key]["amount"]) for key in snapshot["reserve"]),
        total=snapshot["granted"],
        source=line.name if line else batch.name,
        duties=(str(_("Các đơn vị có tên tổ chức thực hiện, báo cáo và quyết toán theo quy định.")),),
    )


def _refusal(decision: Decision, row: Mapping[str, Any], case: Case) -> decision_papers.RefusalLetter:
    return decision_papers.RefusalLetter(
        addressee=case.organisation,
        case=case.title,
        received_on=timezone.localdate(case.submitted_at or case.opened_at),
        decided_in=by_decision(decision.number),
        reasons=tuple(
            decision_papers.Reason(what=each["vi"], article=each.get("article", ""))
            for each in [*row["told"], {"vi": decision.reserve_after.get(str(case.pk), {}).get("reason", "")}]
            if each["vi"].strip()
        )
        or (decision_papers.Reason(what=str(_("Hội đồng không đề nghị."))),),
        may_apply_again=True,
        contact=decision.batch.agency.name,
    )
