"""Rounds of the smart-factory programme. Four are rebuilt from two published articles: how many firms finished where
and by when, how many people were certified; every firm and person in them is invented ("DN mẫu", "Học viên mẫu").
The rest is a partner's rounds of today, invented whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from demo.actors import actor_of
from matxich.accounts.models import Agency
from matxich.coaching.actions import cohorts, courses, ending, longlist, measuring, people, selecting, visiting
from matxich.coaching.instruments import latest
from matxich.coaching.models import Cohort, Course, Participant
from matxich.coaching.queries.ranking import candidates_of, ranking_digest
from matxich.coaching.states import CourseKind, Moment, Outcome, ParticipantState
from matxich.kit.actor import Actor, system_actor
from matxich.places import reference
from matxich.places.queries import chain, name_of, province_34_of
from matxich.programmes.actions import agreements
from matxich.programmes.models import Agreement
from matxich.programmes.states import Comparator, PartyRole
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise, Source

CONGTHUONG = "Báo Công Thương: Phát triển công nghiệp hỗ trợ: Nâng cao vai trò địa phương"
VTV = "VTV, 14/09/2023: Phát triển nhà máy thông minh tại khu vực miền Trung"
REBUILT = f"Dựng lại từ bài báo ({CONGTHUONG}; {VTV}); doanh nghiệp, người và số đo là mẫu"
BEFORE_2025 = date(2023, 1, 1)


@dataclass(frozen=True)
class Round:
    """`firms`: old province → how many finished there. The articles give the counts, the days are sample days."""

    code: str
    label: str
    title: str
    starts: date
    closes: date
    firms: dict[str, int]


ROUNDS = (
    Round("NMTM-2022-1", "1/2022", "Nhà máy thông minh, đợt 1/2022, phía Bắc (dựng lại)", date(2022, 4, 4),
          date(2022, 8, 26), {"01": 3, "26": 2, "27": 4, "33": 3, "35": 2}),
    Round("NMTM-2022-2", "2/2022", "Nhà máy thông minh, đợt 2/2022, phía Nam (dựng lại)", date(2022, 8, 29),
          date(2022, 12, 16), {"74": 3, "75": 3, "79": 4, "80": 2}),
    Round("NMTM-2023-1", "1/2023", "Nhà máy thông minh, đợt 1/2023, phía Bắc (dựng lại)", date(2023, 4, 10),
          date(2023, 8, 18), {"27": 5, "26": 1, "01": 2, "33": 3, "35": 1}),
    Round("NMTM-2023-2", "2/2023", "Nhà máy thông minh, đợt 2/2023, miền Trung và phía Nam (dựng lại)",
          date(2023, 9, 18), date(2023, 12, 22), {"48": 4, "79": 4, "75": 3, "74": 3}),
)  # fmt: skip
"""14 + 12 by the end of 2022, 12 more by August 2023, 14 more by the end of 2023: 26, 38, 52. The central region and
the second southern round begin after 14/09/2023, when 5 northern and 4 southern provinces had begun."""

CERTIFIED = (
    ("CG-2022-1", date(2022, 3, 7), date(2022, 8, 30), 25),
    ("CG-2022-2", date(2022, 9, 5), date(2022, 12, 20), 26),
    ("CG-2023-1", date(2023, 4, 3), date(2023, 8, 25), 36),
    ("CG-2023-2", date(2023, 9, 18), date(2023, 12, 27), 36),
)
"""51 by the end of 2022, 87 on 14/09/2023, 123 by the end of 2023."""


@transaction.atomic
def fill_rebuilt_rounds(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if Cohort.objects.filter(code=ROUNDS[0].code).exists():
        return
    officer, system = actor_of("bo.chuyenvien", at), system_actor()
    agency = Agency.objects.get(pk=officer.standings[0].agency_id)
    agreement = _agreement(agency, officer)
    _central_agreement(agreement, agency, officer)
    source = source_named(name="Doanh nghiệp mẫu của đợt dựng lại", by=officer, at=at, is_demo=True)
    numbers = count(1)
    for told in ROUNDS:
        rebuild(told, agreement, agency, source, numbers, officer, system)
    numbers = count(1)
    for code, starts, ends, how_many in CERTIFIED:
        certify_people(code, starts, ends, how_many, agreement, agency, numbers, officer)


def _agreement(agency: Agency, officer: Actor) -> Agreement:
    """Signed in February 2022 for two years; the article gives the month, so the day is the month's last."""
    parties = (
        agreements.Party(name="Bộ Công Thương", role=PartyRole.MINISTRY, agency=agency.pk),
        agreements.Party(name="Samsung Việt Nam", role=PartyRole.LEAD_FIRM),
    )
    targets = (
        agreements.Target(
            indicator="B01", name="Doanh nghiệp được hỗ trợ phát triển nhà máy thông minh", unit="doanh nghiệp",
            comparator=Comparator.EXACTLY, value=Decimal(50), until=date(2023, 12, 31), source=CONGTHUONG,
        ),
        agreements.Target(
            indicator="B05", name="Chuyên gia Việt Nam được đào tạo", unit="người", comparator=Comparator.EXACTLY,
            value=Decimal(100), until=date(2023, 12, 31), source=CONGTHUONG,
        ),
        agreements.Target(
            indicator="B07", name="Doanh nghiệp triển khai trong năm 2023", unit="doanh nghiệp",
            comparator=Comparator.EXACTLY, value=Decimal(24), until=date(2023, 12, 31), source=CONGTHUONG,
        ),
    )  # fmt: skip
    draft = agreements.Draft(
        title="Biên bản ghi nhớ hợp tác phát triển nhà máy thông minh 2022–2023 (dựng lại từ bài báo)",
        parties=parties, targets=targets, signed_on=date(2022, 2, 28), valid_from=date(2022, 1, 1),
        valid_to=date(2024, 1, 1),
        note=f"Bài báo nêu ký tháng 2/2022 và thời hạn 02 năm (2022 – 2023), không nêu ngày. Nguồn: {CONGTHUONG}.",
    )  # fmt: skip
    return _signed(draft, agency, officer, date(2022, 3, 1))


