"""How long from the command to the first page: `python -m benchmarks.cold_start`, against a bare Django start."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROUNDS = 5
MATXICH = Path(sys.executable).parent / "matxich"
BARE = "import django;from django.conf import settings;settings.configure();django.setup()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_page() -> float:
    port = free_port()
    command = [MATXICH, "serve", "--port", str(port), "--workers", "1", "--no-worker"]
    began = time.perf_counter()
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while time.perf_counter() - began < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                    answer.read()
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise TimeoutError("no page within a minute")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def bare_start() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Needs a home that `matxich setup` has filled; the two are measured in turn."""
    pages, bare = [], []
    for _ in range(ROUNDS):
        pages.append(first_page())
        bare.append(bare_start())
    for name, seconds in (("command to first page", pages), ("bare Django start", bare)):
        print(f"{name}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f}")
    print(f"ratio of medians: {statistics.median(pages) / statistics.median(bare):.1f}")


if __name__ == "__main__":
    main()
