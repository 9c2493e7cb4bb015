"""Figures, targets and places as pages write them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matxich.indicators.queries.figures import Answer, Asked
from matxich.indicators.queries.targets import TargetLine
from matxich.places.queries import edition_on, province_choices
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.indicators.catalogue import Indicator, units
from matxich.rulebook.indicators.formatting import Figure, written
from matxich.rulebook.indicators.targets import Standing

STANDINGS: Mapping[Standing, object] = {
    "met": gettext_lazy("đạt"),
    "on_track": gettext_lazy("đúng tiến độ"),
    "behind": gettext_lazy("chậm tiến độ"),
    "missed": gettext_lazy("chưa đạt"),
    "unknown": gettext_lazy("chưa xác định"),
}
SOURCE_WORDS = {
    "records": gettext_lazy("tính từ hồ sơ"),
    "statistics": gettext_lazy("số thống kê có nguồn"),
    "waiting": gettext_lazy("chưa có nguồn"),
}
GROUP_NAMES = {
    "A": gettext_lazy("Ngành và địa bàn"),
    "B": gettext_lazy("Nhà máy thông minh, chuyên gia"),
    "C": gettext_lazy("Kết quả tại doanh nghiệp"),
    "D": gettext_lazy("Đề án, kinh phí"),
    "E": gettext_lazy("Hội đồng thẩm định"),
    "F": gettext_lazy("Kết nối cung ứng"),
    "G": gettext_lazy("Hội chợ, sản phẩm, nhu cầu"),
    "H": gettext_lazy("Năng lực quản lý"),
}
BASIS_WORDS = {
    "stock": gettext_lazy("tại một ngày"),
    "flow": gettext_lazy("trong kỳ"),
    "cumulative": gettext_lazy("lũy kế"),
}
BY_WORDS = {
    "province": gettext_lazy("Tỉnh, thành"),
    "region": gettext_lazy("Vùng"),
    "sector": gettext_lazy("Lĩnh vực"),
    "size": gettext_lazy("Quy mô"),
    "sex": gettext_lazy("Giới"),
    "round": gettext_lazy("Đợt"),
    "line": gettext_lazy("Nguồn kinh phí"),
    "kind": gettext_lazy("Nội dung"),
}


def language() -> str:
    return "vi" if (get_language() or "vi") == "vi" else "en"


def name_of_indicator(one: Indicator) -> str:
    return one.name(language())


def figure_text(figure: Figure, indicator: Indicator) -> str:
    """With its qualifier and unit; “chưa có nguồn” when not known."""
    return written(figure, indicator.unit, language())


def number_text(figure: Figure, indicator: Indicator) -> str:
    """Without its unit."""
    unit = indicator.unit.name(language(), figure.value)
    return figure_text(figure, indicator).removesuffix(unit).strip()


def share_text(share: Figure) -> str:
    value = None if share.value is None else share.value * 100
    whole = value is not None and value == value.to_integral_value()
    return written(Figure(value, share.comparator), units()["percent"], language(), 0 if whole else 1)


def standing_of(target: TargetLine | None, figure: Figure, on: date) -> tuple[str, str, str]:
    """(share, words, code) against a target; empty without one."""
    if target is None or not figure.is_known:
        return "", "", ""
    told = target.attained(figure, on)
    if told is None:
        return "", "", ""
    return share_text(told.share), str(STANDINGS[told.standing]), told.standing


def finding(one: Answer) -> str:
    """The title of a figure's page: what it says, not what it is."""
    aim = one.target
    if not one.figure.is_known:
        return _("%(name)s: chưa có nguồn") % {"name": name_of_indicator(one.indicator)}
    said = figure_text(one.figure, one.indicator)
    if aim is None:
        return said[:1].upper() + said[1:]
    share, words, _code = standing_of(aim, one.figure, one.asked.on)
    told = {"value": said, "aim": figure_text(aim.figure, one.indicator), "share": share, "standing": words}
    text = _("%(value)s, bằng %(share)s mục tiêu %(aim)s: %(standing)s") % told
    return text[:1].upper() + text[1:]


def asked_from(code: str, params: Mapping[str, str], today: date) -> Asked:
    """What the address says, without what is wrong there. Parameters: ngay, tu, map, tinh, tach, thoa-thuan, dot."""
    on = _day(params.get("ngay", "")) or today
    chosen = params.get("map", "")
    edition: Edition = "34" if chosen == "34" else "63" if chosen == "63" else edition_on(on)
    place = params.get("tinh", "")
    since = _day(params.get("tu", ""))
    asked = Asked(code=code, on=on, edition=edition)
    agreement, by = params.get("thoa-thuan", ""), params.get("tach", "")
    return Asked(
        code=code, on=on, edition=edition, since=since if since and since <= on else None,
        place=place if place in dict(province_choices(edition)) else "",
        by=by if by in asked.indicator.splits and by in BY_WORDS else "",
        agreement=int(agreement) if agreement.isascii() and agreement.isdecimal() and len(agreement) < 10 else None,
        round=params.get("dot", "")[:20],
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def address(asked: Asked, today: date, **changes: object) -> str:
    """The page of a figure with some of what was asked changed."""
    told: dict[str, object] = {
        "ngay": "" if asked.on == today else asked.on.isoformat(),
        "tu": asked.since.isoformat() if asked.since else "",
        "map": "" if asked.edition == edition_on(asked.on) else asked.edition,
        "tinh": asked.place, "tach": asked.by, "thoa-thuan": asked.agreement or "", "dot": asked.round,
    } | changes  # fmt: skip
    code = told.pop("code", asked.code)
    query = urlencode({name: value for name, value in told.items() if value})
    url = reverse("indicators:figure", args=[code])
    return f"{url}?{query}" if query else url


def plain_number(value: Decimal | None) -> float | None:
    """For charts."""
    return None if value is None else float(value)
