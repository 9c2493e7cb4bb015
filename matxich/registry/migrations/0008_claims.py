import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_personal_data_requests"),
        ("files", "0002_scans"),
        ("registry", "0007_saved_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Chờ cán bộ duyệt"),
                            ("approved", "Đang quản lý hồ sơ"),
                            ("refused", "Không được duyệt"),
                            ("withdrawn", "Đã rút yêu cầu"),
                            ("ended", "Đã thôi quản lý"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("submitted_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.agency",
                    ),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="registry.enterprise"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Giấy chứng nhận đăng ký"),
                            ("authorisation", "Giấy ủy quyền, giới thiệu"),
                        ],
                        max_length=15,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                (
                    "visibility",
                    models.SmallIntegerField(choices=[(0, "Công khai"), (1, "Cán bộ"), (2, "Riêng tư")], default=1),
                ),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=100)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="registry.enterprise",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="registry.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("state", "submitted")), fields=["id"], name="claims_waiting"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "submitted")),
                fields=("enterprise", "claimant"),
                name="one_open_claim_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "ended"]), _negated=True),
                    models.Q(("agency__isnull", False), ("approved_at__isnull", False)),
                    _connector="OR",
                ),
                name="approved_claim_has_its_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "submitted")),
                    models.Q(models.Q(("state", "submitted"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="decided_claim_has_its_time",
            ),
        ),
    ]
