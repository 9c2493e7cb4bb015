"""Who may import, open, undo, edit and see contacts."""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import Person, holds, is_official, may_use_desk
from matxich.accounts.states import Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.registry.models import (
    Attachment,
    Claim,
    Enterprise,
    Import,
    SavedSearch,
    Source,
    Statement,
    TermDecision,
    Visit,
)
from matxich.registry.states import BY_CONSENT, HELPED, ClaimState, Visibility, VisitState
from matxich.rulebook.passport import field_of

IMPORTING = frozenset({Role.OFFICER, Role.HEAD})
EDITING = frozenset({Role.OFFICER, Role.HEAD, Role.COLLABORATOR})
FIRM_ROLES = frozenset({Role.PREPARER, Role.REPRESENTATIVE})
OFFICIALS_FIELDS = frozenset({"name", "tax_code", "person_id", "external_id", "note"})
"""What a firm does not say of itself: it goes by its papers, or is the officials' own note."""


def may_import(actor: Actor, *objects: object) -> Verdict:
    """Officers and heads bring in lists."""
    return YES if holds(actor, IMPORTING) else no(_("Chuyên viên hoặc trưởng phòng mới nhập được danh sách."))


def may_open_import(actor: Actor, batch: Import) -> Verdict:
    """Whoever started it, officials of the same agency, and national officers."""
    if _started(actor, batch) or _same_agency(actor, batch) or holds(actor, IMPORTING, places=()):
        return YES
    return no(_("Lần nhập này thuộc cơ quan khác."))


def may_change_import(actor: Actor, batch: Import) -> Verdict:
    """Map, stage, publish, cancel, decide its waiting rows: those who may open it and may import."""
    return may_import(actor) and may_open_import(actor, batch)


def may_undo(actor: Actor, batch: Import) -> Verdict:
    """Whoever started it, a head of the same agency, or a national head."""
    head = isinstance(actor, Person) and any(
        standing.role == Role.HEAD and (standing.agency_id == batch.agency_id or not standing.scope)
        for standing in actor.standings
    )
    if head or actor.is_system or (_started(actor, batch) and may_import(actor)):
        return YES
    return no(_("Người đã nhập hoặc trưởng phòng của cơ quan mới hoàn tác được."))


def may_edit_source(actor: Actor, source: Source) -> Verdict:
    """A source's kind and trust weigh on every record it speaks of: its own agency's importers, or national ones."""
    if not (importing := may_import(actor)):
        return importing
    own = isinstance(actor, Person) and any(
        standing.agency_id == source.agency_id and standing.role in IMPORTING for standing in actor.standings
    )
    if own or holds(actor, IMPORTING, places=()):
        return YES
    return no(_("Nguồn này do cơ quan khác phụ trách; chỉ cơ quan đó hoặc cán bộ cấp quốc gia sửa được."))


def may_create(actor: Actor, places: tuple[str, ...]) -> Verdict:
    """`places`: the chain of current unit codes the new enterprise lies in; empty when unknown."""
    if holds(actor, EDITING, places=places):
        return YES
    return no(_("Địa điểm này nằm ngoài địa bàn được giao của bạn."))


def may_edit(actor: Actor, enterprise: Enterprise) -> Verdict:
    """State facts: officials in charge of the place, and the firm of itself (as its own word, `may_edit_field`)."""
    if manages_firm(actor, enterprise):
        return YES
    return may_edit_officially(actor, enterprise)


