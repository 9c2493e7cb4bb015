from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from matxich.kit.actor import Actor
from matxich.rulebook.zones.figures import Share
from matxich.rulebook.zones.periods import parse
from matxich.zones.actions.facts import state_facts
from matxich.zones.queries.listing import Asked, found, listing
from matxich.zones.queries.rollup import Sum, rollup
from matxich.zones.queries.rollup_page import rollup_page
from tests.conftest import NOW, World
from tests.zones.conftest import Zones, make_commune
from tests.zones.test_reports import TYPED, accepted, opened

ON = NOW.date()
HALF = parse("2026-H1")


@pytest.fixture
def told(zones: Zones, system: Actor) -> Zones:
    make_commune("11602", "An Dương", "31")

    def say(zone: object, as_of: date = ON, **typed: object) -> None:
        state_facts(zone=zone, typed=typed, as_of=as_of, source="Công văn", by=system, at=NOW)  # type: ignore[arg-type]

    say(
        zones.cluster, establishment_decision="1/QĐ-UBND", commune="An Dương", established_area="60",
        industrial_area="40", leased_area="30", operator="Công ty Hạ tầng Mẫu", wastewater="none",
    )  # fmt: skip
    say(zones.park, industrial_area="100", leased_area="20")
    say(zones.second, industrial_area="50")
    say(zones.far, leased_area="7")
    return zones


def test_provinces_of_the_new_map_add_up_those_of_the_old(told: Zones) -> None:
    new, old = rollup(ON, "34", HALF), rollup(ON, "63", HALF)
    assert [(row.name, row.zones, row.clusters) for row in new.rows] == [("Đồng Nai", 1, 1), ("Hải Phòng", 3, 2)]
    assert [(row.name, row.zones) for row in old.rows] == [("Đồng Nai", 1), ("Hải Dương", 1), ("Hải Phòng", 2)]
    assert new.total == old.total


def test_sums_say_how_many_know_the_figure_and_unknown_is_not_nought(told: Zones) -> None:
    far, here = rollup(ON, "34", HALF).rows
    assert here.areas["industrial_area"] == Sum(Decimal(190), 3)
    assert here.areas["leased_area"] == Sum(Decimal(50), 2)
    assert (here.occupancy, far.occupancy.value) == (Share(Decimal(50), Decimal(140)), None)
    assert far.areas["planned_area"] == Sum(None, 0)
    assert here.as_dict()["occupancy"] == {"numerator": "50", "denominator": "140", "value": "0.3571"}


def test_the_digitised_share_keeps_its_terms_and_ends_with_the_figures_age(told: Zones) -> None:
    assert rollup(ON, "34", HALF).total.digitised == Share(Decimal(1), Decimal(3))
    assert rollup(date(2027, 11, 21), "34", HALF).total.digitised == Share(Decimal(0), Decimal(3))
    assert rollup(date(2026, 11, 19), "34", HALF).total.digitised == Share(Decimal(0), Decimal(3))


def test_reported_counts_accepted_forms_of_developers_of_that_period(told: Zones, system: Actor) -> None:
    accepted(opened(told, system), system, TYPED)
    accepted(
        opened(told, system, zone=told.second, form="tenant", reporter="Một"),
        system,
        {"status": "operating", "rented_area": "1", "workers": "1", "revenue": "1"},
    )
    assert rollup(ON, "34", HALF).total.reported == Share(Decimal(1), Decimal(3))
    assert rollup(ON, "34", parse("2026-Y")).total.reported == Share(Decimal(0), Decimal(3))


@pytest.mark.parametrize("edition", ["63", "34"])
def test_every_figure_opens_the_list_that_makes_it(told: Zones, system: Actor, edition: str) -> None:
    page = rollup_page({"map": edition, "ky": "2026-H1"}, ON, system)
    for row, shown in zip([*page.told.rows, page.told.total], [*page.rows, page.total], strict=True):
        lists = [
            len(found_at(figure.url)) if "/khu-cum-cong-nghiep/" in figure.url else None for figure in shown.figures
        ]
        areas = [row.areas[code].zones or None for code in ("planned_area", "industrial_area", "leased_area")]
        occupied = row.areas["leased_area"].zones if row.occupancy.value is not None else None
        assert lists == [row.zones, *areas, occupied, None, int(row.digitised.numerator)]


def found_at(url: str) -> list[object]:
    params = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    asked = Asked.from_params(params, ON)
    here = listing(asked, ON)
    assert here.total == len(here.lines)
    return here.lines


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, ["Mẫu Ba", "Mẫu Bốn", "Mẫu Hai", "Mẫu Một"]),
        ({"q": "mau MOT"}, ["Mẫu Một"]),
        ({"q": "hai duong", "map": "63"}, ["Mẫu Ba"]),
        ({"kind": "KCN"}, ["Mẫu Hai"]),
        ({"province": "31", "map": "63"}, ["Mẫu Hai", "Mẫu Một"]),
        ({"province": "31"}, ["Mẫu Ba", "Mẫu Hai", "Mẫu Một"]),
        ({"digitised": "1"}, ["Mẫu Một"]),
        ({"digitised": "0"}, ["Mẫu Ba", "Mẫu Bốn"]),
        ({"known": "industrial_area"}, ["Mẫu Ba", "Mẫu Hai", "Mẫu Một"]),
        ({"ngay": "2026-11-19", "known": "industrial_area"}, []),
        ({"kind": "X", "province": "99", "known": "y", "digitised": "2", "map": "7", "ngay": "mai", "page": "-1"},
         ["Mẫu Ba", "Mẫu Bốn", "Mẫu Hai", "Mẫu Một"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(told: Zones, params: dict[str, str], names: list[str]) -> None:
    asked = Asked.from_params(params, ON)
    page = listing(asked, ON)
    assert [line.zone.name for line in page.lines] == names
    assert page.total == len(names)


def test_the_map_counts_zones_and_none_is_none(told: Zones) -> None:
    counts = {one.code: one.count for one in listing(Asked(ON, "63"), ON).map.provinces}
    assert (counts["31"], counts["30"], counts["75"], counts["01"]) == (2, 1, 1, 0)


def test_a_page_beyond_the_last_is_the_last(told: Zones, client: Client) -> None:
    assert listing(Asked(ON, "34", page=9), ON).asked.page == 1
    assert client.get("/khu-cum-cong-nghiep/", {"page": "9999"}).status_code == 200


def test_found_asks_two_questions(told: Zones, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(2):
        found(Asked(ON, "34"))


def test_the_officers_pages_show_what_the_roll_up_says(
    told: Zones, world: World, sign_in: Callable[[object], Client]
) -> None:
    page = sign_in(world.owner).get("/khu-cum/", {"map": "63", "ky": "2026-H1"}).content.decode()
    assert "Hải Dương" in page
    assert "50 trong 140 ha" in page
    assert "1 trong 3 cụm" in page
