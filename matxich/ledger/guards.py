"""The database itself refuses to change history: UPDATE, DELETE and TRUNCATE of these tables raise."""

TABLES = {
    "ledger_entry": ("id", "content_hash"),
    "ledger_seal": ("seq", "entry", "previous_hash"),
    "ledger_digest": ("date",),
}

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
"""


def guard(table: str, vendor: str) -> list[str]:
    """Statements that put the guard on a table."""
    return _postgresql(table) if vendor == "postgresql" else _sqlite(table)


def unguard(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_is_append_only ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_refuses_{event}" for event in ("update", "delete", "replace")]


def _postgresql(table: str) -> list[str]:
    """ALWAYS: it fires for replication roles too."""
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses_change()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only",
    ]


def _sqlite(table: str) -> list[str]:
    """INSERT OR REPLACE deletes without firing delete triggers, so an insert that would replace is refused as well."""
    taken = " OR ".join(f"{column} = NEW.{column}" for column in TABLES[table])
    abort = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {abort}",
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {abort}",
    ]
