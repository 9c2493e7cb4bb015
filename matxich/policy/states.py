"""States of a report; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    WAITING = "waiting", _("Đang tính")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không tính được")
