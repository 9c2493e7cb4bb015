"""What officers fill in about lists and their senders, parsed and checked; nothing here saves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField, ReasonForm
from matxich.accounts.models import Agency
from matxich.registry.states import Rhythm, SourceKind

KINDS = [choice for choice in SourceKind.choices if choice[0] not in (SourceKind.VISIT, SourceKind.SELF_DECLARED)]


class ListFileForm(forms.Form):
    """The file of a list, of a kind and a size that can be read, and who sent it."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.ods,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Chọn tệp cần nhập."),
            "empty": _("Tệp rỗng. Kiểm tra lại đúng tệp cần tải lên."),
        },
    )
    source = forms.CharField(
        label=_("Nơi gửi danh sách"),
        max_length=300,
        error_messages={"required": _("Ghi tên cơ quan, đơn vị đã gửi danh sách.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        megabytes = settings.MAX_LIST_BYTES // 1024**2
        self.fields["file"].help_text = _("xlsx, xls, ods hoặc csv, tối đa %(limit)s MB.") % {"limit": megabytes}

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.MAX_LIST_BYTES:
            limit = settings.MAX_LIST_BYTES // 1024**2
            raise forms.ValidationError(
                _("Tệp lớn hơn %(limit)s MB. Chia danh sách thành nhiều tệp rồi tải lên từng tệp."),
                params={"limit": limit},
            )
        return file


class ListForm(ListFileForm):
    """A list of enterprises."""

    source = forms.CharField(
        label=_("Nơi gửi danh sách"),
        max_length=300,
        help_text=_("Chọn nơi đã có hoặc ghi tên mới, ví dụ “Ban Quản lý các khu công nghiệp”."),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
        error_messages={"required": _("Ghi tên cơ quan, đơn vị đã gửi danh sách.")},
    )
    kind = forms.ChoiceField(label=_("Loại nguồn"), choices=KINDS, help_text=_("Chỉ dùng khi nơi gửi này mới."))
    as_of = DayField(
        label=_("Số liệu đến ngày"), required=False, help_text=_("Ngày ghi trên danh sách; để trống là hôm nay.")
    )


class UndoForm(ReasonForm):
    """Why a published list is taken back."""


class DecideForm(forms.Form):
    """Whom a waiting row speaks of: one of those beside it, another record by its id or tax code, or a new one."""

    choice = forms.CharField(widget=forms.HiddenInput, required=False)
    other = forms.CharField(
        label=_("Hồ sơ khác"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("mã hồ sơ hoặc mã số thuế")}),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.TextInput(attrs={"list": "known-reasons", "autocomplete": "off"}),
        error_messages={"required": _("Ghi lý do nối hoặc tách; lý do được lưu trong nhật ký.")},
    )


class SourceForm(forms.Form):
    """What is known of a sender."""

    version = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Tên nguồn"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại nguồn"), choices=SourceKind.choices)
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none(), required=False)
    trust = forms.IntegerField(
        label=_("Mức tin cậy"),
        min_value=0,
        max_value=100,
        help_text=_("0 đến 100; các mức có tên ở bên dưới."),
        widget=forms.NumberInput(attrs={"list": "trust-levels"}),
    )
    rhythm = forms.ChoiceField(
        label=_("Nhịp gửi"),
        choices=Rhythm.choices,
        help_text=_("Quá hạn thì người phụ trách được nhắc."),
    )
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, required=False, help_text=_("Cần khi đổi mức tin cậy hoặc loại nguồn.")
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
