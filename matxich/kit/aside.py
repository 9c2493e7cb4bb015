"""A long computation beside the process that uses its results, so that two processors share the work."""

import signal
from collections.abc import Iterator
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
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    helper = context.Process(target=_help, args=(theirs, function), daemon=True)
    helper.start()
    theirs.close()
    try:
        ours.send(arguments)
        del arguments
        while (told := _received(ours)) is not None:
            yield told[0]
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


def _help(theirs: Connection, function: str) -> None:
    """The helper's whole life. What it is sent may name models, so the framework comes first.

    An interrupt at the terminal reaches this process too: its user answers it, and ends us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    with collecting_seldom():
        _work(theirs, function)


def _work(theirs: Connection, function: str) -> None:
    try:
        for item in import_string(function)(*theirs.recv()):
            theirs.send((item,))
        theirs.send(None)
    except BrokenPipeError:
        return
    except Exception as error:
        theirs.send(_portable(error))


def _portable(error: Exception) -> Exception:
    try:
        ForkingPickler.dumps(error)
    except Exception:
        return RuntimeError(repr(error))
    return error
