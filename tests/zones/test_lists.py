import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, NoReason
from matxich.places.models import Zone
from matxich.registry.actions.plain_lists import ListMoved, NothingAccepted
from matxich.registry.reading import NotASpreadsheet
from matxich.zones.actions import lists as actions
from matxich.zones.actions.facts import BadDay, NoSource
from matxich.zones.models import ZoneFact, ZoneList
from matxich.zones.queries import history_of, known_of, listed_zones
from matxich.zones.queries.list_pages import list_report
from tests.conftest import NOW, World
from tests.zones.conftest import Zones, make_commune, make_zone

AS_OF = date(2026, 6, 14)
HEADER = (
    "STT", "Tên cụm công nghiệp", "Tỉnh", "Xã", "Diện tích đất công nghiệp (ha)", "Đã cho thuê (ha)", "Lấp đầy (%)",
)  # fmt: skip

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def go(*rows: tuple[object, ...], name: str = "cum.csv", header: tuple[str, ...] = HEADER) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        return path

    return go


def read(path: Path, by: Actor, **told: object) -> ZoneList:
    whole = {"path": path, "name": path.name, "source": "Công văn 9/SCT", "as_of": AS_OF, "by": by, "at": NOW}
    return actions.read_list(**(whole | told))  # type: ignore[arg-type]


def published(path: Path, by: Actor) -> ZoneList:
    return actions.publish_list(batch=read(path, by), by=by, at=NOW)


def outcomes(batch: ZoneList) -> list[tuple[str, str]]:
    return [(row["outcome"], row["reason"]["code"] if row["reason"] else "") for row in batch.rows]


