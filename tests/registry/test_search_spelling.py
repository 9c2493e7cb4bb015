"""What the index stores is worked out stretch by stretch, and is what the whole text would give."""

import json
from datetime import date
from itertools import chain

import tantivy
from hypothesis import given
from hypothesis import strategies as st

from matxich.registry.search.coding import NOTHING, code_of
from matxich.registry.search.days import Certified
from matxich.registry.search.document import Document, as_json, schema
from matxich.registry.search.spelling import (
    Name,
    indexed,
    joined_initials,
    marked_words,
    own_name,
    spelt_out,
    with_parts,
)
from matxich.rulebook.vietnamese.text import sort_key, words

SPELT = (
    "Cty TNHH SX-TM",
    "T. N. H. H.",
    "X.N.K",
    "iso9001",
    "KCN",
    "½",
    "㎜",
    "e\u0301",
    "\u00ad",
    "\u200b",
    "ﾊﾟ",
    "한",
)
WRITER = tantivy.Index(schema()).writer(15_000_000, 1)
TEXTS = st.lists(st.one_of(st.sampled_from(SPELT), st.text(max_size=12)), max_size=6).map(" ".join)


def in_words(text: str) -> list[str]:
    """The words with their parts, and the words spelt out where that is longer."""
    plain = words(joined_initials(text))
    long = [part for word in plain for part in spelt_out(word) or (word,)]
    parts = [part for word in plain for part in with_parts(word)]
    return parts + (long if len(long) > len(plain) else [])


@given(TEXTS)
def test_any_text_has_the_words_of_the_whole(text: str) -> None:
    assert indexed(text).split() == in_words(text)
    assert list(chain.from_iterable(map(str.split, Name(text).spellings()))) == in_words(text)
    assert [mark for marks in Name(text).marks() for mark in marks.split()] == marked_words(text)


@given(TEXTS)
def test_any_name_stands_where_its_own_words_do(name: str) -> None:
    assert Name(name).order() == sort_key(own_name(name))


@given(TEXTS, st.lists(TEXTS, max_size=3), TEXTS)
def test_any_firm_can_be_stored(name: str, texts: list[str], sector: str) -> None:
    firm = Document(
        7, name, (name,), ("0100109106", "MX-000007-1"), tuple(texts), zone=sector, size="small", sectors=(sector, "x"),
        concepts={"process": ("laser-cutting", "cutting")}, unsure=("process:ep",), sources=(3, 1, 2),
        certificates=(Certified("iso-9001", None, date(2027, 1, 1)),), listed=date(2026, 1, 1), as_of=None,
    )  # fmt: skip
    told = json.loads(as_json(firm))
    assert told["sector"] == list(dict.fromkeys((sector, "x")))
    columns = [told["process_0"], told["process_1"], told["process_2"]]
    assert [code_of("process", number) for number in columns] == ["laser-cutting", "cutting", ""]
    assert (told["source"], told["source_set"], told["certificate_0"]) == (["1", "2", "3"], "1 2 3", NOTHING)
    assert told["id"] == 7
    assert told["by_freshness"] == 7
    assert told["code"].split() == ["0100109106", "mx0000071", "mx", "000007", "1"]
    assert WRITER.add_json(as_json(firm)) is not None
