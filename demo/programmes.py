"""Invented programmes of one province: money, plans, calls open and past, an agreement of three, a programme followed
elsewhere. Amounts and papers are samples; whatever the law says is asked of the law."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from matxich.accounts.models import Agency, User
from matxich.accounts.queries import person
from matxich.kit.actor import Actor
from matxich.programmes.actions import agreements, calls, money, plans
from matxich.programmes.actions import programmes as actions
from matxich.programmes.actions.cloning import clone_programme
from matxich.programmes.models import Agreement, Call, FundingLine, Programme, YearPlan
from matxich.programmes.states import Comparator, LessonKind, MoneySource, PartyRole, ProgrammeKind, Route

MILLION = 10**6
OPEN_CALL, PAST_CALL, NATIONAL_CALL = "KCDP-HP-MAU-1", "CNHT-HP-MAU-1", "KCQG-MAU-1"
INSTRUCTIONS = (
    "Hồ sơ mẫu gồm đơn đề nghị, thuyết minh đề án theo mẫu, dự toán và giấy đăng ký kinh doanh.\n"
    "Nộp trên hệ thống; cơ sở không tự nộp được thì nhờ khuyến công viên của xã nộp hộ."
)
INSTRUCTIONS_EN = "Sample file: application, proposal, cost estimate, registration. Submit online (sample data)."


def fill_programmes(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    if Programme.objects.filter(is_demo=True).exists():
        return
    today = timezone.localdate(at)
    _local(at, today)
    city = _city(at, today)
    _national(at, today)
    _follow(city, at, today)


def _local(at: datetime, today: date) -> None:
    """The province's industrial promotion: a call is open."""
    officer, head, finance = _actor("hp.chuyenvien", at), _actor("hp.truongphong", at), _actor("hp.taichinh", at)
    programme = _started(
        actions.Draft(
            code="KCDP-HP-MAU", name="Khuyến công địa phương Hải Phòng (mẫu)", kind=ProgrammeKind.KC_LOCAL, place="31",
            name_en="Hải Phòng local industrial promotion (sample)", starts=date(today.year, 1, 1),
            ends=date(today.year + 5, 1, 1), legal_act="Quyết định 12/QĐ-UBND (mẫu)",
            goal="Số liệu mẫu: hỗ trợ cơ sở công nghiệp nông thôn đầu tư máy móc tiên tiến.",
        ), _agency(officer), officer, head, at,
    )  # fmt: skip
    year = _plan_year(today)
    line = _funded(programme, year, MoneySource.KC_LOCAL, "Khuyến công địa phương (mẫu)", 3_000, officer, finance, at)
    plan = _approved(
        programme, year, [("KC-3", line, 6, "đề án", 1_800), ("KC-4", line, 4, "gian hàng", 200),
                          ("KC-1", line, 2, "lớp", 300)], officer, head, at,
    )  # fmt: skip
    call = _published(
        plan, OPEN_CALL, "Đề án ứng dụng máy móc tiên tiến (mẫu)", "Advanced machinery projects (sample)", ("KC-3",),
        line, at - timedelta(days=10), _at(today + timedelta(days=20)), officer, head, at, grouped=True,
    )  # fmt: skip
    dates = [
        calls.Dated(step="checked", on=today + timedelta(days=30), source="Kế hoạch của Sở (mẫu)"),
        calls.Dated(step="appraised", on=None, source="Chờ kế hoạch của Hội đồng (mẫu)"),
        calls.Dated(step="other", label="Tập huấn lập đề án (mẫu)", on=today + timedelta(days=5)),
    ]
    calls.set_dates(call=call, dates=dates, by=officer, at=at, base_version=call.version)
    actions.add_lesson(
        programme=programme, kind=LessonKind.WORKED, title="Khuyến công viên xã lập hồ sơ giúp hộ (mẫu)",
        text="Hộ kinh doanh nộp được hồ sơ đủ ngay lần đầu.", by=officer, at=at,
    )  # fmt: skip


