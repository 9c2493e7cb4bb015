"""How far a source is trusted, in words; which of two values wins and why; when a sender's next list is due.

Our own conventions, no law: data an auditor can read and a programme can change.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class TrustLevel:
    """A named range of trust: from `least` up to the next level; `typical` is what to enter."""

    code: str
    typical: int
    least: int
    label: str
    meaning: str


TRUST_LEVELS = (
    TrustLevel(
        "official_register",
        90,
        80,
        "Sổ đăng ký chính thức",
        "Cơ sở dữ liệu đăng ký doanh nghiệp, thuế; giấy tờ gốc, biên bản khảo sát.",
    ),
    TrustLevel(
        "sector_agency",
        70,
        60,
        "Cơ quan quản lý ngành",
        "Danh sách do sở, ban quản lý, trung tâm của ngành tự lập và chịu trách nhiệm.",
    ),
    TrustLevel(
        "ordinary_list",
        50,
        40,
        "Danh sách thông thường",
        "Hiệp hội, bên mua, danh bạ: nói chung đúng, không ai đối chiếu từng dòng.",
    ),
    TrustLevel(
        "unverified",
        30,
        0,
        "Chưa kiểm chứng, báo chí",
        "Tin báo chí, trang web, danh sách không rõ ai lập.",
    ),
)
"""From the most trusted down."""

RANKS: Mapping[str, str] = {
    "verification": "Mức kiểm chứng cao hơn thắng, dù cũ hơn: đã kiểm tra tại chỗ hơn có tài liệu, có tài liệu hơn"
    " danh sách, danh sách hơn tự khai.",
    "as_of": "Cùng mức kiểm chứng: số liệu của ngày mới hơn thắng.",
    "trust": "Cùng ngày: nguồn có mức tin cậy cao hơn thắng.",
    "recorded_at": "Vẫn ngang nhau: điều được ghi sau cùng thắng.",
}
"""What decides when sources disagree, in this order; by the name of what the fold of statements compares."""

MONTHS: Mapping[str, int] = {"quarterly": 3, "half_yearly": 6, "yearly": 12}
PATIENCE = timedelta(days=30)
"""How long a sender has after the day its next list is to speak of."""


def trust_level(trust: int) -> TrustLevel:
    return next(level for level in TRUST_LEVELS if trust >= level.least)


def next_due(last: date, rhythm: str) -> date | None:
    """The day the next list is to speak of: a period after the last one, the end of a month staying one.

    None for a sender without rhythm.
    """
    if rhythm not in MONTHS:
        return None
    month = last.month - 1 + MONTHS[rhythm]
    year, month = last.year + month // 12, month % 12 + 1
    longest = monthrange(year, month)[1]
    ends = last.day == monthrange(last.year, last.month)[1]
    return date(year, month, longest if ends else min(last.day, longest))


def lateness(due: date | None, today: date) -> str:
    """ "" not yet, "due" from the day on, "overdue" once the sender's time is over."""
    if due is None or today < due:
        return ""
    return "overdue" if today > due + PATIENCE else "due"
