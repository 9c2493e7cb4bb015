"""Who is in the room, and whether they may decide."""

from matxich.appraisal.models import AgendaItem, Attendance, Case, Remark, Session
from matxich.appraisal.queries.people import Bench, in_office
from matxich.appraisal.states import RemarkKind
from matxich.rulebook.appraisal.quorum import Quorum, Seat, quorum, quorum_rule


def present_in(session: Session | None) -> set[int]:
    """Members who came and have not left; without a session, nobody."""
    if session is None:
        return set()
    rows = Attendance.objects.filter(session=session, arrived__isnull=False, left=None)
    return set(rows.values_list("member_id", flat=True))


def quorum_of_session(session: Session) -> Quorum:
    """For the sitting as a whole, nobody recused."""
    seats = [Seat(str(each.pk), each.role, each.votes) for each in in_office(session.council_id)]
    return quorum(quorum_rule(session.council.quorum), seats, {str(pk) for pk in present_in(session)})


def quorum_of_case(case: Case, item: AgendaItem | None, bench: Bench, present: set[int] | None = None) -> Quorum:
    """For one case: members recused from it count as the council's rule says. `present`: where the caller knows."""
    assert case.batch.council is not None
    there = present_in(item.session if item else None) if present is None else present
    reviewed = Remark.objects.filter(case=case, kind=RemarkKind.REVIEW).values_list("member_id", flat=True)
    return quorum(
        quorum_rule(case.batch.council.quorum),
        bench.seats,
        {str(pk) for pk in there},
        recused={str(pk) for pk in bench.recused},
        reviewed={str(pk) for pk in reviewed},
    )
