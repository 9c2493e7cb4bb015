"""A contact who asks to be erased leaves every statement, cell and key; everything else keeps its source."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from matxich.accounts.personal_data import actions as desk
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.files.models import StoredFile
from matxich.files.queries import Quarantined
from matxich.kit.actor import ANONYMOUS
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry, SubjectKey
from matxich.ledger.queries import verify
from matxich.registry.actions import (
    import_list,
    publish,
    read_list,
    rebuild,
    set_mapping,
    source_named,
    stage,
    undo_import,
    upload_list,
    withdraw_statement,
)
from matxich.registry.actions.erasing import erase_contacts
from matxich.registry.actions.waiting import NoSuchEnterprise
from matxich.registry.actions.wizard import take_in_waiting
from matxich.registry.models import Enterprise, Import, ImportRow, SearchChange, StagedProjection, Statement
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.firm_world import FACTS, full_firm, passport_of, say

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ERASED = "đã xóa theo yêu cầu"
HEADER = ("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Điện thoại", "Người liên hệ", "Tra cứu thêm")
ROW = (FACTS["name"], FACTS["tax_code"], "An Dương, Hải Phòng", "0912 345 678", "Ngô Văn Bí Mật", "gọi 0912 345 678")
OTHER = ("Công ty TNHH Hòa Phát Mẫu", "", "Đồng Nai", "0987 654 321", "Lê Thị Khác", "")
HOUSEHOLD = ("Hộ kinh doanh Nguyễn Văn A", "031234567890", "An Dương, Hải Phòng", "0911 222 333", "Nguyễn Văn A", "")
SECRETS = ("0912 345 678", "0912345678", "Bí Mật", "bi.mat@")


@pytest.fixture
def told(write_list, system):
    """A firm an officer wrote down and a list tells of too, beside one nobody asks about."""
    firm = full_firm()
    import_list(write_list(ROW, OTHER, HOUSEHOLD, header=HEADER), source_name="Hội", by=system, at=NOW)
    firm.refresh_from_db()
    return firm


def everything() -> str:
    """All the register keeps, as text."""
    tables = (Enterprise, StagedProjection, Statement, ImportRow)
    return str([list(table.objects.order_by("pk").values()) for table in tables])


def erase(firm, by):
    with transaction.atomic():
        desk.erase_person(by=by, at=AT, subject=f"enterprise:{firm.pk}", reason="thử")


def test_nothing_of_the_contact_is_left_and_all_else_is(told, system):
    names = {statement.pk: statement.field for statement in Statement.objects.all()}
    changes = SearchChange.objects.count()
    assert all(secret in everything() for secret in ("0912 345 678", "Bí Mật", "bi.mat@"))
    erase(told, system)
    assert [secret for secret in SECRETS if secret in everything()] == []
    assert {statement.pk: statement.field for statement in Statement.objects.all()} == names
    first, other, _household = ImportRow.objects.order_by("row")
    assert list(first.cells.values()) == [*ROW[:3], ERASED, ERASED, ERASED]
    assert list(other.cells.values()) == [cell for cell in OTHER if cell]
    told.refresh_from_db()
    assert told.passport["phone"]["v"] == told.passport["contact_person"]["v"] == ERASED
    assert told.passport["workers"]["v"] == 80
    assert SearchChange.objects.count() == changes + 1
    assert rebuild(by=system, at=AT).found == []
    entry = Entry.objects.get(action="enterprise.erase_contacts")
    assert (entry.object_id, entry.after) == (make_registry_id(told.pk), {"statements": 6, "rows": 1, "files": 1})


def test_withdrawn_and_replaced_facts_are_erased_too(told, system):
    say(told, "phone", "0933 444 555", replaces=True)
    erase(told, system)
    assert "0933" not in everything() and "345 678" not in everything()


def test_a_persons_number_loses_its_key_and_its_hash(told, system):
    household = Enterprise.objects.get(person_hash__isnull=False)
    erase(household, system)
    household.refresh_from_db()
    assert household.person_hash is None
    assert Statement.objects.get(field="person_id").value == {"text": ERASED}
    assert not SubjectKey.objects.filter(subject=f"enterprise:{household.pk}").exists()
    assert "*********890" not in everything()
    assert rebuild(by=system, at=AT).found == []


def test_a_list_waiting_to_be_published_brings_nothing_back(told, write_list, system):
    path = write_list((*ROW[:3], "0966 777 888", "Ngô Văn Bí Mật", "gọi 0966 777 888"), header=HEADER, name="b.csv")
    source = source_named(name="Sở khác", by=system, at=NOW)
    batch = upload_list(source=source, path=path, name="b.csv", by=system, at=NOW)
    batch, _reading = read_list(batch=batch, by=system, at=NOW)
    batch = stage(batch=set_mapping(batch=batch, choices={0: {5: None}}, by=system, at=NOW), by=system, at=NOW)
    assert "0966 777 888" in everything()
    erase(told, system)
    assert "0966 777 888" not in everything()
    publish(batch=batch, by=system, at=AT)
    told.refresh_from_db()
    assert told.passport["phone"]["v"] == ERASED
    undo_import(batch=batch, by=system, at=AT, reason="thử")
    assert rebuild(by=system, at=AT).found == []


def test_the_file_is_shut_away_and_says_why(told, write_list, system):
    erase(told, system)
    stored = StoredFile.objects.get()
    assert stored.quarantined and "đã xóa theo yêu cầu" in stored.quarantine_reason
    again = write_list(ROW, OTHER, HOUSEHOLD, header=HEADER, name="lai.csv")
    with pytest.raises(Quarantined):
        import_list(again, source_name="Hội khác", by=system, at=AT)
    assert Import.objects.latest("id").state == "failed"
    assert "345 678" not in everything()


def test_only_administrators_erase_and_only_what_is_there(told, system, world, as_actor):
    for name in ("owner", "ministry", "viewer", "enterprise"):
        with pytest.raises(Denied):
            erase_contacts(number=told.pk, by=as_actor(world.people[name]), at=AT)
    with pytest.raises(NoSuchEnterprise):
        erase_contacts(number=10**9, by=system, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_request_is_carried_out_by_naming_the_firm(told, system, world, sign_in, client):
    with transaction.atomic():
        asked = desk.submit(by=ANONYMOUS, at=NOW, kind="erase", name="Ngô Văn Bí Mật", contact="0912 345 678")
    official, path = sign_in(world.administrator), reverse("accounts:personal_data_move", kwargs={"pk": asked.pk})

    def step(move, subject=""):
        return official.post(path, {"move": move, "reason": "Đã gọi lại để xác minh", "subject": subject})

    assert step("acknowledge").status_code == 302
    wrong = step("accept", "MX-000001-9")
    assert wrong.status_code == 422 and "xem lại chữ số cuối" in wrong.content.decode()
    assert step("accept", make_registry_id(10**6)).status_code == 302
    missing = step("complete", make_registry_id(10**6))
    assert missing.status_code == 422 and "Không có hồ sơ doanh nghiệp" in missing.content.decode()
    assert PersonalDataRequest.objects.get().state == "accepted"
    assert make_registry_id(10**6) in official.get(path.removesuffix("buoc/")).content.decode()
    assert step("complete", make_registry_id(told.pk)).status_code == 302
    assert PersonalDataRequest.objects.get().subject == f"enterprise:{told.pk}"
    page = sign_in(world.owner).get(passport_of(told)).content.decode()
    assert ERASED in page and "N•• V••" not in page
    assert verify(at=AT).ok


def test_whoever_brought_a_list_in_is_erased_from_it(told, world, as_actor, write_list, system):
    import_list(write_list(OTHER, header=HEADER, name="c.csv"), source_name="Sở", by=as_actor(world.owner), at=NOW)
    with transaction.atomic():
        desk.erase_person(by=system, at=AT, subject=f"user:{world.owner.pk}", reason="thử")
    assert Import.objects.latest("id").started_by_name == ERASED


def test_history_tells_of_a_withdrawn_fact_without_what_may_name_a_person(told, system):
    statement = Statement.objects.filter(field="phone").first()
    Statement.objects.filter(pk=statement.pk).update(field="phone_unverified", value="máy bàn 345 678")
    statement.refresh_from_db()
    told.refresh_from_db()
    withdraw_statement(statement=statement, by=system, at=AT, base_version=told.version, reason="thử")
    assert Entry.objects.latest("id").before == {"statement": statement.pk}


def test_an_import_under_way_from_that_file_ends_and_says_why(told, write_list, system):
    same = write_list(ROW, OTHER, HOUSEHOLD, header=HEADER, name="b.csv")
    batch = upload_list(source=source_named(name="Khác", by=system, at=NOW), path=same, name="b.csv", by=system, at=NOW)
    batch, _reading = read_list(batch=batch, by=system, at=NOW)
    batch = set_mapping(batch=batch, choices={}, by=system, at=NOW)
    Import.objects.filter(pk=batch.pk).update(state="staging")
    erase(told, system)
    assert take_in_waiting(at=AT) == 0
    batch.refresh_from_db()
    assert (batch.state, batch.problem["code"]) == ("failed", "file_quarantined")
