"""People who are trained and who coach; courses, certificates, days given, posts filled."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency, User
from matxich.coaching.models.cohorts import Cohort, Participant
from matxich.coaching.states import CourseKind, CourseState, EnrolmentState, PersonState, Sex
from matxich.programmes.models import Agreement, Programme
from matxich.registry.models import Enterprise


class Person(models.Model):
    """A trainee or an expert. `…_on`: the local day of each step. `user`: the account that sees its schedule.

    `languages`, `sectors`: codes. `nationality`: "vn" or another country's code; a foreign expert needs no certificate
    of ours. `enterprise`: whose person it is, where a firm nominated it.
    """

    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNTOLD)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nationality = models.CharField(max_length=2, default="vn")
    province_63 = models.CharField(max_length=2, blank=True)
    province_34 = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=PersonState, default=PersonState.NOMINATED)
    nominated_on = models.DateField()
    interviewed_on = models.DateField(null=True, blank=True)
    trainee_on = models.DateField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    pool_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    renew_by = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    interview = models.JSONField(default=dict, blank=True)
    rebuilt_from = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    order = models.CharField(max_length=240, editable=False)

    class Meta:
        ordering = ["order", "id"]
        indexes = [
            models.Index(fields=["state", "order"], name="people_by_state"),
            models.Index(fields=["certified_on"], name="people_by_certificate"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="left") | ~Q(reason=""), name="person_leaves_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="certified") | Q(certified_on__isnull=False), name="certified_person_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """Classroom and practice in firms. `cohort`: the round its practice happens in, where it does."""

    kind = models.CharField(max_length=12, choices=CourseKind)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="courses")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="courses")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="courses")
    place = models.CharField(max_length=2, blank=True)
    where = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField()
    theory_weeks = models.PositiveSmallIntegerField(default=0)
    site_weeks = models.PositiveSmallIntegerField(default=0)
    hours = models.PositiveSmallIntegerField(default=0)
    least_attendance = models.PositiveSmallIntegerField(default=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=CourseState, default=CourseState.PLANNED)
    state_reason = models.CharField(max_length=500, blank=True)
    rebuilt_from = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="course_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="course_has_places"),
            models.CheckConstraint(condition=Q(least_attendance__lte=100), name="course_attendance_is_a_share"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""), name="cancelled_course_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseDay(models.Model):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    topic = models.CharField(max_length=300)
    hours = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        ordering = ["course_id", "on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "on"], name="one_course_day_a_day"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="course_day_has_hours"),
        ]


class Enrolment(models.Model):
    """One person in one course. `score`: of a hundred, at the assessment."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ENROLLED)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    enrolled_by = models.CharField(max_length=100)
    enrolled_at = models.DateTimeField()

    class Meta:
        ordering = ["course_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="one_enrolment_per_person"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=100), name="score_is_of_a_hundred"),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "left"]) | ~Q(reason=""), name="failed_enrolment_says_why"
            ),
        ]


class CourseAttendance(models.Model):
    day = models.ForeignKey(CourseDay, on_delete=models.CASCADE, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()

    class Meta:
        ordering = ["day_id", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "enrolment"], name="one_attendance_a_day")]


class Certificate(models.Model):
    """`paper`: id of the official paper it was issued as, where one was drafted. One that was revoked stays."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12, choices=CourseKind)
    number = models.CharField(max_length=60, unique=True)
    issued_on = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    paper = models.PositiveIntegerField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["kind", "issued_on"], name="certificates_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(revoked_on__isnull=True), name="one_standing_certificate"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoked_reason=""), name="revoked_certificate_says_why"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("issued_on")),
                name="certificate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ExpertRating(models.Model):
    """What a firm says of an expert, 1 to 5, once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ratings")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "participant"], name="one_rating_per_firm"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_is_one_to_five"),
        ]


class ExpertDay(models.Model):
    """Hours an expert gave on a day, to a firm where one is named. `paid`: out of a programme or by a partner."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="days")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="expert_days"
    )
    on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    paid = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["on", "person"], name="expert_days_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["person", "participant", "on"], name="one_expert_day_per_firm"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="expert_day_has_hours"),
        ]


class StaffPost(models.Model):
    """Posts of an agency for supporting industries as they stood on a day: planned and filled."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=200)
    planned = models.PositiveSmallIntegerField()
    filled = models.PositiveSmallIntegerField()
    on = models.DateField()
    source = models.CharField(max_length=200)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["agency_id", "post", "-on", "-id"]
        indexes = [models.Index(fields=["agency", "on"], name="posts_of_agency")]
        constraints = [models.CheckConstraint(condition=Q(planned__gt=0) | Q(filled__gt=0), name="post_is_of_somebody")]

    def __str__(self) -> str:
        return self.post
