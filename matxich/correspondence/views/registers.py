"""The register of an agency's papers of a year: filtered, taken away as xlsx, begun at a number."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.accounts.states import OFFICIAL_ROLES
from matxich.correspondence.actions import numbering
from matxich.correspondence.forms.papers import OpenRegisterForm, RegisterFilterForm
from matxich.correspondence.permissions import agencies_where, may_keep_register, may_see_papers, may_see_register
from matxich.correspondence.queries.papers import (
    PAGE,
    Asked,
    all_series,
    number_of_paper,
    register_rows,
    register_table,
    registers_of,
    years_of,
)
from matxich.documents.spreadsheets import xlsx_pieces
from matxich.files.states import XLSX
from matxich.kit.access import access, record_export
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download, number_of, sentence
from matxich.kit.refusals import Denied, Refusal
from matxich.kit.verdict import Verdict

PERSONAL = ("correspondence.OfficialPaper.subject", "correspondence.OfficialPaper.signer_name")


def year_of(agency: int, year: int) -> tuple[Agency, int]:
    if not 2000 <= year <= 2100:
        raise Http404
    return get_object_or_404(Agency, pk=agency), year


def may_see_year(actor: Actor, asked: tuple[Agency, int]) -> Verdict:
    return may_see_register(actor, asked[0])


def may_open_year(actor: Actor, asked: tuple[Agency, int]) -> Verdict:
    return may_keep_register(actor, asked[0])


@access(may_see_papers)
def registers(request: Request) -> HttpResponse:
    """One agency of one's own leads straight to its register of this year; of several one is chosen."""
    own = list(Agency.objects.filter(pk__in=agencies_where(request.actor, OFFICIAL_ROLES)).order_by("order", "id"))
    year = timezone.localdate().year
    if len(own) == 1:
        return redirect("correspondence:register", agency=own[0].pk, year=year)
    context = {"agencies": own, "year": year, "crumbs": [_root(), Link(_("Sổ đăng ký văn bản đi"))]}
    return render(request, "correspondence/registers.html", context)


@access(may_see_year, on=year_of)
def register(request: Request, asked: tuple[Agency, int]) -> HttpResponse:
    return _shown(request, asked, OpenRegisterForm(series=all_series()))


def _shown(request: Request, asked: tuple[Agency, int], opening: OpenRegisterForm) -> HttpResponse:
    agency, year = asked
    question, form = _question(request, asked)
    page = max(1, number_of(request.GET.get("trang")) or 1)
    rows = register_rows(question, request.actor)
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    today = timezone.localdate()
    context = {
        "agency": agency,
        "year": year,
        "form": form,
        "opening": opening,
        "rows": [(row, number_of_paper(row)) for row in found[:PAGE]],
        "total": rows.count(),
        "registers": registers_of(agency, year),
        "years": [
            Link(str(each), reverse("correspondence:register", args=[agency.pk, each]), current=each == year)
            for each in years_of(agency, today)
        ],
        "may_keep": may_keep_register(request.actor, agency),
        "question": request.GET.urlencode(),
        "next_url": _page_url(request, page + 1) if len(found) > PAGE else "",
        "previous_url": _page_url(request, page - 1) if page > 1 else "",
        "crumbs": [_root(), Link(_("Sổ đăng ký %(year)s") % {"year": year})],
    }
    return render(request, "correspondence/register.html", context, status=422 if opening.errors else 200)


def _question(request: Request, asked: tuple[Agency, int]) -> tuple[Asked, RegisterFilterForm]:
    """What the filter says; what it says wrongly is left out."""
    form = RegisterFilterForm(request.GET or None, series=all_series())
    form.is_valid()
    told = getattr(form, "cleaned_data", {})
    agency, year = asked
    return Asked(agency, year, told.get("loai", ""), told.get("trang_thai", ""), told.get("q", "")), form


def _page_url(request: Request, page: int) -> str:
    asked = request.GET.copy()
    asked["trang"] = str(page)
    return f"?{asked.urlencode()}"


@access(may_see_year, on=year_of, methods=("POST",))
def take_away(request: Request, asked: tuple[Agency, int]) -> HttpResponseBase:
    """The register as filtered. A subject may name a person, so who takes it away is noted."""
    question, _form = _question(request, asked)
    rows = register_rows(question, request.actor)
    record_export(
        by=request.actor, at=timezone.now(), what="paper_register", fields=PERSONAL, rows=rows.count(),
        reason=_("Sổ đăng ký văn bản đi năm %(year)s") % {"year": asked[1]},
    )  # fmt: skip
    heads = [_("Số, ký hiệu"), _("Ngày"), _("Loại"), _("Trích yếu"), _("Người ký"), _("Trạng thái"), _("Mã tra cứu")]
    sheet = (_("Sổ %(year)s") % {"year": asked[1]}, heads, register_table(rows))
    return download(xlsx_pieces([sheet]), f"so-van-ban-di-{asked[1]}.xlsx", XLSX)  # type: ignore[list-item]


@access(may_open_year, on=year_of, methods=("POST",))
def open_one(request: Request, asked: tuple[Agency, int]) -> HttpResponse:
    agency, year = asked
    form = OpenRegisterForm(request.POST, series=all_series())
    if form.is_valid():
        told = form.cleaned_data
        try:
            numbering.open_register(
                agency=agency, year=year, series=told["series"], first=told["first"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
            said = _("Sổ %(series)s năm %(year)s bắt đầu từ số %(first)s.") % (told | {"year": year})
            messages.success(request, said)
            return redirect("correspondence:register", agency=agency.pk, year=year)
        except Denied:
            raise
        except Refusal as refusal:
            form.add_error("first", sentence(refusal))
    return _shown(request, asked, form)


def _root() -> Link:
    return Link(_("Văn bản đi"), reverse("correspondence:papers"))
