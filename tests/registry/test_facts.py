"""What officers state by hand: opened, corrected, withdrawn, refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry.actions import (
    AlreadyWithdrawn,
    BadValue,
    TaxCodeTaken,
    create_enterprise,
    rebuild,
    source_named,
    state_fact,
    withdraw_statement,
)
from matxich.registry.models import Enterprise, SearchChange, Source, Statement
from matxich.registry.permissions import may_edit, may_see_contacts, may_see_officials_fields
from matxich.registry.queries import (
    enterprise_by_registry_id,
    history,
    passport,
    provenance,
    public_enterprises,
    visible_enterprises,
)
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Công ty TNHH Cơ khí Bình Minh",
    "tax_code": "9991274607",
    "address": "xã An Dương, Hải Phòng",
    "workers": "80",
    "phone": "0912345678",
    "customers": ["Công ty Lớn"],
}


@pytest.fixture
def source(system: Actor) -> Source:
    return source_named(name="Khảo sát", by=system, at=NOW)


@pytest.fixture
def firm(system: Actor, source: Source) -> Enterprise:
    return create_enterprise(facts=FACTS, source=source, as_of=date(2026, 1, 1), by=system, at=NOW)


def state(firm: Enterprise, source: Source, by: Actor, **changes: Any) -> Statement:
    told = {"field": "workers", "value": 95, "as_of": date(2026, 6, 1), "base_version": firm.version}
    return state_fact(enterprise=firm, source=source, by=by, at=NOW, **(told | changes))


def test_a_record_is_opened_with_its_facts(firm: Enterprise) -> None:
    assert (firm.name, firm.tax_code, firm.province_34, firm.workers) == (FACTS["name"], "9991274607", "31", 80)
    assert list(visible_enterprises()) == list(public_enterprises()) == [firm]
    assert enterprise_by_registry_id(make_registry_id(firm.pk)) == firm
    assert SearchChange.objects.filter(enterprise=firm).count() == 1


def test_a_newer_fact_takes_the_place_of_an_older_one(firm: Enterprise, source: Source, system: Actor) -> None:
    statement = state(firm, source, system)
    firm.refresh_from_db()
    assert (firm.workers, firm.version) == (95, 3)
    entry = Entry.objects.get(action="enterprise.state_fact")
    assert (entry.before, entry.object_id) == ({"workers": 80}, make_registry_id(firm.pk))
    assert entry.after == {"workers": 95, "statement": statement.pk, "replaces": False}


def test_a_correction_stands_above_what_it_replaces_until_withdrawn(
    firm: Enterprise, source: Source, system: Actor
) -> None:
    correction = state(firm, source, system, value=60, as_of=date(2020, 1, 1), replaces=True)
    firm.refresh_from_db()
    assert firm.workers == 60
    withdraw_statement(statement=correction, by=system, at=NOW, base_version=firm.version, reason="Nhầm")
    firm.refresh_from_db()
    assert firm.workers == 80
    with pytest.raises(AlreadyWithdrawn):
        withdraw_statement(statement=correction, by=system, at=NOW, base_version=firm.version, reason="")
    assert rebuild(by=system, at=NOW).found == []
    assert [s.withdrawn_at is not None for s in history(firm) if s.field == "workers"] == [True, False]


def test_two_officers_on_one_form(firm: Enterprise, source: Source, system: Actor) -> None:
    state(firm, source, system)
    with pytest.raises(Stale):
        state(firm, source, system, value=70)
    firm.refresh_from_db()
    assert firm.workers == 95


@pytest.mark.parametrize(
    ("field", "value"), [("tax_code", "9991274608"), ("workers", "nhiều"), ("workers", ""), ("name", "  ")]
)
def test_what_cannot_be_is_refused(firm: Enterprise, source: Source, system: Actor, field: str, value: str) -> None:
    with pytest.raises(BadValue):
        state(firm, source, system, field=field, value=value)
    assert Statement.objects.filter(enterprise=firm).count() == len(FACTS)


def test_a_tax_code_has_one_owner(firm: Enterprise, source: Source, system: Actor) -> None:
    with pytest.raises(TaxCodeTaken):
        create_enterprise(facts=FACTS, source=source, as_of=date(2026, 1, 1), by=system, at=NOW)
    other = create_enterprise(facts={"name": "Công ty khác"}, source=source, as_of=NOW.date(), by=system, at=NOW)
    with pytest.raises(TaxCodeTaken):
        state(other, source, system, field="tax_code", value="9991274607")
    assert visible_enterprises().count() == 2


def test_territory(firm: Enterprise, source: Source, world: Any, as_actor: Callable[[object], Actor]) -> None:
    asked = ("owner", "colleague", "ministry", "stranger", "viewer", "enterprise")
    actors = {name: as_actor(world.people[name]) for name in asked} | {"nobody": ANONYMOUS}
    edit = {name for name, actor in actors.items() if may_edit(actor, firm)}
    contacts = {name for name, actor in actors.items() if may_see_contacts(actor, firm)}
    officials = {name for name, actor in actors.items() if may_see_officials_fields(actor, firm)}
    assert edit == contacts == {"owner", "colleague", "ministry"}
    assert officials == {"owner", "colleague", "ministry", "stranger"}
    with pytest.raises(Denied):
        state(firm, source, actors["stranger"])
    state(firm, source, actors["owner"])


def test_each_reader_sees_their_part(firm: Enterprise, world: Any, as_actor: Callable[[object], Actor]) -> None:
    def shown(actor: Actor) -> tuple[set[str], int]:
        page = passport(firm, actor=actor)
        return {row.code for section in page.sections for row in section.rows}, page.hidden

    public = {"name", "tax_code", "address", "workers"}
    assert shown(as_actor(world.owner)) == (public | {"customer", "phone"}, 0)
    assert shown(as_actor(world.stranger)) == (public | {"customer"}, 1)
    assert shown(ANONYMOUS) == (public, 2)


def test_a_passport_shows_who_says_what(firm: Enterprise, source: Source, system: Actor) -> None:
    state(firm, source, system)
    row = passport(firm, actor=system).row("workers")
    assert row is not None
    (fact,) = row.facts
    assert (fact.value, fact.level, fact.as_of, fact.in_conflict) == (95, 0, date(2026, 6, 1), True)
    assert [other.value for other in fact.alternatives] == [80]
    assert provenance(fact.statement).source == "Khảo sát"


def test_former_names(firm: Enterprise, source: Source, system: Actor) -> None:
    state(firm, source, system, field="name", value="Công ty Cổ phần Bình Minh Mới")
    firm.refresh_from_db()
    assert firm.name == "Công ty Cổ phần Bình Minh Mới"
    assert passport(firm, actor=system).former_names == (FACTS["name"],)


def test_a_passport_as_it_stood(firm: Enterprise, source: Source, system: Actor) -> None:
    assert passport(firm, actor=system, on=date(2026, 11, 19)).sections == ()
    row = passport(firm, actor=system, on=date(2026, 11, 20)).row("workers")
    assert row is not None and row.facts[0].value == 80
