"""Pages of the administrative map, open to everyone."""

import csv
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.access import access, anyone
from matxich.kit.display import Link
from matxich.places import queries
from matxich.places.forms import AddressForm, DayForm, SearchForm
from matxich.places.reference import TWO_LEVELS


def _day(form: DayForm) -> date:
    asked: date | None = form.cleaned_data.get("ngay") if form.is_valid() else None
    return asked or timezone.localdate()


def _link(route: str, on: date, **kwargs: str) -> str:
    """A page of this room that keeps the day being looked at."""
    address = reverse(f"places:{route}", kwargs=kwargs)
    return address if on == timezone.localdate() else f"{address}?{urlencode({'ngay': on.isoformat()})}"


@access(anyone)
def provinces(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.GET)
    on = _day(form)
    counts = queries.communes_per_province(on)
    drawn = queries.province_map(
        queries.edition_on(on),
        counts,
        href=lambda code: _link("unit", on, code=code),
        noun=_("xã, phường, đặc khu") if queries.edition_on(on) == "34" else _("xã, phường, thị trấn"),
        on=on,
    )
    context = {"form": form, "on": on, "map": drawn, "search": SearchForm(), "editions": _editions(on)}
    return render(request, "places/provinces.html", context)


def _editions(on: date) -> list[Link]:
    """Both maps as links: the last day of the old one, today for the new one."""
    here, last = queries.edition_on(on), TWO_LEVELS - timedelta(days=1)
    address = reverse("places:provinces")
    return [
        Link(_("63 tỉnh, trước 01/7/2025"), f"{address}?ngay={last}", current=here == "63"),
        Link(_("34 tỉnh, từ 01/7/2025"), address, current=here == "34"),
    ]


@access(anyone)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    form = DayForm(request.GET)
    on = _day(form)
    page = queries.unit_page(code, on)
    if page is None:
        if latest := queries.last_day_of(code):
            return render(request, "places/not_then.html", {"code": code, "on": on, "latest": latest}, status=404)
        raise Http404
    crumbs = [Link(_("Địa giới hành chính"), _link("provinces", on))]
    crumbs += [Link(one.full_name, _link("unit", on, code=one.code)) for one in reversed(page.parents)]
    crumbs.append(Link(page.unit.full_name))
    return render(request, "places/unit.html", {"form": form, "page": page, "crumbs": crumbs})


@access(anyone)
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    on = _day(form)
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    found = queries.find_communes(text, on)
    rows = [(one, " · ".join(queries.name_of(code, on) for code in queries.chain(one.parent, on))) for one in found]
    return render(request, "places/search.html", {"form": form, "on": on, "text": text, "rows": rows})


@access(anyone, methods=("GET", "POST"))
def addresses(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    rows = []
    if request.method == "POST" and form.is_valid():
        rows = queries.address_rows(form.cleaned_data["addresses"])
        if "csv" in request.POST:
            return _csv(rows)
    return render(request, "places/addresses.html", {"form": form, "rows": rows})


def _csv(rows: list[queries.AddressRow]) -> HttpResponse:
    """Semicolons and a byte order mark: opens in a Vietnamese spreadsheet as it is."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="dia-chi.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(
        [
            _("Địa chỉ"), _("Mã tỉnh cũ"), _("Tỉnh cũ"), _("Mã xã cũ"), _("Xã cũ"), _("Mã tỉnh"), _("Tỉnh"),
            _("Mã xã"), _("Xã"), _("Khu, cụm công nghiệp"), _("Lô"), _("Độ tin cậy"), _("Các khả năng khác"),
        ]
    )  # fmt: skip
    for row in rows:
        found = row.found
        cells = [
            found.text, found.province_63, row.province_63, found.commune_63, row.commune_63, found.province_34,
            row.province_34, found.commune_34, row.commune_34, found.zone, found.lot,
            f"{found.confidence:.2f}".replace(".", ","), ", ".join(row.open_names),
        ]  # fmt: skip
        writer.writerow([_inert(cell or "") for cell in cells])
    return answer


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would read as a formula is kept as text."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
