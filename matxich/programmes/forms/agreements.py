"""An agreement: parties, promised figures, what is done together, the signed paper."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.forms import formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency
from matxich.programmes.actions.agreements import Draft, Party, Target
from matxich.programmes.forms.fields import QuantityField, Rows, VersionForm
from matxich.programmes.models import Agreement, AgreementParty, Programme
from matxich.programmes.states import Comparator, PartyRole

ONE_DAY = timedelta(days=1)


class AgreementForm(VersionForm):
    """`base_version` 0 for an agreement that is not there yet. `last_day` counts whole."""

    agency = forms.ChoiceField(label=_("Cơ quan giữ thỏa thuận"))
    title = forms.CharField(label=_("Tên thỏa thuận"), max_length=300)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, required=False)
    signed_on = DayField(label=_("Ngày ký"), required=False)
    valid_from = DayField(label=_("Có hiệu lực từ ngày"), required=False)
    last_day = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu không định hạn."))
    programme = forms.ModelChoiceField(label=_("Thuộc chương trình"), queryset=Programme.objects.none(), required=False)
    parent = forms.ModelChoiceField(
        label=_("Tiếp theo thỏa thuận"), queryset=Agreement.objects.none(), required=False,
        help_text=_("Thỏa thuận mà văn bản này sửa đổi hoặc tiếp nối."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Nội dung chính"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, agencies: list[Agency], agreement: Agreement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["agency"].choices = [(pk, agency.name) for pk, agency in self.agencies.items()]  # type: ignore[attr-defined]
        self.fields["agency"].disabled = agreement is not None
        self.fields["programme"].queryset = Programme.objects.filter(agency__in=list(self.agencies))  # type: ignore[attr-defined]
        others = Agreement.objects.exclude(pk=agreement.pk) if agreement else Agreement.objects.all()
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]

    @property
    def chosen_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]

    def draft(self, parties: list[Party], targets: list[Target]) -> Draft:
        told = self.cleaned_data
        return Draft(
            title=told["title"], number=told["number"], signed_on=told["signed_on"], valid_from=told["valid_from"],
            valid_to=told["last_day"] + ONE_DAY if told["last_day"] else None, note=told["note"],
            parent=told["parent"], programme=told["programme"], parties=tuple(parties), targets=tuple(targets),
        )  # fmt: skip


def initial_of(agreement: Agreement) -> dict[str, Any]:
    names = ("title", "number", "signed_on", "valid_from", "note")
    return {name: getattr(agreement, name) for name in names} | {
        "agency": str(agreement.agency_id),
        "last_day": agreement.valid_to - ONE_DAY if agreement.valid_to else None,
        "programme": agreement.programme_id,
        "parent": agreement.parent_id,
        "base_version": agreement.version,
    }


class PartyForm(forms.Form):
    name = forms.CharField(label=_("Tên bên tham gia"), max_length=300)
    role = forms.ChoiceField(label=_("Vai"), choices=[("", _("Chọn")), *PartyRole.choices])
    agency = forms.ChoiceField(
        label=_("Trong hệ thống"),
        required=False,
    )
    signatory = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    signatory_title = forms.CharField(label=_("Chức vụ"), max_length=150, required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


def party_of(told: dict[str, Any]) -> Party:
    return Party(
        name=told["name"], role=told["role"], agency=int(told["agency"]) if told["agency"] else None,
        signatory=told["signatory"], signatory_title=told["signatory_title"],
    )  # fmt: skip


_PartyRows: Any = formset_factory(
    PartyForm, formset=Rows, extra=3, can_delete=True, can_delete_extra=False, max_num=30, absolute_max=40
)


class TargetForm(forms.Form):
    name = forms.CharField(label=_("Mục tiêu"), max_length=300)
    comparator = forms.ChoiceField(label=_("Cách nói"), choices=[("", _("Chọn")), *Comparator.choices])
    value = QuantityField(label=_("Con số"), least=0)  # type: ignore[arg-type]
    unit = forms.CharField(label=_("Đơn vị"), max_length=50)
    until = DayField(label=_("Tính đến hết ngày"), required=False)
    source = forms.CharField(label=_("Ở điều nào"), max_length=200)
    indicator = forms.CharField(label=_("Mã chỉ tiêu"), max_length=20, required=False)


def target_of(told: dict[str, Any]) -> Target:
    names = ("name", "comparator", "value", "unit", "until", "source", "indicator")
    return Target(**{name: told[name] for name in names})


_TargetRows: Any = formset_factory(
    TargetForm, formset=Rows, extra=2, can_delete=True, can_delete_extra=False, max_num=60, absolute_max=80
)


def party_rows(data: Any, agreement: Agreement | None) -> Rows:
    """The agencies to choose from are asked once for all rows."""
    agencies = [(str(pk), name) for pk, name in Agency.objects.filter(valid_to=None).values_list("pk", "name")]
    known = {"agencies": [("", gettext("Chưa có")), *agencies]}
    initial = _parties(agreement) if agreement else []
    found: Rows = _PartyRows(data, form_kwargs=known, initial=initial, prefix="parties")
    return found


def target_rows(data: Any, agreement: Agreement | None) -> Rows:
    initial = _targets(agreement) if agreement else []
    found: Rows = _TargetRows(data, initial=initial, prefix="targets")
    return found


def _parties(agreement: Agreement) -> list[dict[str, Any]]:
    names = ("name", "role", "signatory", "signatory_title")
    return [
        {name: getattr(each, name) for name in names} | {"agency": str(each.agency_id or "")}
        for each in agreement.parties.order_by("order")
    ]


def _targets(agreement: Agreement) -> list[dict[str, Any]]:
    names = ("name", "comparator", "value", "unit", "until", "source", "indicator")
    return [{name: getattr(each, name) for name in names} for each in agreement.targets.order_by("order")]


class EndForm(VersionForm):
    ended_on = DayField(label=_("Ngày cuối còn hiệu lực"))
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class TaskForm(forms.Form):
    title = forms.CharField(label=_("Việc"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Bên chịu trách nhiệm"), queryset=AgreementParty.objects.none())
    due = DayField(label=_("Hạn"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = agreement.parties.order_by("order")  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """The signed paper, scanned."""

    file = forms.FileField(
        label=_("Bản ký đã quét"), widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"required": _("Chọn tệp cần tải lên.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        self.fields["file"].help_text = gettext("PDF hoặc ảnh, tối đa %(limit)s MB.") % {"limit": limit}
