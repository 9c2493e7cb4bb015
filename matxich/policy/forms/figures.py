"""What an authorised agency fills in about a figure: its fields are the figure's own parts."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.policy.law import names_of_parts
from matxich.policy.queries.showing import said
from matxich.policy.states import ActKind
from matxich.rulebook.law.acts import PartKind, instrument_id, parts_of, read_part
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import Figure
from matxich.rulebook.law.instruments import KINDS, Library
from matxich.rulebook.law.parameters import LAYER, NATIONAL, Parameter, Setting

HINTS: Mapping[PartKind, Any] = {
    "share": _("Phần trăm, ví dụ 50 hoặc 12,5."),
    "multiplier": _("Số lần, ví dụ 1,5."),
    "whole": _("Số nguyên; tiền là đồng, viết được “300 triệu”."),
    "day": _("Ngày và tháng, ví dụ 20/05."),
    "list": _("Cách nhau bằng dấu phẩy."),
    "text": "",
}
NEW = "+"
_NUMBER = re.compile(r"[^<>\"]{2,60}")


class ProposeForm(forms.Form):
    """One act about one figure. `row`: the row that is confirmed or ended, None where a row is added."""

    layer = forms.ChoiceField(label=_("Ngân sách"))
    programme = forms.CharField(
        label=_("Mã chương trình"), max_length=40, required=False, help_text=_("Chữ không dấu, số và gạch nối.")
    )
    starts = DayField(label=_("Áp dụng từ ngày"))
    ends = DayField(
        label=_("Đến trước ngày"),
        required=False,
        help_text=_("Ngày đầu tiên không còn áp dụng; để trống nếu chưa biết."),
    )
    instrument = forms.ChoiceField(label=_("Văn bản"))
    at = forms.CharField(label=_("Điều, khoản"), max_length=120, required=False, help_text=_("Ví dụ “Điều 8 khoản 4”."))
    new_kind = forms.ChoiceField(label=_("Loại văn bản mới"), required=False)
    new_number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    new_issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=120, required=False)
    new_subject = forms.CharField(label=_("Trích yếu"), max_length=300, required=False)
    new_issued = DayField(label=_("Ngày ban hành"), required=False)
    new_from = DayField(label=_("Ngày có hiệu lực"), required=False)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đã đọc gì, ở đâu; người quyết định và mọi người đều đọc được."),
    )

    def __init__(
        self,
        *args: Any,
        kind: ActKind,
        parameter: Parameter,
        library: Library,
        layers: list[tuple[str, str]],
        row: Setting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.parameter, self.row, self.library = kind, parameter, row, library
        wants = kind == ActKind.ADD or (kind == ActKind.CONFIRM and row is not None and not row.values)
        self.parts = parts_of(parameter) if wants else {}
        for name, part in self.parts.items():
            label = said(names_of_parts().part(name))
            self.fields[_part(name)] = forms.CharField(
                label=label[:1].upper() + label[1:], max_length=100, required=False, help_text=HINTS[part],
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip
        self._leave(layers, library)
        self.order_fields([*map(_part, self.parts), *self.fields])

    def _leave(self, layers: list[tuple[str, str]], library: Library) -> None:
        gone = {
            ActKind.ADD: set(),
            ActKind.CONFIRM: {"layer", "programme", "starts", "ends"},
            ActKind.END: {"layer", "programme", "starts"},
            ActKind.REVOKE: {"layer", "programme", "starts", "ends", "at"},
        }[self.kind]
        if not any(code == "programme:" for code, _label in layers):
            gone = gone | {"programme"}
        if self.kind == ActKind.REVOKE:
            gone = gone | {name for name in self.fields if name.startswith("new_")} | {"instrument"}
        for name in gone:
            self.fields.pop(name, None)
        if self.kind == ActKind.END:
            self.fields["ends"].required = True
            self.fields["ends"].label = gettext("Hết áp dụng từ ngày")
        if "layer" in self.fields:
            self.fields["layer"].choices = layers  # type: ignore[attr-defined]
        if "instrument" in self.fields:
            known = sorted(library.by_id.values(), key=lambda one: one.issued or date.min, reverse=True)
            named = [(one.id, f"{one.short} · {said(Words(one.vi, one.en))[:70]}") for one in known]
            self.fields["instrument"].choices = [  # type: ignore[attr-defined]
                ("", gettext("Chọn văn bản")), (NEW, gettext("Văn bản chưa có trong thư viện")), *named,
            ]  # fmt: skip
            self.fields["new_kind"].choices = [  # type: ignore[attr-defined]
                (code, said(Words(*words[:2]))) for code, words in KINDS.items()
            ]
            self.fields["new_kind"].initial = "resolution"
            if self.row:
                self.fields["instrument"].initial = self.row.article.instrument
                self.fields["at"].initial = self.row.article.at

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.values: dict[str, Figure] = {}
        for name, part in self.parts.items():
            if typed := told.get(_part(name)):
                try:
                    self.values[name] = read_part(part, typed)
                except ValueError:
                    self.add_error(_part(name), gettext("Không đọc được. %(hint)s") % {"hint": HINTS[part]})
        if told.get("instrument") == NEW:
            for name in ("new_number", "new_issuer", "new_subject", "new_from"):
                if not told.get(name):
                    self.add_error(name, gettext("Cần ghi khi văn bản chưa có trong thư viện."))
            if told.get("new_number") and not _NUMBER.fullmatch(told["new_number"]):
                self.add_error("new_number", gettext("Ghi số, ký hiệu như trên văn bản."))
            same = {one.number for one in self.library.by_id.values() if one.kind == told.get("new_kind")}
            if told.get("new_number") in same and self.layer_meant == NATIONAL:
                self.add_error("new_number", gettext("Thư viện đã có văn bản này: chọn trong danh sách."))
        if told.get("layer") == "programme:" and not LAYER.fullmatch(self.layer_meant):
            self.add_error("programme", gettext("Ghi mã chương trình, ví dụ KC-2026."))
        return told

    @property
    def layer_meant(self) -> str:
        if self.row:
            return self.row.layer
        chosen = str(self.cleaned_data.get("layer") or "")
        return f"programme:{self.cleaned_data.get('programme', '')}" if chosen == "programme:" else chosen

    @property
    def instrument_meant(self) -> str:
        new = self.new_instrument
        return str(new["id"]) if new else str(self.cleaned_data.get("instrument") or "")

    @property
    def new_instrument(self) -> dict[str, Any] | None:
        told = self.cleaned_data
        if told.get("instrument") != NEW:
            return None
        code = self.layer_meant.rpartition(":")[2]
        return {
            "id": instrument_id(
                told["new_kind"], told["new_number"], code if self.layer_meant.startswith("province") else ""
            ),
            "kind": told["new_kind"],
            "number": told["new_number"],
            "issuer": told["new_issuer"],
            "issued": told["new_issued"].isoformat() if told["new_issued"] else "",
            "from": told["new_from"].isoformat(),
            "vi": told["new_subject"],
            "en": "",
        }


class DecideForm(forms.Form):
    """A word to whoever proposed; needed where the proposal is refused."""

    reason = forms.CharField(
        label=_("Ý kiến"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Cần ghi khi không chấp nhận."),
    )


def _part(name: str) -> str:
    return f"part_{name}"