def _central_agreement(parent: Agreement, agency: Agency, officer: Actor) -> None:
    parties = (
        agreements.Party(name="Cục Công nghiệp – Bộ Công Thương", role=PartyRole.MINISTRY, agency=agency.pk),
        agreements.Party(name="Sở Công Thương TP. Đà Nẵng", role=PartyRole.LOCALITY),
        agreements.Party(name="Samsung Việt Nam", role=PartyRole.LEAD_FIRM),
    )
    draft = agreements.Draft(
        title="Biên bản ghi nhớ triển khai nhà máy thông minh tại Đà Nẵng và khu vực miền Trung (dựng lại từ bài báo)",
        parties=parties, parent=parent, signed_on=date(2023, 9, 12), valid_from=date(2023, 9, 12),
        note=f"Ba đơn vị tổ chức lễ ký ngày 12/9/2023; bài báo không nêu thời hạn. Nguồn: {VTV}.",
    )  # fmt: skip
    _signed(draft, agency, officer, date(2023, 9, 13))


def _signed(draft: agreements.Draft, agency: Agency, officer: Actor, on: date) -> Agreement:
    made = agreements.create_agreement(draft=draft, agency=agency, by=officer, at=noon(on), is_demo=True)
    return agreements.sign_agreement(agreement=made, by=officer, at=noon(on), base_version=made.version)


def rebuild(
    told: Round, agreement: Agreement, agency: Agency, source: Source, numbers: Iterable[int], officer: Actor,
    system: Actor,
) -> Cohort:  # fmt: skip
    """A round in which every firm on the longlist finished: nothing is invented about those that did not."""
    listed = told.starts - timedelta(weeks=10)
    total = sum(told.firms.values())
    cohort = cohorts.create_cohort(
        agreement=agreement, agency=agency, is_demo=True, rebuilt_from=REBUILT, by=officer, at=noon(listed),
        draft=cohorts.Draft(
            code=told.code, label=told.label, title=told.title, quota=total, starts_on=told.starts,
            sponsor=agreement.parties.get(role=PartyRole.LEAD_FIRM), note="Mười hai tuần: lý thuyết và tại nhà máy.",
        ),
    )  # fmt: skip
    cohort = _moved(cohort, "screen", officer, listed)
    places = [old for old, how_many in told.firms.items() for _each in range(how_many)]
    number = iter(numbers)
    inside = []
    for old, commune in zip(places, _communes(told.firms), strict=True):
        firm = sample_firm(next(number), commune, source, officer, noon(listed))
        site = longlist.Site(text=place_text(commune), province_63=old, commune_63=commune, commune_34=heir_of(commune))
        inside.append(longlist.add_to_longlist(cohort=cohort, enterprise=firm, site=site, by=officer, at=noon(listed)))
    for one in inside:
        chosen(one, listed, officer)
    cohort = _moved(cohort, "select", officer, listed + timedelta(days=38))
    decide_all(cohort, {}, system, noon(listed + timedelta(days=40)))
    for one in inside:
        measured(one, told.starts - timedelta(days=4), officer)
    cohort = _moved(cohort, "run", officer, told.starts)
    for one in inside:
        fresh = Participant.objects.get(pk=one.pk)
        measuring.begin(participant=fresh, by=officer, at=noon(told.starts), base_version=fresh.version)
        finished(one, told.closes, officer, system)
    cohort = _moved(cohort, "finish", officer, told.closes)
    for one in inside:
        fresh = Participant.objects.get(pk=one.pk)
        ending.close_participant(participant=fresh, by=officer, at=noon(told.closes), base_version=fresh.version)
    return _moved(cohort, "close", officer, told.closes)


