"""States of needs, the four gates of a proposal, and the words both are told in; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matxich.proposals.packaged import gates

OWNER = "proposal"
"""How other rooms name a proposal: owner of a case, of a commitment, subject of the history."""


class NeedState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SENT = "sent", _("Đã gửi")
    CHECKED = "checked", _("Đã kiểm tra")
    FORWARDED = "forwarded", _("Đã chuyển lên")
    TAKEN = "taken", _("Đã đưa vào đợt hỗ trợ")
    CLOSED = "closed", _("Đã khép lại")


_N = NeedState
NEED_TRANSITIONS: dict[tuple[NeedState, str], NeedState] = {
    (_N.DRAFT, "save"): _N.DRAFT,
    (_N.DRAFT, "send"): _N.SENT,
    (_N.DRAFT, "close"): _N.CLOSED,
    (_N.SENT, "check"): _N.CHECKED,
    (_N.SENT, "close"): _N.CLOSED,
    (_N.CHECKED, "forward"): _N.FORWARDED,
    (_N.CHECKED, "take"): _N.TAKEN,
    (_N.CHECKED, "close"): _N.CLOSED,
    (_N.FORWARDED, "check"): _N.CHECKED,
    (_N.FORWARDED, "close"): _N.CLOSED,
    (_N.TAKEN, "close"): _N.CLOSED,
}
"""A need that was forwarded is checked anew where it arrives; only what was checked goes on."""


class NeedLevel(models.TextChoices):
    COMMUNE = "commune", _("Xã, phường")
    CENTRE = "centre", _("Trung tâm khuyến công")
    DEPARTMENT = "department", _("Sở Công Thương")


class NeedKind(models.TextChoices):
    """The same kinds as rulebook.proposals.needs."""

    MACHINE = "machine", _("Máy móc, thiết bị")
    DEMONSTRATION = "demonstration", _("Mô hình trình diễn")
    DESIGN = "design", _("Thiết kế mẫu mã, bao bì")
    BRAND = "brand", _("Nhãn hiệu, thương hiệu")
    FAIR = "fair", _("Hội chợ, giới thiệu sản phẩm")
    TRAINING = "training", _("Đào tạo nghề, tập huấn")
    CLEANER = "cleaner", _("Sản xuất sạch hơn")
    DIGITAL = "digital", _("Chuyển đổi số")
    CREDIT = "credit", _("Vốn vay")


class Urgency(models.TextChoices):
    NOW = "now", _("Cần ngay năm nay")
    NEXT = "next", _("Năm sau")
    LATER = "later", _("Chưa gấp")


class ProductTitle(models.TextChoices):
    NONE = "", _("Chưa có")
    PROVINCE = "province", _("Tiêu biểu cấp tỉnh")
    REGION = "region", _("Tiêu biểu cấp khu vực")
    NATIONAL = "national", _("Tiêu biểu cấp quốc gia")
    OCOP = "ocop", _("Sản phẩm OCOP")


class Shape(models.TextChoices):
    SINGLE = "single", _("Một đơn vị")
    GROUPED = "grouped", _("Đề án nhóm, nhiều đơn vị thụ hưởng")
    JOINT = "joint", _("Nhiều đơn vị cùng chủ trì")


class Mode(models.TextChoices):
    OWN = "own", _("Tự nộp")
    ON_BEHALF = "on_behalf", _("Nộp hộ")


class PartyRole(models.TextChoices):
    OWNER = "owner", _("Cùng chủ trì")
    BENEFICIARY = "beneficiary", _("Thụ hưởng")


class Status(models.TextChoices):
    """The one word for a proposal; rulebook.proposals.gates derives it from the four gates."""

    DRAFT = "draft", _("Bản nháp")
    CHECKING = "checking", _("Đang kiểm tra hồ sơ")
    RETURNED = "returned", _("Trả lại để sửa")
    REVIEWING = "reviewing", _("Đang xét điều kiện và dự toán")
    READY = "ready", _("Chờ đưa ra thẩm định")
    APPRAISING = "appraising", _("Đang thẩm định")
    RESERVE = "reserve", _("Trong danh sách dự phòng")
    APPROVED = "approved", _("Được phê duyệt")
    REFUSED = "refused", _("Không được hỗ trợ")
    WITHDRAWN = "withdrawn", _("Đã rút")


OPEN_TO_WRITE = frozenset({Status.DRAFT, Status.RETURNED})
"""Only then the applicant changes anything."""
OVER = frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN})


class GateKind(models.TextChoices):
    DOSSIER = "dossier", _("Kiểm tra hồ sơ")
    ELIGIBILITY = "eligibility", _("Đối chiếu điều kiện")
    FINANCE = "finance", _("Thẩm tra dự toán")
    COUNCIL = "council", _("Thẩm định")


DOSSIER_TRANSITIONS = dict(gates()["dossier"].moves)
ELIGIBILITY_TRANSITIONS = dict(gates()["eligibility"].moves)
FINANCE_TRANSITIONS = dict(gates()["finance"].moves)
COUNCIL_TRANSITIONS = dict(gates()["council"].moves)
"""As rulebook.proposals declares them; here for the diagrams."""


ACTIONS = {
    "need.save": _("Ghi phiếu nhu cầu"),
    "need.send": _("Gửi phiếu nhu cầu"),
    "need.check": _("Kiểm tra phiếu nhu cầu"),
    "need.forward": _("Chuyển phiếu nhu cầu lên"),
    "need.take": _("Đưa nhu cầu vào đợt hỗ trợ"),
    "need.close": _("Khép phiếu nhu cầu"),
    "need.export": _("Tải danh sách nhu cầu về"),
    "proposal.start": _("Lập đề án"),
    "proposal.change": _("Sửa đề án"),
    "proposal.mandate": _("Ghi giấy nhờ nộp hộ"),
    "proposal.add_file": _("Thêm tài liệu của đề án"),
    "proposal.remove_file": _("Gỡ tài liệu của đề án"),
    "proposal.submit": _("Nộp đề án"),
    "proposal.withdraw": _("Rút đề án"),
    "proposal.assign": _("Giao người xét đề án"),
    "proposal.return": _("Trả lại đề án"),
    "proposal.accept": _("Nhận hồ sơ đề án"),
    "proposal.refuse": _("Không nhận đề án"),
    "proposal.pass_eligibility": _("Kết luận đủ điều kiện"),
    "proposal.pass_finance": _("Kết luận dự toán hợp lý"),
    "proposal.reopen": _("Trả lại đề án sau khi xét"),
    "proposal.open_case": _("Đưa đề án ra thẩm định"),
    "proposal.decided": _("Nhận kết quả phê duyệt đề án"),
    "proposal.export": _("Tải danh sách đề án về"),
}
