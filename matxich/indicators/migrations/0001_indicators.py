import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Target",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("indicator", models.CharField(max_length=5)),
            ("place", models.CharField(blank=True, max_length=2)),
            ("edition", models.CharField(choices=[("63", "trước 01/7/2025"), ("34", "từ 01/7/2025")], max_length=2)),
            (
                "programme",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="programmes.programme",
                ),
            ),
            (
                "comparator",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "đúng"),
                        ("≈", "khoảng"),
                        (">", "trên"),
                        ("≥", "ít nhất"),
                        ("<", "dưới"),
                        ("≤", "không quá"),
                    ],
                    max_length=1,
                ),
            ),
            ("word", models.CharField(blank=True, max_length=20)),
            ("value", models.DecimalField(decimal_places=3, max_digits=18)),
            ("since", models.DateField(blank=True, null=True)),
            ("until", models.DateField()),
            ("source", models.CharField(max_length=300)),
            ("legal_act", models.CharField(blank=True, max_length=200)),
            ("rebuilt", models.BooleanField(default=False)),
            ("set_by", models.CharField(max_length=100)),
            ("set_at", models.DateTimeField()),
            ("withdrawn_by", models.CharField(blank=True, max_length=100)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
        ],
        options={
            "ordering": ["indicator", "-until", "id"],
            "indexes": [models.Index(fields=["indicator", "place", "until"], name="targets_of_indicator")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("since__isnull", True), ("since__lt", models.F("until")), _connector="OR"),
                    name="target_has_time",
                ),
                models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="target_has_its_source"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                        models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="withdrawn_target_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReportedFigure",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("indicator", models.CharField(max_length=5)),
            ("place", models.CharField(blank=True, max_length=2)),
            ("edition", models.CharField(choices=[("63", "trước 01/7/2025"), ("34", "từ 01/7/2025")], max_length=2)),
            (
                "programme",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="programmes.programme",
                ),
            ),
            (
                "basis",
                models.CharField(
                    choices=[("stock", "thời điểm"), ("flow", "trong kỳ"), ("cumulative", "lũy kế")], max_length=10
                ),
            ),
            ("as_of", models.DateField()),
            ("since", models.DateField(blank=True, null=True)),
            (
                "comparator",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "đúng"),
                        ("≈", "khoảng"),
                        (">", "trên"),
                        ("≥", "ít nhất"),
                        ("<", "dưới"),
                        ("≤", "không quá"),
                    ],
                    max_length=1,
                ),
            ),
            ("word", models.CharField(blank=True, max_length=20)),
            ("value", models.DecimalField(decimal_places=6, max_digits=20)),
            ("source", models.CharField(max_length=300)),
            ("note", models.CharField(blank=True, max_length=500)),
            ("rebuilt", models.BooleanField(default=False)),
            ("recorded_by", models.CharField(max_length=100)),
            ("recorded_at", models.DateTimeField()),
            ("withdrawn_by", models.CharField(blank=True, max_length=100)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
        ],
        options={
            "ordering": ["indicator", "-as_of", "-id"],
            "indexes": [models.Index(fields=["indicator", "place", "as_of"], name="reported_of_indicator")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("since__isnull", True), ("since__lte", models.F("as_of")), _connector="OR"),
                    name="reported_figure_begins_first",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("basis", "flow"), _negated=True), ("since__isnull", False), _connector="OR"
                    ),
                    name="reported_flow_has_its_first_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(("source", ""), _negated=True), name="reported_figure_has_its_source"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("indicator", "A06"), _negated=True), ("programme__isnull", True), _connector="OR"
                    ),
                    name="trade_surplus_is_nobodys_outcome",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                        models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="withdrawn_figure_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Snapshot",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("indicator", models.CharField(max_length=5)),
            ("place", models.CharField(blank=True, max_length=2)),
            ("edition", models.CharField(choices=[("63", "trước 01/7/2025"), ("34", "từ 01/7/2025")], max_length=2)),
            ("as_of", models.DateField()),
            ("since", models.DateField(blank=True, null=True)),
            ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("comparator", models.CharField(blank=True, max_length=1)),
            ("numerator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("turns", models.IntegerField(default=0)),
            ("records", models.JSONField(default=list)),
            ("reason", models.CharField(max_length=300)),
            ("taken_by", models.CharField(max_length=100)),
            ("taken_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [models.Index(fields=["indicator", "place", "as_of"], name="snapshots_of_indicator")],
        },
    ),
    migrations.CreateModel(
        name="MonthlyFigure",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("indicator", models.CharField(max_length=5)),
            ("month", models.DateField()),
            ("edition", models.CharField(choices=[("63", "trước 01/7/2025"), ("34", "từ 01/7/2025")], max_length=2)),
            ("place", models.CharField(blank=True, max_length=2)),
            ("value", models.DecimalField(decimal_places=6, max_digits=24)),
            ("numerator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("turns", models.IntegerField(default=0)),
        ],
        options={
            "ordering": ["indicator", "edition", "place", "month"],
            "indexes": [models.Index(fields=["indicator", "edition", "month"], name="monthly_of_indicator")],
            "constraints": [
                models.UniqueConstraint(
                    fields=("edition", "place", "month", "indicator"), name="one_figure_per_month_and_place"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="MonthlyRun",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("first", models.DateField()),
            ("last", models.DateField()),
            ("figures", models.IntegerField()),
            ("seconds", models.FloatField()),
            ("at", models.DateTimeField()),
        ],
        options={"ordering": ["-id"]},
    ),
    migrations.CreateModel(
        name="ReportPeriod",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("title", models.CharField(max_length=200)),
            ("starts", models.DateField()),
            ("ends", models.DateField()),
            ("due_before", models.DateField()),
            ("edition", models.CharField(choices=[("63", "trước 01/7/2025"), ("34", "từ 01/7/2025")], max_length=2)),
            ("indicators", models.JSONField(default=list)),
            ("opened_by", models.CharField(max_length=100)),
            ("opened_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-starts", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends__gt", models.F("starts"))), name="report_period_ends_after_it_begins"
                ),
                models.CheckConstraint(
                    condition=models.Q(("due_before__gte", models.F("ends"))), name="report_is_due_after_its_period"
                ),
                models.UniqueConstraint(fields=("agency", "starts", "ends", "title"), name="one_report_period"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Readiness",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("place", models.CharField(max_length=2)),
            ("criterion", models.CharField(max_length=12)),
            ("met", models.BooleanField()),
            ("as_of", models.DateField()),
            ("source", models.CharField(max_length=300)),
            ("recorded_by", models.CharField(max_length=100)),
            ("recorded_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["place", "criterion", "-as_of", "-id"],
            "indexes": [models.Index(fields=["place", "criterion", "as_of"], name="readiness_of_place")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("source", ""), _negated=True), name="readiness_has_its_source"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Report",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "period",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="indicators.reportperiod"
                ),
            ),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("place", models.CharField(blank=True, max_length=2)),
            (
                "parent",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="children",
                    to="indicators.report",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("submitted", "Chờ xem xét"),
                        ("returned", "Trả lại"),
                        ("accepted", "Đã nhận"),
                        ("consolidated", "Đã tổng hợp"),
                        ("locked", "Đã khóa"),
                        ("reopened", "Mở lại"),
                    ],
                    default="draft",
                    max_length=15,
                ),
            ),
            ("version", models.PositiveIntegerField(default=1)),
            ("comment", models.TextField(blank=True)),
            ("submitted_by", models.CharField(blank=True, max_length=100)),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("first_submitted_at", models.DateTimeField(blank=True, null=True)),
            ("decided_by", models.CharField(blank=True, max_length=100)),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            ("returned_reason", models.CharField(blank=True, max_length=500)),
            ("reopened_by", models.CharField(blank=True, max_length=100)),
            ("reopened_reason", models.CharField(blank=True, max_length=500)),
            ("locked_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["period_id", "parent_id", "agency_id"],
            "constraints": [
                models.UniqueConstraint(fields=("period", "agency"), name="one_report_per_agency_and_period"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["draft", "returned", "reopened"]),
                        ("submitted_at__isnull", False),
                        _connector="OR",
                    ),
                    name="handed_in_report_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "accepted"), _negated=True),
                        models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="report_is_accepted_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "reopened"), _negated=True),
                        models.Q(("reopened_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="reopened_report_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("parent", models.F("id")), _negated=True), name="report_is_not_its_own_parent"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReportCell",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="indicators.report"
                ),
            ),
            ("indicator", models.CharField(max_length=5)),
            ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("comparator", models.CharField(blank=True, max_length=1)),
            ("word", models.CharField(blank=True, max_length=20)),
            ("numerator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
            ("turns", models.IntegerField(default=0)),
            ("records", models.JSONField(default=list)),
            ("reported", models.BooleanField(default=False)),
            ("source", models.CharField(blank=True, max_length=300)),
            ("comment", models.CharField(blank=True, max_length=500)),
            ("note", models.CharField(blank=True, max_length=500)),
        ],
        options={
            "ordering": ["report_id", "indicator"],
            "constraints": [
                models.UniqueConstraint(fields=("report", "indicator"), name="one_cell_per_report_and_indicator"),
                models.CheckConstraint(
                    condition=models.Q(("reported", False), models.Q(("source", ""), _negated=True), _connector="OR"),
                    name="reported_cell_has_its_source",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReportVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="indicators.report"
                ),
            ),
            ("number", models.PositiveIntegerField()),
            ("cells", models.JSONField()),
            ("sha256", models.CharField(max_length=64)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["report_id", "number"],
            "constraints": [
                models.UniqueConstraint(fields=("report", "number"), name="one_version_per_report_and_number")
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_personal_data_requests"), ("programmes", "0003_money_is_append_only")]

    operations = [CreateModels(TABLES)]
