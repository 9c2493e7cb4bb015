"""Lists that are broken, malicious or interrupted, through the whole door: a clear message and an intact register."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from matxich.documents.spreadsheets import neutralised
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.registry.actions import import_list, rebuild, undo_import
from matxich.registry.actions.lists import DiskFull
from matxich.registry.models import Enterprise, Import, ImportRow, Statement
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.vietnamese.text import fold
from tests.conftest import NOW
from tests.installations import Installation
from tests.registry.conftest import HEADER
from tests.registry.test_reading import add_rows, rewrite, save_xlsx

pytestmark = pytest.mark.django_db
FIRM = ("Công ty TNHH Cơ khí Bình Minh", "9991274607", "xã An Dương, Hải Phòng", "Khuôn mẫu", "80", "0912345678")
Write = Callable[..., Path]
Take = Callable[..., dict[str, Any]]


def standing() -> tuple[object, ...]:
    """What the register says, to the last byte: every visible record, what lists may be seen, how many facts."""
    seen = [sorted(row.items()) for row in visible_enterprises().order_by("id").values()]
    published = list(Import.objects.filter(state="published").order_by("id").values_list("pk", "counts"))
    return hashlib.sha256(repr(seen).encode()).hexdigest(), len(seen), published, Statement.objects.count()


@pytest.fixture
def take(write_list: Write, system: Actor) -> Take:
    """Brings a list in, over a register that already knows one firm."""
    import_list(write_list(FIRM, name="before.csv"), source_name="Có trước", by=system, at=NOW)
    return lambda path: import_list(path, source_name="Sở Công Thương", by=system, at=NOW)


def book(path: Path, *rows: object) -> Path:
    return save_xlsx(path, [list(HEADER), *map(list, rows)])  # type: ignore[call-overload]


def zip_bomb(path: Path) -> None:
    rewrite(book(path, FIRM), add_rows(b" " * 200_000_000))


def zip_of_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


def encrypted(path: Path) -> None:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage\0".encode("utf-16-le") + bytes(500)
    )


def truncated(path: Path) -> None:
    path.write_bytes(book(path, FIRM).read_bytes()[:-700])


BAD_FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a letter": ("not_a_spreadsheet", lambda path: path.write_bytes(b"%PDF-1.7 x")),
    "a Word file": ("not_a_spreadsheet", zip_of_word),
    "nothing": ("file_empty", lambda path: path.write_bytes(b"")),
    "a password": ("encrypted", encrypted),
    "cut short": ("corrupt", truncated),
    "a zip bomb": ("zip_bomb", zip_bomb),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(name: str, take: Take, tmp_path: Path) -> None:
    code, make = BAD_FILES[name]
    before, path = standing(), tmp_path / "bad.xlsx"
    make(path)
    with pytest.raises(Refusal) as refused:
        take(path)
    assert refused.value.code == code
    assert str(refused.value.message) and str(refused.value.hint)
    failed = Import.objects.exclude(state="published")  # none when it was refused at the door
    assert [(batch.state, batch.problem["code"], batch.rows.count()) for batch in failed] in ([], [("failed", code, 0)])
    assert standing() == before


def test_a_very_long_gap_of_blank_rows_before_one_firm(take: Take, tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    with path.open("w") as file:
        file.write("Tên doanh nghiệp;Mã số thuế\n" + ";\n" * 200_000 + "Công ty TNHH Cuối Cùng;\n")
    report = take(path)
    assert (report["rows"], report["new"], report["rejected"]) == (1, 1, [])
    assert len(report["skipped"]) <= 1_001
    assert {"sheet": "", "row": 2} in [{"sheet": s["sheet"], "row": s["row"]} for s in report["skipped"]]


def test_a_giant_cell_harms_nothing(take: Take, tmp_path: Path, system: Actor) -> None:
    path = tmp_path / "giant.csv"
    path.write_text(f"Tên doanh nghiệp;Sản phẩm chính\nCông ty TNHH Rất Dài;{'ốc vít ' * 1_300_000}\n")
    report = take(path)
    assert (report["rows"], report["accepted"]) == (1, 1)
    assert len(json.dumps(report)) < 1_000_000
    assert visible_enterprises().filter(name="Công ty TNHH Rất Dài").count() == 1
    assert rebuild(by=system, at=NOW).found == []


def test_formulas_are_text_and_are_never_run(take: Take, tmp_path: Path) -> None:
    path, made = openpyxl.Workbook(), tmp_path / "formula.xlsx"
    path.active.append(list(HEADER))
    path.active.append(['=HYPERLINK("http://x","Công ty")', "", "Hải Phòng", "=1+1", "=2*40", ""])
    path.active.append(["Công ty TNHH Lệnh", "", "Hải Phòng", "=cmd|' /C calc'!A0", "12", ""])
    path.save(made)
    (tmp_path / "formula.csv").write_text(
        "Tên doanh nghiệp;Địa chỉ;Sản phẩm chính\nCông ty TNHH Dòng Lệnh;Hải Phòng;=cmd|' /C calc'!A0\n"
    )
    report = take(made)
    assert (report["rows"], len(report["rejected"])) == (2, 1)
    assert not Statement.objects.filter(field="workers", value=80, batch__source__name="Sở Công Thương").exists()
    take(tmp_path / "formula.csv")
    stored = Statement.objects.get(field="products", enterprise__name="Công ty TNHH Dòng Lệnh")
    assert stored.value[0] == "=cmd"
    assert neutralised(stored.value[0]) == "'=cmd"


def test_numbers_as_text_and_text_as_numbers(take: Take, tmp_path: Path) -> None:
    rows = (
        ("Công ty TNHH Số Là Chữ", "9991000028", "Hải Phòng", "Ốc", "1.234", ""),
        ("Công ty TNHH Chữ Là Số", 9991300007, "Hải Phòng", "Ốc", 250.0, 912345678),
    )
    report = take(book(tmp_path / "kinds.xlsx", *rows))
    assert (report["accepted"], report["rejected"]) == (2, [])
    found = {firm.tax_code: firm for firm in visible_enterprises().order_by("id")}
    assert (found["9991000028"].workers, found["9991300007"].workers) == (1234, 250)
    phone = Statement.objects.get(enterprise=found["9991300007"], field="phone")
    assert phone.value == "0912345678"


def test_a_lost_zero_comes_back_when_the_check_digit_proves_it(take: Take, tmp_path: Path) -> None:
    report = take(book(tmp_path / "zero.xlsx", ("Công ty TNHH Mất Số", 100109106, "Hà Nội", "", "", "")))
    assert report["new"] == 1
    assert [(w["column"], w["kept_as"]) for w in report["warnings"]] == [("B", "tax_code")]
    assert visible_enterprises().get(tax_code="0100109106").name == "Công ty TNHH Mất Số"


def test_a_false_tax_code_is_a_statement_and_never_a_key(take: Take, write_list: Write) -> None:
    false = "9991274608"
    report = take(write_list(("Công ty TNHH Khác Hẳn", false, "Hà Nội", "", "", ""), ("", false, "Huế", "", "", "")))
    assert (report["rows"], report["new"], len(report["rejected"])) == (2, 1, 1)
    assert [(w["row"], w["column"], w["value"]) for w in report["warnings"]] == [(2, "B", false)]
    firm = visible_enterprises().get(name="Công ty TNHH Khác Hẳn")
    assert firm.tax_code is None
    assert Statement.objects.get(enterprise=firm, field="tax_code_unverified").value == false


def test_nfc_and_nfd_are_one_text(take: Take, write_list: Write) -> None:
    apart = [normalize("NFD", str(cell)) for cell in FIRM]
    report = take(write_list(apart, header=[normalize("NFD", name) for name in HEADER]))
    assert (report["linked"], report["new"], report["queued"]) == (1, 0, 0)
    names = Statement.objects.filter(field="name").values_list("value", flat=True)
    assert {normalize("NFC", name) == name for name in names} == {True}


def test_old_encodings_are_repaired_and_the_original_is_kept(take: Take, tmp_path: Path) -> None:
    # "Công ty TNHH Cơ khí Đúc Thép" and its header as TCVN3 fonts (.VnTime) store them.
    header = "Tªn doanh nghiÖp;§Þa chØ"
    (tmp_path / "tcvn3.csv").write_text(f"{header}\nC«ng ty TNHH C¬ khÝ §óc ThÐp;H¶i Phßng\n", encoding="utf-8")
    report = take(tmp_path / "tcvn3.csv")
    assert report["new"] == 1
    firm = visible_enterprises().latest("id")
    assert (firm.name, firm.province_34) == ("Công ty TNHH Cơ khí Đúc Thép", "31")
    row = ImportRow.objects.get(enterprise=firm)
    assert "C«ng ty" in json.dumps(row.cells, ensure_ascii=False) + json.dumps(row.warnings, ensure_ascii=False)
    # The same as VNI fonts store it: a letter, then its marks.
    vni = "Teân doanh nghieäp;Ñòa chæ\nCoâng ty TNHH Cô khí Ñuùc Gang;Haûi Phoøng\n"
    (tmp_path / "vni.csv").write_text(vni, encoding="utf-8")
    assert take(tmp_path / "vni.csv")["new"] == 1
    assert fold(visible_enterprises().latest("id").name) == fold("Công ty TNHH Cơ khí Đúc Gang")


def test_duplicate_headers(take: Take, write_list: Write) -> None:
    header = ("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Địa chỉ", "Điện thoại", "Điện thoại")
    row = ("Công ty TNHH Hai Cột", "", "Hải Phòng", "Đồng Nai", "0912345678", "0987654321")
    report = take(write_list(row, header=header))
    assert (report["rows"], report["new"], report["rejected"]) == (1, 1, [])
    firm = visible_enterprises().get(name="Công ty TNHH Hai Cột")
    assert set(Statement.objects.filter(enterprise=firm, field="phone").values_list("value", flat=True)) == {
        "0912345678",
        "0987654321",
    }


def test_a_semicolon_csv_with_a_byte_order_mark(take: Take, tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_bytes(
        "Tên doanh nghiệp;Mã số thuế\r\nCông ty TNHH Dấu;9991000028\r\n".encode("utf-8-sig")
    )
    report = take(tmp_path / "bom.csv")
    assert (report["rows"], report["new"], report["warnings"]) == (1, 1, [])
    assert [line["row"] for line in report["skipped"]] == [1]


def test_the_same_file_twice_and_undone(take: Take, write_list: Write, system: Actor) -> None:
    before = standing()
    path = write_list(FIRM, ("Công ty TNHH Một Lần", "9991000028", "Huế", "", "5", ""), name="twice.csv")
    take(path)
    once = standing()
    take(path)
    assert (standing()[0], standing()[1], standing()[3]) == (once[0], once[1], once[3])
    undo_import(batch=Import.objects.get(repeats=None, file_name="twice.csv"), by=system, at=NOW, reason="thử")
    told = Enterprise.objects.values().get(tax_code=FIRM[1])
    assert (visible_enterprises().count(), told["name"], told["workers"]) == (before[1], FIRM[0], 80)
    assert rebuild(by=system, at=NOW).found == []


def test_a_double_click_publishes_nothing_twice(
    world: Any, sign_in: Callable[[object], Any], write_list: Write
) -> None:
    client = sign_in(world.owner)
    content = write_list(FIRM).read_bytes()
    for _click in range(2):
        file = SimpleUploadedFile("list.csv", content)
        answer = client.post(reverse("registry:imports"), {"file": file, "source": "Sở", "kind": "agency_list"})
        assert answer.status_code == 302
    assert visible_enterprises().count() == 0
    assert Enterprise.objects.count() == 0


# Interrupted, crowded and without room: on an installation of its own.


def many(path: Path, rows: int, start: int = 0) -> Path:
    lines = (f"Công ty TNHH Số {n} Bình Minh,,Hải Phòng,{n % 90 + 1}\n" for n in range(start, start + rows))
    path.write_text("Tên doanh nghiệp,Mã số thuế,Địa chỉ,Lao động\n" + "".join(lines))
    return path


def seen(at: Installation) -> list[tuple[Any, ...]]:
    return at.query(
        "SELECT e.id, e.name, e.version FROM registry_enterprise e JOIN registry_import i ON i.id = e.first_import_id"
        " WHERE i.state = 'published' ORDER BY e.id"
    )


def whole(at: Installation) -> None:
    rebuilt, verified = at.each("registry rebuild", "ledger verify")
    assert (rebuilt.code, rebuilt.data["differences"]) == (0, [])
    assert (verified.code, verified.data["ok"]) == (0, True)


def killed_at(process: subprocess.Popen[str], enough: Callable[[], bool]) -> None:
    """End it as a power cut would, as soon as it has come so far."""
    while not enough():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_killed_in_the_middle_of_staging(installed: Installation, tmp_path: Path) -> None:
    installed.json("import", str(many(tmp_path / "a.csv", 30)), "--source", "A")
    before, path = seen(installed), many(tmp_path / "b.csv", 1_500, 1_000)
    process = installed.start("import", str(path), "--source", "B", "--json", start_new_session=True)
    killed_at(process, lambda: installed.query("SELECT count(*) FROM registry_importrow")[0][0] > 500)
    assert seen(installed) == before
    assert installed.query("SELECT state FROM registry_import ORDER BY id") == [("published",), ("staging",)]
    assert installed.json("import", str(many(tmp_path / "c.csv", 3, 20_000)), "--source", "C")["new"] == 3
    installed.json("worker", "--once")
    assert installed.query("SELECT state FROM registry_import ORDER BY id") == [
        ("published",),
        ("staged",),
        ("published",),
    ]
    assert len(seen(installed)) == len(before) + 3
    assert installed.query("SELECT count(*) FROM registry_importrow WHERE batch_id = 2") == [(1_500,)]
    whole(installed)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes; only root may make one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("NO SMALL DISK: mounting one needs root. The limit inside the database is tested everywhere.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(installed: Installation, tmp_path: Path) -> None:
    if installed.url:
        pytest.skip("PostgreSQL keeps its files elsewhere.")
    size = sum(path.stat().st_size for path in installed.home.rglob("*") if path.is_file()) // 1024**2
    with small_disk(tmp_path / "disk", size + 5) as disk:
        at = Installation(disk / "home")
        shutil.copytree(installed.home, at.home)
        at.json("import", str(many(tmp_path / "a.csv", 30)), "--source", "A")
        before = seen(at)
        ran = at.run("import", str(many(tmp_path / "b.csv", 3_500, 1_000)), "--source", "B", "--json")
        assert ran.error["code"] == "disk_full"
        assert seen(at) == before
        shutil.copytree(at.home, tmp_path / "roomy")
    roomy = Installation(tmp_path / "roomy")
    roomy.json("worker", "--once")
    assert roomy.query("SELECT state FROM registry_import ORDER BY id") == [("published",), ("staged",)]
    whole(roomy)


@pytest.mark.django_db(transaction=True)
def test_a_database_without_room(take: Take, write_list: Write) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The limit on pages is SQLite's alone.")
    before = standing()
    rows = [(f"Công ty TNHH Số {n}", "", "Hải Phòng", "Ốc vít " * 40, "5", "") for n in range(400)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that other tests left free would be room
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 5}")
        try:
            with pytest.raises(DiskFull):
                take(write_list(*rows, name="full.csv"))
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert standing() == before


def test_two_officers_at_once(installed: Installation, tmp_path: Path) -> None:
    lists = [many(tmp_path / "a.csv", 600), many(tmp_path / "b.csv", 600, 300)]
    both = [installed.start("import", str(path), "--source", path.stem, "--json") for path in lists]
    told = [process.communicate(timeout=120) for process in both]
    reports = [json.loads(out) for out, _err in told]
    assert [process.returncode for process in both] == [0, 0], told
    for report in reports:
        assert (report["rows"], report["accepted"], report["rejected"]) == (600, 600, [])
        assert report["accepted"] == report["linked"] + report["new"] + report["queued"]
    assert sum(report["new"] for report in reports) == len(seen(installed))
    assert len({name for _id, name, _version in seen(installed)}) == len(seen(installed)) or sum(
        report["queued"] for report in reports
    )
    whole(installed)
