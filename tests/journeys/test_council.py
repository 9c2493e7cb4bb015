"""From a plan of a year to a decision and its papers: a call, six proposals, a council of seven, money committed once.

What a page is for is done on the page; what only has to have happened is done through the room's actions.
"""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from matxich.accounts.queries import person
from matxich.appraisal.actions import batches, councils, interests
from matxich.appraisal.actions import plans as council_plans
from matxich.appraisal.models import Batch, Case, Council, Interest
from matxich.policy.actions.support import record_support
from matxich.programmes.actions import calls
from matxich.programmes.models import Call, FundingLine, YearPlan
from matxich.proposals.actions.appraising import hand_over
from matxich.proposals.actions.checking import accept_dossier, pass_eligibility, pass_finance, refuse_gate
from matxich.proposals.actions.drafting import start_proposal
from matxich.proposals.actions.papers import add_file, set_mandate
from matxich.proposals.actions.submitting import submit_proposal
from matxich.proposals.models import Proposal
from tests.appraisal.conftest import QUORUM
from tests.conftest import World
from tests.journeys.conftest import PHONE
from tests.journeys.council_decided import everybody_reads, in_session, papers_issued, ranked_and_decided
from tests.journeys.council_world import SEATS, TABLET, Open, Story, whole_story, year_plan  # noqa: F401
from tests.journeys.test_import import whole
from tests.policy.conftest import entry
from tests.proposals.conftest import COMMUNE, commune, firm, people, upload, write_all  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_plan_of_a_year_to_the_papers_of_a_decision(
    open_page: Open, story: Story, world: World, tmp_path: Path
) -> None:
    plan, line = year_plan(story, world)
    call = published(open_page, story, plan, line)
    six_proposals(open_page, story, call)
    checked_returned_and_mended(open_page, story)
    to_the_council(open_page, story)
    batch = founded_and_announced(open_page, story, world)
    told_and_shut_out(open_page, story, batch)
    in_session(open_page, story, batch)
    decision = ranked_and_decided(open_page, story, batch, line)
    papers_issued(open_page, story, decision, tmp_path)
    everybody_reads(open_page, story, call)


# The call.


def published(open_page: Open, story: Story, plan: YearPlan, line: FundingLine) -> Call:
    page = open_page(f"/chuong-trinh/ke-hoach/{plan.pk}/", story.users["head"])
    whole(page)
    page.get_by_label("Số quyết định").fill("20/QĐ-UBND (mẫu)")
    page.get_by_label("Ngày quyết định").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Phê duyệt kế hoạch").click()
    expect(page.get_by_text("Đã phê duyệt kế hoạch.")).to_be_visible()
    whole(page)
    at = timezone.now()
    draft = calls.Draft(
        code="KCDP-HP-1", title="Máy móc tiên tiến (mẫu)", title_en="Advanced machinery (sample)",
        content_groups=("KC-3",), supports=("KC-12",), lines=(line.pk,), opens_at=at - timedelta(minutes=1),
        closes_at=at + timedelta(days=1), instructions="Nộp trên hệ thống.",
    )  # fmt: skip
    call = calls.create_call(plan=plan, draft=draft, by=story.by("officer"), at=at)
    page.goto(f"/chuong-trinh/dot/{call.pk}/")
    whole(page)
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("link", name="Trang công khai")).to_be_visible()
    whole(page)
    return Call.objects.select_related("plan__programme").get(pk=call.pk)


# The applicants.


def drafted(story: Story, call: Call, name: str, **answers: object) -> Proposal:
    at, by = timezone.now(), story.by(name)
    made = start_proposal(
        call=call, content="KC-12", title=f"Máy phay CNC {name.upper()} (mẫu)", enterprise=story.firms[name], by=by,
        at=at,
    )  # fmt: skip
    story.proposals[name] = made
    write_all(made, by, at, **answers)
    add_file(proposal=made, paper="cong-van", upload=upload(), by=by, at=at)
    return story.proposal(name)


