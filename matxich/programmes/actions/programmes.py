"""Programmes begun, changed, started and ended; their lines of money; what was learnt."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.actions.moves import BadEntry, changes, demand_fresh, demand_text, move, reason_of
from matxich.programmes.models import FundingLine, Lesson, Programme
from matxich.programmes.permissions import is_open_to_change, may_create_for, may_direct, may_manage
from matxich.programmes.states import (
    LOCAL_SOURCES,
    NATIONAL_SOURCES,
    PROGRAMME_TRANSITIONS,
    LessonKind,
    MoneySource,
    ProgrammeKind,
)
from matxich.rulebook.law.parameters import LAYER, NATIONAL
from matxich.rulebook.vietnamese.text import squeeze

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")
OTHER = "other"
"""The layer of money that is not the state's (policy.SupportGiven.budget)."""
NATIONAL_KINDS = frozenset({ProgrammeKind.CNHT_NATIONAL, ProgrammeKind.KC_NATIONAL})


class CodeTaken(Refusal):
    """Another one has this code already."""

    code = "code_taken"


class MoneyCommitted(Refusal):
    """Money is promised, so the programme can no longer be cancelled."""

    code = "money_committed"


class LineThere(Refusal):
    """The programme has a line of this name in this year."""

    code = "line_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a programme says; as of Programme. `ends`: the day after its last."""

    code: str
    name: str
    kind: str
    starts: date
    ends: date
    place: str = ""
    name_en: str = ""
    legal_act: str = ""
    goal: str = ""


def subject_of(programme: Programme) -> Subject:
    return Subject("programme", str(programme.pk), f"{programme.code} {programme.name}"[:200], programme.place)


@transaction.atomic
def create_programme(*, draft: Draft, agency: Agency, by: Actor, at: datetime, is_demo: bool = False) -> Programme:
    """A draft nobody has to follow yet. Raises Denied, BadEntry, CodeTaken."""
    demand(may_create_for(by, agency, draft.place))
    programme = Programme(
        agency=agency, kind=draft.kind, place=draft.place, is_demo=is_demo, created_by=by.id, created_at=at
    )
    _fill(programme, draft)
    keep_new(programme, programme.code)
    record(by=by, at=at, action="programme.create", on=subject_of(programme), after=told(programme))
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, draft: Draft, by: Actor, at: datetime, base_version: int) -> Programme:
    """Raises Denied, Stale, WrongState, BadEntry, CodeTaken. Kind and place stay: they decide whose rules hold."""
    current = _locked(programme)
    demand(may_manage(by, current))
    demand_fresh(current, base_version)
    move(current, "save", PROGRAMME_TRANSITIONS)
    if (draft.kind, draft.place) != (current.kind, current.place):
        raise BadEntry("kind", _("Loại và địa bàn của chương trình không đổi được; lập chương trình khác."))
    before = told(current)
    _fill(current, draft)
    if Programme.objects.filter(code=current.code).exclude(pk=current.pk).exists():
        raise _taken(current.code)
    _keep(current)
    old, new = changes(before, told(current))
    record(by=by, at=at, action="programme.change", on=subject_of(current), before=old, after=new)
    return current


@transaction.atomic
def start_programme(*, programme: Programme, by: Actor, at: datetime, base_version: int) -> Programme:
    """From now on money is committed and calls are published. Raises Denied, Stale, WrongState, BadEntry."""
    current = _locked(programme)
    demand(may_direct(by, current))
    demand_fresh(current, base_version)
    if not current.legal_act:
        raise BadEntry("legal_act", _("Ghi văn bản phê duyệt chương trình trước khi bắt đầu."))
    return _moved(current, "start", by, at, "")


@transaction.atomic
def close_programme(*, programme: Programme, by: Actor, at: datetime, reason: str, base_version: int) -> Programme:
    """What was promised may still be paid, nothing new promised. Raises Denied, Stale, WrongState, NoReason."""
    current = _locked(programme)
    demand(may_direct(by, current))
    demand_fresh(current, base_version)
    return _moved(current, "close", by, at, reason_of(reason))


@transaction.atomic
def cancel_programme(*, programme: Programme, by: Actor, at: datetime, reason: str, base_version: int) -> Programme:
    """Only while no money is committed. Raises Denied, Stale, WrongState, NoReason, MoneyCommitted."""
    current = _locked(programme)
    demand(may_direct(by, current))
    demand_fresh(current, base_version)
    why = reason_of(reason)
    if FundingLine.objects.select_for_update().filter(programme=current, committed__gt=0).exists():
        raise MoneyCommitted(
            _("Chương trình đã cam kết kinh phí nên không hủy được."),
            _("Hủy từng cam kết, hoặc kết thúc chương trình."),
        )
    return _moved(current, "cancel", by, at, why)


