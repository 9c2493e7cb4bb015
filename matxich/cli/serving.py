"""`serve` and `worker`: the pages, and the work behind them."""

import errno
import gc
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module

import click
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from matxich.accounts.queries import demo_people_exist
from matxich.cli import Answer, json_option
from matxich.cli.installation import UnsafeSettings, refuse_unsafe_settings
from matxich.cli.usage import Number
from matxich.kit import panels
from matxich.kit.refusals import Refusal
from matxich.kit.worker import run_chores

LONGEST_ANSWER = 20  # seconds an answer may still take once the end is asked for
TAKEN = {errno.EADDRINUSE: "một chương trình khác đang dùng", errno.EACCES: "không có quyền dùng cổng này"}


class NotSetUp(Refusal):
    code = "not_set_up"


class PortTaken(Refusal):
    code = "port_taken"


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", type=Number(1, 65535), default=8000, show_default=True, help="Cổng lắng nghe.")
@click.option("--workers", type=Number(1, 64), default=2, show_default=True, help="Số tiến trình.")
@click.option("--worker/--no-worker", "with_worker", default=True, help="Chạy kèm tiến trình làm việc nền.")
@json_option
def serve(host: str, port: int, workers: int, with_worker: bool) -> Answer:
    """Chạy máy chủ trang web."""
    refuse_unsafe_settings()
    refuse_unready_database()
    if settings.PRODUCTION and demo_people_exist():
        raise UnsafeSettings("Cơ sở dữ liệu có tài khoản mẫu.", "Bản chạy thật phải bắt đầu từ cơ sở dữ liệu trống.")
    refuse_taken_port(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    code = _serve(host, port, workers, address, with_worker)
    return Answer({"address": address, "exit_code": code}, [], code)


def _serve(host: str, port: int, workers: int, address: str, with_worker: bool) -> int:
    """Until somebody asks for the end, or a process of the server dies.

    The application is loaded once, here, and the server's processes are forked from it: the first page comes sooner and
    the processes share what they only read. A connection must not cross the fork, so there is none by then.
    """
    load_application()
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=LONGEST_ANSWER,
        blocking_threads=2,
        log_level=LogLevels.warning,
    )
    server.on_startup(threading.Thread(target=_tell_when_open, args=(host, port, address), daemon=True).start)
    background = None
    if with_worker:
        background = subprocess.Popen([sys.executable, "-m", "matxich.cli", "worker"], stdout=sys.stderr.fileno())
    try:
        server.serve()
    except SystemExit:
        return 1
    finally:
        if background:
            background.terminate()
            background.wait()
    return 0


def _tell_when_open(host: str, port: int, address: str) -> None:
    """The address is worth telling once somebody answers at it, which is after the processes are forked."""
    while True:
        time.sleep(0.1)
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return tell(f"Mắt Xích: {address} (dừng: Ctrl-C)")


def load_application() -> None:
    """Have at hand what a page needs, addresses and names of the taxonomy included: no first question waits for them.

    Then leave nothing open and nothing for the collector to copy.
    """
    import_module("config.wsgi")
    import_module(settings.ROOT_URLCONF)
    import_module("matxich.registry.search").ready()
    panels.load()
    connections.close_all()
    gc.collect()
    gc.freeze()


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            told = f"Không mở được {host}:{port}: {TAKEN.get(error.errno or 0, error.strerror)}."
            raise PortTaken(told, "Dừng chương trình kia hoặc chọn cổng khác: --port 8001") from error


def refuse_unready_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotSetUp("Cơ sở dữ liệu chưa theo kịp phiên bản này.", "Chạy: matxich setup")


@click.command("worker")
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng.")
@json_option
def worker(once: bool) -> Answer:
    """Làm việc nền: nhập danh sách, niêm phong nhật ký, gửi thư, cập nhật chỉ mục."""
    refuse_unready_database()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    failed = run_chores(once=once, stop=stop, progress=tell)
    lines = [f"{failed} việc không xong." if failed else "Đã làm xong việc đang chờ."]
    return Answer({"failed": failed}, lines, int(failed > 0))


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


COMMANDS = {"serve": serve, "worker": worker}
