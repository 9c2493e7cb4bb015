"""What is kept of a sender: its columns, how far it is trusted, when its next list is due."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from matxich.registry.actions import import_list, publish, rebuild, source_editing, source_named, weighing
from matxich.registry.actions.reminding import remind_of_overdue_lists
from matxich.registry.actions.source_editing import UnexplainedTrust, edit_source, forget_columns, version_of
from matxich.registry.models import Enterprise, Import, Source
from matxich.registry.queries import visible_enterprises
from matxich.registry.queries.senders import source_line, waited_for
from tests.conftest import NOW, World
from tests.registry.test_comparing_lists import staged
from tests.registry.test_import_pages import address, choices, upload

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
SignIn = Callable[[object], Client]
HEADER = ("Tên doanh nghiệp", "Mã số thuế", "Quy mô 2025", "Điện thoại")
NEXT = ("Tên doanh nghiệp", "Mã số thuế", "Quy mô 2026", "Ghi thêm")
SENDER = "Sở Công Thương Hải Phòng"


def firm(size: str = "80", last: str = "0912345678") -> tuple[str, ...]:
    return ("Công ty TNHH Cơ khí Bình Minh", "9991274607", size, last)


# Remembered columns.


@pytest.fixture
def officer(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.owner)


def sent(officer: Client, path: Path) -> Import:
    upload(officer, path, SENDER)
    return Import.objects.latest("pk")


@pytest.fixture
def second(officer: Client, write_list: Write) -> Import:
    """The sender's second list, whose first was read with "Quy mô 2025" as the number of workers."""
    first = sent(officer, write_list(firm(), name="a.csv", header=HEADER))
    officer.post(address("import_columns", first), choices(officer, first, C="workers"))
    officer.post(address("import_publish", first))
    return sent(officer, write_list(firm("90", "?"), name="b.csv", header=NEXT))


def test_the_next_list_comes_mapped_as_the_last(second: Import, officer: Client) -> None:
    page = officer.get(address("import_columns", second)).context["page"]
    (table,) = page.tables
    day = f"{Import.objects.first().as_of:%d/%m/%Y}"  # type: ignore[union-attr]
    assert [(c.letter, c.chosen) for c in table.columns[:3]] == [("A", "name"), ("B", "tax_code"), ("C", "workers")]
    assert table.columns[0].why == f"Như lần trước ({day})."
    assert table.columns[2].why == f"Như lần trước ({day}), khi cột mang tên “Quy mô 2025”."
    sender = page.sender
    assert (sender.like_before, sender.renamed) == (3, (("Quy mô 2025", "Quy mô 2026"),))
    assert (sender.fresh, sender.missing) == (("Ghi thêm",), ("Điện thoại",))


def test_another_meaning_than_last_time_is_confirmed(second: Import, officer: Client) -> None:
    told = choices(officer, second, C="capacity", D="-")
    asked = officer.post(address("import_columns", second), told)
    page = asked.context["page"]
    assert (asked.status_code, [(c.letter, c.before) for c in page.differing]) == (422, [("C", "Lao động")])
    assert 'name="confirm"' in asked.content.decode()
    other = officer.post(address("import_columns", second), told | {"confirm": "c0-2=workers"})
    second.refresh_from_db()
    assert (other.status_code, second.state) == (422, "read")
    officer.post(address("import_columns", second), told | {"confirm": page.confirmation})
    second.refresh_from_db()
    assert second.state == "staged"
    assert Source.objects.get().mapping["quy mo 2026"]["field"] == "capacity"


def test_the_command_line_reads_as_before(second: Import, write_list: Write, system: Actor) -> None:
    path = write_list(firm("95", ""), name="c.csv", header=NEXT)
    import_list(path, source_name=SENDER, by=system, at=NOW, as_of=date(2030, 1, 1))
    assert Enterprise.objects.get().workers == 95


