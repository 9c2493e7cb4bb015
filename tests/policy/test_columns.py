"""The register in columns says of each firm what its passport says, and is judged to the same answers."""

from datetime import date

import numpy as np
import pytest

from demo.synthetic.firms import Series
from demo.synthetic.sources import sources
from matxich.kit.actor import system_actor
from matxich.policy.packaged import packaged_law
from matxich.policy.queries.answering import firm_case
from matxich.policy.queries.columns import Firms, firms_among, firms_of_register
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.actions.facts import put_statement
from matxich.registry.actions.generating import generate
from matxich.registry.actions.projecting import refold
from matxich.registry.models import Enterprise, Source
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.law.answering import Case, answers
from matxich.rulebook.law.conditions import code
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.register import NO_AMOUNT, judge, register_of
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.vocabulary import REGISTERED
from tests.conftest import NOW

DAYS = [date(2024, 3, 1), date(2026, 6, 15)]


def _same(firms: Firms) -> None:
    """What the columns hold, and what the law makes of them, is what is read and judged of each firm alone."""
    law, project = packaged_law(), {"eligible_cost": Known(700_000_000), "counterpart_committed": Known(True)}
    cases = [
        firm_case(Enterprise.objects.get(pk=int(pk)), on=firms.on, actor=system_actor(), project=project)
        for pk in firms.ids
    ]
    wanted = {
        name: [code(name, case.facts[name].value) if name in case.facts else -1 for case in cases]
        for name in REGISTERED
    }
    assert {name: column.values.tolist() for name, column in firms.facts.items()} == wanted
    alone = [answers(law, case) for case in cases]
    register = register_of(law, Case(project, firms.on), firms.size, firms.facts)
    for place, (support, found) in enumerate(judge(law, register)):
        assert support == list(SUPPORTS)[place]
        amounts = [NO_AMOUNT if one[place].amount.most is None else one[place].amount.most for one in alone]
        assert found.truths.tolist() == [int(one[place].truth) for one in alone]
        assert found.most.tolist() == amounts


def _firm(facts: dict[str, str], kind: str = "enterprise", **source: object) -> Enterprise:
    by = system_actor()
    told = source_named(name=str(source.pop("name", "Danh sách của Sở")), by=by, at=NOW, **source)  # type: ignore[arg-type]
    return create_enterprise(facts=facts, source=told, as_of=date(2026, 5, 1), by=by, at=NOW, kind=kind)


def _told(firm: Enterprise, verification: int = 1, **values: object) -> None:
    """Told as lists tell it, bounds and currencies included."""
    by = system_actor()
    source = source_named(name="Danh sách khác", by=by, at=NOW)
    for field, value in values.items():
        put_statement(firm, field, value, source, date(2026, 6, 1), verification, by, NOW)
    refold([firm.pk])


FACTS = {
    "name": "Công ty TNHH Cột Một",
    "site_address": "Phường An Dương, Thành phố Hải Phòng",
    "workers": "164",
    "revenue": "42000000000",
    "assets": "18000000000",
    "processes": "Dập nguội",
}


@pytest.mark.django_db
@pytest.mark.parametrize("on", DAYS)
def test_every_way_of_telling_a_firm(on: date) -> None:
    _firm(FACTS)
    _firm({"name": "Không nói gì"}, kind="household")
    _firm({"name": "Hợp tác xã Trụ Sở", "address": "Phường An Dương, Thành phố Hải Phòng"}, kind="cooperative")
    vague = _firm({name: FACTS[name] for name in ("site_address", "processes")} | {"name": "Trên ba trăm"})
    _told(vague, workers={"comparator": ">", "value": 300}, revenue={"comparator": "≈", "amount": 3 * 10**9})
    _told(_firm({"name": "Đô la"}), revenue={"currency": "USD", "amount": 10**6}, assets=-5, workers=[12, 13])
    outside = _firm({"name": "Ngoài chương trình", "products": "Vòng bi"}, name="Danh bạ")
    Source.objects.filter(key=outside.statements.first().source.key).update(in_programme=False)  # type: ignore[union-attr]
    refold([outside.pk])
    firms = firms_of_register(on)
    assert firms.size == 6
    _same(firms)


@pytest.mark.django_db(transaction=True)
def test_a_register_of_invented_firms() -> None:
    for full in (False, True):
        generate(
            series=Series(1 + full, full), count=80, sources=sources(), by=system_actor(), at=NOW,
            progress=lambda *_: None,
        )  # fmt: skip
    for on in DAYS:
        firms = firms_of_register(on)
        assert firms.size == visible_enterprises().count() == 160
        _same(firms)


@pytest.mark.django_db
def test_where_the_best_source_gives_a_bound_the_next_figure_counts() -> None:
    firm = _firm(FACTS | {"workers": "250"})
    _told(firm, verification=3, workers={"comparator": ">", "value": 200})
    firms = firms_of_register(DAYS[1])
    assert firms.facts["workers"].values.tolist() == [250]
    _same(firms)


@pytest.mark.django_db
def test_a_list_of_firms_keeps_its_order_and_leaves_out_who_is_gone() -> None:
    firms = [_firm(FACTS | {"name": f"Công ty {name}"}) for name in ("Một", "Hai", "Ba")]
    wanted = [firms[2].pk, 10**9, firms[0].pk]
    found = firms_among(wanted, DAYS[1])
    assert found.ids.tolist() == [firms[2].pk, firms[0].pk]
    _same(found)
    assert np.array_equal(firms_among([], DAYS[1]).ids, [])
