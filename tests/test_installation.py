"""A real installation: its units, its proxy, its environment, its first administrator, its upgrade."""

import configparser
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
import pytest

from matxich.cli import matxich
from tests.installations import ROOT, Installation
from tests.postgres import free_port

DEPLOY = ROOT / "docs" / "deploy"
MANUAL = (ROOT / "docs" / "van-hanh.md").read_text()
REAL = {"MATXICH_PRODUCTION": "1", "MATXICH_HOSTS": "matxich.example.vn", "MATXICH_URL": "https://matxich.example.vn"}


def unit(path: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(path)
    return parsed


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="SYSTEMD ABSENT: its units are not verified here.")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("matxich-*.*"):
        text = path.read_text().replace("/opt/matxich/.venv/bin/matxich", "/bin/true")
        (tmp_path / path.name).write_text(text)
    units = sorted(map(str, tmp_path.glob("matxich-*.*")))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if line.startswith("matxich-")] == []


def test_every_command_line_of_the_units_parses() -> None:
    lines = [
        line
        for path in DEPLOY.glob("*.service")
        for key, line in unit(path).items("Service")
        if key.startswith("Exec") and "matxich/.venv" in line
    ]
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line)
        if words[0].endswith("bash"):
            words = shlex.split(re.sub(r"\$\(.*?\)", "today", words[2]))
        command = matxich.get_command(click.Context(matxich), words[1])  # type: ignore[attr-defined]
        assert command is not None, line
        command.make_context(words[1], words[2:])


@pytest.mark.skipif(not shutil.which("nginx"), reason="NGINX ABSENT: the example is not tested here.")
def test_nginx_reads_the_example(tmp_path: Path) -> None:
    make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout privkey.pem -out fullchain.pem -subj /CN=x -days 1"
    subprocess.run(make.split(), cwd=tmp_path, check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text().replace("/etc/ssl/matxich", str(tmp_path))
    (tmp_path / "whole.conf").write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {site} }}")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "whole.conf"), "-e", "stderr"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_manual_names_every_variable_and_every_command() -> None:
    sources = [ROOT / "config" / "settings.py", ROOT / "config" / "environment.py"]
    read = {name for path in sources for name in re.findall(r'"((?:MATXICH|DATABASE)_[A-Z_]+)"', path.read_text())}
    assert {name for name in read if f"`{name}`" not in MANUAL} == set()
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "matxich.env").read_text(), re.MULTILINE))
    assert given - read == set()
    context = click.Context(matxich)
    names = matxich.list_commands(context)  # type: ignore[attr-defined]
    assert [name for name in names if f"`matxich {name}" not in MANUAL] == []


def manage(at: Installation, *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, env=at.environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_a_real_installation_refuses_what_is_unsafe(installed: Installation) -> None:
    def serve(**more: str) -> str:
        at = Installation(installed.home, installed.url, REAL | more)
        error = at.run("serve", "--port", str(free_port()), "--json").error
        return f"{error['code']}: {error['message']}"

    assert serve(MATXICH_DEBUG="1") == "unsafe_settings: MATXICH_DEBUG đang bật."
    assert serve(MATXICH_HOSTS="*") == "unsafe_settings: MATXICH_HOSTS nhận mọi tên máy."
    demo = Installation(installed.home, installed.url, REAL).run("demo", "--json").error
    assert demo["message"] == "Bản chạy thật không nhận dữ liệu mẫu."
    demo_person = (
        "from django.utils import timezone; from matxich.kit.actor import system_actor;"
        "from matxich.accounts.actions import create_user;"
        "create_user(by=system_actor(), at=timezone.now(), email='a@matxich.example', name='A', is_demo=True,"
        " password='mat-khau-rat-dai')"
    )
    manage(installed, "shell", "-c", demo_person)
    assert serve() == "unsafe_settings: Cơ sở dữ liệu có tài khoản mẫu."


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def lose_database(at: Installation) -> None:
    """Its connections are cut, and none can be made any more."""
    server, _, name = at.url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as raw:
        raw.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def served(at: Installation) -> Iterator[tuple[int, list[str]]]:
    """The port of a running server, and a list that holds what it printed once it ended as asked."""
    port = free_port()
    process = at.start("serve", "--port", str(port), "--workers", "1", "--json")
    told: list[str] = []
    try:
        assert process.stderr
        while f"http://127.0.0.1:{port}" not in process.stderr.readline():
            assert process.poll() is None
        yield port, told
    finally:
        process.send_signal(signal.SIGTERM)
        told += process.communicate(timeout=60)
    assert process.returncode == 0, told


@pytest.mark.django_db
def test_it_serves_says_how_it_is_and_ends_when_asked(installed: Installation) -> None:
    with served(installed) as (port, printed):
        deadline = time.monotonic() + 60
        while (health := get(port, "/suc-khoe/"))[0] != 200 and time.monotonic() < deadline:
            time.sleep(0.5)
        told = json.loads(health[1])
        assert (health[0], told["ok"], set(told["parts"].values())) == (200, True, {"ok"})
        assert not any(secret in health[1] for secret in (str(installed.home), installed.url or "sqlite"))
        assert get(port, "/")[0] == 200
        second = installed.run("serve", "--port", str(port), "--json").error
        assert (second["code"], str(port) in second["message"]) == ("port_taken", True)
        (installed.home / "index" / "current").unlink()
    out, err = printed
    assert json.loads(out)["address"] == f"http://127.0.0.1:{port}", err
    assert "Traceback" not in err


@pytest.mark.django_db
def test_it_says_so_when_its_database_is_gone(installed: Installation) -> None:
    if not installed.url:
        pytest.skip("SQLite has no server to lose: its file stays open.")
    with served(installed) as (port, _printed):
        assert json.loads(get(port, "/suc-khoe/")[1])["parts"]["database"] == "ok"
        lose_database(installed)
        status, said = get(port, "/suc-khoe/")
        assert (status, json.loads(said)["parts"]["database"]) == (503, "cannot be reached")


@pytest.mark.django_db
def test_the_first_administrator_comes_by_a_link_that_works_once(installed: Installation) -> None:
    first, second = (ran.data["url"] for ran in installed.each("first-administrator", "first-administrator"))
    assert first.startswith("http://127.0.0.1:8000/nhan-loi-moi/")
    assert first != second
    rows = installed.query("SELECT token_hash FROM accounts_invitation")
    assert not any(link.rstrip("/").rpartition("/")[2] in str(rows) for link in (first, second))


@pytest.mark.django_db
def test_an_upgrade_and_the_way_back(installed: Installation, blank: Installation, tmp_path: Path) -> None:
    """The database of the version before, brought forward by setup; and the backup taken before, put back."""
    (tmp_path / "list.csv").write_text("Tên doanh nghiệp,Mã số thuế\nCông ty TNHH Cơ khí Bình Minh,9991274607\n")
    taken, kept = installed.each(f"import {tmp_path}/list.csv --source Sở", f"backup {tmp_path}/before.tar.gz")
    assert (taken.code, kept.code) == (0, 0)
    steps = sorted((ROOT / "matxich" / "accounts" / "migrations").glob("0*.py"))
    manage(installed, "migrate", "accounts", steps[-2].stem)
    assert installed.run("serve", "--json").error["hint"] == "Chạy: matxich setup"
    installed.json("setup")
    verified, found = installed.each("ledger verify", "search 'binh minh'")
    assert (verified.code, verified.data["ok"], found.data["total"]) == (0, True, 1)
    assert blank.json("restore", str(tmp_path / "before.tar.gz"))["ledger"]["ok"] is True
    assert blank.json("search", "binh minh")["total"] == 1
