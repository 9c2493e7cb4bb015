"""Controls that several forms of this room share."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.rulebook.programmes.money import DONG, LARGEST
from matxich.rulebook.vietnamese.numbers import format_number, parse_number


class DongField(forms.CharField):
    """Whole đồng, typed as people write them ("1.200.000.000", "1,2 tỷ"); never rounded."""

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Đồng; viết được “300 triệu”, “1,2 tỷ”."))
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)
        self.least = least

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = parse_number(text, decimal=",")
        if found is None or found.comparator or found.unit not in DONG or found.value != int(found.value):
            raise forms.ValidationError(_("Ghi một số nguyên đồng, ví dụ 1.200.000.000 hoặc 1,2 tỷ."))
        if not self.least <= found.value <= LARGEST:
            raise forms.ValidationError(_("Số tiền phải từ %(least)s đến 10^15 đồng.") % {"least": self.least})
        return int(found.value)


class QuantityField(forms.CharField):
    """A quantity with at most three decimals, written the Vietnamese way."""

    def __init__(self, *, least: Decimal = Decimal("0.001"), **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **kwargs)
        self.least = least

    def prepare_value(self, value: Any) -> Any:
        return format_number(value.normalize()) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = parse_number(text, decimal=",")
        if found is None or found.comparator or found.unit or found.value != round(found.value, 3):
            raise forms.ValidationError(_("Ghi một số, ví dụ 12 hoặc 2,5."))
        if not self.least <= found.value < 10**15:
            raise forms.ValidationError(_("Số này quá nhỏ hoặc quá lớn."))
        return found.value


class MomentField(forms.DateTimeField):
    """An instant to the second, in Vietnam time, from the browser's own control or typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": "1"})
        formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]
        super().__init__(input_formats=formats, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value


class VersionForm(forms.Form):
    """Knows on which version of the thing it was opened."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)


class EndingForm(VersionForm):
    """Ends something, or sends it back, for a reason that stays in the history."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, help_text=_("Được lưu trong nhật ký."))


class Rows(forms.BaseFormSet):
    """Rows of a table typed one under the other; a row left empty is none, a row marked is taken out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = gettext("Bỏ dòng này")

    @property
    def told(self) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        return [row for row in rows if row and not row.get("DELETE") and any(row[name] for name in row)]


def more_rows(data: Any, prefix: str, step: int = 3, most: int = 200) -> Any:
    """What was sent, with room for more rows: for the button that adds some."""
    copy = data.copy()
    count = copy.get(f"{prefix}-TOTAL_FORMS", "0")
    copy[f"{prefix}-TOTAL_FORMS"] = str(min(most, (int(count) if count.isdecimal() and len(count) < 5 else 0) + step))
    return copy
