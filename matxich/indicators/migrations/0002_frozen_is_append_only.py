"""The database itself refuses to change what was frozen or handed in."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"indicators_snapshot": ("id",), "indicators_reportversion": ("id",)}


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_indicators")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
