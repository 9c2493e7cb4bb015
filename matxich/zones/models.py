"""What is told of zones, by whom: officers' facts, lists, the forms of a reporting period."""

from django.db import models
from django.db.models import Q

from matxich.places.models import Zone
from matxich.registry.models import Enterprise
from matxich.registry.states import ListState
from matxich.zones.states import FormKind, ReportState


class ZoneList(models.Model):
    """A list of zones from a file. `rows` is what became, or will become, of each row; facts name the row they are of.

    A row: {"sheet", "row", "name", "outcome": known | new | rejected, "zone": id or None, "new": {kind, name,
    province_63, province_34} or None, "values": {field: {"v", "c", "col"}}, "notes": [{"code", "params", "col"}]}.
    """

    source = models.CharField(max_length=300)
    as_of = models.DateField()
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.READ)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["file_sha256"], name="zone_lists_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "undone"]) | Q(published_at__isnull=False),
                name="published_zone_list_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at__isnull=True),
                name="undone_zone_list_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ZoneReport(models.Model):
    """A form of one period: the developer's of a cluster, or a tenant's in it.

    `reporter_key` tells reporters apart: "" for the developer, a tax code or the folded name for a tenant. `notes`:
    field → what is to be mended, by whoever returned it. `received_on` is the day the first version came in: it
    decides whether the form was late. `paper` names the paper it was typed from on somebody's behalf.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=7)
    form = models.CharField(max_length=10, choices=FormKind)
    reporter = models.CharField(max_length=300)
    reporter_key = models.CharField(max_length=300, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    enterprise = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    values = models.JSONField(default=dict)
    notes = models.JSONField(default=dict, blank=True)
    paper = models.CharField(max_length=200)
    received_on = models.DateField()
    entered_by = models.CharField(max_length=100)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["zone_id", "period", "form", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "period", "form", "reporter_key"], name="one_zone_report_per_reporter_and_period"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="sent_zone_report_has_its_time"
            ),
        ]
        indexes = [models.Index(fields=["period", "form", "state"], name="zone_reports_of_period")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.zone} {self.period}"


class ZoneFact(models.Model):
    """One thing told of a zone. Never changed: a correction is a newer fact, a value of None says it is not known.

    In force on a day: the fact of the latest `as_of` up to it, of several the last recorded; facts of a list count
    while the list is published. `since`: the first day of a figure added up over time. `value`: see rulebook.zones.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=30)
    value = models.JSONField(null=True)
    comparator = models.CharField(max_length=1, blank=True)
    as_of = models.DateField()
    since = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    batch = models.ForeignKey(ZoneList, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.IntegerField(null=True, blank=True)
    column = models.CharField(max_length=3, blank=True)
    report = models.ForeignKey(ZoneReport, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["zone", "field", "as_of"], name="facts_of_zone")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=models.F("as_of")),
                name="zone_fact_begins_before_it_ends",
            )
        ]