def handed(story: Story, name: str, login: str = "") -> None:
    now = story.proposal(name)
    submit_proposal(
        proposal=now, token=uuid4(), base_version=now.version, by=story.by(login or name), at=timezone.now()
    )


def six_proposals(open_page: Open, story: Story, call: Call) -> None:
    begun_from_the_public_page(open_page, story, call)
    doubled(open_page, story, call)
    for name in "ce":
        drafted(story, call, name)
        handed(story, name)
    on_behalf(open_page, story, call)
    too_late(open_page, story, call)


def begun_from_the_public_page(open_page: Open, story: Story, call: Call) -> None:
    page = open_page(f"/dot-nhan-ho-so/{call.code}/", story.users["a"], PHONE)
    whole(page)
    page.get_by_role("link", name=re.compile("Lập đề án")).first.click()
    whole(page)
    page.get_by_label("Tên đề án").fill("Máy phay CNC A (mẫu)")
    page.get_by_label("Nội dung hỗ trợ").select_option("KC-12")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.wait_for_url(re.compile(r"/de-an/\d+/"))
    whole(page)
    made = story.proposals["a"] = Proposal.objects.get()
    by, at = story.by("a"), timezone.now()
    write_all(made, by, at)
    page.goto(f"/de-an/{made.pk}/phan/muc-tieu/")
    whole(page)
    goal = page.locator("[name=goal]")
    goal.fill("Giảm lỗi, tăng năng suất (mẫu).")
    expect(page.locator("[data-draft-state]")).to_contain_text(re.compile("lưu", re.I))
    page.reload()
    expect(goal).to_have_value("Giảm lỗi, tăng năng suất (mẫu).")
    for part in ("du-toan", "ket-qua"):
        page.goto(f"/de-an/{made.pk}/{part}/")
        whole(page)
    add_file(proposal=made, paper="cong-van", upload=upload(), by=by, at=at)
    page.goto(f"/de-an/{made.pk}/nop/")
    whole(page)
    page.locator("[name=confirm]").check()
    page.get_by_role("button", name="Nộp đề án").dblclick()
    page.wait_for_url(f"**/de-an/{made.pk}/")
    expect(page.get_by_text("Cán bộ kiểm tra").first).to_be_visible()
    whole(page)
    assert story.proposal("a").versions.count() == 1


def doubled(open_page: Open, story: Story, call: Call) -> None:
    """What was given this year for the same content is said before anything is handed in."""
    given = record_support(
        entry=entry(budget="national", year=timezone.localdate().year), by=story.by("officer"), at=timezone.now()
    )
    given.enterprise = story.firms["b"]
    given.save()
    made = drafted(story, call, "b")
    page = open_page(f"/de-an/{made.pk}/nop/", story.users["b"], PHONE)
    expect(page.get_by_text("tiền nhà nước chỉ hỗ trợ một lần")).to_be_visible()
    expect(page.get_by_text(f"Đã cấp: KC-12 {timezone.localdate().year}").first).to_be_visible()
    whole(page)
    page.locator("[name=confirm]").check()
    page.get_by_role("button", name="Nộp đề án").click()
    page.wait_for_url(f"**/de-an/{made.pk}/")


