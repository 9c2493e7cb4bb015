"""The pool of people, one of them, courses and posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.coaching.models import (
    Certificate,
    Course,
    CourseDay,
    Enrolment,
    ExpertRating,
    Participant,
    Person,
    Session,
    StaffPost,
)
from matxich.coaching.permissions import may_keep_course, may_keep_people, may_keep_person, may_see_contact
from matxich.coaching.queries.attendance import Came, attendances
from matxich.coaching.queries.showing import LANGUAGES
from matxich.coaching.states import (
    COURSE_TRANSITIONS,
    PERSON_TRANSITIONS,
    CourseKind,
    PersonState,
    SessionState,
)
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.personal import mask
from matxich.kit.verdict import Verdict
from matxich.programmes.permissions import agencies_to_run_for
from matxich.rulebook.vietnamese.text import fold, squeeze

PAGE = 50
ACTIVE_DAYS = 365
BUSY_HOURS = Decimal(40)
"""Hours of sessions in the next seven days from which a workload is called out."""
STATES = {
    "": "", "nhom": PersonState.POOL, "chungnhan": PersonState.CERTIFIED, "hoc": PersonState.TRAINEE,
    "decu": PersonState.NOMINATED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`hours`: given in the last twelve months; `ahead`: booked in the next seven days; `is_active`: one paid day."""

    person: Person
    name: str
    languages: str
    hours: Decimal
    ahead: Decimal
    stars: float | None
    is_active: bool
    busy: bool
    renew_soon: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    rows: tuple[PersonRow, ...]
    text: str
    language: str
    languages: tuple[tuple[str, str], ...]
    states: tuple[Link, ...]
    next_url: str
    active: int
    may_keep: Verdict


def people_page(params: Mapping[str, str], actor: Actor, today: date) -> PeoplePage:
    """Parameters: q, tt, nn (language), trang. A handful of queries."""
    text, language = squeeze(params.get("q", ""))[:80], params.get("nn", "")
    language = language if language in LANGUAGES else ""
    state = params.get("tt", "") if params.get("tt", "") in STATES else ""
    page = int(params["trang"]) if params.get("trang", "").isdecimal() and 0 < len(params["trang"]) < 5 else 1
    told = Person.objects.order_by().values_list("pk", "name", "languages", "organisation")
    wanted = fold(text)
    found = Person.objects.all()
    if text or language:
        found = found.filter(
            pk__in=[
                pk
                for pk, name, spoken, where in told
                if (not text or wanted in fold(name) or wanted in fold(where)) and (not language or language in spoken)
            ]
        )
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    chosen = found.filter(state=STATES[state]) if state else found
    rows = list(chosen.select_related("agency")[(max(page, 1) - 1) * PAGE : max(page, 1) * PAGE + 1])

    def url(tt: str, trang: int = 1) -> str:
        parts = (("q", text), ("nn", language), ("tt", tt), ("trang", str(trang) if trang > 1 else ""))
        asked = "&".join(f"{name}={value}" for name, value in parts if value)
        return f"{reverse('coaching:people')}{'?' if asked else ''}{asked}"

    return PeoplePage(
        rows=_people(rows[:PAGE], today),
        text=text,
        language=language,
        languages=tuple((code, str(name)) for code, name in LANGUAGES.items()),
        states=tuple(
            Link(
                PersonState(STATES[key]).label if key else _("Tất cả"), url(key),
                counts.get(STATES[key], 0) if key else sum(counts.values()), key == state,
            )
            for key in STATES
        ),
        next_url=url(state, page + 1) if len(rows) > PAGE else "",
        active=active_pool(today),
        may_keep=may_keep_people(actor),
    )  # fmt: skip


def active_pool(today: date) -> int:
    """B15: people with one paid day at least in the last twelve months."""
    return (
        Person.objects.filter(days__paid=True, days__on__gt=today - timedelta(days=ACTIVE_DAYS), days__on__lte=today)
        .distinct()
        .count()
    )


def _people(people: list[Person], today: date) -> tuple[PersonRow, ...]:
    year = Q(days__on__gt=today - timedelta(days=ACTIVE_DAYS))
    given = {
        row["pk"]: row
        for row in Person.objects.filter(pk__in=[one.pk for one in people])
        .order_by()
        .values("pk")
        .annotate(hours=Sum("days__hours", filter=year), paid=Count("days", filter=year & Q(days__paid=True)))
    }
    stars = dict(
        ExpertRating.objects.filter(person__in=people).order_by().values_list("person").annotate(mean=Avg("stars"))
    )
    ahead = dict(
        Session.objects.filter(
            experts__in=people, state=SessionState.PLANNED, starts_at__date__gte=today,
            starts_at__date__lt=today + timedelta(days=7),
        )
        .order_by()
        .values_list("experts")
        .annotate(total=Sum("hours"))
    )  # fmt: skip
    return tuple(
        PersonRow(
            person=one,
            name=one.name,
            languages=", ".join(str(LANGUAGES[code]) for code in one.languages if code in LANGUAGES),
            hours=given.get(one.pk, {}).get("hours") or Decimal(0),
            ahead=ahead.get(one.pk) or Decimal(0),
            stars=stars.get(one.pk),
            is_active=bool(given.get(one.pk, {}).get("paid")),
            busy=(ahead.get(one.pk) or Decimal(0)) > BUSY_HOURS,
            renew_soon=bool(one.renew_by and one.renew_by <= today + timedelta(days=90)),
        )
        for one in people
    )


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    email: str
    phone: str
    languages: str
    enrolments: tuple[Enrolment, ...]
    certificates: tuple[Certificate, ...]
    firms: tuple[Participant, ...]
    ratings: tuple[ExpertRating, ...]
    mean: float | None
    hours: Decimal
    sessions: tuple[Session, ...]
    events: tuple[str, ...]
    may_keep: Verdict
    may_see_contact: Verdict


