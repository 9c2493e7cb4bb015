"""What the pages of this room share: a refusal beside the field it is about, the version a button was drawn on."""

from collections.abc import Callable

from django import forms

from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal, Stale


def tried[T](form: forms.Form, do: Callable[[], T]) -> T | None:
    """What the action gives; None once its refusal stands in the form. Denied and Stale are pages of their own."""
    try:
        return do()
    except (Denied, Stale):
        raise
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, sentence(refusal))
        return None


def version_of(request: Request) -> int:
    """−1, which no thing has, for anything that is no version."""
    told = request.POST.get("base_version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1
