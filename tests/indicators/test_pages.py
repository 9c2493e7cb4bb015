"""Pages of indicators: what they say, who may open the records, how many questions they ask of the database."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matxich.indicators.actions.series import rebuild
from matxich.indicators.models import MonthlyFigure, ReportedFigure, Snapshot, Target
from matxich.programmes.models import Agreement
from tests.conftest import NOW, World

SignIn = Callable[[object], Client]


@pytest.fixture
def told(memorandum: Agreement) -> Agreement:
    rebuild(on=NOW.date(), at=NOW, months=50)
    return memorandum


def test_the_page_of_a_figure_says_what_it_is_made_of(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.ministry)
    page = client.get(f"/chi-tieu/B01/?ngay=2023-09-14&tach=province&map=34&thoa-thuan={told.pk}")
    text = page.content.decode()
    assert "38 doanh nghiệp, bằng 76% mục tiêu 50 doanh nghiệp" in text
    assert "Dựng lại từ bài báo" in text and "DN mẫu 01" in text
    assert "38 hồ sơ đứng sau con số" in text
    assert "Cộng lại đúng 38 doanh nghiệp, trên cả hai bản đồ." in text


def test_names_behind_a_figure_are_those_of_ones_own_territory(world: World, told: Agreement, sign_in: SignIn) -> None:
    """The stranger is Đồng Nai's: of the round in the south she sees her own firms, the others as a count."""
    text = sign_in(world.stranger).get("/chi-tieu/B01/?ngay=2022-12-31").content.decode()
    assert "26 hồ sơ đứng sau con số" in text
    assert text.count("Hồ sơ ngoài địa bàn của bạn") == 22
    assert "DN mẫu 01<" not in text and "DN mẫu 19" in text
    outside = sign_in(world.owner).get("/chi-tieu/B01/?ngay=2022-12-31").content.decode()
    assert outside.count("Hồ sơ ngoài địa bàn của bạn") == 26
    assert "Dựng lại từ bài báo" in outside  # what it was made after is no secret of the firms


def test_who_may_not_use_the_desk_sees_no_figures(world: World, told: Agreement, sign_in: SignIn) -> None:
    for address in ("/chi-tieu/", "/chi-tieu/B01/", "/chi-tieu/doan-bao-cao/", "/chi-tieu/B01/tai-ve/"):
        assert sign_in(world.enterprise).get(address).status_code == 403


