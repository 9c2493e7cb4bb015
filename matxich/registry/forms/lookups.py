"""What people may ask of a list: take it away, keep its question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.actions.exporting import FORMATS
from matxich.registry.states import Cadence


class ExportForm(forms.Form):
    """Which file, for what; contacts only for those who may see some."""

    form = forms.ChoiceField(
        label=_("Loại tệp"),
        choices=[
            ("xlsx", _("xlsx: mở bằng Excel, mã số thuế giữ nguyên số 0 đầu")),
            ("csv", _("csv: cho chương trình khác, dấu chấm phẩy giữa các cột")),
        ],
        initial=FORMATS[0],
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label=_("Dùng vào việc gì"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: mời dự hội chợ tháng 3/2027. Được ghi vào nhật ký cùng câu hỏi và số dòng."),
    )
    contacts = forms.BooleanField(
        label=_("Kèm người liên hệ, điện thoại, e-mail"),
        required=False,
        help_text=_("Dữ liệu cá nhân: đầy đủ ở địa bàn của bạn, che ở nơi khác; ghi vào nhật ký truy cập."),
    )

    def __init__(self, *args: object, official: bool, contacts: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["purpose"].required = official
        if not contacts:
            del self.fields["contacts"]


class SaveForm(forms.Form):
    """A name for a question, and how often to be told what is new."""

    name = forms.CharField(label=_("Tên"), max_length=100, help_text=_("Ví dụ: đúc áp lực ở Bắc Ninh, có IATF 16949"))
    cadence = forms.ChoiceField(
        label=_("Báo khi có doanh nghiệp mới khớp"),
        choices=Cadence.choices,
        initial=Cadence.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("Báo bằng thông báo và e-mail, chỉ khi có cái mới."),
    )
