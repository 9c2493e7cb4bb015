"""Rows in doubt beside the records they may speak of, decided once; problems by kind; sources and their trust."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matxich.kit.actor import Actor
from matxich.ledger.models import Entry
from matxich.registry.actions import import_list, rebuild, source_named, upload_list, wizard
from matxich.registry.actions.source_editing import version_of
from matxich.registry.actions.turns import turn_to_import
from matxich.registry.actions.wizard import STAGE_AT_ONCE, begin_reading, begin_staging, take_in_waiting
from matxich.registry.models import Enterprise, Import, ImportRow, Source
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW, World

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
Write = Callable[..., Path]
FIRM = ("Công ty TNHH Cơ khí Bình Minh", "9991274607", "xã An Dương, Hải Phòng", "Khuôn mẫu", "80", "0912345678")
CODES = ("9991000028", "9900010078", "9900010141")


def doubtful(write_list: Write, by: Actor, rows: int = 1) -> list[ImportRow]:
    """Rows with a known firm's name and commune, each under another tax code."""
    import_list(write_list(FIRM), source_name="Sở Công Thương", by=by, at=NOW)
    others = [(FIRM[0], code, FIRM[2], "Đồ gá", "95", "0987654321") for code in CODES[:rows]]
    import_list(write_list(*others, name="b.csv"), source_name="Hiệp hội", by=by, at=NOW)
    return list(ImportRow.objects.filter(outcome="queued").order_by("id"))


@pytest.fixture
def owner(world: World, as_actor: Callable[[object], Actor]) -> Actor:
    return as_actor(world.owner)


@pytest.fixture
def officer(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.owner)


def page(row: ImportRow) -> str:
    return reverse("registry:queue_row", kwargs={"pk": row.pk})


def test_a_row_in_doubt_stands_beside_what_it_may_be(officer: Client, owner: Actor, write_list: Write) -> None:
    (row,) = doubtful(write_list, owner)
    listed = officer.get(reverse("registry:queue")).context
    assert [(line.row.pk, line.candidates, listed["total"]) for line in listed["page"].items] == [(row.pk, 1, 1)]
    response = officer.get(page(row))
    compared = {
        field.label: (field.row, field.sides[0].text, field.sides[0].state) for field in response.context["page"].fields
    }
    assert compared["Mã số thuế"] == ("9991000028", "9991274607", "differ")
    assert compared["Tên doanh nghiệp"] == (FIRM[0], FIRM[0], "agree")
    assert compared["Sản phẩm"] == ("Đồ gá", "Khuôn mẫu", "new")
    assert compared["Điện thoại"] == ("09•• ••• 321", "09•• ••• 678", "differ")


def test_linking_making_new_and_another_record(officer: Client, owner: Actor, write_list: Write) -> None:
    first, second, third = doubtful(write_list, owner, 3)
    firm = Enterprise.objects.get(tax_code="9991274607")
    response = officer.post(page(first), {"choice": firm.pk, "reason": "Cùng doanh nghiệp"})
    assert response.url == page(second)
    response = officer.post(page(second), {"choice": "new", "reason": "Khác pháp nhân"})
    assert response.url == page(third)
    wrong = officer.post(page(third), {"choice": "other", "other": "0000", "reason": "x"})
    assert (wrong.status_code, "Không có hồ sơ nào mang mã này" in wrong.content.decode()) == (422, True)
    response = officer.post(page(third), {"choice": "other", "other": make_registry_id(firm.pk), "reason": "Đã hỏi"})
    assert response.url == reverse("registry:queue")
    rows = ImportRow.objects.filter(outcome="queued").order_by("id")
    assert [(row.decided_as, row.enterprise_id == firm.pk) for row in rows] == [
        ("linked", True), ("new", False), ("linked", True)
    ]  # fmt: skip
    assert list(Entry.objects.filter(action="import.decide_row").order_by("id").values_list("reason", flat=True)) == [
        "Cùng doanh nghiệp", "Khác pháp nhân", "Đã hỏi"
    ]  # fmt: skip


