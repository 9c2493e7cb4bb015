"""What the public home shows: counts from the search index, the map of them, what came in last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.places.queries import ProvinceMap, province_choices, province_map
from matxich.registry.queries import public_enterprises
from matxich.registry.search import Query, search
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.identifiers import make_registry_id

LEADING, SECTORS_NAMED = 5, 2


@dataclass(frozen=True, slots=True)
class Level:
    """How many enterprises are backed at least this well, and what that means."""

    level: int
    label: str
    meaning: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A firm that came into the register lately."""

    name: str
    place: str
    on: date
    url: str


@dataclass(frozen=True, slots=True)
class Home:
    """Everything on the page. `seen` counts enterprises somebody went to see; `provinces` those with at least one."""

    total: int
    seen: int
    seen_share: Decimal | None
    provinces: int
    sectors: tuple[tuple[str, str], ...]
    sector_count: int
    levels: tuple[Level, ...]
    newcomers: list[Newcomer]
    map: ProvinceMap
    other_map_url: str
    degraded: bool


def home(edition: Edition, on: date) -> Home:
    """One question to the index and three queries."""
    directory = reverse("registry:directory")
    found = search(Query(limit=0, boundaries=edition, facets=("province", "verified", "sector")))
    facets = {name: dict(counted) for name, counted in found.facets.items()}
    counts, verified = facets.get("province", {}), facets.get("verified", {})

    def listed(**chosen: str | Sequence[str]) -> str:
        return f"{directory}?{urlencode({**chosen, 'map': edition}, doseq=True)}"

    named = [(name, count) for name, count in facets.get("sector", {}).items() if name]
    seen = sum(count for level, count in verified.items() if int(level) >= 3)
    return Home(
        total=found.total,
        seen=seen,
        seen_share=Decimal(seen) / found.total if found.total else None,
        provinces=sum(1 for code, count in counts.items() if code and count),
        sectors=tuple((name, listed(sector=name)) for name, _count in named[:SECTORS_NAMED]),
        sector_count=len(named),
        levels=_levels(verified, lambda codes: listed(verified=codes)),
        newcomers=newcomers(),
        map=province_map(
            edition,
            counts,
            href=lambda code: listed(province=code),
            noun=_("doanh nghiệp có hồ sơ"),
            on=on,
            title=finding(counts, found.total),
        ),
        other_map_url=f"?{urlencode({'map': '63' if edition == '34' else '34'})}",
        degraded=found.degraded,
    )


def newcomers(limit: int = 5) -> list[Newcomer]:
    """The programme's latest arrivals, newest first."""
    names = dict(province_choices("34"))
    rows = public_enterprises().filter(in_programme=True).order_by("-id")[:limit]
    return [
        Newcomer(
            row.name,
            names.get(row.province_34, ""),
            timezone.localdate(row.created_at),
            reverse("registry:firm", args=[make_registry_id(row.pk)]),
        )
        for row in rows
    ]


def finding(counts: dict[str, int], total: int) -> str:
    """The map's title says what it shows: how much the leading provinces hold."""
    largest = sorted((count for code, count in counts.items() if code), reverse=True)[:LEADING]
    if not total or len(largest) < LEADING:
        return _("Nhà cung ứng có hồ sơ theo nơi sản xuất")
    share = round(100 * sum(largest) / total)
    return _("Năm tỉnh, thành giữ %(share)s%% nhà cung ứng có hồ sơ") % {"share": share}


def _levels(verified: dict[str, int], url: Callable[[Sequence[str]], str]) -> tuple[Level, ...]:
    meanings = (
        (3, ("3", "4"), _("Đã kiểm tra tại chỗ"), _("cán bộ hoặc chuyên gia đã tới xưởng")),
        (2, ("2",), _("Có tài liệu"), _("có chứng từ, chưa tới xưởng")),
        (1, ("1",), _("Theo danh sách cơ quan"), _("từ danh sách cơ quan, hiệp hội gửi")),
        (0, ("0",), _("Tự khai"), _("doanh nghiệp tự khai, chưa ai kiểm")),
    )
    return tuple(
        Level(level, label, meaning, sum(verified.get(code, 0) for code in codes), url(codes))
        for level, codes, label, meaning in meanings
    )
