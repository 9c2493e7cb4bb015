"""The officials' list of proposals, on the page and as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import Cell, xlsx_pieces
from matxich.files.states import XLSX
from matxich.kit.access import access, record_export
from matxich.kit.display import Link
from matxich.kit.doorway import Request, after_link, after_of, download, number_of
from matxich.proposals.permissions import may_see_proposals
from matxich.proposals.queries.listing import Asked, Line, every_line, listed, narrowed
from matxich.proposals.states import Status


def asked_of(request: Request) -> Asked:
    told = request.GET
    status = told.get("trang-thai", "")
    return Asked(
        text=told.get("q", "")[:80].strip(), call=number_of(told.get("dot")),
        status=status if status in Status.values else "", content=told.get("noi-dung", "")[:20],
        mine=told.get("cua-toi") == "1", late=told.get("tre") == "1", after=after_of(request),
    )  # fmt: skip


@access(may_see_proposals)
def proposals(request: Request) -> HttpResponse:
    asked = asked_of(request)
    page = listed(request.actor, asked, timezone.now())
    choices = [Link(_("Tất cả"), _with(request, ""), sum(n for _v, _l, n in page.counts), not asked.status)]
    choices += [
        Link(label, _with(request, value), count, asked.status == value)
        for value, label, count in page.counts
        if count or asked.status == value
    ]
    context = {
        "page": page,
        "asked": asked,
        "choices": choices,
        "next": after_link(request, page.following),
        "first": reverse("proposals:proposals") if asked.after else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "proposals/list.html", context)


def _with(request: Request, status: str) -> str:
    told = request.GET.copy()
    told.pop("sau", None)
    told.pop("trang-thai", None)
    if status:
        told["trang-thai"] = status
    return f"?{told.urlencode()}" if told else reverse("proposals:proposals")


@access(may_see_proposals, writes_on_get=True)
def export(request: Request) -> StreamingHttpResponse:
    """What is found, to the last row; an applicant may be a person, so who took it away is noted."""
    asked, at = asked_of(request), timezone.now()
    found = narrowed(request.actor, asked, timezone.localdate(at))
    found = found.filter(status=asked.status) if asked.status else found
    record_export(
        by=request.actor,
        at=at,
        what="proposal",
        fields=["applicant"],
        rows=found.count(),
        reason=_("Tải danh sách đề án"),
    )
    head = [
        _("Mã"), _("Tên đề án"), _("Đơn vị"), _("Địa bàn"), _("Nội dung"), _("Trạng thái"), _("Tổng chi phí, đồng"),
        _("Đề nghị, đồng"), _("Được duyệt, đồng"), _("Ngày nộp"), _("Đang chờ"), _("Hạn"), _("Nộp hộ"),
    ]  # fmt: skip
    rows = map(_cells, every_line(request.actor, asked, at))
    return download(xlsx_pieces([(_("Đề án"), head, rows)]), "de-an.xlsx", XLSX)


def _cells(line: Line) -> tuple[Cell, ...]:
    sent = timezone.localtime(line.submitted_at).date() if line.submitted_at else None
    return (
        line.code, line.title, line.applicant, line.place, line.content, line.status_label, line.total, line.asked,
        line.approved, sent, line.waiting, line.due, _("có") if line.on_behalf else "",
    )  # fmt: skip
