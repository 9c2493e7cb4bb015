"""Who has forms of clusters to gather, to decide or to send, with the days left; a site in two zones counts in both."""

from datetime import UTC, date, datetime

import pytest

from matxich.desk.queries import day_of
from matxich.kit.actor import Actor
from matxich.places.queries import resolver
from matxich.places.queries.addresses import zones_added
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.zones.periods import parse
from matxich.zones.queries.due import due_of_tenant, periods_at_work
from matxich.zones.queries.reports import period_standing
from matxich.zones.queries.tenants import tenants_of
from tests.conftest import World
from tests.registry.claim_world import managed, somebody
from tests.registry.firm_world import full_firm, say
from tests.zones.conftest import Zones, make_zone
from tests.zones.test_lists import Write, published, write  # noqa: F401 - the fixture
from tests.zones.test_reports import TYPED, opened, submitted

pytestmark = pytest.mark.django_db
HALF = parse("2026-H1")


def works(actor: Actor, on: date) -> list[tuple[str, str, str, bool]]:
    day = day_of(actor, datetime(on.year, on.month, on.day, 3, tzinfo=UTC))  # type: ignore[arg-type]
    return [(work.title, work.amount, work.left, work.late) for work in day.works if work.room == "Khu, cụm"]


GATHER = "Thu báo cáo cụm công nghiệp"


def test_an_officer_sees_the_clusters_of_the_own_province_with_the_days_left(
    zones: Zones, world: World, as_actor
) -> None:  # type: ignore[no-untyped-def]
    owner = as_actor(world.owner)
    assert works(owner, date(2026, 5, 5)) == []
    assert works(owner, date(2026, 5, 6)) == [(GATHER, "2/2 cụm chưa gửi", "còn 45 ngày", False)]
    assert works(owner, date(2026, 6, 19)) == [(GATHER, "2/2 cụm chưa gửi", "hôm nay là ngày cuối", False)]
    assert works(owner, date(2026, 6, 20)) == [(GATHER, "2/2 cụm chưa gửi", "quá hạn 1 ngày", True)]
    assert works(owner, date(2026, 8, 19)) == []
    assert works(as_actor(world.stranger), date(2026, 6, 1)) == [(GATHER, "1/1 cụm chưa gửi", "còn 19 ngày", False)]
    assert works(as_actor(world.viewer), date(2026, 6, 1)) == []


def test_what_was_handed_in_waits_for_a_decision(zones: Zones, world: World, as_actor, system: Actor) -> None:  # type: ignore[no-untyped-def]
    submitted(opened(zones, system), system, TYPED)
    owner = as_actor(world.owner)
    (one,) = periods_at_work(date(2026, 6, 15), owner)
    assert (one.clusters, one.waiting, one.handed_in) == (2, 1, 1)
    told = works(owner, date(2026, 6, 15))
    assert [(title, amount) for title, amount, _left, _late in told] == [
        (GATHER, "1/2 cụm chưa gửi"),
        ("Nhận hoặc trả lại báo cáo cụm công nghiệp", "1 báo cáo"),
    ]


@pytest.fixture
def firm(db: None) -> Enterprise:
    made = full_firm(address="Lô 1, CCN Mẫu Một, Hải Phòng")
    say(made, "zone", "CCN Mẫu Một")
    say(made, "site", {"name": "Xưởng hai", "address": "Lô 3", "zone": "CCN Mẫu Bốn"})
    made.refresh_from_db()
    return made


def test_a_firm_with_sites_in_two_zones_is_a_tenant_of_both(zones: Zones, firm: Enterprise, system: Actor) -> None:
    assert (firm.zone, list(firm.site_zones.values_list("zone", flat=True))) == ("CCN Mẫu Một", ["CCN Mẫu Bốn"])
    for zone in (zones.cluster, zones.far):
        assert list(tenants_of(zone, officials=False)) == [firm]
    assert list(tenants_of(zones.second, officials=False)) == []
    known = {row.zone: row.tenants_known for row in period_standing(HALF, date(2026, 6, 1), system).rows}
    assert known == {zones.cluster: 1, zones.far: 1, zones.second: 0}
    say(firm, "site", {"name": "Xưởng ba", "address": "Lô 4", "zone": "CCN Mẫu Một"})
    known = {row.zone: row.tenants_known for row in period_standing(HALF, date(2026, 6, 1), system).rows}
    assert known[zones.cluster] == 1


def test_where_two_zones_bear_a_name_the_province_of_the_firm_decides(zones: Zones, firm: Enterprise) -> None:
    make_zone("CCN", "Mẫu Bốn", "01", "01")
    assert list(tenants_of(zones.far, officials=False)) == []


def test_a_firm_sees_what_it_owes_for_each_cluster(zones: Zones, firm: Enterprise, world, as_actor, sign_in) -> None:  # type: ignore[no-untyped-def]
    assert {one.zone for one in due_of_tenant(firm, date(2026, 6, 1))} == {zones.cluster, zones.far}
    assert due_of_tenant(firm, date(2026, 7, 1)) == []
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    page = sign_in(lan).get(f"/doanh-nghiep-cua-toi/{make_registry_id(firm.pk)}/").content.decode()
    assert ("Báo cáo cụm công nghiệp" in page) == bool(due_of_tenant(firm, date.today()))  # noqa: DTZ011


@pytest.mark.django_db(transaction=True)
def test_addresses_know_zones_that_lists_added(zones: Zones, system: Actor, write: Write) -> None:  # noqa: F811
    address = "Lô 7, CCN Quỳnh Mẫu Lạ"
    assert resolver().resolve(address).province_34 is None
    published(write((1, "CCN Quỳnh Mẫu Lạ", "Quảng Ninh", "", "40", "30,5", "10")), system)
    try:
        assert resolver() is resolver()
        found = resolver().resolve(address)
        assert (found.zone, found.province_34, found.lot) == ("CCN Quỳnh Mẫu Lạ", "22", "7")
    finally:
        zones_added().unlink()