def _city(at: datetime, today: date) -> Programme:
    """The city's supporting-industries programme: its call is past and in appraisal, late for the firm."""
    officer, head, finance = _actor("hp.chuyenvien", at), _actor("hp.truongphong", at), _actor("hp.taichinh", at)
    programme = _started(
        actions.Draft(
            code="CNHT-HP-MAU", name="Công nghiệp hỗ trợ Hải Phòng (mẫu)", kind=ProgrammeKind.CNHT_CITY, place="31",
            name_en="Hải Phòng supporting industries (sample)", starts=date(today.year, 1, 1),
            ends=date(today.year + 5, 1, 1), legal_act="Quyết định 34/QĐ-UBND (mẫu)",
            goal="Số liệu mẫu: doanh nghiệp trong nước vào được chuỗi cung ứng.",
        ), _agency(officer), officer, head, at,
    )  # fmt: skip
    year = today.year
    line = _funded(programme, year, MoneySource.CITY_CNHT, "Ngân sách thành phố (mẫu)", 5_000, officer, finance, at)
    partner = Agency.objects.filter(is_demo=True, kind="partner").first()
    if partner:
        sponsored = actions.open_line(
            programme=programme, year=year, source=MoneySource.SPONSOR, layer="other", name="Nhà tài trợ (mẫu)",
            sponsor=partner, by=officer, at=at,
        )  # fmt: skip
        money.allot(
            line=sponsored, amount=800 * MILLION, decision_no="Thư tài trợ 01 (mẫu)", on=min(today, date(year, 3, 2)),
            by=finance, at=at,
        )  # fmt: skip
    plan = _approved(
        programme, year, [("CNHT-2", line, 10, "doanh nghiệp", 2_000), ("CNHT-3", line, 3, "khóa", 900),
                          ("CNHT-4", line, 2, "đề án", 1_500)], officer, head, at,
    )  # fmt: skip
    _published(
        plan, PAST_CALL, "Đề án hệ thống quản trị và đào tạo (mẫu)", "Management systems and training (sample)",
        ("CNHT-2", "CNHT-3"), line, at - timedelta(days=40), _at(today - timedelta(days=6)), officer, head,
        at - timedelta(days=41),
    )  # fmt: skip
    _spent(line, finance, officer, at, today)
    _signed(programme, officer, at, today)
    for kind, title, text in (
        (LessonKind.WORKED, "Chuyên gia ở lại nhà máy 12 tuần (mẫu)", "Công nhân tự giữ được 5S khi chuyên gia rút."),
        (LessonKind.FAILED, "Phê duyệt tháng 8 thì doanh nghiệp không kịp làm (mẫu)",
         "Kinh phí phải nộp trả; lần sau phê duyệt trước tháng 4."),
    ):  # fmt: skip
        actions.add_lesson(programme=programme, kind=kind, title=title, text=text, by=officer, at=at)
    return programme


def _national(at: datetime, today: date) -> None:
    """The ministry's: a call for next year with the days of the law, others left empty."""
    officer = _actor("bo.chuyenvien", at)
    agency = _agency(officer)
    programme = actions.create_programme(
        draft=actions.Draft(
            code="KCQG-MAU", name="Khuyến công quốc gia (mẫu)", kind=ProgrammeKind.KC_NATIONAL,
            name_en="National industrial promotion (sample)", starts=date(today.year, 1, 1),
            ends=date(today.year + 5, 1, 1),
        ), agency=agency, by=officer, at=at, is_demo=True,
    )  # fmt: skip
    year = today.year + 1
    line = actions.open_line(
        programme=programme, year=year, source=MoneySource.KC_NATIONAL, layer="national",
        name="Khuyến công quốc gia (mẫu)", by=officer, at=at,
    )  # fmt: skip
    plan = plans.create_plan(programme=programme, year=year, by=officer, at=at)
    calls.create_call(
        plan=plan,
        draft=calls.Draft(
            code=NATIONAL_CALL, title="Đăng ký đề án khuyến công quốc gia (mẫu)", content_groups=("KC-3", "KC-4"),
            lines=(line.pk,), route=Route.STAFF,
        ), by=officer, at=at,
    )  # fmt: skip


