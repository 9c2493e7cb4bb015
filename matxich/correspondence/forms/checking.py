"""What anybody types to check a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã tra cứu"), max_length=20, help_text=_("Mười hai ký tự ở chân văn bản, ví dụ 7K2Q-91AV-44D8."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class CompareForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp bạn có"), widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"})
    )
