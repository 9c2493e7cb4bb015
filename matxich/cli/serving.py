"""`serve` and `worker`: the pages, and the work behind them."""

import errno
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from matxich.accounts.queries import demo_people_exist
from matxich.cli import Answer, json_option
from matxich.cli.installation import UnsafeSettings, refuse_unsafe_settings
from matxich.cli.usage import Number
from matxich.kit.refusals import Refusal
from matxich.kit.worker import run_chores

STOPPED = (0, -signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGINT)
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
    code = _run(_server(host, port, workers), [sys.executable, "-m", "matxich.cli", "worker"], address, with_worker)
    return Answer({"address": address, "exit_code": code}, [], 0 if code in STOPPED else 1)


def _server(host: str, port: int, workers: int) -> list[str]:
    bind = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    quiet = ["--blocking-threads", "2", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *bind, *quiet, "config.wsgi:application"]


def _run(server: list[str], worker: list[str], address: str, with_worker: bool) -> int:
    """Until the server ends, or somebody asks for the end: an interrupt at the terminal, or a signal to end."""
    web = subprocess.Popen(server, stdout=sys.stderr.fileno())
    background = subprocess.Popen(worker, stdout=sys.stderr.fileno()) if with_worker else None
    signal.signal(signal.SIGTERM, lambda *_: web.terminate())
    try:
        _wait_for(address, web)
        tell(f"Mắt Xích: {address} (dừng: Ctrl-C)")
        return web.wait()
    except KeyboardInterrupt:
        web.terminate()
        return web.wait()
    finally:
        if background:
            background.terminate()
            background.wait()


def _wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    parts = urlsplit(address)
    while web.poll() is None:
        with suppress(OSError), socket.create_connection((parts.hostname, parts.port), timeout=1):
            return
        time.sleep(0.05)


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
