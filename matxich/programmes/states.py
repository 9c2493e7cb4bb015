"""Kinds of programmes, money and steps, and the states of what is decided about them; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matxich.programmes.phases import CallPhase as CallPhase
from matxich.programmes.phases import Route as Route


class ProgrammeKind(models.TextChoices):
    CNHT_NATIONAL = "cnht_national", _("Công nghiệp hỗ trợ quốc gia")
    CNHT_CITY = "cnht_city", _("Công nghiệp hỗ trợ của tỉnh, thành phố")
    KC_NATIONAL = "kc_national", _("Khuyến công quốc gia")
    KC_LOCAL = "kc_local", _("Khuyến công địa phương")
    SPONSOR = "sponsor", _("Do đối tác tài trợ")


class MoneySource(models.TextChoices):
    """Whose money a funding line holds."""

    NATIONAL_CNHT = "national_cnht", _("Ngân sách trung ương, Chương trình công nghiệp hỗ trợ")
    CITY_CNHT = "city_cnht", _("Ngân sách địa phương, chương trình công nghiệp hỗ trợ")
    KC_NATIONAL = "kc_national", _("Khuyến công quốc gia")
    KC_LOCAL = "kc_local", _("Khuyến công địa phương")
    SPONSOR = "sponsor", _("Đối tác tài trợ")


NATIONAL_SOURCES = frozenset({MoneySource.NATIONAL_CNHT, MoneySource.KC_NATIONAL})
LOCAL_SOURCES = frozenset({MoneySource.CITY_CNHT, MoneySource.KC_LOCAL})


class EntryKind(models.TextChoices):
    """The same words as rulebook.programmes.money."""

    ALLOT = "allot", _("Giao kinh phí")
    WITHDRAW_ALLOTMENT = "withdraw_allotment", _("Thu hồi kinh phí đã giao")
    COMMIT = "commit", _("Cam kết")
    RELEASE = "release", _("Hủy cam kết")
    PAY = "pay", _("Chi")
    REPAY = "repay", _("Thu hồi khoản đã chi")


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    RUNNING = "running", _("Đang thực hiện")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


_P = ProgrammeState
PROGRAMME_TRANSITIONS: dict[tuple[ProgrammeState, str], ProgrammeState] = {
    (_P.DRAFT, "save"): _P.DRAFT,
    (_P.DRAFT, "start"): _P.RUNNING,
    (_P.DRAFT, "cancel"): _P.CANCELLED,
    (_P.RUNNING, "save"): _P.RUNNING,
    (_P.RUNNING, "close"): _P.CLOSED,
    (_P.RUNNING, "cancel"): _P.CANCELLED,
}
"""A programme is cancelled while no money of it is committed; afterwards it can only be closed."""


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Chờ phê duyệt")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã phê duyệt")
    CLOSED = "closed", _("Đã khép lại")


_Y = PlanState
PLAN_TRANSITIONS: dict[tuple[PlanState, str], PlanState] = {
    (_Y.DRAFT, "save"): _Y.DRAFT,
    (_Y.DRAFT, "submit"): _Y.SUBMITTED,
    (_Y.SUBMITTED, "return"): _Y.RETURNED,
    (_Y.SUBMITTED, "approve"): _Y.APPROVED,
    (_Y.RETURNED, "save"): _Y.RETURNED,
    (_Y.RETURNED, "submit"): _Y.SUBMITTED,
    (_Y.APPROVED, "reopen"): _Y.RETURNED,
    (_Y.APPROVED, "close"): _Y.CLOSED,
}
"""An approved plan that changes is opened again, mended and approved anew by its own decision."""


class CallState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đã công bố")
    CLOSED = "closed", _("Đã hoàn tất")
    CANCELLED = "cancelled", _("Đã hủy")


_C = CallState
CALL_TRANSITIONS: dict[tuple[CallState, str], CallState] = {
    (_C.DRAFT, "save"): _C.DRAFT,
    (_C.DRAFT, "publish"): _C.PUBLISHED,
    (_C.DRAFT, "cancel"): _C.CANCELLED,
    (_C.PUBLISHED, "extend"): _C.PUBLISHED,
    (_C.PUBLISHED, "close"): _C.CLOSED,
    (_C.PUBLISHED, "cancel"): _C.CANCELLED,
}
"""Whether a published call takes proposals is a matter of the clock (`Call.is_open`). Closed: its work is done."""


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    SIGNED = "signed", _("Đã ký")
    ENDED = "ended", _("Đã chấm dứt")


_A = AgreementState
AGREEMENT_TRANSITIONS: dict[tuple[AgreementState, str], AgreementState] = {
    (_A.DRAFT, "save"): _A.DRAFT,
    (_A.DRAFT, "sign"): _A.SIGNED,
    (_A.SIGNED, "end"): _A.ENDED,
}
"""What was signed is never edited: another agreement, its parent this one, amends it."""


class PartyRole(models.TextChoices):
    MINISTRY = "ministry", _("Cơ quan trung ương")
    LOCALITY = "locality", _("Địa phương")
    LEAD_FIRM = "lead_firm", _("Doanh nghiệp đầu tàu")
    SPONSOR = "sponsor", _("Nhà tài trợ")
    IMPLEMENTER = "implementer", _("Đơn vị thực hiện")
    OTHER = "other", _("Bên khác")


class Comparator(models.TextChoices):
    """How a promised figure is meant; kept as the paper says it."""

    ABOUT = "≈", _("khoảng")
    OVER = ">", _("trên")
    AT_LEAST = "≥", _("ít nhất")
    AT_MOST = "≤", _("nhiều nhất")
    EXACTLY = "=", _("đúng")


class TaskState(models.TextChoices):
    TODO = "todo", _("Chưa làm")
    DOING = "doing", _("Đang làm")
    DONE = "done", _("Đã xong")
    DROPPED = "dropped", _("Thôi không làm")


_T = TaskState
TASK_TRANSITIONS: dict[tuple[TaskState, str], TaskState] = {
    (_T.TODO, "start"): _T.DOING,
    (_T.TODO, "finish"): _T.DONE,
    (_T.TODO, "drop"): _T.DROPPED,
    (_T.DOING, "finish"): _T.DONE,
    (_T.DOING, "drop"): _T.DROPPED,
    (_T.DONE, "resume"): _T.DOING,
    (_T.DROPPED, "resume"): _T.DOING,
}


class LessonKind(models.TextChoices):
    WORKED = "worked", _("Điều làm được")
    FAILED = "failed", _("Điều không thành")


ACTIONS = {
    "programme.create": _("Lập chương trình"),
    "programme.clone": _("Nhân rộng chương trình"),
    "programme.change": _("Sửa chương trình"),
    "programme.start": _("Bắt đầu chương trình"),
    "programme.close": _("Kết thúc chương trình"),
    "programme.cancel": _("Hủy chương trình"),
    "programme.add_lesson": _("Ghi bài học của chương trình"),
    "funding_line.create": _("Mở nguồn kinh phí"),
    "funding_line.allot": _("Giao kinh phí"),
    "funding_line.withdraw_allotment": _("Thu hồi kinh phí đã giao"),
    "funding_line.commit": _("Cam kết kinh phí"),
    "funding_line.release": _("Hủy cam kết kinh phí"),
    "funding_line.pay": _("Ghi khoản chi"),
    "funding_line.repay": _("Ghi khoản thu hồi"),
    "year_plan.create": _("Lập kế hoạch năm"),
    "year_plan.save": _("Sửa kế hoạch năm"),
    "year_plan.submit": _("Trình kế hoạch năm"),
    "year_plan.return": _("Trả lại kế hoạch năm"),
    "year_plan.approve": _("Phê duyệt kế hoạch năm"),
    "year_plan.reopen": _("Mở lại kế hoạch năm"),
    "year_plan.close": _("Khép kế hoạch năm"),
    "call.create": _("Lập đợt nhận hồ sơ"),
    "call.save": _("Sửa đợt nhận hồ sơ"),
    "call.publish": _("Công bố đợt nhận hồ sơ"),
    "call.extend": _("Gia hạn nhận hồ sơ"),
    "call.close": _("Hoàn tất đợt nhận hồ sơ"),
    "call.cancel": _("Hủy đợt nhận hồ sơ"),
    "call.set_dates": _("Sửa lịch của đợt nhận hồ sơ"),
    "call.record_step": _("Ghi một bước đã xong"),
    "agreement.create": _("Lập thỏa thuận"),
    "agreement.save": _("Sửa thỏa thuận"),
    "agreement.sign": _("Ký thỏa thuận"),
    "agreement.end": _("Chấm dứt thỏa thuận"),
    "agreement.attach": _("Đính kèm văn bản thỏa thuận"),
    "joint_task.add": _("Thêm việc chung"),
    "joint_task.move": _("Đổi trạng thái việc chung"),
}
