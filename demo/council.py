"""An invented council of seven of one province: its plan, a round that was judged and ranked, a round at work.

Scores are drawn from a seed; nobody real is judged. The interest that is open is of an invented member.
"""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from matxich.accounts.actions import create_user, grant
from matxich.accounts.models import Agency, User
from matxich.accounts.queries import person
from matxich.accounts.states import Role
from matxich.appraisal.actions import (
    ballots,
    batches,
    cases,
    concluding,
    councils,
    decisions,
    interests,
    plans,
    sessions,
)
from matxich.appraisal.actions.criteria import set_in_use
from matxich.appraisal.models import Batch, Council, CouncilMember
from matxich.kit.actor import Actor, system_actor
from matxich.programmes.models import FundingLine

MILLION = 10**6
MEMBERS = (
    ("hoidong.chutich", "Lê Hữu Chủ Mẫu", "chair", "Sở Công Thương Hải Phòng (mẫu)", ("quản lý",)),
    ("hoidong.phochutich", "Trần Thị Phó Mẫu", "vice", "Sở Công Thương Hải Phòng (mẫu)", ("quản lý",)),
    ("hoidong.thanhvien", "", "reviewer", "Viện Cơ khí Bến Nghé (mẫu)", ("đúc", "cơ khí")),
    ("hoidong.phanbien", "Vũ Quang Phản Mẫu", "reviewer", "Trường Cao đẳng Nghề Hạ Lý (mẫu)", ("khuôn", "cơ khí")),
    ("hoidong.taichinh", "Bùi Thị Tiền Mẫu", "finance", "Sở Tài chính Hải Phòng (mẫu)", ("dự toán",)),
    ("hoidong.uyvien1", "Phan Đức Viên Mẫu", "member", "Hiệp hội công nghiệp hỗ trợ (mẫu)", ("bề mặt",)),
    ("hoidong.uyvien2", "Mai Thị Viên Mẫu", "member", "Trung tâm Khuyến công Hải Phòng (mẫu)", ("khuyến công",)),
    ("hoidong.thuky", "", "secretary", "Sở Công Thương Hải Phòng (mẫu)", ()),
)
QUORUM = {
    "share": "2/3", "article": "Quy chế hoạt động của Hội đồng (mẫu)", "recused": "out", "reviews": False,
    "needs": [{"roles": ["chair", "vice"], "least": 1}, {"roles": ["secretary"], "least": 1}],
}  # fmt: skip
FIRMS = (
    "Đúc áp lực Bến Tam Bạc", "Khuôn ép Tam Giang Bắc", "Mạ chân không Đồng Vọng", "Dập liên hoàn Hạ Long Xanh",
    "Nhiệt luyện Hỏa Tinh", "Ép phun Lạc Thủy", "Đồ gá Thạch Kiều", "Dây dẫn Vân Đài", "Lò xo Phù Dung Tây",
    "Cao su kỹ thuật Nguyệt Viên", "Gia công Tân Kỳ Lâm", "Sơn bột Cát Khánh",
)  # fmt: skip
WORKS = (
    "Hoàn thiện dây chuyền",
    "Tư vấn IATF và chuẩn bị chứng nhận",
    "Trạm thử kín dùng chung",
    "Đào tạo kíp vận hành",
)


