"""The pool, a person, courses, certificates, posts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.coaching.actions import courses as course_actions
from matxich.coaching.actions import papers
from matxich.coaching.actions import people as actions
from matxich.coaching.forms.people import (
    AssessForm,
    CertifyForm,
    CourseDayForm,
    CourseForm,
    DayForm,
    EnrolForm,
    MoveForm,
    PersonForm,
    PostForm,
    ReasonForm,
    course_initial,
    person_initial,
)
from matxich.coaching.forms.sheets import TalkForm
from matxich.coaching.instruments import latest
from matxich.coaching.models import Certificate, Course, Enrolment, Person
from matxich.coaching.permissions import (
    may_keep_certificate,
    may_keep_course,
    may_keep_enrolment,
    may_keep_people,
    may_keep_person,
    may_open_course,
    may_open_person,
    may_see_contact,
    may_see_people,
)
from matxich.coaching.queries.certificates import certificate_docx, certificate_pdf
from matxich.coaching.queries.people_pages import course_page, courses_page, people_page, person_page, staff_page
from matxich.coaching.views.doorway import (
    DOCX,
    asked,
    certificate_of,
    course_of,
    enrolment_of,
    people_crumbs,
    person_of,
    tried,
)
from matxich.kit.access import access, open_personal
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download
from matxich.programmes.permissions import agencies_to_run_for
from matxich.registry.forms.firm import RevealForm


@access(may_see_people)
def people(request: Request) -> HttpResponse:
    page = people_page(request.GET, request.actor, timezone.localdate())
    return render(request, "coaching/people.html", {"page": page, "crumbs": people_crumbs()})


@access(may_keep_people, methods=("GET", "POST"))
def nominate(request: Request) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    form = PersonForm(request.POST or None, agencies=agencies, initial=_first(agencies))
    return asked(
        request, form,
        lambda told: actions.nominate(
            agency=form.chosen_agency, draft=form.draft(), by=request.actor, at=timezone.now()
        ),
        title=_("Đề cử người"), text=_("Người được đề cử cần biết và đồng ý."), said=_("Đã ghi người được đề cử."),
        back=reverse("coaching:people"), crumbs=people_crumbs(Link(_("Đề cử"))),
    )  # fmt: skip


def _first(agencies: list[Agency]) -> dict[str, Any]:
    return {"agency": str(agencies[0].pk) if agencies else "", "base_version": 0}


def _home(person: Person) -> str:
    return reverse("coaching:person", args=[person.pk])


@access(may_open_person, on=person_of, methods=("GET", "POST"))
def person(request: Request, person: Person) -> HttpResponse:
    """Phone and mail open for a reason that is kept."""
    page = person_page(person, request.actor, timezone.localdate())
    form = RevealForm(request.POST if request.method == "POST" else None)
    contact: dict[str, str] = {}
    if form.is_valid() and may_see_contact(request.actor, person):
        open_personal(
            by=request.actor, at=timezone.now(), subject=("coaching_person", str(person.pk)), fields=["email", "phone"],
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        contact = {"email": person.email, "phone": person.phone}
    context = {
        "page": page, "person": person, "form": form, "contact": contact, "crumbs": people_crumbs(Link(person.name)),
    }  # fmt: skip
    response = render(request, "coaching/person.html", context)
    add_never_cache_headers(response)
    return response


@access(may_keep_person, on=person_of, methods=("GET", "POST"))
def edit_person(request: Request, person: Person) -> HttpResponse:
    form = PersonForm(request.POST or None, agencies=[person.agency], fixed=True, initial=person_initial(person))
    return asked(
        request, form,
        lambda told: actions.save_person(
            person=person, draft=form.draft(person), by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Sửa hồ sơ"), said=_("Đã ghi hồ sơ."), back=_home(person),
        crumbs=people_crumbs(Link(person.name, _home(person)), Link(_("Sửa"))),
    )  # fmt: skip


@access(may_keep_person, on=person_of, methods=("GET", "POST"))
def interview_person(request: Request, person: Person) -> HttpResponse:
    form = TalkForm(
        request.POST or None, asked=latest("person_interview"), with_people=False,
        initial={"base_version": person.version, "on": timezone.localdate()},
    )  # fmt: skip
    return asked(
        request, form,
        lambda told: actions.interview_person(
            person=person, answers=form.answers(), on=told["on"], by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Phỏng vấn"), text=person.name, said=_("Đã ghi phỏng vấn."), back=_home(person),
        crumbs=people_crumbs(Link(person.name, _home(person)), Link(_("Phỏng vấn"))),
    )  # fmt: skip


def _titles() -> dict[str, str]:
    return {
        "join": _("Đưa vào nhóm chuyên gia"), "renew": _("Gia hạn"), "leave": _("Ghi rút khỏi chương trình"),
        "return": _("Ghi trở lại"),
    }  # fmt: skip


@access(may_keep_person, on=person_of, methods=("GET", "POST"))
def move_person(request: Request, person: Person) -> HttpResponse:
    """`viec`: join, renew, leave or return."""
    titles = _titles()
    event = request.GET.get("viec", "")
    event = event if event in titles else "join"
    form = MoveForm(request.POST or None, initial={"base_version": person.version})
    return asked(
        request, form,
        lambda told: actions.move_person(person=person, event=event, by=request.actor, at=timezone.now(), **told),
        title=titles[event], text=person.name, said=_("Đã ghi."), back=_home(person), danger=event == "leave",
        crumbs=people_crumbs(Link(person.name, _home(person)), Link(titles[event])),
    )  # fmt: skip


@access(may_keep_person, on=person_of, methods=("GET", "POST"))
def add_day(request: Request, person: Person) -> HttpResponse:
    form = DayForm(request.POST or None, initial={"on": timezone.localdate(), "paid": True})
    return asked(
        request, form,
        lambda told: actions.add_day(person=person, by=request.actor, at=timezone.now(), **told),
        title=_("Ghi ngày công"), text=person.name, said=_("Đã ghi ngày công."), back=_home(person),
        crumbs=people_crumbs(Link(person.name, _home(person)), Link(_("Ngày công"))),
    )  # fmt: skip


def _course_crumbs(*rest: Link) -> list[Link]:
    return people_crumbs(Link(_("Khóa học"), reverse("coaching:courses") if rest else ""), *rest)


def _course_home(course: Course) -> str:
    return reverse("coaching:course", args=[course.pk])


@access(may_see_people)
def courses(request: Request) -> HttpResponse:
    context = {"page": courses_page(request.GET, request.actor), "crumbs": _course_crumbs()}
    return render(request, "coaching/courses.html", context)


@access(may_keep_people, methods=("GET", "POST"))
def create_course(request: Request) -> HttpResponse:
    agencies = agencies_to_run_for(request.actor)
    form = CourseForm(request.POST or None, agencies=agencies, initial=_first(agencies))
    return asked(
        request, form,
        lambda told: course_actions.create_course(
            agency=form.chosen_agency, draft=form.draft(), by=request.actor, at=timezone.now()
        ),
        title=_("Lập khóa học"), submit=_("Ghi khóa học"), said=_("Đã lập khóa học."), back=reverse("coaching:courses"),
        crumbs=_course_crumbs(Link(_("Khóa mới"))),
    )  # fmt: skip


@access(may_open_course, on=course_of)
def course(request: Request, course: Course) -> HttpResponse:
    context = {
        "page": course_page(course, request.actor),
        "course": course,
        "crumbs": _course_crumbs(Link(course.code)),
    }
    return render(request, "coaching/course.html", context)


@access(may_keep_course, on=course_of, methods=("GET", "POST"))
def edit_course(request: Request, course: Course) -> HttpResponse:
    form = CourseForm(request.POST or None, agencies=[course.agency], fixed=True, initial=course_initial(course))
    return asked(
        request, form,
        lambda told: course_actions.save_course(
            course=course, draft=form.draft(course), by=request.actor, at=timezone.now(),
            base_version=told["base_version"],
        ),
        title=_("Sửa khóa học"), submit=_("Ghi khóa học"), said=_("Đã ghi khóa học."), back=_course_home(course),
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Sửa"))),
    )  # fmt: skip


@access(may_keep_course, on=course_of, methods=("GET", "POST"))
def move_course(request: Request, course: Course) -> HttpResponse:
    """`viec`: start, close or cancel."""
    titles = {"start": _("Bắt đầu khóa học"), "close": _("Kết thúc khóa học"), "cancel": _("Hủy khóa học")}
    event = request.GET.get("viec", "")
    event = event if event in titles else "start"
    form = MoveForm(request.POST or None, initial={"base_version": course.version})
    del form.fields["renew_by"]
    if event != "cancel":
        del form.fields["reason"]
    return asked(
        request, form,
        lambda told: course_actions.move_course(
            course=course, event=event, by=request.actor, at=timezone.now(), **told
        ),
        title=titles[event], text=course.title, said=_("Đã ghi."), back=_course_home(course), danger=event == "cancel",
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(titles[event])),
    )  # fmt: skip


@access(may_keep_course, on=course_of, methods=("GET", "POST"))
def enrol(request: Request, course: Course) -> HttpResponse:
    form = EnrolForm(request.POST or None, course=course)
    return asked(
        request, form,
        lambda told: course_actions.enrol(course=course, person=told["person"], by=request.actor, at=timezone.now()),
        title=_("Ghi danh"), text=course.title, said=_("Đã ghi danh."), back=_course_home(course),
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Ghi danh"))),
    )  # fmt: skip


@access(may_keep_course, on=course_of, methods=("GET", "POST"))
def record_day(request: Request, course: Course) -> HttpResponse:
    form = CourseDayForm(request.POST or None, course=course, initial={"on": timezone.localdate()})
    return asked(
        request, form,
        lambda told: course_actions.record_day(
            course=course, on=told["on"], topic=told["topic"], hours=told["hours"],
            present=[one.pk for one in told["present"]], by=request.actor, at=timezone.now(),
        ),
        title=_("Ghi ngày học"), text=course.title, said=_("Đã ghi ngày học."), back=_course_home(course),
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Ngày học"))),
    )  # fmt: skip


@access(may_keep_enrolment, on=enrolment_of, methods=("GET", "POST"))
def assess(request: Request, enrolment: Enrolment) -> HttpResponse:
    course = enrolment.course
    form = AssessForm(request.POST or None)

    def do(told: dict[str, Any]) -> object:
        by, at = request.actor, timezone.now()
        if told["passed"] == "left":
            return course_actions.leave_course(enrolment=enrolment, reason=told["reason"], by=by, at=at)
        return course_actions.assess_enrolment(
            enrolment=enrolment,
            passed=told["passed"] == "yes",
            score=told["score"],
            reason=told["reason"],
            by=by,
            at=at,
        )

    return asked(
        request, form, do, title=_("Đánh giá học viên"), text=enrolment.person.name, said=_("Đã ghi đánh giá."),
        back=_course_home(course), crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Đánh giá"))),
    )  # fmt: skip


@access(may_keep_enrolment, on=enrolment_of, methods=("GET", "POST"))
def certify(request: Request, enrolment: Enrolment) -> HttpResponse:
    course = enrolment.course
    form = CertifyForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    return asked(
        request, form,
        lambda told: course_actions.certify(enrolment=enrolment, by=request.actor, at=timezone.now(), **told),
        title=_("Cấp chứng nhận"), text=enrolment.person.name, said=_("Đã cấp chứng nhận."), back=_course_home(course),
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Chứng nhận"))),
    )  # fmt: skip


@access(may_keep_certificate, on=certificate_of)
def certificate_file(request: Request, certificate: Certificate) -> HttpResponse:
    """`dang`: docx, or pdf."""
    name = f"chung-nhan-{certificate.pk}"
    if request.GET.get("dang") == "docx":
        return download([certificate_docx(certificate)], f"{name}.docx", DOCX)  # type: ignore[return-value]
    return download([certificate_pdf(certificate)], f"{name}.pdf", "application/pdf")  # type: ignore[return-value]


@access(may_keep_certificate, on=certificate_of, methods=("POST",))
def certificate_paper(request: Request, certificate: Certificate) -> HttpResponse:
    paper = papers.draft_certificate(certificate=certificate, by=request.actor, at=timezone.now())
    return redirect("correspondence:paper", pk=paper.pk)


@access(may_keep_certificate, on=certificate_of, methods=("GET", "POST"))
def revoke(request: Request, certificate: Certificate) -> HttpResponse:
    course = certificate.enrolment.course
    form = ReasonForm(request.POST or None)
    return asked(
        request, form,
        lambda told: course_actions.revoke(certificate=certificate, by=request.actor, at=timezone.now(), **told),
        title=_("Thu hồi chứng nhận"), text=f"{certificate.number} · {certificate.person.name}", danger=True,
        said=_("Đã thu hồi."), back=_course_home(course), template="coaching/confirm.html",
        crumbs=_course_crumbs(Link(course.code, _course_home(course)), Link(_("Thu hồi"))),
    )  # fmt: skip


@access(may_see_people, methods=("GET", "POST"))
def staff(request: Request) -> HttpResponse:
    """Posts as they stand; the form below is for officers of agencies that run programmes."""
    page = staff_page(request.actor)
    initial = _first(list(page.agencies)) | {"on": timezone.localdate()}
    form = PostForm(request.POST or None, agencies=list(page.agencies), initial=initial)
    if form.is_valid() and page.may_keep:
        told = {name: form.cleaned_data[name] for name in ("post", "planned", "filled", "on", "source")}
        if tried(
            form, lambda: actions.record_post(agency=form.chosen_agency, by=request.actor, at=timezone.now(), **told)
        ):
            messages.success(request, _("Đã ghi biên chế."))
            return redirect("coaching:staff")
    context = {"page": page, "form": form, "crumbs": people_crumbs(Link(_("Biên chế")))}
    return render(request, "coaching/staff.html", context, status=422 if form.errors else 200)
