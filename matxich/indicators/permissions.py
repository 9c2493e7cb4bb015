"""Who may see figures and open their records, set targets, report what others told, write and decide reports."""

from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person, is_official, may_use_desk
from matxich.accounts.states import AgencyKind, Role
from matxich.indicators.models import Report, ReportedFigure, ReportPeriod, Target
from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.programmes.permissions import DECIDING, MANAGING, OWNING, answers_for

KEEPING = MANAGING | {Role.LEADER}
CENTRAL = (AgencyKind.MINISTRY, AgencyKind.MINISTRY_DEPARTMENT)


def may_see_indicators(actor: Actor, *objects: object) -> Verdict:
    """Figures are every official's; the records under them are asked one by one."""
    return may_use_desk(actor)


def may_open_records(actor: Actor, place: str) -> bool:
    """Names behind a figure: officials over the place ("" records that lie in no province)."""
    places = actor.oversight
    return is_official(actor) and (places is None or place in places)


def may_keep_figures(actor: Actor, *objects: object) -> Verdict:
    """Open the forms at all."""
    if actor.is_system or keeping_places(actor) != ():
        return YES
    return no(_("Cán bộ của Bộ, Sở Công Thương hoặc Trung tâm Khuyến công ghi được mục tiêu và số liệu báo cáo."))


def keeping_places(actor: Actor) -> tuple[str, ...] | None:
    """Provinces the actor may write for; None is the whole country, () nowhere."""
    if actor.is_system:
        return None
    if not isinstance(actor, Person):
        return ()
    owning = set(Agency.objects.filter(kind__in=OWNING, pk__in=actor.agency_ids).values_list("pk", flat=True))
    scopes = {one.scope[:2] for one in actor.standings if one.role in KEEPING and one.agency_id in owning}
    return None if "" in scopes else tuple(sorted(scopes))


def may_keep_for(actor: Actor, place: str) -> Verdict:
    """Targets, reported figures and readiness of a province, or of the country ("")."""
    places = keeping_places(actor)
    if places is None or (place and place in places):
        return YES
    return no(_("Bạn chỉ ghi được cho địa bàn mình phụ trách."))


def may_withdraw_target(actor: Actor, target: Target) -> Verdict:
    return may_keep_for(actor, target.place)


def may_withdraw_reported(actor: Actor, reported: ReportedFigure) -> Verdict:
    return may_keep_for(actor, reported.place)


def may_open_period(actor: Actor, *objects: object) -> Verdict:
    """Ask for reports: people of the ministry."""
    if actor.is_system or (isinstance(actor, Person) and agencies_that_ask(actor)):
        return YES
    return no(_("Chuyên viên, trưởng phòng của Bộ mở được kỳ báo cáo."))


def agencies_that_ask(actor: Person) -> list[Agency]:
    held = {one.agency_id for one in actor.standings if one.role in MANAGING}
    return list(Agency.objects.filter(kind__in=CENTRAL, pk__in=held, valid_to=None))


def may_see_period(actor: Actor, period: ReportPeriod) -> Verdict:
    return may_see_indicators(actor)


def may_open_report(actor: Actor, report: Report) -> Verdict:
    """Officials over the place, people of the agency, and those whose report it goes into."""
    places = actor.oversight
    if is_official(actor) and (places is None or (report.place and report.place in places)):
        return YES
    if isinstance(actor, Person) and report.agency_id in actor.agency_ids:
        return YES
    return no(_("Báo cáo này dành cho cơ quan lập báo cáo và cơ quan nhận báo cáo."))


def may_write_report(actor: Actor, report: Report) -> Verdict:
    """Work out figures, comment, send: officers and heads of the agency."""
    if answers_for(actor, report.agency_id, MANAGING, report.place):
        return YES
    return no(_("Chỉ chuyên viên, trưởng phòng của cơ quan lập báo cáo làm được việc này."))


def may_decide_report(actor: Actor, report: Report) -> Verdict:
    """Accept or return: those the report goes to; a report on top, a head or leader of the agency. Never its sender."""
    if report.submitted_by and report.submitted_by == actor.id:
        return no(_("Người gửi không tự nhận báo cáo của mình; cần một người khác."))
    parent = report.parent
    if parent is not None:
        allowed = answers_for(actor, parent.agency_id, MANAGING | DECIDING, parent.place)
    else:
        allowed = answers_for(actor, report.agency_id, DECIDING, report.place)
    return YES if allowed else no(_("Chỉ cơ quan nhận báo cáo mới nhận hoặc trả lại được."))


def may_consolidate(actor: Actor, report: Report) -> Verdict:
    """Take the accepted reports below into one's own."""
    return may_write_report(actor, report)


def may_lock_report(actor: Actor, report: Report) -> Verdict:
    """Heads and leaders of the agency on top."""
    top = report.parent or report
    if answers_for(actor, top.agency_id, DECIDING, top.place):
        return YES
    return no(_("Chỉ trưởng phòng, lãnh đạo của cơ quan tổng hợp khóa hoặc mở lại được báo cáo."))


def may_reopen_report(actor: Actor, report: Report) -> Verdict:
    return may_lock_report(actor, report)
