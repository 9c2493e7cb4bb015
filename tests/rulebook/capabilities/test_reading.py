"""What lists write about machines, certificates, tolerances and the rest, read as tables."""

from typing import Any

import pytest

from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.fields import BY_LIST_FIELD, FIELDS
from matxich.rulebook.capabilities.model import Reading
from matxich.rulebook.capabilities.reading import read, read_form
from matxich.rulebook.capabilities.wording import format
from matxich.rulebook.lists.fields import BY_CODE
from matxich.rulebook.sections import SECTIONS


def reading(field: str, text: str) -> Reading:
    return read(field, text, latest_year=2026)


def codes(one: Reading) -> list[str]:
    return [warned.code for warned in one.warnings]


MACHINES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "Máy phay CNC Mazak VTC-200 (2015) x 3",
        [{"kind": "Máy phay CNC", "maker": "Mazak", "model": "VTC-200", "year": 2015, "quantity": 3}],
    ),
    (
        "05 máy ép nhựa Haitian 120T–450T, 2018",
        [
            {
                "kind": "máy ép nhựa",
                "maker": "Haitian",
                "quantity": 5,
                "tonnage_t": "120",
                "tonnage_to_t": "450",
                "year": 2018,
            }
        ],
    ),
    (
        "Máy tiện CNC Takisawa, SX 2010, Nhật",
        [{"kind": "Máy tiện CNC", "maker": "Takisawa", "year": 2010, "origin": "JP"}],
    ),
    (
        "Máy dập 200 tấn Aida đời 98, Nhật Bản",
        [{"kind": "Máy dập", "maker": "Aida", "tonnage_t": "200", "year": 1998, "origin": "JP"}],
    ),
    (
        "3 máy CNC 5 trục DMG Mori NLX 2500SY, hành trình 800x500x400 mm, trống 20 giờ/tuần",
        [
            {
                "kind": "máy CNC",
                "maker": "DMG Mori",
                "model": "NLX 2500SY",
                "quantity": 3,
                "axes": 5,
                "table_mm": ["800", "500", "400"],
                "hours_free_per_week": "20",
            }
        ],
    ),
    ("Máy phay, tiện, mài", [{"kind": "Máy phay"}, {"kind": "tiện"}, {"kind": "mài"}]),
    (
        "Máy tiện CNC; Máy phay CNC Fanuc Robodrill α-D21: 02 cái",
        [
            {"kind": "Máy tiện CNC"},
            {"kind": "Máy phay CNC", "maker": "Fanuc", "model": "Robodrill α-D21", "quantity": 2},
        ],
    ),
    ("Máy phay Doosan 2010-2015", [{"kind": "Máy phay", "maker": "DN Solutions", "year": 2010, "year_to": 2015}]),
    (
        "Máy CNC Mazak Nhật Bản 2018 - 05 chiếc",
        [{"kind": "Máy CNC", "maker": "Mazak", "origin": "JP", "year": 2018, "quantity": 5}],
    ),
    ("Dây chuyền sơn 01 bộ (Đài Loan)", [{"kind": "Dây chuyền sơn", "quantity": 1, "origin": "TW"}]),
    ("Máy mài năm SX 2015", [{"kind": "Máy mài", "year": 2015}]),
    ("Máy mài đời 2015, SL: 3 cái", [{"kind": "Máy mài", "year": 2015, "quantity": 3}]),
    (
        "CNC lathe Mazak, milling machine Okuma MB-46VA 2012",
        [
            {"kind": "CNC lathe", "maker": "Mazak"},
            {"kind": "milling machine", "maker": "Okuma", "model": "MB-46VA", "year": 2012},
        ],
    ),
    (
        "Hãng: Mazak · Kiểu: VTC-200 · Năm sản xuất: 2015",
        [{"maker": "Mazak", "model": "VTC-200", "year": 2015}],
    ),
]


@pytest.mark.parametrize(("text", "values"), MACHINES)
def test_machines(text: str, values: list[dict[str, Any]]) -> None:
    assert list(reading("machine", text).values) == values


