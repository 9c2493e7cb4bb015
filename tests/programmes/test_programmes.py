"""Programmes, plans and calls: who may, when, and what is refused; one person proposes, another decides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.programmes.actions import calls, money, plans
from matxich.programmes.actions import programmes as actions
from matxich.programmes.actions.cloning import clone_programme
from matxich.programmes.actions.moves import BadEntry, NoReason, WrongState
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call, Lesson, Programme, YearPlan
from matxich.programmes.permissions import may_create_for, may_open_money, may_open_programme, may_see_call
from matxich.programmes.queries.calls import call_of, open_calls, visible_calls
from matxich.programmes.states import CallPhase
from tests.conftest import NOW
from tests.programmes.conftest import (
    MILLION,
    TODAY,
    approved_plan,
    call_draft,
    committed,
    draft,
    item,
    line_of,
    published,
    running,
    signed,
)

pytestmark = pytest.mark.django_db


def created(world, people, **changes):
    return actions.create_programme(draft=draft(**changes), agency=world.agency, by=people.owner, at=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "mã"}, "code"), ({"code": "A"}, "code"), ({"kind": "khac"}, "kind"),
        ({"kind": "kc_national"}, "place"), ({"place": ""}, "place"), ({"ends": date(2026, 1, 1)}, "ends"),
        ({"name": " "}, "name"),
    ],
)  # fmt: skip
def test_a_programme_that_cannot_be(world, changes, field):
    with pytest.raises(BadEntry) as refused:
        actions.create_programme(draft=draft(**changes), agency=world.agency, by=system_actor(), at=NOW)
    assert refused.value.field == field
    assert Programme.objects.count() == 0


def test_a_code_stands_once(world, people):
    created(world, people)
    with pytest.raises(actions.CodeTaken):
        created(world, people, code="kcdp-hp")


def test_who_begins_a_programme(world, people):
    """Officers and heads of the agency, within their own territory."""
    for allowed in (people.owner, people.colleague, people.head):
        assert may_create_for(allowed, world.agency, "31")
    for refused in (people.finance, people.leader, people.viewer, people.firm, people.stranger, people.ministry):
        assert not may_create_for(refused, world.agency, "31")
    assert not may_create_for(people.owner, world.agency, "75")
    assert not may_create_for(people.owner, world.agency, "")
    assert not may_create_for(people.owner, world.other_agency, "31")


def test_a_successor_runs_what_its_predecessor_began(world, people):
    """Hải Dương's department became part of Hải Phòng's: its programmes are run by whoever answers for them."""
    from matxich.accounts.models import Agency, AgencySuccession

    old = Agency.objects.create(kind="provincial_department", name="Sở Công Thương Hải Dương", place="30")
    programme = Programme.objects.create(
        code="KC-HD", name="x", kind="kc_local", agency=old, place="31", starts=date(2024, 1, 1),
        ends=date(2027, 1, 1), created_by="x", created_at=NOW,
    )  # fmt: skip
    told = {"programme": programme, "kind": "worked", "title": "x", "text": "", "at": NOW}
    with pytest.raises(Denied):
        actions.add_lesson(by=people.owner, **told)
    AgencySuccession.objects.create(predecessor=old, successor=world.agency, on=date(2025, 7, 1))
    assert actions.add_lesson(by=people.owner, **told).title == "x"
    with pytest.raises(Denied):
        actions.add_lesson(by=people.stranger, **told)


def test_starting_needs_a_paper_and_a_head(world, people):
    made = created(world, people, legal_act="")
    with pytest.raises(BadEntry) as refused:
        actions.start_programme(programme=made, by=people.head, at=NOW, base_version=made.version)
    assert refused.value.field == "legal_act"
    made = actions.change_programme(programme=made, draft=draft(), by=people.owner, at=NOW, base_version=made.version)
    for refused in (people.owner, people.finance, people.stranger):
        with pytest.raises(Denied):
            actions.start_programme(programme=made, by=refused, at=NOW, base_version=made.version)
    assert actions.start_programme(programme=made, by=people.leader, at=NOW, base_version=2).state == "running"


def test_a_page_opened_earlier_is_refused(world, people):
    made = created(world, people)
    actions.change_programme(programme=made, draft=draft(name="Mới"), by=people.owner, at=NOW, base_version=1)
    with pytest.raises(Stale):
        actions.change_programme(programme=made, draft=draft(), by=people.colleague, at=NOW, base_version=1)
    entry = Entry.objects.get(action="programme.change")
    assert (entry.before, entry.after) == ({"name": "Khuyến công Hải Phòng"}, {"name": "Mới"})


def test_kind_and_place_stay(world, people):
    made = created(world, people)
    with pytest.raises(BadEntry):
        actions.change_programme(programme=made, draft=draft(kind="cnht_city"), by=people.owner, at=NOW, base_version=1)


def test_cancelled_only_while_nothing_is_promised(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    with pytest.raises(NoReason):
        actions.cancel_programme(programme=programme, by=people.head, at=NOW, reason=" ", base_version=2)
    commitment = committed(line, people)
    with pytest.raises(actions.MoneyCommitted):
        actions.cancel_programme(programme=programme, by=people.head, at=NOW, reason="x", base_version=2)
    money.release(commitment=commitment, amount=300 * MILLION, reason="x", by=people.finance, at=NOW)
    done = actions.cancel_programme(programme=programme, by=people.head, at=NOW, reason="x", base_version=2)
    assert done.state == "cancelled"
    with pytest.raises(WrongState):
        actions.close_programme(programme=done, by=people.head, at=NOW, reason="x", base_version=3)


@pytest.mark.parametrize(
    ("source", "layer", "fits"),
    [
        ("kc_local", "province:31", True), ("kc_local", "programme:KCDP-HP", True), ("kc_local", "province:75", False),
        ("kc_local", "national", False), ("kc_national", "national", True), ("kc_national", "province:31", False),
        ("city_cnht", "province:31", True), ("khac", "national", False), ("kc_national", "programme:có dấu", False),
    ],
)  # fmt: skip
def test_whose_figures_hold_follows_from_whose_money(world, people, source, layer, fits):
    told = {"programme": running(world, people), "year": 2026, "source": source, "layer": layer, "name": "x"}
    if fits:
        assert actions.open_line(**told, by=people.owner, at=NOW).layer == layer
    else:
        with pytest.raises(BadEntry):
            actions.open_line(**told, by=people.owner, at=NOW)


def test_a_sponsor_is_named_and_its_money_is_not_the_states(world, people):
    told = {"programme": running(world, people), "year": 2026, "source": "sponsor", "name": "Tài trợ"}
    with pytest.raises(BadEntry) as refused:
        actions.open_line(**told, layer="other", by=people.owner, at=NOW)
    assert refused.value.field == "sponsor"
    with pytest.raises(BadEntry):
        actions.open_line(**told, layer="national", sponsor=world.other_agency, by=people.owner, at=NOW)
    line = actions.open_line(**told, layer="other", sponsor=world.other_agency, by=people.owner, at=NOW)
    assert may_open_money(people.stranger, line)
    assert not may_open_money(people.firm, line)
    with pytest.raises(actions.LineThere):
        actions.open_line(**told, layer="other", sponsor=world.other_agency, by=people.owner, at=NOW)
    with pytest.raises(BadEntry):
        actions.open_line(**(told | {"year": 2032}), layer="other", sponsor=world.other_agency, by=people.owner, at=NOW)


def test_who_reads_programmes_and_their_movements(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    for reader in (people.owner, people.stranger, people.ministry, people.viewer):
        assert may_open_programme(reader, programme)
    assert not may_open_programme(people.firm, programme)
    assert [name for name in people.__dataclass_fields__ if may_open_money(getattr(people, name), line)] == [
        "owner", "colleague", "head", "leader", "finance", "ministry", "administrator",
    ]  # fmt: skip


# Plans


def test_one_person_submits_another_approves(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.head, at=NOW)
    with pytest.raises(plans.EmptyPlan):
        plans.submit_plan(plan=plan, by=people.head, at=NOW, base_version=1)
    plan = plans.save_plan(plan=plan, items=[item(line)], note="", durations={}, by=people.head, at=NOW, base_version=1)
    plan = plans.submit_plan(plan=plan, by=people.head, at=NOW, base_version=plan.version)
    told = {"plan": plan, "decision_no": "20/QĐ", "decided_on": TODAY, "at": NOW, "base_version": plan.version}
    for refused in (people.head, people.owner, people.finance, people.stranger, people.ministry):
        with pytest.raises(Denied):
            plans.approve_plan(by=refused, **told)
    with pytest.raises(BadEntry):
        plans.approve_plan(by=people.leader, **(told | {"decided_on": TODAY + timedelta(days=1)}))
    with pytest.raises(BadEntry):
        plans.approve_plan(by=people.leader, **(told | {"decision_no": " "}))
    plan = plans.approve_plan(by=people.leader, **told)
    assert (plan.state, plan.approved_by, plan.submitted_by) == ("approved", people.leader.id, people.head.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearPlan.objects.filter(pk=plan.pk).update(approved_by=people.head.id)


def test_the_agency_above_may_approve(world, people):
    """A leader of the agency the department belongs to, over the place."""
    from matxich.accounts.models import Agency, Membership, User
    from matxich.accounts.queries import person

    above = Agency.objects.create(kind="provincial_committee", name="UBND thành phố", place="31")
    world.agency.parent = above
    world.agency.save()
    user = User.objects.create(email="uy@matxich.test", name="Phó Chủ Tịch", created_at=NOW, is_demo=True)
    Membership.objects.create(user=user, agency=above, role="leader", scope="31", valid_from=date(2025, 7, 1))
    programme = running(world, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    plan = plans.save_plan(
        plan=plan, items=[item(line_of(programme, people))], note="", durations={}, by=people.owner, at=NOW,
        base_version=1,
    )  # fmt: skip
    plan = plans.submit_plan(plan=plan, by=people.owner, at=NOW, base_version=2)
    done = plans.approve_plan(
        plan=plan, decision_no="1", decided_on=TODAY, by=person(user, TODAY), at=NOW, base_version=3
    )
    assert done.approved_by == f"user:{user.pk}"


def test_returned_mended_adjusted_closed(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    told = {"plan": plan, "at": NOW}
    plans.save_plan(items=[item(line)], note="", durations={}, by=people.owner, base_version=1, **told)
    plans.submit_plan(by=people.owner, base_version=2, **told)
    with pytest.raises(WrongState):
        plans.save_plan(items=[], note="", durations={}, by=people.owner, base_version=3, **told)
    with pytest.raises(NoReason):
        plans.return_plan(by=people.head, reason="", base_version=3, **told)
    back = plans.return_plan(by=people.head, reason="Thiếu dòng đào tạo", base_version=3, **told)
    assert (back.state, back.returned_reason) == ("returned", "Thiếu dòng đào tạo")
    plans.submit_plan(by=people.owner, base_version=4, **told)
    plans.approve_plan(by=people.head, decision_no="20/QĐ", decided_on=TODAY, base_version=5, **told)
    again = plans.reopen_plan(by=people.leader, reason="Điều chỉnh", base_version=6, **told)
    assert again.state == "returned"
    plans.submit_plan(by=people.owner, base_version=7, **told)
    done = plans.approve_plan(by=people.head, decision_no="31/QĐ", decided_on=TODAY, base_version=8, **told)
    assert done.decision_no == "31/QĐ"
    assert Entry.objects.get(action="year_plan.reopen").before["decision_no"] == "20/QĐ"
    call = calls.create_call(plan=done, draft=call_draft(line), by=people.owner, at=NOW)
    with pytest.raises(plans.CallsOpen):
        plans.close_plan(by=people.head, base_version=9, **told)
    calls.cancel_call(call=call, by=people.owner, at=NOW, reason="x", base_version=1)
    assert plans.close_plan(by=people.head, base_version=9, **told).state == "closed"


@pytest.mark.parametrize(
    "changes",
    [{"content_group": "CNHT-2"}, {"line": 999}, {"quantity": Decimal(0)}, {"amount": -1}, {"amount": 10**15 + 1},
     {"unit": " "}, {"quantity": Decimal(10**12)}],
)  # fmt: skip
def test_a_row_that_cannot_be(world, people, changes):
    programme = running(world, people)
    line = line_of(programme, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    with pytest.raises(BadEntry) as refused:
        plans.save_plan(
            plan=plan, items=[item(line), replace(item(line), **changes)], note="", durations={}, by=people.owner,
            at=NOW, base_version=1,
        )  # fmt: skip
    assert refused.value.field == "items-2"
    assert plan.items.count() == 0


def test_durations_kept_are_those_that_differ(world, people):
    programme = running(world, people)
    plan = plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    told = {"plan": plan, "items": [], "note": "", "by": people.owner, "at": NOW}
    saved = plans.save_plan(durations={"checked": 10, "appraised": 20}, base_version=1, **told)
    assert saved.durations == {"appraised": 20}
    with pytest.raises(BadEntry):
        plans.save_plan(durations={"appraised": 401}, base_version=2, **told)
    with pytest.raises(plans.PlanThere) as refused:
        plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    assert refused.value.existing == plan


# Calls


@pytest.fixture
def ready(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    return approved_plan(programme, line, people), line


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (datetime(2026, 12, 1, 0, 59, 59, tzinfo=UTC), CallPhase.COMING),
        (datetime(2026, 12, 1, 1, 0, 0, tzinfo=UTC), CallPhase.OPEN),
        (datetime(2026, 12, 20, 9, 59, 59, 999_999, tzinfo=UTC), CallPhase.OPEN),
        (datetime(2026, 12, 20, 10, 0, 0, tzinfo=UTC), CallPhase.PAST),
    ],
)  # fmt: skip
def test_open_to_the_second(ready, people, at, phase):
    """From 08:00:00 on 01/12 until before 17:00:00 on 20/12, Vietnam time."""
    plan, line = ready
    opens, closes = datetime(2026, 12, 1, 1, tzinfo=UTC), datetime(2026, 12, 20, 10, tzinfo=UTC)
    call = published(plan, line, people, opens_at=opens, closes_at=closes)
    assert (call.phase(at), call.is_open(at)) == (phase, phase is CallPhase.OPEN)
    assert open_calls(at) == ([call] if phase is CallPhase.OPEN else [])


def test_what_keeps_a_call_from_the_public(world, people):
    programme = created(world, people)
    line = line_of(programme, people, millions=0)
    plan = plans.create_plan(programme=programme, year=2026, by=people.owner, at=NOW)
    call = calls.create_call(
        plan=plan, draft=call_draft(line, opens_at=None, closes_at=None, content_groups=(), lines=(), instructions=""),
        by=people.owner, at=NOW,
    )  # fmt: skip
    with pytest.raises(calls.NotReady) as refused:
        calls.publish_call(call=call, by=people.head, at=NOW, base_version=1)
    assert set(refused.value.faults) == {
        "programme", "plan", "content_groups", "funding_lines", "opens_at", "closes_at", "instructions",
    }  # fmt: skip
    call = calls.save_call(
        call=call, draft=call_draft(line, closes_at=NOW - timedelta(seconds=1)), by=people.owner, at=NOW, base_version=1
    )
    with pytest.raises(calls.NotReady) as refused:
        calls.publish_call(call=call, by=people.head, at=NOW, base_version=2)
    assert set(refused.value.faults) == {"programme", "plan", "closes_at"}


def test_a_head_publishes_and_what_was_published_stands(ready, people):
    plan, line = ready
    call = calls.create_call(plan=plan, draft=call_draft(line), by=people.owner, at=NOW)
    assert not may_see_call(people.firm, call) and may_see_call(people.stranger, call)
    assert list(visible_calls(people.firm)) == [] and list(visible_calls(people.owner)) == [call]
    for refused in (people.owner, people.finance, people.stranger):
        with pytest.raises(Denied):
            calls.publish_call(call=call, by=refused, at=NOW, base_version=1)
    call = calls.publish_call(call=call, by=people.head, at=NOW, base_version=1)
    assert may_see_call(people.firm, call) and call_of("KCDP-HP-1") == call
    with pytest.raises(WrongState):
        calls.save_call(call=call, draft=call_draft(line, title="Khác"), by=people.owner, at=NOW, base_version=2)
    with pytest.raises(WrongState):
        calls.publish_call(call=call, by=people.head, at=NOW, base_version=2)


def test_a_deadline_only_moves_later_and_says_so(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    first = call.closes_at
    told = {"call": call, "by": people.head, "at": NOW, "reason": "Mưa bão"}
    for earlier in (first, first - timedelta(days=1)):
        with pytest.raises(BadEntry):
            calls.extend_call(closes_at=earlier, base_version=2, **told)
    call = calls.extend_call(closes_at=first + timedelta(days=7), base_version=2, **told)
    again = calls.extend_call(closes_at=first + timedelta(days=9), base_version=3, **(told | {"reason": "Nữa"}))
    assert (again.first_closes_at, again.closes_at, again.state_reason) == (first, first + timedelta(days=9), "Nữa")
    with pytest.raises(BadEntry):
        calls.close_call(call=again, by=people.head, at=NOW, base_version=4)
    done = calls.close_call(call=again, by=people.head, at=NOW + timedelta(days=60), base_version=4)
    assert done.phase(NOW) is CallPhase.DONE
    with pytest.raises(WrongState):
        calls.extend_call(closes_at=first + timedelta(days=99), base_version=5, **told)


def test_a_cancelled_call_stays_public_with_its_reason(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    with pytest.raises(Denied):
        calls.cancel_call(call=call, by=people.owner, at=NOW, reason="x", base_version=2)
    call = calls.cancel_call(call=call, by=people.head, at=NOW, reason="Hết kinh phí", base_version=2)
    assert (call.phase(NOW), may_see_call(people.firm, call).allowed) == (CallPhase.CANCELLED, True)
    assert open_calls(NOW) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "có dấu"}, "code"), ({"content_groups": ("CNHT-1",)}, "content_groups"),
        ({"supports": ("CN-33",)}, "supports"),
        ({"lines": (999,)}, "lines"), ({"route": "khac"}, "route"), ({"max_amount": 0}, "max_amount"),
        ({"max_amount": 10**15 + 1}, "max_amount"), ({"closes_at": NOW - timedelta(days=9)}, "closes_at"),
        ({"title": " "}, "title"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be(ready, people, changes, field):
    plan, line = ready
    with pytest.raises(BadEntry) as refused:
        calls.create_call(plan=plan, draft=call_draft(line, **changes), by=people.owner, at=NOW)
    assert refused.value.field == field
    assert Call.objects.count() == 0


def test_supports_are_those_named_or_all_of_the_groups(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    assert supports_of_call(call) == ("KC-10", "KC-11", "KC-12", "KC-13")
    named = published(plan, line, people, code="KCDP-HP-2", supports=("KC-12",))
    assert supports_of_call(named) == ("KC-12",)
    assert open_calls(NOW, support="KC-10") == [call] and set(open_calls(NOW, support="KC-12")) == {call, named}
    with pytest.raises(actions.CodeTaken):
        published(plan, line, people)


def test_days_of_the_law_are_filled_in_and_unseen_ones_stay_empty(world, people):
    """KC-31 and KC-46 for the national programme of 2027; CN-64 for supporting industries was not seen."""
    ministry = people.ministry
    agency = world.ministry.memberships.get().agency
    programme = actions.create_programme(
        draft=draft(code="KCQG", kind="kc_national", place=""), agency=agency, by=ministry, at=NOW
    )
    line = actions.open_line(
        programme=programme, year=2027, source="kc_national", layer="national", name="x", by=ministry, at=NOW
    )
    plan = plans.create_plan(programme=programme, year=2027, by=ministry, at=NOW)
    call = calls.create_call(plan=plan, draft=call_draft(line), by=ministry, at=NOW)
    assert [(each.step, each.on, each.source) for each in call.dates.all()] == [
        ("unit_by", date(2026, 5, 20), "KC-31 unit_by"), ("department_by", date(2026, 6, 15), "KC-31 department_by"),
        ("close_by", date(2028, 1, 22), "KC-46 close_by"),
    ]  # fmt: skip
    city = running(world, people, code="CNHT-HP", kind="cnht_city")
    own = actions.open_line(
        programme=city, year=2026, source="city_cnht", layer="province:31", name="x", by=people.owner, at=NOW
    )
    plan = plans.create_plan(programme=city, year=2026, by=people.owner, at=NOW)
    call = calls.create_call(
        plan=plan, draft=call_draft(own, code="CNHT-HP-1", content_groups=("CNHT-2",)), by=people.owner, at=NOW
    )
    assert [(each.step, each.on, each.source) for each in call.dates.all()] == [("council_date", None, "CN-64")]


def test_the_calendar_keeps_what_was_done(ready, people):
    plan, line = ready
    call = published(plan, line, people)
    calls.record_step(call=call, step="checked", on=TODAY, by=people.owner, at=NOW)
    rows = [
        calls.Dated(step="appraised", on=None, source="Chờ kế hoạch"),
        calls.Dated(step="other", label="Tập huấn", on=TODAY),
    ]
    call = calls.set_dates(call=call, dates=rows, by=people.owner, at=NOW, base_version=2)
    assert {(each.step, each.label, each.on, each.done_on) for each in call.dates.all()} == {
        ("appraised", "", None, None), ("other", "Tập huấn", TODAY, None), ("checked", "", None, TODAY),
    }  # fmt: skip
    told = {"call": call, "by": people.owner, "at": NOW, "base_version": 3}
    for wrong in (
        [calls.Dated(step="published", on=TODAY)], [calls.Dated(step="khac", on=TODAY)],
        [calls.Dated(step="other", on=TODAY)], [rows[0], rows[0]],
    ):  # fmt: skip
        with pytest.raises(BadEntry):
            calls.set_dates(dates=wrong, **told)
    with pytest.raises(BadEntry):
        calls.record_step(call=call, step="closes", on=TODAY, by=people.owner, at=NOW)
    with pytest.raises(BadEntry):
        calls.record_step(call=call, step="decided", on=TODAY + timedelta(days=1), by=people.owner, at=NOW)
    with pytest.raises(Denied):
        calls.record_step(call=call, step="decided", on=TODAY, by=people.stranger, at=NOW)
    assert calls.note_step(call=call, step="decided", on=TODAY, by=people.stranger, at=NOW).done_on == TODAY


# The replication kit


def test_another_province_follows_with_lessons_and_provenance(world, people):
    from matxich.accounts.models import Agency

    model = running(world, people)
    line = line_of(model, people)
    partner = Agency.objects.create(kind="partner", name="Đối tác")
    sponsored = actions.open_line(
        programme=model, year=2026, source="sponsor", layer="other", name="Tài trợ", sponsor=partner, by=people.owner,
        at=NOW,
    )  # fmt: skip
    plan = plans.create_plan(programme=model, year=2026, by=people.owner, at=NOW)
    plans.save_plan(
        plan=plan, items=[item(line), item(sponsored, amount=5)], note="", durations={"appraised": 20},
        by=people.owner, at=NOW, base_version=1,
    )  # fmt: skip
    calls.create_call(plan=plan, draft=call_draft(line, max_amount=300 * MILLION), by=people.owner, at=NOW)
    committed(line, people)
    signed(world, people)
    for kind in ("worked", "failed"):
        actions.add_lesson(programme=model, kind=kind, title=f"Bài {kind}", text="x", by=people.owner, at=NOW)
    told = draft(code="KCDP-DN", place="75", name="Khuyến công Đồng Nai", starts=date(2027, 1, 1))
    with pytest.raises(Denied):
        clone_programme(programme=model, draft=told, agency=world.agency, by=people.stranger, at=NOW)
    made = clone_programme(programme=model, draft=told, agency=world.other_agency, by=people.stranger, at=NOW)
    assert (made.state, made.cloned_from, made.place) == ("draft", model, "75")
    copied = made.lines.get()
    assert (copied.year, copied.source, copied.layer, copied.budget, copied.committed) == (
        2027, "kc_local", "province:75", 0, 0,
    )  # fmt: skip
    own = made.plans.get()
    assert (own.year, own.state, own.decision_no, own.durations) == (2027, "draft", "", {"appraised": 20})
    assert [(each.content_group, each.funding_line, each.amount) for each in own.items.all()] == [
        ("KC-3", copied, 600 * MILLION)
    ]
    call = own.calls.get()
    assert (call.code, call.state, call.opens_at, call.max_amount, list(call.funding_lines.all())) == (
        "KCDP-DN-2027-1", "draft", None, 300 * MILLION, [copied],
    )  # fmt: skip
    carried = {(each.kind, each.title, each.origin.programme) for each in Lesson.objects.filter(programme=made)}
    assert carried == {("worked", "Bài worked", model), ("failed", "Bài failed", model)}
    assert made.agreements.count() == 0
    assert Entry.objects.get(action="programme.clone").after == {
        "from": model.pk, "code": "KCDP-HP", "lessons": 2, "items": 1, "calls": 1,
    }  # fmt: skip
    with pytest.raises(BadEntry):
        clone_programme(
            programme=model, draft=draft(code="X-1", kind="cnht_city"), agency=world.agency, by=people.owner, at=NOW
        )
