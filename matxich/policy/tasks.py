"""Reforms tried over a long register are worked out by the worker."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.policy.actions.reports import work_out_waiting


@chore(every=2, aside=True)
def work_out_reports(at: datetime) -> int:
    return work_out_waiting(at=at)
