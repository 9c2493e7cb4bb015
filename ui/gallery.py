"""Every component once, in all its states, on one page: what a builder copies from and a reader checks against."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from matxich.kit.access import access, anyone
from matxich.kit.display import Cell, Column, Event, Fact, Link, Option, Step
from matxich.kit.icons import ICONS
from ui.forms import FormRenderer

TODAY = date(2026, 11, 20)
LONG_LIST = range(1, 1200)


class SampleForm(forms.Form):
    """Filled in wrongly on purpose: the gallery shows errors in place."""

    default_renderer = FormRenderer
    name = forms.CharField(label=_("Tên đăng ký"), help_text=_("Như trên giấy đăng ký doanh nghiệp"))
    tax_code = forms.CharField(label=_("Mã số thuế"))
    workers = forms.IntegerField(label=_("Lao động"), help_text=_("Bình quân năm, theo bảo hiểm xã hội"))
    size = forms.ChoiceField(label=_("Quy mô"), choices=[("small", _("Nhỏ")), ("medium", _("Vừa"))], required=False)
    result = forms.ChoiceField(
        label=_("Kết luận"), choices=[("yes", _("Đạt")), ("no", _("Không đạt"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    remember = forms.BooleanField(label=_("Nhớ cách ghép này cho lần sau"), required=False)
    frozen = forms.CharField(label=_("Mã hồ sơ"), disabled=True, initial="MX-31-004127-8", required=False)

    def clean_tax_code(self) -> str:
        raise forms.ValidationError(_("Số kiểm tra không đúng. Có phải 0999127460?"))


class SampleUpload(forms.Form):
    default_renderer = FormRenderer
    file = forms.FileField(label=_("Tệp danh sách"), help_text=_("xlsx, xls, ods hoặc csv, tối đa 64 MB"))


@access(anyone)
def gallery(request: HttpRequest) -> HttpResponse:
    filled = {"name": "Công ty TNHH Đúc áp lực Lam Sơn Hạ", "tax_code": "0999127461", "workers": "164", "result": "yes"}
    page = Paginator(LONG_LIST, 25).page(2)
    return render(
        request,
        "gallery.html",
        {
            "today": TODAY,
            "form": SampleForm(filled | {"remember": "on", "frozen": "MX-31-004127-8"}),
            "upload": SampleUpload(),
            "icons": sorted(ICONS),
            "page": page,
            "numbers": list(page.paginator.get_elided_page_range(page.number)),
            **samples(),
        },
    )


def samples() -> dict[str, Any]:
    """Invented firms and figures, in the shapes the includes ask for."""
    return {
        "crumbs": [Link("Doanh nghiệp", "#"), Link("Hải Phòng", "#"), Link("An Dương")],
        "tabs": [Link("Hồ sơ", "#", current=True), Link("Năng lực", "#"), Link("Thông tin và nguồn", "#", count=148)],
        "choices": [Link("34 tỉnh", "#", current=True), Link("63 tỉnh", "#")],
        "steps": [Step("Tệp", "done", "#"), Step("Cột", "now"), Step("Kiểm tra"), Step("Kết quả")],
        "places": [
            Option("31", "Hải Phòng", 12, checked=True),
            Option("24", "Bắc Ninh", 1209, note="trước 01/7/2025: Bắc Giang"),
            Option("75", "Đồng Nai", 4),
        ],
        "facts": FACTS,
        "events": [
            Event("14/11/26", "2.318 dòng, 2.226 dòng được nhận", "Nhập danh sách quý III"),
            Event("12/08/26", "31 thông tin lên mức tại chỗ", "Thăm xưởng"),
            Event("20/05/26", "Sửa điện thoại liên hệ", minor=True),
        ],
        "columns": [Column("Nguồn"), Column("Dòng", figures=True), Column("Được nhận", figures=True)],
        "rows": [
            _row("Sở Công Thương Hải Phòng, quý III", "2.318", "2.226"),
            _row("Ban Quản lý khu kinh tế", "412", "409"),
        ],
        "amounts": [1_800_000_000, 210_000_000, 950_000, 4_840_960, None],
        "masked": ["0912345418", "Ngô Thị Hà My", "hamy@so.example"],
        "dates": [date(2026, 11, 20), date(2026, 11, 8), date(2026, 7, 3), date(2023, 11, 1)],
    }


def _row(source: str, rows: str, accepted: str) -> list[Cell]:
    return [Cell(source, url="#"), Cell(rows, "Dòng", figures=True), Cell(accepted, "Được nhận", figures=True)]


FACTS = [
    Fact(
        "Nơi sản xuất",
        "Lô CN-7, KCN Tràng Duệ, phường An Dương, Hải Phòng",
        below="trước 01/7/2025: xã Lê Lợi, huyện An Dương",
        level=3,
        source="Thăm xưởng 12/08/2026",
        age="3 tháng",
    ),
    Fact("Doanh thu 2025", "218 tỷ đồng", level=2, source="Báo cáo tài chính", age="7 tháng"),
    Fact(
        "Lao động",
        "164 người",
        note="· tự khai 03/2026: 172 người",
        url="#",
        action="Hai nguồn lệch 8 người. Chọn nguồn đúng",
        level=2,
        source="Bảo hiểm xã hội",
        age="5 tháng",
        clash=True,
    ),
    Fact("Ngành", "24320 Đúc kim loại màu", level=1, source="Danh sách Sở 2025", age="14 tháng", stale=True),
    Fact("Xuất khẩu", "12% doanh thu, Nhật Bản", source="Tự khai", age="8 tháng"),
]
