"""The zone an address names: one of the list, or else the words as written."""

from matxich.rulebook.addresses.gazetteer import Place
from matxich.rulebook.addresses.mentions import Reading
from matxich.rulebook.addresses.model import ZoneRow
from matxich.rulebook.addresses.vocabulary import COUNTRY

LONGEST_NAME = 5


def pick_zone(rows: list[ZoneRow], place: Place) -> ZoneRow | None:
    """The one zone of that name in the place's province (and old district, if several)."""
    fitting = [row for row in rows if row.province_34 in place.provinces_34]
    if place.provinces_63 and (same := [r for r in fitting if r.province_63 in place.provinces_63]):
        fitting = same
    if len(fitting) > 1:
        near = [row for row in fitting if row.district_63 in place.districts_63]
        fitting = near or fitting
    labels = {row.label for row in fitting}
    if len(labels) > 1:
        longest = max(labels, key=len)
        if not all(set(_words(label)) <= set(_words(longest)) for label in labels):
            return None
        fitting = [row for row in fitting if row.label == longest]
    return fitting[0] if fitting else None


def _words(label: str) -> list[str]:
    return label.split()[1:]


def zone_as_written(reading: Reading) -> str | None:
    """ "KCN Tân Mới" from a text whose zone is in no list: the words beside the zone word."""
    words = reading.words
    for at, (marker, after) in reading.begins.items():
        if not marker.zone:
            continue
        low, high = (after, _until(reading, after)) if marker.before else (at, at)
        if low == high and marker.after:
            low, high = _since(reading, at), at
        if low < high:
            name = words.text[words.start[low] : words.end[high - 1]].strip()
            return f"{marker.zone} {' '.join(name.split())}"
    return None


def _until(reading: Reading, start: int) -> int:
    words, end = reading.words, start
    while (
        end < len(words.part)
        and words.part[end] == words.part[start - 1]
        and end - start < LONGEST_NAME
        and end not in reading.begins
        and words.plain[end] not in COUNTRY
    ):
        end += 1
    return end


def _since(reading: Reading, end: int) -> int:
    words, start = reading.words, end
    while (
        start > 0
        and words.part[start - 1] == words.part[end]
        and end - start < LONGEST_NAME
        and (start not in reading.ends or start == end)
    ):
        start -= 1
    return start
