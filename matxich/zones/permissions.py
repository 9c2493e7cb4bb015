"""Who may state facts of a zone, handle its reports, bring in lists."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import holds, is_official, may_use_desk
from matxich.accounts.states import Role
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.places.models import Zone
from matxich.zones.models import ZoneList, ZoneReport

STATING = frozenset({Role.OFFICER, Role.HEAD})


def may_state(actor: Actor, zone: Zone) -> Verdict:
    """State facts, enter and decide reports: officers and heads of the zone's province."""
    return may_state_in(actor, zone.province_34)


def may_state_in(actor: Actor, province_34: str) -> Verdict:
    if holds(actor, STATING, places=(province_34,)):
        return YES
    return no(_("Chỉ chuyên viên hoặc trưởng phòng phụ trách tỉnh, thành này mới ghi được số liệu khu, cụm."))


def may_see_zones(actor: Actor, *objects: object) -> Verdict:
    """The officials' pages of zones."""
    return may_use_desk(actor)


def may_see_officials_figures(actor: Actor) -> bool:
    """Turnover, taxes and the like are for officials."""
    return is_official(actor)


def may_see_reports(actor: Actor, *objects: object) -> Verdict:
    """Which forms came in and what they say of single firms: officials."""
    return YES if is_official(actor) else no(_("Báo cáo của khu, cụm công nghiệp chỉ dành cho cán bộ."))


def may_open_report(actor: Actor, report: ZoneReport) -> Verdict:
    """Officials of the province, and those of the whole country."""
    places = actor.oversight
    if is_official(actor) and (places is None or report.zone.province_34 in places):
        return YES
    return no(_("Báo cáo này thuộc địa bàn khác với địa bàn bạn được giao."))


def may_handle_report(actor: Actor, report: ZoneReport) -> Verdict:
    return may_state(actor, report.zone)


def may_bring_lists(actor: Actor, *objects: object) -> Verdict:
    """Officers and heads, each for the provinces of their own territory: a row of another is not taken."""
    return YES if holds(actor, STATING) else no(_("Chuyên viên hoặc trưởng phòng mới nhập được danh sách."))


def may_open_list(actor: Actor, batch: ZoneList) -> Verdict:
    """Whoever brought it in, and whoever may state facts in every province it speaks of."""
    if not (bringing := may_bring_lists(actor)):
        return bringing
    if batch.started_by == actor.id or _all_in_charge(actor, batch.counts.get("provinces", ())):
        return YES
    return no(_("Danh sách này do người khác nhập, cho địa bàn khác."))


def _all_in_charge(actor: Actor, provinces: Iterable[str]) -> bool:
    codes = list(provinces)
    return (bool(codes) and all(may_state_in(actor, code) for code in codes)) or bool(holds(actor, STATING, places=()))
