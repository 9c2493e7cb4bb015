"""A refusal has a name, a reason a person can act on, and a code a program can."""

from typing import TYPE_CHECKING

from matxich.kit.verdict import Verdict

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Text
else:
    Text = str


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


def demand(verdict: Verdict) -> None:
    """Raise Denied with the verdict's own reason unless it allows."""
    if not verdict:
        raise Denied(verdict.reason)
