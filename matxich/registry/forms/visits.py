"""What a visitor types on site. Items are read by their keys, so that a form filled in offline loses none."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.actions.visits import Remark, Told
from matxich.registry.forms.claims import UploadField
from matxich.registry.forms.firm import day_field
from matxich.registry.states import Finding
from matxich.rulebook.passport import FIELDS

FOUND, SAYS, PHOTO, TEXT = "thay-", "khac-", "anh-", "chu-"
MOST_ITEMS = 300


class VisitForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    on = day_field(_("Ngày đến cơ sở"), required=False)
    people = forms.CharField(
        label=_("Đã gặp ai"),
        max_length=500,
        required=False,
        help_text=_("Họ tên, chức vụ. Chỉ cán bộ phụ trách địa bàn xem được."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Nhận xét chung"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def told(self) -> Told:
        """The whole form; of photos only those that are small enough to keep. Call it once the form is valid."""
        cleaned = self.cleaned_data
        return Told(cleaned["on"], cleaned["people"], cleaned["note"], cleaned["remarks"], cleaned["items"])

    def clean(self) -> None:
        super().clean()
        remarks: dict[str, Remark] = {}
        items: dict[str, tuple[str, str]] = {}
        keys = [name.removeprefix(FOUND) for name in self.data if name.startswith(FOUND)][:MOST_ITEMS]
        for key in keys:
            code, found = key.rpartition("-")[0], self.data[FOUND + key]
            if code in FIELDS and found in Finding.values:
                items[key] = (code, self.data.get(TEXT + key, "")[:2000])
                remarks[key] = Remark(found, self.data.get(SAYS + key, "")[:1000], self._photo(key))
        self.cleaned_data |= {"remarks": remarks, "items": items}

    def _photo(self, key: str) -> Any:
        try:
            return UploadField(required=False).clean(self.files.get(PHOTO + key))
        except forms.ValidationError as error:
            self.add_error(None, error)
            return None
