"""“Vẫn đúng?”: the same values with today's date and the firm as source; a link works once, for public facts alone."""

import re
from datetime import timedelta

import pytest

from matxich.accounts.models import Membership
from matxich.accounts.states import Role
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from matxich.registry import actions
from matxich.registry.models import Confirmation, ConfirmationLink, Enterprise, Statement
from matxich.registry.queries import passport
from matxich.registry.queries.confirming import confirmable, due_firms, known_email
from matxich.rulebook.freshness import assess
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.claim_world import acting, managed, somebody
from tests.registry.firm_world import FACTS, PERSONAL_TEXTS, SYSTEM, full_firm, say

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=400)


@pytest.fixture
def firm() -> Enterprise:
    return full_firm()


@pytest.fixture
def lan(firm, world, as_actor):
    user = somebody()
    managed(firm, user, as_actor(world.owner))
    return user


def confirm(firm, user, confirmed=(), corrected=None, at=NOW):
    firm.refresh_from_db()
    return actions.confirm_facts(
        enterprise=firm,
        confirmed=confirmed,
        corrected=corrected or {},
        by=acting(user),
        at=at,
        base_version=firm.version,
    )


def sent(firm, by=SYSTEM, at=NOW, **more) -> str:
    """The token mailed."""
    actions.send_link(enterprise=firm, by=by, at=at, **more)
    return re.search(r"/van-dung/([\w-]+)/", Notice.objects.filter(kind="mail").first().body)[1]


def by_link(firm, token, confirmed=(), corrected=None, at=NOW):
    firm.refresh_from_db()
    return actions.confirm_by_link(
        token=token, confirmed=confirmed, corrected=corrected or {}, at=at, base_version=firm.version
    )


def told_by_firm() -> dict[str, object]:
    return {s.field: s.value for s in Statement.objects.filter(source__key=":self_declared", superseded_by=None)}


def test_confirming_states_the_same_anew_and_makes_fresh(firm, lan):
    say(firm, "machine", {"kind": "Máy phay CNC", "maker": "Mazak", "quantity": 2})
    before = assess(passport(firm, actor=SYSTEM).held, LATER.date()).freshness
    made = confirm(firm, lan, ["workers", "processes", "machine"], {"address": "Đường 5, Hải Phòng"}, at=LATER)
    assert sorted(made.fields) == ["address", "machine", "processes", "workers"]
    told = told_by_firm()
    assert told.pop("address")["text"] == "Đường 5, Hải Phòng"
    assert told == {
        "workers": 80,
        "processes": ["Phay CNC", "tiện CNC"],
        "machine": {"kind": "Máy phay CNC", "maker": "Mazak", "quantity": 2},
    }
    assert {s.as_of for s in Statement.objects.filter(source__key=":self_declared")} == {LATER.date()}
    firm.refresh_from_db()
    assert (firm.workers, firm.as_of) == (80, LATER.date())
    assert assess(passport(firm, actor=SYSTEM).held, LATER.date()).freshness > before
    entry = Entry.objects.get(action="enterprise.confirm")
    assert entry.after == {"confirmed": ["processes", "machine", "workers"], "corrected": ["address"]}
    confirm(firm, lan, ["workers", "machine"], at=LATER)
    assert Statement.objects.filter(source__key=":self_declared", superseded_by=None).count() == 4


def test_the_representative_confirms_and_nobody_else(firm, lan, world):
    tu = somebody("tu@binhminh.example", "Trần Tú")
    agency = Membership.objects.get(user=lan).agency
    Membership.objects.create(user=tu, agency=agency, role=Role.PREPARER, valid_from=NOW.date())
    for user in (tu, world.owner, world.enterprise):
        with pytest.raises(Denied):
            confirm(firm, user, ["workers"])
    with pytest.raises(actions.NothingConfirmed):
        confirm(firm, lan, ["name", "tax_code", "nonsense"])
    with pytest.raises(Stale):
        actions.confirm_facts(
            enterprise=firm, confirmed=["workers"], corrected={}, by=acting(lan), at=NOW, base_version=0
        )
    with pytest.raises(actions.BadValue):
        confirm(firm, lan, [], {"workers": "nhiều"})
    assert Confirmation.objects.count() == 0


def test_a_link_works_once_and_shows_public_facts_alone(firm):
    token = sent(firm)
    assert ConfirmationLink.objects.get().email == FACTS["email"]
    assert token not in str(list(ConfirmationLink.objects.values()))
    codes = {row.code for row in confirmable(firm, None)}
    assert codes == {"address", "product", "processes", "certificate", "workers"}
    given = {"address": "Đường 5, Hải Phòng", "email": "x@y.example", "name": "Tên khác"}
    made = by_link(firm, token, ["workers", "certificate", "customer", "phone"], given)
    assert made.fields == ["certificate", "workers", "address"]
    assert told_by_firm()["certificates"] == ["ISO 9001:2015"]
    firm.refresh_from_db()
    row = passport(firm, actor=SYSTEM).row("certificate")
    assert [(fact.level, fact.text) for fact in row.facts] == [(1, "ISO 9001:2015")]
    with pytest.raises(actions.LinkUsed, match="đã được dùng"):
        by_link(firm, token, ["workers"])
    assert {s.recorded_by for s in Statement.objects.filter(source__key=":self_declared")} == {f"link:{made.link_id}"}


