"""Late approval as officials meet it: on a call, on a plan, on the day's desk; what the law's askers hear."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from matxich.desk.queries import day_of
from matxich.policy.queries.funding import with_funding
from matxich.programmes.actions import calls, plans
from matxich.programmes.models import CallDate
from matxich.programmes.queries.due import at_work
from matxich.programmes.queries.schedules import plans_to_time, tight_ones, timing_of
from matxich.programmes.timing import day_of_law, law_durations, steps
from matxich.rulebook.law.answering import Case, answers
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.truth import Truth
from tests.conftest import NOW
from tests.programmes.conftest import TODAY, approved_plan, call_draft, item, line_of, published, running

pytestmark = pytest.mark.django_db


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001 - made aware here


@pytest.fixture
def ready(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    return approved_plan(programme, line, people), line


def timed(plan, call, today):  # type: ignore[no-untyped-def]
    return timing_of(plans_to_time().get(pk=plan.pk), call, today)


def test_a_call_on_time_leaves_the_firm_its_days(ready, people):
    """Approved 10/02, allotted 20/01, called 02/03 to 30/03: contract by 25/05, well before 13/07."""
    plan, line = ready
    call = published(
        plan,
        line,
        people,
        at=noon(date(2026, 3, 2)),
        opens_at=noon(date(2026, 3, 2)),
        closes_at=noon(date(2026, 3, 30)),
    )
    found = timed(plan, call, date(2026, 3, 10))
    assert (found.is_tight, found.squeezed_by, found.missing_years) == (False, "", ())
    assert {line.code: line.done for line in found.lines if line.done} == {
        "plan_approved": date(2026, 2, 10), "money_allotted": date(2026, 1, 20), "published": date(2026, 3, 2),
    }  # fmt: skip
    assert next(line.latest for line in found.lines if line.code == "contracted") == date(2026, 7, 13)


def test_a_late_decision_squeezes_the_firm_and_is_named(ready, people):
    plan, line = ready
    call = published(
        plan,
        line,
        people,
        at=noon(date(2026, 3, 2)),
        opens_at=noon(date(2026, 3, 2)),
        closes_at=noon(date(2026, 3, 30)),
    )
    calls.record_step(call=call, step="checked", on=date(2026, 4, 14), by=people.owner, at=NOW)
    calls.record_step(call=call, step="appraised", on=date(2026, 5, 12), by=people.owner, at=NOW)
    calls.record_step(call=call, step="decided", on=date(2026, 8, 14), by=people.owner, at=NOW)
    call.refresh_from_db()
    found = timed(plan, call, date(2026, 8, 17))
    assert (found.squeezed_by, found.is_tight) == ("Quyết định phê duyệt đề án", True)
    state = {line.code: line.state for line in found.lines}
    assert (state["appraised"], state["decided"], state["contracted"]) == ("done", "late_done", "late")
    # Contract on 27/08 (Saturday 22/08 is worked); then 28/08, 20 days of September, 22 of October, 13 to 18/11.
    assert found.firm_days == 1 + 20 + 22 + 13
    assert [one.call for one in tight_ones(plans_to_time(), date(2026, 8, 17))] == [call]


def test_a_plan_without_a_call_counts_too_and_a_closed_year_does_not(ready, people):
    plan, _line = ready
    today = date(2026, 10, 1)
    (one,) = tight_ones(plans_to_time(), today)
    assert (one.plan, one.call, one.timing.firm_days) == (plan, None, 0)
    assert tight_ones(plans_to_time(), date(2027, 1, 4)) == []
    plans.close_plan(plan=plan, by=people.head, at=NOW, base_version=plan.version)
    assert tight_ones(plans_to_time(), today) == []


def test_terms_of_the_law_count_as_the_law_has_them():
    assert law_durations(2026) == {"settled": 15}
    assert law_durations(2013) == {}  # before circular 36/2013
    legal = {each.id: each for each in steps().dates}
    assert day_of_law(legal["unit_by"], 2027) == date(2026, 5, 20)
    assert day_of_law(legal["unit_by"], 2014) is None
    assert day_of_law(legal["council_date"], 2027) is None


def test_the_desk_puts_it_before_those_who_run_it(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    CallDate.objects.create(call=call, step="checked", on=TODAY + timedelta(days=10))
    CallDate.objects.create(call=call, step="appraised", on=TODAY + timedelta(days=60))
    titles = [(work.title, work.due) for work in day_of(people.owner, NOW).works if work.room == "Chương trình"]
    assert titles == [
        ("Kiểm tra xong hồ sơ", TODAY + timedelta(days=10)), ("Hết hạn nhận hồ sơ", TODAY + timedelta(days=15)),
        ("Đơn vị sắp thiếu thời gian thực hiện", None),
    ]  # fmt: skip
    for nobody in (people.stranger, people.viewer, people.finance, people.firm):
        assert [work for work in day_of(nobody, NOW).works if work.room == "Chương trình"] == []


def test_a_plan_waits_for_those_who_may_approve_it(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.head, at=NOW)
    plan = plans.save_plan(plan=plan, items=[item(line)], note="", durations={}, by=people.head, at=NOW, base_version=1)
    plans.submit_plan(plan=plan, by=people.head, at=NOW, base_version=2)
    assert [found.pk for found in at_work(people.leader, NOW).to_approve] == [plan.pk]
    assert at_work(people.head, NOW).to_approve == [] and at_work(people.owner, NOW).to_approve == []


# What the law's askers hear


def funding(case: Case, support: str):  # type: ignore[no-untyped-def]
    from matxich.policy.law import law

    found = with_funding(answers(law(), case), case)
    return next(each.funding for each in found if each.support.id == support)


def test_an_open_call_is_what_pays(ready, people):
    plan, line = ready
    case = Case({}, TODAY, budget="province:31")
    assert funding(case, "KC-12").truth is Truth.UNKNOWN
    published(plan, line, people, supports=("KC-12",))
    told = funding(case, "KC-12")
    assert told.truth is Truth.YES
    assert told.words.vi == "Đợt “Máy móc tiên tiến” (Khuyến công Hải Phòng) nhận hồ sơ trước 10:00:00 ngày 05/12/2026"
    assert told.words.en == "Call “Advanced machinery” takes proposals before 10:00:00 on 05/12/2026"
    other = funding(case, "KC-10")
    assert (other.truth, "chưa có đợt nhận hồ sơ nào mở" in other.words.vi) == (Truth.UNKNOWN, True)


@pytest.mark.parametrize(
    ("day", "truth"),
    [
        (TODAY - timedelta(days=6), Truth.UNKNOWN), (TODAY - timedelta(days=5), Truth.YES),
        (TODAY + timedelta(days=15), Truth.YES), (TODAY + timedelta(days=16), Truth.UNKNOWN),
    ],
)  # fmt: skip
def test_the_day_asked_decides_never_today(ready, people, day, truth):
    plan, line = ready
    published(plan, line, people)
    assert funding(Case({}, day, budget="province:31"), "KC-12").truth is truth


def test_money_of_another_province_pays_nobody_here(ready, people):
    plan, line = ready
    published(plan, line, people)
    there = Case({"site_province": Known("75", "x")}, TODAY, budget="province:75")
    assert "Máy móc tiên tiến" not in funding(there, "KC-12").words.vi
    here = Case({"site_province": Known("31", "x")}, TODAY)
    assert "Máy móc tiên tiến" in funding(here, "KC-12").words.vi


def test_a_known_national_programme_is_never_made_unknown(ready, people):
    case = Case({"site_province": Known("31", "x")}, TODAY)
    told = funding(case, "KC-12")
    assert (told.truth, told.words.en) == (Truth.YES, "National industrial promotion 2026–2030")


def test_a_cancelled_call_pays_nothing(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    calls.cancel_call(call=call, by=people.head, at=NOW, reason="x", base_version=2)
    assert funding(Case({}, TODAY, budget="province:31"), "KC-12").truth is Truth.UNKNOWN


def test_drafts_are_nobodys_money(ready, people):
    plan, line = ready
    calls.create_call(plan=plan, draft=call_draft(line), by=people.owner, at=NOW)
    assert funding(Case({}, TODAY, budget="province:31"), "KC-12").truth is Truth.UNKNOWN


def test_deadlines_are_told_in_the_largest_unit_that_still_tells():
    from matxich.programmes.queries.showing import deadline_text, left_text

    with translation.override("vi"):
        until = datetime(2026, 12, 20, 10, tzinfo=NOW.tzinfo)
        assert deadline_text(until) == "trước 17:00:00 ngày 20/12/2026"
        told = [left_text(until, until - timedelta(seconds=left)) for left in (172_800, 172_799, 3_600, 3_599, 1, 0)]
        assert told == ["còn 2 ngày", "còn 47 giờ", "còn 1 giờ", "còn 59 phút", "còn 1 phút", "đã hết hạn"]
