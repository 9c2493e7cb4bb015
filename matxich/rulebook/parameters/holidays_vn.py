"""Public holidays and swapped working days of Viet Nam, for the years whose schedule was published.

Law: Bộ luật Lao động 45/2019/QH14, Điều 112 (eleven days) and Điều 111 khoản 3 (a holiday on a weekly
day off is made up on the next working day); which five days of Tết and which neighbour of 2 September is
decided each year. A year enters here only once its schedule is known; until then the calendar says it is
missing.
"""

from datetime import date

from matxich.rulebook.calendar import Calendar, Holiday, Swap

_LAW = "Bộ luật Lao động 45/2019/QH14, Điều 112"
_IN_LIEU = "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3"
_MOLISA_2021 = "Thông báo lịch nghỉ Tết, lễ năm 2021 của Bộ LĐTBXH (12/2020)"
_MOLISA_2022 = "Ý kiến đồng ý của Phó Thủ tướng về nghỉ Tết, Quốc khánh năm 2022"
_MOLISA_2023 = "Thông báo lịch nghỉ Tết, lễ năm 2023 của Bộ LĐTBXH"
_MOLISA_2024 = "Thông báo lịch nghỉ Tết, lễ năm 2024 của Bộ LĐTBXH (12/2023)"
_MOLISA_2025 = "Thông báo lịch nghỉ Tết, lễ năm 2025 theo quyết định của Thủ tướng"
_MOHA_2026 = "Thông báo 9441/TB-BNV (16/10/2025)"

_NEW_YEAR, _TET, _KINGS = "Tết Dương lịch", "Tết Âm lịch", "Giỗ Tổ Hùng Vương"
_VICTORY, _LABOUR, _NATIONAL = "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh"

# Per year: (dates as month-day, name, source). A day in lieu is a row of its own.
_SCHEDULE: dict[int, tuple[tuple[str, str, str], ...]] = {
    2021: (
        ("1-1", _NEW_YEAR, _LAW),
        ("2-10 2-11 2-12 2-13 2-14", _TET, _MOLISA_2021),
        ("2-15 2-16", f"Nghỉ bù {_TET}", _IN_LIEU),
        ("4-21", _KINGS, _LAW),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("5-3", f"Nghỉ bù {_LABOUR}", _IN_LIEU),
        ("9-2 9-3", _NATIONAL, _MOLISA_2021),
    ),
    2022: (
        ("1-1", _NEW_YEAR, _LAW),
        ("1-3", f"Nghỉ bù {_NEW_YEAR}", _IN_LIEU),
        ("1-31 2-1 2-2 2-3 2-4", _TET, _MOLISA_2022),
        ("4-10", _KINGS, _LAW),
        ("4-11", f"Nghỉ bù {_KINGS}", _IN_LIEU),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("5-2", f"Nghỉ bù {_VICTORY}", _IN_LIEU),
        ("5-3", f"Nghỉ bù {_LABOUR}", _IN_LIEU),
        ("9-1 9-2", _NATIONAL, _MOLISA_2022),
    ),
    2023: (
        ("1-1", _NEW_YEAR, _LAW),
        ("1-2", f"Nghỉ bù {_NEW_YEAR}", _IN_LIEU),
        ("1-20 1-21 1-22 1-23 1-24", _TET, _MOLISA_2023),
        ("1-25 1-26", f"Nghỉ bù {_TET}", _IN_LIEU),
        ("4-29", _KINGS, _LAW),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("5-2", f"Nghỉ bù {_KINGS}", _IN_LIEU),
        ("5-3", f"Nghỉ bù {_VICTORY}", _IN_LIEU),
        ("9-1 9-2", _NATIONAL, _MOLISA_2023),
        ("9-4", f"Nghỉ bù {_NATIONAL}", _IN_LIEU),
    ),
    2024: (
        ("1-1", _NEW_YEAR, _LAW),
        ("2-8 2-9 2-10 2-11 2-12", _TET, _MOLISA_2024),
        ("2-13 2-14", f"Nghỉ bù {_TET}", _IN_LIEU),
        ("4-18", _KINGS, _LAW),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("9-2 9-3", _NATIONAL, _MOLISA_2024),
    ),
    2025: (
        ("1-1", _NEW_YEAR, _LAW),
        ("1-27 1-28 1-29 1-30 1-31", _TET, _MOLISA_2025),
        ("4-7", _KINGS, _LAW),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("9-1 9-2", _NATIONAL, _MOLISA_2025),
    ),
    2026: (
        ("1-1", _NEW_YEAR, _LAW),
        ("2-16 2-17 2-18 2-19 2-20", _TET, _MOHA_2026),
        ("4-26", _KINGS, _LAW),
        ("4-27", f"Nghỉ bù {_KINGS}", _IN_LIEU),
        ("4-30", _VICTORY, _LAW),
        ("5-1", _LABOUR, _LAW),
        ("9-1 9-2", _NATIONAL, _MOHA_2026),
    ),
}

SWAPS = (
    Swap(date(2024, 4, 29), date(2024, 5, 4), "Công văn 2450/VPCP-KGVX (2024)"),
    Swap(date(2025, 5, 2), date(2025, 4, 26), _MOLISA_2025),
    Swap(date(2026, 1, 2), date(2026, 1, 10), "Văn bản 12729/VPCP-KGVX (25/12/2025)"),
    Swap(date(2026, 8, 31), date(2026, 8, 22), _MOHA_2026),
)

YEARS = frozenset(_SCHEDULE)

# Left out until the act that makes it a paid day off is at hand: Nghị quyết 80-NQ/TW (07/01/2026) chose
# 24 November as Ngày Văn hóa Việt Nam, a day off in principle; the Labour Code or a resolution of the
# National Assembly must say so and from when. Until then the calendar counts these dates as worked.
UNSETTLED = (date(2026, 11, 24),)


def _rows(year: int) -> list[Holiday]:
    return [
        Holiday(date(year, *map(int, day.split("-"))), name, source)
        for days, name, source in _SCHEDULE[year]
        for day in days.split(" ")
    ]


HOLIDAYS = tuple(holiday for year in sorted(YEARS) for holiday in _rows(year))


def vietnam() -> Calendar:
    """The calendar of all years known here."""
    return Calendar(HOLIDAYS, SWAPS, YEARS)
