"""The day's work of one person: what waits for them, room by room, soonest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matxich.accounts.permissions import Person
from matxich.appraisal.queries.batch_page import decisions_to_approve, interests_to_decide
from matxich.appraisal.queries.my_cases import my_batches
from matxich.correspondence.queries.papers import MINE, TO_INITIAL, TO_NUMBER, TO_SIGN, waiting_counts
from matxich.kit.display import Event
from matxich.ledger.queries import Shown, entries_page
from matxich.programmes.queries.due import Ahead, at_work
from matxich.programmes.queries.schedules import Tight
from matxich.programmes.queries.showing import days_left_text
from matxich.proposals.queries.waiting import days_left, gates_waiting, left_text
from matxich.registry.permissions import may_import
from matxich.registry.queries import imports_of, queue_of
from matxich.registry.queries.claims import waiting_claims
from matxich.registry.queries.comparison_pages import to_follow
from matxich.registry.queries.senders import waited_for
from matxich.registry.states import ImportState
from matxich.zones.queries.due import periods_at_work
from matxich.zones.queries.reports_page import days_text

NEXT_STEP = {
    ImportState.UPLOADED: (gettext_lazy("Đọc danh sách"), gettext_lazy("Mở")),
    ImportState.READ: (gettext_lazy("Ghép cột của danh sách"), gettext_lazy("Ghép cột")),
    ImportState.MAPPED: (gettext_lazy("Kiểm tra từng dòng của danh sách"), gettext_lazy("Kiểm tra")),
    ImportState.STAGING: (gettext_lazy("Đang kiểm tra từng dòng của danh sách"), gettext_lazy("Xem")),
    ImportState.STAGED: (gettext_lazy("Công bố danh sách đã kiểm tra"), gettext_lazy("Xem lại")),
    ImportState.FAILED: (gettext_lazy("Danh sách không nhập được"), gettext_lazy("Xem lý do")),
}
FAILURES_SHOWN_FOR = timedelta(days=7)
LATELY = 8


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do: where, for whom, how much of it, by when (None: no deadline; `left` in words), the button."""

    title: str
    note: str
    room: str
    waiting: str
    amount: str
    url: str
    action: str
    due: date | None = None
    late: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The page: work with a deadline first, then the rest; what happened lately in the person's territory."""

    today: date
    works: tuple[Work, ...]
    events: tuple[Event, ...]

    @property
    def count(self) -> int:
        return len(self.works)


def day_of(actor: Person, at: datetime) -> Day:
    today = timezone.localdate(at)
    works = sorted(_works(actor, at, today), key=lambda work: (work.due is None, work.due or today))
    return Day(today, tuple(works), tuple(_event(shown) for shown in entries_page(actor)[0][:LATELY]))


def _works(actor: Person, at: datetime, today: date) -> Iterator[Work]:
    if may_import(actor):
        yield from _imports(actor, at)
        yield from _queues(actor)
        yield from _claims(actor)
        yield from _no_longer_listed(actor)
        yield from _lists_waited_for(actor, today)
    yield from _zone_reports(actor, today)
    yield from _papers(actor)
    yield from _programmes(actor, at, today)
    yield from _gates(actor, today)
    yield from _appraisal(actor)


def _appraisal(actor: Person) -> Iterator[Work]:
    """A member's answers and ballots; interests somebody else has to decide about; decisions that wait for approval."""
    for one in my_batches(actor):
        due = timezone.localdate(one.session.starts_at) if one.session else None
        for count, title, url in (
            (one.to_declare, _("Trả lời về lợi ích liên quan"), reverse("appraisal:declare", args=[one.batch.pk])),
            (one.to_vote, _("Chấm phiếu đánh giá"), reverse("appraisal:my_cases")),
        ):
            if count:
                yield Work(
                    title=title, note=one.batch.name, room=_("Thẩm định"), waiting=one.seat.council.name,
                    amount=ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", count) % {"n": count}, url=url, action=_("Mở"),
                    due=due,
                )  # fmt: skip
    groups = interests_to_decide(actor).order_by().values("case__batch", "case__batch__name")
    for group in groups.annotate(n=Count("pk")).order_by("case__batch"):
        yield Work(
            title=_("Kết luận về lợi ích liên quan"), note=group["case__batch__name"], room=_("Thẩm định"),
            waiting=_("Thành viên hội đồng"), amount=ngettext("%(n)s mục", "%(n)s mục", group["n"]) % {"n": group["n"]},
            url=reverse("appraisal:interests", args=[group["case__batch"]]), action=_("Xem"),
        )  # fmt: skip
    for decision in decisions_to_approve(actor):
        yield Work(
            title=_("Duyệt phương án hỗ trợ"), note=decision.batch.name, room=_("Thẩm định"),
            waiting=decision.batch.agency.name, amount="", url=reverse("appraisal:decision", args=[decision.pk]),
            action=_("Xem"),
        )  # fmt: skip


