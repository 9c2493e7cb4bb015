"""What every action about a firm in a round does first: lock it, look at its state, write the day it came there."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.models import Cohort, Participant, Person
from matxich.coaching.states import (
    LEFT,
    PARTICIPANT_TRANSITIONS,
    STAGE_DAYS,
    CohortState,
    ParticipantState,
)
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.ledger import keys
from matxich.ledger.actions import Subject
from matxich.programmes.actions.moves import BadEntry, WrongState, demand_fresh, move, reason_of
from matxich.rulebook.coaching.answers import faults
from matxich.rulebook.coaching.loading import Instrument, said

__all__ = ["BadEntry", "WrongState", "demand_fresh", "move", "reason_of"]


class NotInThisRound(Refusal):
    """The round is not at the step this belongs to."""

    code = "not_in_this_round"


class NotToday(Refusal):
    """What happened is of a day that has come."""

    code = "not_today"
    status = 422


def cohort_subject(cohort: Cohort) -> Subject:
    return Subject("cohort", str(cohort.pk), cohort.title[:200], cohort.place)


def participant_subject(participant: Participant) -> Subject:
    label = f"{participant.enterprise.name} · {participant.cohort.code}"
    return Subject("participant", str(participant.pk), label[:200], participant.province_34)


def person_subject(person: Person) -> Subject:
    place = person.agency.place
    return Subject("coaching_person", str(person.pk), person.name, place, person=f"coaching_person:{person.pk}")


def locked_cohort(cohort: Cohort) -> Cohort:
    found = Cohort.objects.select_for_update(of=("self",)).select_related("agency", "sponsor", "agreement__agency")
    return found.get(pk=cohort.pk)


def locked_participant(participant: Participant) -> Participant:
    found = Participant.objects.select_for_update(of=("self",)).select_related("cohort__agency", "enterprise")
    return found.get(pk=participant.pk)


def demand_round(cohort: Cohort, *allowed: CohortState) -> None:
    """Raises NotInThisRound."""
    if cohort.state not in allowed:
        raise NotInThisRound(
            _("Đợt đang ở bước “%(state)s” nên chưa làm được việc này.") % {"state": cohort.get_state_display()},
            _("Chuyển đợt sang bước phù hợp rồi làm lại."),
        )


def advance(participant: Participant, event: str, on: date) -> None:
    """Into the state an event leads to, with its day; raises WrongState, NotToday. The caller saves."""
    move(participant, event, PARTICIPANT_TRANSITIONS)
    if column := STAGE_DAYS.get(ParticipantState(participant.state)):
        setattr(participant, column, on)
    participant.version += 1


def leave(participant: Participant, event: str, on: date, reason: str, week: int | None = None) -> None:
    """Out of the round, with where it stood, when and why. What it did stays. The caller saves."""
    came_from = participant.state
    why = reason_of(reason)
    move(participant, event, PARTICIPANT_TRANSITIONS)
    if participant.state not in LEFT:
        raise WrongState(_("Bước này không đưa doanh nghiệp ra khỏi đợt."))
    participant.left_on, participant.left_from, participant.left_week = on, came_from, week
    participant.reason = why
    participant.version += 1


def demand_past(on: date | None, at: datetime, where: str = "on") -> date:
    """The day, when it is one that has come; raises BadEntry."""
    if on is None or on > timezone.localdate(at):
        raise BadEntry(where, _("Ghi ngày đã diễn ra, không muộn hơn hôm nay."))
    return on


class Unanswered(Refusal):
    """A sheet lacks an answer it needs, or holds one that cannot be; `path` says where."""

    code = "unanswered"
    status = 422

    def __init__(self, path: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.path = path
        self.field = path.replace(".", "__")


WHY = {
    "missing": _("Chưa trả lời: %(item)s."),
    "not_this_kind": _("Câu trả lời chưa đúng kiểu: %(item)s."),
    "too_large": _("Điểm hoặc số quá lớn: %(item)s."),
    "not_asked": _("Phiếu không hỏi câu này: %(item)s."),
}


def demand_answers(asked: Instrument, given: dict[str, Any], *, whole: bool) -> None:
    """Raises Unanswered with the first thing that is wrong."""
    for fault in faults(asked, given, whole=whole):
        item = asked.items.get(fault.path)
        name = said(item.names, "vi") if item else fault.path
        raise Unanswered(fault.path, WHY[fault.why] % {"item": name}, _("Sửa câu này rồi gửi lại."))


def sealed_people(text: str, participant: Participant, at: datetime) -> str:
    """Names of people met, readable until the key of the firm's place in the round is deleted."""
    if not (said_of := text.strip()[:500]):
        return ""
    subject = f"participant:{participant.pk}"
    return keys.seal_text(said_of, subject=subject, key=keys.subject_keys([subject], at)[subject])


def organisation_of(by: Actor) -> str:
    return by.organisation[:300]
