"""The demo shows a province's own figure, one that waits, and support with one double; filling again adds nothing."""

from datetime import date

import pytest

from demo.filling import _actor
from demo.law import fill_law
from demo.people import fill_people
from matxich.kit.actor import system_actor
from matxich.policy.actions.acts import state_of
from matxich.policy.models import CompleteYear, FigureAct, SupportGiven
from matxich.policy.queries.support_pages import lines_of
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise
from tests.conftest import NOW

CODES = ("9900000016", "9900000023", "9900000030", "9900000048")


@pytest.fixture
def filled(db: None) -> None:
    fill_people(by=system_actor(), at=NOW)
    officer = _actor("hp.chuyenvien", NOW)
    source = source_named(name="Danh sách (mẫu)", by=officer, at=NOW, is_demo=True)
    for number in range(4):
        facts = {"name": f"Cơ khí Mẫu {number}", "address": "Phường An Dương, Hải Phòng"}
        made = create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=officer, at=NOW)
        Enterprise.objects.filter(pk=made.pk).update(is_demo=True, tax_code=CODES[number])
    fill_law(NOW)


def test_what_the_demo_shows_of_the_law(filled: None) -> None:
    fill_law(NOW)
    assert sorted(state_of(act) for act in FigureAct.objects.all()) == ["in_force", "proposed"]
    lines = lines_of(SupportGiven.objects.all())
    assert (len(lines), sum(bool(line.doubles) for line in lines), CompleteYear.objects.count()) == (6, 2, 1)
