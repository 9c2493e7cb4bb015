"""Who may ask the law of one firm or of many, and whose word counts for figures and for support given."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person, holds, is_official, may_use_desk
from matxich.accounts.queries import place_chain
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.places.queries import province_34_of, provinces_63_of
from matxich.policy.models import CompleteYear, FigureAct, PolicyReport, SupportGiven, SupportList
from matxich.registry.models import Enterprise
from matxich.registry.permissions import manages_firm
from matxich.rulebook.law.parameters import NATIONAL

PROPOSING = frozenset({Role.OFFICER, Role.HEAD})
DECIDING = PROPOSING | {Role.LEADER}
MINISTRY = (AgencyKind.MINISTRY, AgencyKind.MINISTRY_DEPARTMENT)
PROVINCE = (AgencyKind.PROVINCIAL_DEPARTMENT,)
OWN, FORMER, PROGRAMME = "province:", "province63:", "programme:"


def may_ask_for_firm(actor: Actor, firm: Enterprise) -> Verdict:
    if may_use_desk(actor) or manages_firm(actor, firm):
        return YES
    return no(_("Cán bộ và người quản lý hồ sơ mới xem được hỗ trợ tính từ hồ sơ của doanh nghiệp."))


def may_see_acts(actor: Actor, *objects: object) -> Verdict:
    """The officials' pages of figures; what is in force everybody sees on the public ones."""
    return may_use_desk(actor)


def may_propose(actor: Actor, *objects: object) -> Verdict:
    """Open the form at all: for some figure of some layer."""
    if _agencies(actor, PROPOSING, MINISTRY + PROVINCE):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan thuộc Bộ hoặc của Sở Công Thương đề xuất được con số."))


def may_propose_for(actor: Actor, layer: str) -> Verdict:
    """The ministry's people for national figures and programmes, a department's for its own province's."""
    return YES if agency_for(actor, layer) else no(_reason(layer))


def may_decide(actor: Actor, act: FigureAct) -> Verdict:
    """Another person than the one who proposed, of the same agency or of one above it."""
    if actor.id == act.proposed_by:
        return no(_("Người đề xuất không tự quyết định; cần một người khác có thẩm quyền."))
    return YES if deciding_agency(actor, act.layer) else no(_reason(act.layer))


def may_withdraw(actor: Actor, act: FigureAct) -> Verdict:
    return YES if actor.id == act.proposed_by else no(_("Chỉ người đề xuất rút được đề xuất của mình."))


def may_open_act(actor: Actor, act: FigureAct) -> Verdict:
    return may_see_acts(actor)


def agency_for(actor: Actor, layer: str, roles: frozenset[Role] = PROPOSING) -> Agency | None:
    """The agency in whose name the actor speaks of figures of a layer, None for nobody's."""
    if not layer.startswith((OWN, FORMER)):
        return next(iter(_agencies(actor, roles, MINISTRY)), None)
    province = province_of(layer)
    return next(iter(_agencies(actor, roles, PROVINCE, province)), None) if province else None


def deciding_agency(actor: Actor, layer: str) -> Agency | None:
    """The province's own department first, then the ministry above it."""
    return agency_for(actor, layer, DECIDING) or agency_for(actor, NATIONAL, DECIDING)


def layers_for(actor: Actor) -> list[str]:
    """Whose money the actor may speak of: "programme:" stands for any programme."""
    layers = [NATIONAL, PROGRAMME] if agency_for(actor, NATIONAL) else []
    for agency in _agencies(actor, PROPOSING, PROVINCE):
        if agency.place and agency_for(actor, f"{OWN}{agency.place}"):
            layers += [f"{OWN}{agency.place}", *(f"{FORMER}{old}" for old in provinces_63_of(agency.place))]
    return list(dict.fromkeys(layers))


def province_of(layer: str) -> str:
    """The province of now whose money a layer is of; "" for national ones."""
    code = layer.rpartition(":")[2]
    return code if layer.startswith(OWN) else province_34_of(code) or "" if layer.startswith(FORMER) else ""


def _agencies(actor: Actor, roles: frozenset[Role], kinds: tuple[AgencyKind, ...], province: str = "") -> list[Agency]:
    """Agencies of these kinds in which the actor holds a role over the whole place concerned."""
    if not isinstance(actor, Person):
        return []
    around = place_chain(province)
    held = {
        each.agency_id: each.scope
        for each in actor.standings
        if each.role in roles and (not each.scope or each.scope in around or not province)
    }
    found = Agency.objects.filter(pk__in=held, kind__in=kinds).order_by("pk") if held else ()
    own = [each for each in found if each.kind in PROVINCE and (each.place in around or not province)]
    return [*own, *(each for each in found if each.kind not in PROVINCE and not held[each.pk])]


def _reason(layer: str) -> str:
    if layer.startswith((OWN, FORMER)):
        return gettext("Mức của tỉnh, thành phố do Sở Công Thương của tỉnh, thành phố đó ghi và quyết định.")
    return gettext("Mức quốc gia và của chương trình do cơ quan thuộc Bộ ghi và quyết định.")


RECORDING = frozenset({Role.OFFICER, Role.HEAD, Role.FINANCE})


def may_see_support(actor: Actor, *objects: object) -> Verdict:
    """Who got what, households included: officials."""
    return may_use_desk(actor)


def may_see_support_of(actor: Actor, firm: Enterprise) -> Verdict:
    """Officials, and those who manage the firm's record."""
    return may_ask_for_firm(actor, firm)


def may_record_any_support(actor: Actor, *objects: object) -> Verdict:
    if holds(actor, RECORDING):
        return YES
    return no(_("Chuyên viên, trưởng phòng hoặc kế toán mới ghi được hỗ trợ đã cấp."))


def may_record_support(actor: Actor, province: str) -> Verdict:
    """Of beneficiaries in the actor's own territory."""
    if holds(actor, RECORDING, places=place_chain(province)):
        return YES
    return no(_("Đơn vị thụ hưởng ngoài địa bàn được giao của bạn."))


def may_open_given(actor: Actor, given: SupportGiven) -> Verdict:
    return may_record_support(actor, given.province)


def may_open_support_list(actor: Actor, batch: SupportList) -> Verdict:
    """Whoever brought it in, and officers of the whole country."""
    if not (recording := may_record_any_support(actor)):
        return recording
    if batch.started_by == actor.id or holds(actor, RECORDING, places=()):
        return YES
    return no(_("Danh sách này do người khác nhập."))


def may_declare_complete(actor: Actor, province: str) -> Verdict:
    """The province's department for its province, the ministry for the whole country."""
    if agency_of_complete_year(actor, province):
        return YES
    return no(_("Sở Công Thương tuyên bố cho tỉnh, thành phố mình; cơ quan thuộc Bộ cho cả nước."))


def may_withdraw_complete(actor: Actor, word: CompleteYear) -> Verdict:
    return may_declare_complete(actor, word.province)


def agency_of_complete_year(actor: Actor, province: str) -> Agency | None:
    return agency_for(actor, f"{OWN}{province}" if province else NATIONAL)


def may_simulate(actor: Actor, *objects: object) -> Verdict:
    """What the law gives is judged by figures meant for officials: revenue, capital."""
    return YES if is_official(actor) else no(_("Cán bộ của cơ quan quản lý mới thử được đề xuất và xét cả danh sách."))


def may_open_report(actor: Actor, report: PolicyReport) -> Verdict:
    """Whose it is, while they may simulate at all."""
    if not (may := may_simulate(actor)):
        return may
    return YES if actor.id == report.by else no(_("Báo cáo này của người khác."))