@transaction.atomic
def open_line(
    *, programme: Programme, year: int, source: str, layer: str, name: str, by: Actor, at: datetime,
    sponsor: Agency | None = None,
) -> FundingLine:  # fmt: skip
    """A line without money yet. `layer`: national, province:<code>, programme:<code>, "other" for a sponsor's.

    Raises Denied, WrongState, BadEntry, LineThere.
    """
    current = _locked(programme)
    demand(may_manage(by, current))
    if not is_open_to_change(current):
        move(current, "save", PROGRAMME_TRANSITIONS)
    said = demand_text("name", name, _("Ghi tên nguồn kinh phí."))[:200]
    _demand_layer(current, source, layer)
    if not current.starts.year <= year <= current.ends.year:
        raise BadEntry("year", _("Năm ở ngoài thời gian của chương trình."))
    if (source == MoneySource.SPONSOR) != (sponsor is not None):
        raise BadEntry("sponsor", _("Nguồn của nhà tài trợ ghi rõ nhà tài trợ; nguồn khác thì để trống."))
    line = FundingLine(
        programme=current, year=year, source=source, layer=layer, name=said, sponsor=sponsor, created_by=by.id,
        created_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        raise LineThere(_("Chương trình đã có nguồn kinh phí tên này trong năm này.")) from None
    on = Subject("funding_line", str(line.pk), f"{current.code} {year} {said}", current.place)
    after = {"year": year, "source": source, "layer": layer, "sponsor": sponsor.pk if sponsor else None}
    record(by=by, at=at, action="funding_line.create", on=on, after=after)
    return line


@transaction.atomic
def add_lesson(*, programme: Programme, kind: str, title: str, text: str, by: Actor, at: datetime) -> Lesson:
    """What worked or failed, at any time, a closed programme's too. Raises Denied, BadEntry."""
    demand(may_manage(by, programme))
    if kind not in LessonKind.values:
        raise BadEntry("kind", _("Chọn điều làm được hoặc điều không thành."))
    lesson = Lesson.objects.create(
        programme=programme, kind=kind, title=demand_text("title", title, _("Ghi bài học trong một câu."))[:200],
        text=text.strip()[:4000], recorded_by=by.id, recorded_at=at,
    )  # fmt: skip
    after = {"lesson": lesson.pk, "kind": kind, "title": lesson.title}
    record(by=by, at=at, action="programme.add_lesson", on=subject_of(programme), after=after)
    return lesson


def told(programme: Programme) -> dict[str, Any]:
    """For the history."""
    names = ("code", "name", "name_en", "kind", "place", "starts", "ends", "legal_act", "goal")
    return {name: getattr(programme, name) for name in names} | {"agency": programme.agency_id}


def _fill(programme: Programme, draft: Draft) -> None:
    code = squeeze(draft.code).upper()
    if not CODE.fullmatch(code):
        raise BadEntry("code", _("Mã gồm chữ không dấu, số và gạch nối, từ 2 đến 40 ký tự."))
    if draft.kind not in ProgrammeKind.values:
        raise BadEntry("kind", _("Chọn loại chương trình."))
    if draft.kind in NATIONAL_KINDS and draft.place:
        raise BadEntry("place", _("Chương trình quốc gia không có địa bàn riêng."))
    if draft.kind in (ProgrammeKind.CNHT_CITY, ProgrammeKind.KC_LOCAL) and not draft.place:
        raise BadEntry("place", _("Chọn tỉnh, thành phố của chương trình."))
    if draft.ends <= draft.starts:
        raise BadEntry("ends", _("Ngày kết thúc phải sau ngày bắt đầu."))
    programme.code = code
    programme.name = demand_text("name", draft.name, _("Ghi tên chương trình."))[:300]
    programme.name_en, programme.legal_act = squeeze(draft.name_en)[:300], squeeze(draft.legal_act)[:300]
    programme.goal = draft.goal.strip()[:8000]
    programme.starts, programme.ends = draft.starts, draft.ends


def _demand_layer(programme: Programme, source: str, layer: str) -> None:
    """Whose money it is decides whose figures of the law hold (policy.md: the three layers)."""
    if source not in MoneySource.values:
        raise BadEntry("source", _("Chọn nguồn tiền."))
    if source == MoneySource.SPONSOR:
        fits = layer == OTHER
    elif source in NATIONAL_SOURCES:
        fits = layer == NATIONAL or layer.startswith("programme:")
    else:
        fits = source in LOCAL_SOURCES and layer in (f"province:{programme.place}", f"programme:{programme.code}")
    if not fits or (layer != OTHER and not LAYER.fullmatch(layer)):
        raise BadEntry("layer", _("Mức chi áp dụng không hợp với nguồn tiền này."))


def keep_new(programme: Programme, code: str) -> None:
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
    except IntegrityError:
        raise _taken(code) from None


def _taken(code: str) -> CodeTaken:
    return CodeTaken(_("Mã %(code)s đã có chương trình khác dùng.") % {"code": code}, _("Chọn mã khác."))


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(of=("self",)).select_related("agency").get(pk=programme.pk)


def _moved(programme: Programme, event: str, by: Actor, at: datetime, reason: str) -> Programme:
    before = programme.state
    move(programme, event, PROGRAMME_TRANSITIONS)
    _keep(programme)
    record(
        by=by, at=at, action=f"programme.{event}", on=subject_of(programme), before={"state": before},
        after={"state": programme.state}, reason=reason,
    )  # fmt: skip
    return programme


def _keep(programme: Programme) -> None:
    programme.version += 1
    programme.save()
