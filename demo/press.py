"""What the press told of the programme, rebuilt out of records: rounds of sample firms that add up to the published
figures, targets and figures with their article. Every firm and person is invented; where the articles say nothing
(which firm, which commune, which southern province, which day) the sample fills in and says so. What was measured at a
firm no article tells, so these rounds hold no measurement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from demo.steps import communes_of, heir_of, place_text
from matxich.accounts.models import Agency
from matxich.coaching.models import Cohort, Course, Enrolment, Participant, Person
from matxich.coaching.states import CourseKind
from matxich.indicators.actions.figures import Aimed, Said, record_reported, set_target
from matxich.indicators.models import Target
from matxich.kit.actor import Actor, system_actor
from matxich.places.queries import province_34_of
from matxich.programmes.models import Agreement, AgreementParty, AgreementTarget
from matxich.programmes.states import AgreementState, PartyRole
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise
from matxich.rulebook.vietnamese.text import sort_key

LOCAL_ROLE = "“Phát triển công nghiệp hỗ trợ: Nâng cao vai trò địa phương” (bài báo, 12/2023)"
CENTRAL_REGION = "“Phát triển nhà máy thông minh tại khu vực miền Trung” (VTV.vn, 14/9/2023)"
HA_NOI = "“Sẵn sàng đi trước, làm mẫu trong phát triển công nghiệp hỗ trợ” (VGP, 2022)"
COUNCIL = "“Chương trình phát triển Công nghiệp hỗ trợ: Tác động, lan tỏa mạnh mẽ tới doanh nghiệp” (bài báo, 12/2024)"
HAI_PHONG = "Bài báo về khuyến công Hải Phòng năm 2020"
FINAL = "Tổng kết thỏa thuận 2022–2023 theo báo chí"
MEMORANDUM = "Biên bản ghi nhớ hợp tác phát triển nhà máy thông minh (dựng lại từ bài báo)"


@dataclass(frozen=True)
class Round:
    """`firms`: province of the old map → how many. `begun`, `ended`: days of week 1 and of the closing."""

    label: str
    quota: int
    begun: date
    ended: date
    firms: dict[str, int]
    source: str


ROUNDS = (
    Round("1/2022", 14, date(2022, 5, 9), date(2022, 8, 31), {"27": 5, "01": 4, "33": 2, "26": 2, "35": 1}, LOCAL_ROLE),
    Round("2/2022", 12, date(2022, 9, 5), date(2022, 12, 16), {"79": 4, "75": 4, "74": 3, "80": 1}, LOCAL_ROLE),
    Round("1/2023", 12, date(2023, 5, 8), date(2023, 8, 25), {"27": 5, "26": 1, "01": 2, "33": 3, "35": 1}, LOCAL_ROLE),
    Round("2/2023", 12, date(2023, 9, 18), date(2023, 12, 20), {"27": 3, "01": 3, "79": 4, "75": 4}, FINAL),
)
EXPERTS = (
    (51, date(2022, 12, 20), LOCAL_ROLE),
    (36, date(2023, 9, 1), CENTRAL_REGION),
    (36, date(2023, 12, 22), FINAL),
)


@transaction.atomic
def fill_press(at: datetime, keeper: Agency | None = None) -> Agreement | None:
    """Idempotent: what is there is left alone. `keeper`: the agency that keeps the agreement; None without one."""
    keeper = keeper or Agency.objects.filter(is_demo=True, kind="ministry_department", valid_to=None).first()
    if keeper is None or Agreement.objects.filter(title=MEMORANDUM).exists():
        return None
    by = system_actor()
    memorandum = _memorandum(keeper, by, at)
    number = 1
    for one in ROUNDS:
        number = _round(one, memorandum, keeper, number, by, at)
    _experts(memorandum, keeper, by, at)
    _ha_noi(by, at)
    _hai_phong(by, at)
    _context(by, at)
    return memorandum


def _memorandum(keeper: Agency, by: Actor, at: datetime) -> Agreement:
    made = _agreement(
        keeper, MEMORANDUM, date(2022, 2, 1), date(2022, 1, 1), date(2024, 1, 1), None,
        f"Dựng lại từ bài báo: {LOCAL_ROLE}. Bài chỉ nêu tháng ký (02/2022); ngày 01 là của mẫu.", by, at,
        (("Bộ Công Thương", PartyRole.MINISTRY), ("Samsung Việt Nam", PartyRole.LEAD_FIRM)),
    )  # fmt: skip
    targets = (
        ("B01", "Doanh nghiệp được tư vấn", 50, "doanh nghiệp"),
        ("B05", "Chuyên gia được đào tạo", 100, "người"),
    )
    for order, (code, name, value, unit) in enumerate(targets, start=1):
        AgreementTarget.objects.create(
            agreement=made, order=order, indicator=code, name=name, comparator="=", value=value, unit=unit,
            until=date(2023, 12, 31), source=LOCAL_ROLE[:200],
        )  # fmt: skip
    _agreement(
        keeper, "Biên bản ghi nhớ triển khai tại Đà Nẵng và khu vực miền Trung (dựng lại từ bài báo)",
        date(2023, 9, 12), date(2023, 9, 12), None, made, f"Dựng lại từ bài báo: {CENTRAL_REGION}.", by, at,
        (("Cục Công nghiệp, Bộ Công Thương", PartyRole.MINISTRY), ("Sở Công Thương TP. Đà Nẵng", PartyRole.LOCALITY),
         ("Samsung Việt Nam", PartyRole.LEAD_FIRM)),
    )  # fmt: skip
    return made


def _agreement(
    keeper: Agency, title: str, signed: date, start: date, end: date | None, parent: Agreement | None, note: str,
    by: Actor, at: datetime, parties: Iterable[tuple[str, str]],
) -> Agreement:  # fmt: skip
    made = Agreement.objects.create(
        agency=keeper, parent=parent, title=title, signed_on=signed, valid_from=start, valid_to=end,
        state=AgreementState.SIGNED, note=note, is_demo=True, created_by=by.id, created_at=at,
    )  # fmt: skip
    for order, (name, role) in enumerate(parties, start=1):
        AgreementParty.objects.create(agreement=made, order=order, name=name, role=role)
    return made


def _round(one: Round, memorandum: Agreement, keeper: Agency, number: int, by: Actor, at: datetime) -> int:
    listed = one.begun - timedelta(days=60)
    cohort = Cohort.objects.create(
        agreement=memorandum, agency=keeper, code=f"NMTM-{one.label.replace('/', '-')}-MAU", label=one.label,
        title=f"Nhà máy thông minh đợt {one.label} (dựng lại từ bài báo)",
        title_en=f"Smart factory round {one.label} (rebuilt from the press)", theory_weeks=[1, 2, 3],
        site_weeks=list(range(4, 13)), quota=one.quota, screening_on=listed, starts_on=one.begun, running_on=one.begun,
        closed_on=one.ended, state="closed", rebuilt_from=one.source, is_demo=True, created_by=by.id, created_at=at,
    )  # fmt: skip
    for province, count in one.firms.items():
        for place in range(count):
            commune = communes_of(province)[place]
            firm = _firm(number, commune, listed, by, at)
            Participant.objects.create(
                cohort=cohort, enterprise=firm, site=f"Nhà máy mẫu, {place_text(commune)}", commune_63=commune,
                commune_34=heir_of(commune), province_63=province, province_34=province_34_of(province) or "",
                state="closed", rank=number,
                longlisted_on=listed, eligible_on=listed, visited_on=listed + timedelta(days=14),
                surveyed_on=listed + timedelta(days=28), interviewed_on=listed + timedelta(days=28),
                selected_on=listed + timedelta(days=42), agreed_on=listed + timedelta(days=49),
                locked_on=one.begun - timedelta(days=3), started_on=one.begun, measured_on=one.ended,
                verified_on=one.ended, closed_on=one.ended, added_by=by.id, added_at=at,
            )  # fmt: skip
            number += 1
    return number


def _firm(number: int, commune: str, as_of: date, by: Actor, at: datetime) -> Enterprise:
    """Nobody's name: a number, and that it is a sample."""
    source = source_named(name="Dựng lại từ bài báo (dữ liệu mẫu)", by=by, at=at, is_demo=True)
    facts = {"name": f"DN mẫu {number:02}", "site_address": place_text(commune)}
    return create_enterprise(facts=facts, source=source, as_of=as_of, by=by, at=at, is_demo=True)


