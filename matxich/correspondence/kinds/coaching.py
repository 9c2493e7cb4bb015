"""What a letter about the selection for a round of coaching, and a certificate of a course, are told."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from matxich.correspondence.kinds.fields import day, long, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionLetter:
    """Công văn báo kết quả lựa chọn: selected, in reserve with its rank, or not, with the reason."""

    addressee: str = text("kinh_gui", _("Kính gửi"))
    cohort: str = text("dot", _("Đợt tư vấn"))
    decided_on: date = day("ngay_quyet_dinh", _("Ngày quyết định"))
    outcome: str = text("ket_qua", _("Kết quả"))
    rank: int | None = number("hang", _("Hạng"), required=False)
    reason: str = long("ly_do", _("Lý do"), required=False)
    follows: str = long("viec_tiep", _("Việc tiếp theo"))
    contact: str = text("lien_he", _("Đầu mối liên hệ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCertificate:
    """Giấy chứng nhận: `number` is that of the register of certificates, which is not the one of outgoing papers."""

    person: str = text("ho_ten", _("Họ và tên"))
    course: str = text("khoa_hoc", _("Khóa học"))
    begins: date = day("tu_ngay", _("Từ ngày"))
    ends: date = day("den_ngay", _("Đến ngày"))
    number: str = text("so_chung_nhan", _("Số chứng nhận"))
    issued_on: date = day("ngay_cap", _("Ngày cấp"))
    valid_to: date | None = day("gia_tri_den", _("Có giá trị đến"), required=False)
