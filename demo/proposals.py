"""Invented proposals and needs of one province: drafts, one returned, one filed for a household, one that doubles
earlier support, one whose writer missed the deadline, and those a council is to judge."""

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from demo.programmes import OPEN_CALL, PAST_CALL
from matxich.accounts.actions import create_user
from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.kit.actor import Actor, system_actor
from matxich.policy.actions.support import Entry, record_support
from matxich.policy.queries.facts import facts_of_commune
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call
from matxich.programmes.queries.calls import call_of
from matxich.proposals.actions.appraising import hand_over
from matxich.proposals.actions.checking import accept_dossier, pass_eligibility, pass_finance, return_proposal
from matxich.proposals.actions.drafting import ResultIn, save_answers, save_costs, save_results, start_proposal
from matxich.proposals.actions.needs import Sheet, check_need, forward_need, save_need, send_need
from matxich.proposals.actions.needs import agencies_above as above
from matxich.proposals.actions.papers import add_file, set_mandate
from matxich.proposals.actions.submitting import submit_proposal
from matxich.proposals.models import Need, Proposal
from matxich.proposals.packaged import forms
from matxich.proposals.queries.papers import paper_lines
from matxich.proposals.states import Mode
from matxich.registry.actions import Upload, approve_claim, submit_claim
from matxich.registry.models import Claim, Enterprise
from matxich.rulebook.proposals.costs import Line

MILLION = 10**6
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n% "
HOUSEHOLD = "Hộ rèn Thanh Mẫu (mẫu)"
ANSWERS: Mapping[str, str] = {
    "line": "mechanical_electronic", "is_cnht": "true", "site": "Thôn Mẫu, xã An Lão", "workers": "38",
    "current": "Số liệu mẫu: gia công chi tiết cơ khí, một ca, bán cho ba doanh nghiệp lắp ráp.",
    "products": "Chi tiết đúc nhôm, giá đỡ (mẫu)", "capacity": "Hai máy phay, một máy đúc; ISO 9001 còn hạn (mẫu).",
    "problem": "Máy cũ gây lỗi nhiều, không kịp tiến độ của khách hàng (số liệu mẫu).",
    "grounds": "Kế hoạch của chương trình và nhu cầu đã gửi trong năm (mẫu).",
    "goal": "Giảm tỷ lệ lỗi từ 900 xuống 300 ppm, tăng năng suất một phần ba (mẫu).",
    "beneficiaries": "Doanh nghiệp và ba nhà cung ứng cấp hai (mẫu).",
    "scale": "Một máy mới, lắp trong xưởng có sẵn.", "better": "Chính xác hơn, tiết kiệm điện hơn máy đang dùng (mẫu).",
    "new_here": "true", "new_machines": "true", "is_line": "false", "fair_role": "joining",
    "product_level": "region", "recognised": "false", "cleaner": "false",
    "work": "Tháng 1 đặt hàng; tháng 3 lắp đặt; tháng 4 chạy thử; tháng 5 đo lại kết quả (mẫu).",
    "project_kind": "new", "organisation": "Phòng kỹ thuật phụ trách, kế toán theo dõi chứng từ (mẫu).",
    "counterpart": "true", "land_ready": "true", "products_made": "Quy trình và hồ sơ kết quả đo (mẫu).",
    "effect": "Thêm sáu việc làm, thu nhập tăng (mẫu).", "after": "Đón đoàn tham quan hai lần một năm (mẫu).",
    "no_double": "true", "truth": "true",
}  # fmt: skip
RESULTS = (
    ResultIn("C02", "Tỷ lệ lỗi", "ppm", Decimal(900), Decimal(300), date(2027, 12, 31)),
    ResultIn("D07", "Việc làm tạo thêm", "người", Decimal(0), Decimal(6), date(2027, 12, 31)),
)


