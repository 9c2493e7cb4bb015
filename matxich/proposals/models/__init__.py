"""Tables of the room: needs sheets, proposals with their rows and versions, the gates they pass."""

from matxich.proposals.models.gates import FieldNote as FieldNote
from matxich.proposals.models.gates import Gate as Gate
from matxich.proposals.models.gates import GateMove as GateMove
from matxich.proposals.models.gates import ProposalVersion as ProposalVersion
from matxich.proposals.models.needs import Need as Need
from matxich.proposals.models.proposals import CostLine as CostLine
from matxich.proposals.models.proposals import Proposal as Proposal
from matxich.proposals.models.proposals import ProposalFile as ProposalFile
from matxich.proposals.models.proposals import ProposalParty as ProposalParty
from matxich.proposals.models.proposals import ProposedResult as ProposedResult
