"""Controls that several forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.policy.queries.showing import said
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.supports.kinds import SUPPORTS

MILLION = 10**6


class MillionsField(forms.CharField):
    """An amount in millions of đồng, read into đồng; None where it was left open."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = "".join(str(super().clean(value)).replace(".", "").split())
        if not text:
            return None
        if not text.isdecimal() or int(text) * MILLION > LARGEST:
            raise forms.ValidationError(_("Ghi số triệu đồng, ví dụ 700."))
        return int(text) * MILLION


def support_choices(none: Any) -> list[tuple[str, Any]]:
    """Every kind of support by id and name; `none`: what stands for no choice."""
    return [("", none), *((each.id, f"{each.id} {said(each.words)}") for each in SUPPORTS.values())]
