"""Courses: planned, held day by day, assessed, certified."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.coaching.actions.moving import (
    BadEntry,
    WrongState,
    demand_fresh,
    demand_past,
    move,
    person_subject,
    reason_of,
)
from matxich.coaching.actions.people import locked_person, step
from matxich.coaching.models import (
    Certificate,
    Cohort,
    Course,
    CourseAttendance,
    CourseDay,
    Enrolment,
    Person,
)
from matxich.coaching.permissions import may_keep_course, may_keep_for
from matxich.coaching.queries.attendance import attendance_of
from matxich.coaching.states import (
    COURSE_TRANSITIONS,
    ENROLMENT_TRANSITIONS,
    CourseKind,
    CourseState,
    EnrolmentState,
    PersonState,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import demand_text
from matxich.programmes.models import Agreement, Programme
from matxich.rulebook.vietnamese.text import squeeze


class CodeTaken(Refusal):
    code = "code_taken"
    status = 422
    field = "code"


class CourseFull(Refusal):
    code = "course_full"


class AlreadyEnrolled(Refusal):
    code = "already_enrolled"


class NotInterviewed(Refusal):
    """Consultants are interviewed before they are trained."""

    code = "not_interviewed"


class TooLittleAttendance(Refusal):
    """Passing takes a share of the hours; the message gives both."""

    code = "too_little_attendance"
    status = 422


class NotPassed(Refusal):
    code = "not_passed"


class NumberTaken(Refusal):
    code = "number_taken"
    status = 422
    field = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """As of Course."""

    kind: str
    code: str
    title: str
    capacity: int
    starts_on: date
    ends_on: date
    place: str = ""
    where: str = ""
    theory_weeks: int = 0
    site_weeks: int = 0
    hours: int = 0
    least_attendance: int = 80
    agreement: Agreement | None = None
    programme: Programme | None = None
    cohort: Cohort | None = None


def course_subject(course: Course) -> Subject:
    return Subject("course", str(course.pk), course.title[:200], course.place)


@transaction.atomic
def create_course(
    *, agency: Agency, draft: Draft, by: Actor, at: datetime, is_demo: bool = False, rebuilt_from: str = ""
) -> Course:
    """Raises Denied, CodeTaken, BadEntry."""
    demand(may_keep_for(by, agency))
    course = Course(agency=agency, is_demo=is_demo, rebuilt_from=rebuilt_from[:300], created_by=by.id, created_at=at)
    _fill(course, draft)
    course.save(force_insert=True)
    record(by=by, at=at, action="course.create", on=course_subject(course), after=told(course))
    return course


@transaction.atomic
def save_course(*, course: Course, draft: Draft, by: Actor, at: datetime, base_version: int) -> Course:
    """Raises Denied, Stale, WrongState, CodeTaken, BadEntry."""
    current = _locked(course)
    demand(may_keep_course(by, current))
    demand_fresh(current, base_version)
    move(current, "save", COURSE_TRANSITIONS)
    before = told(current)
    _fill(current, draft)
    if current.enrolments.count() > current.capacity:
        raise BadEntry("capacity", _("Đã ghi danh nhiều hơn số chỗ này."))
    current.version += 1
    current.save()
    record(by=by, at=at, action="course.save", on=course_subject(current), before=before, after=told(current))
    return current


def _fill(course: Course, draft: Draft) -> None:
    if draft.kind not in CourseKind.values:
        raise BadEntry("kind", _("Chọn loại khóa học."))
    if draft.ends_on < draft.starts_on:
        raise BadEntry("ends_on", _("Ngày kết thúc ở trước ngày bắt đầu."))
    if not 0 < draft.capacity <= 1000 or not 0 <= draft.least_attendance <= 100:
        raise BadEntry("capacity", _("Số chỗ từ 1 đến 1.000; tỷ lệ có mặt từ 0 đến 100."))
    code = demand_text("code", draft.code, _("Ghi mã khóa học."))[:40]
    if Course.objects.filter(code=code).exclude(pk=course.pk).exists():
        raise CodeTaken(_("Mã %(code)s đã có khóa khác dùng.") % {"code": code}, _("Chọn mã khác."))
    course.kind, course.code = draft.kind, code
    course.title = demand_text("title", draft.title, _("Ghi tên khóa học."))[:300]
    course.capacity, course.starts_on, course.ends_on = draft.capacity, draft.starts_on, draft.ends_on
    course.place, course.where = draft.place, squeeze(draft.where)[:200]
    course.theory_weeks, course.site_weeks, course.hours = draft.theory_weeks, draft.site_weeks, draft.hours
    course.least_attendance = draft.least_attendance
    course.agreement, course.programme, course.cohort = draft.agreement, draft.programme, draft.cohort


def told(course: Course) -> dict[str, Any]:
    names = (
        "kind", "code", "title", "capacity", "starts_on", "ends_on", "place", "theory_weeks", "site_weeks", "hours",
        "least_attendance", "agreement_id", "programme_id", "cohort_id",
    )  # fmt: skip
    return {name: getattr(course, name) for name in names}


@transaction.atomic
def move_course(*, course: Course, event: str, by: Actor, at: datetime, base_version: int, reason: str = "") -> Course:
    """`event`: start, close (everybody assessed) or cancel (with a reason).

    Raises Denied, Stale, WrongState, NoReason.
    """
    current = _locked(course)
    demand(may_keep_course(by, current))
    demand_fresh(current, base_version)
    if event not in ("start", "close", "cancel"):
        raise BadEntry("event", _("Chọn việc cần làm."))
    before = current.state
    if event == "cancel":
        current.state_reason = reason_of(reason)
    if event == "close" and current.enrolments.filter(state=EnrolmentState.ENROLLED).exists():
        raise WrongState(_("Còn học viên chưa được đánh giá."))
    move(current, event, COURSE_TRANSITIONS)
    current.version += 1
    current.save()
    record(
        by=by, at=at, action="course.move", on=course_subject(current), before={"state": before},
        after={"state": current.state}, reason=squeeze(reason)[:500],
    )  # fmt: skip
    return current


@transaction.atomic
def enrol(*, course: Course, person: Person, by: Actor, at: datetime) -> Enrolment:
    """Raises Denied, WrongState, CourseFull, AlreadyEnrolled, NotInterviewed."""
    current = _locked(course)
    demand(may_keep_course(by, current))
    if current.state not in (CourseState.PLANNED, CourseState.RUNNING):
        raise WrongState(_("Khóa học đã kết thúc hoặc đã hủy."))
    trainee = locked_person(person)
    if current.enrolments.filter(person=trainee).exists():
        raise AlreadyEnrolled(_("%(name)s đã ghi danh khóa này.") % {"name": trainee.name})
    if current.enrolments.count() >= current.capacity:
        raise CourseFull(_("Khóa học đã đủ %(n)s người.") % {"n": current.capacity}, _("Chọn khóa khác."))
    if trainee.state == PersonState.NOMINATED and current.kind == CourseKind.CONSULTANTS:
        raise NotInterviewed(_("%(name)s chưa được phỏng vấn.") % {"name": trainee.name}, _("Phỏng vấn rồi ghi danh."))
    if trainee.state not in (PersonState.TRAINEE, PersonState.CERTIFIED, PersonState.POOL):
        step(trainee, "enrol", timezone.localdate(at))
        trainee.save()
    made = Enrolment.objects.create(course=current, person=trainee, enrolled_by=by.id, enrolled_at=at)
    record(
        by=by,
        at=at,
        action="course.enrol",
        on=course_subject(current),
        after={"person": trainee.pk, "enrolment": made.pk},
    )
    return made


@transaction.atomic
def record_day(
    *, course: Course, on: date | None, topic: str, hours: Decimal, present: Collection[int], by: Actor, at: datetime
) -> CourseDay:
    """One day and who was there (`present`: enrolments); recording the day again replaces it.

    Raises Denied, WrongState, BadEntry.
    """
    current = _locked(course)
    demand(may_keep_course(by, current))
    if current.state != CourseState.RUNNING:
        raise WrongState(_("Ghi có mặt khi khóa đang học."))
    day = demand_past(on, at)
    if not current.starts_on <= day <= current.ends_on:
        raise BadEntry("on", _("Ngày này nằm ngoài khóa học."))
    if not 0 < hours <= 24:
        raise BadEntry("hours", _("Một ngày có từ 0 đến 24 giờ."))
    enrolments = set(current.enrolments.exclude(state=EnrolmentState.LEFT).values_list("pk", flat=True))
    if not set(present) <= enrolments:
        raise BadEntry("present", _("Chọn học viên của khóa này."))
    found, _new = CourseDay.objects.update_or_create(
        course=current, on=day,
        defaults={"topic": demand_text("topic", topic, _("Ghi nội dung ngày học."))[:300], "hours": hours},
    )  # fmt: skip
    found.attendance.all().delete()
    CourseAttendance.objects.bulk_create(
        CourseAttendance(day=found, enrolment_id=pk, present=pk in present) for pk in sorted(enrolments)
    )
    record(
        by=by, at=at, action="course.attend", on=course_subject(current),
        after={"on": day, "hours": hours, "present": sorted(present)},
    )  # fmt: skip
    return found


@transaction.atomic
def assess_enrolment(
    *, enrolment: Enrolment, passed: bool, score: int | None, reason: str, by: Actor, at: datetime,
    on: date | None = None,
) -> Enrolment:  # fmt: skip
    """Passing takes the attendance the course asks for; failing a reason. Raises Denied, WrongState, BadEntry,
    TooLittleAttendance, NoReason."""
    current = _locked_enrolment(enrolment)
    demand(may_keep_course(by, current.course))
    day = demand_past(on or timezone.localdate(at), at)
    if score is not None and not 0 <= score <= 100:
        raise BadEntry("score", _("Điểm từ 0 đến 100."))
    if passed:
        came = attendance_of(current)
        if came.percent is None or came.percent < current.course.least_attendance:
            raise TooLittleAttendance(
                _("Có mặt %(came)s giờ trong %(all)s giờ; khóa yêu cầu ít nhất %(least)s %%.")
                % {"came": came.hours, "all": came.of, "least": current.course.least_attendance},
                _("Ghi đủ các ngày học, hoặc đánh giá chưa đạt kèm lý do."),
            )
        current.completed_on = day
        current.reason = squeeze(reason)[:500]
    else:
        current.reason = reason_of(reason)
    move(current, "pass" if passed else "fail", ENROLMENT_TRANSITIONS)
    current.score = score
    current.save()
    trainee = locked_person(current.person)
    if trainee.state == PersonState.TRAINEE:
        step(trainee, "assess", day)
        trainee.save()
    record(
        by=by, at=at, action="course.assess", on=course_subject(current.course),
        after={"enrolment": current.pk, "state": current.state, "score": score}, reason=current.reason,
    )  # fmt: skip
    return current


@transaction.atomic
def leave_course(*, enrolment: Enrolment, by: Actor, at: datetime, reason: str) -> Enrolment:
    """Raises Denied, WrongState, NoReason."""
    current = _locked_enrolment(enrolment)
    demand(may_keep_course(by, current.course))
    current.reason = reason_of(reason)
    move(current, "leave", ENROLMENT_TRANSITIONS)
    current.save()
    trainee = locked_person(current.person)
    if trainee.state == PersonState.TRAINEE:
        trainee.reason = current.reason
        step(trainee, "leave", timezone.localdate(at))
        trainee.save()
    record(
        by=by, at=at, action="course.assess", on=course_subject(current.course),
        after={"enrolment": current.pk, "state": current.state}, reason=current.reason,
    )  # fmt: skip
    return current


@transaction.atomic
def certify(
    *, enrolment: Enrolment, number: str, issued_on: date | None, by: Actor, at: datetime,
    valid_to: date | None = None,
) -> Certificate:  # fmt: skip
    """Raises Denied, NotPassed, NumberTaken, BadEntry, WrongState."""
    current = _locked_enrolment(enrolment)
    demand(may_keep_course(by, current.course))
    if current.state != EnrolmentState.PASSED:
        raise NotPassed(_("Chỉ cấp chứng nhận cho người đạt."))
    if current.certificates.filter(revoked_on=None).exists():
        raise WrongState(_("Đã cấp chứng nhận cho người này."))
    day = demand_past(issued_on, at, "issued_on")
    if current.completed_on and day < current.completed_on:
        raise BadEntry("issued_on", _("Ngày cấp ở trước ngày hoàn thành khóa học."))
    if valid_to is not None and valid_to <= day:
        raise BadEntry("valid_to", _("Ngày hết hạn phải sau ngày cấp."))
    told_number = demand_text("number", number, _("Ghi số chứng nhận."))[:60]
    if Certificate.objects.filter(number=told_number).exists():
        raise NumberTaken(_("Số %(number)s đã cấp cho người khác.") % {"number": told_number}, _("Kiểm tra sổ cấp."))
    trainee = locked_person(current.person)
    step(trainee, "certify", day)
    trainee.save()
    made = Certificate.objects.create(
        enrolment=current, person=trainee, kind=current.course.kind, number=told_number, issued_on=day,
        valid_to=valid_to, by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="course.certify", on=person_subject(trainee),
        after={"certificate": made.pk, "number": told_number, "issued_on": day, "course": current.course_id},
    )  # fmt: skip
    return made


@transaction.atomic
def revoke(*, certificate: Certificate, by: Actor, at: datetime, reason: str) -> Certificate:
    """It stays, revoked. Raises Denied, WrongState, NoReason."""
    current = Certificate.objects.select_for_update(of=("self",)).select_related(
        "enrolment__course__agency", "person__agency"
    ).get(pk=certificate.pk)  # fmt: skip
    demand(may_keep_course(by, current.enrolment.course))
    if current.revoked_on is not None:
        raise WrongState(_("Chứng nhận này đã thu hồi."))
    current.revoked_on, current.revoked_reason = timezone.localdate(at), reason_of(reason)
    current.save()
    record(
        by=by, at=at, action="course.revoke", on=person_subject(current.person),
        after={"certificate": current.pk, "revoked_on": current.revoked_on}, reason=current.revoked_reason,
    )  # fmt: skip
    return current


def _locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("agency").get(pk=course.pk)


def _locked_enrolment(enrolment: Enrolment) -> Enrolment:
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("course__agency", "person__agency")
    return found.get(pk=enrolment.pk)
