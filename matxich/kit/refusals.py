"""A refusal has a name, a reason a person can act on, and a code a program can."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from matxich.kit.verdict import Verdict
from matxich.rulebook.vietnamese.text import squeeze

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Text
else:
    Text = str

REASON_LENGTH = 500


class Refusal(Exception):
    """Base of every refusal. Subclasses stand beside the action that raises them and set `code`.

    `message` says what is wrong, `hint` what to do; both are already in the user's language when shown.
    """

    code = "refused"
    status = 409

    def __init__(self, message: "Text | str" = "", hint: "Text | str" = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return str(self.message)


class Denied(Refusal):
    """The actor may not do this; the reason comes from the verdict."""

    code = "denied"
    status = 403


class Stale(Refusal):
    """The form was opened on an older state of the thing than the one stored now."""

    code = "stale"


class NoReason(Refusal):
    """What is done has to say why, and does not."""

    code = "no_reason"
    status = 422


def reason_given(text: str, hint: "Text | str") -> str:
    """Why, as it is kept and as the ledger keeps it; `hint` says what to write. NoReason."""
    if not (why := squeeze(text)[:REASON_LENGTH]):
        raise NoReason(_("Chưa ghi lý do."), hint)
    return why


def demand(verdict: Verdict) -> None:
    """Raise Denied with the verdict's own reason unless it allows."""
    if not verdict:
        raise Denied(verdict.reason)
