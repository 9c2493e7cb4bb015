"""Small forms: begin, papers, mandate, hand in, take back, officers' conclusions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField, PlaceField
from matxich.proposals.states import Shape
from matxich.registry.forms.claims import UploadField


class StartForm(forms.Form):
    """For whom, for what. `household` and `commune` are asked of those who file for others."""

    title = forms.CharField(
        label=_("Tên đề án"), max_length=300,
        help_text=_("Nói việc sẽ làm, ví dụ “Ứng dụng máy phay CNC trong đúc gang”."),
        error_messages={"required": _("Ghi tên đề án.")},
    )  # fmt: skip
    content = forms.ChoiceField(label=_("Nội dung hỗ trợ"), error_messages={"required": _("Chọn nội dung.")})
    shape = forms.ChoiceField(label=_("Hình thức"), required=False, widget=forms.RadioSelect)
    enterprise = forms.ChoiceField(label=_("Đơn vị nộp"), required=False)
    layer = forms.ChoiceField(label=_("Nguồn kinh phí"), required=False)

    def __init__(
        self, *args: Any, contents: list[tuple[str, str]], firms: list[tuple[str, str]], shapes: list[str],
        layers: list[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["content"].choices = [("", "–"), *contents]  # type: ignore[attr-defined]
        self.fields["enterprise"].choices = firms  # type: ignore[attr-defined]
        for name, choices in (
            ("shape", [(one, Shape(one).label) for one in shapes]), ("layer", layers),
        ):  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].required = True
            if choices:
                self.initial.setdefault(name, choices[0][0])
            if len(choices) < 2:
                del self.fields[name]
        if not firms:
            del self.fields["enterprise"]
        else:
            self.fields["enterprise"].required = True


class BehalfForm(StartForm):
    """Filing for a household or cooperative: of the register by its id, or by name and commune."""

    registry_id = forms.CharField(
        label=_("Mã hồ sơ của cơ sở"), max_length=20, required=False,
        help_text=_("Có trong sổ đăng ký thì ghi mã, ví dụ MX-004127-0."),
    )  # fmt: skip
    household = forms.CharField(label=_("Hoặc tên hộ, cơ sở"), max_length=300, required=False)
    commune = PlaceField(label=_("Xã, phường nơi sản xuất"), help_text=_("Ghi tên hoặc mã đơn vị."))

    field_order = ["registry_id", "household", "commune", "title", "content", "shape", "layer"]


class PaperForm(forms.Form):
    paper = forms.CharField(widget=forms.HiddenInput, max_length=30)
    file = UploadField(label=_("Tệp"), help_text=_("PDF, ảnh, Word hoặc Excel không có macro; tối đa 20 MB."))


class MandateForm(forms.Form):
    giver = forms.CharField(label=_("Ai nhờ nộp hộ"), max_length=200, help_text=_("Họ tên người ký giấy nhờ."))
    signed_on = DayField(label=_("Ngày ký giấy"))


class SubmitForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    base_version = forms.IntegerField(widget=forms.HiddenInput)
    confirm = forms.BooleanField(
        label=_("Tôi đã đọc lại toàn bộ và nộp đúng bản này"),
        error_messages={"required": _("Đánh dấu để xác nhận bạn đã đọc lại.")},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao rút"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConcludeForm(forms.Form):
    """An officer's conclusion at a gate."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Căn cứ, lý do"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
