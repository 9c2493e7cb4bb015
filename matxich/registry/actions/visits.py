"""Somebody goes and looks: a draft while on site, sent once however often the button is pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import Person
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, demand
from matxich.ledger import keys
from matxich.ledger.actions import record
from matxich.registry.actions.attachments import Upload, attach
from matxich.registry.actions.facts import kept_record, locked_for_stating, put_statement, subject_of
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.sources import standing_source
from matxich.registry.actions.values import BadValue, stated
from matxich.registry.models import Enterprise, Source, Visit
from matxich.registry.permissions import may_edit_officially
from matxich.registry.queries.visits import Looked, to_look_at
from matxich.registry.states import (
    VISIT_TRANSITIONS,
    AttachmentKind,
    Finding,
    SourceKind,
    Verification,
    Visibility,
    VisitState,
)
from matxich.rulebook.passport import field_of


class VisitClosed(Refusal):
    """The draft was sent or discarded before."""

    code = "visit_closed"


class NothingFound(Refusal):
    """A visit says at least what was seen of one item, or leaves a note."""

    code = "nothing_found"
    status = 422


class NotToday(Refusal):
    """A visit is of a day that has come."""

    code = "not_today"
    status = 422


@dataclass(frozen=True, slots=True)
class Remark:
    """What a visitor says of one item. `found` is one of Finding; `says`: what there is instead, or a remark."""

    found: str
    says: str = ""
    photo: Upload | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything typed on the form. `items`: key → field and text as shown, should the record have changed."""

    on: date | None
    people: str
    note: str
    remarks: Mapping[str, Remark]
    items: Mapping[str, tuple[str, str]]


@transaction.atomic
def save_visit(*, enterprise: Enterprise, client_id: UUID, told: Told, by: Actor, at: datetime) -> Visit:
    """Keep a draft, over and over; it is nobody else's business and writes no history. Raises Denied, VisitClosed."""
    demand(may_edit_officially(by, kept_record(enterprise)))
    visit = _own_draft(enterprise, client_id, by, at, "save")
    _fill(visit, told, at)
    visit.save()
    return visit


@transaction.atomic
def discard_visit(*, visit: Visit, by: Actor, at: datetime) -> None:
    """Raises Denied, VisitClosed."""
    fresh = _own_draft(visit.enterprise, visit.client_id, by, at, "discard")
    fresh.state, fresh.people, fresh.note, fresh.findings = VisitState.DISCARDED, "", "", {}
    fresh.save()
    record(by=by, at=at, action="visit.discard", on=subject_of(fresh.enterprise), after={"visit": fresh.pk})


@transaction.atomic
def submit_visit(*, enterprise: Enterprise, client_id: UUID, told: Told, by: Actor, at: datetime) -> Visit:
    """The visit, and a statement at the level of a visit for each item seen or found different.

    The same `client_id` again gives the visit that was sent, and writes nothing. Items the record no longer has keep
    their remark without a statement, and so does what differs in a field with parts. Raises Denied, VisitClosed,
    NotToday, NothingFound, BadValue (its message names the item), and what the file store refuses of a photo.
    """
    current = locked_for_stating(kept_record(enterprise), None)
    demand(may_edit_officially(by, current))
    sent = Visit.objects.filter(client_id=client_id, state=VisitState.SUBMITTED, by=by.id).first()
    if sent is not None:
        return sent
    if told.on is None or told.on > timezone.localdate(at):
        raise NotToday(_("Ngày khảo sát chưa đúng."), _("Ghi ngày đã đến cơ sở, không muộn hơn hôm nay."))
    if not told.remarks and not told.note.strip():
        raise NothingFound(_("Chưa có gì để gửi."), _("Đánh dấu ít nhất một mục, hoặc ghi nhận xét chung."))
    visit = _own_draft(current, client_id, by, at, "submit")
    _fill(visit, told, at)
    visit.state, visit.submitted_at = VisitState.SUBMITTED, at
    visit.save()
    _state_found(visit, current, told.on, by, at)
    visit.save(update_fields=["findings"])
    refold([current.pk])
    for key, remark in told.remarks.items():
        if remark.photo is not None:
            attach(
                enterprise=current,
                kind=AttachmentKind.PHOTO,
                upload=remark.photo,
                by=by,
                at=at,
                visit=visit,
                title=visit.findings[key]["text"],
                visibility=Visibility.OFFICIALS,
            )
    counts = {str(kind): sum(one["found"] == kind for one in visit.findings.values()) for kind in Finding}
    statements = [one["statement"] for one in visit.findings.values() if "statement" in one]
    record(
        by=by,
        at=at,
        action="visit.submit",
        on=subject_of(current),
        after={"visit": visit.pk, "on": visit.on, "statements": statements} | counts,
        personal={"people": told.people} if told.people.strip() else None,
    )
    return visit