def _imports(actor: Person, at: datetime) -> Iterator[Work]:
    open_ones = imports_of(actor).filter(started_by=actor.id, state__in=NEXT_STEP).select_related("source")
    for batch in open_ones.order_by("-id")[:25]:
        if batch.state == ImportState.FAILED and batch.started_at < at - FAILURES_SHOWN_FOR:
            continue
        title, action = NEXT_STEP[ImportState(batch.state)]
        rows = batch.counts.get("rows")
        yield Work(
            title=str(title),
            note=batch.file_name,
            room=_("Nhập liệu"),
            waiting=batch.source.name,
            amount=ngettext("%(n)s dòng", "%(n)s dòng", rows) % {"n": rows} if rows else "",
            url=reverse("registry:import", args=[batch.pk]),
            action=str(action),
        )


def _queues(actor: Person) -> Iterator[Work]:
    groups = queue_of(actor).order_by().values("batch", "batch__file_name", "batch__source__name")
    for group in groups.annotate(rows=Count("pk")).order_by("batch"):
        yield Work(
            title=_("Quyết định các dòng chưa rõ là ai"),
            note=group["batch__file_name"],
            room=_("Chờ xử lý"),
            waiting=group["batch__source__name"],
            amount=ngettext("%(n)s dòng", "%(n)s dòng", group["rows"]) % {"n": group["rows"]},
            url=f"{reverse('registry:queue')}?import={group['batch']}",
            action=_("Xem"),
        )


def _claims(actor: Person) -> Iterator[Work]:
    """Each request of a firm's people on its own: it waits for one decision."""
    for claim in waiting_claims(actor)[:25]:
        yield Work(
            title=_("Duyệt yêu cầu nhận quản lý hồ sơ"),
            note=claim.enterprise.name,
            room=_("Quản lý hồ sơ"),
            waiting=claim.asker_name,
            amount="",
            url=reverse("registry:claim_decide", args=[claim.pk]),
            action=_("Xem"),
        )


def _no_longer_listed(actor: Person) -> Iterator[Work]:
    groups = to_follow(actor).order_by().values("batch", "batch__file_name", "batch__source__name")
    for group in groups.annotate(firms=Count("pk")).order_by("batch"):
        yield Work(
            title=_("Tìm hiểu vì sao không còn trong danh sách"),
            note=group["batch__file_name"],
            room=_("Nhập liệu"),
            waiting=group["batch__source__name"],
            amount=ngettext("%(n)s doanh nghiệp", "%(n)s doanh nghiệp", group["firms"]) % {"n": group["firms"]},
            url=f"{reverse('registry:import_compare', args=[group['batch']])}?nhom=theo-doi",
            action=_("Xem"),
        )


def _lists_waited_for(actor: Person, today: date) -> Iterator[Work]:
    for line in waited_for(today, actor):
        yield Work(
            title=_("Hỏi nơi gửi về danh sách kỳ mới"),
            note=line.source.name,
            room=_("Nguồn"),
            waiting=line.source.name,
            amount="",
            url=reverse("registry:source", args=[line.source.pk]),
            action=_("Xem"),
            due=line.due,
            late=line.late == "overdue",
        )


def _zone_reports(actor: Person, today: date) -> Iterator[Work]:
    """The forms of clusters of the actor's provinces: those to gather by the deadline, those handed in to decide."""
    for one in periods_at_work(today, actor):
        if one.waiting:
            yield Work(
                title=_("Thu báo cáo cụm công nghiệp"),
                note=one.name,
                room=_("Khu, cụm"),
                waiting=_("Chủ đầu tư và doanh nghiệp trong cụm"),
                amount=_("%(waiting)s/%(all)s cụm chưa gửi") % {"waiting": one.waiting, "all": one.clusters},
                url=f"{reverse('zones:reports')}?ky={one.period.key}&show=waiting",
                action=_("Xem"),
                due=one.period.due_before - timedelta(days=1),
                late=one.days_left <= 0,
                left=days_text(one.days_left),
            )
        if one.handed_in:
            yield Work(
                title=_("Nhận hoặc trả lại báo cáo cụm công nghiệp"),
                note=one.name,
                room=_("Khu, cụm"),
                waiting=_("Chủ đầu tư và doanh nghiệp trong cụm"),
                amount=ngettext("%(n)s báo cáo", "%(n)s báo cáo", one.handed_in) % {"n": one.handed_in},
                url=f"{reverse('zones:reports')}?ky={one.period.key}",
                action=_("Xem"),
            )


