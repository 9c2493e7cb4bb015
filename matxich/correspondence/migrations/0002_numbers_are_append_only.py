"""The database itself refuses to change a number given, a template version, a file kept."""

from django.db import migrations

from matxich.kit.append_only import put_on, take_off

TABLES = {
    "correspondence_registerentry": ("id",),
    "correspondence_papertemplate": ("id",),
    "correspondence_paperfile": ("id",),
}


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_papers")]
    operations = [migrations.RunPython(put_on(TABLES), take_off(TABLES))]
