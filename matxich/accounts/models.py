"""People, agencies with dated names and lineage, and who holds which role where."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from matxich.accounts.personal_data.models import PersonalDataRequest as PersonalDataRequest
from matxich.accounts.states import AgencyKind, Role, Theme
from matxich.rulebook.vietnamese.text import fold, sort_key, squeeze


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. Rights come from memberships alone; there is no superuser."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    order = models.CharField(max_length=450, editable=False)
    folded = models.CharField(max_length=450, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.email = squeeze(self.name), self.email.strip().lower()
        self.order, self.folded = name_order(self.name), fold(f"{self.name} {self.email}")[:450]
        super().save(*args, **kwargs)


class Agency(models.Model):
    """An organisation. Its names are dated rows; `name` repeats the one in force for lists."""

    kind = models.CharField(max_length=30, choices=AgencyKind)
    name = models.CharField(max_length=300)
    place = models.CharField(max_length=5, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    order = models.CharField(max_length=900, editable=False)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="agency_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agency_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = squeeze(self.name)
        former = self.names.values_list("name", flat=True) if self.pk else []
        self.order, self.folded = sort_key(self.name)[:900], fold(" ".join([self.name, *former]))
        super().save(*args, **kwargs)


class AgencyName(models.Model):
    """A name in force over a half-open span of local dates."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_act = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agency_name_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["agency", "valid_from"], name="one_agency_name_begins_a_day"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="one_open_name_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencySuccession(models.Model):
    """Merged or split: the successor answers for the predecessor's open files."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    legal_act = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="agency_does_not_succeed_itself"),
        ]


class Membership(models.Model):
    """A role in an organisation over the subtree of one place ("" = the whole country)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role", "scope"],
                condition=Q(valid_to__isnull=True),
                name="one_open_membership_per_role_and_scope",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_does_not_end_before_it_begins",
            ),
        ]


class Invitation(models.Model):
    """A one-time link to a role. Only the hash of its token is kept.

    The first administrator's invitation names neither e-mail nor agency: both are given on acceptance.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    scope = models.CharField(max_length=5, blank=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_accepted")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_is_accepted_or_revoked",
            )
        ]


class FailedSignIn(models.Model):
    """A wrong password. `key` is a keyed hash of account and address, so the table names nobody."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["key", "at"], name="failures_of_key")]


def name_order(name: str) -> str:
    """Vietnamese people are listed by given name, the last word; then by the whole name."""
    given = name.rsplit(" ", 1)[-1]
    return sort_key(f"{given} {name}")[:450]
