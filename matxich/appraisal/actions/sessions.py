"""Sittings of a council: planned, convened, opened with a quorum, kept item by item, closed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.ballots import NoQuorum, open_ballots
from matxich.appraisal.actions.concluding import conclude_case
from matxich.appraisal.actions.moving import demand_reason, kept, locked, moved, of_session
from matxich.appraisal.models import AgendaItem, Attendance, Batch, Case, Council, CouncilMember, Session
from matxich.appraisal.permissions import may_conclude, may_run, may_run_session
from matxich.appraisal.queries.people import bench_of, in_office
from matxich.appraisal.queries.quorum import quorum_of_case, quorum_of_session
from matxich.appraisal.states import (
    ITEM_TRANSITIONS,
    SESSION_TRANSITIONS,
    CaseState,
    CouncilState,
    ItemState,
    SessionState,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import moment
from matxich.ledger.actions import record
from matxich.notices.actions import queue_inapp
from matxich.rulebook.appraisal.quorum import Quorum
from matxich.rulebook.vietnamese.text import squeeze


class BadSession(Refusal):
    """A sitting of a council that does not work, in the past, or about nothing; `field` says which."""

    code = "bad_session"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


class ItemsOpen(Refusal):
    """A sitting is closed when each item was decided or put off."""

    code = "items_open"


@transaction.atomic
def plan_session(
    *, council: Council, batch: Batch | None, starts_at: datetime, venue: str, online_url: str, cases: Iterable[Case],
    by: Actor, at: datetime,
) -> Session:  # fmt: skip
    """Raises Denied, BadSession. The council's row is locked, so numbers have no gaps and no twins."""
    current = Council.objects.select_for_update().get(pk=council.pk)
    demand(may_run(by, current))
    if current.state != CouncilState.FOUNDED:
        raise BadSession("council", _("Hội đồng chưa thành lập hoặc đã giải thể."))
    last = Session.objects.filter(council=current).aggregate(last=Max("no"))["last"] or 0
    session = Session(council=current, batch=batch, no=last + 1, created_by=by.id)
    _place(session, starts_at, venue, online_url, at)
    session.save()
    _set_agenda(session, cases)
    record(by=by, at=at, action="session.plan", on=of_session(session), after=_told(session))
    return session


@transaction.atomic
def change_session(
    *, session: Session, starts_at: datetime, venue: str, online_url: str, cases: Iterable[Case], by: Actor,
    at: datetime, base_version: int,
) -> Session:  # fmt: skip
    """While it is planned or convened; those convened are told of the new time. Raises Denied, Stale, WrongState,
    BadSession."""
    current = _locked(session, by, base_version)
    moved(current, SESSION_TRANSITIONS, "convene" if current.state == SessionState.CONVENED else "save")
    before = _told(current)
    _place(current, starts_at, venue, online_url, at)
    kept(current)
    current.items.filter(state=ItemState.WAITING).delete()
    _set_agenda(current, cases)
    record(by=by, at=at, action="session.change", on=of_session(current), before=before, after=_told(current))
    if current.state == SessionState.CONVENED and before["starts_at"] != current.starts_at:
        _tell(current, at)
    return current


@transaction.atomic
def convene(*, session: Session, by: Actor, at: datetime, base_version: int) -> Session:
    """Every member in office hears when, where and about what: cases are not named, an interest may shut them."""
    current = _locked(session, by, base_version)
    if not current.items.exists():
        raise BadSession("cases", _("Phiên họp chưa có nội dung nào."))
    moved(current, SESSION_TRANSITIONS, "convene")
    current.convened_at = at
    kept(current)
    _tell(current, at)
    record(by=by, at=at, action="session.convene", on=of_session(current), after=_told(current))
    return current


@transaction.atomic
def open_session(*, session: Session, by: Actor, at: datetime, base_version: int) -> Session:
    """Raises Denied, Stale, WrongState, NoQuorum."""
    current = _locked(session, by, base_version)
    moved(current, SESSION_TRANSITIONS, "open")
    quorum = quorum_of_session(current)
    if not quorum.met:
        raise NoQuorum([line.words.vi for line in quorum.lines if not line.met])
    current.opened_at = current.opened_at or at
    kept(current)
    record(
        by=by, at=at, action="session.open", on=of_session(current),
        after={"present": quorum.present, "needed": quorum.needed, "of": quorum.of},
    )  # fmt: skip
    return current


