"""The Vietnamese lunar calendar at UTC+7: month starts by true new moons, leap months by solar terms.

Positions of sun and moon follow the short series of Meeus, Astronomical Algorithms (chapters 25 and 49),
good to a few minutes in this and the last century. Floats are angles and instants, never counts or money.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import floor, radians, sin

_LOCAL = 7 / 24
_SYNODIC_MONTH = 29.530588861
# Periodic terms of the new moon in days: (amount, power of E, multiples of M, M', F and Ω).
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1),
)  # fmt: skip


def tet(year: int) -> date:
    """The first day of the lunar year that begins in `year` (mùng 1 tháng Giêng)."""
    return lunar_date(year, 1, 1)


def hung_kings_day(year: int) -> date:
    """Giỗ Tổ Hùng Vương, the tenth day of the third lunar month."""
    return lunar_date(year, 3, 10)


def lunar_date(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """The Gregorian date of a lunar day; LookupError when that year has no such leap month."""
    for number, is_leap, start in _months(year if month < 11 else year + 1):
        if (number, is_leap) == (month, leap):
            return start + timedelta(days=day - 1)
    raise LookupError(f"No leap month {month} in lunar year {year}.")


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[tuple[int, bool, date], ...]:
    """(number, leap, first day) from month 11 of the year before up to month 10 of `year`."""
    first, after = _solstice_month(year - 1), _solstice_month(year)
    starts = [_new_moon_day(k) for k in range(first, after + 1)]
    leap_at = _leap_position(starts) if len(starts) == 14 else None
    months, number = [], 10
    for position, start in enumerate(starts[:-1]):
        leap = position == leap_at
        number = number if leap else number % 12 + 1
        months.append((number, leap, start))
    return tuple(months)


def _leap_position(starts: list[date]) -> int:
    """The first month during which the sun enters no new twelfth of its path."""
    twelfths = [floor(_sun_longitude(start) / 30) for start in starts]
    return next(i for i in range(1, len(starts) - 1) if twelfths[i] == twelfths[i + 1])


def _solstice_month(year: int) -> int:
    """Index of the new moon that opens month 11, the month of the winter solstice."""
    k = round((date(year, 12, 31) - date(2000, 1, 6)).days / _SYNODIC_MONTH) + 1
    while _new_moon_day(k) > date(year, 12, 31) or _past_solstice(_new_moon_day(k)):
        k -= 1
    return k


def _past_solstice(day: date) -> bool:
    return 270 <= _sun_longitude(day) < 330


@lru_cache(maxsize=4096)
def _new_moon_day(k: int) -> date:
    """Local date of new moon k, counted from that of 6 January 2000."""
    t = k / 1236.85
    instant = 2451550.09766 + _SYNODIC_MONTH * k + 0.00015437 * t * t
    eccentricity = 1 - 0.002516 * t
    sun = 2.5534 + 29.10535670 * k
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    node = 124.7746 - 1.56375588 * k
    for amount, power, *multiples in _NEW_MOON_TERMS:
        angle = sum(n * value for n, value in zip(multiples, (sun, moon, latitude, node), strict=True))
        instant += amount * eccentricity**power * sin(radians(angle))
    return _local_date(instant - _clock_drift(t))


def _sun_longitude(day: date) -> float:
    """Apparent longitude in degrees at local midnight, when `day` begins."""
    t = (day.toordinal() + 1721424.5 - _LOCAL - 2451545) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t)
    center = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + center - 0.00569 - 0.00478 * sin(node)) % 360


def _clock_drift(t: float) -> float:
    """Days between dynamical and universal time, near enough for 1900 to 2100."""
    return (62.92 + 32.2 * t + 55.89 * t * t) / 86400


def _local_date(julian_day: float) -> date:
    return date.fromordinal(floor(julian_day + 0.5 + _LOCAL) - 1721425)