def sample_firm(number: int, commune: str, source: Source, by: Actor, at: datetime) -> Enterprise:
    """Nobody's name: a number, and that it is a sample."""
    facts = {"name": f"DN mẫu {number:03d}", "address": place_text(commune)}
    return create_enterprise(facts=facts, source=source, as_of=timezone.localdate(at), by=by, at=at, is_demo=True)


def chosen(one: Participant, listed: date, officer: Actor, points: int = 4) -> None:
    """Screened, visited, surveyed and interviewed, a week apart."""
    one = Participant.objects.get(pk=one.pk)
    longlist.screen(
        participant=one, answers=yes_to_all(), passed=True, reason="", by=officer, at=noon(listed + timedelta(days=7)),
        base_version=one.version,
    )  # fmt: skip
    visit_day = listed + timedelta(days=14)
    visiting.send_visit(
        participant=one, client_id=uuid_of(one), by=officer, at=noon(visit_day),
        told=visiting.Told(on=visit_day, answers=scores("visit", points), note="Khảo sát mẫu."),
    )  # fmt: skip
    one = Participant.objects.get(pk=one.pk)
    day = listed + timedelta(days=21)
    survey = {"survey.problem": "Lỗi lặp lại, chuyển đổi chậm, thiếu số liệu (mẫu)."}
    visiting.record_survey(participant=one, answers=survey, on=day, by=officer, at=noon(day), base_version=one.version)
    one = Participant.objects.get(pk=one.pk)
    day = listed + timedelta(days=28)
    visiting.record_interview(
        participant=one, answers=scores("interview", points), on=day, people="", by=officer,
        at=noon(day), base_version=one.version,
    )  # fmt: skip


def decide_all(cohort: Cohort, others: dict[int, tuple[str, str]], by: Actor, at: datetime) -> None:
    """Everybody interviewed is selected but for `others`: participant → (outcome, reason)."""
    waiting = cohort.participants.filter(state=ParticipantState.INTERVIEWED).values_list("pk", flat=True)
    outcomes = {pk: others.get(pk, (Outcome.SELECTED, ""))[0] for pk in waiting}
    reasons = {pk: reason for pk, (_outcome, reason) in others.items()}
    selecting.decide_selection(
        cohort=cohort, outcomes=outcomes, reasons=reasons, by=by, at=at,
        digest=ranking_digest(candidates_of(cohort), cohort.quota),
    )  # fmt: skip


def measured(one: Participant, on: date, by: Actor, rows: Iterable[measuring.Row] = ()) -> None:
    """Agreed, measured and locked."""
    one = Participant.objects.get(pk=one.pk)
    selecting.record_agreement(
        participant=one, agreed_on=on - timedelta(days=3), by=by, at=noon(on - timedelta(days=3)),
        base_version=one.version,
    )  # fmt: skip
    told = tuple(rows) or (
        measuring.Row(definition="fives_score@1", numerator=Decimal(46), measured_on=on, source="Số đo mẫu"),
    )
    baseline = measuring.save_baseline(participant=one, rows=told, by=by, at=noon(on), base_version=0)
    measuring.lock_baseline(baseline=baseline, by=by, at=noon(on), base_version=baseline.version)


def finished(
    one: Participant, closes: date, by: Actor, verifier: Actor, values: Iterable[tuple[Decimal, Decimal | None]] = ()
) -> None:
    """Measured at the end by one, verified by another."""
    one = Participant.objects.get(pk=one.pk)
    given = list(values)
    kpis = one.baselines.get(number=1).kpis.select_related("definition").order_by("order")
    for place, kpi in enumerate(kpis):
        top, below = given[place] if given else (Decimal(71), None)
        measuring.enter_reading(
            measured=kpi, moment=Moment.END, numerator=top, denominator=below, measured_on=closes - timedelta(days=4),
            by=by, at=noon(closes - timedelta(days=4)), source="Số đo mẫu",
        )  # fmt: skip
    one = Participant.objects.get(pk=one.pk)
    ending.send_measurement(
        participant=one, note="Kết quả mẫu.", by=by, at=noon(closes - timedelta(days=3)), base_version=one.version
    )
    ending.verify_measurement(participant=one, by=verifier, at=noon(closes - timedelta(days=2)))


