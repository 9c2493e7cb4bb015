"""States of a report; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Đang tính")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không tính được")


ACTIONS = {
    "policy.simulate": _("Thử đề xuất trên sổ đăng ký"),
    "policy.export": _("Tải báo cáo đề xuất về"),
    "policy.list_export": _("Tải danh sách xét hỗ trợ về"),
}
"""What the ledger calls what this room does."""