@transaction.atomic
def adjourn(*, session: Session, by: Actor, at: datetime, base_version: int, reason: str) -> Session:
    """What was decided stands; the rest waits until it is opened again. Raises Denied, Stale, WrongState,
    ReasonMissing."""
    current = _locked(session, by, base_version)
    why = demand_reason(reason)
    moved(current, SESSION_TRANSITIONS, "adjourn")
    kept(current)
    record(by=by, at=at, action="session.adjourn", on=of_session(current), reason=why)
    return current


@transaction.atomic
def close_session(*, session: Session, conclusion: str, by: Actor, at: datetime, base_version: int) -> Session:
    """Everybody still in the room leaves with it. Raises Denied, Stale, WrongState, ItemsOpen."""
    current = _locked(session, by, base_version)
    if current.items.exclude(state__in=(ItemState.DECIDED, ItemState.POSTPONED)).exists():
        raise ItemsOpen(_("Còn nội dung chưa kết luận."), _("Kết luận hoặc để phiên sau từng nội dung còn lại."))
    moved(current, SESSION_TRANSITIONS, "close")
    current.closed_at, current.conclusion = at, conclusion.strip()[:8000]
    kept(current)
    Attendance.objects.filter(session=current, arrived__isnull=False, left=None).update(left=at)
    record(by=by, at=at, action="session.close", on=of_session(current), after={"conclusion": current.conclusion})
    return current


@transaction.atomic
def cancel_session(*, session: Session, by: Actor, at: datetime, base_version: int, reason: str) -> Session:
    current = _locked(session, by, base_version)
    why = demand_reason(reason)
    moved(current, SESSION_TRANSITIONS, "cancel")
    kept(current)
    record(by=by, at=at, action="session.cancel", on=of_session(current), reason=why)
    return current


@transaction.atomic
def arrive(*, session: Session, member: CouncilMember, by: Actor, at: datetime) -> Attendance:
    """Came in, or came back; again changes nothing. Raises Denied, WrongState, BadSession."""
    current = _sitting(session, by, member)
    there = Attendance.objects.filter(session=current, member=member, left=None).first()
    if there is not None and there.arrived is not None:
        return there
    row = there or Attendance(session=current, member=member)
    row.arrived, row.absent_reason = at, ""
    row.save()
    return _noted(row, "arrived", by, at)


@transaction.atomic
def leave(*, session: Session, member: CouncilMember, by: Actor, at: datetime) -> Attendance | None:
    """Went out; None when they were not in. Raises Denied, WrongState, BadSession."""
    current = _sitting(session, by, member)
    row = Attendance.objects.filter(session=current, member=member, arrived__isnull=False, left=None).first()
    if row is None:
        return None
    row.left = at
    row.save()
    return _noted(row, "left", by, at)


@transaction.atomic
def absent(*, session: Session, member: CouncilMember, by: Actor, at: datetime, reason: str) -> Attendance:
    """Will not come, and why. Raises Denied, WrongState, BadSession, ReasonMissing."""
    current = _sitting(session, by, member)
    why = demand_reason(reason)[:300]
    if Attendance.objects.filter(session=current, member=member, arrived__isnull=False).exists():
        raise BadSession("member", _("Người này đã có mặt ở phiên họp."))
    row, _made = Attendance.objects.update_or_create(
        session=current, member=member, left=None, defaults={"absent_reason": why}
    )
    return _noted(row, "absent", by, at)


@transaction.atomic
def move_item(*, item: AgendaItem, event: str, by: Actor, at: datetime, reason: str = "") -> AgendaItem:
    """ "present", "vote", "open", "postpone" of an item of an open sitting. Presenting, voting and opening each need
    the quorum of that very case, asked anew: members leave in mid-session. "postpone" needs a reason; "open" one when
    a ballot is missing. Raises Denied, WrongState, NoQuorum and what opening raises."""
    current = _item(item, by)
    if event == "postpone":
        why = demand_reason(reason)
        moved(current, ITEM_TRANSITIONS, event)
        current.note = why
    else:
        bench = bench_of(current.case)
        quorum = quorum_of_case(current.case, current, bench)
        if not quorum.met and not (event == "present" and _only_reviews(quorum)):
            raise NoQuorum([line.words.vi for line in quorum.lines if not line.met])
        moved(current, ITEM_TRANSITIONS, event)
        if event == "open":
            open_ballots(case=current.case, by=by, at=at, reason=reason, item=current)
    current.moved_at = at
    current.save()
    record(
        by=by, at=at, action="session.item", on=of_session(current.session), reason=reason.strip(),
        after={"item": current.pk, "state": current.state},
    )  # fmt: skip
    return current


