"""The database itself refuses to change a fact: a correction is a newer one."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"zones_zonefact": ("id",)}


class Migration(migrations.Migration):
    dependencies = [("zones", "0001_zones")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
