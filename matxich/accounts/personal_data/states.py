"""Kinds of request, states and the moves between them (law 91/2025/QH15, decree 356/2025/NĐ-CP)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ACKNOWLEDGE_WORKING_DAYS = 2
ACT_DAYS = 15
EXTENSION_DAYS = 15


class RequestKind(models.TextChoices):
    ACCESS = "access", _("Xem dữ liệu của tôi")
    RECTIFY = "rectify", _("Chỉnh sửa")
    ERASE = "erase", _("Xóa")
    RESTRICT = "restrict", _("Hạn chế xử lý")
    WITHDRAW = "withdraw", _("Rút lại sự đồng ý")
    OBJECT = "object", _("Phản đối xử lý")


class RequestState(models.TextChoices):
    RECEIVED = "received", _("Đã nhận")
    ACKNOWLEDGED = "acknowledged", _("Đang giải quyết")
    ACCEPTED = "accepted", _("Chấp nhận, đang thực hiện")
    REFUSED = "refused", _("Từ chối")
    COMPLETED = "completed", _("Đã thực hiện")


class Move(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("Xác nhận đã nhận")
    EXTEND = "extend", _("Gia hạn")
    ACCEPT = "accept", _("Chấp nhận")
    REFUSE = "refuse", _("Từ chối")
    COMPLETE = "complete", _("Ghi nhận đã thực hiện")


TRANSITIONS = {
    (RequestState.RECEIVED, Move.ACKNOWLEDGE): RequestState.ACKNOWLEDGED,
    (RequestState.ACKNOWLEDGED, Move.EXTEND): RequestState.ACKNOWLEDGED,
    (RequestState.ACKNOWLEDGED, Move.ACCEPT): RequestState.ACCEPTED,
    (RequestState.ACKNOWLEDGED, Move.REFUSE): RequestState.REFUSED,
    (RequestState.ACCEPTED, Move.EXTEND): RequestState.ACCEPTED,
    (RequestState.ACCEPTED, Move.COMPLETE): RequestState.COMPLETED,
}
OPEN = frozenset({RequestState.RECEIVED, RequestState.ACKNOWLEDGED, RequestState.ACCEPTED})
