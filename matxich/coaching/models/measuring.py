"""What is measured: definitions by version, baselines that lock, readings entered and verified by two people."""

from django.db import models
from django.db.models import F, Q

from matxich.coaching.models.cohorts import Participant
from matxich.coaching.states import BaselineState, FollowUpState, Moment, SurveyMoment
from matxich.files.models import StoredFile


class KpiDefinition(models.Model):
    """One version of one indicator; `formula` (rulebook.coaching.kpi.formula_of) never changes inside it.

    `names`: language → text. `decimals`: how many are shown. `indicator`: its code in the catalogue.
    """

    code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    names = models.JSONField()
    unit = models.CharField(max_length=20)
    better = models.CharField(max_length=4)
    decimals = models.PositiveSmallIntegerField(default=1)
    formula = models.JSONField()
    indicator = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_kpi_definition_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="kpi_versions_begin_at_1"),
            models.CheckConstraint(condition=Q(better__in=["up", "down"]), name="kpi_is_better_up_or_down"),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"


class Baseline(models.Model):
    """What a firm is measured by, one version after another. Locked, it stays; `reason`: why a version followed."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="baselines")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=BaselineState, default=BaselineState.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    locked_by = models.CharField(max_length=100, blank=True)
    locked_by_name = models.CharField(max_length=150, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["participant_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="one_baseline_per_number"),
            models.UniqueConstraint(fields=["participant"], condition=Q(state="open"), name="one_open_baseline"),
            models.CheckConstraint(
                condition=Q(state="open", locked_at__isnull=True)
                | Q(state="locked", locked_at__isnull=False) & ~Q(locked_by=""),
                name="locked_baseline_says_by_whom",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="later_baseline_says_why"),
        ]


class MeasuredKpi(models.Model):
    """One indicator on one line or product of a firm, in one version of its baseline."""

    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="kpis")
    definition = models.ForeignKey(KpiDefinition, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=100, blank=True)
    product = models.CharField(max_length=100, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["baseline_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["baseline", "definition", "line", "product"], name="one_kpi_per_line"),
            models.CheckConstraint(
                condition=Q(period_to__isnull=True) | Q(period_from__isnull=True) | Q(period_to__gte=F("period_from")),
                name="measured_period_ends_after_it_begins",
            ),
        ]


class KpiReading(models.Model):
    """One value at one moment, from its numerator and denominator; one that was corrected stays (`replaced_at`).

    `value` is NULL and `no_value` says why where the formula gives none; it is never a zero then. Whoever entered it
    does not verify it.
    """

    measured = models.ForeignKey(MeasuredKpi, on_delete=models.PROTECT, related_name="readings")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="readings")
    moment = models.CharField(max_length=5, choices=Moment)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    numerator = models.DecimalField(max_digits=22, decimal_places=6)
    denominator = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    value = models.DecimalField(max_digits=28, decimal_places=9, null=True, blank=True)
    no_value = models.CharField(max_length=20, blank=True)
    measured_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence_name = models.CharField(max_length=255, blank=True)
    entered_by = models.CharField(max_length=100)
    entered_at = models.DateTimeField()
    verified_by = models.CharField(max_length=100, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["measured_id", "id"]
        indexes = [
            models.Index(fields=["participant", "moment"], name="readings_of_participant"),
            models.Index(fields=["moment", "measured_on"], name="readings_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["measured", "moment", "week"],
                condition=Q(replaced_at__isnull=True, week__isnull=False),
                name="one_reading_a_week",
            ),
            models.UniqueConstraint(
                fields=["measured", "moment"],
                condition=Q(replaced_at__isnull=True, week__isnull=True),
                name="one_reading_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(moment="week", week__isnull=False) | ~Q(moment="week") & Q(week__isnull=True),
                name="weekly_reading_names_its_week",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, no_value="") | Q(value__isnull=True) & ~Q(no_value=""),
                name="reading_without_value_says_why",
            ),
            models.CheckConstraint(
                condition=Q(verified_by="", verified_at__isnull=True)
                | Q(verified_at__isnull=False) & ~Q(verified_by="") & ~Q(verified_by=F("entered_by")),
                name="reading_is_verified_by_another",
            ),
        ]


class EndMeasurement(models.Model):
    """The result of a firm as sent by one person and verified by another. One that was returned stays."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="measurements")
    note = models.TextField(blank=True)
    ladder = models.JSONField(default=dict, blank=True)
    sent_by = models.CharField(max_length=100)
    sent_at = models.DateTimeField()
    verified_by = models.CharField(max_length=100, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=100, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(returned_at__isnull=True), name="one_standing_measurement"
            ),
            models.CheckConstraint(
                condition=Q(verified_by="") | ~Q(verified_by=F("sent_by")), name="measurement_is_verified_by_another"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(remark="") & ~Q(returned_by=""),
                name="returned_measurement_says_why",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(verified_at__isnull=True),
                name="measurement_is_one_or_the_other",
            ),
        ]


class Assessment(models.Model):
    """An audit of 5S3D or a climb of the ladder at a moment, by a named instrument version."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="assessments")
    instrument = models.CharField(max_length=40)
    moment = models.CharField(max_length=5, choices=Moment)
    area = models.CharField(max_length=100, blank=True)
    answers = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["participant", "instrument"], name="assessments_of_firm")]
        constraints = [models.CheckConstraint(condition=Q(points__lte=F("of")), name="assessment_points_fit")]


class FollowUp(models.Model):
    """Q9 at one moment after closing. `verified`: path → figure that somebody confirmed, kept apart from what was said.

    `answered_via`: link, account or officer.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="follow_ups")
    moment = models.CharField(max_length=5, choices=SurveyMoment)
    instrument = models.CharField(max_length=40)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=FollowUpState, default=FollowUpState.WAITING)
    answers = models.JSONField(default=dict, blank=True)
    verified = models.JSONField(default=dict, blank=True)
    verified_by = models.CharField(max_length=100, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    answered_via = models.CharField(max_length=10, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["participant_id", "due_on"]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_ups_due")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "moment"], name="one_follow_up_per_moment"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="answered_follow_up_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(verified_by="") | ~Q(verified_by=F("answered_by")), name="follow_up_is_verified_by_another"
            ),
        ]


class FollowUpLink(models.Model):
    """A one-time link to answer without an account. Only the hash of its token is kept."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
