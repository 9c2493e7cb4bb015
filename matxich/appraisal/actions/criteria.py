"""Criteria sets: those that ship are taken into use as they are; an agency may write its own versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.appraisal.actions.moving import kept, locked, moved
from matxich.appraisal.models import CriteriaSet
from matxich.appraisal.packaged import packaged_sets
from matxich.appraisal.permissions import may_keep_criteria
from matxich.appraisal.states import CRITERIA_TRANSITIONS, CriteriaState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.rulebook.appraisal.criteria import BadCriteria, Fault, criteria_set
from matxich.rulebook.appraisal.criteria import CriteriaSet as Criteria


class UnknownSet(Refusal):
    """No set of that code ships or is in use."""

    code = "unknown_criteria"
    status = 422


class UnsoundSet(Refusal):
    """The rulebook refuses it; `faults` says why, each with its place."""

    code = "unsound_criteria"
    status = 422

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            _("Bộ tiêu chí chưa dùng được."), "; ".join(f"{each.path}: {each.words.vi}" for each in faults)
        )
        self.faults = faults


class VersionTaken(Refusal):
    code = "version_taken"


def of_set(one: CriteriaSet) -> Subject:
    place = one.agency.place if one.agency else ""
    return Subject("criteria", str(one.pk), f"{one} {one.number}"[:300], place)


@transaction.atomic
def set_in_use(code: str, *, agency: Agency | None, by: Actor, at: datetime) -> CriteriaSet:
    """The set of that code in use: the agency's own newest, else the shipped one, brought into the tables when it is
    first asked for. Raises UnknownSet."""
    used = CriteriaSet.objects.filter(code=code, state=CriteriaState.IN_USE)
    if own := used.filter(agency=agency).order_by("-id").first() if agency else None:
        return own
    data = packaged_sets().get(code)
    if data is None:
        raise UnknownSet(_("Không có bộ tiêu chí “%(code)s”.") % {"code": code}, _("Chọn một bộ đang dùng."))
    spec, rule = _parted(data)
    made, new = CriteriaSet.objects.get_or_create(
        code=code,
        number=data["version"],
        agency=None,
        defaults={
            "spec": spec, "rule": rule, "state": CriteriaState.IN_USE, "created_by": by.id, "created_at": at,
        },
    )  # fmt: skip
    if new:
        record(
            by=by, at=at, action="criteria.use", on=of_set(made), after={"fingerprint": criteria_set(data).fingerprint}
        )
    return made


@transaction.atomic
def write_set(*, agency: Agency, data: Mapping[str, Any], by: Actor, at: datetime) -> CriteriaSet:
    """A draft of an agency's own; kept only when it is sound. Raises Denied, UnsoundSet, VersionTaken."""
    demand(may_keep_criteria(by, agency))
    sound = _sound(data)
    spec, rule = _parted(data)
    try:
        with transaction.atomic():
            made = CriteriaSet.objects.create(
                code=sound.code,
                number=sound.version,
                agency=agency,
                spec=spec,
                rule=rule,
                created_by=by.id,
                created_at=at,
            )
    except IntegrityError as error:
        raise VersionTaken(_("Cơ quan đã có phiên bản này của bộ tiêu chí."), _("Đặt số phiên bản khác.")) from error
    record(by=by, at=at, action="criteria.save", on=of_set(made), after={"fingerprint": sound.fingerprint})
    return made


@transaction.atomic
def rewrite_set(
    *, one: CriteriaSet, data: Mapping[str, Any], by: Actor, at: datetime, base_version: int
) -> CriteriaSet:
    """Mend a draft. Raises Denied, Stale, WrongState, UnsoundSet, VersionTaken."""
    current = _own(one, by, base_version)
    moved(current, CRITERIA_TRANSITIONS, "save")
    sound = _sound(data)
    current.code, current.number = sound.code, sound.version
    current.spec, current.rule = _parted(data)
    try:
        with transaction.atomic():
            kept(current)
    except IntegrityError as error:
        raise VersionTaken(_("Cơ quan đã có phiên bản này của bộ tiêu chí."), _("Đặt số phiên bản khác.")) from error
    record(by=by, at=at, action="criteria.save", on=of_set(current), after={"fingerprint": sound.fingerprint})
    return current


@transaction.atomic
def use_set(*, one: CriteriaSet, by: Actor, at: datetime, base_version: int) -> CriteriaSet:
    """From now on batches may choose it, and it never changes. Raises Denied, Stale, WrongState, UnsoundSet."""
    current = _own(one, by, base_version)
    sound = _sound(current.data)
    moved(current, CRITERIA_TRANSITIONS, "use")
    kept(current)
    record(by=by, at=at, action="criteria.use", on=of_set(current), after={"fingerprint": sound.fingerprint})
    return current


@transaction.atomic
def retire_set(*, one: CriteriaSet, by: Actor, at: datetime, base_version: int) -> CriteriaSet:
    """No new batch chooses it; those that did keep it. Raises Denied, Stale, WrongState."""
    current = _own(one, by, base_version)
    moved(current, CRITERIA_TRANSITIONS, "retire")
    kept(current)
    record(by=by, at=at, action="criteria.retire", on=of_set(current))
    return current


def _own(one: CriteriaSet, by: Actor, base_version: int) -> CriteriaSet:
    current = locked(one, base_version)
    demand(may_keep_criteria(by, current.agency))
    return current


def _sound(data: Mapping[str, Any]) -> Criteria:
    try:
        return criteria_set(data)
    except BadCriteria as error:
        raise UnsoundSet(error.faults) from error


def _parted(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {key: value for key, value in data.items() if key != "rule"}, dict(data["rule"])
