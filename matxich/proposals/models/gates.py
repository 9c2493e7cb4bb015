"""Frozen versions of a proposal, what officers note about them, and the gates it passes."""

from django.db import models
from django.db.models import Q

from matxich.proposals.models.proposals import Proposal
from matxich.proposals.states import GateKind


class ProposalVersion(models.Model):
    """A proposal as it was handed in; the database refuses to change it. `snapshot`: see rulebook.proposals.comparing.

    `token`: what the form sent, so that sending it twice hands it in once.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    token = models.UUIDField(unique=True)
    submitted_by = models.CharField(max_length=100)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"


class FieldNote(models.Model):
    """What an officer wants mended. `path`: of rulebook.proposals.comparing, "" for the whole. `mended_in`: the first
    later version in which that place reads otherwise."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="notes")
    path = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=1000)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    mended_in = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["version_id", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="field_note_says_something")]


class Gate(models.Model):
    """Where one gate of a proposal stands. `officer`: whose it is, "" nobody's in particular; `due`: last day to act.

    `answer`: for eligibility, what the law said on the day it passed, with the version of the rules.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="gates")
    kind = models.CharField(max_length=12, choices=GateKind)
    state = models.CharField(max_length=12)
    officer = models.CharField(max_length=100, blank=True)
    due = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    answer = models.JSONField(default=dict, blank=True)
    entered_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["proposal_id", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "kind"], name="one_gate_of_a_kind")]
        indexes = [models.Index(fields=["officer", "due"], name="gates_of_officer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class GateMove(models.Model):
    """One step of a gate, append-only: what median times are counted from. `was_due`: the term of the state left."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=GateKind)
    event = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    since = models.DateTimeField(null=True, blank=True)
    was_due = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "id"]
        indexes = [models.Index(fields=["kind", "before", "at"], name="moves_out_of_state")]
