"""What a request, a decision and the letters about a case are told."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from matxich.correspondence.kinds.fields import day, lines, long, money, number, rows, text, yes


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedCase:
    code: str = text("ma", _("Mã hồ sơ"), required=False)
    name: str = text("ten", _("Đề án"))
    host: str = text("don_vi_chu_tri", _("Đơn vị chủ trì"))
    place: str = text("dia_ban", _("Địa bàn"), required=False)
    total: int = money("tong_kinh_phi", _("Tổng kinh phí"))
    state: int = money("nha_nuoc", _("Ngân sách hỗ trợ"))
    own: int = money("doi_ung", _("Vốn đối ứng"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Tờ trình."""

    addressee: str = text("kinh_gui", _("Kính gửi"))
    about: str = text("ve_viec", _("Về việc"))
    legal_bases: tuple[str, ...] = lines("can_cu", _("Căn cứ pháp lý"))
    need: str = long("su_can_thiet", _("Sự cần thiết"))
    process: str = long("qua_trinh", _("Quá trình thẩm định"))
    cases: tuple[FundedCase, ...] = rows("de_an", _("Đề án trình"), FundedCase)
    total: int = money("tong_nha_nuoc", _("Tổng ngân sách hỗ trợ"))
    budget: int = money("nguon_von", _("Kinh phí được giao"), required=False)
    departures: tuple[str, ...] = lines("khac_thu_hang", _("Khác thứ hạng, có lý do"), required=False)
    proposal: str = long("kien_nghi", _("Kiến nghị"))
    enclosed: tuple[str, ...] = lines("kem_theo", _("Tài liệu gửi kèm"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Quyết định phê duyệt đề án."""

    programme: str = text("chuong_trinh", _("Chương trình"))
    year: int = number("nam", _("Năm"))
    legal_bases: tuple[str, ...] = lines("can_cu", _("Căn cứ pháp lý"))
    proposed_by: str = text("don_vi_de_nghi", _("Đơn vị đề nghị"))
    cases: tuple[FundedCase, ...] = rows("de_an", _("Đề án được duyệt"), FundedCase)
    reserve: tuple[FundedCase, ...] = rows("du_phong", _("Danh sách dự phòng"), FundedCase, required=False)
    total: int = money("tong_nha_nuoc", _("Tổng ngân sách hỗ trợ"))
    source: str = text("nguon_kinh_phi", _("Nguồn kinh phí"))
    duties: tuple[str, ...] = lines("to_chuc_thuc_hien", _("Tổ chức thực hiện"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNote:
    part: str = text("muc", _("Mục của hồ sơ"))
    note: str = text("can_sua", _("Cần bổ sung, chỉnh sửa"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLetter:
    """Công văn trả hồ sơ."""

    addressee: str = text("kinh_gui", _("Kính gửi"))
    case: str = text("de_an", _("Đề án"))
    received_on: date = day("ngay_nhan", _("Ngày nhận hồ sơ"))
    notes: tuple[FieldNote, ...] = rows("noi_dung_can_sua", _("Nội dung cần bổ sung, chỉnh sửa"), FieldNote)
    resubmit_by: date = day("han_nop_lai", _("Hạn nộp lại"), required=False)
    contact: str = text("lien_he", _("Đầu mối liên hệ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    what: str = text("noi_dung", _("Lý do"))
    article: str = text("can_cu", _("Căn cứ"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLetter:
    """Công văn không hỗ trợ, có lý do."""

    addressee: str = text("kinh_gui", _("Kính gửi"))
    case: str = text("de_an", _("Đề án"))
    received_on: date = day("ngay_nhan", _("Ngày nhận hồ sơ"))
    decided_in: str = text("can_cu_quyet_dinh", _("Quyết định, biên bản"))
    reasons: tuple[Reason, ...] = rows("ly_do", _("Lý do"), Reason)
    may_apply_again: bool = yes("nop_lai_duoc", _("Được nộp lại kỳ sau"))
    complaint: str = long("khieu_nai", _("Quyền và thời hạn kiến nghị"), required=False)
    contact: str = text("lien_he", _("Đầu mối liên hệ"))
