"""A signed paper and what stands on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.forms.claims import ScanField
from matxich.registry.forms.firm import day_field
from matxich.rulebook.passport import FIELDS

ON_PAPER = (
    *("address", "site_address", "year_founded", "sectors", "products", "processes", "materials", "machines"),
    *("certificates", "workers", "workers_women", "revenue", "contact_person", "phone", "email"),
)


class OnBehalfForm(forms.Form):
    scan = ScanField(
        label=_("Bản khai có chữ ký (bản quét hoặc ảnh chụp)"),
        help_text=_("Chỉ cán bộ phụ trách địa bàn xem được."),
    )
    signed_on = day_field(_("Ngày ký trên giấy"))
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in ON_PAPER:
            several = FIELDS[code].united
            self.fields[code] = forms.CharField(
                label=_(FIELDS[code].label),
                required=False,
                max_length=2000,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                help_text=_("Nhiều mục thì cách nhau bằng dấu chấm phẩy.") if several else "",
            )

    @property
    def facts(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in ON_PAPER if self.cleaned_data[code].strip()}
