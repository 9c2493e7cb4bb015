"""The needs sheet as it is filled in on a phone."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import PlaceField
from matxich.proposals.actions.needs import Sheet
from matxich.proposals.models import Need
from matxich.proposals.states import NeedKind, ProductTitle, Urgency
from matxich.rulebook.proposals.forms import BadAnswer, read_figure
from matxich.rulebook.vietnamese.numbers import format_number


class DongField(forms.CharField):
    """Whole đồng as people type it: 1.500.000, "1,5 tỷ"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=60, widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        """A draft may wait for it; sending says what is missing."""

    def clean(self, value: Any) -> int:
        text = str(super().clean(value)).strip()
        if not text:
            return 0
        try:
            return read_figure("money", text)
        except BadAnswer as bad:
            raise forms.ValidationError(bad.words.vi) from bad


class NeedForm(forms.Form):
    """Whose it is comes first: a firm of one's own or of the register, or a name and a commune."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    enterprise = forms.ChoiceField(label=_("Cơ sở"), required=False)
    registry_id = forms.CharField(
        label=_("Mã hồ sơ của cơ sở"), max_length=20, required=False,
        help_text=_("Có trong sổ đăng ký thì ghi mã, ví dụ MX-004127-0; chưa có thì ghi tên và xã ở dưới."),
    )  # fmt: skip
    name = forms.CharField(label=_("Tên cơ sở"), max_length=300, required=False)
    commune = PlaceField(label=_("Xã, phường, đặc khu"), help_text=_("Tên hoặc mã; không cần khi đã ghi mã hồ sơ."))
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=40, required=False, help_text=_("Chỉ cán bộ phụ trách địa bàn xem được."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Cần hỗ trợ gì"), choices=NeedKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Việc cụ thể"), max_length=300, help_text=_("Ví dụ “Mua máy cắt laser fiber 3 kW”.")
    )
    product = forms.CharField(label=_("Sản phẩm"), max_length=300, required=False)
    product_title = forms.ChoiceField(label=_("Danh hiệu của sản phẩm"), choices=ProductTitle.choices, required=False)
    year = forms.IntegerField(label=_("Năm cần"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    cost = DongField(label=_("Tổng chi phí dự kiến"), help_text=_("đồng; viết được “1,5 tỷ”"))
    own_funds = DongField(label=_("Vốn tự có"), help_text=_("đồng"), required=False)
    urgency = forms.ChoiceField(label=_("Mức cấp bách"), choices=Urgency.choices, widget=forms.RadioSelect)
    land_ready = forms.BooleanField(label=_("Đã có mặt bằng"), required=False)
    papers_ready = forms.BooleanField(label=_("Đã có giấy tờ"), required=False)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    use_required_attribute = False

    def __init__(self, *args: Any, firms: list[tuple[str, str]], official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].choices = firms  # type: ignore[attr-defined]
        dropped = ["enterprise"] if not firms else []
        if not official:
            dropped += ["registry_id", "name", "commune", "phone"]
        for name in dropped:
            del self.fields[name]

    def sheet(self) -> Sheet:
        told = self.cleaned_data
        return Sheet(
            kind=told["kind"], title=told["title"], year=told["year"], cost=told["cost"], own_funds=told["own_funds"],
            urgency=told["urgency"], product=told["product"], product_title=told["product_title"],
            land_ready=told["land_ready"], papers_ready=told["papers_ready"], note=told["note"],
            name=told.get("name", ""), commune=told.get("commune", ""), phone=told.get("phone", ""),
        )  # fmt: skip


def initial_of(need: Need, phone: str) -> dict[str, object]:
    return {
        "client_id": need.client_id, "base_version": need.version, "name": need.name, "commune": need.commune,
        "phone": phone, "kind": need.kind, "title": need.title, "product": need.product,
        "product_title": need.product_title, "year": need.year, "cost": _shown(need.cost),
        "own_funds": _shown(need.own_funds), "urgency": need.urgency, "land_ready": need.land_ready,
        "papers_ready": need.papers_ready, "note": need.note,
    }  # fmt: skip


def _shown(amount: int) -> str:
    return format_number(amount, None, "vi") if amount else ""
