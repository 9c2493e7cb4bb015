import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_tables_side_by_side"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tax_code", models.CharField(blank=True, max_length=14, null=True)),
                ("reason", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("undone_by", models.CharField(blank=True, max_length=100)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.enterprise"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.enterprise"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=Q(("tax_code__isnull", False), ("undone_at__isnull", True)),
                        fields=["tax_code"],
                        name="merged_by_tax_code",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("undone_at__isnull", True)), fields=("merged",), name="merged_into_one"
                    ),
                    models.CheckConstraint(condition=~Q(("kept", F("merged"))), name="merge_of_two"),
                ],
            },
        ),
    ]
