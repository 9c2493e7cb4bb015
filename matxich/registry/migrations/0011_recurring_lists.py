"""Columns remembered with their day, corrected rows, what each row says in one figure, notes on who is gone."""

from itertools import batched, groupby
from operator import itemgetter
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from matxich.registry.actions.values import keyed_digest
from matxich.rulebook.lists.comparing import digest_of


def date_memory(apps: Any, _editor: Any) -> None:
    """Headers remembered so far, as of the sender's newest list that was checked."""
    lists = apps.get_model("registry", "Import").objects.filter(state__in=["staged", "published", "undone"])
    for source in apps.get_model("registry", "Source").objects.exclude(mapping={}):
        last = lists.filter(source=source, repeats=None).order_by("-id").first()
        day, number = (last.as_of.isoformat(), last.pk) if last else ("", 0)
        source.mapping = {
            header: {"field": field, "header": header, "on": day, "list": number}
            for header, field in source.mapping.items()
        }
        source.save(update_fields=["mapping"])


def undate_memory(apps: Any, _editor: Any) -> None:
    for source in apps.get_model("registry", "Source").objects.exclude(mapping={}):
        source.mapping = {header: known["field"] for header, known in source.mapping.items()}
        source.save(update_fields=["mapping"])


def sum_up_rows(apps: Any, _editor: Any) -> None:
    """What rows taken in so far say, from their statements; rows that wait, from the facts they keep."""
    rows = apps.get_model("registry", "ImportRow")
    told = apps.get_model("registry", "Statement").objects.filter(row__isnull=False).order_by("row_id")
    facts = told.values_list("row_id", "field", "value").iterator(5_000)
    taken = ((row, digest_of((f, v) for _row, f, v in some)) for row, some in groupby(facts, key=itemgetter(0)))
    waiting = rows.objects.filter(outcome="queued", decided_as="").values_list("id", "values").iterator(5_000)
    kept = ((row, digest_of((f, v) for f, v, _column in values or ())) for row, values in waiting)
    for found in (taken, kept):
        for some in batched(found, 1_000, strict=False):
            summed = [rows(pk=pk, digest=keyed_digest(digest)) for pk, digest in some]
            rows.objects.bulk_update(summed, ["digest"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_photos"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoLongerListed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("finding", models.CharField(blank=True, max_length=500)),
                ("closed_by", models.CharField(blank=True, max_length=100)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="import",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="registry.import",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="registry.importrow",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="digest",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="rhythm",
            field=models.CharField(
                choices=[
                    ("none", "Không định kỳ"),
                    ("quarterly", "Hằng quý"),
                    ("half_yearly", "Nửa năm"),
                    ("yearly", "Hằng năm"),
                ],
                default="none",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="weighed_to",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("enterprise__isnull", False)),
                fields=["batch", "enterprise", "digest"],
                name="enterprises_of_list",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="corrected_rows"
            ),
        ),
        migrations.AddField(
            model_name="nolongerlisted",
            name="batch",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.import"
            ),
        ),
        migrations.AddField(
            model_name="nolongerlisted",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.enterprise"
            ),
        ),
        migrations.AddConstraint(
            model_name="nolongerlisted",
            constraint=models.UniqueConstraint(fields=("batch", "enterprise"), name="one_note_per_list_and_enterprise"),
        ),
        migrations.AddConstraint(
            model_name="nolongerlisted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("finding", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("finding", ""), _negated=True)),
                    _connector="OR",
                ),
                name="closed_with_a_finding",
            ),
        ),
        migrations.RunPython(date_memory, undate_memory, elidable=True),
        migrations.RunPython(sum_up_rows, migrations.RunPython.noop, elidable=True),
    ]
