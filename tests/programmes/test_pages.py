"""Pages of programmes: what each shows, asks and refuses; as many queries for many rows as for few."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matxich.programmes.actions import money
from matxich.programmes.models import (
    Agreement,
    Call,
    Commitment,
    FundingLine,
    JointTask,
    Lesson,
    MoneyEntry,
    Programme,
    YearPlan,
)
from tests.conftest import NOW
from tests.programmes.conftest import (
    MILLION,
    Made,
    approved_plan,
    line_of,
    published,
    running,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(world, sign_in, people):
    """Clients by name; head and finance are of the owner's department."""
    from matxich.accounts.models import User

    return {
        "owner": sign_in(world.owner),
        "head": sign_in(User.objects.get(email="head@matxich.test")),
        "finance": sign_in(User.objects.get(email="finance@matxich.test")),
        "stranger": sign_in(world.stranger),
        "firm": sign_in(world.enterprise),
    }


def addresses(made: Made) -> list[str]:
    programme, line = f"/chuong-trinh/{made.programme.pk}", f"/chuong-trinh/nguon/{made.line.pk}"
    plan, call = f"/chuong-trinh/ke-hoach/{made.plan.pk}", f"/chuong-trinh/dot/{made.call.pk}"
    agreement = f"/chuong-trinh/thoa-thuan/{made.agreement.pk}"
    commitment = f"/chuong-trinh/cam-ket/{made.commitment.pk}"
    return [
        "/chuong-trinh/", "/chuong-trinh/moi/", f"{programme}/", f"{programme}/sua/", f"{programme}/nhan-rong/",
        f"{programme}/nguon-moi/", f"{programme}/bai-hoc/", f"{programme}/ke-hoach-moi/", f"{line}/",
        f"{commitment}/", f"{plan}/", f"{plan}/sua/", f"{plan}/dot-moi/", "/chuong-trinh/dot/", f"{call}/",
        f"{call}/sua/", f"{call}/lich/", "/chuong-trinh/thoa-thuan/", "/chuong-trinh/thoa-thuan/moi/", f"{agreement}/",
        f"{agreement}/sua/", f"{agreement}/cham-dut/", "/dot-nhan-ho-so/", f"/dot-nhan-ho-so/{made.call.code}/",
    ]  # fmt: skip


