"""A sender's next list beside the last: new, gone, changed and unchanged enterprises, before and after publishing."""

import csv
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matxich.kit.actor import Actor, system_actor
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry.actions import (
    decide_queued,
    import_list,
    merge_enterprises,
    publish,
    read_list,
    set_mapping,
    source_named,
    stage,
    undo_import,
    upload_list,
)
from matxich.registry.actions.following import NothingChosen, StillListed, close_follow_up, note_no_longer_listed
from matxich.registry.models import Enterprise, Import, ImportRow, NoLongerListed
from matxich.registry.queries.comparison_pages import firms_page
from matxich.registry.queries.list_changes import GROUPS, comparison, enterprises_in
from tests.conftest import NOW, World

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
SENDER = "Ban Quản lý các khu công nghiệp"
CODES = ("9991274607", "9991000028")
NAMES = ("Cơ khí An Bình", "Khuôn mẫu Đại Phát", "Nhựa Gia Long", "Đúc Hải Nam", "Ốc vít Khánh Minh")


def row(at: int, workers: str = "80", phone: str = "0912345678") -> tuple[str, ...]:
    return (f"Công ty TNHH {NAMES[at]}", "", "xã An Dương, Hải Phòng", "Khuôn mẫu; Ốc vít", workers, phone)


def take(path: Path, by: Actor, as_of: date, **changes: Any) -> dict[str, Any]:
    return import_list(path, source_name=SENDER, by=by, at=NOW, as_of=as_of, **changes)


def staged(path: Path, by: Actor, as_of: date, source: str = SENDER) -> Import:
    batch = upload_list(
        source=source_named(name=source, by=by, at=NOW), path=path, name=path.name, by=by, at=NOW, as_of=as_of
    )
    batch, reading = read_list(batch=batch, by=by, at=NOW)
    batch = set_mapping(batch=batch, choices={}, by=by, at=NOW)
    return stage(batch=batch, by=by, at=NOW, reading=reading)


def told(batch: Import) -> tuple[int, ...] | None:
    found = comparison(batch)
    return found and tuple(getattr(found, group) for group in GROUPS)


FIRST, SECOND = date(2025, 12, 31), date(2026, 6, 30)


@pytest.fixture
def two_lists(write_list: Write, system: Actor) -> Import:
    """The first names four, the second leaves one out, adds one and says something else of one."""
    take(write_list(row(0), row(1), row(2), row(3), name="a.csv"), system, FIRST)
    return staged(write_list(row(4), row(2), row(1, "95"), row(0), name="b.csv"), system, SECOND)


def names(batch: Import, group: str) -> list[str]:
    compared = comparison(batch)
    assert compared
    pks = enterprises_in(batch, compared.before, group)
    return [Enterprise.objects.get(pk=pk).name.removeprefix("Công ty TNHH ") for pk in pks]


def test_before_and_after_publishing(two_lists: Import, system: Actor) -> None:
    for batch in (two_lists, publish(batch=two_lists, by=system, at=NOW)):
        assert told(batch) == (1, 1, 1, 2)
        assert {group: names(batch, group) for group in GROUPS} == {
            "new": [NAMES[4]],
            "gone": [NAMES[3]],
            "changed": [NAMES[1]],
            "unchanged": [NAMES[0], NAMES[2]],
        }


def test_the_report_tells_and_a_rehearsal_tells_the_same(write_list: Write, system: Actor) -> None:
    first = take(write_list(row(0), row(1), name="a.csv"), system, FIRST)
    assert first["compared_with"] is None
    path = write_list(row(1, "95"), row(2), name="b.csv")
    expected = {"import": Import.objects.get().pk, "new": 1, "gone": 1, "changed": 1, "unchanged": 0}
    assert take(path, system, SECOND, dry_run=True)["compared_with"] == expected
    assert take(path, system, SECOND)["compared_with"] == expected


def test_order_of_rows_and_columns_spelling_and_a_round_figure_are_no_change(write_list: Write, system: Actor) -> None:
    take(write_list(row(0), row(1), name="a.csv"), system, FIRST)
    header = ("Điện thoại", "Lao động", "Tên doanh nghiệp", "Địa chỉ", "Sản phẩm chính", "Mã số thuế")
    told_again = [(r[5], f"khoảng {r[4]}", r[0], r[2], "Ốc vít; Khuôn mẫu", r[1]) for r in (row(1), row(0))]
    assert told(staged(write_list(*told_again, name="b.csv", header=header), system, SECOND)) == (0, 0, 0, 2)


