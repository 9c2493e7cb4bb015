"""What people type about people and agencies, parsed and checked; nothing here saves."""

from datetime import date
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency, User
from matxich.accounts.queries import place_label, place_named
from matxich.accounts.states import FITTING, AgencyKind, Role, Theme
from matxich.rulebook.vietnamese.text import fold, squeeze

REASON_HELP = _("Ghi ngắn gọn, ví dụ số và ngày quyết định. Lý do được lưu trong nhật ký.")


class DayField(forms.DateField):
    """A day, from the browser's own calendar or typed as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **kwargs)


class PlaceField(forms.CharField):
    """A province or commune by name or code, cleaned to its code; empty for the whole country."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Tên hoặc mã tỉnh, xã. Để trống là cả nước."))
        super().__init__(required=False, max_length=80, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored code is shown by name."""
        return place_label(value) if isinstance(value, str) and value.isdecimal() else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        code, meant = place_named(text.partition(",")[0] if "," in text else text, timezone.localdate())
        if not code and "," in text:
            code = _within(text, meant)
        if code:
            return code
        if meant:
            raise forms.ValidationError(
                _("Có nhiều nơi tên như vậy. Nhập mã: %(places)s.") % {"places": "; ".join(meant)}
            )
        raise forms.ValidationError(_("Không tìm thấy tỉnh hay xã này. Kiểm tra chính tả hoặc nhập mã."))


def _within(text: str, meant: list[str]) -> str:
    """Of several communes of one name, the one in the province also named."""
    wanted = fold(squeeze(text))
    fitting = [place for place in meant if fold(place).startswith(wanted)]
    return fitting[0].rpartition("(")[2].rstrip(")") if len(fitting) == 1 else ""


class VersionForm(forms.Form):
    """A form that knows on which version of the thing it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=500, help_text=REASON_HELP)


class ChangeStateForm(ReasonForm, VersionForm):
    pass


class ProfileForm(VersionForm):
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Giao diện"), choices=Theme.choices)


class ChangeEmailForm(ChangeStateForm):
    email = forms.EmailField(label=_("E-mail mới"))
    field_order = ["email", "reason", "version"]


class RoleForm(forms.Form):
    """A role in an agency over a place, out of what the granter may give."""

    agency = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Agency.objects.none())
    role = forms.ChoiceField(label=_("Vai trò"))
    scope = PlaceField(label=_("Phạm vi địa bàn"))

    def __init__(self, *args: Any, agencies: QuerySet[Agency], roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class GrantForm(RoleForm):
    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False, help_text=REASON_HELP)


class InviteForm(RoleForm):
    email = forms.EmailField(label=_("E-mail người được mời"))
    field_order = ["email", "agency", "role", "scope"]


class AcceptForm(forms.Form):
    """Name and password of somebody invited. The rules of passwords stand beside the field."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password1 = forms.CharField(
        label=_("Mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = email
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập mật khẩu chưa giống nhau."))
        if first:
            person = User(email=self.invited or cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(first, person)
            except forms.ValidationError as errors:
                self.add_error("password1", errors)
        return cleaned


class FirstAdministratorForm(AcceptForm):
    email = forms.EmailField(label=_("E-mail"))
    agency_name = forms.CharField(label=_("Tên cơ quan vận hành hệ thống"), max_length=300)
    agency_kind = forms.ChoiceField(
        label=_("Loại cơ quan"),
        choices=[(kind.value, kind.label) for kind in AgencyKind if Role.ADMINISTRATOR in FITTING[kind]],
    )
    field_order = ["name", "email", "agency_name", "agency_kind", "password1", "password2"]


class AgencyForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=AgencyKind.choices)
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    place = PlaceField(label=_("Địa bàn"))
    parent = forms.ModelChoiceField(label=_("Cơ quan cấp trên"), queryset=Agency.objects.none(), required=False)
    valid_from = DayField(label=_("Ngày thành lập"))
    legal_act = forms.CharField(label=_("Văn bản"), max_length=200, required=False, help_text=_("Số, ngày quyết định."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Agency.objects.filter(valid_to__isnull=True)  # type: ignore[attr-defined]


class AgencyChangeForm(VersionForm):
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=AgencyKind.choices)
    place = PlaceField(label=_("Địa bàn"))
    parent = forms.ModelChoiceField(
        label=_("Cơ quan cấp trên"), queryset=Agency.objects.filter(valid_to__isnull=True), required=False
    )


class RenameForm(VersionForm):
    name = forms.CharField(label=_("Tên mới"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    on = DayField(label=_("Có hiệu lực từ ngày"))
    legal_act = forms.CharField(label=_("Văn bản đổi tên"), max_length=200, help_text=_("Số, ngày quyết định."))


class FormerNameForm(VersionForm):
    name = forms.CharField(label=_("Tên trước đây"), max_length=300)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến trước ngày"))
    legal_act = forms.CharField(label=_("Văn bản"), max_length=200, required=False)


class EndingForm(forms.Form):
    """What a merger, a split and a closing have in common."""

    on = DayField(label=_("Từ ngày"))
    legal_act = forms.CharField(label=_("Văn bản"), max_length=200, help_text=_("Số, ngày quyết định."))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Agency.objects.filter(valid_to__isnull=True).exclude(pk=agency.pk)
        for name in ("successor", "successors"):
            if name in self.fields:
                self.fields[name].queryset = others  # type: ignore[attr-defined]


class MergeForm(EndingForm):
    successor = forms.ModelChoiceField(label=_("Nhập vào cơ quan"), queryset=Agency.objects.none())
    field_order = ["successor", "on", "legal_act"]


class SplitForm(EndingForm):
    successors = forms.ModelMultipleChoiceField(
        label=_("Các cơ quan tiếp nhận"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tạo các cơ quan mới trước, rồi chọn ở đây."),
    )
    closes = forms.BooleanField(label=_("Cơ quan này kết thúc hoạt động"), required=False, initial=True)
    field_order = ["successors", "on", "legal_act", "closes"]


class CloseForm(EndingForm, VersionForm):
    field_order = ["on", "legal_act", "version"]


def parsed_day(text: str, otherwise: date) -> date:
    """A day out of an address; anything unreadable is the other day."""
    try:
        return DayField().clean(text)
    except forms.ValidationError:
        return otherwise


class AddKeyForm(AddWebAuthnForm):
    """The library's form with a label a person can read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa")


class EditKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa")
