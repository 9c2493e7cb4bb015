"""The pages: written without a script and behind one, handed in, checked, compared; lists that ask few questions."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matxich.accounts.models import User
from matxich.proposals.actions.checking import return_proposal
from matxich.proposals.models import Gate, Proposal
from matxich.proposals.permissions import may_review
from matxich.proposals.queries.listing import Asked, listed, visible_proposals
from tests.conftest import NOW, World
from tests.proposals.conftest import CLOSES, People

type SignIn = Callable[[object], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's clock stands at the test world's instant."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def who(email: str) -> User:
    return User.objects.get(email=email)


def test_begun_from_a_call(people: People, call, sign_in: SignIn) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(who("lap@matxich.test"))
    page = client.get(f"/de-an/moi/{call.pk}/")
    assert page.status_code == 200 and "Công ty TNHH Đúc Mẫu" in page.text
    firm = (people and Proposal.objects.none()) or None
    assert firm is None
    from matxich.registry.models import Enterprise

    told = {"title": "Máy phay CNC", "content": "KC-12", "enterprise": str(Enterprise.objects.get().pk)}
    made = client.post(f"/de-an/moi/{call.pk}/", told)
    proposal = Proposal.objects.get()
    assert made.url == f"/de-an/{proposal.pk}/"
    told_page = client.get(made.url).text
    assert "Soạn tiếp" in told_page and "Hạn nộp" in told_page


def test_a_section_is_saved_and_leads_on(draft: Proposal, sign_in: SignIn) -> None:
    client = sign_in(who("lap@matxich.test"))
    url = f"/de-an/{draft.pk}/phan/muc-tieu/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"base": "0", "goal": "Giảm lỗi xuống một phần ba", "next": "1"})
    assert answer.url == f"/de-an/{draft.pk}/phan/quy-mo/"
    assert Proposal.objects.get().answers["goal"] == "Giảm lỗi xuống một phần ba"


def test_prefilled_fields_name_their_source(draft: Proposal, sign_in: SignIn) -> None:
    text = sign_in(who("lap@matxich.test")).get(f"/de-an/{draft.pk}/phan/don-vi/").text
    assert "Điền sẵn từ hồ sơ doanh nghiệp: Danh sách của Sở, 01/06/2026" in text


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(draft: Proposal, sign_in: SignIn) -> None:
    client = sign_in(who("lap@matxich.test"))
    url = f"/de-an/{draft.pk}/phan/don-vi/"
    answer = client.post(url, {"base": "0", "executor": "Đúc Mẫu", "workers": "-5", "current": "Đúc gang"})
    assert answer.status_code == 422 and "Không được âm" in answer.text and 'value="-5"' in answer.text
    assert Proposal.objects.get().answers["current"] == "Đúc gang"
    mended = client.post(url, {"base": "1", "executor": "Đúc Mẫu", "workers": "5", "current": "Đúc gang"})
    assert mended.status_code == 302


def test_a_stale_form_keeps_what_was_typed(draft: Proposal, sign_in: SignIn) -> None:
    client = sign_in(who("lap@matxich.test"))
    url = f"/de-an/{draft.pk}/phan/muc-tieu/"
    client.post(url, {"base": "0", "goal": "Người thứ nhất ghi mục tiêu"})
    answer = client.post(url, {"base": "0", "goal": "Người thứ hai ghi mục tiêu"})
    assert answer.status_code == 422 and "Người thứ hai ghi mục tiêu" in answer.text
    assert Proposal.objects.get().answers["goal"] == "Người thứ nhất ghi mục tiêu"
    again = client.post(url, {"base": "1", "goal": "Người thứ hai ghi mục tiêu"})
    assert again.status_code == 302


def saving(client: Client, url: str, **told: str):  # type: ignore[no-untyped-def]
    return client.post(url, told, headers={"X-Background": "1"})


def test_behind_the_page_it_is_saved_word_by_word(draft: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/phan/muc-tieu/"
    one = saving(client, url, base="0", goal="Giảm")
    two = saving(client, url, base="1", goal="Giảm lỗi")
    assert [one.json(), two.json()] == [
        {"base": 1, "closed": "", "faults": {}}, {"base": 2, "closed": "", "faults": {}},
    ]  # fmt: skip
    stale = saving(client, url, base="1", goal="Khác")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_behind_the_page_the_deadline_is_told(draft: Proposal, sign_in: SignIn, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(timezone, "now", lambda: CLOSES)
    answer = saving(sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/phan/muc-tieu/", base="0", goal="Sau hạn")
    assert answer.json() == {"base": 1, "closed": "Đã hết hạn nhận hồ sơ. Bản nháp vẫn được giữ.", "faults": {}}
    assert Proposal.objects.get().answers["goal"] == "Sau hạn"


COSTS = {
    "base": "0", "item-0": "Máy phay", "unit-0": "máy", "quantity-0": "2", "unit_price-0": "300.000.000",
    "state-0": "250 triệu",
}  # fmt: skip


def test_the_estimate_fills_the_counterpart_and_shows_the_limits(draft: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/du-toan/"
    kept = saving(client, url, **COSTS)
    assert kept.json()["base"] == 1 and "28/2018" in kept.json()["html"]
    line = Proposal.objects.get().costs.get()
    assert (line.amount, line.state, line.counterpart) == (600_000_000, 250_000_000, 350_000_000)
    page = client.get(url).text
    assert "300.000.000" in page and "Bỏ dòng này" in page


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"state-0": "-5"}, "Không được âm"), ({"unit_price-0": "10000000000000000"}, "10^15"),
        ({"quantity-0": "hai"}, "Viết số lượng"), ({"unit-0": ""}, "Ghi đơn vị tính"),
        ({"counterpart-0": "5"}, "Các nguồn cộng lại là 250.000.005 đồng, thành tiền là 600.000.000 đồng."),
    ],
)  # fmt: skip
def test_bad_lines_keep_every_row_as_typed(told: dict[str, str], why: str, draft: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/du-toan/"
    answer = client.post(url, COSTS | told)
    assert answer.status_code == 422 and why in answer.text and "Máy phay" in answer.text
    assert not Proposal.objects.get().costs.exists()
    refused = saving(client, url, **(COSTS | told))
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_rows")


def test_results_with_a_baseline(draft: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/ket-qua/"
    row = {"base": "0", "indicator-0": "C02", "name-0": "Tỷ lệ lỗi", "unit-0": "ppm", "baseline-0": "900",
           "target-0": "300,5", "until-0": "31/12/2027"}  # fmt: skip
    assert client.post(url, row).status_code == 302
    kept = Proposal.objects.get().results.get()
    assert (kept.baseline, kept.target) == (Decimal(900), Decimal("300.5"))
    assert client.post(url, row | {"base": "1", "until-0": "2027"}).status_code == 422


def upload(name: str, content: bytes):  # type: ignore[no-untyped-def]
    file = io.BytesIO(content)
    file.name = name
    return file


def test_a_paper_is_added_opened_and_taken_off(draft: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("lap@matxich.test")), f"/de-an/{draft.pk}/tai-lieu/"
    assert "Công văn đề nghị" in client.get(url).text
    assert client.post(url, {"paper": "cong-van", "file": upload("cv.pdf", b"%PDF-1.7 x")}).status_code == 302
    file = Proposal.objects.get().files.get()
    assert client.get(f"/de-an/tep/{file.pk}/").content == b"%PDF-1.7 x"
    assert sign_in(who("stranger@matxich.test")).get(f"/de-an/tep/{file.pk}/").status_code == 403
    assert client.post(f"/de-an/tep/{file.pk}/go/").status_code == 302
    assert not Proposal.objects.get().files.filter(removed_at=None).exists()


def with_macro(part: str, main: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(main, "<x/>")
        archive.writestr(part, b"\xd0\xcf")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.docm", with_macro("word/vbaProject.bin", "word/document.xml"), "macro"),
        ("a.docx", with_macro("word/vbaProject.bin", "word/document.xml"), "macro"),
        ("a.xlsm", with_macro("xl/vbaProject.bin", "xl/workbook.xml"), "macro"),
        ("a.exe", b"MZ\x00\x00", "không thuộc loại"),
    ],
)  # fmt: skip
def test_files_that_are_not_taken(name: str, content: bytes, why: str, draft: Proposal, sign_in: SignIn) -> None:
    url = f"/de-an/{draft.pk}/tai-lieu/"
    answer = sign_in(who("lap@matxich.test")).post(url, {"paper": "cong-van", "file": upload(name, content)})
    assert answer.status_code == 422 and why in answer.text
    assert not Proposal.objects.get().files.exists()


def test_a_hundred_megabytes_are_refused(draft: Proposal, sign_in: SignIn) -> None:
    url = f"/de-an/{draft.pk}/tai-lieu/"
    big = upload("to.pdf", b"%PDF-1.7 " + b"0" * (100 << 20))
    answer = sign_in(who("lap@matxich.test")).post(url, {"paper": "cong-van", "file": big})
    assert answer.status_code == 422 and "lớn hơn 20 MB" in answer.text


def test_read_once_more_and_handed_in(ready: Proposal, sign_in: SignIn) -> None:
    url = f"/de-an/{ready.pk}/nop/"
    preparer = sign_in(who("lap@matxich.test")).get(url)
    assert "Người đại diện của doanh nghiệp nộp" in preparer.text
    client = sign_in(who("firm@matxich.test"))
    page = client.get(url)
    assert page.status_code == 200 and "Máy phay CNC" in page.text
    told = {"token": str(uuid4()), "base_version": str(Proposal.objects.get().version)}
    assert client.post(url, told).status_code == 422
    done = client.post(url, told | {"confirm": "on"})
    assert done.url == f"/de-an/{ready.pk}/" and Proposal.objects.get().status == "checking"
    assert client.post(url, told | {"confirm": "on"}).url == f"/de-an/{ready.pk}/"
    assert Proposal.objects.get().versions.count() == 1
    assert "Cán bộ kiểm tra" in client.get(f"/de-an/{ready.pk}/").text
    assert client.get(f"/de-an/{ready.pk}/ban/1/").status_code == 200


def test_what_is_missing_leads_to_where_it_is_mended(draft: Proposal, sign_in: SignIn) -> None:
    text = sign_in(who("firm@matxich.test")).get(f"/de-an/{draft.pk}/nop/").text
    assert f"/de-an/{draft.pk}/phan/muc-tieu/" in text and "Công văn đề nghị</b>: Chưa có tệp." in text
    assert "disabled" in text


def test_the_officers_way_through_the_gates(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    officer, finance = sign_in(who("owner@matxich.test")), sign_in(who("ketoan@matxich.test"))
    url = f"/xet-de-an/{handed_in.pk}/"
    page = officer.get(url)
    assert page.status_code == 200 and "Nhận hồ sơ" in page.text

    def version() -> str:
        return str(Proposal.objects.get().version)

    assert officer.post(f"{url}nhan/", {"base_version": version()}).status_code == 302
    stale = officer.post(f"{url}ket-luan/eligibility/", {"base_version": "1", "outcome": "pass", "reason": "x"})
    assert stale.status_code == 422
    done = {"outcome": "pass", "reason": "Đã đối chiếu"}
    assert officer.post(f"{url}ket-luan/eligibility/", done | {"base_version": version()}).status_code == 302
    assert officer.post(f"{url}ket-luan/finance/", done | {"base_version": version()}).status_code == 403
    assert finance.post(f"{url}ket-luan/finance/", done | {"base_version": version()}).status_code == 302
    assert "Đưa ra thẩm định" in officer.get(url).text
    assert officer.post(f"{url}tham-dinh/", {"base_version": version()}).status_code == 302
    assert Proposal.objects.get().status == "appraising"
    assert officer.get(f"{url}ho-so/").status_code == 200


def test_returned_with_notes_and_compared(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    officer, url = sign_in(who("owner@matxich.test")), f"/xet-de-an/{handed_in.pk}/"
    empty = officer.post(f"{url}tra-lai/", {"base_version": str(handed_in.version), "note-": ""})
    assert empty.status_code == 422 and "Chưa ghi điều cần sửa" in empty.text
    told = {"base_version": str(Proposal.objects.get().version), "note-muc-tieu.goal": "Ghi số cụ thể"}
    assert officer.post(f"{url}tra-lai/", told).status_code == 302
    client = sign_in(who("firm@matxich.test"))
    assert "Ghi số cụ thể" in client.get(f"/de-an/{handed_in.pk}/phan/muc-tieu/").text
    client.post(f"/de-an/{handed_in.pk}/phan/muc-tieu/", {
        "base": str(Proposal.objects.get().parts["muc-tieu"]), "goal": "Giảm từ 900 xuống 300 ppm"})  # fmt: skip
    client.post(f"/de-an/{handed_in.pk}/nop/", {
        "token": str(uuid4()), "base_version": str(Proposal.objects.get().version), "confirm": "on"})  # fmt: skip
    text = officer.get(url).text
    assert "1 chỗ khác bản trước" in text and "<ins>Giảm từ 900 xuống 300 ppm</ins>" in text
    assert "sửa ở bản 2" in text
    assert officer.get(f"{url}?ban=1").status_code == 200


def test_giving_out_and_refusing(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    head, url = sign_in(who("phong@matxich.test")), f"/xet-de-an/{handed_in.pk}/"
    assert "Giao việc" in head.get(url).text
    assert (
        head.post(f"{url}giao/", {"gate": "dossier", "officer": str(who("owner@matxich.test").pk)}).status_code == 302
    )
    assert Gate.objects.get(kind="dossier").officer == people.officer.id
    assert head.post(f"{url}giao/", {"gate": "x"}).status_code == 422
    no = head.post(f"{url}ket-luan/dossier/", {"base_version": str(handed_in.version), "outcome": "refuse"})
    assert no.status_code == 422 and "Chưa ghi lý do" in no.text


def test_taking_back_asks_why(handed_in: Proposal, sign_in: SignIn) -> None:
    client, url = sign_in(who("firm@matxich.test")), f"/de-an/{handed_in.pk}/rut/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Đổi kế hoạch"}).status_code == 302
    assert "Đã rút" in client.get(f"/de-an/{handed_in.pk}/").text


def test_the_list_narrows_counts_and_is_taken_away(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    client = sign_in(who("owner@matxich.test"))
    assert handed_in.code in client.get("/xet-de-an/").text
    assert handed_in.code in client.get("/xet-de-an/?q=phay&trang-thai=checking").text
    assert "Không có đề án nào như vậy" in client.get("/xet-de-an/?trang-thai=approved").text
    assert handed_in.code not in client.get("/xet-de-an/?cua-toi=1").text
    answer = client.get("/xet-de-an/tai-ve/")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_list_and_the_door_agree(handed_in: Proposal, draft, people: People, world: World) -> None:  # type: ignore[no-untyped-def]
    for name in People.__dataclass_fields__:
        actor = getattr(people, name)
        seen = set(visible_proposals(actor).values_list("pk", flat=True))
        allowed = {one.pk for one in Proposal.objects.all() if may_review(actor, one)}
        assert seen == allowed, name


def copies(proposal: Proposal, count: int) -> None:
    for number in range(count):
        proposal.pk, proposal.code = None, f"mau-{number:04d}"
        proposal._state.adding = True
        proposal.save(force_insert=True)
        Gate.objects.create(
            proposal=proposal, kind="dossier", state="checking", due=(NOW + timedelta(days=number)).date(),
            entered_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_asks_as_much_for_one_as_for_many(count: int, handed_in: Proposal, people: People) -> None:
    copies(Proposal.objects.get(), count)
    with CaptureQueriesContext(
        connection,
    ) as told:
        listed(people.officer, Asked(), NOW)
    assert len(told) <= 9


def test_the_page_of_the_list_stays_small(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    copies(Proposal.objects.get(), 60)
    client = sign_in(who("owner@matxich.test"))
    client.get("/xet-de-an/")
    with CaptureQueriesContext(connection) as told:
        answer = client.get("/xet-de-an/")
    assert len(told) <= 24 and len(answer.content) < 120_000  # session, person and frame come before the list's own
    assert "Trang sau" in answer.text


def test_a_stranger_sees_nothing(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    client = sign_in(who("stranger@matxich.test"))
    assert handed_in.code not in client.get("/xet-de-an/").text
    for url in (f"/xet-de-an/{handed_in.pk}/", f"/de-an/{handed_in.pk}/", f"/xet-de-an/{handed_in.pk}/ho-so/"):
        assert client.get(url).status_code == 403


def test_my_own_list(handed_in: Proposal, sign_in: SignIn) -> None:
    text = sign_in(who("firm@matxich.test")).get("/de-an/").text
    assert handed_in.title in text and "Đợt đang nhận hồ sơ" in text


def test_returned_shows_in_my_list(handed_in: Proposal, people: People, sign_in: SignIn) -> None:
    return_proposal(
        proposal=handed_in, notes={"": "Bổ sung"}, by=people.officer, at=NOW, base_version=handed_in.version
    )
    assert "Sửa những chỗ cán bộ ghi rồi nộp lại" in sign_in(who("firm@matxich.test")).get("/de-an/").text
