"""Work over a long register is the worker's: reforms that are tried, what proposed figures would change."""

from datetime import datetime

from matxich.kit.worker import chore
from matxich.policy.actions.previews import work_out_previews
from matxich.policy.actions.reports import work_out_waiting


@chore(every=2, aside=True)
def work_out_reports(at: datetime) -> int:
    return work_out_waiting(at=at)


@chore(every=2, aside=True)
def work_out_changes(at: datetime) -> int:
    return work_out_previews(at=at)
