"""The form of one item told in parts: a machine, a certificate, a tolerance and the rest of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.actions.values import told_problem
from matxich.registry.forms.concepts import choosing, concept_named, not_in_taxonomy
from matxich.registry.forms.firm import FactForm
from matxich.registry.queries.showing import language
from matxich.registry.taxonomy import label_of, taxonomy
from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.joining import DENIED
from matxich.rulebook.capabilities.model import Field, Part, Problem, Value
from matxich.rulebook.capabilities.parts import to_text
from matxich.rulebook.capabilities.reading import read_form

PREFIX = "part_"
# What a field cannot tell by its label alone.
HINTS = {
    "decimal": _("Số, ví dụ 0,05 hoặc 1.250"),
    "date": _("ngày/tháng/năm, hoặc chỉ tháng/năm"),
    "until": _("ngày cuối còn hiệu lực"),
    "lengths": _("mm, ví dụ 600 × 400"),
    "texts": _("cách nhau bằng dấu chấm phẩy"),
    "markets": _("tên nước, cách nhau bằng dấu phẩy"),
    "hs": _("ví dụ 8708.29"),
    "vsic": _("ví dụ 25920 (2025)"),
    "yes_no": _("có hoặc không"),
}
PROCESS = "process"


class ItemForm(FactForm):
    """One item with its source, day and reason.

    `instead_of`: the statement it corrects; `words`: the words of a list it reads. Parts are asked as people write
    them and read by the rules of the field.
    """

    denied = forms.BooleanField(label=_("Điều này không đúng, hoặc không còn nữa"), required=False)
    instead_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    # Parts that must be told are asked for by the rules of the field, unless the item is denied.
    use_required_attribute = False

    def __init__(self, *args: Any, field: str, latest_year: int, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.latest_year = field, latest_year
        del self.fields["value"], self.fields["replaces"]
        if not corrects:
            del self.fields["denied"]
        asked = {PREFIX + part.code: _control(part) for part in asked_parts(FIELDS[field])}
        self.fields = asked | self.fields
        self.parts: Value = {}

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("denied"):
            for name in [name for name in self.errors if name.startswith(PREFIX)]:
                del self.errors[name]
            self.parts = dict(DENIED)
            return
        given = {code: self.cleaned_data.get(PREFIX + code, "") for code in self._codes()}
        process = given.pop(PROCESS, "")
        reading = read_form(self.code, given, latest_year=self.latest_year)
        for warned in reading.warnings:
            part, _colon, _text = warned.kept.partition(":")
            at = PREFIX + part if PREFIX + part in self.fields else None
            if warned.code in ("not_understood", "year_out_of_range", "code_shape", "contradictory"):
                self.add_error(at, warned.message(language()))
        value = dict(reading.values[0]) if reading.values else {}
        if process and (code := concept_named(process, PROCESS)):
            value[PROCESS] = code
        elif process:
            self.add_error(PREFIX + PROCESS, not_in_taxonomy(process, PROCESS))
        if not self.errors:
            for problem in check(self.code, value, latest_year=self.latest_year):
                at = PREFIX + problem.part if PREFIX + problem.part in self.fields else None
                self.add_error(at, problem.message(language()) if at else told_problem(self.code, problem))
        self.parts = value

    def _codes(self) -> list[str]:
        return [name.removeprefix(PREFIX) for name in self.fields if name.startswith(PREFIX)]


def asked_parts(known: Field) -> list[Part]:
    """The parts a person fills in; the process of a machine too, by its name."""
    return [part for part in known.parts if not part.silent or part.code == PROCESS]


def first_parts(field: str, value: Value) -> dict[str, str]:
    """A value as the form shows it."""
    known, told = FIELDS[field], {}
    for part in asked_parts(known):
        if part.code in value:
            one = value[part.code]
            text = label_of(one) if part.code == PROCESS and one in taxonomy() else to_text(part, one, language())
            told[PREFIX + part.code] = str(one) if part.kind == "choice" else text
    return told


def _control(part: Part) -> forms.Field:
    label, hint = part.label(language()), HINTS.get(part.kind, "")
    needed = Problem("legal_basis_missing" if part.code == "legal_basis" else "missing", part.code)
    missing = {"required": needed.message(language())}
    if part.kind == "choice":
        choices = [("", "–"), *((code, words[language() == "en"]) for code, words in part.choices.items())]
        return forms.ChoiceField(label=label, choices=choices, required=part.required, error_messages=missing)
    attrs = {"autocomplete": "off"}
    if part.code == PROCESS:
        attrs |= choosing(PROCESS)
    if part.kind in ("integer", "year"):
        attrs["inputmode"] = "numeric"
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label,
        required=part.required,
        max_length=500,
        help_text=hint,
        widget=widget,
        error_messages=missing,
    )
