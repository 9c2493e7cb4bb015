"""Visits, surveys and interviews: what was seen and said, scored; a visit is a draft on the phone until it is sent."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import (
    BadEntry,
    advance,
    demand_answers,
    demand_fresh,
    demand_past,
    demand_round,
    locked_participant,
    organisation_of,
    participant_subject,
    sealed_people,
)
from matxich.coaching.actions.photos import Upload, add_photo
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import Interview, Participant, Person, Visit
from matxich.coaching.permissions import may_handle
from matxich.coaching.states import CohortState, DraftState, InterviewKind, ParticipantState, PhotoKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, demand
from matxich.ledger.actions import record
from matxich.rulebook.coaching.answers import score

SURVEYED, INTERVIEWED = ("survey",), ("talk",)


class VisitSent(Refusal):
    """It was sent before; what was sent stays."""

    code = "visit_sent"


@dataclass(frozen=True, slots=True)
class Told:
    """Everything on the form. `photos`: each with the day typed beside it, where the picture has none."""

    on: date | None
    answers: dict[str, Any]
    people: str = ""
    note: str = ""
    photos: tuple[tuple[Upload, date | None], ...] = field(default=())


@transaction.atomic
def save_visit(*, participant: Participant, client_id: UUID, told: Told, by: Actor, at: datetime) -> Visit:
    """Keep a draft, over and over. Raises Denied, VisitSent, Unanswered (an answer that cannot be)."""
    current = locked_participant(participant)
    demand(may_handle(by, current))
    visit = _own_draft(current, client_id, by, at)
    _fill(visit, current, told, at, whole=False)
    visit.save()
    return visit


@transaction.atomic
def send_visit(*, participant: Participant, client_id: UUID, told: Told, by: Actor, at: datetime) -> Visit:
    """Every item scored, photos dated; the firm has been visited. The same `client_id` again writes nothing.

    Raises Denied, NotInThisRound, WrongState, Unanswered, BadEntry, NoDate and what the file store refuses of a photo.
    """
    current = locked_participant(participant)
    demand(may_handle(by, current))
    if sent := Visit.objects.filter(client_id=client_id, state=DraftState.SENT, by=by.id).first():
        return sent
    demand_round(current.cohort, CohortState.SCREENING, CohortState.SELECTING)
    on = demand_past(told.on, at)
    if on < current.longlisted_on:
        raise BadEntry("on", _("Ngày khảo sát ở trước ngày vào danh sách dài."))
    visit = _own_draft(current, client_id, by, at)
    _fill(visit, current, told, at, whole=True)
    visit.state, visit.sent_at = DraftState.SENT, at
    visit.save()
    if current.state == ParticipantState.ELIGIBLE:
        advance(current, "visit", on)
        current.save()
    elif current.visited_on is None:
        advance(current, "visit", on)  # raises WrongState with the state it is in
    for upload, day in told.photos:
        add_photo(participant=current, upload=upload, kind=PhotoKind.VISIT, by=by, at=at, taken_on=day, visit=visit)
    record(
        by=by, at=at, action="participant.visit", on=participant_subject(current),
        after={"visit": visit.pk, "on": on, "points": visit.points, "of": visit.of, "state": current.state},
        rule=visit.instrument, personal={"people": told.people} if told.people.strip() else None,
    )  # fmt: skip
    return visit


def _own_draft(participant: Participant, client_id: UUID, by: Actor, at: datetime) -> Visit:
    """The draft of this form, begun when there is none; of two requests at once one waits for the other."""
    visit, _made = Visit.objects.select_for_update(of=("self",)).get_or_create(
        client_id=client_id,
        defaults={
            "participant": participant, "instrument": participant.cohort.instruments["visit"], "by": by.id,
            "organisation": organisation_of(by), "saved_at": at,
        },
    )  # fmt: skip
    if visit.by != by.id or visit.participant_id != participant.pk:
        raise Denied(_("Phiếu khảo sát này thuộc người khác hoặc doanh nghiệp khác."))
    if visit.state == DraftState.SENT:
        raise VisitSent(_("Phiếu này đã gửi."), _("Mở hồ sơ để xem, hoặc lập phiếu mới."))
    return visit


def _fill(visit: Visit, participant: Participant, told: Told, at: datetime, *, whole: bool) -> None:
    asked = instrument_of(visit.instrument)
    demand_answers(asked, told.answers, whole=whole)
    found = score(asked, told.answers)
    visit.answers, visit.points, visit.of = told.answers, found.points, found.of
    visit.people, visit.note = sealed_people(told.people, participant, at), told.note.strip()[:4000]
    visit.on, visit.saved_at = told.on, at


@transaction.atomic
def record_survey(
    *, participant: Participant, answers: dict[str, Any], on: date | None, by: Actor, at: datetime, base_version: int
) -> Interview:
    """What the firm answered. Raises Denied, Stale, NotInThisRound, WrongState, Unanswered, BadEntry."""
    return _asked(participant, InterviewKind.SURVEY, answers, on, "", by, at, base_version, "survey", SURVEYED)


@transaction.atomic
def record_interview(
    *, participant: Participant, answers: dict[str, Any], on: date | None, people: str, by: Actor, at: datetime,
    base_version: int,
) -> Interview:  # fmt: skip
    """The talk with the firm, scored. Raises as `record_survey`."""
    return _asked(participant, InterviewKind.FIRM, answers, on, people, by, at, base_version, "interview", INTERVIEWED)


def _asked(
    participant: Participant, kind: InterviewKind, answers: dict[str, Any], on: date | None, people: str, by: Actor,
    at: datetime, base_version: int, event: str, sections: tuple[str, ...],
) -> Interview:  # fmt: skip
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    demand_round(current.cohort, CohortState.SCREENING, CohortState.SELECTING)
    day = demand_past(on, at)
    asked = instrument_of(current.cohort.instruments["interview"])
    part = type(asked)(
        asked.code, asked.version, asked.names, tuple(each for each in asked.sections if each.code in sections)
    )
    demand_answers(part, answers, whole=True)
    found = score(part, answers)
    advance(current, event, day)
    current.save()
    made = Interview.objects.create(
        participant=current, kind=kind, instrument=asked.key, answers=answers, points=found.points, of=found.of, on=day,
        people=sealed_people(people, current, at), by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.interview", on=participant_subject(current),
        after={"interview": made.pk, "kind": kind, "on": day, "points": found.points, "of": found.of},
        rule=asked.key, personal={"people": people} if people.strip() else None,
    )  # fmt: skip
    return made


@transaction.atomic
def interview_of_person(
    *, participant: Participant, person: Person, answers: dict[str, Any], on: date | None, by: Actor, at: datetime
) -> Interview:
    """Somebody the firm nominated for its team. Raises Denied, Unanswered, BadEntry."""
    current = locked_participant(participant)
    demand(may_handle(by, current))
    if person.enterprise_id != current.enterprise_id:
        raise BadEntry("person", _("Chọn người do doanh nghiệp này đề cử."))
    day = demand_past(on, at)
    asked = instrument_of(current.cohort.instruments["person_interview"])
    demand_answers(asked, answers, whole=True)
    found = score(asked, answers)
    made = Interview.objects.create(
        participant=current, person=person, kind=InterviewKind.PERSON, instrument=asked.key, answers=answers,
        points=found.points, of=found.of, on=day, by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.interview", on=participant_subject(current),
        after={"interview": made.pk, "person": person.pk, "on": day, "points": found.points, "of": found.of},
        rule=asked.key,
    )  # fmt: skip
    return made
