"""What the forms of TT 36/2013/TT-BCT, Appendix 1, are told: 1, 2, 4a and 4b."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from matxich.correspondence.kinds.fields import decimal, lines, long, money, number, rows, text


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    item: str = text("noi_dung", _("Nội dung chi"))
    unit: str = text("don_vi_tinh", _("Đơn vị tính"))
    quantity: Decimal = decimal("so_luong", _("Số lượng"))
    unit_price: int = money("don_gia", _("Đơn giá"))
    amount: int = money("thanh_tien", _("Thành tiền"))
    state: int = money("kinh_phi_khuyen_cong", _("Kinh phí khuyến công quốc gia"))
    own: int = money("doi_ung", _("Đóng góp của đơn vị thụ hưởng"))
    other: int = money("nguon_khac", _("Nguồn khác"))
    note: str = text("ghi_chu", _("Ghi chú"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form1:
    """Mẫu 1: Dự toán kinh phí."""

    case: str = text("de_an", _("Đề án"))
    host: str = text("don_vi_thuc_hien", _("Đơn vị thực hiện"))
    beneficiary: str = text("don_vi_thu_huong", _("Đơn vị thụ hưởng"))
    year: int = number("nam", _("Năm"))
    costs: tuple[CostLine, ...] = rows("khoan_chi", _("Các khoản chi"), CostLine)
    amount: int = money("tong_cong", _("Tổng cộng"))
    state: int = money("tong_khuyen_cong", _("Tổng kinh phí khuyến công"))
    own: int = money("tong_doi_ung", _("Tổng đóng góp của đơn vị thụ hưởng"))
    other: int = money("tong_nguon_khac", _("Tổng nguồn khác"))
    prepared_by: str = text("nguoi_lap", _("Người lập biểu"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    name: str = text("ten", _("Tên đề án"))
    host: str = text("don_vi_thuc_hien", _("Đơn vị thực hiện"))
    beneficiary: str = text("don_vi_thu_huong", _("Đơn vị thụ hưởng, địa điểm"))
    goal: str = text("muc_tieu", _("Mục tiêu, nội dung chính"))
    months: str = text("thoi_gian", _("Thời gian thực hiện"))
    total: int = money("tong_kinh_phi", _("Tổng kinh phí"))
    state: int = money("kinh_phi_khuyen_cong", _("Kinh phí khuyến công quốc gia"))
    own: int = money("doi_ung", _("Đóng góp của đơn vị thụ hưởng"))
    other: int = money("nguon_khac", _("Nguồn khác"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroup:
    title: str = text("ten_nhom", _("Nội dung hoạt động khuyến công"))
    cases: tuple[ListedCase, ...] = rows("de_an", _("Đề án"), ListedCase)
    state: int = money("cong_khuyen_cong", _("Cộng kinh phí khuyến công"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form2:
    """Mẫu 2: Biểu tổng hợp (chi tiết) các đề án KCQG."""

    year: int = number("nam", _("Năm"))
    province: str = text("tinh", _("Tỉnh, thành phố"))
    groups: tuple[CaseGroup, ...] = rows("nhom", _("Nhóm nội dung"), CaseGroup)
    count: int = number("so_de_an", _("Số đề án"))
    total: int = money("tong_kinh_phi", _("Tổng kinh phí"))
    state: int = money("tong_khuyen_cong", _("Tổng kinh phí khuyến công"))
    own: int = money("tong_doi_ung", _("Tổng đóng góp của đơn vị thụ hưởng"))
    other: int = money("tong_nguon_khac", _("Tổng nguồn khác"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised:
    """One of the five contents of article 9."""

    content: str = text("noi_dung", _("Nội dung thẩm định"))
    opinion: str = text("y_kien", _("Ý kiến thẩm định"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form4a:
    """Mẫu 4a: Phiếu thẩm định cấp cơ sở."""

    case: str = text("de_an", _("Đề án"))
    host: str = text("don_vi_thuc_hien", _("Đơn vị thực hiện"))
    beneficiary: str = text("don_vi_thu_huong", _("Đơn vị thụ hưởng"))
    location: str = text("dia_diem", _("Địa điểm thực hiện"))
    contents: tuple[Appraised, ...] = rows("tham_dinh", _("Nội dung thẩm định"), Appraised)
    total: int = money("tong_kinh_phi", _("Tổng kinh phí"))
    asked: int = money("de_nghi", _("Kinh phí khuyến công đề nghị"))
    proposed: int = money("sau_tham_dinh", _("Kinh phí khuyến công sau thẩm định"))
    conclusion: str = long("ket_luan", _("Kết luận và đề nghị"))
    opinions: tuple[str, ...] = lines("y_kien_khac", _("Ý kiến khác"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    beneficiary: str = text("don_vi_thu_huong", _("Đơn vị thụ hưởng"))
    location: str = text("dia_diem", _("Địa điểm thực hiện"))
    content: str = text("noi_dung", _("Nội dung hỗ trợ"))
    total: int = money("tong_kinh_phi", _("Tổng kinh phí"))
    asked: int = money("de_nghi", _("Kinh phí khuyến công đề nghị"))
    proposed: int = money("sau_tham_dinh", _("Kinh phí khuyến công sau thẩm định"))
    opinion: str = text("y_kien", _("Ý kiến thẩm định"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form4b:
    """Mẫu 4b: Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)."""

    case: str = text("de_an", _("Đề án nhóm"))
    host: str = text("don_vi_thuc_hien", _("Đơn vị thực hiện"))
    members: tuple[GroupMember, ...] = rows("doi_tuong", _("Đối tượng cụ thể"), GroupMember)
    contents: tuple[Appraised, ...] = rows("tham_dinh", _("Nội dung thẩm định"), Appraised)
    asked: int = money("tong_de_nghi", _("Tổng kinh phí khuyến công đề nghị"))
    proposed: int = money("tong_sau_tham_dinh", _("Tổng kinh phí khuyến công sau thẩm định"))
    conclusion: str = long("ket_luan", _("Kết luận và đề nghị"))
