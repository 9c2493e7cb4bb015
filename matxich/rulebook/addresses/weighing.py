"""Weighing every reading of an address: which commune, district and province explain the most of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from matxich.rulebook.addresses.gazetteer import Gazetteer, Place
from matxich.rulebook.addresses.mentions import Mention, Reading, weight
from matxich.rulebook.addresses.model import ZoneRow

OTHER_MAP = 0.85
"""Share of a province that is named on the other map than the commune's."""
FORMER_DISTRICT = 0.7
"""Share of a closed district named beside a new commune."""
CLASH = 1.5
"""Taken off when the text names a district of the same province that is not the commune's."""
ORDER = 0.2
LEAST = 0.7
"""Weight below which a name is not taken for a commune or district at all; LEAST_PROVINCE likewise."""
LEAST_PROVINCE = 1.0
TIE = 0.25

Support = tuple[float, int, int]
"""Weight and the words [start, end) it rests on."""


@dataclass(slots=True)
class Choice:
    """One reading: a place, what it is worth, and the parts of that worth."""

    score: float
    place: Place
    mention: Mention | None
    own: float
    district: float = 0.0
    province: float = 0.0


@dataclass(slots=True)
class Evidence:
    """What the text says of districts and provinces, by code."""

    districts: dict[str, list[Support]] = field(default_factory=lambda: defaultdict(list))
    provinces_63: dict[str, list[Support]] = field(default_factory=lambda: defaultdict(list))
    provinces_34: dict[str, list[Support]] = field(default_factory=lambda: defaultdict(list))
    strong: list[tuple[Place, Support]] = field(default_factory=list)
    zones: list[list[ZoneRow]] = field(default_factory=list)


def gather(reading: Reading, gazetteer: Gazetteer) -> Evidence:
    evidence = Evidence()
    tail = max((m.end for m in reading.mentions if _has_province(m)), default=0)
    accented = reading.words.accented
    for mention in reading.mentions:
        for place in mention.places:
            if place.level == "commune":
                continue
            value = weight(mention, place, accented)
            if value <= 0:
                continue
            if place.level == "district":
                evidence.districts[place.code].append((value, mention.start, mention.end))
                if value >= 1.8:
                    evidence.strong.append((place, (value, mention.start, mention.end)))
                continue
            if mention.end == tail and value >= 3:
                value += 0.5
            found = evidence.provinces_63 if place.edition == "63" else evidence.provinces_34
            found[place.code].append((value, mention.start, mention.end))
    _add_zones(reading, evidence)
    for held in (evidence.districts, evidence.provinces_63, evidence.provinces_34):
        for supports in held.values():
            supports.sort(reverse=True)
    return evidence


def _has_province(mention: Mention) -> bool:
    return any(place.level == "province" for place in mention.places)


def _add_zones(reading: Reading, evidence: Evidence) -> None:
    """A known zone speaks, more softly than a name, for its district and province."""
    for start, end, rows, marked in reading.zones:
        share = (1.0 if marked else 0.6) / len(rows) ** 0.5
        evidence.zones.append(rows)
        for row in rows:
            at = (start - 1000, end - 1000)
            evidence.provinces_63[row.province_63].append((1.2 * share, *at))
            evidence.provinces_34[row.province_34].append((1.2 * share, *at))
            if row.district_63:
                evidence.districts[row.district_63].append((0.8 * share, *at))


def choices(reading: Reading, gazetteer: Gazetteer, evidence: Evidence) -> list[Choice]:
    """Every commune, district and province the text may mean, the best first."""
    found: list[Choice] = []
    accented = reading.words.accented
    for mention in reading.mentions:
        repeats = None if mention.marker else _repeats(reading, mention)
        for place in mention.places:
            if place.level == "province":
                continue
            if repeats and place.level == "commune" and (place.edition == "34" or repeats == 2):
                continue
            own = weight(mention, place, accented)
            if own < LEAST:
                continue
            if place.level == "commune":
                found.append(_commune(evidence, mention, place, own))
            else:
                found.append(_district(evidence, mention, place, own))
    for edition, held in (("63", evidence.provinces_63), ("34", evidence.provinces_34)):
        for code, supports in held.items():
            best, start, _ = supports[0]
            province = gazetteer.place("province", edition, code)
            # What a zone says of its province is soft and still enough.
            if province and (best >= LEAST_PROVINCE or start < 0):
                found.append(Choice(best, province, None, 0.0, 0.0, best))
    found.sort(key=_rank, reverse=True)
    return found


