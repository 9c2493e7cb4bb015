"""Kinds, levels and the states an import goes through; data only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    UNIT = "unit", _("Đơn vị phụ thuộc")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    UNION = "union", _("Liên hiệp hợp tác xã")
    COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
    HOUSEHOLD = "household", _("Hộ kinh doanh")
    ARTISAN = "artisan", _("Nghệ nhân, thợ giỏi")


HELPED = (Kind.HOUSEHOLD, Kind.ARTISAN, Kind.COOPERATIVE_GROUP, Kind.COOPERATIVE, Kind.UNION)
"""Subjects whom officials and khuyến công viên may fill in for, from a signed paper."""
BY_CONSENT = (Kind.HOUSEHOLD, Kind.ARTISAN)
"""Persons: in the public register only with their consent."""


class SourceKind(models.TextChoices):
    AGENCY_LIST = "agency_list", _("Danh sách của cơ quan nhà nước")
    ASSOCIATION_LIST = "association_list", _("Danh sách của hiệp hội")
    BUYER_LIST = "buyer_list", _("Danh sách của bên mua")
    DOCUMENT = "document", _("Giấy tờ, tài liệu")
    VISIT = "visit", _("Khảo sát tại cơ sở")
    SELF_DECLARED = "self_declared", _("Doanh nghiệp tự khai")
    OUTSIDE = "outside", _("Không thuộc danh mục CNHT")


OWN_WORD = ":self_declared"
"""Key of the one source of all that firms declare of themselves."""


class Rhythm(models.TextChoices):
    """How often a sender is expected to send its list."""

    NONE = "none", _("Không định kỳ")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half_yearly", _("Nửa năm")
    YEARLY = "yearly", _("Hằng năm")


class Verification(models.IntegerChoices):
    """How well a statement is backed; a higher level outranks a lower one whatever the date."""

    DECLARED = 0, _("Tự khai")
    LIST = 1, _("Theo danh sách cơ quan")
    DOCUMENT = 2, _("Có tài liệu")
    VISIT = 3, _("Đã kiểm tra tại chỗ")
    AUDIT = 4, _("Đã đánh giá tại chỗ")


class Visibility(models.IntegerChoices):
    PUBLIC = 0, _("Công khai")
    OFFICIALS = 1, _("Cán bộ")
    PRIVATE = 2, _("Riêng tư")


class Size(models.TextChoices):
    UNKNOWN = "unknown", _("Chưa xác định")
    MICRO = "micro", _("Siêu nhỏ")
    SMALL = "small", _("Nhỏ")
    MEDIUM = "medium", _("Vừa")
    LARGE = "large", _("Lớn")


class Facet(models.TextChoices):
    """What a phrase is about: one list of the taxonomy."""

    PROCESS = "process", _("Công đoạn")
    MATERIAL = "material", _("Vật liệu")
    CERTIFICATE = "certificate", _("Chứng chỉ")
    MACHINE = "machine", _("Máy móc")
    PART = "part", _("Chi tiết")
    SECTOR = "sector", _("Ngành")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Đã tải lên")
    READ = "read", _("Đã đọc")
    MAPPED = "mapped", _("Đã ghép cột")
    STAGING = "staging", _("Đang kiểm tra từng dòng")
    STAGED = "staged", _("Chờ công bố")
    PUBLISHED = "published", _("Đã công bố")
    UNDONE = "undone", _("Đã hoàn tác")
    FAILED = "failed", _("Không nhập được")
    CANCELLED = "cancelled", _("Đã hủy")


_S = ImportState
IMPORT_TRANSITIONS: dict[tuple[ImportState, str], ImportState] = {
    (_S.UPLOADED, "read"): _S.READ,
    (_S.UPLOADED, "fail"): _S.FAILED,
    (_S.UPLOADED, "cancel"): _S.CANCELLED,
    (_S.READ, "map"): _S.MAPPED,
    (_S.READ, "cancel"): _S.CANCELLED,
    (_S.MAPPED, "map"): _S.MAPPED,
    (_S.MAPPED, "begin"): _S.STAGING,
    (_S.MAPPED, "cancel"): _S.CANCELLED,
    (_S.STAGING, "begin"): _S.STAGING,
    (_S.STAGING, "finish"): _S.STAGED,
    (_S.STAGING, "fail"): _S.FAILED,
    (_S.STAGING, "cancel"): _S.CANCELLED,
    (_S.STAGED, "publish"): _S.PUBLISHED,
    (_S.STAGED, "cancel"): _S.CANCELLED,
    (_S.PUBLISHED, "undo"): _S.UNDONE,
}


class ListState(models.TextChoices):
    """Of a plain list that another room takes in (zones, support): looked at, published whole, undone whole."""

    READ = "read", _("Chờ công bố")
    PUBLISHED = "published", _("Đã công bố")
    UNDONE = "undone", _("Đã hoàn tác")
    CANCELLED = "cancelled", _("Đã hủy")


_P = ListState
LIST_TRANSITIONS: dict[tuple[ListState, str], ListState] = {
    (_P.READ, "publish"): _P.PUBLISHED,
    (_P.READ, "cancel"): _P.CANCELLED,
    (_P.PUBLISHED, "undo"): _P.UNDONE,
}


class Outcome(models.TextChoices):
    """What became of one data row; the first three are the accepted ones."""

    LINKED = "linked", _("Nối với hồ sơ đã có")
    NEW = "new", _("Hồ sơ mới")
    QUEUED = "queued", _("Chờ cán bộ quyết định")
    REJECTED = "rejected", _("Không nhận")


class Cadence(models.TextChoices):
    """How often somebody is told what is new in a saved search."""

    NEVER = "never", _("Không báo")
    DAILY = "daily", _("Hằng ngày")
    WEEKLY = "weekly", _("Hằng tuần, sáng thứ Hai")


class Trouble(models.TextChoices):
    """Why a saved search could not be looked at for what is new."""

    BROAD = "broad", _("quá rộng")
    UNREADABLE = "unreadable", _("bộ lọc không còn giá trị")


class ClaimState(models.TextChoices):
    SUBMITTED = "submitted", _("Chờ cán bộ duyệt")
    APPROVED = "approved", _("Đang quản lý hồ sơ")
    REFUSED = "refused", _("Không được duyệt")
    WITHDRAWN = "withdrawn", _("Đã rút yêu cầu")
    ENDED = "ended", _("Đã thôi quản lý")


_C = ClaimState
CLAIM_TRANSITIONS: dict[tuple[ClaimState, str], ClaimState] = {
    (_C.SUBMITTED, "approve"): _C.APPROVED,
    (_C.SUBMITTED, "refuse"): _C.REFUSED,
    (_C.SUBMITTED, "withdraw"): _C.WITHDRAWN,
    (_C.APPROVED, "end"): _C.ENDED,
}


class VisitState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đã gửi")
    DISCARDED = "discarded", _("Đã bỏ")


_V = VisitState
VISIT_TRANSITIONS: dict[tuple[VisitState, str], VisitState] = {
    (_V.DRAFT, "save"): _V.DRAFT,
    (_V.DRAFT, "submit"): _V.SUBMITTED,
    (_V.DRAFT, "discard"): _V.DISCARDED,
}


class Finding(models.TextChoices):
    """What somebody on site says of one item of a record."""

    SEEN = "seen", _("Thấy")
    NOT_SEEN = "not_seen", _("Không thấy")
    DIFFERENT = "different", _("Khác")


class AttachmentKind(models.TextChoices):
    """What a file of an enterprise is."""

    REGISTRATION = "registration", _("Giấy chứng nhận đăng ký")
    AUTHORISATION = "authorisation", _("Giấy ủy quyền, giới thiệu")
    PHOTO = "photo", _("Ảnh")
    DOCUMENT = "document", _("Tài liệu")
    SIGNED_PAPER = "signed_paper", _("Bản khai có chữ ký của cơ sở")


ACTIONS = {
    "attachment.add": _("Thêm tệp vào hồ sơ"),
    "attachment.remove": _("Gỡ tệp khỏi hồ sơ"),
    "claim.approve": _("Duyệt yêu cầu nhận quản lý hồ sơ"),
    "claim.end": _("Thôi quản lý hồ sơ"),
    "claim.refuse": _("Từ chối yêu cầu nhận quản lý hồ sơ"),
    "claim.submit": _("Gửi yêu cầu nhận quản lý hồ sơ"),
    "claim.withdraw": _("Rút yêu cầu nhận quản lý hồ sơ"),
    "confirmation.send": _("Gửi liên kết xác nhận hồ sơ"),
    "enterprise.confirm": _("Xác nhận hồ sơ vẫn đúng"),
    "enterprise.create": _("Mở hồ sơ"),
    "enterprise.erase_contacts": _("Xóa dữ liệu cá nhân trong hồ sơ theo yêu cầu"),
    "enterprise.merge": _("Gộp hai hồ sơ"),
    "enterprise.state_on_behalf": _("Ghi hộ theo bản khai có chữ ký"),
    "enterprise.unmerge": _("Tách hai hồ sơ đã gộp"),
    "enterprise.state_fact": _("Ghi thông tin vào hồ sơ"),
    "enterprise.withdraw_statement": _("Rút một thông tin"),
    "enterprise.no_longer_listed": _("Ghi không còn trong danh sách"),
    "enterprise.no_longer_listed_closed": _("Xong theo dõi không còn trong danh sách"),
    "import.accept_row": _("Nhận một dòng danh sách"),
    "import.cancel": _("Hủy lần nhập"),
    "import.correct": _("Nhận ra tệp sửa các dòng không nhận"),
    "import.decide_row": _("Quyết định một dòng chờ"),
    "import.fail": _("Lần nhập không thành"),
    "import.map": _("Ghép cột danh sách"),
    "import.publish": _("Công bố danh sách"),
    "import.stage": _("Kiểm tra danh sách"),
    "import.undo": _("Hoàn tác danh sách"),
    "import.upload": _("Tải danh sách lên"),
    "registry.generate": _("Đưa vào doanh nghiệp đặt ra"),
    "registry.export": _("Tải danh sách về"),
    "registry.rebuild": _("Dựng lại hồ sơ lệch"),
    "saved_search.change": _("Sửa tìm kiếm đã lưu"),
    "saved_search.forget": _("Xóa tìm kiếm đã lưu"),
    "saved_search.save": _("Lưu tìm kiếm"),
    "saved_search.stop": _("Thôi nhận tin của tìm kiếm đã lưu"),
    "source.create": _("Thêm nguồn"),
    "source.edit": _("Sửa nguồn"),
    "term.decide": _("Quyết định nghĩa một từ"),
    "term.undo": _("Bỏ quyết định về nghĩa một từ"),
    "source.forget_columns": _("Quên cách ghép cột của nguồn"),
    "visit.discard": _("Bỏ bản nháp khảo sát"),
    "visit.submit": _("Gửi kết quả khảo sát tại cơ sở"),
}
