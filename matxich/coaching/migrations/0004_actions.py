import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="ActionItem",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="coaching.participant"
                ),
            ),
            ("week", models.PositiveSmallIntegerField()),
            ("title", models.CharField(max_length=300)),
            ("owner", models.CharField(max_length=150)),
            ("due", models.DateField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("todo", "Chưa làm"),
                        ("doing", "Đang làm"),
                        ("done", "Đã xong"),
                        ("dropped", "Thôi không làm"),
                    ],
                    default="todo",
                    max_length=10,
                ),
            ),
            ("done_on", models.DateField(blank=True, null=True)),
            (
                "evidence",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="coaching.photo",
                ),
            ),
            ("note", models.CharField(blank=True, max_length=500)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["participant_id", "due", "id"],
            "indexes": [models.Index(fields=["state", "due"], name="actions_due")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("done_on__isnull", False), ("state", "done")),
                        models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                        _connector="OR",
                    ),
                    name="done_action_has_its_day",
                )
            ],
        },
    )
]


class Migration(migrations.Migration):
    dependencies = [("coaching", "0003_sessions")]

    operations = [CreateModels(TABLES)]
