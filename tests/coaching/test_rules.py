"""Rules of a round: the baseline, the order of the reserve, two people, two logs, one expert, who may."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from demo.steps import chosen, decide_all, noon, scores
from matxich.coaching.actions import (
    cohorts,
    courses,
    ending,
    following,
    logs,
    longlist,
    measuring,
    photos,
    selecting,
    working,
)
from matxich.coaching.actions import people as people_actions
from matxich.coaching.models import Baseline, Certificate, KpiDefinition, KpiReading, Participant, WeeklyLog
from matxich.coaching.queries.evidence import evidence_digest
from matxich.coaching.queries.measures import versions_of
from matxich.files.actions import TooBig
from matxich.files.models import StoredFile
from matxich.files.queries import open_file
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.programmes.actions.moves import BadEntry, NoReason, WrongState
from tests.coaching.world import (
    LISTED,
    ROWS,
    SITE,
    STARTS,
    a_firm,
    an_expert,
    moved,
    photo,
    picture,
    screening,
    session_draft,
    signed_agreement,
)
from tests.conftest import NOW
from tests.programmes.conftest import actors

TODAY = NOW.date()


def fresh(one):
    return Participant.objects.select_related("cohort__agency", "enterprise").get(pk=one.pk)


def test_no_week_one_without_a_locked_baseline(made, people):
    firm = Participant.objects.filter(pk=made.reserve.pk)
    firm.update(state="agreed", agreed_on=TODAY, selected_on=TODAY)
    firm = fresh(made.reserve)
    with pytest.raises(measuring.NoLockedBaseline):
        measuring.begin(participant=firm, by=people.owner, at=NOW, base_version=firm.version)
    baseline = measuring.save_baseline(participant=firm, rows=ROWS, by=people.owner, at=NOW, base_version=0)
    measuring.lock_baseline(baseline=baseline, by=people.owner, at=NOW, base_version=baseline.version)
    firm = fresh(firm)
    begun = measuring.begin(participant=firm, by=people.owner, at=NOW, base_version=firm.version)
    assert (begun.state, begun.locked_on, begun.started_on) == ("running", TODAY, TODAY)


def test_of_two_who_lock_at_once_one_is_told_who_was_first(made, people):
    Participant.objects.filter(pk=made.reserve.pk).update(state="agreed", agreed_on=TODAY, selected_on=TODAY)
    firm = fresh(made.reserve)
    baseline = measuring.save_baseline(participant=firm, rows=ROWS, by=people.owner, at=NOW, base_version=0)
    first, second = (Baseline.objects.get(pk=baseline.pk) for _each in range(2))
    measuring.lock_baseline(baseline=first, by=people.owner, at=NOW, base_version=baseline.version)
    with pytest.raises(measuring.AlreadyLocked, match="Ngô Thị Chủ"):
        measuring.lock_baseline(baseline=second, by=people.colleague, at=NOW, base_version=baseline.version)
    with pytest.raises(measuring.AlreadyLocked):
        measuring.save_baseline(participant=firm, rows=ROWS, by=people.owner, at=NOW, base_version=baseline.version)


def test_a_zero_denominator_is_no_value_and_does_not_lock(made, people):
    Participant.objects.filter(pk=made.reserve.pk).update(state="agreed", agreed_on=TODAY, selected_on=TODAY)
    zero = replace(ROWS[0], denominator=Decimal(0))
    baseline = measuring.save_baseline(
        participant=fresh(made.reserve), rows=[zero], by=people.owner, at=NOW, base_version=0
    )
    reading = KpiReading.objects.get(measured__baseline=baseline)
    assert (reading.value, reading.no_value) == (None, "zero_denominator")
    with pytest.raises(measuring.NothingMeasured):
        measuring.lock_baseline(baseline=baseline, by=people.owner, at=NOW, base_version=baseline.version)


def test_a_definition_in_use_never_changes_and_both_versions_are_shown(made, people):
    firm = fresh(made.running)
    told = {"measured": made.kpi, "moment": "end", "numerator": Decimal(36), "denominator": Decimal(50)}
    with pytest.raises(measuring.UnitChanged):
        measuring.enter_reading(**told, measured_on=TODAY, unit="phút", by=people.owner, at=NOW)
    new = measuring.define_version(
        code="oee", unit="%", better="up", scale=100, decimals=2, note="Tính cả dừng có kế hoạch",
        by=people.owner, at=NOW,
    )  # fmt: skip
    assert (str(new), KpiDefinition.objects.get(code="oee", version=1).decimals) == ("oee@2", 1)
    renewed = measuring.renew_baseline(participant=firm, by=people.owner, at=NOW, reason="Đổi công thức")
    renewed = measuring.save_baseline(
        participant=firm, rows=[replace(ROWS[0], definition="oee@2")], by=people.owner, at=NOW,
        base_version=renewed.version,
    )  # fmt: skip
    measuring.lock_baseline(baseline=renewed, by=people.owner, at=NOW, base_version=renewed.version)
    shown = [(each.baseline.number, each.in_force, str(each.rows[0].measured.definition)) for each in versions_of(firm)]
    assert shown == [(1, False, "oee@1"), (2, True, "oee@2")]


def test_a_sheet_that_says_something_else_of_a_stored_version_is_refused(made, people):
    KpiDefinition.objects.filter(code="lead_time").delete()
    measuring.definition_of("lead_time@1", people.owner, NOW)
    KpiDefinition.objects.filter(code="lead_time").update(formula={"unit": "hour"})
    with pytest.raises(measuring.DefinitionFixed):
        measuring.definition_of("lead_time@1", people.owner, NOW)


def test_the_reserve_comes_up_in_rank_order_when_a_firm_drops_out(made, people):
    with pytest.raises(selecting.QuotaFull):
        selecting.promote(participant=made.reserve, by=people.head, at=NOW, reason="Bổ sung")
    firm = fresh(made.running)
    gone = selecting.drop(
        participant=firm, by=people.owner, at=noon(date(2026, 11, 11)), reason="Mất đơn hàng chính",
        base_version=firm.version,
    )  # fmt: skip
    assert (gone.state, gone.left_week, gone.left_from, gone.started_on) == ("dropped", 5, "running", STARTS)
    assert gone.logs.count() == 2
    second = Participant.objects.create(
        cohort=made.cohort, enterprise=a_firm("Mạ Bốn", people.owner), province_63="31", province_34="31",
        state="reserve",
        rank=4, longlisted_on=LISTED, added_by="x", added_at=NOW,
    )  # fmt: skip
    with pytest.raises(selecting.NotTheNext, match="Khuôn Ba"):
        selecting.promote(participant=second, by=people.head, at=NOW, reason="Bổ sung")
    with pytest.raises(Denied):
        selecting.promote(participant=made.reserve, by=people.owner, at=NOW, reason="Bổ sung")
    made_ = selecting.promote(participant=made.reserve, by=people.head, at=NOW, reason="Bổ sung")
    assert (made_.outcome, fresh(made.reserve).state) == ("promoted", "selected")


def test_passing_over_a_better_firm_takes_a_reason(world, people):
    agreement = signed_agreement(world, people.owner)
    cohort = screening(people.owner, world, agreement, quota=1)
    firms = [
        longlist.add_to_longlist(
            cohort=cohort, enterprise=a_firm(name, people.owner), site=SITE, by=people.owner, at=noon(LISTED)
        )
        for name in ("Một", "Hai")
    ]
    for one, points in zip(firms, (5, 3), strict=True):
        chosen(one, LISTED, people.owner, points)
    cohort = moved(cohort, "select", people.owner, LISTED + timedelta(days=40))
    with pytest.raises(NoReason):
        decide_all(cohort, {firms[0].pk: ("reserve", "")}, people.head, NOW)
    with pytest.raises(NoReason):
        decide_all(cohort, {firms[1].pk: ("not_selected", " ")}, people.head, NOW)
    with pytest.raises(selecting.QuotaFull):
        decide_all(cohort, {}, people.head, NOW)
    with pytest.raises(Stale):
        selecting.decide_selection(cohort=cohort, outcomes={}, reasons={}, by=people.head, at=NOW, digest="cũ")
    decide_all(cohort, {firms[1].pk: ("not_selected", "Chưa sẵn sàng chia sẻ số liệu")}, people.head, NOW)
    assert [(one.state, one.rank) for one in Participant.objects.order_by("pk")] == [
        ("selected", 1),
        ("not_selected", 2),
    ]


def test_screening_does_not_pass_a_no_and_a_province_screens_its_own(world, people):
    cohort = screening(people.owner, world, signed_agreement(world, people.owner))
    firm = longlist.add_to_longlist(
        cohort=cohort, enterprise=a_firm("Một", people.owner), site=SITE, by=people.owner, at=noon(LISTED)
    )
    with pytest.raises(longlist.AlreadyListed):
        longlist.add_to_longlist(cohort=cohort, enterprise=firm.enterprise, site=SITE, by=people.owner, at=NOW)
    told = {"participant": firm, "passed": True, "reason": "", "at": NOW, "base_version": firm.version}
    with pytest.raises(longlist.NotEligible, match="trùng"):
        longlist.screen(**told, answers=yes() | {"standing.overlap": "no"}, by=people.owner)
    with pytest.raises(longlist.NotEligible, match="chưa rõ"):
        longlist.screen(**told, answers={}, by=people.owner)
    with pytest.raises(Denied):
        longlist.screen(**told, answers=yes(), by=people.stranger)
    with pytest.raises(NoReason):
        longlist.screen(**told | {"passed": False}, answers=yes(), by=people.owner)
    assert longlist.screen(**told, answers=yes(), by=people.owner).passed
    with pytest.raises(Stale):
        longlist.screen(**told, answers=yes(), by=people.owner)


def yes():
    from demo.steps import yes_to_all

    return yes_to_all()


def test_whoever_measured_does_not_verify(made, people):
    for kpi, top, below in zip(made.baseline.kpis.order_by("order"), (36, 19), (50, 1000), strict=True):
        measuring.enter_reading(
            measured=kpi, moment="end", numerator=Decimal(top), denominator=Decimal(below), measured_on=TODAY,
            by=people.owner, at=NOW,
        )  # fmt: skip
    firm = fresh(made.running)
    ending.send_measurement(participant=firm, note="", by=people.colleague, at=NOW, base_version=firm.version)
    for refused in (people.owner, people.colleague):
        with pytest.raises(measuring.SamePerson):
            ending.verify_measurement(participant=firm, by=refused, at=NOW)
    firm = fresh(firm)
    ending.return_measurement(participant=firm, by=people.head, at=NOW, reason="Thiếu ca đêm")
    assert (fresh(firm).state, fresh(firm).started_on, fresh(firm).measured_on) == ("running", STARTS, None)
    firm = fresh(firm)
    ending.send_measurement(participant=firm, note="", by=people.colleague, at=NOW, base_version=firm.version)
    ending.verify_measurement(participant=fresh(firm), by=people.head, at=NOW)
    assert fresh(firm).state == "verified"
    assert set(KpiReading.objects.filter(participant=firm, moment="end").values_list("verified_by", flat=True)) == {
        people.head.id
    }


def test_every_indicator_is_measured_before_the_end_is_sent(made, people):
    firm = fresh(made.running)
    with pytest.raises(ending.NotMeasured, match="OEE"):
        ending.send_measurement(participant=firm, note="", by=people.owner, at=NOW, base_version=firm.version)


def test_a_reading_that_is_corrected_stays(made, people):
    for top in (30, 31):
        measuring.enter_reading(
            measured=made.kpi, moment="week", week=2, numerator=Decimal(top), denominator=Decimal(50),
            measured_on=TODAY, by=people.owner, at=NOW,
        )  # fmt: skip
    told = KpiReading.objects.filter(measured=made.kpi, moment="week").order_by("pk")
    assert [(one.numerator, one.replaced_at is None) for one in told] == [(30, False), (31, True)]


def test_two_logs_of_a_week_are_both_kept_and_sent_twice_is_sent_once(made, people):
    first, second = WeeklyLog.objects.order_by("pk")
    assert (first.state, second.state) == ("kept", "conflict")
    again = logs.send_log(
        participant=made.running, week=1, client_id=UUID(int=2), answers={"week.done": "khác"}, expert_hours=Decimal(1),
        written_at=NOW, by=people.owner, at=NOW,
    )  # fmt: skip
    assert (again.pk, again.answers) == (second.pk, {"week.done": "Đo chuyển đổi"})
    used = logs.settle_log(log=second, choice="new", by=people.owner, at=NOW)
    assert used.pk == second.pk
    assert sorted(WeeklyLog.objects.values_list("state", flat=True)) == ["kept", "set_aside"]
    with pytest.raises(logs.AlreadySettled):
        logs.settle_log(log=second, choice="old", by=people.owner, at=NOW)


def test_an_expert_is_not_in_two_firms_at_once(made, people):
    Participant.objects.filter(pk=made.reserve.pk).update(state="selected", selected_on=TODAY)
    draft = session_draft(made.expert, date(2026, 11, 24), 11, 14)
    with pytest.raises(working.ExpertBusy, match="Cơ khí Một"):
        working.save_session(cohort=made.cohort, participant=fresh(made.reserve), draft=draft, by=people.owner, at=NOW)
    later = session_draft(made.expert, date(2026, 11, 24), 12, 14)
    working.save_session(cohort=made.cohort, participant=fresh(made.reserve), draft=later, by=people.owner, at=NOW)
    outside = replace(later, week=3)
    with pytest.raises(BadEntry, match="không nằm trong tuần"):
        working.save_session(
            cohort=made.cohort, participant=fresh(made.reserve), draft=outside, by=people.owner, at=NOW
        )


def test_a_session_that_was_held_gives_its_expert_a_day(made, people):
    session, after = made.session, noon(date(2026, 11, 25))
    with pytest.raises(BadEntry):
        working.hold_session(session=session, attendance={}, by=people.owner, at=NOW, base_version=session.version)
    working.hold_session(
        session=session, attendance={made.running.pk: 7}, by=people.owner, at=after, base_version=session.version
    )
    day = made.expert.days.get()
    assert (day.hours, day.on, day.paid, session.attendance.get().people) == (4, date(2026, 11, 24), True, 7)


@pytest.mark.parametrize(
    ("taken", "typed", "on"), [("2026:10:05 09:00:00", None, date(2026, 10, 5)), ("", STARTS, STARTS)]
)
def test_a_photo_has_a_day(made, people, taken, typed, on):
    kept = photos.add_photo(
        participant=made.running, upload=photos.Upload(picture(taken), "a.jpg"), kind="after", taken_on=typed,
        by=people.owner, at=NOW,
    )  # fmt: skip
    assert (kept.taken_on, kept.day_typed) == (on, not taken)


def test_a_photo_without_a_day_or_too_big_leaves_nothing(made, people, settings):
    before = made.running.photos.count()
    with pytest.raises(photos.NoDate):
        photo(made.running, people.owner, taken_on=None)
    settings.MAX_ATTACHMENT_BYTES = 100
    with pytest.raises(TooBig):
        photo(made.running, people.owner)
    assert made.running.photos.count() == before


def test_where_a_photo_was_taken_is_for_officials_in_charge(made, people):
    from PIL import Image

    kept = photos.add_photo(
        participant=made.running, upload=photos.Upload(picture("2026:10:05 09:00:00", located=True), "a.jpg"),
        kind="after", by=people.owner, at=NOW,
    )  # fmt: skip
    assert kept.had_location
    for stored, located in ((kept.file, True), (kept.shown, False)):
        with open_file(StoredFile.objects.get(pk=stored.pk)) as file, Image.open(file) as drawn:
            assert bool(drawn.getexif().get_ifd(0x8825)) is located


def test_surveys_follow_one_policy(made, people):
    due = {one.moment: one.due_on for one in made.closed.follow_ups.all()}
    assert due == {
        "end": date(2026, 11, 18), "m6": date(2027, 5, 18), "m12": date(2027, 11, 18), "m24": date(2028, 11, 18),
    }  # fmt: skip
    link = following.send_follow_up(follow_up=made.follow_up, by=people.owner, at=NOW, email="firm@matxich.test")
    again = following.send_follow_up(follow_up=made.follow_up, by=people.owner, at=NOW, email="firm@matxich.test")
    link.refresh_from_db()
    assert (link.replaced_at, again.replaced_at, made.follow_up.reminders) == (NOW, None, 1)
    assert following.ask_due(by=system_actor(), at=noon(date(2027, 8, 20))) == 2
    states = dict(made.closed.follow_ups.values_list("moment", "state"))
    assert states == {"end": "unanswered", "m6": "unanswered", "m12": "waiting", "m24": "waiting"}


def test_figures_are_verified_by_another_and_never_above_what_was_said(made, people):
    follow_up = following.answer(
        follow_up=made.follow_up, answers={"market.new_sales": 5_000}, by=people.owner, at=NOW, base_version=1
    )
    told = {"follow_up": follow_up, "at": NOW, "base_version": follow_up.version}
    with pytest.raises(measuring.SamePerson):
        following.verify_figures(**told, figures={"market.new_sales": 1}, by=people.owner)
    with pytest.raises(BadEntry):
        following.verify_figures(**told, figures={"market.new_sales": 5_001}, by=people.colleague)
    done = following.verify_figures(**told, figures={"market.new_sales": 4_000}, by=people.colleague)
    assert (done.answers, done.verified) == ({"market.new_sales": 5_000}, {"market.new_sales": 4_000})


def test_a_course_asks_for_attendance_and_a_certificate_is_given_once(made, people):
    with pytest.raises(WrongState):
        courses.certify(enrolment=made.enrolment, number="02/CN", issued_on=TODAY, by=people.owner, at=NOW)
    person = people_actions.nominate(
        agency=made.course.agency, draft=people_actions.Draft(name="Vắng Nhiều"), by=people.owner, at=NOW
    )
    with pytest.raises(courses.NotInterviewed):
        courses.enrol(course=made.course, person=person, by=people.owner, at=NOW)
    person = people_actions.interview_person(
        person=person, answers=scores("person_interview", 3), on=TODAY, by=people.owner, at=NOW, base_version=1
    )
    late = courses.enrol(course=made.course, person=person, by=people.owner, at=NOW)
    with pytest.raises(courses.TooLittleAttendance):
        courses.assess_enrolment(enrolment=late, passed=True, score=90, reason="", by=people.owner, at=NOW)
    with pytest.raises(NoReason):
        courses.assess_enrolment(enrolment=late, passed=False, score=10, reason="", by=people.owner, at=NOW)
    courses.revoke(certificate=made.certificate, by=people.owner, at=NOW, reason="Cấp nhầm")
    assert Certificate.objects.get().revoked_on == TODAY


def test_only_what_is_shown_is_signed(made, people, world):
    """A side signs for itself alone, and only while what it saw is what is there."""
    with pytest.raises(Denied):
        ending.sign_evidence(
            participant=made.closed, side="firm", digest=evidence_digest(made.closed), by=people.owner, at=NOW
        )
    working.assign_expert(
        participant=made.closed, expert=made.expert, is_lead=True, since=STARTS, by=people.owner, at=NOW
    )
    made.expert.user = world.viewer
    made.expert.save()
    world.viewer.memberships.update(role="expert")
    adviser = actors(world).viewer
    with pytest.raises(Stale):
        ending.sign_evidence(participant=made.closed, side="adviser", digest="cũ", by=adviser, at=NOW)
    told = {"participant": made.closed, "side": "adviser", "digest": evidence_digest(made.closed), "by": adviser}
    assert ending.sign_evidence(**told, at=NOW).pk == ending.sign_evidence(**told, at=NOW).pk


def test_a_round_does_not_close_over_firms_in_their_weeks(made, people):
    with pytest.raises(cohorts.FirmsInside, match="Cơ khí Một"):
        moved(made.cohort, "finish", people.owner, TODAY)
    with pytest.raises(WrongState):
        cohorts.cancel_cohort(cohort=made.cohort, by=people.head, at=NOW, reason="x", base_version=made.cohort.version)


def test_what_names_people_is_not_in_the_history_in_the_clear(made, people):
    told = str(list(Entry.objects.filter(object_kind__in=["participant", "coaching_person"]).values("before", "after")))
    assert "Nguyễn Thợ" not in told
    assert "kim@matxich.test" not in told


def test_the_pool_takes_a_foreign_expert_by_interview_and_others_by_certificate(made, people, world):
    assert an_expert(world, people.owner, "Lee Mẫu").state == "pool"
    trainee = made.enrolment.person
    trainee.refresh_from_db()
    assert people_actions.move_person(
        person=trainee, event="join", by=people.owner, at=NOW, base_version=trainee.version
    ).state == "pool"  # fmt: skip
