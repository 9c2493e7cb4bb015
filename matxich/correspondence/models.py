"""Official papers, their files, the registers their numbers come from, the templates and heads of agencies."""

from django.db import models
from django.db.models import F, Q

from matxich.accounts.models import Agency
from matxich.correspondence.states import FileRole, PaperState, SignedAs
from matxich.files.models import StoredFile
from matxich.rulebook.papers.kinds import KINDS

KIND_CHOICES = [(kind.code, kind.name) for kind in KINDS.values()]


class Letterhead(models.Model):
    """How an agency heads and signs its papers: as they are printed, not as lists name it."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    parent = models.CharField(max_length=300, blank=True)
    abbreviation = models.CharField(max_length=20)
    place = models.CharField(max_length=100)
    head = models.CharField(max_length=100)
    deputy = models.CharField(max_length=100, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["agency_id"]

    def __str__(self) -> str:
        return self.issuer


class PaperTemplate(models.Model):
    """One version of an agency's template. Never changed: a change, and a return to an older text, is a newer version.

    The latest is in use; an agency without any uses the one that came with the program.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    version = models.IntegerField()
    text = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "version"], name="one_paper_template_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="paper_template_versions_begin_at_1"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class OfficialPaper(models.Model):
    """A paper on its way, or issued. What it says is `fields` put into `text`, both frozen with it.

    `owner_kind`, `owner_id`, `purpose`: what it was drafted for, in the words of the room that asked for it.
    `fields`: the values of the kind's contract. `text`, `template_version`: the template as it stood (0: the one that
    came with the program). `unit`: who drafted it, as its number and recipients abbreviate. `elsewhere`: number and
    symbol as another agency gave them. `subject` as last put together.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    owner_kind = models.CharField(max_length=60, blank=True)
    owner_id = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    is_confidential = models.BooleanField(default=False)
    fields = models.JSONField(default=dict)
    text = models.TextField()
    template_version = models.IntegerField(default=0)
    subject = models.CharField(max_length=600, blank=True)
    issuer = models.CharField(max_length=300)
    parent = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=100)
    unit = models.CharField(max_length=40, blank=True)
    signed_as = models.CharField(max_length=4, choices=SignedAs, default=SignedAs.HEAD, blank=True)
    signing_for = models.CharField(max_length=150, blank=True)
    position = models.CharField(max_length=150)
    mandate = models.CharField(max_length=200, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    number = models.IntegerField(null=True, blank=True)
    elsewhere = models.CharField(max_length=60, blank=True)
    elsewhere_issuer = models.CharField(max_length=300, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=14, unique=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replacements")
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    initialled_by = models.CharField(max_length=100, blank=True)
    initialled_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["agency", "state"], name="papers_of_agency"),
            models.Index(fields=["owner_kind", "owner_id"], name="papers_of_owner"),
            models.Index(fields=["drafted_by", "state"], name="papers_of_drafter"),
            models.Index(fields=["agency", "dated_on"], name="papers_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(elsewhere=""), name="paper_has_one_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["numbered", "issued", "replaced"]) | Q(dated_on__isnull=False),
                name="numbered_paper_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "replaced"]) | Q(issued_at__isnull=False),
                name="issued_paper_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(reason=""), name="paper_goes_back_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) & Q(signed_by="") | Q(signed_at__isnull=False) & ~Q(signed_by=""),
                name="signed_paper_says_by_whom",
            ),
            models.UniqueConstraint(
                fields=["elsewhere_issuer", "elsewhere", "dated_on"],
                condition=~Q(elsewhere=""),
                name="one_paper_per_number_given_elsewhere",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state__in=["discarded", "withdrawn"]),
                name="one_paper_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.get_kind_display()


class Register(models.Model):
    """An agency's outgoing numbers of one year and series (decree 30/2020, article 15). `next` is what comes next."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.IntegerField()
    series = models.CharField(max_length=10)
    first = models.IntegerField(default=1)
    next = models.IntegerField(default=1)

    class Meta:
        ordering = ["-year", "series"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "series"], name="one_register_per_year_and_series"),
            models.CheckConstraint(condition=Q(first__gte=1, next__gte=F("first")), name="register_counts_upwards"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class RegisterEntry(models.Model):
    """A number and the paper it went to. Never changed: the paper may be withdrawn, its number stays."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField()
    paper = models.OneToOneField(OfficialPaper, on_delete=models.PROTECT, related_name="entry")
    dated_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["register_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="one_paper_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="register_numbers_begin_at_1"),
        ]


class PaperFile(models.Model):
    """A file of a paper as it was kept: what was rendered on issue, what came back signed or scanned."""

    paper = models.ForeignKey(OfficialPaper, on_delete=models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=FileRole)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "role", "sha256"], name="one_file_of_paper_per_content")
        ]
        indexes = [models.Index(fields=["sha256"], name="papers_of_file")]
