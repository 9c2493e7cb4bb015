"""Two tables that refuse change in the database itself."""

from django.db import models

from matxich.kit.commit_order import TransactionField


class Entry(models.Model):
    """One decision about one object. Plain identifiers and names, no foreign keys: history outlives its subjects."""

    at = models.DateTimeField()
    transaction = TransactionField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=100)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=5, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=100, blank=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_entry"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "id"], name="entry_of_object"),
            models.Index(fields=["actor_id", "id"], name="entry_of_actor"),
            models.Index(fields=["batch"], name="entry_of_batch", condition=~models.Q(batch="")),
        ]