def on_behalf(open_page: Open, story: Story, call: Call) -> None:
    page = open_page(f"/de-an/nop-ho/{call.pk}/", story.users["collaborator"], PHONE)
    whole(page)
    page.get_by_label("Hoặc tên hộ, cơ sở").fill("Hộ rèn Thanh Mẫu")
    page.locator("[name=commune]").fill(COMMUNE)
    page.get_by_label("Tên đề án").fill("Máy cắt cho hộ rèn (mẫu)")
    page.get_by_label("Nội dung hỗ trợ").select_option("KC-12")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.wait_for_url(re.compile(r"/de-an/\d+/"))
    made = story.proposals["d"] = Proposal.objects.order_by("-pk")[:1].get()
    by, at = story.by("collaborator"), timezone.now()
    write_all(made, by, at, executor="Hộ rèn Thanh Mẫu", site="Xã An Lão", workers="6")
    for paper in ("cong-van", "ban-giay", "uy-quyen"):
        signed = upload(f"%PDF-1.7 {paper}".encode())
        add_file(proposal=made, paper=paper, upload=signed, by=by, at=at)
    page.goto(f"/de-an/{made.pk}/nop/")
    expect(page.get_by_role("button", name="Nộp đề án")).to_be_disabled()
    whole(page)
    page.goto(f"/de-an/{made.pk}/tai-lieu/")
    whole(page)
    set_mandate(
        proposal=story.proposal("d"), signed_on=timezone.localdate(), giver="Bà Chủ Hộ", by=by, at=timezone.now()
    )
    page.goto(f"/de-an/{made.pk}/nop/")
    page.locator("[name=confirm]").check()
    page.get_by_role("button", name="Nộp đề án").click()
    page.wait_for_url(f"**/de-an/{made.pk}/")
    expect(page.locator("main .mx-chip", has_text="Nộp hộ")).to_be_visible()


def too_late(open_page: Open, story: Story, call: Call) -> None:
    """The clock cannot be pushed on for the browser: the deadline comes to it while somebody types."""
    made = drafted(story, call, "f")
    page = open_page(f"/de-an/{made.pk}/phan/muc-tieu/", story.users["f"], PHONE)
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    page.locator("[name=goal]").fill("Ghi sau hạn, vẫn còn (mẫu).")
    expect(page.get_by_text("Đã hết hạn nhận hồ sơ. Bản nháp vẫn được giữ.")).to_be_visible()
    assert story.proposal("f").answers["goal"] == "Ghi sau hạn, vẫn còn (mẫu)."
    page.goto(f"/de-an/{made.pk}/nop/")
    expect(page.get_by_text("Đã hết hạn nhận hồ sơ").first).to_be_visible()
    expect(page.get_by_role("button", name="Nộp đề án")).to_be_disabled()
    whole(page)
    assert story.proposal("f").status == "draft"


# The officers.


def checked_returned_and_mended(open_page: Open, story: Story) -> None:
    made = story.proposals["a"]
    page = open_page("/xet-de-an/", story.users["officer"])
    expect(page.locator("tbody tr")).to_have_count(5)
    whole(page)
    page.goto(f"/xet-de-an/{made.pk}/")
    whole(page)
    line = page.locator("dl > div", has=page.locator("[name='note-muc-tieu.goal']"))
    line.get_by_text("Ghi điều cần sửa").click()
    page.locator("[name='note-muc-tieu.goal']").fill("Ghi số cụ thể")
    page.get_by_role("button", name="Trả lại để sửa").click()
    expect(page.get_by_text("Ghi số cụ thể").first).to_be_visible()

    own = open_page(f"/de-an/{made.pk}/", story.users["a"], PHONE)
    whole(own)
    own.get_by_role("link", name="Mục tiêu của đề án").first.click()
    expect(own.get_by_text("Ghi số cụ thể").first).to_be_visible()
    whole(own)
    own.locator("[name=goal]").fill("Giảm lỗi từ 900 xuống 300 ppm (mẫu).")
    own.get_by_role("button", name="Lưu, về tổng quan").click()
    expect(own.get_by_text("Đã lưu.")).to_be_visible()
    own.goto(f"/de-an/{made.pk}/nop/")
    own.locator("[name=confirm]").check()
    own.get_by_role("button", name="Nộp đề án").click()
    own.wait_for_url(f"**/de-an/{made.pk}/")

    page.goto(f"/xet-de-an/{made.pk}/")
    expect(page.get_by_text("1 chỗ khác bản trước")).to_be_visible()
    expect(page.locator("ins", has_text="Giảm lỗi từ 900 xuống 300 ppm (mẫu).")).to_be_visible()
    whole(page)
    page.get_by_role("button", name="Nhận hồ sơ").click()
    expect(page.get_by_role("button", name="Nhận hồ sơ")).to_have_count(0)
    whole(page)
    eligibility = page.locator("tr", has=page.locator("#reason-eligibility"))
    eligibility.get_by_text("Kết luận").click()
    eligibility.locator("textarea").fill("Đã đối chiếu tại cơ sở (mẫu)")
    eligibility.get_by_role("button", name="Đủ điều kiện").click()
    expect(page.locator("tr", has_text="Đã đối chiếu tại cơ sở (mẫu)").first).to_be_visible()
    money_page = open_page(f"/xet-de-an/{made.pk}/", story.users["finance"])
    finance = money_page.locator("tr", has=money_page.locator("#reason-finance"))
    finance.get_by_text("Kết luận").click()
    finance.get_by_role("button", name="Dự toán hợp lý").click()
    expect(money_page.locator("#reason-finance")).to_have_count(0)
    page.goto(f"/xet-de-an/{made.pk}/")
    whole(page)
    page.get_by_role("button", name="Đưa ra thẩm định").click()
    expect(page.get_by_role("button", name="Đưa ra thẩm định")).to_have_count(0)
    assert story.proposal("a").status == "appraising"


