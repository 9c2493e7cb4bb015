"""Who is taken in: by rank, the rest in reserve or declined with a reason; the reserve comes up in its order."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import (
    BadEntry,
    WrongState,
    advance,
    demand_fresh,
    demand_past,
    demand_round,
    leave,
    locked_cohort,
    locked_participant,
    participant_subject,
    reason_of,
)
from matxich.coaching.models import Cohort, Participant, Selection
from matxich.coaching.permissions import may_decide, may_handle
from matxich.coaching.queries.ranking import candidates_of, ranking_digest
from matxich.coaching.states import CohortState, Outcome, ParticipantState
from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import record
from matxich.rulebook.coaching.selection import NotNext, demand_turn, ranked
from matxich.rulebook.coaching.weeks import week_of
from matxich.rulebook.vietnamese.text import squeeze


class NotTheNext(Refusal):
    """The reserve comes up in the order of its ranks; the message names whose turn it is."""

    code = "not_the_next"


class QuotaFull(Refusal):
    code = "quota_full"


@transaction.atomic
def decide_selection(
    *, cohort: Cohort, outcomes: Mapping[int, str], reasons: Mapping[int, str], by: Actor, at: datetime, digest: str
) -> list[Selection]:
    """Every firm that was interviewed gets its outcome at once, in the order of the marks.

    `outcomes`: participant → Outcome; those within the quota may be selected, a reserve stands after the selected, and
    leaving the order of the marks takes a reason for each firm passed over. `digest`: of the order the page showed.
    Raises Denied, NotInThisRound, Stale, BadEntry, QuotaFull, NoReason.
    """
    current = locked_cohort(cohort)
    demand(may_decide(by, current))
    demand_round(current, CohortState.SELECTING)
    waiting = list(
        current.participants.select_for_update(of=("self",))
        .select_related("cohort__agency", "enterprise")
        .filter(state=ParticipantState.INTERVIEWED)
        .order_by("pk")
    )
    candidates = candidates_of(current)
    if digest != ranking_digest(candidates, current.quota):
        raise Stale(_("Thứ tự đã đổi sau khi bạn mở trang."), _("Tải lại trang, xem thứ tự mới rồi quyết định."))
    order, _unmarked = ranked(candidates, current.quota)
    ranks = {each.candidate.id: each for each in order}
    if not waiting or set(outcomes) != {one.pk for one in waiting}:
        raise BadEntry("", _("Mỗi doanh nghiệp đã phỏng vấn cần một kết quả."))
    chosen = [pk for pk, outcome in outcomes.items() if outcome == Outcome.SELECTED]
    taken = current.participants.exclude(selected_on=None).filter(left_on=None).count()
    if taken + len(chosen) > current.quota:
        raise QuotaFull(
            _("Chọn %(n)s doanh nghiệp, chỉ tiêu còn %(left)s.") % {"n": len(chosen), "left": current.quota - taken},
            _("Chuyển bớt sang dự bị."),
        )
    made = []
    today = timezone.localdate(at)
    last_chosen = max((ranks[pk].rank for pk in chosen if pk in ranks), default=0)
    for one in sorted(waiting, key=lambda each: ranks[each.pk].rank if each.pk in ranks else 10**6):
        outcome, place = outcomes[one.pk], ranks.get(one.pk)
        passed_over = place is not None and place.rank < last_chosen and outcome != Outcome.SELECTED
        why = squeeze(reasons.get(one.pk, ""))[:500]
        if passed_over or outcome == Outcome.NOT_SELECTED:
            why = reason_of(why)
        if outcome in (Outcome.SELECTED, Outcome.RESERVE) and place is None:
            raise BadEntry("", _("%(firm)s chưa đủ điểm để xếp hạng.") % {"firm": one.enterprise.name})
        one.rank = place.rank if place else None
        if outcome == Outcome.NOT_SELECTED:
            leave(one, "decline", today, why)
        elif outcome in (Outcome.SELECTED, Outcome.RESERVE):
            advance(one, "select" if outcome == Outcome.SELECTED else "reserve", today)
        else:
            raise BadEntry("", _("Chọn kết quả cho từng doanh nghiệp."))
        one.save()
        made.append(_decided(one, outcome, place.candidate.mark if place else None, why, by, at))
    return made


@transaction.atomic
def promote(*, participant: Participant, by: Actor, at: datetime, reason: str) -> Selection:
    """A firm of the reserve takes a free place, in rank order alone.

    Raises Denied, NotInThisRound, WrongState, NotTheNext, QuotaFull, NoReason.
    """
    cohort = locked_cohort(participant.cohort)
    current = locked_participant(participant)
    demand(may_decide(by, cohort))
    demand_round(cohort, CohortState.SELECTING, CohortState.RUNNING)
    if current.state != ParticipantState.RESERVE:
        raise WrongState(_("Doanh nghiệp này không ở dự bị."), _("Tải lại trang."))
    why = reason_of(reason)
    waiting = cohort.participants.filter(state=ParticipantState.RESERVE).values_list("pk", "rank")
    reserve = {pk: rank for pk, rank in waiting if rank is not None}
    try:
        demand_turn(current.pk, reserve)
    except NotNext as error:
        turn = Participant.objects.select_related("enterprise").get(pk=error.next or 0)
        raise NotTheNext(
            _("Đến lượt %(firm)s (dự bị hạng %(rank)s).") % {"firm": turn.enterprise.name, "rank": turn.rank},
            _("Dự bị được đưa lên theo thứ tự xếp hạng."),
        ) from error
    taken = cohort.participants.exclude(selected_on=None).filter(left_on=None).count()
    if taken >= cohort.quota:
        raise QuotaFull(
            _("Đợt đã đủ %(n)s doanh nghiệp.") % {"n": cohort.quota}, _("Chỉ đưa dự bị lên khi có doanh nghiệp dừng.")
        )
    advance(current, "promote", timezone.localdate(at))
    current.save()
    return _decided(current, Outcome.PROMOTED, None, why, by, at)


@transaction.atomic
def decline(*, participant: Participant, by: Actor, at: datetime, reason: str, base_version: int) -> Selection:
    """A firm of the reserve that is not needed. Raises Denied, Stale, WrongState, NoReason."""
    current = locked_participant(participant)
    demand(may_decide(by, current.cohort))
    demand_fresh(current, base_version)
    leave(current, "decline", timezone.localdate(at), reason)
    current.save()
    return _decided(current, Outcome.NOT_SELECTED, None, current.reason, by, at)


def _decided(one: Participant, outcome: str, mark: Fraction | None, why: str, by: Actor, at: datetime) -> Selection:
    action = {Outcome.PROMOTED: "participant.promote", Outcome.NOT_SELECTED: "participant.decline"}.get(
        Outcome(outcome), "participant.select"
    )
    made = Selection.objects.create(
        participant=one, outcome=outcome, rank=one.rank, mark=None if mark is None else round(mark * 10_000),
        reason=why, on=timezone.localdate(at), by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action=action, on=participant_subject(one), reason=why, rule="selection@1",
        after={"state": one.state, "rank": one.rank, "mark": str(mark) if mark is not None else None},
    )  # fmt: skip
    return made


@transaction.atomic
def record_agreement(
    *, participant: Participant, agreed_on: date | None, by: Actor, at: datetime, base_version: int,
    stream: BinaryIO | None = None, name: str = "",
) -> Participant:  # fmt: skip
    """The firm signed to take part; the paper, scanned, where there is one.

    Raises Denied, Stale, WrongState, BadEntry.
    """
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    day = demand_past(agreed_on, at, "agreed_on")
    advance(current, "agree", day)
    if stream is not None:
        current.agreement_file = store(
            by=by, at=at, stream=stream, name=name, kind=FileKind.SCAN, max_bytes=settings.MAX_ATTACHMENT_BYTES
        )
        current.agreement_name = squeeze(name)[-255:]
    current.save()
    record(
        by=by, at=at, action="participant.agree", on=participant_subject(current),
        after={"state": current.state, "on": day, "file": current.agreement_file_id},
    )  # fmt: skip
    return current


@transaction.atomic
def drop(
    *, participant: Participant, by: Actor, at: datetime, reason: str, base_version: int, week: int | None = None
) -> Participant:
    """The firm leaves; its week is counted from the first day of the round where it is not said.

    Whoever runs the round decides; everything it did stays. Raises Denied, Stale, WrongState, NoReason, BadEntry.
    """
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    today = timezone.localdate(at)
    if current.started_on is None:
        week = None
    elif week is None and current.cohort.starts_on:
        week = week_of(current.cohort.starts_on, today, current.cohort.weeks)
    if week is not None and not 1 <= week <= current.cohort.weeks:
        raise BadEntry("week", _("Tuần này nằm ngoài đợt."))
    before = current.state
    leave(current, "drop", today, reason, week)
    current.save()
    record(
        by=by, at=at, action="participant.drop", on=participant_subject(current), before={"state": before},
        after={"state": current.state, "week": week}, reason=current.reason,
    )  # fmt: skip
    return current
