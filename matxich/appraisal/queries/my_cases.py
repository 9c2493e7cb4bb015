"""What waits for a member: interests to answer for, ballots to fill in. Nothing of anybody else's, and no counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from matxich.appraisal.models import (
    Assignment,
    Ballot,
    Batch,
    Case,
    CouncilMember,
    Declaration,
    Interest,
    Session,
)
from matxich.appraisal.permissions import seats_of, shut_out
from matxich.appraisal.states import (
    OPEN_TO_SEE,
    BallotState,
    BatchState,
    CaseState,
    SessionState,
)
from matxich.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class MyCase:
    """`step`: declare, shut, vote, draft, handed_in, opened, wait, other (assigned to somebody else)."""

    case: Case
    step: str
    ballot: Ballot | None

    @property
    def words(self) -> str:
        return {
            "declare": _("Chưa trả lời về lợi ích liên quan"),
            "shut": _("Bạn đứng ngoài hồ sơ này"),
            "vote": _("Chưa chấm"),
            "draft": _("Đang chấm dở"),
            "handed_in": _("Đã nộp phiếu"),
            "opened": _("Đã mở phiếu"),
            "wait": _("Không chấm phiếu"),
        }[self.step]


@dataclass(frozen=True, slots=True)
class MyBatch:
    batch: Batch
    seat: CouncilMember
    session: Session | None
    cases: tuple[MyCase, ...]

    @property
    def to_declare(self) -> int:
        return sum(each.step == "declare" for each in self.cases)

    @property
    def to_vote(self) -> int:
        return sum(each.step in ("vote", "draft") for each in self.cases)


@dataclass(frozen=True, slots=True)
class Year:
    """A member's own year: sittings held, attended, absent with a reason; ballots handed in of those asked for."""

    year: int
    held: int
    attended: int
    ballots: int
    asked: int


def my_batches(actor: Actor) -> list[MyBatch]:
    """Batches being judged by councils the actor sits on. The number of queries does not grow with the cases."""
    seats = list(seats_of(actor).select_related("council"))
    by_council = {seat.council_id: seat for seat in seats}
    batches = list(
        Batch.objects.filter(council__in=by_council, state__in=(BatchState.APPRAISING, BatchState.RANKED))
        .select_related("criteria", "council")
        .order_by("-id")
    )
    cases = list(
        Case.objects.filter(batch__in=batches)
        .exclude(state=CaseState.WITHDRAWN)
        .order_by("batch_id", "reference", "id")
    )
    keys = [case.pk for case in cases]
    declared = set(Declaration.objects.filter(member__in=seats, case__in=keys).values_list("case_id", flat=True))
    shut = set(shut_out(actor).filter(case__in=keys).values_list("case_id", flat=True))
    ballots = {each.case_id: each for each in Ballot.objects.filter(member__in=seats, case__in=keys)}
    assigned = set(
        Assignment.objects.filter(member__in=seats, case__in=keys, ended_at=None).values_list("case_id", flat=True)
    )
    sessions = _next_sessions(batches)
    found = []
    for batch in batches:
        seat = by_council[batch.council_id or 0]
        rows = []
        for case in cases:
            if case.batch_id != batch.pk:
                continue
            step = _step(case, batch, seat, declared, shut, ballots.get(case.pk), assigned)
            if step != "other":
                rows.append(MyCase(case, step, ballots.get(case.pk)))
        found.append(MyBatch(batch, seat, sessions.get(batch.pk), tuple(rows)))
    return found


def _step(
    case: Case, batch: Batch, seat: CouncilMember, declared: set[int], shut: set[int], ballot: Ballot | None,
    assigned: set[int],
) -> str:  # fmt: skip
    if case.pk in shut:
        return "shut"
    if case.pk not in declared:
        return "declare"
    if batch.assigned_only and case.pk not in assigned:
        return "wait" if seat.role in ("chair", "secretary") else "other"
    if case.state in OPEN_TO_SEE:
        return "opened"
    if not seat.votes:
        return "wait"
    if ballot is None:
        return "vote"
    return "handed_in" if ballot.state == BallotState.SUBMITTED else "draft"


def _next_sessions(batches: Iterable[Batch]) -> dict[int, Session]:
    """The next sitting about each batch."""
    states = (SessionState.CONVENED, SessionState.OPEN, SessionState.ADJOURNED)
    rows = Session.objects.filter(batch__in=list(batches), state__in=states).order_by("-starts_at")
    return {each.batch_id: each for each in rows if each.batch_id}


def year_of(seats: list[CouncilMember], year: int) -> dict[int, Year]:
    """Per seat; ballots are counted of cases that were opened in the year, so that nothing shows before."""
    held = Session.objects.filter(
        council__in={seat.council_id for seat in seats}, state=SessionState.CLOSED, opened_at__year=year
    ).prefetch_related("attendance")
    openings = Case.objects.filter(
        batch__council__in={seat.council_id for seat in seats}, state__in=OPEN_TO_SEE, opening__at__year=year
    )
    asked = list(openings.values_list("pk", "batch__council", "batch__assigned_only"))
    cast = set(
        Ballot.objects.filter(case__in=[pk for pk, *_rest in asked], state=BallotState.OPENED).values_list(
            "case_id", "member_id"
        )
    )
    outside = set(
        Interest.objects.filter(
            Q(state="open") | Q(state="confirmed"), case__in=[pk for pk, *_rest in asked]
        ).values_list("case_id", "member__user_id")
    )
    assigned = set(
        Assignment.objects.filter(case__in=[pk for pk, *_rest in asked], ended_at=None).values_list(
            "case_id", "member_id"
        )
    )
    sittings = list(held)
    found = {}
    for seat in seats:
        own = [each for each in sittings if each.council_id == seat.council_id]
        mine = [
            pk for pk, council, only in asked
            if council == seat.council_id and seat.votes and (pk, seat.user_id) not in outside
            and (not only or (pk, seat.pk) in assigned)
        ]  # fmt: skip
        found[seat.pk] = Year(
            year,
            len(own),
            sum(any(row.member_id == seat.pk and row.arrived for row in each.attendance.all()) for each in own),
            sum((pk, seat.pk) in cast for pk in mine),
            len(mine),
        )
    return found


def undeclared(actor: Actor, batch: Batch) -> list[Case]:
    """Cases of the batch the actor has still to answer for."""
    told = Declaration.objects.filter(member__in=seats_of(actor)).values("case")
    rows = batch.cases.exclude(state=CaseState.WITHDRAWN).exclude(pk__in=told)
    return list(rows.exclude(pk__in=shut_out(actor).values("case")).select_related("batch").order_by("reference", "id"))


def own_interests(actor: Actor, batch: Batch) -> list[Interest]:
    rows = Interest.objects.filter(member__in=seats_of(actor), case__batch=batch)
    return list(rows.select_related("case").order_by("case__reference", "id"))
