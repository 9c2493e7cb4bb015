"""The end of a firm's weeks: measured, verified by a second person, closed; what audits found."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.measuring import demand_other
from matxich.coaching.actions.moving import (
    BadEntry,
    advance,
    demand_answers,
    demand_fresh,
    demand_past,
    demand_round,
    locked_participant,
    participant_subject,
    reason_of,
)
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import Assessment, EndMeasurement, FollowUp, KpiReading, Participant, Recheck, Signature
from matxich.coaching.permissions import coaches, may_coach, may_handle, may_verify_for
from matxich.coaching.queries.evidence import evidence_digest
from matxich.coaching.states import BaselineState, CohortState, Moment, ParticipantState, SignatureSide, SurveyMoment
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, Stale, demand
from matxich.ledger.actions import record
from matxich.registry.permissions import manages_firm
from matxich.rulebook.coaching.answers import score
from matxich.rulebook.coaching.weeks import due_on
from matxich.rulebook.vietnamese.text import squeeze

AUDITS = ("audit_5s3d", "ladder")


class NotMeasured(Refusal):
    """Every indicator of the baseline in force is measured at the end; the message names those that are not."""

    code = "not_measured"
    status = 422


class NotYet(Refusal):
    """It is asked for too early."""

    code = "not_yet"


@transaction.atomic
def send_measurement(
    *, participant: Participant, note: str, by: Actor, at: datetime, base_version: int
) -> EndMeasurement:
    """Raises Denied, Stale, WrongState, NotMeasured."""
    current = locked_participant(participant)
    demand(may_coach(by, current))
    demand_fresh(current, base_version)
    baseline = current.baselines.filter(state=BaselineState.LOCKED).order_by("-number").first()
    measured = baseline.kpis.select_related("definition") if baseline else ()
    ended = set(
        KpiReading.objects.filter(participant=current, moment=Moment.END, replaced_at=None).values_list(
            "measured_id", flat=True
        )
    )
    missing = [one.definition.names["vi"] for one in measured if one.pk not in ended]
    if missing or not ended:
        raise NotMeasured(
            _("Chưa đo cuối kỳ: %(names)s.") % {"names": ", ".join(missing)}, _("Ghi số đo cuối kỳ của từng chỉ số.")
        )
    advance(current, "measure", timezone.localdate(at))
    current.save()
    made = EndMeasurement.objects.create(participant=current, note=note.strip()[:4000], sent_by=by.id, sent_at=at)
    record(
        by=by, at=at, action="measurement.send", on=participant_subject(current),
        after={"measurement": made.pk, "readings": sorted(ended)},
    )  # fmt: skip
    return made


@transaction.atomic
def verify_measurement(*, participant: Participant, by: Actor, at: datetime, remark: str = "") -> EndMeasurement:
    """By somebody who neither sent it nor entered one of its readings; the readings are verified with it.

    Raises Denied, SamePerson, WrongState.
    """
    current = locked_participant(participant)
    demand(may_verify_for(by, current))
    standing = current.measurements.select_for_update().get(returned_at=None)
    demand_other(by, standing.sent_by)
    readings = list(
        KpiReading.objects.select_for_update().filter(participant=current, moment=Moment.END, replaced_at=None)
    )
    for reading in readings:
        demand_other(by, reading.entered_by)
    KpiReading.objects.filter(pk__in=[one.pk for one in readings], verified_at=None).update(
        verified_by=by.id, verified_at=at
    )
    standing.verified_by, standing.verified_at, standing.remark = by.id, at, squeeze(remark)[:1000]
    standing.save()
    advance(current, "verify", timezone.localdate(at))
    current.save()
    record(
        by=by, at=at, action="measurement.verify", on=participant_subject(current),
        after={"measurement": standing.pk, "readings": [one.pk for one in readings]}, reason=standing.remark,
    )  # fmt: skip
    return standing


@transaction.atomic
def return_measurement(*, participant: Participant, by: Actor, at: datetime, reason: str) -> EndMeasurement:
    """Back to be measured again, and why. Raises Denied, WrongState, NoReason."""
    current = locked_participant(participant)
    demand(may_verify_for(by, current))
    standing = current.measurements.select_for_update().get(returned_at=None)
    standing.remark = reason_of(reason)
    standing.returned_by, standing.returned_at = by.id, at
    standing.save()
    advance(current, "return_measurement", current.started_on or timezone.localdate(at))
    current.measured_on = None
    current.save()
    record(
        by=by, at=at, action="measurement.return", on=participant_subject(current), after={"measurement": standing.pk},
        reason=standing.remark,
    )  # fmt: skip
    return standing


@transaction.atomic
def close_participant(*, participant: Participant, by: Actor, at: datetime, base_version: int) -> Participant:
    """Finished; the surveys that follow are set. Raises Denied, Stale, NotInThisRound, WrongState."""
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    demand_round(current.cohort, CohortState.RUNNING, CohortState.CLOSING)
    today = timezone.localdate(at)
    advance(current, "close", today)
    current.save()
    key = current.cohort.instruments["impact"]
    FollowUp.objects.bulk_create(
        FollowUp(participant=current, moment=moment, instrument=key, due_on=due_on(today, moment))
        for moment in SurveyMoment.values
    )
    record(by=by, at=at, action="participant.close", on=participant_subject(current), after={"closed_on": today})
    return current


@transaction.atomic
def assess(
    *, participant: Participant, code: str, moment: str, answers: dict[str, Any], on: date | None, by: Actor,
    at: datetime, area: str = "",
) -> Assessment:  # fmt: skip
    """An audit of 5S3D or a climb of the ladder. Raises Denied, BadEntry, Unanswered."""
    current = locked_participant(participant)
    demand(may_coach(by, current))
    if code not in AUDITS or moment not in Moment.values:
        raise BadEntry("code", _("Chọn phiếu đánh giá."))
    day = demand_past(on, at)
    asked = instrument_of(current.cohort.instruments[code])
    demand_answers(asked, answers, whole=True)
    found = score(asked, answers)
    made = Assessment.objects.create(
        participant=current, instrument=asked.key, moment=moment, area=squeeze(area)[:100], answers=answers,
        points=found.points, of=found.of, on=day, by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.interview", on=participant_subject(current), rule=asked.key,
        after={"assessment": made.pk, "moment": moment, "points": found.points, "of": found.of},
    )  # fmt: skip
    return made


@transaction.atomic
def sign_evidence(*, participant: Participant, side: str, digest: str, by: Actor, at: datetime) -> Signature:
    """The adviser or the firm stands behind the result as it is shown; signing twice is signing once.

    Raises Denied, NotYet, Stale (what is shown is no longer what is there).
    """
    current = locked_participant(participant)
    allowed = coaches(by, current) if side == SignatureSide.ADVISER else manages_firm(by, current.enterprise)
    if side not in SignatureSide.values or not allowed:
        raise Denied(_("Chuyên gia được phân công ký phần chuyên gia; người của doanh nghiệp ký phần doanh nghiệp."))
    if current.state not in (ParticipantState.VERIFIED, ParticipantState.CLOSED):
        raise NotYet(_("Hồ sơ kết quả ký sau khi đã kiểm chứng."))
    if digest != evidence_digest(current):
        raise Stale(_("Số liệu đã đổi sau khi bạn mở trang."), _("Xem lại rồi ký."))
    made, new = Signature.objects.get_or_create(
        participant=current, side=side, digest=digest, defaults={"name": by.name[:150], "by": by.id, "at": at}
    )
    if new:
        record(
            by=by, at=at, action="participant.sign", on=participant_subject(current),
            after={"side": side, "digest": digest},
        )  # fmt: skip
    return made


@transaction.atomic
def recheck(*, participant: Participant, on: date | None, holds: bool, note: str, by: Actor, at: datetime) -> Recheck:
    """Somebody went back after closing. Raises Denied, NotYet, BadEntry, NoReason."""
    current = locked_participant(participant)
    demand(may_handle(by, current))
    if current.closed_on is None:
        raise NotYet(_("Kiểm tra lại sau khi doanh nghiệp đã hoàn thành."))
    day = demand_past(on, at)
    if day < current.closed_on:
        raise BadEntry("on", _("Ngày kiểm tra lại ở trước ngày hoàn thành."))
    made = Recheck.objects.create(
        participant=current, on=day, holds=holds, note=reason_of(note)[:1000], by=by.id, at=at
    )
    record(
        by=by, at=at, action="participant.recheck", on=participant_subject(current),
        after={"on": day, "holds": holds}, reason=made.note,
    )  # fmt: skip
    return made
