"""What may be stored and what may not, and whether a certificate counts on a day."""

from datetime import date
from typing import Any

import pytest

from matxich.rulebook.capabilities.certificate import status
from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.codes import format_hs, parse_hs, parse_vsic
from matxich.rulebook.capabilities.countries import country_code
from matxich.rulebook.capabilities.reading import read

ON = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("certificate", "answer"),
    [
        ({"valid_to": "2026-06-14"}, "expired"),
        ({"valid_to": "2026-06-15"}, "expired"),
        ({"valid_to": "2026-06-16"}, "valid"),
        ({"valid_from": "2026-06-15", "valid_to": "2029-06-15"}, "valid"),
        ({"valid_from": "2026-06-16", "valid_to": "2029-06-16"}, "not_yet"),
        ({"issued": "2026-06-16", "valid_to": "2029-06-16"}, "not_yet"),
        ({"valid_from": "2026-06-16"}, "not_yet"),
        ({"valid_from": "2020-06-16"}, "unknown"),
        ({"issued": "2020-06-16"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_status(certificate: dict[str, str], answer: str) -> None:
    assert status({"text": "ISO 9001"} | certificate, ON) == answer


@pytest.mark.parametrize(
    ("last_day", "answer"), [("14/06/2026", "expired"), ("15/06/2026", "valid"), ("16/06/2026", "valid")]
)
def test_the_last_day_counts_whole(last_day: str, answer: str) -> None:
    (value,) = read("certificate", f"ISO 9001 đến hết ngày {last_day}", latest_year=2026).values
    assert status(value, ON) == answer


PROBLEMS: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("machine", [], [("not_an_object", "")]),
    ("machine", {}, [("nothing_stated", "kind")]),
    ("machine", {"kind": "Máy", "colour": "xanh"}, [("unknown_part", "colour")]),
    ("machine", {"kind": "Máy", "quantity": 0}, [("out_of_range", "quantity")]),
    ("machine", {"kind": "Máy", "quantity": True}, [("wrong_shape", "quantity")]),
    ("machine", {"kind": "Máy", "tonnage_t": 450}, [("wrong_shape", "tonnage_t")]),
    ("machine", {"kind": "Máy", "tonnage_t": "450.0"}, [("wrong_shape", "tonnage_t")]),
    ("machine", {"kind": "Máy", "year": 2015, "year_to": 2010}, [("reversed", "year_to")]),
    ("machine", {"kind": "Máy · tiện"}, [("separator_inside", "kind")]),
    ("machine", {"kind": "Máy", "origin": "EU"}, [("unknown_country", "origin")]),
    ("certificate", {}, [("missing", "text")]),
    ("certificate", {"text": "ISO", "valid_to": "31/12/2026"}, [("wrong_shape", "valid_to")]),
    ("certificate", {"text": "ISO", "valid_from": "2026-01-01", "valid_to": "2026-01-01"}, [("reversed", "valid_to")]),
    ("tolerance", {}, [("nothing_stated", "")]),
    ("tolerance", {"plus_nm": 5}, [("missing", "minus_nm")]),
    ("tolerance", {"it": "IT7", "plus_nm": 5}, [("not_together", "it")]),
    ("tolerance", {"it": "IT19"}, [("not_a_choice", "it")]),
    ("tolerance", {"it": "IT7", "it_to": "IT6"}, [("reversed", "it_to")]),
    ("tolerance", {"plus_nm": 0.5, "minus_nm": 1}, [("wrong_shape", "plus_nm")]),
    ("size_range", {"max_mm": ["5"], "min_mm": ["6"]}, [("reversed", "max_mm")]),
    ("size_range", {"max_mm": ["5"], "min_mm": ["1", "2"]}, [("sizes_differ", "min_mm")]),
    ("size_range", {"max_mm": ["5"], "axes": ["depth"]}, [("not_a_choice", "axes")]),
    ("capacity", {"amount": "5", "unit": "piece", "per": "century"}, [("not_a_choice", "per")]),
    ("capacity", {"amount": "5", "amount_to": "4", "unit": "piece", "per": "day"}, [("reversed", "amount_to")]),
    ("customer", {"name": "Samsung", "tier": 4}, [("not_a_choice", "tier")]),
    ("customer", {"name": "Samsung", "tier": "1"}, [("not_a_choice", "tier")]),
    ("customer", {"name": "Samsung", "share_percent": "101"}, [("out_of_range", "share_percent")]),
    ("product", {"name": "Ốc", "hs": "7799"}, [("no_such_chapter", "hs")]),
    ("product", {"name": "Ốc", "hs": "8708.29"}, [("wrong_shape", "hs")]),
    ("product", {"name": "Ốc", "hs": "87082"}, [("wrong_shape", "hs")]),
    ("product", {"name": "Ốc", "vsic": {"code": "4520", "edition": "2025"}}, [("no_such_division", "vsic")]),
    ("product", {"name": "Ốc", "vsic": {"code": "4520", "edition": "2018"}}, []),
    ("product", {"name": "Ốc", "vsic": {"code": "2591", "edition": "1993"}}, [("not_a_choice", "vsic")]),
    ("product", {"name": "Ốc", "yearly": "5"}, [("missing", "unit")]),
    ("exports", {"percent": "5", "amount": 5, "currency": "USD"}, [("not_together", "amount")]),
    ("exports", {"markets": ["JP", "XX"]}, [("unknown_country", "markets")]),
    ("ownership", {"kind": "household", "foreign_percent": "5"}, [("does_not_fit_kind", "foreign_percent")]),
    ("ownership", {"kind": "fdi", "country": "VN"}, [("does_not_fit_kind", "country")]),
    ("energy", {}, [("nothing_stated", "")]),
    ("digital", {"level": 6}, [("not_a_choice", "level")]),
    ("credit_need", {"need": "no", "amount": 5}, [("does_not_fit_kind", "amount")]),
    ("credit_need", {"need": "yes", "amount": 1.5}, [("wrong_shape", "amount")]),
    ("contact", {"name": "A", "phone": "0912345678"}, [("legal_basis_missing", "legal_basis")]),
    ("contact", {"name": "A", "legal_basis": "habit"}, [("not_a_choice", "legal_basis")]),
    (
        "contact",
        {"name": "A", "legal_basis": "contract", "visibility": "public"},
        [("public_without_basis", "visibility")],
    ),
    ("contact", {"name": "A", "legal_basis": "consent", "visibility": "public"}, []),
    ("site", {"name": "Nhà máy"}, [("missing", "address")]),
]


@pytest.mark.parametrize(("field", "value", "problems"), PROBLEMS)
def test_problems(field: str, value: Any, problems: list[tuple[str, str]]) -> None:
    assert [(problem.code, problem.part) for problem in check(field, value, latest_year=2026)] == problems


def test_a_contact_read_from_text_lacks_its_legal_basis() -> None:
    reading = read("contact", "Ông Nguyễn Văn A - Giám đốc - 0912 345 678 - a@b.vn", latest_year=2026)
    assert reading.values == (
        {"email": "a@b.vn", "name": "Ông Nguyễn Văn A", "phone": "0912 345 678", "role": "Giám đốc"},
    )
    assert [warned.code for warned in reading.warnings] == ["legal_basis_missing"]


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("8708.29.95", "87082995", "8708.29.95"), ("HS 8480.71", "848071", "8480.71"), ("7318", "7318", "7318")],
)
def test_hs(text: str, code: str, shown: str) -> None:
    assert parse_hs(text) == code
    assert format_hs(code) == shown


def test_vsic() -> None:
    assert parse_vsic("C25910 (2018)") == {"code": "25910", "edition": "2018"}
    assert parse_vsic("2591") == {"code": "2591"}
    assert parse_vsic("252018") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Nhật", "JP"), ("nhật bản", "JP"), ("Hàn", "KR"), ("Mỹ", "US"), ("USA", "US"), ("EU", "EU"), ("VN", "VN")),
        *(("Đài Loan", "TW"), ("Trung Quốc", "CN"), ("Germany", "DE"), ("Narnia", None), ("", None)),
    ],
)
def test_countries(text: str, code: str | None) -> None:
    assert country_code(text) == code
