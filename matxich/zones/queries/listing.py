"""The list of zones: what was asked for in the address, the zones that fit, the map of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matxich.kit.display import Link
from matxich.places.models import Zone
from matxich.places.queries import ProvinceMap, edition_on, name_of, province_choices, province_map
from matxich.places.reference import TWO_LEVELS
from matxich.places.states import ZoneKind
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.vietnamese.text import fold, words
from matxich.rulebook.zones.fields import BY_CODE
from matxich.rulebook.zones.figures import LIVE_FIELDS
from matxich.zones.queries.facts import Known, known_of, listed_zones

PAGE = 50
COLUMNS = frozenset({*LIVE_FIELDS, "planned_area"})
DIGITISED = {"1": gettext_lazy("đã số hóa"), "0": gettext_lazy("chưa số hóa")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as asked for. `province`: a code of `edition`; `known`: a field to be known; `digitised`: 1 or 0."""

    on: date
    edition: Edition
    text: str = ""
    kind: str = ""
    province: str = ""
    known: str = ""
    digitised: str = ""
    page: int = 1

    @classmethod
    def from_params(cls, params: Mapping[str, str], today: date) -> "Asked":
        """What the address says; what it says wrongly is left out. Parameters: ngay, map, q, kind, province, known,
        digitised, page. Without a map it is the one in force on the day."""
        on = _day(params.get("ngay", "")) or today
        edition: Edition = {"34": "34", "63": "63"}.get(params.get("map", ""), edition_on(on))  # type: ignore[assignment]
        page, province = params.get("page", ""), params.get("province", "")
        return cls(
            on=on,
            edition=edition,
            text=params.get("q", "")[:80].replace("\x00", "").strip(),
            kind=params.get("kind", "") if params.get("kind", "") in ZoneKind.values else "",
            province=province if province in dict(province_choices(edition)) else "",
            known=params.get("known", "") if params.get("known", "") in BY_CODE else "",
            digitised=params.get("digitised", "") if params.get("digitised", "") in DIGITISED else "",
            page=int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 6 else 1,
        )

    def url(self, today: date, **changes: object) -> str:
        """The address of this list with some of it changed; page 1 unless a page is named."""
        told = {
            "q": self.text, "kind": self.kind, "province": self.province, "known": self.known,
            "digitised": self.digitised, "map": "" if self.edition == edition_on(self.on) else self.edition,
            "ngay": "" if self.on == today else self.on.isoformat(), "page": "",
        } | {name: str(value) for name, value in changes.items()}  # fmt: skip
        query = urlencode({name: value for name, value in told.items() if value})
        return f"{reverse('zones:zones')}?{query}" if query else reverse("zones:zones")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One zone of the list; areas are exact hectares, None when unknown."""

    known: Known
    place: str

    @property
    def zone(self) -> Zone:
        return self.known.zone

    @property
    def industrial(self) -> Decimal | None:
        return self.known.area("industrial_area")

    @property
    def leased(self) -> Decimal | None:
        return self.known.area("leased_area")

    @property
    def wastewater(self) -> str:
        fact = self.known.facts.get("wastewater")
        return _(BY_CODE["wastewater"].choices[str(fact.value)]) if fact else ""

    @property
    def as_of(self) -> date | None:
        return max((fact.as_of for fact in self.known.facts.values()), default=None)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, and the map of all that fit. `told` counts those of which any figure is known."""

    asked: Asked
    lines: list[Line]
    total: int
    told: int
    map: ProvinceMap
    pages: int
    previous_url: str
    next_url: str
    chips: list[Link]
    maps: list[Link]

    @property
    def shown(self) -> str:
        if not self.total:
            return ""
        first = (self.asked.page - 1) * PAGE + 1
        return _("%(first)s đến %(last)s trong %(total)s") % {
            "first": first,
            "last": first + len(self.lines) - 1,
            "total": self.total,
        }


def province_of(zone: Zone, edition: Edition) -> str:
    return zone.province_34 if edition == "34" else zone.province_63


def place_of(zone: Zone, edition: Edition) -> str:
    """The province's name on one map."""
    return name_of(province_of(zone, edition), TWO_LEVELS - timedelta(days=1) if edition == "63" else None)


def found(asked: Asked) -> list[Known]:
    """Every zone that fits, the page apart. Two queries."""
    zones = listed_zones(asked.on)
    if asked.kind:
        zones = zones.filter(kind=asked.kind)
    fitting = [zone for zone in zones if _fits(zone, words(asked.text), asked.edition)]
    known = known_of(fitting, asked.on, COLUMNS | ({asked.known} if asked.known else set()))
    if asked.known:
        known = [one for one in known if asked.known in one.facts]
    if asked.digitised:
        clusters = [one for one in known if one.zone.kind == "CCN"]
        known = [one for one in clusters if one.is_digitised == (asked.digitised == "1")]
    return known


def _fits(zone: Zone, wanted: list[str], edition: Edition) -> bool:
    if not wanted:
        return True
    text = fold(" ".join([zone.kind, zone.get_kind_display(), zone.name, zone.name_en, *zone.aliases]))
    text += " " + fold(place_of(zone, edition))
    return all(word in text for word in wanted)


def listing(asked: Asked, today: date) -> Listing:
    """The page asked for; a page beyond the last shows the last."""
    everywhere = found(asked)
    counts = Counter(province_of(one.zone, asked.edition) for one in everywhere)
    here = [one for one in everywhere if asked.province in ("", province_of(one.zone, asked.edition))]
    pages = max(1, -(-len(here) // PAGE))
    page = min(asked.page, pages)
    shown = here[(page - 1) * PAGE : page * PAGE]
    drawn = province_map(
        asked.edition,
        {code: counts.get(code, 0) for code, _name in province_choices(asked.edition)},
        href=lambda code: asked.url(today, province="" if code == asked.province else code),
        noun=_("khu, cụm"),
        on=asked.on,
        current=asked.province,
    )
    return Listing(
        asked=replace(asked, page=page),
        lines=[Line(one, place_of(one.zone, asked.edition)) for one in shown],
        total=len(here),
        told=sum(bool(one.facts) for one in here),
        map=drawn,
        pages=pages,
        previous_url=asked.url(today, page=page - 1) if page > 1 else "",
        next_url=asked.url(today, page=page + 1) if page < pages else "",
        chips=_chips(asked, today),
        maps=_maps(asked, today),
    )


def _chips(asked: Asked, today: date) -> list[Link]:
    """What narrows the list, each with the address without it."""
    names = dict(province_choices(asked.edition))
    told: list[tuple[str, str]] = [
        ("q", f"“{asked.text}”" if asked.text else ""),
        ("kind", str(ZoneKind(asked.kind).label) if asked.kind else ""),
        ("province", names.get(asked.province, "")),
        ("known", _("có số liệu: %(field)s") % {"field": _(BY_CODE[asked.known].label)} if asked.known else ""),
        ("digitised", str(DIGITISED[asked.digitised]) if asked.digitised else ""),
    ]
    return [Link(label, asked.url(today, **{name: ""})) for name, label in told if label]


def _maps(asked: Asked, today: date) -> list[Link]:
    labels: dict[Edition, str] = {"63": _("63 tỉnh, thành"), "34": _("34 tỉnh, thành")}
    return [
        Link(label, asked.url(today, map=edition, province=""), current=asked.edition == edition)
        for edition, label in labels.items()
    ]
