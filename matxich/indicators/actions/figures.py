"""Targets set and withdrawn, figures told by others recorded and withdrawn, figures frozen, readiness answered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.indicators.models import Readiness, ReportedFigure, Snapshot, Target
from matxich.indicators.permissions import may_keep_for, may_withdraw_reported, may_withdraw_target
from matxich.indicators.queries.figures import Asked, answer
from matxich.indicators.queries.names import place_name
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.places.queries import province_choices
from matxich.programmes.actions.moves import BadEntry, demand_text, reason_of
from matxich.programmes.models import Programme
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.formatting import comparator_of
from matxich.rulebook.indicators.readiness import CRITERIA

LARGEST = Decimal(10**12)


class NotAnOutcome(Refusal):
    """What belongs to the whole economy is nobody's result: no programme or scheme may claim it."""

    code = "not_an_outcome"
    status = 422


class WorkedOut(Refusal):
    """A figure that records tell is never typed where they do."""

    code = "worked_out"
    status = 422


class GoneAlready(Refusal):
    code = "gone_already"


class NothingToFreeze(Refusal):
    code = "nothing_to_freeze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """A target as typed. `word`: its qualifier (“khoảng”, “trên”, “ít nhất”, …)."""

    indicator: str
    value: Decimal
    until: date
    source: str
    place: str = ""
    edition: str = "34"
    word: str = ""
    since: date | None = None
    legal_act: str = ""
    programme: int | None = None
    rebuilt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A figure told by somebody else, as typed. `since`: the first day of a flow."""

    indicator: str
    value: Decimal
    as_of: date
    source: str
    place: str = ""
    edition: str = "34"
    word: str = ""
    since: date | None = None
    note: str = ""
    programme: int | None = None
    rebuilt: bool = False


@transaction.atomic
def set_target(*, aimed: Aimed, by: Actor, at: datetime) -> Target:
    """Raises Denied, BadEntry, NotAnOutcome."""
    demand(may_keep_for(by, aimed.place))
    indicator = _indicator(aimed.indicator)
    _demand_place(aimed.place, aimed.edition)
    _demand_outcome(indicator, aimed.programme)
    if aimed.since is not None and aimed.since >= aimed.until:
        raise BadEntry("until", _("Ngày cuối phải sau ngày đầu."))
    made = Target.objects.create(
        indicator=indicator.code, place=aimed.place, edition=aimed.edition, programme=_programme(aimed.programme),
        comparator=_comparator(aimed.word), word=aimed.word.strip().lower()[:20], value=_value(aimed.value, 3),
        since=aimed.since, until=aimed.until, rebuilt=aimed.rebuilt,
        source=demand_text("source", aimed.source, _("Ghi nguồn của mục tiêu."))[:300],
        legal_act=aimed.legal_act.strip()[:200], set_by=by.id, set_at=at,
    )  # fmt: skip
    record(by=by, at=at, action="indicator_target.set", on=_target_subject(made), after=_target_told(made))
    return made


@transaction.atomic
def withdraw_target(*, target: Target, reason: str, by: Actor, at: datetime) -> Target:
    """Raises Denied, GoneAlready, NoReason."""
    current = Target.objects.select_for_update().get(pk=target.pk)
    demand(may_withdraw_target(by, current))
    if current.withdrawn_at is not None:
        raise GoneAlready(_("Mục tiêu này đã được rút."))
    current.withdrawn_reason = reason_of(reason)
    current.withdrawn_by, current.withdrawn_at = by.id, at
    current.save()
    record(
        by=by, at=at, action="indicator_target.withdraw", on=_target_subject(current), before=_target_told(current),
        reason=current.withdrawn_reason,
    )  # fmt: skip
    return current


@transaction.atomic
def record_reported(*, said: Said, by: Actor, at: datetime) -> ReportedFigure:
    """Raises Denied, BadEntry, NotAnOutcome; WorkedOut where records tell the figure of that place and time."""
    demand(may_keep_for(by, said.place))
    indicator = _indicator(said.indicator)
    _demand_place(said.place, said.edition)
    _demand_outcome(indicator, said.programme)
    if said.as_of > timezone.localdate(at):
        raise BadEntry("as_of", _("Ngày ở tương lai."), _("Số liệu báo cáo là của ngày đã qua."))
    since = said.since
    if indicator.basis == "flow":
        since = since or date(said.as_of.year, 1, 1)
        if since > said.as_of:
            raise BadEntry("since", _("Ngày đầu kỳ phải trước ngày cuối."))
    if indicator.is_computed and said.programme is None:
        _demand_no_records(indicator, said, since)
    made = ReportedFigure.objects.create(
        indicator=indicator.code, place=said.place, edition=said.edition, programme=_programme(said.programme),
        basis=indicator.basis, as_of=said.as_of, since=since, comparator=_comparator(said.word),
        word=said.word.strip().lower()[:20], value=_value(said.value, 6), rebuilt=said.rebuilt,
        source=demand_text("source", said.source, _("Ghi nguồn của số liệu."))[:300], note=said.note.strip()[:500],
        recorded_by=by.id, recorded_at=at,
    )  # fmt: skip
    record(by=by, at=at, action="reported_figure.record", on=_reported_subject(made), after=_reported_told(made))
    return made


@transaction.atomic
def withdraw_reported(*, reported: ReportedFigure, reason: str, by: Actor, at: datetime) -> ReportedFigure:
    """Raises Denied, GoneAlready, NoReason."""
    current = ReportedFigure.objects.select_for_update().get(pk=reported.pk)
    demand(may_withdraw_reported(by, current))
    if current.withdrawn_at is not None:
        raise GoneAlready(_("Số liệu này đã được rút."))
    current.withdrawn_reason = reason_of(reason)
    current.withdrawn_by, current.withdrawn_at = by.id, at
    current.save()
    record(
        by=by, at=at, action="reported_figure.withdraw", on=_reported_subject(current),
        before=_reported_told(current), reason=current.withdrawn_reason,
    )  # fmt: skip
    return current


