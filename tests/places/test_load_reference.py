"""Loading the packaged data: everything, once, and again after it changed."""

from datetime import date
from typing import Any

from matxich.ledger.models import Entry
from matxich.places import reference
from matxich.places.actions import load_reference
from matxich.places.models import ReferenceLoad, Succession, Unit, Zone
from tests.conftest import NOW


def test_everything_is_loaded_and_written_down(loaded: dict[str, Any]) -> None:
    assert loaded == {
        "version": reference.data_version(),
        "units": len(reference.units()) + 1,
        "successions": len(reference.successions()) + 63 + 12,
        "zones": len(reference.zones()),
        "changed": True,
    }
    entry = Entry.objects.get(action="places.load_reference")
    assert entry.after == {name: loaded[name] for name in ("version", "units", "successions", "zones")}


def test_loading_again_does_nothing(loaded: dict[str, Any], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        assert load_reference(at=NOW) == loaded | {"changed": False}
    assert Entry.objects.filter(action="places.load_reference").count() == 1


def test_a_new_version_repairs_rows_and_keeps_their_ids(loaded: dict[str, Any]) -> None:
    hanoi = Unit.objects.get(code="01", valid_to=None)
    Unit.objects.filter(pk=hanoi.pk).update(name="Sai")
    Unit.objects.create(code="99", level="province", kind="tỉnh", name="Thừa", valid_from=date(2025, 7, 1))
    zone = Zone.objects.get(kind="KCN", name="Đình Trám")
    Zone.objects.filter(pk=zone.pk).update(name_en="wrong")
    Zone.objects.create(kind="KCN", name="Thừa", province_63="01", province_34="01")
    ReferenceLoad.objects.update(version="older")
    assert load_reference(at=NOW) == loaded
    assert Unit.objects.get(pk=hanoi.pk).name == "Hà Nội"
    assert Zone.objects.get(pk=zone.pk).name_en == "Dinh Tram Industrial Park"
    assert not Unit.objects.filter(code="99").exists()
    assert not Zone.objects.filter(name="Thừa").exists()
    assert Entry.objects.get(action="places.load_reference", before__isnull=False).before == {"version": "older"}


def test_kinds_that_changed_are_successions_of_the_same_code(loaded: dict[str, Any]) -> None:
    changes = Succession.objects.filter(on=date(2026, 4, 30)).select_related("predecessor", "successor")
    assert len(changes) == 11
    for change in changes:
        assert change.predecessor.code == change.successor.code
        assert change.predecessor.valid_to == change.successor.valid_from == change.on
        assert (change.kind, change.legal_act) == ("whole", "Nghị quyết 30/2026/QH16")
