"""A list goes in: every row accounted for, known firms linked, doubts queued, nothing seen before it is published."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry.actions import (
    cancel_import,
    decide_queued,
    import_list,
    publish,
    read_list,
    rebuild,
    set_mapping,
    source_named,
    stage,
    undo_import,
    upload_list,
)
from matxich.registry.models import Enterprise, Import, ImportRow, SearchChange, Source, Statement
from matxich.registry.queries import imports_of, problems, queue_of, visible_enterprises
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

BINH_MINH = ("Công ty TNHH Cơ khí Bình Minh", "9991274607", "xã An Dương, Hải Phòng", "Khuôn mẫu", "80", "0912345678")
HOA_PHAT = ("Công ty CP Hòa Phát Mới", "", "phường Thủy Nguyên, Hải Phòng", "Ốc vít; Bu lông", "150", "")
Write = Callable[..., Path]


def take(path: Path, by: Actor, source: str = "Sở Công Thương", **changes: Any) -> dict[str, Any]:
    return import_list(path, source_name=source, by=by, at=NOW, **changes)


def tally(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("rows", "accepted", "linked", "new", "queued"))


def test_new_firms_are_in_the_register_with_their_sources(write_list: Write, system: Actor) -> None:
    report = take(write_list(BINH_MINH, HOA_PHAT), system)
    assert tally(report) == (2, 2, 0, 2, 0)
    assert report["rejected"] == report["warnings"] == []
    assert [(line["sheet"], line["row"]) for line in report["skipped"]] == [("", 1)]
    firm = visible_enterprises().get(tax_code="9991274607")
    assert (firm.name, firm.province_34, firm.workers, firm.version) == (BINH_MINH[0], "31", 80, 1)
    phone = Statement.objects.get(enterprise=firm, field="phone")
    assert (phone.value, phone.column, phone.row.row, phone.visibility) == ("0912345678", "F", 2, 1)
    assert rebuild(by=system, at=NOW).found == []


def test_known_firms_are_linked_by_code_and_by_name_in_a_commune(write_list: Write, system: Actor) -> None:
    take(write_list(BINH_MINH, HOA_PHAT), system)
    later = ("Cty TNHH Cơ khí BÌNH MINH", "9991274607", "Đồng Nai", "Đồ gá", "95", "")
    same_place = ("CÔNG TY CỔ PHẦN HÒA PHÁT MỚI", "", "P. Thuỷ Nguyên, TP Hải Phòng", "Đai ốc", "", "")
    report = take(write_list(later, same_place, name="b.csv"), system, "Hiệp hội", as_of=date(2026, 11, 21))
    assert tally(report) == (2, 2, 2, 0, 0)
    firm = visible_enterprises().get(tax_code="9991274607")
    assert (firm.workers, firm.version) == (95, 2)
    assert [item for item, _ in firm.passport["products"]["m"]] == ["Đồ gá", "Khuôn mẫu"]
    assert rebuild(by=system, at=NOW).found == []


def test_rows_of_one_list_are_linked_to_each_other(write_list: Write, system: Actor) -> None:
    again = (BINH_MINH[0], "9991274607", "", "Đồ gá", "", "")
    report = take(write_list(BINH_MINH, again, BINH_MINH), system)
    assert tally(report) == (3, 3, 2, 1, 0)
    assert visible_enterprises().count() == 1
    assert rebuild(by=system, at=NOW).found == []


def test_only_a_row_without_name_and_identifier_is_rejected(write_list: Write, system: Actor) -> None:
    nameless = ("", "9991274607", "", "", "", "")
    nothing = ("", "0100233480", "Hải Phòng", "Khuôn", "12", "")
    report = take(write_list(nameless, nothing, HOA_PHAT), system)
    assert tally(report) == (3, 2, 0, 2, 0)
    (rejected,) = report["rejected"]
    assert (rejected["sheet"], rejected["row"], rejected["column"]) == ("", 3, "A")


def test_a_wrong_tax_code_is_kept_and_is_no_key(write_list: Write, system: Actor) -> None:
    wrong = (BINH_MINH[0], "9991274608", *BINH_MINH[2:])
    report = take(write_list(wrong), system)
    (warning,) = report["warnings"]
    assert (warning["row"], warning["column"], warning["value"]) == (2, "B", "9991274608")
    firm = visible_enterprises().get()
    assert firm.tax_code is None
    assert Statement.objects.get(enterprise=firm, field="tax_code_unverified").value == "9991274608"


def test_doubt_waits_for_an_officer(write_list: Write, system: Actor) -> None:
    take(write_list(BINH_MINH), system)
    other_code = (BINH_MINH[0], "9991000028", *BINH_MINH[2:])
    report = take(write_list(other_code, name="b.csv"), system, "Hiệp hội")
    assert tally(report) == (1, 1, 0, 0, 1)
    (row,) = queue_of(system)
    firm = visible_enterprises().get()
    assert row.candidates == {"reason": "identifiers_differ", "enterprises": [firm.pk]}
    made = decide_queued(row=row, enterprise=None, by=system, at=NOW, reason="Hai công ty khác nhau")
    assert (made.name, made.tax_code) == (BINH_MINH[0], "9991000028")
    assert list(queue_of(system)) == []
    assert visible_enterprises().count() == 2
    undo_import(batch=row.batch, by=system, at=NOW, reason="")
    assert [firm.pk for firm in visible_enterprises()] == [firm.pk]
    assert rebuild(by=system, at=NOW).found == []


def test_the_same_file_twice_changes_nothing(write_list: Write, system: Actor) -> None:
    path = write_list(BINH_MINH, HOA_PHAT, ("", "", "Hải Phòng", "", "", ""))
    first = take(path, system)
    before = list(Enterprise.objects.order_by("id").values()), Statement.objects.count(), ImportRow.objects.count()
    second = take(path, system)
    assert tally(first) == (3, 2, 0, 2, 0)
    assert tally(second) == (3, 2, 2, 0, 0)
    assert second["rejected"] == first["rejected"]
    after = list(Enterprise.objects.order_by("id").values()), Statement.objects.count(), ImportRow.objects.count()
    assert after == before
    assert Import.objects.get(repeats__isnull=False).repeats_id == Import.objects.get(repeats=None).pk


def test_after_an_undo_the_file_comes_in_again_under_the_old_ids(write_list: Write, system: Actor) -> None:
    path = write_list(BINH_MINH, HOA_PHAT)
    take(path, system)
    ids = set(visible_enterprises().values_list("pk", flat=True))
    undo_import(batch=Import.objects.get(), by=system, at=NOW, reason="Nhầm tệp")
    assert visible_enterprises().count() == 0
    assert tally(take(path, system)) == (2, 2, 0, 2, 0)
    assert set(visible_enterprises().values_list("pk", flat=True)) == ids
    assert rebuild(by=system, at=NOW).found == []


def test_a_rehearsal_reports_the_same_and_writes_nothing(write_list: Write, system: Actor) -> None:
    path = write_list(BINH_MINH, BINH_MINH, HOA_PHAT, ("", "", "x", "", "", ""), (HOA_PHAT[0], *BINH_MINH[1:]))
    rehearsal = take(path, system, dry_run=True)
    assert (Enterprise.objects.count(), Import.objects.count(), Source.objects.count(), Entry.objects.count()) == (
        0,
        0,
        0,
        0,
    )
    assert rehearsal == take(path, system)


def test_nothing_is_seen_before_publication(write_list: Write, system: Actor) -> None:
    take(write_list(BINH_MINH), system)
    seen = list(Enterprise.objects.values())
    path = write_list((*BINH_MINH[:4], "500", ""), HOA_PHAT, name="b.csv")
    source = source_named(name="Hiệp hội", by=system, at=NOW)
    batch = upload_list(source=source, path=path, name="b.csv", by=system, at=NOW)
    batch, _reading = read_list(batch=batch, by=system, at=NOW)
    batch = set_mapping(batch=batch, choices={0: {4: None}}, by=system, at=NOW)
    batch = stage(batch=batch, by=system, at=NOW)
    assert batch.state == "staged"
    assert list(visible_enterprises().values()) == seen
    changes = SearchChange.objects.count()
    publish(batch=batch, by=system, at=NOW)
    assert SearchChange.objects.count() == changes + 1
    firm = visible_enterprises().get(tax_code="9991274607")
    assert (visible_enterprises().count(), firm.workers) == (2, 80)
    assert Source.objects.get(pk=source.pk).mapping["lao dong"]["field"] is None
    with pytest.raises(Stale):
        publish(batch=batch, by=system, at=NOW)
    with pytest.raises(Stale):
        cancel_import(batch=batch, by=system, at=NOW)


def test_a_households_number_that_lost_its_zeros_is_a_persons_still(tmp_path: Path, system: Actor) -> None:
    """001090000123 in a cell of figures reads 1090000123, whose check digit happens to hold."""
    book = xlsxwriter.Workbook(tmp_path / "ho.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Tên cơ sở", "Mã số thuế", "Địa chỉ"])
    sheet.write_row(1, 0, ["Hộ kinh doanh Nguyễn Văn A", 1090000123, "An Dương, Hải Phòng"])
    book.close()
    take(tmp_path / "ho.xlsx", system)
    firm = Enterprise.objects.get()
    assert (firm.tax_code, firm.passport["person_id"]["v"]["text"]) == (None, "*********123")
    kept = str(list(ImportRow.objects.values())) + str(list(Statement.objects.values("value", "raw")))
    assert "1090000" not in kept + str(list(Entry.objects.values("before", "after", "object_label")))


def test_a_household_is_a_person_whose_number_nobody_sees(write_list: Write, system: Actor) -> None:
    household = ("Hộ kinh doanh Nguyễn Văn A", "031234567890", "An Dương, Hải Phòng", "Rèn dao", "3", "")
    take(write_list(household), system)
    take(write_list((household[0], "031234567890", "Đồng Nai", "", "", ""), name="b.csv"), system, "Hội")
    firm = visible_enterprises().get()
    assert (firm.kind, firm.tax_code) == ("household", None)
    number = "031234567890"
    stored = [str(list(model.objects.values())) for model in (Enterprise, Statement, ImportRow, Import, Entry)]
    assert not any(number in text for text in stored)
    assert "*********890" in stored[2]


def test_a_dependent_unit_is_a_record_of_its_own_under_its_parent(write_list: Write, system: Actor) -> None:
    unit = ("Chi nhánh Công ty TNHH Cơ khí Bình Minh", "9991274607-001", "Đồng Nai", "", "", "")
    assert tally(take(write_list(BINH_MINH, unit), system)) == (2, 2, 0, 2, 0)
    branch = visible_enterprises().get(tax_code="9991274607-001")
    assert (branch.kind, branch.parent.tax_code) == ("unit", "9991274607")


def test_one_entry_for_each_accepted_row_and_for_the_list(write_list: Write, system: Actor) -> None:
    take(write_list(BINH_MINH, HOA_PHAT, ("", "", "x", "", "", "")), system)
    entries = Entry.objects.order_by("id").values_list("action", flat=True)
    assert [action for action in entries if action == "import.accept_row"] == ["import.accept_row"] * 2
    assert "0912345678" not in str(list(Entry.objects.values()))
    assert [action for action in entries if action != "import.accept_row"] == [
        "source.create",
        "files.store",
        "import.upload",
        "import.map",
        "import.stage",
        "import.publish",
    ]


def test_whose_import_it_is(write_list: Write, world: Any, as_actor: Callable[[object], Actor]) -> None:
    owner, colleague, stranger = (as_actor(person) for person in (world.owner, world.colleague, world.stranger))
    take(write_list(BINH_MINH), owner)
    batch = Import.objects.get()
    assert batch.agency == world.agency
    assert [list(imports_of(actor)) for actor in (owner, colleague, stranger)] == [[batch], [batch], []]
    assert list(imports_of(as_actor(world.ministry))) == [batch]
    for actor in (colleague, stranger):
        with pytest.raises(Denied):
            undo_import(batch=batch, by=actor, at=NOW, reason="")
    with pytest.raises(Denied):
        take(write_list(HOA_PHAT), as_actor(world.viewer))
    undo_import(batch=batch, by=owner, at=NOW, reason="")


def test_problems_are_grouped(write_list: Write, system: Actor) -> None:
    rows = [(f"Công ty TNHH Số {n}", "9991274608", "Hải Phòng", "", "nhiều" if n else "5", "") for n in range(3)]
    take(write_list(*rows), system)
    found = problems(Import.objects.get())
    assert [(p.reason, p.column, p.count, p.first_row) for p in found] == [
        ("check_digit", "B", 3, 2),
        ("not_a_number", "E", 2, 3),
    ]
