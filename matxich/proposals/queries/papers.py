"""Which papers a proposal needs, and which are there."""

from dataclasses import dataclass

from matxich.proposals.models import Proposal, ProposalFile
from matxich.proposals.packaged import checklists
from matxich.proposals.states import Mode, PartyRole, Shape
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.proposals.checklists import Paper, asked


@dataclass(frozen=True, slots=True)
class PaperLine:
    paper: Paper
    files: tuple[ProposalFile, ...]

    @property
    def is_missing(self) -> bool:
        return not (self.paper.made_here or self.paper.optional or self.files)


def group_of(content: str) -> str:
    """Whose rules a content follows; the few of other laws go by those of supporting industries."""
    return "kc" if SUPPORTS[content].group == "kc" else "cnht"


def papers_of(proposal: Proposal) -> tuple[Paper, ...]:
    others = any(row.role == PartyRole.BENEFICIARY for row in proposal.parties.all())
    return asked(
        checklists(), group_of(proposal.content), on_behalf=proposal.mode == Mode.ON_BEHALF, other_beneficiary=others,
        grouped=proposal.shape == Shape.GROUPED,
    )  # fmt: skip


def paper_lines(proposal: Proposal) -> list[PaperLine]:
    """In the order of the checklist; files that were taken off are not shown."""
    files = list(proposal.files.filter(removed_at=None).select_related("file").order_by("id"))
    return [PaperLine(one, tuple(file for file in files if file.paper == one.id)) for one in papers_of(proposal)]