def _repeats(reading: Reading, mention: Mention) -> int:
    """How a name without a kind repeats another: 2 a named district or a province, 1 a bare name, 0 none.

    "Biên Hòa city, Đồng Nai, Biên Hòa" says the city twice, not a ward of that name.
    """
    plain = reading.words.plain
    name, found = plain[mention.start : mention.end], 0
    for other in reading.mentions:
        if other is mention or plain[other.start : other.end] != name or other.share <= 0.1:
            continue
        found = 2 if other.marker or _has_province(other) else max(found, 1)
        if found == 2:
            break
    return found


_LEVELS = {"province": 0, "district": 1, "commune": 2}


def _rank(choice: Choice) -> tuple[float, int, str, str]:
    place = choice.place
    return choice.score, _LEVELS[place.level], place.edition, place.code


def _commune(evidence: Evidence, mention: Mention, place: Place, own: float) -> Choice:
    new = place.edition == "34"
    districts = _supports(evidence.districts, place.districts_63, FORMER_DISTRICT if new else 1.0)
    if new and mention.marker is None:
        # "KCN Nomura, An Dương": a bare name beside a zone is its district sooner than a commune.
        districts = [support for support in districts if support[1] >= 0]
    provinces = _province_supports(evidence, place)
    district, province = _best_pair(mention, districts, provinces)
    score = own + district[0] + province[0]
    score += _order(mention, district, province)
    if evidence.strong and not district[0]:
        score -= _clash(evidence, mention, place, province) * (0.5 if new else 1.0)
    return Choice(score, place, mention, own, district[0], province[0])


def _district(evidence: Evidence, mention: Mention, place: Place, own: float) -> Choice:
    province = _first_apart(mention, _province_supports(evidence, place))
    score = own + province[0] + _order(mention, (0.0, 0, 0), province)
    return Choice(score, place, mention, 0.0, own, province[0])


def _supports(held: dict[str, list[Support]], codes: Iterable[str], share: float) -> list[Support]:
    found = [support for code in codes if code in held for support in held[code]]
    if share != 1.0:
        return [(value * share, start, end) for value, start, end in found]
    return found


def _province_supports(evidence: Evidence, place: Place) -> list[Support]:
    same, other = evidence.provinces_63, evidence.provinces_34
    mine, theirs = place.provinces_63, place.provinces_34
    if place.edition == "34":
        same, other, mine, theirs = other, same, theirs, mine
    return _supports(same, mine, 1.0) + _supports(other, theirs, OTHER_MAP)


NOTHING: Support = (0.0, 0, 0)


def _first_apart(mention: Mention, supports: list[Support]) -> Support:
    best = NOTHING
    for support in supports:
        apart = support[2] <= mention.start or support[1] >= mention.end
        if apart and support[0] > best[0]:
            best = support
    return best


def _best_pair(mention: Mention, districts: list[Support], provinces: list[Support]) -> tuple[Support, Support]:
    """The strongest district and province that rest on different words, neither on the commune's."""
    province = _first_apart(mention, provinces) if provinces else NOTHING
    if not districts:
        return NOTHING, province
    best, total = (NOTHING, province), province[0]
    for district in districts:
        if not (district[2] <= mention.start or district[1] >= mention.end):
            continue
        for one in (*provinces, NOTHING):
            if not (one[2] <= mention.start or one[1] >= mention.end):
                continue
            if one[0] and not (one[2] <= district[1] or one[1] >= district[2]):
                continue
            if district[0] + one[0] > total:
                best, total = (district, one), district[0] + one[0]
    return best


def _order(mention: Mention, district: Support, province: Support) -> float:
    """Small reward for small-to-large order, the usual one."""
    last, reward = mention.start, 0.0
    for value, start, _ in (district, province):
        if value and start > last:
            reward += ORDER
            last = start
    return reward


def _clash(evidence: Evidence, mention: Mention, place: Place, province: Support) -> float:
    """A district named in the same province speaks against communes of the others."""
    for district, (_, start, end) in evidence.strong:
        apart = end <= mention.start or start >= mention.end
        apart = apart and (end <= province[1] or start >= province[2])
        if apart and district.provinces_34 & place.provinces_34:
            return CLASH
    return 0.0
