"""Programmes, their lines of money and lessons."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency
from matxich.accounts.states import AgencyKind
from matxich.places.queries import province_choices
from matxich.programmes.actions.programmes import OTHER, Draft
from matxich.programmes.forms.fields import VersionForm
from matxich.programmes.models import Programme
from matxich.programmes.states import LOCAL_SOURCES, LessonKind, MoneySource, ProgrammeKind
from matxich.rulebook.law.parameters import NATIONAL

ONE_DAY = timedelta(days=1)


class ProgrammeForm(forms.Form):
    """`last_day` as people say it: the programme ends with it. `kinds`: those that may be chosen."""

    agency = forms.ChoiceField(label=_("Cơ quan chủ trì"))
    kind = forms.ChoiceField(label=_("Loại chương trình"), choices=ProgrammeKind.choices)
    place = forms.ChoiceField(
        label=_("Tỉnh, thành phố"), required=False, help_text=_("Để trống với chương trình quốc gia.")
    )
    code = forms.CharField(
        label=_("Mã"), max_length=40, help_text=_("Chữ không dấu, số và gạch nối, ví dụ KCDP-HP-2026.")
    )
    name = forms.CharField(label=_("Tên chương trình"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    starts = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    legal_act = forms.CharField(
        label=_("Văn bản phê duyệt"), max_length=300, required=False, help_text=_("Số, ngày, cơ quan ban hành.")
    )
    goal = forms.CharField(
        label=_("Mục tiêu"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, agencies: Iterable[Agency], kinds: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["agency"].choices = [(pk, agency.name) for pk, agency in self.agencies.items()]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Cả nước")), *province_choices("34")]  # type: ignore[attr-defined]
        if kinds:
            allowed = set(kinds)
            self.fields["kind"].choices = [each for each in ProgrammeKind.choices if each[0] in allowed]  # type: ignore[attr-defined]

    @property
    def chosen_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]

    @property
    def draft(self) -> Draft:
        told = self.cleaned_data
        return Draft(
            code=told["code"], name=told["name"], kind=told["kind"], starts=told["starts"],
            ends=told["last_day"] + ONE_DAY, place=told["place"], name_en=told["name_en"], legal_act=told["legal_act"],
            goal=told["goal"],
        )  # fmt: skip


class ProgrammeChangeForm(VersionForm, ProgrammeForm):
    """Kind, place and agency stay: they decide whose rules hold."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, agencies=[programme.agency], **kwargs)
        for name in ("agency", "kind", "place"):
            self.fields[name].disabled = True


def initial_of(programme: Programme) -> dict[str, Any]:
    names = ("code", "name", "name_en", "kind", "place", "starts", "legal_act", "goal")
    return {name: getattr(programme, name) for name in names} | {
        "agency": str(programme.agency_id), "last_day": programme.ends - ONE_DAY, "base_version": programme.version,
    }  # fmt: skip


class LineForm(forms.Form):
    """A line of money; whose figures of the law hold follows from its source."""

    year = forms.IntegerField(label=_("Năm ngân sách"), min_value=2000, max_value=2100)
    source = forms.ChoiceField(label=_("Nguồn tiền"), choices=MoneySource.choices)
    name = forms.CharField(label=_("Tên nguồn"), max_length=200, help_text=_("Như trong quyết định giao dự toán."))
    sponsor = forms.ModelChoiceField(
        label=_("Nhà tài trợ"), queryset=Agency.objects.none(), required=False,
        help_text=_("Chỉ với nguồn của đối tác tài trợ."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        partners = Agency.objects.filter(kind__in=(AgencyKind.PARTNER, AgencyKind.ASSOCIATION, AgencyKind.ENTERPRISE))
        self.fields["sponsor"].queryset = partners.filter(valid_to=None)  # type: ignore[attr-defined]

    @property
    def layer(self) -> str:
        source = self.cleaned_data["source"]
        if source == MoneySource.SPONSOR:
            return OTHER
        return f"province:{self.programme.place}" if source in LOCAL_SOURCES else NATIONAL


class LessonForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại"), choices=LessonKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Bài học"), max_length=200, help_text=_("Một câu, người nơi khác cũng hiểu."))
    text = forms.CharField(
        label=_("Kể rõ"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đã làm gì, kết quả ra sao, nơi khác nên làm hay tránh điều gì."),
    )  # fmt: skip


def a_year(programme: Programme, today: date) -> int:
    """The year a new line or plan is most likely for: this one, or the next once autumn has come."""
    wanted = today.year + (today.month >= 9)
    return min(max(wanted, programme.starts.year), programme.ends.year)