def _follow(model: Programme, at: datetime, today: date) -> None:
    """Another province begins after the city's programme."""
    officer = _actor("bn.chuyenvien", at)
    draft = actions.Draft(
        code="CNHT-BN-MAU", name="Công nghiệp hỗ trợ Bắc Ninh (mẫu)", kind=ProgrammeKind.CNHT_CITY, place="24",
        starts=date(today.year + 1, 1, 1), ends=date(today.year + 6, 1, 1),
    )  # fmt: skip
    clone_programme(programme=model, draft=draft, agency=_agency(officer), by=officer, at=at, is_demo=True)


def _started(draft: actions.Draft, agency: Agency, officer: Actor, head: Actor, at: datetime) -> Programme:
    made = actions.create_programme(draft=draft, agency=agency, by=officer, at=at, is_demo=True)
    return actions.start_programme(programme=made, by=head, at=at, base_version=made.version)


def _funded(
    programme: Programme, year: int, source: str, name: str, millions: int, officer: Actor, finance: Actor, at: datetime
) -> FundingLine:
    line = actions.open_line(
        programme=programme, year=year, source=source, layer=f"province:{programme.place}", name=name, by=officer, at=at
    )
    day = min(timezone.localdate(at), date(year, 1, 20))
    money.allot(line=line, amount=millions * MILLION, decision_no="05/QĐ-UBND (mẫu)", on=day, by=finance, at=at)
    return line


def _approved(
    programme: Programme, year: int, rows: list[tuple[str, FundingLine, int, str, int]], officer: Actor, head: Actor,
    at: datetime,
) -> YearPlan:  # fmt: skip
    plan = plans.create_plan(programme=programme, year=year, by=officer, at=at)
    items = [
        plans.Item(content_group=group, line=line.pk, quantity=Decimal(count), unit=unit, amount=millions * MILLION)
        for group, line, count, unit, millions in rows
    ]
    plan = plans.save_plan(
        plan=plan, items=items, note="Kế hoạch mẫu.", durations={}, by=officer, at=at, base_version=plan.version
    )
    plan = plans.submit_plan(plan=plan, by=officer, at=at, base_version=plan.version)
    day = min(timezone.localdate(at), date(year, 2, 10))
    return plans.approve_plan(
        plan=plan, decision_no="20/QĐ-UBND (mẫu)", decided_on=day, by=head, at=at, base_version=plan.version
    )


def _published(
    plan: YearPlan, code: str, title: str, title_en: str, contents: tuple[str, ...], line: FundingLine,
    opens: datetime, closes: datetime, officer: Actor, head: Actor, at: datetime, *, grouped: bool = False,
) -> Call:  # fmt: skip
    draft = calls.Draft(
        code=code, title=title, title_en=title_en, content_groups=contents, lines=(line.pk,),
        opens_at=opens, closes_at=closes, instructions=INSTRUCTIONS, instructions_en=INSTRUCTIONS_EN,
        max_amount=500 * MILLION, grouped_allowed=grouped,
    )  # fmt: skip
    call = calls.create_call(plan=plan, draft=draft, by=officer, at=at)
    return calls.publish_call(call=call, by=head, at=at, base_version=call.version)


