"""What this room wipes of a person who asked to be erased."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.kit.actor import Actor
from matxich.kit.personal import wipe
from matxich.registry.models import Import, SavedSearch


@receiver(personal_data_erasure)
def wipe_person(subject: str, by: Actor, at: datetime, **kwargs: Any) -> None:
    """ "enterprise:7": the people a firm is reached by; "user:7": the lists they brought in, their claims, and what
    they saved to ask again."""
    from matxich.registry.actions.erasing import erase_claims, erase_contacts  # noqa: PLC0415 - no command starts slower

    kind, _, number = subject.partition(":")
    if kind == "enterprise" and number.isdecimal():
        erase_contacts(number=int(number), by=by, at=at)
    if kind == "user" and number.isdecimal():
        wipe("registry.Import", Import.objects.filter(started_by=subject).values_list("pk", flat=True))
        wipe("registry.SavedSearch", SavedSearch.objects.filter(user=int(number)).values_list("pk", flat=True))
        erase_claims(number=int(number), by=by, at=at)
