"""The packaged taxonomy: enough of it, sound, and understood by it what firms write."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.registry.taxonomy import DATA, taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Concept, Language, Scheme, load, map_all, map_text
from matxich.rulebook.vietnamese.text import fold

PHRASES = Path(__file__).parent / "phrases"
CONCEPTS = sorted(taxonomy(), key=lambda concept: concept.code)
SIX_SECTORS = ("det-may", "da-giay", "dien-tu", "o-to", "co-khi", "cong-nghe-cao")


@pytest.mark.parametrize(
    ("scheme", "least"),
    [("processes", 150), ("materials", 80), ("certificates", 60), ("machines", 100), ("parts", 100), ("sectors", 6)],
)
def test_there_is_enough_of_every_scheme(scheme: str, least: int) -> None:
    assert len(taxonomy().of(Scheme(scheme))) >= least


def test_the_six_priority_sectors_head_theirs() -> None:
    assert [code for code in SIX_SECTORS if taxonomy().concept(code).broader or code not in taxonomy()] == []


def test_it_is_read_once_and_its_version_follows_the_files() -> None:
    assert taxonomy() is taxonomy()
    texts = {scheme: (DATA / f"{scheme}.csv").read_text(encoding="utf-8") for scheme in Scheme}
    assert load(texts).version == taxonomy().version


def test_every_file_is_packaged() -> None:
    import tomllib

    root = DATA.parents[3]
    told = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["matxich"]
    packaged = {path for pattern in told for path in (root / "matxich").glob(pattern)}
    assert sorted(path.name for path in DATA.glob("*.csv") if path not in packaged) == []


@given(st.sampled_from(CONCEPTS), st.sampled_from(LANGUAGES), st.booleans(), st.booleans())
def test_a_label_leads_back_to_its_concept(concept: Concept, language: Language, bare: bool, loud: bool) -> None:
    text = fold(concept.label(language)) if bare else concept.label(language)
    found = map_text(taxonomy(), text.upper() if loud else text, language=language, schemes=(concept.scheme,))
    assert found.concept is not None
    possible = {found.concept.code}
    if found.verdict == "ambiguous":
        possible |= {other.concept.code for other in found.alternatives}
    assert concept.code in possible


@given(st.sampled_from(CONCEPTS), st.sampled_from(LANGUAGES), st.data())
def test_a_name_is_never_taken_for_nothing(concept: Concept, language: Language, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(concept.names(language)))
    assert map_text(taxonomy(), name, language=language, schemes=(concept.scheme,)).concept is not None


def test_what_the_machines_and_buyers_of_a_cell_write() -> None:
    cell = "phay CNC, tiện, cắt dây EDM; ISO 9001:2015, IATF 16949"
    found = map_all(taxonomy(), cell, language="vi")
    assert [each.concept.code for each in found if each.concept] == [
        "cnc-milling", "turning", "wire-edm", "iso-9001", "iatf-16949",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["khác", "v.v.", "Nguyễn Văn Tiện", "asdf qwerty", "", "không có", "liên hệ giám đốc", "0912 345 678"]
)
def test_nonsense_stays_unknown(text: str) -> None:
    assert [map_text(taxonomy(), text, language=language).confidence for language in LANGUAGES] == [0.0] * 4


def held_out(language: Language, part: str = "") -> list[dict[str, str]]:
    with (PHRASES / f"{part}{language}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_phrases_are_no_labels_and_mean_concepts_that_exist(language: Language) -> None:
    labels = {concept.label(each).casefold() for concept in taxonomy() for each in LANGUAGES}
    rows = held_out(language)
    assert len(rows) >= 140
    assert [row["text"] for row in rows if row["text"].casefold() in labels] == []
    wanted = [(row["scheme"], code) for row in rows for code in row["concept"].split("|")]
    assert [code for scheme, code in wanted if taxonomy().concept(code).scheme != scheme] == []


@pytest.mark.parametrize(
    ("language", "bare"), [("vi", False), ("vi", True), ("en", False), ("ja", False), ("ko", False)]
)
def test_nine_in_ten_held_out_phrases_are_understood(language: Language, bare: bool) -> None:
    rows = held_out(language)
    right = 0
    for row in rows:
        text = fold(row["text"]) if bare else row["text"]
        concept = map_text(taxonomy(), text, language=language, schemes=(Scheme(row["scheme"]),)).concept
        right += concept is not None and concept.code in row["concept"].split("|")
    assert right / len(rows) >= 0.90


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["second_", "third_"])
def test_other_phrases_are_no_labels_and_mean_concepts_that_exist(language: Language, part: str) -> None:
    labels = {concept.label(language).casefold() for concept in taxonomy()}
    rows = held_out(language, part)
    assert len(rows) >= 120
    assert [code for row in rows for code in row["concept"].split("|") if code not in taxonomy()] == []
    if part == "second_":
        assert [row["text"] for row in rows if row["text"].casefold() in labels] == []


@pytest.mark.parametrize(
    ("language", "bare"), [("vi", False), ("vi", True), ("en", False), ("ja", False), ("ko", False)]
)
def test_nine_in_ten_phrases_never_tuned_on_are_understood_without_a_scheme(language: Language, bare: bool) -> None:
    rows = held_out(language, "second_")
    right = 0
    for row in rows:
        concept = map_text(taxonomy(), fold(row["text"]) if bare else row["text"], language=language).concept
        right += concept is not None and concept.code in row["concept"].split("|")
    assert right / len(rows) >= 0.90
