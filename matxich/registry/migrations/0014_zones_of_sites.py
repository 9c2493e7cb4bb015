from itertools import batched

import django.db.models.deletion
from django.db import migrations, models


def tell_zones(apps, schema_editor):
    enterprise, site_zone = (apps.get_model("registry", name) for name in ("Enterprise", "SiteZone"))
    told = enterprise.objects.filter(passport__has_key="site").values_list("pk", "passport")
    found = (
        (pk, site["zone"][:80])
        for pk, passport in told.iterator()
        for site, _statement in passport["site"].get("m", ())
        if site.get("zone")
    )
    for some in batched(found, 1_000, strict=False):
        rows = [site_zone(enterprise_id=pk, zone=zone) for pk, zone in dict.fromkeys(some)]
        site_zone.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0013_signed_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteZone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(max_length=80)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="site_zones",
                        to="registry.enterprise",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="sitezone",
            constraint=models.UniqueConstraint(fields=("zone", "enterprise"), name="one_zone_of_a_site_once"),
        ),
        migrations.RunPython(tell_zones, migrations.RunPython.noop),
    ]
