"""Subjects, the statements made about them, and the lists the statements came from."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.kit.commit_order import TransactionField
from matxich.registry.states import (
    Facet,
    ImportState,
    Kind,
    Outcome,
    Rhythm,
    Size,
    SourceKind,
    Verification,
    Visibility,
)


class Source(models.Model):
    """Who says so. `mapping` remembers how this sender names its columns: folded header → {"field": code or None when
    the column is left out, "header": as written last, "on": day of the list as ISO, "list": import}.

    `rhythm`: how often it sends a list. `weighed_to`: records this source speaks of are being weighed anew, and
    those up to this number are done; NULL when all are.
    """

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.AGENCY_LIST)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="sources")
    trust = models.SmallIntegerField(default=50)
    in_programme = models.BooleanField(default=True)
    mapping = models.JSONField(default=dict, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm, default=Rhythm.NONE)
    weighed_to = models.BigIntegerField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One list, from the uploaded file to what it changed. Nothing of it shows before it is published.

    `corrects`: the list whose rejected rows this one brings again, corrected.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    file_size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repetitions")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    as_of = models.DateField()
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    started_by = models.CharField(max_length=100)
    started_by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["file_sha256"], name="imports_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "undone"]) | Q(published_at__isnull=False),
                name="published_import_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at__isnull=True),
                name="undone_import_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Projection(models.Model):
    """What the statements in force add up to: columns that lists sort and filter by, and the whole passport.

    `passport` maps a field code to {"v": value, "s": statement id, "o": [other statement ids that differ]},
    a field of many items to {"m": [[item, statement id], …]}. `company_key` and the two commune columns are the
    keys lists are linked by; `tax_code` is NULL unless it is valid and nobody else holds it.
    """

    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    short_name = models.CharField(max_length=150, blank=True)
    company_key = models.CharField(max_length=300, blank=True)
    tax_code = models.CharField(max_length=14, null=True, blank=True)
    person_hash = models.CharField(max_length=64, null=True, blank=True)
    province_34 = models.CharField(max_length=2, blank=True)
    province_63 = models.CharField(max_length=2, blank=True)
    commune_34 = models.CharField(max_length=5, blank=True)
    commune_63 = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=80, blank=True)
    size = models.CharField(max_length=8, choices=Size, default=Size.UNKNOWN)
    workers = models.IntegerField(null=True, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    in_programme = models.BooleanField(default=True)
    verification = models.SmallIntegerField(choices=Verification, default=Verification.DECLARED)
    as_of = models.DateField(null=True, blank=True)
    completeness = models.SmallIntegerField(default=0)
    passport = models.JSONField(default=dict)

    class Meta:
        abstract = True


class Enterprise(Projection):
    """A subject of the register and its stored projection. Its registry id is computed from the primary key.

    Visible while `first_import` is empty or published and it is not merged. Never update a column of the
    projection directly: state or withdraw a fact. A record merged away keeps its own statements and projection but
    no tax code; they add up in the record it was merged into. `version` moves with every change a form must not
    overwrite.
    """

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    first_import = models.ForeignKey(Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="aliases")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    is_demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["company_key"], name="enterprise_by_name_key"),
            models.Index(fields=["province_34", "id"], name="enterprise_by_province_34"),
            models.Index(fields=["person_hash"], name="enterprise_by_person", condition=Q(person_hash__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=Q(tax_code__isnull=False), name="one_enterprise_per_tax_code"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="merged_into_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteZone(models.Model):
    """A zone that a site of an enterprise lies in, as its passport tells sites; written with the projection.

    The column `zone` of an enterprise names one zone, that of its address; a firm may have sites in several.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="site_zones")
    zone = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["zone", "enterprise"], name="one_zone_of_a_site_once")]

    def __str__(self) -> str:
        return self.zone


class Merge(models.Model):
    """A decision that two records are one: `merged` speaks through `kept` until it is undone.

    `tax_code` is the key `merged` held: lists find the kept record by it, and nobody else may take it.
    """

    kept = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    tax_code = models.CharField(max_length=14, null=True, blank=True)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=100, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_into_one"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
        ]
        indexes = [
            models.Index(
                fields=["tax_code"],
                name="merged_by_tax_code",
                condition=Q(tax_code__isnull=False, undone_at__isnull=True),
            ),
        ]


