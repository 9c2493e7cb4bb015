"""The public pages of the administrative map."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

PAGES = ("/dia-gioi/", "/dia-gioi/24/", "/dia-gioi/tim/?q=tan", "/tra-dia-chi/")


@pytest.fixture(autouse=True)
def _vietnamese(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"


@pytest.mark.parametrize("page", PAGES)
def test_anyone_may_read_them(loaded: Any, client: Client, page: str) -> None:
    assert client.get(page).status_code == 200


def test_provinces_of_a_day(loaded: Any, client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        page = client.get("/dia-gioi/").content.decode()
    assert "34 tỉnh, thành phố với 3.321 đơn vị cấp xã" in page
    assert page.count('<path class="q-') == 34
    assert "Quần đảo Hoàng Sa" in page
    assert "Quần đảo Trường Sa" in page
    old = client.get("/dia-gioi/?ngay=2025-06-30").content.decode()
    assert "63 tỉnh, thành phố với 10.035 đơn vị cấp xã" in old
    assert '<a href="/dia-gioi/27/?ngay=2025-06-30"' in old


def test_a_day_that_is_none_shows_today(loaded: Any, client: Client) -> None:
    page = client.get("/dia-gioi/?ngay=hom-qua").content.decode()
    assert "34 tỉnh, thành phố" in page
    assert 'aria-invalid="true"' in page


def test_a_unit_tells_where_it_comes_from(loaded: Any, client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(9):
        page = client.get("/dia-gioi/24/").content.decode()
    assert "Tỉnh Bắc Ninh" in page
    assert "/dia-gioi/27/?ngay=2025-06-30" in page
    assert "Nghị quyết 202/2025/QH15" in page
    assert "99 đơn vị trực thuộc" in page


def test_a_code_that_named_nothing_on_that_day_says_when_it_did(loaded: Any, client: Client) -> None:
    answer = client.get("/dia-gioi/27/")
    assert answer.status_code == 404
    assert "?ngay=2025-06-30" in answer.content.decode()
    assert client.get("/dia-gioi/99/").status_code == 404


def test_searching_a_commune(loaded: Any, client: Client) -> None:
    page = client.get("/dia-gioi/tim/?q=ben+nghe&ngay=2025-06-30").content.decode()
    assert "Phường Bến Nghé" in page
    assert "Quận 1" not in page
    assert "1 · Hồ Chí Minh" in page
    assert "Không có đơn vị nào bắt đầu bằng" in client.get("/dia-gioi/tim/?q=zzz").content.decode()


def test_addresses_are_answered_on_both_maps(client: Client, db: None) -> None:
    lines = "Phường Bến Nghé, Quận 1, TP.HCM\n\nPhường Tân Tạo, quận Bình Tân, TPHCM"
    page = client.post("/tra-dia-chi/", {"addresses": lines}).content.decode()
    assert "2 địa chỉ" in page
    assert "phường Sài Gòn" in page
    assert "Có thể là: phường Bình Tân, phường Tân Tạo, xã Tân Vĩnh Lộc" in page


def test_addresses_as_a_file(client: Client, db: None) -> None:
    answer = client.post("/tra-dia-chi/", {"addresses": "=cmd|x, An Giang\nPhường Bến Nghé, Quận 1, HCM", "csv": "1"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert first[0] == "'=cmd|x, An Giang"
    assert (first[1], first[5]) == ("", "91")
    found = dict(zip(head, second, strict=True))
    assert (found["Mã xã cũ"], found["Mã xã"], found["Xã"], found["Độ tin cậy"]) == (
        "26740",
        "26740",
        "phường Sài Gòn",
        "0,99",
    )


def test_too_many_or_no_addresses_are_refused_with_words(client: Client, db: None) -> None:
    many = client.post("/tra-dia-chi/", {"addresses": "Hà Nội\n" * 2_001}).content.decode()
    assert "Có 2001 địa chỉ; mỗi lần tra được 2000" in many
    assert "Nhập ít nhất một địa chỉ." in client.post("/tra-dia-chi/", {"addresses": " "}).content.decode()
