"""A PostgreSQL of the tests' own: `python -m tests.postgres [--clusters N] COMMAND…` runs the command on it.

Loopback only, a free port, nothing kept. The server refuses to run as root, so root starts it as "postgres".
Transaction numbers are one series for a whole cluster, so a test that waits for settled transactions would wait for
its neighbour's: each parallel worker of the suite gets a cluster of its own.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


class NoPostgreSQL(RuntimeError):
    pass


def programs() -> Path:
    """The newest installation's programs."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise NoPostgreSQL("PostgreSQL is not installed: apt-get install postgresql")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Starts a server and yields the DATABASE_URL of an empty database in it; afterwards nothing is left."""
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    folder = Path(tempfile.mkdtemp(prefix="mx-pg-"))
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port, tools = folder / "data", free_port(), programs()

    def run(program: str, *arguments: str) -> None:
        command = [str(tools / program), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **who)  # type: ignore[call-overload]
        if done.returncode:
            raise NoPostgreSQL(f"{program}: {done.stderr.strip() or done.stdout.strip()}")

    options = " ".join(f"-c {name}={value}" for name, value in FAST.items())
    listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {options}"
    try:
        run("initdb", "-D", str(data), "-U", "matxich", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", listen, "start")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "matxich", "matxich")
            yield f"postgres://matxich@127.0.0.1:{port}/matxich"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    count = 1
    if command[:1] == ["--clusters"]:
        count, command = int(command[1]), command[2:]
    if not command:
        print("usage: python -m tests.postgres [--clusters N] COMMAND…", file=sys.stderr)  # noqa: T201 a command's own usage line
        return 2
    with ExitStack() as stack:
        urls = [stack.enter_context(cluster()) for _ in range(count)]
        # An interrupt at the terminal reaches the command as well: let it end, then clean up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": urls[0], "TEST_DATABASES": " ".join(urls)}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
