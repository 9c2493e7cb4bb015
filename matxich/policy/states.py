"""Kinds and states of acts about figures; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    CONFIRM = "confirm", _("Xác nhận")
    ADD = "add", _("Thêm mức")
    END = "end", _("Kết thúc")
    REVOKE = "revoke", _("Bãi bỏ")


class ActState(models.TextChoices):
    PROPOSED = "proposed", _("Chờ quyết định")
    IN_FORCE = "in_force", _("Có hiệu lực")
    REFUSED = "refused", _("Không chấp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")
    REVOKED = "revoked", _("Đã bãi bỏ")


_S = ActState
ACT_TRANSITIONS: dict[tuple[ActState, str], ActState] = {
    (_S.PROPOSED, "accept"): _S.IN_FORCE,
    (_S.PROPOSED, "refuse"): _S.REFUSED,
    (_S.PROPOSED, "withdraw"): _S.WITHDRAWN,
    (_S.IN_FORCE, "revoke"): _S.REVOKED,
}
"""What is in force is never changed: another act, proposed and decided like any other, revokes it."""

ACTIONS = {
    "figure_act.propose": _("Đề xuất về con số của pháp luật"),
    "figure_act.accept": _("Đưa con số vào áp dụng"),
    "figure_act.refuse": _("Không chấp nhận đề xuất về con số"),
    "figure_act.withdraw": _("Rút đề xuất về con số"),
}
