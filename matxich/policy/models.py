"""What agencies record of the law's figures. Nothing here is ever changed: a decision is a row of its own."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.policy.states import ActKind, ActState

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
