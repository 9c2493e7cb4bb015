"""Commands that work on one JSON document and nothing else: read, refused with its place, timed."""

import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from matxich.kit.refusals import Refusal
from matxich.rulebook.json_values import BadDocument, parse
from matxich.rulebook.whole_programme import Unsolved

LONGEST = 200_000_000
GUIDE = "Xem cách viết và mẫu trong docs/hoi-dong-toan.md."


class BadJson(Refusal):
    """A slip in the document; the message names its place."""

    code = "bad_document"


class NoAnswer(Refusal):
    """The solver ended without an answer, and without proof that there is none."""

    code = "unsolved"


def read[T](file: Path, reader: Callable[[Any], T]) -> T:
    """What the reader makes of a file, or of what is piped in for "-". BadJson."""
    raw = sys.stdin.buffer.read(LONGEST + 1) if str(file) == "-" else file.read_bytes()
    try:
        return reader(parse(raw, longest=LONGEST))
    except BadDocument as error:
        raise BadJson(str(error), GUIDE) from error


def timed[T](solve: Callable[[], T], *, solvers: Iterable[str]) -> tuple[T, float]:
    """The answer and the milliseconds it took, the loading of the solvers (modules by name) not counted. NoAnswer."""
    for solver in solvers:
        import_module(solver)
    began = time.perf_counter()
    try:
        with _solver_aside():
            found = solve()
    except Unsolved as error:
        raise NoAnswer(
            "Bài toán quá khó: bộ giải hết thời gian mà chưa tìm được phương án.",
            "Bớt quy tắc hoặc chia nhỏ danh sách.",
        ) from error
    return found, round((time.perf_counter() - began) * 1000, 1)


@contextmanager
def _solver_aside() -> Iterator[None]:
    """HiGHS now and then prints a line of its own past Python; standard output belongs to the answer."""
    sys.stdout.flush()
    ours, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(ours, 1)
        os.close(ours)
        os.close(nowhere)
