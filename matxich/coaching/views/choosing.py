"""A firm on its way in: its page, screening, visits, talks, the decision, agreement, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.coaching.actions import longlist, selecting, visiting, working
from matxich.coaching.actions.moving import Unanswered
from matxich.coaching.actions.photos import Upload
from matxich.coaching.forms.cohorts import AgreeForm, DropForm
from matxich.coaching.forms.measuring import AssignForm
from matxich.coaching.forms.sheets import ScreeningForm, TalkForm, VisitForm
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import ExpertAssignment, Participant, Visit
from matxich.coaching.permissions import may_decide, may_handle, may_open_participant, may_run, may_see_personal
from matxich.coaching.queries.sheets import answered, draft_of, people_met
from matxich.coaching.queries.workspace import workspace
from matxich.coaching.states import DraftState
from matxich.coaching.views.doorway import asked, assignment_of, firm_crumbs, participant_of, visit_of
from matxich.kit.access import access, open_personal
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.verdict import Verdict
from matxich.programmes.forms.fields import EndingForm
from matxich.registry.forms.firm import RevealForm


def may_decide_for(actor: Any, participant: Participant) -> Verdict:
    return may_decide(actor, participant.cohort)


def may_run_for(actor: Any, participant: Participant) -> Verdict:
    return may_run(actor, participant.cohort)


def may_end_assignment(actor: Any, assignment: ExpertAssignment) -> Verdict:
    return may_run(actor, assignment.participant.cohort)


def may_open_visit(actor: Any, visit: Visit) -> Verdict:
    return may_handle(actor, visit.participant)


def home_of(participant: Participant) -> str:
    return reverse("coaching:participant", args=[participant.pk])


@access(may_open_participant, on=participant_of)
def participant(request: Request, participant: Participant) -> HttpResponse:
    page = workspace(participant, request.actor, timezone.localdate())
    context = {
        "page": page, "participant": participant, "cohort": participant.cohort,
        "crumbs": firm_crumbs(participant),
    }  # fmt: skip
    response = render(request, "coaching/participant.html", context)
    add_never_cache_headers(response)
    return response


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def screen(request: Request, participant: Participant) -> HttpResponse:
    form = ScreeningForm(
        request.POST or None, asked=instrument_of(participant.cohort.instruments["screening"]),
        initial={"base_version": participant.version},
    )  # fmt: skip
    return asked(
        request, form,
        lambda told: longlist.screen(
            participant=participant, answers=form.answers(), passed=told["passed"] == "yes", reason=told["reason"],
            by=request.actor, at=timezone.now(), base_version=told["base_version"],
        ),
        title=_("Sàng lọc"), text=participant.enterprise.name, submit=_("Ghi kết luận"), said=_("Đã ghi sàng lọc."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Sàng lọc"))),
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def visit(request: Request, participant: Participant) -> HttpResponse:
    """`step`: save keeps a draft, anything else sends the visit. What is typed also stays on the phone."""
    draft = draft_of(participant, request.actor)
    sent = request.method == "POST"
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if draft:
        kept = {"client_id": draft.client_id, "on": draft.on, "people": people_met(draft), "note": draft.note}
        initial = {name: value for name, value in kept.items() if value}
    form = VisitForm(
        request.POST if sent else None, request.FILES if sent else None,
        asked=instrument_of(participant.cohort.instruments["visit"]), answers=draft.answers if draft else None,
        initial=initial,
    )  # fmt: skip
    saving = request.POST.get("step") == "save"
    if form.is_valid():
        told = form.cleaned_data
        photos = tuple((Upload(one.stream, one.name), day) for one, day in form.photos())
        sheet = visiting.Told(
            on=told["on"], answers=form.answers(), people=told["people"], note=told["note"],
            photos=() if saving else photos,
        )  # fmt: skip
        act = visiting.save_visit if saving else visiting.send_visit
        try:
            made = act(
                participant=participant, client_id=told["client_id"], told=sheet, by=request.actor, at=timezone.now()
            )
        except Denied:
            raise
        except Unanswered as refusal:
            form.refuse(refusal.path, sentence(refusal))
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            if made.state == DraftState.SENT:
                messages.success(request, _("Đã gửi phiếu khảo sát."))
                return redirect("coaching:visit_seen", pk=made.pk)
            if request.headers.get("X-Background"):
                return HttpResponse(status=204)
            messages.success(request, _("Đã lưu nháp trên máy chủ. Ảnh chọn lại khi gửi."))
            return redirect("coaching:visit", pk=participant.pk)
    context = {
        "form": form, "participant": participant, "draft": draft,
        "crumbs": firm_crumbs(participant, Link(_("Khảo sát nhà máy"))),
    }  # fmt: skip
    response = render(request, "coaching/visit.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response


@access(may_open_visit, on=visit_of, methods=("GET", "POST"))
def visit_seen(request: Request, visit: Visit) -> HttpResponse:
    """A visit that was sent; whom it met opens for a reason that is kept."""
    participant = visit.participant
    may_reveal = bool(visit.people) and bool(may_see_personal(request.actor, participant))
    form = RevealForm(request.POST if request.method == "POST" else None)
    people = ""
    if may_reveal and form.is_valid():
        open_personal(
            by=request.actor, at=timezone.now(), subject=("participant", str(participant.pk)), fields=["visit_people"],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        people = people_met(visit)
    context = {
        "visit": visit, "participant": participant, "sections": answered(visit.instrument, visit.answers),
        "photos": visit.photos.filter(removed_at=None), "may_reveal": may_reveal, "form": form, "people": people,
        "crumbs": firm_crumbs(participant, Link(_("Phiếu khảo sát"))),
    }  # fmt: skip
    response = render(request, "coaching/visit_seen.html", context)
    add_never_cache_headers(response)
    return response


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def survey(request: Request, participant: Participant) -> HttpResponse:
    form = _talk_form(request, participant, visiting.SURVEYED, with_people=False)
    return asked(
        request, form,
        lambda told: visiting.record_survey(
            participant=participant, answers=form.answers(), on=told["on"], by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Ghi khảo sát"), text=participant.enterprise.name, said=_("Đã ghi khảo sát."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Khảo sát"))),
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def interview(request: Request, participant: Participant) -> HttpResponse:
    form = _talk_form(request, participant, visiting.INTERVIEWED)
    return asked(
        request, form,
        lambda told: visiting.record_interview(
            participant=participant, answers=form.answers(), on=told["on"], people=told["people"], by=request.actor,
            at=timezone.now(), base_version=told["base_version"],
        ),
        title=_("Ghi phỏng vấn"), text=participant.enterprise.name, said=_("Đã ghi phỏng vấn."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Phỏng vấn"))),
    )  # fmt: skip


def _talk_form(
    request: Request, participant: Participant, sections: tuple[str, ...], *, with_people: bool = True
) -> TalkForm:
    return TalkForm(
        request.POST or None, asked=instrument_of(participant.cohort.instruments["interview"]), sections=sections,
        with_people=with_people, initial={"base_version": participant.version, "on": timezone.localdate()},
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def agree(request: Request, participant: Participant) -> HttpResponse:
    initial = {"base_version": participant.version, "agreed_on": timezone.localdate()}
    form = AgreeForm(request.POST or None, request.FILES or None, initial=initial)

    def do(told: dict[str, Any]) -> object:
        file = told["file"]
        return selecting.record_agreement(
            participant=participant, agreed_on=told["agreed_on"], by=request.actor, at=timezone.now(),
            base_version=told["base_version"], stream=file.stream if file else None, name=file.name if file else "",
        )  # fmt: skip

    return asked(
        request, form, do, title=_("Ghi cam kết tham gia"), text=participant.enterprise.name,
        said=_("Đã ghi cam kết."), back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Cam kết"))),
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def drop(request: Request, participant: Participant) -> HttpResponse:
    form = DropForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: selecting.drop(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Dừng tham gia"), text=_("Những gì đã làm và đo vẫn được giữ."), danger=True,
        said=_("Đã ghi dừng tham gia."), back=home_of(participant), template="coaching/confirm.html",
        crumbs=firm_crumbs(participant, Link(_("Dừng tham gia"))),
    )  # fmt: skip


@access(may_decide_for, on=participant_of, methods=("GET", "POST"))
def promote(request: Request, participant: Participant) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: selecting.promote(
            participant=participant, by=request.actor, at=timezone.now(), reason=told["reason"]
        ),
        title=_("Đưa dự bị lên"), text=_("Dự bị được đưa lên theo thứ tự xếp hạng."), said=_("Đã đưa dự bị lên."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Đưa lên"))),
    )  # fmt: skip


@access(may_decide_for, on=participant_of, methods=("GET", "POST"))
def decline(request: Request, participant: Participant) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: selecting.decline(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Không chọn doanh nghiệp"), text=_("Doanh nghiệp được biết lý do."), danger=True,
        said=_("Đã ghi không chọn."), back=home_of(participant), template="coaching/confirm.html",
        crumbs=firm_crumbs(participant, Link(_("Không chọn"))),
    )  # fmt: skip


@access(may_run_for, on=participant_of, methods=("GET", "POST"))
def assign(request: Request, participant: Participant) -> HttpResponse:
    form = AssignForm(request.POST or None, initial={"since": timezone.localdate()})
    return asked(
        request, form,
        lambda told: working.assign_expert(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Phân công chuyên gia"), text=participant.enterprise.name, said=_("Đã phân công."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Phân công"))),
    )  # fmt: skip


@access(may_end_assignment, on=assignment_of, methods=("POST",))
def end_assignment(request: Request, assignment: ExpertAssignment) -> HttpResponse:
    working.end_assignment(assignment=assignment, until=timezone.localdate(), by=request.actor, at=timezone.now())
    return redirect(home_of(assignment.participant))
