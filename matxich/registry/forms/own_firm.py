"""What a firm says of itself: no source and no level to choose, since both are its own word."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.registry.forms.firm import FactForm
from matxich.registry.forms.items import ItemForm

OFFICIALS_PART = ("source", "new_source", "verification", "reason", "replaces")


class OwnFactForm(FactForm):
    """A value of one field in the firm's own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_officials_part(self)

    def clean_as_of(self) -> Any:
        return not_to_come(self.cleaned_data["as_of"])


class OwnItemForm(ItemForm):
    """One item with parts, told by the firm."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_officials_part(self)

    def clean_as_of(self) -> Any:
        return not_to_come(self.cleaned_data["as_of"])


def not_to_come(day: Any) -> Any:
    if day > timezone.localdate():
        raise forms.ValidationError(_("Ngày này chưa đến."))
    return day


def _without_officials_part(form: forms.Form) -> None:
    for name in OFFICIALS_PART:
        form.fields.pop(name, None)
    form.fields["as_of"].label = _("Đúng tính đến ngày")
