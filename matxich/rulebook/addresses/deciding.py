"""From weighed readings to one answer: what is certain, what is left open and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, hypot, pi, radians, sqrt

from matxich.rulebook.addresses.gazetteer import Gazetteer, Place
from matxich.rulebook.addresses.lots import WORDS as LOT_WORDS
from matxich.rulebook.addresses.lots import find_lot
from matxich.rulebook.addresses.mentions import Reading
from matxich.rulebook.addresses.model import Edition, Point, Resolution, ZoneRow
from matxich.rulebook.addresses.vocabulary import COMMUNE_KINDS
from matxich.rulebook.addresses.weighing import TIE, Choice, Evidence
from matxich.rulebook.addresses.zone_text import pick_zone, zone_as_written

MOST_ALTERNATIVES = 12
NAMED = 1.9
"""Weight from which a commune written with its kind counts as plainly named."""
USUAL_AREA = {"commune": 30.0, "district": 450.0, "province": 5_000.0}
"""Square kilometres, where a unit's own are not known (those of the old map)."""
Alternative = dict[str, str | None]


@dataclass(slots=True)
class Answer:
    """The answer while it is being worked out."""

    gazetteer: Gazetteer
    evidence: Evidence
    province_63: str | None = None
    commune_63: str | None = None
    province_34: str | None = None
    commune_34: str | None = None
    district_63: str | None = None
    edition: Edition | None = None
    zone: str | None = None
    zone_row: ZoneRow | None = None
    lot: str | None = None
    near: Point | None = None
    confidence: float = 0.0
    alternatives: list[Alternative] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def because(self, reason: str, *shares: float) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)
        for share in shares:
            self.confidence *= share


def decide(
    text: str,
    reading: Reading,
    gazetteer: Gazetteer,
    evidence: Evidence,
    found: list[Choice],
    near: Point | None,
) -> Resolution:
    answer = Answer(gazetteer, evidence, near=near)
    if LOT_WORDS.intersection(reading.words.plain):
        answer.lot = find_lot(reading.words.text)
    if found:
        best = found[0]
        tied = [one for one in found if one.score >= best.score - TIE]
        tied = [one for one in tied if one.place.level == best.place.level]
        answer.zone_row = pick_zone(evidence.zones, best.place)
        _LEVEL[best.place.level](answer, tied, found)
        _notice_conflict(answer, reading, best)
        if best.mention and best.mention.misspelt:
            # A name both misspelt and of another kind than written was right in one case of six.
            doubtful = best.place.level == "commune" and best.own < NAMED
            answer.because("misspelt", 0.25 if doubtful else 0.85)
    _finish_zone(answer, reading)
    return Resolution(
        text=text,
        province_63=answer.province_63,
        commune_63=answer.commune_63,
        province_34=answer.province_34,
        commune_34=answer.commune_34,
        district_63=answer.district_63,
        zone=answer.zone,
        lot=answer.lot,
        point=_point(answer),
        confidence=round(answer.confidence, 2),
        alternatives=answer.alternatives[:MOST_ALTERNATIVES],
        ambiguous=tuple(answer.reasons),
        edition=answer.edition,
    )


def _only(codes: Iterable[str]) -> str | None:
    found = set(codes)
    return found.pop() if len(found) == 1 else None


def _decide_commune(answer: Answer, tied: list[Choice], found: list[Choice]) -> None:
    answer.confidence = _commune_confidence(tied[0])
    old = {one.place.code: one for one in tied if one.place.edition == "63"}
    new = {one.place.code: one for one in tied if one.place.edition == "34"}
    olds = _narrow(answer, [one.place for one in old.values()])
    news = _narrow(answer, [one.place for one in new.values()])
    if news and olds:
        _choose_edition(answer, olds, news)
    elif news:
        _take_new(answer, news, next(iter(new.values())))
    else:
        _take_old(answer, olds, found)
    if not (answer.commune_34 or answer.commune_63) and "same_name" in answer.reasons:
        answer.confidence *= 0.9


def _commune_confidence(choice: Choice) -> float:
    named = choice.mention is not None and choice.mention.marker is not None
    if choice.province and choice.district:
        value = 0.99 if named else 0.96
    elif choice.province:
        value = 0.98 if named else 0.88
    elif choice.district:
        value = 0.94 if named else 0.85
    else:
        value = 0.8 if named else 0.5
    weak = choice.own < (NAMED if named else 1.0)
    return value * (0.85 if weak else 1.0)


def _choose_edition(answer: Answer, olds: list[Place], news: list[Place]) -> None:
    """The name fits both maps: the newer is meant, the older is kept as an alternative."""
    heirs = {code for place in olds for code in place.successors}
    agreed = heirs == {place.code for place in news} and len(news) == 1
    answer.because("edition", 1.0 if agreed else 0.85)
    if len(news) > 1 and len(olds) == 1:
        _take_old(answer, olds, [])
        _offer(answer, news, "edition")
        return
    _take_new(answer, news, None)
    _offer(answer, olds, "edition")
    if not agreed:
        answer.edition = None


