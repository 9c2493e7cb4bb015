"""The five plain questions of the support finder, parsed into facts; nothing here saves."""

from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.accounts.forms import DayField
from matxich.policy.forms.fields import MillionsField
from matxich.policy.queries.showing import said
from matxich.rulebook.law.asking import derived
from matxich.rulebook.law.facts import Known, Value, Words
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.vocabulary import FACTS
from matxich.rulebook.vietnamese.numbers import format_number

BILLION = 10**9
# Every limit of the law on size is the upper end of a band, so that a band is as exact as a figure.
WORKERS = (10, 50, 100, 200)
REVENUE = (3, 10, 50, 100, 200, 300)
UNKNOWN = ("", _("Không rõ"))
YES_NO = (("yes", _("Có")), ("no", _("Không")), UNKNOWN)
SHORT = {
    "parts": _("Làm linh kiện cho hãng khác"),
    "counterpart": _("Đủ vốn đối ứng"),
    "other": _("Tiền nhà nước khác"),
}
FORMS = ("enterprise", "cooperative", "cooperative_union", "cooperative_group", "household", "artisan")
KINDS = ("commune", "ward", "special_zone")


def _bands(ends: tuple[int, ...], unit: str) -> list[tuple[str, Any]]:
    found = [(str(ends[0]), gettext("đến %(end)s %(unit)s") % {"end": ends[0], "unit": unit})]
    for low, high in pairwise(ends):
        found.append((str(high), gettext("trên %(low)s đến %(high)s %(unit)s") % {
            "low": low, "high": high, "unit": unit}))  # fmt: skip
    above = gettext("trên %(end)s %(unit)s") % {"end": format_number(ends[-1]), "unit": unit}
    return [*found, (f">{ends[-1]}", above), UNKNOWN]


def _radio(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect, help_text=help_text)


class FinderForm(forms.Form):
    """Every answer may be left open: what is not known is asked for beside the answer it would settle."""

    form = _radio(_("Cơ sở của bạn là"))
    province = forms.ChoiceField(label=_("Tỉnh, thành phố nơi sản xuất"), required=False)
    kind = _radio(_("Nơi sản xuất thuộc"), _("Theo tên từ 01/07/2025. Nơi sản xuất, không phải trụ sở."))
    craft = forms.BooleanField(label=_("Nằm trong làng nghề được UBND tỉnh công nhận"), required=False)
    workers = _radio(_("Lao động đóng bảo hiểm xã hội, bình quân năm trước"))
    revenue = _radio(_("Doanh thu năm trước"))
    sector = forms.ChoiceField(label=_("Ngành nghề chính"), required=False)
    parts = _radio(_("Có làm vật liệu, linh kiện, phụ tùng cho hãng khác lắp ráp không?"))
    content = forms.ChoiceField(label=_("Bạn định làm gì?"), required=False)
    cost = MillionsField(
        label=_("Chi phí của việc đó, triệu đồng"), help_text=_("Để trống nếu chưa biết; khi đó trả lời mức trần.")
    )
    counterpart = _radio(_("Phần vốn của mình đã bố trí hoặc cam kết đủ chưa?"))
    other = _radio(_("Cùng nội dung này đã nhận tiền nhà nước nào khác chưa?"))
    on = DayField(label=_("Tính theo luật của ngày"), required=False, help_text=_("Ngày phê duyệt hoặc nộp hồ sơ."))

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "form": [*((code, _choice("legal_form", code)) for code in FORMS), UNKNOWN],
            "province": [("", _("Chưa chọn")), *provinces],
            "kind": [*((code, _choice("site_commune_kind", code)) for code in KINDS), UNKNOWN],
            "workers": _bands(WORKERS, gettext("người")),
            "revenue": _bands(REVENUE, gettext("tỷ đồng")),
            "sector": [("", _("Chưa chọn")), *((code, said(words)) for code, words in _lines())],
            "parts": [*YES_NO],
            "content": [("", _("Xem tất cả")), *((each.id, said(each.words)) for each in SUPPORTS.values())],
            "counterpart": [*YES_NO],
            "other": [*YES_NO],
        }
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Known]:
        """What the answers say, and what follows."""
        asked = self.cleaned_data
        told: dict[str, Value | None] = {
            "legal_form": asked["form"] or None,
            "site_province": asked["province"] or None,
            "site_commune_kind": asked["kind"] or None,
            "craft_village": True if asked["craft"] else None,
            "workers": _upper(asked["workers"], 1),
            "revenue": _upper(asked["revenue"], BILLION),
            "sector": asked["sector"] or None,
            "supporting_goods": {"yes": "made", "no": "none"}.get(asked["parts"]),
            "production": True if asked["sector"] and asked["sector"] != "trade_services" else None,
            "eligible_cost": asked["cost"],
            "counterpart_committed": _yes_no(asked["counterpart"]),
            "other_state_support_same_content": _yes_no(asked["other"]),
        }
        facts = {name: Known(value) for name, value in told.items() if value is not None}
        return {**facts, **derived(facts)}

    def told(self) -> list[str]:
        """The answers given, each as it was read, for the page of results."""
        found = []
        for name, value in self.cleaned_data.items():
            field = self.fields[name]
            if not value:
                continue
            if isinstance(field, forms.ChoiceField):
                label = str(dict(field.choices)[value])  # type: ignore[arg-type]
                found.append(f"{SHORT[name]}: {label.lower()}" if name in SHORT else label)
            elif isinstance(field, forms.BooleanField):
                found.append(str(field.label))
        return found

    def day(self, today: date) -> date:
        found: date | None = self.cleaned_data["on"]
        return found or today


def _choice(fact: str, code: str) -> str:
    choices = FACTS[fact].choices
    assert choices is not None
    return said(choices[code])


def _lines() -> list[tuple[str, Words]]:
    return list((FACTS["sector"].choices or {}).items())


def _upper(band: str, unit: int) -> int | None:
    """The band's upper end; for the last one, just above the limit."""
    if not band:
        return None
    return int(band[1:]) * unit + 1 if band.startswith(">") else int(band) * unit


def _yes_no(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)
