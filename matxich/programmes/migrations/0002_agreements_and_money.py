import django.db.models.deletion
from django.db import migrations, models

from matxich.kit.creating import CreateModels

TABLES = [
    migrations.CreateModel(
        name="AgreementParty",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agreement",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="programmes.agreement"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
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
            ("name", models.CharField(max_length=300)),
            (
                "role",
                models.CharField(
                    choices=[
                        ("ministry", "Cơ quan trung ương"),
                        ("locality", "Địa phương"),
                        ("lead_firm", "Doanh nghiệp đầu tàu"),
                        ("sponsor", "Nhà tài trợ"),
                        ("implementer", "Đơn vị thực hiện"),
                        ("other", "Bên khác"),
                    ],
                    max_length=15,
                ),
            ),
            ("signatory", models.CharField(blank=True, max_length=150)),
            ("signatory_title", models.CharField(blank=True, max_length=150)),
        ],
        options={
            "ordering": ["agreement_id", "order", "id"],
            "constraints": [models.UniqueConstraint(fields=("agreement", "name"), name="one_party_per_name")],
        },
    ),
    migrations.CreateModel(
        name="AgreementTarget",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agreement",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="programmes.agreement"
                ),
            ),
            ("order", models.PositiveSmallIntegerField()),
            ("indicator", models.CharField(blank=True, max_length=20)),
            ("name", models.CharField(max_length=300)),
            (
                "comparator",
                models.CharField(
                    choices=[("≈", "khoảng"), (">", "trên"), ("≥", "ít nhất"), ("≤", "nhiều nhất"), ("=", "đúng")],
                    max_length=1,
                ),
            ),
            ("value", models.DecimalField(decimal_places=3, max_digits=18)),
            ("unit", models.CharField(max_length=50)),
            ("until", models.DateField(blank=True, null=True)),
            ("source", models.CharField(max_length=200)),
        ],
        options={
            "ordering": ["agreement_id", "order", "id"],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="agreement_target_is_no_debt")
            ],
        },
    ),
    migrations.CreateModel(
        name="MoneyEntry",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "line",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="programmes.fundingline"
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("allot", "Giao kinh phí"),
                        ("withdraw_allotment", "Thu hồi kinh phí đã giao"),
                        ("commit", "Cam kết"),
                        ("release", "Hủy cam kết"),
                        ("pay", "Chi"),
                        ("repay", "Thu hồi khoản đã chi"),
                    ],
                    max_length=20,
                ),
            ),
            ("amount", models.BigIntegerField()),
            (
                "commitment",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="entries",
                    to="programmes.commitment",
                ),
            ),
            ("decision_no", models.CharField(blank=True, max_length=100)),
            ("on", models.DateField()),
            ("reason", models.CharField(blank=True, max_length=500)),
            ("key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
            ("by", models.CharField(max_length=100)),
            ("at", models.DateTimeField()),
        ],
        options={
            "ordering": ["id"],
            "indexes": [models.Index(fields=["line", "id"], name="entries_of_line")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="money_entry_is_an_amount"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("commitment__isnull", True), ("kind__in", ["allot", "withdraw_allotment"])),
                        models.Q(("commitment__isnull", False), ("kind__in", ["commit", "release", "pay", "repay"])),
                        _connector="OR",
                    ),
                    name="money_entry_names_its_commitment",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CallDate",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "call",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="programmes.call"
                ),
            ),
            ("step", models.CharField(max_length=30)),
            ("label", models.CharField(blank=True, max_length=200)),
            ("on", models.DateField(blank=True, null=True)),
            ("done_on", models.DateField(blank=True, null=True)),
            ("source", models.CharField(blank=True, max_length=200)),
        ],
        options={
            "ordering": ["call_id", "id"],
            "constraints": [
                models.UniqueConstraint(fields=("call", "step", "label"), name="one_date_per_step_of_a_call"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("step", "other"), _negated=True),
                        models.Q(("label", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="other_date_says_what_it_is",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="JointTask",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "agreement",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="programmes.agreement"
                ),
            ),
            ("title", models.CharField(max_length=300)),
            (
                "owner",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="programmes.agreementparty"
                ),
            ),
            ("due", models.DateField(blank=True, null=True)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("todo", "Chưa làm"),
                        ("doing", "Đang làm"),
                        ("done", "Đã xong"),
                        ("dropped", "Thôi không làm"),
                    ],
                    default="todo",
                    max_length=10,
                ),
            ),
            ("done_on", models.DateField(blank=True, null=True)),
            ("note", models.CharField(blank=True, max_length=500)),
            ("version", models.PositiveIntegerField(default=1)),
            ("created_by", models.CharField(max_length=100)),
            ("created_at", models.DateTimeField()),
        ],
        options={
            "ordering": ["agreement_id", models.OrderBy(models.F("due"), nulls_last=True), "id"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("done_on__isnull", False), ("state", "done")),
                        models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                        _connector="OR",
                    ),
                    name="done_task_has_its_day",
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_programmes")]

    operations = [CreateModels(TABLES)]
