"""Tables that refuse change in the database itself, and the keys that make personal data in them erasable."""

from django.db import models

from matxich.kit.commit_order import TransactionField


class Entry(models.Model):
    """One decision about one object. Plain identifiers and names, no foreign keys: history outlives its subjects.

    `actor_name` of a person, `object_label` of a person and the values of `personal` are sealed texts.
    """

    at = models.DateTimeField()
    transaction = TransactionField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100, blank=True)
    actor_name = models.TextField(blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=100)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.TextField(blank=True)
    place = models.CharField(max_length=5, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    personal = models.JSONField(null=True)
    subject = models.CharField(max_length=100, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=100, blank=True)
    nonce = models.CharField(max_length=32)
    content_hash = models.CharField(max_length=64, unique=True)
    mark = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_entry"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "id"], name="entry_of_object"),
            models.Index(fields=["actor_id", "id"], name="entry_of_actor"),
            models.Index(fields=["batch"], name="entry_of_batch", condition=~models.Q(batch="")),
            models.Index(fields=["transaction", "id"], name="entry_in_commit_order"),
            models.Index(fields=["place", "id"], name="entry_of_place"),
        ]


class Seal(models.Model):
    """One link of the chain. Each column that must not repeat says so to the database: a fork cannot be stored."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    entry_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, unique=True)
    seal_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_seal"
        ordering = ["seq"]
        indexes = [models.Index(fields=["at"], name="seal_at")]


class Digest(models.Model):
    """The head of the chain at the end of a local day, published: whoever kept it can tell that a tail was cut."""

    date = models.DateField(primary_key=True)
    seq = models.BigIntegerField()
    seal_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_digest"
        ordering = ["date"]

    @property
    def code(self) -> str:
        return f"{self.seq}:{self.seal_hash}"


class SubjectKey(models.Model):
    """The key personal data of one subject is written under, itself written under the master key."""

    id = models.CharField(max_length=16, primary_key=True)
    subject = models.CharField(max_length=100, db_index=True)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_subject_key"
        ordering = ["created_at", "id"]
