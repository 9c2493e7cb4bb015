"""The weeks: sessions, who was there, what is to be done, the weekly log."""

from django.db import models
from django.db.models import F, Q

from matxich.coaching.models.cohorts import Cohort, Participant, Photo
from matxich.coaching.models.people import Person
from matxich.coaching.states import ActionState, LogState, Mode, SessionState


class ExpertAssignment(models.Model):
    """An expert coaches a firm over [`since`, `until`)."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["participant_id", "-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "expert"], condition=Q(until__isnull=True), name="one_open_assignment"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="assignment_ends_after_it_begins"
            ),
        ]


class Session(models.Model):
    """Theory for the whole round (`participant` empty) or work at one firm. Over [`starts_at`, `ends_at`)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    week = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=Mode)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    topic = models.CharField(max_length=300)
    where = models.CharField(max_length=200, blank=True)
    experts = models.ManyToManyField(Person, related_name="sessions", blank=True)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["cohort", "week"], name="sessions_of_week")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="session_has_hours"),
            models.CheckConstraint(condition=Q(week__gte=1), name="session_is_in_a_week"),
            models.CheckConstraint(
                condition=Q(mode="theory") | Q(participant__isnull=False), name="site_session_is_at_a_firm"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="cancelled_session_says_why"),
        ]

    def __str__(self) -> str:
        return self.topic


class SessionAttendance(models.Model):
    """How many of a firm came to a session; none is said too."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="attendance")
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["session_id", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="one_attendance_per_firm")]


class ActionItem(models.Model):
    """What somebody of the firm does by a day. `owner`: a person of the firm."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="actions")
    week = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    owner = models.CharField(max_length=150)
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.TODO)
    done_on = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["participant_id", "due", "id"]
        indexes = [models.Index(fields=["state", "due"], name="actions_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on__isnull=True),
                name="done_action_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WeeklyLog(models.Model):
    """Q8. Two logs of one week, written apart without a network, are both here; one is in use.

    `client_id` is made with the form: sending it twice is one log. `merged_from`: logs whose words went into this one.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="logs")
    week = models.PositiveSmallIntegerField()
    client_id = models.UUIDField(unique=True)
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    expert_hours = models.DecimalField(max_digits=5, decimal_places=2)
    state = models.CharField(max_length=10, choices=LogState, default=LogState.KEPT)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    settled_by = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    merged_from = models.ManyToManyField("self", symmetrical=False, related_name="merged_into", blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["participant_id", "week", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "week"], condition=Q(state="kept"), name="one_log_in_use_a_week"
            ),
            models.CheckConstraint(
                condition=Q(expert_hours__gte=0, expert_hours__lte=168), name="a_week_has_168_hours"
            ),
        ]
