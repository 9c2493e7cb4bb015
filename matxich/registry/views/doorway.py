"""What the desk pages of this room share."""

from django.http import HttpRequest

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal


class Request(HttpRequest):
    """What the middleware hands to views."""

    actor: Actor


def sentence(refusal: Refusal) -> str:
    """What is wrong and what to do, as one text beside a field."""
    return f"{refusal.message} {refusal.hint}".strip()


def number_of(text: str | None) -> int | None:
    """A key from the address; None when it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def after_link(request: HttpRequest, following: int | str | None) -> str:
    """The address of the next page of a list by key; "" on the last."""
    if not following:
        return ""
    asked = request.GET.copy()
    asked["sau"] = str(following)
    return f"?{asked.urlencode()}"
