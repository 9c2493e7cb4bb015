"""Light or dark, kept in a cookie so that the server draws the page right the first time."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from matxich.kit.access import access, anyone

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def theme(request: HttpRequest) -> dict[str, str]:
    """Context processor: `theme`, light unless the cookie says otherwise."""
    chosen = request.COOKIES.get(COOKIE, "")
    return {"theme": chosen if chosen in THEMES else THEMES[0]}


@access(anyone, methods=("POST",))
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice and goes back to where the reader was."""
    answer = HttpResponseRedirect(way_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer


def way_back(request: HttpRequest) -> str:
    """The address in `next` when it is on this site, else the front page."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else "/"