def to_the_council(open_page: Open, story: Story) -> None:
    """The doubled one ends where the law is asked; the other three pass every gate."""
    officer, at = story.by("officer"), timezone.now()
    for name in "bcde":
        now = story.proposal(name)
        accept_dossier(proposal=now, by=officer, at=at, base_version=now.version)
    page = open_page(f"/xet-de-an/{story.proposals['b'].pk}/", story.users["officer"])
    eligibility = page.locator("tr", has=page.locator("#reason-eligibility"))
    eligibility.get_by_text("Kết luận").click()
    eligibility.locator("textarea").fill("Đã đối chiếu (mẫu)")
    eligibility.get_by_role("button", name="Đủ điều kiện").click()
    expect(page.locator("[role=alert]").first).to_be_visible()  # the law says no: nobody passes it by hand
    whole(page)
    assert story.proposal("b").status == "reviewing"
    now = story.proposal("b")
    refuse_gate(
        proposal=now, kind="eligibility", reason="Đã nhận hỗ trợ cùng nội dung (mẫu)", by=officer, at=at,
        base_version=now.version,
    )  # fmt: skip
    for name in "cde":
        now = story.proposal(name)
        now = pass_eligibility(proposal=now, reason="Đã đối chiếu", by=officer, at=at, base_version=now.version)
        now = pass_finance(proposal=now, reason="", by=story.by("finance"), at=at, base_version=now.version)
        hand_over(proposal=now, by=officer, at=at)
    assert Case.objects.count() == 4


# The council.