def test_a_machine_of_1823_is_refused_and_the_years_are_said() -> None:
    one = reading("machine", "Máy phay CNC Mazak (1823)")
    assert one.values == ({"kind": "Máy phay CNC", "maker": "Mazak"},)
    (warned,) = one.warnings
    assert (warned.code, warned.kept) == ("year_out_of_range", "(1823)")
    assert warned.message("vi") == "Năm phải từ 1900 đến 2026; giữ như chữ."
    (problem,) = check("machine", {"kind": "Máy phay", "year": 1823}, latest_year=2026)
    assert (problem.code, problem.part) == ("year_out_of_range", "year")
    assert problem.message("en") == "The year must be from 1900 to 2026."
    form = read_form("machine", {"kind": "Máy phay", "year": "1823"}, latest_year=2026)
    assert form.values == ({"kind": "Máy phay"},)
    assert codes(form) == ["year_out_of_range", "not_understood"]


@pytest.mark.parametrize(("year", "accepted"), [(1899, False), (1900, True), (2026, True), (2027, False)])
def test_the_years_of_machines(year: int, accepted: bool) -> None:
    assert (check("machine", {"kind": "Máy", "year": year}, latest_year=2026) == []) == accepted
    assert ("year" in reading("machine", f"Máy phay, sx {year}").values[0]) == accepted


@pytest.mark.parametrize("text", ["Máy phay 1823", "Máy phay năm 1823", "Máy phay đời 1823", "Máy phay, 1823"])
def test_1823_however_it_is_said(text: str) -> None:
    one = reading("machine", text)
    assert one.values == ({"kind": "Máy phay"},)
    assert codes(one) == ["year_out_of_range"]


def test_two_digit_years_are_doubted() -> None:
    one = reading("machine", "Máy dập đời 27")
    assert one.values == ({"kind": "Máy dập", "year": 1927},)
    assert codes(one) == ["two_digit_year"]


def test_what_is_said_beside_a_machine_is_kept() -> None:
    one = reading("machine", "Máy phay CNC, tình trạng tốt (đã đại tu)")
    assert one.values == ({"kind": "Máy phay CNC"},)
    assert [warned.kept for warned in one.warnings] == ["tình trạng tốt", "đã đại tu"]


CERTIFICATES: list[tuple[str, list[dict[str, Any]]]] = [
    ("ISO 9001, 14001 và IATF 16949", [{"text": "ISO 9001"}, {"text": "ISO 14001"}, {"text": "IATF 16949"}]),
    (
        "ISO 9001:2015 (TÜV SÜD, số 12 100 12345, hết hạn 31/12/2026)",
        [{"text": "ISO 9001:2015", "body": "TÜV SÜD", "number": "12 100 12345", "valid_to": "2027-01-01"}],
    ),
    ("ISO 9001:2015, hiệu lực đến hết ngày 30/06/2026", [{"text": "ISO 9001:2015", "valid_to": "2026-07-01"}]),
    ("ISO 9001 hiệu lực trước ngày 30/06/2026", [{"text": "ISO 9001 hiệu lực", "valid_to": "2026-06-30"}]),
    (
        "ISO 14001 do Quatest 3 cấp ngày 05/06/2024",
        [{"text": "ISO 14001", "body": "Quatest 3", "issued": "2024-06-05"}],
    ),
    ("IATF 16949 (2023-2026)", [{"text": "IATF 16949", "valid_from": "2023-01-01", "valid_to": "2027-01-01"}]),
    ("IATF 16949 valid until 11/2026", [{"text": "IATF 16949", "valid_to": "2026-12-01"}]),
    (
        "ISO 13485 hiệu lực từ 01/02/2024 đến 31/01/2027",
        [{"text": "ISO 13485", "valid_from": "2024-02-01", "valid_to": "2027-02-01"}],
    ),
    ("UL, CE", [{"text": "UL"}, {"text": "CE"}]),
    ("ISO 9001 (phạm vi: gia công khuôn, dập)", [{"text": "ISO 9001", "scope": "gia công khuôn, dập"}]),
]


@pytest.mark.parametrize(("text", "values"), CERTIFICATES)
def test_certificates(text: str, values: list[dict[str, Any]]) -> None:
    assert list(reading("certificate", text).values) == values