def _own_draft(enterprise: Enterprise, client_id: UUID, by: Actor, at: datetime, event: str) -> Visit:
    """The draft of this form, begun when there is none; of two requests at once one waits for the other."""
    visit, _made = Visit.objects.select_for_update(of=("self",)).get_or_create(
        client_id=client_id,
        defaults={"enterprise": enterprise, "by": by.id, "organisation": by.organisation, "saved_at": at},
    )
    if visit.by != by.id or kept_record(visit.enterprise).pk != enterprise.pk:
        raise Denied(_("Biểu khảo sát này thuộc người khác hoặc hồ sơ khác."))
    if (VisitState(visit.state), event) not in VISIT_TRANSITIONS:
        raise VisitClosed(_("Biểu khảo sát này đã gửi hoặc đã bỏ."), _("Mở hồ sơ để xem, hoặc lập biểu mới."))
    return visit


def _fill(visit: Visit, told: Told, at: datetime) -> None:
    subject = f"enterprise:{visit.enterprise_id}"
    people = told.people.strip()
    visit.people = (
        keys.seal_text(people, subject=subject, key=keys.subject_keys([subject], at)[subject]) if people else ""
    )
    visit.on, visit.note, visit.saved_at = told.on, told.note.strip()[:4000], at
    visit.findings = {
        key: {"code": told.items[key][0], "text": told.items[key][1], "found": remark.found, "says": remark.says[:1000]}
        for key, remark in told.remarks.items()
        if key in told.items
    }


def _state_found(visit: Visit, current: Enterprise, on: date, by: Actor, at: datetime) -> None:
    """Items seen of a field whose items add up make one statement; every other its own."""
    known = {item.key: item for item in to_look_at(current, by, timezone.localdate(at))}
    source = _source(by, at)
    united: dict[str, list[tuple[str, Any]]] = {}
    for key, found in visit.findings.items():
        for field, value in _values(known.get(key), found, at):
            united.setdefault(field, []).append((key, value))
    for field, pairs in united.items():
        whole = field_of(field).united and not field_of(field).structured
        groups = [pairs] if whole else [[pair] for pair in pairs]
        for group in groups:
            value = [one for _key, one in group] if whole else group[0][1]
            statement = put_statement(current, field, value, source, on, Verification.VISIT, by, at)
            for key, _value in group:
                visit.findings[key]["statement"] = statement.pk


def _values(item: Looked | None, found: Mapping[str, Any], at: datetime) -> Sequence[tuple[str, Any]]:
    if found["found"] == Finding.SEEN and item is not None:
        return [item.states]
    text = found["says"].strip()
    if found["found"] != Finding.DIFFERENT or not text or field_of(found["code"]).structured:
        return []
    try:
        value = stated(found["code"], text, latest_year=at.year)
    except BadValue as refusal:
        raise BadValue(f"{found['text']}: {refusal.message}", refusal.hint) from refusal
    return [(found["code"], one) for one in (value if isinstance(value, list) else [value])]


def _source(by: Actor, at: datetime) -> Source:
    """One source for each agency that goes and looks."""
    agency = by.standings[0].agency_id if isinstance(by, Person) and by.standings else 0
    with translation.override("vi"):
        name = str(SourceKind.VISIT.label)
    named = f"{name}: {by.organisation}" if agency else name
    return standing_source(key=f":visit:{agency}", name=named, kind=SourceKind.VISIT, by=by, at=at)
