"""Definitions, baselines and readings: locked by one, entered by one, verified by another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
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
    locked_participant,
    participant_subject,
    reason_of,
)
from matxich.coaching.instruments import kpi_sheet
from matxich.coaching.models import Baseline, KpiDefinition, KpiReading, MeasuredKpi, Participant
from matxich.coaching.permissions import may_coach, may_handle, may_keep_people, may_work_on
from matxich.coaching.queries.definitions import kpi_of, stored
from matxich.coaching.states import BaselineState, CohortState, Moment, ParticipantState
from matxich.files.actions import store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import moment as moment_text
from matxich.ledger.actions import Subject, record
from matxich.rulebook.coaching.kpi import (
    ABOVE_MOST,
    LARGEST,
    NEGATIVE,
    DefinitionChanged,
    demand_unchanged,
    formula_of,
    value,
)
from matxich.rulebook.coaching.loading import said
from matxich.rulebook.vietnamese.text import squeeze

MOST_KPIS = 40


class DefinitionFixed(Refusal):
    """Formula, unit and direction of a version never change; another version is written beside it."""

    code = "definition_fixed"


class AlreadyLocked(Refusal):
    """Somebody else locked it first; the message says who and when."""

    code = "already_locked"


class NothingMeasured(Refusal):
    """A baseline has one indicator at least, each with a value; the message names what lacks one."""

    code = "nothing_measured"
    status = 422


class NoLockedBaseline(Refusal):
    """No week 1 without a locked baseline."""

    code = "no_locked_baseline"


class UnitChanged(Refusal):
    """A reading is in the unit of its definition; another unit is another version."""

    code = "unit_changed"
    status = 422
    field = "unit"


class SamePerson(Refusal):
    """Whoever entered it does not verify it."""

    code = "same_person"
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator of a baseline with its value. `definition`: key ("oee@1")."""

    definition: str
    numerator: Decimal
    denominator: Decimal | None = None
    measured_on: date | None = None
    line: str = ""
    product: str = ""
    period_from: date | None = None
    period_to: date | None = None
    source: str = ""


def definition_of(key: str, by: Actor, at: datetime) -> KpiDefinition:
    """The stored version of a key, written down the first time it is used. Raises BadEntry, DefinitionFixed.

    In the caller's transaction. A sheet that says something else of a version than was stored is refused.
    """
    code, _at, number = key.partition("@")
    found = KpiDefinition.objects.filter(code=code, version=int(number) if number.isdecimal() else 0).first()
    shipped = kpi_sheet().get(key)
    if shipped is None:
        if found is None:
            raise BadEntry("definition", _("Chọn chỉ số trong danh sách."))
        return found
    if found is not None:
        try:
            demand_unchanged(found.formula, formula_of(shipped), key)
        except DefinitionChanged as error:
            raise DefinitionFixed(
                _("Định nghĩa %(key)s đã dùng, không đổi được.") % {"key": key}, _("Lập phiên bản mới.")
            ) from error
        return found
    made, new = KpiDefinition.objects.get_or_create(
        code=shipped.code, version=shipped.version,
        defaults={
            "names": dict(shipped.names), "unit": shipped.unit, "better": shipped.better, "decimals": shipped.decimals,
            "formula": formula_of(shipped), "indicator": shipped.indicator, "created_by": by.id, "created_at": at,
        },
    )  # fmt: skip
    if new:
        record(by=by, at=at, action="kpi.define", on=_definition_subject(made), after=made.formula)
    return made


def _definition_subject(definition: KpiDefinition) -> Subject:
    return Subject("kpi_definition", str(definition), definition.names["vi"][:200])


