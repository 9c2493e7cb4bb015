"""Whatever the text, reading answers and keeps it; whatever the value, its words read back as it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.reading import read, read_form
from matxich.rulebook.capabilities.wording import format, format_all
from matxich.rulebook.lists.cells import is_nothing
from matxich.rulebook.vietnamese.text import squeeze
from tests.rulebook.capabilities.values import LATEST, WORDS, texts, values

anything = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join), texts)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("language", ["vi", "en"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_words_read_back_as_the_value(field: str, language: str, data: st.DataObject) -> None:
    value = data.draw(values(field))
    words = format(field, value, language)  # type: ignore[arg-type]
    assert list(read(field, words, latest_year=2100).values) == [value], words


@pytest.mark.parametrize("field", [code for code, field in FIELDS.items() if field.many])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_several_values_read_back_line_by_line(field: str, data: st.DataObject) -> None:
    several = data.draw(st.lists(values(field), min_size=1, max_size=3))
    assert list(read(field, format_all(field, several), latest_year=2100).values) == several


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=60, deadline=None)
@given(text=anything)
def test_any_text_is_answered_and_kept(field: str, text: str) -> None:
    reading = read(field, text, latest_year=LATEST)
    assert reading.text == text
    assert reading == read(field, text, latest_year=LATEST)
    said = reading.values or reading.warnings or reading.questions
    assert said or not squeeze(text) or is_nothing(text) or all(is_nothing(squeeze(one)) for one in text.splitlines())
    json.dumps([*reading.values, *(question.readings for question in reading.questions)], allow_nan=False)
    for warned in reading.warnings:
        assert warned.kept and warned.message("vi") and warned.message("en")


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=60, deadline=None)
@given(before=st.lists(st.sampled_from(WORDS), max_size=6), after=st.lists(st.sampled_from(WORDS), max_size=6))
def test_a_word_nobody_knows_is_never_lost(field: str, before: list[str], after: list[str]) -> None:
    reading = read(field, " ".join([*before, "zwqlk", *after]), latest_year=LATEST)
    kept = [str(reading.values), *(warned.kept for warned in reading.warnings)]
    kept += [str(question) for question in reading.questions]
    assert "zwqlk" in " ".join(kept).lower()


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=60, deadline=None)
@given(text=anything)
def test_what_is_read_may_be_stored(field: str, text: str) -> None:
    """Contacts lack their legal basis, which no text gives."""
    for value in read(field, text, latest_year=LATEST).values:
        problems = [
            one.code for one in check(field, value, latest_year=LATEST) if one.code not in ALLOWED.get(field, ())
        ]
        assert problems == [], value


ALLOWED = {"contact": ("legal_basis_missing", "missing")}


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_form_is_answered(field: str, data: st.DataObject) -> None:
    codes = [*(part.code for part in FIELDS[field].parts), "text", "strange"]
    form = data.draw(st.dictionaries(st.sampled_from(codes), anything, max_size=5))
    reading = read_form(field, form, latest_year=LATEST)
    assert all(text in reading.text for text in form.values())


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=60, deadline=None)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    data=st.data(),
)
def test_any_json_is_checked(field: str, value: object, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(FIELDS[field].parts))
    for problem in [*check(field, value, latest_year=LATEST), *check(field, {part.code: value}, latest_year=LATEST)]:
        assert problem.message("vi") and problem.message("en")
