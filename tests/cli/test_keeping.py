"""Backup and restore: whole, checked, and only into an empty place."""

import json
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import Installation

pytestmark = pytest.mark.django_db
LIST = "Tên doanh nghiệp,Mã số thuế\nCông ty TNHH Cơ khí Bình Minh,9991274607\nCông ty CP Hòa Phát,9991000028\n"
TABLES = ("registry_enterprise", "registry_statement", "registry_import", "ledger_entry", "places_unit")
COUNTS = f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in TABLES)}"


@pytest.fixture
def filled(installed: Installation, tmp_path: Path) -> Installation:
    (tmp_path / "list.csv").write_text(LIST)
    assert installed.json("import", str(tmp_path / "list.csv"), "--source", "Sở")["new"] == 2
    return installed


def test_a_backup_is_restored_into_an_empty_place(filled: Installation, blank: Installation, tmp_path: Path) -> None:
    file, before = tmp_path / "b.tar.gz", filled.query(COUNTS)
    told = filled.json("backup", str(file))
    assert (told["file"], file.stat().st_mode & 0o077) == (str(file), 0)
    assert not list(tmp_path.glob("*.partial"))
    with tarfile.open(file) as archive:
        names = {name for name in archive.getnames() if not name.startswith("home/files/")}
    assert names == {"manifest.json", "database", "home/ledger_key", "home/secret_key"}
    back = blank.json("restore", str(file))
    assert back["ledger"]["ok"] is True
    assert blank.query(COUNTS) == before
    kept = {name for name in filled.files() if name.startswith("files/")} | {"ledger_key", "secret_key"}
    assert kept <= blank.files()
    assert all((blank.home / name).read_bytes() == (filled.home / name).read_bytes() for name in kept)
    assert [hit["tax_code"] for hit in blank.json("search", "binh minh")["hits"]] == ["9991274607"]
    again = blank.run("restore", str(file), "--json")
    assert (again.error["code"], blank.query(COUNTS)) == ("not_empty", before)


def damaged(file: Path, folder: Path) -> Iterator[Path]:
    whole = file.read_bytes()
    for name, content in {
        "cut.gz": whole[: len(whole) // 2],
        "flipped.gz": whole[:9_000] + bytes([whole[9_000] ^ 0x55]) + whole[9_001:],
        "letter.gz": b"%PDF-1.7",
    }.items():
        (folder / name).write_bytes(content)
        yield folder / name
    with tarfile.open(folder / "foreign.gz", "w:gz") as archive:
        archive.add(__file__, "readme")
    yield folder / "foreign.gz"
    with tarfile.open(file) as archive:
        archive.extractall(folder / "open", filter="data")
    (folder / "open/home/ledger_key").write_text("another key")
    yield packed(folder, "swapped.gz")
    manifest = json.loads((folder / "open/manifest.json").read_text())
    manifest["sha256"].pop("home/ledger_key")
    manifest["migrations"].append("registry.9999_from_the_future")
    (folder / "open/manifest.json").write_text(json.dumps(manifest))
    yield packed(folder, "newer.gz")


def packed(folder: Path, name: str) -> Path:
    with tarfile.open(folder / name, "w:gz") as archive:
        archive.add(folder / "open", "")
    return folder / name


def test_a_damaged_or_foreign_archive_writes_nothing(filled: Installation, blank: Installation, tmp_path: Path) -> None:
    filled.json("backup", str(tmp_path / "b.tar.gz"))
    files = list(damaged(tmp_path / "b.tar.gz", tmp_path))
    for file, ran in zip(files, blank.each(*(f"restore {file}" for file in files)), strict=True):
        assert ran.error["code"] == "bad_backup", file.name
        assert ran.error["hint"]
    assert {name for name in blank.files() if not name.startswith("matxich.sqlite3")} <= {"secret_key"}
    assert blank.json("restore", str(tmp_path / "b.tar.gz"))["ledger"]["ok"] is True


def test_a_backup_while_a_list_is_taken_in_is_consistent(
    filled: Installation, blank: Installation, tmp_path: Path
) -> None:
    rows = "".join(f"Công ty TNHH Số {n},,Hải Phòng\n" for n in range(1_500))
    (tmp_path / "long.csv").write_text("Tên doanh nghiệp,Mã số thuế,Địa chỉ\n" + rows)
    process = filled.start("import", str(tmp_path / "long.csv"), "--source", "Dài", "--json")
    reader = threading.Thread(target=process.communicate)
    reader.start()
    filled.json("backup", str(tmp_path / "b.tar.gz"))
    reader.join()
    assert process.returncode == 0
    restored, rebuilt = blank.each(f"restore {tmp_path}/b.tar.gz", "registry rebuild")
    assert (restored.code, restored.data["ledger"]["ok"]) == (0, True)
    assert (rebuilt.code, rebuilt.data["differences"]) == (0, [])
    named = {sha256 for (sha256,) in blank.query("SELECT file_sha256 FROM registry_import")}
    assert named <= {Path(name).name for name in blank.files()}


def test_a_tampered_history_is_found_and_named(filled: Installation) -> None:
    whole = filled.json("ledger", "verify")
    assert (whole["ok"], whole["first_bad"]) == (True, None)
    ((entry,),) = filled.query("SELECT min(id) FROM ledger_entry WHERE action = 'import.accept_row'")
    if filled.url:
        filled.query("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
    else:
        triggers = filled.query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
        for (name,) in triggers:
            filled.query(f'DROP TRIGGER "{name}"')
    filled.query(f"UPDATE ledger_entry SET reason = 'khác' WHERE id = {entry}")
    told = filled.json("ledger", "verify", code=1)
    assert (told["ok"], told["first_bad"]["what"], told["first_bad"]["id"]) == (False, "entry", str(entry))
