"""Where a call stands for everybody, and who appraises; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallPhase(models.TextChoices):
    """Where a call stands by its state and the clock; derived, never stored."""

    DRAFT = "draft", _("Bản nháp")
    COMING = "coming", _("Sắp mở")
    OPEN = "open", _("Đang nhận hồ sơ")
    PAST = "past", _("Hết hạn nhận hồ sơ")
    DONE = "done", _("Đã hoàn tất")
    CANCELLED = "cancelled", _("Đã hủy")


class Route(models.TextChoices):
    """Who appraises (TT 36/2013/TT-BCT Đ9: council or staff unit)."""

    COUNCIL = "council", _("Hội đồng thẩm định")
    STAFF = "staff", _("Bộ phận chuyên môn thẩm định")
