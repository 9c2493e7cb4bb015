"""The worker works the monthly series out anew, beside its other work."""

from datetime import datetime

from django.utils import timezone

from matxich.indicators.actions.series import rebuild
from matxich.kit.worker import chore

EVERY = 900


@chore(every=EVERY, aside=True)
def work_out_series(at: datetime) -> int:
    return rebuild(on=timezone.localdate(at), at=at).figures
