"""What waits for a member: interests to answer for, ballots to fill in. Nothing of anybody else's, and no counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case as Choice
from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from matxich.appraisal.models import (
    Assignment,
    Attendance,
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
    SHUTTING,
    BallotState,
    BatchState,
    CaseState,
    SeatRole,
    SessionState,
)
from matxich.kit.actor import Actor

PAGE = 50
FIRST_TO_DO = ("declare", "draft", "vote")


@dataclass(frozen=True, slots=True)
class MyCase:
    """`step`: declare, shut, vote, draft, handed_in, opened, wait. Of a shut case the page tells only whose it is."""

    pk: int
    step: str
    title: str
    reference: str
    organisation: str
    asked: int

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
    """What the actor owes a batch."""

    batch: Batch
    seat: CouncilMember
    session: Session | None
    to_declare: int
    to_vote: int


@dataclass(frozen=True, slots=True)
class MyList:
    """One page: each batch that has cases on it, those cases, and the number of the next page."""

    batches: tuple[tuple[MyBatch, tuple[MyCase, ...]], ...]
    following: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """A member's own year: sittings held, attended, absent with a reason; ballots handed in of those asked for."""

    year: int
    held: int
    attended: int
    ballots: int
    asked: int


def my_batches(actor: Actor) -> list[MyBatch]:
    """Batches being judged by councils the actor sits on, with what is owed in each."""
    seats = list(seats_of(actor).select_related("council"))
    return _owed(seats, _steps(seats)) if seats else []


def my_list(seats: list[CouncilMember], page: int) -> MyList:
    """A page of the cases of a member who has these seats; in each batch what is still to do comes first."""
    if not seats:
        return MyList((), None)
    rows = _steps(seats)
    start = (page - 1) * PAGE
    urgency = Choice(*(When(step=step, then=Value(at)) for at, step in enumerate(FIRST_TO_DO)), default=Value(9))
    ordered = rows.annotate(urgency=urgency).order_by("-batch_id", "urgency", "reference", "pk")
    told = ordered.values_list("batch_id", "pk", "step", "title", "reference", "organisation", "asked")
    found = list(told[start : start + PAGE + 1])
    shown: dict[int, list[MyCase]] = {}
    for batch, *case in found[:PAGE]:
        shown.setdefault(batch, []).append(MyCase(*case))
    batches = [
        (each, tuple(shown.get(each.batch.pk, ())))
        for each in _owed(seats, rows)
        if page == 1 or each.batch.pk in shown
    ]
    return MyList(tuple(batches), page + 1 if len(found) > PAGE else None)


def _steps(seats: list[CouncilMember]) -> QuerySet[Case]:
    """Cases before the councils of these seats, each with its `step`; those given to somebody else are left out."""
    here = Q(case=OuterRef("pk"), member__in=[seat.pk for seat in seats])
    votes = [seat.council_id for seat in seats if seat.votes]
    leads = [seat.council_id for seat in seats if seat.role in (SeatRole.CHAIR, SeatRole.SECRETARY)]
    interests = Interest.objects.filter(
        case=OuterRef("pk"), member__user_id__in={seat.user_id for seat in seats}, state__in=SHUTTING
    )
    elsewhere = Q(batch__assigned_only=True, given=False)
    step = Choice(
        When(shut=True, then=Value("shut")),
        When(declared=False, then=Value("declare")),
        When(elsewhere & Q(batch__council__in=leads), then=Value("wait")),
        When(elsewhere, then=Value("other")),
        When(state__in=OPEN_TO_SEE, then=Value("opened")),
        When(~Q(batch__council__in=votes), then=Value("wait")),
        When(written=None, then=Value("vote")),
        When(written=BallotState.SUBMITTED, then=Value("handed_in")),
        default=Value("draft"),
        output_field=CharField(),
    )
    return (
        Case.objects.filter(
            batch__council__in=[seat.council_id for seat in seats],
            batch__state__in=(BatchState.APPRAISING, BatchState.RANKED),
        )
        .exclude(state=CaseState.WITHDRAWN)
        .annotate(
            shut=Exists(interests),
            declared=Exists(Declaration.objects.filter(here)),
            given=Exists(Assignment.objects.filter(here, ended_at=None)),
            written=Subquery(Ballot.objects.filter(here).order_by("pk").values("state")[:1]),
        )
        .annotate(step=step)
        .exclude(step="other")
    )


