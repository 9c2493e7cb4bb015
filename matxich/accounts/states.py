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


class Theme(models.TextChoices):
    AUTO = "auto", _("Theo thiết bị")
    LIGHT = "light", _("Nền sáng")
    DARK = "dark", _("Nền tối")