@transaction.atomic
def define_version(
    *, code: str, unit: str, better: str, scale: int, decimals: int, note: str, by: Actor, at: datetime,
    names: Mapping[str, str] | None = None, numerator: Mapping[str, str] | None = None,
    denominator: Mapping[str, str] | None = None,
) -> KpiDefinition:  # fmt: skip
    """A new version of a known indicator with another unit, direction or wording; the old one stays as it is.

    Raises Denied, BadEntry, NoReason (`note` says why it changed).
    """
    demand(may_keep_people(by))
    why = reason_of(note)
    latest = KpiDefinition.objects.select_for_update().filter(code=code).order_by("-version").first()
    base = kpi_of(latest) if latest else next((one for one in kpi_sheet().values() if one.code == code), None)
    if base is None:
        raise BadEntry("code", _("Chọn chỉ số trong danh sách."))
    if better not in ("up", "down") or scale < 1 or not squeeze(unit):
        raise BadEntry("unit", _("Ghi đơn vị, hệ số và chiều tốt lên."))
    if latest is None:
        definition_of(base.key, by, at)
    new = replace(
        base, version=base.version + 1, unit=squeeze(unit)[:20], better=better, scale=scale, decimals=decimals,
        most=base.most if unit == base.unit else None, names=names or base.names, numerator=numerator or base.numerator,
        denominator=(denominator or base.denominator) if base.shape == "ratio" else None,
    )  # fmt: skip
    made = KpiDefinition.objects.create(
        code=code, version=new.version, names=dict(new.names), unit=new.unit, better=new.better, decimals=new.decimals,
        formula=formula_of(new), indicator=new.indicator, note=why, created_by=by.id, created_at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="kpi.define", on=_definition_subject(made), before=formula_of(base), after=made.formula,
        reason=why,
    )  # fmt: skip
    return made


@transaction.atomic
def save_baseline(
    *, participant: Participant, rows: Iterable[Row], by: Actor, at: datetime, base_version: int
) -> Baseline:
    """Before it is locked, over and over; `base_version` 0 when none is open yet.

    Raises Denied, Stale, WrongState, AlreadyLocked, BadEntry, DefinitionFixed.
    """
    current = locked_participant(participant)
    demand(may_coach(by, current))
    baseline = _open_baseline(current, by, at, base_version)
    told = list(rows)
    if not 0 < len(told) <= MOST_KPIS:
        raise BadEntry("", _("Một doanh nghiệp đo từ 1 đến 40 chỉ số."))
    KpiReading.objects.filter(measured__baseline=baseline).delete()
    baseline.kpis.all().delete()
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(told, 1):
        key = (row.definition, squeeze(row.line), squeeze(row.product))
        if key in seen:
            raise BadEntry("", _("Có chỉ số ghi hai lần cho cùng dây chuyền, sản phẩm."))
        seen.add(key)
        _measure(baseline, number, row, current, by, at)
    baseline.version += 1
    baseline.save()
    record(
        by=by, at=at, action="baseline.save", on=participant_subject(current),
        after={"baseline": baseline.number, "kpis": [
            [row.definition, row.line, row.product, str(row.numerator), str(row.denominator)] for row in told
        ]},
    )  # fmt: skip
    return baseline


def _open_baseline(participant: Participant, by: Actor, at: datetime, base_version: int) -> Baseline:
    latest = participant.baselines.select_for_update().order_by("-number").first()
    if latest is None:
        if participant.state != ParticipantState.AGREED:
            raise WrongState(_("Ghi cam kết tham gia trước khi đo số liệu nền."))
        return Baseline.objects.create(participant=participant, created_by=by.id, created_at=at)
    if latest.state == BaselineState.LOCKED:
        raise _already(latest)
    demand_fresh(latest, base_version)
    return latest


def _already(baseline: Baseline) -> AlreadyLocked:
    return AlreadyLocked(
        _("%(who)s đã chốt số liệu nền lúc %(at)s.")
        % {"who": baseline.locked_by_name, "at": moment_text(baseline.locked_at)},
        _("Muốn đổi thì lập phiên bản mới kèm lý do; bản đã chốt vẫn giữ."),
    )


def _measure(baseline: Baseline, number: int, row: Row, participant: Participant, by: Actor, at: datetime) -> None:
    definition = definition_of(row.definition, by, at)
    if row.period_from and row.period_to and row.period_to < row.period_from:
        raise BadEntry("period_to", _("Kỳ đo kết thúc trước khi bắt đầu."))
    measured = MeasuredKpi.objects.create(
        baseline=baseline, definition=definition, order=number, line=squeeze(row.line)[:100],
        product=squeeze(row.product)[:100], period_from=row.period_from, period_to=row.period_to,
        source=squeeze(row.source)[:200],
    )  # fmt: skip
    _reading(
        measured, participant, Moment.BASE, None, row.numerator, row.denominator,
        demand_past(row.measured_on or timezone.localdate(at), at, "measured_on"), row.source, by, at,
    )  # fmt: skip