def _owed(seats: list[CouncilMember], rows: QuerySet[Case]) -> list[MyBatch]:
    by_council = {seat.council_id: seat for seat in seats}
    declare = Count("pk", filter=Q(step="declare"))
    vote = Count("pk", filter=Q(step__in=("vote", "draft")))
    counted = rows.order_by().values("batch").annotate(declare=declare, vote=vote)
    owed = {each["batch"]: (each["declare"], each["vote"]) for each in counted}
    batches = list(
        Batch.objects.filter(council__in=by_council, state__in=(BatchState.APPRAISING, BatchState.RANKED))
        .select_related("criteria", "council")
        .order_by("-id")
    )
    sessions = _next_sessions(batches) if batches else {}
    return [
        MyBatch(each, by_council[each.council_id or 0], sessions.get(each.pk), *owed.get(each.pk, (0, 0)))
        for each in batches
    ]


def _next_sessions(batches: Iterable[Batch]) -> dict[int, Session]:
    """The next sitting about each batch."""
    states = (SessionState.CONVENED, SessionState.OPEN, SessionState.ADJOURNED)
    rows = Session.objects.filter(batch__in=list(batches), state__in=states).order_by("-starts_at")
    return {each.batch_id: each for each in rows if each.batch_id}


def year_of(seats: list[CouncilMember], year: int) -> dict[int, Year]:
    """Per seat, in one query; ballots are counted of cases opened in the year, so that nothing shows before."""
    if not seats:
        return {}
    closed = Session.objects.filter(
        council=OuterRef("council"), state=SessionState.CLOSED, opened_at__year=year
    ).order_by()
    came = Attendance.objects.filter(session=OuterRef("pk"), member=OuterRef(OuterRef("pk")), arrived__isnull=False)
    outside = Interest.objects.filter(case=OuterRef("pk"), member__user=OuterRef(OuterRef("user")), state__in=SHUTTING)
    given = Assignment.objects.filter(case=OuterRef("pk"), member=OuterRef(OuterRef("pk")), ended_at=None)
    cast = Ballot.objects.filter(case=OuterRef("pk"), member=OuterRef(OuterRef("pk")), state=BallotState.OPENED)
    asked = (
        Case.objects.filter(batch__council=OuterRef("council"), state__in=OPEN_TO_SEE, opening__at__year=year)
        .filter(~Exists(outside), Q(batch__assigned_only=False) | Exists(given))
        .order_by()
    )
    rows = CouncilMember.objects.filter(pk__in=[seat.pk for seat in seats]).values_list(
        "pk", "votes", _number(closed, "council"), _number(closed.filter(Exists(came)), "council"),
        _number(asked.filter(Exists(cast)), "batch__council"), _number(asked, "batch__council"),
    )  # fmt: skip
    return {
        pk: Year(year, held, attended, ballots if votes else 0, wanted if votes else 0)
        for pk, votes, held, attended, ballots, wanted in rows
    }


def _number(rows: QuerySet[Case] | QuerySet[Session], by: str) -> Coalesce:
    """How many rows, as a value of the row outside."""
    return Coalesce(
        Subquery(rows.values(by).annotate(n=Count("pk")).values("n"), output_field=IntegerField()), Value(0)
    )


def undeclared(actor: Actor, batch: Batch) -> list[Case]:
    """Cases of the batch the actor has still to answer for."""
    told = Declaration.objects.filter(member__in=seats_of(actor)).values("case")
    rows = batch.cases.exclude(state=CaseState.WITHDRAWN).exclude(pk__in=told)
    return list(rows.exclude(pk__in=shut_out(actor).values("case")).select_related("batch").order_by("reference", "id"))


def own_interests(actor: Actor, batch: Batch) -> list[Interest]:
    rows = Interest.objects.filter(member__in=seats_of(actor), case__batch=batch)
    return list(rows.select_related("case").order_by("case__reference", "id"))
