"""The zone an address names: one of the list, or else the words as written."""

from matxich.rulebook.addresses.gazetteer import Place
from matxich.rulebook.addresses.lots import WORDS
from matxich.rulebook.addresses.mentions import Reading
from matxich.rulebook.addresses.model import ZoneRow
from matxich.rulebook.addresses.vocabulary import COUNTRY

LONGEST_NAME = 5


def pick_zone(groups: list[list[ZoneRow]], place: Place) -> ZoneRow | None:
    """The first zone named that lies in the place's province; an economic zone only for want of another.

    Each group holds the zones of one name; of several in the province the old district decides.
    """
    for group in sorted(groups, key=lambda rows: all(row.kind == "KKT" for row in rows)):
        fitting = [row for row in group if row.province_34 in place.provinces_34]
        if same := [row for row in fitting if row.province_63 in place.provinces_63]:
            fitting = same
        if len(fitting) > 1:
            fitting = [row for row in fitting if row.district_63 in place.districts_63] or fitting
        if len(fitting) == 1:
            return fitting[0]
    return None


def zone_as_written(reading: Reading) -> str | None:
    """ "KCN Tân Mới" from a text whose zone is in no list: the words beside the zone word."""
    words = reading.words
    for at, (marker, after) in reading.begins.items():
        if not marker.zone:
            continue
        low, high = (_since(reading, at), at) if marker.after else (at, at)
        if low == high and marker.before:
            low, high = after, _until(reading, after)
        if low < high:
            name = words.text[words.start[low] : words.end[high - 1]]
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
    """First word of a name that stands before its zone word; numbers of lots and roads are left out."""
    words, start = reading.words, end
    while (
        start > 0
        and words.part[start - 1] == words.part[end]
        and end - start < LONGEST_NAME
        and (start == end or not _ends_other(reading, start))
    ):
        start -= 1
    while start < end and (words.plain[start][0].isdecimal() or len(words.plain[start]) == 1):
        start += 1
    return start


def _ends_other(reading: Reading, at: int) -> bool:
    found = reading.ends.get(at)
    return found is not None and (found[0].after or found[0].unit or reading.words.plain[at - 1] in WORDS)
