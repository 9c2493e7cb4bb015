"""What this room answers rooms below it."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from matxich.policy.signals import funding_asked
from matxich.programmes.contents import groups, supports_of_call
from matxich.programmes.models import Call, Programme
from matxich.programmes.states import CallState, ProgrammeState
from matxich.rulebook.calendar import as_of_instant
from matxich.rulebook.law.conditions import Judged
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.programmes.content_groups import groups_for, supports_of
from matxich.rulebook.programmes.telling import no_open_call, open_call


@receiver(funding_asked)
def programmes_pay(on: date, budget: str, province: str, **kwargs: Any) -> dict[str, Judged]:
    """Support → the call that takes proposals on the day, else that a programme runs and no call is open.

    Money of the budget asked for comes first, then that of the province the place of production lies in.
    """
    own = f"province:{province}"
    layers = (budget, own) if province else (budget,)
    found: dict[str, Judged] = {}
    for layer in reversed(layers):
        found |= _running(layer, on)
    for layer in reversed(layers):
        found |= _open(layer, on)
    return found


def _open(layer: str, on: date) -> dict[str, Judged]:
    """Calls that take proposals at some moment of the local day."""
    begins, ends = timezone.make_aware(datetime.combine(on, time())), as_of_instant(on)
    calls = (
        Call.objects.filter(
            state__in=(CallState.PUBLISHED, CallState.CLOSED), opens_at__lt=ends, closes_at__gt=begins,
            funding_lines__layer=layer,
        )
        .select_related("plan__programme")
        .order_by("-closes_at", "-pk")
        .distinct()
    )  # fmt: skip
    found: dict[str, Judged] = {}
    for call in calls:
        assert call.closes_at is not None
        words = open_call(
            title=call.title,
            title_en=call.title_en,
            programme=call.plan.programme.name,
            closes_at=call.closes_at,
        )
        found |= {support: Judged(words, None, Truth.YES) for support in supports_of_call(call)}
    return found


def _running(layer: str, on: date) -> dict[str, Judged]:
    """Programmes of the budget that run on the day, for what their contents may pay for."""
    programmes = Programme.objects.filter(
        Q(lines__layer=layer), state=ProgrammeState.RUNNING, starts__lte=on, ends__gt=on
    ).distinct()
    found: dict[str, Judged] = {}
    for programme in programmes:
        words = no_open_call(programme=programme.name, programme_en=programme.name_en)
        contents = [group.id for group in groups_for(groups(), programme.kind)]
        found |= {support: Judged(words, None, Truth.UNKNOWN) for support in supports_of(groups(), contents)}
    return found
