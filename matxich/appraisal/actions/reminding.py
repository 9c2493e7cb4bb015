"""Members are reminded of a session that comes, of answers and of ballots they owe; never of what others owe."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.queries import person
from matxich.appraisal.models import CouncilMember, Session
from matxich.appraisal.queries.my_cases import my_batches
from matxich.appraisal.queries.people import in_office
from matxich.appraisal.states import BatchState, CouncilState, SessionState
from matxich.kit.display import Text
from matxich.kit.templatetags.mx import moment
from matxich.notices.actions import queue_inapp

AHEAD = timedelta(days=2)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """A session once, what is owed once a week; how many messages were written."""
    return _sessions(at) + _owed(at)


def _sessions(at: datetime) -> int:
    count = 0
    coming = Session.objects.filter(state=SessionState.CONVENED, starts_at__gt=at, starts_at__lte=at + AHEAD)
    for session in coming.select_related("council"):
        when = moment(timezone.localtime(session.starts_at))
        for member in in_office(session.council_id):
            notice = queue_inapp(
                user_id=member.user_id,
                subject=_("Nhắc: %(council)s họp lúc %(when)s") % {"council": session.council.name, "when": when},
                body=session.venue or session.online_url, link=reverse("appraisal:session", args=[session.pk]), at=at,
                dedupe=f"session-soon:{session.pk}:{session.version}:{member.pk}",
            )  # fmt: skip
            count += notice is not None
    return count


def _owed(at: datetime) -> int:
    """What each member owes, from the member's own list: nothing of a case shut to them is in it."""
    today = timezone.localdate(at)
    members = CouncilMember.objects.filter(
        valid_to=None, council__state=CouncilState.FOUNDED, council__batches__state=BatchState.APPRAISING
    )
    count = 0
    for member in members.select_related("user").distinct():
        for batch in my_batches(person(member.user, today)):
            if batch.seat.pk != member.pk or batch.batch.state != BatchState.APPRAISING:
                continue
            if batch.to_declare:
                told = _("Nhắc: còn hồ sơ chờ bạn trả lời về lợi ích liên quan")
                count += _tell(member, batch.batch.pk, "declare", at, told)
            if batch.to_vote and batch.session is not None and batch.session.starts_at <= at + AHEAD:
                count += _tell(member, batch.batch.pk, "vote", at, _("Nhắc: còn phiếu đánh giá bạn chưa nộp"))
    return count


def _tell(member: CouncilMember, batch: int, what: str, at: datetime, subject: Text) -> int:
    day = timezone.localdate(at).isocalendar()
    notice = queue_inapp(
        user_id=member.user_id, subject=subject, link=reverse("appraisal:my_cases"), at=at,
        dedupe=f"owed:{what}:{batch}:{member.pk}:{day.year}-{day.week}",
    )  # fmt: skip
    return int(notice is not None)
