"""What is said of money that waits for a support, in Vietnamese and English; a law's answer carries it."""

from datetime import datetime

from matxich.rulebook.calendar import LOCAL_TIME
from matxich.rulebook.law.facts import Words


def open_call(*, title: str, title_en: str, programme: str, closes_at: datetime) -> Words:
    """A call that takes proposals until before an aware instant, told in Vietnam time."""
    closes = closes_at.astimezone(LOCAL_TIME)
    return Words(
        f"Đợt “{title}” ({programme}) nhận hồ sơ trước {closes:%H:%M:%S} ngày {closes:%d/%m/%Y}",
        f"Call “{title_en or title}” takes proposals before {closes:%H:%M:%S} on {closes:%d/%m/%Y}",
    )


def no_open_call(*, programme: str, programme_en: str) -> Words:
    """A programme runs on the day, no call of it for the content is open."""
    return Words(
        f"{programme} đang thực hiện, ngày này chưa có đợt nhận hồ sơ nào mở cho nội dung này",
        f"{programme_en or programme} is running; no call for this content is open on this day",
    )
