"""Items of a field in words, each with the concept of the taxonomy that a person says it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from matxich.registry.forms.concepts import choosing, concept_named, not_in_taxonomy
from matxich.registry.forms.firm import FactForm
from matxich.registry.forms.own_firm import OwnFactForm
from matxich.registry.queries.meaning import Item, words_of
from matxich.registry.states import Facet
from matxich.registry.taxonomy import label_of, taxonomy
from matxich.rulebook.vietnamese.text import squeeze

FACETS = {"processes": Facet.PROCESS, "materials": Facet.MATERIAL}
"""Fields whose items are stated with their concept; certificates and machines are told in parts."""
WORDS, CONCEPT = "words_", "concept_"
SPARE, LEAST, MOST = 2, 4, 60


def fact_form(field: str, *, own: bool) -> type[FactForm]:
    """The form for one field that is not told in parts."""
    if field in FACETS:
        return OwnTermsForm if own else TermsForm
    return OwnFactForm if own else FactForm


class TermsForm(FactForm):
    """In place of one box for the value: a row for each item, its words and the concept chosen, and rows to spare.

    `initial["items"]` are what the rows begin with. A row's words may hold several items as long as no concept is
    chosen; a concept alone is called by its label. Without a concept the words are read by the taxonomy as ever.
    """

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facet = FACETS[field]
        del self.fields["value"]
        items = list(self.initial.get("items", ()))
        self.fields = self._rows(items) | self.fields

    def _rows(self, items: list[Item]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for at in range(self._count(items)):
            item = items[at] if at < len(items) else ""
            code = item.get("concept", "") if isinstance(item, Mapping) else ""
            told = label_of(code) if code in taxonomy() else ""
            found[f"{WORDS}{at}"] = _words_field(at, words_of(item))
            found[f"{CONCEPT}{at}"] = _concept_field(at, self.facet, told)
        return found

    def _count(self, items: list[Item]) -> int:
        if self.is_bound:
            sent = [name.removeprefix(WORDS) for name in self.data if name.startswith(WORDS)]
            return min(MOST, max([LEAST, *(int(at) + 1 for at in sent if at.isdecimal() and len(at) < 4)]))
        return min(MOST, max(LEAST, len(items) + SPARE))

    @property
    def term_rows(self) -> list[tuple[BoundField, BoundField]]:
        names = [name for name in self.fields if name.startswith(WORDS)]
        return [(self[name], self[CONCEPT + name.removeprefix(WORDS)]) for name in names]

    @property
    def besides(self) -> Iterable[BoundField]:
        """Everything but the rows."""
        rows = (WORDS, CONCEPT)
        return [self[name] for name in self.fields if not name.startswith(rows)]

    def clean(self) -> None:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        items: list[Item] = []
        for name in [name for name in self.fields if name.startswith(WORDS)]:
            at = name.removeprefix(WORDS)
            items += self._items(at, squeeze(cleaned.pop(name, "")), squeeze(cleaned.pop(CONCEPT + at, "")))
        if not items and not self.errors:
            self.add_error(f"{WORDS}0", _("Ghi ít nhất một mục."))
        cleaned["value"] = items

    def _items(self, at: str, words: str, concept: str) -> list[Item]:
        pieces: list[Item] = [part for each in words.split(";") if (part := each.strip())]
        if not concept:
            return pieces
        code = concept_named(concept, self.facet)
        if not code:
            self.add_error(CONCEPT + at, not_in_taxonomy(concept, self.facet))
        elif len(pieces) > 1:
            said = _("Mỗi mục một dòng khi chọn khái niệm: tách các mục cách nhau bằng dấu chấm phẩy.")
            self.add_error(WORDS + at, said)
        return [{"text": words.strip("; ") or label_of(code), "concept": code}] if code else pieces


class OwnTermsForm(TermsForm, OwnFactForm):
    """Items with their concepts in the firm's own words."""


def _words_field(at: int, first: str) -> forms.Field:
    label = _("Tên gọi, mục %(n)s") % {"n": at + 1}
    widget = forms.TextInput(attrs={"autocomplete": "off", "aria-label": label, "placeholder": _("Tên gọi")})
    return forms.CharField(label=label, required=False, max_length=500, initial=first, widget=widget)


def _concept_field(at: int, facet: str, first: str) -> forms.Field:
    label = _("Khái niệm, mục %(n)s") % {"n": at + 1}
    widget = forms.TextInput(
        attrs=choosing(facet) | {"aria-label": label, "placeholder": _("Khái niệm trong danh mục")}
    )
    return forms.CharField(label=label, required=False, max_length=200, initial=first, widget=widget)
