"""What was decided of a batch: a frozen snapshot, prepared by one person and approved by another."""

from django.db import models
from django.db.models import F, Q

from matxich.appraisal.models.cases import Batch
from matxich.appraisal.states import DecisionState


class RankingRun(models.Model):
    """One ranking of a batch, to be replayed: what went in, the calibrated means beside the legal ones, the official
    cut and the optimum, as rulebook.calibration and rulebook.allocation give them. `inputs`: hash of the outcomes."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rankings")
    problem = models.JSONField()
    result = models.JSONField()
    calibrated = models.JSONField(default=dict)
    inputs = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=60)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class Decision(models.Model):
    """`snapshot`: ranked list, cut, optimum, trims, reserve, departures and refusals with their reasons; see
    queries.snapshot. It is frozen when it is submitted; `sha256` is its hash. `paper`: the paper of the correspondence
    room whose issue issues the decision; `number` and `issued_on` are the paper's. `reserve_after`: case → what came of
    it on the reserve list {"granted", "number", "on", "reason", "by", "at"}.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="decisions")
    run = models.ForeignKey(RankingRun, on_delete=models.PROTECT, related_name="decisions")
    choices = models.JSONField(default=dict)
    snapshot = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    total = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFTED)
    return_reason = models.CharField(max_length=500, blank=True)
    prepared_by = models.CharField(max_length=100)
    prepared_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    paper = models.BigIntegerField(default=0)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    reserve_after = models.JSONField(default=dict)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["batch"], name="one_decision_per_batch"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("prepared_by")), name="decision_is_of_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued"]) | ~Q(approved_by="") & ~Q(sha256=""),
                name="approved_decision_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(number="") & Q(issued_at__isnull=False, issued_on__isnull=False),
                name="issued_decision_has_its_number",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="decision_total_is_no_debt"),
        ]
