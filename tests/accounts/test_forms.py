"""Places typed by name, days typed by hand."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from matxich.accounts.forms import DayField, PlaceField, parsed_day
from matxich.accounts.queries import place_label


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    from matxich.places.models import Unit

    with django_db_blocker.unblock():
        rows = [
            Unit(code=code, level="commune", kind="phường", name=name, full_name=f"Phường {name}", parent=parent,
                 valid_from=date(2025, 7, 1), folded=folded, order=folded)
            for code, name, parent, folded in (
                ("11359", "Ngô Quyền", "31", "ngo quyen"),
                ("10507", "Trần Hưng Đạo", "31", "tran hung dao"),
                ("12424", "Trần Hưng Đạo", "33", "tran hung dao"),
            )
        ]  # fmt: skip
        Unit.objects.bulk_create(rows)
        yield
        Unit.objects.filter(code__in=[row.code for row in rows]).delete()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", ""), ("31", "31"), ("Hải Phòng", "31"), ("hai phong", "31"), ("Tp. Hải Phòng", "31"), ("  Đồng Nai ", "75")],
)
def test_a_province_by_name_or_code(typed, code):
    assert PlaceField().clean(typed) == code


def test_a_commune_by_name_or_code(db, places):
    assert PlaceField().clean("Ngô Quyền") == "11359"
    assert PlaceField().clean("11359") == "11359"


def test_a_name_many_communes_bear_asks_for_the_code(db, places):
    with pytest.raises(ValidationError) as refused:
        PlaceField().clean("Trần Hưng Đạo")
    (message,) = refused.value.messages
    assert message.startswith("Có nhiều nơi tên như vậy. Nhập mã: ")
    assert "(10507)" in message


@pytest.mark.parametrize("typed", ["Nơi không có", "99999", "@#"])
def test_a_place_that_is_not_there(db, typed):
    with pytest.raises(ValidationError) as refused:
        PlaceField().clean(typed)
    assert refused.value.messages == ["Không tìm thấy tỉnh hay xã này. Kiểm tra chính tả hoặc nhập mã."]


def test_a_place_is_shown_with_what_it_lies_in():
    assert place_label("31") == "Hải Phòng"
    assert place_label("99999") == "99999"


@pytest.mark.parametrize("typed", ["2025-07-01", "01/07/2025", "1/7/2025"])
def test_days_from_the_calendar_and_by_hand(typed):
    assert DayField().clean(typed) == date(2025, 7, 1)
    assert parsed_day(typed, date(2026, 1, 1)) == date(2025, 7, 1)


@pytest.mark.parametrize("typed", ["", "hôm qua", "31/02/2025"])
def test_an_unreadable_day_in_an_address_is_the_other_day(typed):
    assert parsed_day(typed, date(2026, 1, 1)) == date(2026, 1, 1)
