"""Kinds and states of acts about figures, of support and its lists, of reports; data only."""

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


class SupportStatus(models.TextChoices):
    APPROVED = "approved", _("Đã duyệt")
    PAID = "paid", _("Đã chi")
    SETTLED = "settled", _("Đã quyết toán")
    CANCELLED = "cancelled", _("Đã hủy")
    REPAID = "repaid", _("Đã thu hồi")


STANDING = frozenset({SupportStatus.APPROVED, SupportStatus.PAID, SupportStatus.SETTLED})
"""What was cancelled or paid back is in nobody's way."""


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Đang tính")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không tính được")


ACTIONS = {
    "policy.simulate": _("Thử đề xuất trên sổ đăng ký"),
    "policy.export": _("Tải báo cáo đề xuất về"),
    "policy.list_export": _("Tải danh sách xét hỗ trợ về"),
    "figure_act.propose": _("Đề xuất về con số của pháp luật"),
    "figure_act.accept": _("Đưa con số vào áp dụng"),
    "figure_act.refuse": _("Không chấp nhận đề xuất về con số"),
    "figure_act.withdraw": _("Rút đề xuất về con số"),
    "support.record": _("Ghi hỗ trợ đã cấp"),
    "support.withdraw": _("Gỡ một mục hỗ trợ đã cấp"),
    "support.link": _("Nối đơn vị thụ hưởng với hồ sơ"),
    "support.unlink": _("Bỏ nối đơn vị thụ hưởng với hồ sơ"),
    "support.declare_complete": _("Tuyên bố sổ hỗ trợ của năm đã đầy đủ"),
    "support.withdraw_complete": _("Rút tuyên bố sổ hỗ trợ đầy đủ"),
    "support_list.read": _("Tải danh sách hỗ trợ lên"),
    "support_list.publish": _("Công bố danh sách hỗ trợ"),
    "support_list.cancel": _("Hủy danh sách hỗ trợ"),
    "support_list.undo": _("Hoàn tác danh sách hỗ trợ"),
}
