"""What a commune or a firm would want support for, on its way up to the department."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.programmes.models import Call
from matxich.proposals.states import NeedKind, NeedLevel, NeedState, ProductTitle, Urgency
from matxich.registry.models import Enterprise

LARGEST = 10**15


class Need(models.Model):
    """One needs sheet (Q14). Of a firm of the register, or of a `name` in a `commune`; `phone` is sealed.

    `agency`: on whose desk it lies, None on the commune's own. `client_id`: one sheet however often it is sent.
    """

    client_id = models.UUIDField(unique=True)
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    phone = models.TextField(blank=True)
    commune = models.CharField(max_length=5, blank=True)
    province = models.CharField(max_length=2)
    kind = models.CharField(max_length=15, choices=NeedKind)
    title = models.CharField(max_length=300)
    product = models.CharField(max_length=300, blank=True)
    product_title = models.CharField(max_length=10, choices=ProductTitle, blank=True)
    year = models.SmallIntegerField()
    cost = models.BigIntegerField(default=0)
    own_funds = models.BigIntegerField(default=0)
    urgency = models.CharField(max_length=5, choices=Urgency, default=Urgency.NEXT)
    land_ready = models.BooleanField(default=False)
    papers_ready = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.DRAFT)
    level = models.CharField(max_length=10, choices=NeedLevel, default=NeedLevel.COMMUNE)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    check_note = models.CharField(max_length=500, blank=True)
    checked_by = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["province", "state", "-id"], name="needs_of_province"),
            models.Index(fields=["commune", "-id"], name="needs_of_commune"),
            models.Index(fields=["created_by", "-id"], name="needs_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__gte=0, cost__lte=LARGEST, own_funds__gte=0), name="need_costs_no_debt"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(own_funds__lte=F("cost")), name="need_has_no_more_than_it_costs"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="closed") | Q(sent_at__isnull=False), name="sent_need_has_its_time"
            ),
            models.CheckConstraint(condition=~Q(state="taken") | Q(call__isnull=False), name="taken_need_has_its_call"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_reason="") & Q(closed_at__isnull=False),
                name="closed_need_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title
