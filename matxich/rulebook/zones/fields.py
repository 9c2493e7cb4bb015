"""What is kept of a zone (fields of the report forms of Thông tư 14/2024/TT-BCT) and what a tenant reports.

Values are JSON: area (hectares) and volume (m³ a day) exact decimals as text ("12.5"), money whole đồng, usd whole US
dollars, count whole numbers, date ISO, state and choice a code, commune a unit code, tax_code and text as text.
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "area", "volume", "money", "usd", "count", "state", "choice", "text", "date", "tax_code", "commune",
]  # fmt: skip
Basis = Literal["", "stock", "flow"]
FIGURES: frozenset[str] = frozenset({"area", "volume", "money", "usd", "count"})
UNITS: dict[str, str] = {"area": "ha", "volume": "m³/ngày đêm", "money": "đồng", "usd": "USD"}

STATES: dict[str, str] = {
    "none": "chưa có",
    "planned": "đã có kế hoạch",
    "building": "đang xây dựng",
    "operating": "đang vận hành",
}
CLUSTER_KINDS: dict[str, str] = {
    "ordinary": "thông thường",
    "craft_village": "cụm công nghiệp làng nghề",
    "mountain": "ở địa bàn miền núi",
}
OPERATOR_KINDS: dict[str, str] = {
    "enterprise": "doanh nghiệp",
    "cooperative": "hợp tác xã",
    "public_unit": "đơn vị sự nghiệp công lập",
    "agency": "cơ quan nhà nước",
}
TENANT_STATES: dict[str, str] = {
    "planned": "chưa xây dựng",
    "building": "đang xây dựng",
    "operating": "đang hoạt động",
    "stopped": "ngừng hoạt động",
}
GROUPS: dict[str, str] = {
    "legal": "Pháp lý",
    "land": "Đất đai",
    "operator": "Chủ đầu tư hạ tầng",
    "infrastructure": "Hạ tầng",
    "activity": "Hoạt động",
}


@dataclass(frozen=True, slots=True)
class ZoneField:
    """One thing known of a zone or of a tenant in it.

    `basis`: stock (as it stands on a day) or flow (added up over a period). `public`: shown to everybody.
    `headers`: how lists call it; "=" matches only as the whole header. `clusters`: asked of clusters (CCN) only.
    """

    code: str
    label: str
    kind: Kind
    group: str
    basis: Basis = ""
    public: bool = True
    clusters: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return UNITS.get(self.kind, "")


def _zone(code: str, label: str, kind: Kind, group: str, headers: str = "", flags: str = "") -> ZoneField:
    choices = {"operator_kind": OPERATOR_KINDS, "cluster_kind": CLUSTER_KINDS}.get(code, {})
    basis: Basis = "flow" if "flow" in flags else "stock" if kind in FIGURES else ""
    return ZoneField(
        code,
        label,
        kind,
        group,
        basis,
        public="officials" not in flags,
        clusters="clusters" in flags,
        choices=STATES if kind == "state" else choices,
        headers=tuple(part.strip() for part in headers.split(";") if part.strip()),
    )


ZONE_FIELDS: tuple[ZoneField, ...] = (
    _zone(
        "establishment_decision", "Quyết định thành lập", "text", "legal",
        "Quyết định thành lập; QĐ thành lập; Số quyết định thành lập; Số QĐ thành lập; Số quyết định;"
        "Establishment decision",
    ),
    _zone(
        "established_on", "Ngày thành lập", "date", "legal",
        "Ngày thành lập; Năm thành lập; Ngày quyết định; Ngày ban hành quyết định; Established on; Year established",
    ),
    _zone(
        "planning_decision", "Quyết định phê duyệt quy hoạch", "text", "legal",
        "Quyết định quy hoạch; QĐ quy hoạch; Quyết định phê duyệt quy hoạch; =Quy hoạch chi tiết; Planning decision",
    ),
    _zone(
        "commune", "Xã, phường, đặc khu", "commune", "legal",
        "=Xã; =Phường; Xã, phường; Phường, xã; Xã/phường; =Địa điểm; =Vị trí; Vị trí xã; =Địa chỉ; Commune; =Location",
    ),
    _zone("cluster_kind", "Loại cụm công nghiệp", "choice", "legal", "Loại cụm; Loại hình cụm", "clusters"),
    _zone(
        "planned_area", "Diện tích quy hoạch", "area", "land",
        "Diện tích quy hoạch; Diện tích theo quy hoạch; DT quy hoạch; =Quy hoạch; Planned area",
    ),
    _zone(
        "established_area", "Diện tích thành lập", "area", "land",
        "Diện tích thành lập; DT thành lập; =Diện tích; =Tổng diện tích; Diện tích đất tự nhiên; =Area; Total area",
    ),
    _zone(
        "industrial_area", "Diện tích đất công nghiệp", "area", "land",
        "Diện tích đất công nghiệp; =Đất công nghiệp; DT đất CN; Diện tích đất CN; =Đất CN; Diện tích đất công nghiệp"
        " cho thuê; Industrial area; Industrial land",
    ),
    _zone(
        "leased_area", "Diện tích đất công nghiệp đã cho thuê", "area", "land",
        "Diện tích đã cho thuê; Đã cho thuê; DT đã cho thuê; Diện tích đất công nghiệp đã cho thuê; Diện tích cho thuê;"
        "Đất đã cho thuê; Leased area; Leased",
    ),
    _zone(
        "cleared_area", "Diện tích đã giải phóng mặt bằng", "area", "land",
        "Diện tích đã giải phóng mặt bằng; Đã giải phóng mặt bằng; Giải phóng mặt bằng; GPMB; Đã GPMB; Cleared area",
    ),
    _zone(
        "craft_area", "Đất công nghiệp bố trí cho cơ sở làng nghề di dời", "area", "land",
        "Đất cho cơ sở làng nghề; Diện tích bố trí cơ sở làng nghề", "clusters",
    ),
    _zone(
        "operator", "Chủ đầu tư hạ tầng", "text", "operator",
        "=Chủ đầu tư; Chủ đầu tư hạ tầng; Tên chủ đầu tư; Đơn vị đầu tư hạ tầng; Chủ đầu tư xây dựng hạ tầng kỹ thuật;"
        "Đơn vị quản lý; Operator; Developer; Infrastructure developer",
    ),
    _zone("operator_kind", "Loại chủ đầu tư", "choice", "operator", "Loại chủ đầu tư; Loại hình chủ đầu tư"),
    _zone(
        "operator_tax_code", "Mã số thuế của chủ đầu tư", "tax_code", "operator",
        "Mã số thuế; MST; Mã số thuế chủ đầu tư; MST chủ đầu tư; Mã số doanh nghiệp; Tax code",
    ),
    _zone(
        "registered_capital", "Vốn đầu tư hạ tầng đăng ký", "money", "operator",
        "Vốn đăng ký; Vốn đầu tư đăng ký; Vốn đầu tư hạ tầng; Vốn đầu tư hạ tầng đăng ký; Tổng mức đầu tư;"
        "Tổng vốn đầu tư; Registered capital",
    ),
    _zone(
        "realised_capital", "Vốn đầu tư hạ tầng đã thực hiện", "money", "operator",
        "Vốn thực hiện; Vốn đầu tư thực hiện; Vốn đã thực hiện; Vốn đầu tư hạ tầng đã thực hiện; Realised capital",
    ),
    _zone("roads", "Đường giao thông nội bộ", "state", "infrastructure", "=Đường; =Giao thông; Đường nội bộ; Roads"),
    _zone("power", "Cấp điện", "state", "infrastructure", "=Điện; Cấp điện; Hệ thống điện; Power"),
    _zone("water", "Cấp nước", "state", "infrastructure", "=Nước; Cấp nước; Hệ thống cấp nước; Water"),
    _zone(
        "wastewater", "Xử lý nước thải tập trung", "state", "infrastructure",
        "Xử lý nước thải; XLNT; Trạm xử lý nước thải; Hệ thống xử lý nước thải; Nhà máy xử lý nước thải; Wastewater",
    ),
    _zone(
        "wastewater_capacity", "Công suất xử lý nước thải", "volume", "infrastructure",
        "Công suất XLNT; Công suất xử lý nước thải; Công suất trạm xử lý nước thải; Wastewater capacity",
    ),
    _zone("fire_safety", "Phòng cháy, chữa cháy", "state", "infrastructure", "PCCC; Phòng cháy chữa cháy; Fire safety"),
    _zone(
        "environment_licence", "Giấy phép môi trường", "text", "infrastructure",
        "Giấy phép môi trường; GPMT; Thủ tục môi trường; Environmental licence",
    ),
    _zone("projects", "Số dự án đầu tư", "count", "activity", "Số dự án; =Dự án; Số dự án đầu tư; Projects"),
    _zone(
        "tenants", "Số doanh nghiệp, cơ sở đang hoạt động", "count", "activity",
        "Số doanh nghiệp; Số DN; Số cơ sở; Số doanh nghiệp đang hoạt động; =Doanh nghiệp; Tenants; Enterprises",
    ),
    _zone(
        "tenant_capital", "Vốn đầu tư của doanh nghiệp thứ cấp", "money", "activity",
        "Vốn đầu tư doanh nghiệp thứ cấp; Vốn DN thứ cấp; Tenant capital", "officials",
    ),
    _zone(
        "workers", "Số lao động", "count", "activity",
        "Lao động; Số lao động; Số LĐ; Tổng số lao động; Workers; Employees",
    ),
    _zone("revenue", "Doanh thu trong kỳ", "money", "activity", "Doanh thu; Revenue", "flow officials"),
    _zone(
        "budget_paid", "Nộp ngân sách trong kỳ", "money", "activity",
        "Nộp ngân sách; Nộp NSNN; Nộp NS; Paid to the budget", "flow officials",
    ),
    _zone(
        "export_value", "Kim ngạch xuất khẩu trong kỳ", "usd", "activity",
        "Xuất khẩu; Kim ngạch xuất khẩu; Giá trị xuất khẩu; Exports", "flow officials",
    ),
)  # fmt: skip

TENANT_FIELDS: tuple[ZoneField, ...] = (
    ZoneField("lot", "Lô đất", "text", "legal"),
    ZoneField("status", "Tình trạng", "choice", "activity", choices=TENANT_STATES),
    ZoneField("rented_area", "Diện tích đất thuê", "area", "land", "stock"),
    ZoneField("registered_capital", "Vốn đầu tư đăng ký", "money", "activity", "stock", public=False),
    ZoneField("realised_capital", "Vốn đầu tư đã thực hiện", "money", "activity", "stock", public=False),
    ZoneField("workers", "Số lao động", "count", "activity", "stock", public=False),
    ZoneField("revenue", "Doanh thu trong kỳ", "money", "activity", "flow", public=False),
    ZoneField("budget_paid", "Nộp ngân sách trong kỳ", "money", "activity", "flow", public=False),
    ZoneField("export_value", "Kim ngạch xuất khẩu trong kỳ", "usd", "activity", "flow", public=False),
    ZoneField("products", "Sản phẩm chính", "text", "activity"),
    ZoneField("environment_licence", "Giấy phép môi trường", "text", "infrastructure"),
)

BY_CODE: dict[str, ZoneField] = {one.code: one for one in ZONE_FIELDS}


def fields_for(zone_kind: str) -> tuple[ZoneField, ...]:
    """What is asked of a zone of this kind (KCN, CCN, …)."""
    return tuple(one for one in ZONE_FIELDS if zone_kind == "CCN" or not one.clusters)
