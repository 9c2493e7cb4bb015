"""The messages of whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from matxich.kit.access import access
from matxich.notices import actions, queries
from matxich.notices.forms import InboxForm, ReadForm
from matxich.notices.permissions import may_read_notices


@access(may_read_notices)
def inbox(request: HttpRequest) -> HttpResponse:
    form, now = InboxForm(request.GET), timezone.now()
    before = form.cleaned_data["before"] if form.is_valid() else None
    rows, more = queries.inbox_page(_me(request), now, before)
    context = {"rows": rows, "more": more, "unread": queries.unread_count(_me(request), now)}
    return render(request, "notices/inbox.html", context)


@access(may_read_notices, methods=("POST",))
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message, or all, as read; then go where the message leads."""
    form = ReadForm(request.POST)
    notice = form.cleaned_data["notice"] if form.is_valid() else None
    if form.is_valid():
        actions.mark_read(user_id=_me(request), at=timezone.now(), notice=notice)
    return redirect(_link(request, notice) or "notices:inbox")


def _link(request: HttpRequest, notice: int | None) -> str:
    link = queries.link_of(_me(request), notice) if notice else ""
    return link if url_has_allowed_host_and_scheme(link, None) else ""


def _me(request: HttpRequest) -> int:
    return int(str(request.user.pk))
