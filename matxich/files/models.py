"""What is stored under its own hash; which room shows it to whom is that room's business."""

from django.db import models

from matxich.files.states import FileKind


class StoredFile(models.Model):
    """One content, kept once however often it is handed in. `name` is the first name it came under."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=FileKind)
    media_type = models.CharField(max_length=100)
    quarantined = models.BooleanField(default=False)
    quarantine_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta:
        db_table = "stored_file"
        ordering = ["id"]

    @property
    def path(self) -> str:
        """Below the store's root; two levels, so that no folder grows past what tools list."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
