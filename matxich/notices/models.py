"""The outbox: what is to be told to whom, and whether it was."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """A letter (`to` an address) or a message inside the system (`to` a user's id as text).

    The `body` of a letter is emptied once it is sent or given up. `claimed_until` is a worker's short lease:
    another may try again only once it has run out.
    """

    class Kind(models.TextChoices):
        MAIL = "mail"
        INAPP = "inapp"

    kind = models.CharField(max_length=5, choices=Kind)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    dedupe = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        db_table = "notice"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="notice_waiting",
                condition=Q(kind="mail", sent_at=None, given_up_at=None),
            ),
            models.Index(fields=["to", "-id"], name="notice_of_user", condition=Q(kind="inapp")),
        ]
