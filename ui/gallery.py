"""Every component once, in all its states, on one page: what a builder copies from and a reader checks against."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from matxich.kit.icons import ICONS
from ui.forms import FormRenderer
from ui.theme import theme_of

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


def gallery(request: HttpRequest) -> HttpResponse:
    """Open to everyone: it holds invented samples only."""
    filled = {"name": "Công ty TNHH Đúc áp lực Lam Sơn Hạ", "tax_code": "0999127461", "workers": "164", "result": "yes"}
    page = Paginator(LONG_LIST, 25).page(2)
    return render(
        request,
        "gallery.html",
        {
            "theme": theme_of(request),
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
        "crumbs": [{"label": "Doanh nghiệp", "url": "#"}, {"label": "Hải Phòng", "url": "#"}, {"label": "An Dương"}],
        "tabs": [
            {"label": "Hồ sơ", "url": "#", "current": True},
            {"label": "Năng lực", "url": "#"},
            {"label": "Thông tin và nguồn", "url": "#", "count": 148},
        ],
        "choices": [{"label": "34 tỉnh", "url": "#", "current": True}, {"label": "63 tỉnh", "url": "#"}],
        "steps": [
            {"label": "Tệp", "state": "done", "url": "#"},
            {"label": "Cột", "state": "now"},
            {"label": "Kiểm tra"},
            {"label": "Kết quả"},
        ],
        "places": [
            {"label": "Hải Phòng", "value": "31", "count": 12, "checked": True},
            {"label": "Bắc Ninh", "value": "24", "count": 1209, "note": "trước 01/7/2025: Bắc Giang"},
            {"label": "Đồng Nai", "value": "75", "count": 4},
        ],
        "facts": SAMPLE_FACTS,
        "events": [
            {"time": "14/11/26", "title": "Nhập danh sách quý III", "text": "2.318 dòng, 2.226 dòng được nhận"},
            {"time": "12/08/26", "title": "Thăm xưởng", "text": "31 thông tin lên mức tại chỗ"},
            {"time": "20/05/26", "text": "Sửa điện thoại liên hệ", "minor": True},
        ],
        "columns": [{"label": "Nguồn"}, {"label": "Dòng", "figures": True}, {"label": "Được nhận", "figures": True}],
        "rows": [
            [_cell("Sở Công Thương Hải Phòng, quý III", url="#"), _count("Dòng", "2.318"), _count("Được nhận", "2.226")],
            [_cell("Ban Quản lý khu kinh tế", url="#"), _count("Dòng", "412"), _count("Được nhận", "409")],
        ],
        "amounts": [1_800_000_000, 210_000_000, 950_000, Decimal("4840960.75"), None],
        "masked": ["0912345418", "Ngô Thị Hà My", "hamy@so.example"],
        "dates": [date(2026, 11, 20), date(2026, 11, 8), date(2026, 7, 3), date(2023, 11, 1)],
    }


def _cell(text: str, url: str = "") -> dict[str, str]:
    return {"text": text, "url": url}


def _count(head: str, text: str) -> dict[str, object]:
    return {"head": head, "text": text, "figures": True}


SAMPLE_FACTS: list[dict[str, Any]] = [
    {
        "label": "Nơi sản xuất",
        "value": "Lô CN-7, KCN Tràng Duệ, phường An Dương, Hải Phòng",
        "note": "trước 01/7/2025: xã Lê Lợi, huyện An Dương",
        "level": 3,
        "source": "Thăm xưởng 12/08/2026",
        "age": "3 tháng",
    },
    {"label": "Doanh thu 2025", "value": "218 tỷ đồng", "level": 2, "source": "Báo cáo tài chính", "age": "7 tháng"},
    {
        "label": "Lao động",
        "value": "164 người",
        "note": "· tự khai 03/2026: 172 người",
        "url": "#",
        "action": "Hai nguồn lệch 8 người. Chọn nguồn đúng",
        "level": 2,
        "source": "Bảo hiểm xã hội",
        "age": "5 tháng",
        "clash": True,
    },
    {
        "label": "Ngành",
        "value": "VSIC 2025: 24320 Đúc kim loại màu",
        "level": 1,
        "source": "Danh sách Sở 2025",
        "age": "14 tháng",
        "stale": True,
    },
    {"label": "Xuất khẩu", "value": "12% doanh thu, Nhật Bản", "level": 0, "source": "Tự khai", "age": "8 tháng"},
]