def test_every_page_of_an_officer_opens(made, signed_in):
    answers = {url: signed_in["owner"].get(url).status_code for url in addresses(made)}
    assert {url: status for url, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_calls_are_public_in_four_languages(made, client, language):
    listed = client.get(f"/dot-nhan-ho-so/?nam=2026&lang={language}").content.decode()
    shown = client.get(f"/dot-nhan-ho-so/{made.call.code}/?lang={language}").content.decode()
    assert "Advanced machinery" in listed and "Advanced machinery" in shown
    assert "Đợt nhận hồ sơ" not in listed


def test_a_draft_call_does_not_exist_for_the_public(made, client, signed_in):
    draft = Call.objects.create(plan=made.plan, code="NHAP-1", title="Chưa công bố", created_by="x", created_at=NOW)
    for reader in (client, signed_in["firm"], signed_in["owner"]):
        assert reader.get("/dot-nhan-ho-so/NHAP-1/").status_code == 404
    assert "Chưa công bố" not in client.get("/dot-nhan-ho-so/").content.decode()
    assert "Chưa công bố" in signed_in["owner"].get("/chuong-trinh/dot/?nam=2026").content.decode()
    assert signed_in["firm"].get(f"/chuong-trinh/dot/{draft.pk}/").status_code == 403


def test_an_empty_room_teaches(client, signed_in):
    assert "Năm này chưa công bố đợt nào" in client.get("/dot-nhan-ho-so/?nam=2031").content.decode()
    assert "Chưa có chương trình nào như vậy" in signed_in["owner"].get("/chuong-trinh/").content.decode()
    assert "Chưa có thỏa thuận nào" in signed_in["owner"].get("/chuong-trinh/thoa-thuan/").content.decode()
    for odd in ("nam=abc", "nam=99999", "nam=0000", "loai=khac", "nam=²026"):
        assert client.get(f"/dot-nhan-ho-so/?{odd}").status_code == 200


def test_each_figure_opens_its_movements(made, people, signed_in):
    """The totals link to what they are made of; a reader of another province does not see the movements."""
    money.pay(
        commitment=made.commitment, amount=10 * MILLION, decision_no="UNC 7", on=NOW.date(), by=people.finance, at=NOW
    )
    url = f"/chuong-trinh/nguon/{made.line.pk}/"
    told = {view: signed_in["owner"].get(f"{url}?xem={view}") for view in ("", "giao", "cam-ket", "chi", "khac")}
    kinds = {view: [row.entry.kind for row in answer.context["page"].entries] for view, answer in told.items()}
    assert kinds == {
        "": ["pay", "commit", "allot"], "giao": ["allot"], "cam-ket": ["commit"], "chi": ["pay"],
        "khac": ["pay", "commit", "allot"],
    }  # fmt: skip
    page = told[""].context["page"]
    assert page.agrees and [row.after.free for row in page.entries] == [700 * MILLION, 700 * MILLION, 1_000 * MILLION]
    assert signed_in["stranger"].get(url).status_code == 403
    assert signed_in["stranger"].get(f"/chuong-trinh/{made.programme.pk}/").status_code == 200


def test_a_book_that_does_not_agree_says_so(made, signed_in):
    FundingLine.objects.filter(pk=made.line.pk).update(budget=2_000 * MILLION)
    answer = signed_in["owner"].get(f"/chuong-trinh/nguon/{made.line.pk}/").content.decode()
    assert "Số tổng không khớp với các khoản" in answer


def test_a_programme_from_first_form_to_published_call(world, signed_in):
    """The officer writes, the head decides: everything through the pages."""
    owner, head, finance = signed_in["owner"], signed_in["head"], signed_in["finance"]
    form = {
        "agency": str(world.agency.pk), "kind": "kc_local", "place": "31", "code": "kcdp-hp-26", "name": "Khuyến công",
        "starts": "2026-01-01", "last_day": "2030-12-31", "legal_act": "12/QĐ-UBND",
    }  # fmt: skip
    assert owner.post("/chuong-trinh/moi/", form | {"last_day": "2025-12-31"}).status_code == 422
    made = owner.post("/chuong-trinh/moi/", form)
    programme = Programme.objects.get()
    here = f"/chuong-trinh/{programme.pk}/"
    assert (made.url, programme.code, str(programme.ends)) == (here, "KCDP-HP-26", "2031-01-01")
    assert owner.post(f"{here}bat-dau/", {"base_version": 1}).status_code == 403
    assert head.post(f"{here}bat-dau/", {"base_version": 9}).status_code == 409
    assert head.post(f"{here}bat-dau/", {"base_version": 1}).url == here
    opened = owner.post(f"{here}nguon-moi/", {"year": 2026, "source": "kc_local", "name": "Ngân sách thành phố"})
    line = FundingLine.objects.get()
    assert (opened.url, line.layer) == (f"/chuong-trinh/nguon/{line.pk}/", "province:31")
    given = {"amount": "1,5 tỷ", "decision_no": "5/QĐ-UBND", "on": "2026-01-20", "key": "form:1"}
    assert owner.post(f"{opened.url}giao/", given).status_code == 403
    for wrong in ("1.5.0", "khoảng 1 tỷ", "-5", "0", "10.000.000 tỷ", "1,0000000001"):
        answer = finance.post(f"{opened.url}giao/", given | {"amount": wrong})
        assert (wrong, answer.status_code) == (wrong, 422)
    assert [finance.post(f"{opened.url}giao/", given).status_code for _twice in range(2)] == [302, 302]
    line.refresh_from_db()
    assert (line.budget, MoneyEntry.objects.count()) == (1_500 * MILLION, 1)
    plan_url = owner.post(f"{here}ke-hoach-moi/", {"year": 2026}).url
    plan = YearPlan.objects.get()
    _write_plan(owner, plan_url, line)
    assert owner.post(f"/chuong-trinh/ke-hoach/{plan.pk}/trinh/", {"base_version": 2}).status_code == 302
    decision = {"decision_no": "20/QĐ", "decided_on": "2026-02-10", "base_version": 3}
    assert owner.post(f"/chuong-trinh/ke-hoach/{plan.pk}/phe-duyet/", decision).status_code == 403
    future = head.post(f"/chuong-trinh/ke-hoach/{plan.pk}/phe-duyet/", decision | {"decided_on": "2099-01-01"})
    assert future.status_code == 422 and "Ngày ở tương lai" in future.content.decode()
    assert head.post(f"/chuong-trinh/ke-hoach/{plan.pk}/phe-duyet/", decision).status_code == 302
    _publish(owner, head, plan, line)


def _write_plan(owner, url: str, line: FundingLine) -> None:  # type: ignore[no-untyped-def]
    from matxich.programmes.timing import steps

    days = {f"days_{step.id}": step.days for step in steps().steps[1:] if step.id != "settled"}
    rows = {
        "items-TOTAL_FORMS": 2, "items-INITIAL_FORMS": 0, "items-0-content_group": "KC-3", "items-0-line": line.pk,
        "items-0-quantity": "2,5", "items-0-unit": "đề án", "items-0-amount": "600 triệu",
    }  # fmt: skip
    sent = days | rows | {"base_version": 1, "note": "Kế hoạch"}
    more = owner.post(url, sent | {"more": "1"})
    assert (more.status_code, len(more.context["rows"].forms), YearPlan.objects.get().items.count()) == (200, 5, 0)
    wrong = owner.post(url, sent | {"items-0-amount": "nhiều"})
    assert wrong.status_code == 422 and "Ghi một số nguyên đồng" in wrong.content.decode()
    assert owner.post(url, sent).status_code == 302
    item = YearPlan.objects.get().items.get()
    assert (str(item.quantity), item.amount) == ("2.500", 600 * MILLION)
    assert owner.post(url, sent).status_code == 409  # opened before it was saved


def _publish(owner, head, plan: YearPlan, line: FundingLine) -> None:  # type: ignore[no-untyped-def]
    now = timezone.localtime()
    sent = {
        "title": "Máy móc", "code": "KCDP-1", "content_groups": ["KC-3"], "lines": [line.pk], "route": "council",
        "opens_at": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M:%S}",
        "closes_at": f"{now + timedelta(days=9):%Y-%m-%dT17:00:00}",
        "instructions": "Nộp hồ sơ", "base_version": 0,
    }  # fmt: skip
    url = f"/chuong-trinh/ke-hoach/{plan.pk}/dot-moi/"
    assert owner.post(url, sent | {"closes_at": sent["opens_at"]}).status_code == 422
    call_url = owner.post(url, sent).url
    call = Call.objects.get()
    assert timezone.localtime(call.closes_at).strftime("%H:%M:%S") == "17:00:00"
    assert owner.post(f"{call_url}cong-bo/", {"base_version": 1}).status_code == 403
    assert head.post(f"{call_url}cong-bo/", {"base_version": 1}).url == call_url
    assert owner.get("/dot-nhan-ho-so/KCDP-1/").status_code == 200
    late = {"closes_at": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}", "reason": "x", "base_version": 2}
    assert head.post(f"{call_url}gia-han/", late).status_code == 422


