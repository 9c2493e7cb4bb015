"""What is judged: batches and their cases; who has an interest in which; who is to review which."""

from django.db import models
from django.db.models import Q

from matxich.accounts.models import Agency
from matxich.appraisal.models.councils import Council, CouncilMember, CriteriaSet
from matxich.appraisal.states import (
    BatchState,
    CaseState,
    InterestState,
    Origin,
    Route,
    RunState,
)
from matxich.programmes.models import Call, FundingLine
from matxich.registry.models import Enterprise

LARGEST = 10**15


class Batch(models.Model):
    """What one decision is about. `assigned_only`: reviewers assigned vote, else every member of the council.

    `rank_rule`: {"ties", "min_part", "quotas", "reserve"}, see rulebook.appraisal.ranking and rulebook.allocation.
    """

    name = models.CharField(max_length=200)
    year = models.IntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=5, blank=True)
    call = models.OneToOneField(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="batch")
    funding_line = models.ForeignKey(
        FundingLine, null=True, blank=True, on_delete=models.PROTECT, related_name="batches"
    )
    criteria = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="batches")
    route = models.CharField(max_length=10, choices=Route, default=Route.COUNCIL)
    council = models.ForeignKey(Council, null=True, blank=True, on_delete=models.PROTECT, related_name="batches")
    assigned_only = models.BooleanField(default=False)
    rank_rule = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.COLLECTING)
    version = models.IntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    ranked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="collecting") | Q(council__isnull=False), name="appraised_batch_has_its_council"
            )
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="batches_of_agency")]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A thing to be judged, whosever it is: `owner_kind` and `owner_id` name it in the room above.

    What members judge is copied here, frozen: `dossier_sha256` is the hash of the dossier as it was handed over.
    `parties`: [{"role", "name", "tax_code", "address", "phones", "emails", "people", "owners": [{"name", "tax_code",
    "share"}]}]. `lines`: [{"key", "item", "unit", "quantity", "unit_price", "asked", "total"}], đồng as whole numbers,
    quantity as text. `min_part`: the least the applicant can work with, None when it is all or nothing.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="cases")
    owner_kind = models.CharField(max_length=30)
    owner_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    organisation = models.CharField(max_length=300)
    tax_code = models.CharField(max_length=14, blank=True)
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    sme = models.BooleanField(null=True, blank=True)
    content = models.CharField(max_length=20, blank=True)
    expertise = models.JSONField(default=list, blank=True)
    parties = models.JSONField(default=list, blank=True)
    lines = models.JSONField(default=list, blank=True)
    asked = models.BigIntegerField()
    counterpart = models.BigIntegerField(null=True, blank=True)
    min_part = models.BigIntegerField(null=True, blank=True)
    dossier_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.COLLECTED)
    submitted_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["batch_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id"], condition=~Q(state="withdrawn"), name="one_live_case_per_owner"
            ),
            models.CheckConstraint(condition=Q(asked__gte=0, asked__lte=LARGEST), name="case_asks_for_money"),
            models.CheckConstraint(
                condition=Q(min_part__isnull=True) | Q(min_part__gte=0, min_part__lte=models.F("asked")),
                name="case_least_part_is_within_what_it_asks",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""), name="withdrawn_case_says_why"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "id"], name="cases_of_batch")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Interest(models.Model):
    """A member's interest in a case, declared or found in data; open until somebody confirms or clears it.

    `detail` in Vietnamese, `detail_en` in English: what was compared with what, or the member's own words.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interests")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="interests")
    category = models.CharField(max_length=15)
    party = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    detail = models.CharField(max_length=600, blank=True)
    detail_en = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=InterestState, default=InterestState.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    rules_version = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["case_id", "member_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member", "category", "party", "origin"], name="one_interest_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="cleared") | ~Q(reason="") & Q(decided_at__isnull=False),
                name="cleared_interest_says_why",
            ),
        ]
        indexes = [models.Index(fields=["member", "state"], name="interests_of_member")]


class Declaration(models.Model):
    """A member answered for a case: no interest, or the interests that stand beside it. Asked before the dossier."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="declarations")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="declarations")
    interested = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["case_id", "member_id"]
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_declaration_per_case")]


class AssignmentRun(models.Model):
    """One solved assignment: the problem and the answer as rulebook.assignment takes and gives them, to be replayed."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="runs")
    problem = models.JSONField()
    result = models.JSONField()
    rules_version = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PROPOSED)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class Assignment(models.Model):
    """Who is to review which case. A change by hand keeps its reason and what it cost against the optimum."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="assignments")
    run = models.ForeignKey(AssignmentRun, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    reason = models.CharField(max_length=500, blank=True)
    cost = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], condition=Q(ended_at__isnull=True), name="one_assignment_per_case_and_member"
            )
        ]
