"""The resolver against truth, style by style, and the rules for what must stay open."""

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matxich.places import reference
from matxich.rulebook.addresses import Gazetteer, Resolution, SuccessionRow, UnitRow, ZoneRow, resolve
from matxich.rulebook.addresses.lots import find_lot


@pytest.fixture(scope="module")
def vietnam() -> Gazetteer:
    return reference.gazetteer()


def codes(found: Resolution) -> tuple[str | None, str | None, str | None, str | None]:
    return found.province_63, found.commune_63, found.province_34, found.commune_34


BEN_NGHE = ("79", "26740", "79", "26740")


@pytest.mark.parametrize(
    "text",
    [
        "Số 12 Lê Lợi, Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
        "12 LÊ LỢI, PHƯỜNG BẾN NGHÉ, QUẬN 1, THÀNH PHỐ HỒ CHÍ MINH",
        "12 le loi, phuong ben nghe, quan 1, tp ho chi minh",
        "12 Le Loi Street, Ben Nghe Ward, District 1, Ho Chi Minh City, Vietnam",
        "12 Le Loi St., Ben Nghe Ward, Dist. 1, HCMC",
        "P. Bến Nghé, Q.1, TP.HCM",
        "P.Bến Nghé, Q1, TPHCM",
        "Bến Nghé, Quận 1, Sài Gòn",
        "Quận 1, TP. Hồ Chí Minh, phường Bến Nghé, 12 Lê Lợi",
        "12 Lê Lợi phường Bến Nghé quận 1 thành phố Hồ Chí Minh",
        "12 Lê Lợi - Phường Bến Nghé - Quận 1 - Tp Hồ Chí Minh",
        "Phường Bến Nghé, Tp. HCM",
        "Phường Bến Ngé, Quận 1, TP.HCM",
    ],
)
def test_one_old_ward_in_every_style(vietnam: Gazetteer, text: str) -> None:
    assert codes(resolve(text, vietnam)) == BEN_NGHE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An Duong Ward, Hai Phong City", ("31", None, "31", "11581")),
        ("Que Vo Commune, Bac Ninh Province", ("27", None, "24", "09247")),
        ("Phường Sài Gòn, TP.HCM", ("79", None, "79", "26740")),
        ("Xã Long Thành, tỉnh Đồng Nai", ("75", None, "75", "26368")),
        ("Phường Long Thành, thành phố Đồng Nai", ("75", None, "75", "26368")),
        ("Đặc khu Phú Quốc, tỉnh An Giang", ("91", None, "91", "31078")),
        ("Phường 2 Bảo Lộc, Lâm Đồng", ("68", None, "68", "24820")),
        ("Ward 2 Bao Loc, Lam Dong Province", ("68", None, "68", "24820")),
    ],
)
def test_new_communes_leave_the_old_map_open_unless_unique(
    vietnam: Gazetteer, text: str, expected: tuple[str | None, ...]
) -> None:
    found = resolve(text, vietnam)
    assert (found.province_34, found.commune_34) == expected[2:]
    assert (found.province_63, found.commune_63) == expected[:2]


@pytest.mark.parametrize(
    ("text", "province_63", "province_34"),
    [
        ("tỉnh Bắc Giang", "24", "24"),
        ("Bắc Ninh", None, "24"),
        ("tinh An Giang", None, "91"),
        ("Gia Lai", None, "52"),
        ("Đồng Tháp", None, "82"),
        ("Hà Nội", "01", "01"),
        ("HN", "01", "01"),
        ("Thừa Thiên Huế", "46", "46"),
        ("TT Huế", "46", "46"),
        ("BR-VT", "77", "79"),
        ("Dak Lak", None, "66"),
        ("KonTum", "62", "51"),
        ("Bacninh", None, "24"),
        ("TP Hải Dương", "30", "31"),
        ("Tỉnh Bình Định, Việt Nam", "52", "52"),
    ],
)
def test_a_province_alone(vietnam: Gazetteer, text: str, province_63: str | None, province_34: str) -> None:
    found = resolve(text, vietnam)
    assert (found.province_63, found.province_34, found.commune_63, found.commune_34) == (
        province_63,
        province_34,
        None,
        None,
    )


