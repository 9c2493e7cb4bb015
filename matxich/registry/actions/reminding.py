"""Officers hear that a sender's next list is overdue."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.templatetags.mx import day
from matxich.notices.actions import queue_inapp
from matxich.registry.queries.senders import SourceLine, responsible, waited_for


def remind_of_overdue_lists(*, at: datetime) -> int:
    """One message to each responsible officer for each list overdue, whenever it is asked; how many were written."""
    today = timezone.localdate(at)
    return sum(_remind(line, at) for line in waited_for(today) if line.late == "overdue")


@transaction.atomic
def _remind(line: SourceLine, at: datetime) -> int:
    source = line.source
    values = {"name": source.name, "day": day(line.due)}
    written = [
        queue_inapp(
            user_id=user,
            subject=_("Quá hạn nhận danh sách của %(name)s") % values,
            body=_("Danh sách có số liệu đến %(day)s chưa được gửi. Hỏi nơi gửi, hoặc sửa nhịp gửi ở trang nguồn.")
            % values,
            link=reverse("registry:source", kwargs={"pk": source.pk}),
            at=at,
            dedupe=f"overdue_list:{source.pk}:{line.due}:{user}",
        )
        for user in responsible(source, timezone.localdate(at))
    ]
    return sum(notice is not None for notice in written)
