"""Who may see what the law gives one firm: officials, and those who manage the firm's record."""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import may_use_desk
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.registry.models import Enterprise
from matxich.registry.permissions import manages_firm


def may_ask_for_firm(actor: Actor, firm: Enterprise) -> Verdict:
    if may_use_desk(actor) or manages_firm(actor, firm):
        return YES
    return no(_("Cán bộ và người quản lý hồ sơ mới xem được hỗ trợ tính từ hồ sơ của doanh nghiệp."))
