import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Cohort",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agreement",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="cohorts", to="programmes.agreement"
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="cohorts",
                    to="programmes.programme",
                ),
            ),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "sponsor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="programmes.agreementparty",
                ),
            ),
            ("code", models.CharField(max_length=40, unique=True)),
            ("label", models.CharField(max_length=20)),
            ("title", models.CharField(max_length=300)),
            ("title_en", models.CharField(blank=True, max_length=300)),
            ("place", models.CharField(blank=True, max_length=2)),
            ("region_set", models.CharField(default="bac-trung-nam", max_length=30)),
            ("weeks", models.PositiveSmallIntegerField(default=12)),
            ("theory_weeks", models.JSONField(default=list)),
            ("site_weeks", models.JSONField(default=list)),
            ("quota", models.PositiveSmallIntegerField()),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("screening_on", models.DateField(blank=True, null=True)),
            ("running_on", models.DateField(blank=True, null=True)),
            ("closed_on", models.DateField(blank=True, null=True)),
            ("instruments", models.JSONField(default=dict)),
            ("note", models.TextField(blank=True)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("planned", "Chuẩn bị"),
                        ("screening", "Sàng lọc"),
                        ("selecting", "Lựa chọn"),
                        ("running", "Đang tư vấn"),
                        ("closing", "Tổng kết"),
                        ("closed", "Đã kết thúc"),
                        ("cancelled", "Đã hủy"),
                    ],
                    default="planned",
                    max_length=10,
                ),
            ),
            ("state_reason", models.CharField(blank=True, max_length=500)),
            ("rebuilt_from", models.CharField(blank=True, max_length=300)),
            ("version", models.PositiveIntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-starts_on", "-id"],
            "indexes": [models.Index(fields=["state", "starts_on"], name="cohorts_by_state")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("quota__gt", 0)), name="cohort_has_a_quota"),
                models.CheckConstraint(
                    condition=models.Q(("weeks__gte", 1), ("weeks__lte", 52)), name="cohort_lasts_weeks"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("state_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="cancelled_cohort_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["running", "closing", "closed"]), _negated=True),
                        models.Q(("running_on__isnull", False), ("starts_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="running_cohort_has_its_days",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                    ),
                    name="closed_cohort_has_its_day",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="KpiDefinition",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=30)),
            ("version", models.PositiveSmallIntegerField()),
            ("names", models.JSONField()),
            ("unit", models.CharField(max_length=20)),
            ("better", models.CharField(max_length=4)),
            ("decimals", models.PositiveSmallIntegerField(default=1)),
            ("formula", models.JSONField()),
            ("indicator", models.CharField(blank=True, max_length=20)),
            ("note", models.CharField(blank=True, max_length=500)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["code", "version"],
            "constraints": [
                models.UniqueConstraint(fields=("code", "version"), name="one_kpi_definition_per_version"),
                models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="kpi_versions_begin_at_1"),
                models.CheckConstraint(
                    condition=models.Q(("better__in", ["up", "down"])), name="kpi_is_better_up_or_down"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Person",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=150)),
            (
                "sex",
                models.CharField(
                    choices=[("female", "Nữ"), ("male", "Nam"), ("untold", "Không nêu")],
                    default="untold",
                    max_length=10,
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254)),
            ("phone", models.CharField(blank=True, max_length=30)),
            ("organisation", models.CharField(blank=True, max_length=300)),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "enterprise",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="registry.enterprise",
                ),
            ),
            (
                "user",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("nationality", models.CharField(default="vn", max_length=2)),
            ("province_63", models.CharField(blank=True, max_length=2)),
            ("province_34", models.CharField(blank=True, max_length=2)),
            ("languages", models.JSONField(default=list)),
            ("sectors", models.JSONField(default=list)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("nominated", "Được đề cử"),
                        ("interviewed", "Đã phỏng vấn"),
                        ("trainee", "Đang học"),
                        ("assessed", "Đã đánh giá"),
                        ("certified", "Đã cấp chứng nhận"),
                        ("pool", "Trong nhóm chuyên gia"),
                        ("left", "Đã rút"),
                    ],
                    default="nominated",
                    max_length=12,
                ),
            ),
            ("nominated_on", models.DateField()),
            ("interviewed_on", models.DateField(blank=True, null=True)),
            ("trainee_on", models.DateField(blank=True, null=True)),
            ("assessed_on", models.DateField(blank=True, null=True)),
            ("certified_on", models.DateField(blank=True, null=True)),
            ("pool_on", models.DateField(blank=True, null=True)),
            ("left_on", models.DateField(blank=True, null=True)),
            ("renew_by", models.DateField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("interview", models.JSONField(blank=True, default=dict)),
            ("rebuilt_from", models.CharField(blank=True, max_length=300)),
            ("version", models.PositiveIntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("order", models.CharField(editable=False, max_length=240)),
        ],
        options={
            "ordering": ["order", "id"],
            "indexes": [
                models.Index(fields=["state", "order"], name="people_by_state"),
                models.Index(fields=["certified_on"], name="people_by_certificate"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "left"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="person_leaves_for_a_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "certified"), _negated=True),
                        ("certified_on__isnull", False),
                        _connector="OR",
                    ),
                    name="certified_person_has_its_day",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StaffPost",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("post", models.CharField(max_length=200)),
            ("planned", models.PositiveSmallIntegerField()),
            ("filled", models.PositiveSmallIntegerField()),
            ("on", models.DateField()),
            ("source", models.CharField(max_length=200)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["agency_id", "post", "-on", "-id"],
            "indexes": [models.Index(fields=["agency", "on"], name="posts_of_agency")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("planned__gt", 0), ("filled__gt", 0), _connector="OR"),
                    name="post_is_of_somebody",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Participant",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "cohort",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="coaching.cohort"
                ),
            ),
            (
                "enterprise",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.enterprise"
                ),
            ),
            ("site", models.CharField(blank=True, max_length=300)),
            ("commune_63", models.CharField(blank=True, max_length=5)),
            ("commune_34", models.CharField(blank=True, max_length=5)),
            ("province_63", models.CharField(max_length=2)),
            ("province_34", models.CharField(max_length=2)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("longlisted", "Trong danh sách dài"),
                        ("eligible", "Đủ điều kiện"),
                        ("ineligible", "Không đủ điều kiện"),
                        ("visited", "Đã khảo sát nhà máy"),
                        ("surveyed", "Đã trả lời khảo sát"),
                        ("interviewed", "Đã phỏng vấn"),
                        ("selected", "Được chọn"),
                        ("reserve", "Dự bị"),
                        ("not_selected", "Không được chọn"),
                        ("agreed", "Đã ký cam kết"),
                        ("locked", "Đã chốt số liệu nền"),
                        ("running", "Đang tư vấn"),
                        ("measured", "Đã đo cuối kỳ"),
                        ("verified", "Đã kiểm chứng"),
                        ("closed", "Đã hoàn thành"),
                        ("dropped", "Dừng giữa chừng"),
                    ],
                    default="longlisted",
                    max_length=15,
                ),
            ),
            ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("longlisted_on", models.DateField()),
            ("eligible_on", models.DateField(blank=True, null=True)),
            ("visited_on", models.DateField(blank=True, null=True)),
            ("surveyed_on", models.DateField(blank=True, null=True)),
            ("interviewed_on", models.DateField(blank=True, null=True)),
            ("selected_on", models.DateField(blank=True, null=True)),
            ("agreed_on", models.DateField(blank=True, null=True)),
            ("locked_on", models.DateField(blank=True, null=True)),
            ("started_on", models.DateField(blank=True, null=True)),
            ("measured_on", models.DateField(blank=True, null=True)),
            ("verified_on", models.DateField(blank=True, null=True)),
            ("closed_on", models.DateField(blank=True, null=True)),
            ("left_on", models.DateField(blank=True, null=True)),
            ("left_from", models.CharField(blank=True, max_length=15)),
            ("left_week", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=500)),
            (
                "agreement_file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            ("agreement_name", models.CharField(blank=True, max_length=255)),
            ("version", models.PositiveIntegerField(default=1)),
            ("added_by", models.CharField(max_length=100)),
            ("added_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["cohort_id", models.OrderBy(models.F("rank"), nulls_last=True), "id"],
            "indexes": [
                models.Index(fields=["cohort", "state"], name="participants_by_state"),
                models.Index(fields=["closed_on"], name="participants_by_closing"),
                models.Index(fields=["started_on"], name="participants_by_start"),
                models.Index(fields=["province_34", "state"], name="participants_of_province"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("cohort", "enterprise"), name="one_place_per_firm_in_a_cohort"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("province_63", ""), _negated=True), models.Q(("province_34", ""), _negated=True)
                    ),
                    name="participant_is_placed",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["ineligible", "not_selected", "dropped"]), _negated=True),
                        models.Q(
                            ("left_on__isnull", False),
                            models.Q(("left_from", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="participant_leaves_for_a_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(("started_on__isnull", True), ("locked_on__isnull", False), _connector="OR"),
                    name="no_week_one_without_a_baseline",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["reserve"]), _negated=True), ("rank__isnull", False), _connector="OR"
                    ),
                    name="reserve_has_its_rank",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        models.Q(("closed_on__isnull", False), ("started_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="closed_participant_has_its_days",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Course",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ("code", models.CharField(max_length=40, unique=True)),
            ("title", models.CharField(max_length=300)),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "agreement",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="courses",
                    to="programmes.agreement",
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="courses",
                    to="programmes.programme",
                ),
            ),
            (
                "cohort",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="courses",
                    to="coaching.cohort",
                ),
            ),
            ("place", models.CharField(blank=True, max_length=2)),
            ("where", models.CharField(blank=True, max_length=200)),
            ("capacity", models.PositiveSmallIntegerField()),
            ("theory_weeks", models.PositiveSmallIntegerField(default=0)),
            ("site_weeks", models.PositiveSmallIntegerField(default=0)),
            ("hours", models.PositiveSmallIntegerField(default=0)),
            ("least_attendance", models.PositiveSmallIntegerField(default=80)),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("planned", "Dự kiến"),
                        ("running", "Đang học"),
                        ("closed", "Đã kết thúc"),
                        ("cancelled", "Đã hủy"),
                    ],
                    default="planned",
                    max_length=10,
                ),
            ),
            ("state_reason", models.CharField(blank=True, max_length=500)),
            ("rebuilt_from", models.CharField(blank=True, max_length=300)),
            ("version", models.PositiveIntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-starts_on", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="course_ends_after_it_begins"
                ),
                models.CheckConstraint(condition=models.Q(("capacity__gt", 0)), name="course_has_places"),
                models.CheckConstraint(
                    condition=models.Q(("least_attendance__lte", 100)), name="course_attendance_is_a_share"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("state_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="cancelled_course_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ScreeningSheet",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "participant",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="screening", to="coaching.participant"
                ),
            ),
            ("instrument", models.CharField(max_length=40)),
            ("answers", models.JSONField(default=dict)),
            ("passed", models.BooleanField()),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("passed", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                    name="failed_screening_says_why",
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_personal_data_requests"),
        ("files", "0002_scans"),
        ("programmes", "0003_money_is_append_only"),
        ("registry", "0015_claims_without_account"),
    ]

    operations = [CreateModels(TABLES)]
