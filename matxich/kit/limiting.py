"""How often one network address may do what costs others something."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal

HOUR = 3600


class TooOften(Refusal):
    code = "too_often"
    status = 429


def limit(request: HttpRequest, what: str, count: int) -> None:
    """At most so many in one hour of the clock from one address; the address itself is not kept longer."""
    key = f"limit:{what}:{int(time.time() // HOUR)}:{request.META.get('REMOTE_ADDR', '')}"
    used = cache.get(key, 0) + 1
    cache.set(key, used, HOUR)  # counting with `incr` would shorten its life to the cache's own
    if used > count:
        raise TooOften(_("Bạn đã gửi quá nhiều lần trong một giờ."), _("Hãy thử lại sau ít phút."))