TOLERANCES: list[tuple[str, dict[str, Any]]] = [
    ("±0,01mm", {"plus_nm": 10_000, "minus_nm": 10_000}),
    ("0.02 mm", {"plus_nm": 20_000, "minus_nm": 20_000}),
    ("±10 µm", {"plus_nm": 10_000, "minus_nm": 10_000}),
    ("±5 micron", {"plus_nm": 5_000, "minus_nm": 5_000}),
    ("±0.0005 in", {"plus_nm": 12_700, "minus_nm": 12_700, "stated": "±0.0005 in"}),
    ('±.0005"', {"plus_nm": 12_700, "minus_nm": 12_700, "stated": '±.0005"'}),
    ("dung sai 1/100 mm", {"plus_nm": 10_000, "minus_nm": 10_000}),
    ("+0.02/-0.01 mm", {"plus_nm": 20_000, "minus_nm": 10_000}),
    ("0/-0,05 mm", {"plus_nm": 0, "minus_nm": 50_000}),
    ("+0,05/0 mm", {"plus_nm": 50_000, "minus_nm": 0}),
    ("±0.005–0.01 mm", {"plus_nm": 5_000, "minus_nm": 5_000, "coarsest_nm": 10_000}),
    ("±0,01 (mm)", {"plus_nm": 10_000, "minus_nm": 10_000}),
    ("tiện ±0,01 mm", {"plus_nm": 10_000, "minus_nm": 10_000, "applies_to": "tiện"}),
    ("IT7", {"it": "IT7"}),
    ("Cấp chính xác IT6-IT7", {"it": "IT6", "it_to": "IT7"}),
    ("±0.0005 in (±0,0127 mm)", {"plus_nm": 12_700, "minus_nm": 12_700, "stated": "±0.0005 in"}),
]


@pytest.mark.parametrize(("text", "value"), TOLERANCES)
def test_tolerances(text: str, value: dict[str, Any]) -> None:
    assert reading("tolerance", text).values == (value,)


@pytest.mark.parametrize(
    ("text", "millimetres", "other"),
    [
        ("+/- 0.005", (5_000, 5_000), (127_000, 127_000)),
        ("dung sai 1/100", (10_000, 10_000), (254_000, 254_000)),
        ("+0.02/-0.01", (20_000, 10_000), (508_000, 254_000)),
        ("±5", (5_000, 5_000), (5_000_000, 5_000_000)),
    ],
)
def test_a_tolerance_without_a_unit_is_a_question(text: str, millimetres: tuple, other: tuple) -> None:
    one = reading("tolerance", text)
    assert one.values == ()
    assert one.question is not None
    assert one.question.code == "unit_missing"
    assert [(value["plus_nm"], value["minus_nm"]) for value in one.question.readings] == [millimetres, other]


def test_several_tolerances_in_one_cell() -> None:
    assert list(reading("tolerance", "0.01mm (CNC), 0.005mm (mài)").values) == [
        {"plus_nm": 10_000, "minus_nm": 10_000, "applies_to": "CNC"},
        {"plus_nm": 5_000, "minus_nm": 5_000, "applies_to": "mài"},
    ]


@pytest.mark.parametrize("text", ["± 2°", "±5%", "H7"])
def test_what_is_no_length_is_no_tolerance(text: str) -> None:
    one = reading("tolerance", text)
    assert (one.values, one.questions, [warned.kept for warned in one.warnings]) == ((), (), [text])


def test_who_holds_the_rest_is_not_guessed() -> None:
    one = reading("ownership", "Nhà nước 51%")
    assert one.values == ({"kind": "state"},)
    assert [warned.kept for warned in one.warnings] == ["51%"]
    assert reading("ownership", "Công ty TNHH").values == ()


def test_a_restatement_that_disagrees_is_doubted() -> None:
    assert codes(reading("tolerance", "±0.0005 in (±0,02 mm)")) == ["restated_differently"]


def test_tolerance_without_sign_is_doubted() -> None:
    assert codes(reading("tolerance", "0.02 mm")) == ["sign_assumed"]


