"""`programmes …`: what there is, what is late, and whether every figure is what its movements give."""

import pytest

from matxich.programmes.models import FundingLine
from tests.programmes.conftest import MILLION, a_programme

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_an_answer(run, db):
    empty = run("programmes", "list", "--json")
    assert (empty.code, empty.data) == (1, {"total": 0, "programmes": []})
    missing = run("programmes", "show", "KHONG-CO", "--json")
    assert (missing.code, missing.data["error"]["code"]) == (2, "no_such_programme")


def test_programmes_with_their_money(run, world):
    a_programme(world)
    told = run("programmes", "list", "--state", "running", "--province", "31", "--json")
    assert told.code == 0
    assert told.data["programmes"] == [
        {
            "code": "KCDP-HP", "name": "Khuyến công Hải Phòng", "name_en": None, "kind": "kc_local",
            "agency": "Sở Công Thương Hải Phòng", "place": "31", "starts": "2026-01-01", "ends": "2031-01-01",
            "state": "running", "budget": 1_000 * MILLION, "committed": 300 * MILLION, "paid": 0, "free": 700 * MILLION,
        }
    ]  # fmt: skip
    assert run("programmes", "list", "--state", "closed").code == 1
    shown = run("programmes", "show", "kcdp-hp", "--json").data
    (call,) = shown["plans"][0]["calls"]
    assert (call["code"], call["supports"], call["firm_wanted"]) == (
        "KCDP-HP-1", ["KC-10", "KC-11", "KC-12", "KC-13"], 90,
    )  # fmt: skip


def test_every_figure_is_held_against_its_movements(run, world):
    line = a_programme(world).line
    sound = run("programmes", "money", "KCDP-HP", "--year", "2026", "--json")
    assert sound.code == 0
    (told,) = sound.data["lines"]
    assert (told["reconciled"], told["free"]) == (True, 700 * MILLION)
    assert [(each["kind"], each["amount"], each["key"]) for each in told["entries"]] == [
        ("allot", 1_000 * MILLION, None), ("commit", 300 * MILLION, "decision:1"),
    ]  # fmt: skip
    FundingLine.objects.filter(pk=line.pk).update(budget=2_000 * MILLION)
    broken = run("programmes", "money", "KCDP-HP")
    assert broken.code == 1 and "KHÔNG KHỚP" in broken.out
