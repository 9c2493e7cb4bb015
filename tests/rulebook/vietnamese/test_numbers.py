"""Figures, money and dates as lists write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.vietnamese.numbers import (
    Locale,
    Number,
    PartialDate,
    Separator,
    decimal_separator,
    format_date,
    format_money,
    format_number,
    parse_date,
    parse_number,
)


def number(value: str, comparator: str = "", unit: str = "", other: str | None = None) -> Number:
    return Number(Decimal(value), comparator, unit, Decimal(other) if other else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1.234.567,89", number("1234567.89")),
        ("1,234,567.89", number("1234567.89")),
        ("1 234", number("1234")),
        ("1\u00a0234\u00a0567,5", number("1234567.5")),
        ("1'234'567", number("1234567")),
        ("１２３", number("123")),
        ("0,125", number("0.125")),
        ("12.5", number("12.5")),
        ("1,234", number("1.234", other="1234")),
        ("1.234", number("1234", other="1.234")),
        ("hơn 1.200 người", number("1200", ">", "người", "1.2")),
        ("khoảng 1,8 tỷ đồng", number("1800000000", "≈", "đồng")),
        ("Khoang 1,8 ti dong", number("1800000000", "≈", "đồng")),
        ("1 tỷ 200 triệu đồng", number("1200000000", unit="đồng")),
        ("3 nghìn tỷ đồng", number("3000000000000", unit="đồng")),
        ("15 tr", number("15000000")),
        ("15trđ", number("15000000", unit="đồng")),
        ("1,234 tỷ", number("1234000000", other="1234000000000")),
        ("1.500.000 VNĐ", number("1500000", unit="đồng")),
        ("$ 1,000.50", number("1000.5", unit="USD")),
        ("2 triệu USD", number("2000000", unit="USD")),
        ("12%", number("12", unit="%")),
        ("trên 7,7 lần", number("7.7", ">", "lần")),
        ("từ 50 tỷ trở lên", number("50000000000", "≥")),
        ("500+", number("500", "≥")),
        ("≥ 65", number("65", "≥")),
        ("ít nhất 3", number("3", "≥")),
        ("không quá 1.000.000 đ", number("1000000", "≤", "đồng")),
        ("chỉ đạt 5%", number("5", "≤", "%")),
        ("dưới 10 người", number("10", "<", "người")),
        ("đạt 95,2 %", number("95.2", unit="%")),
        ("5 m²", number("5", unit="m2")),
        ("3 tháng", number("3", unit="tháng")),
        ("(1.234.567)", number("-1234567")),
        ("−3,5", number("-3.5")),
        ("≈ -3,5", number("-3.5", "≈")),
        (7, number("7")),
        (0.1, number("0.1")),
        (Decimal("2.50"), number("2.5")),
    ],
)
def test_parse_number(text: object, figure: Number) -> None:
    assert parse_number(text) == figure


@pytest.mark.parametrize(
    "text",
    ["", "abc", "10-15", "khoảng 100 - 200", "12/05/2020", "12.05.2020", "1.23,4.5", "1,23,456", "1 23", "m2 5",
     "chi 12 tỷ", "200 lao động (2023)", "1 triệu 2 tỷ", "9" * 16, None, True, float("nan"), float("inf")],
)  # fmt: skip
def test_no_single_figure(text: object) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234", ",", "1.234"),
        ("1,234", ".", "1234"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("12.5", ",", "12.5"),
    ],
)
def test_a_hint_settles_it(text: str, decimal: Separator, value: str) -> None:
    figure = parse_number(text, decimal=decimal)
    assert figure == number(value) and not figure.ambiguous


@pytest.mark.parametrize(
    ("values", "separator"),
    [
        (["1,234", "12,5", None, 3], ","),
        (["1,234,567", "1,234"], "."),
        (["1.234.567 đồng"], ","),
        (["1,234.5"], "."),
        (["1,234", "1.234"], None),
        (["12,5", "12.5"], None),
        (["12.05.2020"], None),
        ([], None),
    ],
)
def test_a_column_shows_its_separator(values: list[object], separator: Separator | None) -> None:
    assert decimal_separator(values) == separator


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(amounts, st.sampled_from(["vi", "en"]))
def test_what_is_formatted_is_read_back_exactly(value: Decimal, locale: Locale) -> None:
    figure = parse_number(format_number(value, 2, locale))
    assert figure == Number(value)


@given(st.integers(-(10**14), 10**14), st.sampled_from(["vi", "en"]))
def test_exact_money_is_read_back(dong: int, locale: Locale) -> None:
    figure = parse_number(format_number(dong, None, locale), decimal="," if locale == "vi" else ".")
    assert figure == Number(Decimal(dong))
    assert parse_number(format_money(dong, exact=True), decimal=",") == Number(Decimal(dong), unit="đồng")


@given(st.one_of(st.text(), st.floats(), st.text(alphabet="0123456789., %tỷđ-()")))
def test_parsing_never_raises(value: object) -> None:
    parse_number(value)
    parse_date(value)
    parse_date(value, serial=True)


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (Decimal("1234567.895"), 2, "1.234.567,90", "1,234,567.90"),
        (Decimal("-1234.50"), None, "-1.234,5", "-1,234.5"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("-0.4"), 0, "0", "0"),
        (100, None, "100", "100"),
    ],
)
def test_format_number(value: Decimal | int, places: int | None, vi: str, en: str) -> None:
    assert (format_number(value, places), format_number(value, places, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("dong", "vi", "en", "exact"),
    [
        (1_800_000_000, "1,8 tỷ đồng", "VND 1.8 billion", "1.800.000.000 đồng"),
        (486_000_000, "486 triệu đồng", "VND 486 million", "486.000.000 đồng"),
        (950_000, "950.000 đồng", "VND 950,000", "950.000 đồng"),
        (995_000_000, "995 triệu đồng", "VND 995 million", "995.000.000 đồng"),
        (999_999_999, "1 tỷ đồng", "VND 1 billion", "999.999.999 đồng"),
        (1_234_567_890_123, "1.234,57 tỷ đồng", "VND 1,234.57 billion", "1.234.567.890.123 đồng"),
        (-2_500_000, "-2,5 triệu đồng", "VND -2.5 million", "-2.500.000 đồng"),
        (0, "0 đồng", "VND 0", "0 đồng"),
    ],
)
def test_format_money(dong: int, vi: str, en: str, exact: str) -> None:
    assert (format_money(dong), format_money(dong, "en"), format_money(dong, exact=True)) == (vi, en, exact)


@pytest.mark.parametrize("dong", [1.0, True, Decimal(5), "5"])
def test_money_is_whole_dong(dong: object) -> None:
    with pytest.raises(TypeError, match="whole number of đồng"):
        format_money(dong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "on", "precision"),
    [
        ("05/06/2024", date(2024, 6, 5), "day"),
        ("5-6-24", date(2024, 6, 5), "day"),
        ("1.1.99", date(1999, 1, 1), "day"),
        ("2024-06-05", date(2024, 6, 5), "day"),
        ("2024-06-05 00:00:00", date(2024, 6, 5), "day"),
        ("2024-06-05T08:30:00Z", date(2024, 6, 5), "day"),
        ("ngày 5 tháng 6 năm 2024", date(2024, 6, 5), "day"),
        ("06/2024", date(2024, 6, 1), "month"),
        ("tháng 6 năm 2024", date(2024, 6, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
        ("năm 2019", date(2019, 1, 1), "year"),
        (2015, date(2015, 1, 1), "year"),
        (2015.0, date(2015, 1, 1), "year"),
        (date(2024, 6, 5), date(2024, 6, 5), "day"),
        (datetime(2024, 6, 5, 23), date(2024, 6, 5), "day"),  # noqa: DTZ001
    ],
)
def test_parse_date(value: object, on: date, precision: str) -> None:
    assert parse_date(value) == PartialDate(on, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", ["", "31/2/2024", "12/31/2020", "45000", 45000, "0", 5, None, True, "1/1/1850", "abc"]
)
def test_no_date(value: object) -> None:
    assert parse_date(value) is None


def test_excel_serials_only_when_asked() -> None:
    assert parse_date(45000, serial=True) == PartialDate(date(2023, 3, 15))
    assert parse_date(45000.75, serial=True) == PartialDate(date(2023, 3, 15))
    assert parse_date(2015, serial=True) == PartialDate(date(2015, 1, 1), "year")
    assert parse_date(60, serial=True) is None


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_dates_are_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == PartialDate(day)
    assert parse_date(day.strftime("%d-%m-%y")) == PartialDate(day)
    assert parse_date((day - date(1899, 12, 30)).days, serial=True) == PartialDate(day)


def test_format_date() -> None:
    known = [
        PartialDate(date(2024, 6, 5)),
        PartialDate(date(2024, 6, 1), "month"),
        PartialDate(date(2024, 1, 1), "year"),
    ]
    assert [format_date(value) for value in known] == ["05/06/2024", "06/2024", "2024"]
    assert [format_date(value, "en") for value in known] == ["5 Jun 2024", "Jun 2024", "2024"]
    assert [format_date(value, "ja") for value in known] == ["2024年6月5日", "2024年6月", "2024"]
    assert [format_date(value, "ko") for value in known] == ["2024. 6. 5.", "2024. 6.", "2024"]


def test_money_in_myriads() -> None:
    sums = (950_000, 12_500_000, 1_850_000_000)
    assert [format_money(dong, "ja") for dong in sums] == ["950,000ドン", "1,250万ドン", "18.5億ドン"]
    assert [format_money(dong, "ko") for dong in sums] == ["950,000동", "1,250만 동", "18.5억 동"]
