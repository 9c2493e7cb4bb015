"""Who reads messages: whoever is signed in, their own."""

from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no


def may_read_notices(actor: Actor, *objects: object) -> Verdict:
    return YES if actor.kind == "person" else no(_("Hãy đăng nhập để xem thông báo của bạn."))
