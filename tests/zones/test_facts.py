from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.places.actions import add_zone
from matxich.zones.actions.facts import BadDay, BadFigures, NoSource, NothingStated, state_facts
from matxich.zones.models import ZoneFact
from matxich.zones.queries import history_of, known_of, listed_zones
from tests.conftest import NOW, World
from tests.zones.conftest import Zones, make_commune, make_zone

ON = date(2026, 11, 20)


def state(
    zones: Zones, by: Actor, as_of: date = ON, source: str = "Công văn 12/SCT", **typed: object
) -> list[ZoneFact]:
    return state_facts(zone=zones.cluster, typed=typed, as_of=as_of, source=source, by=by, at=NOW)


def test_a_fact_keeps_value_date_and_source_and_the_ledger_tells_it(zones: Zones, system: Actor) -> None:
    (fact,) = state(zones, system, industrial_area="khoảng 40,5 ha")
    assert (fact.value, fact.comparator, fact.as_of, fact.source) == ("40.5", "≈", ON, "Công văn 12/SCT")
    entry = Entry.objects.get(action="zone.state_facts")
    assert (entry.object_kind, entry.object_id, entry.place) == ("zone", str(zones.cluster.pk), "31")
    assert entry.after == {"industrial_area": "40.5", "as_of": "2026-11-20", "source": "Công văn 12/SCT"}


def test_occupancy_is_computed_from_the_facts_of_the_day(zones: Zones, system: Actor) -> None:
    state(zones, system, as_of=date(2025, 12, 14), industrial_area="40", leased_area="10")
    state(zones, system, as_of=date(2026, 6, 14), leased_area="30")
    on = {day: known_of([zones.cluster], day)[0].occupancy for day in (date(2025, 1, 1), date(2026, 6, 13), ON)}
    assert on == {date(2025, 1, 1): None, date(2026, 6, 13): Decimal("0.25"), ON: Decimal("0.75")}


def test_a_correction_is_a_newer_fact_and_the_old_one_stays(zones: Zones, system: Actor) -> None:
    state(zones, system, leased_area="30")
    state(zones, system, leased_area="13")
    assert known_of([zones.cluster], ON)[0].values == {"leased_area": "13"}
    assert [fact.value for fact in history_of(zones.cluster, "leased_area")] == ["13", "30"]


def test_an_older_paper_found_later_does_not_hide_the_newer_one(zones: Zones, system: Actor) -> None:
    state(zones, system, leased_area="30")
    state(zones, system, as_of=date(2024, 12, 14), leased_area="5")
    assert known_of([zones.cluster], ON)[0].values == {"leased_area": "30"}


def test_what_is_not_known_any_more_is_said_and_nothing_is_shown(zones: Zones, system: Actor) -> None:
    state(zones, system, operator="Công ty Hạ tầng Mẫu")
    state(zones, system, operator="–")
    assert known_of([zones.cluster], ON)[0].values == {}
    assert [fact.value for fact in history_of(zones.cluster)] == [None, "Công ty Hạ tầng Mẫu"]


