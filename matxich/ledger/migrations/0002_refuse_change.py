"""The triggers that keep history append-only."""

from django.db import migrations

from matxich.ledger.guards import TABLES, guard, unguard


def put_on(apps, editor):
    for table in TABLES:
        for statement in guard(table, editor.connection.vendor):
            editor.execute(statement, params=None)


def take_off(apps, editor):
    for table in TABLES:
        for statement in unguard(table, editor.connection.vendor):
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries_and_seals")]
    operations = [migrations.RunPython(put_on, take_off)]
