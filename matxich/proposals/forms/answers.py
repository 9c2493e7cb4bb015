"""A section of the long form as controls: texts and choices that the rulebook reads; nothing is required of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.policy.queries.showing import said
from matxich.rulebook.proposals.forms import FormField, FormSection
from matxich.rulebook.vietnamese.numbers import format_number

UNITS = {"money": _("đồng"), "share": _("phần trăm, ví dụ 25")}
YES_NO = (("true", _("Có")), ("false", _("Không")))
FEW = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the page draws it: `when` and `values` say which other answer it waits for."""

    bound: forms.BoundField
    field: FormField
    source: str
    notes: tuple[str, ...]
    when: str
    values: str


def control(one: FormField) -> forms.Field:
    """The control of one field; never limits what can be typed, so that nothing is cut off unseen.

    What it calls required shows in its label; the rulebook says what is missing, and only of what is handed in.
    """
    label, hint = said(one.words), said(one.help)
    wanted = one.required or one.required_when is not None
    if one.kind == "vow":
        return forms.BooleanField(label=label, help_text=hint, required=wanted)
    if one.kind == "yes_no":
        return forms.ChoiceField(label=label, help_text=hint, required=wanted, choices=YES_NO, widget=forms.RadioSelect)
    if one.kind == "choice":
        choices = [(code, said(words)) for code, words in one.choices.items()]
        widget = forms.RadioSelect if len(choices) <= FEW else forms.Select
        return forms.ChoiceField(
            label=label, help_text=hint, required=wanted, widget=widget,
            choices=choices if len(choices) <= FEW else [("", "–"), *choices],
        )  # fmt: skip
    if one.kind == "choices":
        choices = [(code, said(words)) for code, words in one.choices.items()]
        return forms.MultipleChoiceField(
            label=label, help_text=hint, required=wanted, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    if one.kind == "long":
        area = forms.Textarea(attrs={"rows": 5, "data-most": one.most or ""})
        return forms.CharField(label=label, help_text=hint, required=wanted, widget=area)
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if one.kind in ("money", "whole", "share"):
        attrs["inputmode"] = "decimal"
    unit = UNITS.get(one.kind, _("viết dạng 15/06/2026") if one.kind == "date" else "")
    shown = ". ".join(str(part) for part in (hint, unit) if part)
    return forms.CharField(label=label, help_text=shown, required=wanted, widget=forms.TextInput(attrs=attrs))


def typed_as(one: FormField, value: Any) -> Any:
    """A kept answer as it is typed."""
    if value is None:
        return ""
    if one.kind in ("yes_no",):
        return "true" if value else "false"
    if one.kind == "date":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if one.kind == "share":
        return format_number(Decimal(value) / 100, None, "vi")
    if one.kind in ("money", "whole"):
        return format_number(value, None, "vi")
    return value


class SectionForm(forms.Form):
    """`base`: the version of the section the page was opened on."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, section: FormSection, content: str, answers: Mapping[str, Any], **told: Any) -> None:
        self.asked = tuple(one for one in section.fields if not one.contents or content in one.contents)
        initial = {one.id: typed_as(one, answers.get(one.id)) for one in self.asked} | dict(told.pop("initial", {}))
        super().__init__(*args, initial=initial, **told)  # type: ignore[misc]
        for one in self.asked:
            self.fields[one.id] = control(one)

    @property
    def typed(self) -> dict[str, object]:
        """What was typed, to the letter; a choice nobody offers is left to the rulebook to refuse."""
        found: dict[str, object] = {}
        for one in self.asked:
            if one.kind == "choices":
                found[one.id] = self.data.getlist(one.id)  # type: ignore[attr-defined]
            elif one.kind == "vow":
                found[one.id] = bool(self.data.get(one.id))
            else:
                found[one.id] = self.data.get(one.id, "")
        return found

    def opened_on(self, version: int) -> None:
        """What was typed stays; sent again it is meant for this version."""
        told = self.data.copy()  # type: ignore[attr-defined]
        told["base"] = str(version)
        self.data = told

    def rows(self, filled: Mapping[str, Any], notes: Mapping[str, tuple[str, ...]]) -> list[Row]:
        return [
            Row(
                self[one.id], one, source_of(one, filled, self.initial.get(one.id)), notes.get(one.id, ()),
                one.when.field if one.when else "",
                " ".join(_wire(value) for value in one.when.values) if one.when else "",
            )
            for one in self.asked
        ]  # fmt: skip


def _wire(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def source_of(one: FormField, filled: Mapping[str, Any], shown: Any) -> str:
    """Who says so, while the answer still is what the passport said."""
    told = filled.get(one.id)
    if not told or typed_as(one, told["value"]) != shown:
        return ""
    on = date.fromisoformat(told["as_of"])
    return f"{told['source']}, {on:%d/%m/%Y}"
