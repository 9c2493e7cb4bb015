"""Tests that commit must be able to clean up after themselves: append-only guards are lifted for the flush alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from matxich.kit.append_only import guard, unguard

TABLES = {
    **import_module("matxich.ledger.migrations.0002_refuse_change").TABLES,
    **import_module("matxich.kit.migrations.0003_access_is_append_only").TABLES,
    **import_module("matxich.zones.migrations.0002_facts_are_append_only").TABLES,
    **import_module("matxich.policy.migrations.0003_acts_are_append_only").TABLES,
    **import_module("matxich.programmes.migrations.0003_money_is_append_only").TABLES,
    **import_module("matxich.proposals.migrations.0003_versions_are_append_only").TABLES,
    **import_module("matxich.correspondence.migrations.0002_numbers_are_append_only").TABLES,
    **import_module("matxich.indicators.migrations.0002_frozen_is_append_only").TABLES,
}


@contextmanager
def lifted() -> Iterator[None]:
    """Change history by hand, as somebody with the keys to the database could."""
    run([statement for table in TABLES for statement in unguard(table, connection.vendor)])
    try:
        yield
    finally:
        run([one for table, unique in TABLES.items() for one in guard(table, unique, connection.vendor)])


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


KEPT = frozenset(("django_content_type", "auth_permission"))
"""What migrating fills, and no test changes: emptied, it would have to be filled again after every test."""


def _filled() -> list[str]:
    tables = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - KEPT)
    rows = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(rows)
        return [name for (name,) in cursor.fetchall()]


def _delete_rows(*_style: object, **_options: object) -> list[str]:
    """Most tables are empty after most tests; truncating them all would take longer than the test.

    No order is needed: foreign keys are looked at when the transaction ends.
    """
    return [f'DELETE FROM "{table}"' for table in _filled()]


@pytest.fixture(scope="session", autouse=True)
def _history_can_be_flushed() -> Iterator[None]:
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_history_too(self: Any, sql_list: list[str]) -> None:
        if not any(table in sql for table in TABLES for sql in sql_list):
            flush(self, sql_list)
            return
        with lifted():
            flush(self, sql_list)

    with (
        patch.object(BaseDatabaseOperations, "execute_sql_flush", flush_history_too),
        patch("django.core.management.commands.flush.sql_flush", _delete_rows),
        patch("django.core.management.commands.flush.emit_post_migrate_signal"),
    ):
        yield
