"""What goes into the gazetteer and what comes out of the resolver."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

Level = Literal["province", "district", "commune"]
Edition = Literal["63", "34"]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in one period: edition "63" stood until 30/06/2025, edition "34" stands from 01/07/2025.

    `parent` is the code one level up (a new commune's parent is its province). `name` has no kind:
    "Bến Nghé", "5". The validity is half-open.
    """

    code: str
    level: Level
    edition: Edition
    kind: str
    name: str
    name_en: str
    parent: str
    valid_from: date
    valid_to: date | None = None
    point: Point | None = None
    area: float | None = None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """An old unit (commune, or district that had none) of which all or part became a new commune."""

    predecessor: str
    successor: str
    whole: bool


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """An industrial zone or cluster.

    `district_63` narrows where the old district is certain; `commune_34` only where the whole zone
    lies in one commune; `lots` gives (lot prefix, new commune) where a zone crosses communes.
    """

    kind: str
    name: str
    province_63: str
    province_34: str
    aliases: tuple[str, ...] = ()
    district_63: str | None = None
    commune_34: str | None = None
    lots: tuple[tuple[str, str], ...] = ()
    point: Point | None = None

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a text says it is, on both maps. Codes are those of the statistics office, None when unsure.

    `confidence` is meant as a probability: of the answers given with 0.9, about nine in ten have
    every code right. Codes left None do not count against it. 0 means nothing was recognised.
    `alternatives` are dicts with the four codes (None where open) and `reason`; `ambiguous` lists why:
    "divided" (old commune split among new ones), "same_name", "edition" (the name fits both maps),
    "conflict" (parts of the text disagree), "misspelt", "zone_unknown".
    `edition` says which map the text was written for, None when it does not show.
    `point` is the best centre known: zone, commune, district, in that order.
    """

    text: str
    province_63: str | None = None
    commune_63: str | None = None
    province_34: str | None = None
    commune_34: str | None = None
    district_63: str | None = None
    zone: str | None = None
    lot: str | None = None
    point: Point | None = None
    confidence: float = 0.0
    alternatives: list[dict[str, str | None]] = field(default_factory=list)
    ambiguous: tuple[str, ...] = ()
    edition: Edition | None = None

    def as_dict(self) -> dict[str, Any]:
        """The nine public fields, ready for JSON."""
        names = "text province_63 commune_63 province_34 commune_34 zone lot confidence alternatives"
        return {name: getattr(self, name) for name in names.split()}
