"""The weeks at a firm: actions, logs; the surveys that follow; what a firm says of its experts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.coaching.actions import following, logs, people, working
from matxich.coaching.forms.measuring import ActionForm, RateForm, SendForm, SettleForm
from matxich.coaching.forms.sheets import FiguresForm, ImpactForm, LogForm
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import ActionItem, FollowUp, Participant, WeeklyLog
from matxich.coaching.permissions import (
    expert_of,
    may_answer,
    may_coach,
    may_handle_follow_up,
    may_move_action,
    may_rate,
    may_see_schedule,
    may_settle_log,
)
from matxich.coaching.queries.sheets import answered, said_figures
from matxich.coaching.queries.showing import current_week
from matxich.coaching.queries.weeks import schedule as schedule_of
from matxich.coaching.states import ACTION_TRANSITIONS, LogState
from matxich.coaching.views.choosing import home_of
from matxich.coaching.views.doorway import (
    action_of,
    asked,
    cohort_crumbs,
    firm_crumbs,
    follow_up_of,
    log_of,
    participant_of,
    person_of,
    tried,
    version_of,
)
from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.kit.doorway import Request

EVENTS = frozenset(event for _state, event in ACTION_TRANSITIONS)


@access(may_coach, on=participant_of, methods=("GET", "POST"))
def add_action(request: Request, participant: Participant) -> HttpResponse:
    week = current_week(participant.cohort, timezone.localdate()) or 1
    form = ActionForm(request.POST or None, initial={"week": week})
    return asked(
        request, form,
        lambda told: working.add_action(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Thêm việc cải tiến"), text=participant.enterprise.name, said=_("Đã thêm việc."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Việc cải tiến"))),
    )  # fmt: skip


@access(may_move_action, on=action_of, methods=("POST",))
def move_action(request: Request, item: ActionItem) -> HttpResponse:
    event = request.POST.get("event", "")
    if event not in EVENTS:
        raise Http404
    working.move_action(item=item, event=event, by=request.actor, at=timezone.now(), base_version=version_of(request))
    return redirect(f"{home_of(item.participant)}#viec")


@access(may_coach, on=participant_of, methods=("GET", "POST"))
def log(request: Request, participant: Participant) -> HttpResponse:
    """Kept on the phone while there is no network; a second log of one week waits to be chosen."""
    week = current_week(participant.cohort, timezone.localdate()) or participant.cohort.weeks
    form = LogForm(
        request.POST or None, asked=instrument_of(participant.cohort.instruments["weekly_log"]),
        initial={"week": week, "written_at": timezone.now()},
    )  # fmt: skip
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form,
            lambda: logs.send_log(
                participant=participant, week=told["week"], client_id=told["client_id"], answers=form.answers(),
                expert_hours=told["expert_hours"], written_at=told["written_at"] or timezone.now(), by=request.actor,
                at=timezone.now(),
            ),
        )  # fmt: skip
        if made and made.state == LogState.CONFLICT:
            messages.warning(request, _("Tuần này đã có nhật ký. Cả hai được giữ; chọn bản dùng hoặc ghép."))
            return redirect("coaching:settle_log", pk=made.pk)
        if made:
            messages.success(request, _("Đã gửi nhật ký tuần."))
            return redirect(home_of(participant))
    context = {
        "form": form, "participant": participant, "crumbs": firm_crumbs(participant, Link(_("Nhật ký tuần"))),
    }  # fmt: skip
    response = render(request, "coaching/log.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


@access(may_settle_log, on=log_of, methods=("GET", "POST"))
def settle_log(request: Request, log: WeeklyLog) -> HttpResponse:
    participant = log.participant
    kept = participant.logs.filter(week=log.week, state=LogState.KEPT).first()
    if log.state != LogState.CONFLICT or kept is None:
        return redirect(home_of(participant))
    form = SettleForm(request.POST or None)
    if form.is_valid():
        choice = form.cleaned_data["choice"]
        made = tried(
            form,
            lambda: logs.settle_log(
                log=log, choice=choice, by=request.actor, at=timezone.now(),
                answers=logs.joined(kept, log) if choice == "merge" else None,
                expert_hours=max(kept.expert_hours, log.expert_hours) if choice == "merge" else None,
            ),
        )  # fmt: skip
        if made:
            messages.success(request, _("Đã chọn nhật ký của tuần; bản kia vẫn được giữ."))
            return redirect(home_of(participant))
    context = {
        "form": form, "participant": participant, "kept": kept, "log": log,
        "kept_answers": answered(kept.instrument, kept.answers), "log_answers": answered(log.instrument, log.answers),
        "crumbs": firm_crumbs(participant, Link(_("Nhật ký trùng tuần"))),
    }  # fmt: skip
    return render(request, "coaching/settle_log.html", context, status=422 if form.errors else 200)


@access(may_handle_follow_up, on=follow_up_of, methods=("GET", "POST"))
def send_follow_up(request: Request, follow_up: FollowUp) -> HttpResponse:
    form = SendForm(request.POST or None)
    participant = follow_up.participant
    return asked(
        request, form,
        lambda told: following.send_follow_up(follow_up=follow_up, by=request.actor, at=timezone.now(), **told),
        title=_("Gửi khảo sát tác động"), submit=_("Gửi liên kết"),
        text=_("Liên kết dùng một lần; liên kết gửi trước sẽ thôi dùng được."), said=_("Đã gửi liên kết."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Gửi khảo sát"))),
    )  # fmt: skip


@access(may_answer, on=follow_up_of, methods=("GET", "POST"))
def answer(request: Request, follow_up: FollowUp) -> HttpResponse:
    form = ImpactForm(
        request.POST or None, asked=instrument_of(follow_up.instrument), answers=follow_up.answers,
        initial={"base_version": follow_up.version},
    )  # fmt: skip
    participant = follow_up.participant
    return asked(
        request, form,
        lambda told: following.answer(
            follow_up=follow_up, answers=form.answers(), by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Khảo sát tác động"), submit=_("Gửi câu trả lời"),
        text=_("Câu nào chưa có số thì để trống; để trống không phải là không."), said=_("Đã ghi câu trả lời."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Khảo sát tác động"))),
    )  # fmt: skip


@access(anyone, methods=("GET", "POST"))
def follow_up_by_link(request: Request, token: str) -> HttpResponse:
    """Without an account; the refusal page says why a link no longer works."""
    link = following.open_link(token=token, at=timezone.now())
    follow_up = link.follow_up
    form = ImpactForm(request.POST or None, asked=instrument_of(follow_up.instrument))
    if form.is_valid() and tried(
        form, lambda: bool(following.answer_by_link(token=token, answers=form.answers(), at=timezone.now()))
    ):
        return _private(render(request, "coaching/follow_up_done.html", {"follow_up": follow_up}))
    context = {"form": form, "follow_up": follow_up, "participant": follow_up.participant}
    return _private(render(request, "coaching/follow_up.html", context, status=422 if form.errors else 200))


def _private(response: HttpResponse) -> HttpResponse:
    """Whoever holds the address may answer: it is not told to other sites, kept or found by search engines."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@access(may_handle_follow_up, on=follow_up_of, methods=("GET", "POST"))
