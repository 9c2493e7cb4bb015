"""A visit on a phone whose network goes away, and the pages of a firm's own side, at both widths."""

import pytest
from playwright.sync_api import expect

from matxich.registry import actions
from matxich.registry.models import Statement, Visit
from matxich.registry.states import AttachmentKind
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.journeys.conftest import DESKTOP, PHONE
from tests.registry.claim_world import acting, claimed, managed, paper, picture, somebody
from tests.registry.firm_world import full_firm, passport_of
from tests.registry.test_confirming import sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_visit_outlives_its_network(open_page, world, script):
    firm = full_firm()
    page = open_page(f"{passport_of(firm)}khao-sat/", world.owner, PHONE, script)
    seen = page.locator("li", has_text="Phay CNC").get_by_label("Thấy", exact=True)
    if script:
        seen.check()
        page.get_by_label("Đã gặp ai").fill("Ông Quản Đốc")
        page.reload()
        expect(page.get_by_text("Đã lấy lại phần bạn ghi dở")).to_be_visible()
        expect(seen).to_be_checked()
        page.context.set_offline(True)
        page.get_by_role("button", name="Gửi kết quả").click()
        expect(page.get_by_text("Đang mất mạng")).to_be_visible()
        page.context.set_offline(False)
    else:
        seen.check()
        page.get_by_label("Đã gặp ai").fill("Ông Quản Đốc")
    page.get_by_role("button", name="Gửi kết quả").click()
    page.wait_for_url("**/khao-sat/*/")
    expect(page.get_by_text("Đã gửi kết quả khảo sát.")).to_be_visible()
    assert (Visit.objects.get().state, Statement.objects.get(source__kind="visit").value) == ("submitted", ["Phay CNC"])
    if script:
        assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('mx-visit:'))") == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
def test_its_pages_are_accessible_and_fit(faults_of, world, as_actor, viewport):
    firm, lan, officer = full_firm(), somebody(), as_actor(world.owner)
    managed(firm, lan, officer)
    waiting = claimed(firm, somebody("minh@khac.example", "Lý Minh"))
    upload = paper(picture(size=(640, 480)), "xuong.jpg")
    kind = AttachmentKind.PHOTO
    actions.add_attachment(
        enterprise=firm, kind=kind, upload=upload, title="Xưởng", visibility=0, by=acting(lan), at=NOW
    )
    own, registry_id = f"/doanh-nghiep-cua-toi/{make_registry_id(firm.pk)}/", make_registry_id(firm.pk)
    theirs = [own, f"{own}van-dung/", f"{own}tep/", f"{own}ghi/workers/", f"{own}muc/machine/", "/nhan-quan-ly/"]
    theirs += [f"/nhan-quan-ly/yeu-cau/{lan.claims.get().pk}/", f"/nhan-quan-ly/{registry_id}/", "/ho-so-cua-toi/"]
    officers = [f"{passport_of(firm)}{page}/" for page in ("khao-sat", "van-dung", "tep")]
    officers += ["/yeu-cau-quan-ly/", f"/yeu-cau-quan-ly/{waiting.pk}/", "/xac-nhan-hang-nam/"]
    token = sent(firm, at=NOW.now(NOW.tzinfo))
    visits = [(path, lan) for path in theirs] + [(path, world.owner) for path in officers]
    assert faults_of([*visits, (f"/van-dung/{token}/", None), (f"/nha-cung-ung/{registry_id}/", None)], viewport) == {}
