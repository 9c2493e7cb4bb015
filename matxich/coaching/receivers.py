"""What this room wipes of a person who asked to be erased."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.coaching.models import (
    ActionItem,
    Baseline,
    ExpertRating,
    FollowUp,
    FollowUpLink,
    Interview,
    Participant,
    Person,
    Visit,
    WeeklyLog,
)
from matxich.kit.actor import Actor
from matxich.kit.personal import ERASED, wipe
from matxich.ledger.actions import erase_subject


@receiver(personal_data_erasure)
def wipe_person(subject: str, by: Actor, at: datetime, **kwargs: Any) -> None:
    """ "user:7": the expert with that account, what it wrote and locked; "enterprise:7": people of the firm."""
    kind, _, number = subject.partition(":")
    if not number.isdecimal():
        return
    if kind == "user":
        people = Person.objects.filter(user=int(number))
        wipe("coaching.Person", people.values_list("pk", flat=True))
        ExpertRating.objects.filter(person__in=people).update(note="")
        for person in people:
            person.interview = {key: value for key, value in person.interview.items() if key in ("points", "of")}
            person.save(update_fields=["interview"])
            erase_subject(by=by, at=at, subject=f"coaching_person:{person.pk}", reason=ERASED)
        WeeklyLog.objects.filter(by=subject).update(by_name=ERASED)
        Baseline.objects.filter(locked_by=subject).update(locked_by_name=ERASED)
    if kind == "enterprise":
        inside = Participant.objects.filter(enterprise=int(number))
        ActionItem.objects.filter(participant__in=inside).update(owner=ERASED)
        Visit.objects.filter(participant__in=inside).update(people="", note="")
        Interview.objects.filter(participant__in=inside).update(people="")
        links = FollowUpLink.objects.filter(follow_up__in=FollowUp.objects.filter(participant__in=inside))
        wipe("coaching.FollowUpLink", links.values_list("pk", flat=True))
        for participant in inside:
            erase_subject(by=by, at=at, subject=f"participant:{participant.pk}", reason=ERASED)
