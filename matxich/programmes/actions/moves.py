"""What every action of this room does first: the state allows it, the page was not opened on an older one."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal, Stale
from matxich.rulebook.vietnamese.text import squeeze


class WrongState(Refusal):
    """What is asked cannot be done from the state the thing is in."""

    code = "wrong_state"


class BadEntry(Refusal):
    """What was typed cannot be; `field` says where."""

    code = "bad_entry"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


class NoReason(Refusal):
    """What takes something away or ends it says why."""

    code = "no_reason"
    status = 422


class Versioned(Protocol):
    version: int


class Stateful(Protocol):
    state: str

    def get_state_display(self) -> str: ...


def move(thing: Stateful, event: str, table: Mapping[tuple[Any, str], Any]) -> None:
    """Bring a thing into the state an event leads to; raises WrongState."""
    target = table.get((thing.state, event))
    if target is None:
        raise WrongState(
            _("Đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": thing.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    thing.state = target


def demand_fresh(thing: Versioned, base_version: int) -> None:
    """Raises Stale when somebody else changed it after the page was opened."""
    if thing.version != base_version:
        raise Stale(
            _("Nội dung đã được người khác cập nhật sau khi bạn mở trang."),
            _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn."),
        )


def reason_of(text: str) -> str:
    """Raises NoReason when nothing was written."""
    if not (why := squeeze(text)[:500]):
        raise NoReason(_("Chưa ghi lý do."), _("Lý do được lưu trong nhật ký."))
    return why


def demand_text(where: str, text: str, message: object) -> str:
    """The text without stray spaces; BadEntry when it is empty."""
    if not (said := squeeze(text)):
        raise BadEntry(where, message)
    return said


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs, for the history: (before, after)."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
