"""What is kept of law asked of the register: reports of what a proposed change would do. Nothing in them is law."""

from django.db import models
from django.db.models import Q

from matxich.policy.states import ReportState


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
