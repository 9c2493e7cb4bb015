from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PolicyReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Đang tính"), ("done", "Đã xong"), ("failed", "Không tính được")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("rules_version", models.CharField(max_length=12)),
                ("result", models.JSONField(default=dict)),
                ("touched", models.BinaryField(default=bytes)),
                ("read", models.IntegerField(default=0)),
                ("by", models.CharField(max_length=100)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["by", "id"], name="policy_reports_of_person"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["id"], name="policy_reports_waiting"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="policy_report_has_its_end",
                    )
                ],
            },
        ),
    ]
