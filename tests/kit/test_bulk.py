"""Rows written in bulk are the rows written one by one."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from matxich.kit.bulk import ENCODE, insert_rows
from matxich.notices.models import Notice
from matxich.registry.models import Source

AT = datetime(2026, 11, 20, 3, 0, 0, 120, tzinfo=UTC)
COLUMNS = ("kind", "to", "subject", "body", "link", "due_at", "created_at", "attempts", "error")


def row(number: int, subject: str = "Đợt\t1\\ \n“x”") -> tuple[object, ...]:
    return ("mail", f"a{number}@matxich.test", subject, "", "", AT, AT, number % 7, "")


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


@given(st.recursive(LEAVES, lambda more: st.lists(more) | st.dictionaries(st.text(), more)))
def test_json_is_what_the_library_writes(value):
    assert ENCODE(value) == json.dumps(value, ensure_ascii=False)


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        ENCODE({"at": AT})


def test_values_come_back_as_they_were_given(db):
    assert insert_rows(Notice, COLUMNS, (row(n) for n in range(4_001))) == 4_001
    stored = Notice.objects.order_by("id").values_list(*COLUMNS)
    assert list(stored) == [row(n) for n in range(4_001)]


def test_nothing_is_inserted_from_nothing(db):
    assert insert_rows(Notice, COLUMNS, []) == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not hold text to a length")
def test_text_too_long_is_refused_and_not_cut(db):
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(Notice, COLUMNS, [row(1, "x" * 301)])


def test_encoded_columns_are_taken_as_they_are(db):
    """JSON made beforehand comes back as the value it was made of."""
    columns = ("name", "key", "kind", "trust", "in_programme", "mapping", "rhythm", "is_demo", "created_at")
    told = {"Đợt": ["“x”", 1.5, None]}
    rows = [(key, key, "visit", 80, True, value, "none", True, AT) for key, value in (("a", told), ("b", ENCODE(told)))]
    insert_rows(Source, columns, rows[:1])
    insert_rows(Source, columns, rows[1:], encoded=("mapping",))
    assert [source.mapping for source in Source.objects.order_by("key")] == [told, told]
