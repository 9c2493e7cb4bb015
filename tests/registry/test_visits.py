"""A visit on a phone: kept while it is written, sent once, and what was seen stands at the level of a visit."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from matxich.accounts.models import Membership
from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.models import AccessRecord
from matxich.kit.refusals import Denied
from matxich.ledger.actions import erase_subject
from matxich.ledger.models import Entry
from matxich.registry import actions
from matxich.registry.models import Attachment, Enterprise, Statement, Visit
from matxich.registry.queries import passport
from matxich.registry.queries.visits import people_met, to_look_at, visit_page
from matxich.registry.states import Finding
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.claim_world import acting, paper, picture, somebody
from tests.registry.firm_world import SYSTEM, full_firm, say

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SECRET = "Ông Lê Văn Quản Đốc"


@pytest.fixture
def firm() -> Enterprise:
    made = full_firm()
    say(made, "machine", {"kind": "Máy phay CNC", "maker": "Mazak"})
    return Enterprise.objects.get(pk=made.pk)


@pytest.fixture
def officer(world, as_actor):
    return as_actor(world.owner)


def keys_of(firm, officer) -> dict[str, str]:
    return {item.text: item.key for item in to_look_at(firm, officer, NOW.date())}


def told(firm, officer, remarks: dict[str, actions.Remark], *, note="", people=SECRET, on=TODAY) -> actions.Told:
    known = {item.text: item for item in to_look_at(firm, officer, NOW.date())}
    keyed = {known[text].key: remark for text, remark in remarks.items()}
    return actions.Told(on, people, note, keyed, {known[t].key: (known[t].code, t) for t in remarks})


def submit(firm, officer, remarks, *, client_id=None, **more) -> Visit:
    return actions.submit_visit(
        enterprise=firm,
        client_id=client_id or uuid4(),
        told=told(firm, officer, remarks, **more),
        by=officer,
        at=NOW,
    )


SEEN, NOT_SEEN = actions.Remark(Finding.SEEN), actions.Remark(Finding.NOT_SEEN)


def test_what_was_seen_stands_at_the_level_of_a_visit(firm, officer):
    texts = keys_of(firm, officer)
    machine = next(text for text in texts if "Mazak" in text)
    visit = submit(
        firm,
        officer,
        {
            "Phay CNC": SEEN,
            "tiện CNC": NOT_SEEN,
            machine: actions.Remark(Finding.SEEN, photo=paper(picture(), "may.jpg")),
            "80": actions.Remark(Finding.DIFFERENT, "95"),
            "ISO 9001:2015": actions.Remark(Finding.DIFFERENT, "đã hết hạn tháng trước"),
        },
    )
    new = {s.field: (s.value, s.verification, s.as_of) for s in Statement.objects.filter(source__kind="visit")}
    assert new == {
        "processes": (["Phay CNC"], 3, NOW.date()),
        "machine": ({"kind": "Máy phay CNC", "maker": "Mazak"}, 3, NOW.date()),
        "workers": (95, 3, NOW.date()),
    }
    firm.refresh_from_db()
    assert (firm.workers, firm.verification) == (95, 3)
    levels = {fact.value: fact.level for fact in passport(firm, actor=officer).row("processes").facts}
    assert levels == {"Phay CNC": 3, "tiện CNC": 1}
    assert [one.text for one in visit_page(visit).unwritten] == ["ISO 9001:2015"]
    photo = Attachment.objects.get()
    assert (photo.visit, photo.visibility, photo.title) == (visit, 1, machine)
    entry = Entry.objects.get(action="visit.submit")
    assert (entry.after["seen"], entry.after["not_seen"], entry.after["different"]) == (2, 1, 2)
    assert SECRET not in str(entry.after)
    assert Statement.objects.filter(source__kind="visit").first().source.name == (
        "Khảo sát tại cơ sở: Sở Công Thương Hải Phòng"
    )


def test_sent_twice_is_one_visit(firm, officer):
    """The answer was lost on the way: the phone sends the same form again."""
    client_id = uuid4()
    first = submit(firm, officer, {"Phay CNC": SEEN}, client_id=client_id)
    again = submit(firm, officer, {"Phay CNC": SEEN, "tiện CNC": SEEN}, client_id=client_id)
    assert again.pk == first.pk
    assert Statement.objects.filter(source__kind="visit").count() == 1
    assert Entry.objects.filter(action="visit.submit").count() == 1
    with pytest.raises(actions.VisitClosed):
        actions.save_visit(enterprise=firm, client_id=client_id, told=told(firm, officer, {}), by=officer, at=NOW)


def test_a_draft_is_kept_over_and_over_and_is_its_writers_own(firm, world, officer, as_actor):
    client_id = uuid4()
    for note in ("một", "hai"):
        actions.save_visit(
            enterprise=firm, client_id=client_id, told=told(firm, officer, {"80": SEEN}, note=note), by=officer, at=NOW
        )
    draft = Visit.objects.get()
    assert (draft.note, draft.state, people_met(draft)) == ("hai", "draft", SECRET)
    assert SECRET not in draft.people
    assert not Entry.objects.filter(action__startswith="visit.").exists()
    with pytest.raises(Denied):
        submit(firm, as_actor(world.colleague), {"80": SEEN}, client_id=client_id)
    submit(firm, officer, {"80": SEEN}, client_id=client_id)
    assert Visit.objects.get().state == "submitted"
    other = actions.save_visit(
        enterprise=firm, client_id=uuid4(), told=told(firm, officer, {}, note="x"), by=officer, at=NOW
    )
    actions.discard_visit(visit=other, by=officer, at=NOW)
    with pytest.raises(actions.VisitClosed):
        actions.discard_visit(visit=other, by=officer, at=NOW)


def test_what_cannot_be_sent(firm, officer):
    for refusal, remarks, more in (
        (actions.NotToday, {"80": SEEN}, {"on": None}),
        (actions.NotToday, {"80": SEEN}, {"on": NOW.date() + timedelta(days=1)}),
        (actions.NothingFound, {}, {}),
        (actions.BadValue, {"80": actions.Remark(Finding.DIFFERENT, "nhiều người")}, {}),
    ):
        with pytest.raises(refusal):
            submit(firm, officer, remarks, **more)
    assert (Visit.objects.count(), Statement.objects.filter(source__kind="visit").count()) == (0, 0)


def test_an_item_changed_meanwhile_keeps_its_remark(firm, officer):
    form = told(firm, officer, {"80": SEEN, "Phay CNC": SEEN})
    say(firm, "workers", "120", verification=2)
    visit = actions.submit_visit(enterprise=firm, client_id=uuid4(), told=form, by=officer, at=NOW)
    found = {one.text: one.statement is not None for one in visit_page(visit).found}
    assert found == {"80": False, "Phay CNC": True}


def test_only_those_in_charge_go_and_look(firm, world, as_actor):
    for name in ("stranger", "viewer", "administrator", "enterprise"):
        with pytest.raises(Denied):
            submit(firm, as_actor(world.people[name]), {}, note="x")
    centre = world.agency.__class__.objects.create(kind=AgencyKind.PROMOTION_CENTRE, name="Trung tâm", place="31")
    collaborator = somebody("kc@matxich.test", "Khuyến Công")
    Membership.objects.create(
        user=collaborator, agency=centre, role=Role.COLLABORATOR, scope="31", valid_from=NOW.date()
    )
    assert submit(firm, acting(collaborator), {}, note="Đã đến").organisation == "Trung tâm"


def page_of(firm) -> str:
    return f"/doanh-nghiep/{make_registry_id(firm.pk)}/khao-sat/"


def test_the_pages_of_a_visit(firm, world, officer, sign_in):
    client, key = sign_in(world.owner), keys_of(firm, officer)["80"]
    page = client.get(page_of(firm)).content.decode()
    assert (f'name="thay-{key}"' in page, "mx/visit.js" in page) == (True, True)
    client_id = str(uuid4())
    form = {"client_id": client_id, "on": f"{timezone.localdate():%d/%m/%Y}", "people": SECRET, "note": ""}
    form |= {f"thay-{key}": "different", f"khac-{key}": "nhiều", f"chu-{key}": "80"}
    assert client.post(page_of(firm), form | {"step": "save"}).url == page_of(firm)
    assert client.post(page_of(firm), form | {"step": "save"}, headers={"X-Background": "1"}).status_code == 204
    kept = client.get(page_of(firm)).content.decode()
    assert (client_id in kept, SECRET in kept, 'value="nhiều"' in kept) == (True, True, True)
    refused = client.post(page_of(firm), form | {"step": "submit"})
    assert (refused.status_code, "80: " in refused.content.decode()) == (422, True)
    svg = SimpleUploadedFile("a.jpg", b"<svg/>")
    assert client.post(page_of(firm), form | {f"khac-{key}": "95", f"anh-{key}": svg}).status_code == 422
    assert Visit.objects.get().state == "draft"
    form |= {f"khac-{key}": "95"}
    photo = SimpleUploadedFile("a.jpg", picture())
    sent = client.post(page_of(firm), form | {f"anh-{key}": photo})
    visit = Visit.objects.get()
    assert sent.url == f"/khao-sat/{visit.pk}/"
    assert client.post(page_of(firm), form).url == sent.url
    assert Visit.objects.count() == Attachment.objects.count() == 1
    page = client.get(sent.url).content.decode()
    assert (client_id in page, SECRET in page, "95" in page) == (True, False, True)
    assert SECRET not in client.post(sent.url, {"reason": ""}).content.decode()
    assert SECRET in client.post(sent.url, {"reason": "Gọi lại hỏi thêm"}).content.decode()
    assert AccessRecord.objects.get().fields == ["visit_people"]
    stranger = sign_in(world.stranger).post(sent.url, {"reason": "tò mò"})
    assert (stranger.status_code, SECRET in stranger.content.decode()) == (200, False)
    for name in ("viewer", "enterprise"):
        assert sign_in(world.people[name]).get(sent.url).status_code == 403
        assert sign_in(world.people[name]).get(page_of(firm)).status_code == 403


def test_a_draft_is_discarded_and_never_seen_by_others(firm, world, officer, sign_in):
    form = {"client_id": str(UUID(int=5)), "on": "", "people": "", "note": "dở dang", "step": "save"}
    sign_in(world.owner).post(page_of(firm), form)
    draft = Visit.objects.get()
    assert "dở dang" not in sign_in(world.colleague).get(page_of(firm)).content.decode()
    assert sign_in(world.colleague).get(f"/khao-sat/{draft.pk}/").status_code == 403
    assert sign_in(world.owner).get(f"/khao-sat/{draft.pk}/").url == page_of(firm)
    assert sign_in(world.owner).post(page_of(firm), form | {"step": "discard"}).url == page_of(firm)
    draft.refresh_from_db()
    assert (draft.state, draft.note) == ("discarded", "")


def test_erasing_the_firms_contacts_erases_whom_a_visitor_met(firm, world, officer, as_actor):
    visit = submit(firm, officer, {"80": actions.Remark(Finding.SEEN, "ông Quản xác nhận")}, note="Gặp ông Quản")
    by = as_actor(world.administrator)
    personal_data_erasure.send(sender=None, subject=f"enterprise:{firm.pk}", by=by, at=NOW)
    erase_subject(by=by, at=NOW, subject=f"enterprise:{firm.pk}", reason="yêu cầu")
    visit.refresh_from_db()
    assert people_met(visit) == ""
    assert "ông Quản" not in f"{visit.note} {visit.findings}"
    assert SYSTEM.is_system


def test_what_was_not_seen_stands_beside_the_value_until_it_is_told_anew(firm, officer, world, sign_in, client):
    submit(
        firm,
        officer,
        {
            next(text for text in keys_of(firm, officer) if "Mazak" in text): actions.Remark(Finding.NOT_SEEN),
            "tiện CNC": NOT_THERE,
        },
    )
    flagged = "không thấy tại chỗ ngày 20/11/2026, theo Sở Công Thương Hải Phòng"
    registry_id = make_registry_id(firm.pk)
    for reader, path in ((client, "/nha-cung-ung/"), (sign_in(world.owner), "/doanh-nghiep/")):
        page = reader.get(f"{path}{registry_id}/").content.decode()
        assert page.count(flagged) == 2
        assert f"tiện CNC: {flagged}" in page
        assert "Phay CNC: không thấy" not in page
    english = client.get(f"/nha-cung-ung/{registry_id}/", headers={"Accept-Language": "en"}).content.decode()
    assert english.count("not seen on site on") == 2
    before = client.get(f"/nha-cung-ung/{registry_id}/?on=19/11/2026").content.decode()
    assert "không thấy tại chỗ" not in before
    submit(firm, officer, {"tiện CNC": actions.Remark(Finding.SEEN)})
    say(firm, "machine", {"kind": "Máy phay CNC", "maker": "Mazak"}, as_of=TODAY + timedelta(days=1), verification=2)
    assert flagged not in client.get(f"/nha-cung-ung/{registry_id}/").content.decode()


NOT_THERE = actions.Remark(Finding.NOT_SEEN, "đã bán")
