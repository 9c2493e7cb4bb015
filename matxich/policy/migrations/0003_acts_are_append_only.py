"""The database itself refuses to change an act or its decision: another act revokes it."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {"policy_figureact": ("id",), "policy_figuredecision": ("id", "act_id")}


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_figure_acts")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
