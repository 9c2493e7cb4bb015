"""How Django draws forms here: our field template, our control classes, errors beside their field."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class StyledField(forms.BoundField):
    """A bound field whose control carries the class that the style sheet knows."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        control = widget or self.field.widget
        attrs["class"] = f"{control.attrs.get('class', '')} {control_class(control)}".strip()
        return attrs


def control_class(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect)):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, forms.NumberInput) or widget.attrs.get("inputmode") in {"numeric", "decimal"}:
        return "form-control mx-num"
    return "form-control"


class FormRenderer(TemplatesSetting):
    """Named by settings.FORM_RENDERER, so that `{{ form }}` and `{{ field.as_field_group }}` look like the rest."""

    form_template_name = "mx/form.html"
    field_template_name = "mx/field.html"
    bound_field_class = StyledField
