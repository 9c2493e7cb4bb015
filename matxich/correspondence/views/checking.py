"""Is this paper real? Everybody's page, from the code at its foot."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from matxich.correspondence.forms.checking import CodeForm, CompareForm
from matxich.correspondence.queries import checking as queries
from matxich.kit.access import access, anyone
from matxich.kit.doorway import Request
from matxich.kit.limiting import limit
from matxich.rulebook.papers.codes import parse_code

MOST_ASKED = 120


@access(anyone)
def ask(request: Request) -> HttpResponse:
    form = CodeForm(request.GET or None)
    if request.GET and form.is_valid():
        code = parse_code(form.cleaned_data["code"])
        if code:
            return redirect("correspondence:check", code=code)
        form.add_error("code", _("Mã không đúng: thiếu hoặc sai ký tự. So lại với chân văn bản."))
    return render(request, "correspondence/ask.html", {"form": form}, status=422 if form.errors else 200)


@access(anyone, methods=("GET", "POST"))
def check(request: Request, code: str) -> HttpResponse:
    """What the paper is; after POST also whether the visitor's file is one of those kept. The file is not."""
    limit(request, "paper-check", MOST_ASKED)
    found = queries.check(code)
    form = CompareForm(request.POST or None, request.FILES or None)
    matches = None
    if found and request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.MAX_ATTACHMENT_BYTES:
            told = {"limit": settings.MAX_ATTACHMENT_BYTES >> 20}
            form.add_error("file", _("Tệp lớn hơn %(limit)s MB.") % told)
        else:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            matches = queries.file_matches(found.code, digest.hexdigest())
    context = {"found": found, "code": parse_code(code) or code[:20], "form": form, "matches": matches}
    status = 404 if not found else 422 if form.errors else 200
    return render(request, "correspondence/check.html", context, status=status)
