"""Invented acts on figures and support to invented firms: a province's own figure, one that waits, one double."""

from datetime import date, datetime

from django.utils import timezone

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.kit.actor import Actor
from matxich.policy.actions.acts import Proposal, decide, propose
from matxich.policy.actions.support import Entry, declare_complete, record_support
from matxich.policy.models import FigureAct, SupportGiven
from matxich.policy.states import ActKind
from matxich.registry.models import Enterprise
from matxich.rulebook.law.figures import Rate

RESOLUTION = {
    "id": "nq-99-2026-nq-hdnd-31", "kind": "resolution", "number": "99/2026/NQ-HĐND (mẫu)",
    "issuer": "HĐND thành phố Hải Phòng (mẫu)", "issued": "2026-03-01", "from": "2026-03-10",
    "vi": "Mức chi khuyến công của thành phố (dữ liệu mẫu)", "en": "City levels of industrial promotion (sample data)",
}  # fmt: skip
SOURCE = "Sổ khuyến công (dữ liệu mẫu)"
SUPPORT = (
    (0, "KC-12", "Máy tiện CNC (mẫu)", 300, 700, 0), (0, "DN-22", "Tư vấn chuyển giao công nghệ (mẫu)", 60, 0, 0),
    (1, "KC-21", "Nhãn hiệu và bao bì (mẫu)", 30, 30, 0), (1, "KC-12", "Máy phay (mẫu)", 250, 400, -1),
    (2, "KC-17", "Gian hàng hội chợ (mẫu)", 24, 6, 0), (3, "CN-40", "Đánh giá năng lực (mẫu)", 45, 0, -1),
)  # fmt: skip
"""Firm by its place, content, what for, support and counterpart in millions, years before this one."""
MILLION = 10**6


def fill_law(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if not FigureAct.objects.exists():
        _figures(at)
    if not SupportGiven.objects.filter(source=SOURCE).exists():
        _support(at)


def _figures(at: datetime) -> None:
    officer, head = _actor("hp.chuyenvien", at), _actor("hp.truongphong", at)
    own = Proposal(
        kind=ActKind.ADD, parameter="KC-12", layer="province:31",
        values={"share": Rate.of("50%"), "cap": 400 * MILLION},
        starts=date(2026, 3, 10), instrument=RESOLUTION["id"], at="Điều 2", new_instrument=RESOLUTION,
        reason="Nghị quyết mẫu, không có thật",
    )  # fmt: skip
    decide(act=propose(proposal=own, by=officer, at=at), accept=True, by=head, at=at)
    waiting = Proposal(
        kind=ActKind.ADD, parameter="KC-21", layer="province:31", values={"share": Rate.of("50%"), "cap": 50 * MILLION},
        starts=date(2026, 3, 10), instrument=RESOLUTION["id"], at="Điều 3", reason="Nghị quyết mẫu, không có thật",
    )  # fmt: skip
    propose(proposal=waiting, by=officer, at=at)


def _support(at: datetime) -> None:
    """The first firm got two supports that cover each other: its page shows the double."""
    officer, today = _actor("hp.chuyenvien", at), timezone.localdate(at)
    firms = list(
        Enterprise.objects.filter(is_demo=True, province_34="31", kind="enterprise", merged_into=None)
        .exclude(tax_code=None)
        .order_by("pk")[:4]
    )
    for place, content, title, support, counterpart, before in SUPPORT:
        if place >= len(firms):
            continue
        firm, year = firms[place], today.year + before
        entry = Entry(
            name=firm.name, tax_code=firm.tax_code or "", province="31", title=title, content=content, year=year,
            agency="Sở Công Thương Hải Phòng (mẫu)", budget="national" if content == "CN-40" else "province:31",
            amount=support * MILLION, counterpart=counterpart * MILLION, source=SOURCE,
            decision_no=f"{place + 7}/QĐ-SCT",
            decided_on=min(date(year, 5, 4), today), programme="Chương trình khuyến công (mẫu)",
        )  # fmt: skip
        record_support(entry=entry, by=officer, at=at, knowing=True)
    declare_complete(province="31", year=today.year - 1, by=officer, at=at, reason="Đã đối chiếu với quyết toán (mẫu)")


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
