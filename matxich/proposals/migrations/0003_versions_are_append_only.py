"""The database itself refuses to change what was handed in, and how a proposal went through its gates."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"proposals_proposalversion": ("id", "token"), "proposals_gatemove": ("id",)}


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_gates")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