@transaction.atomic
def freeze(*, asked: Asked, reason: str, by: Actor, at: datetime) -> Snapshot:
    """Keep a figure with its records as it stands. Raises Denied, NoReason, NothingToFreeze."""
    demand(may_keep_for(by, asked.place))
    why = reason_of(reason)[:300]
    found = answer(asked)
    if not found.figure.is_known:
        raise NothingToFreeze(_("Chỉ tiêu chưa có nguồn nên không có gì để chốt."))
    made = Snapshot.objects.create(
        indicator=asked.code, place=asked.place, edition=asked.edition, as_of=asked.on,
        since=asked.first_day if asked.indicator.basis == "flow" else None, value=found.figure.value,
        comparator=found.figure.comparator, numerator=found.numerator, denominator=found.denominator,
        turns=found.turns, records=list(found.records), reason=why, taken_by=by.id, taken_at=at,
    )  # fmt: skip
    subject = Subject("indicator_snapshot", str(made.pk), f"{made.indicator} {made.as_of:%d/%m/%Y}", made.place)
    told = {"value": str(made.value), "records": len(found.records), "edition": made.edition}
    record(by=by, at=at, action="indicator.snapshot", on=subject, after=told, reason=why)
    return made


@transaction.atomic
def answer_readiness(
    *, place: str, criterion: str, met: bool, as_of: date, source: str, by: Actor, at: datetime
) -> Readiness:
    """Raises Denied, BadEntry."""
    demand(may_keep_for(by, place))
    if place not in dict(province_choices("34")):
        raise BadEntry("place", _("Chọn tỉnh, thành phố."))
    if criterion not in CRITERIA:
        raise BadEntry("criterion", _("Chọn tiêu chí."))
    if as_of > timezone.localdate(at):
        raise BadEntry("as_of", _("Ngày ở tương lai."))
    made = Readiness.objects.create(
        place=place, criterion=criterion, met=met, as_of=as_of, recorded_by=by.id, recorded_at=at,
        source=demand_text("source", source, _("Ghi văn bản hoặc nguồn."))[:300],
    )  # fmt: skip
    subject = Subject("readiness", str(made.pk), f"{place_name(place, '34')}: {CRITERIA[criterion][0]}", place)
    told = {"met": met, "as_of": as_of, "source": made.source}
    record(by=by, at=at, action="indicator_readiness.answer", on=subject, after=told)
    return made


def _indicator(code: str) -> Indicator:
    found = catalogue().get(code)
    if found is None:
        raise BadEntry("indicator", _("Không có chỉ tiêu này trong danh mục."))
    return found


def _demand_place(place: str, edition: str) -> None:
    if edition not in ("63", "34"):
        raise BadEntry("edition", _("Chọn bản đồ 63 hoặc 34 tỉnh, thành."))
    if place and place not in dict(province_choices(edition)):  # type: ignore[arg-type]
        raise BadEntry("place", _("Tỉnh, thành này không có trên bản đồ đã chọn."))


def _demand_outcome(indicator: Indicator, programme: int | None) -> None:
    if indicator.context and programme is not None:
        raise NotAnOutcome(
            _("“%(name)s” là bối cảnh chung, không phải kết quả của chương trình hay đề án nào.")
            % {"name": indicator.vi},
            _("Ghi số liệu này cho cả nước, không gắn chương trình."),
        )


def _demand_no_records(indicator: Indicator, said: Said, since: date | None) -> None:
    asked = Asked(
        code=indicator.code, on=said.as_of, edition=said.edition, since=since, place=said.place,  # type: ignore[arg-type]
    )  # fmt: skip
    found = answer(asked)
    if found.origin == "records" and found.records:
        raise WorkedOut(
            _("Chỉ tiêu này tính được từ hồ sơ trong hệ thống nên không nhập tay."),
            _("Mở chỉ tiêu để xem các hồ sơ; sửa hồ sơ nếu số chưa đúng."),
        )


def _value(value: Decimal, places: int) -> Decimal:
    if not value.is_finite() or abs(value) > LARGEST:
        raise BadEntry("value", _("Con số quá lớn."))
    if value != round(value, places):
        raise BadEntry("value", _("Con số có quá nhiều chữ số thập phân."))
    return value


def _comparator(word: str) -> str:
    try:
        return comparator_of(word)
    except ValueError:
        raise BadEntry("word", _("Chọn cách nói: khoảng, trên, ít nhất, dưới, không quá, hoặc để trống.")) from None


def _programme(pk: int | None) -> Programme | None:
    if pk is None:
        return None
    found = Programme.objects.filter(pk=pk).first()
    if found is None:
        raise BadEntry("programme", _("Không có chương trình này."))
    return found


def _target_subject(one: Target) -> Subject:
    return Subject("indicator_target", str(one.pk), f"{one.indicator} {one.until:%d/%m/%Y}", one.place)


def _target_told(one: Target) -> dict[str, Any]:
    names = ("place", "edition", "word", "comparator", "since", "until", "source", "legal_act", "rebuilt")
    return {name: getattr(one, name) for name in names} | {"value": str(one.value)}


def _reported_subject(one: ReportedFigure) -> Subject:
    return Subject("reported_figure", str(one.pk), f"{one.indicator} {one.as_of:%d/%m/%Y}", one.place)


def _reported_told(one: ReportedFigure) -> dict[str, Any]:
    names = ("place", "edition", "word", "comparator", "since", "as_of", "source", "rebuilt")
    return {name: getattr(one, name) for name in names} | {"value": str(one.value)}
