"""Drafts field by field, the steps of a paper, templates, letterheads and registers, as they are typed."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.correspondence.actions.drafting import Signing
from matxich.correspondence.kinds.fields import Told, told_by
from matxich.correspondence.models import Letterhead, OfficialPaper
from matxich.correspondence.states import PUBLIC, PaperState, SignedAs
from matxich.registry.forms.claims import UploadField
from matxich.rulebook.vietnamese.numbers import format_number

INNER = "-"
"""Begins a line that belongs to the row above it."""


class FieldsForm(forms.Form):
    """The fields of a kind's contract, each as its sort is typed; a list takes a row a line, its cells between “|”."""

    signed_as = forms.ChoiceField(
        label=_("Ký"), choices=SignedAs.choices, required=False, help_text=_("Nghị định 30/2020/NĐ-CP, Điều 13.")
    )
    position = forms.CharField(
        label=_("Chức vụ người ký"), max_length=150, required=False,
        help_text=_("Để trống thì lấy theo thể thức của cơ quan."),
    )  # fmt: skip
    mandate = forms.CharField(
        label=_("Văn bản ủy quyền"), max_length=200, required=False, help_text=_("Chỉ khi ký thừa ủy quyền.")
    )
    unit = forms.CharField(
        label=_("Viết tắt đơn vị soạn thảo"), max_length=40, required=False, help_text=_("Ví dụ QLCN.")
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, contract: type, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        told = {f"t_{each.name}": _control(each) for each in told_by(contract)}
        rest = dict(self.fields)
        self.fields.clear()
        self.fields.update(told | rest)

    @property
    def told(self) -> dict[str, Any]:
        """The contract's stored form."""
        return {each.name: self.cleaned_data.get(f"t_{each.name}") for each in told_by(self.contract)}

    @property
    def signing(self) -> Signing:
        told = self.cleaned_data
        return Signing(signed_as=told["signed_as"], position=told["position"], mandate=told["mandate"])


def typed(contract: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as they are typed, for the form to begin with."""
    return {f"t_{each.name}": _typed(each, stored.get(each.name)) for each in told_by(contract)}


def signing_of(paper: OfficialPaper) -> dict[str, Any]:
    return {
        "signed_as": paper.signed_as, "position": paper.position, "mandate": paper.mandate, "unit": paper.unit,
        "base_version": paper.version,
    }  # fmt: skip


def _control(each: Told) -> forms.Field:
    common: dict[str, Any] = {"label": each.label, "required": each.required}
    match each.sort:
        case "long":
            return forms.CharField(**common, max_length=8_000, widget=forms.Textarea(attrs={"rows": 4}))
        case "money" | "number":
            return WholeField(**common)
        case "decimal":
            return DecimalTextField(**common)
        case "day":
            return DayField(**common)
        case "yes":
            return forms.BooleanField(label=each.label, required=False)
        case "lines":
            return LinesField(**common, help_text=_("Mỗi dòng một mục."))
        case "rows":
            return RowsField(each.rows, **common)
    return forms.CharField(**common, max_length=1_000, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class WholeField(forms.CharField):
    """A whole number as people write it, 1.240.000.000; None where it was left open."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        return whole(str(super().clean(value)))


class DecimalTextField(forms.CharField):
    """A figure with its decimal comma, 84,5; None where it was left open."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        return figure(str(super().clean(value)))


class LinesField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


class RowsField(forms.CharField):
    """Rows of a list, one a line; rows that lie inside one follow it, each behind a dash."""

    def __init__(self, contract: type | None, **kwargs: Any) -> None:
        assert contract is not None
        self.contract = contract
        super().__init__(
            max_length=200_000, widget=forms.Textarea(attrs={"rows": 6}), help_text=_columns_hint(contract), **kwargs
        )

    def clean(self, value: Any) -> Any:
        rows: list[dict[str, Any]] = []
        inner = next((each for each in told_by(self.contract) if each.rows), None)
        for number, line in enumerate(str(super().clean(value)).splitlines(), start=1):
            if not line.strip():
                continue
            if inner and rows and line.strip().startswith(INNER):
                rows[-1][inner.name].append(_row(inner.rows, line.strip().removeprefix(INNER), number))
            else:
                rows.append(_row(self.contract, line, number))
        return rows


def _columns_hint(contract: type) -> str:
    flat = " | ".join(str(each.label) for each in told_by(contract) if not each.rows)
    hint = gettext("Mỗi dòng một mục: %(columns)s") % {"columns": flat}
    inner = next((each for each in told_by(contract) if each.rows), None)
    if inner and inner.rows:
        inside = " | ".join(str(each.label) for each in told_by(inner.rows))
        hint += ". " + gettext("Dòng con bắt đầu bằng dấu gạch: - %(columns)s") % {"columns": inside}
    return hint


def _row(contract: type | None, line: str, number: int) -> dict[str, Any]:
    assert contract is not None
    columns = [each for each in told_by(contract) if not each.rows]
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > len(columns):
        counted = {"line": number, "cells": len(cells), "columns": len(columns)}
        raise forms.ValidationError(gettext("Dòng %(line)s có %(cells)s ô, nhiều nhất là %(columns)s.") % counted)
    told_row: dict[str, Any] = {each.name: [] for each in told_by(contract) if each.rows}
    for each, cell in zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True):
        try:
            told_row[each.name] = _cell(each, cell)
        except forms.ValidationError as error:
            what = gettext("Dòng %(line)s, %(column)s: %(what)s")
            told = {"line": number, "column": each.label, "what": error.messages[0]}
            raise forms.ValidationError(what % told) from error
    return told_row


def _cell(each: Told, text: str) -> Any:
    match each.sort:
        case "money" | "number":
            return whole(text)
        case "decimal":
            return figure(text)
        case "day":
            return DayField(required=False).clean(text)
        case "yes":
            return bool(text)
    return text


def whole(text: str) -> int | None:
    bare = "".join(text.replace(".", "").split())
    if not bare:
        return None
    if not bare.isascii() or not bare.isdecimal() or len(bare) > 16:
        raise forms.ValidationError(gettext("Ghi số nguyên, ví dụ 1.240.000.000."))
    return int(bare)


def figure(text: str) -> str | None:
    bare = "".join(text.replace(",", ".").split())
    if not bare:
        return None
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise forms.ValidationError(gettext("Ghi số, ví dụ 84,5.")) from error
    if not value.is_finite() or len(bare) > 20:
        raise forms.ValidationError(gettext("Ghi số, ví dụ 84,5."))
    return str(value)


def _typed(each: Told, value: Any) -> Any:
    if value is None:
        return ""
    match each.sort:
        case "money" | "number":
            return format_number(value) if each.sort == "money" else str(value)
        case "decimal":
            return str(value).replace(".", ",")
        case "lines":
            return "\n".join(value)
        case "rows":
            return "\n".join(line for row in value for line in _typed_row(each.rows, row))
    return value


def _typed_row(contract: type | None, row: Mapping[str, Any]) -> Iterator[str]:
    assert contract is not None
    cells = [str(_typed(each, row.get(each.name))) for each in told_by(contract) if not each.rows]
    days = {at for at, each in enumerate(each for each in told_by(contract) if not each.rows) if each.sort == "day"}
    yield " | ".join(_short_day(cell) if at in days else cell for at, cell in enumerate(cells)).rstrip(" |")
    for each in told_by(contract):
        for inner in row.get(each.name, ()) if each.rows else ():
            for line in _typed_row(each.rows, inner):
                yield f"{INNER} {line}"


def _short_day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


class StepForm(forms.Form):
    """What a step of a paper's life needs: the version it was seen in, a reason where it goes back or ends."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event not in WITH_REASON:
            del self.fields["reason"]


WITH_REASON = frozenset({"return", "withdraw", "discard"})


class NumberForm(StepForm):
    """The next number of the register, or one given elsewhere, by hand."""

    on = DayField(label=_("Ngày của văn bản"))
    elsewhere = forms.CharField(
        label=_("Số đã cấp ở nơi khác"), max_length=60, required=False,
        help_text=_("Để trống thì hệ thống cấp số kế tiếp trong sổ. Ví dụ 1234/QĐ-UBND."),
    )  # fmt: skip
    issuer = forms.CharField(label=_("Cơ quan đã cấp số"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("elsewhere") and not told.get("issuer"):
            self.add_error("issuer", _("Ghi cơ quan đã cấp số."))
        return told


class ScanForm(forms.Form):
    file = UploadField(
        label=_("Tệp đã ký hoặc bản quét"), help_text=_("PDF, JPG, PNG."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class TemplateForm(forms.Form):
    text = forms.CharField(
        label=_("Nội dung mẫu"), max_length=100_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "class": "mx-source", "spellcheck": "false"}),
    )  # fmt: skip
    note = forms.CharField(label=_("Đã sửa gì"), max_length=300, required=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput)


class LetterheadForm(forms.ModelForm):
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Letterhead
        fields = ["parent", "issuer", "abbreviation", "place", "head", "deputy"]
        labels = {
            "parent": _("Cơ quan chủ quản"),
            "issuer": _("Cơ quan ban hành"),
            "abbreviation": _("Chữ viết tắt trong ký hiệu"),
            "place": _("Địa danh"),
            "head": _("Chức vụ người đứng đầu"),
            "deputy": _("Chức vụ cấp phó"),
        }


class RegisterFilterForm(forms.Form):
    loai = forms.ChoiceField(label=_("Sổ"), required=False)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    q = forms.CharField(label=_("Trích yếu, số, mã"), required=False, max_length=80)

    def __init__(self, *args: Any, series: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", _("Mọi sổ")), *((each, each) for each in series)]  # type: ignore[attr-defined]
        states = [(state.value, state.label) for state in PaperState if state in PUBLIC | {PaperState.NUMBERED}]
        self.fields["trang_thai"].choices = [("", _("Mọi trạng thái")), *states]  # type: ignore[attr-defined]


class OpenRegisterForm(forms.Form):
    series = forms.ChoiceField(label=_("Sổ"))
    first = forms.IntegerField(label=_("Bắt đầu từ số"), min_value=1, max_value=100_000)

    def __init__(self, *args: Any, series: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = [(each, each) for each in series]  # type: ignore[attr-defined]
