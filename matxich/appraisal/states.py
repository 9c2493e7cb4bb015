"""Councils, cases, sessions, ballots and decisions: kinds, states and the events that lead from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """Who appraises (TT 36/2013/TT-BCT Đ9: a council or a staff unit)."""

    COUNCIL = "council", _("Hội đồng thẩm định")
    STAFF = "staff", _("Bộ phận chuyên môn thẩm định")


class SeatRole(models.TextChoices):
    """The same words as rulebook.appraisal.quorum."""

    CHAIR = "chair", _("Chủ tịch")
    VICE = "vice", _("Phó chủ tịch")
    REVIEWER = "reviewer", _("Ủy viên phản biện")
    SECRETARY = "secretary", _("Thư ký")
    FINANCE = "finance", _("Ủy viên tài chính")
    MEMBER = "member", _("Ủy viên")


class CouncilState(models.TextChoices):
    DRAFT = "draft", _("Đang dự kiến")
    FOUNDED = "founded", _("Đã thành lập")
    DISSOLVED = "dissolved", _("Đã giải thể")


_C = CouncilState
COUNCIL_TRANSITIONS: dict[tuple[CouncilState, str], CouncilState] = {
    (_C.DRAFT, "save"): _C.DRAFT,
    (_C.DRAFT, "found"): _C.FOUNDED,
    (_C.DRAFT, "dissolve"): _C.DISSOLVED,
    (_C.FOUNDED, "save"): _C.FOUNDED,
    (_C.FOUNDED, "dissolve"): _C.DISSOLVED,
}
"""A founded council changes its members by a decision of its own, named with each change."""


class CouncilPlanState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    ANNOUNCED = "announced", _("Đã thông báo")


_P = CouncilPlanState
COUNCIL_PLAN_TRANSITIONS: dict[tuple[CouncilPlanState, str], CouncilPlanState] = {
    (_P.DRAFT, "save"): _P.DRAFT,
    (_P.DRAFT, "announce"): _P.ANNOUNCED,
    (_P.ANNOUNCED, "save"): _P.ANNOUNCED,
    (_P.ANNOUNCED, "announce"): _P.ANNOUNCED,
}
"""The public reads what was announced until it is announced again; the history keeps both."""


class CriteriaState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    IN_USE = "in_use", _("Đang dùng")
    RETIRED = "retired", _("Thôi dùng")


_S = CriteriaState
CRITERIA_TRANSITIONS: dict[tuple[CriteriaState, str], CriteriaState] = {
    (_S.DRAFT, "save"): _S.DRAFT,
    (_S.DRAFT, "use"): _S.IN_USE,
    (_S.IN_USE, "retire"): _S.RETIRED,
}
"""A set in use never changes: what is wrong with it is mended in a new version."""


class BatchState(models.TextChoices):
    COLLECTING = "collecting", _("Đang nhận hồ sơ")
    APPRAISING = "appraising", _("Đang thẩm định")
    RANKED = "ranked", _("Đã xếp hạng")
    DECIDED = "decided", _("Đã quyết định")


_B = BatchState
BATCH_TRANSITIONS: dict[tuple[BatchState, str], BatchState] = {
    (_B.COLLECTING, "save"): _B.COLLECTING,
    (_B.COLLECTING, "start"): _B.APPRAISING,
    (_B.APPRAISING, "rank"): _B.RANKED,
    (_B.RANKED, "rank"): _B.RANKED,
    (_B.RANKED, "reopen"): _B.APPRAISING,
    (_B.RANKED, "decide"): _B.DECIDED,
}


class CaseState(models.TextChoices):
    COLLECTED = "collected", _("Chờ thẩm định")
    VOTING = "voting", _("Đang lấy phiếu")
    OPENED = "opened", _("Đã mở phiếu")
    CONCLUDED = "concluded", _("Đã có kết luận")
    DECIDED = "decided", _("Đã quyết định")
    WITHDRAWN = "withdrawn", _("Đã rút")


_K = CaseState
CASE_TRANSITIONS: dict[tuple[CaseState, str], CaseState] = {
    (_K.COLLECTED, "start"): _K.VOTING,
    (_K.COLLECTED, "withdraw"): _K.WITHDRAWN,
    (_K.VOTING, "open"): _K.OPENED,
    (_K.VOTING, "withdraw"): _K.WITHDRAWN,
    (_K.OPENED, "conclude"): _K.CONCLUDED,
    (_K.OPENED, "withdraw"): _K.WITHDRAWN,
    (_K.CONCLUDED, "conclude"): _K.CONCLUDED,
    (_K.CONCLUDED, "decide"): _K.DECIDED,
    (_K.CONCLUDED, "withdraw"): _K.WITHDRAWN,
}
"""Ballots that were opened are never closed again; what is decided is not withdrawn here."""

LIVE = frozenset({_K.COLLECTED, _K.VOTING, _K.OPENED, _K.CONCLUDED})
OPEN_TO_SEE = frozenset({_K.OPENED, _K.CONCLUDED, _K.DECIDED})
"""States in which ballots may be seen, by those whom no interest shuts out."""


class Origin(models.TextChoices):
    DECLARED = "declared", _("Ủy viên khai")
    DETECTED = "detected", _("Dữ liệu cho thấy")


class InterestState(models.TextChoices):
    OPEN = "open", _("Chưa làm rõ")
    CONFIRMED = "confirmed", _("Có xung đột, đã rút")
    CLEARED = "cleared", _("Không phải xung đột")


_I = InterestState
INTEREST_TRANSITIONS: dict[tuple[InterestState, str], InterestState] = {
    (_I.OPEN, "confirm"): _I.CONFIRMED,
    (_I.OPEN, "clear"): _I.CLEARED,
    (_I.CLEARED, "confirm"): _I.CONFIRMED,
    (_I.CONFIRMED, "clear"): _I.CLEARED,
}
SHUTTING = frozenset({_I.OPEN, _I.CONFIRMED})
"""An interest that nobody has cleared shuts the case to the member: unknown is not no."""


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    CONVENED = "convened", _("Đã triệu tập")
    OPEN = "open", _("Đang họp")
    CLOSED = "closed", _("Đã kết thúc")
    ADJOURNED = "adjourned", _("Tạm dừng")
    CANCELLED = "cancelled", _("Đã hủy")


_E = SessionState
SESSION_TRANSITIONS: dict[tuple[SessionState, str], SessionState] = {
    (_E.PLANNED, "save"): _E.PLANNED,
    (_E.PLANNED, "convene"): _E.CONVENED,
    (_E.PLANNED, "cancel"): _E.CANCELLED,
    (_E.CONVENED, "convene"): _E.CONVENED,
    (_E.CONVENED, "open"): _E.OPEN,
    (_E.CONVENED, "cancel"): _E.CANCELLED,
    (_E.OPEN, "adjourn"): _E.ADJOURNED,
    (_E.OPEN, "close"): _E.CLOSED,
    (_E.ADJOURNED, "open"): _E.OPEN,
    (_E.ADJOURNED, "close"): _E.CLOSED,
}


class ItemState(models.TextChoices):
    WAITING = "waiting", _("Chờ đến lượt")
    PRESENTING = "presenting", _("Đang trình bày")
    VOTING = "voting", _("Đang bỏ phiếu")
    OPENED = "opened", _("Đã mở phiếu")
    DECIDED = "decided", _("Đã kết luận")
    POSTPONED = "postponed", _("Để phiên sau")


_A = ItemState
ITEM_TRANSITIONS: dict[tuple[ItemState, str], ItemState] = {
    (_A.WAITING, "present"): _A.PRESENTING,
    (_A.WAITING, "postpone"): _A.POSTPONED,
    (_A.PRESENTING, "vote"): _A.VOTING,
    (_A.PRESENTING, "postpone"): _A.POSTPONED,
    (_A.VOTING, "open"): _A.OPENED,
    (_A.VOTING, "postpone"): _A.POSTPONED,
    (_A.OPENED, "conclude"): _A.DECIDED,
}


class BallotState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đã nộp")
    TAKEN_BACK = "taken_back", _("Đã rút để sửa")
    OPENED = "opened", _("Đã mở")


_V = BallotState
BALLOT_TRANSITIONS: dict[tuple[BallotState, str], BallotState] = {
    (_V.DRAFT, "save"): _V.DRAFT,
    (_V.DRAFT, "submit"): _V.SUBMITTED,
    (_V.SUBMITTED, "take_back"): _V.TAKEN_BACK,
    (_V.TAKEN_BACK, "save"): _V.TAKEN_BACK,
    (_V.TAKEN_BACK, "submit"): _V.SUBMITTED,
    (_V.SUBMITTED, "open"): _V.OPENED,
}
"""A ballot may be taken back by its member until the ballots are opened together; never after."""

WRITING = frozenset({_V.DRAFT, _V.TAKEN_BACK})
"""States in which a ballot's member still writes it."""