def _papers(actor: Person) -> Iterator[Work]:
    """Papers that wait for the actor's hand, one line a queue; those sent back to the drafter as well."""
    titles = {
        MINE: (_("Sửa văn bản được trả lại"), _("Người trả lại")),
        TO_INITIAL: (_("Ký nháy văn bản"), _("Người soạn")),
        TO_SIGN: (_("Ký văn bản"), _("Người ký nháy")),
        TO_NUMBER: (_("Cấp số, ban hành văn bản"), _("Người ký")),
    }
    for queue, count in waiting_counts(actor).items():
        title, waiting = titles[queue]
        yield Work(
            title=title,
            note="",
            room=_("Văn bản đi"),
            waiting=waiting,
            amount=ngettext("%(n)s văn bản", "%(n)s văn bản", count) % {"n": count},
            url=f"{reverse('correspondence:papers')}{f'?viec={queue}' if queue else ''}",
            action=_("Xem"),
        )


def _programmes(actor: Person, at: datetime, today: date) -> Iterator[Work]:
    """Plans to approve, steps that squeeze the firm, days ahead of calls and agreements."""
    found = at_work(actor, at)
    for plan in found.to_approve:
        yield Work(
            title=_("Phê duyệt hoặc trả lại kế hoạch năm %(year)s") % {"year": plan.year},
            note=plan.programme.name,
            room=_("Chương trình"),
            waiting=plan.programme.agency.name,
            amount="",
            url=reverse("programmes:plan", args=[plan.pk]),
            action=_("Xem"),
        )
    yield from (_tight(one) for one in found.tight)
    yield from (_ahead(one, today) for one in found.ahead)


def _tight(one: Tight) -> Work:
    """Late approval: what it leaves the firm of its time."""
    left = one.timing.firm_days
    what = one.call.title if one.call else _("Kế hoạch năm %(year)s") % {"year": one.plan.year}
    late = _("chậm ở bước “%(step)s”") % {"step": one.timing.squeezed_by}
    return Work(
        title=_("Đơn vị sắp thiếu thời gian thực hiện"),
        note=f"{what}; {late}" if one.timing.squeezed_days else what,
        room=_("Chương trình"),
        waiting="",
        amount=ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", left) % {"n": left},
        url=reverse("programmes:call", args=[one.call.pk])
        if one.call
        else reverse("programmes:plan", args=[one.plan.pk]),
        action=_("Xem"),
    )


def _ahead(one: Ahead, today: date) -> Work:
    return Work(
        title=one.name,
        note=one.what,
        room=_("Chương trình"),
        waiting="",
        amount="",
        url=reverse(f"programmes:{one.kind}", args=[one.pk]),
        action=_("Xem"),
        due=one.on,
        late=one.on < today,
        left=days_left_text(one.on, today),
    )


def _gates(actor: Person, today: date) -> Iterator[Work]:
    """Proposals whose gate waits for the actor: given to them, or given to nobody yet where they may conclude it."""
    for gate in gates_waiting(actor):
        left = days_left(gate.due, today)
        yield Work(
            title=str(gate.get_kind_display()),
            note=gate.proposal.title,
            room=_("Đề án"),
            waiting=gate.proposal.applicant,
            amount="",
            url=reverse("proposals:review", args=[gate.proposal_id]),
            action=_("Xem"),
            due=gate.due,
            late=left is not None and left < 0,
            left=left_text(left),
        )


def _event(shown: Shown) -> Event:
    at = timezone.localtime(shown.entry.at)
    return Event(
        time=f"{at:%H:%M %d/%m}",
        iso=at.isoformat(),
        title=shown.word,
        text=shown.object_label or "",
        url=reverse("ledger:entry", args=[shown.entry.pk]),
        action=_("Xem"),
    )
