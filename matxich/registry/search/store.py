"""Where an index lives on disk, who may write it, and how readers notice that it changed.

INDEX_ROOT/lock          held by the process that is indexing, released by the system if it dies
INDEX_ROOT/current       the name of the folder in use, replaced in one step
INDEX_ROOT/<folder>/     the engine's files and state.json: how far the changes are applied
"""

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from matxich.registry.search.document import layout

POLL = 0.05
_FOOTER_MAGIC = (1337).to_bytes(4, "little")


class Unavailable(Exception):
    """There is no index to ask: missing, damaged or of another version. The indexer will rebuild it."""


@dataclass(frozen=True, slots=True)
class State:
    """Up to which change the index is true, and of which database. Changes are ordered by transaction, then seq."""

    version: str
    database: str
    transaction: int
    seq: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One state of the index, to ask. `mark` changes when the index does; `answers` are true of this state only."""

    folder: Path
    mark: tuple[int, ...]
    index: tantivy.Index
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    answers: dict[Hashable, Any] = field(default_factory=dict)


_opened: dict[Path, Opened] = {}


def root() -> Path:
    return Path(settings.INDEX_ROOT)


def current() -> Path:
    """The folder in use; Unavailable where there is none."""
    try:
        return root() / (root() / "current").read_text()
    except OSError as error:
        raise Unavailable("no index") from error


def read_state(folder: Path) -> State:
    try:
        state = State(**json.loads((folder / "state.json").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable("no state") from error
    if state.version != layout():
        raise Unavailable(f"version {state.version}")
    return state


def write_state(folder: Path, state: State) -> None:
    _replace(folder / "state.json", json.dumps(asdict(state)))


def point_to(folder: Path) -> None:
    """Readers turn to this folder from their next question on; every other folder goes."""
    _replace(root() / "current", folder.name)
    for other in root().iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def new_folder() -> Path:
    folder = root() / f"{time.time_ns():x}"
    folder.mkdir()
    return folder


def forget(folder: Path | None = None) -> None:
    """The index in use, or this one if it is in use, is not to be believed; its files go with the next rebuild."""
    if folder is None or (root() / "current").read_text() == folder.name:
        (root() / "current").unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def open_index(folder: Path) -> tantivy.Index:
    """The engine checks length and footer of every file when it opens them."""
    try:
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual", 0)
        index.searcher()
    except (ValueError, OSError) as error:
        raise Unavailable(f"damaged: {error}") from error
    return index


def is_whole(folder: Path) -> bool:
    """Does every file still have the checksum that the engine wrote into its footer? Reads all of them.

    A file that went away meanwhile was replaced by a newer one.
    """
    try:
        return all(_is_whole(path) for path in folder.iterdir() if path.is_file())
    except OSError:
        return True


def _is_whole(path: Path) -> bool:
    content = path.read_bytes()
    if content[-4:] != _FOOTER_MAGIC:
        return True
    end = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    try:
        return bool(zlib.crc32(content[:end]) == json.loads(content[end:-8])["crc"])
    except (ValueError, LookupError):
        return False


def opened() -> Opened:
    """The index as last committed, opened once a process and again only after a change. Raises Unavailable."""
    folder = current()
    try:
        return _open(folder)
    except Unavailable:
        # A rebuild may have swapped the folders between the two looks.
        replaced = current()
        if replaced == folder:
            raise
        return _open(replaced)


def _open(folder: Path) -> Opened:
    mark = _mark(folder)
    known = _opened.get(root())
    if known and known.folder == folder and known.mark == mark:
        return known
    read_state(folder)
    index = open_index(folder)
    fresh = Opened(folder, mark, index, index.schema, index.searcher())
    _opened.clear()
    _opened[root()] = fresh
    return fresh


def _mark(folder: Path) -> tuple[int, ...]:
    try:
        stat = (folder / "meta.json").stat()
    except OSError as error:
        raise Unavailable("no index") from error
    return stat.st_mtime_ns, stat.st_ino, stat.st_size, os.getpid()


@contextmanager
def indexing(timeout: float) -> Iterator[bool]:
    """True for the one process that may write now; false where another kept the lock for `timeout` seconds."""
    root().mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout
    with (root() / "lock").open("a") as file:
        while not (held := _try_lock(file.fileno())) and time.monotonic() < deadline:
            time.sleep(POLL)
        yield held


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
