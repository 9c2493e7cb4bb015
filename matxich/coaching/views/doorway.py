"""What the pages of this room share: things by their keys, crumbs, a form that asks one thing and does it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.coaching.models import (
    ActionItem,
    Baseline,
    Certificate,
    Cohort,
    Course,
    Enrolment,
    ExpertAssignment,
    FollowUp,
    KpiReading,
    MeasuredKpi,
    Participant,
    Person,
    Photo,
    Session,
    Visit,
    WeeklyLog,
)
from matxich.kit.display import Link
from matxich.kit.doorway import Request
from matxich.programmes.views.doorway import tried, version_of

__all__ = ["DOCX", "asked", "tried", "version_of"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FIRM = ("participant__cohort__agency", "participant__enterprise")


def cohort_of(pk: int) -> Cohort:
    return get_object_or_404(
        Cohort.objects.select_related("agency", "agreement__agency", "sponsor", "programme"), pk=pk
    )


def participant_of(pk: int) -> Participant:
    return get_object_or_404(
        Participant.objects.select_related("cohort__agency", "cohort__sponsor", "enterprise"), pk=pk
    )


def visit_of(pk: int) -> Visit:
    return get_object_or_404(Visit.objects.select_related(*_FIRM), pk=pk, state="sent")


def photo_of(pk: int) -> Photo:
    return get_object_or_404(Photo.objects.select_related("file", "shown", *_FIRM), pk=pk)


def baseline_of(pk: int) -> Baseline:
    return get_object_or_404(Baseline.objects.select_related(*_FIRM), pk=pk)


def measured_of(pk: int) -> MeasuredKpi:
    found = MeasuredKpi.objects.select_related(
        "definition", "baseline__participant__cohort__agency", "baseline__participant__enterprise"
    )
    return get_object_or_404(found, pk=pk)


def reading_of(pk: int) -> KpiReading:
    return get_object_or_404(KpiReading.objects.select_related("measured__definition", *_FIRM), pk=pk)


def action_of(pk: int) -> ActionItem:
    return get_object_or_404(ActionItem.objects.select_related(*_FIRM), pk=pk)


def log_of(pk: int) -> WeeklyLog:
    return get_object_or_404(WeeklyLog.objects.select_related(*_FIRM), pk=pk)


def assignment_of(pk: int) -> ExpertAssignment:
    return get_object_or_404(ExpertAssignment.objects.select_related("expert", *_FIRM), pk=pk)


def follow_up_of(pk: int) -> FollowUp:
    return get_object_or_404(FollowUp.objects.select_related(*_FIRM), pk=pk)


def session_of(pk: int) -> Session:
    found = Session.objects.select_related("cohort__agency", "participant__cohort__agency", "participant__enterprise")
    return get_object_or_404(found, pk=pk)


def person_of(pk: int) -> Person:
    return get_object_or_404(Person.objects.select_related("agency", "enterprise"), pk=pk)


def course_of(pk: int) -> Course:
    return get_object_or_404(Course.objects.select_related("agency", "agreement", "cohort"), pk=pk)


def enrolment_of(pk: int) -> Enrolment:
    return get_object_or_404(Enrolment.objects.select_related("course__agency", "person__agency"), pk=pk)


def certificate_of(pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.select_related("enrolment__course__agency", "person__agency"), pk=pk)


def cohort_crumbs(cohort: Cohort | None = None, *rest: Link) -> list[Link]:
    found = [Link(_("Đợt tư vấn"), reverse("coaching:cohorts") if cohort or rest else "")]
    if cohort:
        found.append(Link(cohort.label, reverse("coaching:cohort", args=[cohort.pk]) if rest else ""))
    return [*found, *rest]


def firm_crumbs(participant: Participant, *rest: Link) -> list[Link]:
    here = reverse("coaching:participant", args=[participant.pk])
    name = participant.enterprise.name[:60]
    return cohort_crumbs(participant.cohort, Link(name, here if rest else ""), *rest)


def people_crumbs(*rest: Link) -> list[Link]:
    return [Link(_("Chuyên gia, học viên"), reverse("coaching:people") if rest else ""), *rest]


def asked(
    request: Request, form: forms.Form, do: Callable[[dict[str, Any]], object], *, title: str, back: str,
    crumbs: list[Link], said: str, text: str = "", submit: str = "", danger: bool = False,
    template: str = "coaching/form.html", more: dict[str, Any] | None = None, done: str = "",
) -> HttpResponse:  # fmt: skip
    """A form on a page of its own: done, back with a word; refused, the reason stands beside the field."""
    if form.is_valid() and tried(form, lambda: bool(do(form.cleaned_data) or True)):
        messages.success(request, said)
        return redirect(done or back)
    context = {
        "form": form, "title": title, "text": text, "back_url": back, "submit": submit or title, "danger": danger,
        "crumbs": crumbs, "sheet": getattr(form, "sheet", None),
    }  # fmt: skip
    response = render(request, template, context | (more or {}), status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response