def test_what_stays_open_is_offered(vietnam: Gazetteer) -> None:
    found = resolve("tỉnh An Giang", vietnam)
    assert found.ambiguous == ("edition",)
    assert [one["province_63"] for one in found.alternatives] == ["89", "91"]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Số 8 đường Hà Nội, phường Sở Dầu, quận Hồng Bàng, Hải Phòng", "31"),
        ("Xa lộ Hà Nội, phường Tân Phú, TP Thủ Đức, TP HCM", "79"),
        ("36 phố Huế, phường Phố Huế, quận Hai Bà Trưng, Hà Nội", "01"),
        ("12 Điện Biên Phủ, phường Đa Kao, quận 1, TP.HCM", "79"),
        ("Đại lộ Bình Dương, phường Phú Hòa, TP Thủ Dầu Một, Bình Dương", "79"),
        ("duong Ho Chi Minh, xa Xuan Mai, ha noi", "01"),
    ],
)
def test_a_street_named_after_a_place_does_not_win(vietnam: Gazetteer, text: str, province: str) -> None:
    assert resolve(text, vietnam).province_34 == province


def test_a_district_decides_between_communes_of_one_name(vietnam: Gazetteer) -> None:
    first = resolve("Phường 5, Quận 3, TP.HCM", vietnam)
    second = resolve("P.05, Q. Bình Thạnh, TPHCM", vietnam)
    assert (first.commune_63, second.commune_63) == ("27151", "26923")


def test_same_name_without_a_district_is_left_open(vietnam: Gazetteer) -> None:
    found = resolve("Phường 5, TP.HCM", vietnam)
    assert (found.province_34, found.commune_63, found.commune_34) == ("79", None, None)
    assert "same_name" in found.ambiguous
    assert {"27151", "26923"} <= {one["commune_63"] for one in found.alternatives}


def test_marks_decide_when_they_are_there(vietnam: Gazetteer) -> None:
    tail = "huyện Trấn Yên, tỉnh Yên Bái"
    assert resolve(f"Xã Minh Quán, {tail}", vietnam).commune_63 == "04516"
    assert resolve(f"Xã Minh Quân, {tail}", vietnam).commune_63 == "04567"
    assert resolve("xa minh quan, huyen tran yen, tinh yen bai", vietnam).commune_63 is None


def test_a_new_commune_under_its_closed_province_or_district(vietnam: Gazetteer) -> None:
    assert resolve("Phường Sài Gòn, Quận 1, TP.HCM", vietnam).commune_34 == "26740"
    found = resolve("Phường Bắc Giang, tỉnh Bắc Giang", vietnam)
    assert (found.province_63, found.commune_34) == ("24", "07210")


def test_an_island_district_without_communes(vietnam: Gazetteer) -> None:
    assert codes(resolve("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", vietnam)) == ("77", None, "79", "26732")


def test_a_divided_ward_is_open_and_a_second_name_decides(vietnam: Gazetteer) -> None:
    divided = next(
        place
        for place in vietnam.places.values()
        if place.level == "commune" and place.edition == "63" and len(place.successors) > 1
    )
    district = vietnam.place("district", "63", divided.district)
    province = vietnam.place("province", "63", divided.province)
    assert district and province
    tail = f"{district.kind} {district.name}, {province.kind} {province.name}"
    found = resolve(f"{divided.kind} {divided.name}, {tail}", vietnam)
    assert (found.commune_63, found.commune_34) == (divided.code, None)
    assert found.ambiguous == ("divided",)
    assert [one["commune_34"] for one in found.alternatives] == divided.successors
    assert {one["commune_63"] for one in found.alternatives} == {divided.code}


FROM, TO = date(1900, 1, 1), date(2025, 7, 1)


@pytest.fixture
def county() -> Gazetteer:
    """One old ward, Cũ, shared by the new Đông and Tây; a zone that crosses both."""
    units = [
        UnitRow("90", "province", "63", "tỉnh", "Mẫu", "Mau", "VN", FROM, TO),
        UnitRow("900", "district", "63", "huyện", "Giữa", "Giua", "90", FROM, TO),
        UnitRow("90001", "commune", "63", "xã", "Xưa", "Xua", "900", FROM, TO, (10.0, 106.0)),
        UnitRow("90", "province", "34", "tỉnh", "Mẫu", "Mau", "VN", TO),
        UnitRow("90011", "commune", "34", "xã", "Phía Đông", "Phia Dong", "90", TO, None, (10.0, 106.1), 20.0),
        UnitRow("90012", "commune", "34", "xã", "Phía Tây", "Phia Tay", "90", TO, None, (10.0, 105.9), 20.0),
    ]
    successions = [SuccessionRow("90001", "90011", False), SuccessionRow("90001", "90012", False)]
    zones = [
        ZoneRow("KCN", "Hai Bên", "90", "90", lots=(("A", "90011"), ("B", "90012"))),
        ZoneRow("KCN", "Một Bên", "90", "90", commune_34="90012"),
        ZoneRow("CCN", "Gần", "90", "90", point=(10.001, 106.101)),
    ]
    return Gazetteer(units, successions, zones)


