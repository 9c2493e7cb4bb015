import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Letterhead",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
                ),
            ),
            ("issuer", models.CharField(max_length=300)),
            ("parent", models.CharField(blank=True, max_length=300)),
            ("abbreviation", models.CharField(max_length=20)),
            ("place", models.CharField(max_length=100)),
            ("head", models.CharField(max_length=100)),
            ("deputy", models.CharField(blank=True, max_length=100)),
            ("version", models.IntegerField(default=1)),
        ],
        options={"ordering": ["agency_id"]},
    ),
    migrations.CreateModel(
        name="PaperTemplate",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("approval", "Quyết định phê duyệt đề án"),
                        ("council_founding", "Quyết định thành lập Hội đồng"),
                        ("council_plan", "Thông báo kế hoạch Hội đồng"),
                        ("council_minutes", "Biên bản họp Hội đồng"),
                        ("ballot", "Phiếu đánh giá"),
                        ("submission", "Tờ trình"),
                        ("return_letter", "Công văn trả hồ sơ"),
                        ("refusal_letter", "Công văn không hỗ trợ, có lý do"),
                        ("selection_letter", "Công văn báo kết quả lựa chọn vào đợt tư vấn"),
                        ("course_certificate", "Giấy chứng nhận hoàn thành khóa học"),
                        ("form_1", "Mẫu 1: Dự toán kinh phí"),
                        ("form_2", "Mẫu 2: Biểu tổng hợp (chi tiết) các đề án KCQG"),
                        ("form_4a", "Mẫu 4a: Phiếu thẩm định cấp cơ sở"),
                        ("form_4b", "Mẫu 4b: Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)"),
                    ],
                    max_length=30,
                ),
            ),
            ("version", models.IntegerField()),
            ("text", models.TextField()),
            ("note", models.CharField(blank=True, max_length=300)),
            ("at", models.DateTimeField()),
            ("by", models.CharField(max_length=100)),
        ],
        options={
            "ordering": ["-version"],
            "constraints": [
                models.UniqueConstraint(fields=("agency", "kind", "version"), name="one_paper_template_version"),
                models.CheckConstraint(
                    condition=models.Q(("version__gte", 1)), name="paper_template_versions_begin_at_1"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="OfficialPaper",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("approval", "Quyết định phê duyệt đề án"),
                        ("council_founding", "Quyết định thành lập Hội đồng"),
                        ("council_plan", "Thông báo kế hoạch Hội đồng"),
                        ("council_minutes", "Biên bản họp Hội đồng"),
                        ("ballot", "Phiếu đánh giá"),
                        ("submission", "Tờ trình"),
                        ("return_letter", "Công văn trả hồ sơ"),
                        ("refusal_letter", "Công văn không hỗ trợ, có lý do"),
                        ("selection_letter", "Công văn báo kết quả lựa chọn vào đợt tư vấn"),
                        ("course_certificate", "Giấy chứng nhận hoàn thành khóa học"),
                        ("form_1", "Mẫu 1: Dự toán kinh phí"),
                        ("form_2", "Mẫu 2: Biểu tổng hợp (chi tiết) các đề án KCQG"),
                        ("form_4a", "Mẫu 4a: Phiếu thẩm định cấp cơ sở"),
                        ("form_4b", "Mẫu 4b: Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)"),
                    ],
                    max_length=30,
                ),
            ),
            ("owner_kind", models.CharField(blank=True, max_length=60)),
            ("owner_id", models.CharField(blank=True, max_length=60)),
            ("purpose", models.CharField(blank=True, max_length=60)),
            ("is_confidential", models.BooleanField(default=False)),
            ("fields", models.JSONField(default=dict)),
            ("text", models.TextField()),
            ("template_version", models.IntegerField(default=0)),
            ("subject", models.CharField(blank=True, max_length=600)),
            ("issuer", models.CharField(max_length=300)),
            ("parent", models.CharField(blank=True, max_length=300)),
            ("symbol", models.CharField(blank=True, max_length=40)),
            ("place", models.CharField(max_length=100)),
            ("unit", models.CharField(blank=True, max_length=40)),
            (
                "signed_as",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "Người đứng đầu tự ký"),
                        ("TM.", "TM. (thay mặt tập thể)"),
                        ("KT.", "KT. (cấp phó ký thay)"),
                        ("TL.", "TL. (ký thừa lệnh)"),
                        ("TUQ.", "TUQ. (ký thừa ủy quyền)"),
                        ("Q.", "Q. (quyền, phụ trách)"),
                    ],
                    default="",
                    max_length=4,
                ),
            ),
            ("signing_for", models.CharField(blank=True, max_length=150)),
            ("position", models.CharField(max_length=150)),
            ("mandate", models.CharField(blank=True, max_length=200)),
            ("signer_name", models.CharField(blank=True, max_length=150)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Dự thảo"),
                        ("submitted", "Chờ ký nháy"),
                        ("returned", "Trả lại người soạn"),
                        ("initialled", "Chờ ký"),
                        ("signed", "Chờ cấp số"),
                        ("numbered", "Chờ ban hành"),
                        ("issued", "Đã ban hành"),
                        ("replaced", "Đã được thay thế"),
                        ("withdrawn", "Đã thu hồi"),
                        ("discarded", "Đã bỏ"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("number", models.IntegerField(blank=True, null=True)),
            ("elsewhere", models.CharField(blank=True, max_length=60)),
            ("elsewhere_issuer", models.CharField(blank=True, max_length=300)),
            ("dated_on", models.DateField(blank=True, null=True)),
            ("code", models.CharField(max_length=14, unique=True)),
            (
                "replaces",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="replacements",
                    to="correspondence.officialpaper",
                ),
            ),
            ("drafted_by", models.CharField(max_length=100)),
            ("drafted_at", models.DateTimeField()),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("initialled_by", models.CharField(blank=True, max_length=100)),
            ("initialled_at", models.DateTimeField(blank=True, null=True)),
            ("signed_by", models.CharField(blank=True, max_length=100)),
            ("signed_at", models.DateTimeField(blank=True, null=True)),
            ("issued_at", models.DateTimeField(blank=True, null=True)),
            ("ended_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [
                models.Index(fields=["agency", "state"], name="papers_of_agency"),
                models.Index(fields=["owner_kind", "owner_id"], name="papers_of_owner"),
                models.Index(fields=["drafted_by", "state"], name="papers_of_drafter"),
                models.Index(fields=["agency", "dated_on"], name="papers_by_day"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("number__isnull", True), ("elsewhere", ""), _connector="OR"),
                    name="paper_has_one_number",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["numbered", "issued", "replaced"]), _negated=True),
                        ("dated_on__isnull", False),
                        _connector="OR",
                    ),
                    name="numbered_paper_has_its_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["issued", "replaced"]), _negated=True),
                        ("issued_at__isnull", False),
                        _connector="OR",
                    ),
                    name="issued_paper_has_its_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="paper_goes_back_for_a_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("signed_at__isnull", True), ("signed_by", "")),
                        models.Q(("signed_at__isnull", False), models.Q(("signed_by", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="signed_paper_says_by_whom",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("elsewhere", ""), _negated=True),
                    fields=("elsewhere_issuer", "elsewhere", "dated_on"),
                    name="one_paper_per_number_given_elsewhere",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state__in", ["discarded", "withdrawn"]), _negated=True),
                    fields=("replaces",),
                    name="one_paper_replaces_another",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Register",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("year", models.IntegerField()),
            ("series", models.CharField(max_length=10)),
            ("first", models.IntegerField(default=1)),
            ("next", models.IntegerField(default=1)),
        ],
        options={
            "ordering": ["-year", "series"],
            "constraints": [
                models.UniqueConstraint(fields=("agency", "year", "series"), name="one_register_per_year_and_series"),
                models.CheckConstraint(
                    condition=models.Q(("first__gte", 1), ("next__gte", models.F("first"))),
                    name="register_counts_upwards",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RegisterEntry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "register",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="correspondence.register"
                ),
            ),
            ("number", models.IntegerField()),
            (
                "paper",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="entry", to="correspondence.officialpaper"
                ),
            ),
            ("dated_on", models.DateField()),
            ("at", models.DateTimeField()),
            ("by", models.CharField(max_length=100)),
        ],
        options={
            "ordering": ["register_id", "-number"],
            "constraints": [
                models.UniqueConstraint(fields=("register", "number"), name="one_paper_per_number"),
                models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="register_numbers_begin_at_1"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PaperFile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "paper",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="files", to="correspondence.officialpaper"
                ),
            ),
            (
                "stored",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
            ),
            (
                "role",
                models.CharField(
                    choices=[("pdf", "Bản PDF"), ("docx", "Bản Word"), ("signed", "Bản đã ký, bản quét")], max_length=10
                ),
            ),
            ("sha256", models.CharField(max_length=64)),
            ("name", models.CharField(max_length=255)),
            ("at", models.DateTimeField()),
            ("by", models.CharField(max_length=100)),
        ],
        options={
            "ordering": ["id"],
            "indexes": [models.Index(fields=["sha256"], name="papers_of_file")],
            "constraints": [
                models.UniqueConstraint(fields=("paper", "role", "sha256"), name="one_file_of_paper_per_content")
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_personal_data_requests"), ("files", "0002_scans")]

    operations = [CreateModels(TABLES)]
