"""Where readers of growing tables stand, and who opened whose personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadPosition(models.Model):
    """How far a reader of a growing table has come. Never the truth: deleting a row only costs one full pass."""

    reader = models.CharField(max_length=60, primary_key=True)
    cluster = models.CharField(max_length=40)
    number = models.BigIntegerField()


class AccessRecord(models.Model):
    """Somebody saw personal data in full, or took it away in a file. The database refuses to change it."""

    class Kind(models.TextChoices):
        VIEW = "view", _("Xem đầy đủ")
        EXPORT = "export", _("Xuất tệp")

    at = models.DateTimeField()
    kind = models.CharField(max_length=6, choices=Kind)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100)
    organisation = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60, blank=True)
    fields = models.JSONField()
    reason = models.TextField()
    rows = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="access_to_subject"),
            models.Index(fields=["actor_id", "-id"], name="access_by_actor"),
        ]