def _take_new(answer: Answer, news: list[Place], choice: Choice | None) -> None:
    answer.edition = "34"
    answer.commune_34 = _only(place.code for place in news)
    answer.province_34 = _only(code for place in news for code in place.provinces_34)
    answer.district_63 = _only(code for place in news for code in place.districts_63)
    answer.province_63 = _only(code for place in news for code in place.provinces_63)
    if len(news) > 1:
        answer.because("same_name")
        _offer(answer, news, "same_name")
        return
    place = news[0]
    if len(place.predecessors) == 1 and answer.gazetteer.commune_63(place.predecessors[0]):
        answer.commune_63 = place.predecessors[0]
    if choice and choice.district and not answer.district_63:
        named = [code for code in place.districts_63 if code in answer.evidence.districts]
        answer.district_63 = _only(named)
    if not answer.province_63:
        answer.province_63 = _former_province(answer, place)


def _former_province(answer: Answer, place: Place) -> str | None:
    """A new commune out of several old provinces: the one whose closed name stands in the text."""
    gazetteer = answer.gazetteer
    if district := gazetteer.place("district", "63", answer.district_63):
        return district.parent
    living = {(gazetteer.place("province", "34", code) or place).plain for code in place.provinces_34}
    named = [
        code
        for code in place.provinces_63
        if code in answer.evidence.provinces_63
        and (old := gazetteer.place("province", "63", code))
        and old.plain not in living
    ]
    return _only(named)


def _take_old(answer: Answer, olds: list[Place], found: list[Choice]) -> None:
    answer.edition = "63"
    answer.commune_63 = _only(place.code for place in olds)
    answer.district_63 = _only(code for place in olds for code in place.districts_63)
    answer.province_63 = _only(code for place in olds for code in place.provinces_63)
    answer.province_34 = _only(code for place in olds for code in place.provinces_34)
    answer.commune_34 = _only(code for place in olds for code in place.successors)
    if len(olds) > 1:
        answer.because("same_name")
        _offer(answer, olds, "same_name")
    elif not answer.commune_34 and olds[0].successors:
        _divide(answer, olds[0], found)


def _divide(answer: Answer, old: Place, found: list[Choice]) -> None:
    """An old commune shared out among new ones: zone, lot, a second name or a point may decide."""
    gazetteer = answer.gazetteer
    heirs = [place for code in old.successors if (place := gazetteer.commune_34(code))]
    code = _by_zone(answer, old) or _by_second_name(old, found) or _nearest(answer, heirs)
    if code:
        answer.commune_34 = code
        if place := gazetteer.commune_34(code):
            answer.province_34 = place.province
        return
    answer.because("divided")
    _offer(answer, heirs, "divided", old)


def _by_zone(answer: Answer, old: Place) -> str | None:
    row = answer.zone_row
    if row is None:
        return None
    if row.commune_34 in old.successors:
        return row.commune_34
    for prefix, code in row.lots:
        if answer.lot and answer.lot.startswith(prefix.upper()) and code in old.successors:
            return code
    return None


def _by_second_name(old: Place, found: list[Choice]) -> str | None:
    """ "Xã Đông Thọ (nay là xã Yên Phong)": the new commune stands in the text too."""
    named = next((one.mention for one in found if one.place is old), None)
    return _only(
        one.place.code
        for one in found
        if one.place.edition == "34"
        and one.place.code in old.successors
        and named
        and not (one.mention and named.overlaps(one.mention))
        and one.mention
        and one.mention.marker
        and one.mention.marker.kinds <= COMMUNE_KINDS
        and (one.place.plain != old.plain or old.kind not in one.mention.marker.kinds)
    )


def _narrow(answer: Answer, places: list[Place]) -> list[Place]:
    """Of units of one name, the one the zone's district or the given point singles out."""
    if len(places) < 2:
        return places
    if answer.zone_row and answer.zone_row.district_63:
        inside = [one for one in places if answer.zone_row.district_63 in one.districts_63]
        places = inside or places
    if len(places) > 1 and (code := _nearest(answer, places)):
        return [one for one in places if one.code == code]
    return places


def _nearest(answer: Answer, places: list[Place]) -> str | None:
    """The place whose centre is clearly nearest to the known point, in units of its own radius."""
    point = answer.near or (answer.zone_row.point if answer.zone_row else None)
    if point is None:
        return None
    ranked = sorted((_radii(point, one), one.code) for one in places if one.point)
    if len(ranked) < len(places) or ranked[0][0] > 2:
        return None
    if len(ranked) > 1 and ranked[1][0] < 1.5 * ranked[0][0]:
        return None
    return ranked[0][1]


