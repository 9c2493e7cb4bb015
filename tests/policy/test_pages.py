from collections.abc import Callable

import pytest
from django.test import Client

from matxich.policy.packaged import packaged_law
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import World
from tests.samples import enterprise

SignIn = Callable[[object], Client]
ASKED = (
    "/ho-tro/?form=enterprise&province=24&kind=ward&workers=100&revenue=50&sector=supporting&parts=yes"
    "&content=KC-12&cost=700&counterpart=yes&other=no&on=2026-03-01"
)


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_five_questions_and_an_answer_with_its_article(db: None, client: Client) -> None:
    page = _page(client, ASKED)
    assert "tối đa 300 triệu đồng" in page
    assert "50% chi phí, không quá 300 triệu đồng" in page
    assert "Điều 1 khoản 2 NĐ 45/2012/NĐ-CP (sửa đổi bởi NĐ 235/2025/NĐ-CP)" in page
    assert "đối chiếu TT 64/2024/TT-BTC" in page
    assert packaged_law().version in page


def test_the_day_before_the_new_decree_is_told_apart(db: None, client: Client) -> None:
    before = _page(client, ASKED.replace("2026-03-01", "2025-10-14"))
    assert "Cần biết thêm" in before
    assert "Trước 01/07/2025 phường đó thuộc đô thị loại nào?" in before


def test_a_no_says_what_it_would_take(db: None, client: Client) -> None:
    page = _page(client, ASKED.replace("province=24", "province=79"))
    assert "Không được" in page
    assert "Muốn được thì cần: Nơi sản xuất ở xã, đặc khu." in page


def test_nothing_answered_still_answers(db: None, client: Client) -> None:
    page = _page(client, "/ho-tro/?form=")
    assert "Luật chưa rõ, chờ cơ quan xác nhận" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("cost=bảy+trăm", "Ghi số triệu đồng, ví dụ 700."),
        ("cost=-5", "Ghi số triệu đồng, ví dụ 700."),
        ("cost=99999999999999", "Ghi số triệu đồng, ví dụ 700."),
        ("province=27", "Có câu trả lời chưa đọc được"),
        ("on=31/02/2026", "Có câu trả lời chưa đọc được"),
    ],
)
def test_what_cannot_be_read_is_marked(db: None, client: Client, asked: str, said: str) -> None:
    assert said in _page(client, f"/ho-tro/?{asked}")


def test_english_for_who_reads_no_vietnamese(db: None, client: Client) -> None:
    for language in ("en", "ja", "ko"):
        client.cookies["django_language"] = language
        page = _page(client, ASKED)
        assert "Is a rural industrial establishment" in page, language


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("colleague", 200), ("viewer", 200), ("enterprise", 403)])
def test_a_firms_answers_are_for_officials_and_for_the_firm(
    world: World, sign_in: SignIn, who: str, status: int
) -> None:
    code = make_registry_id(enterprise(world).pk)
    answer = sign_in(getattr(world, who)).get(f"/doanh-nghiep/{code}/ho-tro/")
    assert answer.status_code == status


def test_a_visitor_is_asked_to_sign_in(world: World, client: Client) -> None:
    code = make_registry_id(enterprise(world).pk)
    assert client.get(f"/doanh-nghiep/{code}/ho-tro/").status_code == 302


def test_one_click_from_the_passport(world: World, sign_in: SignIn) -> None:
    code = make_registry_id(enterprise(world).pk)
    officer = sign_in(world.owner)
    assert f'href="/doanh-nghiep/{code}/ho-tro/"' in _page(officer, f"/doanh-nghiep/{code}/")
    page = _page(officer, f"/doanh-nghiep/{code}/ho-tro/?ngay=x")
    assert "“x” không phải là ngày" in page


def test_the_library_as_of_a_day(db: None, client: Client) -> None:
    before, after = (_page(client, f"/van-ban/?ngay={day}&hieu-luc=in_force") for day in ("2018-05-10", "2018-05-11"))
    assert ("28/2018/TT-BTC" in before, "28/2018/TT-BTC" in after) == (False, True)
    assert ("26/2014/TTLT-BTC-BCT" in before, "26/2014/TTLT-BTC-BCT" in after) == (True, False)
    assert "Không có văn bản nào khớp" in _page(client, "/van-ban/?q=kh%C3%B4ng+c%C3%B3+g%C3%AC")
    assert "45/2012/NĐ-CP" in _page(client, "/van-ban/?q=khuyen+cong+45")


def test_an_instrument_and_a_figure(db: None, client: Client) -> None:
    page = _page(client, "/van-ban/nd-45-2012/")
    assert "được sửa đổi bởi" in page and "/van-ban/nd-235-2025/" in page
    figure = _page(client, "/muc/KC-12/")
    assert "từ 08/04/2014 đến trước 11/05/2018" in figure and "không quá 200 triệu đồng" in figure
    assert [client.get(path).status_code for path in ("/van-ban/khong-co/", "/muc/KC-99/")] == [404, 404]
