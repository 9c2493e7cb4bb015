"""Who opened what stays written."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"kit_accessrecord": ("id",)}


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_access_records")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
