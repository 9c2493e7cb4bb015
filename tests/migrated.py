"""Migrating an empty SQLite database takes most of a short run: it is done once for the same migrations and copied."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection

from matxich.kit import append_only, creating

ROOT = Path(__file__).parents[1]


def kept_copy() -> Path:
    """Named after everything that makes the tables."""
    seen = hashlib.sha256(repr((django.VERSION, sqlite3.sqlite_version, settings.INSTALLED_APPS)).encode())
    for path in [*sorted(ROOT.glob("matxich/*/migrations/*.py")), Path(append_only.__file__), Path(creating.__file__)]:
        seen.update(path.name.encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"matxich-tables-{seen.hexdigest()[:24]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    if connection.vendor != "sqlite" or not (copy := kept_copy()).exists():
        return False
    shutil.copyfile(copy, connection.creation._get_test_db_name())
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[None]:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        half = kept_copy().with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), closing(sqlite3.connect(half)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
        half.replace(kept_copy())
    yield
