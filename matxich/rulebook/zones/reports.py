"""The forms of a reporting period (Thông tư 14/2024/TT-BCT): what the developer of a cluster and a tenant state."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from matxich.rulebook.zones.fields import BY_CODE, TENANT_FIELDS, ZoneField
from matxich.rulebook.zones.periods import Period


@dataclass(frozen=True, slots=True)
class ReportForm:
    """`required` must be stated before the form can be submitted; the rest may stay unknown."""

    code: str
    label: str
    fields: tuple[ZoneField, ...]
    required: frozenset[str]

    def field(self, code: str) -> ZoneField:
        return next(one for one in self.fields if one.code == code)


FORMS: dict[str, ReportForm] = {
    "developer": ReportForm(
        "developer",
        "Báo cáo của chủ đầu tư hạ tầng",
        tuple(
            BY_CODE[code]
            for code in (
                "planned_area", "established_area", "industrial_area", "leased_area", "cleared_area", "craft_area",
                "registered_capital", "realised_capital",
                "roads", "power", "water", "wastewater", "wastewater_capacity", "fire_safety", "environment_licence",
                "projects", "tenants", "tenant_capital", "workers", "revenue", "budget_paid", "export_value",
            )
        ),
        frozenset({"established_area", "industrial_area", "leased_area", "wastewater", "tenants", "workers"}),
    ),
    "tenant": ReportForm(
        "tenant",
        "Báo cáo của doanh nghiệp, cơ sở trong cụm",
        TENANT_FIELDS,
        frozenset({"status", "rented_area", "workers", "revenue"}),
    ),
}  # fmt: skip


def stated_source(period: Period, reporter: str, paper: str) -> str:
    """How the facts of an accepted form name it: "Báo cáo 6 tháng đầu năm 2026 của Công ty …, 15/BC"."""
    return f"Báo cáo {period.name} của {reporter}" + (f", {paper}" if paper else "")


# Message keys: Vietnamese source texts that screens translate.
FAULTS: dict[str, str] = {
    "missing": "Mục này cần có trước khi gửi.",
    "over_industrial": "Không thể lớn hơn diện tích đất công nghiệp.",
    "over_established": "Không thể lớn hơn diện tích thành lập.",
    "without_plant": "Có công suất thì trạm xử lý phải đang xây dựng hoặc đang vận hành.",
}


def faults(form: ReportForm, values: Mapping[str, object]) -> dict[str, str]:
    """What keeps the form from being submitted: field code → key of FAULTS. `values`: code → stored value."""
    found = dict.fromkeys((code for code in form.required if values.get(code) in (None, "")), "missing")
    if form.code == "developer":
        industrial = _area(values, "industrial_area")
        for code in ("leased_area", "craft_area"):
            if _over(_area(values, code), industrial):
                found[code] = "over_industrial"
        for code in ("industrial_area", "cleared_area"):
            if _over(_area(values, code), _area(values, "established_area")):
                found[code] = "over_established"
        if values.get("wastewater_capacity") and values.get("wastewater") in ("none", "planned"):
            found["wastewater_capacity"] = "without_plant"
    return found


def _area(values: Mapping[str, object], code: str) -> Decimal | None:
    value = values.get(code)
    return None if value in (None, "") else Decimal(str(value))


def _over(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and part > whole


TOTALS: tuple[str, ...] = ("rented_area", "registered_capital", "workers", "revenue", "budget_paid", "export_value")
MATCHING: dict[str, str] = {
    "rented_area": "leased_area",
    "registered_capital": "tenant_capital",
    "workers": "workers",
    "revenue": "revenue",
    "budget_paid": "budget_paid",
    "export_value": "export_value",
}
"""A figure of the tenants' forms and the developer's figure that their sum is held against."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the tenants' accepted forms: `stated` of them give the figure."""

    code: str
    sum: Decimal
    stated: int


def totals(forms: list[Mapping[str, object]]) -> list[Total]:
    """The sums of what tenants state, for each figure that at least one states; unknown counts as not stated."""
    found = []
    for code in TOTALS:
        given = [Decimal(str(values[code])) for values in forms if values.get(code) not in (None, "")]
        if given:
            found.append(Total(code, sum(given, Decimal()), len(given)))
    return found
