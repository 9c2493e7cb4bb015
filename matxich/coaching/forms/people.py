"""People, courses, posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.accounts.models import Agency
from matxich.coaching.actions import courses, people
from matxich.coaching.models import Cohort, Course, Enrolment, Person
from matxich.coaching.queries.showing import LANGUAGES
from matxich.coaching.states import CourseKind, Sex
from matxich.places.queries import province_choices
from matxich.programmes.forms.fields import VersionForm
from matxich.programmes.models import Agreement
from matxich.programmes.states import AgreementState


class ChosenAgency(VersionForm):
    """In whose name it is kept."""

    agency = forms.ChoiceField(label=_("Cơ quan giữ hồ sơ"))

    def __init__(self, *args: Any, agencies: list[Agency], fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        field: Any = self.fields["agency"]
        field.choices = [(pk, agency.name) for pk, agency in self.agencies.items()]
        field.disabled = fixed

    @property
    def chosen_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]


class PersonForm(ChosenAgency):
    name = forms.CharField(label=_("Họ tên"), max_length=150)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, initial=Sex.UNTOLD)
    organisation = forms.CharField(label=_("Nơi làm việc"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    nationality = forms.ChoiceField(
        label=_("Quốc tịch"),
        choices=[("vn", _("Việt Nam")), ("kr", _("Hàn Quốc")), ("jp", _("Nhật Bản")), ("zz", _("Khác"))],
    )
    province_63 = forms.ChoiceField(label=_("Tỉnh (theo bản đồ 63)"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Ngôn ngữ làm việc"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = forms.CharField(label=_("Ngành"), max_length=300, required=False, help_text=_("Cách nhau bằng dấu phẩy."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["province_63"]
        field.choices = [("", gettext("Chưa rõ")), *province_choices("63")]

    def draft(self, known: Person | None = None) -> people.Draft:
        told = self.cleaned_data
        return people.Draft(
            name=told["name"], sex=told["sex"], organisation=told["organisation"], email=told["email"],
            phone=told["phone"], nationality=told["nationality"], province_63=told["province_63"],
            languages=tuple(told["languages"]),
            sectors=tuple(part.strip() for part in told["sectors"].split(",") if part.strip()),
            enterprise=known.enterprise if known else None, user=known.user if known else None,
        )  # fmt: skip


def person_initial(person: Person) -> dict[str, Any]:
    names = ("name", "sex", "organisation", "email", "phone", "nationality", "province_63", "languages")
    return {name: getattr(person, name) for name in names} | {
        "sectors": ", ".join(person.sectors), "agency": str(person.agency_id), "base_version": person.version,
    }  # fmt: skip


class MoveForm(VersionForm):
    """Into the pool, renewed, out or back."""

    renew_by = DayField(label=_("Gia hạn trước ngày"), required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False)


class DayForm(forms.Form):
    on = DayField(label=_("Ngày"))
    hours = forms.DecimalField(label=_("Số giờ"), min_value=0, max_value=24, decimal_places=2, localize=True)
    paid = forms.BooleanField(label=_("Được trả công"), required=False, initial=True)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class CourseForm(ChosenAgency):
    kind = forms.ChoiceField(label=_("Loại khóa"), choices=CourseKind.choices)
    code = forms.CharField(label=_("Mã khóa"), max_length=40)
    title = forms.CharField(label=_("Tên khóa học"), max_length=300)
    starts_on = DayField(label=_("Ngày bắt đầu"))
    ends_on = DayField(label=_("Ngày kết thúc"))
    place = forms.ChoiceField(label=_("Tỉnh, thành phố"), required=False)
    where = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    capacity = forms.IntegerField(label=_("Số chỗ"), min_value=1, max_value=1000, initial=25)
    theory_weeks = forms.IntegerField(label=_("Số tuần lý thuyết"), min_value=0, max_value=52, initial=4)
    site_weeks = forms.IntegerField(label=_("Số tuần thực hành tại nhà máy"), min_value=0, max_value=52, initial=8)
    hours = forms.IntegerField(label=_("Tổng số giờ"), min_value=0, max_value=2000, initial=0)
    least_attendance = forms.IntegerField(label=_("Có mặt ít nhất (%)"), min_value=0, max_value=100, initial=80)
    agreement = forms.ModelChoiceField(label=_("Theo thỏa thuận"), queryset=Agreement.objects.none(), required=False)
    cohort = forms.ModelChoiceField(label=_("Thực hành trong đợt"), queryset=Cohort.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["place"].choices = [("", gettext("Cả nước")), *province_choices("34")]
        chosen["agreement"].queryset = Agreement.objects.exclude(state=AgreementState.DRAFT)
        chosen["cohort"].queryset = Cohort.objects.filter(agency__in=list(self.agencies))

    def draft(self, known: Course | None = None) -> courses.Draft:
        names = (
            "kind", "code", "title", "starts_on", "ends_on", "place", "where", "capacity", "theory_weeks", "site_weeks",
            "hours", "least_attendance", "agreement", "cohort",
        )  # fmt: skip
        return courses.Draft(
            **{name: self.cleaned_data[name] for name in names}, programme=known.programme if known else None
        )


def course_initial(course: Course) -> dict[str, Any]:
    names = (
        "kind", "code", "title", "starts_on", "ends_on", "place", "where", "capacity", "theory_weeks", "site_weeks",
        "hours", "least_attendance",
    )  # fmt: skip
    return {name: getattr(course, name) for name in names} | {
        "agreement": course.agreement_id, "cohort": course.cohort_id, "agency": str(course.agency_id),
        "base_version": course.version,
    }  # fmt: skip


class EnrolForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Người học"), queryset=Person.objects.none())

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = Person.objects.exclude(state="left").exclude(enrolments__course=course)


class CourseDayForm(forms.Form):
    on = DayField(label=_("Ngày học"))
    topic = forms.CharField(label=_("Nội dung"), max_length=300)
    hours = forms.DecimalField(label=_("Số giờ"), min_value=0, max_value=24, decimal_places=2, localize=True)
    present = forms.ModelMultipleChoiceField(
        label=_("Có mặt"), queryset=Enrolment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["present"]
        field.queryset = course.enrolments.exclude(state="left").select_related("person")
        field.label_from_instance = lambda enrolment: enrolment.person.name


class AssessForm(forms.Form):
    passed = forms.ChoiceField(
        label=_("Kết quả"), choices=[("yes", _("Đạt")), ("no", _("Chưa đạt")), ("left", _("Bỏ học"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    score = forms.IntegerField(label=_("Điểm (0 đến 100)"), min_value=0, max_value=100, required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False)


class CertifyForm(forms.Form):
    number = forms.CharField(label=_("Số chứng nhận"), max_length=60)
    issued_on = DayField(label=_("Ngày cấp"))
    valid_to = DayField(label=_("Hết hạn"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class PostForm(ChosenAgency):
    post = forms.CharField(label=_("Vị trí việc làm"), max_length=200)
    planned = forms.IntegerField(label=_("Biên chế được giao"), min_value=0, max_value=10_000)
    filled = forms.IntegerField(label=_("Hiện có"), min_value=0, max_value=10_000)
    on = DayField(label=_("Tính đến ngày"))
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200)
