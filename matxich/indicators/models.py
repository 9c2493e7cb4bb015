"""Targets, figures told by others, frozen figures, the monthly series, reports up the tree, readiness of provinces.

Codes of indicators are those of rulebook.indicators.catalogue. A place is the code of a province on the map `edition`
names, "" the whole country.
"""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.indicators.states import Basis, Comparator, Edition, ReportState
from matxich.programmes.models import Programme


class Target(models.Model):
    """What is to be reached by `until`, as the paper says it. `word`: its qualifier; `edition`: the map it was set on.

    Never changed: withdrawn with a reason. `rebuilt`: taken from a press article, not from the paper itself.
    """

    indicator = models.CharField(max_length=5)
    place = models.CharField(max_length=2, blank=True)
    edition = models.CharField(max_length=2, choices=Edition)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    comparator = models.CharField(max_length=1, choices=Comparator, blank=True)
    word = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=3)
    since = models.DateField(null=True, blank=True)
    until = models.DateField()
    source = models.CharField(max_length=300)
    legal_act = models.CharField(max_length=200, blank=True)
    rebuilt = models.BooleanField(default=False)
    set_by = models.CharField(max_length=100)
    set_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["indicator", "-until", "id"]
        indexes = [models.Index(fields=["indicator", "place", "until"], name="targets_of_indicator")]
        constraints = [
            models.CheckConstraint(condition=Q(since__isnull=True) | Q(since__lt=F("until")), name="target_has_time"),
            models.CheckConstraint(condition=~Q(source=""), name="target_has_its_source"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_target_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.comparator}{self.value}"


class ReportedFigure(models.Model):
    """A figure told by somebody else, with source, date, qualifier and basis; never beside what records tell.

    `since`: the first day of a flow. `rebuilt`: taken from a press article. Never changed: withdrawn with a reason.
    """

    indicator = models.CharField(max_length=5)
    place = models.CharField(max_length=2, blank=True)
    edition = models.CharField(max_length=2, choices=Edition)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis)
    as_of = models.DateField()
    since = models.DateField(null=True, blank=True)
    comparator = models.CharField(max_length=1, choices=Comparator, blank=True)
    word = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    rebuilt = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["indicator", "-as_of", "-id"]
        indexes = [models.Index(fields=["indicator", "place", "as_of"], name="reported_of_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("as_of")), name="reported_figure_begins_first"
            ),
            models.CheckConstraint(
                condition=~Q(basis="flow") | Q(since__isnull=False), name="reported_flow_has_its_first_day"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="reported_figure_has_its_source"),
            models.CheckConstraint(
                condition=~Q(indicator="A06") | Q(programme__isnull=True), name="trade_surplus_is_nobodys_outcome"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_figure_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.comparator}{self.value}"


class Snapshot(models.Model):
    """A figure as it stood when somebody froze it, with its records; append-only in the database itself."""

    indicator = models.CharField(max_length=5)
    place = models.CharField(max_length=2, blank=True)
    edition = models.CharField(max_length=2, choices=Edition)
    as_of = models.DateField()
    since = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    comparator = models.CharField(max_length=1, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    turns = models.IntegerField(default=0)
    records = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    taken_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["indicator", "place", "as_of"], name="snapshots_of_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of}"


class MonthlyFigure(models.Model):
    """What dashboards read: a figure at the end of a month, worked out again from records by the worker.

    Derived: every row can be thrown away and worked out anew. A month of which nothing is known has no row.
    """

    indicator = models.CharField(max_length=5)
    month = models.DateField()
    edition = models.CharField(max_length=2, choices=Edition)
    place = models.CharField(max_length=2, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    turns = models.IntegerField(default=0)

    class Meta:
        ordering = ["indicator", "edition", "place", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "place", "month", "indicator"], name="one_figure_per_month_and_place"
            )
        ]
        indexes = [models.Index(fields=["indicator", "edition", "month"], name="monthly_of_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.month}"


class MonthlyRun(models.Model):
    """When the monthly series was last worked out, for which months."""

    first = models.DateField()
    last = models.DateField()
    figures = models.IntegerField()
    seconds = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class ReportPeriod(models.Model):
    """What is reported on over [starts, ends), to whom, and before which day. `indicators`: codes of the catalogue."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    due_before = models.DateField()
    edition = models.CharField(max_length=2, choices=Edition)
    indicators = models.JSONField(default=list)
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="report_period_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(due_before__gte=F("ends")), name="report_is_due_after_its_period"),
            models.UniqueConstraint(fields=["agency", "starts", "ends", "title"], name="one_report_period"),
        ]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """One agency's report of a period; `parent` is the report it goes into, none for the one on top.

    `version` moves with every change. What it said each time it was handed in stays as a ReportVersion.
    """

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=2, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    state = models.CharField(max_length=15, choices=ReportState, default=ReportState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    comment = models.TextField(blank=True)
    submitted_by = models.CharField(max_length=100, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.CharField(max_length=500, blank=True)
    reopened_by = models.CharField(max_length=100, blank=True)
    reopened_reason = models.CharField(max_length=500, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["period_id", "parent_id", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "agency"], name="one_report_per_agency_and_period"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned", "reopened"]) | Q(submitted_at__isnull=False),
                name="handed_in_report_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(decided_by=F("submitted_by")),
                name="report_is_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="reopened") | ~Q(reopened_reason=""), name="reopened_report_says_why"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="report_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.period}"


class ReportCell(models.Model):
    """One figure of a report, worked out from records; people write causes and comments, never totals.

    `reported`: a statistic with its `source`, as told and not worked out. `note`: what is to be mended.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="cells")
    indicator = models.CharField(max_length=5)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    comparator = models.CharField(max_length=1, blank=True)
    word = models.CharField(max_length=20, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    turns = models.IntegerField(default=0)
    records = models.JSONField(default=list)
    reported = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["report_id", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="one_cell_per_report_and_indicator"),
            models.CheckConstraint(condition=Q(reported=False) | ~Q(source=""), name="reported_cell_has_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"


class ReportVersion(models.Model):
    """What a report said when it was handed in; append-only in the database itself."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_version_per_report_and_number")]


class Readiness(models.Model):
    """Whether a province meets a criterion as of a day, by a source (rulebook.indicators.readiness). Never changed:
    the latest day counts, of several answers the last recorded. `place` is a code of the map of 34."""

    place = models.CharField(max_length=2)
    criterion = models.CharField(max_length=12)
    met = models.BooleanField()
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "criterion", "-as_of", "-id"]
        indexes = [models.Index(fields=["place", "criterion", "as_of"], name="readiness_of_place")]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="readiness_has_its_source")]

    def __str__(self) -> str:
        return f"{self.place} {self.criterion}"
