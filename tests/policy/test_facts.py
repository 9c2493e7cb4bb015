"""What the register says of a firm, as the law asks it: with source, day and verification; private figures stay so."""

from datetime import date

import pytest

from matxich.kit.actor import ANONYMOUS, Actor, system_actor
from matxich.places.actions import load_reference
from matxich.policy.law import law
from matxich.policy.queries import NoSuchCommune, NoSuchFirm, facts_of, facts_of_commune, firm_of_tax_code
from matxich.policy.queries.answering import firm_answers, firm_case
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise, Statement
from matxich.registry.states import SourceKind, Verification
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.truth import Truth
from tests.conftest import NOW

ON, AS_OF = date(2026, 6, 15), date(2026, 5, 1)
LIST = "Danh sách của Sở"
FACTS = {
    "name": "Công ty TNHH Khuôn Mẫu Thử",
    "tax_code": "0100233488",
    "site_address": "Phường An Dương, Thành phố Hải Phòng",
    "workers": "164",
    "revenue": "42.000.000.000",
    "assets": "18.000.000.000",
    "processes": "Dập nguội",
}


@pytest.fixture
def firm(db: None) -> Enterprise:
    return _firm(FACTS)


def _firm(facts: dict[str, str], **source: object) -> Enterprise:
    by = system_actor()
    told = source_named(name=LIST, by=by, at=NOW, **source)  # type: ignore[arg-type]
    return create_enterprise(facts=facts, source=told, as_of=AS_OF, by=by, at=NOW)


def _said(firm: Enterprise, actor: Actor | None = None, on: date = ON) -> dict[str, list[object]]:
    found = facts_of(firm, on=on, actor=actor or system_actor())
    return {name: [each.value for each in known] for name, known in found.items()}


def test_figures_places_and_what_is_made(firm: Enterprise) -> None:
    assert _said(firm) == {
        "workers": [164],
        "revenue": [42_000_000_000],
        "capital": [18_000_000_000],
        "production": [True],
        "site_province": ["31"],
        "site_province_63": ["31"],
        "site_commune_kind": ["ward"],
        "legal_form": ["enterprise"],
        "is_cnht": [True],
    }
    workers = facts_of(firm, on=ON, actor=system_actor())["workers"][0]
    assert workers == Known(164, LIST, AS_OF, Verification.DECLARED)


def test_whoever_may_not_see_a_figure_gets_no_answer_from_it(firm: Enterprise) -> None:
    assert {"revenue", "capital"}.isdisjoint(_said(firm, ANONYMOUS))


def test_a_bound_is_no_figure(firm: Enterprise) -> None:
    Statement.objects.filter(enterprise=firm, field="workers").update(value={"value": 300, "comparator": ">"})
    assert "workers" not in _said(firm)
    Statement.objects.filter(enterprise=firm, field="workers").update(value={"value": 300, "comparator": "≈"})
    assert _said(firm)["workers"] == [300]


def test_a_list_of_others_makes_no_supporting_firm(db: None) -> None:
    told = _said(_firm(FACTS, kind=SourceKind.OUTSIDE))
    assert "is_cnht" not in told


def test_the_seat_counts_where_no_place_of_production_is_known_and_says_so(db: None) -> None:
    facts = {name: value for name, value in FACTS.items() if name != "site_address"}
    firm = _firm(facts | {"address": "Phường An Dương, Thành phố Hải Phòng"})
    (province,) = facts_of(firm, on=ON, actor=system_actor())["site_province"]
    assert (province.value, province.source) == ("31", f"{LIST} (địa chỉ trụ sở)")


def test_the_answers_follow_the_record(firm: Enterprise) -> None:
    found = {each.support.id: each for each in firm_answers(law(), firm_case(firm, on=ON, actor=system_actor()), firm)}
    # A ward of Hải Phòng, a centrally-run city, from 15/10/2025.
    assert found["KC-12"].truth is Truth.NO
    assert found["CN-42"].truth is Truth.UNKNOWN
    assert found["CN-42"].missing == ("other_state_support_same_content",)
    assert found["CN-42"].amount.most == 12_000_000


@pytest.mark.parametrize("text", ["", "0100233480", "0100109106", "x"])
def test_a_tax_code_nobody_has(firm: Enterprise, text: str) -> None:
    with pytest.raises(NoSuchFirm):
        firm_of_tax_code(text)
    assert firm_of_tax_code("0100 233 488") == firm


def test_a_commune_is_what_it_was_on_the_day(db: None) -> None:
    load_reference(at=NOW)
    ward = facts_of_commune("00004", ON)
    assert {name: known[0].value for name, known in ward.items()} == {
        "site_commune_kind": "ward",
        "site_province": "01",
    }
    with pytest.raises(NoSuchCommune):
        facts_of_commune("99999", ON)