def _spent(line: FundingLine, finance: Actor, officer: Actor, at: datetime, today: date) -> None:
    """A commitment of an earlier decision, most of it paid, the rest given back."""
    commitment = money.commit(
        line=line, amount=600 * MILLION, owner=("demo", "1"), key="demo:cnht-hp-mau:1",
        label="Đánh giá năng lực 10 doanh nghiệp (mẫu)", made_by=officer.id, by=finance, at=at,
        decision_no="61/QĐ-SCT (mẫu)", on=min(today, date(line.year, 3, 15)),
    )  # fmt: skip
    money.pay(
        commitment=commitment, amount=420 * MILLION, decision_no="UNC 118 (mẫu)", on=min(today, date(line.year, 6, 3)),
        by=finance, at=at, reason="Tạm ứng 70%",
    )  # fmt: skip
    money.release(commitment=commitment, amount=30 * MILLION, reason="Giảm một doanh nghiệp (mẫu)", by=finance, at=at)


def _signed(programme: Programme, officer: Actor, at: datetime, today: date) -> None:
    """Ministry, locality and a lead firm: the shape of the smart-factory agreements, with invented figures."""
    agency = programme.agency
    partner = Agency.objects.filter(is_demo=True, kind="partner").first()
    parties = (
        agreements.Party(name="Bộ Công Thương (mẫu)", role=PartyRole.MINISTRY, signatory="Đỗ Văn Mẫu",
                         signatory_title="Cục trưởng"),
        agreements.Party(name=agency.name, role=PartyRole.LOCALITY, agency=agency.pk, signatory="Lê Hữu Mô",
                         signatory_title="Giám đốc"),
        agreements.Party(name="Điện tử Hanseo Việt Nam (mẫu)", role=PartyRole.LEAD_FIRM,
                         agency=partner.pk if partner else None),
    )  # fmt: skip
    targets = (
        agreements.Target(name="Doanh nghiệp được tư vấn nhà máy thông minh", comparator=Comparator.ABOUT,
                          value=Decimal(20), unit="doanh nghiệp", until=date(today.year, 12, 31),
                          source="Điều 3 (mẫu)"),
        agreements.Target(name="Chuyên gia được đào tạo", comparator=Comparator.AT_LEAST, value=Decimal(30),
                          unit="người", until=date(today.year + 1, 12, 31), source="Điều 3 (mẫu)"),
    )  # fmt: skip
    made = agreements.create_agreement(
        draft=agreements.Draft(
            title="Biên bản ghi nhớ hợp tác nhà máy thông minh (mẫu)", number="01/BBGN (mẫu)", parties=parties,
            targets=targets, signed_on=min(today, date(today.year, 3, 1)), valid_from=date(today.year, 3, 1),
            valid_to=date(today.year + 2, 3, 1), programme=programme,
            note="Ba bên: bộ, địa phương, doanh nghiệp đầu tàu.",
        ), agency=agency, by=officer, at=at, is_demo=True,
    )  # fmt: skip
    made = agreements.sign_agreement(agreement=made, by=officer, at=at, base_version=made.version)
    _tasks(made, officer, at, today)


def _tasks(agreement: Agreement, officer: Actor, at: datetime, today: date) -> None:
    owners = list(agreement.parties.order_by("order"))
    for title, owner, due in (
        ("Lập danh sách dài doanh nghiệp (mẫu)", owners[1], today - timedelta(days=20)),
        ("Khảo sát sơ bộ tại nhà máy (mẫu)", owners[2], today + timedelta(days=14)),
        ("Cử chuyên gia 12 tuần (mẫu)", owners[2], today + timedelta(days=60)),
    ):
        task = agreements.add_task(agreement=agreement, title=title, owner=owner, due=due, note="", by=officer, at=at)
        if due < today:
            agreements.move_task(task=task, event="finish", note="", by=officer, at=at, base_version=task.version)


def _plan_year(today: date) -> int:
    """Late in the year a call that opens now is for the next."""
    return today.year + (today.month >= 9)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17, 0)))


def _agency(actor: Actor) -> Agency:
    user = User.objects.get(pk=int(actor.id.removeprefix("user:")))
    return user.memberships.select_related("agency").earliest("pk").agency


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
