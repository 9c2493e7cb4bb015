"""`backup` and `restore`: one file with the database, the stored files and the keys; nothing that can be derived."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.sealing import settle
from matxich.kit.refusals import Refusal
from matxich.ledger.queries import verification_as_json, verify
from matxich.registry.search import rebuild as rebuild_index

DERIVED = {"index", "cache", "static", "tmp", "mail", "faults.log", "locks"}


class BadBackup(Refusal):
    code = "bad_backup"


class NotEmpty(Refusal):
    code = "not_empty"


class ToolFailed(Refusal):
    code = "tool_failed"


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def backup(file: Path) -> Answer:
    """Sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp. Chạy được khi hệ thống đang hoạt động."""
    settle()
    partial = file.with_name(file.name + ".partial")
    with tempfile.TemporaryDirectory(dir=settings.HOME / "tmp") as folder:
        dump = Path(folder) / "database"
        _dump(dump)
        manifest = _manifest(dump)
        (Path(folder) / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        with tarfile.open(partial, "w:gz", compresslevel=3) as archive:
            archive.add(Path(folder) / "manifest.json", "manifest.json")
            archive.add(dump, "database")
            for path in _kept():
                archive.add(path, f"home/{path.name}")
    partial.replace(file)
    return Answer(manifest | {"file": str(file), "bytes": file.stat().st_size}, [f"Đã sao lưu vào {file}."])


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def restore(file: Path) -> Answer:
    """Dựng lại từ tệp sao lưu vào một cơ sở dữ liệu trống, rồi kiểm tra nhật ký và tệp."""
    if _tables():
        raise NotEmpty(
            "Cơ sở dữ liệu đích đã có dữ liệu.", "Chỉ khôi phục vào thư mục MATXICH_HOME và cơ sở dữ liệu trống."
        )
    with tempfile.TemporaryDirectory(dir=settings.HOME / "tmp") as name:
        folder = Path(name)
        manifest = _unpack(file, folder)
        _load(folder / "database")
        for path in (folder / "home").iterdir() if (folder / "home").exists() else ():
            target = settings.HOME / path.name
            if target.is_dir():
                shutil.rmtree(target)
            shutil.move(path, target)
    rebuild_index()
    check = verification_as_json(verify(at=timezone.now()))
    lines = [
        f"Đã khôi phục bản sao lưu lúc {manifest['at']}; nhật ký {'nguyên vẹn' if check['ok'] else 'KHÔNG nguyên vẹn'}."
    ]
    return Answer({"manifest": manifest, "ledger": check}, lines, 0 if check["ok"] else 1)


def _kept() -> list[Path]:
    database = Path(str(settings.DATABASES["default"]["NAME"])).name
    return sorted(p for p in settings.HOME.iterdir() if p.name not in DERIVED and not p.name.startswith(database))


def _manifest(dump: Path) -> dict[str, Any]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        "at": timezone.now().isoformat(),
        "vendor": connection.vendor,
        "database_sha256": _sha256(dump),
        "migrations": applied,
    }


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        whole = manifest["database_sha256"] == _sha256(folder / "database")
    except (tarfile.TarError, EOFError, OSError, KeyError, ValueError) as error:
        raise BadBackup("Tệp sao lưu hỏng hoặc không phải của Mắt Xích.", "Dùng một bản sao lưu khác.") from error
    if not whole:
        raise BadBackup("Tệp sao lưu hỏng: mã băm của cơ sở dữ liệu không khớp.", "Dùng một bản sao lưu khác.")
    if manifest["vendor"] != connection.vendor:
        raise BadBackup(
            f"Bản sao lưu là của {manifest['vendor']}, còn đích là {connection.vendor}.",
            "Đặt DATABASE_URL trỏ tới cùng loại cơ sở dữ liệu.",
        )
    return manifest


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(target), "--dbname", _address()])


def _load(dump: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        name = Path(str(settings.DATABASES["default"]["NAME"]))
        for leftover in name.parent.glob(f"{name.name}*"):
            leftover.unlink()
        shutil.move(dump, name)
        return
    _run(["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", _address(), str(dump)])


def _address() -> str:
    """The connection as libpq reads it; the password travels in the environment of the child alone."""
    parameters = connection.get_connection_params()
    return " ".join(f"{key}='{parameters[key]}'" for key in ("host", "port", "user", "dbname") if parameters.get(key))


def _run(command: list[str]) -> None:
    password = str(connection.get_connection_params().get("password") or "")
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"PGPASSWORD": password})
    except FileNotFoundError as error:
        raise ToolFailed(f"Máy chưa có {command[0]}.", "Cài gói postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        raise ToolFailed(
            f"{command[0]}: {error.stderr.strip().splitlines()[-1]}", "Kiểm tra DATABASE_URL và chỗ trống."
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


COMMANDS = {"backup": backup, "restore": restore}
