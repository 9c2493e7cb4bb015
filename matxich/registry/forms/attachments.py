"""A photo or a document of a firm, as it is handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matxich.registry.forms.claims import UploadField
from matxich.registry.states import AttachmentKind, Visibility

KINDS = [(kind.value, kind.label) for kind in (AttachmentKind.PHOTO, AttachmentKind.DOCUMENT)]
AUDIENCES = [
    (Visibility.PUBLIC.value, _("Mọi người")),
    (Visibility.OFFICIALS.value, _("Doanh nghiệp và cán bộ")),
    (Visibility.PRIVATE.value, _("Doanh nghiệp và cán bộ phụ trách địa bàn")),
]


class AttachmentForm(forms.Form):
    file = UploadField(
        label=_("Tệp"),
        help_text=_("Ảnh JPG, PNG; tài liệu PDF, Word, Excel. Nơi chụp ghi trong ảnh không hiện cho mọi người."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx,.xlsx"}),
    )
    kind = forms.ChoiceField(label=_("Là"), choices=KINDS, initial=AttachmentKind.PHOTO)
    title = forms.CharField(label=_("Chú thích"), max_length=200, required=False)
    visibility = forms.TypedChoiceField(label=_("Ai xem được"), choices=AUDIENCES, coerce=int, initial=0)
