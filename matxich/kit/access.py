"""Each view states who may open it and by which methods. A route without a statement fails the tests.

@access(may_import)                      rule(actor) -> Verdict
@access(may_open_import, on=import_of)   on(**url kwargs) -> object; rule(actor, object) -> Verdict
@access(anyone)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.middleware import writing_allowed
from matxich.kit.models import AccessRecord
from matxich.kit.refusals import Refusal, demand
from matxich.kit.verdict import YES, Verdict

Rule = Callable[..., Verdict]
View = Callable[..., HttpResponseBase]


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
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            objects = (on(**kwargs),) if on else ()
            verdict = rule(request.actor, *objects)  # type: ignore[attr-defined]
            if not verdict and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            demand(verdict)
            return view(request, *objects, **({} if on else kwargs))

        guarded.access = Access(rule, on, allowed, writes_on_get)  # type: ignore[attr-defined]
        return guarded

    return decorate


class ReasonMissing(Refusal):
    """Personal data is opened one by one, each time for a reason somebody can be asked about."""

    code = "reason_missing"
    status = 422


def open_personal(
    *, by: Actor, at: datetime, subject: tuple[str, str], fields: Iterable[str], reason: str
) -> AccessRecord:
    """Note that `by` saw these fields of one subject (kind, id) in full. The one write a GET may make."""
    return _note(AccessRecord.Kind.VIEW, by, at, subject, fields, reason, 1)


def record_export(*, by: Actor, at: datetime, what: str, fields: Iterable[str], rows: int, reason: str) -> AccessRecord:
    """Note that `by` took so many rows of a kind of thing away in a file, with these personal fields."""
    return _note(AccessRecord.Kind.EXPORT, by, at, (what, ""), fields, reason, rows)


def _note(
    kind: str, by: Actor, at: datetime, subject: tuple[str, str], fields: Iterable[str], reason: str, rows: int
) -> AccessRecord:
    if not (why := reason.strip()):
        raise ReasonMissing(_("Chưa có lý do xem dữ liệu cá nhân."), _("Ghi ngắn gọn việc cần đến thông tin này."))
    with writing_allowed():
        return AccessRecord.objects.create(
            at=at,
            kind=kind,
            actor_kind=by.kind,
            actor_id=by.id,
            organisation=by.organisation,
            subject_kind=subject[0],
            subject_id=subject[1],
            fields=sorted(fields),
            reason=why,
            rows=rows,
        )