SIZES: list[tuple[str, dict[str, Any]]] = [
    ("max 500x400x300", {"max_mm": ["500", "400", "300"]}),
    ("Ø5 – Ø200 mm, dài 1.5m", {"axes": ["diameter", "length"], "min_mm": ["5", None], "max_mm": ["200", "1500"]}),
    ("1000 x 500 mm, nặng đến 50 kg", {"max_mm": ["1000", "500"], "max_weight_kg": "50"}),
    ("Ø0.5 in", {"axes": ["diameter"], "max_mm": ["12.7"], "stated": "Ø0.5 in"}),
    ("10x10 - 500x400 mm", {"min_mm": ["10", "10"], "max_mm": ["500", "400"]}),
    ("Φ200x500 mm", {"axes": ["diameter", "length"], "max_mm": ["200", "500"]}),
    ("Ø2 x 4 in", {"axes": ["diameter", "length"], "max_mm": ["50.8", "101.6"], "stated": "Ø2 x 4 in"}),
    ("5-200mm", {"min_mm": ["5"], "max_mm": ["200"]}),
    ("dày 0.5-6mm", {"axes": ["thickness"], "min_mm": ["0.5"], "max_mm": ["6"]}),
    ("20 cm x 10 cm", {"max_mm": ["200", "100"]}),
    ("2x1 inch", {"max_mm": ["50.8", "25.4"], "stated": "2x1 inch"}),
]


@pytest.mark.parametrize(("text", "value"), SIZES)
def test_sizes(text: str, value: dict[str, Any]) -> None:
    assert reading("size_range", text).values == (value,)


CAPACITIES: list[tuple[str, dict[str, Any]]] = [
    ("500.000 sp/tháng", {"amount": "500000", "unit": "piece", "per": "month"}),
    ("120 tấn/năm", {"amount": "120", "unit": "tonne", "per": "year"}),
    ("2 triệu chiếc/năm", {"amount": "2000000", "unit": "piece", "per": "year"}),
    ("khoảng 3.000 bộ khuôn/năm", {"comparator": "≈", "amount": "3000", "unit": "bộ khuôn", "per": "year"}),
    ("500,000 pieces/month", {"amount": "500000", "unit": "piece", "per": "month"}),
    ("1.5 tonnes per day", {"amount": "1.5", "unit": "tonne", "per": "day"}),
    ("1,5 tấn/ngày", {"amount": "1.5", "unit": "tonne", "per": "day"}),
    ("1000-2000 sp/ngày", {"amount": "1000", "amount_to": "2000", "unit": "piece", "per": "day"}),
    ("Ốc vít: 1,5 triệu cái/tháng", {"product": "Ốc vít", "amount": "1500000", "unit": "piece", "per": "month"}),
]


@pytest.mark.parametrize(("text", "value"), CAPACITIES)
def test_capacities(text: str, value: dict[str, Any]) -> None:
    one = reading("capacity", text)
    assert one.values == (value,)
    assert codes(one) == []


def test_several_capacities_in_one_cell() -> None:
    assert list(reading("capacity", "20.000 m2/năm và 5 tấn/tháng").values) == [
        {"amount": "20000", "unit": "m2", "per": "year"},
        {"amount": "5", "unit": "tonne", "per": "month"},
    ]


def test_a_capacity_without_a_period_is_a_question() -> None:
    question = reading("capacity", "500.000 sp").question
    assert question is not None
    assert (question.code, [value["per"] for value in question.readings]) == ("period_missing", ["month", "year"])


CUSTOMERS: list[tuple[str, list[dict[str, Any]]]] = [
    ("Cấp 1 của Samsung (60%)", [{"name": "Samsung", "tier": 1, "share_percent": "60"}]),
    ("Tier 2 Toyota", [{"name": "Toyota", "tier": 2}]),
    ("Canon VN, Brother VN", [{"name": "Canon VN", "country": "VN"}, {"name": "Brother VN", "country": "VN"}]),
    ("Cấp 1: Honda, Yamaha", [{"name": "Honda", "tier": 1}, {"name": "Yamaha", "tier": 1}]),
    ("Samsung (Hàn Quốc), từ 2015", [{"name": "Samsung", "country": "KR", "since": 2015}]),
    ("Canon Việt Nam Co., Ltd", [{"name": "Canon Việt Nam Co., Ltd"}]),
]