@transaction.atomic
def conclude_item(*, item: AgendaItem, conditions: str, by: Actor, at: datetime) -> AgendaItem:
    """The case is concluded by the rule, and the item with it. Raises Denied, WrongState, NotDecidable."""
    current = _item(item, by)
    moved(current, ITEM_TRANSITIONS, "conclude")
    conclude_case(case=current.case, conditions=conditions, by=by, at=at)
    current.moved_at = at
    current.save()
    record(
        by=by, at=at, action="session.item", on=of_session(current.session),
        after={"item": current.pk, "state": current.state},
    )  # fmt: skip
    return current


def _only_reviews(quorum: Quorum) -> bool:
    """Reviewers' comments may be read out while the case is presented; they must be in before the vote."""
    return all(line.met or line.code == "reviews" for line in quorum.lines)


def _item(item: AgendaItem, by: Actor) -> AgendaItem:
    rows = AgendaItem.objects.select_for_update(of=("self",))
    current = rows.select_related("session__council", "case__batch__council", "case__batch__criteria").get(pk=item.pk)
    demand(may_run_session(by, current.session))
    demand(may_conclude(by, current.case))
    if current.session.state != SessionState.OPEN:
        raise BadSession("session", _("Phiên họp chưa khai mạc hoặc đã dừng."))
    return current


def _sitting(session: Session, by: Actor, member: CouncilMember) -> Session:
    current = Session.objects.select_for_update(of=("self",)).select_related("council").get(pk=session.pk)
    demand(may_run_session(by, current))
    if current.state not in (SessionState.CONVENED, SessionState.OPEN, SessionState.ADJOURNED):
        raise BadSession("session", _("Chỉ ghi người dự khi phiên họp đã triệu tập và chưa kết thúc."))
    if member.council_id != current.council_id or member.valid_to is not None:
        raise BadSession("member", _("Người này không phải thành viên đương nhiệm của hội đồng."))
    return current


def _noted(row: Attendance, what: str, by: Actor, at: datetime) -> Attendance:
    record(
        by=by,
        at=at,
        action="session.attendance",
        on=of_session(row.session),
        after={"member": row.member_id, "is": what},
    )
    return row


def _locked(session: Session, by: Actor, base_version: int) -> Session:
    current = locked(session, base_version, "council")
    demand(may_run_session(by, current))
    return current


def _place(session: Session, starts_at: datetime, venue: str, online_url: str, at: datetime) -> None:
    if starts_at <= at:
        raise BadSession("starts_at", _("Giờ họp phải ở sau lúc này."))
    session.starts_at, session.venue, session.online_url = starts_at, squeeze(venue)[:300], online_url[:300]
    if not session.venue and not session.online_url:
        raise BadSession("venue", _("Ghi nơi họp hoặc đường dẫn họp trực tuyến."))


def _set_agenda(session: Session, cases: Iterable[Case]) -> None:
    placed = set(session.items.values_list("case_id", flat=True))
    wanted = [case for case in cases if case.pk not in placed]
    if any(case.batch.council_id != session.council_id for case in wanted):
        raise BadSession("cases", _("Có hồ sơ không thuộc hội đồng này."))
    if any(case.state not in (CaseState.COLLECTED, CaseState.VOTING, CaseState.OPENED) for case in wanted):
        raise BadSession("cases", _("Có hồ sơ đã kết luận hoặc đã rút."))
    start = len(placed)
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, case=case, order=start + index + 1) for index, case in enumerate(wanted)
    )


def _told(session: Session) -> dict[str, object]:
    return {
        "no": session.no,
        "starts_at": session.starts_at,
        "venue": session.venue,
        "items": list(session.items.values_list("case_id", flat=True)),
    }


def _tell(session: Session, at: datetime) -> None:
    link = reverse("appraisal:session", args=[session.pk])
    for member in in_office(session.council_id):
        queue_inapp(
            user_id=member.user_id,
            subject=_("%(council)s họp lúc %(when)s")
            % {"council": session.council.name, "when": moment(timezone.localtime(session.starts_at))},
            body=session.venue or session.online_url,
            link=link,
            at=at,
            dedupe=f"session:{session.pk}:{session.version}:{member.pk}",
        )
