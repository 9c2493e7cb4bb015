"""How an agency heads its papers: as it wrote it down, or a first guess from what is known of it."""

from matxich.accounts.models import Agency
from matxich.accounts.states import AgencyKind
from matxich.correspondence.models import Letterhead
from matxich.places.queries import name_of
from matxich.rulebook.papers.heads import CAPITAL, HEADS
from matxich.rulebook.papers.kinds import abbreviation_of


def letterhead_of(agency: Agency) -> Letterhead:
    """Not kept yet where the agency has written none: a guess, which it corrects on its own page."""
    found = Letterhead.objects.filter(agency=agency).first()
    if found:
        return found
    head, deputy = HEADS.get(agency.kind, HEADS[AgencyKind.PROVINCIAL_DEPARTMENT])
    return Letterhead(
        agency=agency,
        issuer=agency.name,
        parent=agency.parent.name if agency.parent else "",
        abbreviation=abbreviation_of(agency.name)[:20],
        place=name_of(agency.place) if agency.place else CAPITAL,
        head=head,
        deputy=deputy,
    )
