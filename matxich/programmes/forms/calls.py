"""A call: what it says, its calendar, a later deadline."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.programmes.actions.calls import OWN_STEPS, Dated, Draft
from matxich.programmes.contents import groups
from matxich.programmes.forms.fields import DongField, MomentField, Rows, VersionForm
from matxich.programmes.models import Call, YearPlan
from matxich.programmes.queries.showing import language, step_name, support_name
from matxich.programmes.states import Route
from matxich.programmes.timing import OTHER, steps
from matxich.rulebook.programmes.content_groups import groups_for, supports_of


class CallForm(VersionForm):
    """`base_version` 0 for a call that is not there yet."""

    title = forms.CharField(label=_("Tên đợt"), max_length=300)
    title_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    code = forms.CharField(
        label=_("Mã"), max_length=40, help_text=_("Chữ không dấu, số và gạch nối, ví dụ KCDP-HP-2026-1.")
    )
    content_groups = forms.MultipleChoiceField(label=_("Nội dung"), widget=forms.CheckboxSelectMultiple)
    supports = forms.MultipleChoiceField(
        label=_("Loại hỗ trợ được chi"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn loại nào là mọi loại của các nội dung đã chọn."),
    )  # fmt: skip
    lines = forms.MultipleChoiceField(label=_("Nguồn kinh phí"), widget=forms.CheckboxSelectMultiple)
    opens_at = MomentField(label=_("Mở từ"), required=False)
    closes_at = MomentField(
        label=_("Nhận đến trước"),
        required=False,
        help_text=_("Giờ Việt Nam, đến từng giây; đúng giờ này là đã hết hạn."),
    )
    max_amount = DongField(label=_("Hỗ trợ nhiều nhất cho một đề án"), required=False)
    route = forms.ChoiceField(label=_("Ai thẩm định"), choices=Route.choices, widget=forms.RadioSelect)
    criteria_code = forms.CharField(label=_("Bộ tiêu chí"), max_length=40, required=False)
    form_code = forms.CharField(label=_("Mẫu đề án"), max_length=40, required=False)
    joint_allowed = forms.BooleanField(label=_("Nhận đề án nhiều đơn vị cùng đứng tên"), required=False)
    grouped_allowed = forms.BooleanField(label=_("Nhận đề án nhóm, đơn vị thụ hưởng kê sau"), required=False)
    instructions = forms.CharField(
        label=_("Hướng dẫn nộp hồ sơ"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    instructions_en = forms.CharField(
        label=_("Hướng dẫn bằng tiếng Anh"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = groups_for(groups(), plan.programme.kind)
        supports = sorted(supports_of(groups(), [group.id for group in allowed]))
        lines = plan.programme.lines.filter(year=plan.year).order_by("pk")
        self._choose("content_groups", [(group.id, f"{group.id} {group.name(language())}") for group in allowed])
        self._choose("supports", [(code, f"{code} {support_name(code)}") for code in supports])
        self._choose("lines", [(str(line.pk), line.name) for line in lines])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def draft(self, call: Call | None) -> Draft:
        """`call`: the one changed; what this form does not ask stays as it is there."""
        told = self.cleaned_data
        names = (
            "code", "title", "title_en", "opens_at", "closes_at", "max_amount", "route", "criteria_code", "form_code",
            "joint_allowed", "grouped_allowed", "instructions", "instructions_en",
        )  # fmt: skip
        return Draft(
            content_groups=tuple(told["content_groups"]), supports=tuple(told["supports"]),
            lines=tuple(int(pk) for pk in told["lines"]), rank_rule=call.rank_rule if call else None,
            **{name: told[name] for name in names},
        )  # fmt: skip


def initial_of(call: Call) -> dict[str, Any]:
    names = (
        "code", "title", "title_en", "content_groups", "supports", "opens_at", "closes_at", "max_amount", "route",
        "criteria_code", "form_code", "joint_allowed", "grouped_allowed", "instructions", "instructions_en",
    )  # fmt: skip
    return {name: getattr(call, name) for name in names} | {
        "lines": [str(pk) for pk in call.funding_lines.values_list("pk", flat=True)], "base_version": call.version,
    }  # fmt: skip


class DateForm(forms.Form):
    step = forms.ChoiceField(label=_("Bước"))
    label = forms.CharField(label=_("Tên mốc riêng"), max_length=200, required=False)
    on = DayField(label=_("Ngày"), required=False)
    source = forms.CharField(label=_("Theo đâu"), max_length=200, required=False)

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", gettext("Chọn")), *step_choices(plan)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("step") == OTHER and not told.get("label"):
            self.add_error("label", _("Ghi tên mốc riêng của đợt này."))
        return told


def step_choices(plan: YearPlan) -> list[tuple[str, str]]:
    own = [step.id for step in steps().steps if step.id not in OWN_STEPS]
    legal = [each.id for each in steps().dates_for(plan.programme.kind)]
    return [(code, step_name(code)) for code in (*legal, *own)] + [(OTHER, gettext("Mốc riêng"))]


def dated_of(told: dict[str, Any]) -> Dated:
    return Dated(step=told["step"], label=told["label"], on=told["on"], source=told["source"])


_DateRows: Any = formset_factory(
    DateForm, formset=Rows, extra=2, can_delete=True, can_delete_extra=False, max_num=60, absolute_max=80
)


def date_rows(data: Any, call: Call) -> Rows:
    found: Rows = _DateRows(data, form_kwargs={"plan": call.plan}, initial=_dates(call), prefix="dates")
    return found


def _dates(call: Call) -> list[dict[str, Any]]:
    return [
        {"step": each.step, "label": each.label, "on": each.on, "source": each.source}
        for each in call.dates.order_by("pk")
    ]


class StepDoneForm(forms.Form):
    """A step of the call that happened."""

    step = forms.ChoiceField(label=_("Bước đã xong"))
    on = DayField(label=_("Ngày xong"))

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [each for each in step_choices(plan) if each[0] != OTHER]  # type: ignore[attr-defined]


class ExtendForm(VersionForm):
    closes_at = MomentField(label=_("Hạn mới, nhận đến trước"))
    reason = forms.CharField(
        label=_("Lý do gia hạn"), max_length=500, help_text=_("Mọi người đọc được trên trang công khai.")
    )
