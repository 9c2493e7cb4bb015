"""Rounds of coaching and the firms in them, from the longlist to the decision."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.coaching.states import (
    CohortState,
    DraftState,
    InterviewKind,
    Outcome,
    ParticipantState,
    PhotoKind,
    SignatureSide,
)
from matxich.files.models import StoredFile
from matxich.programmes.models import Agreement, AgreementParty, Programme
from matxich.registry.models import Enterprise

USUAL_WEEKS = 12


class Cohort(models.Model):
    """One round (đợt) under an agreement.

    `place`: the province it is for, "" the whole country. `region_set`: of rulebook.coaching. `theory_weeks`,
    `site_weeks`: numbers of weeks from 1; a week may be both. `instruments`: code → version pinned when it was made.
    `sponsor`: the party whose people see this round. `rebuilt_from`: the published source a sample round is rebuilt
    from, "" for a real one.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sponsor = models.ForeignKey(AgreementParty, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=2, blank=True)
    region_set = models.CharField(max_length=30, default="bac-trung-nam")
    weeks = models.PositiveSmallIntegerField(default=USUAL_WEEKS)
    theory_weeks = models.JSONField(default=list)
    site_weeks = models.JSONField(default=list)
    quota = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    screening_on = models.DateField(null=True, blank=True)
    running_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    instruments = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=CohortState, default=CohortState.PLANNED)
    state_reason = models.CharField(max_length=500, blank=True)
    rebuilt_from = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["state", "starts_on"], name="cohorts_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(quota__gt=0), name="cohort_has_a_quota"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=52), name="cohort_lasts_weeks"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""), name="cancelled_cohort_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "closing", "closed"])
                | Q(starts_on__isnull=False, running_on__isnull=False),
                name="running_cohort_has_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="closed_cohort_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """One firm in one round. `…_on`: the local day it came to a state; kept when it leaves (`left_on`).

    The supported site is placed by one commune, named on both maps; `commune_…` is "" where only the province is known.
    `rank`: place in the order of selection. `left_from`, `left_week`, `reason`: where it left, in which week, and why.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participants")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    site = models.CharField(max_length=300, blank=True)
    commune_63 = models.CharField(max_length=5, blank=True)
    commune_34 = models.CharField(max_length=5, blank=True)
    province_63 = models.CharField(max_length=2)
    province_34 = models.CharField(max_length=2)
    state = models.CharField(max_length=15, choices=ParticipantState, default=ParticipantState.LONGLISTED)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    longlisted_on = models.DateField()
    eligible_on = models.DateField(null=True, blank=True)
    visited_on = models.DateField(null=True, blank=True)
    surveyed_on = models.DateField(null=True, blank=True)
    interviewed_on = models.DateField(null=True, blank=True)
    selected_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    locked_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_from = models.CharField(max_length=15, blank=True)
    left_week = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    agreement_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreement_name = models.CharField(max_length=255, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_by = models.CharField(max_length=100)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["cohort_id", F("rank").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["cohort", "state"], name="participants_by_state"),
            models.Index(fields=["closed_on"], name="participants_by_closing"),
            models.Index(fields=["started_on"], name="participants_by_start"),
            models.Index(fields=["province_34", "state"], name="participants_of_province"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "enterprise"], name="one_place_per_firm_in_a_cohort"),
            models.CheckConstraint(condition=~Q(province_63="") & ~Q(province_34=""), name="participant_is_placed"),
            models.CheckConstraint(
                condition=~Q(state__in=["ineligible", "not_selected", "dropped"])
                | Q(left_on__isnull=False) & ~Q(left_from="") & ~Q(reason=""),
                name="participant_leaves_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(locked_on__isnull=False), name="no_week_one_without_a_baseline"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reserve"]) | Q(rank__isnull=False), name="reserve_has_its_rank"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False, started_on__isnull=False),
                name="closed_participant_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return self.enterprise.name


class ScreeningSheet(models.Model):
    """Q2 as filled in by an officer. `answers`: path → answer; `instrument`: "screening@1"."""

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="screening")
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    passed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(passed=True) | ~Q(reason=""), name="failed_screening_says_why")
        ]


class Visit(models.Model):
    """Q3 on site: a draft on the phone, sent once however often the button is pressed (`client_id`).

    `people` met are sealed under the key of "participant:<id>".
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="visits")
    client_id = models.UUIDField(unique=True)
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    on = models.DateField(null=True, blank=True)
    people = models.TextField(blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAFT)
    organisation = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(on__isnull=False, sent_at__isnull=False), name="sent_visit_has_its_day"
            ),
            models.CheckConstraint(condition=Q(points__lte=F("of")), name="visit_points_fit"),
        ]


class Interview(models.Model):
    """Q4: the survey of a firm, or the interview of it or of a person it nominated.

    What named people said is sealed under the key of "participant:<id>" (`people`) and never shown in a list.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="interviews")
    person = models.ForeignKey(
        "coaching.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    kind = models.CharField(max_length=10, choices=InterviewKind)
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    on = models.DateField()
    people = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person", person__isnull=False) | ~Q(kind="person") & Q(person__isnull=True),
                name="interview_of_a_person_names_it",
            ),
            models.CheckConstraint(condition=Q(points__lte=F("of")), name="interview_points_fit"),
        ]


class Selection(models.Model):
    """One decision about one firm, kept for good: outcome, rank, mark (points of ten thousand) and reason.

    `letter`: id of the official paper that told the firm, where one was drafted.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="selections")
    outcome = models.CharField(max_length=15, choices=Outcome)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    mark = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    letter = models.PositiveIntegerField(null=True, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(outcome="not_selected") | ~Q(reason=""), name="not_selected_says_why")
        ]


class Photo(models.Model):
    """A dated photo. `shown`: drawn anew without where and with what it was taken, but for officials in charge.

    `pair`: the same word on a photo before and one after makes a pair. `taken_on` is always known: from the picture
    or typed (`day_typed`).
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="photos")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="photos")
    kind = models.CharField(max_length=10, choices=PhotoKind)
    pair = models.CharField(max_length=60, blank=True)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField()
    day_typed = models.BooleanField(default=False)
    had_location = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["participant", "kind"], name="photos_of_participant")]


class Signature(models.Model):
    """Somebody stands behind the result: the adviser and the firm, each once for a version of the evidence."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=SignatureSide)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["participant", "side", "digest"], name="one_signature_per_side")]


class Recheck(models.Model):
    """Somebody went back after closing and looked whether what was improved still stands."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="rechecks")
    on = models.DateField()
    holds = models.BooleanField()
    note = models.CharField(max_length=1000)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