def _radii(point: Point, place: Place) -> float:
    lat, lon = place.point or point
    north, east = (lat - point[0]) * 111.2, (lon - point[1]) * 111.2 * cos(radians(lat))
    return hypot(north, east) / sqrt((place.area or USUAL_AREA[place.level]) / pi)


def _decide_district(answer: Answer, tied: list[Choice], found: list[Choice]) -> None:
    places = _narrow(answer, list({one.place.code: one.place for one in tied}.values()))
    best = tied[0]
    named = best.mention is not None and best.mention.marker is not None
    answer.confidence = (0.95 if named else 0.85) * (1.0 if best.province else 0.85)
    answer.edition = "63"
    answer.district_63 = _only(place.code for place in places)
    answer.province_63 = _only(code for place in places for code in place.provinces_63)
    answer.province_34 = _only(code for place in places for code in place.provinces_34)
    if answer.district_63:
        answer.commune_34 = _only(_heirs(answer.gazetteer, places[0]))
    if len(places) > 1:
        answer.because("same_name")
        _offer(answer, places, "same_name")
    elif not named:
        _offer(answer, _namesakes(places[0], best, found), "edition")


def _namesakes(district: Place, chosen: Choice, found: list[Choice]) -> list[Place]:
    """New communes of the province that the bare name of a district may mean as well."""
    return [
        one.place
        for one in found
        if one.place.level == "commune"
        and one.place.edition == "34"
        and one.mention is chosen.mention
        and one.place.provinces_34 == district.provinces_34
    ]


def _heirs(gazetteer: Gazetteer, district: Place) -> set[str]:
    communes = gazetteer.communes_of["district", district.code]
    return {code for place in (district, *communes) for code in place.successors}


def _decide_province(answer: Answer, tied: list[Choice], found: list[Choice]) -> None:
    best = tied[0]
    answer.confidence = 0.97 if best.score >= 4.5 else 0.93 if best.score >= 3.5 else 0.6
    gazetteer = answer.gazetteer
    old = [one.place for one in tied if one.place.edition == "63"]
    new = [one.place for one in tied if one.place.edition == "34"]
    answer.province_34 = _only(code for place in (new or old) for code in place.provinces_34)
    if new:
        answer.province_63 = _only(code for place in new for code in place.provinces_63)
    else:
        answer.edition = "63"
        answer.province_63 = _only(place.code for place in old)
    if len(new or old) > 1:
        answer.because("same_name", 0.5)
        _offer(answer, new or old, "same_name")
    elif not answer.province_63 and not answer.zone_row:
        answer.because("edition")
        former = [gazetteer.place("province", "63", code) for code in sorted(new[0].provinces_63)]
        _offer(answer, [place for place in former if place], "edition")


_LEVEL = {
    "commune": _decide_commune,
    "district": _decide_district,
    "province": _decide_province,
}


def _offer(answer: Answer, places: list[Place], reason: str, old: Place | None = None) -> None:
    for place in places:
        commune = place.level == "commune"
        new = place.edition == "34"
        answer.alternatives.append(
            {
                "province_63": old.province if old else _only(place.provinces_63),
                "commune_63": old.code if old else place.code if commune and not new else None,
                "province_34": _only(place.provinces_34),
                "commune_34": place.code if commune and new else _only(place.successors),
                "reason": reason,
            }
        )


def _notice_conflict(answer: Answer, reading: Reading, best: Choice) -> None:
    """A province written with its kind that the answer does not use."""
    for mention in reading.mentions:
        if not (mention.marker and mention.share > 0.9):
            continue
        provinces = [one for one in mention.places if one.level == "province"]
        if len(provinces) != len(mention.places) or not provinces:
            continue
        if mention.signature and all(one.signature != mention.signature for one in provinces):
            continue
        if not any(one.provinces_34 & best.place.provinces_34 for one in provinces):
            answer.because("conflict", 0.6)
            return


def _finish_zone(answer: Answer, reading: Reading) -> None:
    row = answer.zone_row
    if row is None:
        answer.zone = zone_as_written(reading)
        if answer.zone:
            answer.because("zone_unknown")
        return
    answer.zone = row.label
    commune = answer.gazetteer.commune_34(answer.commune_34)
    possible = commune is None or row.province_63 in commune.provinces_63
    if possible and not answer.province_63 and answer.province_34 == row.province_34:
        answer.province_63 = row.province_63
        answer.district_63 = answer.district_63 or row.district_63
    if not answer.commune_34 and not answer.commune_63 and not answer.alternatives:
        answer.commune_34 = row.commune_34


def _point(answer: Answer) -> Point | None:
    if answer.zone_row and answer.zone_row.point:
        return answer.zone_row.point
    gazetteer = answer.gazetteer
    for place in (
        gazetteer.commune_63(answer.commune_63),
        gazetteer.commune_34(answer.commune_34),
        gazetteer.place("district", "63", answer.district_63),
    ):
        if place and place.point:
            return place.point
    return None
