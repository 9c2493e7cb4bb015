"""What members say of a case: ballots, private until opened together; remarks; trims; what came of it."""

from django.db import models
from django.db.models import F, Q

from matxich.appraisal.models.cases import LARGEST, Case
from matxich.appraisal.models.councils import CouncilMember
from matxich.appraisal.models.sessions import AgendaItem
from matxich.appraisal.states import BallotState, RemarkKind
from matxich.rulebook.law.truth import Truth

RECOMMENDATIONS = [(each.verdict, each.verdict) for each in Truth]


class Ballot(models.Model):
    """One member's sheet. `values`: see rulebook.appraisal.ballots; `trims`: line key → {"proposed", "reason"}.

    `seal`: hash of what was handed in with `nonce`, which the history keeps instead of the content.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="ballots")
    values = models.JSONField(default=dict)
    verdict = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    proposed_amount = models.BigIntegerField(null=True, blank=True)
    trims = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.DRAFT)
    version = models.IntegerField(default=1)
    nonce = models.CharField(max_length=32, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case_id", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="one_ballot_per_case_and_member"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "taken_back"]) | Q(submitted_at__isnull=False) & ~Q(seal=""),
                name="submitted_ballot_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(proposed_amount__isnull=True) | Q(proposed_amount__gte=0, proposed_amount__lte=LARGEST),
                name="ballot_proposes_an_amount",
            ),
        ]
        indexes = [models.Index(fields=["member", "state"], name="ballots_of_member")]


class Opening(models.Model):
    """All ballots of a case opened together, once. `sha256` is of the ballots' seals in order."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="opening")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="openings")
    ballots = models.IntegerField()
    entitled = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    quorum = models.JSONField(default=dict)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()


class Remark(models.Model):
    """Something said of a case in writing; `member` is None for the secretariat or the applicant's answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks")
    member = models.ForeignKey(CouncilMember, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind, default=RemarkKind.DISCUSSION)
    text = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["case_id", "id"]


class Trim(models.Model):
    """Money cut from a line by the council: asked, proposed, why. Kept for the thrift record."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="trims")
    line = models.CharField(max_length=40)
    item = models.CharField(max_length=300)
    item_key = models.CharField(max_length=300)
    asked = models.BigIntegerField()
    proposed = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "line"], name="one_trim_per_line"),
            models.CheckConstraint(
                condition=Q(proposed__gte=0, proposed__lte=F("asked")), name="trim_leaves_no_more_than_was_asked"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="trim_has_its_reason"),
        ]


class Outcome(models.Model):
    """What the council or the staff unit concluded. `result`: rulebook.appraisal.decision's document, replayable.

    `reasons`: [{"vi", "en", "article"}], `conditions`: what has to be mended first.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="outcome")
    result = models.JSONField()
    recommended = models.CharField(max_length=10, choices=RECOMMENDATIONS)
    amount = models.BigIntegerField()
    reasons = models.JSONField(default=list)
    conditions = models.TextField(blank=True)
    rules_version = models.CharField(max_length=40)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lte=LARGEST), name="outcome_has_an_amount"),
        ]


class ApprovedPrice(models.Model):
    """A unit price that a decision approved: what the council sees beside the same item elsewhere."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="prices")
    line = models.CharField(max_length=40)
    item = models.CharField(max_length=300)
    item_key = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    quantity = models.CharField(max_length=20)
    unit_price = models.BigIntegerField()
    asked_price = models.BigIntegerField()
    province = models.CharField(max_length=2, blank=True)
    year = models.IntegerField()

    class Meta:
        ordering = ["item_key", "-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "line"], name="one_approved_price_per_line"),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, asked_price__gte=0), name="approved_price_is_no_debt"
            ),
        ]
        indexes = [models.Index(fields=["item_key", "unit"], name="prices_of_item")]