def fill_council(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if Council.objects.filter(is_demo=True).exists():
        return
    officer = User.objects.get(email="hp.chuyenvien@matxich.example")
    agency = officer.memberships.select_related("agency").earliest("pk").agency
    council = _council(agency, at)
    _plan(council, at)
    _judged(council, agency, at)
    _at_work(council, agency, at)


def _council(agency: Agency, at: datetime) -> Council:
    by = system_actor()
    facts = councils.CouncilFacts(
        name="Hội đồng thẩm định công nghiệp hỗ trợ Hải Phòng (mẫu)",
        name_en="Hải Phòng supporting-industries council (sample)", quorum=QUORUM, counts_shown=True,
    )  # fmt: skip
    council = councils.create_council(agency=agency, place="31", facts=facts, by=by, at=at)
    Council.objects.filter(pk=council.pk).update(is_demo=True)
    for login, name, role, organisation, expertise in MEMBERS:
        email = f"{login}@matxich.example"
        user = User.objects.filter(email=email).first() or _user(email, name, agency, at)
        councils.seat_member(
            council=council, user=user, by=by, at=at,
            facts=councils.SeatFacts(
                role=role, votes=role != "secretary", organisation=organisation, expertise=expertise, province="31"
            ),
        )  # fmt: skip
    council.refresh_from_db()
    day = timezone.localdate(at)
    return councils.found_council(
        council=council, number="45/QĐ-SCT (mẫu)", on=day, by=by, at=at, base_version=council.version
    )


def _user(email: str, name: str, agency: Agency, at: datetime) -> User:
    from demo.people import PASSWORD  # noqa: PLC0415 - beside the people of the other rooms

    user = create_user(email=email, name=name, password=PASSWORD, by=system_actor(), at=at, is_demo=True)
    grant(user=user, agency=agency, role=Role.COUNCIL_MEMBER, scope="31", by=system_actor(), at=at)
    return user


def _plan(council: Council, at: datetime) -> None:
    year = timezone.localdate(at).year
    facts = plans.PlanFacts(
        duties="Thẩm định đề án công nghiệp hỗ trợ và khuyến công của thành phố (mẫu)\nGóp ý tiết kiệm chi phí (mẫu)",
        duties_en="Appraise the city's supporting-industries and promotion schemes (sample)",
        members_expected=7,
        sessions=(
            {"month": 3, "subject": "Đề án đợt 1", "subject_en": "Schemes, round 1", "members": 7},
            {"month": 6, "subject": "Đề án đợt 2", "subject_en": "Schemes, round 2", "members": 7},
            {"month": 11, "subject": "Đề án của năm sau", "subject_en": "Schemes of the following year", "members": 7},
        ),
    )  # fmt: skip
    saved = plans.save_plan(council=council, year=year, facts=facts, by=system_actor(), at=at, base_version=0)
    plans.announce_plan(plan=saved, by=system_actor(), at=at, base_version=saved.version, paper_no="46/TB-SCT (mẫu)")


def _batch(council: Council, agency: Agency, name: str, line: FundingLine | None, at: datetime) -> Batch:
    facts = batches.BatchFacts(
        name=name, council=council, route=council.kind, funding_line=line,
        criteria=set_in_use("cnht-default", agency=agency, by=system_actor(), at=at),
    )  # fmt: skip
    year = timezone.localdate(at).year
    batch = batches.create_batch(agency=agency, year=year, place="31", facts=facts, by=system_actor(), at=at)
    Batch.objects.filter(pk=batch.pk).update(is_demo=True)
    return batch


def _dossier(draw: Random, number: int, firm: str, at: datetime) -> cases.Dossier:
    machine, advice = draw.randint(40, 90) * 5 * MILLION, draw.randint(4, 16) * 5 * MILLION
    return cases.Dossier(
        reference=f"HP-MAU-{number:02d}", title=f"{draw.choice(WORKS)} (mẫu)", organisation=f"{firm} (mẫu)",
        asked=machine + advice, counterpart=(machine + advice) * 2, sha256=f"{number:064x}", province="31",
        sector="co_khi", sme=True, expertise=(draw.choice(("đúc", "khuôn", "cơ khí", "bề mặt")),),
        min_part=machine if number % 3 == 0 else None, submitted_at=at - timedelta(days=20, minutes=number),
        lines=(
            {"key": "1", "item": "Thiết bị chính (mẫu)", "unit": "bộ", "quantity": "1", "unit_price": machine * 2,
             "asked": machine, "total": machine * 2},
            {"key": "2", "item": "Tư vấn, đào tạo (mẫu)", "unit": "tháng", "quantity": "6", "unit_price": advice // 6,
             "asked": advice, "total": advice},
        ),
    )  # fmt: skip


def _sheet(draw: Random, good: int, verdict: str) -> dict[str, str]:
    most = {"need": 20, "method": 30, "capacity": 20, "costs": 15, "effect": 15}
    told: dict[str, str] = {}
    for code, top in most.items():
        points = min(top, max(2, round(top * good / 100 + draw.uniform(-1.5, 1.5))))
        told |= {f"points-{code}": str(points), f"opinion-{code}": "Nhận xét mẫu."}
    return told | {"verdict": verdict, "comment": "Đề nghị bổ sung báo giá thứ ba (mẫu)."}


def _judged(council: Council, agency: Agency, at: datetime) -> None:
    """Twelve cases judged in a session that is over, and ranked."""
    draw, by = Random(2026), system_actor()
    line = FundingLine.objects.filter(programme__agency=agency, programme__is_demo=True).order_by("-year", "id").first()
    batch = _batch(council, agency, "Đề án công nghiệp hỗ trợ đợt 1 (mẫu)", line, at)
    for number, firm in enumerate(FIRMS, start=1):
        cases.open_case(batch=batch, owner=("demo", number), dossier=_dossier(draw, number, firm, at), by=by, at=at)
    batch.refresh_from_db()
    batch = batches.start_batch(batch=batch, by=by, at=at, base_version=batch.version)
    found = list(batch.cases.select_related("batch__council", "batch__criteria"))
    members = _members(council)
    _clear_all(batch, by, at)
    session = sessions.plan_session(
        council=council, batch=batch, starts_at=at + timedelta(minutes=1), venue="Phòng họp A (mẫu)", online_url="",
        cases=found, by=by, at=at,
    )  # fmt: skip
    session = sessions.convene(session=session, by=by, at=at, base_version=session.version)
    for member in members:
        interests.declare_none(cases=found, by=_actor(member), at=at)
        sessions.arrive(session=session, member=member, by=by, at=at)
    session = sessions.open_session(session=session, by=by, at=at, base_version=session.version)
    severity = {member.pk: draw.uniform(-5, 5) for member in members}
    for place, item in enumerate(session.items.select_related("case__batch__council").order_by("order")):
        quality = 90 - place * 2.6
        for member in members:
            if member.votes:
                good = quality - severity[member.pk] + draw.uniform(-3, 3)
                verdict = "pass" if good >= 72 else "pass_with_changes" if good >= 62 else "fail"
                ballots.submit_ballot(
                    case=item.case, told=_sheet(draw, round(good), verdict), by=_actor(member), at=at, base_version=0
                )
        for event in ("present", "vote", "open"):
            sessions.move_item(item=item, event=event, by=by, at=at)
        if place % 4 == 1:
            first = item.case.lines[0]
            concluding.set_trim(
                case=item.case, line="1", proposed=first["asked"] - 20 * MILLION, reason="cao hơn giá giữa (mẫu)",
                by=by, at=at,
            )  # fmt: skip
        sessions.conclude_item(item=item, conditions="", by=by, at=at)
    sessions.close_session(
        session=session, conclusion="Thống nhất kết quả từng đề án (mẫu).", by=by, at=at + timedelta(hours=2),
        base_version=session.version,
    )  # fmt: skip
    batch.refresh_from_db()
    officer = _person("hp.chuyenvien", at)
    batch = batches.rank_batch(batch=batch, by=officer, at=at, base_version=batch.version)
    decisions.draft_decision(batch=batch, by=officer, at=at)


def _at_work(council: Council, agency: Agency, at: datetime) -> None:
    """Six cases: one interest is open, a member has begun a ballot, a session is called."""
    draw, by = Random(7), system_actor()
    batch = _batch(council, agency, "Đề án khuyến công đợt 2 (mẫu)", None, at)
    for number, firm in enumerate(FIRMS[:6], start=21):
        cases.open_case(batch=batch, owner=("demo", number), dossier=_dossier(draw, number, firm, at), by=by, at=at)
    batch.refresh_from_db()
    batch = batches.start_batch(batch=batch, by=by, at=at, base_version=batch.version)
    _clear_all(batch, by, at)
    found = list(batch.cases.select_related("batch__council", "batch__criteria"))
    members = _members(council)
    for member in members[:5]:
        interests.declare_none(cases=found, by=_actor(member), at=at)
    interests.declare_interest(
        case=found[1], category="contract", detail="Tư vấn cho đơn vị này năm trước (mẫu)", steps_back=False,
        by=_actor(members[5]), at=at,
    )  # fmt: skip
    for case in found[:2]:
        ballots.submit_ballot(case=case, told=_sheet(draw, 78, "pass"), by=_actor(members[3]), at=at, base_version=0)
    begun = {"points-need": "17", "points-method": "24", "opinion-need": "17 nhu cầu mua cùng thiếu thử kín (mẫu)"}
    ballots.save_ballot(case=found[0], told=begun, by=_actor(members[2]), at=at, base_version=0)
    session = sessions.plan_session(
        council=council, batch=batch, starts_at=at + timedelta(days=4), venue="Phòng họp B (mẫu)", online_url="",
        cases=found, by=by, at=at,
    )  # fmt: skip
    sessions.convene(session=session, by=by, at=at, base_version=session.version)


def _clear_all(batch: Batch, by: Actor, at: datetime) -> None:
    """Signs that invented data happens to show are cleared: the demo's own interest is declared below."""
    from matxich.appraisal.models import Interest  # noqa: PLC0415

    for one in Interest.objects.filter(case__batch=batch, state="open"):
        interests.clear_interest(interest=one, by=by, at=at, reason="dữ liệu mẫu trùng ngẫu nhiên")


def _members(council: Council) -> list[CouncilMember]:
    return list(council.members.filter(valid_to=None).select_related("user").order_by("id"))


def _actor(member: CouncilMember) -> Actor:
    return person(member.user, timezone.localdate())


def _person(login: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{login}@matxich.example"), timezone.localdate(at))
