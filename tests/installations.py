"""Installations of the tests' own: a home and a database as an administrator makes them, driven from the shell."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = count(1)
SECONDS = 120
ONE_AFTER_ANOTHER = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from matxich.cli import main

told = []
for words in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            main(words)
        except SystemExit as end:
            told.append((end.code, out.getvalue(), err.getvalue()))
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        assert self.code == 2, self
        error: dict[str, str] = self.data["error"]
        assert sorted(error) == ["code", "hint", "message"]
        assert "Traceback" not in self.err
        return error


@dataclass(frozen=True)
class Installation:
    """`url` is "" for SQLite in the home."""

    home: Path
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MATXICH_", "DATABASE_URL", "DJANGO_"))
        }
        address = {"DATABASE_URL": self.url} if self.url else {}
        return ours | address | {"MATXICH_HOME": str(self.home), "PYTHONWARNINGS": "default"} | self.more

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "matxich.cli", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, **pipes)

    def run(self, *words: str, **options: Any) -> Ran:
        with self.start(*words, **options) as process:
            out, err = process.communicate(timeout=SECONDS)
        return Ran(process.returncode, out or "", err or "")

    def json(self, *words: str, code: int = 0) -> Any:
        """Run with --json and demand how it ends."""
        ran = self.run(*words, "--json")
        assert ran.code == code, ran
        return ran.data

    def each(self, *commands: str) -> list[Ran]:
        """Commands one after another in one process, each with --json: where none has to prove how it starts."""
        words = json.dumps([[*shlex.split(command), "--json"] for command in commands])
        command = [sys.executable, "-c", ONE_AFTER_ANOTHER, words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * len(commands)
        )
        assert done.returncode == 0, done
        return [Ran(*told) for told in json.loads(done.stdout)]

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Straight into the database, as somebody with its password could."""
        with closing(self._connect()) as raw:
            cursor = raw.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            raw.commit()
        return rows

    def _connect(self) -> Any:
        import sqlite3

        return psycopg.connect(self.url) if self.url else sqlite3.connect(self.home / "matxich.sqlite3")

    def files(self) -> set[str]:
        return {str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file()}


def _server() -> str:
    """The address of the suite's PostgreSQL without a database name."""
    given = connection.get_connection_params()
    return f"postgres://{given['user']}@{given['host']}:{given['port']}"


@pytest.fixture(scope="session")
def empty_database(django_db_setup: None) -> Iterator[Callable[..., str]]:
    """Makes databases, empty or copies of another; "" where the suite runs on SQLite. They go at the end."""
    made: list[str] = []

    def make(copy_of: str = "") -> str:
        if connection.vendor == "sqlite":
            return ""
        name = f"installation_{os.getpid()}_{next(NUMBERS)}"
        template = f' TEMPLATE "{copy_of.rpartition("/")[2]}"' if copy_of else ""
        with psycopg.connect(f"{_server()}/postgres", autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"{template}')
        made.append(name)
        return f"{_server()}/{name}"

    yield make
    for name in made:
        with suppress(psycopg.Error), psycopg.connect(f"{_server()}/postgres", autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _pattern(empty_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Set up once; every test works on a copy."""
    made = Installation(tmp_path_factory.mktemp("pattern") / "home", empty_database())
    made.json("setup")
    return made


@pytest.fixture
def blank(db: None, tmp_path: Path, empty_database: Callable[..., str]) -> Installation:
    """A home and a database with nothing in them yet."""
    return Installation(tmp_path / "blank", empty_database())


@pytest.fixture
def installed(db: None, tmp_path: Path, _pattern: Installation, empty_database: Callable[..., str]) -> Installation:
    """As `matxich setup` leaves it."""
    shutil.copytree(_pattern.home, tmp_path / "home")
    return Installation(tmp_path / "home", empty_database(_pattern.url))
