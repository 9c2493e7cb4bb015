"""`serve` and `worker`: the pages, and the work behind them."""

import signal
import subprocess
import sys

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from matxich.accounts.queries import demo_people_exist
from matxich.cli import Answer, json_option
from matxich.cli.installation import UnsafeSettings, refuse_unsafe_settings
from matxich.kit.refusals import Refusal
from matxich.kit.worker import run_chores


class NotSetUp(Refusal):
    code = "not_set_up"


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--worker/--no-worker", "with_worker", default=True, help="Chạy kèm tiến trình làm việc nền.")
def serve(host: str, port: int, workers: int, with_worker: bool) -> None:
    """Chạy máy chủ trang web."""
    refuse_unsafe_settings()
    refuse_unready_database()
    if settings.PRODUCTION and demo_people_exist():
        raise UnsafeSettings("Cơ sở dữ liệu có tài khoản mẫu.", "Bản chạy thật phải bắt đầu từ cơ sở dữ liệu trống.")
    background = subprocess.Popen([sys.argv[0], "worker"]) if with_worker else None
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += [
        "--workers",
        str(workers),
        "--blocking-threads",
        "2",
        "--log-level",
        "warning",
        "config.wsgi:application",
    ]
    server = subprocess.Popen(command)
    print(f"Mắt Xích: http://{host}:{port}", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        code = server.wait()
    except KeyboardInterrupt:
        code = server.wait()
    finally:
        if background:
            background.terminate()
            background.wait()
    sys.exit(0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else 1)


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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    failed = run_chores(once=once, progress=tell)
    return Answer(
        {"failed": failed},
        [f"{failed} việc không xong."] if failed else ["Đã làm xong việc đang chờ."],
        int(failed > 0),
    )


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


COMMANDS = {"serve": serve, "worker": worker}