def test_rows_become_facts_that_name_file_row_and_column(zones: Zones, system: Actor, write: Write) -> None:
    batch = read(write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30,5", "10")), system)
    assert (ZoneFact.objects.count(), outcomes(batch)) == (0, [("known", "")])
    actions.publish_list(batch=batch, by=system, at=NOW)
    known = known_of([zones.cluster], AS_OF)[0]
    leased = known.facts["leased_area"]
    assert (leased.value, leased.row, leased.column, leased.batch, leased.source) == (
        "30.5", 2, "F", batch, "Công văn 9/SCT",
    )  # fmt: skip
    assert known.occupancy == Decimal("0.7625")


def test_a_new_zone_lies_where_its_commune_was_on_the_old_map(zones: Zones, system: Actor, write: Write) -> None:
    make_commune("10507", "Tứ Minh", "31")
    batch = published(
        write(
            (1, "CCN Mẫu Mới", "Hải Phòng", "Phường Tứ Minh", "40", "", ""),
            (2, "CCN Mẫu Cũ", "Hải Dương", "", "40", "", ""),
            (3, "CCN Mẫu Hà Tĩnh", "Hà Tĩnh", "", "40", "", ""),
        ),
        system,
    )
    made = {zone.name: (zone.province_63, zone.province_34) for zone in Zone.objects.filter(packaged=False)}
    assert made == {"Mẫu Mới": ("30", "31"), "Mẫu Cũ": ("30", "31"), "Mẫu Hà Tĩnh": ("42", "42")}
    assert batch.counts == {
        "rows": 3, "known": 0, "new": 3, "rejected": 0, "facts": 4, "provinces": ["31", "42"],
    }  # fmt: skip


def test_every_row_not_taken_says_why(zones: Zones, system: Actor, write: Write) -> None:
    make_zone("CCN", "Mẫu Hai Nơi", "31", "31")
    make_zone("CCN", "Mẫu Hai Nơi", "75", "75")
    batch = read(
        write(
            (1, "CCN Mẫu Một", "Hải Phòng", "", "40", "41", ""),
            (2, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", ""),
            (3, "Cụm CN", "Hải Phòng", "", "40", "30", ""),
            (4, "CCN Mẫu Một", "Hải Phòng", "", "40", "31", ""),
            (5, "CCN Mẫu Một", "Hải Phòng", "", "", "", "75"),
            (6, "CCN Chưa Có", "", "", "40", "30", ""),
            (7, "CCN Chưa Có", "Hải Phòng", "", "40", "30", ""),
            (8, "CCN Chưa Có", "Tỉnh Bịa", "", "40", "30", ""),
            (9, "", "Hải Phòng", "", "40", "30", ""),
            (10, "CCN Mẫu Hai Nơi", "", "", "40", "30", ""),
        ),
        system,
    )
    assert outcomes(batch) == [
        ("rejected", "leased_over_industrial"),
        ("known", ""),
        ("rejected", "old_province_unknown"),
        ("rejected", "repeated"),
        ("rejected", "nothing_told"),
        ("rejected", "province_missing"),
        ("rejected", "old_province_unknown"),
        ("rejected", "province_unknown"),
        ("rejected", "no_name"),
        ("rejected", "several"),
    ]
    told = list_report(batch)
    assert (told["accepted"], len(told["rejected"])) == (1, 9)
    assert told["rejected"][2]["reason"] == "Khu, cụm này đã có ở dòng 3."
    assert all(one["reason"] and "%(" not in one["reason"] for one in told["rejected"])


def test_a_doubtful_cell_is_left_out_and_told_and_the_row_is_taken(zones: Zones, system: Actor, write: Write) -> None:
    batch = published(write((1, "CCN Mẫu Một", "Hải Phòng", "Xã Bịa", "rộng", "30", "")), system)
    assert known_of([zones.cluster], AS_OF)[0].values == {"leased_area": "30"}
    assert [(one["column"], one["reason"]) for one in list_report(batch)["notes"]] == [
        ("E", "“rộng” không đọc được thành một số."),
        ("D", "Không có xã, phường nào tên “Xã Bịa” trong tỉnh của khu."),
    ]


def test_the_same_file_again_changes_nothing(zones: Zones, system: Actor, write: Write) -> None:
    path = write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", ""))
    first = published(path, system)
    with pytest.raises(actions.AlreadyBrought) as refused:
        read(path, system)
    assert (refused.value.existing, ZoneFact.objects.count(), ZoneList.objects.count()) == (first, 2, 1)


def test_two_uploads_of_one_file_cannot_both_be_published(zones: Zones, system: Actor, write: Write) -> None:
    path = write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", ""))
    one, other = read(path, system), read(path, system)
    actions.publish_list(batch=one, by=system, at=NOW)
    with pytest.raises(actions.AlreadyBrought):
        actions.publish_list(batch=other, by=system, at=NOW)
    assert ZoneFact.objects.count() == 2


def test_undone_its_facts_count_no_longer_and_stay_in_the_history(zones: Zones, system: Actor, write: Write) -> None:
    make_commune("10507", "Tứ Minh", "31")
    path = write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", ""), (2, "CCN Mẫu Mới", "Hải Dương", "", "9", "", ""))
    batch = published(path, system)
    made = Zone.objects.get(name="Mẫu Mới")
    assert made in listed_zones(AS_OF)
    with pytest.raises(NoReason):
        actions.undo_list(batch=batch, by=system, at=NOW, reason=" ")
    actions.undo_list(batch=batch, by=system, at=NOW, reason="Gửi nhầm")
    assert known_of([zones.cluster], AS_OF)[0].values == {}
    assert (made in listed_zones(AS_OF), history_of(zones.cluster).count()) == (False, 2)
    published(path, system)
    assert known_of([zones.cluster], AS_OF)[0].occupancy == Decimal("0.75")
    assert Zone.objects.filter(name="Mẫu Mới").get() == made


def test_a_list_cannot_be_published_or_undone_twice(zones: Zones, system: Actor, write: Write) -> None:
    batch = published(write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", "")), system)
    for act in (actions.publish_list, actions.cancel_list):
        with pytest.raises(ListMoved):
            act(batch=batch, by=system, at=NOW)
    actions.undo_list(batch=batch, by=system, at=NOW, reason="x")
    with pytest.raises(ListMoved):
        actions.undo_list(batch=batch, by=system, at=NOW, reason="x")


def test_an_officer_brings_in_rows_of_the_own_province_alone(
    zones: Zones, world: World, as_actor: Callable[[object], Actor], write: Write
) -> None:
    path = write(
        (1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", ""), (2, "CCN Mẫu Bốn", "Đồng Nai", "", "40", "30", "")
    )
    batch = read(path, as_actor(world.owner))
    assert outcomes(batch) == [("known", ""), ("rejected", "outside_territory")]
    for person in (world.stranger, world.viewer, world.administrator):
        with pytest.raises(Denied):
            actions.publish_list(batch=batch, by=as_actor(person), at=NOW)
    actions.publish_list(batch=batch, by=as_actor(world.colleague), at=NOW)
    assert known_of([zones.far], AS_OF)[0].values == {}
    with pytest.raises(Denied):
        read(path, as_actor(world.viewer))


@pytest.mark.parametrize(
    ("told", "refusal"),
    [({"source": " "}, NoSource), ({"as_of": date(2026, 11, 21)}, BadDay)],
)
def test_a_list_names_its_source_and_a_day_that_has_been(
    zones: Zones, system: Actor, write: Write, told: dict, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read(write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "30", "")), system, **told)
    assert ZoneList.objects.count() == 0


def test_files_without_zones_are_refused_with_what_to_do(db: None, system: Actor, write: Write, tmp_path: Path) -> None:
    firms = write(("Công ty Một", "0100233488"), name="dn.csv", header=("Tên doanh nghiệp", "Mã số thuế"))
    with pytest.raises(actions.NoZonesInFile) as refused:
        read(firms, system)
    assert "Tên khu, cụm công nghiệp" in str(refused.value.hint)
    picture = tmp_path / "anh.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    with pytest.raises(NotASpreadsheet):
        read(picture, system)


def test_a_list_of_nothing_acceptable_is_not_published(zones: Zones, system: Actor, write: Write) -> None:
    batch = read(write((1, "CCN Mẫu Một", "Hải Phòng", "", "40", "41", "")), system)
    with pytest.raises(NothingAccepted):
        actions.publish_list(batch=batch, by=system, at=NOW)
    batch.refresh_from_db()
    assert batch.state == "read"
