"""`terms` from the shell: what nobody knows, a decision, its undoing."""

import pytest

from matxich.registry.models import TermDecision
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db(transaction=True)


def test_asked_decided_and_taken_back(run):
    one = firm("Một", told={"processes": ["Ép"], "materials": ["chất gì đó"]})
    firm("Hai", told={"processes": ["ép; Phay"]})
    asked = run("terms", "unsure", "--json").data
    assert {(each["facet"], each["key"], each["firms"]) for each in asked} == {
        ("process", "ep", 2),
        ("material", "chat gi do", 1),
    }
    assert asked[0] == {"facet": "process", "phrase": "Ép", "key": "ep", "firms": 2}
    assert [each["key"] for each in run("terms", "unsure", "--facet", "material", "--json").data] == ["chat gi do"]
    words = ("terms", "decide", "Ép", "--facet", "process", "--reason", "hỏi", "--concept")
    done = run(*words, "stamping", "--json")
    made = TermDecision.objects.get()
    told = {"decision": made.pk, "facet": "process", "phrase": "Ép", "key": "ep", "concepts": ["stamping"]}
    assert (done.code, done.data) == (0, told | {"enterprise": None, "in_force": True, "replaces": None})
    assert [each["key"] for each in run("terms", "unsure", "--json").data] == ["chat gi do"]
    assert run("search", "--process", "dập", "--json").data["total"] == 2
    own = run(*words, "welding", "--enterprise", make_registry_id(one.pk), "--json").data
    assert (own["enterprise"], own["replaces"]) == (make_registry_id(one.pk), None)
    again = run("terms", "decide", "ép", "--facet", "process", "--none", "--reason", "hỏi lại", "--json").data
    assert (again["concepts"], again["replaces"]) == ([], made.pk)
    back = run("terms", "undo", str(again["decision"]), "--reason", "nhầm", "--json")
    assert (back.code, back.data["in_force"]) == (0, False)
    assert run("ledger", "verify", "--json").data["ok"] is True
    assert "Ép" in run("terms", "unsure").out


def test_bad_input(run):
    base = ("decide", "Ép", "--facet", "process", "--reason", "x")
    errors = {
        (*base, "--concept", "no-such"): "no_such_concept",
        (*base,): "usage",
        (*base, "--none", "--concept", "welding"): "usage",
        ("decide", "…", "--facet", "process", "--reason", "x", "--none"): "no_phrase",
        ("decide", "Ép", "--facet", "colour", "--reason", "x", "--none"): "usage",
        ("decide", "Ép", "--facet", "process", "--reason", " ", "--none"): "no_reason",
        (*base, "--none", "--enterprise", "MX-000000-1"): "no_such_enterprise",
        ("undo", "99", "--reason", "x"): "no_such_decision",
        ("unsure", "--facet", "part"): "usage",
    }
    assert {words: run("terms", *words, "--json").error["code"] for words in errors} == errors
    assert TermDecision.objects.count() == 0
