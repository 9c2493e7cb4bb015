"""Files of enterprises, handed out so that a browser runs nothing of them."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from matxich.files.models import StoredFile
from matxich.files.queries import open_file
from matxich.files.states import JPEG, PDF, PNG
from matxich.kit.access import access
from matxich.kit.doorway import Request
from matxich.registry.models import Attachment
from matxich.registry.permissions import may_open_attachment

SHOWN_BY_BROWSERS = frozenset({PDF, PNG, JPEG})


def attachment_of(pk: int) -> Attachment:
    return get_object_or_404(Attachment.objects.select_related("file", "claim__enterprise", "enterprise"), pk=pk)


@access(may_open_attachment, on=attachment_of)
def attachment(request: Request, attachment: Attachment) -> HttpResponse:
    return handed_out(attachment.file, attachment.name)


def handed_out(stored: StoredFile, name: str) -> HttpResponse:
    """The content under its checked type, never one a browser guesses; what it cannot show safely is saved."""
    with open_file(stored) as file:
        response = HttpResponse(file.read(), content_type=stored.media_type)
    how = "inline" if stored.media_type in SHOWN_BY_BROWSERS else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
