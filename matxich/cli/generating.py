"""`generate`: invented firms in any number, ready to be searched."""

import resource
import shutil
import time
from decimal import Decimal

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

from demo.synthetic.firms import Series
from demo.synthetic.sources import sources
from matxich.cli import Answer, json_option
from matxich.cli.progress import Progress
from matxich.cli.sealing import settle
from matxich.cli.usage import Number
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.ledger.sealing import seal
from matxich.registry.actions.generating import HELPERS, Generated, generate
from matxich.registry.queries.generated import Standing, standing
from matxich.registry.search import rebuild as rebuild_index
from matxich.registry.search import status as index_status
from matxich.rulebook.vietnamese.numbers import format_number

MOST, MOST_SEED = 10**12, 2**63 - 1
BYTES = {False: 5_500, True: 13_000}
"""On the disk, a firm with its statements and its place in the index, without and with a full passport."""
INDEX_BYTES = 700
KEPT_FREE = 10**9
ANEW = 20_000
"""From so many changes on, an index made anew is ready sooner than one that takes them in."""


class NoRoom(Refusal):
    """The disk is too small for so many firms."""

    code = "no_room"


class Interrupted(Refusal):
    """Stopped from the keyboard between two batches."""

    code = "aborted"


@click.command("generate")
@click.option("--enterprises", "count", type=Number(1, MOST), required=True, help="Chuỗi có bao nhiêu doanh nghiệp.")
@click.option("--seed", type=Number(0, MOST_SEED), required=True, help="Số gốc: cùng số gốc là cùng doanh nghiệp.")
@click.option("--full", is_flag=True, help="Mỗi hồ sơ có đủ mọi mục, nhiều nguồn, có chỗ các nguồn nói khác nhau.")
@click.option("--yes", is_flag=True, help="Vẫn làm khi sổ đã có doanh nghiệp thật.")
@json_option
def generate_(count: int, seed: int, full: bool, yes: bool) -> Answer:
    """Đưa vào sổ doanh nghiệp đặt ra (dữ liệu mẫu), tìm được ngay khi xong.

    Cùng số gốc thì luôn ra cùng doanh nghiệp: gọi lại với số lớn hơn là thêm vào chuỗi, với số gốc khác là một chuỗi
    khác. Dừng giữa chừng (Ctrl-C) rồi gọi lại thì làm tiếp. Mã số thuế bắt đầu bằng 99, không cơ quan thuế nào cấp.
    Sổ có doanh nghiệp thật thì cần --yes: chúng sẽ đứng chung, chỉ khác ở dấu dữ liệu mẫu.
    """
    began, at, series, before = time.monotonic(), timezone.now(), Series(seed, full), standing(seed)
    demand_disk(count - before.enterprises, full=full)
    try:
        made = generate(
            series=series,
            count=count,
            sources=sources(),
            by=system_actor(),
            at=at,
            progress=Progress(),
            beside_real=yes,
        )
    except KeyboardInterrupt as error:
        raise _interrupted(count, standing(seed)) from error
    finally:
        seal(at=timezone.now())
    _make_index()
    settle()
    return _answer(made, standing(seed), seed, time.monotonic() - began)


def _make_index() -> None:
    """Also of what an earlier call, stopped before this, left to be told."""
    index = index_status()
    if not index.ready or index.behind >= ANEW:
        told = Progress()
        rebuild_index(progress=lambda done: told(done, None, "Chỉ mục"))


def demand_disk(more: int, *, full: bool) -> None:
    """Raises NoRoom. Where the database is elsewhere, only the index is reckoned with."""
    each = BYTES[full] if connection.vendor == "sqlite" else INDEX_BYTES
    need, free = more * each, shutil.disk_usage(settings.HOME).free - KEPT_FREE
    if need > free:
        message = f"{format_number(more)} doanh nghiệp cần khoảng {_gigabytes(need)}, ổ đĩa còn {_gigabytes(free)}."
        raise NoRoom(message, "Chọn số nhỏ hơn, hoặc đặt MATXICH_HOME ở ổ đĩa còn đủ chỗ.")


def _gigabytes(size: int) -> str:
    return f"{format_number(Decimal(max(0, size) // 10**8) / 10, 1)} GB"


def _interrupted(count: int, stands: Standing) -> Interrupted:
    message = (
        f"Đã dừng: {format_number(stands.enterprises)} trong {format_number(count)} doanh nghiệp đã vào sổ trọn vẹn."
    )
    return Interrupted(
        message, "Gọi lại lệnh này để làm tiếp; chỉ mục tìm kiếm được cập nhật khi đó hoặc bởi matxich worker."
    )


def _answer(made: Generated, stands: Standing, seed: int, seconds: float) -> Answer:
    ours, helpers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    data = {
        "seed": seed,
        "full": stands.full,
        "enterprises": made.enterprises,
        "statements": made.statements,
        "standing": stands.enterprises,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(sum((ours.ru_utime, ours.ru_stime, helpers.ru_utime, helpers.ru_stime)), 1),
        "peak_mb": (ours.ru_maxrss + HELPERS * helpers.ru_maxrss) // 1024,
        "entry": made.entry,
    }
    if not made.enterprises:
        return Answer(data, [f"Số gốc {seed} đã có {format_number(stands.enterprises)} doanh nghiệp; không thêm gì."])
    lines = [
        f"Thêm {format_number(made.enterprises)} doanh nghiệp đặt ra với {format_number(made.statements)} thông tin"
        f" ({data['seconds']} giây); số gốc {seed} nay có {format_number(stands.enterprises)}."
    ]
    return Answer(data, lines)


COMMANDS = {"generate": generate_}
