"""Forms of the request desk."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.personal_data.states import RequestKind, RequestState
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id

SUBJECT = re.compile(r"[a-z_]{1,30}:[1-9]\d{0,14}")


class AskForm(forms.Form):
    kind = forms.ChoiceField(label=_("Bạn yêu cầu"), choices=RequestKind.choices)
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    contact = forms.CharField(
        label=_("Thư điện tử hoặc điện thoại"), max_length=254, help_text=_("Chỉ dùng để trả lời yêu cầu này.")
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dữ liệu nào, ở đâu, bạn muốn gì. Không gửi số căn cước."),
    )


class FollowForm(forms.Form):
    code = forms.CharField(label=_("Mã biên nhận"), max_length=20)


class ListForm(forms.Form):
    state = forms.ChoiceField(label=_("Bước"), choices=[("", _("Tất cả")), *RequestState.choices], required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do hoặc nội dung trả lời"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptForm(MoveForm):
    subject = forms.CharField(
        label=_("Người này là ai trong hệ thống"),
        max_length=40,
        required=False,
        help_text=_(
            "Người dùng: ví dụ user:7. Người liên hệ của doanh nghiệp: mã hồ sơ, ví dụ MX-004127-0. "
            "Ghi sau khi đã xác minh người gửi."
        ),
    )

    def clean_subject(self) -> str:
        """A registry id names the people its firm is reached by."""
        text: str = self.cleaned_data["subject"]
        if number := parse_registry_id(text):
            return f"enterprise:{number}"
        if text and not SUBJECT.fullmatch(text):
            raise forms.ValidationError(_("Ghi mã dạng user:7 hoặc mã hồ sơ MX-004127-0; xem lại chữ số cuối."))
        return text


def shown_subject(subject: str) -> str:
    """A subject as officials know it: a firm by its registry id."""
    kind, _colon, number = subject.partition(":")
    return make_registry_id(int(number)) if kind == "enterprise" else subject


class LooksForm(forms.Form):
    kind = forms.CharField(label=_("Loại đối tượng"), max_length=60, required=False)
    subject = forms.CharField(label=_("Mã đối tượng"), max_length=60, required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
