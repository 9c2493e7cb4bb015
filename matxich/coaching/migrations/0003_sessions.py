import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="ExpertDay",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="days", to="coaching.person"
                ),
            ),
            (
                "participant",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="expert_days",
                    to="coaching.participant",
                ),
            ),
            ("on", models.DateField()),
            ("hours", models.DecimalField(decimal_places=2, max_digits=4)),
            ("paid", models.BooleanField(default=True)),
            ("note", models.CharField(blank=True, max_length=300)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["on", "id"],
            "indexes": [models.Index(fields=["on", "person"], name="expert_days_by_day")],
            "constraints": [
                models.UniqueConstraint(fields=("person", "participant", "on"), name="one_expert_day_per_firm"),
                models.CheckConstraint(
                    condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="expert_day_has_hours"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ExpertAssignment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="coaching.participant"
                ),
            ),
            (
                "expert",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="coaching.person"
                ),
            ),
            ("is_lead", models.BooleanField(default=False)),
            ("since", models.DateField()),
            ("until", models.DateField(blank=True, null=True)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["participant_id", "-is_lead", "id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("until__isnull", True)),
                    fields=("participant", "expert"),
                    name="one_open_assignment",
                ),
                models.CheckConstraint(
                    condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                    name="assignment_ends_after_it_begins",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Session",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "cohort",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="coaching.cohort"
                ),
            ),
            (
                "participant",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="sessions",
                    to="coaching.participant",
                ),
            ),
            ("week", models.PositiveSmallIntegerField()),
            ("mode", models.CharField(choices=[("theory", "Lý thuyết"), ("site", "Tại nhà máy")], max_length=10)),
            ("starts_at", models.DateTimeField()),
            ("ends_at", models.DateTimeField()),
            ("hours", models.DecimalField(decimal_places=2, max_digits=5)),
            ("topic", models.CharField(max_length=300)),
            ("where", models.CharField(blank=True, max_length=200)),
            (
                "state",
                models.CharField(
                    choices=[("planned", "Dự kiến"), ("held", "Đã làm"), ("cancelled", "Đã hủy")],
                    default="planned",
                    max_length=10,
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("experts", models.ManyToManyField(blank=True, related_name="sessions", to="coaching.person")),
        ],
        options={
            "ordering": ["starts_at", "id"],
            "indexes": [models.Index(fields=["cohort", "week"], name="sessions_of_week")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_ends_after_it_begins"
                ),
                models.CheckConstraint(
                    condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="session_has_hours"
                ),
                models.CheckConstraint(condition=models.Q(("week__gte", 1)), name="session_is_in_a_week"),
                models.CheckConstraint(
                    condition=models.Q(("mode", "theory"), ("participant__isnull", False), _connector="OR"),
                    name="site_session_is_at_a_firm",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="cancelled_session_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="WeeklyLog",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="logs", to="coaching.participant"
                ),
            ),
            ("week", models.PositiveSmallIntegerField()),
            ("client_id", models.UUIDField(unique=True)),
            ("instrument", models.CharField(max_length=40)),
            ("answers", models.JSONField(default=dict)),
            ("expert_hours", models.DecimalField(decimal_places=2, max_digits=5)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("kept", "Được dùng"),
                        ("conflict", "Trùng tuần, chờ chọn"),
                        ("set_aside", "Để lại bên cạnh"),
                    ],
                    default="kept",
                    max_length=10,
                ),
            ),
            ("written_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField()),
            ("settled_by", models.CharField(blank=True, max_length=100)),
            ("settled_at", models.DateTimeField(blank=True, null=True)),
            ("organisation", models.CharField(blank=True, max_length=300)),
            ("by", models.CharField(max_length=100)),
            ("by_name", models.CharField(blank=True, max_length=150)),
            ("merged_from", models.ManyToManyField(blank=True, related_name="merged_into", to="coaching.weeklylog")),
        ],
        options={
            "ordering": ["participant_id", "week", "id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("state", "kept")), fields=("participant", "week"), name="one_log_in_use_a_week"
                ),
                models.CheckConstraint(
                    condition=models.Q(("expert_hours__gte", 0), ("expert_hours__lte", 168)),
                    name="a_week_has_168_hours",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Photo",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="coaching.participant"
                ),
            ),
            (
                "visit",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="photos",
                    to="coaching.visit",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("visit", "Khảo sát"),
                        ("before", "Trước cải tiến"),
                        ("after", "Sau cải tiến"),
                        ("week", "Trong tuần"),
                    ],
                    max_length=10,
                ),
            ),
            ("pair", models.CharField(blank=True, max_length=60)),
            ("week", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("title", models.CharField(blank=True, max_length=200)),
            ("taken_on", models.DateField()),
            ("day_typed", models.BooleanField(default=False)),
            ("had_location", models.BooleanField(default=False)),
            (
                "file",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
            ),
            (
                "shown",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
            ),
            ("added_by", models.CharField(max_length=100)),
            ("added_at", models.DateTimeField()),
            ("removed_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["id"],
            "indexes": [models.Index(fields=["participant", "kind"], name="photos_of_participant")],
        },
    ),
    migrations.CreateModel(
        name="MeasuredKpi",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "baseline",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="kpis", to="coaching.baseline"
                ),
            ),
            (
                "definition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coaching.kpidefinition"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            ("line", models.CharField(blank=True, max_length=100)),
            ("product", models.CharField(blank=True, max_length=100)),
            ("period_from", models.DateField(blank=True, null=True)),
            ("period_to", models.DateField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=200)),
        ],
        options={
            "ordering": ["baseline_id", "order", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("baseline", "definition", "line", "product"), name="one_kpi_per_line"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("period_to__isnull", True),
                        ("period_from__isnull", True),
                        ("period_to__gte", models.F("period_from")),
                        _connector="OR",
                    ),
                    name="measured_period_ends_after_it_begins",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="FollowUpLink",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "follow_up",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="links", to="coaching.followup"
                ),
            ),
            ("token_hash", models.CharField(max_length=64, unique=True)),
            ("email", models.EmailField(max_length=254)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(blank=True, null=True)),
            ("replaced_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={"ordering": ["-id"]},
    ),
    migrations.CreateModel(
        name="CourseAttendance",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "day",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="coaching.courseday"
                ),
            ),
            (
                "enrolment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="coaching.enrolment"
                ),
            ),
            ("present", models.BooleanField()),
        ],
        options={
            "ordering": ["day_id", "id"],
            "constraints": [models.UniqueConstraint(fields=("day", "enrolment"), name="one_attendance_a_day")],
        },
    ),
    migrations.CreateModel(
        name="Certificate",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "enrolment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="coaching.enrolment"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="coaching.person"
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("consultants", "Chuyên gia tư vấn"),
                        ("moulds", "Nghề khuôn mẫu"),
                        ("fives", "5S3D"),
                        ("officers", "Cán bộ khuyến công"),
                    ],
                    max_length=12,
                ),
            ),
            ("number", models.CharField(max_length=60, unique=True)),
            ("issued_on", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("paper", models.PositiveIntegerField(blank=True, null=True)),
            ("revoked_on", models.DateField(blank=True, null=True)),
            ("revoked_reason", models.CharField(blank=True, max_length=500)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-issued_on", "-id"],
            "indexes": [models.Index(fields=["kind", "issued_on"], name="certificates_by_day")],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("revoked_on__isnull", True)),
                    fields=("enrolment",),
                    name="one_standing_certificate",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("revoked_on__isnull", True), models.Q(("revoked_reason", ""), _negated=True), _connector="OR"
                    ),
                    name="revoked_certificate_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to__isnull", True), ("valid_to__gt", models.F("issued_on")), _connector="OR"
                    ),
                    name="certificate_ends_after_it_begins",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SessionAttendance",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="coaching.session"
                ),
            ),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="coaching.participant"
                ),
            ),
            ("people", models.PositiveSmallIntegerField()),
        ],
        options={
            "ordering": ["session_id", "id"],
            "constraints": [models.UniqueConstraint(fields=("session", "participant"), name="one_attendance_per_firm")],
        },
    ),
    migrations.CreateModel(
        name="KpiReading",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "measured",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="coaching.measuredkpi"
                ),
            ),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="coaching.participant"
                ),
            ),
            (
                "moment",
                models.CharField(
                    choices=[
                        ("base", "Số liệu nền"),
                        ("week", "Trong tuần"),
                        ("end", "Cuối kỳ"),
                        ("m6", "Sau 6 tháng"),
                        ("m12", "Sau 12 tháng"),
                        ("m24", "Sau 24 tháng"),
                    ],
                    max_length=5,
                ),
            ),
            ("week", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("numerator", models.DecimalField(decimal_places=6, max_digits=22)),
            ("denominator", models.DecimalField(blank=True, decimal_places=6, max_digits=22, null=True)),
            ("value", models.DecimalField(blank=True, decimal_places=9, max_digits=28, null=True)),
            ("no_value", models.CharField(blank=True, max_length=20)),
            ("measured_on", models.DateField()),
            ("source", models.CharField(blank=True, max_length=200)),
            (
                "evidence",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            ("evidence_name", models.CharField(blank=True, max_length=255)),
            ("entered_by", models.CharField(max_length=100)),
            ("entered_at", models.DateTimeField()),
            ("verified_by", models.CharField(blank=True, max_length=100)),
            ("verified_at", models.DateTimeField(blank=True, null=True)),
            ("replaced_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["measured_id", "id"],
            "indexes": [
                models.Index(fields=["participant", "moment"], name="readings_of_participant"),
                models.Index(fields=["moment", "measured_on"], name="readings_by_moment"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("replaced_at__isnull", True), ("week__isnull", False)),
                    fields=("measured", "moment", "week"),
                    name="one_reading_a_week",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("replaced_at__isnull", True), ("week__isnull", True)),
                    fields=("measured", "moment"),
                    name="one_reading_a_moment",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("moment", "week"), ("week__isnull", False)),
                        models.Q(models.Q(("moment", "week"), _negated=True), ("week__isnull", True)),
                        _connector="OR",
                    ),
                    name="weekly_reading_names_its_week",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("no_value", ""), ("value__isnull", False)),
                        models.Q(("value__isnull", True), models.Q(("no_value", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="reading_without_value_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("verified_at__isnull", True), ("verified_by", "")),
                        models.Q(
                            ("verified_at__isnull", False),
                            models.Q(("verified_by", ""), _negated=True),
                            models.Q(("verified_by", models.F("entered_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="reading_is_verified_by_another",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("coaching", "0002_measures")]

    operations = [CreateModels(TABLES)]