@pytest.mark.parametrize(
    ("text", "near", "commune_34"),
    [
        ("Xã Xưa, huyện Giữa, tỉnh Mẫu", None, None),
        ("KCN Một Bên, xã Xưa, huyện Giữa, tỉnh Mẫu", None, "90012"),
        ("Lô A5, KCN Hai Bên, xã Xưa, huyện Giữa, tỉnh Mẫu", None, "90011"),
        ("Lô B-7, KCN Hai Bên, xã Xưa, huyện Giữa, tỉnh Mẫu", None, "90012"),
        ("Lô C1, KCN Hai Bên, xã Xưa, huyện Giữa, tỉnh Mẫu", None, None),
        ("CCN Gần, xã Xưa, huyện Giữa, tỉnh Mẫu", None, "90011"),
        ("Xã Xưa, huyện Giữa, tỉnh Mẫu", (10.0, 105.91), "90012"),
        ("Xã Xưa, huyện Giữa, tỉnh Mẫu", (10.0, 106.0), None),
        ("Xã Xưa (nay là xã Phía Đông), huyện Giữa, tỉnh Mẫu", None, "90011"),
    ],
)
def test_zone_lot_name_or_point_narrow_a_divided_ward(
    county: Gazetteer, text: str, near: tuple[float, float] | None, commune_34: str | None
) -> None:
    found = resolve(text, county, near=near)
    assert (found.commune_63, found.commune_34) == ("90001", commune_34)


@pytest.mark.parametrize(
    ("text", "zone", "lot", "province_63"),
    [
        ("Lô A2-6, KCN Quế Võ, phường Nam Sơn, TP Bắc Ninh, Bắc Ninh", "KCN Quế Võ I", "A2-6", "27"),
        ("Lot C1, Suoi Dau Industrial Zone, Cam Lam District, Khanh Hoa", "KCN Suối Dầu", "C1", "56"),
        ("KCN Yên Phong II-C, huyện Yên Phong, Bắc Ninh", "KCN Yên Phong II", None, "27"),
        ("Road 12, Song Than II Industrial Park, Di An", "KCN Sóng Thần II", None, "74"),
        ("Lô II-4, KCN Mỹ Xuân A2, thị xã Phú Mỹ, BR-VT", "KCN Mỹ Xuân A2", "II-4", "77"),
        ("KCX Tân Thuận, quận 7, TPHCM", "KCX Tân Thuận", None, "79"),
        ("Khu công nghiệp VSIP, Thuận An, Bình Dương", "KCN VSIP I", None, "74"),
        ("Nam Thăng Long Industrial Park, Hà Nội", "KCN Nam Thăng Long", None, "01"),
        ("No. 5, Amata, Bien Hoa, Dong Nai", "KCN Amata", None, "75"),
        ("Thang Long Industrial Park II, Yen My, Hung Yen", "KCN Thăng Long II", None, "33"),
        ("Phường Hiệp Phú, Quận 9, TP.HCM", None, None, "79"),
        ("KCN VSIP Quảng Ngãi", "KCN VSIP Quảng Ngãi", None, "51"),
        ("KCN Không Có Thật, tỉnh Hưng Yên", "KCN Không Có Thật", None, None),
    ],
)
def test_zones_and_lots(
    vietnam: Gazetteer, text: str, zone: str | None, lot: str | None, province_63: str | None
) -> None:
    found = resolve(text, vietnam)
    assert (found.zone, found.lot, found.province_63) == (zone, lot, province_63)


def test_a_zone_alone_says_the_province_on_both_maps(vietnam: Gazetteer) -> None:
    found = resolve("KCN Đình Trám", vietnam)
    assert codes(found) == ("24", None, "24", None)


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("Lô A2-6 KCN X", "A2-6"),
        ("LO II-4, KCN", "II-4"),
        ("Lô số 45, đường N14", "45"),
        ("lô đất CN-12", "CN-12"),
        ("Plot K, Binh Hoa", "K"),
        ("Lots 85-86", "85-86"),
        ("Lô C.2-B", "C.2-B"),
        ("số 8 phố Lò Đúc", None),
        ("km 12 quoc lo 5", None),
        ("Hà Nội", None),
        ("lô góc mặt tiền", None),
    ],
)
def test_lots(text: str, lot: str | None) -> None:
    assert find_lot(text) == lot