def fill_proposals(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if Proposal.objects.filter(is_demo=True).exists():
        return
    firms = list(
        Enterprise.objects.filter(is_demo=True, kind="enterprise", province_34="31", merged_into=None)
        .exclude(tax_code=None).order_by("pk")[:40]
    )  # fmt: skip
    opened, past = call_of(OPEN_CALL), call_of(PAST_CALL)
    if opened is None or past is None or len(firms) < 8:
        return
    free = [firm for firm in firms if not Claim.objects.filter(enterprise=firm).exists()]
    # Khuyến công pays in communes, not in the wards of a city of the first class.
    free.sort(key=lambda firm: _kind(firm, at) == "ward")
    people = [_representative(firm, number, at) for number, firm in enumerate(free[:6], start=1)]
    _in_the_open_call(opened, free, people, at)
    _in_the_past_call(past, free, people, at)
    _needs(at)


def _in_the_open_call(call: Call, firms: list[Enterprise], people: list[Actor], at: datetime) -> None:
    officer, worker = _actor("hp.chuyenvien", at), _actor("kc.congtacvien", at)
    begun = at - timedelta(days=8)
    _begun(call, firms[0], people[0], "Máy phay CNC ba trục cho xưởng đúc (mẫu)", begun)
    returned = _handed(call, firms[1], people[1], "Máy ép thủy lực 200 tấn (mẫu)", begun, 420, 180)
    return_proposal(
        proposal=returned, by=officer, at=at - timedelta(days=3), base_version=returned.version,
        notes={"muc-tieu.goal": "Ghi rõ năng suất trước và sau (mẫu)", "costs.Máy ép thủy lực 200 tấn (mẫu)#1":
               "Kèm báo giá của ít nhất ba nơi (mẫu)"},
    )  # fmt: skip
    _double(call, firms[2], people[2], at)
    _household(call, worker, at - timedelta(days=5))


def _double(call: Call, firm: Enterprise, by: Actor, at: datetime) -> None:
    """It was paid for the same content in the same year already: the law's answer says so at the gate."""
    officer = _actor("hp.chuyenvien", at)
    proposal = _handed(call, firm, by, "Máy tiện CNC (mẫu)", at - timedelta(days=6), 600, 250)
    record_support(
        entry=Entry(
            name=firm.name, tax_code=firm.tax_code or "", province="31", title="Máy tiện CNC (mẫu)",
            content=proposal.content, agency="Sở Công Thương Hải Phòng (mẫu)", budget="province:31",
            year=timezone.localdate(at).year, amount=200 * MILLION, source="Sổ khuyến công (mẫu)",
            decision_no="18/QĐ-SCT (mẫu)",
        ), by=officer, at=at - timedelta(days=40), knowing=True,
    )  # fmt: skip
    accept_dossier(proposal=proposal, by=officer, at=at - timedelta(days=2), base_version=proposal.version)


def _household(call: Call, worker: Actor, at: datetime) -> None:
    """Filed by a khuyến công viên with the signed paper and the mandate."""
    made = start_proposal(
        call=call, content=_content(call), title="Búa máy 75 kg cho hộ rèn (mẫu)", mode=Mode.ON_BEHALF,
        household=HOUSEHOLD, commune="11629", by=worker, at=at, is_demo=True,
    )  # fmt: skip
    _write(made, worker, at, "Búa máy 75 kg", 96, 40, executor=HOUSEHOLD, workers="5")
    set_mandate(proposal=made, signed_on=timezone.localdate(at), giver="Bà Thanh Mẫu", by=worker, at=at)
    _submit(made, worker, at)


def _in_the_past_call(call: Call, firms: list[Enterprise], people: list[Actor], at: datetime) -> None:
    """Two before the council, one that passed its gates, and a draft whose writer missed the hour."""
    officer, finance = _actor("hp.chuyenvien", at), _actor("hp.taichinh", at)
    begun = at - timedelta(days=20)
    titles = (
        "Hệ thống quản trị theo IATF 16949 (mẫu)",
        "Đào tạo 5S3D cho 40 tổ trưởng (mẫu)",
        "Tư vấn giảm lỗi khuôn (mẫu)",
    )
    for number, title in enumerate(titles):
        made = _handed(call, firms[3 + number], people[3 + number], title, begun, 360 + 40 * number, 150 + 15 * number)
        made = accept_dossier(proposal=made, by=officer, at=begun + timedelta(days=4), base_version=made.version)
        made = pass_eligibility(
            proposal=made, reason="Đã đối chiếu giấy tờ tại doanh nghiệp (mẫu)", by=officer,
            at=begun + timedelta(days=6), base_version=made.version,
        )  # fmt: skip
        made = pass_finance(
            proposal=made, reason="Đơn giá trong khung khảo sát (mẫu)", by=finance, at=begun + timedelta(days=7),
            base_version=made.version,
        )  # fmt: skip
        if number < 2:
            hand_over(proposal=made, by=officer, at=begun + timedelta(days=8), base_version=made.version)
    _begun(call, firms[0], people[0], "Đào tạo kỹ thuật viên đo lường, nộp trễ (mẫu)", at - timedelta(days=7))


def _begun(call: Call, firm: Enterprise, by: Actor, title: str, at: datetime) -> Proposal:
    made = start_proposal(call=call, content=_content(call), title=title, enterprise=firm, by=by, at=at, is_demo=True)
    part = forms()[made.form_code].sections[1]
    typed = {one.id: ANSWERS[one.id] for one in part.fields if one.id in ANSWERS}
    save_answers(proposal=made, section=part.id, typed=typed, base=0, by=by, at=at)
    return made


def _handed(call: Call, firm: Enterprise, by: Actor, title: str, at: datetime, total: int, asked: int) -> Proposal:
    made = start_proposal(call=call, content=_content(call), title=title, enterprise=firm, by=by, at=at, is_demo=True)
    _write(made, by, at, title, total, asked)
    return _submit(made, by, at)


def _write(proposal: Proposal, by: Actor, at: datetime, item: str, total: int, asked: int, **own: str) -> None:
    """Everything its form asks; the estimate is one line, in millions."""
    year = timezone.localdate(at).year + 1
    days = {"starts": f"01/01/{year}", "ends": f"30/06/{year}"}
    for part in forms()[proposal.form_code].sections:
        told = {**ANSWERS, **days, **{k: v for k, v in _known(proposal).items() if v}, **own}
        typed = {one.id: told[one.id] for one in part.fields if one.id in told}
        save_answers(proposal=proposal, section=part.id, typed=typed, base=0, by=by, at=at)
    line = Line(item, "bộ", Decimal(1), total * MILLION, asked * MILLION, (total - asked) * MILLION)
    save_costs(proposal=proposal, lines=[line], min_part=None, base=0, by=by, at=at)
    save_results(proposal=proposal, rows=RESULTS, base=0, by=by, at=at)
    for row in paper_lines(proposal):
        if row.is_missing:
            content = PDF + f"{proposal.code} {row.paper.id} mau".encode()
            upload = Upload(io.BytesIO(content), f"{row.paper.id}-mau.pdf")
            add_file(proposal=proposal, paper=row.paper.id, upload=upload, by=by, at=at)


def _known(proposal: Proposal) -> dict[str, str]:
    """What the passport filled in stays as it is."""
    return {code: str(value) for code, value in proposal.answers.items() if isinstance(value, (str, int))}


def _submit(proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    now = Proposal.objects.get(pk=proposal.pk)
    token = uuid5(NAMESPACE_URL, now.code)
    submit_proposal(proposal=now, token=token, base_version=now.version, by=by, at=at)
    return Proposal.objects.get(pk=proposal.pk)


def _kind(firm: Enterprise, at: datetime) -> object:
    return facts_of_commune(firm.commune_34, timezone.localdate(at))["site_commune_kind"][0].value


def _content(call: Call) -> str:
    offered = supports_of_call(call)
    return next((code for code in ("KC-12", "CN-40", "CN-34") if code in offered), offered[0])


def _representative(firm: Enterprise, number: int, at: datetime) -> Actor:
    """Somebody of the firm whose request to manage its record was approved."""
    officer = _actor("hp.chuyenvien", at)
    email = f"doanhnghiep{number}@matxich.example"
    user = User.objects.filter(email=email).first() or create_user(
        by=system_actor(),
        at=at,
        email=email,
        name=f"Đại Diện Mẫu {number}",
        password="mat-xich-du-lieu-mau",
        is_demo=True,
    )
    paper = Upload(io.BytesIO(PDF + f"dang ky {number}".encode()), "giay-dang-ky-mau.pdf")
    since = at - timedelta(days=60)
    claim = submit_claim(enterprise=firm, by=person(user, timezone.localdate(at)), at=since, registration=paper)
    approve_claim(claim=claim, by=officer, at=since)
    return person(User.objects.get(pk=user.pk), timezone.localdate(at))


def _needs(at: datetime) -> None:
    worker, officer = _actor("kc.congtacvien", at), _actor("hp.chuyenvien", at)
    year = timezone.localdate(at).year + 1
    for number, (kind, title, name, cost, own) in enumerate((
        ("machine", "Máy cắt laser 3 kW (mẫu)", "Cơ sở cơ khí Bình Mẫu (mẫu)", 900, 500),
        ("brand", "Nhãn hiệu tập thể làng đúc (mẫu)", "Hợp tác xã Đúc Mẫu (mẫu)", 120, 40),
        ("digital", "Phần mềm quản lý sản xuất (mẫu)", "Hộ mộc An Mẫu (mẫu)", 60, 30),
        ("fair", "Gian hàng hội chợ vùng (mẫu)", HOUSEHOLD, 25, 5),
    )):  # fmt: skip
        sheet = Sheet(
            kind=kind, title=title, name=name, year=year, cost=cost * MILLION, own_funds=own * MILLION, commune="11629",
            phone="0900 000 00" + str(number), land_ready=number % 2 == 0, papers_ready=number < 2,
            note="Phiếu mẫu.", product="Chi tiết cơ khí (mẫu)",
        )  # fmt: skip
        client = UUID(int=uuid5(NAMESPACE_URL, f"need-{number}").int)
        need = save_need(client_id=client, sheet=sheet, by=worker, at=at - timedelta(days=9), is_demo=True)
        if number < 3:
            need = send_need(need=need, by=worker, at=at - timedelta(days=8))
        if number < 2:
            need = check_need(need=need, note="Đã xem tại cơ sở (mẫu)", by=officer, at=at - timedelta(days=5))
        _up(need, officer, at)


def _up(need: Need, officer: Actor, at: datetime) -> None:
    if need.state == "checked" and need.level != "department" and (offices := above(need, "department")):
        forward_need(need=need, to=offices[0], by=officer, at=at - timedelta(days=4))


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