def person_page(person: Person, actor: Actor, today: date) -> PersonPage:
    ratings = tuple(person.ratings.select_related("participant__enterprise").order_by("-pk"))
    ahead = (
        person.sessions.filter(state=SessionState.PLANNED, starts_at__date__gte=today)
        .select_related("participant__enterprise", "cohort")
        .order_by("starts_at")[:20]
    )
    return PersonPage(
        person=person,
        email=mask("email", person.email),
        phone=mask("phone", person.phone),
        languages=", ".join(str(LANGUAGES[code]) for code in person.languages if code in LANGUAGES),
        enrolments=tuple(person.enrolments.select_related("course").order_by("-course__starts_on")),
        certificates=tuple(person.certificates.order_by("-issued_on")),
        firms=tuple(
            Participant.objects.filter(assignments__expert=person).select_related("enterprise", "cohort").distinct()
        ),
        ratings=ratings,
        mean=sum(each.stars for each in ratings) / len(ratings) if ratings else None,
        hours=person.days.filter(on__gt=today - timedelta(days=ACTIVE_DAYS)).aggregate(total=Sum("hours"))["total"]
        or Decimal(0),
        sessions=tuple(ahead),
        events=tuple(event for (state, event) in PERSON_TRANSITIONS if state == person.state),
        may_keep=may_keep_person(actor, person),
        may_see_contact=may_see_contact(actor, person),
    )


@dataclass(frozen=True, slots=True)
class CourseRow:
    course: Course
    enrolled: int
    passed: int
    certified: int


@dataclass(frozen=True, slots=True)
class CoursesPage:
    rows: tuple[CourseRow, ...]
    kinds: tuple[Link, ...]
    kind: str
    may_keep: Verdict


def courses_page(params: Mapping[str, str], actor: Actor) -> CoursesPage:
    """Parameter: loai. Three queries."""
    kind = params.get("loai", "") if params.get("loai", "") in CourseKind.values else ""
    counts = dict(Course.objects.order_by().values_list("kind").annotate(n=Count("pk")))
    found = Course.objects.filter(kind=kind) if kind else Course.objects.all()
    rows = found.select_related("agency").annotate(
        enrolled=Count("enrolments", distinct=True),
        passed=Count("enrolments", filter=Q(enrolments__state="passed"), distinct=True),
        certified=Count("enrolments__certificates", filter=Q(enrolments__certificates__revoked_on=None), distinct=True),
    )
    here = reverse("coaching:courses")
    return CoursesPage(
        rows=tuple(CourseRow(one, one.enrolled, one.passed, one.certified) for one in rows[:200]),
        kinds=(
            Link(_("Tất cả"), here, sum(counts.values()), not kind),
            *(
                Link(label, f"{here}?loai={value}", counts.get(value, 0), value == kind)
                for value, label in CourseKind.choices
            ),
        ),
        kind=kind,
        may_keep=may_keep_people(actor),
    )


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    enrolment: Enrolment
    came: Came
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class CoursePage:
    course: Course
    rows: tuple[EnrolmentRow, ...]
    days: tuple[CourseDay, ...]
    events: tuple[str, ...]
    places_left: int
    may_keep: Verdict


def course_page(course: Course, actor: Actor) -> CoursePage:
    enrolments = list(course.enrolments.select_related("person").order_by("person__order", "pk"))
    came = attendances(enrolments)
    standing = {one.enrolment_id: one for one in Certificate.objects.filter(enrolment__in=enrolments, revoked_on=None)}
    return CoursePage(
        course=course,
        rows=tuple(EnrolmentRow(one, came[one.pk], standing.get(one.pk)) for one in enrolments),
        days=tuple(course.days.order_by("on")),
        events=tuple(event for (state, event) in COURSE_TRANSITIONS if state == course.state),
        places_left=max(0, course.capacity - len(enrolments)),
        may_keep=may_keep_course(actor, course),
    )


@dataclass(frozen=True, slots=True)
class PostRow:
    post: StaffPost
    short: int


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The latest figure of each post; `filled` of `planned` over all of them."""

    rows: tuple[PostRow, ...]
    planned: int
    filled: int
    agencies: tuple[Agency, ...]
    may_keep: Verdict


def staff_page(actor: Actor) -> StaffPage:
    latest: dict[tuple[int, str], StaffPost] = {}
    for post in StaffPost.objects.select_related("agency").order_by("agency__order", "post", "on", "pk"):
        latest[post.agency_id, post.post] = post
    rows = tuple(PostRow(post, max(0, post.planned - post.filled)) for post in latest.values())
    return StaffPage(
        rows=rows,
        planned=sum(row.post.planned for row in rows),
        filled=sum(row.post.filled for row in rows),
        agencies=tuple(agencies_to_run_for(actor)),
        may_keep=may_keep_people(actor),
    )