def test_a_dashboard_asks_few_questions_whatever_there_is(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.ministry)
    client.get("/chi-tieu/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        text = client.get("/chi-tieu/").content.decode()
    assert len(asked) <= 20
    assert "Kết quả cả nước" in text and "lũy kế 52" in text
    assert "8 tỉnh, thành có doanh nghiệp hoàn thành, nhiều nhất là Bắc Ninh (13)" in text
    old = client.get("/chi-tieu/?map=63").content.decode()
    assert "9 tỉnh, thành có doanh nghiệp hoàn thành" in old


def test_what_has_no_source_says_so(world: World, told: Agreement, sign_in: SignIn) -> None:
    text = sign_in(world.ministry).get("/chi-tieu/F06/").content.decode()
    assert "Chưa có không có nghĩa là bằng không." in text
    assert "Số doanh nghiệp trở thành nhà cung ứng: chưa có nguồn" in text


def test_a_province_and_its_targets_of_the_old_map(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.owner)
    assert "Kết quả của Hải Phòng" in client.get("/chi-tieu/tinh/31/").content.decode()
    text = client.get("/chi-tieu/A07/?tinh=31").content.decode()
    assert "Đặt trên bản đồ 63 tỉnh; không đổi mục tiêu khi đổi bản đồ" in text
    assert client.get("/chi-tieu/tinh/99/").status_code == 404
    leverage = client.get("/chi-tieu/D06/?ngay=2020-12-31&tinh=31").content.decode()
    assert "trên 7,7 lần" in leverage


def test_sentences_in_two_languages(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.ministry)
    text = client.get("/chi-tieu/doan-bao-cao/?ma=B01&ma=B05&ngay=2023-12-31").content.decode()
    assert "bằng 104% mục tiêu (50 doanh nghiệp)" in text and "bằng 123% mục tiêu (100 người)" in text
    english = client.get("/chi-tieu/doan-bao-cao/?ma=B05&ngay=2023-12-31&tieng=en").content.decode()
    assert "123% of the target (100 persons)" in english


def test_a_target_is_set_and_withdrawn_by_those_of_the_place(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.owner)
    typed = {
        "indicator": "A01", "edition": "34", "place": "31", "word": "khoảng", "value": "1.200", "until": "2027-12-31",
        "source": "Kế hoạch của thành phố",
    }  # fmt: skip
    assert client.post("/chi-tieu/muc-tieu/moi/", typed).status_code == 302
    made = Target.objects.get(source="Kế hoạch của thành phố")
    assert (made.comparator, made.word, made.value) == ("≈", "khoảng", 1200)
    assert client.post("/chi-tieu/muc-tieu/moi/", typed | {"place": "75"}).status_code == 422
    assert sign_in(world.stranger).post(f"/chi-tieu/muc-tieu/{made.pk}/rut/", {"reason": "x"}).status_code == 403
    assert client.post(f"/chi-tieu/muc-tieu/{made.pk}/rut/", {"reason": "Kế hoạch mới"}).status_code == 302
    made.refresh_from_db()
    assert made.withdrawn_reason == "Kế hoạch mới"


def test_what_records_tell_is_not_typed(world: World, told: Agreement, sign_in: SignIn) -> None:
    typed = {"indicator": "B01", "edition": "34", "place": "", "value": "60", "as_of": "2024-12-31", "source": "x"}
    page = sign_in(world.ministry).post("/chi-tieu/so-lieu/moi/", typed)
    assert page.status_code == 422
    assert "Chỉ tiêu này tính được từ hồ sơ trong hệ thống nên không nhập tay." in page.content.decode()
    assert not ReportedFigure.objects.filter(indicator="B01").exists()


def test_a_figure_is_frozen_with_its_records(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.ministry)
    assert client.post("/chi-tieu/B01/chot/?ngay=2022-12-31", {"reason": "Báo cáo năm"}).status_code == 302
    kept = Snapshot.objects.get()
    assert (kept.value, kept.as_of, len(kept.records)) == (26, date(2022, 12, 31), 26)


def test_readiness_is_answered_with_its_source(world: World, told: Agreement, sign_in: SignIn) -> None:
    client = sign_in(world.owner)
    typed = {"place": "31", "criterion": "criteria", "met": "0", "as_of": "2026-11-01", "source": "Báo cáo của Sở"}
    assert client.post("/chi-tieu/san-sang/", typed).status_code == 302
    text = client.get("/chi-tieu/san-sang/").content.decode()
    assert "1 trên 34 tỉnh, thành đã trả lời" in text and "Đã ban hành tiêu chí lựa chọn (1)" in text
    assert client.post("/chi-tieu/san-sang/", typed | {"place": "75"}).status_code == 422


def test_the_file_of_a_figure(world: World, told: Agreement, sign_in: SignIn) -> None:
    page = sign_in(world.ministry).get("/chi-tieu/B01/tai-ve/?ngay=2022-12-31&tach=province")
    assert b"".join(page.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_the_series_is_what_each_month_says_on_its_own(told: Agreement) -> None:
    from matxich.indicators.queries.figures import Asked, answer

    rows = MonthlyFigure.objects.filter(indicator__in=("B01", "B06", "B11"), place="", edition="63")
    assert rows.count() > 100
    for row in rows.order_by("pk")[::7]:
        assert row.value == round(answer(Asked(code=row.indicator, on=row.month, edition="63")).figure.value, 6)  # type: ignore[arg-type]