def verify_follow_up(request: Request, follow_up: FollowUp) -> HttpResponse:
    """What of the figures somebody saw papers for."""
    figures = said_figures(follow_up)
    form = FiguresForm(request.POST or None, figures=figures, initial={"base_version": follow_up.version})
    participant = follow_up.participant
    return asked(
        request, form,
        lambda told: following.verify_figures(
            follow_up=follow_up, figures=form.given(), by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Xác nhận số đã có giấy tờ"), submit=_("Ghi số đã xác nhận"),
        text=_("Số đã xác nhận để riêng, không thay số doanh nghiệp nêu."), said=_("Đã ghi."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Xác nhận số liệu"))),
    )  # fmt: skip


@access(may_rate, on=participant_of, methods=("GET", "POST"))
def rate(request: Request, participant: Participant) -> HttpResponse:
    form = RateForm(request.POST or None, participant=participant)
    return asked(
        request, form,
        lambda told: people.rate(
            person=told["person"], participant=participant, stars=int(told["stars"]), note=told["note"],
            by=request.actor, at=timezone.now(),
        ),
        title=_("Đánh giá chuyên gia"), text=participant.cohort.title, said=_("Cảm ơn, đã ghi đánh giá."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Đánh giá chuyên gia"))),
    )  # fmt: skip


@access(may_see_schedule)
def schedule(request: Request) -> HttpResponse:
    """The expert's own days; a page of its own language."""
    pk = expert_of(request.actor)
    page = schedule_of(person_of(pk), timezone.now()) if pk else None
    return render(
        request, "coaching/schedule.html",
        {"page": page, "crumbs": cohort_crumbs(None, Link(_("Lịch của tôi")))},
    )  # fmt: skip
