"""A long computation beside the process that uses its results, so that two processors share the work."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

import django
from django.utils.module_loading import import_string

from matxich.kit.collecting import collecting_seldom


class HelperStopped(RuntimeError):
    """The helper process ended early: stopped from outside, or out of memory."""


def stream_aside(function: str, *arguments: Any) -> Iterator[Any]:
    """What a generator function, named by its dotted path, yields when run in a process of its own.

    The function must only compute: it shares neither the database connection nor any state with its caller.
    At most a few items wait between the two. Its exceptions are raised here; HelperStopped when it was killed.
    """
    with _helper("stream", function) as ours:
        ours.send(arguments)
        del arguments
        while (told := _received(ours)) is not None:
            yield told[0]


def map_aside(function: str, jobs: Iterable[tuple[Any, ...]], *, helpers: int) -> Iterator[Any]:
    """What a function, named by its dotted path, returns for the arguments of each job, in the order of the jobs.

    Each helper has one job in hand and one waiting, taken from `jobs` no sooner than that: a job may depend on what
    the caller did with earlier results. Jobs are small, results may be large. Otherwise as `stream_aside`.
    """
    with ExitStack() as opened:
        ours = [opened.enter_context(_helper("serve", function)) for _ in range(helpers)]
        waiting = deque[Connection]()
        for pipe, job in zip(cycle(ours), jobs, strict=False):
            pipe.send(job)
            waiting.append(pipe)
            if len(waiting) > helpers:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(ours: Connection) -> Any:
    told = _received(ours)
    assert told is not None, "Only a stream ends by itself"
    return told[0]


@contextmanager
def _helper(work: str, function: str) -> Iterator[Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    helper = context.Process(target=_help, args=(theirs, work, function), daemon=True)
    helper.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        helper.kill()
        helper.join()
        helper.close()


def _received(ours: Connection) -> tuple[Any] | None:
    """One item in a tuple, None at the end."""
    try:
        told = ours.recv()
    except EOFError as error:
        raise HelperStopped from error
    if isinstance(told, BaseException):
        raise told
    return told


def _help(theirs: Connection, work: str, function: str) -> None:
    """The helper's whole life. What it is sent may name models, so the framework comes first.

    An interrupt at the terminal reaches this process too: its user answers it, and ends us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    with collecting_seldom():
        try:
            _WORK[work](theirs, import_string(function))
        except (BrokenPipeError, EOFError):
            return
        except Exception as error:
            theirs.send(_portable(error))


def _stream(theirs: Connection, function: Callable[..., Iterable[Any]]) -> None:
    for item in function(*theirs.recv()):
        theirs.send((item,))
    theirs.send(None)


def _serve(theirs: Connection, function: Callable[..., Any]) -> None:
    while True:
        theirs.send((function(*theirs.recv()),))


_WORK: dict[str, Callable[[Connection, Callable[..., Any]], None]] = {"stream": _stream, "serve": _serve}


def _portable(error: Exception) -> Exception:
    try:
        ForkingPickler.dumps(error)
    except Exception:
        return RuntimeError(repr(error))
    return error
