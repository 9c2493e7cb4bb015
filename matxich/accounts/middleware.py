"""Who acts, in which language, and the second factor that officials owe."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from matxich.accounts.permissions import Person, owes_second_factor
from matxich.accounts.queries import person
from matxich.kit.access import anyone
from matxich.kit.actor import ANONYMOUS, Actor


class ActorMiddleware:
    """`request.actor`: who acts, worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return person(user, timezone.localdate()) if user.is_authenticated else ANONYMOUS


LANGUAGE_PARAMETER = "lang"


class LanguageMiddleware:
    """The language of the profile, unless the reader has chosen another in this browser, or the address names one.

    Search engines reach each language by an address of its own; whoever comes by it stays in that language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = request.GET.get(LANGUAGE_PARAMETER, "")
        named = named if named in dict(settings.LANGUAGES) else ""
        if named:
            _speak(request, named)
        elif settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            _speak(request, request.user.language)
        answer = self.get_response(request)
        if named and settings.LANGUAGE_COOKIE_NAME not in answer.cookies:
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, named, samesite="Lax", secure=request.is_secure())
        return answer


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


class SecondFactorMiddleware:
    """Officials set up a second factor before any page that is not open to everybody. Demo accounts need none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        stated = getattr(view, "access", None)
        if stated is None or stated.rule is anyone or not request.user.is_authenticated:
            return None
        actor: Person = request.actor  # type: ignore[attr-defined]
        if not owes_second_factor(actor, is_demo=request.user.is_demo):
            return None
        messages.warning(request, _("Cán bộ cần bật xác thực hai lớp trước khi làm việc. Chọn một cách dưới đây."))
        return redirect("mfa_index")
