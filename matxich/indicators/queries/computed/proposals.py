"""G07: needs for support that were sent, and those that were taken up."""

from decimal import Decimal

from django.utils import timezone

from matxich.indicators.queries.sources import Scope, source, splits_of
from matxich.proposals.models import Need
from matxich.proposals.states import NeedState
from matxich.rulebook.indicators.folding import Row


@source("G07", "G07a")
def needs(scope: Scope) -> list[Row]:
    """One for each sheet that was sent; 1 once it was taken into a call."""
    sent = Need.objects.exclude(state=NeedState.DRAFT).filter(sent_at__isnull=False).select_related("enterprise")
    found = []
    for one in sent.order_by("pk"):
        day = timezone.localdate(one.sent_at)
        if day <= scope.on:
            old = one.enterprise.province_63 if one.enterprise and one.enterprise.province_34 == one.province else ""
            splits = splits_of(old, one.province, scope, kind=one.kind)
            taken = Decimal(one.state == NeedState.TAKEN)
            found.append(Row(f"need:{one.pk}", f"need:{one.pk}", day, taken, splits=splits))
    return found
