"""Rejected rows come back corrected: whose they are, and which of them have been taken in since."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.registry.actions.rows import TakenRow
from matxich.registry.models import Import, ImportRow, Source
from matxich.registry.permissions import may_open_import
from matxich.registry.states import ImportState, Outcome

_COUNTS = (ImportState.STAGING, ImportState.STAGED, ImportState.PUBLISHED)


class AnotherSendersRows(Refusal):
    """Corrected rows were sent in under a sender who did not send the list they are of."""

    code = "another_senders_rows"
    status = 422


def corrected_list(number: int | None, source: Source, by: Actor) -> Import | None:
    """The list of this number if rows of it were rejected; None when there is no such list.

    Raises AnotherSendersRows, Denied (it belongs to another agency).
    """
    if number is None:
        return None
    found = Import.objects.filter(pk=number).select_related("source").first()
    if found is None or not found.rows.filter(outcome=Outcome.REJECTED).exists():
        return None
    if found.source_id != source.pk:
        raise AnotherSendersRows(
            _("Tệp này là các dòng không nhận của danh sách “%(list)s” do “%(sender)s” gửi.")
            % {"list": found.file_name, "sender": found.source.name},
            _("Tải lên lại và ghi nơi gửi là “%(sender)s”.") % {"sender": found.source.name},
        )
    demand(may_open_import(by, found))
    return found


def changes_of_correction(batch: Import, corrects: Import | None) -> dict[str, Any]:
    """What an upload turns out to be: a correction speaks of the day of its list, unless another one was given."""
    if corrects is None:
        return {"corrects": None}
    by_default = batch.as_of == timezone.localdate(batch.started_at)
    return {"corrects": corrects, "as_of": corrects.as_of if by_default else batch.as_of}


class Corrections:
    """The rejected rows of the list a batch corrects. For any other batch nothing is asked of its rows."""

    def __init__(self, batch: Import) -> None:
        self.corrected = batch.corrects_id
        self.rows: set[int] = set()
        self.done: set[int] = set()
        if batch.corrects_id is not None:
            rejected = ImportRow.objects.filter(batch=batch.corrects_id, outcome=Outcome.REJECTED)
            self.rows = set(rejected.values_list("pk", flat=True))
            taken = ImportRow.objects.filter(corrects__in=rejected.values("pk"), batch__state__in=_COUNTS)
            self.done = set(taken.exclude(outcome=Outcome.REJECTED).values_list("corrects_id", flat=True))

    def original(self, row: TakenRow) -> int | None:
        """The rejected row it brings again."""
        if row.code is None or row.code[0] != self.corrected or row.code[1] not in self.rows:
            return None
        return row.code[1]

    def refused(self, row: TakenRow, sooner: Iterable[int]) -> dict[str, Any] | None:
        """Why a row is not taken in, although it could be; None when it may. `sooner`: taken in just before."""
        if self.corrected is None or row.rejected:
            return row.rejected
        original = self.original(row)
        if original is not None and original not in self.done and original not in sooner:
            return None
        reason = "not_a_correction" if original is None else "already_corrected"
        return {"column": row.code_column, "value": row.cells.get(row.code_column, ""), "reason": reason}
