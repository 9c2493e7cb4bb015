"""Rounds, firms put on a longlist, decisions, agreements, leaving."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency
from matxich.coaching.actions.cohorts import Draft
from matxich.coaching.instruments import regions
from matxich.coaching.models import Cohort, Participant
from matxich.coaching.queries.showing import named
from matxich.coaching.states import Outcome
from matxich.places.queries import province_choices
from matxich.programmes.forms.fields import EndingForm, VersionForm
from matxich.programmes.models import Agreement, AgreementParty, Programme
from matxich.programmes.states import AgreementState
from matxich.registry.forms.claims import UploadField


class WeeksField(forms.CharField):
    """ "1-3, 5": numbers of weeks and spans of them."""

    def prepare_value(self, value: Any) -> Any:
        return spans(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[int, ...]:
        text = super().clean(value)
        found: list[int] = []
        for part in text.replace(";", ",").split(","):
            first, dash, last = part.strip().partition("-")
            if not part.strip():
                continue
            if not first.strip().isdecimal() or (dash and not last.strip().isdecimal()) or len(part) > 9:
                raise forms.ValidationError(_("Ghi số tuần, ví dụ 1-3 hoặc 4, 6."))
            found += range(int(first), int(last or first) + 1)
        return tuple(dict.fromkeys(found))


def spans(weeks: Any) -> str:
    """[1, 2, 3, 5] → "1-3, 5"."""
    parts: list[list[int]] = []
    for week in sorted(weeks):
        if parts and week == parts[-1][-1] + 1:
            parts[-1].append(week)
        else:
            parts.append([week])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


class CohortForm(VersionForm):
    """`base_version` 0 for a round that is not there yet. The agreement is chosen once."""

    agreement = forms.ModelChoiceField(label=_("Theo thỏa thuận"), queryset=Agreement.objects.none())
    agency = forms.ChoiceField(label=_("Cơ quan chủ trì đợt"))
    code = forms.CharField(label=_("Mã đợt"), max_length=40)
    label = forms.CharField(label=_("Tên đợt"), max_length=20, help_text=_("Ví dụ 1/2026."))
    title = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    title_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    region_set = forms.ChoiceField(label=_("Cách chia vùng"))
    quota = forms.IntegerField(label=_("Chỉ tiêu doanh nghiệp"), min_value=1, max_value=1000)
    weeks = forms.IntegerField(label=_("Số tuần"), min_value=1, max_value=52, initial=12)
    theory_weeks = WeeksField(label=_("Tuần lý thuyết"), required=False, initial=(1, 2, 3))
    site_weeks = WeeksField(label=_("Tuần tại nhà máy"), required=False, initial=tuple(range(4, 13)))
    starts_on = DayField(label=_("Ngày bắt đầu tuần 1"), required=False)
    sponsor = forms.ModelChoiceField(
        label=_("Bên tài trợ"), queryset=AgreementParty.objects.none(), required=False,
        help_text=_("Người của bên này chỉ xem được các đợt của mình."),
    )  # fmt: skip
    programme = forms.ModelChoiceField(label=_("Thuộc chương trình"), queryset=Programme.objects.none(), required=False)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, agencies: list[Agency], cohort: Cohort | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        chosen: Any = self.fields
        chosen["agreement"].queryset = Agreement.objects.filter(state=AgreementState.SIGNED)
        chosen["agency"].choices = [(pk, agency.name) for pk, agency in self.agencies.items()]
        chosen["place"].choices = [("", gettext("Cả nước")), *province_choices("34")]
        chosen["region_set"].choices = [(code, named(one.names)) for code, one in regions().items()]
        chosen["sponsor"].queryset = AgreementParty.objects.filter(agreement__state=AgreementState.SIGNED)
        chosen["programme"].queryset = Programme.objects.filter(agency__in=list(self.agencies))
        if cohort is not None:
            chosen["agreement"].queryset = Agreement.objects.filter(pk=cohort.agreement_id)
            chosen["sponsor"].queryset = cohort.agreement.parties.order_by("order")
            chosen["agreement"].disabled = chosen["agency"].disabled = True

    @property
    def chosen_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]

    def draft(self) -> Draft:
        names = (
            "code", "label", "title", "title_en", "place", "region_set", "quota", "weeks", "theory_weeks", "site_weeks",
            "starts_on", "sponsor", "programme", "note",
        )  # fmt: skip
        return Draft(**{name: self.cleaned_data[name] for name in names})


def initial_of(cohort: Cohort) -> dict[str, Any]:
    names = (
        "code", "label", "title", "title_en", "place", "region_set", "quota", "weeks", "theory_weeks", "site_weeks",
        "starts_on", "note",
    )  # fmt: skip
    return {name: getattr(cohort, name) for name in names} | {
        "agreement": cohort.agreement_id, "agency": str(cohort.agency_id), "sponsor": cohort.sponsor_id,
        "programme": cohort.programme_id, "base_version": cohort.version,
    }  # fmt: skip


class FindForm(forms.Form):
    """A firm by name, tax code or registry id."""

    q = forms.CharField(label=_("Tên, mã số thuế hoặc mã hồ sơ"), max_length=120, required=False)


class ListForm(forms.Form):
    """Which firm, and where the site that is supported lies."""

    enterprise = forms.IntegerField(widget=forms.HiddenInput)
    province_63 = forms.ChoiceField(
        label=_("Tỉnh cũ của nơi được hỗ trợ"), required=False,
        help_text=_("Để trống thì lấy theo địa chỉ trong hồ sơ."),
    )  # fmt: skip
    site = forms.CharField(label=_("Nơi được hỗ trợ"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["province_63"]
        field.choices = [("", gettext("Theo hồ sơ")), *province_choices("63")]


class SelectionForm(forms.Form):
    """An outcome and a reason for every firm in the order of the marks."""

    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, participants: list[Participant], suggested: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = participants
        choices = [(one.value, one.label) for one in (Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED)]
        for one in participants:
            self.fields[f"outcome-{one.pk}"] = forms.ChoiceField(
                label=_("Kết quả"), choices=choices, initial=suggested.get(one.pk)
            )
            self.fields[f"reason-{one.pk}"] = forms.CharField(label=_("Lý do"), max_length=500, required=False)

    def outcomes(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"outcome-{one.pk}"] for one in self.participants}

    def reasons(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"reason-{one.pk}"] for one in self.participants}


class AgreeForm(VersionForm):
    agreed_on = DayField(label=_("Ngày ký cam kết"))
    file = UploadField(label=_("Bản ký đã quét"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        self.fields["file"].help_text = gettext("PDF hoặc ảnh, tối đa %(limit)s MB.") % {"limit": limit}


class DropForm(EndingForm):
    week = forms.IntegerField(
        label=_("Dừng ở tuần"), required=False, min_value=1, max_value=52,
        help_text=_("Để trống thì tính theo hôm nay."),
    )  # fmt: skip
