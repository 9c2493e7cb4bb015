"""When a council sits: the session, its agenda, who is there."""

from django.db import models
from django.db.models import F, Q

from matxich.appraisal.models.cases import Batch, Case
from matxich.appraisal.models.councils import Council, CouncilMember
from matxich.appraisal.states import ItemState, SessionState


class Session(models.Model):
    """A sitting. `convening_paper` and `minutes_paper`: keys of papers in the correspondence room, 0 for none."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    no = models.IntegerField()
    starts_at = models.DateTimeField()
    venue = models.CharField(max_length=300, blank=True)
    online_url = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    convened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    convening_paper = models.BigIntegerField(default=0)
    minutes_paper = models.BigIntegerField(default=0)
    version = models.IntegerField(default=1)
    created_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["council", "no"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed", "adjourned"]) | Q(opened_at__isnull=False),
                name="held_session_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.no}"


class AgendaItem(models.Model):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    order = models.IntegerField()
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    note = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "case"], name="one_agenda_item_per_case"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["presenting", "voting"]),
                name="a_case_is_before_one_session_at_a_time",
            ),
        ]


class Attendance(models.Model):
    """A member in the room from `arrived` to `left`; a second row once they come back. Absent: a reason instead."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="attendance")
    arrived = models.DateTimeField(null=True, blank=True)
    left = models.DateTimeField(null=True, blank=True)
    absent_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["session_id", "member_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], condition=Q(left__isnull=True), name="one_open_attendance_per_member"
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(arrived__isnull=False, left__gte=F("arrived")),
                name="attendance_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(arrived__isnull=True) & ~Q(absent_reason="") | Q(arrived__isnull=False, absent_reason=""),
                name="absence_has_its_reason",
            ),
        ]
