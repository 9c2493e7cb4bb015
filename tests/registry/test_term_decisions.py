"""What people decide that a phrase means: who may, what it replaces, whom it reaches, how it is taken back."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry import search
from matxich.registry.actions import (
    AlreadyUndone,
    NoPhrase,
    NoSuchConcept,
    NotInRegister,
    decide_term,
    undo_term_decision,
)
from matxich.registry.models import Enterprise, SearchChange, TermDecision
from matxich.registry.queries.meaning import meaning_of, meanings_of
from matxich.registry.search import Query, resolve
from matxich.registry.search.concepts import concepts_of, unsure_of
from matxich.registry.search.phrases import said_by, unsure_phrases
from tests.conftest import NOW
from tests.registry.firm_world import SYSTEM
from tests.registry.search_world import firm
from tests.registry.test_merging import merge

pytestmark = pytest.mark.django_db
# The index hears only of what is committed.
committed = pytest.mark.django_db(transaction=True)
MOULDING, PRESSING = "injection-moulding", "stamping"


def decide(phrase="Ép", *concepts, by=SYSTEM, **more):
    more = {"facet": "process", "at": NOW, "reason": "hỏi doanh nghiệp"} | more
    return decide_term(phrase=phrase, concepts=concepts, by=by, **more)


def undo(decision, by=SYSTEM):
    return undo_term_decision(decision=decision, by=by, at=NOW, reason="nhầm")


def codes(text, of=None, facet="process"):
    return meaning_of(text, facet, of).concepts


def unsure():
    return {(each.facet, each.key): each.firms for each in unsure_phrases()}


def found(facet, name):
    return {number for number, _score in search.search(Query("", {facet: resolve(facet, name)})).hits}


@pytest.fixture
def pressers(db):
    """Two firms that say "Ép", one that says it beside others, one that says something else."""
    told = (["Ép"], ["ép", "Phay CNC"], ["ÉP, hàn TIG"], ["ép nhựa"])
    return [firm(f"Cơ khí {n}", told={"processes": each}) for n, each in enumerate(told)]


# What it means


def test_the_firms_own_goes_before_everywheres_and_both_before_the_mapping(pressers):
    one, other, *_ = pressers
    assert (codes("Ép", one), meaning_of("Ép", "process", one).verdict) == ((), "ambiguous")
    decide("Ép", PRESSING)
    assert (codes("ép", one), codes("EP", other), codes("ÉP")) == ((PRESSING,),) * 3
    decide("ep", MOULDING, enterprise=one)
    assert (codes("Ép", one), codes("Ép", other), codes("Ép")) == ((MOULDING,), (PRESSING,), (PRESSING,))
    decide("phay CNC", enterprise=other)
    told = meaning_of("Phay CNC", "process", other)
    assert (told.verdict, told.concepts, codes("Phay CNC", one)) == ("decided", (), ("cnc-milling",))


def test_a_decision_is_about_one_list_of_the_taxonomy(pressers):
    decide("Ép", PRESSING)
    assert codes("Ép", facet="material") == ()


def test_in_any_order_the_same_decisions_mean_the_same(pressers):
    one = pressers[0]
    wanted = (("Ép", PRESSING, None), ("Ép", MOULDING, one), ("ép, phay", "welding", None))
    texts = ("Ép", "ép, phay", "phay; Ép")
    seen = set()
    for order in permutations(wanted):
        with transaction.atomic():
            for phrase, code, of in order:
                decide(phrase, code, enterprise=of)
            seen.add(tuple(codes(text, of) for text in texts for of in (one, None)))
            transaction.set_rollback(True)
    assert seen == {
        ((MOULDING,), (PRESSING,), ("welding",), ("welding",), ("milling", MOULDING), ("milling", PRESSING))
    }


def test_a_concept_stated_with_an_item_goes_before_all(pressers):
    decide("Ép", PRESSING)
    item = {"text": "Ép", "concept": MOULDING}
    assert meaning_of(item, "process").concepts == (MOULDING,)
    assert concepts_of([item], "process") == ("injection-moulding", "plastics-processing")
    assert meaning_of({"text": "Ép", "concept": "no-such"}, "process").concepts == (PRESSING,)
    assert meaning_of({"text": "Ép", "concept": "abs"}, "process").concepts == (PRESSING,)


def test_many_texts_cost_as_many_queries_as_one(pressers, django_assert_num_queries):
    decide("Ép", PRESSING)
    texts = {"process": ["Ép", "phay", "việc khác"] * 20, "material": ["inox", "ABS"]}
    with django_assert_num_queries(2):
        told = meanings_of(texts, pressers[0])
    assert [each.verdict for each in told["process"][:3]] == ["decided", "mapped", "unmapped"]
    with django_assert_num_queries(1):
        meanings_of(texts)


def test_a_code_that_left_the_taxonomy_decides_nothing(pressers):
    made = decide("Ép", PRESSING)
    TermDecision.objects.filter(pk=made.pk).update(concepts=["gone-since"])
    assert meaning_of("Ép", "process").verdict == "ambiguous"
    TermDecision.objects.filter(pk=made.pk).update(concepts=["gone-since", MOULDING])
    assert codes("Ép") == (MOULDING,)


@committed
def test_what_was_decided_for_a_merged_record_speaks_through_the_one_kept(pressers):
    kept, merged, *_ = pressers
    decide("Ép", PRESSING, enterprise=merged)
    merge(kept, merged)
    assert codes("Ép", kept) == (PRESSING,)
    search.catch_up()
    assert found("process", "dập") == {kept.pk}
    decide("Ép", MOULDING, enterprise=kept)
    assert codes("Ép", kept) == (MOULDING,)
    with pytest.raises(NotInRegister):
        decide("Ép", enterprise=Enterprise.objects.get(pk=merged.pk))


# Deciding, replacing, undoing


def test_a_later_decision_replaces_and_both_stay_to_be_read(pressers):
    first = decide("Ép", PRESSING)
    with pytest.raises(Stale):
        decide("Ép", MOULDING)
    second = decide("ép", MOULDING, base=first.pk, at=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.concepts, first.undone_by, first.undone_at) == ([PRESSING], SYSTEM.id, NOW + timedelta(hours=1))
    assert (codes("Ép"), second.phrase, second.key, second.undone_at) == ((MOULDING,), "ép", "ep", None)
    entries = list(Entry.objects.filter(action="term.decide").order_by("id"))
    assert [entry.object_id for entry in entries] == ["process:ep"] * 2
    assert entries[1].before["concepts"] == [PRESSING]
    assert (entries[1].after["concepts"], entries[1].reason) == ([MOULDING], "hỏi doanh nghiệp")


def test_a_double_click_decides_once(pressers):
    made = decide("Ép", PRESSING)
    assert decide("Ép", PRESSING).pk == made.pk
    assert (TermDecision.objects.count(), Entry.objects.filter(action="term.decide").count()) == (1, 1)
    undone = undo(made)
    assert undo(made).undone_at == undone.undone_at
    assert Entry.objects.filter(action="term.undo").count() == 1


def test_undone_the_mapping_speaks_again_and_nothing_replaced_returns(pressers, world, as_actor):
    first = decide("Ép", PRESSING)
    second = decide("Ép", MOULDING, base=first.pk)
    with pytest.raises(AlreadyUndone):
        undo(first, by=as_actor(world.ministry))
    undo(second)
    assert meaning_of("Ép", "process").verdict == "ambiguous"
    with pytest.raises(AlreadyUndone):
        undo(second, by=as_actor(world.ministry))
    assert decide("Ép", PRESSING).undone_at is None


@pytest.mark.parametrize(
    ("phrase", "concepts", "facet", "refusal"),
    [
        ("", ("welding",), "process", NoPhrase),
        (" … ", ("welding",), "process", NoPhrase),
        ("ép " * 80, ("welding",), "process", NoPhrase),
        ("Ép", ("no-such",), "process", NoSuchConcept),
        ("Ép", ("abs",), "process", NoSuchConcept),
        ("Ép", ("welding",), "colour", NoSuchConcept),
        ("Ép", (), "colour", NoSuchConcept),
    ],
)
def test_what_cannot_be_decided_is_refused(phrase, concepts, facet, refusal):
    with pytest.raises(refusal):
        decide(phrase, *concepts, facet=facet)
    assert TermDecision.objects.count() == 0


def test_the_database_holds_one_decision_in_force(pressers):
    made = decide("Ép", PRESSING)
    row = {"facet": "process", "phrase": "x", "key": "ep", "concepts": [], "reason": "x", "by": "x", "at": NOW}
    for more in ({}, {"undone_at": NOW}, {"undone_by": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TermDecision.objects.create(**row | more)
    TermDecision.objects.create(**row | {"enterprise": pressers[0]})
    with pytest.raises(IntegrityError), transaction.atomic():
        TermDecision.objects.create(**row | {"enterprise": pressers[0]})
    for more in ({}, {"decision": made, "enterprise": pressers[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SearchChange.objects.create(**more)


@pytest.mark.parametrize(
    ("who", "everywhere", "own"),
    [
        ("owner", False, True),
        ("colleague", False, True),
        ("ministry", True, True),
        ("stranger", False, False),
        ("viewer", False, False),
        ("administrator", False, False),
        ("enterprise", False, False),
    ],
)
def test_owner_colleague_stranger(who, everywhere, own, world, as_actor):
    of = firm("Ép Hải Phòng", told={"processes": ["Ép"]}, province_34="31")
    by = as_actor(getattr(world, who))
    for allowed, enterprise in ((everywhere, None), (own, of)):
        if allowed:
            undo(decide("Ép", PRESSING, by=by, enterprise=enterprise), by=by)
            continue
        with pytest.raises(Denied):
            decide("Ép", PRESSING, by=by, enterprise=enterprise)
        with pytest.raises(Denied):
            undo(decide("Ép", PRESSING, enterprise=enterprise), by=by)
    assert TermDecision.objects.filter(by=by.id).count() == everywhere + own


# The index


def test_the_index_counts_what_nobody_knows(pressers):
    firm("Sơn", told={"materials": ["việc khác"], "processes": ["a" * 90, "12"], "certificates": ["ISO 9001"]})
    search.rebuild()
    assert unsure() == {("process", "ep"): 3, ("material", "viec khac"): 1}
    assert [(each.facet, each.key) for each in unsure_phrases("material")] == [("material", "viec khac")]
    said = said_by("process", ["ep", "viec khac"], 2)
    assert [(each.enterprise.pk, each.text, each.phrase) for each in said["ep"]] == [
        (pressers[0].pk, "Ép", "Ép"),
        (pressers[1].pk, "ép", "ép"),
    ]
    assert said["viec khac"] == []
    assert unsure_of(["Ép, hàn TIG"], "process") == ("process:ep",)


@committed
def test_a_decision_for_everybody_reaches_all_who_say_it_and_nobody_else(pressers, monkeypatch):
    others = [firm(f"Khác {n}", told={"processes": [f"ép phun nhựa {n}", "phay"]}) for n in range(3)]
    search.rebuild()
    built = []
    from matxich.registry.search import enterprises

    real = enterprises.documents
    monkeypatch.setattr(enterprises, "documents", lambda ids, known: built.append(tuple(ids)) or real(ids, known))
    made = decide("Ép", PRESSING)
    assert search.catch_up()
    saying = tuple(one.pk for one in pressers[:3])
    assert built == [saying]
    assert (found("process", "dập"), unsure()) == (set(saying), {})
    decide("Ép", MOULDING, enterprise=pressers[0])
    assert search.catch_up()
    assert found("process", "dập") == set(saying[1:])
    undo(made)
    assert search.catch_up()
    assert (found("process", "dập"), unsure()) == (set(), {("process", "ep"): 2})
    assert found("process", "ép phun") == {pressers[0].pk, pressers[3].pk, *(one.pk for one in others)}


@committed
def test_a_firm_that_comes_later_and_a_new_index_know_the_decisions(pressers):
    decide("Ép", PRESSING)
    search.rebuild()
    late = firm("Đến sau", told={"processes": ["ép"]})
    search.catch_up()
    assert found("process", "dập") == {*(one.pk for one in pressers[:3]), late.pk}
    assert unsure() == {}


@committed
def test_words_written_together_are_found_as_well(pressers):
    one = firm("Tokyo", told={"processes": ["めっき及び謎作業", "謎作業"]})
    search.rebuild()
    decide("謎作業", "welding")
    search.catch_up()
    assert found("process", "hàn") == {one.pk, pressers[2].pk}


@committed
def test_what_is_not_public_is_neither_asked_about_nor_reached(pressers):
    hidden = firm("Kín", told={"processes": ["Ép"]})
    hidden.statements.filter(field="processes").update(visibility=1)
    search.rebuild()
    assert unsure() == {("process", "ep"): 3}
    decide("Ép", PRESSING)
    search.catch_up()
    assert hidden.pk not in found("process", "dập")
