"""What follows from the facts of a zone: occupancy, digitised or not, what does not fit together. Nothing is typed in.

Unknown is not zero: a share without both its figures is None, and so is a verdict without its facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

RATIO_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio with its two terms; `value` is None when there is nothing to divide by."""

    numerator: Decimal
    denominator: Decimal

    @property
    def value(self) -> Decimal | None:
        return (self.numerator / self.denominator).quantize(RATIO_PLACES) if self.denominator else None


def occupancy(leased: Decimal | None, industrial: Decimal | None) -> Decimal | None:
    """Leased over industrial land, as a share (0.5 is half) to four places; None while either is unknown or none."""
    return None if leased is None or not industrial else Share(leased, industrial).value


def pooled_occupancy(areas: Iterable[tuple[Decimal | None, Decimal | None]]) -> Share:
    """Occupancy of several zones: the sums over those of which both (leased, industrial) are known."""
    both = [(leased, industrial) for leased, industrial in areas if leased is not None and industrial]
    return Share(sum((one[0] for one in both), Decimal()), sum((one[1] for one in both), Decimal()))


@dataclass(frozen=True, slots=True)
class SizeRule:
    """Least and greatest area of a cluster in hectares, in force in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    least: Decimal
    least_special: Decimal
    most: Decimal
    craft_share: Decimal
    source: str


SIZE_RULES = (
    SizeRule(
        date(2024, 5, 1), None, Decimal(10), Decimal(5), Decimal(75), Decimal("0.6"),
        "Nghị định 32/2024/NĐ-CP, Điều 2",
    ),
)  # fmt: skip

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
CAUTIONS: dict[str, str] = {
    "leased_over_industrial": "Diện tích đã cho thuê lớn hơn diện tích đất công nghiệp. Một trong hai số cần xem lại.",
    "industrial_over_established": "Diện tích đất công nghiệp lớn hơn diện tích thành lập. Một trong hai cần xem lại.",
    "too_large": "Diện tích trên %(most)s ha (%(source)s).",
    "too_small": "Diện tích dưới %(least)s ha (%(source)s).",
    "small_unless_special": (
        "Diện tích dưới %(least)s ha: chỉ đúng với cụm làng nghề hoặc ở miền núi (%(source)s); chưa ghi loại cụm."
    ),
    "few_craft_producers": "Đất bố trí cho cơ sở làng nghề dưới %(share)s%% đất công nghiệp (%(source)s).",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at; nothing is refused for it."""

    code: str
    params: dict[str, str]

    @property
    def text(self) -> str:
        return CAUTIONS[self.code]


def cautions(zone_kind: str, values: Mapping[str, object], on: date) -> list[Caution]:
    """What does not fit together, or not the law in force on a day. `values`: field code → stored value."""
    industrial, leased = area(values, "industrial_area"), area(values, "leased_area")
    established = area(values, "established_area")
    found = []
    if leased is not None and industrial is not None and leased > industrial:
        found.append(Caution("leased_over_industrial", {}))
    if industrial is not None and established is not None and industrial > established:
        found.append(Caution("industrial_over_established", {}))
    rule = next((r for r in SIZE_RULES if r.valid_from <= on and (r.valid_to is None or on < r.valid_to)), None)
    if zone_kind == "CCN" and rule:
        found += _size_cautions(rule, established, str(values.get("cluster_kind") or ""))
        found += _craft_cautions(rule, values, industrial)
    return found


def _size_cautions(rule: SizeRule, size: Decimal | None, kind: str) -> list[Caution]:
    if size is None:
        return []
    told = {"source": rule.source}
    if size > rule.most:
        return [Caution("too_large", told | {"most": str(rule.most)})]
    if size < rule.least_special or (size < rule.least and kind == "ordinary"):
        least = rule.least_special if size < rule.least_special and kind != "ordinary" else rule.least
        return [Caution("too_small", told | {"least": str(least)})]
    if size < rule.least and not kind:
        return [Caution("small_unless_special", told | {"least": str(rule.least)})]
    return []


def _craft_cautions(rule: SizeRule, values: Mapping[str, object], industrial: Decimal | None) -> list[Caution]:
    craft = area(values, "craft_area")
    if values.get("cluster_kind") != "craft_village" or craft is None or not industrial:
        return []
    if craft / industrial >= rule.craft_share:
        return []
    return [Caution("few_craft_producers", {"share": str(int(rule.craft_share * 100)), "source": rule.source})]


def area(values: Mapping[str, object], code: str) -> Decimal | None:
    """The exact hectares of a stored value; None when unknown."""
    value = values.get(code)
    return Decimal(str(value)) if value is not None else None


LIVE_FIELDS: tuple[str, ...] = (
    "establishment_decision", "commune", "established_area", "industrial_area", "leased_area", "operator", "wastewater",
)  # fmt: skip
MOVING_FIELDS: frozenset[str] = frozenset({"leased_area"})
LIVE_FOR = timedelta(days=366)
"""Half-yearly and yearly forms renew what moves; a figure of the last yearly form is live until the next is due."""


def missing_for_live(known: Mapping[str, date], on: date) -> list[str]:
    """Fields a cluster lacks to count as digitised (indicator A09, "clusters with live data set").

    `known`: field code → as-of date of the fact in force on `on`. The basic facts must be known, those that move must
    be no older than a year. The choice of fields is ours: the indicator's source names none.
    """
    return [
        code for code in LIVE_FIELDS if code not in known or (code in MOVING_FIELDS and known[code] <= on - LIVE_FOR)
    ]
