"""Agencies and one person for every role; everybody's name says that it is invented."""

from dataclasses import dataclass
from datetime import date, datetime

from matxich.accounts.actions import create_agency, create_user, grant, merge_agencies, rename_agency
from matxich.accounts.models import Agency, User
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import Actor

PASSWORD = "mat-xich-du-lieu-mau"
MERGER = date(2025, 7, 1)
ACT = "Nghị quyết 202/2025/QH15"


@dataclass(frozen=True)
class SignIn:
    """One sample person, as printed after `matxich demo`."""

    email: str
    name: str
    role: str
    agency: str


AGENCIES = {
    "bo": (AgencyKind.MINISTRY, "Bộ Công Thương (mẫu)", ""),
    "so-hp": (AgencyKind.PROVINCIAL_DEPARTMENT, "Sở Công Thương Hải Phòng (mẫu)", "31"),
    "so-bn": (AgencyKind.PROVINCIAL_DEPARTMENT, "Sở Công Thương Bắc Ninh (mẫu)", "24"),
    "so-dn": (AgencyKind.PROVINCIAL_DEPARTMENT, "Sở Công Thương Đồng Nai (mẫu)", "75"),
    "kc-hp": (AgencyKind.PROMOTION_CENTRE, "Trung tâm Khuyến công Hải Phòng (mẫu)", "31"),
    "doi-tac": (AgencyKind.PARTNER, "Điện tử Hanseo Việt Nam (mẫu)", ""),
    "hiep-hoi": (AgencyKind.ASSOCIATION, "Hiệp hội công nghiệp hỗ trợ (mẫu)", ""),
    "co-so": (AgencyKind.ENTERPRISE, "Đúc áp lực Lam Sơn Hạ (mẫu)", "31"),
    "khu-cn": (AgencyKind.ZONE_DEVELOPER, "Chủ đầu tư hạ tầng khu công nghiệp (mẫu)", "31"),
}
PEOPLE = (
    ("quantri", "Phạm Văn Mẫu", "bo", Role.ADMINISTRATOR, ""),
    ("bo.chuyenvien", "Đỗ Thị Ví Dụ", "bo", Role.OFFICER, ""),
    ("hp.chuyenvien", "Ngô Thị Thử", "so-hp", Role.OFFICER, "31"),
    ("hp.truongphong", "Trần Văn Phỏng", "so-hp", Role.HEAD, "31"),
    ("hp.lanhdao", "Lê Hữu Mô", "so-hp", Role.LEADER, "31"),
    ("hp.vanthu", "Vũ Thị Nháp", "so-hp", Role.CLERK, "31"),
    ("hp.taichinh", "Bùi Thị Tính", "so-hp", Role.FINANCE, "31"),
    ("hp.xem", "Hoàng Văn Xem", "so-hp", Role.VIEWER, "31"),
    ("bn.chuyenvien", "Phan Quốc Mẫu", "so-bn", Role.OFFICER, "24"),
    ("dn.chuyenvien", "Lý Thu Mẫu", "so-dn", Role.OFFICER, "75"),
    ("kc.congtacvien", "Đặng Văn Giả", "kc-hp", Role.COLLABORATOR, "31"),
    ("hoidong.thanhvien", "Dương Minh Mẫu", "so-hp", Role.COUNCIL_MEMBER, "31"),
    ("hoidong.thuky", "Ngọc Thị Mẫu", "so-hp", Role.SECRETARY, "31"),
    ("chuyengia", "Hữu Đức Mẫu", "hiep-hoi", Role.EXPERT, ""),
    ("nguoimua", "Kim Ji Mẫu", "doi-tac", Role.BUYER, ""),
    ("taitro", "Park Mẫu", "doi-tac", Role.SPONSOR, ""),
    ("doanhnghiep", "Nguyễn Thanh Mẫu", "co-so", Role.REPRESENTATIVE, "31"),
    ("doanhnghiep.lap", "Trần Thu Mẫu", "co-so", Role.PREPARER, "31"),
    ("khucongnghiep", "Lê Đức Mẫu", "khu-cn", Role.ZONE_DEVELOPER, "31"),
)


def fill_people(*, by: Actor, at: datetime) -> list[SignIn]:
    """Make what is missing; running it again makes nothing twice."""
    agencies = {key: _agency(key, by, at) for key in AGENCIES}
    _lineage(agencies, by, at)
    made = []
    for local, name, key, role, scope in PEOPLE:
        email = f"{local}@matxich.example"
        if not User.objects.filter(email=email).exists():
            user = create_user(by=by, at=at, email=email, name=name, password=PASSWORD, is_demo=True)
            grant(by=by, at=at, user=user, agency=agencies[key], role=role, scope=scope, reason="Dữ liệu mẫu")
        made.append(SignIn(email, name, str(role.label), agencies[key].name))
    return made


def _agency(key: str, by: Actor, at: datetime) -> Agency:
    kind, name, place = AGENCIES[key]
    known = Agency.objects.filter(is_demo=True, kind=kind, place=place, valid_to=None).order_by("id").first()
    since = MERGER if place else date(2020, 1, 1)
    return known or create_agency(
        by=by, at=at, kind=kind, name=name, place=place, valid_from=since, legal_act=ACT if place else "", is_demo=True
    )


def _lineage(agencies: dict[str, Agency], by: Actor, at: datetime) -> None:
    """Hải Dương's department lives on in Hải Phòng's; the ministry's department shows three dated names."""
    if Agency.objects.filter(is_demo=True, name__startswith="Sở Công Thương Hải Dương").exists():
        return
    old = create_agency(
        by=by,
        at=at,
        kind=AgencyKind.PROVINCIAL_DEPARTMENT,
        name="Sở Công Thương Hải Dương (mẫu)",
        place="30",
        valid_from=date(2008, 1, 1),
        is_demo=True,
    )
    merge_agencies(by=by, at=at, predecessors=[old], successor=agencies["so-hp"], on=MERGER, legal_act=ACT)
    local = create_agency(
        by=by,
        at=at,
        kind=AgencyKind.MINISTRY_DEPARTMENT,
        name="Cục Công nghiệp địa phương (mẫu)",
        valid_from=date(2012, 11, 12),
        parent=agencies["bo"],
        is_demo=True,
    )
    rename_agency(
        by=by,
        at=at,
        agency=local,
        version=local.version,
        name="Cục Công Thương địa phương (mẫu)",
        on=date(2017, 8, 18),
    )