def test_links_that_do_not_work_say_why(firm):
    with pytest.raises(actions.LinkUnknown):
        by_link(firm, "khong-co", ["workers"])
    first = sent(firm)
    second = sent(firm, email="moi@binhminh.example")
    with pytest.raises(actions.LinkReplaced):
        by_link(firm, first, ["workers"])
    with pytest.raises(actions.LinkExpired):
        by_link(firm, second, ["workers"], at=NOW + timedelta(days=60))
    with pytest.raises(actions.NothingConfirmed):
        by_link(firm, second)
    by_link(firm, second, ["workers"], at=NOW + timedelta(days=59))


def test_the_address_is_the_records_own_or_one_the_officer_names(firm, world, as_actor):
    assert known_email(firm) == FACTS["email"]
    bare = full_firm(tax_code="9991274614", email="không có", name="Công ty Khác")
    assert known_email(bare) == ""
    with pytest.raises(actions.NoAddress):
        actions.send_link(enterprise=bare, by=as_actor(world.owner), at=NOW)
    with pytest.raises(Denied):
        actions.send_link(enterprise=firm, by=as_actor(world.stranger), at=NOW)
    assert Notice.objects.count() == 0


def test_all_due_firms_of_a_place_are_asked_once(firm, world, as_actor):
    officer = as_actor(world.owner)
    other = full_firm(tax_code="9991274614", name="Công ty Khác")
    full_firm(tax_code="9991274621", name="Không thư", email="không có")
    assert due_firms(officer, NOW).count() == 3
    assert list(due_firms(as_actor(world.stranger), NOW)) == []
    due = due_firms(officer, NOW, place="31", reachable=True)
    assert actions.send_links(enterprises=list(due), by=officer, at=NOW) == 2
    assert due_firms(officer, NOW).count() == 1
    by_link(
        other,
        re.search(r"/van-dung/([\w-]+)/", Notice.objects.get(subject__contains="còn đúng", body__contains="Khác").body)[
            1
        ],
        ["workers"],
    )
    assert firm not in due_firms(officer, NOW + timedelta(days=59))
    assert {f.name for f in due_firms(officer, NOW + timedelta(days=61))} == {firm.name, "Không thư"}
    assert due_firms(officer, LATER).count() == 3


def own(firm) -> str:
    return f"/doanh-nghiep-cua-toi/{make_registry_id(firm.pk)}/van-dung/"


def test_the_page_with_an_account(firm, lan, world, sign_in):
    client = sign_in(lan)
    page = client.get(own(firm)).content.decode()
    assert "Vẫn đúng tất cả" in page
    firm.refresh_from_db()
    ticked = {"base_version": firm.version, "section": "scale", "dung-workers": "on", "dung-processes": "on"}
    assert client.post(own(firm), ticked).url == own(firm)
    assert list(told_by_firm()) == ["workers"]
    stale = client.post(own(firm), ticked | {"section": "", "moi-address": "Hà Nội"})
    assert (stale.status_code, "Hà Nội" in stale.content.decode()) == (422, True)
    firm.refresh_from_db()
    everything = {"base_version": firm.version, "section": "", "dung-workers": "on", "dung-processes": "on"}
    assert client.post(own(firm), everything).status_code == 302
    assert set(told_by_firm()) == {"workers", "processes"}
    assert "Lần xác nhận gần nhất: " in client.get(own(firm)).content.decode()
    for user in (world.owner, world.stranger, world.enterprise):
        assert sign_in(user).get(own(firm)).status_code == 403


def test_the_page_of_a_link_needs_no_account(firm, client):
    token = sent(firm)
    address = f"/van-dung/{token}/"
    for _look in range(2):
        answer = client.get(address)
        page = answer.content.decode()
        assert firm.name in page
        assert not [text for text in (*PERSONAL_TEXTS, FACTS["customers"], FACTS["email"]) if text in page]
        assert (answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("no-referrer", True)
        assert token not in page
    firm.refresh_from_db()
    answer = client.post(address, {"base_version": firm.version, "dung-workers": "on"})
    assert "Cảm ơn doanh nghiệp" in answer.content.decode()
    used = client.get(address)
    assert (used.status_code, "đã được dùng" in used.content.decode()) == (410, True)
    assert client.get("/van-dung/khong-co/").status_code == 404
    assert [client.get("/van-dung/khong-co/").status_code for _ in range(60)][-1] == 429


def test_officers_ask_one_firm_or_all(firm, world, sign_in):
    page = f"/doanh-nghiep/{make_registry_id(firm.pk)}/van-dung/"
    client = sign_in(world.owner)
    assert FACTS["email"] not in client.get(page).content.decode()
    assert client.post(page, {"email": ""}).url == page
    assert "còn dùng được đến" in client.get(page).content.decode()
    assert sign_in(world.stranger).get(page).status_code == 403
    full_firm(tax_code="9991274614", name="Công ty Khác")
    listed = client.get("/xac-nhan-hang-nam/").content.decode()
    assert ("Công ty Khác" in listed, firm.name in listed) == (True, False)
    assert "1 hồ sơ đến hạn" in client.get("/xac-nhan-hang-nam/", {"noi": "Hải Phòng"}).content.decode()
    assert "Không có hồ sơ nào đến hạn" in client.get("/xac-nhan-hang-nam/", {"noi": "Đồng Nai"}).content.decode()
    assert client.post("/xac-nhan-hang-nam/", {"noi": ""}).status_code == 302
    assert ConfirmationLink.objects.count() == 2
    for user in (world.viewer, world.enterprise):
        assert sign_in(user).get("/xac-nhan-hang-nam/").status_code == 403
