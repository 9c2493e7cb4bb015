"""What papers of a council are told: its founding, its plan of the year, a ballot, the minutes of a session."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from matxich.correspondence.kinds.fields import day, decimal, lines, long, money, number, rows, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str = text("ho_ten", _("Họ và tên"))
    position: str = text("chuc_vu", _("Chức vụ, đơn vị"))
    role: str = text("vai_tro", _("Vai trò trong Hội đồng"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFounding:
    """Quyết định thành lập Hội đồng."""

    council: str = text("hoi_dong", _("Tên Hội đồng"))
    legal_bases: tuple[str, ...] = lines("can_cu", _("Căn cứ pháp lý"))
    proposed_by: str = text("don_vi_de_nghi", _("Đơn vị đề nghị"))
    members: tuple[Member, ...] = rows("thanh_vien", _("Thành viên Hội đồng"), Member)
    duties: tuple[str, ...] = lines("nhiem_vu", _("Nhiệm vụ của Hội đồng"))
    standing_unit: str = text("thuong_truc", _("Đơn vị thường trực"))
    ends: str = text("ket_thuc", _("Hội đồng kết thúc khi nào"))
    budget_source: str = text("kinh_phi", _("Kinh phí hoạt động lấy từ đâu"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    name: str = text("ten", _("Phiên"))
    begins: date = day("tu_ngay", _("Từ ngày"))
    ends: date = day("den_ngay", _("Đến ngày"))
    content: str = text("noi_dung", _("Nội dung"))
    expected: int = number("so_du_kien", _("Số đề án dự kiến"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPlan:
    """Thông báo kế hoạch Hội đồng."""

    council: str = text("hoi_dong", _("Tên Hội đồng"))
    year: int = number("nam", _("Năm"))
    founded_by: str = text("quyet_dinh", _("Quyết định thành lập"))
    duties: tuple[str, ...] = lines("nhiem_vu", _("Nhiệm vụ"))
    sessions: tuple[PlannedSession, ...] = rows("phien", _("Các phiên họp"), PlannedSession)
    members_expected: int = number("so_thanh_vien", _("Số thành viên"))
    addressees: tuple[str, ...] = lines("kinh_gui", _("Nơi gửi"), required=False)
    contact: str = text("lien_he", _("Đầu mối liên hệ"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    name: str = text("ten", _("Tiêu chí"))
    most: Decimal = decimal("diem_toi_da", _("Điểm tối đa"))
    score: Decimal | None = decimal("diem", _("Điểm"), required=False)
    comment: str = text("nhan_xet", _("Nhận xét"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Phiếu đánh giá: one member's opinion of one case. `score` of a criterion None: not judged, which is no zero."""

    council: str = text("hoi_dong", _("Tên Hội đồng"))
    case: str = text("de_an", _("Đề án"))
    host: str = text("don_vi_chu_tri", _("Đơn vị chủ trì"))
    member: str = text("thanh_vien", _("Người đánh giá"))
    role: str = text("vai_tro", _("Vai trò trong Hội đồng"))
    criteria: tuple[Criterion, ...] = rows("tieu_chi", _("Tiêu chí"), Criterion)
    most: Decimal = decimal("tong_toi_da", _("Tổng điểm tối đa"))
    total: Decimal | None = decimal("tong_diem", _("Tổng điểm"), required=False)
    verdict: str = text("ket_luan", _("Kết luận"))
    opinion: str = long("y_kien", _("Ý kiến khác"), required=False)
    criteria_set: str = text("bo_tieu_chi", _("Bộ tiêu chí"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    name: str = text("ten", _("Đề án"))
    host: str = text("don_vi_chu_tri", _("Đơn vị chủ trì"))
    mean: Decimal | None = decimal("diem_trung_binh", _("Điểm trung bình"), required=False)
    passed: int = number("phieu_dat", _("Phiếu đạt"))
    ballots: int = number("so_phieu", _("Số phiếu"))
    asked: int = money("de_nghi", _("Kinh phí đề nghị"))
    proposed: int = money("sau_tham_dinh", _("Kinh phí sau thẩm định"))
    conclusion: str = text("ket_luan", _("Kết luận"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    member: str = text("thanh_vien", _("Thành viên"))
    case: str = text("de_an", _("Đề án"))
    reason: str = text("ly_do", _("Lý do"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMinutes:
    """Biên bản họp Hội đồng."""

    council: str = text("hoi_dong", _("Tên Hội đồng"))
    session: str = text("phien", _("Phiên họp"))
    founded_by: str = text("quyet_dinh", _("Quyết định thành lập"))
    opened: str = text("khai_mac", _("Giờ khai mạc"))
    closed: str = text("be_mac", _("Giờ bế mạc"))
    held_on: date = day("ngay_hop", _("Ngày họp"))
    venue: str = text("dia_diem", _("Địa điểm"))
    chair: str = text("chu_tich", _("Chủ trì"))
    secretary: str = text("thu_ky", _("Thư ký"))
    members: int = number("so_thanh_vien", _("Số thành viên"))
    present: tuple[Member, ...] = rows("co_mat", _("Có mặt"), Member)
    absent: tuple[Member, ...] = rows("vang_mat", _("Vắng mặt"), Member, required=False)
    recusals: tuple[Recusal, ...] = rows("khong_tham_gia", _("Không tham gia đánh giá"), Recusal, required=False)
    rule: str = long("quy_tac", _("Quy tắc kết luận"))
    cases: tuple[JudgedCase, ...] = rows("de_an", _("Kết quả từng đề án"), JudgedCase)
    asked: int = money("tong_de_nghi", _("Tổng đề nghị"))
    proposed: int = money("tong_sau_tham_dinh", _("Tổng sau thẩm định"))
    opinions: tuple[str, ...] = lines("y_kien", _("Ý kiến tại phiên họp"), required=False)
