"""What agencies record of the law's figures, decisions being rows of their own, the history of support
given, and reports of what a proposed change would do."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.policy.states import ActKind, ActState, ReportState, SupportStatus
from matxich.registry.models import Enterprise
from matxich.registry.states import ListState

OUTCOMES = [(each.value, each.label) for each in (ActState.IN_FORCE, ActState.REFUSED, ActState.WITHDRAWN)]


class FigureAct(models.Model):
    """What one person of an agency proposes about a figure; it counts once another person decided so.

    `row`: the start of the row that is confirmed or ended, as rulebook.law.spans writes it. `values`: part → as
    rulebook.law.acts writes figures. `new_instrument`: an instrument the library does not hold, which this act brings.
    `target`: the act that is revoked.
    """

    kind = models.CharField(max_length=10, choices=ActKind)
    parameter = models.CharField(max_length=40)
    layer = models.CharField(max_length=60)
    row = models.CharField(max_length=10, blank=True)
    values = models.JSONField(default=dict, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    instrument = models.CharField(max_length=80)
    at = models.CharField(max_length=120, blank=True)
    new_instrument = models.JSONField(null=True, blank=True)
    target = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revocations")
    reason = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    rules_version = models.CharField(max_length=12)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["parameter", "layer"], name="acts_of_figure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="confirm") & ~Q(row="")
                | Q(kind="add", starts__isnull=False)
                | Q(kind="end", ends__isnull=False) & ~Q(row="")
                | Q(kind="revoke", target__isnull=False),
                name="figure_act_says_what_it_needs",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="figure_act_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="figure_act_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.parameter}"


class FigureDecision(models.Model):
    """How a proposal ended. `version` sums up every act in force up to this one; "" for one that changes nothing.

    `changes`: what was shown to whoever decided, of answers that become others.
    """

    act = models.OneToOneField(FigureAct, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reason = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField()
    version = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="in_force") & ~Q(version="") | ~Q(outcome="in_force") & Q(version=""),
                name="figure_decision_in_force_has_its_version",
            )
        ]


class ActPreview(models.Model):
    """What a proposal would change, worked out over every firm while it waits; worked out anew when the law moved.

    `result`: `queries.changes.Changes.as_dict`, {} until `finished_at`. `read`: firms read so far.
    """

    act = models.OneToOneField(FigureAct, on_delete=models.CASCADE, related_name="preview")
    rules_version = models.CharField(max_length=12)
    result = models.JSONField(default=dict)
    read = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class SupportList(models.Model):
    """A list of support given, from a file. `rows` is what became, or will become, of each row; see rulebook.law.given.

    A row: {"sheet", "row", "outcome": taken | rejected, "reason": code, "values": {field: value}, "notes": [code]}.
    """

    source = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.READ)
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["file_sha256"], name="support_lists_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "undone"]) | Q(published_at__isnull=False),
                name="published_support_list_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class BeneficiaryLink(models.Model):
    """Somebody's decision that a beneficiary of the history is a firm of the register; taken back, never changed.

    `beneficiary`: as of SupportGiven. It counts for what is recorded later as well, until `undone_at`.
    """

    beneficiary = models.CharField(max_length=64)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    linked_by = models.CharField(max_length=100)
    linked_at = models.DateTimeField()
    undone_by = models.CharField(max_length=100, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary"], condition=Q(undone_at__isnull=True), name="one_link_of_beneficiary"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="undone_link_says_by_whom",
            ),
        ]


class SupportGiven(models.Model):
    """One support that somebody got, or was granted. Never edited: what was wrong is taken out for a reason.

    `name`, `tax_code` as the source writes them; `beneficiary`: who that is (rulebook.law.duplicates); `folded`: what
    is searched. `enterprise` once the record is known, by the tax code or by the decision `link`. `content`: the id of
    a support of the law, "" where none fits. `budget`: a layer of the law, "other" for money that is not the state's.
    Counts while `withdrawn_at` is empty and its list is published.
    """

    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(BeneficiaryLink, null=True, blank=True, on_delete=models.PROTECT, related_name="given")
    beneficiary = models.CharField(max_length=64)
    folded = models.CharField(max_length=800)
    name = models.CharField(max_length=300)
    tax_code = models.CharField(max_length=14, blank=True)
    province = models.CharField(max_length=2)
    content = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    programme = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=300)
    budget = models.CharField(max_length=60)
    year = models.IntegerField()
    decision_no = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    amount = models.BigIntegerField()
    counterpart = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=SupportStatus, default=SupportStatus.PAID)
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(SupportList, null=True, blank=True, on_delete=models.PROTECT, related_name="given")
    row = models.IntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-year", "-id"]
        indexes = [
            models.Index(fields=["tax_code", "year"], name="support_of_tax_code"),
            models.Index(fields=["province", "year"], name="support_of_province"),
            models.Index(fields=["beneficiary", "year"], name="support_of_beneficiary"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="support_given_is_no_debt"),
            models.CheckConstraint(
                condition=Q(counterpart__isnull=True) | Q(counterpart__gte=0), name="support_counterpart_is_no_debt"
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="support_given_has_a_year"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="withdrawn_support_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=True) | Q(enterprise__isnull=False), name="linked_support_has_its_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.content} {self.year}"


class CompleteYear(models.Model):
    """An agency's word that all support of a year in a province ("" the whole country) is in the register."""

    province = models.CharField(max_length=2, blank=True)
    year = models.IntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    declared_by = models.CharField(max_length=100)
    declared_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "province"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year"], condition=Q(withdrawn_at__isnull=True), name="one_complete_year"
            )
        ]


class PolicyReport(models.Model):
    """A reform as somebody wrote it (`text`) and what it would do, by the register and the rules of its time.

    `result`: the document of `simulate --json`; `touched`: every firm behind it (`queries.simulating.packed`).
    `read`: firms read so far while it is being worked out, which `started_at` says since when.
    """

    title = models.CharField(max_length=200)
    text = models.TextField()
    on = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.WAITING)
    problem = models.CharField(max_length=500, blank=True)
    rules_version = models.CharField(max_length=12)
    result = models.JSONField(default=dict)
    touched = models.BinaryField(default=bytes)
    read = models.IntegerField(default=0)
    by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["by", "id"], name="policy_reports_of_person"),
            models.Index(fields=["id"], name="policy_reports_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", finished_at__isnull=True)
                | ~Q(state="waiting") & Q(finished_at__isnull=False),
                name="policy_report_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title
