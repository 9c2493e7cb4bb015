"""Targets and figures as people type them, answers about readiness, periods of reporting, words beside figures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency
from matxich.indicators.queries.showing import name_of_indicator
from matxich.places.queries import province_choices
from matxich.programmes.forms.fields import VersionForm
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.formatting import QUALIFIERS
from matxich.rulebook.indicators.readiness import CRITERIA
from matxich.rulebook.vietnamese.numbers import format_number, parse_number

EDITIONS = [("34", _("34 tỉnh, từ 01/7/2025")), ("63", _("63 tỉnh, trước 01/7/2025"))]


def indicator_choices(chosen: Iterable[Indicator]) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {name_of_indicator(one)}") for one in chosen]


class AmountField(forms.CharField):
    """A number as people write it, with the qualifier in its own field."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_number(value.normalize()) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = parse_number(text, decimal=",")
        if found is None or found.comparator or found.unit:
            raise forms.ValidationError(_("Ghi một số, ví dụ 920 hoặc 13,9; cách nói như “khoảng” chọn ở ô bên."))
        return found.value


class _Told(forms.Form):
    """What a target and a reported figure share. `place`: a province of the map that is chosen."""

    indicator = forms.ChoiceField(label=_("Chỉ tiêu"))
    edition = forms.ChoiceField(label=_("Bản đồ"), choices=EDITIONS)
    place = forms.ChoiceField(label=_("Tỉnh, thành phố"), required=False)
    word = forms.ChoiceField(
        label=_("Cách nói"), required=False, choices=[("", _("đúng số này")), *[(one, one) for one in QUALIFIERS]],
        help_text=_("Giữ như trong văn bản: khoảng, trên, hơn, chỉ."),
    )  # fmt: skip
    value = AmountField(label=_("Con số"))

    def __init__(
        self, *args: Any, indicators: Iterable[Indicator], national: bool, places: Iterable[str], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices(indicators)  # type: ignore[attr-defined]
        both = dict(province_choices("63")) | dict(province_choices("34"))
        allowed = both if national else {code: name for code, name in both.items() if code in set(places)}
        first = [("", _("Cả nước"))] if national else []
        self.fields["place"].choices = [*first, *sorted(allowed.items(), key=lambda one: one[1])]  # type: ignore[attr-defined]


class TargetForm(_Told):
    since = DayField(label=_("Tính từ ngày"), required=False)
    until = DayField(label=_("Đến hết ngày"))
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản hoặc bài viết nêu mục tiêu."))
    legal_act = forms.CharField(label=_("Số văn bản"), max_length=200, required=False)
    rebuilt = forms.BooleanField(label=_("Dựng lại từ bài báo, chưa thấy văn bản gốc"), required=False)


class ReportedForm(_Told):
    since = DayField(label=_("Kỳ từ ngày"), required=False, help_text=_("Chỉ với số trong kỳ; để trống là đầu năm."))
    as_of = DayField(label=_("Số liệu đến ngày"))
    source = forms.CharField(label=_("Nguồn"), max_length=300)
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    rebuilt = forms.BooleanField(label=_("Dựng lại từ bài báo, chưa thấy văn bản gốc"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=300, help_text=_("Được lưu trong nhật ký."))


class ReadinessForm(forms.Form):
    place = forms.ChoiceField(label=_("Tỉnh, thành phố"))
    criterion = forms.ChoiceField(label=_("Tiêu chí"))
    met = forms.TypedChoiceField(
        label=_("Trả lời"), choices=[("1", _("Đã có")), ("0", _("Chưa có"))], coerce=lambda said: said == "1"
    )
    as_of = DayField(label=_("Tính đến ngày"))
    source = forms.CharField(label=_("Văn bản hoặc nguồn"), max_length=300)

    def __init__(self, *args: Any, national: bool, places: Iterable[str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = province_choices("34")
        chosen = every if national else [one for one in every if one[0] in set(places)]
        self.fields["place"].choices = chosen  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (code, said[0 if language == "vi" else 1]) for code, said in CRITERIA.items()
        ]


class PeriodForm(forms.Form):
    """Who is asked for what, by when. `last_day` as people say it: the period ends with it."""

    agency = forms.ChoiceField(label=_("Cơ quan tổng hợp"))
    title = forms.CharField(label=_("Tên kỳ báo cáo"), max_length=200)
    starts = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    due_before = DayField(label=_("Gửi trước ngày"))
    edition = forms.ChoiceField(label=_("Bản đồ"), choices=EDITIONS)
    indicators = forms.MultipleChoiceField(label=_("Chỉ tiêu"), widget=forms.CheckboxSelectMultiple)
    reporters = forms.MultipleChoiceField(label=_("Cơ quan báo cáo"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, agencies: Iterable[Agency], reporters: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(one.pk): one for one in agencies}
        self.asked = {str(one.pk): one for one in reporters}
        self.fields["agency"].choices = [(pk, one.name) for pk, one in self.agencies.items()]  # type: ignore[attr-defined]
        self.fields["reporters"].choices = [(pk, one.name) for pk, one in self.asked.items()]  # type: ignore[attr-defined]
        whole = [one for one in catalogue().values() if len(one.code) == 3]
        self.fields["indicators"].choices = indicator_choices(whole)  # type: ignore[attr-defined]


class FillForm(VersionForm):
    """What people add beside the figures; comments of cells are read by the view."""

    comment = forms.CharField(
        label=_("Nhận xét chung"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(VersionForm):
    reason = forms.CharField(label=_("Yêu cầu chung"), required=False, max_length=500)


class ReopenForm(VersionForm):
    reason = forms.CharField(
        label=_("Lý do mở lại"), max_length=500, help_text=_("Báo cáo tổng hợp đã lấy số này cũng được mở lại.")
    )