def _experts(memorandum: Agreement, keeper: Agency, by: Actor, at: datetime) -> None:
    """Each intake in a course of the agreement."""
    number = 1
    for order, (count, day, source) in enumerate(EXPERTS, start=1):
        course = Course.objects.create(
            kind=CourseKind.CONSULTANTS, code=f"CG-{order}-MAU", agency=keeper, agreement=memorandum, capacity=count,
            title=f"Đào tạo chuyên gia nhà máy thông minh, khóa {order} (dựng lại từ bài báo)",
            starts_on=day - timedelta(days=120), ends_on=day, state="closed", rebuilt_from=source, is_demo=True,
            created_by=by.id, created_at=at,
        )  # fmt: skip
        names = [f"Chuyên gia mẫu {each:03}" for each in range(number, number + count)]
        number += count
        people = Person.objects.bulk_create(_person(name, day, source, keeper, by, at) for name in names)
        Enrolment.objects.bulk_create(
            Enrolment(course=course, person=person, state="passed", completed_on=day, enrolled_by=by.id, enrolled_at=at)
            for person in people
        )


def _person(name: str, day: date, source: str, keeper: Agency, by: Actor, at: datetime) -> Person:
    return Person(
        name=name, agency=keeper, state="certified", nominated_on=day - timedelta(days=150),
        interviewed_on=day - timedelta(days=140), trainee_on=day - timedelta(days=120),
        assessed_on=day - timedelta(days=10), certified_on=day, rebuilt_from=source, is_demo=True,
        created_by=by.id, created_at=at, order=sort_key(name)[:240],
    )  # fmt: skip