class RunState(models.TextChoices):
    PROPOSED = "proposed", _("Đề xuất")
    ADOPTED = "adopted", _("Đã giao")
    DROPPED = "dropped", _("Đã bỏ")


_U = RunState
RUN_TRANSITIONS: dict[tuple[RunState, str], RunState] = {
    (_U.PROPOSED, "adopt"): _U.ADOPTED,
    (_U.PROPOSED, "drop"): _U.DROPPED,
    (_U.ADOPTED, "replace"): _U.DROPPED,
}


class DecisionState(models.TextChoices):
    DRAFTED = "drafted", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt, chờ ban hành")
    ISSUED = "issued", _("Đã ban hành")


_D = DecisionState
DECISION_TRANSITIONS: dict[tuple[DecisionState, str], DecisionState] = {
    (_D.DRAFTED, "save"): _D.DRAFTED,
    (_D.DRAFTED, "submit"): _D.SUBMITTED,
    (_D.SUBMITTED, "return"): _D.RETURNED,
    (_D.SUBMITTED, "approve"): _D.APPROVED,
    (_D.RETURNED, "save"): _D.RETURNED,
    (_D.RETURNED, "submit"): _D.SUBMITTED,
    (_D.APPROVED, "return"): _D.RETURNED,
    (_D.APPROVED, "issue"): _D.ISSUED,
}
"""Approved by one person, prepared by another; the money is committed and the cases change on issue."""