def test_the_same_told_again_of_the_same_day_is_nothing_new_and_of_a_later_day_is_fresher(
    zones: Zones, system: Actor
) -> None:
    state(zones, system, as_of=date(2026, 6, 14), leased_area="30")
    with pytest.raises(NothingStated):
        state(zones, system, as_of=date(2026, 6, 14), leased_area="30,0")
    state(zones, system, leased_area="30")
    assert known_of([zones.cluster], ON)[0].facts["leased_area"].as_of == ON


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"as_of": date(2026, 11, 21), "leased_area": "3"}, BadDay),
        ({"source": "  ", "leased_area": "3"}, NoSource),
        ({"leased_area": "ba"}, BadFigures),
        ({"leased_area": "3", "workers": "-5"}, BadFigures),
        ({"leased_area": ""}, NothingStated),
        ({"occupancy": "75"}, BadFigures),
    ],
)
def test_bad_input_is_refused_whole(zones: Zones, system: Actor, told: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        state(zones, system, **told)
    assert ZoneFact.objects.count() == 0


def test_faults_name_their_fields(zones: Zones, system: Actor) -> None:
    with pytest.raises(BadFigures) as refused:
        state(zones, system, workers="12,5", wastewater="tốt", planned_area="40")
    assert refused.value.faults == {
        "workers": "Cần số nguyên.",
        "wastewater": "“tốt” không có trong các lựa chọn.",
    }


def test_a_craft_village_field_is_no_matter_of_an_industrial_zone(zones: Zones, system: Actor) -> None:
    with pytest.raises(BadFigures):
        state_facts(zone=zones.park, typed={"craft_area": "3"}, as_of=ON, source="x", by=system, at=NOW)


def test_a_commune_is_found_by_name_within_the_zones_province(zones: Zones, system: Actor) -> None:
    make_commune("11602", "An Dương", "31")
    make_commune("26041", "An Dương Mẫu", "75")
    (fact,) = state(zones, system, commune="phường An Dương")
    assert fact.value == "11602"
    with pytest.raises(BadFigures) as refused:
        state(zones, system, commune="Không Có")
    assert refused.value.faults == {"commune": "Không có xã, phường nào tên “Không Có” trong tỉnh của khu."}


def test_officers_state_facts_of_their_own_province_alone(
    zones: Zones, world: World, as_actor: Callable[[object], Actor]
) -> None:
    state(zones, as_actor(world.owner), leased_area="1")
    state(zones, as_actor(world.ministry), leased_area="2")
    for person in (world.stranger, world.viewer, world.enterprise, world.administrator):
        with pytest.raises(Denied):
            state(zones, as_actor(person), leased_area="3")


@pytest.mark.parametrize("change", [lambda facts: facts.update(value="1"), lambda facts: facts.delete()])
def test_the_database_refuses_to_change_a_fact(zones: Zones, system: Actor, change: Callable) -> None:
    state(zones, system, leased_area="30")
    with pytest.raises(DatabaseError), transaction.atomic():
        change(ZoneFact.objects.all())
    assert ZoneFact.objects.get().value == "30"


def test_a_zone_that_nobody_speaks_of_any_more_is_out_of_sight(zones: Zones, system: Actor) -> None:
    made = add_zone(kind="CCN", name=" Mẫu  Năm ", province_63="31", province_34="31", source="Danh sách")
    assert (made.name, made in listed_zones(ON)) == ("Mẫu Năm", False)
    state_facts(zone=made, typed={"planned_area": "20"}, as_of=ON, source="x", by=system, at=NOW)
    assert made in listed_zones(ON)
    assert add_zone(kind="CCN", name="Mẫu Năm", province_63="31", province_34="31", source="khác") == made


def test_a_reload_keeps_zones_that_somebody_speaks_of(zones: Zones, system: Actor, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from matxich.places import actions, reference

    state(zones, system, leased_area="30")
    monkeypatch.setattr(reference, "zones", lambda: ())
    actions._load_zones()
    zones.cluster.refresh_from_db()
    assert zones.cluster.packaged is False
    assert list(type(zones.park).objects.all()) == [zones.cluster]


class Folding(TestCase):
    """Whatever the order of telling, the latest day wins, and of one day the last told."""

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=12), st.integers(0, 5))
    def test_what_is_in_force_on_a_day(self, told: list[tuple[int, int]], asked: int) -> None:
        zone = make_zone("CCN", f"Thử {ZoneFact.objects.count()} {len(told)} {asked}", "31", "31")
        ZoneFact.objects.bulk_create(
            ZoneFact(
                zone=zone, field="workers", value=value, as_of=date(2026, 1, 1 + day), source="x", recorded_at=NOW,
                recorded_by="os:test",
            )
            for day, value in told
        )  # fmt: skip
        past = [(day, at, value) for at, (day, value) in enumerate(told) if day <= asked]
        expected = {"workers": max(past)[2]} if past else {}
        assert known_of([zone], date(2026, 1, 1 + asked))[0].values == expected