def test_columns_are_seen_and_forgotten_on_the_sources_page(
    second: Import, officer: Client, world: World, sign_in: SignIn, as_actor: Callable[[object], Actor]
) -> None:
    source = Source.objects.get()
    page = reverse("registry:source", kwargs={"pk": source.pk})
    columns = officer.get(page).context["columns"]
    assert {(key, known.header, label) for key, known, label in columns} == {
        ("ten doanh nghiep", "Tên doanh nghiệp", "Tên doanh nghiệp"),
        ("ma so thue", "Mã số thuế", "Mã số thuế"),
        ("quy mo 2025", "Quy mô 2025", "Lao động"),
        ("dien thoai", "Điện thoại", "Điện thoại"),
    }
    with pytest.raises(Denied):
        forget_columns(source=source, headers=["ma so thue"], by=as_actor(world.stranger), at=NOW)
    forget = reverse("registry:forget_columns", kwargs={"pk": source.pk})
    officer.post(forget, {"header": "quy mo 2025"})
    source.refresh_from_db()
    assert sorted(source.mapping) == ["dien thoai", "ma so thue", "ten doanh nghiep"]
    officer.post(forget)
    source.refresh_from_db()
    assert source.mapping == {}
    assert Entry.objects.filter(action="source.forget_columns").count() == 2


# Trust.


def change(source: Source, by: Actor, **changes: Any) -> Source:
    source.refresh_from_db()
    told = {"name": source.name, "kind": source.kind, "agency": source.agency, "trust": source.trust}
    told |= {"rhythm": source.rhythm, "reason": "Đã đối chiếu"}
    return edit_source(source=source, version=version_of(source), by=by, at=NOW, **{**told, **changes})


@pytest.fixture
def disagreeing(write_list: Write, system: Actor) -> tuple[Source, Source]:
    """Two senders of one day and one verification; the later told wins while both are trusted alike."""
    header = ("Tên doanh nghiệp", "Mã số thuế", "Lao động", "Điện thoại")
    for name, workers in (("Một", "80"), ("Hai", "95")):
        path = write_list(firm(workers), name=f"{workers}.csv", header=header)
        import_list(path, source_name=name, by=system, at=NOW, as_of=date(2026, 6, 30))
    return Source.objects.get(name="Một"), Source.objects.get(name="Hai")


def test_new_trust_weighs_every_record_anew_for_a_reason(disagreeing: tuple[Source, Source], system: Actor) -> None:
    one, _two = disagreeing
    assert Enterprise.objects.get().workers == 95
    with pytest.raises(UnexplainedTrust):
        change(one, system, trust=90, reason=" ")
    assert change(one, system, trust=90).weighed_to is None
    assert Enterprise.objects.get().workers == 80
    assert rebuild(by=system, at=NOW).found == []
    entry = Entry.objects.get(action="source.edit")
    assert (entry.reason, entry.object_id) == ("Đã đối chiếu", str(one.pk))


def test_a_name_or_rhythm_needs_no_reason_and_weighs_nothing(disagreeing: tuple[Source, Source], system: Actor) -> None:
    version = Enterprise.objects.get().version
    assert change(disagreeing[0], system, name="Một khác", rhythm="yearly", reason="").rhythm == "yearly"
    assert Enterprise.objects.get().version == version


def test_what_a_page_does_not_finish_the_worker_does(
    write_list: Write, system: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"Công ty Số {n}", "", "xã An Dương, Hải Phòng", "", "1", "") for n in range(5)]
    for name in ("Một", "Hai"):
        told = [(*row[:4], "1" if name == "Một" else "2", "") for row in rows]
        import_list(write_list(*told, name=f"{name}.csv"), source_name=name, by=system, at=NOW, as_of=NOW.date())
    monkeypatch.setattr(weighing, "CHUNK", 2)
    monkeypatch.setattr(source_editing, "AT_ONCE", 2)
    source = change(Source.objects.get(name="Một"), system, trust=90)
    assert source.weighed_to is not None
    assert sorted(visible_enterprises().values_list("workers", flat=True)) == [1, 1, 2, 2, 2]
    assert weighing.weigh_what_is_left(at_most=100) == 3
    assert set(visible_enterprises().values_list("workers", flat=True)) == {1}
    assert weighing.weigh_what_is_left(at_most=100) == 0
    assert rebuild(by=system, at=NOW).found == []


