"""What this room does when rooms below tell of something."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.appraisal.signals import case_decided
from matxich.kit.actor import Actor
from matxich.kit.personal import wipe
from matxich.proposals.states import OWNER


@receiver(case_decided)
def hear_case(
    kind: str,
    id: int,
    recommended: bool,
    amount: int,
    reasons: list[Mapping[str, str]],
    decision: int,
    reserve: int | None = None,
    **rest: Any,
) -> None:
    """A decision about a proposal was issued. `decision`: its key; what is kept and told is its number."""
    from matxich.appraisal.models import Decision  # noqa: PLC0415 - models are loaded by then
    from matxich.proposals.actions.appraising import hear_decision  # noqa: PLC0415 - no command starts slower

    if kind == OWNER:
        hear_decision(
            number=int(id),
            funded=recommended,
            amount=amount,
            reasons=reasons,
            decision=Decision.objects.values_list("number", flat=True).get(pk=decision),
            reserve=reserve,
            at=timezone.now(),
        )


@receiver(personal_data_erasure)
def wipe_person(subject: str, by: Actor, at: datetime, **rest: Any) -> None:
    """ "enterprise:7": the name, telephone and remarks on needs sheets of that record. What was handed in for state
    money is kept as long as accounting asks for it."""
    from matxich.proposals.models import Need  # noqa: PLC0415 - models are loaded by then

    kind, _, number = subject.partition(":")
    if kind == "enterprise" and number.isdecimal():
        wipe("proposals.Need", Need.objects.filter(enterprise=int(number)).values_list("pk", flat=True))
