"""A movement of money as the desk records it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.programmes.forms.fields import DongField


class MovementForm(forms.Form):
    """`key`: made with the page, so that sending it twice writes it once."""

    amount = DongField(label=_("Số tiền"))
    decision_no = forms.CharField(label=_("Số quyết định, chứng từ"), max_length=100)
    on = DayField(label=_("Ngày trên văn bản"))
    reason = forms.CharField(label=_("Nội dung, lý do"), max_length=500, required=False)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


class ReleaseForm(MovementForm):
    """Giving promised money back needs a reason; its paper may be the decision that dropped the proposal."""

    decision_no = forms.CharField(label=_("Số quyết định, chứng từ"), max_length=100, required=False)
