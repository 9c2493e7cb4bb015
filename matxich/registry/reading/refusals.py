"""Why a file cannot be read, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal


class UnreadableFile(Refusal):
    """Base of the refusals below. `detail` is for the log, never for the page."""

    code = "unreadable"
    status = 422
    text = _("Không đọc được tệp này.")
    advice = _("Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi tải lên.")

    def __init__(self, detail: str = "") -> None:
        super().__init__(self.text, self.advice)
        self.detail = detail


class NotASpreadsheet(UnreadableFile):
    code = "not_a_spreadsheet"
    text = _("Tệp này không phải bảng tính.")
    advice = _("Hãy tải lên tệp .xlsx, .xls, .ods hoặc .csv. Với tệp Word, PDF hoặc ảnh, chép bảng sang Excel trước.")


class UnsupportedSpreadsheet(UnreadableFile):
    code = "unsupported_spreadsheet"
    text = _("Đây là bảng tính nhưng ở dạng hệ thống chưa đọc được.")


class EncryptedFile(UnreadableFile):
    code = "encrypted"
    text = _("Tệp được đặt mật khẩu nên không mở được.")
    advice = _("Mở tệp, bỏ mật khẩu, lưu lại rồi tải lên.")


class CorruptFile(UnreadableFile):
    code = "corrupt"
    text = _("Tệp bị hỏng hoặc tải lên chưa hết.")
    advice = _("Mở thử tệp trên máy; nếu mở được, lưu thành tệp mới rồi tải lên; nếu không, xin lại tệp từ nơi gửi.")


class InflatesTooMuch(UnreadableFile):
    code = "zip_bomb"
    text = _("Tệp phình ra quá lớn khi giải nén nên không được mở.")
    advice = _("Nếu đây là danh sách thật, chép vùng dữ liệu sang một tệp mới rồi tải lên.")


class TooManyCells(UnreadableFile):
    code = "too_many_cells"
    text = _("Bảng tính có quá nhiều ô hoặc có ô nằm quá xa vùng dữ liệu.")
    advice = _("Xóa các dòng, cột thừa hoặc chia danh sách thành nhiều tệp rồi tải lên.")


class EmptyWorkbook(UnreadableFile):
    code = "empty"
    text = _("Tệp không có dữ liệu.")
    advice = _("Kiểm tra lại đúng tệp cần tải lên.")
