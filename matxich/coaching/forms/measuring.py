"""Baselines as rows, one reading, photos, actions, sessions."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.coaching.actions.measuring import Row
from matxich.coaching.actions.working import SessionDraft
from matxich.coaching.models import Baseline, Cohort, Participant, Person, Session
from matxich.coaching.queries.definitions import definition_choices
from matxich.coaching.states import Mode, Moment, PersonState, PhotoKind
from matxich.programmes.forms.fields import MomentField, QuantityField, Rows, VersionForm
from matxich.registry.forms.claims import UploadField


class MeasureForm(forms.Form):
    """One indicator of a baseline."""

    definition = forms.ChoiceField(label=_("Chỉ số"))
    line = forms.CharField(label=_("Dây chuyền, máy"), max_length=100, required=False)
    product = forms.CharField(label=_("Sản phẩm"), max_length=100, required=False)
    numerator = QuantityField(label=_("Tử số hoặc số đo"), least=0)  # type: ignore[arg-type]
    denominator = QuantityField(label=_("Mẫu số"), required=False, least=0)  # type: ignore[arg-type]
    measured_on = DayField(label=_("Ngày đo"))
    period_from = DayField(label=_("Kỳ đo từ"), required=False)
    period_to = DayField(label=_("Đến"), required=False)
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["definition"]
        field.choices = [("", gettext("Chọn")), *definition_choices()]


def row_of(told: dict[str, Any]) -> Row:
    names = (
        "definition", "line", "product", "numerator", "denominator", "measured_on", "period_from", "period_to", "source"
    )  # fmt: skip
    return Row(**{name: told[name] for name in names})


_MeasureRows: Any = formset_factory(MeasureForm, formset=Rows, extra=3, can_delete=True, max_num=40, absolute_max=60)


def measure_rows(data: Any, baseline: Baseline | None) -> Rows:
    found: Rows = _MeasureRows(data, initial=_measured(baseline) if baseline else [], prefix="kpis")
    return found


def _measured(baseline: Baseline) -> list[dict[str, Any]]:
    rows = []
    for one in baseline.kpis.select_related("definition").prefetch_related("readings").order_by("order"):
        reading = next(iter(one.readings.all()), None)
        rows.append(
            {
                "definition": str(one.definition), "line": one.line, "product": one.product,
                "period_from": one.period_from, "period_to": one.period_to, "source": one.source,
                "numerator": reading.numerator if reading else None,
                "denominator": reading.denominator if reading else None,
                "measured_on": reading.measured_on if reading else None,
            }
        )  # fmt: skip
    return rows


class ReadingForm(forms.Form):
    moment = forms.ChoiceField(label=_("Thời điểm"))
    week = forms.IntegerField(label=_("Tuần"), required=False, min_value=1, max_value=52)
    numerator = QuantityField(label=_("Tử số hoặc số đo"), least=0)  # type: ignore[arg-type]
    denominator = QuantityField(label=_("Mẫu số"), required=False, least=0)  # type: ignore[arg-type]
    measured_on = DayField(label=_("Ngày đo"))
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200, required=False)
    unit = forms.CharField(widget=forms.HiddenInput, required=False)
    evidence = UploadField(label=_("Chứng cứ"), required=False)

    def __init__(self, *args: Any, moments: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["moment"]
        field.choices = [(each, Moment(each).label) for each in moments]


class PhotoForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại ảnh"), choices=[(one.value, one.label) for one in PhotoKind])
    pair = forms.CharField(
        label=_("Cặp ảnh"), max_length=60, required=False,
        help_text=_("Cùng một từ ở ảnh trước và ảnh sau, ví dụ “kho khuôn”."),
    )  # fmt: skip
    title = forms.CharField(label=_("Chú thích"), max_length=200, required=False)
    taken_on = DayField(label=_("Ngày chụp"), required=False, help_text=_("Cần khi ảnh không tự cho biết ngày."))
    file = UploadField(label=_("Ảnh"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        self.fields["file"].help_text = gettext(
            "JPG hoặc PNG, tối đa %(limit)s MB. Nơi chụp được gỡ khỏi bản mọi người xem."
        ) % {"limit": limit}


class ActionForm(forms.Form):
    week = forms.IntegerField(label=_("Tuần"), min_value=1, max_value=52)
    title = forms.CharField(label=_("Việc cải tiến"), max_length=300)
    owner = forms.CharField(label=_("Người làm"), max_length=150)
    due = DayField(label=_("Hạn"))


class SessionForm(VersionForm):
    """`base_version` 0 for a session that is not there yet."""

    participant = forms.ModelChoiceField(
        label=_("Tại doanh nghiệp"), queryset=Participant.objects.none(), required=False,
        help_text=_("Để trống là buổi lý thuyết cho cả đợt."),
    )  # fmt: skip
    week = forms.IntegerField(label=_("Tuần"), min_value=1, max_value=52)
    mode = forms.ChoiceField(label=_("Hình thức"), choices=Mode.choices)
    starts_at = MomentField(label=_("Bắt đầu"))
    ends_at = MomentField(label=_("Kết thúc"))
    topic = forms.CharField(label=_("Nội dung"), max_length=300)
    where = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    experts = forms.ModelMultipleChoiceField(
        label=_("Chuyên gia"), queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["participant"].queryset = cohort.participants.filter(
            selected_on__isnull=False, left_on=None
        ).select_related("enterprise")
        coaching = Person.objects.filter(assignments__participant__cohort=cohort, assignments__until=None)
        pool = Person.objects.filter(state=PersonState.POOL)
        chosen["experts"].queryset = Person.objects.filter(
            pk__in=[*coaching.values_list("pk", flat=True), *pool.values_list("pk", flat=True)[:60]]
        )

    def draft(self) -> SessionDraft:
        told = self.cleaned_data
        return SessionDraft(
            week=told["week"], mode=told["mode"], starts_at=told["starts_at"], ends_at=told["ends_at"],
            topic=told["topic"], where=told["where"], experts=tuple(one.pk for one in told["experts"]),
        )  # fmt: skip


def session_initial(session: Session) -> dict[str, Any]:
    return {
        "participant": session.participant_id, "week": session.week, "mode": session.mode,
        "starts_at": timezone.localtime(session.starts_at), "ends_at": timezone.localtime(session.ends_at),
        "topic": session.topic, "where": session.where, "experts": [one.pk for one in session.experts.all()],
        "base_version": session.version,
    }  # fmt: skip


class HoldForm(VersionForm):
    """How many of each firm came."""

    def __init__(self, *args: Any, participants: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = participants
        for one in participants:
            self.fields[f"people-{one.pk}"] = forms.IntegerField(
                label=one.enterprise.name, min_value=0, max_value=1000, required=False, initial=0
            )

    def attendance(self) -> dict[int, int]:
        return {one.pk: self.cleaned_data[f"people-{one.pk}"] or 0 for one in self.participants}


class AssignForm(forms.Form):
    expert = forms.ModelChoiceField(
        label=_("Chuyên gia"), queryset=Person.objects.filter(state__in=[PersonState.CERTIFIED, PersonState.POOL])
    )
    is_lead = forms.BooleanField(label=_("Trưởng nhóm"), required=False)
    since = DayField(label=_("Từ ngày"))


class SettleForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Dùng bản nào"), widget=forms.RadioSelect,
        choices=[("old", _("Giữ bản gửi trước")), ("new", _("Dùng bản gửi sau")), ("merge", _("Ghép hai bản"))],
    )  # fmt: skip


class NoteForm(VersionForm):
    note = forms.CharField(
        label=_("Nhận xét"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RemarkForm(forms.Form):
    remark = forms.CharField(label=_("Nhận xét"), max_length=1000, required=False)


class RecheckForm(forms.Form):
    on = DayField(label=_("Ngày kiểm tra lại"))
    holds = forms.ChoiceField(
        label=_("Cải tiến còn giữ được"), choices=[("yes", _("Còn")), ("no", _("Không còn"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Đã thấy gì"), max_length=1000)


class SendForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail nhận liên kết"), required=False, help_text=_("Để trống thì dùng e-mail trong hồ sơ.")
    )


class RateForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Chuyên gia"), queryset=Person.objects.none())
    stars = forms.ChoiceField(
        label=_("Mức hài lòng"), choices=[(str(each), str(each)) for each in range(1, 6)], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Nhận xét"), max_length=500, required=False)

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(assignments__participant=participant).distinct()


class DefinitionForm(forms.Form):
    """A new version of a known indicator."""

    code = forms.ChoiceField(label=_("Chỉ số"))
    unit = forms.CharField(label=_("Đơn vị"), max_length=20)
    better = forms.ChoiceField(label=_("Tốt lên khi"), choices=[("up", _("tăng")), ("down", _("giảm"))])
    scale = forms.IntegerField(label=_("Nhân với"), min_value=1, max_value=1_000_000, initial=1)
    decimals = forms.IntegerField(label=_("Số chữ số lẻ"), min_value=0, max_value=6, initial=1)
    note = forms.CharField(label=_("Vì sao đổi"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [(key.partition("@")[0], f"{name} ({key})") for key, name in definition_choices()]
