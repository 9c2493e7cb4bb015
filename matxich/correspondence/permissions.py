"""Who drafts, initials, signs, numbers and issues papers; who sees them; who keeps templates."""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person, may_use_desk
from matxich.accounts.states import DESK_ROLES, OFFICIAL_ROLES, Role
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.states import PAPER_TRANSITIONS, PUBLIC, PaperState, SignedAs
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.rulebook.papers.kinds import KINDS

DRAFTING = OFFICIAL_ROLES - {Role.ADMINISTRATOR}
INITIALLING = frozenset({Role.HEAD, Role.LEADER})
SIGNING = frozenset({Role.LEADER})
BY_ORDER = frozenset({Role.HEAD, Role.LEADER})
NUMBERING = frozenset({Role.CLERK})
WITHDRAWING = frozenset({Role.LEADER})
KEEPING = frozenset({Role.HEAD, Role.LEADER, Role.CLERK})
FILLING_IN = frozenset({Role.COUNCIL_MEMBER, Role.SECRETARY, Role.EXPERT})


def stands_in(actor: Actor, agency_id: int, roles: frozenset[Role]) -> bool:
    """A role in this very agency. The system actor of a command holds every role."""
    if actor.is_system:
        return True
    return isinstance(actor, Person) and any(
        each.agency_id == agency_id and each.role in roles for each in actor.standings
    )


def agencies_where(actor: Actor, roles: frozenset[Role]) -> list[int]:
    """Identifiers of the agencies in which the actor holds one of the roles."""
    standings = actor.standings if isinstance(actor, Person) else ()
    return sorted({each.agency_id for each in standings if each.role in roles})


def may_see_papers(actor: Actor, *objects: object) -> Verdict:
    return may_use_desk(actor)


