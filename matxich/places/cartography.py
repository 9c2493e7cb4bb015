"""Province outlines as drawing instructions, made once from boundary files and kept beside the other data.

    python -m matxich.places.cartography 34 BOUNDARIES.geojson

Every map has one fixed frame, which holds Hoàng Sa and Trường Sa, whatever is shown on it.
"""

import json
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from matxich.places import reference
from matxich.rulebook.vietnamese.text import fold

WEST, EAST, SOUTH, NORTH = 101.8, 118.0, 6.8, 23.6
HEIGHT = 1200
SHRINK = 0.97
"""A degree of longitude against one of latitude near 16° north, a little widened as atlases do."""
WIDTH = round(HEIGHT * (EAST - WEST) / (NORTH - SOUTH) * SHRINK)
TOLERANCE = 0.4
OPEN_SEA = 110.5, (109.0, 10.0)
"""Islands east of this meridian, or south-east of this point, belong to the two archipelagos."""
DOTS_APART = 12
ARCHIPELAGOS = (("48", "Hoàng Sa", 112.3, 17.75), ("56", "Trường Sa", 114.2, 12.3))
FILE_NAMES = {"tp hcm": "ho chi minh"}

Dot = tuple[int, int]
Ring = list[list[float]]


def project(lon: float, lat: float) -> tuple[float, float]:
    scale = HEIGHT / (NORTH - SOUTH)
    return (lon - WEST) * scale * SHRINK, (NORTH - lat) * scale


def build(edition: str, boundaries: dict[str, Any]) -> dict[str, Any]:
    """Frame, graticule, provinces and archipelagos of one map edition."""
    codes = {fold(unit.name): unit.code for unit in reference.provinces() if unit.edition == edition}
    provinces, islands = [], {}
    for feature in boundaries["features"]:
        code = _code(feature["properties"], codes)
        rings = _rings(feature["geometry"])
        near = [ring for ring in rings if not _far_out(ring)]
        islands[code] = [ring for ring in rings if _far_out(ring)]
        provinces.append({"code": code, "d": "".join(filter(None, map(_outline, near)))})
    provinces.sort(key=lambda province: province["code"])
    return {
        "edition": edition,
        "width": WIDTH,
        "height": HEIGHT,
        "graticule": _graticule(),
        "provinces": provinces,
        "archipelagos": [_archipelago(name, code, lon, lat, islands[code]) for code, name, lon, lat in ARCHIPELAGOS],
    }


def _code(properties: dict[str, Any], codes: dict[str, str]) -> str:
    if properties.get("codeName"):
        return str(properties["code"])
    name = fold(properties["ten_tinh"])
    name = FILE_NAMES.get(name, name.removeprefix("tp "))
    return codes[name]


def _far_out(ring: Ring) -> bool:
    (lon, lat), (east, (corner_lon, corner_lat)) = ring[0], OPEN_SEA
    return lon >= east or (lon >= corner_lon and lat < corner_lat)


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]


def _outline(ring: Ring) -> str:
    points = _simplify([project(lon, lat) for lon, lat in ring])
    dots = [(round(x), round(y)) for x, y in points]
    kept = [dot for at, dot in enumerate(dots) if at == 0 or dot != dots[at - 1]]
    if len(set(kept)) < 3:
        return ""
    steps = pairwise(kept[:-1])
    moves = "".join(f"{x2 - x1} {y2 - y1} " for (x1, y1), (x2, y2) in steps)
    return f"M{kept[0][0]} {kept[0][1]}l{moves.strip().replace(' -', '-')}z"


def _simplify(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Douglas and Peucker: drop points that lie within the tolerance of the line without them."""
    if len(points) < 5:
        return points
    middle = len(points) // 2
    return _thin(points[: middle + 1])[:-1] + _thin(points[middle:])


def _thin(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = hypot(bx - ax, by - ay)

    def off(point: tuple[float, float]) -> float:
        x, y = point
        if not length:
            return hypot(x - ax, y - ay)
        return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda at: off(points[at]))
    if off(points[far]) <= TOLERANCE:
        return [points[0], points[-1]]
    return _thin(points[: far + 1])[:-1] + _thin(points[far:])


def _archipelago(name: str, code: str, lon: float, lat: float, rings: list[Ring]) -> dict[str, Any]:
    """Islands are smaller than the line that would draw them, so each stands as a small lozenge."""
    dots: list[Dot] = []
    for ring in rings:
        x, y = project(*(sum(axis) / len(ring) for axis in zip(*ring, strict=True)))
        if all(hypot(x - a, y - b) >= DOTS_APART for a, b in dots):
            dots.append((round(x), round(y)))
    x, y = project(lon, lat)
    path = "".join(f"M{x} {y - 3}l3 3-3 3-3-3z" for x, y in sorted(dots))
    return {"code": code, "name": name, "x": round(x), "y": round(y), "d": path}


def _graticule() -> str:
    lines = [(project(lon, NORTH), project(lon, SOUTH)) for lon in range(105, 120, 5)]
    lines += [(project(WEST, lat), project(EAST, lat)) for lat in range(10, 25, 5)]
    return "".join(f"M{round(a)} {round(b)}L{round(c)} {round(d)}" for (a, b), (c, d) in lines)


def main() -> None:
    edition, source = sys.argv[1:]
    drawn = build(edition, json.loads(Path(source).read_text("utf-8")))
    target = reference.DATA / f"map_{edition}.json"
    target.write_text(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
