"""A partner's rounds of today, invented whole: one in its weeks, one that was closed, one that is being screened."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from demo.actors import actor_of
from demo.steps import chosen, decide_all, finished, measured, noon, scores, yes_to_all
from matxich.accounts.models import User
from matxich.coaching.actions import cohorts, ending, following, logs, longlist, people, selecting, working
from matxich.coaching.actions.measuring import Row, begin
from matxich.coaching.actions.photos import Upload, add_photo
from matxich.coaching.models import Cohort, Participant, Person
from matxich.coaching.states import Outcome
from matxich.kit.actor import Actor
from matxich.programmes.models import Agreement
from matxich.registry.models import Enterprise

SCREENING, RUNNING, CLOSED = "NMTM-HP-MAU-3", "NMTM-HP-MAU-2", "NMTM-HP-MAU-1"


@transaction.atomic
def fill_rounds(at: datetime) -> None:
    """Idempotent: what is there is left alone. Without the agreement and enough firms there is nothing to fill."""
    agreement = Agreement.objects.filter(is_demo=True, parties__name__startswith="Điện tử Hanseo").first()
    firms = _firms()
    if agreement is None or len(firms) < 14 or Cohort.objects.filter(code=RUNNING).exists():
        return
    officer, head = actor_of("hp.chuyenvien", at), actor_of("hp.truongphong", at)
    today = timezone.localdate(at)
    experts = _experts(officer, at)
    monday = today - timedelta(days=today.weekday())
    source = iter(firms)
    closed_from = monday - timedelta(weeks=34)
    _closed(agreement, closed_from, [next(source) for _each in range(3)], experts, officer, head)
    _running(agreement, monday - timedelta(weeks=5), [next(source) for _each in range(7)], experts, officer, head, at)
    _screening(agreement, today, [next(source) for _each in range(4)], officer)
    people.record_post(
        agency=agreement.agency, post="Chuyên viên công nghiệp hỗ trợ (mẫu)", planned=4, filled=3, on=today,
        source="Kế hoạch biên chế (mẫu)", by=officer, at=at,
    )  # fmt: skip


def _firms() -> list[Enterprise]:
    """Invented firms of Hải Phòng; the first, whose people get an account (`doings`), stands where a firm is in its
    weeks."""
    found = Enterprise.objects.filter(is_demo=True, province_34="31", merged_into=None).order_by("id")
    own, *others = [firm for firm in found[:40] if not firm.name.startswith("DN mẫu")][:17] or [None]
    return [*others[:3], own, *others[3:]] if own else []


def _experts(officer: Actor, at: datetime) -> list[Person]:
    found = []
    account = User.objects.filter(email="chuyengia@matxich.example").first()
    told = (
        ("Hữu Đức Mẫu", "vn", ("vi", "en"), account), ("Kim Ji Mẫu", "kr", ("ko", "en"), None),
        ("Park Seo Mẫu", "kr", ("ko", "vi"), None),
    )  # fmt: skip
    agency = Agreement.objects.filter(is_demo=True, parties__name__startswith="Điện tử Hanseo").first()
    assert agency is not None
    for name, nation, languages, user in told:
        # An expert of ours joins by a certificate; the sample one is entered as a partner's for the sake of the demo.
        draft = people.Draft(
            name=name, nationality="zz" if nation == "vn" else nation, languages=languages, user=user,
            organisation="Điện tử Hanseo Việt Nam (mẫu)", sectors=("Cơ khí", "Khuôn mẫu"),
        )  # fmt: skip
        before = at - timedelta(weeks=50)
        one = people.nominate(agency=agency.agency, draft=draft, by=officer, at=before, is_demo=True)
        one = people.interview_person(
            person=one, answers=scores("person_interview", 4), on=timezone.localdate(before), by=officer, at=before,
            base_version=one.version,
        )  # fmt: skip
        renew = timezone.localdate(at) + timedelta(days=60)
        found.append(
            people.move_person(person=one, event="join", renew_by=renew, by=officer, at=at, base_version=one.version)
        )
    return found


def _made(
    agreement: Agreement, code: str, label: str, starts: date, quota: int, firms: list[Enterprise], officer: Actor
) -> tuple[Cohort, list[Participant]]:
    listed = starts - timedelta(weeks=9)
    cohort = cohorts.create_cohort(
        agreement=agreement, agency=agreement.agency, is_demo=True, by=officer, at=noon(listed),
        draft=cohorts.Draft(
            code=code, label=label, title=f"Nhà máy thông minh Hải Phòng, đợt {label} (mẫu)", quota=quota, place="31",
            title_en=f"Smart factories in Hải Phòng, round {label} (sample)", starts_on=starts,
            sponsor=agreement.parties.filter(role="lead_firm").first(),
        ),
    )  # fmt: skip
    cohort = cohorts.move_cohort(
        cohort=cohort, event="screen", by=officer, at=noon(listed), base_version=cohort.version
    )
    inside = [
        longlist.add_to_longlist(
            cohort=cohort, enterprise=firm, site=longlist.Site(province_63=firm.province_63 or "31"), by=officer,
            at=noon(listed),
        )
        for firm in firms
    ]  # fmt: skip
    return cohort, inside


def _moved(cohort: Cohort, event: str, by: Actor, on: date) -> Cohort:
    return cohorts.move_cohort(cohort=cohort, event=event, by=by, at=noon(on), base_version=cohort.version)


def _rows(on: date, number: int) -> tuple[Row, ...]:
    oee = Decimal(50 + 3 * number)
    return (
        Row(definition="oee@1", numerator=oee * 9, denominator=Decimal(900), measured_on=on, line="Máy 450 tấn (mẫu)",
            source="Bộ đếm máy, 10 ca"),
        Row(definition="defects@1", numerator=Decimal(42 - number), denominator=Decimal(1000), measured_on=on,
            product="Nắp hộp (mẫu)", source="Sổ kiểm cuối ca"),
        Row(definition="changeover@1", numerator=Decimal(952), denominator=Decimal(14), measured_on=on,
            line="Máy 450 tấn (mẫu)", source="Quay video 14 lần"),
        Row(definition="fives_score@1", numerator=Decimal(46 + number), measured_on=on, source="Phiếu 5S3D"),
    )  # fmt: skip


def _begun(cohort: Cohort, firms: list[Participant], officer: Actor, starts: date) -> Cohort:
    for number, one in enumerate(firms):
        measured(one, starts - timedelta(days=4), officer, _rows(starts - timedelta(days=4), number))
    cohort = _moved(cohort, "run", officer, starts)
    for one in firms:
        fresh = Participant.objects.get(pk=one.pk)
        begin(participant=fresh, by=officer, at=noon(starts), base_version=fresh.version)
    return cohort


def _closed(
    agreement: Agreement, starts: date, firms: list[Enterprise], experts: list[Person], officer: Actor, head: Actor
) -> None:
    cohort, inside = _made(agreement, CLOSED, f"1/{starts.year}", starts, 3, firms, officer)
    for one in inside:
        chosen(one, starts - timedelta(weeks=9), officer)
    cohort = _moved(cohort, "select", officer, starts - timedelta(weeks=3))
    decide_all(cohort, {}, head, noon(starts - timedelta(weeks=2)))
    cohort = _begun(cohort, inside, officer, starts)
    closes = starts + timedelta(weeks=12)
    for number, one in enumerate(inside):
        fresh = Participant.objects.get(pk=one.pk)
        working.assign_expert(
            participant=fresh, expert=experts[number], is_lead=True, since=starts, by=officer, at=noon(starts)
        )
        for kind, day in (("before", starts), ("after", closes - timedelta(days=5))):
            add_photo(
                participant=fresh, upload=Upload(_drawing(kind), f"{kind}.jpg"), kind=kind, pair="kho khuôn",
                by=officer, title="Kho khuôn, xưởng 2 (ảnh vẽ mẫu)", taken_on=day, at=noon(day),
            )  # fmt: skip
        _logs(fresh, starts, 12, officer)
        finished(
            one, closes, officer, head,
            [(Decimal(62 + 3 * number) * 9, Decimal(900)), (Decimal(19), Decimal(1000)), (Decimal(574), Decimal(14)),
             (Decimal(78), None)],
        )  # fmt: skip
    cohort = _moved(cohort, "finish", officer, closes)
    for one in inside:
        fresh = Participant.objects.get(pk=one.pk)
        ending.close_participant(participant=fresh, by=officer, at=noon(closes), base_version=fresh.version)
    _moved(cohort, "close", officer, closes)
    survey = inside[0].follow_ups.get(moment="end")
    answers = {"market.new_sales": 1_200_000_000, "people.jobs_made": 6, "firm.saved": 640_000_000, "firm.recommend": 9}
    following.answer(
        follow_up=survey, answers=answers, by=officer, at=noon(closes + timedelta(days=3)), base_version=survey.version
    )


def _running(
    agreement: Agreement, starts: date, firms: list[Enterprise], experts: list[Person], officer: Actor, head: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Five in their weeks of whom one dropped out in week 5 and one came up from the reserve; two went no further."""
    cohort, inside = _made(agreement, RUNNING, f"2/{starts.year}", starts, 4, firms, officer)
    listed = starts - timedelta(weeks=9)
    for one, points in zip(inside[:6], (5, 5, 4, 4, 3, 2), strict=True):
        chosen(one, listed, officer, points)
    refused = Participant.objects.get(pk=inside[6].pk)
    longlist.screen(
        participant=refused, answers=yes_to_all() | {"standing.overlap": "no"}, passed=False, by=officer,
        reason="Đang nhận hỗ trợ cùng nội dung (mẫu)", at=noon(listed + timedelta(days=7)),
        base_version=refused.version,
    )  # fmt: skip
    cohort = _moved(cohort, "select", officer, starts - timedelta(weeks=3))
    others = {
        inside[4].pk: (Outcome.RESERVE, ""), inside[5].pk: (Outcome.NOT_SELECTED, "Chưa cử được nhóm làm việc (mẫu)"),
    }  # fmt: skip
    decide_all(cohort, others, head, noon(starts - timedelta(weeks=2)))
    cohort = _begun(cohort, inside[:4], officer, starts)
    dropped = Participant.objects.get(pk=inside[3].pk)
    selecting.drop(
        participant=dropped, by=officer, at=noon(starts + timedelta(weeks=4, days=2)), week=5,
        reason="Mất đơn hàng chính, không còn người cho nhóm (mẫu)", base_version=dropped.version,
    )  # fmt: skip
    selecting.promote(
        participant=Participant.objects.get(pk=inside[4].pk), by=head, reason="Thay doanh nghiệp dừng tuần 5 (mẫu)",
        at=noon(starts + timedelta(weeks=4, days=3)),
    )  # fmt: skip
    for number, one in enumerate(inside[:3]):
        _coached(cohort, Participant.objects.get(pk=one.pk), experts[number], starts, officer, at)


