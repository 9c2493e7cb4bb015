"""Plain lists that other rooms take in: the file kept, looked at first, published as a whole, undone as a whole.

The rooms say what a row is and what becomes of it; what all their lists go through stands here.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from matxich.files.actions import WrongType, store
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Text, demand, reason_given
from matxich.kit.verdict import Verdict
from matxich.registry.reading import open_workbook
from matxich.registry.states import LIST_TRANSITIONS, ListState


class TooManyRows(Refusal):
    code = "too_many_rows"
    status = 422


class AlreadyBrought(Refusal):
    """The same file is published: taking it in again would tell nothing."""

    code = "already_brought"

    def __init__(self, existing: Any, message: Text | str) -> None:
        super().__init__(message, _("Mở danh sách đã công bố để xem; muốn nhập lại thì hoàn tác danh sách đó trước."))
        self.existing = existing


class NothingAccepted(Refusal):
    """Every row of the list is rejected."""

    code = "nothing_accepted"
    status = 422


class ListMoved(Refusal):
    """The list is in another state than the one this is done from."""

    code = "list_moved"


def kept(*, path: Path, name: str, by: Actor, at: datetime) -> str:
    """Store the file; its digest. Raises what storing and reading a file refuse."""
    try:
        with path.open("rb") as stream:
            stored = store(
                by=by, at=at, stream=stream, name=name, kind=FileKind.LIST, max_bytes=settings.MAX_LIST_BYTES
            )
    except WrongType:
        open_workbook(path, name)  # its refusal says more exactly what is wrong with the file
        raise
    return stored.sha256


def demand_few(rows: Sequence[object], most: int) -> None:
    """TooManyRows for more than a request can look at."""
    if len(rows) > most:
        raise TooManyRows(
            _("Danh sách có hơn %(most)s dòng.") % {"most": most}, _("Chia thành nhiều tệp rồi nhập từng tệp.")
        )


def demand_some(rows: Sequence[object]) -> None:
    if not rows:
        raise NothingAccepted(_("Không dòng nào được nhận."), _("Sửa tệp theo lý do ghi ở từng dòng rồi tải lại."))


def undo_reason(text: str) -> str:
    """Why a list is undone, as the ledger keeps it. NoReason."""
    return reason_given(text, _("Ghi vì sao hoàn tác; lý do được lưu trong nhật ký."))


def moved[L: Model](batch: L, event: str, *, by: Actor, may: Callable[[Actor, L], Verdict]) -> L:
    """The list, locked, in the state the event leads to; not saved yet. Raises Denied, ListMoved."""
    current: Any = type(batch)._default_manager.select_for_update().get(pk=batch.pk)
    demand(may(by, current))
    target = LIST_TRANSITIONS.get((ListState(current.state), event))
    if target is None:
        raise ListMoved(
            _("Danh sách đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": current.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    current.state = target
    return current  # type: ignore[no-any-return]