def test_money_back_and_forth_on_its_pages(made, signed_in):
    finance, url = signed_in["finance"], f"/chuong-trinh/cam-ket/{made.commitment.pk}/"
    paper = {"decision_no": "UNC 1", "on": "2026-06-01", "reason": "x"}
    assert signed_in["owner"].get(f"{url}chi/").status_code == 403
    too_much = finance.post(f"{url}chi/", paper | {"amount": "301.000.000", "key": "a"})
    assert too_much.status_code == 422 and "chỉ còn 300.000.000 đồng chưa chi" in too_much.content.decode()
    for act, amount, key in (("chi", "200 triệu", "a"), ("thu-hoi", "50 triệu", "b"), ("huy", "100 triệu", "c")):
        assert finance.post(f"{url}{act}/", paper | {"amount": amount, "key": key}).status_code == 302
    commitment = Commitment.objects.get()
    assert (commitment.paid, commitment.released) == (150 * MILLION, 100 * MILLION)
    back = finance.post(f"/chuong-trinh/nguon/{made.line.pk}/thu-hoi/", paper | {"amount": "900 triệu", "key": "d"})
    assert back.status_code == 422 and "Chỉ còn 800.000.000 đồng" in back.content.decode()


def test_ending_needs_its_reason(made, signed_in):
    url = f"/chuong-trinh/{made.programme.pk}/"
    assert signed_in["head"].post(f"{url}huy/", {"reason": "x", "base_version": 2}).status_code == 422
    assert signed_in["head"].post(f"{url}ket-thuc/", {"reason": "", "base_version": 2}).status_code == 422
    assert signed_in["head"].post(f"{url}ket-thuc/", {"reason": "Hết giai đoạn", "base_version": 2}).url == url
    assert Programme.objects.get().state == "closed"


