"""What a firm says of itself."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField


class OwnFactForm(forms.Form):
    """A value of one field in the firm's own words. `base_version`: the record when the page was opened."""

    value = forms.CharField(label=_("Giá trị"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    as_of = DayField(label=_("Đúng tính đến ngày"))
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_as_of(self) -> Any:
        told = self.cleaned_data["as_of"]
        if told > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa đến."))
        return told

    def begin_again(self, version: int, said: str) -> None:
        """Somebody was faster: keep what is typed and take the record as it stands now."""
        self.data = dict(self.data.items()) | {"base_version": str(version)}
        self.add_error(None, said)
