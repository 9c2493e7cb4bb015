"""One answer to "may this happen?", used three times: the view refuses, the button explains, the action raises."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Text
else:
    Text = str


@dataclass(frozen=True, slots=True)
class Verdict:
    """True or false, with a reason a person can act on when false."""

    allowed: bool
    reason: "Text | str" = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: "Text | str") -> Verdict:
    return Verdict(False, reason)