def test_a_persons_contact_is_compared_and_shown_masked(write_list: Write, system: Actor) -> None:
    take(write_list(row(0), name="a.csv"), system, FIRST)
    batch = staged(write_list(row(0, phone="0987654321"), name="b.csv"), system, SECOND)
    compared = comparison(batch)
    assert compared and compared.changed == 1
    (line,) = firms_page(batch, compared, "thay-doi").items
    assert [(c.label, c.before, c.after) for c in line.changes] == [("Điện thoại", "09•• ••• 678", "09•• ••• 321")]


def test_compared_with_the_newest_list_that_speaks_of_no_later_day(write_list: Write, system: Actor) -> None:
    take(write_list(row(0), name="2025.csv"), system, FIRST)
    newest = take(write_list(row(1), name="2026.csv"), system, SECOND)
    assert newest["compared_with"]["new"] == 1
    late = staged(write_list(row(2), name="2024.csv"), system, date(2024, 12, 31))
    assert told(late) is None
    between = staged(write_list(row(0), name="between.csv"), system, date(2026, 3, 31))
    assert told(between) == (0, 0, 0, 1)
    other = staged(write_list(row(0), name="other.csv"), system, SECOND, source="Hiệp hội")
    assert told(other) is None


def test_an_undone_list_is_no_last_list(two_lists: Import, system: Actor) -> None:
    first = Import.objects.get(file_name="a.csv")
    undo_import(batch=first, by=system, at=NOW, reason="Nhầm")
    assert told(two_lists) is None


def test_records_merged_since_count_as_one(two_lists: Import, system: Actor) -> None:
    publish(batch=two_lists, by=system, at=NOW)
    gone, new = (Enterprise.objects.get(name__endswith=NAMES[at]) for at in (3, 4))
    merge_enterprises(
        kept=gone, merged=new, by=system, at=NOW, reason="Đổi tên",
        kept_version=gone.version, merged_version=new.version,
    )  # fmt: skip
    assert told(two_lists) == (0, 0, 2, 2)


def test_a_row_decided_later_joins_the_comparison(write_list: Write, system: Actor) -> None:
    coded = (row(0)[0], CODES[0], *row(0)[2:])
    take(write_list(coded, name="a.csv"), system, FIRST)
    batch = staged(write_list((coded[0], CODES[1], *coded[2:]), name="b.csv"), system, SECOND)
    waiting = ImportRow.objects.get(batch=batch)
    assert (waiting.outcome, told(batch)) == ("queued", (0, 1, 0, 0))
    batch = publish(batch=batch, by=system, at=NOW)
    decide_queued(row=waiting, enterprise=Enterprise.objects.get(), by=system, at=NOW, reason="Ghi sai mã")
    assert told(batch) == (0, 0, 1, 0)


class AnyTwoLists(TestCase):
    """Groups are those of sets, whatever the lists."""

    @settings(max_examples=15)
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.sampled_from("789")), min_size=1, max_size=6),
        st.lists(st.tuples(st.integers(0, 4), st.sampled_from("789")), min_size=1, max_size=6),
    )
    def test_any_two_lists(self, old: list[tuple[int, str]], new: list[tuple[int, str]]) -> None:
        by = system_actor()
        with tempfile.TemporaryDirectory() as folder:
            for name, rows, as_of in (("a.csv", old, FIRST), ("b.csv", new, SECOND)):
                path = Path(folder) / name
                with path.open("w", newline="", encoding="utf-8") as file:
                    header = ("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Sản phẩm chính", "Lao động", "Điện thoại")
                    csv.writer(file).writerows([header, *(row(at, workers) for at, workers in rows)])
                report = take(path, by, as_of)
        before, now = ({at: {w for a, w in rows if a == at} for at, _w in rows} for rows in (old, new))
        both = before.keys() & now.keys()
        same = sum(before[at] == now[at] for at in both)
        if sorted(old) == sorted(new) and old == new:
            assert report["compared_with"]["unchanged"] == len(now)
            return
        assert {k: v for k, v in report["compared_with"].items() if k != "import"} == {
            "new": len(now.keys() - before.keys()),
            "gone": len(before.keys() - now.keys()),
            "changed": len(both) - same,
            "unchanged": same,
        }


# What an officer does about those who are gone.


def test_noting_changes_no_fact_and_is_followed_to_an_end(two_lists: Import, system: Actor) -> None:
    batch = publish(batch=two_lists, by=system, at=NOW)
    gone = Enterprise.objects.get(name__endswith=NAMES[3])
    (note,) = note_no_longer_listed(batch=batch, enterprises=[gone.pk], reason=" Hỏi  lại Ban ", by=system, at=NOW)
    assert note_no_longer_listed(batch=batch, enterprises=[gone.pk], reason="Lại", by=system, at=NOW) == []
    assert (note.reason, NoLongerListed.objects.count()) == ("Hỏi lại Ban", 1)
    close_follow_up(note=note, finding="Chuyển sang tỉnh khác", by=system, at=NOW)
    with pytest.raises(Stale):
        close_follow_up(note=note, finding="Khác", by=system, at=NOW)
    told_of = Entry.objects.filter(object_kind="enterprise", action__startswith="enterprise.no_longer_listed")
    assert list(told_of.order_by("id").values_list("action", "reason")) == [
        ("enterprise.no_longer_listed", "Hỏi lại Ban"),
        ("enterprise.no_longer_listed_closed", "Chuyển sang tỉnh khác"),
    ]
    before = (gone.version, gone.passport)
    gone.refresh_from_db()
    assert (gone.version, gone.passport) == before


