"""What can be asked of the register, and what an answer says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

TEXT_READ = 2_000
WORDS_READ = 32
DEEPEST = 10_000

Sort = Literal["relevance", "name", "newest", "freshness"]
Audience = Literal["public", "officials"]
Boundaries = Literal["34", "63"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    `filters`: facet name → codes, any of which will do; facets narrow each other. Without a filter on
    `in_programme` or `source` only the programme's own are found. `facets`: the ones to count.
    `page` counts from 1; nothing beyond the first 10,000 hits is listed. Relevance without text is by name.

    `on`: a certificate asked for, or any when none is, must count at the end of this day, and so do those counted.
    `today`: the day by which ages and, where `on` is None, validity are told; the facets and filters `freshness` and
    `validity` need one.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boundaries: Boundaries = "34"
    sort: Sort = "relevance"
    page: int = 1
    limit: int = 25
    audience: Audience = "public"
    facets: tuple[str, ...] = ()
    on: date | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found.

    `total` counts the enterprises that match every word and filter; `corrected` says that they do once slips of the
    keyboard are forgiven. Where it is 0, `elsewhere` counts those that match the words without any filter; where that
    is 0 too, `relaxed` says that `hits` are merely the nearest.
    `facets` count as if their own selection were absent, commonest value first.
    `without_end`: with certificates that must be valid, how many more firms have them without a known end; else None.
    `took_ms` is the question alone. `degraded`: the index was unavailable and the database answered in part; filters
    that it cannot answer stand in `unanswered` and did not narrow.
    """

    total: int
    took_ms: float
    hits: tuple[tuple[int, float], ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    relaxed: bool = False
    elsewhere: int = 0
    degraded: bool = False
    corrected: bool = False
    without_end: int | None = None
    unanswered: tuple[str, ...] = ()
