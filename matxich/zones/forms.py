"""What officials fill in about zones, parsed; nothing here saves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.places.queries import name_of
from matxich.places.states import ZoneKind
from matxich.registry.forms.lists import ListFileForm
from matxich.rulebook.vietnamese.numbers import format_number
from matxich.rulebook.zones.fields import FIGURES, ZoneField
from matxich.rulebook.zones.reports import FAULTS

UNITS = {
    "area": _("ha; số lẻ viết 12,5"),
    "volume": _("m³/ngày đêm"),
    "money": _("đồng; viết được “1,8 tỷ”"),
    "usd": _("USD"),
}


class FilterForm(forms.Form):
    """What narrows the list of zones. The map and the day travel along."""

    q = forms.CharField(label=_("Tên khu, cụm"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Loại"), required=False)
    province = forms.ChoiceField(label=_("Tỉnh, thành"), required=False)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Mọi loại")), *ZoneKind.choices]  # type: ignore[attr-defined]
        self.fields["province"].choices = [("", _("Mọi tỉnh, thành")), *provinces]  # type: ignore[attr-defined]


def typed_field(one: ZoneField, *, required: bool = False) -> forms.Field:
    """The control of one value, always a text or a choice: the rulebook reads it."""
    hint = UNITS.get(one.kind, "")
    if one.choices:
        choices = [("", "–"), *((code, gettext(label)) for code, label in one.choices.items())]
        return forms.ChoiceField(label=gettext(one.label), choices=choices, required=required)
    mode = {"inputmode": "decimal", "autocomplete": "off"} if one.kind in FIGURES else {"autocomplete": "off"}
    if one.kind == "date":
        hint = _("viết dạng 15/06/2024")
    return forms.CharField(
        label=gettext(one.label), required=required, max_length=500, help_text=hint, widget=forms.TextInput(attrs=mode)
    )


def shown_value(one: ZoneField, value: object) -> str:
    """A stored value as it is typed: "12,5", "486500000000", "15/06/2024"."""
    if value is None or value == "":
        return ""
    if one.kind in ("area", "volume"):
        return str(value).replace(".", ",")
    if one.kind in FIGURES:
        return format_number(int(str(value)), None, "vi")
    if one.kind == "date":
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    return name_of(str(value)) if one.kind == "commune" else str(value)


class FactsForm(forms.Form):
    """Facts of one kind read in one paper. What is left empty is not restated; `known`: what stands now, beside it."""

    as_of = DayField(label=_("Số liệu đến ngày"), help_text=_("Ngày mà văn bản nói tới, không phải ngày nhập."))
    source = forms.CharField(
        label=_("Nguồn"),
        max_length=300,
        help_text=_("Tên, số và ngày của văn bản, ví dụ “Quyết định 123/QĐ-UBND ngày 05/6/2024”."),
        error_messages={"required": _("Ghi nguồn của số liệu.")},
    )
    reason = forms.CharField(label=_("Ghi chú, lý do sửa"), max_length=500, required=False)

    def __init__(
        self, *args: Any, fields: tuple[ZoneField, ...], known: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        told = {one.code: typed_field(one) for one in fields}
        for code, text in (known or {}).items():
            if code in told:
                hint = told[code].help_text
                told[code].help_text = f"{hint} · {text}" if hint else text
        rest = dict(self.fields)
        self.fields.clear()
        self.fields.update(told | rest)
        self.told = tuple(told)

    @property
    def typed(self) -> Mapping[str, str]:
        return {code: self.cleaned_data.get(code, "") for code in self.told}


class ZoneListForm(ListFileForm):
    """A list of zones."""

    as_of = DayField(label=_("Số liệu đến ngày"), help_text=_("Ngày ghi trên danh sách."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _("Tên cơ quan và số công văn kèm danh sách.")


class OpenReportForm(forms.Form):
    """Whose paper is typed in, and when it came."""

    reporter = forms.CharField(
        label=_("Đơn vị báo cáo"), max_length=300, error_messages={"required": _("Ghi tên đúng như trên báo cáo.")}
    )
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20, required=False)
    paper = forms.CharField(
        label=_("Bản giấy"),
        max_length=200,
        help_text=_("Số và ngày của công văn hoặc báo cáo giấy mà bạn nhập thay."),
        error_messages={"required": _("Ghi số và ngày của bản giấy: người xem cần biết số liệu từ đâu.")},
    )
    received_on = DayField(
        label=_("Ngày nhận"), help_text=_("Ngày cơ quan nhận được bản giấy; dùng để biết đúng hạn hay trễ.")
    )


class ReportValuesForm(forms.Form):
    """What the paper says, field by field; what is left empty is not known. `required`: none for a draft."""

    def __init__(
        self,
        *args: Any,
        fields: tuple[ZoneField, ...],
        required: frozenset[str],
        notes: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in fields:
            made = typed_field(one, required=one.code in required)
            made.error_messages["required"] = gettext(FAULTS["missing"])
            if note := notes.get(one.code):
                made.help_text = gettext("Cần sửa: %(note)s") % {"note": note}
            self.fields[one.code] = made
        self.fields["base_version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.told = tuple(one.code for one in fields)

    @property
    def typed(self) -> Mapping[str, str]:
        return {code: self.cleaned_data.get(code, "") for code in self.told}


class ReturnForm(forms.Form):
    """What is to be mended, field by field or of the whole."""

    whole = forms.CharField(
        label=_("Nhận xét chung"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, codes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for code in codes:
            self.fields[f"note_{code}"] = forms.CharField(max_length=500, required=False)

    @property
    def notes(self) -> Mapping[str, str]:
        told = {code: self.cleaned_data.get(f"note_{code}", "") for code in self.codes}
        return told | {"": self.cleaned_data.get("whole", "")}
