"""Who judges, by what, and when: councils and staff units, their members, yearly plans, criteria sets."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency, User
from matxich.appraisal.states import CouncilPlanState, CouncilState, CriteriaState, Route, SeatRole


class Council(models.Model):
    """A council founded by a decision, or the staff unit that appraises instead of one (`kind`).

    `quorum`: see rulebook.appraisal.quorum; empty for a staff unit, which does not sit. `counts_shown`: whether its
    secretary may see, before opening, who has still to hand in; never what was written. `founding_no` and
    `founding_on` name the decision, `founding_paper` the paper of the correspondence room, 0 for one from elsewhere.
    """

    kind = models.CharField(max_length=10, choices=Route, default=Route.COUNCIL)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=5, blank=True)
    founding_no = models.CharField(max_length=100, blank=True)
    founding_on = models.DateField(null=True, blank=True)
    founding_paper = models.BigIntegerField(default=0)
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    quorum = models.JSONField(default=dict, blank=True)
    counts_shown = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CouncilState, default=CouncilState.DRAFT)
    version = models.IntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_to__isnull=True) | Q(term_from__isnull=True) | Q(term_to__gt=F("term_from")),
                name="council_term_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="council", state="founded") | ~Q(founding_no="") & Q(founding_on__isnull=False),
                name="founded_council_names_its_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CouncilMember(models.Model):
    """A seat over a half-open span of local dates. `known`: what conflicts of interest are looked for in.

    `known`: {"tax_code", "addresses", "phones", "emails", "organisations": [{"name", "tax_code"}], "holdings":
    [{"name", "tax_code", "share"}], "contracts": [{"name", "tax_code", "year", "subject"}]}, told by the member.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=SeatRole)
    votes = models.BooleanField(default=True)
    organisation = models.CharField(max_length=300, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    province = models.CharField(max_length=2, blank=True)
    expertise = models.JSONField(default=list, blank=True)
    known = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_act = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["council_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"], condition=Q(valid_to__isnull=True), name="one_open_seat_per_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="council_seat_does_not_end_before_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["user", "council"], name="seats_of_person")]


class CouncilPlan(models.Model):
    """What a council means to do in a year; public once announced.

    `sessions`: [{"month": 1..12, "subject", "subject_en", "members": expected}]. `shown`: the plan as last announced.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="plans")
    year = models.IntegerField()
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    sessions = models.JSONField(default=list, blank=True)
    members_expected = models.IntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CouncilPlanState, default=CouncilPlanState.DRAFT)
    shown = models.JSONField(default=dict, blank=True)
    paper = models.BigIntegerField(default=0)
    paper_no = models.CharField(max_length=100, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.CharField(max_length=100, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["council", "year"], name="one_council_plan_per_year"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="council_plan_has_a_year"),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(announced_at__isnull=False), name="announced_plan_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.year}"


class CriteriaSet(models.Model):
    """A version of criteria with its rule, as rulebook.appraisal.criteria reads them. In use it never changes.

    `agency` is None for a set that ships with the system.
    """

    code = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spec = models.JSONField(default=dict)
    rule = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CriteriaState, default=CriteriaState.DRAFT)
    version = models.IntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number", "agency"],
                condition=Q(agency__isnull=False),
                name="one_criteria_set_per_version",
            ),
            models.UniqueConstraint(
                fields=["code", "number"], condition=Q(agency__isnull=True), name="one_shipped_criteria_set_per_version"
            ),
        ]

    def __str__(self) -> str:
        return str(self.spec.get("vi") or self.code)

    @property
    def data(self) -> dict[str, Any]:
        """The whole set as the rulebook reads it."""
        return self.spec | {"rule": self.rule}