DECIDING = frozenset({_D.SUBMITTED, _D.APPROVED, _D.ISSUED})
"""A decision in one of these holds its snapshot fast."""


class RemarkKind(models.TextChoices):
    DISCUSSION = "discussion", _("Ý kiến trao đổi")
    REVIEW = "review", _("Nhận xét phản biện")
    ANSWER = "answer", _("Giải trình")


ACTIONS = {
    "council.create": _("Dự kiến hội đồng thẩm định"),
    "council.change": _("Sửa hội đồng thẩm định"),
    "council.found": _("Thành lập hội đồng thẩm định"),
    "council.dissolve": _("Giải thể hội đồng thẩm định"),
    "council.seat": _("Thêm thành viên hội đồng"),
    "council.unseat": _("Thành viên thôi tham gia hội đồng"),
    "council.member_change": _("Sửa thông tin thành viên hội đồng"),
    "council_plan.save": _("Lập kế hoạch hoạt động hội đồng"),
    "council_plan.announce": _("Thông báo kế hoạch hoạt động hội đồng"),
    "criteria.save": _("Soạn bộ tiêu chí"),
    "criteria.use": _("Đưa bộ tiêu chí vào dùng"),
    "criteria.retire": _("Thôi dùng bộ tiêu chí"),
    "batch.create": _("Lập đợt thẩm định"),
    "batch.change": _("Sửa đợt thẩm định"),
    "batch.start": _("Bắt đầu thẩm định"),
    "batch.rank": _("Xếp hạng hồ sơ"),
    "batch.reopen": _("Mở lại việc thẩm định"),
    "case.open": _("Đưa hồ sơ vào thẩm định"),
    "case.withdraw": _("Rút hồ sơ khỏi thẩm định"),
    "case.open_ballots": _("Mở phiếu đánh giá"),
    "case.conclude": _("Kết luận hồ sơ"),
    "case.trim": _("Ghi kinh phí cắt giảm qua thẩm định"),
    "case.remark": _("Ghi ý kiến về hồ sơ"),
    "interest.declare": _("Khai lợi ích liên quan"),
    "interest.none": _("Khai không có lợi ích liên quan"),
    "interest.detect": _("Rà lợi ích liên quan từ dữ liệu"),
    "interest.confirm": _("Xác nhận xung đột lợi ích"),
    "interest.clear": _("Kết luận không có xung đột lợi ích"),
    "assignment.run": _("Tính phân công"),
    "assignment.adopt": _("Giao phân công"),
    "assignment.drop": _("Bỏ phương án phân công"),
    "assignment.override": _("Đổi phân công"),
    "session.plan": _("Dự kiến phiên họp"),
    "session.change": _("Sửa phiên họp"),
    "session.convene": _("Triệu tập phiên họp"),
    "session.open": _("Khai mạc phiên họp"),
    "session.adjourn": _("Tạm dừng phiên họp"),
    "session.close": _("Kết thúc phiên họp"),
    "session.cancel": _("Hủy phiên họp"),
    "session.attendance": _("Ghi người dự họp"),
    "session.item": _("Ghi diễn biến một nội dung họp"),
    "ballot.submit": _("Nộp phiếu đánh giá"),
    "ballot.take_back": _("Rút phiếu đánh giá để sửa"),
    "decision.draft": _("Soạn phương án hỗ trợ"),
    "decision.submit": _("Trình phương án hỗ trợ"),
    "decision.return": _("Trả lại phương án hỗ trợ"),
    "decision.approve": _("Duyệt phương án hỗ trợ"),
    "decision.issue": _("Ban hành quyết định hỗ trợ"),
    "decision.promote": _("Bổ sung hỗ trợ từ danh sách dự phòng"),
    "decision.end_reserve": _("Khép lại một hồ sơ dự phòng"),
    "appraisal.export": _("Tải kết quả thẩm định về"),
}