def test_replicating_and_lessons(made, world, signed_in):
    url = f"/chuong-trinh/{made.programme.pk}/"
    lesson = {"kind": "failed", "title": "Phê duyệt muộn", "text": "Đơn vị không kịp làm."}
    assert signed_in["stranger"].post(f"{url}bai-hoc/", lesson).status_code == 403
    assert signed_in["owner"].post(f"{url}bai-hoc/", lesson).url == url
    page = signed_in["stranger"].get(f"{url}nhan-rong/").content.decode()
    assert "Phê duyệt muộn" in page
    form = {
        "agency": str(world.other_agency.pk), "kind": "kc_local", "place": "75", "code": "KCDP-DN", "name": "Theo mẫu",
        "starts": "2027-01-01", "last_day": "2031-12-31",
    }  # fmt: skip
    made_url = signed_in["stranger"].post(f"{url}nhan-rong/", form).url
    shown = signed_in["stranger"].get(made_url).content.decode()
    assert "Theo mẫu của" in shown and "từ Khuyến công Hải Phòng" in shown
    assert Lesson.objects.filter(title="Phê duyệt muộn").count() == 2


def test_an_agreement_from_form_to_task(world, signed_in):
    owner = signed_in["owner"]
    sent = {
        "agency": str(world.agency.pk), "title": "Biên bản ghi nhớ", "base_version": 0, "signed_on": "2026-03-01",
        "valid_from": "2026-03-01", "last_day": "2028-02-29", "parties-TOTAL_FORMS": 3, "parties-INITIAL_FORMS": 0,
        "targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0, "targets-0-name": "Doanh nghiệp",
        "targets-0-comparator": "≈", "targets-0-value": "50", "targets-0-unit": "doanh nghiệp",
        "targets-0-source": "Điều 3",
    }  # fmt: skip
    for number, name in enumerate(("Bộ", "Sở", "Công ty")):
        sent |= {f"parties-{number}-name": name, f"parties-{number}-role": "other"}
    more = owner.post("/chuong-trinh/thoa-thuan/moi/", sent | {"more_parties": "1"})
    assert (more.status_code, len(more.context["parties"].forms), Agreement.objects.count()) == (200, 5, 0)
    wrong = owner.post("/chuong-trinh/thoa-thuan/moi/", sent | {"parties-1-name": "Bộ"})
    assert wrong.status_code == 422 and "Có bên ghi hai lần" in wrong.content.decode()
    url = owner.post("/chuong-trinh/thoa-thuan/moi/", sent).url
    agreement = Agreement.objects.get()
    edited = {"parties-INITIAL_FORMS": 3, "targets-INITIAL_FORMS": 1, "base_version": 1, "title": "Biên bản"}
    assert owner.post(f"{url}sua/", sent | edited | {"parties-2-DELETE": "on"}).url == url
    assert list(agreement.parties.values_list("name", flat=True)) == ["Bộ", "Sở"]
    assert owner.post(f"{url}ky/", {"base_version": 2}).url == url
    owner_pk = agreement.parties.earliest("order").pk
    assert owner.post(f"{url}viec/", {"title": "", "owner": owner_pk}).status_code == 422
    assert owner.post(f"{url}viec/", {"title": "Khảo sát", "owner": owner_pk, "due": "2026-12-01"}).url == url
    task = JointTask.objects.get()
    assert owner.post(f"/chuong-trinh/viec/{task.pk}/", {"event": "finish", "base_version": 1}).url == url
    assert owner.post(f"/chuong-trinh/viec/{task.pk}/", {"event": "khac", "base_version": 2}).status_code == 404
    assert signed_in["stranger"].post(f"/chuong-trinh/viec/{task.pk}/", {"event": "resume"}).status_code == 403
    ended = owner.post(f"{url}cham-dut/", {"ended_on": "2026-11-20", "reason": "Hết việc", "base_version": 3})
    assert (ended.url, Agreement.objects.get().state) == (url, "ended")


def test_a_party_reads_its_agreement_and_finds_it_in_its_profile(made, signed_in):
    firm, url = signed_in["firm"], f"/chuong-trinh/thoa-thuan/{made.agreement.pk}/"
    assert firm.get(url).status_code == 200
    assert "Đỗ Văn Ký" not in firm.get(url).content.decode()
    assert "Nhà máy thông minh" in firm.get("/ho-so-cua-toi/").content.decode()
    assert firm.get(f"/chuong-trinh/{made.programme.pk}/").status_code == 403


