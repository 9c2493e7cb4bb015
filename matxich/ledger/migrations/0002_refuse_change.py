"""The triggers that keep history append-only."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {
    "ledger_entry": ("id", "content_hash"),
    "ledger_seal": ("seq", "entry", "previous_hash"),
    "ledger_digest": ("date",),
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_entries_and_seals")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
