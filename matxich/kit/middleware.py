"""Refusals become pages; pages that only read cannot write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matxich.kit.refusals import Refusal

_writing_allowed: ContextVar[bool] = ContextVar("writing_allowed", default=False)
READING = (
    "SELECT",
    "WITH",
    "PRAGMA",
    "EXPLAIN",
    "VALUES",
    "SET ",
    "SHOW",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "(SELECT",
)


class WriteDuringGet(RuntimeError):
    """A page asked for with GET tried to change the database. A fault of ours, never of the user."""


@contextmanager
def writing_allowed() -> Iterator[None]:
    """The named exception: noting who opened personal data, and sign-in hand-shakes of the GET kind."""
    token = _writing_allowed.set(True)
    try:
        yield
    finally:
        _writing_allowed.reset(token)


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _writing_allowed.get() and not str(sql).lstrip().upper().startswith(READING):
        raise WriteDuringGet(sql)
    return execute(sql, params, many, context)


class ClientAddressMiddleware:
    """Behind a known number of proxies the visitor's address is what the outermost of them saw.

    Without proxies the header is anybody's word and is ignored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        if 0 < count <= len(seen):
            request.META["REMOTE_ADDR"] = seen[-count]
        return self.get_response(request)


class ReadOnlyGetMiddleware:
    """Innermost: sessions and messages, saved further out, are not its business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or _signs_in(request):
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


def _signs_in(request: HttpRequest) -> bool:
    """The sign-in library confirms links and finishes the OIDC hand-shake on GET."""
    return request.path_info.startswith("/tai-khoan/")


class RefusalMiddleware:
    """Turns a named refusal into a page, or a fragment for htmx, that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "403.html" if exception.status == 403 else "refusal.html"
        return render(request, template, {"refusal": exception, "reason": exception.message}, status=exception.status)