def may_edit_officially(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Officers, heads and khuyến công viên, within their territory."""
    if holds(actor, EDITING, places=place_chain(enterprise)):
        return YES
    return no(_("Bạn không được giao cập nhật hồ sơ ở địa bàn này."))


def manages_firm(actor: Actor, enterprise: Enterprise, roles: frozenset[str] = FIRM_ROLES) -> bool:
    """Does the actor hold one of the roles in an organisation whose claim to this record was approved?

    What was claimed before a merge is managed through the record it went into.
    """
    return enterprise.pk in firms_of(actor, roles)


def firms_of(actor: Actor, roles: frozenset[str] = FIRM_ROLES) -> frozenset[int]:
    """The records the actor's organisations manage, and those they were merged into. No query for anybody else."""
    standings = actor.standings if isinstance(actor, Person) else ()
    agencies = {standing.agency_id for standing in standings if standing.role in roles}
    if not agencies:
        return frozenset()
    approved = Claim.objects.filter(agency__in=agencies, state=ClaimState.APPROVED)
    found: set[int] = set()
    reached = set(approved.values_list("enterprise_id", flat=True))
    while reached:
        found |= reached
        merged = Enterprise.objects.filter(pk__in=reached, merged_into__isnull=False)
        reached = set(merged.values_list("merged_into_id", flat=True)) - found
    return frozenset(found)


def may_open_own_firm(actor: Actor, enterprise: Enterprise) -> Verdict:
    """The firm's own side of its record: those who prepare files for it and those who represent it."""
    if manages_firm(actor, enterprise):
        return YES
    return no(_("Trang này dành cho người quản lý hồ sơ của doanh nghiệp. Hãy gửi yêu cầu nhận quản lý hồ sơ."))


def firm_may_say(field: str) -> bool:
    """Is it a field a firm may state of itself?"""
    return field not in OFFICIALS_FIELDS


def may_send_confirmations(actor: Actor, *objects: object) -> Verdict:
    """See whom to ask whether their facts still hold; which firms, the territory says."""
    return YES if holds(actor, EDITING) else no(_("Cán bộ phụ trách địa bàn mới gửi được liên kết xác nhận."))


def may_confirm(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Say for the firm that its facts still hold: its representative; preparers prepare."""
    if manages_firm(actor, enterprise, frozenset({Role.REPRESENTATIVE})):
        return YES
    return no(_("Người đại diện của doanh nghiệp xác nhận; người lập hồ sơ khai và sửa từng mục."))


def may_claim(actor: Actor, *objects: object) -> Verdict:
    """Anybody with an account but those who decide about claims or oversee them."""
    if actor.kind != "person":
        return no(_("Hãy đăng nhập để tiếp tục."))
    if may_use_desk(actor):
        return no(_("Cán bộ không nhận quản lý hồ sơ doanh nghiệp. Người của doanh nghiệp gửi yêu cầu này."))
    return YES


def may_ask_to_manage(actor: Actor, *objects: object) -> Verdict:
    """Anybody of a firm, with an account or without one."""
    return YES if actor.kind == "anonymous" else may_claim(actor)


def may_decide_claims(actor: Actor, *objects: object) -> Verdict:
    """Look at what waits: officers and heads; which claims, their territory says."""
    return YES if holds(actor, IMPORTING) else no(_("Chuyên viên hoặc trưởng phòng mới duyệt được yêu cầu này."))


def may_decide_claim(actor: Actor, claim: Claim) -> Verdict:
    """Approve, refuse, end: officers and heads in charge of the firm's place, never of their own claim."""
    if isinstance(actor, Person) and actor.user_id == claim.claimant_id:
        return no(_("Bạn không tự duyệt yêu cầu của mình."))
    if holds(actor, IMPORTING, places=place_chain(claim.enterprise)):
        return YES
    return no(_("Chỉ chuyên viên hoặc trưởng phòng phụ trách địa bàn của hồ sơ mới duyệt được yêu cầu này."))


def may_open_claim(actor: Actor, claim: Claim) -> Verdict:
    """The claimant's own page."""
    own = isinstance(actor, Person) and actor.user_id == claim.claimant_id
    return YES if own else no(_("Yêu cầu này của người khác."))


def may_open_attachment(actor: Actor, attachment: Attachment) -> Verdict:
    """A public file of a firm in the public register: everybody; any other: as its original."""
    public = attachment.visibility == Visibility.PUBLIC and attachment.enterprise.kind not in BY_CONSENT
    if public and attachment.claim_id is None and attachment.removed_at is None:
        return YES
    return may_open_original(actor, attachment)


def may_open_original(actor: Actor, attachment: Attachment) -> Verdict:
    """A file exactly as it was handed in, where and when a photo was taken included.

    Evidence of a claim: the claimant and whoever decides it. Private: the firm and officials in charge of the place.
    Any other: the firm and every official.
    """
    enterprise, claim = attachment.enterprise, attachment.claim
    if attachment.removed_at is not None:
        return no(_("Tệp này đã được gỡ khỏi hồ sơ."))
    if claim is not None:
        return YES if may_open_claim(actor, claim) else may_decide_claim(actor, claim)
    if manages_firm(actor, enterprise) or may_edit_officially(actor, enterprise):
        return YES
    if attachment.visibility != Visibility.PRIVATE and may_see_officials_fields(actor, enterprise):
        return YES
    return no(_("Tệp này chỉ doanh nghiệp và cán bộ phụ trách địa bàn xem được."))


def may_remove_attachment(actor: Actor, attachment: Attachment) -> Verdict:
    """Officials in charge; the firm what it added itself. Papers of a claim stay."""
    if attachment.claim_id is None:
        if attachment.by_firm and manages_firm(actor, attachment.enterprise):
            return YES
        if may_edit_officially(actor, attachment.enterprise):
            return YES
    return no(_("Bạn không gỡ được tệp này."))


def may_state_on_behalf(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Fill in for a household, an artisan or a cooperative, from a paper it signed."""
    if enterprise.kind not in HELPED:
        return no(
            _("Doanh nghiệp tự khai bằng tài khoản hoặc qua liên kết xác nhận; chỉ ghi hộ hộ kinh doanh và hợp tác xã.")
        )
    return may_edit_officially(actor, enterprise)


def may_open_visit(actor: Actor, visit: Visit) -> Verdict:
    """A visit that was sent: whoever sees officials' fields of the record. A draft: its writer."""
    if visit.state != VisitState.SUBMITTED:
        return YES if actor.id == visit.by and actor.kind == "person" else no(_("Bản nháp này của người khác."))
    return may_use_desk(actor) and may_see_officials_fields(actor, visit.enterprise)


def may_merge_here(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Say that this record and another are one: whoever decides whom lists speak of, within their territory."""
    if holds(actor, IMPORTING, places=place_chain(enterprise)):
        return YES
    return no(_("Chỉ chuyên viên hoặc trưởng phòng phụ trách địa bàn của hồ sơ mới gộp hoặc tách được."))


def may_merge(actor: Actor, pair: tuple[Enterprise, Enterprise]) -> Verdict:
    """In both places: of the record kept and of the one that goes into it."""
    return may_merge_here(actor, pair[0]) and may_merge_here(actor, pair[1])


def may_see_terms(actor: Actor, *objects: object) -> Verdict:
    """The phrases nobody knows the meaning of: whoever brings in the lists they come from."""
    if holds(actor, IMPORTING):
        return YES
    return no(_("Chuyên viên hoặc trưởng phòng mới xem được từ ngữ cần hỏi."))


def may_decide_everywhere(actor: Actor, *objects: object) -> Verdict:
    """It speaks of firms in every province, so it is for officers and heads whose territory is the whole country."""
    if holds(actor, IMPORTING, places=()):
        return YES
    return no(_("Quyết định cho mọi doanh nghiệp dành cho chuyên viên, trưởng phòng cấp quốc gia."))


def may_decide_term(actor: Actor, enterprise: Enterprise | None) -> Verdict:
    """What a phrase means: of one firm, officials in charge of its place; wherever it is said, at national level."""
    return may_edit_officially(actor, enterprise) if enterprise else may_decide_everywhere(actor)


def may_undo_term(actor: Actor, decision: TermDecision) -> Verdict:
    return may_decide_term(actor, decision.enterprise)


def may_see_officials_fields(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Fields not meant for the public: any official; collaborators within their territory."""
    if is_official(actor) or may_edit_officially(actor, enterprise):
        return YES
    return no(_("Thông tin này chỉ dành cho cán bộ."))


def may_see_contacts(actor: Actor, enterprise: Enterprise) -> Verdict:
    """Personal data: officials whose territory covers the enterprise; a place unknown means national ones alone."""
    if is_official(actor) and may_edit_officially(actor, enterprise):
        return YES
    if holds(actor, {Role.LEADER}, places=place_chain(enterprise)):
        return YES
    return no(_("Thông tin liên hệ cá nhân chỉ cán bộ phụ trách địa bàn xem được."))


def may_export_contacts(actor: Actor, *objects: object) -> Verdict:
    """Whoever may see contacts somewhere; in the file, those of other places stay masked."""
    if (is_official(actor) and holds(actor, EDITING)) or holds(actor, {Role.LEADER}):
        return YES
    return no(_("Thông tin liên hệ cá nhân chỉ cán bộ phụ trách địa bàn xem được."))


def may_change_saved_search(actor: Actor, saved: SavedSearch) -> Verdict:
    """Rename, stop, delete: whose it is, whatever else they may or may no longer do."""
    if isinstance(actor, Person) and actor.user_id == saved.user_id:
        return YES
    return no(_("Tìm kiếm này do người khác lưu."))


def may_open_saved_search(actor: Actor, saved: SavedSearch) -> Verdict:
    """See what it finds: whose it is, as long as they may see the list it asks."""
    own = may_change_saved_search(actor, saved)
    return own and may_ask(actor, public=saved.public)


def may_ask(actor: Actor, *, public: bool) -> Verdict:
    """The directory is for everybody, the register for officials."""
    return YES if public else may_use_desk(actor)


def may_open_passport(actor: Actor, enterprise: Enterprise) -> Verdict:
    """The officials' page; what it shows of an enterprise is decided field by field."""
    return may_use_desk(actor)


def may_see_statement(actor: Actor, statement: Statement) -> Verdict:
    """Where a statement came from: for whoever may see the statement, on the desk."""
    if statement.visibility == Visibility.PRIVATE or field_of(statement.field).personal:
        return may_use_desk(actor) and may_see_contacts(actor, statement.enterprise)
    if statement.visibility == Visibility.OFFICIALS:
        return may_use_desk(actor) and may_see_officials_fields(actor, statement.enterprise)
    return may_use_desk(actor)


def may_edit_statement(actor: Actor, statement: Statement) -> Verdict:
    """Withdraw what was stated: officials alone."""
    return may_edit_officially(actor, statement.enterprise)


def may_edit_field(actor: Actor, asked: tuple[Enterprise, str]) -> Verdict:
    """State this field: officials any; the firm of itself, as self-declared, any but those its papers decide."""
    enterprise, field = asked
    if officially := may_edit_officially(actor, enterprise):
        return officially
    if not manages_firm(actor, enterprise):
        return officially
    if not firm_may_say(field):
        return no(_("Mục này theo giấy đăng ký; gửi giấy tờ cho cán bộ phụ trách địa bàn để sửa."))
    return YES


def place_chain(enterprise: Enterprise) -> tuple[str, ...]:
    """The current units the enterprise lies in, smallest first."""
    return tuple(code for code in (enterprise.commune_34, enterprise.province_34) if code)


def _started(actor: Actor, batch: Import) -> bool:
    return actor.kind == "person" and actor.id == batch.started_by


def _same_agency(actor: Actor, batch: Import) -> bool:
    return isinstance(actor, Person) and any(
        standing.agency_id == batch.agency_id and standing.role in IMPORTING | {Role.LEADER}
        for standing in actor.standings
    )
