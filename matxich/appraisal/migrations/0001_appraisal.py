import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Council",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "kind",
                models.CharField(
                    choices=[("council", "Hội đồng thẩm định"), ("staff", "Bộ phận chuyên môn thẩm định")],
                    default="council",
                    max_length=10,
                ),
            ),
            ("name", models.CharField(max_length=200)),
            ("name_en", models.CharField(blank=True, max_length=200)),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("place", models.CharField(blank=True, max_length=5)),
            ("founding_no", models.CharField(blank=True, max_length=100)),
            ("founding_on", models.DateField(blank=True, null=True)),
            ("founding_paper", models.BigIntegerField(default=0)),
            ("term_from", models.DateField(blank=True, null=True)),
            ("term_to", models.DateField(blank=True, null=True)),
            ("quorum", models.JSONField(blank=True, default=dict)),
            ("counts_shown", models.BooleanField(default=False)),
            (
                "state",
                models.CharField(
                    choices=[("draft", "Đang dự kiến"), ("founded", "Đã thành lập"), ("dissolved", "Đã giải thể")],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("version", models.IntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("term_to__isnull", True),
                        ("term_from__isnull", True),
                        ("term_to__gt", models.F("term_from")),
                        _connector="OR",
                    ),
                    name="council_term_ends_after_it_begins",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "council"), ("state", "founded"), _negated=True),
                        models.Q(models.Q(("founding_no", ""), _negated=True), ("founding_on__isnull", False)),
                        _connector="OR",
                    ),
                    name="founded_council_names_its_decision",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CriteriaSet",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=40)),
            ("number", models.CharField(max_length=20)),
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
        ],
        options={
            "ordering": ["code", "-id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("agency__isnull", False)),
                    fields=("code", "number", "agency"),
                    name="one_criteria_set_per_version",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("agency__isnull", True)),
                    fields=("code", "number"),
                    name="one_shipped_criteria_set_per_version",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CouncilMember",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "council",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="members", to="appraisal.council"
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "role",
                models.CharField(
                    choices=[
                        ("chair", "Chủ tịch"),
                        ("vice", "Phó chủ tịch"),
                        ("reviewer", "Ủy viên phản biện"),
                        ("secretary", "Thư ký"),
                        ("finance", "Ủy viên tài chính"),
                        ("member", "Ủy viên"),
                    ],
                    max_length=10,
                ),
            ),
            ("votes", models.BooleanField(default=True)),
            ("organisation", models.CharField(blank=True, max_length=300)),
            ("tax_code", models.CharField(blank=True, max_length=14)),
            ("province", models.CharField(blank=True, max_length=2)),
            ("expertise", models.JSONField(blank=True, default=list)),
            ("known", models.JSONField(blank=True, default=dict)),
            ("valid_from", models.DateField()),
            ("valid_to", models.DateField(blank=True, null=True)),
            ("legal_act", models.CharField(blank=True, max_length=200)),
            ("version", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["council_id", "id"],
            "indexes": [models.Index(fields=["user", "council"], name="seats_of_person")],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("valid_to__isnull", True)),
                    fields=("council", "user"),
                    name="one_open_seat_per_person",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                    ),
                    name="council_seat_does_not_end_before_it_begins",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CouncilPlan",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "council",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="appraisal.council"
                ),
            ),
            ("year", models.IntegerField()),
            ("duties", models.TextField(blank=True)),
            ("duties_en", models.TextField(blank=True)),
            ("sessions", models.JSONField(blank=True, default=list)),
            ("members_expected", models.IntegerField(blank=True, null=True)),
            (
                "state",
                models.CharField(
                    choices=[("draft", "Bản nháp"), ("announced", "Đã thông báo")], default="draft", max_length=10
                ),
            ),
            ("shown", models.JSONField(blank=True, default=dict)),
            ("paper", models.BigIntegerField(default=0)),
            ("paper_no", models.CharField(blank=True, max_length=100)),
            ("announced_at", models.DateTimeField(blank=True, null=True)),
            ("announced_by", models.CharField(blank=True, max_length=100)),
            ("version", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["-year", "-id"],
            "constraints": [
                models.UniqueConstraint(fields=("council", "year"), name="one_council_plan_per_year"),
                models.CheckConstraint(
                    condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="council_plan_has_a_year"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "announced"), _negated=True),
                        ("announced_at__isnull", False),
                        _connector="OR",
                    ),
                    name="announced_plan_has_its_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Batch",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=200)),
            ("year", models.IntegerField()),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("place", models.CharField(blank=True, max_length=5)),
            (
                "call",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="batch",
                    to="programmes.call",
                ),
            ),
            (
                "funding_line",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="batches",
                    to="programmes.fundingline",
                ),
            ),
            (
                "criteria",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="appraisal.criteriaset"
                ),
            ),
            (
                "route",
                models.CharField(
                    choices=[("council", "Hội đồng thẩm định"), ("staff", "Bộ phận chuyên môn thẩm định")],
                    default="council",
                    max_length=10,
                ),
            ),
            (
                "council",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="batches",
                    to="appraisal.council",
                ),
            ),
            ("assigned_only", models.BooleanField(default=False)),
            ("rank_rule", models.JSONField(blank=True, default=dict)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("collecting", "Đang nhận hồ sơ"),
                        ("appraising", "Đang thẩm định"),
                        ("ranked", "Đã xếp hạng"),
                        ("decided", "Đã quyết định"),
                    ],
                    default="collecting",
                    max_length=10,
                ),
            ),
            ("version", models.IntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("ranked_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [models.Index(fields=["agency", "-id"], name="batches_of_agency")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("state", "collecting"), ("council__isnull", False), _connector="OR"),
                    name="appraised_batch_has_its_council",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Case",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "batch",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="appraisal.batch"
                ),
            ),
            ("owner_kind", models.CharField(max_length=30)),
            ("owner_id", models.BigIntegerField()),
            ("reference", models.CharField(max_length=40)),
            ("title", models.CharField(max_length=300)),
            ("organisation", models.CharField(max_length=300)),
            ("tax_code", models.CharField(blank=True, max_length=14)),
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
            ("province", models.CharField(blank=True, max_length=2)),
            ("sector", models.CharField(blank=True, max_length=40)),
            ("sme", models.BooleanField(blank=True, null=True)),
            ("content", models.CharField(blank=True, max_length=20)),
            ("expertise", models.JSONField(blank=True, default=list)),
            ("parties", models.JSONField(blank=True, default=list)),
            ("lines", models.JSONField(blank=True, default=list)),
            ("asked", models.BigIntegerField()),
            ("counterpart", models.BigIntegerField(blank=True, null=True)),
            ("min_part", models.BigIntegerField(blank=True, null=True)),
            ("dossier_sha256", models.CharField(max_length=64)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("collected", "Chờ thẩm định"),
                        ("voting", "Đang lấy phiếu"),
                        ("opened", "Đã mở phiếu"),
                        ("concluded", "Đã có kết luận"),
                        ("decided", "Đã quyết định"),
                        ("withdrawn", "Đã rút"),
                    ],
                    default="collected",
                    max_length=10,
                ),
            ),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("opened_by", models.CharField(max_length=100)),
            ("opened_at", models.DateTimeField()),
            ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
            ("version", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["batch_id", "id"],
            "indexes": [models.Index(fields=["batch", "state", "id"], name="cases_of_batch")],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("state", "withdrawn"), _negated=True),
                    fields=("owner_kind", "owner_id"),
                    name="one_live_case_per_owner",
                ),
                models.CheckConstraint(
                    condition=models.Q(("asked__gte", 0), ("asked__lte", 1000000000000000)), name="case_asks_for_money"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("min_part__isnull", True),
                        models.Q(("min_part__gte", 0), ("min_part__lte", models.F("asked"))),
                        _connector="OR",
                    ),
                    name="case_least_part_is_within_what_it_asks",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="withdrawn_case_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AssignmentRun",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "batch",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="appraisal.batch"
                ),
            ),
            ("problem", models.JSONField()),
            ("result", models.JSONField()),
            ("rules_version", models.CharField(max_length=40)),
            (
                "state",
                models.CharField(
                    choices=[("proposed", "Đề xuất"), ("adopted", "Đã giao"), ("dropped", "Đã bỏ")],
                    default="proposed",
                    max_length=10,
                ),
            ),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={"ordering": ["-id"]},
    ),
    migrations.CreateModel(
        name="Session",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "council",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="appraisal.council"
                ),
            ),
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
        ],
        options={
            "ordering": ["-starts_at", "-id"],
            "constraints": [
                models.UniqueConstraint(fields=("council", "no"), name="one_session_per_number"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["open", "closed", "adjourned"]), _negated=True),
                        ("opened_at__isnull", False),
                        _connector="OR",
                    ),
                    name="held_session_has_its_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RankingRun",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "batch",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="appraisal.batch"
                ),
            ),
            ("problem", models.JSONField()),
            ("result", models.JSONField()),
            ("calibrated", models.JSONField(default=dict)),
            ("inputs", models.CharField(max_length=64)),
            ("rules_version", models.CharField(max_length=60)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={"ordering": ["-id"]},
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_personal_data_requests"),
        ("programmes", "0003_money_is_append_only"),
        ("registry", "0015_claims_without_account"),
    ]

    operations = [CreateModels(TABLES)]
