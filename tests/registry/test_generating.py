"""A series of invented firms in the register: whole batches, proved by the fold, apart from everything real."""

from dataclasses import replace

import pytest

from demo.synthetic.firms import UNIT_EVERY, Series
from demo.synthetic.sources import sources
from matxich.kit.actor import system_actor
from matxich.ledger.models import Entry
from matxich.ledger.queries import verify
from matxich.registry.actions import generating, rebuild
from matxich.registry.actions.generating import (
    BesideReal,
    Generated,
    OtherSeries,
    SampleCodesSpent,
    generate,
)
from matxich.registry.actions.numbers import reserve, reserve_row
from matxich.registry.models import Enterprise, SearchChange, Source, Statement
from matxich.registry.queries.generated import standing
from matxich.registry.search import catch_up, status
from matxich.registry.search import rebuild as rebuild_index
from matxich.registry.states import Kind
from matxich.rulebook.identifiers import SAMPLE_CODES, make_registry_id, parse_tax_code, sample_tax_code
from tests.conftest import NOW
from tests.registry.firm_world import full_firm

pytestmark = pytest.mark.django_db(transaction=True)
BY = system_actor()


def make(count, seed=1, *, full=False, progress=lambda *_: None, **more):
    return generate(series=Series(seed, full), count=count, sources=sources(), by=BY, at=NOW, progress=progress, **more)


def names():
    return list(Enterprise.objects.order_by("id").values_list("name", flat=True))


def invented(count, seed=1):
    return [firm.facts[0].value for firm in Series(seed, False).firms(1, count)]


@pytest.mark.parametrize("full", [False, True])
def test_what_stands_follows_from_its_statements(full):
    made = make(130, full=full)
    differences = rebuild(by=BY, at=NOW)
    assert (differences.enterprises, differences.found) == (130, [])
    assert made == Generated(130, Statement.objects.count(), Entry.objects.latest("id").pk)
    assert names() == invented(130)
    assert {*Enterprise.objects.values_list("is_demo", "version")} == {(True, 1)}
    assert {*Source.objects.values_list("is_demo", flat=True)} == {True}
    told = Statement.objects.values_list("enterprise", "source").distinct().count()
    assert told > (300 if full else 140)
    assert [change.enterprise_id for change in SearchChange.objects.all()] == [
        *Enterprise.objects.values_list("pk", flat=True)
    ]


def test_tax_codes_are_valid_and_nobodys_and_units_belong_to_the_firm_before():
    make(200)
    coded = dict(Enterprise.objects.exclude(tax_code=None).values_list("tax_code", "kind"))
    assert all(parse_tax_code(code).valid and code.startswith("99") for code in coded)
    without = Enterprise.objects.filter(tax_code=None)
    assert {*without.values_list("kind", flat=True)} <= {Kind.HOUSEHOLD, Kind.COOPERATIVE_GROUP}
    units = Enterprise.objects.filter(kind=Kind.UNIT).order_by("id")
    assert len(units) == 200 // UNIT_EVERY
    for unit in units:
        assert (unit.parent_id, unit.tax_code) == (unit.pk - 1, f"{unit.parent.tax_code}-001")
        assert unit.name == f"Chi nhánh {unit.parent.name}"


def test_one_entry_of_the_ledger_a_batch():
    made = make(80, seed=7)
    entry = Entry.objects.get(action="registry.generate")
    first, last = Enterprise.objects.order_by("id").first(), Enterprise.objects.order_by("id").last()
    assert entry.pk == made.entry
    assert entry.batch == "generate:7"
    assert entry.after == {
        "synthetic": True,
        "seed": 7,
        "full": False,
        "firms": [1, 80],
        "ids": [make_registry_id(first.pk), make_registry_id(last.pk)],
        "enterprises": 80,
        "statements": Statement.objects.count(),
    }
    assert verify(at=NOW).ok


