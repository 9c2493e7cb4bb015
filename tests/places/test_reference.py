"""The packaged facts against the published table of the 2025 change and what followed."""

from collections import Counter
from datetime import date

import pytest

from matxich.places import reference
from matxich.rulebook.addresses import UnitRow

TABLE = """
01 Hà Nội = | 04 Cao Bằng = | 11 Điện Biên = | 12 Lai Châu = | 14 Sơn La = | 20 Lạng Sơn = | 22 Quảng Ninh =
38 Thanh Hóa = | 40 Nghệ An = | 42 Hà Tĩnh = | 46 Huế =
08 Tuyên Quang ← Tuyên Quang 08 + Hà Giang 02
15 Lào Cai ← Lào Cai 10 + Yên Bái 15
19 Thái Nguyên ← Thái Nguyên 19 + Bắc Kạn 06
24 Bắc Ninh ← Bắc Giang 24 + Bắc Ninh 27
25 Phú Thọ ← Phú Thọ 25 + Vĩnh Phúc 26 + Hòa Bình 17
31 Hải Phòng ← Hải Phòng 31 + Hải Dương 30
33 Hưng Yên ← Hưng Yên 33 + Thái Bình 34
37 Ninh Bình ← Ninh Bình 37 + Hà Nam 35 + Nam Định 36
44 Quảng Trị ← Quảng Bình 44 + Quảng Trị 45
48 Đà Nẵng ← Đà Nẵng 48 + Quảng Nam 49
51 Quảng Ngãi ← Quảng Ngãi 51 + Kon Tum 62
52 Gia Lai ← Bình Định 52 + Gia Lai 64
56 Khánh Hòa ← Khánh Hòa 56 + Ninh Thuận 58
66 Đắk Lắk ← Đắk Lắk 66 + Phú Yên 54
68 Lâm Đồng ← Lâm Đồng 68 + Đắk Nông 67 + Bình Thuận 60
75 Đồng Nai ← Đồng Nai 75 + Bình Phước 70
79 Hồ Chí Minh ← Hồ Chí Minh 79 + Bình Dương 74 + Bà Rịa - Vũng Tàu 77
80 Tây Ninh ← Long An 80 + Tây Ninh 72
82 Đồng Tháp ← Tiền Giang 82 + Đồng Tháp 87
86 Vĩnh Long ← Vĩnh Long 86 + Bến Tre 83 + Trà Vinh 84
91 An Giang ← Kiên Giang 91 + An Giang 89
92 Cần Thơ ← Cần Thơ 92 + Hậu Giang 93 + Sóc Trăng 94
96 Cà Mau ← Cà Mau 96 + Bạc Liêu 95
"""
LAST_DAY_OF_63 = date(2025, 6, 30)
FIRST_DAY_OF_34 = date(2025, 7, 1)
TODAY = date(2026, 11, 20)


def on(day: date, level: str) -> dict[str, UnitRow]:
    """Units of a level in force on a day; fails when a code names two of them."""
    rows = [u for u in reference.units() if u.level == level and u.valid_from <= day < (u.valid_to or date.max)]
    found = {row.code: row for row in rows}
    assert len(found) == len(rows)
    return found


def table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """New names, old names and heirs, by code."""
    new, old, heirs = {}, {}, {}
    for entry in TABLE.replace("|", "\n").split("\n"):
        if not entry.strip():
            continue
        left, _, right = (part.strip() for part in entry.partition("←"))
        code, name = left.removesuffix("=").strip().split(" ", 1)
        new[code] = name
        for part in right.split("+") if right else [f"{name} {code}"]:
            was, _, before = part.strip().rpartition(" ")
            old[before], heirs[before] = was, code
    return new, old, heirs


def test_provinces_and_their_codes_are_those_of_the_published_table() -> None:
    new, old, heirs = table()
    assert {code: row.name for code, row in on(FIRST_DAY_OF_34, "province").items()} == new
    assert {code: row.name for code, row in on(LAST_DAY_OF_63, "province").items()} == old
    assert heirs == reference.PROVINCE_HEIRS
    assert (len(new), len(old)) == (34, 63)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("52", "Bình Định", "Gia Lai"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
        ("80", "Long An", "Tây Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("15", "Yên Bái", "Lào Cai"),
        ("27", "Bắc Ninh", None),
        ("64", "Gia Lai", None),
        ("87", "Đồng Tháp", None),
        ("89", "An Giang", None),
        ("10", "Lào Cai", None),
        ("45", "Quảng Trị", None),
        ("72", "Tây Ninh", None),
    ],
)
def test_the_same_code_is_another_province(code: str, before: str, after: str | None) -> None:
    then, now = on(LAST_DAY_OF_63, "province").get(code), on(FIRST_DAY_OF_34, "province").get(code)
    assert (then and then.name, now and now.name) == (before, after)


