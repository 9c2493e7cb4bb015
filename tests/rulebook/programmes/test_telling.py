"""Calls are told in Vietnam time, to the second, in both languages of the law."""

from datetime import UTC, datetime

from matxich.rulebook.law.facts import Words
from matxich.rulebook.programmes.telling import no_open_call, open_call


def test_a_call() -> None:
    closes = datetime(2026, 12, 20, 10, 0, 1, tzinfo=UTC)
    assert open_call(title="Máy móc", title_en="", programme="KC", closes_at=closes) == Words(
        "Đợt “Máy móc” (KC) nhận hồ sơ trước 17:00:01 ngày 20/12/2026",
        "Call “Máy móc” takes proposals before 17:00:01 on 20/12/2026",
    )


def test_a_programme_without_a_call() -> None:
    assert no_open_call(programme="Khuyến công", programme_en="Promotion") == Words(
        "Khuyến công đang thực hiện, ngày này chưa có đợt nhận hồ sơ nào mở cho nội dung này",
        "Promotion is running; no call for this content is open on this day",
    )
