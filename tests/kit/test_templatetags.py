"""Figures, dates and masks as a reader sees them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from matxich.kit.personal import TITLES
from matxich.kit.templatetags import mx
from matxich.rulebook.vietnamese import numbers

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "places", "vietnamese", "english"),
    [
        (1234567, None, "1.234.567", "1,234,567"),
        (Decimal("1234567.89"), None, "1.234.567,89", "1,234,567.89"),
        (Decimal("-12700"), 2, "−12.700,00", "−12,700.00"),
        (0.125, 2, "0,13", "0.13"),
        (None, None, "–", "–"),
    ],
)
def test_numbers(value: int | Decimal | None, places: int | None, vietnamese: str, english: str) -> None:
    with override("vi"):
        assert mx.number(value, places) == vietnamese
    with override("en"):
        assert mx.number(value, places) == english


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_800_000_000, "1,8 tỷ đồng"),
        (442_000_000, "442 triệu đồng"),
        (2_240_000_000, "2,24 tỷ đồng"),
        (2_242_000_000, "2.242.000.000 đồng"),
        (950_000, "950.000 đồng"),
        (1_234_567_891, "1.234.567.891 đồng"),
        (100_000_000_000, "100 tỷ đồng"),
        (-210_000_000, "−210 triệu đồng"),
        (0, "0 đồng"),
        (None, "–"),
    ],
)
def test_money_never_rounds(amount: int | None, words: str) -> None:
    with override("vi"):
        assert mx.money(amount) == words


@given(st.integers(0, 10**15))
def test_short_words_stand_only_for_sums_they_say_exactly(amount: int) -> None:
    with override("vi"):
        said = numbers.parse_number(mx.money(amount))
    assert said is not None and said.value == amount


def test_rounding_is_asked_for() -> None:
    with override("vi"):
        assert (mx.money_round(2_242_000_000), mx.money_round(None)) == ("2,24 tỷ đồng", "–")
    with override("en"):
        assert mx.money_round(-2_242_000_000) == "VND −2.24 billion"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 20), "hôm nay"),
        (date(2026, 11, 25), "hôm nay"),
        (date(2026, 11, 8), "12 ngày"),
        (date(2026, 10, 21), "30 ngày"),
        (date(2026, 10, 20), "1 tháng"),
        (date(2024, 11, 21), "23 tháng"),
        (date(2024, 11, 20), "2 năm"),
        (datetime(2026, 11, 19, 17, 30, tzinfo=UTC), "hôm nay"),
        (None, ""),
    ],
)
def test_age_in_one_unit(since: date | None, words: str) -> None:
    with override("vi"):
        assert mx.age(since, TODAY) == words


def test_a_date_known_to_the_month_says_no_more() -> None:
    assert mx.day(numbers.PartialDate(date(2024, 6, 1), "month")) == "06/2024"
    with override("en"):
        assert mx.day(TODAY) == "20 Nov 2026"


def test_the_day_of_a_page_in_full() -> None:
    with override("vi"):
        assert mx.long_day(TODAY) == "Thứ Sáu, 20 tháng 11, 2026"
    with override("en"):
        assert mx.long_day(TODAY) == "Friday, 20 November, 2026"


def test_instants_are_shown_in_vietnam_time() -> None:
    late = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)
    assert (mx.day(late), mx.moment(late)) == ("20/11/2026", "00:30 20/11/2026")
    assert (mx.day(date(2026, 7, 1)), mx.day(None), mx.moment(None)) == ("01/07/2026", "–", "–")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("0912 345 418", "09•• ••• 418"),
        ("+84 912 345 418", "84•• ••• 418"),
        ("Ngô Thị Hà My", "N•• T•• H•• M••"),
        ("Bà Vũ Thị Hà", "Bà V•• T•• H••"),
        ("My", "M••"),
        ("hamy@so.example", "h••@so.example"),
        ("031090001234", "03• ••• ••• 234"),
        ("*********234", "••• ••• ••• 234"),
        ("đã xóa theo yêu cầu", "đã xóa theo yêu cầu"),
        ("", ""),
    ],
)
def test_mask(text: str, masked: str) -> None:
    assert mx.mask(text) == masked


@given(st.from_regex(r"[A-ZĐ][a-z]{2,6}( [A-ZĐ][a-zà-ỹ]{2,6}){1,4}", fullmatch=True))
def test_a_masked_name_shows_one_letter_of_each_given_name(name: str) -> None:
    titles = 1 if name.split()[0].lower() in TITLES else 0
    assert mx.mask(name).split()[titles:] == [f"{word[0]}••" for word in name.split()[titles:]]


def test_percent_and_geometry_do_not_depend_on_the_language() -> None:
    with override("vi"):
        assert (mx.percent(0.763), mx.percent(Decimal("0.1234"), 1), mx.percent(None)) == ("76%", "12,3%", "–")
        assert mx.geometry(62.5) == "62.5"


def test_an_icon_with_a_label_speaks_for_itself() -> None:
    assert 'aria-hidden="true"' in mx.icon("search")
    assert 'role="img" aria-label="Tìm &lt;b&gt;"' in mx.icon("search", "Tìm <b>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "href", "state"),
    [
        ("", "?sort=name", None),
        ("sort=name&page=3&q=a", "?sort=-name&amp;q=a", "ascending"),
        ("sort=-name", "?sort=name", "descending"),
        ("sort=rows", "?sort=name", None),
    ],
)
def test_a_sorted_head_offers_the_other_direction(query: str, href: str, state: str | None) -> None:
    request = RequestFactory().get(f"/?{query}")
    html = Template('{% load mx %}{% sort_head "name" "Tên" %}').render(RequestContext(request))
    assert f'href="{href}"' in html
    assert (f'aria-sort="{state}"' in html) if state else ("aria-sort" not in html)