@pytest.mark.parametrize(("text", "values"), CUSTOMERS)
def test_customers(text: str, values: list[dict[str, Any]]) -> None:
    assert list(reading("customer", text).values) == values


OTHERS: list[tuple[str, str, dict[str, Any]]] = [
    ("product", "Ốc vít ô tô (HS 7318.15.10)", {"name": "Ốc vít ô tô", "hs": "73181510"}),
    ("product", "Khuôn nhựa - 8480.71", {"name": "Khuôn nhựa", "hs": "848071"}),
    (
        "product",
        "Linh kiện nhựa, VSIC 22201 (2018), 500.000 bộ/năm",
        {"name": "Linh kiện nhựa", "vsic": {"code": "22201", "edition": "2018"}, "yearly": "500000", "unit": "bộ"},
    ),
    ("exports", "60% sang Nhật, Mỹ, EU", {"percent": "60", "markets": ["JP", "US", "EU"]}),
    ("exports", "Nội địa 30%, xuất khẩu 70%", {"percent": "70"}),
    ("exports", "Nội địa 30%", {"percent": "70"}),
    ("exports", "Không xuất khẩu", {"percent": "0"}),
    ("exports", "Xuất khẩu trên 60%", {"comparator": ">", "percent": "60"}),
    ("exports", "Japan, Korea, châu Âu", {"markets": ["JP", "KR", "EUROPE"]}),
    (
        "exports",
        "5 triệu USD năm 2024 sang Mỹ",
        {"amount": 5_000_000, "currency": "USD", "year": 2024, "markets": ["US"]},
    ),
    ("ownership", "100% vốn Nhật Bản", {"kind": "fdi", "foreign_percent": "100", "country": "JP"}),
    (
        "ownership",
        "Liên doanh Việt – Nhật (51% Nhật)",
        {"kind": "joint_venture", "foreign_percent": "51", "country": "JP"},
    ),
    ("ownership", "FDI Hàn Quốc", {"kind": "fdi", "country": "KR"}),
    ("ownership", "Tư nhân", {"kind": "private"}),
    ("ownership", "HTX", {"kind": "cooperative"}),
    ("ownership", "hộ kinh doanh", {"kind": "household"}),
    ("ownership", "Vốn nhà nước", {"kind": "state"}),
    (
        "energy",
        "Điện lưới 1,2 triệu kWh/năm, điện mặt trời áp mái 500 kWp, đã kiểm toán năng lượng",
        {"sources": ["grid", "solar"], "kwh_per_year": "1200000", "solar_kwp": "500", "audited": True},
    ),
    ("energy", "chưa kiểm toán", {"audited": False}),
    (
        "digital",
        "ERP: SAP B1; CAD: SolidWorks, Mastercam; mức 3",
        {"erp": "SAP B1", "cad": ["SolidWorks", "Mastercam"], "level": 3},
    ),
    ("credit_need", "Không", {"need": "no"}),
    ("credit_need", "chưa rõ", {"need": "unknown"}),
    (
        "credit_need",
        "Cần vay 5 tỷ đồng mua máy CNC, thế chấp nhà xưởng",
        {"need": "yes", "amount": 5_000_000_000, "purpose": "mua máy CNC", "collateral": "nhà xưởng"},
    ),
    (
        "site",
        "Nhà máy 2: Lô A1, KCN Nomura, An Dương, Hải Phòng (12.000 m2)",
        {
            "name": "Nhà máy 2",
            "kind": "factory",
            "address": "Lô A1, KCN Nomura, An Dương, Hải Phòng",
            "zone": "KCN Nomura",
            "area_m2": "12000",
        },
    ),
]


@pytest.mark.parametrize(("field", "text", "value"), OTHERS)
def test_the_rest(field: str, text: str, value: dict[str, Any]) -> None:
    one = reading(field, text)
    assert one.values == (value,)
    assert codes(one) == []


def test_a_number_nobody_can_place_is_kept() -> None:
    one = reading("product", "Vòng bi HS 7799.10")
    assert one.values == ({"name": "Vòng bi"},)
    assert [(warned.code, warned.kept) for warned in one.warnings] == [("code_shape", "HS 7799.10")]


