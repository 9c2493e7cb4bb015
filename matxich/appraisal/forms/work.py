"""What is filled in about batches, interests, assignments, sittings, cuts, quotas and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.appraisal.actions.assignment import Wanted
from matxich.appraisal.actions.batches import BatchFacts
from matxich.appraisal.actions.decisions import Choices
from matxich.appraisal.criteria import said
from matxich.appraisal.forms.councils import VersionForm
from matxich.appraisal.models import Batch, Case, Council, CouncilMember, CriteriaSet, Session
from matxich.appraisal.states import Route
from matxich.places.queries import province_choices
from matxich.programmes.models import FundingLine
from matxich.rulebook.appraisal.conflicts import CATEGORIES

QUOTA_ROWS = 3


def dong(typed: str) -> int:
    """Whole đồng as people type it: 300.000.000. Raises ValidationError."""
    text = "".join(typed.replace(".", "").replace(",", "").split())
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise forms.ValidationError(_("Ghi số tiền là số nguyên đồng, ví dụ 300.000.000."))
    return int(text)


class MoneyField(forms.CharField):
    """Whole đồng; None where it was left open."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=25, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return dong(text) if text else None


class BatchForm(VersionForm):
    agency = forms.ModelChoiceField(label=_("Cơ quan phụ trách"), queryset=Agency.objects.none())
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    name = forms.CharField(label=_("Tên đợt"), max_length=200)
    route = forms.ChoiceField(label=_("Hình thức"), choices=Route.choices, widget=forms.RadioSelect)
    council = forms.ModelChoiceField(
        label=_("Hội đồng hoặc bộ phận thẩm định"), queryset=Council.objects.none(), required=False
    )
    criteria = forms.ModelChoiceField(label=_("Bộ tiêu chí"), queryset=CriteriaSet.objects.none())
    funding_line = forms.ModelChoiceField(
        label=_("Nguồn kinh phí"), queryset=FundingLine.objects.none(), required=False
    )
    assigned_only = forms.BooleanField(
        label=_("Chỉ người được giao mới chấm"), required=False,
        help_text=_("Bỏ trống: mọi thành viên hội đồng chấm mọi hồ sơ."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: dict[str, Any], batch: Batch | None, **kwargs: Any) -> None:
        initial = {"route": Route.COUNCIL} if batch is None else {
            "name": batch.name, "route": batch.route, "council": batch.council_id, "criteria": batch.criteria_id,
            "funding_line": batch.funding_line_id, "assigned_only": batch.assigned_only, "base_version": batch.version,
        }  # fmt: skip
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if batch is not None:
            del self.fields["agency"], self.fields["year"]

    def facts(self, rank_rule: dict[str, Any]) -> BatchFacts:
        told = self.cleaned_data
        return BatchFacts(
            name=told["name"], criteria=told["criteria"], route=told["route"], council=told["council"],
            funding_line=told["funding_line"], assigned_only=told["assigned_only"], rank_rule=rank_rule,
        )  # fmt: skip


class InterestForm(forms.Form):
    case = forms.ModelChoiceField(label=_("Hồ sơ"), queryset=Case.objects.none())
    category = forms.ChoiceField(label=_("Loại lợi ích"))
    detail = forms.CharField(label=_("Lợi ích đó là gì"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    steps_back = forms.ChoiceField(
        label=_("Bạn muốn"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("Rút khỏi hồ sơ này")),
            ("no", _("Vẫn chấm nếu chủ tịch hoặc thư ký kết luận không phải xung đột")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (code, said(words)) for code, words in CATEGORIES.items() if code != "unresolved"
        ]


class AssignForm(forms.Form):
    needs = forms.IntegerField(label=_("Số người mỗi hồ sơ"), min_value=1, max_value=50, initial=2)
    least = forms.IntegerField(label=_("Mỗi người ít nhất"), min_value=0, max_value=10_000, initial=0)
    most = forms.IntegerField(label=_("Mỗi người nhiều nhất"), min_value=0, max_value=10_000, initial=20)
    min_finance = forms.IntegerField(
        label=_("Ủy viên tài chính mỗi hồ sơ, ít nhất"), min_value=0, max_value=9, initial=0
    )
    one_per_organisation = forms.BooleanField(label=_("Mỗi cơ quan nhiều nhất một người"), required=False)
    ban_same_province = forms.BooleanField(label=_("Không giao hồ sơ cùng tỉnh, thành"), required=False)
    fair = forms.BooleanField(
        label=_("Ưu tiên hồ sơ ít được phục vụ nhất"), required=False,
        help_text=_("Nâng hồ sơ kém nhất lên cao nhất trước, rồi mới đến tổng."),
    )  # fmt: skip

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class OverrideForm(forms.Form):
    gone = forms.ModelChoiceField(label=_("Bớt"), queryset=CouncilMember.objects.none(), required=False)
    come = forms.ModelChoiceField(label=_("Thêm"), queryset=CouncilMember.objects.none(), required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gone", "come"):
            field = self.fields[name]
            field.queryset = members  # type: ignore[attr-defined]
            field.label_from_instance = lambda member: member.user.name  # type: ignore[attr-defined]


class SessionForm(VersionForm):
    starts_at = forms.DateTimeField(
        label=_("Giờ họp"), input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("Giờ Việt Nam."),
    )  # fmt: skip
    venue = forms.CharField(label=_("Nơi họp"), max_length=300, required=False)
    online_url = forms.URLField(
        label=_("Đường dẫn họp trực tuyến"), max_length=300, required=False, assume_scheme="https"
    )
    cases = forms.ModelMultipleChoiceField(
        label=_("Nội dung"), queryset=Case.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, cases: Any, session: Session | None = None, **kwargs: Any) -> None:
        initial = {} if session is None else {
            "starts_at": session.starts_at, "venue": session.venue, "online_url": session.online_url,
            "cases": list(session.items.values_list("case_id", flat=True)), "base_version": session.version,
        }  # fmt: skip
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("Ý kiến"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))


class ConcludeForm(forms.Form):
    conditions = forms.CharField(
        label=_("Chủ trì phải sửa, bổ sung"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class QuotaForm(forms.Form):
    """A few limits on where the money goes; empty rows count for nothing."""

    def __init__(self, *args: Any, quotas: list[dict[str, Any]] | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for index, each in enumerate((quotas or [])[:QUOTA_ROWS]):
            value = {True: "1", False: "0"}.get(each["value"], each["value"])
            initial |= {f"by_{index}": each["by"], f"value_{index}": value, f"min_{index}": each["min"],
                        f"max_{index}": each["max"]}  # fmt: skip
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for index in range(QUOTA_ROWS):
            self.fields[f"by_{index}"] = forms.ChoiceField(
                label=_("Ràng buộc theo"), required=False,
                choices=[("", "–"), ("province", _("tỉnh, thành")), ("sector", _("ngành")), ("sme", _("nhỏ và vừa"))],
            )  # fmt: skip
            self.fields[f"value_{index}"] = forms.CharField(
                label=_("Giá trị"), required=False, max_length=40, help_text=_("Mã tỉnh, mã ngành; 1 là nhỏ và vừa.")
            )
            self.fields[f"min_{index}"] = MoneyField(label=_("Ít nhất, đồng"), required=False)
            self.fields[f"max_{index}"] = MoneyField(label=_("Nhiều nhất, đồng"), required=False)

    def quotas(self) -> list[dict[str, Any]]:
        told, found = self.cleaned_data, []
        provinces = {name: code for code, name in province_choices("34")}
        for index in range(QUOTA_ROWS):
            by, value = told.get(f"by_{index}", ""), told.get(f"value_{index}", "").strip()
            if not by:
                continue
            found.append(
                {
                    "by": by,
                    "value": value == "1" if by == "sme" else provinces.get(value, value),
                    "min": told[f"min_{index}"],
                    "max": told[f"max_{index}"],
                }
            )
        return found


class DecisionForm(VersionForm):
    """Of the rows of a page: for a recommended case an amount, its place in reserve, why it departs from the official
    cut; for one that is refused, words."""

    def __init__(self, *args: Any, rows: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for row in rows:
            initial |= {
                f"amount-{row['case']}": row["granted"], f"why-{row['case']}": row["departure"] or row["refusal"],
                f"reserve-{row['case']}": row["reserve"],
            }  # fmt: skip
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            key = row["case"]
            if row["recommended"] == "met":
                self.fields[f"amount-{key}"] = MoneyField(label=_("Hỗ trợ"), required=False)
                self.fields[f"reserve-{key}"] = forms.IntegerField(
                    label=_("Thứ tự dự bị"), required=False, min_value=1, max_value=9999
                )
            self.fields[f"why-{key}"] = forms.CharField(label=_("Lý do"), required=False, max_length=500)

    def lines(self) -> list[dict[str, Any]]:
        """Each row with its fields; a case that is not recommended has words alone."""
        return [
            {"row": row}
            | {
                part: self[f"{part}-{row['case']}"]
                for part in ("amount", "reserve", "why")
                if f"{part}-{row['case']}" in self.fields
            }
            for row in self.rows
        ]

    def choices(self, stored: Mapping[str, Any]) -> Choices:
        """The whole document: what was chosen before, with the rows of this page as they were typed."""
        told = self.cleaned_data
        amounts, departures, refusals = (
            {int(case): value for case, value in stored.get(part, {}).items()}
            for part in ("amounts", "departures", "refusals")
        )
        for row in self.rows:
            case = row["case"]
            amounts[case] = told.get(f"amount-{case}") or 0
            departures.pop(case, None), refusals.pop(case, None)
            why = told[f"why-{case}"].strip()
            if why and amounts[case] != row["cut"]:
                departures[case] = why
            elif why and not amounts[case]:
                refusals[case] = why
        reserve = [case for case in self._reserve(stored.get("reserve", [])) if not amounts.get(case)]
        return Choices(amounts=amounts, departures=departures, refusals=refusals, reserve=tuple(reserve))

    def _reserve(self, stored: Sequence[int]) -> list[int]:
        """Cases whose place was changed go where it says, those that were not stand around them in their order."""
        typed = {row["case"]: self.cleaned_data.get(f"reserve-{row['case']}") for row in self.rows}
        changed = {row["case"]: typed[row["case"]] for row in self.rows if typed[row["case"]] != row["reserve"]}
        order = [case for case in stored if case not in changed]
        after = 0
        for case, place in sorted(changed.items(), key=lambda each: each[1] or 0):
            if place is not None:
                after = max(place - 1, after)
                order.insert(after, case)
                after += 1
        return order


class ReserveForm(forms.Form):
    """One case of a reserve list: support it by a further decision, or end its waiting."""

    case = forms.IntegerField()
    amount = MoneyField(label=_("Số tiền"), required=False)
    number = forms.CharField(label=_("Số quyết định bổ sung"), required=False, max_length=100)
    on = forms.DateField(label=_("Ngày quyết định bổ sung"), required=False)
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500)


class CriteriaForm(VersionForm):
    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none())
    text = forms.CharField(
        label=_("Bộ tiêu chí, viết bằng YAML"), max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "mx-code-area"}),
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if own:
            del self.fields["agency"]
