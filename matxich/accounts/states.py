"""Kinds of agency and the roles people hold in them (design, accounts)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    MINISTRY = "ministry", _("Bộ")
    MINISTRY_DEPARTMENT = "ministry_department", _("Cục, vụ thuộc Bộ")
    PROVINCIAL_COMMITTEE = "provincial_committee", _("Ủy ban nhân dân tỉnh, thành phố")
    PROVINCIAL_DEPARTMENT = "provincial_department", _("Sở Công Thương")
    PROMOTION_CENTRE = "promotion_centre", _("Trung tâm Khuyến công")
    COMMUNE = "commune", _("Ủy ban nhân dân xã, phường, đặc khu")
    PARTNER = "partner", _("Đối tác, nhà tài trợ")
    ASSOCIATION = "association", _("Hiệp hội")
    ENTERPRISE = "enterprise", _("Doanh nghiệp, cơ sở")
    ZONE_DEVELOPER = "zone_developer", _("Chủ đầu tư hạ tầng khu, cụm công nghiệp")


class Role(models.TextChoices):
    OFFICER = "officer", _("Chuyên viên")
    HEAD = "head", _("Trưởng phòng")
    LEADER = "leader", _("Lãnh đạo")
    CLERK = "clerk", _("Văn thư")
    FINANCE = "finance", _("Kế toán, tài chính")
    COUNCIL_MEMBER = "council_member", _("Thành viên hội đồng")
    SECRETARY = "secretary", _("Thư ký hội đồng")
    COLLABORATOR = "collaborator", _("Khuyến công viên")
    EXPERT = "expert", _("Chuyên gia")
    PREPARER = "preparer", _("Người lập hồ sơ của doanh nghiệp")
    REPRESENTATIVE = "representative", _("Người đại diện doanh nghiệp")
    BUYER = "buyer", _("Bên mua")
    SPONSOR = "sponsor", _("Đại diện nhà tài trợ")
    ZONE_DEVELOPER = "zone_developer", _("Chủ đầu tư hạ tầng")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
    VIEWER = "viewer", _("Người xem")


OFFICIAL_ROLES = frozenset(
    {Role.OFFICER, Role.HEAD, Role.LEADER, Role.CLERK, Role.FINANCE, Role.SECRETARY, Role.ADMINISTRATOR}
)
DESK_ROLES = OFFICIAL_ROLES | {Role.COLLABORATOR, Role.VIEWER, Role.COUNCIL_MEMBER}


STATE_ROLES = OFFICIAL_ROLES | {Role.VIEWER, Role.COUNCIL_MEMBER, Role.EXPERT}
FITTING: dict[str, frozenset[str]] = {
    AgencyKind.MINISTRY: STATE_ROLES,
    AgencyKind.MINISTRY_DEPARTMENT: STATE_ROLES,
    AgencyKind.PROVINCIAL_COMMITTEE: STATE_ROLES,
    AgencyKind.PROVINCIAL_DEPARTMENT: STATE_ROLES,
    AgencyKind.PROMOTION_CENTRE: STATE_ROLES | {Role.COLLABORATOR},
    AgencyKind.COMMUNE: frozenset(
        {Role.OFFICER, Role.HEAD, Role.LEADER, Role.CLERK, Role.FINANCE, Role.COLLABORATOR, Role.VIEWER}
    ),
    AgencyKind.PARTNER: frozenset({Role.SPONSOR, Role.BUYER, Role.EXPERT, Role.COUNCIL_MEMBER, Role.VIEWER}),
    AgencyKind.ASSOCIATION: frozenset({Role.SPONSOR, Role.EXPERT, Role.COUNCIL_MEMBER, Role.VIEWER}),
    AgencyKind.ENTERPRISE: frozenset({Role.PREPARER, Role.REPRESENTATIVE, Role.BUYER, Role.EXPERT}),
    AgencyKind.ZONE_DEVELOPER: frozenset({Role.ZONE_DEVELOPER, Role.PREPARER, Role.REPRESENTATIVE, Role.VIEWER}),
}

_BELOW_HEAD = frozenset(
    {
        Role.OFFICER,
        Role.CLERK,
        Role.FINANCE,
        Role.SECRETARY,
        Role.COUNCIL_MEMBER,
        Role.COLLABORATOR,
        Role.EXPERT,
        Role.SPONSOR,
        Role.VIEWER,
    }
)
GRANTS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.LEADER: _BELOW_HEAD | {Role.HEAD},
    Role.HEAD: _BELOW_HEAD,
    Role.REPRESENTATIVE: frozenset({Role.PREPARER}),
}

EXPLANATIONS = {
    Role.OFFICER: _("Nhập danh sách, tra cứu, sửa và xác nhận thông tin trong phạm vi được giao."),
    Role.HEAD: _("Làm mọi việc của chuyên viên, giao việc, mời người và giao vai trò trong cơ quan mình."),
    Role.LEADER: _("Xem toàn bộ hồ sơ trong phạm vi, phê duyệt, giao vai trò trong cơ quan mình."),
    Role.CLERK: _("Tiếp nhận, cấp số và phát hành văn bản của cơ quan."),
    Role.FINANCE: _("Theo dõi kinh phí, tạm ứng, thanh toán và quyết toán."),
    Role.COUNCIL_MEMBER: _("Đọc hồ sơ được phân công và chấm phiếu đánh giá."),
    Role.SECRETARY: _("Chuẩn bị phiên họp, tổng hợp phiếu và lập biên bản của hội đồng."),
    Role.COLLABORATOR: _("Nắm tình hình cơ sở trên địa bàn xã, ghi nhật ký hoạt động khuyến công."),
    Role.EXPERT: _("Tư vấn, đánh giá tại nhà máy và ghi kết quả."),
    Role.PREPARER: _("Lập hồ sơ của doanh nghiệp, chưa được nộp."),
    Role.REPRESENTATIVE: _("Quản lý hồ sơ doanh nghiệp, nộp hồ sơ, mời người lập hồ sơ."),
    Role.BUYER: _("Đăng nhu cầu mua, xem danh sách đề xuất."),
    Role.SPONSOR: _("Theo dõi chương trình mà đơn vị tài trợ hoặc phối hợp."),
    Role.ZONE_DEVELOPER: _("Cập nhật thông tin khu, cụm công nghiệp do đơn vị làm chủ đầu tư hạ tầng."),
    Role.ADMINISTRATOR: _("Quản lý người dùng, cơ quan và vai trò."),
    Role.VIEWER: _("Xem và tra cứu trong phạm vi được giao, không sửa."),
}


class Theme(models.TextChoices):
    AUTO = "auto", _("Theo thiết bị")
    LIGHT = "light", _("Nền sáng")
    DARK = "dark", _("Nền tối")


ACTIONS = {
    "accounts.agency_changed": _("Sửa cơ quan"),
    "accounts.agency_closed": _("Kết thúc hoạt động cơ quan"),
    "accounts.agency_created": _("Thêm cơ quan"),
    "accounts.agency_merged": _("Nhập cơ quan"),
    "accounts.agency_name_added": _("Thêm tên trước đây của cơ quan"),
    "accounts.agency_renamed": _("Đổi tên cơ quan"),
    "accounts.agency_split": _("Tách cơ quan"),
    "accounts.email_changed": _("Đổi địa chỉ thư"),
    "accounts.first_administrator_invited": _("Tạo liên kết cho quản trị đầu tiên"),
    "accounts.identity_connected": _("Liên kết danh tính bên ngoài"),
    "accounts.identity_disconnected": _("Bỏ liên kết danh tính bên ngoài"),
    "accounts.invitation_accepted": _("Nhận lời mời"),
    "accounts.invitation_renewed": _("Gửi lại lời mời"),
    "accounts.invitation_revoked": _("Thu hồi lời mời"),
    "accounts.invited": _("Gửi lời mời"),
    "accounts.locked_out": _("Tạm khóa đăng nhập vì sai nhiều lần"),
    "accounts.password_changed": _("Đổi mật khẩu"),
    "accounts.profile_changed": _("Sửa thông tin của mình"),
    "accounts.role_carried": _("Chuyển vai trò sang cơ quan kế tiếp"),
    "accounts.role_ended": _("Vai trò hết hiệu lực"),
    "accounts.role_granted": _("Giao vai trò"),
    "accounts.role_revoked": _("Thu hồi vai trò"),
    "accounts.second_factor_added": _("Bật cách xác thực thứ hai"),
    "accounts.second_factor_removed": _("Tắt cách xác thực thứ hai"),
    "accounts.second_factor_reset": _("Đặt lại xác thực hai lớp cho người khác"),
    "accounts.sessions_ended": _("Kết thúc các phiên đăng nhập"),
    "accounts.signed_in": _("Đăng nhập"),
    "accounts.user_created": _("Tạo tài khoản"),
    "accounts.user_deactivated": _("Ngừng tài khoản"),
    "accounts.user_reactivated": _("Mở lại tài khoản"),
    "accounts.second_factors_reset": _("Đặt lại lớp xác thực"),
    "personal_data.submit": _("Nhận yêu cầu về dữ liệu cá nhân"),
    "personal_data.acknowledge": _("Xác nhận đã nhận yêu cầu"),
    "personal_data.extend": _("Gia hạn yêu cầu"),
    "personal_data.accept": _("Chấp nhận yêu cầu"),
    "personal_data.refuse": _("Từ chối yêu cầu"),
    "personal_data.complete": _("Hoàn thành yêu cầu"),
}
