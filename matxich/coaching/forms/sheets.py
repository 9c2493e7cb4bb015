"""Any instrument as a form: one field a question, in the reader's language; what is left empty was not answered."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.coaching.queries.showing import named
from matxich.kit.templatetags.mx import number
from matxich.programmes.forms.fields import DongField
from matxich.registry.forms.claims import UploadField
from matxich.rulebook.coaching.answers import NO, UNKNOWN, YES
from matxich.rulebook.coaching.loading import MOST_RATING, Instrument, Item

SEEN = [(YES, _("Có")), (NO, _("Không")), (UNKNOWN, _("Chưa rõ"))]
PHOTOS = 4


def field_name(path: str) -> str:
    return path.replace(".", "__")


class SheetForm(forms.Form):
    """`sections`: only these of the instrument; all of them when none is named."""

    def __init__(
        self, *args: Any, asked: Instrument, sections: Collection[str] = (), answers: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.groups: list[tuple[str, list[str]]] = []
        for section in asked.sections:
            if sections and section.code not in sections:
                continue
            names = []
            for item in section.items:
                name = field_name(f"{section.code}.{item.code}")
                self.fields[name] = control(item, asked)
                if answers and (path := f"{section.code}.{item.code}") in answers:
                    self.initial[name] = shown(item, answers[path])
                names.append(name)
            self.groups.append((named(section.names), names))

    @property
    def sheet(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Sections with their fields, for the page."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        asked = {name for _title, names in self.groups for name in names}
        return [self[name] for name in self.fields if name not in asked and not self.fields[name].widget.is_hidden]

    def answers(self) -> dict[str, Any]:
        """Path → answer. Call it once the form is valid."""
        found: dict[str, Any] = {}
        for path, item in self.asked.items.items():
            said: Any = self.cleaned_data.get(field_name(path))
            if said not in (None, ""):
                found[path] = int(said) if item.answer in ("score", "level", "rating") else said
        return found

    def refuse(self, path: str, text: str) -> None:
        """A refusal beside the question it is about."""
        name = field_name(path) if path else None
        self.add_error(name if name in self.fields else None, text)


def control(item: Item, asked: Instrument) -> forms.Field:
    label = named(item.names)
    if item.answer == "yes_no":
        return forms.ChoiceField(label=label, choices=SEEN, required=False, widget=forms.RadioSelect)
    if item.answer == "level":
        choices = [(str(level.level), f"{level.level}. {named(level.names)}") for level in asked.levels]
        return forms.ChoiceField(label=label, choices=[("", _("Chọn bậc")), *choices], required=False)
    if item.answer in ("score", "rating"):
        most = item.most if item.answer == "score" else MOST_RATING
        marks = [(str(each), str(each)) for each in range(most + 1)]
        return forms.ChoiceField(label=label, choices=marks, required=False, widget=forms.RadioSelect)
    if item.answer in ("money", "whole"):
        return DongField(label=label, required=False, least=0, help_text="")
    return forms.CharField(
        label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Cần trả lời.") if item.must else "",
    )  # fmt: skip


def shown(item: Item, value: Any) -> Any:
    return str(value) if item.answer in ("score", "level", "rating") else value


class ScreeningForm(SheetForm):
    base_version = forms.IntegerField(widget=forms.HiddenInput)
    passed = forms.ChoiceField(
        label=_("Kết luận"), choices=[("yes", _("Đủ điều kiện")), ("no", _("Không đủ điều kiện"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, required=False, help_text=_("Bắt buộc khi không đủ điều kiện.")
    )


class VisitForm(SheetForm):
    """Kept on the phone by visit.js; photos wait for the sending, each with its day where the picture has none."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    on = DayField(label=_("Ngày đến nhà máy"), required=False)
    people = forms.CharField(
        label=_("Đã gặp ai"), max_length=500, required=False,
        help_text=_("Họ tên, chức vụ. Chỉ cán bộ phụ trách xem được."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Nhận xét chung"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in range(1, PHOTOS + 1):
            self.fields[f"anh-{each}"] = UploadField(required=False, label=_("Ảnh"))
            self.fields[f"ngay-{each}"] = DayField(required=False, label=_("Ngày chụp"))

    @property
    def photo_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"anh-{each}"], self[f"ngay-{each}"]) for each in range(1, PHOTOS + 1)]

    def photos(self) -> list[tuple[Any, Any]]:
        told = self.cleaned_data
        pairs = [(told.get(f"anh-{each}"), told.get(f"ngay-{each}")) for each in range(1, PHOTOS + 1)]
        return [(upload, day) for upload, day in pairs if upload]


class TalkForm(SheetForm):
    """A survey or an interview of a day."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Ngày"))
    people = forms.CharField(
        label=_("Đã phỏng vấn ai"), max_length=500, required=False,
        help_text=_("Họ tên, chức vụ. Chỉ cán bộ phụ trách xem được."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, with_people: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_people:
            del self.fields["people"]


class AuditForm(SheetForm):
    on = DayField(label=_("Ngày đánh giá"))
    moment = forms.ChoiceField(
        label=_("Lần đánh giá"),
        choices=[("base", _("Trước tư vấn")), ("end", _("Cuối kỳ")), ("m12", _("Sau 12 tháng"))],
    )
    area = forms.CharField(label=_("Khu vực"), max_length=100, required=False)


class LogForm(SheetForm):
    """Kept on the phone by visit.js until it is sent."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    written_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    week = forms.IntegerField(label=_("Tuần"), min_value=1, max_value=52)
    expert_hours = forms.DecimalField(
        label=_("Giờ chuyên gia trong tuần"), min_value=0, max_value=168, decimal_places=2, localize=True
    )


class ImpactForm(SheetForm):
    base_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class FiguresForm(forms.Form):
    """`figures`: path → (question, figure that was said)."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, figures: dict[str, tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = figures
        for path, (label, said) in figures.items():
            told = _("Doanh nghiệp nêu %(figure)s.") % {"figure": number(said)}
            self.fields[field_name(path)] = DongField(label=label, required=False, least=0, help_text=told)

    def given(self) -> dict[str, int]:
        """Path → figure, of those that were filled in."""
        told = {path: self.cleaned_data.get(field_name(path)) for path in self.figures}
        return {path: figure for path, figure in told.items() if figure is not None}