def _reading(
    measured: MeasuredKpi, participant: Participant, moment: str, week: int | None, numerator: Decimal,
    denominator: Decimal | None, measured_on: date, source: str, by: Actor, at: datetime,
) -> KpiReading:  # fmt: skip
    kpi = kpi_of(measured.definition)
    if numerator >= LARGEST or (denominator is not None and denominator >= LARGEST):
        raise BadEntry("numerator", _("Số này quá lớn; kiểm tra lại đơn vị."))
    found = value(kpi, numerator, denominator if kpi.shape == "ratio" else None)
    name = said(kpi.names, "vi")
    if found.why == NEGATIVE:
        raise BadEntry("numerator", _("%(kpi)s: số đo không âm.") % {"kpi": name})
    if found.why == ABOVE_MOST:
        raise BadEntry("numerator", _("%(kpi)s vượt mức có thể; kiểm tra tử số và mẫu số.") % {"kpi": name})
    return KpiReading.objects.create(
        measured=measured, participant=participant, moment=moment, week=week, numerator=numerator,
        denominator=denominator if kpi.shape == "ratio" else None, value=stored(found.exact), no_value=found.why,
        measured_on=measured_on, source=squeeze(source)[:200], entered_by=by.id, entered_at=at,
    )  # fmt: skip


@transaction.atomic
def lock_baseline(*, baseline: Baseline, by: Actor, at: datetime, base_version: int) -> Baseline:
    """From now on this is what the firm is measured by. Of two people at once one wins, the other is told who.

    Raises Denied, AlreadyLocked, Stale, NothingMeasured, NotInThisRound.
    """
    participant = locked_participant(baseline.participant)
    current = Baseline.objects.select_for_update().get(pk=baseline.pk)
    demand(may_coach(by, participant))
    if current.state == BaselineState.LOCKED:
        raise _already(current)
    demand_fresh(current, base_version)
    demand_round(participant.cohort, CohortState.SELECTING, CohortState.RUNNING)
    readings = list(KpiReading.objects.filter(measured__baseline=current).select_related("measured__definition"))
    without = [one.measured.definition.names["vi"] for one in readings if one.value is None]
    if not readings or without:
        raise NothingMeasured(
            _("Chưa có giá trị: %(names)s.") % {"names": ", ".join(without)} if without else _("Chưa có chỉ số nào."),
            _("Mẫu số bằng 0 hoặc để trống thì không ra giá trị; đo lại hoặc bỏ chỉ số đó."),
        )
    current.state, current.locked_by, current.locked_by_name = BaselineState.LOCKED, by.id, by.name[:150]
    current.locked_at = at
    current.version += 1
    current.save()
    if participant.state == ParticipantState.AGREED:
        advance(participant, "lock_baseline", timezone.localdate(at))
        participant.save()
    record(
        by=by, at=at, action="baseline.lock", on=participant_subject(participant),
        after={"baseline": current.number, "kpis": [str(one.measured.definition) for one in readings],
               "state": participant.state},
    )  # fmt: skip
    return current


@transaction.atomic
def renew_baseline(*, participant: Participant, by: Actor, at: datetime, reason: str) -> Baseline:
    """Another version beside the locked one, with the same indicators to be measured anew; both stay shown.

    Raises Denied, WrongState, NoReason.
    """
    current = locked_participant(participant)
    demand(may_handle(by, current))
    why = reason_of(reason)
    latest = current.baselines.select_for_update().order_by("-number").first()
    if latest is None or latest.state != BaselineState.LOCKED:
        raise WrongState(_("Chỉ lập phiên bản mới khi bản trước đã chốt."))
    if current.state not in (ParticipantState.LOCKED, ParticipantState.RUNNING):
        raise WrongState(_("Doanh nghiệp không còn trong thời gian tư vấn."))
    made = Baseline.objects.create(
        participant=current, number=latest.number + 1, reason=why, created_by=by.id, created_at=at
    )
    record(
        by=by, at=at, action="baseline.renew", on=participant_subject(current), before={"baseline": latest.number},
        after={"baseline": made.number}, reason=why,
    )  # fmt: skip
    return made


