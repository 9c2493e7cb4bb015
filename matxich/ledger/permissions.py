"""Who reads history."""

from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.verdict import YES, Verdict, no
from matxich.ledger.models import Entry
from matxich.ledger.withholding import is_withheld


def may_read_history(actor: Actor, *objects: object) -> Verdict:
    """Officials, within their places."""
    if actor.oversight is None or actor.oversight:
        return YES
    return no(_("Nhật ký hệ thống dành cho cán bộ được giao quản lý địa bàn."))


def may_open_entry(actor: Actor, entry: Entry) -> Verdict:
    """Entries of the places one oversees, and one's own deeds; not what a room keeps back for now."""
    if not (allowed := may_read_history(actor)):
        return allowed
    if is_withheld(actor, entry):
        return no(_("Bản ghi này chưa mở: nội dung của nó đang được giữ kín."))
    places = actor.oversight
    if places is None or entry.place in places or (entry.actor_id, entry.actor_kind) == (actor.id, actor.kind):
        return YES
    return no(_("Bản ghi này thuộc địa bàn khác với địa bàn bạn được giao."))


def may_check_chain(actor: Actor, *objects: object) -> Verdict:
    if actor.oversight is None:
        return YES
    return no(_("Chỉ quản trị hệ thống và cán bộ toàn quốc kiểm tra được chuỗi nhật ký."))
