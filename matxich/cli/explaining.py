"""From whatever stopped a command to a code, a sentence and what to do; a fault of ours names its log."""

import errno
import os
import sqlite3
from dataclasses import dataclass

import click
from django.db.utils import Error as DatabaseError

from matxich.cli import BadSettings
from matxich.cli.faults import keep
from matxich.cli.usage import spoken
from matxich.kit.refusals import Refusal

SETTINGS_HINT = "Kiểm tra các biến môi trường DATABASE_URL và MATXICH_… (docs/van-hanh.md, mục 2)."
FILE_HINT = "Kiểm tra đường dẫn và quyền đọc, ghi."
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FILE_ERRORS = {
    errno.ENOENT: "Không có tệp hoặc thư mục này",
    errno.EACCES: "Không có quyền đọc hoặc ghi",
    errno.EPERM: "Không có quyền đọc hoặc ghi",
    errno.EROFS: "Ổ đĩa chỉ cho đọc",
    errno.EISDIR: "Đây là thư mục, ở đây cần một tệp",
    errno.ENOTDIR: "Đường dẫn đi qua một tệp chứ không phải thư mục",
    errno.EEXIST: "Đã có một tệp mang tên này",
    errno.ENAMETOOLONG: "Tên tệp quá dài",
}


@dataclass(frozen=True, slots=True)
class Failure:
    code: str
    message: str
    hint: str


DISK_FULL = Failure(
    "disk_full", "Ổ đĩa đã đầy nên chưa ghi được.", "Giải phóng chỗ trống rồi chạy lại; dữ liệu đã có vẫn nguyên vẹn."
)
# What each database says, in lower case, and what it means.
DATABASE_ERRORS = (
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn"),
        Failure(
            "not_set_up", "Cơ sở dữ liệu chưa được cài đặt hoặc chưa theo kịp phiên bản này.", "Chạy: matxich setup"
        ),
    ),
    (
        ("is locked", "locknotavailable", "deadlock"),
        Failure("database_busy", "Cơ sở dữ liệu đang bận vì một tiến trình khác.", "Chờ ít phút rồi chạy lại."),
    ),
    (("is full", "no space left"), DISK_FULL),
    (
        ("not a database", "malformed"),
        Failure("database_damaged", "Tệp cơ sở dữ liệu bị hỏng.", "Khôi phục bản sao lưu gần nhất: matxich restore."),
    ),
    (
        ("disk i/o", "readonly", "unable to open"),
        Failure(
            "database_files", "Không đọc hoặc ghi được tệp cơ sở dữ liệu.", "Kiểm tra ổ đĩa, chỗ trống và quyền ghi."
        ),
    ),
    (
        ("connection", "could not connect", "authentication", "starting up", "shutting down"),
        Failure(
            "database_unreachable",
            "Không kết nối được với cơ sở dữ liệu.",
            "Kiểm tra DATABASE_URL và máy chủ PostgreSQL.",
        ),
    ),
)


def explain(error: BaseException) -> Failure:
    match error:
        case Refusal():
            return Failure(error.code, str(error.message), str(error.hint))
        case BadSettings():
            return Failure("settings", error.format_message(), SETTINGS_HINT)
        case click.ClickException():
            return Failure("usage", *spoken(error))
        case click.Abort() | KeyboardInterrupt():
            return Failure("aborted", "Đã dừng theo yêu cầu.", "")
        case DatabaseError() | sqlite3.Error():
            return _database(error) or _fault(error)
        case OSError():
            return _file(error) or _fault(error)
        case MemoryError():
            return Failure("out_of_memory", "Máy không đủ bộ nhớ cho việc này.", "Chia nhỏ tệp rồi chạy lại.")
    return _fault(error)


def _database(error: BaseException) -> Failure | None:
    told = f"{error} {type(error.__cause__).__name__}".lower()
    return next((failure for signs, failure in DATABASE_ERRORS if any(sign in told for sign in signs)), None)


def _file(error: OSError) -> Failure | None:
    if error.errno in NO_ROOM:
        return DISK_FULL
    if not error.filename:
        return None
    told = FILE_ERRORS.get(error.errno or 0, error.strerror)
    return Failure("file", f"{told}: {os.fsdecode(error.filename)}", FILE_HINT)


def _fault(error: BaseException) -> Failure:
    return Failure("fault", "Có lỗi của phần mềm; dữ liệu không bị ghi dở.", f"Nhật ký lỗi: {keep(error)}")
