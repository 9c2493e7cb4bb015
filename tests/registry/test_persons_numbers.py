"""Persons' numbers in columns nobody gave a field: sealed, masked on pages, and gone when their owner asks."""

from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from matxich.accounts.personal_data import actions as desk
from matxich.ledger.models import SubjectKey
from matxich.registry.actions import decide_queued, import_list, rebuild
from matxich.registry.actions.values import opened, person_hash
from matxich.registry.models import Enterprise, Import, ImportRow, Statement
from tests.conftest import NOW
from tests.registry.firm_world import FACTS, full_firm

pytestmark = pytest.mark.django_db
HEADER = ("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Điện thoại", "CCCD người đại diện", "Ghi thêm")
LINKED = (FACTS["name"], FACTS["tax_code"], "An Dương, Hải Phòng", "0912 345 678", "031234567890", "001087654321")
NEW = ("Công ty TNHH Hòa Phát Mẫu", "", "Đồng Nai", "0987 654 321", "123456789", "031087654321")
REJECTED = ("", "", "Đồng Nai", "+84 912 345 678", "031234567891", "001087654322")
UNREACHED = ("", "", "Đồng Nai", "0977 000 111", "không có", "001087654323")
NUMBERS = ("031234567890", "001087654321", "123456789", "031087654321", "031234567891", "001087654322", "001087654323")
ERASED = "đã xóa theo yêu cầu"


@pytest.fixture
def told(write_list, system):
    firm = full_firm()
    path = write_list(LINKED, NEW, REJECTED, UNREACHED, header=HEADER)
    report = import_list(path, source_name="Hội", by=system, at=NOW)
    assert (report["linked"], report["new"], len(report["rejected"])) == (1, 1, 2)
    return firm


def kept() -> str:
    """All the register keeps, as text."""
    return str([list(table.objects.order_by("pk").values()) for table in (Enterprise, Statement, ImportRow, Import)])


def erase(firm, by):
    with transaction.atomic():
        desk.erase_person(by=by, at=NOW, subject=f"enterprise:{firm.pk}", reason="thử")


def test_each_number_is_sealed_under_its_firm_or_its_row(told):
    assert [number for number in NUMBERS if number in kept()] == []
    linked, new, rejected, unreached = ImportRow.objects.order_by("row")
    assert linked.cells["E"]["text"] == "*********890"
    assert linked.cells["E"]["hash"] == person_hash("031234567890")
    for row, typed in ((linked, LINKED), (new, NEW), (rejected, REJECTED)):
        assert [opened(row.cells[column]) for column in "EF"] == list(typed[4:])
    assert unreached.cells["E"] == "không có"
    subjects = {f"enterprise:{told.pk}", f"enterprise:{new.enterprise_id}"}
    subjects |= {f"import_row:{rejected.pk}", f"import_row:{unreached.pk}"}
    assert set(SubjectKey.objects.values_list("subject", flat=True)) == subjects
    assert Statement.objects.filter(column__in="EF").count() == 0


def test_pages_and_files_show_the_mask(told, world, sign_in):
    batch, client = Import.objects.get(), sign_in(world.ministry)
    pages = [reverse("registry:import_result", kwargs={"pk": batch.pk}), *_row_pages(batch)]
    text = "".join(client.get(page).content.decode() for page in pages)
    sheet = load_workbook(BytesIO(client.get(reverse("registry:import_rejected", kwargs={"pk": batch.pk})).content))
    text += str([list(rows.values) for rows in sheet])
    assert [number for number in NUMBERS if number in text] == []
    assert "*********890" in text and "mx1:" not in text


def _row_pages(batch):
    return [
        reverse("registry:import_row", kwargs={"pk": batch.pk, "row": row.pk})
        for row in ImportRow.objects.filter(batch=batch)
    ]


def test_erasing_reaches_linked_and_rejected_rows_of_the_same_person(told, system):
    erase(told, system)
    linked, new, rejected, unreached = ImportRow.objects.order_by("row")
    assert [linked.cells[column] for column in "DEF"] == [ERASED] * 3
    assert [rejected.cells[column] for column in "DEF"] == [ERASED] * 3
    assert opened(new.cells["E"]) == "123456789"
    assert opened(unreached.cells["F"]) == "001087654323"
    assert "345 678" not in kept()
    subjects = {f"enterprise:{new.enterprise_id}", f"import_row:{unreached.pk}"}
    assert set(SubjectKey.objects.values_list("subject", flat=True)) == subjects
    assert rebuild(by=system, at=NOW).found == []


def test_a_row_is_reached_by_the_persons_number_alone(told, write_list, system):
    path = write_list(("", "", "Huế", "0900 111 222", "031234567890", ""), header=HEADER, name="b.csv")
    import_list(path, source_name="Sở khác", by=system, at=NOW)
    erase(told, system)
    row = ImportRow.objects.latest("id")
    assert row.outcome == "rejected" and row.cells["E"] == row.cells["D"] == ERASED


@pytest.fixture
def waiting(write_list, system):
    """A row that may speak of a known firm: same name and commune, another legal form."""
    firm = ("Công ty TNHH Cơ khí Sao Vàng Mẫu", "", "Phường Hồng Bàng, Hải Phòng", "0911 000 111", "", "")
    rival = ("Công ty cổ phần Cơ khí Sao Vàng Mẫu", "", firm[2], "0922 000 222", "031234567890", "")
    import_list(write_list(firm, header=HEADER), source_name="Hội", by=system, at=NOW)
    report = import_list(write_list(rival, header=HEADER, name="b.csv"), source_name="Sở", by=system, at=NOW)
    assert report["queued"] == 1
    return ImportRow.objects.get(outcome="queued")


def test_erasing_reaches_a_waiting_row_of_which_the_firm_is_a_candidate(waiting, system):
    erase(Enterprise.objects.get(), system)
    waiting.refresh_from_db()
    assert waiting.cells["D"] == waiting.cells["E"] == ERASED
    assert "0922 000 222" not in kept() and "0922000222" not in kept()
    assert not SubjectKey.objects.filter(subject=f"import_row:{waiting.pk}").exists()
    decide_queued(row=waiting, enterprise=Enterprise.objects.get(), by=system, at=NOW)
    assert rebuild(by=system, at=NOW).found == []


def test_a_decided_row_moves_its_number_under_the_firm(waiting, system):
    firm = decide_queued(row=waiting, enterprise=None, by=system, at=NOW)
    waiting.refresh_from_db()
    assert opened(waiting.cells["E"]) == "031234567890"
    SubjectKey.objects.filter(subject=f"enterprise:{firm.pk}").delete()
    assert opened(waiting.cells["E"]) == ""
