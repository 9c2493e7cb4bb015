"""A proposal as it is written: its answers by field, and rows for every fact about money, results and papers."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.files.models import StoredFile
from matxich.programmes.models import Call
from matxich.proposals.states import Mode, PartyRole, Shape, Status
from matxich.registry.models import Enterprise
from matxich.registry.states import Kind

LARGEST = 10**15


class Proposal(models.Model):
    """`answers`: field of the form → value (rulebook.proposals.forms). `filled`: field → {"source", "as_of", "value"}
    of what came from the passport. `parts`: part of the form → its version, so that two people who write in two parts
    never overwrite each other; `version` moves with every change.

    The applicant is a firm of the register (`enterprise`) or a household known by name and commune alone. `agency`:
    the organisation that writes, the firm's own or that of the officer who files for it. `status` is stored for lists
    and always what the four gates add up to. The money columns are the sums of the cost lines.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    content = models.CharField(max_length=20)
    layer = models.CharField(max_length=60)
    shape = models.CharField(max_length=10, choices=Shape, default=Shape.SINGLE)
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    applicant = models.CharField(max_length=300)
    applicant_kind = models.CharField(max_length=20, choices=Kind)
    commune = models.CharField(max_length=5, blank=True)
    province = models.CharField(max_length=2, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.OWN)
    prepared_by = models.CharField(max_length=100)
    represented_by = models.CharField(max_length=100, blank=True)
    mandate_on = models.DateField(null=True, blank=True)
    mandate_from = models.CharField(max_length=200, blank=True)
    form_code = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    passport_version = models.IntegerField(default=0)
    min_part = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    total = models.BigIntegerField(default=0)
    asked = models.BigIntegerField(default=0)
    counterpart = models.BigIntegerField(default=0)
    other = models.BigIntegerField(default=0)
    approved = models.BigIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=60, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    current = models.ForeignKey(
        "proposals.ProposalVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.IntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["call", "status", "-id"], name="proposals_of_call"),
            models.Index(fields=["enterprise", "-id"], name="proposals_of_firm"),
            models.Index(fields=["prepared_by", "-id"], name="proposals_of_preparer"),
            models.Index(fields=["province", "status", "-id"], name="proposals_of_province"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=F("asked") + F("counterpart") + F("other")), name="proposal_sources_add_up"
            ),
            models.CheckConstraint(
                condition=Q(asked__gte=0, counterpart__gte=0, other__gte=0, total__lte=LARGEST),
                name="proposal_money_is_no_debt",
            ),
            models.CheckConstraint(
                condition=Q(min_part__isnull=True) | Q(min_part__gte=0, min_part__lte=LARGEST),
                name="proposal_least_part_is_no_debt",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False, current__isnull=False),
                name="submitted_proposal_has_its_version",
            ),
            models.CheckConstraint(
                condition=Q(mode="own") | Q(agency__isnull=False), name="proposal_filed_for_somebody_names_the_agency"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved__isnull=False), name="approved_proposal_has_its_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalParty(models.Model):
    """A joint owner, or a beneficiary with its `share` of the state money in đồng."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="parties")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=PartyRole)
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    tax_code = models.CharField(max_length=14, blank=True)
    share = models.BigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["proposal_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=LARGEST), name="party_share_is_no_debt"),
            models.UniqueConstraint(fields=["proposal", "role", "name"], name="one_party_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CostLine(models.Model):
    """One line of the estimate. `amount`: quantity × unit price, rounded half up once; the sources add up to it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="costs")
    order = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=300)
    unit = models.CharField(max_length=50)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit_price = models.BigIntegerField()
    amount = models.BigIntegerField()
    state = models.BigIntegerField()
    counterpart = models.BigIntegerField()
    other = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["proposal_id", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=F("state") + F("counterpart") + F("other")), name="cost_line_sources_add_up"
            ),
            models.CheckConstraint(
                condition=Q(state__gte=0, counterpart__gte=0, other__gte=0, unit_price__gte=0),
                name="cost_line_is_no_debt",
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=LARGEST, unit_price__lte=LARGEST), name="cost_line_is_within_reason"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cost_line_is_of_something"),
        ]

    def __str__(self) -> str:
        return self.item


class ProposedResult(models.Model):
    """A promised result with its baseline: what is measured again at the end. `indicator`: of the catalogue or ""."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="results")
    order = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50)
    baseline = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=3)
    until = models.DateField()

    class Meta:
        ordering = ["proposal_id", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gte=0) & (Q(baseline__isnull=True) | Q(baseline__gte=0)),
                name="promised_result_is_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProposalFile(models.Model):
    """A paper of the checklist (`paper`: its id). Taken off, it stays in the versions that hold it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="files")
    paper = models.CharField(max_length=30)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    added_by = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposal_id", "id"]
        indexes = [models.Index(fields=["proposal", "paper"], name="files_of_proposal")]

    def __str__(self) -> str:
        return self.name
