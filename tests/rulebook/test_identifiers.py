"""Tax codes as lists spell them, and the register's identifiers with their check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.identifiers import (
    MESSAGES,
    SAMPLE_CODES,
    TaxCode,
    Whose,
    has_valid_check_digit,
    make_registry_id,
    mask_person_id,
    parse_registry_id,
    parse_tax_code,
    sample_tax_code,
)

VALID = ["0100233488", "0100109106", "0300588569", "2300325764"]


def read(value: object) -> tuple[str, str | None, bool, str]:
    code = parse_tax_code(value)
    return code.text, code.kind, code.valid, code.reason


@pytest.mark.parametrize("text", VALID)
def test_issued_codes(text: str) -> None:
    assert parse_tax_code(text) == TaxCode(text, "entity", valid=True)
    assert parse_tax_code(f"{text}-001") == TaxCode(f"{text}-001", "unit", valid=True)


@pytest.mark.parametrize(
    "spelling",
    ["MST: 0100233488", "'0100233488", " 0100 233 488 ", "0.100.233.488", "0100-233-488", "０１００２３３４８８",
     "Mã số thuế: 0100233488.", "Tax code 0100233488", "MSDN 0100233488", "0100233488.0", "\ufeff0100233488\u00a0"],
)  # fmt: skip
def test_spellings(spelling: str) -> None:
    assert read(spelling) == ("0100233488", "entity", True, "ok")


@pytest.mark.parametrize("value", [100233488, 100233488.0, "100233488", "100 233 488"])
def test_a_lost_zero_comes_back_when_the_check_digit_proves_it(value: object) -> None:
    assert parse_tax_code(value) == TaxCode("0100233488", "entity", True, repaired=True, reason="leading_zero")


def test_sample_data_prefix_passes_as_a_float() -> None:
    assert has_valid_check_digit("9991274607")
    assert read(9991274607.0) == ("9991274607", "entity", True, "ok")


@pytest.mark.parametrize("value", ["100233488-001", "100233488001", 100233488001])
def test_a_unit_gets_its_zero_back_too(value: object) -> None:
    assert read(value) == ("0100233488-001", "unit", True, "leading_zero")


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("0100233480", ("0100233480", "entity", False, "check_digit")),
        ("0100000008", ("0100000008", "entity", False, "unissued")),
        ("0100233488-000", ("0100233488-000", "unit", False, "unit_000")),
        ("0100233480-001", ("0100233480-001", "unit", False, "check_digit")),
        ("100233480", ("100233480", None, False, "maybe_person")),
        ("12345678901", ("12345678901", None, False, "maybe_person")),
        ("123456789012", ("123456789012", None, False, "maybe_person")),
        ("12345", ("12345", None, False, "length")),
        (12.5, ("125", None, False, "length")),
        ("1.00233E+09", ("1.00233e+09", None, False, "scientific")),
        ("đang xin cấp", ("dangxincap", None, False, "letters")),
        ("", ("", None, False, "empty")),
        (" - ", ("", None, False, "empty")),
        (None, ("", None, False, "empty")),
    ],
)
def test_refusals(value: object, outcome: tuple[str, str | None, bool, str]) -> None:
    assert read(value) == outcome
    assert parse_tax_code(value).message == MESSAGES[outcome[3]] != ""  # type: ignore[index]


@pytest.mark.parametrize("text", ["001234567890", "CCCD 079 234 567 890"])
def test_a_person_is_recognised_and_masked(text: str) -> None:
    code = parse_tax_code(text)
    assert (code.kind, code.valid, code.shown) == ("person", True, "*********890")
    assert "234567" not in repr(code)


@pytest.mark.parametrize(
    ("value", "whose", "outcome"),
    [
        (1090000123, "person", ("001090000123", "person", True, "person_zero")),
        (31234567890, "household", ("031234567890", "person", True, "person_zero")),
        (1090000123.0, "household", ("001090000123", "person", True, "person_zero")),
        ("1090000123", "household", ("1090000123", "entity", True, "ok")),
        (1090000123, "", ("1090000123", "entity", True, "ok")),
        (8012345606, "household", ("8012345606", "entity", True, "ok")),
        (8012345606, "person", ("008012345606", "person", True, "person_zero")),
        (100109106, "person", ("0100109106", "entity", True, "leading_zero")),
        (3090000123, "person", ("3090000123", "entity", False, "check_digit")),
    ],
)
def test_a_persons_number_that_lost_its_zeros(value: object, whose: Whose, outcome: tuple[str, str, bool, str]) -> None:
    code = parse_tax_code(value, whose=whose)
    assert (code.text, code.kind, code.valid, code.reason) == outcome
    assert code.kind != "person" or code.shown.startswith("*********")


@pytest.mark.parametrize("text", ["12345678901", "100233480", "chủ hộ 001234567890"])
def test_what_may_be_a_person_is_masked(text: str) -> None:
    assert text[-6:] not in parse_tax_code(text).shown


def test_an_enterprise_is_shown() -> None:
    assert parse_tax_code("0100233488").shown == "0100233488"
    assert parse_tax_code("0100233480").shown == "0100233480"


def test_short_numbers_are_masked_whole() -> None:
    assert [mask_person_id(text) for text in ("", "12", "123", "1234")] == ["", "**", "***", "*234"]


@given(st.integers(0, 10**9 - 1), st.integers(0, 9))
def test_one_check_digit_at_most_fits(stem: int, digit: int) -> None:
    fitting = [d for d in range(10) if has_valid_check_digit(f"{stem:09d}{d}")]
    assert len(fitting) <= 1
    assert parse_tax_code(f"{stem:09d}{digit}").valid == (digit in fitting and f"{stem:09d}"[2:] != "0000000")


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans()))
def test_parsing_never_raises(value: object) -> None:
    parse_tax_code(value)


def test_registry_id() -> None:
    assert make_registry_id(4127) == "MX-004127-1"
    assert make_registry_id(1234567)[:11] == "MX-1234567-"


@pytest.mark.parametrize(
    "text", ["MX-004127-1", "mx-004127-1", " MX 004127 1 ", "MX0041271", "MX–004127–1", "mx-4127-1"]
)
def test_registry_id_as_typed(text: str) -> None:
    assert parse_registry_id(text) == 4127


@pytest.mark.parametrize(
    "text", ["", "004127-1", "MX-004127", "MX-004127-2", "MX-31-004127-1", "MX-000000-0", "MX-x-1"]
)
def test_not_a_registry_id(text: str) -> None:
    assert parse_registry_id(text) is None


def test_registry_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        make_registry_id(0)


def test_check_digit_catches_every_wrong_digit_and_swap() -> None:
    for number in range(1, 3000):
        digits = make_registry_id(number * 331)[3:].replace("-", "")
        assert parse_registry_id(f"MX{digits}") == number * 331
        for i, right in enumerate(digits):
            for wrong in set("0123456789") - {right}:
                assert parse_registry_id(f"MX{digits[:i]}{wrong}{digits[i + 1 :]}") is None
        for i in range(len(digits) - 1):
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            assert swapped == digits or parse_registry_id(f"MX{swapped}") is None


@given(st.integers(1, 10**11))
def test_registry_id_round_trip(number: int) -> None:
    assert parse_registry_id(make_registry_id(number)) == number


@given(st.integers(1, SAMPLE_CODES - 1))
def test_sample_tax_codes_are_valid_ascending_and_never_issued(number: int) -> None:
    code = sample_tax_code(number)
    assert parse_tax_code(code) == TaxCode(code, "entity", valid=True)
    assert "9910000000" <= code < sample_tax_code(number + 1) <= "9999999999"


def test_there_is_no_sample_tax_code_beyond_the_last() -> None:
    assert len({sample_tax_code(number) for number in range(1, 5_000)}) == 4_999
    for number in (0, SAMPLE_CODES + 1):
        with pytest.raises(ValueError, match="numbered from 1"):
            sample_tax_code(number)
