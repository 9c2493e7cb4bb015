"""The session room: agenda, who is there, quorum as it stands. An item shut to the reader is a blank."""

from dataclasses import dataclass

from matxich.appraisal.criteria import said
from matxich.appraisal.models import AgendaItem, Attendance, CouncilMember, Remark, Session
from matxich.appraisal.permissions import may_run_session, may_see_turnout, shut_out
from matxich.appraisal.queries.case_page import StepLine, Turnout, kept_steps, step_lines, turnout_of
from matxich.appraisal.queries.people import bench_of, in_office
from matxich.appraisal.queries.quorum import present_in, quorum_of_case
from matxich.appraisal.queries.results import result_of
from matxich.appraisal.states import ItemState, RemarkKind, SessionState
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.rulebook.appraisal.quorum import Quorum, Seat, quorum, quorum_rule


@dataclass(frozen=True, slots=True)
class Condition:
    """A line of a quorum, with its mark."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class QuorumBox:
    met: bool
    lines: tuple[Condition, ...]
    article: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    member: CouncilMember
    rows: tuple[Attendance, ...]
    present: bool
    absent_reason: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """`shut`: the reader has an interest in it: nothing of it is told. `live`: presenting, voting or just opened."""

    item: AgendaItem
    shut: bool
    live: bool
    quorum: QuorumBox | None
    recused: tuple[CouncilMember, ...]
    turnout: Turnout | None
    steps: tuple[StepLine, ...]
    reviews: int


@dataclass(frozen=True, slots=True)
class SessionPage:
    session: Session
    quorum: QuorumBox
    seats: tuple[SeatLine, ...]
    items: tuple[ItemLine, ...]
    may_run: Verdict

    @property
    def is_open(self) -> bool:
        return self.session.state == SessionState.OPEN

    @property
    def takes_attendance(self) -> bool:
        return self.session.state in (SessionState.CONVENED, SessionState.OPEN, SessionState.ADJOURNED)


LIVE_ITEMS = (ItemState.PRESENTING, ItemState.VOTING, ItemState.OPENED)


def session_page(session: Session, actor: Actor) -> SessionPage:
    members = in_office(session.council_id)
    present = present_in(session)
    rows: dict[int, list[Attendance]] = {}
    for each in Attendance.objects.filter(session=session).order_by("id"):
        rows.setdefault(each.member_id, []).append(each)
    items = list(
        session.items.select_related("case__batch__council", "case__batch__criteria", "case__outcome").order_by(
            "order", "id"
        )
    )
    shut = set(shut_out(actor).filter(case__in=[item.case_id for item in items]).values_list("case_id", flat=True))
    seats = [Seat(str(each.pk), each.role, each.votes) for each in members]
    whole = quorum(quorum_rule(session.council.quorum), seats, {str(pk) for pk in present})
    return SessionPage(
        session=session,
        quorum=box(whole),
        seats=tuple(
            SeatLine(
                member,
                tuple(rows.get(member.pk, ())),
                member.pk in present,
                next((each.absent_reason for each in rows.get(member.pk, ()) if each.absent_reason), ""),
            )
            for member in members
        ),
        items=tuple(_item(item, actor, item.case_id in shut, members, present) for item in items),
        may_run=may_run_session(actor, session),
    )


def _item(item: AgendaItem, actor: Actor, shut: bool, members: list[CouncilMember], present: set[int]) -> ItemLine:
    live = item.state in LIVE_ITEMS
    if shut:
        return ItemLine(item, True, live, None, (), None, (), 0)
    case = item.case
    outcome = getattr(case, "outcome", None)
    steps = kept_steps(outcome.result) if outcome else ()
    if not live:
        return ItemLine(item, False, False, None, (), None, steps, 0)
    bench = bench_of(case, members)
    if item.state == ItemState.OPENED and not outcome:
        steps = step_lines(result_of(case))
    before = item.state == ItemState.VOTING
    return ItemLine(
        item=item,
        shut=False,
        live=True,
        quorum=box(quorum_of_case(case, item, bench, present)),
        recused=tuple(each for each in members if each.pk in bench.recused),
        turnout=turnout_of(case) if before and may_see_turnout(actor, case) else None,
        steps=steps,
        reviews=Remark.objects.filter(case=case, kind=RemarkKind.REVIEW).count(),
    )


def box(found: Quorum) -> QuorumBox:
    return QuorumBox(
        found.met,
        tuple(Condition("met" if line.met else "not", said(line.words)) for line in found.lines),
        found.article,
    )