def test_only_those_who_are_gone_from_a_published_list_are_noted(two_lists: Import, system: Actor) -> None:
    gone, listed = (Enterprise.objects.get(name__endswith=NAMES[at]).pk for at in (3, 0))
    told_why = {"reason": "Hỏi lại", "by": system, "at": NOW}
    with pytest.raises(Stale):
        note_no_longer_listed(batch=two_lists, enterprises=[gone], **told_why)
    batch = publish(batch=two_lists, by=system, at=NOW)
    with pytest.raises(StillListed):
        note_no_longer_listed(batch=batch, enterprises=[gone, listed], **told_why)
    with pytest.raises(NothingChosen):
        note_no_longer_listed(batch=batch, enterprises=[], **told_why)
    assert NoLongerListed.objects.count() == 0


# On pages.


def address(name: str, batch: Import, **kwargs: int) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": batch.pk, **kwargs})


@pytest.fixture
def own(world: World, as_actor: Callable[[object], Actor], write_list: Write) -> Import:
    by = as_actor(world.owner)
    publish(batch=staged(write_list(row(0), row(1), row(3), name="a.csv"), by, FIRST), by=by, at=NOW)
    return staged(write_list(row(4), row(1, "95"), row(0), name="b.csv"), by, SECOND)


def test_the_check_page_leads_to_each_group(own: Import, world: World, sign_in: Callable[[object], Client]) -> None:
    client = sign_in(world.owner)
    compared = client.get(address("import_check", own)).context["compared"]
    assert (compared.new, compared.gone, compared.changed, compared.unchanged) == (1, 1, 1, 1)
    page = client.get(address("import_compare", own))
    assert (page.context["group"], "Công bố rồi mới ghi theo dõi được." in page.content.decode()) == ("khong-con", True)
    (line,) = client.get(address("import_compare", own), {"nhom": "thay-doi"}).context["page"].items
    assert [(c.label, c.before, c.after) for c in line.changes] == [("Lao động", "80", "95")]
    (new,) = client.get(address("import_compare", own), {"nhom": "moi"}).context["page"].items
    assert (new.name, new.registry_id) == ("Công ty TNHH Ốc vít Khánh Minh", "")


def test_an_officer_notes_who_is_gone_and_writes_what_came_of_it(
    own: Import, world: World, sign_in: Callable[[object], Client]
) -> None:
    client = sign_in(world.owner)
    client.post(address("import_publish", own))
    (line,) = client.get(address("import_compare", own), {"nhom": "khong-con"}).context["page"].items
    nothing = client.post(address("no_longer_listed", own), {"reason": "Hỏi lại"})
    assert (nothing.status_code, nothing.context["reason"]) == (422, "Hỏi lại")
    client.post(address("no_longer_listed", own), {"firm": [line.pk], "reason": "Hỏi lại Ban Quản lý"})
    works = client.get(reverse("desk:home")).context["day"].works
    assert [w.amount for w in works if w.title == "Tìm hiểu vì sao không còn trong danh sách"] == ["1 doanh nghiệp"]
    note = NoLongerListed.objects.get()
    client.post(address("close_follow_up", own, note=note.pk), {"finding": " "})
    client.post(address("close_follow_up", own, note=note.pk), {"finding": "Đã giải thể"})
    note.refresh_from_db()
    assert (note.finding, note.closed_by) == ("Đã giải thể", f"user:{world.owner.pk}")  # type: ignore[attr-defined]
    followed = client.get(address("import_compare", own), {"nhom": "theo-doi"})
    assert "Đã giải thể" in followed.content.decode()


def test_a_stranger_neither_sees_nor_notes(
    own: Import, world: World, as_actor: Callable[[object], Actor], sign_in: Callable[[object], Client]
) -> None:
    assert sign_in(world.stranger).get(address("import_compare", own)).status_code == 403
    assert sign_in(world.colleague).get(address("import_compare", own)).status_code == 200
    batch = publish(batch=own, by=as_actor(world.owner), at=NOW)
    gone = Enterprise.objects.get(name__endswith=NAMES[3]).pk
    with pytest.raises(Denied):
        note_no_longer_listed(batch=batch, enterprises=[gone], reason="x", by=as_actor(world.stranger), at=NOW)
