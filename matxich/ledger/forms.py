"""What a reader of history may ask for."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

WITHIN = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EntryFilter(forms.Form):
    action = forms.CharField(label=_("Việc"), max_length=100, required=False)
    object_kind = forms.CharField(label=_("Loại đối tượng"), max_length=60, required=False)
    object_id = forms.CharField(label=_("Mã đối tượng"), max_length=60, required=False)
    actor_id = forms.CharField(label=_("Mã người làm"), max_length=100, required=False)
    since = forms.DateField(label=_("Từ ngày"), required=False, widget=DATE, validators=WITHIN)
    until = forms.DateField(label=_("Đến hết ngày"), required=False, widget=DATE, validators=WITHIN)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class CheckForm(forms.Form):
    expected_digest = forms.RegexField(
        r"^\d{1,18}:[0-9a-f]{64}$",
        label=_("Mã băm đã lưu từ trước"),
        required=False,
        help_text=_("Dạng “số:mã”. Có mã này thì phát hiện được cả khi phần cuối nhật ký bị cắt."),
        error_messages={"invalid": _("Mã băm gồm số thứ tự, dấu hai chấm và 64 chữ số hệ mười sáu.")},
    )


class DigestFilter(forms.Form):
    before = forms.DateField(required=False)
