"""Who says what about invented firms: lists of every kind, papers, visits, and the firms themselves."""

from functools import cache

from demo.synthetic.places import country
from matxich.registry.states import SourceKind

MARK = "(dữ liệu mẫu)"
DEPARTMENTS = 0
"""Where the departments of the provinces begin, in the order of `country().provinces`."""
_OTHERS = (
    ("Hiệp hội công nghiệp hỗ trợ", SourceKind.ASSOCIATION_LIST),
    ("Danh sách nhà cung ứng của bên mua", SourceKind.BUYER_LIST),
    ("Ban Quản lý các khu công nghiệp", SourceKind.AGENCY_LIST),
    ("Danh sách doanh nghiệp ngoài ngành", SourceKind.OUTSIDE),
    ("Doanh nghiệp tự khai", SourceKind.SELF_DECLARED),
    ("Giấy tờ doanh nghiệp gửi", SourceKind.DOCUMENT),
    ("Đoàn khảo sát tại cơ sở", SourceKind.VISIT),
    ("Đoàn đánh giá tại cơ sở", SourceKind.VISIT),
)
ASSOCIATION, BUYER, ZONES, OUTSIDE, DECLARED, DOCUMENT, VISIT, AUDIT = range(34, 42)


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Name and kind, in the order facts count them."""
    departments = [f"Sở Công Thương {name}" for name in country().names.values()]
    named = [*((name, SourceKind.AGENCY_LIST) for name in departments), *_OTHERS]
    return tuple((f"{name} {MARK}", str(kind)) for name, kind in named)
