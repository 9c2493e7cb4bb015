import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Interest",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="appraisal.case"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="appraisal.councilmember"
                ),
            ),
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
        ],
        options={
            "ordering": ["case_id", "member_id", "id"],
            "indexes": [models.Index(fields=["member", "state"], name="interests_of_member")],
            "constraints": [
                models.UniqueConstraint(
                    fields=("case", "member", "category", "party", "origin"), name="one_interest_of_a_kind"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cleared"), _negated=True),
                        models.Q(models.Q(("reason", ""), _negated=True), ("decided_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="cleared_interest_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Declaration",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ("interested", models.BooleanField()),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["case_id", "member_id"],
            "constraints": [models.UniqueConstraint(fields=("case", "member"), name="one_declaration_per_case")],
        },
    ),
    migrations.CreateModel(
        name="Assignment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="appraisal.case"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to="appraisal.councilmember",
                ),
            ),
            (
                "run",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to="appraisal.assignmentrun",
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("cost", models.CharField(blank=True, max_length=40)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            ("ended_reason", models.CharField(blank=True, max_length=500)),
        ],
        options={
            "ordering": ["case_id", "id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ended_at__isnull", True)),
                    fields=("case", "member"),
                    name="one_assignment_per_case_and_member",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="AgendaItem",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="items", to="appraisal.session"
                ),
            ),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="items", to="appraisal.case"
                ),
            ),
            ("order", models.IntegerField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Chờ đến lượt"),
                        ("presenting", "Đang trình bày"),
                        ("voting", "Đang bỏ phiếu"),
                        ("opened", "Đã mở phiếu"),
                        ("decided", "Đã kết luận"),
                        ("postponed", "Để phiên sau"),
                    ],
                    default="waiting",
                    max_length=10,
                ),
            ),
            ("note", models.CharField(blank=True, max_length=500)),
            ("moved_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["session_id", "order", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("session", "case"), name="one_agenda_item_per_case"),
                models.UniqueConstraint(
                    condition=models.Q(("state__in", ["presenting", "voting"])),
                    fields=("case",),
                    name="a_case_is_before_one_session_at_a_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Attendance",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "session",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="appraisal.session"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="appraisal.councilmember"
                ),
            ),
            ("arrived", models.DateTimeField(blank=True, null=True)),
            ("left", models.DateTimeField(blank=True, null=True)),
            ("absent_reason", models.CharField(blank=True, max_length=300)),
        ],
        options={
            "ordering": ["session_id", "member_id", "id"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("left__isnull", True)),
                    fields=("session", "member"),
                    name="one_open_attendance_per_member",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("left__isnull", True),
                        models.Q(("arrived__isnull", False), ("left__gte", models.F("arrived"))),
                        _connector="OR",
                    ),
                    name="attendance_ends_after_it_begins",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("arrived__isnull", True), models.Q(("absent_reason", ""), _negated=True)),
                        models.Q(("absent_reason", ""), ("arrived__isnull", False)),
                        _connector="OR",
                    ),
                    name="absence_has_its_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Ballot",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="appraisal.case"
                ),
            ),
            (
                "member",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="appraisal.councilmember"
                ),
            ),
            ("values", models.JSONField(default=dict)),
            ("verdict", models.CharField(blank=True, max_length=40)),
            ("comment", models.TextField(blank=True)),
            ("proposed_amount", models.BigIntegerField(blank=True, null=True)),
            ("trims", models.JSONField(blank=True, default=dict)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("submitted", "Đã nộp"),
                        ("taken_back", "Đã rút để sửa"),
                        ("opened", "Đã mở"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("version", models.IntegerField(default=1)),
            ("nonce", models.CharField(blank=True, max_length=32)),
            ("seal", models.CharField(blank=True, max_length=64)),
            ("saved_at", models.DateTimeField()),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["case_id", "member_id"],
            "indexes": [models.Index(fields=["member", "state"], name="ballots_of_member")],
            "constraints": [
                models.UniqueConstraint(fields=("case", "member"), name="one_ballot_per_case_and_member"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["draft", "taken_back"]),
                        models.Q(("submitted_at__isnull", False), models.Q(("seal", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="submitted_ballot_is_sealed",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("proposed_amount__isnull", True),
                        models.Q(("proposed_amount__gte", 0), ("proposed_amount__lte", 1000000000000000)),
                        _connector="OR",
                    ),
                    name="ballot_proposes_an_amount",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Remark",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        ],
        options={"ordering": ["case_id", "id"]},
    ),
    migrations.CreateModel(
        name="Trim",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="trims", to="appraisal.case"
                ),
            ),
            ("line", models.CharField(max_length=40)),
            ("item", models.CharField(max_length=300)),
            ("item_key", models.CharField(max_length=300)),
            ("asked", models.BigIntegerField()),
            ("proposed", models.BigIntegerField()),
            ("reason", models.CharField(max_length=500)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["case_id", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("case", "line"), name="one_trim_per_line"),
                models.CheckConstraint(
                    condition=models.Q(("proposed__gte", 0), ("proposed__lte", models.F("asked"))),
                    name="trim_leaves_no_more_than_was_asked",
                ),
                models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="trim_has_its_reason"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Outcome",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="appraisal.case"
                ),
            ),
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
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("amount__gte", 0), ("amount__lte", 1000000000000000)),
                    name="outcome_has_an_amount",
                )
            ]
        },
    ),
    migrations.CreateModel(
        name="ApprovedPrice",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "case",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="appraisal.case"
                ),
            ),
            ("line", models.CharField(max_length=40)),
            ("item", models.CharField(max_length=300)),
            ("item_key", models.CharField(max_length=300)),
            ("unit", models.CharField(blank=True, max_length=60)),
            ("quantity", models.CharField(max_length=20)),
            ("unit_price", models.BigIntegerField()),
            ("asked_price", models.BigIntegerField()),
            ("province", models.CharField(blank=True, max_length=2)),
            ("year", models.IntegerField()),
        ],
        options={
            "ordering": ["item_key", "-year", "id"],
            "indexes": [models.Index(fields=["item_key", "unit"], name="prices_of_item")],
            "constraints": [
                models.UniqueConstraint(fields=("case", "line"), name="one_approved_price_per_line"),
                models.CheckConstraint(
                    condition=models.Q(("asked_price__gte", 0), ("unit_price__gte", 0)),
                    name="approved_price_is_no_debt",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Decision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "batch",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="appraisal.batch"
                ),
            ),
            (
                "run",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="appraisal.rankingrun"
                ),
            ),
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
            ("reserve_after", models.JSONField(default=dict)),
            ("version", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["-id"],
            "constraints": [
                models.UniqueConstraint(fields=("batch",), name="one_decision_per_batch"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("approved_by", ""),
                        models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="decision_is_of_two_people",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["approved", "issued"]), _negated=True),
                        models.Q(models.Q(("approved_by", ""), _negated=True), models.Q(("sha256", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="approved_decision_is_frozen",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        models.Q(
                            models.Q(("number", ""), _negated=True),
                            ("issued_at__isnull", False),
                            ("issued_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="issued_decision_has_its_number",
                ),
                models.CheckConstraint(condition=models.Q(("total__gte", 0)), name="decision_total_is_no_debt"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Opening",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ("ballots", models.IntegerField()),
            ("entitled", models.IntegerField()),
            ("sha256", models.CharField(max_length=64)),
            ("quorum", models.JSONField(default=dict)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
    ),
]


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_appraisal")]

    operations = [CreateModels(TABLES)]
