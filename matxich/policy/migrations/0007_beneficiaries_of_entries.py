"""Entries recorded before say who got them and are searched as later ones are."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from matxich.rulebook.law.duplicates import beneficiary
from matxich.rulebook.vietnamese.text import fold


def told(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    given = apps.get_model("policy", "SupportGiven")
    for one in given.objects.filter(beneficiary="").iterator():
        who = beneficiary(one.tax_code, one.province, one.name)
        folded = fold(f"{one.name} {one.title} {one.decision_no}")[:800]
        given.objects.filter(pk=one.pk).update(beneficiary=who, folded=folded)


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_beneficiaries")]
    operations = [migrations.RunPython(told, migrations.RunPython.noop)]
