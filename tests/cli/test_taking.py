"""`search --export` from the shell."""

import openpyxl
import pytest

from matxich.ledger.models import Entry
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_found_becomes_a_file(run, tmp_path):
    for number in range(3):
        firm(f"Đúc Số {number}", province_34="31")
    firm("Cơ khí Khác", province_34="31")
    file = tmp_path / "duc.xlsx"
    done = run("search", "duc", "--province", "Hải Phòng", "--export", str(file), "--purpose", "kiểm tra", "--json")
    assert (done.code, done.data) == (0, {"file": str(file), "rows": 3, "bytes": file.stat().st_size})
    book = openpyxl.load_workbook(file)
    names = [row[1] for row in book["Doanh nghiệp"].iter_rows(min_row=2, values_only=True)]
    assert sorted(names) == ["Đúc Số 0", "Đúc Số 1", "Đúc Số 2"]
    entry = Entry.objects.get(action="registry.export")
    assert (entry.actor_kind, entry.reason, entry.after["rows"]) == ("system", "kiểm tra", 3)
    assert run("ledger", "verify", "--json").data["ok"] is True


def test_bad_input(run, tmp_path):
    firm("Đúc Một")
    file = tmp_path / "duc.csv"
    errors = {
        ("duc", "--export", str(file)): "purpose_missing",
        ("qwxzvvkp", "--export", str(file), "--purpose", "x"): "nothing_to_export",
    }
    assert {words: run("search", *words, "--json").error["code"] for words in errors} == errors
    for name in ("duc.pdf", "khong-co/duc.csv"):
        assert run("search", "duc", "--export", str(tmp_path / name), "--purpose", "x", "--json").code == 2
    assert sorted(path.name for path in tmp_path.glob("*.*")) == []
