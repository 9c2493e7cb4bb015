"""What a firm's people type to manage its record, and an officer to decide about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.registry.actions.attachments import Upload
from matxich.rulebook.identifiers import parse_tax_code


class TaxCodeForm(forms.Form):
    """Cleaned to a valid code of an enterprise or a dependent unit."""

    mst = forms.CharField(
        label=_("Mã số thuế"),
        max_length=20,
        help_text=_("10 chữ số; đơn vị phụ thuộc thêm 3 chữ số, ví dụ 0100109106-001."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Nhập mã số thuế của doanh nghiệp.")},
    )

    def clean_mst(self) -> str:
        code = parse_tax_code(self.cleaned_data["mst"])
        if not code.valid:
            raise forms.ValidationError(gettext(code.message))
        if code.kind == "person":
            raise forms.ValidationError(
                _("Đây là số của cá nhân. Hộ kinh doanh nhờ khuyến công viên của xã hoặc cán bộ Sở ghi hồ sơ giúp.")
            )
        return str(code.text)


class UploadField(forms.FileField):
    """A file, cleaned to an Upload; its content is looked at when it is stored."""

    default_error_messages = {
        "required": _("Chọn tệp cần gửi."),
        "empty": _("Tệp rỗng. Kiểm tra lại đúng tệp cần tải lên."),
    }

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return None
        if (file.size or 0) > settings.MAX_ATTACHMENT_BYTES:
            limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
            raise forms.ValidationError(
                _("Tệp lớn hơn %(limit)s MB. Chụp hoặc quét lại ở độ phân giải thấp hơn."), params={"limit": limit}
            )
        return Upload(file.file, file.name or "tep")  # type: ignore[arg-type]


class ScanField(UploadField):
    """A scanned paper."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})


class ClaimForm(forms.Form):
    registration = ScanField(
        label=_("Giấy chứng nhận đăng ký (bản quét hoặc ảnh chụp)"),
        help_text=_("PDF, JPG hoặc PNG. Chỉ cán bộ phụ trách địa bàn xem được."),
    )
    authorisation = ScanField(
        label=_("Giấy ủy quyền, giới thiệu"),
        required=False,
        help_text=_("Cần khi bạn không phải người đại diện theo pháp luật."),
    )
    note = forms.CharField(
        label=_("Nhắn cán bộ"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Quản lý bằng"), required=False, empty_label=_("tổ chức riêng của hồ sơ này")
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies.exists():
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        else:
            del self.fields["agency"]


class StrangersClaimForm(ClaimForm):
    """By somebody without an account: who asks, and where the answer and the invitation go."""

    name = forms.CharField(
        label=_("Họ và tên của bạn"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Thư điện tử của bạn"),
        max_length=254,
        help_text=_("Kết quả và lời mời mở tài khoản gửi về đây."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ClaimDecisionForm(forms.Form):
    """`step`: approve or refuse; a refusal needs its reason."""

    step = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi từ chối; người gửi đọc được."),
    )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("step") == "refuse" and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Ghi lý do từ chối để người gửi biết cần làm gì."))


class EndClaimForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
