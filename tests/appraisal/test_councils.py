"""Councils, their plans and their criteria: what is needed before they stand, what stays, what the public reads."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from matxich.accounts.models import User
from matxich.appraisal.actions import councils, criteria, plans, reminding, sessions
from matxich.appraisal.actions.councils import AlreadySeated, BadCouncil, CouncilFacts, NotComplete, SeatFacts
from matxich.appraisal.actions.criteria import UnknownSet, UnsoundSet, VersionTaken
from matxich.appraisal.actions.moving import ReasonMissing, WrongState
from matxich.appraisal.actions.plans import PlanFacts
from matxich.appraisal.models import Council, CouncilPlan, CriteriaSet
from matxich.appraisal.packaged import packaged_sets
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from tests.appraisal.conftest import QUORUM, actor, make_batch, make_council, new_user, vote
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
FACTS = CouncilFacts(name="Hội đồng mẫu", quorum=QUORUM)
PLAN = PlanFacts(duties="Thẩm định", sessions=({"month": 3, "subject": "Đợt 1"},), members_expected=7)


def prepared(world, facts=FACTS):
    return councils.create_council(agency=world.agency, place="31", facts=facts, by=actor(world.owner), at=NOW)


def seat(council, world, role="chair", by=None, **told):
    user = new_user(f"{role}{User.objects.count()}@matxich.test", "Ủy Viên", world.agency, "council_member")
    facts = SeatFacts(role=role, **told)
    return councils.seat_member(council=council, user=user, facts=facts, by=by or actor(world.owner), at=NOW)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(FACTS, name="  "), "name"),
        (replace(FACTS, term_from=date(2026, 5, 1), term_to=date(2026, 5, 1)), "term_to"),
        (replace(FACTS, quorum=QUORUM | {"share": "9/8"}), "quorum"),
        (replace(FACTS, quorum=QUORUM | {"share": "nhiều"}), "quorum"),
    ],
)
def test_what_cannot_be_a_council_is_refused(world, facts, field):
    with pytest.raises(BadCouncil) as refused:
        prepared(world, facts)
    assert refused.value.field == field
    assert not Council.objects.exists()


def test_a_council_is_founded_when_it_is_whole(world, as_actor):
    council, head = prepared(world), system_actor()

    def found(**told):
        wanted = {"number": "12/QĐ", "on": date(2026, 11, 2), "by": head, "at": NOW, "base_version": council.version}
        return councils.found_council(council=council, **wanted | told)

    with pytest.raises(NotComplete):
        found()
    seat(council, world, "member")
    council.refresh_from_db()
    with pytest.raises(NotComplete):  # nobody leads it
        found()
    seat(council, world)
    council.refresh_from_db()
    for number, on in (("", date(2026, 11, 2)), ("12/QĐ", None), ("12/QĐ", NOW.date() + timedelta(days=9))):
        with pytest.raises(BadCouncil) as refused:
            found(number=number, on=on)
        assert refused.value.field == "number"
    with pytest.raises(Denied):
        found(by=as_actor(world.stranger))
    made = found()
    assert (made.state, made.founding_no) == ("founded", "12/QĐ")
    with pytest.raises(Stale):
        found()
    with pytest.raises(WrongState):
        found(base_version=made.version)
    assert Entry.objects.filter(action="council.found").count() == 1


def test_a_council_without_a_quorum_of_its_own_is_not_founded(world):
    council = prepared(world, replace(FACTS, quorum=None))
    seat(council, world)
    council.refresh_from_db()
    with pytest.raises(NotComplete):
        councils.found_council(
            council=council, number="1", on=NOW.date(), by=system_actor(), at=NOW, base_version=council.version
        )


def test_seats_are_one_each_and_change_by_a_decision(world):
    council = make_council(world)
    with pytest.raises(BadCouncil) as refused:
        seat(council, world, "member")
    assert refused.value.field == "legal_act"
    with pytest.raises(BadCouncil) as refused:  # there is a chair
        seat(council, world, "chair", legal_act="15/QĐ")
    assert refused.value.field == "role"
    made = seat(council, world, "member", legal_act="15/QĐ")
    with pytest.raises(AlreadySeated):
        councils.seat_member(
            council=council, user=made.user, facts=SeatFacts(role="member", legal_act="15/QĐ"), by=actor(world.owner),
            at=NOW,
        )  # fmt: skip
    with pytest.raises(ReasonMissing):
        councils.unseat_member(member=made, by=actor(world.owner), at=NOW, reason=" ")
    gone = councils.unseat_member(member=made, by=actor(world.owner), at=NOW, reason="chuyển công tác")
    assert gone.valid_to is not None
    again = councils.seat_member(
        council=council,
        user=made.user,
        facts=SeatFacts(role="member", legal_act="18/QĐ"),
        by=actor(world.owner),
        at=NOW,
    )
    assert again.pk != made.pk


def test_the_history_keeps_which_parts_a_member_told_and_not_what(world):
    member = make_council(world).members.first()
    told = {"holdings": [{"name": "Công ty Kín", "tax_code": "0200000000", "share": "30"}], "phones": [" "]}
    changed = councils.change_member(
        member=member, known=told, expertise=("khuôn",), by=actor(member.user), at=NOW, base_version=member.version
    )
    assert changed.known["holdings"][0]["name"] == "Công ty Kín"
    entry = Entry.objects.get(action="council.member_change")
    assert entry.after == {"member": member.pk, "told": ["holdings"], "expertise": ["khuôn"]}
    with pytest.raises(BadCouncil):
        councils.change_member(
            member=changed, known={"phones": ["1"] * 51}, expertise=(), by=actor(member.user), at=NOW,
            base_version=changed.version,
        )  # fmt: skip


def test_dissolving_ends_every_seat(world):
    council = make_council(world)
    councils.dissolve_council(
        council=council, by=system_actor(), at=NOW, base_version=council.version, reason="hết nhiệm kỳ"
    )
    assert not council.members.filter(valid_to=None).exists()
    council.refresh_from_db()
    with pytest.raises(WrongState):
        seat(council, world, "member", legal_act="1")


def test_the_public_reads_what_was_last_announced(world, client):
    council = make_council(world)
    saved = plans.save_plan(council=council, year=2026, facts=PLAN, by=actor(world.owner), at=NOW, base_version=0)
    page = f"/ke-hoach-hoi-dong/{saved.pk}/"
    assert client.get(page).status_code == 404
    assert "Đợt 1" not in client.get("/ke-hoach-hoi-dong/").content.decode()
    shown = plans.announce_plan(plan=saved, by=system_actor(), at=NOW, base_version=saved.version, paper_no="46/TB")
    assert "Đợt 1" in client.get(page).content.decode()
    later = replace(PLAN, sessions=({"month": 5, "subject": "Đợt dời"},))
    with pytest.raises(Stale):
        plans.save_plan(council=council, year=2026, facts=later, by=actor(world.owner), at=NOW, base_version=0)
    changed = plans.save_plan(
        council=council, year=2026, facts=later, by=actor(world.owner), at=NOW, base_version=shown.version
    )
    text = client.get(page).content.decode()
    assert "Đợt 1" in text and "Đợt dời" not in text
    plans.announce_plan(plan=changed, by=system_actor(), at=NOW, base_version=changed.version)
    text = client.get(page).content.decode()
    assert "Đợt dời" in text and "Đợt 1" not in text


@pytest.mark.parametrize(
    "row", [{"month": 13, "subject": "x"}, {"month": 3, "subject": " "}, {"month": None, "subject": "x"}]
)
def test_a_session_of_a_plan_has_a_month_and_a_subject(world, row):
    council = make_council(world)
    with pytest.raises(BadCouncil) as refused:
        plans.save_plan(
            council=council, year=2026, facts=replace(PLAN, sessions=(row,)), by=actor(world.owner), at=NOW,
            base_version=0,
        )  # fmt: skip
    assert refused.value.field == "sessions"
    assert not CouncilPlan.objects.exists()


def own_set(**told):
    return deepcopy(dict(packaged_sets()["cnht-default"])) | {"version": "mẫu-1"} | told


def test_criteria_that_do_not_add_up_are_not_kept(world):
    data = own_set()
    data["criteria"][0]["max"] = 19
    with pytest.raises(UnsoundSet) as refused:
        criteria.write_set(agency=world.agency, data=data, by=actor(world.owner), at=NOW)
    assert [fault.path for fault in refused.value.faults] == ["total"]
    assert not CriteriaSet.objects.exists()


def test_a_set_in_use_never_changes_and_a_new_version_stands_beside_it(world, as_actor):
    by = actor(world.owner)
    draft = criteria.write_set(agency=world.agency, data=own_set(), by=by, at=NOW)
    with pytest.raises(VersionTaken):
        criteria.write_set(agency=world.agency, data=own_set(), by=by, at=NOW)
    with pytest.raises(Denied):
        criteria.use_set(one=draft, by=as_actor(world.stranger), at=NOW, base_version=draft.version)
    used = criteria.use_set(one=draft, by=by, at=NOW, base_version=draft.version)
    with pytest.raises(WrongState):
        criteria.rewrite_set(one=used, data=own_set(), by=by, at=NOW, base_version=used.version)
    assert criteria.set_in_use("cnht-default", agency=world.agency, by=by, at=NOW) == used
    batch = make_batch(world, make_council(world))
    assert batch.criteria == used
    retired = criteria.retire_set(one=used, by=by, at=NOW, base_version=used.version)
    assert retired.state == "retired"
    shipped = criteria.set_in_use("cnht-default", agency=world.agency, by=by, at=NOW)
    assert (shipped.agency, shipped.number) == (None, packaged_sets()["cnht-default"]["version"])
    batch.refresh_from_db()
    assert batch.criteria == used


def test_a_set_nobody_knows_is_named(world):
    with pytest.raises(UnknownSet):
        criteria.set_in_use("khong-co", agency=world.agency, by=system_actor(), at=NOW)


def test_members_are_reminded_of_what_they_owe_once(bench, world):
    made = bench(2, declared=False)
    secretary, voter = made.seats[6], made.seats[2]
    session = sessions.plan_session(
        council=made.council, batch=made.batch, starts_at=NOW + timedelta(days=1), venue="Phòng mẫu", online_url="",
        cases=made.cases, by=actor(secretary.user), at=NOW,
    )  # fmt: skip
    sessions.convene(session=session, by=actor(secretary.user), at=NOW, base_version=session.version)
    Notice.objects.all().delete()
    assert reminding.remind(at=NOW) == 14  # seven of the session, seven answers about interests
    assert reminding.remind(at=NOW) == 0
    assert not [each for each in Notice.objects.all() if "Đề án mẫu" in f"{each.subject}{each.body}"]

    from matxich.appraisal.actions.interests import declare_none

    declare_none(cases=made.cases, by=actor(voter.user), at=NOW)
    vote(made.cases[0], voter)
    Notice.objects.all().delete()
    reminding.remind(at=NOW)
    told = [each.subject for each in Notice.objects.filter(to=str(voter.user_id))]
    assert "Nhắc: còn phiếu đánh giá bạn chưa nộp" in told
    vote(made.cases[1], voter)
    Notice.objects.all().delete()
    reminding.remind(at=NOW)
    told = [each.subject for each in Notice.objects.filter(to=str(voter.user_id))]
    assert "Nhắc: còn phiếu đánh giá bạn chưa nộp" not in told
