"""The second half of a council's journey: the session, the decision, its papers, and who reads them."""

import io
import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from docx.shared import Mm
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from matxich.accounts.queries import person
from matxich.appraisal.actions import ballots, sessions
from matxich.appraisal.models import Ballot, Batch, Case, Council, Decision
from matxich.correspondence.actions import drafting, issuing, numbering, signing
from matxich.correspondence.models import OfficialPaper
from matxich.programmes.models import Call, Commitment, FundingLine
from tests.appraisal.conftest import sheet
from tests.documents.papers import parts_of_word, word_of
from tests.journeys.conftest import PHONE
from tests.journeys.council_world import MILLION, TABLET, Open, Story
from tests.journeys.test_import import whole
from tests.proposals.conftest import COMMUNE, People, commune, firm, people, upload, write_all  # noqa: F401


def in_session(open_page: Open, story: Story, batch: Batch) -> None:
    secretary, at = story.by("secretary6"), timezone.now()
    cases = [story.case(name) for name in "acde"]
    session = sessions.plan_session(
        council=Council.objects.get(), batch=batch, starts_at=at + timedelta(minutes=1), venue="Phòng họp A (mẫu)",
        online_url="", cases=cases, by=secretary, at=at,
    )  # fmt: skip
    room = open_page(f"/phien-hop/{session.pk}/", story.users["secretary6"])
    whole(room)
    room.get_by_role("button", name="Triệu tập").click()
    expect(room.get_by_role("button", name="Khai mạc")).to_be_disabled()
    for seat in story.seats[1:]:
        sessions.arrive(session=session, member=seat, by=secretary, at=timezone.now())
    expect(room.get_by_role("button", name="Rời phòng")).to_have_count(6, timeout=20_000)  # the room looks again itself
    chair = room.locator(".mx-there > li", has_text="Ủy Viên 0")
    chair.get_by_role("button", name="Có mặt").click()
    room.get_by_role("button", name="Khai mạc").click()
    whole(room)

    a_ballot_outlives_its_network(open_page, story)
    good = {"a": 90, "c": 84, "d": 78, "e": 50}
    for name, case in zip("acde", cases, strict=True):
        for seat in story.seats:
            handed_in = Ballot.objects.filter(case=case, member=seat, state="submitted").exists()
            if (
                seat.votes
                and not handed_in
                and not (name == "c" and seat.role == "reviewer" and seat.pk == shut(story))
            ):
                told = sheet(good[name], "pass" if good[name] >= 65 else "fail")
                base = Ballot.objects.filter(case=case, member=seat).count()
                by = person(seat.user, timezone.localdate())
                ballots.submit_ballot(case=case, told=told, by=by, at=timezone.now(), base_version=base)

    room.reload()
    first = room.locator("section.mx-item", has_text="Máy phay CNC C (mẫu)")
    for button in ("Bắt đầu trình bày", "Chuyển sang bỏ phiếu", "Mở mọi phiếu cùng lúc", "Kết luận theo quy tắc"):
        first.get_by_role("button", name=button).click()
        expect(first.get_by_role("button", name=button)).to_have_count(0)
        if button != "Kết luận theo quy tắc":
            expect(first.get_by_text("Đứng ngoài: Ủy Viên 3")).to_be_visible()
    whole(room)
    assert story.case("c").state == "concluded"
    member = open_page(f"/phien-hop/{session.pk}/", story.users["reviewer3"], TABLET)
    expect(member.get_by_text("Nội dung bạn có lợi ích liên quan")).to_be_visible()
    expect(member.get_by_text("Máy phay CNC C (mẫu)")).to_have_count(0)
    whole(member)
    for item in session.items.exclude(state="decided").select_related("case__batch").order_by("order"):
        for event in ("present", "vote", "open"):
            sessions.move_item(item=item, event=event, by=secretary, at=timezone.now())
        sessions.conclude_item(item=item, conditions="", by=secretary, at=timezone.now())
    room.reload()
    room.get_by_text("Kết thúc hoặc tạm dừng phiên").click()
    room.get_by_label("Kết luận của phiên").fill("Thống nhất kết quả từng đề án (mẫu).")
    room.get_by_role("button", name="Kết thúc phiên").click()
    expect(room.get_by_role("button", name="Soạn biên bản")).to_be_visible()
    whole(room)
    member.goto(f"/ho-so-cham/{story.case('a').pk}/")
    expect(member.get_by_role("heading", name="Các phiếu")).to_be_visible()
    whole(member)


