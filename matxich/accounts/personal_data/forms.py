"""Forms of the request desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.personal_data.states import RequestKind, RequestState


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
    subject = forms.RegexField(
        r"^[a-z_]+:\d+$",
        label=_("Mã người trong hệ thống"),
        required=False,
        help_text=_("Ví dụ user:7. Ghi sau khi đã xác minh người gửi."),
    )


class LooksForm(forms.Form):
    kind = forms.CharField(label=_("Loại đối tượng"), max_length=60, required=False)
    subject = forms.CharField(label=_("Mã đối tượng"), max_length=60, required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
