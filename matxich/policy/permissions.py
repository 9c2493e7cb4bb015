"""Who may ask the law: of one firm officials and those who manage its record, of many officials alone."""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import is_official, may_use_desk
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.policy.models import PolicyReport
from matxich.registry.models import Enterprise
from matxich.registry.permissions import manages_firm


def may_ask_for_firm(actor: Actor, firm: Enterprise) -> Verdict:
    if may_use_desk(actor) or manages_firm(actor, firm):
        return YES
    return no(_("Cán bộ và người quản lý hồ sơ mới xem được hỗ trợ tính từ hồ sơ của doanh nghiệp."))


def may_simulate(actor: Actor, *objects: object) -> Verdict:
    """What the law gives is judged by figures meant for officials: revenue, capital."""
    return YES if is_official(actor) else no(_("Cán bộ của cơ quan quản lý mới thử được đề xuất và xét cả danh sách."))


def may_open_report(actor: Actor, report: PolicyReport) -> Verdict:
    """Whose it is, while they may simulate at all."""
    if not (may := may_simulate(actor)):
        return may
    return YES if actor.id == report.by else no(_("Báo cáo này của người khác."))