def may_draft_any(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all: in some agency."""
    if agencies_where(actor, DRAFTING):
        return YES
    return no(_("Cán bộ của cơ quan nhà nước mới soạn được văn bản của cơ quan mình."))


def may_draft(actor: Actor, agency: Agency, kind: str) -> Verdict:
    """An agency's own people; a form that whoever fills it in signs, also members of councils from elsewhere."""
    if stands_in(actor, agency.pk, DRAFTING):
        return YES
    if KINDS[kind].own_hand and agencies_where(actor, FILLING_IN):
        return YES
    return no(_("Chỉ người của cơ quan ban hành mới soạn được văn bản của cơ quan đó."))


def may_open_paper(actor: Actor, paper: OfficialPaper) -> Verdict:
    """The agency's officials; of a confidential paper only its drafter, whoever signed and whose turn it is.

    What was issued, and is not confidential, the agency's other people see as well.
    """
    if actor.is_system or actor.id in _hands(paper):
        return YES
    if paper.is_confidential:
        return YES if _may_take_next(actor, paper) else no(_("Văn bản này chỉ dành cho người soạn, người ký."))
    roles = DESK_ROLES if paper.state in PUBLIC else OFFICIAL_ROLES
    return YES if stands_in(actor, paper.agency_id, roles) else no(_("Văn bản này của cơ quan khác."))


def _hands(paper: OfficialPaper) -> set[str]:
    return {paper.drafted_by, paper.initialled_by, paper.signed_by} - {""}


def _may_take_next(actor: Actor, paper: OfficialPaper) -> bool:
    return any(
        may_take(actor, paper, event)
        for state, event in PAPER_TRANSITIONS
        if state == paper.state and event not in {"replace", "withdraw"}
    )


def may_take(actor: Actor, paper: OfficialPaper, event: str) -> Verdict:
    """May the actor do this step of the paper's life, were its state one to do it from?"""
    return RULES[event](actor, paper)


def _may_revise(actor: Actor, paper: OfficialPaper) -> Verdict:
    """Whoever drafted it; a head or leader of the agency, should that person be away."""
    if actor.is_system or actor.id == paper.drafted_by:
        return YES
    if not paper.is_confidential and stands_in(actor, paper.agency_id, INITIALLING):
        return YES
    return no(_("Chỉ người soạn sửa và trình được dự thảo của mình."))


def _may_sign_own(actor: Actor, paper: OfficialPaper) -> Verdict:
    if not KINDS[paper.kind].own_hand:
        return no(_("Loại văn bản này do cơ quan ký."))
    return YES if actor.id == paper.drafted_by else no(_("Chỉ người lập phiếu ký được phiếu của mình."))


def _may_initial(actor: Actor, paper: OfficialPaper) -> Verdict:
    """Somebody else than the drafter looks over what it says."""
    if actor.id == paper.drafted_by:
        return no(_("Người soạn không tự ký nháy; cần một người khác xem nội dung."))
    if stands_in(actor, paper.agency_id, INITIALLING):
        return YES
    return no(_("Trưởng phòng hoặc lãnh đạo của cơ quan mới ký nháy được."))


def _may_sign(actor: Actor, paper: OfficialPaper) -> Verdict:
    """A leader; by order or mandate also a head. Never who drafted it."""
    if actor.id == paper.drafted_by:
        return no(_("Người soạn không tự ký văn bản mình soạn."))
    roles = BY_ORDER if paper.signed_as in (SignedAs.ORDER, SignedAs.MANDATE) else SIGNING
    if stands_in(actor, paper.agency_id, roles):
        return YES
    if roles is BY_ORDER:
        return no(_("Trưởng phòng hoặc lãnh đạo của cơ quan mới ký thừa lệnh, thừa ủy quyền được."))
    return no(_("Lãnh đạo của cơ quan mới ký được văn bản này."))


def _may_number(actor: Actor, paper: OfficialPaper) -> Verdict:
    if stands_in(actor, paper.agency_id, NUMBERING):
        return YES
    return no(_("Văn thư của cơ quan mới cấp số và ban hành được."))


def _may_issue(actor: Actor, paper: OfficialPaper) -> Verdict:
    """The clerk; a form of one's own hand whoever signed it hands in."""
    if KINDS[paper.kind].own_hand and actor.id == paper.signed_by:
        return YES
    return _may_number(actor, paper)


def _may_return(actor: Actor, paper: OfficialPaper) -> Verdict:
    """Whoever has to do the next step may send it back instead."""
    match paper.state:
        case PaperState.INITIALLED:
            return _may_sign(actor, paper)
        case PaperState.SIGNED:
            return _may_issue(actor, paper)
    return _may_initial(actor, paper)


def _may_withdraw(actor: Actor, paper: OfficialPaper) -> Verdict:
    if stands_in(actor, paper.agency_id, WITHDRAWING):
        return YES
    return no(_("Lãnh đạo của cơ quan mới thu hồi được văn bản."))


def _may_replace(actor: Actor, paper: OfficialPaper) -> Verdict:
    """Draft the paper that is to replace it; the old one ends when the new one is issued."""
    return may_draft(actor, paper.agency, paper.kind)


RULES = {
    "revise": _may_revise,
    "submit": _may_revise,
    "discard": _may_revise,
    "sign_own": _may_sign_own,
    "initial": _may_initial,
    "sign": _may_sign,
    "return": _may_return,
    "number": _may_number,
    "issue": _may_issue,
    "withdraw": _may_withdraw,
    "replace": _may_replace,
}


def may_attach(actor: Actor, paper: OfficialPaper) -> Verdict:
    """The clerk or the drafter, once it is signed."""
    if actor.id == paper.drafted_by or stands_in(actor, paper.agency_id, NUMBERING):
        return YES
    return no(_("Văn thư hoặc người soạn mới kèm được bản đã ký."))


def may_see_register(actor: Actor, agency: Agency) -> Verdict:
    if stands_in(actor, agency.pk, OFFICIAL_ROLES):
        return YES
    return no(_("Sổ đăng ký văn bản đi của cơ quan khác."))


def may_keep_register(actor: Actor, agency: Agency) -> Verdict:
    if stands_in(actor, agency.pk, NUMBERING):
        return YES
    return no(_("Văn thư của cơ quan mới mở được sổ đăng ký."))


def may_see_templates(actor: Actor, agency: Agency) -> Verdict:
    if stands_in(actor, agency.pk, OFFICIAL_ROLES):
        return YES
    return no(_("Mẫu văn bản của cơ quan khác."))


def may_keep_templates(actor: Actor, agency: Agency) -> Verdict:
    """Templates and heads of papers: heads, leaders and the clerk of the agency."""
    if stands_in(actor, agency.pk, KEEPING):
        return YES
    return no(_("Trưởng phòng, lãnh đạo hoặc văn thư của cơ quan mới sửa được mẫu văn bản."))
