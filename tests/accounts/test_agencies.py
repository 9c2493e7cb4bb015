"""Dated names, lineage, merging and splitting."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matxich.accounts import actions, queries
from matxich.accounts.models import Agency, AgencyName, Membership
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def make(name: str, since: date = date(2020, 1, 1), kind: str = AgencyKind.PROVINCIAL_DEPARTMENT, place: str = ""):
    return actions.create_agency(by=system_actor(), at=AT, kind=kind, name=name, valid_from=since, place=place)


def rename(agency: Agency, name: str, on: date, **more: object) -> AgencyName:
    agency.refresh_from_db()
    return actions.rename_agency(
        by=system_actor(), at=AT, agency=agency, version=agency.version, name=name, on=on, **more
    )


@pytest.fixture
def bureau(db):
    """The department whose name the law changed twice."""
    agency = make("Cục Công nghiệp địa phương", date(2008, 1, 1), AgencyKind.MINISTRY_DEPARTMENT)
    rename(agency, "Cục Công Thương địa phương", date(2017, 10, 1), legal_act="QĐ 3816/QĐ-BCT")
    rename(agency, "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công", date(2025, 3, 1))
    agency.refresh_from_db()
    return agency


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2000, 1, 1), "Cục Công nghiệp địa phương"),
        (date(2017, 9, 30), "Cục Công nghiệp địa phương"),
        (date(2017, 10, 1), "Cục Công Thương địa phương"),
        (date(2025, 2, 28), "Cục Công Thương địa phương"),
        (date(2025, 3, 1), "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"),
    ],
)
def test_a_date_shows_the_name_in_force(bureau, on, name):
    assert queries.name_on(queries.names_of(bureau), on) == name


def test_the_list_shows_the_name_of_today_and_finds_former_ones(bureau):
    assert bureau.name == "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"
    found = queries.agencies(on=date(2026, 11, 20), text="cong nghiep dia phuong")
    assert [agency.pk for agency in found.rows] == [bureau.pk]


def test_each_change_of_name_is_in_history(bureau):
    entries = Entry.objects.filter(object_kind="agency", object_id=str(bureau.pk)).order_by("id")
    assert [entry.action for entry in entries] == [
        "accounts.agency_created",
        "accounts.agency_renamed",
        "accounts.agency_renamed",
    ]
    assert entries[1].reason == "QĐ 3816/QĐ-BCT"
    assert entries[1].before == {"name": "Cục Công nghiệp địa phương"}


def test_a_name_announced_for_later_waits_for_its_day(db):
    agency = make("Sở cũ")
    rename(agency, "Sở mới", date(2027, 1, 1))
    agency.refresh_from_db()
    assert agency.name == "Sở cũ"
    assert actions.bring_names_up_to_date(at=AT) == 0
    assert actions.bring_names_up_to_date(at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == 1
    agency.refresh_from_db()
    assert agency.name == "Sở mới"


def test_renaming_does_not_rewrite_history(bureau):
    with pytest.raises(actions.NamesOverlap):
        rename(bureau, "Cục khác", date(2025, 3, 1))
    with pytest.raises(actions.NameMissing):
        rename(bureau, "   ", date(2026, 1, 1))
    assert AgencyName.objects.filter(agency=bureau).count() == 3


def test_a_form_opened_on_an_older_version_is_refused(bureau):
    with pytest.raises(Stale):
        actions.rename_agency(by=system_actor(), at=AT, agency=bureau, version=1, name="Tên", on=date(2026, 12, 1))


def test_former_names_fill_gaps_but_never_overlap(db):
    agency = make("Sở Công Thương", date(2008, 1, 1))
    actions.add_former_name(
        by=system_actor(),
        at=AT,
        agency=agency,
        version=agency.version,
        name="Sở Công nghiệp",
        valid_from=date(1995, 1, 1),
        valid_to=date(2007, 1, 1),
    )
    agency.refresh_from_db()
    assert agency.name == "Sở Công Thương"
    assert queries.name_on(queries.names_of(agency), date(2007, 6, 1)) == "Sở Công nghiệp"
    with pytest.raises(actions.NamesOverlap):
        actions.add_former_name(
            by=system_actor(),
            at=AT,
            agency=agency,
            version=agency.version,
            name="Sở Thương mại",
            valid_from=date(2006, 12, 31),
            valid_to=date(2007, 6, 1),
        )


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
SPANS = st.lists(st.tuples(DAYS, st.integers(-5, 4000)), max_size=8)


class DatedNames(TestCase):
    @settings(max_examples=40)
    @given(spans=SPANS, renamings=st.lists(DAYS, max_size=5))
    def test_whatever_is_tried_no_day_has_two_names(self, spans, renamings):
        agency = make("Tên đầu", date(2010, 1, 1))
        for number, (start, length) in enumerate(spans):
            agency.refresh_from_db()
            try:
                actions.add_former_name(
                    by=system_actor(),
                    at=AT,
                    agency=agency,
                    version=agency.version,
                    name=f"Tên {number}",
                    valid_from=start,
                    valid_to=start + timedelta(days=length),
                )
            except actions.NamesOverlap:
                continue
        for day in renamings:
            try:
                rename(agency, f"Từ {day}", day)
            except (actions.NamesOverlap, actions.AgencyClosed):
                continue
        names = queries.names_of(agency)
        for earlier, later in itertools.pairwise(names):
            assert earlier.valid_to is not None
            assert earlier.valid_from < earlier.valid_to <= later.valid_from
        for dated in names:
            assert queries.name_on(names, dated.valid_from) == dated.name


def held(user, agency, role=Role.OFFICER, scope="24"):
    return Membership.objects.create(user=user, agency=agency, role=role, scope=scope, valid_from=date(2025, 1, 1))


def test_merged_departments_leave_people_and_lineage_to_the_new_one(world):
    old = [make("Sở Công Thương Bắc Giang", place="24"), make("Sở Công Thương Bắc Ninh (cũ)", place="27")]
    new = make("Sở Công Thương Bắc Ninh", date(2025, 7, 1), place="24")
    first, second = held(world.viewer, old[0]), held(world.stranger, old[1], scope="27")
    actions.merge_agencies(
        by=system_actor(), at=AT, predecessors=old, successor=new, on=date(2026, 1, 1), legal_act="NQ 202/2025/QH15"
    )
    line = queries.lineage(new)
    assert [(link.predecessor.name, link.legal_act) for link in line.predecessors] == [
        ("Sở Công Thương Bắc Giang", "NQ 202/2025/QH15"),
        ("Sở Công Thương Bắc Ninh (cũ)", "NQ 202/2025/QH15"),
    ]
    for former in (first, second):
        former.refresh_from_db()
        assert former.valid_to == date(2026, 1, 1)
        moved = Membership.objects.get(user=former.user, agency=new)
        assert (moved.role, moved.scope, moved.valid_from, moved.valid_to) == ("officer", "24", date(2026, 1, 1), None)
    assert {agency.valid_to for agency in Agency.objects.filter(pk__in=[o.pk for o in old])} == {date(2026, 1, 1)}
    assert Entry.objects.filter(action="accounts.role_carried").count() == 2


def test_lineage_reaches_back_through_every_merger(db):
    grand, parent, child = make("A"), make("B"), make("C")
    merge = {"by": system_actor(), "at": AT, "legal_act": "QĐ"}
    actions.merge_agencies(predecessors=[grand], successor=parent, on=date(2021, 1, 1), **merge)
    actions.merge_agencies(predecessors=[parent], successor=child, on=date(2025, 1, 1), **merge)
    assert [link.predecessor.name for link in queries.lineage(child).predecessors] == ["A", "B"]
    assert [link.successor.name for link in queries.lineage(grand).successors] == ["B", "C"]


def test_mergers_that_make_no_sense_are_refused(db):
    a, b = make("A"), make("B")
    merge = {"by": system_actor(), "at": AT, "on": date(2025, 1, 1), "legal_act": "QĐ"}
    with pytest.raises(actions.SelfSuccession):
        actions.merge_agencies(predecessors=[a], successor=a, **merge)
    actions.merge_agencies(predecessors=[a], successor=b, **merge)
    with pytest.raises(actions.AgencyClosed):
        actions.merge_agencies(predecessors=[b], successor=a, **merge)
    with pytest.raises(actions.AlreadyClosed):
        actions.merge_agencies(predecessors=[a], successor=b, **merge)


def test_a_line_never_runs_in_a_circle(db):
    a, b = make("A"), make("B")
    split = {"by": system_actor(), "at": AT, "on": date(2025, 1, 1), "legal_act": "QĐ", "closes": False}
    actions.split_agency(predecessor=a, successors=[b], **split)
    with pytest.raises(actions.CircularLineage):
        actions.split_agency(predecessor=b, successors=[a], **split)


def test_a_split_ends_roles_and_the_agency(world):
    whole, parts = make("Trung tâm"), [make("Trung tâm 1"), make("Trung tâm 2")]
    role = held(world.viewer, whole)
    actions.split_agency(
        by=system_actor(), at=AT, predecessor=whole, successors=parts, on=date(2026, 1, 1), legal_act="QĐ 1"
    )
    role.refresh_from_db()
    whole.refresh_from_db()
    assert (role.valid_to, whole.valid_to) == (date(2026, 1, 1), date(2026, 1, 1))
    assert [link.successor.name for link in queries.lineage(whole).successors] == ["Trung tâm 1", "Trung tâm 2"]


def test_the_agency_of_the_last_administrator_does_not_close(world):
    agency = Agency.objects.get(memberships__user=world.administrator)
    with pytest.raises(actions.LastAdministrator):
        actions.close_agency(
            by=system_actor(), at=AT, agency=agency, version=agency.version, on=date(2026, 11, 1), legal_act="QĐ"
        )
    agency.refresh_from_db()
    assert agency.valid_to is None


def test_an_agency_is_not_above_itself(db):
    top, below = make("Bộ"), make("Cục")
    change = {"by": system_actor(), "at": AT, "kind": AgencyKind.MINISTRY, "place": ""}
    actions.change_agency(agency=below, version=below.version, parent=top, **change)
    with pytest.raises(actions.CircularLineage):
        actions.change_agency(agency=top, version=top.version, parent=below, **change)


def test_only_administrators_change_agencies(world, as_actor):
    with pytest.raises(Denied):
        actions.create_agency(
            by=as_actor(world.owner), at=AT, kind=AgencyKind.COMMUNE, name="Xã", valid_from=date(2025, 7, 1)
        )
