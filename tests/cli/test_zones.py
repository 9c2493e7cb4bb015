"""`zones list`, `zones import`, `zones undo` and `zones report` from the shell."""

import pytest

from tests.zones.conftest import make_zone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cluster():
    return make_zone("CCN", "Mẫu Một", "30", "31")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cum.csv"
    path.write_text(
        "Tên cụm công nghiệp;Tỉnh;Đất công nghiệp (ha);Đã cho thuê (ha)\n"
        "CCN Mẫu Một;Hải Dương;40;30\nCCN Mẫu Hai;Tỉnh Bịa;4;3\n"
    )
    return str(path)


def test_in_and_out_again(run, cluster, file):
    words = ("zones", "import", file, "--source", "Sở", "--as-of", "14/06/2026", "--json")
    dry = run(*words, "--dry-run")
    assert (dry.code, dry.data["accepted"], dry.data["list"]) == (0, 1, None)
    assert run("zones", "list", "--json").data["zones"][0]["facts"] == {}
    done = run(*words)
    assert (done.code, done.data["state"], done.data["facts"]) == (0, "published", 2)
    assert done.data["rejected"] == [
        {"sheet": "", "row": 3, "name": "CCN Mẫu Hai", "reason": "Không có tỉnh, thành nào tên “Tỉnh Bịa”."}
    ]
    again = run(*words)
    assert (again.data["repeats"], again.data["list"]) == (True, done.data["list"])
    told = run("zones", "list", "mau mot", "--province", "Hải Dương", "--boundaries", "63", "--json").data
    assert (told["total"], told["zones"][0]["id"], told["zones"][0]["occupancy"]) == (1, cluster.pk, "0.7500")
    assert told["zones"][0]["facts"]["leased_area"] == {
        "value": "30", "comparator": "", "as_of": "2026-06-14", "source": "Sở",
    }  # fmt: skip
    undone = run("zones", "undo", str(done.data["list"]), "--reason", "nhầm", "--json")
    assert undone.data == {"list": done.data["list"], "state": "undone"}
    assert run("ledger", "verify", "--json").data["ok"] is True


def test_the_report(run, cluster):
    told = run("zones", "report", "--period", "2026-H1", "--boundaries", "63", "--on", "2026-06-18", "--json").data
    assert [(row["name"], row["zones"], row["occupancy"]["value"]) for row in told["provinces"]] == [
        ("Hải Dương", 1, None)
    ]
    assert told["total"]["digitised"] == {"numerator": "0", "denominator": "1", "value": "0.0000"}
    assert (told["reports"]["due_before"], told["reports"]["days_left"], told["reports"]["waiting"]) == (
        "2026-06-20", 2, 1,
    )  # fmt: skip
    assert "chưa gửi 1 trong 1 cụm" in run("zones", "report", "--on", "2026-06-18").out


def test_bad_input(run, cluster, file, tmp_path):
    empty = tmp_path / "dn.csv"
    empty.write_text("Tên doanh nghiệp;MST\nMột;0100233488\n")
    errors = {
        ("list", "--province", "Bịa"): "no_such_province",
        ("report", "--period", "2023-Y"): "no_such_period",
        ("undo", "99", "--reason", "x"): "no_such_list",
        ("import", file, "--source", " ", "--as-of", "2026-06-14"): "no_source",
        ("import", file, "--source", "x", "--as-of", "2090-01-01"): "bad_day",
        ("import", str(empty), "--source", "x", "--as-of", "2026-06-14"): "no_zones_in_file",
    }
    assert {words: run("zones", *words, "--json").error["code"] for words in errors} == errors
    assert run("zones", "import", file, "--source", "x", "--as-of", "mai", "--json").code == 2
    assert run("zones", "list", "khong co", "--json").code == 1