class ImportRow(models.Model):
    """One data row of the file, whatever became of it. `cells` keeps what was typed, by column letter.

    `span` ("E:G") says which of several tables side by side it is a row of; "" when no other stands beside.
    A queued row keeps its clean `values` and `candidates` until an officer decides; `outcome` stays as it was.
    `digest`: keyed, of what the row says; NULL when it says nothing or a person in it was erased. `corrects`: the
    rejected row of an earlier list that this one brings again.
    """

    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="rows", db_index=False)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.IntegerField()
    span = models.CharField(max_length=7, blank=True, default="", db_default="")
    outcome = models.CharField(max_length=8, choices=Outcome)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cells = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    rejected = models.JSONField(null=True, blank=True)
    values = models.JSONField(null=True, blank=True)
    candidates = models.JSONField(null=True, blank=True)
    digest = models.BigIntegerField(null=True, blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    decided_as = models.CharField(max_length=8, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["batch_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "row", "span"], name="one_record_per_row"),
            models.CheckConstraint(
                condition=Q(outcome__in=["queued", "rejected"]) | Q(enterprise__isnull=False),
                name="accepted_row_has_its_enterprise",
            ),
            models.CheckConstraint(
                condition=Q(decided_as="", decided_at__isnull=True) | ~Q(decided_as="") & Q(decided_at__isnull=False),
                name="decision_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "id"], name="rows_waiting", condition=Q(outcome="queued", decided_as="")),
            models.Index(
                fields=["batch", "enterprise", "digest"],
                name="enterprises_of_list",
                condition=Q(enterprise__isnull=False),
            ),
            models.Index(fields=["corrects"], name="corrected_rows", condition=Q(corrects__isnull=False)),
        ]


class NoLongerListed(models.Model):
    """An officer's note that a sender's newer list (`batch`) leaves out an enterprise the one before named.

    It changes no fact: somebody is to find out why, and says in `finding` what came of it.
    """

    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    finding = models.CharField(max_length=500, blank=True)
    closed_by = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "enterprise"], name="one_note_per_list_and_enterprise"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, finding="") | Q(closed_at__isnull=False) & ~Q(finding=""),
                name="closed_with_a_finding",
            ),
        ]


class Statement(models.Model):
    """A fact somebody told about an enterprise. Never changed: a correction is a newer statement.

    In force unless withdrawn, superseded by one in force, or told by a list that is not (or no longer) published.
    Told by a list, the raw text stands in the row's cells under `column`; else in `raw`.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="statements", db_index=False)
    field = models.CharField(max_length=30)
    value = models.JSONField()
    raw = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.ForeignKey(
        ImportRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    column = models.CharField(max_length=3, blank=True)
    as_of = models.DateField()
    verification = models.SmallIntegerField(choices=Verification)
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.PUBLIC)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["enterprise", "field"], name="statements_of_enterprise")]


class StagedProjection(Projection):
    """What a linked enterprise will look like once a list is published (or undone), worked out beforehand.

    Applied in one statement while every enterprise still is at `base_version`, and as visible as it was.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+", db_index=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+", db_index=False)
    first_import = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    base_version = models.IntegerField()
    base_visible = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "enterprise"], name="one_projection_per_import")]


class TermDecision(models.Model):
    """What a person decided that a phrase means: where one firm says it, or (no enterprise) wherever it is said.

    `phrase` is as it was seen, `key` what all its spellings share. `concepts` are codes of the taxonomy; none: it is
    nothing of the taxonomy and stays words. Never changed: undone, or undone by the later decision that replaces it.
    """

    facet = models.CharField(max_length=11, choices=Facet)
    phrase = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    concepts = models.JSONField(default=list, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=100, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "facet"],
                condition=Q(undone_at__isnull=True, enterprise__isnull=True),
                name="one_meaning_everywhere",
            ),
            models.UniqueConstraint(
                fields=["enterprise", "key", "facet"],
                condition=Q(undone_at__isnull=True, enterprise__isnull=False),
                name="one_meaning_for_a_firm",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | Q(undone_at__isnull=False) & ~Q(undone_by=""),
                name="undone_meaning_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class SearchChange(models.Model):
    """What the search index has yet to hear: one enterprise, all that a list touched, or all that say a phrase."""

    seq = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    batch = models.ForeignKey(Import, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    decision = models.ForeignKey(
        TermDecision, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    transaction = TransactionField()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["transaction", "seq"], name="changes_in_commit_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, batch__isnull=True, decision__isnull=True)
                | Q(enterprise__isnull=True, batch__isnull=False, decision__isnull=True)
                | Q(enterprise__isnull=True, batch__isnull=True, decision__isnull=False),
                name="change_names_one_thing",
            )
        ]