def test_a_decision_needs_its_reason_and_is_taken_once(officer: Client, owner: Actor, write_list: Write) -> None:
    (row,) = doubtful(write_list, owner)
    assert officer.post(page(row), {"choice": "new", "reason": ""}).status_code == 422
    officer.post(page(row), {"choice": "new", "reason": "Khác pháp nhân"})
    again = officer.post(page(row), {"choice": "new", "reason": "Khác pháp nhân"})
    assert (again.status_code, "Dòng này không còn chờ xử lý." in again.content.decode()) == (409, True)
    assert officer.get(page(row)).status_code == 302
    assert visible_enterprises().count() == 2


def test_who_may_decide(world: World, sign_in: SignIn, owner: Actor, write_list: Write) -> None:
    (row,) = doubtful(write_list, owner)
    statuses = {name: sign_in(person).get(page(row)).status_code for name, person in world.people.items()}
    assert [name for name, status in statuses.items() if status == 200] == ["owner", "colleague", "ministry"]
    assert sign_in(world.stranger).get(reverse("registry:queue")).context["total"] == 0
    assert sign_in(world.viewer).get(reverse("registry:queue")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_a_fixed_number_of_queries(officer: Client, owner: Actor, write_list: Write, rows: int) -> None:
    waiting = doubtful(write_list, owner, rows)
    counts = []
    for url in (reverse("registry:queue"), page(waiting[0]), reverse("registry:sources")):
        officer.get(url)
        with CaptureQueriesContext(connection) as counted:
            officer.get(url)
        counts.append(len(counted))
    assert counts == [10, 14, 9]


def test_problems_are_gathered_by_kind_and_open_their_rows(officer: Client, owner: Actor, write_list: Write) -> None:
    bad = (FIRM[0], "9991274608", *FIRM[2:4], "nhiều", "")
    import_list(write_list(bad, ("", "", "Hải Phòng", "", "", "")), source_name="Sở Công Thương", by=owner, at=NOW)
    response = officer.get(reverse("registry:problems"))
    assert {(kind.code, kind.rows) for kind in response.context["kinds"]} == {
        ("check_digit", 1), ("not_a_number", 1), ("no_name_no_identifier", 1)
    }  # fmt: skip
    batch = Import.objects.get()
    link = f"{reverse('registry:import_result', kwargs={'pk': batch.pk})}?nhom=canh-bao&amp;ly-do=check_digit"
    assert link in response.content.decode()


def test_empty_pages_teach(officer: Client) -> None:
    taught = {
        "imports": "Chưa có danh sách nào",
        "queue": "Không còn dòng nào chờ",
        "problems": "Không có vấn đề nào",
        "sources": "Chưa có nguồn nào",
    }
    for name, words in taught.items():
        assert words in officer.get(reverse(f"registry:{name}")).content.decode()


def source_form(source: Source, **changes: object) -> dict[str, object]:
    known = {"name": source.name, "kind": source.kind, "agency": source.agency_id or "", "trust": source.trust}
    known |= {"rhythm": source.rhythm, "reason": "Đối chiếu lại"}
    return known | {"version": version_of(source)} | changes


def test_a_source_shows_its_lists_and_columns_and_may_be_corrected(
    officer: Client, owner: Actor, world: World, write_list: Write
) -> None:
    import_list(write_list(FIRM), source_name="So Cong Thuong", by=owner, at=NOW)
    source = Source.objects.get()
    url = reverse("registry:source", kwargs={"pk": source.pk})
    context = officer.get(url).context
    assert [one.file_name for one in context["imports"]] == ["list.csv"]
    assert "ma so thue" in {key for key, *_told in context["columns"]}
    told = source_form(source, name="Sở Công Thương Hải Phòng", agency=world.agency.pk)
    assert officer.post(url, told).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.agency, source.trust) == ("Sở Công Thương Hải Phòng", world.agency, 60)
    assert officer.post(url, told).status_code == 409
    assert Entry.objects.get(action="source.edit").after["name"] == "Sở Công Thương Hải Phòng"


