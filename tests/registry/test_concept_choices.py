"""Concepts found by part of any of their names."""

import pytest
from django.utils import translation

from matxich.registry.queries.concept_choices import choice_of, concept_choices
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Scheme


def first(query: str, facet: str = "process") -> str:
    return next(iter(concept_choices(query, facet))).code


@pytest.mark.parametrize(
    ("query", "facet", "code"),
    [
        ("phay cnc", "process", "cnc-milling"),
        ("wire edm", "process", "wire-edm"),
        ("cat day", "process", "wire-edm"),
        ("ワイヤーカット", "process", "wire-edm"),
        ("와이어 커팅", "process", "wire-edm"),
        ("iso 9001", "certificate", "iso-9001"),
        ("sus304", "material", "sus304"),
    ],
)
def test_any_name_in_four_languages(query: str, facet: str, code: str) -> None:
    assert first(query, facet) == code


def test_part_of_a_name_is_enough_and_words_may_stand_in_any_order() -> None:
    assert "centerless-grinding" in {choice.code for choice in concept_choices("vo tam", "process")}
    assert "centerless-grinding" in {choice.code for choice in concept_choices("tam mai", "process")}
    assert {choice.code for choice in concept_choices("이어 커", "process")} >= {"wire-edm"}


def test_of_one_list_only_and_not_too_many() -> None:
    found = concept_choices("a", "material")
    assert len(found) == 12
    assert {taxonomy().concept(choice.code).scheme for choice in found} == {Scheme.MATERIALS}
    assert concept_choices("khongcogi xyz", "process") == ()


def test_without_words_all_of_the_list_by_label() -> None:
    assert {choice.code for choice in concept_choices("", "certificate")} == {
        concept.code for concept in taxonomy().of(Scheme.CERTIFICATES)
    }


def test_labels_and_paths_speak_the_readers_language() -> None:
    told = {}
    for language in ("vi", "en"):
        with translation.override(language):
            choice = choice_of("surface-grinding", 0.456)
            told[language] = (choice.label, choice.path, choice.percent)
    known = taxonomy()
    assert told["en"][0] == known.concept("surface-grinding").label("en").capitalize()
    assert told["vi"][0] == "Mài phẳng"
    assert told["en"][1].split(" › ")[0] == known.concept("machining").label("en").capitalize()
    assert told["en"][2] == 46
