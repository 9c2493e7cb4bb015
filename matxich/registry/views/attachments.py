"""Files of enterprises: added, listed, taken off, and handed out so that a browser runs nothing of them."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.files.models import StoredFile
from matxich.files.queries import open_file
from matxich.files.states import JPEG, PDF, PNG
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.registry import actions
from matxich.registry.forms.attachments import AttachmentForm
from matxich.registry.models import Attachment, Enterprise
from matxich.registry.permissions import (
    may_edit,
    may_open_attachment,
    may_open_original,
    may_open_own_firm,
    may_open_passport,
    may_remove_attachment,
)
from matxich.registry.queries.attachments import attachments_of
from matxich.registry.states import AttachmentKind, Visibility
from matxich.registry.views.firm import enterprise_of
from matxich.rulebook.identifiers import make_registry_id

SHOWN_BY_BROWSERS = frozenset({PDF, PNG, JPEG})
PUBLIC_FOR = 300


def attachment_of(pk: int) -> Attachment:
    files = Attachment.objects.select_related("file", "shown", "claim__enterprise", "enterprise")
    return get_object_or_404(files, pk=pk)


@access(may_open_attachment, on=attachment_of)
def attachment(request: Request, attachment: Attachment) -> HttpResponse:
    """A photo as everybody may see it; any other file as it was handed in."""
    open_file(attachment.file).close()  # what is quarantined opens in no form
    public = attachment.visibility == Visibility.PUBLIC and attachment.claim_id is None
    if attachment.shown is not None:
        name = f"{attachment.name.rpartition('.')[0] or attachment.name}.jpg"
        return handed_out(attachment.shown, name, public=public)
    return handed_out(attachment.file, attachment.name, public=public)


@access(may_open_original, on=attachment_of)
def original(request: Request, attachment: Attachment) -> HttpResponse:
    return handed_out(attachment.file, attachment.name)


def handed_out(stored: StoredFile, name: str, *, public: bool = False) -> HttpResponse:
    """The content under its checked type, never one a browser guesses; what it cannot show safely is saved."""
    with open_file(stored) as file:
        response = HttpResponse(file.read(), content_type=stored.media_type)
    how = "inline" if stored.media_type in SHOWN_BY_BROWSERS else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = f"public, max-age={PUBLIC_FOR}" if public else "private, no-store"
    return response


@access(may_open_passport, on=enterprise_of, methods=("GET", "POST"))
def firm_files(request: Request, enterprise: Enterprise) -> HttpResponse:
    """The officials' page; adding is for those in charge of the place."""
    crumbs = [Link(_("Doanh nghiệp"), reverse("registry:enterprises"))]
    return _files(request, enterprise, "registry:firm_files", "registry:passport", crumbs)


@access(may_open_own_firm, on=enterprise_of, methods=("GET", "POST"))
def own_files(request: Request, enterprise: Enterprise) -> HttpResponse:
    return _files(request, enterprise, "registry:own_files", "registry:own_firm", [])


def _files(request: Request, enterprise: Enterprise, here: str, back: str, crumbs: list[Link]) -> HttpResponse:
    registry_id = make_registry_id(enterprise.pk)
    sent = request.method == "POST"
    form = AttachmentForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.add_attachment(
                enterprise=enterprise,
                kind=AttachmentKind(told["kind"]),
                upload=told["file"],
                title=told["title"],
                visibility=told["visibility"],
                by=request.actor,
                at=timezone.now(),
            )
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("file", sentence(refusal))
        else:
            messages.success(request, _("Đã thêm tệp vào hồ sơ."))
            return redirect(here, registry_id=registry_id)
    files = attachments_of(enterprise, request.actor)
    context = {
        "enterprise": enterprise,
        "lines": [(one, bool(may_remove_attachment(request.actor, one))) for one in files],
        "form": form,
        "may_add": may_edit(request.actor, enterprise),
        "crumbs": [*crumbs, Link(enterprise.name, reverse(back, args=[registry_id]))],
    }
    return render(request, "registry/firm_files.html", context, status=422 if form.errors else 200)


@access(may_remove_attachment, on=attachment_of, methods=("POST",))
def remove(request: Request, attachment: Attachment) -> HttpResponse:
    actions.remove_attachment(attachment=attachment, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã gỡ tệp. Lịch sử vẫn giữ bản ghi này."))
    own = may_open_own_firm(request.actor, attachment.enterprise)
    here = "registry:own_files" if own else "registry:firm_files"
    return redirect(here, registry_id=make_registry_id(attachment.enterprise_id))
