"""“Vẫn đúng?” as it is sent, and whom officers ask."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import PlaceField
from matxich.registry.queries.confirming import Confirmable

HOLDS, SAYS = "dung-", "moi-"


class ConfirmForm(forms.Form):
    """For each field a box "vẫn đúng", ticked at first, and a text for what holds instead.

    `section` is the section whose button was pressed, "" for all.
    """

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    section = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Iterable[Confirmable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [row.code for row in rows]
        for row in rows:
            self.fields[HOLDS + row.code] = forms.BooleanField(label=row.label, required=False, initial=True)
            if row.editable:
                self.fields[SAYS + row.code] = forms.CharField(
                    label=_("Đúng ra là"), required=False, max_length=2000, widget=forms.TextInput()
                )

    def confirmed(self, among: Iterable[str]) -> list[str]:
        return [code for code in among if self.cleaned_data.get(HOLDS + code)]

    def corrected(self, among: Iterable[str]) -> dict[str, str]:
        typed = {code: self.cleaned_data.get(SAYS + code, "") for code in among}
        return {code: text for code, text in typed.items() if text.strip()}


class SendLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Để trống thì gửi tới e-mail đã ghi trong hồ sơ."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class DueForm(forms.Form):
    noi = PlaceField(label=_("Nơi"), help_text=_("Tên hoặc mã tỉnh, xã. Để trống là cả địa bàn của bạn."))
