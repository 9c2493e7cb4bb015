"""Reports up the tree and the states they go through; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.TextChoices):
    """The map a figure was told on."""

    OLD = "63", _("trước 01/7/2025")
    NEW = "34", _("từ 01/7/2025")


class Basis(models.TextChoices):
    STOCK = "stock", _("thời điểm")
    FLOW = "flow", _("trong kỳ")
    CUMULATIVE = "cumulative", _("lũy kế")


class Comparator(models.TextChoices):
    """How a figure is meant, as the paper says it."""

    EXACTLY = "", _("đúng")
    ABOUT = "≈", _("khoảng")
    OVER = ">", _("trên")
    AT_LEAST = "≥", _("ít nhất")
    UNDER = "<", _("dưới")
    AT_MOST = "≤", _("không quá")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Chờ xem xét")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã nhận")
    CONSOLIDATED = "consolidated", _("Đã tổng hợp")
    LOCKED = "locked", _("Đã khóa")
    REOPENED = "reopened", _("Mở lại")


_R = ReportState
REPORT_TRANSITIONS: dict[tuple[ReportState, str], ReportState] = {
    (_R.DRAFT, "save"): _R.DRAFT,
    (_R.DRAFT, "submit"): _R.SUBMITTED,
    (_R.SUBMITTED, "return"): _R.RETURNED,
    (_R.SUBMITTED, "accept"): _R.ACCEPTED,
    (_R.RETURNED, "save"): _R.RETURNED,
    (_R.RETURNED, "submit"): _R.SUBMITTED,
    (_R.ACCEPTED, "consolidate"): _R.CONSOLIDATED,
    (_R.ACCEPTED, "lock"): _R.LOCKED,
    (_R.CONSOLIDATED, "lock"): _R.LOCKED,
    (_R.SUBMITTED, "reopen"): _R.REOPENED,
    (_R.ACCEPTED, "reopen"): _R.REOPENED,
    (_R.CONSOLIDATED, "reopen"): _R.REOPENED,
    (_R.LOCKED, "reopen"): _R.REOPENED,
    (_R.REOPENED, "save"): _R.REOPENED,
    (_R.REOPENED, "submit"): _R.SUBMITTED,
}
"""A report opened again says why and by whom; what it said before stays as a version of its own."""

WRITABLE = frozenset({_R.DRAFT, _R.RETURNED, _R.REOPENED})
HANDED_IN = frozenset({_R.SUBMITTED, _R.ACCEPTED, _R.CONSOLIDATED, _R.LOCKED})


ACTIONS = {
    "indicator_target.set": _("Đặt mục tiêu chỉ tiêu"),
    "indicator_target.withdraw": _("Rút mục tiêu chỉ tiêu"),
    "reported_figure.record": _("Ghi số liệu báo cáo có nguồn"),
    "reported_figure.withdraw": _("Rút số liệu báo cáo"),
    "indicator.snapshot": _("Chốt số liệu chỉ tiêu"),
    "indicator_readiness.answer": _("Ghi mức độ sẵn sàng của địa phương"),
    "report_period.open": _("Mở kỳ báo cáo chỉ tiêu"),
    "indicator_report.save": _("Sửa báo cáo chỉ tiêu"),
    "indicator_report.submit": _("Gửi báo cáo chỉ tiêu"),
    "indicator_report.return": _("Trả lại báo cáo chỉ tiêu"),
    "indicator_report.accept": _("Nhận báo cáo chỉ tiêu"),
    "indicator_report.consolidate": _("Tổng hợp báo cáo chỉ tiêu"),
    "indicator_report.lock": _("Khóa báo cáo chỉ tiêu"),
    "indicator_report.reopen": _("Mở lại báo cáo chỉ tiêu"),
}
