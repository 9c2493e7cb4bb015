"""What people say that a phrase means."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import ReasonForm
from matxich.registry.models import TermDecision

EVERYWHERE, ONE_FIRM = "all", "firm"


class TermForm(forms.Form):
    """Concepts of the taxonomy, or none of them. `base`: the decision that stood when the page was opened."""

    concepts = forms.MultipleChoiceField(label=_("Khái niệm"), required=False)
    nothing = forms.BooleanField(label=_("Không có trong danh mục, giữ như chữ"), required=False)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Ví dụ: đã hỏi doanh nghiệp; cách gọi quen trong nghề."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concepts"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        chosen, nothing = self.cleaned_data.get("concepts"), self.cleaned_data.get("nothing")
        if not chosen and not nothing:
            self.add_error("concepts", _("Chọn ít nhất một khái niệm, hoặc nói rằng không có trong danh mục."))
        if chosen and nothing:
            self.add_error("nothing", _("Đã chọn khái niệm thì bỏ dấu ở đây, hoặc bỏ các khái niệm."))

    @property
    def ticked(self) -> set[str]:
        """The codes that are ticked on the page."""
        return set(self["concepts"].value() or ())

    def begin_again(self, stands: TermDecision | None) -> None:
        """Somebody was faster: keep what is typed and take what stands now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["base"] = str(stands.pk) if stands else ""  # type: ignore[index]


class FirmTermForm(TermForm):
    """For one firm, or for everybody; each has a decision of its own that may stand."""

    scope = forms.ChoiceField(
        label=_("Áp dụng"),
        choices=[(ONE_FIRM, _("Chỉ cho doanh nghiệp này")), (EVERYWHERE, _("Cho mọi doanh nghiệp viết như vậy"))],
        initial=ONE_FIRM,
        widget=forms.RadioSelect,
    )
    base_everywhere = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("concepts", "nothing", "scope", "reason")

    def begin_again_everywhere(self, stands: TermDecision | None) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["base_everywhere"] = str(stands.pk) if stands else ""  # type: ignore[index]


class UndoTermForm(ReasonForm):
    """Why a decision is taken back."""