def _ha_noi(by: Actor, at: datetime) -> None:
    """Targets the city's people's committee set for 2022."""
    for code, value, word in (
        ("A01", 920, "khoảng"),
        ("A02", 300, "khoảng"),
        ("A04", 16, "khoảng"),
        ("A05", 11, "trên"),
    ):
        _aim(code, "01", Decimal(value), date(2022, 12, 31), HA_NOI, by, at, word)


def _hai_phong(by: Actor, at: datetime) -> None:
    """Zones planned to 2025, and what the centre did in 2020, on the map of that time."""
    for code, value in (("A07", 15), ("A07a", 6418), ("A08", 23), ("A08a", 973)):
        _aim(code, "31", Decimal(value), date(2025, 12, 31), HAI_PHONG, by, at)
    schemes = "5 đề án khuyến công địa phương và 2 đề án khuyến công quốc gia."
    split = "Bài không nêu số tiền của từng nguồn; phần địa phương và quốc gia cần xác nhận."
    said = (
        ("D01", "7", "", schemes), ("D02", "2.242", "", split), ("D03", "2", "", ""), ("D04", "1.8", "chỉ", ""),
        ("D05", "13.9", "trên", ""), ("D07", "36", "", "Lao động kỹ thuật, một đề án."), ("D08", "8", "", ""),
        ("G01", "10", "", ""),
    )  # fmt: skip
    for code, value, word, note in said:
        told = Said(
            indicator=code, value=Decimal(value), word=word, note=note, place="31", edition="63",
            since=date(2020, 1, 1), as_of=date(2020, 12, 31), source=HAI_PHONG, rebuilt=True,
        )  # fmt: skip
        record_reported(said=told, by=by, at=at)


def _context(by: Actor, at: datetime) -> None:
    """The trade surplus: of the country, nobody's outcome."""
    for value, word, year, day in ((2, "", 2017, date(2017, 12, 31)), (28, "hơn", 2024, date(2024, 12, 2))):
        told = Said(
            indicator="A06", value=Decimal(value), word=word, since=date(year, 1, 1), as_of=day, source=COUNCIL,
            rebuilt=True, note="Bối cảnh chung, không phải kết quả của chương trình.",
        )  # fmt: skip
        record_reported(said=told, by=by, at=at)


def _aim(
    code: str, place: str, value: Decimal, until: date, source: str, by: Actor, at: datetime, word: str = ""
) -> Target:
    aimed = Aimed(
        indicator=code, value=value, until=until, source=source, place=place, edition="63", word=word, rebuilt=True
    )
    return set_target(aimed=aimed, by=by, at=at)
