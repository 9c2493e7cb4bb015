"""A long computation beside the process that uses its results, so that two processors share the work."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with _helper(function, _stream) as ours:
        ours.send(arguments)
        del arguments
        while (told := _received(ours)) is not None:
            yield told[0]


@contextmanager
def answering_aside(function: str) -> Iterator[Connection]:
    """A process that answers each thing sent to it with what the function, named by its dotted path, makes of it.

    The same rules hold; the answers come in order, each as `received` takes it from the connection.
    """
    with _helper(function, _answer) as ours:
        yield ours


@contextmanager
def _helper(function: str, work: Callable[[Connection, str], None]) -> Iterator[Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    helper = context.Process(target=_help, args=(theirs, function, work), daemon=True)
    helper.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        helper.kill()
        helper.join()
        helper.close()


def received(ours: Connection) -> Any:
    """The next answer. HelperStopped when there is none to come, the function's own exception when it failed."""
    told = _received(ours)
    if told is None:
        raise HelperStopped
    return told[0]


def _received(ours: Connection) -> tuple[Any] | None:
    """One item in a tuple, None at the end."""
    try:
        told = ours.recv()
    except EOFError as error:
        raise HelperStopped from error
    if isinstance(told, BaseException):
        raise told
    return told


def _help(theirs: Connection, function: str, work: Callable[[Connection, str], None]) -> None:
    """The helper's whole life. What it is sent may name models, so the framework comes first.

    An interrupt at the terminal reaches this process too: its user answers it, and ends us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    with collecting_seldom():
        try:
            work(theirs, function)
        except BrokenPipeError:
            return
        except Exception as error:
            theirs.send(_portable(error))


def _stream(theirs: Connection, function: str) -> None:
    for item in import_string(function)(*theirs.recv()):
        theirs.send((item,))
    theirs.send(None)


def _answer(theirs: Connection, function: str) -> None:
    answer = import_string(function)
    while True:
        try:
            asked = theirs.recv()
        except EOFError:
            return
        theirs.send((answer(asked),))


def _portable(error: Exception) -> Exception:
    try:
        ForkingPickler.dumps(error)
    except Exception:
        return RuntimeError(repr(error))
    return error