def test_the_signed_paper_is_kept_and_handed_out(made, signed_in):
    url = f"/chuong-trinh/thoa-thuan/{made.agreement.pk}/"
    assert signed_in["owner"].get(f"{url}ban-ky/").status_code == 404
    wrong = SimpleUploadedFile("x.pdf", b"MZ khong phai pdf")
    assert signed_in["owner"].post(f"{url}tai-len/", {"file": wrong}).status_code == 422
    right = SimpleUploadedFile("ban-ky.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 32)
    assert signed_in["owner"].post(f"{url}tai-len/", {"file": right}).url == url
    handed = signed_in["firm"].get(f"{url}ban-ky/")
    assert (handed.status_code, handed["Content-Type"]) == (200, "image/png")


def test_steps_done_and_the_calendar(made, signed_in):
    owner, url = signed_in["owner"], f"/chuong-trinh/dot/{made.call.pk}/"
    assert owner.post(f"{url}buoc/", {"step": "checked", "on": "2026-11-19"}).url == url
    assert owner.post(f"{url}buoc/", {"step": "checked", "on": "2099-01-01"}).status_code == 422
    rows = {
        "base_version": made.call.version, "dates-TOTAL_FORMS": 2, "dates-INITIAL_FORMS": 1, "dates-0-step": "checked",
        "dates-0-on": "2026-12-05", "dates-1-step": "other", "dates-1-label": "", "dates-1-on": "2026-12-10",
    }  # fmt: skip
    wrong = owner.post(f"{url}lich/", rows)
    assert wrong.status_code == 422 and "Ghi tên mốc riêng" in wrong.content.decode()
    assert owner.post(f"{url}lich/", rows | {"dates-1-label": "Tập huấn"}).url == url
    assert {(each.step, str(each.on), str(each.done_on)) for each in made.call.dates.all()} == {
        ("checked", "2026-12-05", "2026-11-19"), ("other", "2026-12-10", "None"),
    }  # fmt: skip


def test_programmes_are_found_without_marks(made, signed_in):
    owner = signed_in["owner"]
    for asked, count in (("q=khuyen+cong+hai", 1), ("q=KCDP", 1), ("q=khong+co", 0), ("loai=cnht_city", 0),
                         ("tinh=31", 1), ("tinh=75", 0), ("tt=dang", 1), ("tt=xong", 0), ("trang=9", 0)):  # fmt: skip
        assert (asked, len(owner.get(f"/chuong-trinh/?{asked}").context["page"].rows)) == (asked, count)


MANY = 12
BUDGETS = {"/chuong-trinh/": 15, "/chuong-trinh/dot/?nam=2026": 15, "/dot-nhan-ho-so/?nam=2026": 8}


def queries(client, url: str) -> int:  # type: ignore[no-untyped-def]
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_as_many_queries_for_many_as_for_one(world, people, made, signed_in, client):
    pages = [(signed_in["owner"], url) for url in list(BUDGETS)[:2]] + [(client, "/dot-nhan-ho-so/?nam=2026")]
    pages += [(signed_in["owner"], f"/chuong-trinh/nguon/{made.line.pk}/")]
    before = [queries(reader, url) for reader, url in pages]
    for number in range(MANY):
        programme = running(world, people, code=f"CT-{number}")
        line = line_of(programme, people)
        plan = approved_plan(programme, line, people)
        published(plan, line, people, code=f"CT-{number}-1")
        money.allot(line=made.line, amount=1, decision_no="1", on=NOW.date(), by=people.finance, at=NOW)
    assert [queries(reader, url) for reader, url in pages] == before
    assert all(count <= BUDGETS[url] for count, (_reader, url) in zip(before[:3], pages, strict=False))


def test_the_desk_asks_as_often_for_many_programmes(world, people, made, signed_in):
    before = queries(signed_in["owner"], "/viec-cua-toi/")
    for number in range(4):
        programme = running(world, people, code=f"CT-{number}")
        line = line_of(programme, people)
        published(approved_plan(programme, line, people), line, people, code=f"CT-{number}-1")
    assert queries(signed_in["owner"], "/viec-cua-toi/") == before
