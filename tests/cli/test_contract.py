"""Every command: one JSON document on standard output in every case, 0, 1 or 2, and never a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from matxich.cli import MODULES, matxich
from tests.installations import ROOT, Installation, Ran

Run = Callable[..., Ran]
pytestmark = pytest.mark.django_db
OWN_TERMINAL = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
LIST = "Tên doanh nghiệp,Mã số thuế\nCông ty TNHH Cơ khí Bình Minh,9991274607\n"


def leaves() -> list[tuple[str, ...]]:
    context = click.Context(matxich)
    found: list[tuple[str, ...]] = []
    for name in MODULES:
        command = matxich.get_command(context, name)  # type: ignore[attr-defined]
        found += [(name, sub) for sub in command.commands] if isinstance(command, click.Group) else [(name,)]
    return found


@pytest.mark.any_database("words of the command line")
@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_every_command_has_json_and_a_vietnamese_help(words: tuple[str, ...], run: Run) -> None:
    ran = run(*words, "--help")
    assert (ran.code, "--json" in ran.out, ran.err) == (0, True, "")
    assert json.loads(run(*words, "--help", "--json").out) == {"text": ran.out}


@pytest.mark.any_database("words of the command line")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Thiếu tên lệnh."),
        (("ledger",), "Thiếu tên lệnh."),
        (("registry",), "Thiếu tên lệnh."),
        (("serch",), "Không có lệnh “serch”."),
        (("ledger", "verfy"), "Không có lệnh “verfy”."),
        (("search", "--lmit", "3"), "Không có tùy chọn --lmit."),
        (("search", "--limit"), "Tùy chọn --limit cần một giá trị."),
        (("search", "--limit", "0"), "--limit: “0” không phải là số từ 1 đến 1000."),
        (("search", "--limit", "nhiều"), "--limit: “nhiều” không phải là số từ 1 đến 1000."),
        (("search", "--boundaries", "65"), "--boundaries: không có bản đồ “65”; dùng 34 hoặc 63."),
        (("setup", "--json=1"), "Tùy chọn --json không nhận giá trị."),
        (("import",), "Thiếu FILE."),
        (("import", "/khong/co.xlsx", "--source", "a"), "FILE: không có tệp “/khong/co.xlsx”."),
        (("import", "/tmp", "--source", "a"), "FILE: “/tmp” là thư mục, ở đây cần một tệp."),
        (("import", __file__), "Thiếu --source."),
        (("restore", "/khong/co.gz"), "FILE: không có tệp “/khong/co.gz”."),
        (("resolve",), "Cần một địa chỉ hoặc --file và --column."),
        (("ledger", "verify", "a", "b"), "Thừa đối số: a b."),
        (("serve", "--port", "99999"), "--port: “99999” không phải là số từ 1 đến 65535."),
    ],
)
def test_mistakes_are_told_in_vietnamese(words: tuple[str, ...], message: str, run: Run) -> None:
    error = run(*words, "--json").error
    assert (error["code"], error["message"].partition(" Có phải")[0]) == ("usage", message)
    assert error["hint"].startswith(("Xem: matxich", "Các lệnh: "))
    plain = run(*words)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.startswith(f"Lỗi: {error['message']}\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="AS ROOT every file may be read: this test needs an ordinary user.")
def test_a_file_nobody_may_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    path.chmod(0)
    assert "không có quyền đọc" in run("import", str(path), "--source", "a", "--json").error["message"]


def test_before_setup_every_command_says_what_to_run(blank: Installation, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    commands = ("search 'co khi'", f"import {tmp_path}/list.csv --source a", f"backup {tmp_path}/b.gz", "serve")
    for command, ran in zip(commands, blank.each(*commands), strict=True):
        assert (ran.error["code"], ran.error["hint"]) == ("not_set_up", "Chạy: matxich setup"), command
    assert not (tmp_path / "b.gz").exists()


@pytest.mark.any_database("no database is reached")
def test_settings_nobody_can_start_from(tmp_path: Path) -> None:
    for url, code in (
        ("rubbish", "settings"),
        ("mysql-x://a/b", "settings"),
        ("postgres://someone:secret-word@127.0.0.1:1/none", "database_unreachable"),
    ):
        ran = Installation(tmp_path / "home", url).run("ledger", "verify", "--json")
        assert ran.error["code"] == code
        assert "secret-word" not in ran.out + ran.err
    (tmp_path / "file").write_text("")
    assert Installation(tmp_path / "file").run("search", "--json").error["code"] == "file"


def test_a_damaged_or_locked_database(blank: Installation) -> None:
    if blank.url:
        pytest.skip("A database in a file is SQLite's alone.")
    blank.home.mkdir()
    (blank.home / "matxich.sqlite3").write_text("not a database " * 100)
    assert blank.run("search", "--json").error["code"] == "database_damaged"


@pytest.mark.any_database("the fault comes before the database is asked")
def test_an_unexpected_fault_is_kept_in_a_file_and_told_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_given: object) -> None:
        raise RuntimeError("a fault of ours")

    import matxich.cli.history

    monkeypatch.setattr(matxich.cli.history, "verify_chain", fail)
    error = run("ledger", "verify", "--json").error
    assert (error["code"], error["hint"]) == ("fault", f"Nhật ký lỗi: {tmp_path / 'faults.log'}")
    assert "a fault of ours" in (tmp_path / "faults.log").read_text()


@pytest.mark.any_database("the command asks no database")
def test_a_reader_who_goes_away_and_a_full_device(installed: Installation) -> None:
    shell = f"{sys.executable} -m matxich.cli resolve 'Hải Phòng' --json | true; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", shell], env=installed.environment, cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    with Path("/dev/full").open("w") as full:
        ended = installed.run("resolve", "Hải Phòng", stdout=full)
    assert (ended.code, "Traceback" in ended.err, "Ổ đĩa đã đầy" in ended.err) == (2, False, True)


def test_an_interrupt_is_an_answer(installed: Installation, tmp_path: Path) -> None:
    rows = "".join(f"Công ty TNHH Số {n},,Hải Phòng\n" for n in range(6_000))
    (tmp_path / "long.csv").write_text("Tên doanh nghiệp,Mã số thuế,Địa chỉ\n" + rows)
    process = installed.start("import", str(tmp_path / "long.csv"), "--source", "a", "--json", **OWN_TERMINAL)
    assert process.stderr
    while "Đang nhập" not in process.stderr.readline():
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, json.loads(out)["error"]["code"], "Traceback" in err) == (2, "aborted", False)
    assert installed.query("SELECT count(*) FROM registry_import WHERE state = 'published'") == [(0,)]
    assert installed.json("ledger", "verify")["ok"] is True


def test_a_home_is_copied_and_goes_on_by_itself(installed: Installation, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    assert installed.json("import", str(tmp_path / "list.csv"), "--source", "Sở")["new"] == 1
    copy = Installation(tmp_path / "elsewhere", installed.url)
    shutil.copytree(installed.home, copy.home)
    found, verified, rebuilt = copy.each("search 'binh minh'", "ledger verify", "registry rebuild")
    assert [hit["tax_code"] for hit in found.data["hits"]] == ["9991274607"]
    assert (verified.code, verified.data["ok"]) == (0, True)
    assert (rebuilt.code, rebuilt.data) == (0, {"enterprises": 1, "differences": []})


def test_two_commands_at_once(blank: Installation, tmp_path: Path) -> None:
    both = [blank.start("setup", "--json") for _ in range(2)]
    told = [(process.communicate(timeout=120), process.returncode) for process in both]
    assert [code for _said, code in told] == [0, 0], told
    assert sorted(json.loads(out)["reference"]["changed"] for (out, _err), _code in told) == [False, True]
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text(LIST.replace("Bình Minh", f"Bình Minh {name}"))
    imports = [blank.start("import", str(tmp_path / f"{name}.csv"), "--source", name, "--json") for name in "ab"]
    said = [(process.communicate(timeout=120), process.returncode) for process in imports]
    assert [code for _said, code in said] == [0, 0], said
    assert sorted((json.loads(out)["new"], json.loads(out)["linked"]) for (out, _err), _code in said)[1] == (1, 0)
    assert blank.json("ledger", "verify")["ok"] is True


def test_setup_is_quick_whole_and_changes_nothing_the_second_time(installed: Installation) -> None:
    tables = ("places_unit", "places_zone", "registry_enterprise", "accounts_user")
    counts = f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}"
    (before,) = installed.query(counts)
    began = time.monotonic()
    again = installed.json("setup")
    assert time.monotonic() - began < 60
    assert again["reference"]["changed"] is False
    assert installed.query(counts) == [before]
    assert before[0] > 10_000
    assert before[2:] == (0, 0)


def test_commands_act_in_the_name_of_the_operating_system_user(installed: Installation, tmp_path: Path) -> None:
    import getpass

    (tmp_path / "list.csv").write_text(LIST)
    installed.json("import", str(tmp_path / "list.csv"), "--source", "Sở")
    assert installed.query("SELECT DISTINCT actor_id FROM ledger_entry WHERE action LIKE 'import%'") == [
        (f"os:{getpass.getuser()}",)
    ]
