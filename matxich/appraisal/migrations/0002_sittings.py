import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0001_appraisal"),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=20)),
                ("spec", models.JSONField(default=dict)),
                ("rule", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Bản nháp"), ("in_use", "Đang dùng"), ("retired", "Thôi dùng")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("created_by", models.CharField(max_length=100)),
                ("created_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choices", models.JSONField(default=dict)),
                ("snapshot", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("total", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Đang soạn"),
                            ("submitted", "Đã trình"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt, chờ ban hành"),
                            ("issued", "Đã ban hành"),
                        ],
                        default="drafted",
                        max_length=10,
                    ),
                ),
                ("return_reason", models.CharField(blank=True, max_length=500)),
                ("prepared_by", models.CharField(max_length=100)),
                ("prepared_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.CharField(blank=True, max_length=100)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("paper", models.BigIntegerField(default=0)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="appraisal.batch"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("interested", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declarations", to="appraisal.case"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="appraisal.councilmember",
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "member_id"],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=15)),
                ("party", models.CharField(blank=True, max_length=300)),
                (
                    "origin",
                    models.CharField(
                        choices=[("declared", "Ủy viên khai"), ("detected", "Dữ liệu cho thấy")], max_length=10
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=600)),
                ("detail_en", models.CharField(blank=True, max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Chưa làm rõ"),
                            ("confirmed", "Có xung đột, đã rút"),
                            ("cleared", "Không phải xung đột"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("rules_version", models.CharField(blank=True, max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="appraisal.case"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="appraisal.councilmember",
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "member_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ballots", models.IntegerField()),
                ("entitled", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("quorum", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening", to="appraisal.case"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="appraisal.agendaitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("result", models.JSONField()),
                (
                    "recommended",
                    models.CharField(choices=[("not", "not"), ("unknown", "unknown"), ("met", "met")], max_length=10),
                ),
                ("amount", models.BigIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("conditions", models.TextField(blank=True)),
                ("rules_version", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="appraisal.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discussion", "Ý kiến trao đổi"),
                            ("review", "Nhận xét phản biện"),
                            ("answer", "Giải trình"),
                        ],
                        default="discussion",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="appraisal.case"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="appraisal.councilmember",
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.IntegerField()),
                ("starts_at", models.DateTimeField()),
                ("venue", models.CharField(blank=True, max_length=300)),
                ("online_url", models.URLField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Dự kiến"),
                            ("convened", "Đã triệu tập"),
                            ("open", "Đang họp"),
                            ("closed", "Đã kết thúc"),
                            ("adjourned", "Tạm dừng"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("convened_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("conclusion", models.TextField(blank=True)),
                ("convening_paper", models.BigIntegerField(default=0)),
                ("minutes_paper", models.BigIntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                ("created_by", models.CharField(max_length=100)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="appraisal.batch",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="appraisal.council"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrived", models.DateTimeField(blank=True, null=True)),
                ("left", models.DateTimeField(blank=True, null=True)),
                ("absent_reason", models.CharField(blank=True, max_length=300)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="appraisal.councilmember",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="appraisal.session"
                    ),
                ),
            ],
            options={
                "ordering": ["session_id", "member_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Trim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=300)),
                ("item_key", models.CharField(max_length=300)),
                ("asked", models.BigIntegerField()),
                ("proposed", models.BigIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trims", to="appraisal.case"
                    ),
                ),
            ],
            options={
                "ordering": ["case_id", "id"],
            },
        ),
    ]
