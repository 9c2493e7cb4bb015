"""A reform as a file, as text, or as one figure with its new value; nothing here saves."""

from datetime import date
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.policy.forms.fields import MillionsField, support_choices
from matxich.policy.law import law as law_now
from matxich.policy.queries.showing import part_name, said
from matxich.rulebook.law.conditions import spoken
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.figures import Rate, as_typed
from matxich.rulebook.law.parameters import NATIONAL
from matxich.rulebook.law.reform import figures_of
from matxich.rulebook.law.supports.kinds import SUPPORTS

LONGEST = 200_000


class ReformForm(forms.Form):
    """One of three ways of saying a reform; `yaml()` is what all of them come to."""

    figure = forms.ChoiceField(label=_("Con số"), required=False)
    value = forms.CharField(
        label=_("Giá trị đề xuất"),
        required=False,
        max_length=40,
        help_text=_("Viết như giá trị đang có: 500.000.000, 60% hoặc 1,5 lần."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cost = MillionsField(
        label=_("Chi phí của một đề án điển hình, triệu đồng"), help_text=_("Để trống thì tính theo mức trần.")
    )
    committed = forms.BooleanField(label=_("Coi như vốn đối ứng đã đủ và chưa nhận hỗ trợ khác"), required=False)
    on = DayField(label=_("So với luật của ngày"), required=False)
    file = forms.FileField(label=_("Tệp đề xuất (.yaml)"), required=False)
    text = forms.CharField(
        label=_("Hoặc dán đề xuất"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "mx-code"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["figure"].choices = [("", _("Chọn một con số")), *_figures(today)]  # type: ignore[attr-defined]
        self.fields["on"].initial = today

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LONGEST:
            raise forms.ValidationError(_("Tệp quá dài: một đề xuất chỉ vài trang."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Tệp không phải là chữ UTF-8.")) from error

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.errors or told.get("file") or (told.get("text") or "").strip():
            return told
        for name in ("figure", "value"):
            if not told.get(name):
                self.add_error(name, _("Chọn con số và ghi giá trị, hoặc gửi tệp, hoặc dán đề xuất."))
                break
        return told

    def yaml(self) -> str:
        told = self.cleaned_data
        if told["file"] or told["text"].strip():
            return str(told["file"] or told["text"])
        code, _dot, part = told["figure"].partition("/")
        parameter, on = law_now().parameters[code], told["on"] or self.today
        project = {"eligible_cost": told["cost"]} if told["cost"] is not None else {}
        if told["committed"]:
            project |= {"counterpart_committed": True, "other_state_support_same_content": False}
        document = {
            "title": f"{code} {parameter.vi}: {part_name(part)} {told['value'].strip()}"[:200],
            "on": on,
            "project": project,
            "changes": {code: {part: as_typed(told["value"])}},
        }
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def _figures(on: date) -> list[tuple[str, str]]:
    """Every part of a figure in force that some kind of support rests on, as "KC-12/cap"."""
    law = law_now()
    read = {code for support in SUPPORTS.values() for code in figures_of(law, support)}
    found = []
    for code in sorted(read):
        at = law.parameters.at(code, on, NATIONAL)
        if not at.usable or at.setting is None:
            continue
        name = said(Words(law.parameters[code].vi, law.parameters[code].en))
        for part, value in at.setting.values.items():
            if isinstance(value, int | Rate):
                found.append((f"{code}/{part}", f"{code} {name}: {part_name(part)} = {spoken(value)}"))
    return found


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("Dùng vào việc gì"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: trình dự thảo nghị quyết. Được ghi vào nhật ký."),
    )


class ListForm(forms.Form):
    """What is asked of every firm of a list: which support, from whose money, of which cost, by which day's law."""

    content = forms.ChoiceField(label=_("Nội dung hỗ trợ"))
    budget = forms.ChoiceField(label=_("Ngân sách"), required=False)
    cost = MillionsField(label=_("Chi phí, triệu đồng"))
    on = DayField(label=_("Theo luật của ngày"), required=False)
    committed = forms.BooleanField(label=_("Coi như vốn đối ứng đã đủ và chưa nhận hỗ trợ khác"), required=False)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].choices = support_choices(_("Chọn nội dung"))  # type: ignore[attr-defined]
        self.fields["budget"].choices = [  # type: ignore[attr-defined]
            ("", _("Ngân sách trung ương")), *((f"province:{code}", name) for code, name in provinces),
        ]  # fmt: skip