def shut(story: Story) -> int:
    return next(seat.pk for seat in story.seats if seat.user == story.users["reviewer3"])


def a_ballot_outlives_its_network(open_page: Open, story: Story) -> None:
    case = story.case("a")
    page = open_page(f"/ho-so-cham/{case.pk}/phieu/", story.users["reviewer2"], TABLET)
    whole(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("[name=points-need]").fill("17")
    page.locator("[name=opinion-need]").fill("Nhu cầu có số liệu (mẫu).")
    expect(page.get_by_text("Đang mất mạng").first).to_be_visible()
    assert not Ballot.objects.filter(case=case).exists()
    page.context.set_offline(False)
    expect(page.get_by_text("Đã lưu nháp lúc").first).to_be_visible()
    page.reload()
    expect(page.locator("[name=opinion-need]")).to_have_value("Nhu cầu có số liệu (mẫu).")
    for name, value in sheet(90, "pass").items():
        if name.startswith(("points-", "opinion-")) and name != "opinion-need":
            page.locator(f"[name={name}]").fill(value)
    page.locator("[name=verdict][value=pass]").check()
    page.locator("[name=comment]").fill("Đồng ý (mẫu).")
    page.get_by_role("button", name="Ký và nộp phiếu").dblclick()
    page.wait_for_load_state()
    expect(page.get_by_text(re.compile("Bạn đã nộp phiếu này|Phiếu đã nộp|Đã nộp")).first).to_be_visible()
    whole(page)
    kept = Ballot.objects.get(case=case)
    assert (kept.state, kept.values["opinions"]["need"]) == ("submitted", "Nhu cầu có số liệu (mẫu).")


# The decision.


def ranked_and_decided(open_page: Open, story: Story, batch: Batch, line: FundingLine) -> Decision:
    batch.refresh_from_db()
    page = open_page(f"/tham-dinh/{batch.pk}/", story.users["officer"])
    page.get_by_role("button", name=re.compile("[Xx]ếp hạng")).first.click()
    page.goto(f"/tham-dinh/{batch.pk}/xep-hang/")
    expect(page.get_by_role("heading", name="Theo thứ hạng", exact=False).first).to_be_visible()
    expect(page.locator(".mx-rank-t tbody tr")).to_have_count(4)
    whole(page)
    page.get_by_role("button", name="Soạn phương án").click()
    whole(page)
    page.get_by_role("button", name="Trình", exact=True).click()
    expect(page.get_by_text("Phương án được khóa cho đến khi duyệt hoặc trả lại")).to_be_visible()
    expect(page.get_by_text("Người soạn không tự duyệt")).to_be_visible()
    whole(page)
    decision = Decision.objects.get()
    leader = open_page(page.url, story.users["leader"])
    leader.get_by_role("button", name="Duyệt và cam kết kinh phí").dblclick()
    expect(leader.get_by_role("heading", name="Đã duyệt, chờ ban hành")).to_be_visible()
    whole(leader)
    line.refresh_from_db()
    assert (line.committed, Commitment.objects.count()) == (500 * MILLION, 2)
    leader.goto(f"/chuong-trinh/nguon/{line.pk}/")
    expect(leader.get_by_text("500.000.000").first).to_be_visible()
    whole(leader)
    page.reload()
    page.get_by_role("button", name="Soạn quyết định").click()
    page.wait_for_url("**/van-ban-di/*/")
    whole(page)
    decision.refresh_from_db()
    return decision


# The papers.

STEPS = (("officer", "submit", "submitted"), ("head", "initial", "initialled"), ("leader", "sign", "signed"),
         ("clerk", "number", "numbered"), ("clerk", "issue", "issued"))  # fmt: skip
ACTS = {
    "submit": drafting.submit, "initial": signing.initial, "sign": signing.sign, "number": numbering.number,
    "issue": issuing.issue,
}  # fmt: skip


def papers_issued(open_page: Open, story: Story, decision: Decision, tmp_path: Path) -> None:
    """The decision goes its way page by page; the cases change when it is issued, and only then."""
    paper = OfficialPaper.objects.get(pk=decision.paper)
    windows: dict[str, Page] = {}
    for who, step, state in STEPS:
        assert {case.state for case in Case.objects.all()} == {"concluded"}
        page = windows.get(who) or open_page(f"/van-ban-di/{paper.pk}/", story.users[who])
        windows[who] = page
        page.goto(f"/van-ban-di/{paper.pk}/buoc/{step}/")
        whole(page)
        page.locator("form.mx-dialog button[type=submit]").dblclick()
        page.wait_for_url(f"**/van-ban-di/{paper.pk}/")
        paper.refresh_from_db()
        assert paper.state == state
    whole(page)
    assert {case.state for case in Case.objects.all()} == {"decided"}
    assert {name: story.proposal(name).status for name in "abcde"} == {
        "a": "approved", "b": "refused", "c": "approved", "d": "reserve", "e": "refused",
    }  # fmt: skip
    number = f"{paper.number:02d}/QĐ-"
    read_back(windows["clerk"], paper, number, tmp_path)

    page = windows["officer"]
    page.goto(f"/tham-dinh/phuong-an/{decision.pk}/")
    whole(page)
    page.get_by_role("button", name="Soạn công văn không hỗ trợ").click()
    page.wait_for_load_state()
    letters = list(OfficialPaper.objects.filter(kind="refusal_letter").order_by("id"))
    session = decision.batch.council.sessions.get()  # type: ignore[union-attr]
    secretary = open_page(f"/phien-hop/{session.pk}/", story.users["officer"])
    secretary.get_by_role("button", name="Soạn biên bản").click()
    secretary.wait_for_url("**/van-ban-di/*/")
    whole(secretary)
    minutes = OfficialPaper.objects.get(kind="council_minutes")
    for each in (*letters, minutes):
        for who, step, _state in STEPS:
            each.refresh_from_db()
            ACTS[step](paper=each, by=story.by(who), at=timezone.now(), base_version=each.version)
    said = text_of(secretary, letters[-1], tmp_path)
    assert "Công ty TNHH Mẫu E" in said and "Điểm trung bình" in said
    said = text_of(secretary, minutes, tmp_path)
    assert "Ủy Viên 3" in said and "Tư vấn cho đơn vị này năm trước (mẫu)" in said


def saved(page: Page, paper: OfficialPaper, role: str, tmp_path: Path) -> bytes:
    page.goto(f"/van-ban-di/{paper.pk}/")
    with page.expect_download() as loading:
        page.locator(f"a[href='/van-ban-di/{paper.pk}/tai/{role}/']").click()
    loading.value.save_as(tmp_path / f"{paper.pk}.{role}")
    return (tmp_path / f"{paper.pk}.{role}").read_bytes()


def text_of(page: Page, paper: OfficialPaper, tmp_path: Path) -> str:
    pages = PdfReader(io.BytesIO(saved(page, paper, "pdf", tmp_path))).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def read_back(page: Page, paper: OfficialPaper, number: str, tmp_path: Path) -> None:
    """Both files say the same and are set as decree 30/2020 asks."""
    word = saved(page, paper, "docx", tmp_path)
    section = word_of(word).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each / Mm(1)) for each in margins] == [20, 20, 30, 15]
    named = set(re.findall(r'w:(?:ascii|hAnsi|cs)="([^"]+)"', parts_of_word(word)["word/document.xml"]))
    assert named == {"Times New Roman"}
    pdf = PdfReader(io.BytesIO(saved(page, paper, "pdf", tmp_path)))
    assert (round(float(pdf.pages[0].mediabox.width)), round(float(pdf.pages[0].mediabox.height))) == (595, 842)
    printed = " ".join(part for name, part in parts_of_word(word).items() if re.match(r"word/(document|footer)", name))
    in_word = " ".join(re.sub(r"<[^>]+>", " ", printed).split())
    in_pdf = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", number, "QUYẾT ĐỊNH",
                 "Máy phay CNC A (mẫu)", "500.000.000", paper.code):  # fmt: skip
        assert (said in in_word, said in in_pdf) == (True, True), said


# Afterwards.


def everybody_reads(open_page: Open, story: Story, call: Call) -> None:
    for name, told in (("e", "Điểm trung bình"), ("a", "Được hỗ trợ 250 triệu")):
        page = open_page(f"/de-an/{story.proposals[name].pk}/", story.users[name], PHONE)
        expect(page.get_by_text(told).first).to_be_visible()
        whole(page)
    paper = OfficialPaper.objects.get(kind="approval")
    public = open_page(f"/xac-minh/{paper.code}/", None, PHONE)
    expect(public.get_by_text("Văn bản này đã được ban hành và còn hiệu lực.")).to_be_visible()
    whole(public)
    public.goto(f"/dot-nhan-ho-so/{call.code}/")
    whole(public)
