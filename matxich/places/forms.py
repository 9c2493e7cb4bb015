"""What a reader of the map may ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.places.queries.addresses import MOST_ADDRESSES

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayForm(forms.Form):
    ngay = forms.DateField(
        label=_("Địa giới ngày"),
        required=False,
        widget=DATE,
        help_text=_("Để trống là hôm nay. Trước 01/7/2025 là bản đồ 63 tỉnh, thành."),
    )


class SearchForm(DayForm):
    q = forms.CharField(label=_("Tên xã, phường, đặc khu"), required=False, max_length=80)


class AddressForm(forms.Form):
    addresses = forms.CharField(
        label=_("Địa chỉ, mỗi dòng một địa chỉ"),
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Viết thứ tự nào cũng được, có dấu hay không dấu, tiếng Việt hay tiếng Anh, đơn vị cũ hay mới."),
        error_messages={"required": _("Nhập ít nhất một địa chỉ.")},
    )

    def clean_addresses(self) -> str:
        text: str = self.cleaned_data["addresses"]
        lines = sum(bool(line.strip()) for line in text.splitlines())
        if lines > MOST_ADDRESSES:
            raise forms.ValidationError(
                _("Có %(lines)s địa chỉ; mỗi lần tra được %(most)s. Chia ra nhiều lần rồi tra lại."),
                params={"lines": lines, "most": MOST_ADDRESSES},
            )
        return text
