"""A plan of a year: its rows, how long steps take, its decision."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.programmes.actions.plans import Item
from matxich.programmes.contents import groups
from matxich.programmes.forms.fields import DongField, QuantityField, Rows, VersionForm
from matxich.programmes.models import YearPlan
from matxich.programmes.queries.showing import language, step_name
from matxich.programmes.timing import law_durations, steps
from matxich.rulebook.programmes.content_groups import groups_for

type Choices = list[tuple[str, str]]


class NewPlanForm(forms.Form):
    year = forms.IntegerField(label=_("Năm kế hoạch"), min_value=2000, max_value=2100)


class PlanForm(VersionForm):
    """`note` and the days each step takes; those the law sets are shown, not asked."""

    note = forms.CharField(
        label=_("Thuyết minh"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_law = law_durations(plan.year)
        self.timed = [step for step in steps().steps[1:] if step.id not in by_law]
        for step in self.timed:
            unit = gettext("ngày làm việc") if step.unit == "working_days" else gettext("ngày")
            self.fields[f"days_{step.id}"] = forms.IntegerField(
                label=step_name(step.id), min_value=0, max_value=400, help_text=unit,
                initial=plan.durations.get(step.id, step.days),
            )  # fmt: skip

    @property
    def durations(self) -> dict[str, int]:
        return {step.id: self.cleaned_data[f"days_{step.id}"] for step in self.timed}


class ItemForm(forms.Form):
    content_group = forms.ChoiceField(label=_("Nội dung"))
    title = forms.CharField(label=_("Việc cụ thể"), max_length=300, required=False)
    line = forms.ChoiceField(label=_("Nguồn kinh phí"))
    quantity = QuantityField(label=_("Số lượng"))
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=50)
    amount = DongField(label=_("Kinh phí, đồng"), least=0, help_text="")

    def __init__(self, *args: Any, contents: Choices, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content_group"].choices = contents  # type: ignore[attr-defined]
        self.fields["line"].choices = lines  # type: ignore[attr-defined]


def item_of(told: dict[str, Any]) -> Item:
    return Item(
        content_group=told["content_group"], title=told["title"], line=int(told["line"]), quantity=told["quantity"],
        unit=told["unit"], amount=told["amount"],
    )  # fmt: skip


_ItemRows: Any = formset_factory(
    ItemForm, formset=Rows, extra=2, can_delete=True, can_delete_extra=False, max_num=200, absolute_max=250
)


def item_rows(data: Any, plan: YearPlan) -> Rows:
    """What there is to choose from is asked once for all rows."""
    none = ("", gettext("Chọn"))
    contents = [(each.id, f"{each.id} {each.name(language())}") for each in groups_for(groups(), plan.programme.kind)]
    lines = [(str(line.pk), line.name) for line in plan.programme.lines.filter(year=plan.year).order_by("pk")]
    known = {"contents": [none, *contents], "lines": [none, *lines]}
    found: Rows = _ItemRows(data, form_kwargs=known, initial=_initial(plan), prefix="items")
    return found


def _initial(plan: YearPlan) -> list[dict[str, Any]]:
    return [
        {
            "content_group": item.content_group, "title": item.title, "line": str(item.funding_line_id),
            "quantity": item.quantity, "unit": item.unit, "amount": item.amount,
        }
        for item in plan.items.order_by("order", "pk")
    ]  # fmt: skip


class ApproveForm(VersionForm):
    decision_no = forms.CharField(label=_("Số quyết định"), max_length=100)
    decided_on = DayField(label=_("Ngày quyết định"))
