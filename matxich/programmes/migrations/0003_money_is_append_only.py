"""The database itself refuses to change an entry of money: another entry takes it back."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"programmes_moneyentry": ("id", "key")}


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_agreements_and_money")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
