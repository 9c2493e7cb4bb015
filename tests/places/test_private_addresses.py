"""Real addresses and zone names, read where they lie and never shipped."""

import csv
from math import cos, hypot, radians
from pathlib import Path

from matxich.places import reference
from matxich.rulebook.addresses import resolve


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_real_factory_addresses_fall_in_the_province_of_their_coordinates(private_data: Path) -> None:
    gazetteer = reference.gazetteer()
    places = [
        place
        for place in gazetteer.places.values()
        if place.level == "commune" and place.edition == "63" and place.point
    ]
    checked, right = 0, 0
    for row in _rows(private_data / "linkage" / "vn_factories_records.csv"):
        if not row["lat"]:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])

        def distance(place, lat=lat, lon=lon) -> float:  # type: ignore[no-untyped-def]
            return hypot(place.point[0] - lat, (place.point[1] - lon) * cos(radians(lat)))

        nearest = min(places, key=distance)
        checked += 1
        right += resolve(row["address"], gazetteer).province_34 in nearest.provinces_34
    # Two rows contradict themselves: another province is written than the one the point lies in.
    assert (checked, checked - right <= 2) == (89, True)


def test_zones_of_the_private_lists_are_known(private_data: Path) -> None:
    gazetteer = reference.gazetteer()
    unknown = []
    for row in _rows(private_data / "lists" / "industrial_parks_trilingual_sample.csv"):
        for name in (row["name_vi"], row["name_en"]):
            found = resolve(f"{name}, {row['province_2025']}", gazetteer)
            if "zone_unknown" in found.ambiguous or not found.zone:
                unknown.append(name)
    for row in _rows(private_data / "lists" / "industrial_parks_points_sample.csv"):
        found = resolve(row["name_as_mapped"], gazetteer)
        if "zone_unknown" in found.ambiguous or not found.zone:
            unknown.append(row["name_as_mapped"])
    # It is described there, not named.
    assert unknown == ["Southern Industrial Park Yen Bai Province"]
