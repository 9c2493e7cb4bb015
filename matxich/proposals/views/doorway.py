"""What the pages of this room share: the object of an address, a refusal shown in place."""

from django.shortcuts import get_object_or_404

from matxich.kit.doorway import number_of
from matxich.proposals.models import Need, Proposal, ProposalFile


def proposal_of(pk: int) -> Proposal:
    found = Proposal.objects.select_related("call__plan__programme__agency", "enterprise", "current", "agency")
    return get_object_or_404(found, pk=pk)


def file_of(pk: int) -> ProposalFile:
    found = ProposalFile.objects.select_related("proposal__call__plan__programme", "proposal__enterprise", "file")
    return get_object_or_404(found, pk=pk)


def need_of(pk: int) -> Need:
    return get_object_or_404(Need.objects.select_related("enterprise", "agency", "call"), pk=pk)


def version_sent(text: str | None) -> int:
    """The version a form was opened on; -1, which no version is, for anything that is no number."""
    found = number_of(text)
    return -1 if found is None else found
