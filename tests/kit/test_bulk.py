"""Rows written in bulk are the rows written one by one."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction

from matxich.kit.bulk import insert_rows
from matxich.notices.models import Notice

AT = datetime(2026, 11, 20, 3, 0, 0, 120, tzinfo=UTC)
COLUMNS = ("kind", "to", "subject", "body", "link", "due_at", "created_at", "attempts", "error")


def row(number: int, subject: str = "Đợt\t1\\ \n“x”") -> tuple[object, ...]:
    return ("mail", f"a{number}@matxich.test", subject, "", "", AT, AT, number % 7, "")


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