def test_a_text_that_says_nothing(vietnam: Gazetteer) -> None:
    for text in ("", " ", "100 Nguyễn Huệ", ",,;", "xyz", "12345", "\u0301", "😀", "phường", "KCN", "lô"):
        found = resolve(text, vietnam)
        assert codes(found) == (None,) * 4
        assert found.confidence == 0.0
        assert found.text == text


def test_a_bare_name_that_is_a_closed_district_and_a_new_ward_stays_open(vietnam: Gazetteer) -> None:
    found = resolve("54 Liễu Giai, Ba Đình, Hà Nội", vietnam)
    assert (found.province_63, found.district_63, found.province_34, found.commune_34) == ("01", "001", "01", None)
    assert [(one["commune_34"], one["reason"]) for one in found.alternatives] == [("00004", "edition")]


def test_a_former_name_in_brackets_decides_where_a_divided_township_went(vietnam: Gazetteer) -> None:
    found = resolve("xã Đông Anh, thành phố Hà Nội (trước là thị trấn Đông Anh, huyện Đông Anh)", vietnam)
    assert codes(found) == ("01", "00454", "01", "00454")


def test_parts_that_contradict_each_other_are_said_so(vietnam: Gazetteer) -> None:
    found = resolve("Phường Bến Nghé, Quận 1, tỉnh Nghệ An", vietnam)
    assert "conflict" in found.ambiguous
    assert found.confidence < 0.7


WORDS = st.sampled_from(
    [
        "phường",
        "xã",
        "quận",
        "huyện",
        "tỉnh",
        "tp",
        "thành phố",
        "thị trấn",
        "q.1",
        "p.5",
        "kcn",
        "lô",
        "a2-6",
        "hà nội",
        "hue",
        "hòa",
        "hoà",
        "bắc",
        "ninh",
        "12/3",
        "đường",
        "ward",
        "district",
        "city",
        "commune",
        "industrial",
        "park",
        "vsip",
        "ii",
        "-",
        ",",
        ";",
        "(",
        ")",
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)))
def test_any_text_is_answered_alike_however_it_is_encoded(text: str) -> None:
    gazetteer = _shared()
    found = resolve(text, gazetteer)
    assert found.text == text
    assert 0.0 <= found.confidence <= 1.0
    assert codes(resolve(normalize("NFD", text), gazetteer)) == codes(resolve(normalize("NFC", text), gazetteer))


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_capitals_change_nothing(text: str) -> None:
    gazetteer = _shared()
    assert codes(resolve(text.upper(), gazetteer)) == codes(resolve(text, gazetteer))


_HELD: list[Gazetteer] = []


def _shared() -> Gazetteer:
    if not _HELD:
        _HELD.append(reference.gazetteer())
    return _HELD[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Tân Bình, Huyện Đầm Hà, Tỉnh Quảng N", ("22", "06904", "22", "06895")),
        ("Thị trấn Vĩnh Thạnh, Huyện Vĩnh Thạnh, Tỉnh Bình Đ", ("52", "21786", "52", "21786")),
        ("Phường Bến Nghé, Quận 1, Thành phố Hồ Chí M", BEN_NGHE),
        ("Tỉnh Quảng N", (None, None, None, None)),
        ("Lot F, Quang Chau IP, Viet Yen, Bac Giang", ("24", None, "24", None)),
        ("Phường Bến Nghé, Quận 1 (nay là phường Sài Gòn), TP.HCM", BEN_NGHE),
        ("Xã Vĩnh Hng, Huyện Vĩnh Lợi, Tỉnh Bạc Liêu", ("95", "31894", "96", "31894")),
    ],
)
def test_texts_cut_short_or_misspelt(vietnam: Gazetteer, text: str, expected: tuple[str | None, ...]) -> None:
    assert codes(resolve(text, vietnam)) == expected


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("huyện Châu Thành", None, (None, None, None, None)),
        ("huyện Châu Thành", (10.44, 105.39), ("89", None, "91", None)),
        ("Phường 5, TP.HCM", (10.771, 106.686), ("79", "27151", "79", "27154")),
    ],
)
def test_a_point_decides_between_units_of_one_name(
    vietnam: Gazetteer, text: str, near: tuple[float, float] | None, expected: tuple[str | None, ...]
) -> None:
    assert codes(resolve(text, vietnam, near=near)) == expected