def _coached(cohort: Cohort, firm: Participant, expert: Person, starts: date, officer: Actor, at: datetime) -> None:
    working.assign_expert(participant=firm, expert=expert, is_lead=True, since=starts, by=officer, at=noon(starts))
    _logs(firm, starts, 4, officer)
    for week, title, due in (
        (2, "Vẽ dòng chảy vật liệu", starts + timedelta(weeks=3)),
        (4, "Sắp lại kho khuôn theo ba định", starts + timedelta(weeks=5)),
        (5, "Đo lại thời gian chuyển đổi", timezone.localdate(at) + timedelta(days=9)),
    ):  # fmt: skip
        item = working.add_action(
            participant=firm, week=week, title=f"{title} (mẫu)", owner="Nguyễn Văn Mẫu", due=due, by=officer, at=at
        )
        if week == 2:
            working.move_action(item=item, event="finish", by=officer, at=at, base_version=item.version)
    add_photo(
        participant=firm, upload=Upload(_drawing("before"), "truoc.jpg"), kind="before", pair="kho khuôn", by=officer,
        title="Kho khuôn (ảnh vẽ mẫu)", taken_on=starts, at=at,
    )  # fmt: skip
    for week in (6, 7):
        day = starts + timedelta(weeks=week - 1, days=3)
        draft = working.SessionDraft(
            week=week, mode="site", starts_at=_clock(day, 8), ends_at=_clock(day, 16), topic="Chuyển đổi nhanh (mẫu)",
            experts=(expert.pk,),
        )  # fmt: skip
        working.save_session(cohort=cohort, participant=firm, draft=draft, by=officer, at=at)


