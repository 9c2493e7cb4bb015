"""States of cohorts, of firms in them, of people and papers around them; data only (programmes.md 3.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CohortState(models.TextChoices):
    PLANNED = "planned", _("Chuẩn bị")
    SCREENING = "screening", _("Sàng lọc")
    SELECTING = "selecting", _("Lựa chọn")
    RUNNING = "running", _("Đang tư vấn")
    CLOSING = "closing", _("Tổng kết")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


_C = CohortState
COHORT_TRANSITIONS: dict[tuple[CohortState, str], CohortState] = {
    (_C.PLANNED, "save"): _C.PLANNED,
    (_C.PLANNED, "screen"): _C.SCREENING,
    (_C.PLANNED, "cancel"): _C.CANCELLED,
    (_C.SCREENING, "save"): _C.SCREENING,
    (_C.SCREENING, "select"): _C.SELECTING,
    (_C.SCREENING, "cancel"): _C.CANCELLED,
    (_C.SELECTING, "save"): _C.SELECTING,
    (_C.SELECTING, "run"): _C.RUNNING,
    (_C.SELECTING, "cancel"): _C.CANCELLED,
    (_C.RUNNING, "finish"): _C.CLOSING,
    (_C.CLOSING, "close"): _C.CLOSED,
}
"""A round is cancelled while no firm of it has begun; afterwards firms leave one by one, each with its reason."""


class ParticipantState(models.TextChoices):
    """Where a firm stands in its round."""

    LONGLISTED = "longlisted", _("Trong danh sách dài")
    ELIGIBLE = "eligible", _("Đủ điều kiện")
    INELIGIBLE = "ineligible", _("Không đủ điều kiện")
    VISITED = "visited", _("Đã khảo sát nhà máy")
    SURVEYED = "surveyed", _("Đã trả lời khảo sát")
    INTERVIEWED = "interviewed", _("Đã phỏng vấn")
    SELECTED = "selected", _("Được chọn")
    RESERVE = "reserve", _("Dự bị")
    NOT_SELECTED = "not_selected", _("Không được chọn")
    AGREED = "agreed", _("Đã ký cam kết")
    LOCKED = "locked", _("Đã chốt số liệu nền")
    RUNNING = "running", _("Đang tư vấn")
    MEASURED = "measured", _("Đã đo cuối kỳ")
    VERIFIED = "verified", _("Đã kiểm chứng")
    CLOSED = "closed", _("Đã hoàn thành")
    DROPPED = "dropped", _("Dừng giữa chừng")


_P = ParticipantState
PARTICIPANT_TRANSITIONS: dict[tuple[ParticipantState, str], ParticipantState] = {
    (_P.LONGLISTED, "pass_screening"): _P.ELIGIBLE,
    (_P.LONGLISTED, "fail_screening"): _P.INELIGIBLE,
    (_P.ELIGIBLE, "visit"): _P.VISITED,
    (_P.VISITED, "survey"): _P.SURVEYED,
    (_P.SURVEYED, "interview"): _P.INTERVIEWED,
    (_P.INTERVIEWED, "select"): _P.SELECTED,
    (_P.INTERVIEWED, "reserve"): _P.RESERVE,
    (_P.INTERVIEWED, "decline"): _P.NOT_SELECTED,
    (_P.RESERVE, "promote"): _P.SELECTED,
    (_P.RESERVE, "decline"): _P.NOT_SELECTED,
    (_P.SELECTED, "agree"): _P.AGREED,
    (_P.AGREED, "lock_baseline"): _P.LOCKED,
    (_P.LOCKED, "begin"): _P.RUNNING,
    (_P.RUNNING, "measure"): _P.MEASURED,
    (_P.MEASURED, "return_measurement"): _P.RUNNING,
    (_P.MEASURED, "verify"): _P.VERIFIED,
    (_P.VERIFIED, "close"): _P.CLOSED,
    (_P.LONGLISTED, "drop"): _P.DROPPED,
    (_P.ELIGIBLE, "drop"): _P.DROPPED,
    (_P.VISITED, "drop"): _P.DROPPED,
    (_P.SURVEYED, "drop"): _P.DROPPED,
    (_P.INTERVIEWED, "drop"): _P.DROPPED,
    (_P.SELECTED, "drop"): _P.DROPPED,
    (_P.RESERVE, "drop"): _P.DROPPED,
    (_P.AGREED, "drop"): _P.DROPPED,
    (_P.LOCKED, "drop"): _P.DROPPED,
    (_P.RUNNING, "drop"): _P.DROPPED,
    (_P.MEASURED, "drop"): _P.DROPPED,
}
"""No week 1 without a locked baseline: only `locked` begins. What a firm did stays when it drops out."""

LEFT = frozenset({_P.INELIGIBLE, _P.NOT_SELECTED, _P.DROPPED})
WORKING = frozenset({_P.RUNNING, _P.MEASURED, _P.VERIFIED})
STARTED = WORKING | {_P.CLOSED}
CHOOSING = frozenset({_P.LONGLISTED, _P.ELIGIBLE, _P.VISITED, _P.SURVEYED, _P.INTERVIEWED})

STAGE_DAYS: dict[ParticipantState, str] = {
    _P.ELIGIBLE: "eligible_on",
    _P.VISITED: "visited_on",
    _P.SURVEYED: "surveyed_on",
    _P.INTERVIEWED: "interviewed_on",
    _P.SELECTED: "selected_on",
    _P.AGREED: "agreed_on",
    _P.LOCKED: "locked_on",
    _P.RUNNING: "started_on",
    _P.MEASURED: "measured_on",
    _P.VERIFIED: "verified_on",
    _P.CLOSED: "closed_on",
}
"""The column that keeps the local day a firm came to a state, so that any past day can be asked for."""


class BaselineState(models.TextChoices):
    OPEN = "open", _("Đang đo")
    LOCKED = "locked", _("Đã chốt")


BASELINE_TRANSITIONS: dict[tuple[BaselineState, str], BaselineState] = {
    (BaselineState.OPEN, "save"): BaselineState.OPEN,
    (BaselineState.OPEN, "lock"): BaselineState.LOCKED,
}
"""A locked baseline stays as it is; what changes is a new version beside it."""


class Moment(models.TextChoices):
    BASE = "base", _("Số liệu nền")
    WEEK = "week", _("Trong tuần")
    END = "end", _("Cuối kỳ")
    M6 = "m6", _("Sau 6 tháng")
    M12 = "m12", _("Sau 12 tháng")
    M24 = "m24", _("Sau 24 tháng")


class DraftState(models.TextChoices):
    """A sheet filled in on site."""

    DRAFT = "draft", _("Bản nháp")
    SENT = "sent", _("Đã gửi")


class InterviewKind(models.TextChoices):
    SURVEY = "survey", _("Khảo sát")
    FIRM = "firm", _("Phỏng vấn doanh nghiệp")
    PERSON = "person", _("Phỏng vấn người được cử")


class Outcome(models.TextChoices):
    SELECTED = "selected", _("Được chọn")
    RESERVE = "reserve", _("Dự bị")
    NOT_SELECTED = "not_selected", _("Không được chọn")
    PROMOTED = "promoted", _("Từ dự bị lên")


class Mode(models.TextChoices):
    THEORY = "theory", _("Lý thuyết")
    SITE = "site", _("Tại nhà máy")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    HELD = "held", _("Đã làm")
    CANCELLED = "cancelled", _("Đã hủy")


_S = SessionState
SESSION_TRANSITIONS: dict[tuple[SessionState, str], SessionState] = {
    (_S.PLANNED, "save"): _S.PLANNED,
    (_S.PLANNED, "hold"): _S.HELD,
    (_S.PLANNED, "cancel"): _S.CANCELLED,
}


class ActionState(models.TextChoices):
    TODO = "todo", _("Chưa làm")
    DOING = "doing", _("Đang làm")
    DONE = "done", _("Đã xong")
    DROPPED = "dropped", _("Thôi không làm")


_A = ActionState
ACTION_TRANSITIONS: dict[tuple[ActionState, str], ActionState] = {
    (_A.TODO, "start"): _A.DOING,
    (_A.TODO, "finish"): _A.DONE,
    (_A.TODO, "drop"): _A.DROPPED,
    (_A.DOING, "finish"): _A.DONE,
    (_A.DOING, "drop"): _A.DROPPED,
    (_A.DONE, "resume"): _A.DOING,
    (_A.DROPPED, "resume"): _A.DOING,
}


class LogState(models.TextChoices):
    KEPT = "kept", _("Được dùng")
    CONFLICT = "conflict", _("Trùng tuần, chờ chọn")
    SET_ASIDE = "set_aside", _("Để lại bên cạnh")


_L = LogState
LOG_TRANSITIONS: dict[tuple[LogState, str], LogState] = {
    (_L.KEPT, "set_aside"): _L.SET_ASIDE,
    (_L.CONFLICT, "keep"): _L.KEPT,
    (_L.CONFLICT, "set_aside"): _L.SET_ASIDE,
}
"""Every log that was sent is there for good; one of a week is in use."""


class FollowUpState(models.TextChoices):
    WAITING = "waiting", _("Chưa đến hạn")
    SENT = "sent", _("Đã hỏi")
    ANSWERED = "answered", _("Đã trả lời")
    UNANSWERED = "unanswered", _("Không trả lời")


_F = FollowUpState
FOLLOW_UP_TRANSITIONS: dict[tuple[FollowUpState, str], FollowUpState] = {
    (_F.WAITING, "send"): _F.SENT,
    (_F.WAITING, "answer"): _F.ANSWERED,
    (_F.WAITING, "give_up"): _F.UNANSWERED,
    (_F.SENT, "send"): _F.SENT,
    (_F.SENT, "answer"): _F.ANSWERED,
    (_F.SENT, "give_up"): _F.UNANSWERED,
    (_F.UNANSWERED, "send"): _F.SENT,
    (_F.UNANSWERED, "answer"): _F.ANSWERED,
}


class SurveyMoment(models.TextChoices):
    END = "end", _("Khi kết thúc")
    M6 = "m6", _("Sau 6 tháng")
    M12 = "m12", _("Sau 12 tháng")
    M24 = "m24", _("Sau 24 tháng")


class PhotoKind(models.TextChoices):
    VISIT = "visit", _("Khảo sát")
    BEFORE = "before", _("Trước cải tiến")
    AFTER = "after", _("Sau cải tiến")
    WEEK = "week", _("Trong tuần")


class SignatureSide(models.TextChoices):
    ADVISER = "adviser", _("Chuyên gia")
    FIRM = "firm", _("Doanh nghiệp")


class PersonState(models.TextChoices):
    NOMINATED = "nominated", _("Được đề cử")
    INTERVIEWED = "interviewed", _("Đã phỏng vấn")
    TRAINEE = "trainee", _("Đang học")
    ASSESSED = "assessed", _("Đã đánh giá")
    CERTIFIED = "certified", _("Đã cấp chứng nhận")
    POOL = "pool", _("Trong nhóm chuyên gia")
    LEFT = "left", _("Đã rút")


_N = PersonState
PERSON_TRANSITIONS: dict[tuple[PersonState, str], PersonState] = {
    (_N.NOMINATED, "save"): _N.NOMINATED,
    (_N.NOMINATED, "interview"): _N.INTERVIEWED,
    (_N.NOMINATED, "enrol"): _N.TRAINEE,
    (_N.NOMINATED, "leave"): _N.LEFT,
    (_N.INTERVIEWED, "save"): _N.INTERVIEWED,
    (_N.INTERVIEWED, "enrol"): _N.TRAINEE,
    (_N.INTERVIEWED, "join"): _N.POOL,
    (_N.INTERVIEWED, "leave"): _N.LEFT,
    (_N.TRAINEE, "save"): _N.TRAINEE,
    (_N.TRAINEE, "assess"): _N.ASSESSED,
    (_N.TRAINEE, "leave"): _N.LEFT,
    (_N.ASSESSED, "save"): _N.ASSESSED,
    (_N.ASSESSED, "certify"): _N.CERTIFIED,
    (_N.ASSESSED, "enrol"): _N.TRAINEE,
    (_N.ASSESSED, "leave"): _N.LEFT,
    (_N.CERTIFIED, "save"): _N.CERTIFIED,
    (_N.CERTIFIED, "certify"): _N.CERTIFIED,
    (_N.CERTIFIED, "join"): _N.POOL,
    (_N.CERTIFIED, "leave"): _N.LEFT,
    (_N.POOL, "save"): _N.POOL,
    (_N.POOL, "certify"): _N.POOL,
    (_N.POOL, "renew"): _N.POOL,
    (_N.POOL, "leave"): _N.LEFT,
    (_N.LEFT, "return"): _N.INTERVIEWED,
}
"""A foreign expert whom a partner sends joins the pool after the interview; everybody else by a certificate.