@transaction.atomic
def begin(*, participant: Participant, by: Actor, at: datetime, base_version: int) -> Participant:
    """Week 1. Raises Denied, Stale, NotInThisRound, NoLockedBaseline, WrongState."""
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    demand_round(current.cohort, CohortState.RUNNING)
    if current.state in (ParticipantState.SELECTED, ParticipantState.AGREED):
        raise NoLockedBaseline(
            _("Chưa chốt số liệu nền nên chưa bắt đầu tuần 1."), _("Đo và chốt số liệu nền rồi bắt đầu.")
        )
    advance(current, "begin", timezone.localdate(at))
    current.save()
    record(
        by=by,
        at=at,
        action="participant.begin",
        on=participant_subject(current),
        after={"started_on": current.started_on},
    )
    return current


LATER = (Moment.M6, Moment.M12, Moment.M24)


@transaction.atomic
def enter_reading(
    *, measured: MeasuredKpi, moment: str, numerator: Decimal, denominator: Decimal | None, measured_on: date | None,
    by: Actor, at: datetime, week: int | None = None, unit: str = "", source: str = "",
    stream: BinaryIO | None = None, name: str = "",
) -> KpiReading:  # fmt: skip
    """One value at one moment of a locked baseline; one given before is replaced and kept.

    `unit`: the unit the page showed. A zero denominator gives no value and says so.
    Raises Denied, WrongState, BadEntry, UnitChanged.
    """
    participant = locked_participant(measured.baseline.participant)
    demand(may_work_on(by, participant))
    if measured.baseline.state != BaselineState.LOCKED:
        raise WrongState(_("Chốt số liệu nền trước khi ghi số đo."))
    _demand_moment(participant, moment, week)
    if unit and unit != measured.definition.unit:
        raise UnitChanged(
            _("Chỉ số này đo bằng “%(unit)s”, không đổi đơn vị giữa chừng.") % {"unit": measured.definition.unit},
            _("Cần đơn vị khác thì lập phiên bản định nghĩa mới."),
        )
    day = demand_past(measured_on, at, "measured_on")
    KpiReading.objects.filter(measured=measured, moment=moment, week=week, replaced_at=None).update(replaced_at=at)
    made = _reading(measured, participant, moment, week, numerator, denominator, day, source, by, at)
    if stream is not None:
        made.evidence = store(
            by=by, at=at, stream=stream, name=name, kind=FileKind.DOCUMENT, max_bytes=settings.MAX_ATTACHMENT_BYTES
        )
        made.evidence_name = squeeze(name)[-255:]
        made.save(update_fields=["evidence", "evidence_name"])
    record(
        by=by, at=at, action="kpi.read", on=participant_subject(participant),
        after={"reading": made.pk, "kpi": str(measured.definition), "moment": moment, "week": week,
               "numerator": made.numerator, "denominator": made.denominator, "value": made.value,
               "no_value": made.no_value},
    )  # fmt: skip
    return made


def _demand_moment(participant: Participant, moment: str, week: int | None) -> None:
    if moment in (Moment.WEEK, Moment.END):
        if participant.state != ParticipantState.RUNNING:
            raise WrongState(_("Chỉ ghi số đo trong thời gian tư vấn."))
    elif moment in LATER:
        if participant.state != ParticipantState.CLOSED:
            raise WrongState(_("Số đo sau chương trình ghi khi doanh nghiệp đã hoàn thành."))
    else:
        raise BadEntry("moment", _("Số liệu nền ghi ở trang số liệu nền."))
    if (moment == Moment.WEEK) != (week is not None):
        raise BadEntry("week", _("Số đo trong tuần ghi rõ tuần nào."))
    if week is not None and not 1 <= week <= participant.cohort.weeks:
        raise BadEntry("week", _("Tuần này nằm ngoài đợt."))


@transaction.atomic
def verify_reading(*, reading: KpiReading, by: Actor, at: datetime) -> KpiReading:
    """By another person than entered it. Raises Denied, SamePerson, WrongState."""
    participant = locked_participant(reading.participant)
    demand(may_coach(by, participant))
    current = KpiReading.objects.select_for_update().get(pk=reading.pk)
    if current.replaced_at or current.verified_at:
        raise WrongState(_("Số đo này đã được thay hoặc đã kiểm chứng."))
    demand_other(by, current.entered_by)
    current.verified_by, current.verified_at = by.id, at
    current.save(update_fields=["verified_by", "verified_at"])
    record(by=by, at=at, action="kpi.verify", on=participant_subject(participant), after={"reading": current.pk})
    return current


def demand_other(by: Actor, first: str) -> None:
    """Raises SamePerson."""
    if by.id == first:
        raise SamePerson(_("Người ghi không tự kiểm chứng; cần người thứ hai."))