def founded_and_announced(open_page: Open, story: Story, world: World) -> Batch:
    """Seven seats; the founding and the plan of the year are recorded on their pages."""
    at, today, by = timezone.now(), timezone.localdate(), story.by("officer")
    facts = councils.CouncilFacts(name="Hội đồng thẩm định (mẫu)", kind="council", quorum=QUORUM)
    council = councils.create_council(agency=world.agency, place="31", facts=facts, by=by, at=at)  # type: ignore[arg-type]
    for index, role in enumerate(SEATS):
        seat = councils.SeatFacts(role=role, votes=role != "secretary", organisation=f"Đơn vị mẫu {index}")
        councils.seat_member(council=council, user=story.users[f"{role}{index}"], facts=seat, by=by, at=at)
    page = open_page(f"/hoi-dong/{council.pk}/", story.users["head"])
    expect(page.get_by_text("Ủy Viên 6").first).to_be_visible()
    whole(page)
    council.refresh_from_db()
    councils.found_council(
        council=council, number="45/QĐ-SCT (mẫu)", on=today, by=story.by("head"), at=at, base_version=council.version
    )
    told = council_plans.PlanFacts(
        duties="Thẩm định đề án khuyến công (mẫu)", duties_en="Appraise schemes (sample)", members_expected=7,
        sessions=({"month": today.month, "subject": "Đề án đợt 1 (mẫu)", "subject_en": "Round 1", "members": 7},),
    )  # fmt: skip
    council_plans.save_plan(council=council, year=today.year, facts=told, by=by, at=at, base_version=0)
    page.goto(f"/hoi-dong/{council.pk}/ke-hoach/{today.year}/")
    whole(page)
    page.get_by_role("button", name="Thông báo", exact=True).click()
    expect(page.get_by_text("Đã thông báo; ai cũng đọc được kế hoạch này.")).to_be_visible()
    public = open_page("/ke-hoach-hoi-dong/", None, PHONE)
    whole(public)
    public.get_by_role("link", name=re.compile("Hội đồng thẩm định")).first.click()
    expect(public.get_by_text("Đề án đợt 1 (mẫu)")).to_be_visible()
    whole(public)

    batch = Batch.objects.select_related("council", "criteria", "funding_line").get()
    batch = batches.change_batch(
        batch=batch, by=by, at=at, base_version=batch.version,
        facts=batches.BatchFacts(
            name=batch.name, criteria=batch.criteria, route="council", council=Council.objects.get(),
            funding_line=batch.funding_line,
        ),
    )  # fmt: skip
    page = open_page(f"/tham-dinh/{batch.pk}/", story.users["officer"])
    whole(page)
    page.get_by_role("button", name=re.compile("Bắt đầu")).click()
    page.wait_for_load_state()
    whole(page)
    batch.refresh_from_db()
    assert batch.state == "appraising"
    return batch


def told_and_shut_out(open_page: Open, story: Story, batch: Batch) -> None:
    """A reviewer tells of a contract with C; the chair finds that it is one, and no door of C opens to the reviewer."""
    conflicted, shut = story.users["reviewer3"], story.case("c")
    cases = list(batch.cases.select_related("batch__council", "batch__criteria"))
    page = open_page("/ho-so-cham/", conflicted, TABLET)
    whole(page)
    page.goto(f"/ho-so-cham/dot/{batch.pk}/loi-ich/")
    whole(page)
    page.get_by_label("Hồ sơ", exact=True).select_option(str(shut.pk))
    page.get_by_label("Loại lợi ích").select_option("contract")
    page.get_by_label("Lợi ích đó là gì").fill("Tư vấn cho đơn vị này năm trước (mẫu)")
    page.get_by_label("Vẫn chấm nếu").check()
    page.get_by_role("button", name="Khai", exact=True).click()
    expect(page.get_by_text("hồ sơ này đóng với bạn cho đến khi được kết luận")).to_be_visible()
    page.get_by_role("button", name="Tôi không có lợi ích").click()
    expect(page.get_by_text("Bạn đã trả lời cho mọi hồ sơ của đợt.")).to_be_visible()
    whole(page)
    for seat in story.seats:
        if seat.user_id != conflicted.pk:
            interests.declare_none(cases=cases, by=person(seat.user, timezone.localdate()), at=timezone.now())
    chair = open_page(f"/tham-dinh/{batch.pk}/loi-ich/", story.users["chair0"])
    whole(chair)
    chair.get_by_label("Lý do").first.fill("Hợp đồng còn hiệu lực (mẫu)")
    chair.get_by_role("button", name=re.compile("Xác nhận|Là xung đột")).first.click()
    chair.wait_for_load_state()
    assert Interest.objects.get().state == "confirmed"
    for door in ("", "phieu/"):
        assert page.goto(f"/ho-so-cham/{shut.pk}/{door}").status == 403  # type: ignore[union-attr]
    whole(page)
    assert page.goto(f"/xet-de-an/{story.proposals['c'].pk}/ho-so/").status == 403  # type: ignore[union-attr]
    page.goto("/ho-so-cham/")
    expect(page.get_by_text("Máy phay CNC A (mẫu)").first).to_be_visible()
    expect(page.get_by_text("Máy phay CNC C (mẫu)")).to_have_count(0)
