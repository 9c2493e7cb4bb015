"""Figures, units, steps and reasons in words, for the pages of this room."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matxich.coaching.instruments import regions
from matxich.coaching.models import Cohort, KpiReading
from matxich.coaching.queries.definitions import kpi_of, value_of
from matxich.kit.templatetags.mx import number
from matxich.places.queries import name_of
from matxich.rulebook.coaching.kpi import Gain, rounded
from matxich.rulebook.coaching.loading import Kpi, Names, said
from matxich.rulebook.coaching.weeks import week_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Text
else:
    Text = str

UNITS: dict[str, "Text | str"] = {
    "ppm": gettext_lazy("phần triệu"),
    "day": gettext_lazy("ngày"),
    "turns": gettext_lazy("vòng"),
    "minute": gettext_lazy("phút"),
    "piece_per_hour": gettext_lazy("sản phẩm/giờ công"),
    "m2": "m²",
    "m": "m",
    "kwh_per_unit": gettext_lazy("kWh/sản phẩm"),
    "million_dong": gettext_lazy("triệu đồng"),
    "point": gettext_lazy("điểm"),
    "level": gettext_lazy("bậc"),
}
WHY: dict[str, Text] = {
    "no_numerator": gettext_lazy("chưa có số đo"),
    "no_denominator": gettext_lazy("thiếu mẫu số"),
    "zero_denominator": gettext_lazy("mẫu số bằng 0 nên không ra giá trị"),
    "negative": gettext_lazy("số đo âm"),
    "above_most": gettext_lazy("vượt mức có thể"),
    "not_measured": gettext_lazy("chưa đo"),
    "not_both": gettext_lazy("chưa đủ hai lần đo"),
    "zero_base": gettext_lazy("số nền bằng 0 nên không có tỷ lệ"),
}
STEPS: dict[str, Text] = {
    "longlisted": gettext_lazy("Danh sách dài"),
    "eligible": gettext_lazy("Đủ điều kiện"),
    "visited": gettext_lazy("Khảo sát nhà máy"),
    "surveyed": gettext_lazy("Trả lời khảo sát"),
    "interviewed": gettext_lazy("Phỏng vấn"),
    "selected": gettext_lazy("Được chọn"),
    "agreed": gettext_lazy("Cam kết"),
    "started": gettext_lazy("Bắt đầu"),
    "finished": gettext_lazy("Hoàn thành"),
}
LANGUAGES: dict[str, Text] = {
    "vi": gettext_lazy("Tiếng Việt"),
    "en": gettext_lazy("Tiếng Anh"),
    "ko": gettext_lazy("Tiếng Hàn"),
    "ja": gettext_lazy("Tiếng Nhật"),
    "zh": gettext_lazy("Tiếng Trung"),
}


def named(names: Names) -> str:
    """Data of the rulebook in the reader's language."""
    return said(names, get_language() or "vi")


def unit_of(code: str) -> str:
    return str(UNITS.get(code, code))


def why_text(code: str) -> str:
    return str(WHY.get(code, code))


def exact_text(exact: Fraction | None, kpi: Kpi, why: str = "") -> str:
    """ "58,3 %"; the reason where there is no value."""
    if exact is None:
        return why_text(why)
    return f"{number(rounded(exact, kpi.decimals), kpi.decimals)} {unit_of(kpi.unit)}"


def reading_text(reading: KpiReading | None) -> str:
    if reading is None:
        return "–"
    found = value_of(reading)
    return exact_text(found.exact, kpi_of(reading.measured.definition), found.why)


def gain_text(gain: Gain, kpi: Kpi) -> str:
    """ "tốt lên 13,0 điểm phần trăm", "kém đi …"; the reason where it cannot be told."""
    if gain.amount is None:
        return why_text(gain.why)
    amount = exact_text(abs(gain.amount), kpi)
    if kpi.unit == "%":
        amount = _("%(amount)s điểm phần trăm") % {"amount": amount.rstrip("%\u00a0 ")}
    if gain.amount > 0:
        return _("tốt lên %(amount)s") % {"amount": amount}
    if gain.amount < 0:
        return _("kém đi %(amount)s") % {"amount": amount}
    return _("không đổi")


def place_of(code: str) -> str:
    return name_of(code) if code else _("Cả nước")


def region_label(cohort: Cohort, province_63: str) -> str:
    """ "Phía Bắc", by the set of regions the round uses."""
    found = regions()[cohort.region_set].region_of(province_63) if cohort.region_set in regions() else None
    return named(found.names) if found else ""


@dataclass(frozen=True, slots=True)
class Slope:
    """A base and a later value on one axis, for a drawing 200 wide."""

    x1: float
    x2: float
    better: bool


def slope(base: Fraction | None, now: Fraction | None, kpi: Kpi) -> Slope | None:
    """None without both. The axis runs from zero to a little past the larger."""
    if base is None or now is None or max(base, now) <= 0:
        return None
    top = Fraction(kpi.most) if kpi.most and kpi.unit == "%" else max(base, now) * Fraction(6, 5)
    better = now > base if kpi.better == "up" else now < base
    return Slope(round(float(base / top) * 188 + 6, 1), round(float(now / top) * 188 + 6, 1), better)


def current_week(cohort: Cohort, today: date) -> int | None:
    return week_of(cohort.starts_on, today, cohort.weeks) if cohort.starts_on else None
