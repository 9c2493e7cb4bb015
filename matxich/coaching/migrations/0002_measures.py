import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Visit",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="coaching.participant"
                ),
            ),
            ("client_id", models.UUIDField(unique=True)),
            ("instrument", models.CharField(max_length=40)),
            ("answers", models.JSONField(default=dict)),
            ("points", models.PositiveSmallIntegerField(default=0)),
            ("of", models.PositiveSmallIntegerField(default=0)),
            ("on", models.DateField(blank=True, null=True)),
            ("people", models.TextField(blank=True)),
            ("note", models.TextField(blank=True)),
            (
                "state",
                models.CharField(choices=[("draft", "Bản nháp"), ("sent", "Đã gửi")], default="draft", max_length=10),
            ),
            ("organisation", models.CharField(blank=True, max_length=300)),
            ("by", models.CharField(max_length=100)),
            ("saved_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "sent"), _negated=True),
                        models.Q(("on__isnull", False), ("sent_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="sent_visit_has_its_day",
                ),
                models.CheckConstraint(condition=models.Q(("points__lte", models.F("of"))), name="visit_points_fit"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Interview",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="interviews", to="coaching.participant"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="interviews",
                    to="coaching.person",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("survey", "Khảo sát"),
                        ("firm", "Phỏng vấn doanh nghiệp"),
                        ("person", "Phỏng vấn người được cử"),
                    ],
                    max_length=10,
                ),
            ),
            ("instrument", models.CharField(max_length=40)),
            ("answers", models.JSONField(default=dict)),
            ("points", models.PositiveSmallIntegerField(default=0)),
            ("of", models.PositiveSmallIntegerField(default=0)),
            ("on", models.DateField()),
            ("people", models.TextField(blank=True)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "person"), ("person__isnull", False)),
                        models.Q(models.Q(("kind", "person"), _negated=True), ("person__isnull", True)),
                        _connector="OR",
                    ),
                    name="interview_of_a_person_names_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(("points__lte", models.F("of"))), name="interview_points_fit"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Selection",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="selections", to="coaching.participant"
                ),
            ),
            (
                "outcome",
                models.CharField(
                    choices=[
                        ("selected", "Được chọn"),
                        ("reserve", "Dự bị"),
                        ("not_selected", "Không được chọn"),
                        ("promoted", "Từ dự bị lên"),
                    ],
                    max_length=15,
                ),
            ),
            ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("mark", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("letter", models.PositiveIntegerField(blank=True, null=True)),
            ("on", models.DateField()),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("outcome", "not_selected"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="not_selected_says_why",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Signature",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="coaching.participant"
                ),
            ),
            ("side", models.CharField(choices=[("adviser", "Chuyên gia"), ("firm", "Doanh nghiệp")], max_length=10)),
            ("digest", models.CharField(max_length=64)),
            ("name", models.CharField(max_length=150)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "constraints": [
                models.UniqueConstraint(fields=("participant", "side", "digest"), name="one_signature_per_side")
            ],
        },
    ),
    migrations.CreateModel(
        name="Recheck",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="coaching.participant"
                ),
            ),
            ("on", models.DateField()),
            ("holds", models.BooleanField()),
            ("note", models.CharField(max_length=1000)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={"ordering": ["id"]},
    ),
    migrations.CreateModel(
        name="Baseline",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="baselines", to="coaching.participant"
                ),
            ),
            ("number", models.PositiveSmallIntegerField(default=1)),
            (
                "state",
                models.CharField(choices=[("open", "Đang đo"), ("locked", "Đã chốt")], default="open", max_length=10),
            ),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("locked_by", models.CharField(blank=True, max_length=100)),
            ("locked_by_name", models.CharField(blank=True, max_length=150)),
            ("locked_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["participant_id", "number"],
            "constraints": [
                models.UniqueConstraint(fields=("participant", "number"), name="one_baseline_per_number"),
                models.UniqueConstraint(
                    condition=models.Q(("state", "open")), fields=("participant",), name="one_open_baseline"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("locked_at__isnull", True), ("state", "open")),
                        models.Q(
                            ("locked_at__isnull", False),
                            ("state", "locked"),
                            models.Q(("locked_by", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="locked_baseline_says_by_whom",
                ),
                models.CheckConstraint(
                    condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                    name="later_baseline_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EndMeasurement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="measurements", to="coaching.participant"
                ),
            ),
            ("note", models.TextField(blank=True)),
            ("ladder", models.JSONField(blank=True, default=dict)),
            ("sent_by", models.CharField(max_length=100)),
            ("sent_at", models.DateTimeField()),
            ("verified_by", models.CharField(blank=True, max_length=100)),
            ("verified_at", models.DateTimeField(blank=True, null=True)),
            ("returned_by", models.CharField(blank=True, max_length=100)),
            ("returned_at", models.DateTimeField(blank=True, null=True)),
            ("remark", models.CharField(blank=True, max_length=1000)),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("returned_at__isnull", True)),
                    fields=("participant",),
                    name="one_standing_measurement",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("verified_by", ""),
                        models.Q(("verified_by", models.F("sent_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="measurement_is_verified_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("returned_at__isnull", True),
                        models.Q(models.Q(("remark", ""), _negated=True), models.Q(("returned_by", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="returned_measurement_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("returned_at__isnull", True), ("verified_at__isnull", True), _connector="OR"),
                    name="measurement_is_one_or_the_other",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Assessment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="coaching.participant"
                ),
            ),
            ("instrument", models.CharField(max_length=40)),
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
            ("area", models.CharField(blank=True, max_length=100)),
            ("answers", models.JSONField(default=dict)),
            ("points", models.PositiveSmallIntegerField()),
            ("of", models.PositiveSmallIntegerField()),
            ("on", models.DateField()),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "indexes": [models.Index(fields=["participant", "instrument"], name="assessments_of_firm")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("points__lte", models.F("of"))), name="assessment_points_fit"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="FollowUp",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="coaching.participant"
                ),
            ),
            (
                "moment",
                models.CharField(
                    choices=[
                        ("end", "Khi kết thúc"),
                        ("m6", "Sau 6 tháng"),
                        ("m12", "Sau 12 tháng"),
                        ("m24", "Sau 24 tháng"),
                    ],
                    max_length=5,
                ),
            ),
            ("instrument", models.CharField(max_length=40)),
            ("due_on", models.DateField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Chưa đến hạn"),
                        ("sent", "Đã hỏi"),
                        ("answered", "Đã trả lời"),
                        ("unanswered", "Không trả lời"),
                    ],
                    default="waiting",
                    max_length=12,
                ),
            ),
            ("answers", models.JSONField(blank=True, default=dict)),
            ("verified", models.JSONField(blank=True, default=dict)),
            ("verified_by", models.CharField(blank=True, max_length=100)),
            ("verified_at", models.DateTimeField(blank=True, null=True)),
            ("answered_via", models.CharField(blank=True, max_length=10)),
            ("answered_by", models.CharField(blank=True, max_length=100)),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            ("reminders", models.PositiveSmallIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
        ],
        options={
            "ordering": ["participant_id", "due_on"],
            "indexes": [models.Index(fields=["state", "due_on"], name="follow_ups_due")],
            "constraints": [
                models.UniqueConstraint(fields=("participant", "moment"), name="one_follow_up_per_moment"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", False), _connector="OR"
                    ),
                    name="answered_follow_up_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("verified_by", ""),
                        models.Q(("verified_by", models.F("answered_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="follow_up_is_verified_by_another",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CourseDay",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "course",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="days", to="coaching.course"
                ),
            ),
            ("on", models.DateField()),
            ("topic", models.CharField(max_length=300)),
            ("hours", models.DecimalField(decimal_places=2, max_digits=4)),
        ],
        options={
            "ordering": ["course_id", "on", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("course", "on"), name="one_course_day_a_day"),
                models.CheckConstraint(
                    condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="course_day_has_hours"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Enrolment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "course",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="coaching.course"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="coaching.person"
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("enrolled", "Đang học"), ("passed", "Đạt"), ("failed", "Chưa đạt"), ("left", "Bỏ học")],
                    default="enrolled",
                    max_length=10,
                ),
            ),
            ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("completed_on", models.DateField(blank=True, null=True)),
            ("enrolled_by", models.CharField(max_length=100)),
            ("enrolled_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["course_id", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("course", "person"), name="one_enrolment_per_person"),
                models.CheckConstraint(
                    condition=models.Q(("score__isnull", True), ("score__lte", 100), _connector="OR"),
                    name="score_is_of_a_hundred",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["failed", "left"]), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="failed_enrolment_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ExpertRating",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="coaching.person"
                ),
            ),
            (
                "participant",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="coaching.participant"
                ),
            ),
            ("stars", models.PositiveSmallIntegerField()),
            ("note", models.CharField(blank=True, max_length=500)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "constraints": [
                models.UniqueConstraint(fields=("person", "participant"), name="one_rating_per_firm"),
                models.CheckConstraint(
                    condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="rating_is_one_to_five"
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("coaching", "0001_cohorts")]

    operations = [CreateModels(TABLES)]