def test_called_again_it_adds_what_is_missing_and_another_seed_adds_more(monkeypatch):
    monkeypatch.setattr(generating, "BATCH", 59)
    make(59)
    assert make(59) == Generated(0, 0, Entry.objects.latest("id").pk)
    assert make(20).enterprises == 0
    assert make(61).enterprises == 2
    unit = Enterprise.objects.get(kind=Kind.UNIT)
    assert unit.tax_code == f"{Enterprise.objects.get(pk=unit.parent_id).tax_code}-001"
    assert names() == invented(61)
    make(10, seed=2)
    assert names() == [*invented(61), *invented(10, seed=2)]
    assert (standing(1).enterprises, standing(2).enterprises, standing(3).enterprises) == (61, 10, 0)
    assert rebuild(by=BY, at=NOW).found == []


def test_several_batches_are_made_beside_the_writer(monkeypatch):
    monkeypatch.setattr(generating, "BATCH", 40)
    seen = []
    make(150, progress=lambda done, total, what: seen.append((done, total)))
    assert seen == [(40, 150), (80, 150), (120, 150), (150, 150)]
    assert names() == invented(150)
    assert [e.after["firms"] for e in Entry.objects.filter(action="registry.generate").order_by("id")] == [
        [1, 40], [41, 80], [81, 120], [121, 150]
    ]  # fmt: skip
    assert rebuild(by=BY, at=NOW).found == []


def test_interrupted_it_stands_up_to_a_batch_and_is_carried_on(monkeypatch):
    monkeypatch.setattr(generating, "BATCH", 40)

    def stop(done, total, what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(100, progress=stop)
    assert (Enterprise.objects.count(), standing(1).enterprises) == (40, 40)
    assert make(100).enterprises == 60
    assert names() == invented(100)
    assert rebuild(by=BY, at=NOW).found == []


def test_a_batch_that_fails_leaves_nothing(monkeypatch):
    def fail(**_):
        raise OSError

    monkeypatch.setattr(generating, "record", fail)
    with pytest.raises(OSError):
        make(5)
    assert (Enterprise.objects.count(), Statement.objects.count(), SearchChange.objects.count()) == (0, 0, 0)


def test_a_code_somebody_holds_is_given_to_nobody():
    make(1)
    number = Enterprise.objects.get().pk
    held = sample_tax_code(number + 3)
    Enterprise.objects.filter(pk=number).update(tax_code=held)
    make(10)
    with_code = Enterprise.objects.filter(pk__in=[number + 2, number + 3], tax_code=None)
    assert Enterprise.objects.filter(tax_code=held).count() == 1
    assert with_code.filter(kind=Kind.ENTERPRISE).exists()


def test_not_beside_real_firms_unless_asked():
    real = full_firm()
    with pytest.raises(BesideReal):
        make(3)
    assert Enterprise.objects.count() == 1
    assert make(3, beside_real=True).enterprises == 3
    real.refresh_from_db()
    assert (real.is_demo, Statement.objects.filter(enterprise=real, source__is_demo=True).count()) == (False, 0)
    assert Statement.objects.filter(enterprise__is_demo=True, source__is_demo=False).count() == 0


def test_a_source_of_the_same_name_that_is_real_is_refused():
    make(1)
    Source.objects.update(is_demo=False)
    with pytest.raises(generating.Stale):
        make(2)
    assert Enterprise.objects.count() == 1


def test_one_fullness_a_seed_and_no_more_than_there_are_codes():
    make(3)
    with pytest.raises(OtherSeries):
        make(4, full=True)
    with pytest.raises(SampleCodesSpent):
        make(SAMPLE_CODES + 1, seed=2)
    assert Enterprise.objects.count() == 3


def test_the_index_hears_of_them():
    make(60)
    assert catch_up()
    assert status().documents == len([name for name in names() if name])
    make(61)
    assert catch_up()
    assert status().documents == 61
    assert rebuild_index() == 61


def test_a_row_of_numbers_is_nobody_elses():
    first = reserve_row(Enterprise, 4)
    between = reserve(Enterprise, 2)
    second = reserve_row(Enterprise, 3)
    taken = [*first, *between, *second]
    assert taken == list(range(first[0], first[0] + 9))


def test_a_series_can_be_sent_to_a_helper():
    assert replace(Series(1, True), full=False) == Series(1, False)
