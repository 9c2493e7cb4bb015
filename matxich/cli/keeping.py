"""`backup` and `restore`: one file with the database, the stored files and the keys; nothing that can be derived."""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.sealing import settle
from matxich.cli.usage import ExistingFile
from matxich.kit.refusals import Refusal
from matxich.ledger.queries import verification_as_json, verify
from matxich.registry.search import rebuild as rebuild_index

KEPT = ("files", "secret_key", "ledger_key")
NOT_OURS = "Tệp sao lưu hỏng hoặc không phải của Mắt Xích."


class BadBackup(Refusal):
    code = "bad_backup"


class NotEmpty(Refusal):
    code = "not_empty"


class ToolFailed(Refusal):
    code = "tool_failed"


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def backup(file: Path) -> Answer:
    """Sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp. Chạy được khi hệ thống đang hoạt động."""
    settle()
    partial = file.with_name(file.name + ".partial")
    try:
        partial.touch(mode=0o600)
        manifest = _write(partial)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return Answer(manifest | {"file": str(file), "bytes": file.stat().st_size}, [f"Đã sao lưu vào {file}."])


def _write(archive_path: Path) -> dict[str, Any]:
    """The database first: what it names was stored before it was named, so it is among the files taken afterwards."""
    with (
        tempfile.TemporaryDirectory(dir=settings.HOME / "tmp") as name,
        tarfile.open(archive_path, "w:gz", compresslevel=3) as tar,
    ):
        folder = Path(name)
        _dump(folder / "database")
        kept = {f"home/{path.relative_to(settings.HOME)}": path for path in _kept(settings.HOME)}
        manifest = _manifest(folder / "database", kept)
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        for entry, path in {"manifest.json": folder / "manifest.json", "database": folder / "database", **kept}.items():
            tar.add(path, entry)
    return manifest


@click.command("restore")
@click.argument("file", type=ExistingFile())
@json_option
def restore(file: Path) -> Answer:
    """Dựng lại từ tệp sao lưu vào một cơ sở dữ liệu trống, rồi kiểm tra nhật ký và tệp."""
    if connection.introspection.table_names() or any(path.parent != settings.HOME for path in _kept(settings.HOME)):
        raise NotEmpty("Nơi khôi phục đã có dữ liệu.", "Chỉ khôi phục vào thư mục MATXICH_HOME và cơ sở dữ liệu trống.")
    with tempfile.TemporaryDirectory(dir=settings.HOME / "tmp") as name:
        folder = Path(name)
        manifest = _unpack(file, folder)
        _load(folder / "database")
        for path in _kept(folder / "home"):
            target = settings.HOME / path.relative_to(folder / "home")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    rebuild_index()
    check = verification_as_json(verify(at=timezone.now()))
    told = "nguyên vẹn" if check["ok"] else "KHÔNG nguyên vẹn"
    lines = [f"Đã khôi phục bản sao lưu lúc {manifest['at']}; nhật ký {told}."]
    return Answer({"manifest": manifest, "ledger": check}, lines, 0 if check["ok"] else 1)


def _kept(home: Path) -> list[Path]:
    """The files that cannot be made again, without those still being written."""
    found = [path for name in KEPT for path in (home / name, *(home / name).rglob("*"))]
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _manifest(dump: Path, kept: dict[str, Path]) -> dict[str, Any]:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return {
        "at": timezone.now().isoformat(),
        "vendor": connection.vendor,
        "sha256": {"database": _sha256(dump), **{entry: _sha256(path) for entry, path in kept.items()}},
        "migrations": applied,
    }


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Everything is held against its hash before anything is put in its place."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        hashes, applied, vendor = manifest["sha256"], set(manifest["migrations"]), manifest["vendor"]
        damaged = [entry for entry, sha256 in hashes.items() if _sha256(folder / entry) != sha256]
    except (tarfile.TarError, zlib.error, EOFError, OSError, LookupError, ValueError, TypeError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise
        raise BadBackup(NOT_OURS, "Dùng một bản sao lưu khác.") from error
    if damaged:
        raise BadBackup(f"Tệp sao lưu hỏng: mã băm của {damaged[0]} không khớp.", "Dùng một bản sao lưu khác.")
    if vendor != connection.vendor:
        raise BadBackup(
            f"Bản sao lưu là của {vendor}, còn đích là {connection.vendor}.",
            "Đặt DATABASE_URL trỏ tới cùng loại cơ sở dữ liệu.",
        )
    if unknown := applied - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}:
        raise BadBackup(
            f"Bản sao lưu là của một phiên bản mới hơn (có {min(unknown)}).", "Cài phiên bản đó rồi khôi phục."
        )
    return manifest


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as live,
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
