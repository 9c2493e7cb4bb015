"""Programmes and their money, yearly plans, calls with their dates, agreements between partners.

Totals of a funding line and of a commitment are kept beside their entries, changed by `actions.money` alone under a
lock; the entries, which nothing can change, say how they came about.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.files.models import StoredFile
from matxich.programmes.states import (
    AgreementState,
    CallPhase,
    CallState,
    Comparator,
    EntryKind,
    LessonKind,
    MoneySource,
    PartyRole,
    PlanState,
    ProgrammeKind,
    ProgrammeState,
    Route,
    TaskState,
)


class Programme(models.Model):
    """A programme over [starts, ends). `place`: the province whose it is, "" national. `cloned_from`: its model."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=15, choices=ProgrammeKind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=5, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    legal_act = models.CharField(max_length=300, blank=True)
    goal = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    cloned_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="clones")
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts", "code"]
        indexes = [models.Index(fields=["place", "state"], name="programmes_of_place")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="programme_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(cloned_from=F("id")), name="programme_is_not_its_own_model"),
        ]

    def __str__(self) -> str:
        return self.name


class FundingLine(models.Model):
    """Money of one source for a budget year, in đồng. `layer`: whose figures of the law hold; "other" for a sponsor's.

    The three totals always equal the fold of the entries; `free` is what may still be committed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lines")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=15, choices=MoneySource)
    layer = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    sponsor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    budget = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["programme_id", "-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "name"], name="one_funding_line_per_name_and_year"),
            models.CheckConstraint(condition=Q(paid__gte=0), name="funding_line_paid_is_no_debt"),
            models.CheckConstraint(condition=Q(committed__gte=F("paid")), name="funding_line_pays_what_is_committed"),
            models.CheckConstraint(condition=Q(budget__gte=F("committed")), name="funding_line_commits_what_it_has"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="funding_line_has_a_year"),
            models.CheckConstraint(
                condition=~Q(source="sponsor") | Q(layer="other"), name="sponsors_money_is_not_the_states"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int:
        return self.budget - self.committed


class Commitment(models.Model):
    """Money of a line promised by one decision, in đồng. `key`: what commits, so that it never commits twice.

    `owner_kind`, `owner_id`: the record of an upper room it is for. Two different people made and confirmed it.
    """

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="commitments")
    owner_kind = models.CharField(max_length=30)
    owner_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    released = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    key = models.CharField(max_length=120, unique=True)
    made_by = models.CharField(max_length=100)
    confirmed_by = models.CharField(max_length=100)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="commitments_of_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_is_an_amount"),
            models.CheckConstraint(condition=Q(released__gte=0), name="commitment_releases_no_debt"),
            models.CheckConstraint(condition=Q(paid__gte=0), name="commitment_pays_no_debt"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("released") + F("paid")), name="commitment_pays_and_releases_what_it_holds"
            ),
            models.CheckConstraint(condition=~Q(made_by=F("confirmed_by")), name="commitment_is_by_two_people"),
            models.CheckConstraint(condition=~Q(key=""), name="commitment_has_its_key"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def standing(self) -> int:
        """What is still promised, paid or not."""
        return self.amount - self.released

    @property
    def unpaid(self) -> int:
        return self.amount - self.released - self.paid


class MoneyEntry(models.Model):
    """One movement of money, append-only in the database itself. `on`: the local day of the paper behind it.

    `key`: what a form or an upper room sent with it, so that sending it twice writes it once.
    """

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=EntryKind)
    amount = models.BigIntegerField()
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    decision_no = models.CharField(max_length=100, blank=True)
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["line", "id"], name="entries_of_line")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_entry_is_an_amount"),
            models.CheckConstraint(
                condition=Q(kind__in=["allot", "withdraw_allotment"], commitment__isnull=True)
                | Q(kind__in=["commit", "release", "pay", "repay"], commitment__isnull=False),
                name="money_entry_names_its_commitment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class YearPlan(models.Model):
    """What a programme does in a year. Whoever submitted it does not approve it.

    `durations`: step of rulebook.programmes.schedule → days it takes here, where that differs from the usual.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    note = models.TextField(blank=True)
    durations = models.JSONField(default=dict, blank=True)
    returned_reason = models.CharField(max_length=500, blank=True)
    decision_no = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    submitted_by = models.CharField(max_length=100, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "programme_id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_plan_a_year"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "closed"])
                | Q(decided_on__isnull=False) & ~Q(decision_no="") & ~Q(approved_by=F("submitted_by")),
                name="approved_plan_has_its_decision_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""), name="returned_plan_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"


