"""A household's own word on a paper it signed, written down by somebody else, with the scan behind it."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from matxich.files.actions import WrongType
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry import actions
from matxich.registry.models import Attachment, Enterprise, Statement
from matxich.registry.states import Kind
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.claim_world import PDF, paper
from tests.registry.firm_world import AS_OF, SYSTEM, full_firm, told_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Enterprise:
    facts = {"name": "Hộ Nguyễn Thị Rèn", "address": "Phường An Dương, Hải Phòng", "workers": "4"}
    made = actions.create_enterprise(
        facts=facts, source=told_by(), as_of=AS_OF, by=SYSTEM, at=NOW, verification=1, kind=Kind.HOUSEHOLD
    )
    return Enterprise.objects.get(pk=made.pk)


def write(household, by, facts, *, content=PDF, signed_on=AS_OF, version=None):
    return actions.state_on_behalf(
        enterprise=household,
        facts=facts,
        scan=paper(content, "ban-khai.pdf"),
        signed_on=signed_on,
        by=by,
        at=NOW,
        base_version=household.version if version is None else version,
    )


def test_the_word_is_the_households_and_the_scan_its_source(household, world, as_actor, sign_in):
    made = write(household, as_actor(world.owner), {"products": "Dao; kéo", "phone": "0912 000 111", "workers": ""})
    told = {s.field: (s.value, s.verification, s.source.kind) for s in made.tells.all()}
    assert told == {"products": (["Dao", "kéo"], 0, "document"), "phone": ("0912 000 111", 0, "document")}
    assert made.file.sha256 == hashlib.sha256(PDF).hexdigest()
    after = Entry.objects.get(action="enterprise.state_on_behalf").after
    assert (after["sha256"], after["fields"]) == (made.file.sha256, ["phone", "products"])
    assert "0912" not in str(after)
    statement = made.tells.get(field="products")
    page = f"/doanh-nghiep/{make_registry_id(household.pk)}/thong-tin/{statement.pk}/"
    assert f"/tep/{made.pk}/" in sign_in(world.owner).get(page).content.decode()
    assert f"/tep/{made.pk}/" not in sign_in(world.stranger).get(page).content.decode()
    opened = {name for name, user in world.people.items() if sign_in(user).get(f"/tep/{made.pk}/").status_code == 200}
    assert opened == {"owner", "colleague", "ministry"}


def test_what_cannot_be_written_leaves_nothing(household, world, as_actor):
    officer = as_actor(world.owner)
    for refusal, facts, more in (
        (actions.NothingStated, {"products": " "}, {}),
        (actions.BadValue, {"workers": "nhiều"}, {}),
        (WrongType, {"products": "Dao"}, {"content": b"<html>"}),
        (actions.SignedLater, {"products": "Dao"}, {"signed_on": NOW.date().replace(year=2027)}),
        (Stale, {"products": "Dao"}, {"version": 0}),
    ):
        with pytest.raises(refusal):
            write(household, officer, facts, **more)
    for name in ("stranger", "viewer", "enterprise"):
        with pytest.raises(Denied):
            write(household, as_actor(world.people[name]), {"products": "Dao"})
    with pytest.raises(Denied):
        write(full_firm(), officer, {"products": "Dao"})
    assert Attachment.objects.count() == 0


def test_the_page(household, world, sign_in):
    page, client = f"/doanh-nghiep/{make_registry_id(household.pk)}/ghi-ho/", sign_in(world.owner)
    passport = client.get(f"/doanh-nghiep/{make_registry_id(household.pk)}/").content.decode()
    assert page in passport
    typed = {"signed_on": "01/11/2026", "base_version": household.version, "processes": "Rèn; mài"}
    assert client.post(page, typed).status_code == 422
    bad = client.post(page, typed | {"workers": "x", "scan": SimpleUploadedFile("a.pdf", PDF)})
    assert (bad.status_code, "Rèn; mài" in bad.content.decode()) == (422, True)
    assert client.post(page, typed | {"scan": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    assert Statement.objects.get(field="processes").value == ["Rèn", "mài"]
    for name in ("stranger", "viewer", "enterprise"):
        assert sign_in(world.people[name]).get(page).status_code == 403
    firm = f"/doanh-nghiep/{make_registry_id(full_firm().pk)}/"
    assert client.get(firm + "ghi-ho/").status_code == 403
    assert "ghi-ho" not in client.get(firm).content.decode()
