import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Programme",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("code", models.CharField(max_length=40, unique=True)),
            ("name", models.CharField(max_length=300)),
            ("name_en", models.CharField(blank=True, max_length=300)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("cnht_national", "Công nghiệp hỗ trợ quốc gia"),
                        ("cnht_city", "Công nghiệp hỗ trợ của tỉnh, thành phố"),
                        ("kc_national", "Khuyến công quốc gia"),
                        ("kc_local", "Khuyến công địa phương"),
                        ("sponsor", "Do đối tác tài trợ"),
                    ],
                    max_length=15,
                ),
            ),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            ("place", models.CharField(blank=True, max_length=5)),
            ("starts", models.DateField()),
            ("ends", models.DateField()),
            ("legal_act", models.CharField(blank=True, max_length=300)),
            ("goal", models.TextField(blank=True)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("running", "Đang thực hiện"),
                        ("closed", "Đã kết thúc"),
                        ("cancelled", "Đã hủy"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "cloned_from",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="clones",
                    to="programmes.programme",
                ),
            ),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-starts", "code"],
            "indexes": [models.Index(fields=["place", "state"], name="programmes_of_place")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends__gt", models.F("starts"))), name="programme_ends_after_it_begins"
                ),
                models.CheckConstraint(
                    condition=models.Q(("cloned_from", models.F("id")), _negated=True),
                    name="programme_is_not_its_own_model",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="FundingLine",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="programmes.programme"
                ),
            ),
            ("year", models.PositiveSmallIntegerField()),
            (
                "source",
                models.CharField(
                    choices=[
                        ("national_cnht", "Ngân sách trung ương, Chương trình công nghiệp hỗ trợ"),
                        ("city_cnht", "Ngân sách địa phương, chương trình công nghiệp hỗ trợ"),
                        ("kc_national", "Khuyến công quốc gia"),
                        ("kc_local", "Khuyến công địa phương"),
                        ("sponsor", "Đối tác tài trợ"),
                    ],
                    max_length=15,
                ),
            ),
            ("layer", models.CharField(max_length=60)),
            ("name", models.CharField(max_length=200)),
            (
                "sponsor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.agency",
                ),
            ),
            ("budget", models.BigIntegerField(default=0)),
            ("committed", models.BigIntegerField(default=0)),
            ("paid", models.BigIntegerField(default=0)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["programme_id", "-year", "id"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("programme", "year", "name"), name="one_funding_line_per_name_and_year"
                ),
                models.CheckConstraint(condition=models.Q(("paid__gte", 0)), name="funding_line_paid_is_no_debt"),
                models.CheckConstraint(
                    condition=models.Q(("committed__gte", models.F("paid"))), name="funding_line_pays_what_is_committed"
                ),
                models.CheckConstraint(
                    condition=models.Q(("budget__gte", models.F("committed"))), name="funding_line_commits_what_it_has"
                ),
                models.CheckConstraint(
                    condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="funding_line_has_a_year"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("source", "sponsor"), _negated=True), ("layer", "other"), _connector="OR"
                    ),
                    name="sponsors_money_is_not_the_states",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="YearPlan",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="programmes.programme"
                ),
            ),
            ("year", models.PositiveSmallIntegerField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("submitted", "Chờ phê duyệt"),
                        ("returned", "Trả lại"),
                        ("approved", "Đã phê duyệt"),
                        ("closed", "Đã khép lại"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("note", models.TextField(blank=True)),
            ("durations", models.JSONField(blank=True, default=dict)),
            ("returned_reason", models.CharField(blank=True, max_length=500)),
            ("decision_no", models.CharField(blank=True, max_length=100)),
            ("decided_on", models.DateField(blank=True, null=True)),
            ("submitted_by", models.CharField(blank=True, max_length=100)),
            ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ("approved_by", models.CharField(blank=True, max_length=100)),
            ("approved_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-year", "programme_id"],
            "constraints": [
                models.UniqueConstraint(fields=("programme", "year"), name="one_plan_a_year"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["approved", "closed"]), _negated=True),
                        models.Q(
                            ("decided_on__isnull", False),
                            models.Q(("decision_no", ""), _negated=True),
                            models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="approved_plan_has_its_decision_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        models.Q(("returned_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="returned_plan_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Agreement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agency",
                models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
            ),
            (
                "parent",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="followers",
                    to="programmes.agreement",
                ),
            ),
            (
                "programme",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="agreements",
                    to="programmes.programme",
                ),
            ),
            ("number", models.CharField(blank=True, max_length=100)),
            ("title", models.CharField(max_length=300)),
            ("signed_on", models.DateField(blank=True, null=True)),
            ("valid_from", models.DateField(blank=True, null=True)),
            ("valid_to", models.DateField(blank=True, null=True)),
            (
                "state",
                models.CharField(
                    choices=[("draft", "Dự thảo"), ("signed", "Đã ký"), ("ended", "Đã chấm dứt")],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("note", models.TextField(blank=True)),
            ("end_reason", models.CharField(blank=True, max_length=500)),
            (
                "file",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="files.storedfile",
                ),
            ),
            ("file_name", models.CharField(blank=True, max_length=255)),
            ("version", models.PositiveIntegerField(default=1)),
            ("is_demo", models.BooleanField(default=False)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-signed_on", "-id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("valid_to__isnull", True),
                        ("valid_from__isnull", True),
                        ("valid_to__gt", models.F("valid_from")),
                        _connector="OR",
                    ),
                    name="agreement_ends_after_it_begins",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(("signed_on__isnull", False), ("valid_from__isnull", False)),
                        _connector="OR",
                    ),
                    name="signed_agreement_has_its_days",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "ended"), _negated=True),
                        models.Q(("end_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="ended_agreement_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("parent", models.F("id")), _negated=True),
                    name="agreement_is_not_its_own_parent",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Lesson",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "programme",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="programmes.programme"
                ),
            ),
            (
                "kind",
                models.CharField(choices=[("worked", "Điều làm được"), ("failed", "Điều không thành")], max_length=10),
            ),
            ("title", models.CharField(max_length=200)),
            ("text", models.TextField(blank=True)),
            (
                "origin",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="carried",
                    to="programmes.lesson",
                ),
            ),
            ("recorded_by", models.CharField(max_length=100)),
            ("recorded_at", models.DateTimeField()),
        ],
        options={"ordering": ["programme_id", "id"]},
    ),
    migrations.CreateModel(
        name="Commitment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "line",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="programmes.fundingline"
                ),
            ),
            ("owner_kind", models.CharField(max_length=30)),
            ("owner_id", models.CharField(max_length=40)),
            ("label", models.CharField(max_length=300)),
            ("amount", models.BigIntegerField()),
            ("released", models.BigIntegerField(default=0)),
            ("paid", models.BigIntegerField(default=0)),
            ("key", models.CharField(max_length=120, unique=True)),
            ("made_by", models.CharField(max_length=100)),
            ("confirmed_by", models.CharField(max_length=100)),
            ("confirmed_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["-id"],
            "indexes": [models.Index(fields=["owner_kind", "owner_id"], name="commitments_of_owner")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="commitment_is_an_amount"),
                models.CheckConstraint(condition=models.Q(("released__gte", 0)), name="commitment_releases_no_debt"),
                models.CheckConstraint(condition=models.Q(("paid__gte", 0)), name="commitment_pays_no_debt"),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "amount__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("released"), "+", models.F("paid")
                            ),
                        )
                    ),
                    name="commitment_pays_and_releases_what_it_holds",
                ),
                models.CheckConstraint(
                    condition=models.Q(("made_by", models.F("confirmed_by")), _negated=True),
                    name="commitment_is_by_two_people",
                ),
                models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="commitment_has_its_key"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PlanItem",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="items", to="programmes.yearplan"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            ("content_group", models.CharField(max_length=20)),
            ("title", models.CharField(blank=True, max_length=300)),
            (
                "funding_line",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="plan_items", to="programmes.fundingline"
                ),
            ),
            ("quantity", models.DecimalField(decimal_places=3, max_digits=12)),
            ("unit", models.CharField(max_length=50)),
            ("amount", models.BigIntegerField()),
        ],
        options={
            "ordering": ["plan_id", "order", "id"],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="plan_item_is_no_debt"),
                models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="plan_item_is_of_something"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Call",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="programmes.yearplan"
                ),
            ),
            ("code", models.CharField(max_length=40, unique=True)),
            ("title", models.CharField(max_length=300)),
            ("title_en", models.CharField(blank=True, max_length=300)),
            ("content_groups", models.JSONField(default=list)),
            ("supports", models.JSONField(blank=True, default=list)),
            ("opens_at", models.DateTimeField(blank=True, null=True)),
            ("closes_at", models.DateTimeField(blank=True, null=True)),
            ("first_closes_at", models.DateTimeField(blank=True, null=True)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Bản nháp"),
                        ("published", "Đã công bố"),
                        ("closed", "Đã hoàn tất"),
                        ("cancelled", "Đã hủy"),
                    ],
                    default="draft",
                    max_length=10,
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
            ("criteria_code", models.CharField(blank=True, max_length=40)),
            ("form_code", models.CharField(blank=True, max_length=40)),
            ("rank_rule", models.JSONField(blank=True, default=dict)),
            ("instructions", models.TextField(blank=True)),
            ("instructions_en", models.TextField(blank=True)),
            ("max_amount", models.BigIntegerField(blank=True, null=True)),
            ("joint_allowed", models.BooleanField(default=False)),
            ("grouped_allowed", models.BooleanField(default=False)),
            ("state_reason", models.CharField(blank=True, max_length=500)),
            ("published_at", models.DateTimeField(blank=True, null=True)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
            ("funding_lines", models.ManyToManyField(related_name="calls", to="programmes.fundingline")),
        ],
        options={
            "ordering": ["-opens_at", "-id"],
            "indexes": [models.Index(fields=["state", "opens_at", "closes_at"], name="calls_by_time")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("opens_at__isnull", True),
                        ("closes_at__isnull", True),
                        ("closes_at__gt", models.F("opens_at")),
                        _connector="OR",
                    ),
                    name="call_closes_after_it_opens",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["published", "closed"]), _negated=True),
                        models.Q(
                            ("closes_at__isnull", False), ("opens_at__isnull", False), ("published_at__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="published_call_has_its_times",
                ),
                models.CheckConstraint(
                    condition=models.Q(("max_amount__isnull", True), ("max_amount__gt", 0), _connector="OR"),
                    name="call_most_is_an_amount",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "cancelled"), _negated=True),
                        models.Q(("state_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="cancelled_call_says_why",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_personal_data_requests"), ("files", "0002_scans")]

    operations = [CreateModels(TABLES)]