def certify_people(
    code: str, starts: date, ends: date, how_many: int, agreement: Agreement, agency: Agency, numbers: Iterable[int],
    officer: Actor,
) -> Course:  # fmt: skip
    """A course of consultants in which everybody passed: four weeks of theory, eight in firms."""
    before = noon(starts - timedelta(days=20))
    course = courses.create_course(
        agency=agency, is_demo=True, rebuilt_from=REBUILT, by=officer, at=before,
        draft=courses.Draft(
            kind=CourseKind.CONSULTANTS, code=code, title=f"Chuyên gia nhà máy thông minh {code[3:]} (dựng lại)",
            capacity=how_many, starts_on=starts, ends_on=ends, agreement=agreement, hours=24,
        ),
    )  # fmt: skip
    enrolled = []
    number = iter(numbers)
    for _each in range(how_many):
        person = people.nominate(
            agency=agency, is_demo=True, rebuilt_from=REBUILT, by=officer, at=before,
            draft=people.Draft(name=f"Học viên mẫu {next(number):03d}", languages=("vi",)),
        )  # fmt: skip
        person = people.interview_person(
            person=person, answers=scores("person_interview", 4), on=timezone.localdate(before), by=officer, at=before,
            base_version=person.version,
        )  # fmt: skip
        enrolled.append(courses.enrol(course=course, person=person, by=officer, at=before))
    course.refresh_from_db()
    course = courses.move_course(course=course, event="start", by=officer, at=noon(starts), base_version=course.version)
    present = [one.pk for one in enrolled]
    for week in range(3):
        day = starts + timedelta(weeks=week)
        courses.record_day(
            course=course, on=day, topic=f"Chuyên đề {week + 1} (mẫu)", hours=Decimal(8), present=present, by=officer,
            at=noon(day),
        )  # fmt: skip
    for place, one in enumerate(enrolled, 1):
        courses.assess_enrolment(enrolment=one, passed=True, score=80, reason="", by=officer, at=noon(ends), on=ends)
        courses.certify(enrolment=one, number=f"{code}/{place:03d} (mẫu)", issued_on=ends, by=officer, at=noon(ends))
    course.refresh_from_db()
    return courses.move_course(course=course, event="close", by=officer, at=noon(ends), base_version=course.version)


def _moved(cohort: Cohort, event: str, by: Actor, on: date) -> Cohort:
    return cohorts.move_cohort(cohort=cohort, event=event, by=by, at=noon(on), base_version=cohort.version)


def noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12, 0)))


def uuid_of(one: Participant) -> UUID:
    return UUID(int=10**9 + one.pk)


def yes_to_all() -> dict[str, object]:
    return dict.fromkeys(latest("screening").items, "yes")


def scores(code: str, points: int) -> dict[str, object]:
    """Every scored item of an instrument at so many points."""
    return {path: points for path, item in latest(code).items.items() if item.is_scored}


def _communes(firms: dict[str, int]) -> list[str]:
    """So many communes of each old province, each with one heir on the map of today."""
    return [commune for old, how_many in firms.items() for commune in communes_of(old)[:how_many]]


@cache
def _heirs() -> dict[str, str]:
    """Old commune → the one new commune it went into; communes that were divided are left out."""
    found: dict[str, set[str]] = {}
    for row in reference.successions():
        found.setdefault(row.predecessor, set()).add(row.successor)
    return {old: next(iter(new)) for old, new in found.items() if len(new) == 1}


def heir_of(commune: str) -> str:
    return _heirs()[commune]


@cache
def communes_of(province_63: str) -> list[str]:
    """Communes of an old province that went whole into one of the new province it belongs to, in order of code."""
    new = province_34_of(province_63)
    return sorted(
        old
        for old, heir in _heirs().items()
        if chain(old, BEFORE_2025)[-1:] == (province_63,) and chain(heir)[-1:] == (new,)
    )


def place_text(commune: str) -> str:
    """As people wrote it then: commune, district, province."""
    return ", ".join(name_of(code, BEFORE_2025) for code in chain(commune, BEFORE_2025))
