"""`registry compare`, `registry rejected`, `registry sources`: a list that comes again, from the shell."""

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from matxich.kit.actor import system_actor
from matxich.registry.actions import import_list
from matxich.registry.models import Enterprise, Import, Source
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "Tên doanh nghiệp,Địa chỉ,Lao động\n"


def list_of(path: Path, **firms: str) -> Path:
    """Workers by name, all of one commune."""
    rows = [f'{name.replace("_", " ")},"xã An Dương, Hải Phòng",{workers}' for name, workers in firms.items()]
    path.write_text(HEADER + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def first(tmp_path: Path) -> Import:
    path = list_of(tmp_path / "a.csv", Công_ty_An_Bình="80", Công_ty_Gia_Long="9", _="007")
    import_list(path, source_name="Sở", by=system_actor(), at=NOW, as_of=date(2026, 6, 30))
    return Import.objects.get()


def test_the_next_list_is_compared(run, first, tmp_path):
    path = list_of(tmp_path / "b.csv", Công_ty_An_Bình="95", Công_ty_Đại_Phát="7")
    expected = {"import": first.pk, "new": 1, "gone": 1, "changed": 1, "unchanged": 0}
    assert run("import", str(path), "--source", "Sở", "--dry-run", "--json").data["compared_with"] == expected
    report = run("import", str(path), "--source", "Sở", "--json").data
    assert (report["compared_with"], report["corrects"]) == (expected, None)
    second = Import.objects.latest("pk")
    found = run("registry", "compare", str(second.pk), "--json")
    ids = {firm.name.split(" ", 2)[2]: make_registry_id(firm.pk) for firm in Enterprise.objects.all()}
    groups = {"new": [ids["Đại Phát"]], "gone": [ids["Gia Long"]], "changed": [ids["An Bình"]]}
    assert (found.code, found.data) == (0, {"import": second.pk, "compared_with": expected, **groups})
    assert f"  không còn: {ids['Gia Long']} Công ty Gia Long" in run("registry", "compare", str(second.pk)).out
    nothing = run("registry", "compare", str(first.pk), "--json")
    assert (nothing.code, nothing.data) == (1, {"import": first.pk, "compared_with": None})
    assert run("registry", "compare", "999", "--json").error["code"] == "no_such_import"


def test_rejected_rows_go_out_and_come_back(run, first, tmp_path):
    path = tmp_path / "sửa.xlsx"
    written = run("registry", "rejected", str(first.pk), str(path), "--json")
    assert (written.code, written.data) == (0, {"import": first.pk, "rows": 1, "file": str(path)})
    assert run("registry", "rejected", str(first.pk), str(path), "--json").error["code"] == "would_overwrite"
    book = openpyxl.load_workbook(path)
    assert book.active["G2"].value == "007"
    book.active["E2"] = "Công ty Đúc Hải Nam"
    book.save(path)
    report = run("import", str(path), "--source", "Sở", "--json").data
    assert (report["corrects"], report["accepted"], report["compared_with"]) == (first.pk, 1, None)
    last_list = list_of(tmp_path / "c.csv", Công_ty_X="1")
    again = run("import", str(last_list), "--source", "Sở", "--json")
    assert again.code == 0
    last = Import.objects.latest("pk")
    none = run("registry", "rejected", str(last.pk), str(tmp_path / "k.xlsx"), "--json")
    assert (none.code, none.data["rows"], (tmp_path / "k.xlsx").exists()) == (1, 0, False)


def test_sources_say_when_the_next_list_is_due(run, first):
    Source.objects.update(rhythm="quarterly")
    found = run("registry", "sources", "--json")
    (source,) = json.loads(found.out)
    assert source == {
        "source": "Sở",
        "trust": 60,
        "level": "sector_agency",
        "lists": 1,
        "last_import": first.pk,
        "last_list": "2026-06-30",
        "rhythm": "quarterly",
        "next_due": "2026-09-30",
        "late": "overdue",
    }
    assert (found.code, "kỳ tới 30/09/2026 quá hạn." in run("registry", "sources").out) == (1, True)