class PlanItem(models.Model):
    """So much of one content, paid from one line, in đồng. `content_group`: rulebook.programmes.content_groups."""

    plan = models.ForeignKey(YearPlan, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    content_group = models.CharField(max_length=20)
    title = models.CharField(max_length=300, blank=True)
    funding_line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="plan_items")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=50)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["plan_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="plan_item_is_no_debt"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="plan_item_is_of_something"),
        ]


class Call(models.Model):
    """A round in which proposals are taken, from `opens_at` until before `closes_at`, to the second.

    `content_groups`, `supports`: ids of rulebook.programmes and of the law, no support named: any of the groups.
    `criteria_code`, `form_code`, `rank_rule`: what appraisal and proposals read; empty until they are chosen.
    `max_amount`: most state money for one proposal, in đồng. `first_closes_at`: the deadline before it was extended.
    """

    plan = models.ForeignKey(YearPlan, on_delete=models.PROTECT, related_name="calls")
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    content_groups = models.JSONField(default=list)
    supports = models.JSONField(default=list, blank=True)
    funding_lines = models.ManyToManyField(FundingLine, related_name="calls")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    first_closes_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CallState, default=CallState.DRAFT)
    route = models.CharField(max_length=10, choices=Route, default=Route.COUNCIL)
    criteria_code = models.CharField(max_length=40, blank=True)
    form_code = models.CharField(max_length=40, blank=True)
    rank_rule = models.JSONField(default=dict, blank=True)
    instructions = models.TextField(blank=True)
    instructions_en = models.TextField(blank=True)
    max_amount = models.BigIntegerField(null=True, blank=True)
    joint_allowed = models.BooleanField(default=False)
    grouped_allowed = models.BooleanField(default=False)
    state_reason = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-opens_at", "-id"]
        indexes = [models.Index(fields=["state", "opens_at", "closes_at"], name="calls_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "closed"])
                | Q(opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
                name="published_call_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(max_amount__isnull=True) | Q(max_amount__gt=0), name="call_most_is_an_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""), name="cancelled_call_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime) -> bool:
        """Does it take proposals at an instant?"""
        return self.phase(at) == CallPhase.OPEN

    def phase(self, at: datetime) -> CallPhase:
        if self.state != CallState.PUBLISHED:
            by_state = {CallState.DRAFT: CallPhase.DRAFT, CallState.CLOSED: CallPhase.DONE}
            return by_state.get(CallState(self.state), CallPhase.CANCELLED)
        assert self.opens_at is not None and self.closes_at is not None
        if at < self.opens_at:
            return CallPhase.COMING
        return CallPhase.OPEN if at < self.closes_at else CallPhase.PAST


class CallDate(models.Model):
    """One step of a call: the day it is due by, empty while nobody knows, and the day it was done.

    `step`: of rulebook.programmes.schedule, or "other" with its own `label`. `source`: an id of the law's figures
    ("KC-31") or words.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="dates")
    step = models.CharField(max_length=30)
    label = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["call_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "step", "label"], name="one_date_per_step_of_a_call"),
            models.CheckConstraint(condition=~Q(step="other") | ~Q(label=""), name="other_date_says_what_it_is"),
        ]


class Agreement(models.Model):
    """What partners promised each other over [valid_from, valid_to). `parent`: the agreement it amends or follows.

    `agency`: whose people keep it here.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    signed_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    note = models.TextField(blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_on__isnull=False, valid_from__isnull=False),
                name="signed_agreement_has_its_days",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(end_reason=""), name="ended_agreement_says_why"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agreement_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """One side. `agency` when it is known here; `name` as the paper writes it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    order = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=15, choices=PartyRole)
    signatory = models.CharField(max_length=150, blank=True)
    signatory_title = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["agreement_id", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "name"], name="one_party_per_name")]

    def __str__(self) -> str:
        return self.name


class AgreementTarget(models.Model):
    """A promised figure as the paper says it. `until`: the last day it counts to. `source`: where the paper says so."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=300)
    comparator = models.CharField(max_length=1, choices=Comparator)
    value = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=50)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["agreement_id", "order", "id"]
        constraints = [models.CheckConstraint(condition=Q(value__gte=0), name="agreement_target_is_no_debt")]

    def __str__(self) -> str:
        return self.name


class JointTask(models.Model):
    """What partners do together, and which of them answers for it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="tasks")
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.TODO)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["agreement_id", F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on__isnull=True),
                name="done_task_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """What worked and what failed, for whoever clones the programme. `origin`: the lesson it was carried over from."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lessons")
    kind = models.CharField(max_length=10, choices=LessonKind)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried")
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["programme_id", "id"]

    def __str__(self) -> str:
        return self.title
