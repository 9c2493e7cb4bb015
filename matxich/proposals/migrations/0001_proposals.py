import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Need",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("client_id", models.UUIDField(unique=True)),
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
            ("name", models.CharField(max_length=300)),
            ("phone", models.TextField(blank=True)),
            ("commune", models.CharField(blank=True, max_length=5)),
            ("province", models.CharField(max_length=2)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("machine", "Máy móc, thiết bị"),
                        ("demonstration", "Mô hình trình diễn"),
                        ("design", "Thiết kế mẫu mã, bao bì"),
                        ("brand", "Nhãn hiệu, thương hiệu"),
                        ("fair", "Hội chợ, giới thiệu sản phẩm"),
                        ("training", "Đào tạo nghề, tập huấn"),
                        ("cleaner", "Sản xuất sạch hơn"),
                        ("digital", "Chuyển đổi số"),
                        ("credit", "Vốn vay"),
                    ],
                    max_length=15,
                ),
            ),
            ("title", models.CharField(max_length=300)),
            ("product", models.CharField(blank=True, max_length=300)),
            (
                "product_title",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "Chưa có"),
                        ("province", "Tiêu biểu cấp tỉnh"),
                        ("region", "Tiêu biểu cấp khu vực"),
                        ("national", "Tiêu biểu cấp quốc gia"),
                        ("ocop", "Sản phẩm OCOP"),
                    ],
                    max_length=10,
                ),
            ),
            ("year", models.SmallIntegerField()),
            ("cost", models.BigIntegerField(default=0)),
            ("own_funds", models.BigIntegerField(default=0)),
            (
                "urgency",
                models.CharField(
                    choices=[("now", "Cần ngay năm nay"), ("next", "Năm sau"), ("later", "Chưa gấp")],
                    default="next",
                    max_length=5,
                ),
            ),
            ("land_ready", models.BooleanField(default=False)),
            ("papers_ready", models.BooleanField(default=False)),
            ("note", models.TextField(blank=True)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("sent", "Đã gửi"),
                        ("checked", "Đã kiểm tra"),
                        ("forwarded", "Đã chuyển lên"),
                        ("taken", "Đã đưa vào đợt hỗ trợ"),
                        ("closed", "Đã khép lại"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            (
                "level",
                models.CharField(
                    choices=[
                        ("commune", "Xã, phường"),
                        ("centre", "Trung tâm khuyến công"),
                        ("department", "Sở Công Thương"),
                    ],
                    default="commune",
                    max_length=10,
                ),
            ),
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
            ("check_note", models.CharField(blank=True, max_length=500)),
            ("checked_by", models.CharField(blank=True, max_length=100)),
            ("checked_at", models.DateTimeField(blank=True, null=True)),
            (
                "call",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="programmes.call",
                ),
            ),
            ("closed_reason", models.CharField(blank=True, max_length=500)),
            ("closed_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.IntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [
                models.Index(fields=["province", "state", "-id"], name="needs_of_province"),
                models.Index(fields=["commune", "-id"], name="needs_of_commune"),
                models.Index(fields=["created_by", "-id"], name="needs_of_person"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("cost__gte", 0), ("cost__lte", 1000000000000000), ("own_funds__gte", 0)),
                    name="need_costs_no_debt",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state", "draft"), ("own_funds__lte", models.F("cost")), _connector="OR"),
                    name="need_has_no_more_than_it_costs",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"), ("state", "closed"), ("sent_at__isnull", False), _connector="OR"
                    ),
                    name="sent_need_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "taken"), _negated=True), ("call__isnull", False), _connector="OR"
                    ),
                    name="taken_need_has_its_call",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        models.Q(models.Q(("closed_reason", ""), _negated=True), ("closed_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="closed_need_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Proposal",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "call",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="programmes.call"
                ),
            ),
            ("code", models.CharField(max_length=60, unique=True)),
            ("title", models.CharField(max_length=300)),
            ("content", models.CharField(max_length=20)),
            ("layer", models.CharField(max_length=60)),
            (
                "shape",
                models.CharField(
                    choices=[
                        ("single", "Một đơn vị"),
                        ("grouped", "Đề án nhóm, nhiều đơn vị thụ hưởng"),
                        ("joint", "Nhiều đơn vị cùng chủ trì"),
                    ],
                    default="single",
                    max_length=10,
                ),
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
            ("applicant", models.CharField(max_length=300)),
            (
                "applicant_kind",
                models.CharField(
                    choices=[
                        ("enterprise", "Doanh nghiệp"),
                        ("unit", "Đơn vị phụ thuộc"),
                        ("cooperative", "Hợp tác xã"),
                        ("union", "Liên hiệp hợp tác xã"),
                        ("cooperative_group", "Tổ hợp tác"),
                        ("household", "Hộ kinh doanh"),
                        ("artisan", "Nghệ nhân, thợ giỏi"),
                    ],
                    max_length=20,
                ),
            ),
            ("commune", models.CharField(blank=True, max_length=5)),
            ("province", models.CharField(blank=True, max_length=2)),
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
            (
                "mode",
                models.CharField(choices=[("own", "Tự nộp"), ("on_behalf", "Nộp hộ")], default="own", max_length=10),
            ),
            ("prepared_by", models.CharField(max_length=100)),
            ("represented_by", models.CharField(blank=True, max_length=100)),
            ("mandate_on", models.DateField(blank=True, null=True)),
            ("mandate_from", models.CharField(blank=True, max_length=200)),
            ("form_code", models.CharField(max_length=20)),
            ("answers", models.JSONField(default=dict)),
            ("filled", models.JSONField(default=dict)),
            ("parts", models.JSONField(default=dict)),
            ("passport_version", models.IntegerField(default=0)),
            ("min_part", models.BigIntegerField(blank=True, null=True)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("checking", "Đang kiểm tra hồ sơ"),
                        ("returned", "Trả lại để sửa"),
                        ("reviewing", "Đang xét điều kiện và dự toán"),
                        ("ready", "Chờ đưa ra thẩm định"),
                        ("appraising", "Đang thẩm định"),
                        ("reserve", "Trong danh sách dự phòng"),
                        ("approved", "Được phê duyệt"),
                        ("refused", "Không được hỗ trợ"),
                        ("withdrawn", "Đã rút"),
                    ],
                    default="draft",
                    max_length=12,
                ),
            ),
            ("total", models.BigIntegerField(default=0)),
            ("asked", models.BigIntegerField(default=0)),
            ("counterpart", models.BigIntegerField(default=0)),
            ("other", models.BigIntegerField(default=0)),
            ("approved", models.BigIntegerField(blank=True, null=True)),
            ("decision", models.CharField(blank=True, max_length=60)),
            ("reasons", models.JSONField(blank=True, default=list)),
            ("version", models.IntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_at", models.DateTimeField()),
            ("saved_at", models.DateTimeField()),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [
                models.Index(fields=["call", "status", "-id"], name="proposals_of_call"),
                models.Index(fields=["enterprise", "-id"], name="proposals_of_firm"),
                models.Index(fields=["prepared_by", "-id"], name="proposals_of_preparer"),
                models.Index(fields=["province", "status", "-id"], name="proposals_of_province"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "total",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asked"), "+", models.F("counterpart")
                                ),
                                "+",
                                models.F("other"),
                            ),
                        )
                    ),
                    name="proposal_sources_add_up",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("asked__gte", 0), ("counterpart__gte", 0), ("other__gte", 0), ("total__lte", 1000000000000000)
                    ),
                    name="proposal_money_is_no_debt",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("min_part__isnull", True),
                        models.Q(("min_part__gte", 0), ("min_part__lte", 1000000000000000)),
                        _connector="OR",
                    ),
                    name="proposal_least_part_is_no_debt",
                ),
                models.CheckConstraint(
                    condition=models.Q(("mode", "own"), ("agency__isnull", False), _connector="OR"),
                    name="proposal_filed_for_somebody_names_the_agency",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("status", "approved"), _negated=True), ("approved__isnull", False), _connector="OR"
                    ),
                    name="approved_proposal_has_its_amount",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ProposalParty",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="proposals.proposal"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            (
                "role",
                models.CharField(choices=[("owner", "Cùng chủ trì"), ("beneficiary", "Thụ hưởng")], max_length=12),
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
            ("name", models.CharField(max_length=300)),
            ("tax_code", models.CharField(blank=True, max_length=14)),
            ("share", models.BigIntegerField(default=0)),
            ("note", models.CharField(blank=True, max_length=300)),
        ],
        options={
            "ordering": ["proposal_id", "order", "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("share__gte", 0), ("share__lte", 1000000000000000)),
                    name="party_share_is_no_debt",
                ),
                models.UniqueConstraint(fields=("proposal", "role", "name"), name="one_party_of_a_name"),
            ],
        },
    ),
    migrations.CreateModel(
        name="CostLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="costs", to="proposals.proposal"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            ("item", models.CharField(max_length=300)),
            ("unit", models.CharField(max_length=50)),
            ("quantity", models.DecimalField(decimal_places=3, max_digits=12)),
            ("unit_price", models.BigIntegerField()),
            ("amount", models.BigIntegerField()),
            ("state", models.BigIntegerField()),
            ("counterpart", models.BigIntegerField()),
            ("other", models.BigIntegerField(default=0)),
        ],
        options={
            "ordering": ["proposal_id", "order", "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "amount",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("state"), "+", models.F("counterpart")
                                ),
                                "+",
                                models.F("other"),
                            ),
                        )
                    ),
                    name="cost_line_sources_add_up",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("counterpart__gte", 0), ("other__gte", 0), ("state__gte", 0), ("unit_price__gte", 0)
                    ),
                    name="cost_line_is_no_debt",
                ),
                models.CheckConstraint(
                    condition=models.Q(("amount__lte", 1000000000000000), ("unit_price__lte", 1000000000000000)),
                    name="cost_line_is_within_reason",
                ),
                models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="cost_line_is_of_something"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ProposedResult",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="results", to="proposals.proposal"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            ("indicator", models.CharField(blank=True, max_length=20)),
            ("name", models.CharField(max_length=200)),
            ("unit", models.CharField(max_length=50)),
            ("baseline", models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True)),
            ("target", models.DecimalField(decimal_places=3, max_digits=18)),
            ("until", models.DateField()),
        ],
        options={
            "ordering": ["proposal_id", "order", "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("target__gte", 0), models.Q(("baseline__isnull", True), ("baseline__gte", 0), _connector="OR")
                    ),
                    name="promised_result_is_not_negative",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ProposalFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="files", to="proposals.proposal"
                ),
            ),
            ("paper", models.CharField(max_length=30)),
            (
                "file",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
            ),
            ("name", models.CharField(max_length=255)),
            ("added_by", models.CharField(max_length=100)),
            ("added_at", models.DateTimeField()),
            ("removed_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["proposal_id", "id"],
            "indexes": [models.Index(fields=["proposal", "paper"], name="files_of_proposal")],
        },
    ),
    migrations.CreateModel(
        name="ProposalVersion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="proposals.proposal"
                ),
            ),
            ("number", models.PositiveSmallIntegerField()),
            ("snapshot", models.JSONField()),
            ("sha256", models.CharField(max_length=64)),
            ("token", models.UUIDField(unique=True)),
            ("submitted_by", models.CharField(max_length=100)),
            ("submitted_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["proposal_id", "number"],
            "constraints": [models.UniqueConstraint(fields=("proposal", "number"), name="one_version_of_a_number")],
        },
    ),
    migrations.CreateModel(
        name="Gate",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "proposal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="gates", to="proposals.proposal"
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
            ("state", models.CharField(max_length=12)),
            ("officer", models.CharField(blank=True, max_length=100)),
            ("due", models.DateField(blank=True, null=True)),
            ("reason", models.CharField(blank=True, max_length=1000)),
            ("answer", models.JSONField(blank=True, default=dict)),
            ("entered_at", models.DateTimeField()),
            ("decided_by", models.CharField(blank=True, max_length=100)),
        ],
        options={
            "ordering": ["proposal_id", "id"],
            "indexes": [models.Index(fields=["officer", "due"], name="gates_of_officer")],
            "constraints": [models.UniqueConstraint(fields=("proposal", "kind"), name="one_gate_of_a_kind")],
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
