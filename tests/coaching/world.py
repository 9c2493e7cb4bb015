"""A round of Hải Phòng in its sixth week: one firm in its weeks, one finished, one in reserve; an expert, a course."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from demo.steps import chosen, decide_all, finished, measured, noon, scores
from matxich.coaching.actions import cohorts, courses, ending, logs, longlist, people, working
from matxich.coaching.actions.following import _hash
from matxich.coaching.actions.measuring import Row, begin
from matxich.coaching.models import (
    ActionItem,
    Baseline,
    Certificate,
    Cohort,
    Course,
    Enrolment,
    ExpertAssignment,
    FollowUp,
    FollowUpLink,
    KpiReading,
    MeasuredKpi,
    Participant,
    Person,
    Photo,
    Session,
    Visit,
    WeeklyLog,
)
from matxich.coaching.states import Outcome
from matxich.kit.actor import Actor, system_actor
from matxich.programmes.actions import agreements
from matxich.programmes.models import Agreement
from tests.conftest import NOW, World
from tests.programmes.conftest import actors

STARTS = date(2026, 10, 12)
LISTED = date(2026, 6, 1)
TOKEN = "khong-ai-doan-duoc"


@dataclass(frozen=True)
class Made:
    cohort: Cohort
    running: Participant
    closed: Participant
    reserve: Participant
    expert: Person
    course: Course
    enrolment: Enrolment
    certificate: Certificate
    agreement: Agreement

    @property
    def baseline(self) -> Baseline:
        return self.running.baselines.get()

    @property
    def kpi(self) -> MeasuredKpi:
        return self.baseline.kpis.get(order=1)

    @property
    def reading(self) -> KpiReading:
        return self.kpi.readings.get(moment="base")

    @property
    def action(self) -> ActionItem:
        return self.running.actions.get()

    @property
    def conflict(self) -> WeeklyLog:
        return self.running.logs.get(state="conflict")

    @property
    def session(self) -> Session:
        return self.cohort.sessions.get()

    @property
    def assignment(self) -> ExpertAssignment:
        return self.running.assignments.get()

    @property
    def visit(self) -> Visit:
        return self.running.visits.get()

    @property
    def follow_up(self) -> FollowUp:
        return self.closed.follow_ups.get(moment="m6")

    @property
    def photo(self) -> Photo:
        return self.running.photos.get()


def signed_agreement(world: World, by: Actor) -> Agreement:
    parties = (
        agreements.Party(name="Bộ Công Thương", role="ministry"),
        agreements.Party(name=world.agency.name, role="locality", agency=world.agency.pk),  # type: ignore[attr-defined]
        agreements.Party(name="Đơn vị đầu tàu mẫu", role="lead_firm"),
    )
    draft = agreements.Draft(title="Ba bên", parties=parties, signed_on=LISTED, valid_from=LISTED)
    made = agreements.create_agreement(draft=draft, agency=world.agency, by=by, at=NOW)  # type: ignore[arg-type]
    return agreements.sign_agreement(agreement=made, by=by, at=NOW, base_version=made.version)


def cohort_draft(**changes: object) -> cohorts.Draft:
    told = {
        "code": "NMTM-HP-1",
        "label": "1/2026",
        "title": "Đợt 1/2026",
        "quota": 2,
        "place": "31",
        "starts_on": STARTS,
    }
    return cohorts.Draft(**(told | changes))  # type: ignore[arg-type]


def a_firm(name: str, by: Actor):  # type: ignore[no-untyped-def]
    from matxich.registry.actions import create_enterprise, source_named

    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    facts = {"name": name, "address": "Phường An Dương, Hải Phòng"}
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 5, 1), by=by, at=noon(LISTED))


SITE = longlist.Site(province_63="31")


def screening(by: Actor, world: World, agreement: Agreement, **changes: object) -> Cohort:
    """A round that takes firms on its longlist."""
    cohort = cohorts.create_cohort(
        agreement=agreement,
        agency=world.agency,
        draft=cohort_draft(**changes),
        by=by,
        at=noon(LISTED),  # type: ignore[arg-type]
    )
    return cohorts.move_cohort(cohort=cohort, event="screen", by=by, at=noon(LISTED), base_version=cohort.version)


def moved(cohort: Cohort, event: str, by: Actor, on: date) -> Cohort:
    return cohorts.move_cohort(cohort=cohort, event=event, by=by, at=noon(on), base_version=cohort.version)


ROWS = (
    Row(definition="oee@1", numerator=Decimal(29), denominator=Decimal(50), line="Máy 450 tấn", source="Máy đếm"),
    Row(definition="defects@1", numerator=Decimal(42), denominator=Decimal(1000), product="Nắp"),
)


def rows_of(on: date) -> tuple[Row, ...]:
    from dataclasses import replace

    return tuple(replace(row, measured_on=on) for row in ROWS)


def a_cohort(world: World) -> Made:
    """Made once a test; found again afterwards."""
    if found := Cohort.objects.filter(code="NMTM-HP-1").first():
        return _found(found)
    crew, system = actors(world), system_actor()
    owner = crew.owner
    agreement = signed_agreement(world, owner)
    cohort = screening(owner, world, agreement)
    inside = [
        longlist.add_to_longlist(cohort=cohort, enterprise=a_firm(name, owner), site=SITE, by=owner, at=noon(LISTED))
        for name in ("Cơ khí Một", "Đúc Hai", "Khuôn Ba")
    ]
    for one, points in zip(inside, (5, 4, 3), strict=True):
        chosen(one, LISTED, owner, points)
    cohort = moved(cohort, "select", owner, LISTED + timedelta(days=40))
    decide_all(cohort, {inside[2].pk: (Outcome.RESERVE, "")}, crew.head, noon(LISTED + timedelta(days=45)))
    for one in inside[:2]:
        measured(one, STARTS - timedelta(days=4), owner, rows_of(STARTS - timedelta(days=4)))
    cohort = moved(cohort, "run", owner, STARTS)
    for one in inside[:2]:
        fresh = Participant.objects.get(pk=one.pk)
        begin(participant=fresh, by=owner, at=noon(STARTS), base_version=fresh.version)
    ended = [(Decimal("35.5"), Decimal(50)), (Decimal(19), Decimal(1000))]
    finished(inside[1], date(2026, 11, 18), owner, system, ended)
    done = Participant.objects.get(pk=inside[1].pk)
    ending.close_participant(participant=done, by=owner, at=noon(date(2026, 11, 18)), base_version=done.version)
    expert = an_expert(world, owner)
    _weeks(cohort, inside[0], expert, owner)
    _course(world, owner)
    return _found(cohort)


def an_expert(world: World, by: Actor, name: str = "Kim Mẫu") -> Person:
    """A foreign expert, in the pool by the interview."""
    made = people.nominate(
        agency=world.agency, by=by, at=noon(LISTED),  # type: ignore[arg-type]
        draft=people.Draft(name=name, nationality="kr", languages=("ko", "en"), email="kim@matxich.test"),
    )  # fmt: skip
    made = people.interview_person(
        person=made, answers=scores("person_interview", 4), on=LISTED, by=by, at=noon(LISTED), base_version=made.version
    )
    return people.move_person(person=made, event="join", by=by, at=noon(LISTED), base_version=made.version)


def at(day: date, hour: int) -> datetime:
    return noon(day) + timedelta(hours=hour - 12)


def session_draft(expert: Person, day: date, first: int, last: int, **changes: object) -> working.SessionDraft:
    week = (day - STARTS).days // 7 + 1
    told = {
        "week": week, "mode": "site", "starts_at": at(day, first), "ends_at": at(day, last), "topic": "Đổi khuôn nhanh",
        "experts": (expert.pk,),
    }  # fmt: skip
    return working.SessionDraft(**(told | changes))  # type: ignore[arg-type]


def _weeks(cohort: Cohort, firm: Participant, expert: Person, by: Actor) -> None:
    firm = Participant.objects.get(pk=firm.pk)
    working.assign_expert(participant=firm, expert=expert, is_lead=True, since=STARTS, by=by, at=noon(STARTS))
    draft = session_draft(expert, date(2026, 11, 24), 8, 12)
    working.save_session(cohort=cohort, participant=firm, draft=draft, by=by, at=NOW)
    working.add_action(
        participant=firm, week=2, title="Sắp lại kho khuôn", owner="Nguyễn Thợ", due=date(2026, 11, 10), by=by, at=NOW
    )
    for number, told in ((1, "Vẽ dòng chảy"), (2, "Đo chuyển đổi")):
        logs.send_log(
            participant=firm, week=1, client_id=UUID(int=number), answers={"week.done": told}, expert_hours=Decimal(8),
            written_at=noon(STARTS), by=by, at=noon(STARTS) + timedelta(hours=number),
        )  # fmt: skip
    photo(firm, by)


def photo(firm: Participant, by: Actor, **changes: object) -> Photo:
    from matxich.coaching.actions.photos import Upload, add_photo

    told = {"kind": "before", "pair": "kho", "taken_on": STARTS}
    return add_photo(participant=firm, upload=Upload(picture(), "kho.jpg"), by=by, at=NOW, **(told | changes))  # type: ignore[arg-type]


def picture(taken: str = "", *, located: bool = False):  # type: ignore[no-untyped-def]
    """A small JPEG; `taken` as cameras write it, `located` with a place."""
    import io

    from PIL import Image

    out, exif = io.BytesIO(), Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if located:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (20.0, 51.0, 0.0)
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def _course(world: World, by: Actor) -> None:
    starts, ends = date(2026, 9, 7), date(2026, 9, 25)
    course = courses.create_course(
        agency=world.agency, by=by, at=noon(LISTED),  # type: ignore[arg-type]
        draft=courses.Draft(
            kind="consultants", code="CG-1", title="Chuyên gia 1", capacity=3, starts_on=starts, ends_on=ends
        ),
    )  # fmt: skip
    person = people.nominate(agency=world.agency, draft=people.Draft(name="Lê Học Viên"), by=by, at=noon(LISTED))  # type: ignore[arg-type]
    person = people.interview_person(
        person=person, answers=scores("person_interview", 3), on=LISTED, by=by, at=noon(LISTED),
        base_version=person.version,
    )  # fmt: skip
    enrolment = courses.enrol(course=course, person=person, by=by, at=noon(LISTED))
    course.refresh_from_db()
    courses.move_course(course=course, event="start", by=by, at=noon(starts), base_version=course.version)
    courses.record_day(
        course=course, on=starts, topic="Nhập môn", hours=Decimal(8), present=[enrolment.pk], by=by, at=noon(starts)
    )
    courses.assess_enrolment(enrolment=enrolment, passed=True, score=85, reason="", by=by, at=noon(ends), on=ends)
    courses.certify(enrolment=enrolment, number="01/CN", issued_on=ends, by=by, at=noon(ends))


def _found(cohort: Cohort) -> Made:
    cohort = Cohort.objects.select_related("agency", "agreement__agency").get(pk=cohort.pk)
    firms = list(cohort.participants.select_related("cohort__agency", "enterprise").order_by("pk"))
    enrolment = Enrolment.objects.select_related("course__agency", "person__agency").get(course__code="CG-1")
    return Made(
        cohort, firms[0], firms[1], firms[2], Person.objects.get(name="Kim Mẫu"), enrolment.course, enrolment,
        enrolment.certificates.get(), cohort.agreement,
    )  # fmt: skip


def open_token(made: Made) -> str:
    """A link that works."""
    FollowUpLink.objects.get_or_create(
        token_hash=_hash(TOKEN),
        defaults={
            "follow_up": made.follow_up, "email": "firm@matxich.test", "created_by": "x", "created_at": NOW,
            "expires_at": datetime(2100, 1, 1, tzinfo=NOW.tzinfo),
        },
    )  # fmt: skip
    return TOKEN
