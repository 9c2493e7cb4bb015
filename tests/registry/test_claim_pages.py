"""The pages of a claim and of the firm's own side, as the people of the firm, the officer and strangers meet them."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from matxich.accounts.actions.invitations import accept_invitation
from matxich.accounts.models import Invitation
from matxich.notices.models import Notice
from matxich.registry import actions
from matxich.registry.models import Attachment, Claim, Statement
from matxich.registry.states import Kind
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.claim_world import PDF, acting, claimed, managed, somebody
from tests.registry.firm_world import PERSONAL_TEXTS, full_firm

pytestmark = pytest.mark.django_db
CODE = "9991274607"


@pytest.fixture
def firm():
    return full_firm()


@pytest.fixture
def lan():
    return somebody()


def new(firm) -> str:
    return f"/nhan-quan-ly/{make_registry_id(firm.pk)}/"


def own(firm, rest: str = "") -> str:
    return f"/doanh-nghiep-cua-toi/{make_registry_id(firm.pk)}/{rest}"


def posted(**more) -> dict:
    return {"registration": SimpleUploadedFile("giay.pdf", PDF), "note": "", **more}


def test_the_firm_is_found_by_its_tax_code_and_a_wrong_code_says_what_to_do(firm, lan, sign_in):
    client = sign_in(lan)
    assert client.get("/nhan-quan-ly/", {"mst": "999-127-4607 "}).url == new(firm)
    page = client.get("/nhan-quan-ly/", {"mst": "0100109106"}).content.decode()
    assert "Chưa có hồ sơ nào mang mã số thuế 0100109106" in page
    assert "Sở Công Thương nơi đặt nhà máy mở hồ sơ" in page
    for wrong in ("123", "9991274608", "", "001080012345"):
        assert 'class="mx-alert is-bad' in client.get("/nhan-quan-ly/", {"mst": wrong}).content.decode()


def test_asking_shows_at_once_what_others_see_and_sending_twice_changes_nothing(firm, lan, sign_in):
    client = sign_in(lan)
    page = client.get(new(firm)).content.decode()
    assert "Người khác đang thấy gì" in page
    assert "Phay CNC" in page
    assert not [text for text in PERSONAL_TEXTS if text in page]
    assert "đã có người quản lý" not in page
    sent = client.post(new(firm), posted())
    claim = Claim.objects.get()
    assert sent.url == f"/nhan-quan-ly/yeu-cau/{claim.pk}/"
    assert client.post(new(firm), posted()).url == sent.url
    assert Claim.objects.count() == 1
    page = client.get(sent.url).content.decode()
    assert "Đang chờ cán bộ phụ trách địa bàn duyệt" in page
    assert "Phay CNC" in page


def test_a_paper_is_required_and_must_be_one(firm, lan, sign_in):
    client = sign_in(lan)
    assert client.post(new(firm), {}).status_code == 422
    svg = SimpleUploadedFile("giay.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    answer = client.post(new(firm), posted(registration=svg))
    assert answer.status_code == 422
    assert "Chọn tệp loại: JPEG, PDF, PNG" in answer.content.decode()
    assert Claim.objects.count() == 0


def test_a_taken_firm_says_so_without_saying_who(firm, lan, world, as_actor, sign_in):
    managed(firm, lan, as_actor(world.owner))
    page = sign_in(somebody("minh@khac.example", "Lý Minh")).get(new(firm)).content.decode()
    assert "Hồ sơ này đã có người quản lý" in page
    assert lan.name not in page
    assert lan.email not in page


def test_a_household_is_not_shown_before_approval(firm, lan, sign_in):
    firm.kind = Kind.HOUSEHOLD
    firm.save()
    page = sign_in(lan).get(new(firm)).content.decode()
    assert "Hồ sơ mang mã này không công khai" in page
    assert firm.name not in page
    claim = claimed(firm, lan)
    for address in (f"/nhan-quan-ly/yeu-cau/{claim.pk}/", "/ho-so-cua-toi/"):
        assert firm.name not in sign_in(lan).get(address).content.decode()


def test_the_officer_sees_both_and_decides_each(firm, lan, world, sign_in):
    minh = somebody("minh@khac.example", "Lý Minh")
    first, second = claimed(firm, lan), claimed(firm, minh)
    officer = sign_in(world.owner)
    listed = officer.get("/yeu-cau-quan-ly/").content.decode()
    assert (lan.name in listed, minh.name in listed) == (True, True)
    assert "Duyệt yêu cầu nhận quản lý hồ sơ" in officer.get("/viec-cua-toi/").content.decode()
    address = f"/yeu-cau-quan-ly/{first.pk}/"
    page = officer.get(address).content.decode()
    assert "Còn 1 yêu cầu khác cho cùng hồ sơ" in page
    assert officer.post(address, {"step": "refuse", "reason": ""}).status_code == 422
    assert officer.post(address, {"step": "approve", "reason": ""}).url == address
    page = officer.get(f"/yeu-cau-quan-ly/{second.pk}/").content.decode()
    assert "Hồ sơ này đã có tổ chức quản lý" in page
    assert officer.post(address, {"step": "refuse", "reason": "muộn"}).url == address
    assert Claim.objects.get(pk=first.pk).state == "approved"
    assert sign_in(world.stranger).get("/yeu-cau-quan-ly/").content.decode().count(lan.name) == 0


def test_papers_open_for_their_sender_and_the_officer_alone(firm, lan, world, sign_in):
    claim = claimed(firm, lan)
    address = f"/tep/{Attachment.objects.get().pk}/"
    for user in (lan, world.owner, world.colleague, world.ministry):
        answer = sign_in(user).get(address)
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-store"
    for user in (world.stranger, world.viewer, world.enterprise, somebody("x@y.example", "Ai Đó")):
        assert sign_in(user).get(address).status_code == 403
        assert sign_in(user).get(f"/nhan-quan-ly/yeu-cau/{claim.pk}/").status_code == 403


def test_the_firms_own_page_and_its_word(firm, lan, world, as_actor, sign_in):
    managed(firm, lan, as_actor(world.owner))
    client = sign_in(lan)
    assert client.get("/doanh-nghiep-cua-toi/").url == own(firm)
    page = client.get(own(firm)).content.decode()
    assert "Nên bổ sung gì" in page
    assert "chỉ cán bộ và bạn thấy" in page
    assert not [text for text in PERSONAL_TEXTS if text in page]
    form = client.get(own(firm, "ghi/workers/")).content.decode()
    assert ">80</textarea>" in form.replace("\n", "")
    firm.refresh_from_db()
    typed = {"value": "97", "as_of": "2026-11-01", "base_version": firm.version}
    assert client.post(own(firm, "ghi/workers/"), typed).url == own(firm)
    told = Statement.objects.get(value=97)
    assert (told.source.name, told.verification) == ("Doanh nghiệp tự khai", 0)
    again = client.post(own(firm, "ghi/workers/"), typed | {"value": "98"})
    assert again.status_code == 422
    assert "98" in again.content.decode()
    assert client.post(own(firm, "ghi/workers/"), typed | {"as_of": "2027-01-01"}).status_code == 422
    for field in ("name", "tax_code"):
        assert client.get(own(firm, f"ghi/{field}/")).status_code == 403
    assert client.get(own(firm, "ghi/") + "?field=products").url == own(firm, "ghi/products/")
    assert client.get(own(firm, "ghi/") + "?field=x").url == own(firm)


def test_an_item_with_parts_by_the_firms_own_form(firm, lan, world, as_actor, sign_in):
    managed(firm, lan, as_actor(world.owner))
    client = sign_in(lan)
    registry_id = make_registry_id(firm.pk)
    assert client.get(f"/doanh-nghiep/{registry_id}/muc/machine/").url == own(firm, "muc/machine/")
    assert client.get(own(firm, "ghi/") + "?field=machine").url == own(firm, "muc/machine/")
    page = client.get(own(firm, "muc/machine/")).content.decode()
    assert ('name="source"' in page, 'name="verification"' in page, 'name="reason"' in page) == (False, False, False)
    firm.refresh_from_db()
    typed = {"part_kind": "Máy phay CNC", "part_maker": "Mazak", "as_of": "01/11/2026", "base_version": firm.version}
    assert client.post(own(firm, "muc/machine/"), typed).url == own(firm)
    told = Statement.objects.get(field="machine")
    assert (told.source.kind, told.value["maker"]) == ("self_declared", "Mazak")
    page = client.get(own(firm, f"muc/machine/?theo={told.pk}")).content.decode()
    assert ("Mazak" in page, "không còn nữa" in page) == (True, True)
    typed |= {"denied": "on", "instead_of": told.pk, "base_version": firm.version + 1}
    assert client.post(own(firm, "muc/machine/"), typed).url == own(firm)
    assert "Mazak" not in client.get(own(firm)).content.decode()


def test_nobody_else_sees_the_firms_own_side(firm, lan, world, as_actor, sign_in):
    managed(firm, lan, as_actor(world.owner))
    for user in (world.owner, world.stranger, world.enterprise, somebody("x@y.example", "Ai Đó")):
        for rest in ("", "ghi/", "ghi/workers/"):
            assert sign_in(user).get(own(firm, rest)).status_code == 403
    assert "Bạn chưa quản lý hồ sơ nào" in sign_in(world.enterprise).get("/doanh-nghiep-cua-toi/").content.decode()


def test_my_profile_shows_my_firms_and_which_lists_mention_them(firm, lan, world, as_actor, sign_in):
    managed(firm, lan, as_actor(world.owner))
    page = sign_in(lan).get("/ho-so-cua-toi/").content.decode()
    assert firm.name in page
    assert "Đang quản lý hồ sơ" in page
    assert "Doanh nghiệp của tôi" not in sign_in(world.owner).get("/ho-so-cua-toi/").content.decode()


def test_leaving_and_withdrawing_by_page(firm, lan, world, as_actor, sign_in):
    client, claim = sign_in(lan), claimed(firm, lan)
    base = f"/nhan-quan-ly/yeu-cau/{claim.pk}/"
    assert "Rút yêu cầu quản lý hồ sơ?" in client.get(base + "rut/").content.decode()
    assert client.post(base + "rut/").url == base
    assert "Gửi yêu cầu khác" in client.get(base).content.decode()
    second = managed(firm, lan, as_actor(world.owner))
    base = f"/nhan-quan-ly/yeu-cau/{second.pk}/"
    assert client.post(base + "thoi/", {"reason": ""}).status_code == 422
    assert client.post(base + "thoi/", {"reason": "Nghỉ việc"}).url == base
    assert "Bạn không còn quản lý hồ sơ này" in client.get(base).content.decode()
    assert client.get(own(firm)).status_code == 403


def test_erasing_the_person_closes_the_papers(firm, lan, world, as_actor, sign_in):
    from matxich.accounts.personal_data.signals import personal_data_erasure
    from tests.conftest import NOW

    claim = claimed(firm, lan, note="Tôi là Đặng Thị Lan")
    personal_data_erasure.send(sender=None, subject=f"user:{lan.pk}", by=as_actor(world.administrator), at=NOW)
    claim.refresh_from_db()
    assert claim.note == ""
    assert sign_in(world.owner).get(f"/tep/{claim.evidence.get().pk}/").status_code == 403
    assert "không mở được nữa" in sign_in(world.owner).get(f"/yeu-cau-quan-ly/{claim.pk}/").content.decode()
    assert acting(lan).user_id == lan.pk


SENT = {"name": "Mai Thị Khách", "email": "Khach@BinhMinh.example "}


def stranger_asks(client, firm, **more):
    return client.post(new(firm), posted(**SENT | more))


def test_somebody_without_an_account_asks_and_is_invited_when_approved(firm, world, sign_in, client):
    assert "Thư điện tử của bạn" in client.get(new(firm)).content.decode()
    answer = stranger_asks(client, firm)
    assert (answer.status_code, "khach@binhminh.example" in answer.content.decode().lower()) == (200, True)
    claim = Claim.objects.get()
    assert (claim.claimant, claim.claimant_name, claim.claimant_email) == (
        None,
        "Mai Thị Khách",
        "khach@binhminh.example",
    )
    assert stranger_asks(client, firm).status_code == 200
    assert Claim.objects.count() == 1
    officer, address = sign_in(world.owner), f"/yeu-cau-quan-ly/{claim.pk}/"
    page = officer.get(address).content.decode()
    assert ("Mai Thị Khách" in page, "chưa có tài khoản" in page, SENT["email"].strip() in page) == (True, True, False)
    assert "Mai Thị Khách" in officer.get("/yeu-cau-quan-ly/").content.decode()
    assert officer.post(address, {"step": "approve", "reason": ""}).status_code == 302
    invited = Invitation.objects.get(email="khach@binhminh.example")
    claim.refresh_from_db()
    assert (invited.role, invited.agency) == ("representative", claim.agency)
    letters = list(Notice.objects.filter(kind="mail", to="khach@binhminh.example").order_by("id"))
    assert sum("Đường dẫn chỉ dùng được một lần" in letter.body for letter in letters) == 1
    link = next(word for letter in letters for word in letter.body.split() if word.startswith("http"))
    token = link.rstrip("/").rpartition("/")[2]
    user = accept_invitation(at=NOW, token=token, name="Mai Thị Khách", password="mat-khau-rat-dai")
    assert sign_in(user).get(own(firm)).status_code == 200


def test_an_address_with_an_account_takes_the_role_without_an_invitation(firm, lan, world, as_actor, client):
    stranger_asks(client, firm, email=lan.email)
    claim = actions.approve_claim(claim=Claim.objects.get(), by=as_actor(world.owner), at=NOW)
    assert (claim.claimant, claim.claimant_email, Invitation.objects.count()) == (lan, "", 0)
    assert Notice.objects.filter(kind="mail", to=lan.email).count() == 1


def test_a_refusal_is_told_to_the_address(firm, world, as_actor, client):
    stranger_asks(client, firm)
    actions.refuse_claim(claim=Claim.objects.get(), by=as_actor(world.owner), at=NOW, reason="giấy mờ")
    (letter,) = Notice.objects.filter(kind="mail")
    assert ("không được duyệt" in letter.subject, "giấy mờ" in letter.body) == (True, True)
    assert Invitation.objects.count() == 0


def test_strangers_ask_no_more_than_some_times_an_hour_and_in_full(firm, client):
    cache.clear()
    assert stranger_asks(client, firm, email="khong-phai-thu").status_code == 422
    assert stranger_asks(client, firm, name="").status_code == 422
    assert Claim.objects.count() == 0
    statuses = [stranger_asks(client, firm, email=f"a{n}@b.example").status_code for n in range(6)]
    assert statuses == [200] * 5 + [422]
    cache.clear()