def test_a_list_that_waits_is_published_as_its_source_is_trusted_then(
    disagreeing: tuple[Source, Source], write_list: Write, system: Actor
) -> None:
    header = ("Tên doanh nghiệp", "Mã số thuế", "Lao động", "Điện thoại")
    path = write_list(firm("70"), firm("70"), name="c.csv", header=header)
    batch = staged(path, system, date(2026, 6, 30), source="Ba")
    change(batch.source, system, trust=10)
    publish(batch=batch, by=system, at=NOW)
    assert Enterprise.objects.get().workers == 95
    assert rebuild(by=system, at=NOW).found == []


def test_the_page_explains_trust_and_asks_why(world: World, sign_in: SignIn, as_actor: Callable[..., Actor]) -> None:
    source = source_named(name=SENDER, by=as_actor(world.owner), at=NOW)
    client, page = sign_in(world.owner), reverse("registry:source", kwargs={"pk": source.pk})
    text = client.get(page).content.decode()
    assert "tin cậy 60: Cơ quan quản lý ngành" in text and "Cùng ngày: nguồn có mức tin cậy cao hơn thắng." in text
    told = {"version": version_of(source), "name": SENDER, "kind": source.kind, "trust": "90", "rhythm": "yearly"}
    told |= {"agency": world.agency.pk}  # type: ignore[attr-defined]
    refused = client.post(page, told)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    client.post(page, told | {"reason": "Lấy từ Cổng đăng ký doanh nghiệp"})
    source.refresh_from_db()
    assert (source.trust, source.rhythm) == (90, "yearly")


# Rhythm.


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.fixture
def half_yearly(world: World, as_actor: Callable[..., Actor], write_list: Write) -> Source:
    path = write_list(("Công ty A", "", "xã An Dương, Hải Phòng", "", "", ""), name="a.csv")
    import_list(path, source_name=SENDER, by=as_actor(world.owner), at=NOW, as_of=date(2026, 6, 30))
    source = Source.objects.get(name=SENDER)
    return change(source, as_actor(world.owner), rhythm="half_yearly")


def test_due_overdue_and_not_yet(half_yearly: Source) -> None:
    due = date(2026, 12, 31)
    late = {after: source_line(half_yearly, due + timedelta(days=after)).late for after in (-1, 0, 30, 31)}
    assert late == {-1: "", 0: "due", 30: "due", 31: "overdue"}
    assert source_line(half_yearly, due).due == due


def test_a_newer_list_moves_the_day(half_yearly: Source, write_list: Write, world: World, as_actor: Any) -> None:
    path = write_list(("Công ty B", "", "xã An Dương, Hải Phòng", "", "", ""), name="b.csv")
    import_list(path, source_name=SENDER, by=as_actor(world.owner), at=NOW, as_of=date(2026, 12, 31))
    assert source_line(half_yearly, date(2027, 1, 31)).due == date(2027, 6, 30)


def test_those_responsible_hear_of_it_once(half_yearly: Source, world: World) -> None:
    overdue = date(2027, 2, 15)
    assert remind_of_overdue_lists(at=at(date(2027, 1, 15))) == 0
    assert (remind_of_overdue_lists(at=at(overdue)), remind_of_overdue_lists(at=at(overdue))) == (2, 0)
    people = {str(user.pk) for user in (world.owner, world.colleague)}  # type: ignore[attr-defined]
    told = Notice.objects.all()
    assert {notice.to for notice in told} == people
    assert {notice.subject for notice in told} == {f"Quá hạn nhận danh sách của {SENDER}"}
    assert {notice.link for notice in told} == {reverse("registry:source", kwargs={"pk": half_yearly.pk})}


def test_nobodys_source_is_the_national_officers(system: Actor, world: World) -> None:
    source = source_named(name="Tổng cục", by=system, at=NOW)
    change(source, system, rhythm="quarterly")
    assert remind_of_overdue_lists(at=at(date(2027, 6, 1))) == 1
    assert Notice.objects.get().to == str(world.ministry.pk)  # type: ignore[attr-defined]


def test_each_officer_is_asked_for_the_lists_of_their_agency(
    half_yearly: Source, world: World, as_actor: Callable[..., Actor]
) -> None:
    waiting = {
        name: [line.source.name for line in waited_for(date(2027, 2, 15), as_actor(getattr(world, name)))]
        for name in ("owner", "colleague", "stranger", "viewer", "ministry")
    }
    assert waiting == {"owner": [SENDER], "colleague": [SENDER], "stranger": [], "viewer": [], "ministry": []}