def test_nothing_said_is_nothing() -> None:
    assert reading("machine", " - ") == Reading(" - ")
    assert reading("capacity", "không có") == Reading("không có")


def test_parts_that_contradict_each_other_are_kept_as_text() -> None:
    one = reading("certificate", "ISO 9001 hiệu lực từ 01/02/2024 đến 31/01/2020")
    assert one.values == ()
    assert codes(one) == ["contradictory"]


def test_a_form_part_by_part() -> None:
    data = {"kind": "Máy phay", "year": "2015", "quantity": "3", "origin": "Nhật", "table_mm": "800 x 500", "axes": ""}
    one = read_form("machine", data, latest_year=2026)
    assert one.values == (
        {"kind": "Máy phay", "year": 2015, "quantity": 3, "origin": "JP", "table_mm": ["800", "500"]},
    )
    assert one.warnings == ()


def test_a_form_whose_free_text_is_completed() -> None:
    one = read_form("tolerance", {"text": "±0,01 mm", "applies_to": "mài"}, latest_year=2026)
    assert one.values == ({"plus_nm": 10_000, "minus_nm": 10_000, "applies_to": "mài"},)


def test_the_last_day_of_a_form_is_the_day_before_the_end() -> None:
    data = {"text": "ISO 9001", "valid_to": "31/12/2026"}
    assert read_form("certificate", data, latest_year=2026).values == ({"text": "ISO 9001", "valid_to": "2027-01-01"},)


WORDED: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "machine",
        {"concept": "cnc-mill", "kind": "Máy phay CNC", "maker": "Mazak", "model": "VTC-200", "year": 2015},
        "Máy phay CNC Mazak VTC-200 (2015)",
        "Máy phay CNC Mazak VTC-200 (2015)",
    ),
    ("tolerance", {"plus_nm": 12_700, "minus_nm": 12_700}, "±0,0127 mm", "±0.0127 mm"),
    (
        "tolerance",
        {"plus_nm": 12_700, "minus_nm": 12_700, "stated": "±0.0005 in"},
        "±0.0005 in (±0,0127 mm)",
        "±0.0005 in (±0.0127 mm)",
    ),
    (
        "capacity",
        {"comparator": "≈", "amount": "3000", "unit": "piece", "per": "year"},
        "khoảng 3.000 sản phẩm/năm",
        "about 3,000 pieces/year",
    ),
    (
        "certificate",
        {"text": "ISO 9001", "body": "SGS", "valid_to": "2027-01-01"},
        "ISO 9001 · SGS · đến hết ngày 31/12/2026",
        "ISO 9001 · SGS · valid until 2026-12-31",
    ),
    (
        "ownership",
        {"kind": "fdi", "foreign_percent": "100", "country": "JP"},
        "vốn đầu tư nước ngoài (100%, Nhật Bản)",
        "foreign-invested (100%, Japan)",
    ),
    (
        "credit_need",
        {"need": "yes", "amount": 1_500_000_000},
        "cần vay vốn 1,5 tỷ đồng",
        "needs credit VND 1.5 billion",
    ),
]


@pytest.mark.parametrize(("field", "value", "vietnamese", "english"), WORDED)
def test_values_in_words(field: str, value: dict[str, Any], vietnamese: str, english: str) -> None:
    assert (format(field, value, "vi"), format(field, value, "en")) == (vietnamese, english)


def test_a_value_that_reads_otherwise_is_labelled() -> None:
    value = {"kind": "Máy phay; 2015", "maker": "Không rõ"}
    assert format("machine", value) == "Máy: Máy phay; 2015 · Hãng: Không rõ"


def test_the_catalogue() -> None:
    assert list(BY_LIST_FIELD) == [code for code in BY_LIST_FIELD if code in BY_CODE]
    assert {field.section for field in FIELDS.values()} <= SECTIONS.keys()
    for field in FIELDS.values():
        assert field.weight > 0
        for labels in ([part.label_vi for part in field.parts], [part.label_en for part in field.parts]):
            assert len(set(labels)) == len(labels), field.code
