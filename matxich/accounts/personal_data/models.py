"""One request, with its clocks. The person follows it by `code`, without an account."""

from datetime import date

from django.db import models
from django.db.models import Q

from matxich.accounts.personal_data.states import RequestKind, RequestState


class PersonalDataRequest(models.Model):
    """`subject` ("user:7", "enterprise:7") is set by the official who has made sure who is asking; "" until then."""

    code = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=10, choices=RequestKind)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.RECEIVED)
    name = models.CharField(max_length=150)
    contact = models.CharField(max_length=254)
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField()
    acknowledge_by = models.DateField()
    act_by = models.DateField()
    clock_note = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    handler = models.CharField(max_length=100, blank=True)

    class Meta:
        app_label = "accounts"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extension_reason="")
                | Q(extended_at__isnull=False) & ~Q(extension_reason=""),
                name="request_is_extended_for_a_reason",
            )
        ]

    @property
    def due(self) -> date | None:
        """The date the next step is owed by; None once nothing is owed."""
        if self.state == RequestState.RECEIVED:
            return self.acknowledge_by
        return self.act_by if self.state in {RequestState.ACKNOWLEDGED, RequestState.ACCEPTED} else None
