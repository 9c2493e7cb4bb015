"""What the messages page may be asked."""

from django import forms


class InboxForm(forms.Form):
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class ReadForm(forms.Form):
    notice = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
