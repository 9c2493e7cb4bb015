"""What officers fill in about support that was given; nothing here saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField, ReasonForm
from matxich.policy.actions.support import Entry
from matxich.policy.forms.fields import support_choices
from matxich.policy.states import SupportStatus
from matxich.registry.forms.lists import ListFileForm
from matxich.rulebook.law.acts import read_part
from matxich.rulebook.law.given import FIRST, LAST

MONEY = _("Ví dụ 300.000.000 hoặc 300 triệu.")
GROUPS = (
    (_("Ai được hỗ trợ"), ("name", "tax_code", "province")),
    (_("Hỗ trợ gì, khi nào"), ("content", "title", "year", "programme")),
    (_("Bao nhiêu"), ("amount", "counterpart", "money", "status")),
    (_("Theo quyết định và sổ nào"), ("agency", "decision_no", "decided_on", "source", "note", "knowing")),
)


class EntryForm(forms.Form):
    """One support that somebody got."""

    name = forms.CharField(label=_("Đơn vị thụ hưởng"), max_length=300)
    tax_code = forms.CharField(
        label=_("Mã số thuế"), max_length=20, required=False, help_text=_("Để nối với hồ sơ doanh nghiệp và xét trùng.")
    )
    province = forms.ChoiceField(label=_("Tỉnh, thành"))
    content = forms.ChoiceField(label=_("Nội dung theo luật"), required=False)
    title = forms.CharField(label=_("Hỗ trợ gì"), max_length=300)
    programme = forms.CharField(label=_("Chương trình"), max_length=200, required=False)
    agency = forms.CharField(label=_("Cơ quan quyết định"), max_length=300)
    money = forms.ChoiceField(label=_("Nguồn kinh phí"))
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST, max_value=LAST)
    decision_no = forms.CharField(label=_("Số quyết định"), max_length=100, required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
    amount = forms.CharField(label=_("Số tiền hỗ trợ, đồng"), max_length=40, help_text=MONEY)
    counterpart = forms.CharField(label=_("Vốn đối ứng, đồng"), max_length=40, required=False, help_text=MONEY)
    status = forms.ChoiceField(label=_("Tình trạng"), choices=SupportStatus.choices, initial=SupportStatus.PAID)
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Sổ, báo cáo hoặc quyết định đã đọc."))
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    knowing = forms.BooleanField(label=_("Khoản này đã chi thật, vẫn ghi dù trùng"), required=False)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = provinces  # type: ignore[attr-defined]
        self.fields["content"].choices = support_choices(  # type: ignore[attr-defined]
            gettext("Không thuộc nội dung nào")
        )
        self.fields["money"].choices = [  # type: ignore[attr-defined]
            ("local", gettext("Ngân sách tỉnh, thành")), ("national", gettext("Ngân sách quốc gia")),
            ("other", gettext("Không phải tiền nhà nước")),
        ]  # fmt: skip

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Its parts as the page shows them, every field once."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean_amount(self) -> int:
        return self._money("amount") or 0

    def clean_counterpart(self) -> int | None:
        return self._money("counterpart")

    def _money(self, name: str) -> int | None:
        text = self.cleaned_data[name]
        if not text:
            return None
        try:
            return int(str(read_part("whole", text)))
        except ValueError as error:
            raise forms.ValidationError(_("Ghi số tiền, ví dụ 300.000.000 hoặc 300 triệu.")) from error

    def entry(self) -> Entry:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("money", "knowing")}
        money = self.cleaned_data["money"]
        return Entry(**told, budget=f"province:{told['province']}" if money == "local" else money)


class LinkForm(ReasonForm):
    """Which record a beneficiary is, and how one knows."""

    record = forms.CharField(label=_("Mã hồ sơ hoặc mã số thuế"), max_length=40)
    field_order = ("record", "reason")


class CompleteForm(ReasonForm):
    """An agency's word that nothing of a year is missing."""

    year = forms.IntegerField(label=_("Năm"), min_value=FIRST, max_value=LAST)
    place = forms.ChoiceField(label=_("Địa bàn"))
    field_order = ("year", "place", "reason")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class SupportListForm(ListFileForm):
    """A list of support given."""
