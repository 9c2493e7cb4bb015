import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="GateMove",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="proposals.proposal"
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("dossier", "Kiểm tra hồ sơ"),
                        ("eligibility", "Đối chiếu điều kiện"),
                        ("finance", "Thẩm tra dự toán"),
                        ("council", "Thẩm định"),
                    ],
                    max_length=12,
                ),
            ),
            ("event", models.CharField(max_length=12)),
            ("before", models.CharField(max_length=12)),
            ("after", models.CharField(max_length=12)),
            ("since", models.DateTimeField(blank=True, null=True)),
            ("was_due", models.DateField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=1000)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["proposal_id", "id"],
            "indexes": [models.Index(fields=["kind", "before", "at"], name="moves_out_of_state")],
        },
    ),
    migrations.CreateModel(
        name="FieldNote",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="proposals.proposalversion"
                ),
            ),
            ("path", models.CharField(blank=True, max_length=120)),
            ("text", models.CharField(max_length=1000)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
            ("mended_in", models.PositiveSmallIntegerField(blank=True, null=True)),
        ],
        options={
            "ordering": ["version_id", "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("text", ""), _negated=True), name="field_note_says_something"
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_proposals")]

    operations = [
        CreateModels(TABLES),
        migrations.AddField(
            model_name="proposal",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="proposals.proposalversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("current__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submitted_proposal_has_its_version",
            ),
        ),
    ]