To become a consultant one is interviewed first; other courses take whoever was nominated.
"""


class Sex(models.TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")
    UNTOLD = "untold", _("Không nêu")


class CourseKind(models.TextChoices):
    CONSULTANTS = "consultants", _("Chuyên gia tư vấn")
    MOULDS = "moulds", _("Nghề khuôn mẫu")
    FIVES = "fives", _("5S3D")
    OFFICERS = "officers", _("Cán bộ khuyến công")


class CourseState(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    RUNNING = "running", _("Đang học")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


_K = CourseState
COURSE_TRANSITIONS: dict[tuple[CourseState, str], CourseState] = {
    (_K.PLANNED, "save"): _K.PLANNED,
    (_K.PLANNED, "start"): _K.RUNNING,
    (_K.PLANNED, "cancel"): _K.CANCELLED,
    (_K.RUNNING, "save"): _K.RUNNING,
    (_K.RUNNING, "close"): _K.CLOSED,
    (_K.RUNNING, "cancel"): _K.CANCELLED,
}


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", _("Đang học")
    PASSED = "passed", _("Đạt")
    FAILED = "failed", _("Chưa đạt")
    LEFT = "left", _("Bỏ học")


_E = EnrolmentState
ENROLMENT_TRANSITIONS: dict[tuple[EnrolmentState, str], EnrolmentState] = {
    (_E.ENROLLED, "pass"): _E.PASSED,
    (_E.ENROLLED, "fail"): _E.FAILED,
    (_E.ENROLLED, "leave"): _E.LEFT,
    (_E.FAILED, "pass"): _E.PASSED,
}


ACTIONS = {
    "cohort.create": _("Lập đợt tư vấn"),
    "cohort.save": _("Sửa đợt tư vấn"),
    "cohort.move": _("Đổi bước của đợt tư vấn"),
    "cohort.cancel": _("Hủy đợt tư vấn"),
    "participant.longlist": _("Đưa vào danh sách dài"),
    "participant.screen": _("Sàng lọc doanh nghiệp"),
    "participant.visit": _("Gửi phiếu khảo sát nhà máy"),
    "participant.interview": _("Ghi khảo sát, phỏng vấn"),
    "participant.select": _("Quyết định lựa chọn"),
    "participant.promote": _("Đưa dự bị lên"),
    "participant.decline": _("Không chọn doanh nghiệp"),
    "participant.agree": _("Ghi cam kết tham gia"),
    "participant.begin": _("Bắt đầu tuần 1"),
    "participant.drop": _("Dừng tham gia"),
    "participant.close": _("Hoàn thành tại doanh nghiệp"),
    "participant.assign": _("Phân công chuyên gia"),
    "participant.photo": _("Thêm ảnh"),
    "participant.sign": _("Ký hồ sơ kết quả"),
    "participant.recheck": _("Kiểm tra lại"),
    "baseline.save": _("Ghi số liệu nền"),
    "baseline.lock": _("Chốt số liệu nền"),
    "baseline.renew": _("Lập phiên bản số liệu nền mới"),
    "kpi.define": _("Ghi định nghĩa chỉ số"),
    "kpi.read": _("Ghi số đo"),
    "kpi.verify": _("Kiểm chứng số đo"),
    "measurement.send": _("Gửi kết quả cuối kỳ"),
    "measurement.verify": _("Kiểm chứng kết quả cuối kỳ"),
    "measurement.return": _("Trả lại kết quả cuối kỳ"),
    "session.save": _("Ghi buổi làm việc"),
    "session.hold": _("Ghi buổi đã làm và có mặt"),
    "session.cancel": _("Hủy buổi làm việc"),
    "action_item.add": _("Thêm việc cải tiến"),
    "action_item.move": _("Đổi trạng thái việc cải tiến"),
    "weekly_log.send": _("Gửi nhật ký tuần"),
    "weekly_log.settle": _("Chọn nhật ký của tuần"),
    "follow_up.send": _("Gửi khảo sát tác động"),
    "follow_up.answer": _("Trả lời khảo sát tác động"),
    "follow_up.give_up": _("Khép khảo sát không trả lời"),
    "follow_up.verify": _("Xác nhận số tiền của khảo sát"),
    "person.nominate": _("Đề cử người"),
    "person.save": _("Sửa hồ sơ chuyên gia"),
    "person.move": _("Đổi bước của chuyên gia"),
    "person.interview": _("Phỏng vấn người được cử"),
    "person.rate": _("Đánh giá chuyên gia"),
    "person.day": _("Ghi ngày công chuyên gia"),
    "course.create": _("Lập khóa học"),
    "course.save": _("Sửa khóa học"),
    "course.move": _("Đổi bước của khóa học"),
    "course.enrol": _("Ghi danh"),
    "course.attend": _("Ghi có mặt"),
    "course.assess": _("Đánh giá học viên"),
    "course.certify": _("Cấp chứng nhận"),
    "course.revoke": _("Thu hồi chứng nhận"),
    "staff.record": _("Ghi biên chế"),
}
