"""Forms of a reporting period, lists of zones, and the states both go through; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormKind(models.TextChoices):
    DEVELOPER = "developer", _("Chủ đầu tư hạ tầng")
    TENANT = "tenant", _("Doanh nghiệp, cơ sở trong cụm")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Chờ xem xét")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã nhận")


_R = ReportState
REPORT_TRANSITIONS: dict[tuple[ReportState, str], ReportState] = {
    (_R.DRAFT, "save"): _R.DRAFT,
    (_R.DRAFT, "submit"): _R.SUBMITTED,
    (_R.SUBMITTED, "return"): _R.RETURNED,
    (_R.SUBMITTED, "accept"): _R.ACCEPTED,
    (_R.RETURNED, "save"): _R.RETURNED,
    (_R.RETURNED, "submit"): _R.SUBMITTED,
    (_R.ACCEPTED, "return"): _R.RETURNED,
}
"""An accepted form found wrong is returned; what it told stays until the corrected form is accepted."""


ACTIONS = {
    "zone.state_facts": _("Ghi số liệu khu, cụm công nghiệp"),
    "zone_report.open": _("Lập báo cáo khu, cụm công nghiệp"),
    "zone_report.save": _("Sửa báo cáo khu, cụm công nghiệp"),
    "zone_report.submit": _("Gửi báo cáo khu, cụm công nghiệp"),
    "zone_report.return": _("Trả lại báo cáo khu, cụm công nghiệp"),
    "zone_report.accept": _("Nhận báo cáo khu, cụm công nghiệp"),
    "zone_list.read": _("Tải danh sách khu, cụm công nghiệp lên"),
    "zone_list.publish": _("Công bố danh sách khu, cụm công nghiệp"),
    "zone_list.cancel": _("Hủy danh sách khu, cụm công nghiệp"),
    "zone_list.undo": _("Hoàn tác danh sách khu, cụm công nghiệp"),
}