def test_communes_follow_their_province() -> None:
    """Of each old province's communes, nearly all went where the province went; a few crossed a boundary."""
    old, new = on(LAST_DAY_OF_63, "commune"), on(FIRST_DAY_OF_34, "commune")
    districts = on(LAST_DAY_OF_63, "district")
    crossing = [
        s
        for s in reference.successions()
        if s.predecessor in old
        and new[s.successor].parent != reference.PROVINCE_HEIRS[districts[old[s.predecessor].parent].parent]
    ]
    assert len(crossing) < 10


def test_counts_of_both_maps() -> None:
    assert len(on(TODAY, "commune")) == len(on(FIRST_DAY_OF_34, "commune")) == 3_321
    assert Counter(row.kind for row in on(FIRST_DAY_OF_34, "commune").values())["đặc khu"] == 13
    assert (len(on(LAST_DAY_OF_63, "commune")), len(on(LAST_DAY_OF_63, "district"))) == (10_035, 696)
    assert on(FIRST_DAY_OF_34, "district") == {}


def test_dong_nai_became_a_city_with_ten_new_wards() -> None:
    before, day = date(2026, 4, 29), date(2026, 4, 30)
    assert (on(before, "province")["75"].kind, on(day, "province")["75"].kind) == ("tỉnh", "thành phố")
    then, now = on(before, "commune"), on(day, "commune")
    changed = {now[code].name for code in then if then[code].kind != now[code].kind}
    assert changed == {
        "Lộc Ninh", "Tân Khai", "Đồng Phú", "Tân Phú", "Trị An", "Trảng Bom", "Dầu Giây", "Long Thành", "Xuân Lộc",
        "Nhơn Trạch",
    }  # fmt: skip
    assert {(then[c].kind, now[c].kind) for c in then if then[c].kind != now[c].kind} == {("xã", "phường")}
    assert Counter(row.kind for row in now.values() if row.parent == "75") == {"phường": 33, "xã": 62}
    cities = {row.name for row in on(day, "province").values() if row.kind == "thành phố"}
    assert cities == {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Đồng Nai"}


def test_hue_was_a_province_until_2025() -> None:
    assert on(date(2024, 12, 31), "province")["46"].name == "Thừa Thiên Huế"
    assert on(date(2025, 1, 1), "province")["46"].kind == "thành phố"


def test_every_unit_has_a_parent_in_force_when_it_begins() -> None:
    for day in (date(2024, 12, 31), LAST_DAY_OF_63, FIRST_DAY_OF_34, TODAY):
        provinces, districts = on(day, "province"), on(day, "district")
        assert {row.parent for row in on(day, "commune").values()} <= provinces.keys() | districts.keys()
        assert {row.parent for row in districts.values()} <= provinces.keys()


def test_every_old_commune_has_a_successor_and_every_new_one_a_predecessor() -> None:
    old, new = on(LAST_DAY_OF_63, "commune"), on(FIRST_DAY_OF_34, "commune")
    assert old.keys() <= {s.predecessor for s in reference.successions()}
    assert new.keys() == {s.successor for s in reference.successions()}
    beyond = {s.predecessor for s in reference.successions()} - old.keys()
    assert beyond == {"318", "471", "498", "536", "755"}


def test_a_succession_is_whole_exactly_when_there_is_one_successor() -> None:
    heirs = Counter(s.predecessor for s in reference.successions())
    assert all(s.whole == (heirs[s.predecessor] == 1) for s in reference.successions())


def test_old_communes_left_blank_by_the_source_are_settled() -> None:
    heirs: dict[str, list[str]] = {}
    for s in reference.successions():
        heirs.setdefault(s.predecessor, []).append(s.successor)
    assert heirs["03001"] == heirs["03002"] == ["03006"]  # Sa Pa, Sa Pả
    assert (heirs["16837"], heirs["16873"]) == (["16837"], ["16870"])  # Nậm Cắn keeps its code, Nậm Càn to Na Ngoi
    assert (heirs["25280"], heirs["25294"]) == (["25280"], ["25294"])  # Lộc Thạnh, Lộc Thành: new communes of the name
    assert heirs["17830"] == heirs["17911"] == ["17827", "17854"]  # Nghi Văn, Nghi Vạn: either


def test_zones_stand_in_provinces_that_follow_each_other() -> None:
    zones = reference.zones()
    assert len(zones) >= 250
    assert {reference.PROVINCE_HEIRS[zone.row.province_63] for zone in zones} == {
        code for code in on(TODAY, "province") if code != "11"
    }
    assert all(zone.row.province_34 == reference.PROVINCE_HEIRS[zone.row.province_63] for zone in zones)
    assert {zone.row.kind for zone in zones} == {"KCN", "CCN", "KCX", "KCNC", "KKT"}
    assert max(Counter((z.row.kind, z.row.name, z.row.province_63) for z in zones).values()) == 1
    assert {zone.confidence for zone in zones} == {"high", "medium"}
