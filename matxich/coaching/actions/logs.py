"""The weekly log: written where there is no network, sent later; two of one week are both kept until one is chosen."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import (
    BadEntry,
    WrongState,
    demand_answers,
    locked_participant,
    organisation_of,
    participant_subject,
)
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import Participant, WeeklyLog
from matxich.coaching.permissions import may_coach
from matxich.coaching.states import LogState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, demand
from matxich.ledger.actions import record

HOURS_OF_A_WEEK = 168


class AlreadySettled(Refusal):
    """Somebody chose between the two logs before."""

    code = "already_settled"


@transaction.atomic
def send_log(
    *, participant: Participant, week: int, client_id: UUID, answers: dict[str, Any], expert_hours: Decimal,
    written_at: datetime, by: Actor, at: datetime,
) -> WeeklyLog:  # fmt: skip
    """The same `client_id` again gives the log that was sent. Another log of that week is there: this one waits.

    Raises Denied, WrongState, BadEntry, Unanswered.
    """
    current = locked_participant(participant)
    demand(may_coach(by, current))
    if sent := WeeklyLog.objects.filter(client_id=client_id).first():
        if sent.participant_id != current.pk or sent.by != by.id:
            raise Denied(_("Nhật ký này thuộc người khác hoặc doanh nghiệp khác."))
        return sent
    if current.started_on is None:
        raise WrongState(_("Nhật ký tuần ghi từ khi tuần 1 bắt đầu."))
    if not 1 <= week <= current.cohort.weeks:
        raise BadEntry("week", _("Đợt này có %(n)s tuần.") % {"n": current.cohort.weeks})
    if not 0 <= expert_hours <= HOURS_OF_A_WEEK:
        raise BadEntry("expert_hours", _("Một tuần có nhiều nhất 168 giờ."))
    asked = instrument_of(current.cohort.instruments["weekly_log"])
    demand_answers(asked, answers, whole=True)
    taken = current.logs.filter(week=week, state=LogState.KEPT).exists()
    made = WeeklyLog.objects.create(
        participant=current, week=week, client_id=client_id, instrument=asked.key, answers=answers,
        expert_hours=expert_hours, state=LogState.CONFLICT if taken else LogState.KEPT,
        written_at=min(written_at, at), sent_at=at, organisation=organisation_of(by), by=by.id, by_name=by.name[:150],
    )  # fmt: skip
    record(
        by=by, at=at, action="weekly_log.send", on=participant_subject(current), rule=asked.key,
        after={"log": made.pk, "week": week, "state": made.state, "hours": expert_hours},
    )  # fmt: skip
    return made


@transaction.atomic
def settle_log(
    *, log: WeeklyLog, choice: str, by: Actor, at: datetime, answers: dict[str, Any] | None = None,
    expert_hours: Decimal | None = None,
) -> WeeklyLog:  # fmt: skip
    """`choice` "old", "new" or "merge" (with what both say, put together). All logs stay; gives the one in use.

    Raises Denied, AlreadySettled, Unanswered, BadEntry.
    """
    participant = locked_participant(log.participant)
    demand(may_coach(by, participant))
    waiting = WeeklyLog.objects.select_for_update().get(pk=log.pk)
    if waiting.state != LogState.CONFLICT:
        raise AlreadySettled(_("Nhật ký của tuần này đã được chọn."), _("Tải lại trang."))
    kept = participant.logs.select_for_update().get(week=waiting.week, state=LogState.KEPT)
    if choice == "old":
        _set_state(waiting, LogState.SET_ASIDE, by, at)
        used = kept
    elif choice == "new":
        _set_state(kept, LogState.SET_ASIDE, by, at)
        _set_state(waiting, LogState.KEPT, by, at)
        used = waiting
    elif choice == "merge":
        asked = instrument_of(waiting.instrument)
        demand_answers(asked, answers or {}, whole=True)
        hours = expert_hours if expert_hours is not None else kept.expert_hours + waiting.expert_hours
        if not 0 <= hours <= HOURS_OF_A_WEEK:
            raise BadEntry("expert_hours", _("Một tuần có nhiều nhất 168 giờ."))
        _set_state(kept, LogState.SET_ASIDE, by, at)
        _set_state(waiting, LogState.SET_ASIDE, by, at)
        used = WeeklyLog.objects.create(
            participant=participant, week=waiting.week, client_id=UUID(int=kept.client_id.int ^ waiting.client_id.int),
            instrument=asked.key, answers=answers, expert_hours=hours, written_at=at, sent_at=at,
            organisation=organisation_of(by), by=by.id, by_name=by.name[:150], settled_by=by.id, settled_at=at,
        )  # fmt: skip
        used.merged_from.set([kept, waiting])
    else:
        raise BadEntry("choice", _("Chọn giữ bản nào."))
    record(
        by=by, at=at, action="weekly_log.settle", on=participant_subject(participant),
        before={"kept": kept.pk, "waiting": waiting.pk}, after={"used": used.pk, "choice": choice},
    )  # fmt: skip
    return used


def _set_state(log: WeeklyLog, state: LogState, by: Actor, at: datetime) -> None:
    log.state, log.settled_by, log.settled_at = state, by.id, at
    log.save(update_fields=["state", "settled_by", "settled_at"])


def joined(old: WeeklyLog, new: WeeklyLog) -> dict[str, Any]:
    """What both say, one below the other; what they say alike stands once. For the form that merges them."""
    paths = dict.fromkeys([*old.answers, *new.answers])
    found = {}
    for path in paths:
        texts = dict.fromkeys(str(log.answers[path]).strip() for log in (old, new) if log.answers.get(path))
        found[path] = "\n".join(texts)
    return found
