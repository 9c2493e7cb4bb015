"""Each view states who may open it and by which methods. A route without a statement fails the tests.

@access(may_import)                      rule(actor) -> Verdict
@access(may_open_import, on=import_of)   on(**url kwargs) -> object; rule(actor, object) -> Verdict
@access(anyone)
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from matxich.kit.actor import Actor
from matxich.kit.refusals import demand
from matxich.kit.verdict import YES, Verdict

Rule = Callable[..., Verdict]
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """What a view said of itself; read by the test that walks all routes."""

    rule: Rule
    on: Callable[..., Any] | None
    methods: tuple[str, ...]
    writes_on_get: bool


def anyone(actor: Actor, *objects: object) -> Verdict:
    return YES


def access(
    rule: Rule,
    *,
    on: Callable[..., Any] | None = None,
    methods: tuple[str, ...] = ("GET",),
    writes_on_get: bool = False,
) -> Callable[[View], View]:
    """Guard a view. A visitor who is not signed in is sent to sign in; anybody else gets the reason (403)."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            objects = (on(**kwargs),) if on else ()
            verdict = rule(request.actor, *objects)  # type: ignore[attr-defined]
            if not verdict and not request.user.is_authenticated:  # type: ignore[attr-defined]
                return redirect_to_login(request.get_full_path())
            demand(verdict)
            return view(request, *objects, **({} if on else kwargs))

        guarded.access = Access(rule, on, allowed, writes_on_get)  # type: ignore[attr-defined]
        return guarded

    return decorate
