"""What an officer may type on a firm's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.models import Source
from matxich.registry.states import SourceKind, Verification

WRITTEN = "%d/%m/%Y"
DAYS = [WRITTEN, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
LEVELS = [(level.value, level.label) for level in Verification]


def day_field(label: object, **more: object) -> forms.DateField:
    """A day as people here write it; a browser's own control follows the language of the computer instead."""
    widget = forms.DateInput(format=WRITTEN, attrs={"placeholder": "20/11/2026", "autocomplete": "off"})
    wrong = {"invalid": _("Chưa hiểu ngày này. Ghi ngày/tháng/năm, ví dụ 20/11/2026.")}
    return forms.DateField(label=label, input_formats=DAYS, widget=widget, error_messages=wrong, **more)  # type: ignore[arg-type]


class DayForm(forms.Form):
    """As of which day a record is asked for."""

    on = day_field(_("Ngày"), required=False)


class FactForm(forms.Form):
    """A new value for one field. `base_version` is the record's version when the page was opened."""

    value = forms.CharField(label=_("Giá trị"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.ModelChoiceField(
        Source.objects.none(), label=_("Theo nguồn nào"), required=False, empty_label=_("Chọn nguồn")
    )
    new_source = forms.CharField(
        label=_("Hoặc ghi tên nguồn mới"), max_length=300, required=False, help_text=_("Ví dụ: Báo cáo tài chính 2025")
    )
    as_of = day_field(_("Số liệu tính đến ngày"))
    verification = forms.TypedChoiceField(label=_("Mức kiểm chứng"), choices=LEVELS, coerce=int)
    replaces = forms.BooleanField(label=_("Giá trị đang hiện là sai, thôi dùng"), required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500)
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["source"].queryset = Source.objects.exclude(kind=SourceKind.OUTSIDE).order_by("key")  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        asks = "source" in self.fields
        if asks and not self.cleaned_data.get("source") and not self.cleaned_data.get("new_source", "").strip():
            self.add_error("source", _("Chọn một nguồn, hoặc ghi tên nguồn mới."))

    def begin_again(self, version: int) -> None:
        """Somebody was faster: keep what is typed, take the record as it stands now, and ask to look again."""
        typed = dict(self.data.items())
        self.data = typed | {"base_version": str(version)}
        self.add_error(
            None,
            _(
                "Hồ sơ vừa được người khác cập nhật. Phần bạn gõ vẫn còn đây: xem lại giá trị đang hiện ở trên, "
                "rồi gửi lại nếu vẫn đúng."
            ),
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Vì sao rút thông tin này"), max_length=500)
    base_version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """The versions of both records when the page was opened."""

    reason = forms.CharField(
        label=_("Vì sao hai hồ sơ là một"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: cùng giấy đăng ký doanh nghiệp; đã hỏi doanh nghiệp ngày 20/11/2026."),
    )
    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    merged_version = forms.IntegerField(widget=forms.HiddenInput)

    def begin_again(self, versions: dict[str, int]) -> None:
        """Keep the reason that was typed and take both records as they stand now."""
        self.data = dict(self.data.items()) | {name: str(version) for name, version in versions.items()}


class UnmergeForm(forms.Form):
    reason = forms.CharField(label=_("Vì sao tách"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    kept_version = forms.IntegerField(widget=forms.HiddenInput)


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("Xem để làm gì"), max_length=300, help_text=_("Lần mở này được ghi vào nhật ký truy cập.")
    )
