"""What people do about a record: claim it, confirm it, visit it, hand in files, keep a question."""

from django.db import models
from django.db.models import Q

from matxich.accounts.models import Agency, User
from matxich.files.models import StoredFile
from matxich.registry.models.register import Enterprise, Statement
from matxich.registry.states import (
    AttachmentKind,
    Cadence,
    ClaimState,
    Trouble,
    Visibility,
    VisitState,
)


class SavedSearch(models.Model):
    """A question somebody keeps: `question` is the query string of the list's address, `public` says which list.

    It is asked with the rights its owner has at the time. `known`: ids there at the first look or told of since, None
    before the first; `fresh`: those the last letter told of, newest look only. `due_at`: when to look again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    public = models.BooleanField()
    question = models.TextField(blank=True)
    cadence = models.CharField(max_length=6, choices=Cadence, default=Cadence.NEVER)
    known = models.JSONField(null=True, blank=True)
    fresh = models.JSONField(default=list, blank=True)
    fresh_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="one_saved_search_per_name"),
            models.CheckConstraint(
                condition=Q(cadence="never", due_at__isnull=True) | ~Q(cadence="never") & Q(due_at__isnull=False),
                name="saved_search_is_due_when_told",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="saved_searches_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """A person asks to manage a firm's record; once approved it joins an organisation of accounts to the enterprise.

    Somebody without an account (no `claimant`) gives a name and an address, to which the invitation goes on approval.
    `reason`, `decided_at` and `decided_by` are of the last decision; earlier ones stand in the ledger.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    claimant_name = models.CharField(max_length=150, blank=True)
    claimant_email = models.CharField(max_length=254, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.SUBMITTED)
    note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    submitted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], name="claims_waiting", condition=Q(state="submitted"))]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "claimant"], condition=Q(state="submitted"), name="one_open_claim_per_person"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "claimant_email"],
                condition=Q(state="submitted", claimant__isnull=True),
                name="one_open_claim_per_address",
            ),
            models.CheckConstraint(
                condition=Q(claimant__isnull=False) | ~Q(claimant_email="") & ~Q(claimant_name=""),
                name="claim_has_its_asker",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "ended"]) | Q(agency__isnull=False, approved_at__isnull=False),
                name="approved_claim_has_its_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at__isnull=True)
                | ~Q(state="submitted") & Q(decided_at__isnull=False),
                name="decided_claim_has_its_time",
            ),
        ]

    @property
    def asker_name(self) -> str:
        return self.claimant.name if self.claimant else self.claimant_name

    @property
    def asker_email(self) -> str:
        return self.claimant.email if self.claimant else self.claimant_email


class Visit(models.Model):
    """Somebody went and looked. `client_id` is made with the form: sending it twice is one visit.

    `findings`: item key → {"code", "text", "found", "says"}, `found` one of Finding, `text` the item as it was shown,
    `says` what was found instead or a remark; once submitted also "statement" where one was written.
    `people` met are sealed under the key of "enterprise:<id>".
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="visits")
    client_id = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.DRAFT)
    on = models.DateField(null=True, blank=True)
    people = models.TextField(blank=True)
    findings = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(on__isnull=False, submitted_at__isnull=False),
                name="submitted_visit_has_its_day",
            ),
        ]


class Attachment(models.Model):
    """A file that belongs to an enterprise, as it was handed in; who may open it follows from `visibility`.

    `shown` is a photo drawn anew, without where and with what it was taken: others than officials and the firm see
    that one. `tells`: the statements a signed paper was the source of. `by_firm`: the firm itself added it. Evidence
    of a claim is for the claimant and the officials who decide it.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="attachments")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="photos")
    tells = models.ManyToManyField(Statement, related_name="papers", blank=True)
    kind = models.CharField(max_length=15, choices=AttachmentKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=200, blank=True)
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.OFFICIALS)
    by_firm = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="photo") | Q(shown__isnull=False), name="photo_has_its_public_copy"
            ),
        ]


class ConfirmationLink(models.Model):
    """A one-time link by which somebody without an account says that a firm's facts still hold.

    Only the hash of its token is kept. It works once, until `expires_at`, unless a newer one took its place.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="confirmation_links")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["enterprise", "expires_at"], name="links_of_enterprise")]


class Confirmation(models.Model):
    """“Vẫn đúng”: on this day the firm said so of these fields, corrected ones among them."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="confirmations")
    link = models.OneToOneField(ConfirmationLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["enterprise", "at"], name="confirmations_of_enterprise")]
