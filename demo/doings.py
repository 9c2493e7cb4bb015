"""What people do about records, so that each page of it has something to see: claims, visits, confirmations, searches.

Everything through the real actions, by the sample people, in the past of the day the demo is filled.
"""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from matxich.accounts.models import User
from matxich.accounts.permissions import Person
from matxich.accounts.queries import person
from matxich.registry import actions
from matxich.registry.actions.saved_searches import save_search
from matxich.registry.actions.source_editing import edit_source, version_of
from matxich.registry.models import Claim, Enterprise, SavedSearch, Source, Visit
from matxich.registry.queries.confirming import confirmable
from matxich.registry.queries.visits import to_look_at
from matxich.registry.states import Cadence, Finding, Rhythm
from matxich.rulebook.identifiers import make_registry_id

PLACE = "31"
PAPER = b"%PDF-1.7\n% " + "Giấy đăng ký (dữ liệu mẫu)".encode() + b"\n1 0 obj\nendobj\n"
CLAIMED = 5
SEARCHES = (
    ("hp.chuyenvien", "Dập kim loại ở Hải Phòng", "q=d%E1%BA%ADp+kim+lo%E1%BA%A1i&province=31", False, Cadence.WEEKLY),
    (
        "hp.chuyenvien",
        "IATF 16949 còn hiệu lực cuối 2026",
        "certificate=iatf-16949&on=2026-12-31",
        False,
        Cadence.DAILY,
    ),
    ("hp.truongphong", "Đã kiểm tra tại chỗ", "verified=3&province=31", False, Cadence.NEVER),
    ("nguoimua", "Khuôn mẫu gần Hà Nội", "q=khu%C3%B4n+m%E1%BA%ABu", True, Cadence.WEEKLY),
)


def fill_doings(at: datetime) -> None:
    """Idempotent, each part by itself: what is there is left alone."""
    firms = list(Enterprise.objects.filter(is_demo=True, province_34=PLACE, merged_into=None).order_by("id")[:40])
    if len(firms) < CLAIMED + 4:
        return
    if not Claim.objects.exists():
        _claims(firms, at)
    if not Visit.objects.exists():
        _visits(firms[CLAIMED:], at)
    if not SavedSearch.objects.exists():
        _searches(at)
    if not Source.objects.filter(is_demo=True).exclude(rhythm=Rhythm.NONE).exists():
        _rhythms(at)


def _who(local: str, at: datetime) -> Person:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))


def _paper(name: str) -> actions.Upload:
    return actions.Upload(io.BytesIO(PAPER + name.encode()), f"{name}.pdf")


def _claims(firms: list[Enterprise], at: datetime) -> None:
    """One approved and confirmed by the firm, one refused, one waiting with an account and one without."""
    officer, head = _who("hp.chuyenvien", at), _who("hp.truongphong", at)
    asking, helping = _who("doanhnghiep", at), _who("nguoimua", at)
    own, refused, waiting, stranger, second = firms[:CLAIMED]
    sent = at - timedelta(days=40)
    claim = actions.submit_claim(enterprise=own, by=asking, at=sent, registration=_paper("giay-dang-ky"))
    actions.approve_claim(claim=claim, by=officer, at=sent + timedelta(days=2))
    _confirm(own, at)
    actions.send_link(enterprise=second, by=officer, at=at - timedelta(days=3), email="lien-he@doanhnghiep.example")
    claim = actions.submit_claim(
        enterprise=refused,
        by=helping,
        at=at - timedelta(days=9),
        registration=_paper("giay-to"),
        note="Tôi là bên mua.",
    )
    why = "Người gửi không phải người của doanh nghiệp; cần giấy giới thiệu có dấu."
    actions.refuse_claim(claim=claim, by=head, at=at - timedelta(days=7), reason=why)
    actions.submit_claim(
        enterprise=waiting,
        by=asking,
        at=at - timedelta(days=2),
        registration=_paper("giay-dang-ky-2"),
        authorisation=_paper("giay-uy-quyen"),
    )
    actions.submit_claim_without_account(
        enterprise=stranger,
        name="Trịnh Thị Mẫu",
        email="trinh.mau@doanhnghiep.example",
        at=at - timedelta(days=1),
        registration=_paper("giay-dang-ky-3"),
        note="Phụ trách kinh doanh của doanh nghiệp.",
    )


def _confirm(firm: Enterprise, at: datetime) -> None:
    """The firm says of most of its facts that they still hold, as it is asked to once a year."""
    user = _who("doanhnghiep", at)
    firm.refresh_from_db()
    held = [row.code for row in confirmable(firm, user)]
    actions.confirm_facts(
        enterprise=firm,
        confirmed=held[: max(1, len(held) - 2)],
        corrected={},
        by=user,
        at=at - timedelta(days=20),
        base_version=firm.version,
    )


def _visits(firms: list[Enterprise], at: datetime) -> None:
    """Three sent, one of them with things not found or different, and one being written."""
    officer = _who("hp.chuyenvien", at)
    for number, (firm, day) in enumerate(zip(firms, (60, 25, 6), strict=False)):
        when = at - timedelta(days=day)
        told = _told(firm, officer, when, Random(number))
        actions.submit_visit(enterprise=firm, client_id=UUID(int=number + 1), told=told, by=officer, at=when)
    told = _told(firms[3], officer, at, Random(9))
    actions.save_visit(enterprise=firms[3], client_id=UUID(int=99), told=told, by=officer, at=at)


def _told(firm: Enterprise, by: Person, at: datetime, chance: Random) -> actions.Told:
    today = timezone.localdate(at)
    looked = to_look_at(firm, by, today)
    remarks = {item.key: remark for item, remark in zip(looked, _remarks(chance), strict=False)}
    items = {item.key: (item.code, item.text) for item in looked}
    note = f"Xưởng hoạt động bình thường, hồ sơ {make_registry_id(firm.pk)} khớp phần lớn."
    return actions.Told(today, "Quản đốc xưởng (mẫu)", note, remarks, items)


def _remarks(chance: Random) -> Iterator[actions.Remark]:
    while True:
        found = chance.choice((Finding.SEEN, Finding.SEEN, Finding.SEEN, Finding.NOT_SEEN))
        yield actions.Remark(found, "đã chuyển sang xưởng khác" if found == Finding.NOT_SEEN else "")


def _searches(at: datetime) -> None:
    for local, name, question, public, cadence in SEARCHES:
        save_search(by=_who(local, at), at=at, name=name, question=question, public=public, cadence=cadence)


def _rhythms(at: datetime) -> None:
    """The lists of the demo come again: one is due soon, one long ago."""
    by = _who("bo.chuyenvien", at)
    sources = Source.objects.filter(is_demo=True).exclude(kind="visit").order_by("id")
    for source, rhythm in zip(sources, (Rhythm.QUARTERLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY), strict=False):
        edit_source(
            source=source,
            name=source.name,
            kind=source.kind,
            agency=source.agency,
            trust=source.trust,
            version=version_of(source),
            by=by,
            at=at,
            rhythm=rhythm,
        )