def test_trust_decides_between_sources_at_once(officer: Client, owner: Actor, write_list: Write) -> None:
    import_list(write_list(FIRM), source_name="Sở Công Thương", by=owner, at=NOW)
    other = (*FIRM[:4], "95", FIRM[5])
    import_list(write_list(other, name="b.csv"), source_name="Hiệp hội", by=owner, at=NOW, kind="association_list")
    assert visible_enterprises().get().workers == 80
    source = Source.objects.get(name="Hiệp hội")
    officer.post(reverse("registry:source", kwargs={"pk": source.pk}), source_form(source, trust=90))
    assert visible_enterprises().get().workers == 95
    assert rebuild(by=owner, at=NOW).found == []


def test_two_sources_do_not_share_a_name(officer: Client, owner: Actor) -> None:
    source_named(name="Hiệp hội", by=owner, at=NOW)
    source = source_named(name="Sở Công Thương", by=owner, at=NOW)
    url = reverse("registry:source", kwargs={"pk": source.pk})
    response = officer.post(url, source_form(source, name="HIỆP HỘI"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])


def handed_over(write_list: Write, by: Actor, rows: int) -> Import:
    lines = [(f"Công ty TNHH Số {n}", "", "Hải Phòng", "", "", "") for n in range(rows)]
    source = source_named(name="Sở Công Thương", by=by, at=NOW)
    batch = upload_list(source=source, path=write_list(*lines), name="dai.csv", by=by, at=NOW)
    batch = begin_reading(batch=batch, by=by, at=NOW)
    choices = {n: {c["index"]: c["field"] for c in t["columns"]} for n, t in enumerate(batch.mapping["tables"])}
    mark = wizard.mark_of(batch)
    batch = wizard.settle_columns(batch=batch, choices=choices, left_out=[], mark=mark, by=by, at=NOW)
    return begin_staging(batch=batch, by=by, at=NOW)


def test_a_long_list_is_taken_in_by_the_worker_and_says_so(
    officer: Client, owner: Actor, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert STAGE_AT_ONCE == 1_000
    monkeypatch.setattr(wizard, "STAGE_AT_ONCE", 2)
    batch = handed_over(write_list, owner, 3)
    assert (batch.state, batch.progress) == ("staging", {"waiting": True, "by": owner.id})
    text = officer.get(reverse("registry:import_check", kwargs={"pk": batch.pk})).content.decode()
    assert "Đang chờ tiến trình nền nhận việc." in text and 'hx-trigger="every 2s"' in text
    assert take_in_waiting(at=NOW) == 1
    assert officer.get(reverse("registry:import_check", kwargs={"pk": batch.pk})).context["totals"].new == 3


def hold_the_turn(held: threading.Event, done: threading.Event) -> None:
    """Another list being taken in, over a connection of its own."""
    with turn_to_import(lambda: None):
        held.set()
        done.wait(10)
    connection.close()


def test_a_list_waits_while_another_is_taken_in(owner: Actor, write_list: Write) -> None:
    held, done = threading.Event(), threading.Event()
    other = threading.Thread(target=hold_the_turn, args=(held, done))
    other.start()
    assert held.wait(10)
    try:
        batch = handed_over(write_list, owner, 1)
        assert (batch.state, take_in_waiting(at=NOW)) == ("staging", 0)
    finally:
        done.set()
        other.join()
    assert take_in_waiting(at=NOW) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("staged", 1)


def test_a_large_file_is_read_by_the_worker(
    officer: Client, owner: Actor, write_list: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wizard, "READ_AT_ONCE", 1)
    source = source_named(name="Sở Công Thương", by=owner, at=NOW)
    batch = upload_list(source=source, path=write_list(FIRM), name="lon.csv", by=owner, at=NOW)
    assert begin_reading(batch=batch, by=owner, at=NOW).state == "uploaded"
    url = reverse("registry:import", kwargs={"pk": batch.pk})
    assert "Đang đọc tệp" in officer.get(url).content.decode()
    assert take_in_waiting(at=NOW) == 1
    assert officer.get(url).url == reverse("registry:import_columns", kwargs={"pk": batch.pk})
