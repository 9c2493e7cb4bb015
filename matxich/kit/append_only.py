"""The database itself refuses to change a table: UPDATE, DELETE and TRUNCATE raise. Used by migrations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
"""


def guard(table: str, unique: Iterable[str], vendor: str) -> list[str]:
    """Statements that put the guard on a table whose `unique` columns a replacing insert would collide on."""
    return _postgresql(table) if vendor == "postgresql" else _sqlite(table, unique)


def unguard(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_is_append_only ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_refuses_{event}" for event in ("update", "delete", "replace")]


def put_on(tables: Mapping[str, tuple[str, ...]]) -> Callable[[Any, Any], None]:
    """The forward half of a migration's RunPython."""

    def run(apps: Any, editor: Any) -> None:
        for table, unique in tables.items():
            for statement in guard(table, unique, editor.connection.vendor):
                editor.execute(statement, params=None)

    return run


def take_off(tables: Mapping[str, tuple[str, ...]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, editor: Any) -> None:
        for table in tables:
            for statement in unguard(table, editor.connection.vendor):
                editor.execute(statement, params=None)

    return run


def _postgresql(table: str) -> list[str]:
    """ALWAYS: it fires for replication roles too."""
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only",
    ]


def _sqlite(table: str, unique: Iterable[str]) -> list[str]:
    """INSERT OR REPLACE deletes without firing delete triggers, so an insert that would replace is refused as well."""
    taken = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    abort = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {abort}",
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {abort}",
    ]
