import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0011_recurring_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Bản nháp"), ("submitted", "Đã gửi"), ("discarded", "Đã bỏ")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(blank=True, null=True)),
                ("people", models.TextField(blank=True)),
                ("findings", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("organisation", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=100)),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="registry.enterprise"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="registry.visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    models.Q(("on__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submitted_visit_has_its_day",
            ),
        ),
    ]