def _logs(firm: Participant, starts: date, weeks: int, by: Actor) -> None:
    for week in range(1, weeks + 1):
        end = noon(starts + timedelta(weeks=week - 1, days=5))
        logs.send_log(
            participant=firm, week=week, client_id=UUID(int=firm.pk * 100 + week), expert_hours=Decimal(16), by=by,
            answers={"week.done": f"Tuần {week}: quan sát và cải tiến tại chuyền (mẫu).", "week.next": "Đo lại (mẫu)."},
            written_at=end, at=end,
        )  # fmt: skip


def _screening(agreement: Agreement, today: date, firms: list[Enterprise], officer: Actor) -> None:
    _made(agreement, SCREENING, f"1/{today.year + 1}", today + timedelta(weeks=8), 4, firms, officer)


def _clock(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 0)))


def _drawing(kind: str) -> io.BytesIO:
    """A drawn shelf: boxes every which way before, in rows after. No photo of anybody's factory."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only photos need it

    picture = Image.new("RGB", (640, 400), "#efece3")
    pen = ImageDraw.Draw(picture)
    for level in (120, 230, 340):
        pen.line((40, level, 600, level), fill="#222222", width=4)
        for place, (left, tilt) in enumerate(_boxes(kind, level)):
            fill = "#7fb5b0" if kind == "after" and place % 2 else "#faf8f2"
            corners = (left, level - 60 - tilt, left + 50, level - 4 - tilt)
            pen.rectangle(corners, fill=fill, outline="#222222", width=3)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    out.seek(0)
    return out


def _boxes(kind: str, level: int) -> Iterator[tuple[int, int]]:
    for place in range(8 if kind == "after" else 6):
        yield (
            (60 + place * 66, 0) if kind == "after" else (60 + place * 88 + (level * place) % 37, (level * place) % 23)
        )
