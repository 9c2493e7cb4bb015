"""The whole directory taken away by the server as it is run: python -m benchmarks.export [--firms N].

For csv and xlsx: seconds to the first byte and to the last, the size, and the most memory any server process held.
The peer is the library at hand for xlsx, writing the same rows to a file in its constant-memory mode.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-export-"))

import django

django.setup()

from django.test import Client  # noqa: E402

from benchmarks.list_page import PORT, fill, server, worked  # noqa: E402
from matxich.accounts.models import User  # noqa: E402
from matxich.kit.actor import ANONYMOUS  # noqa: E402
from matxich.registry import search  # noqa: E402
from matxich.registry.models import Enterprise  # noqa: E402
from matxich.registry.queries.exports import export_of, export_rows  # noqa: E402
from matxich.registry.search import Query, every_id  # noqa: E402
from tests.conftest import NOW  # noqa: E402

PAGE = "/nha-cung-ung/tai-ve/?in_programme=0&in_programme=1"
MOST_MB, FIRST_BYTE, ROUNDS = 200, 1.0, 3


def session() -> dict[str, str]:
    """Cookies of somebody signed in: visitors get the first thousand rows only."""
    user, _ = User.objects.get_or_create(email="do@matxich.test", defaults={"name": "Đo", "created_at": NOW})
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get(PAGE)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def taken(form: str, cookies: dict[str, str]) -> tuple[float, float, int]:
    """Seconds to the first byte of the file and to its end, and its size."""
    told = urlencode({"form": form, "purpose": "đo", "csrfmiddlewaretoken": cookies["csrftoken"]})
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", PORT, timeout=600)
    connection.request("POST", PAGE, told, headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    size = len(answer.read(1))
    first = time.perf_counter() - began
    while piece := answer.read(1 << 16):
        size += len(piece)
    connection.close()
    return first, time.perf_counter() - began, size


def most_memory(server: int) -> float:
    """MB that the largest process of the server has held at its worst."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    peaks = [re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text()) for child in children]
    return max(int(peak[1]) for peak in peaks if peak) / 1024


def by_the_library() -> float:
    import xlsxwriter

    began = time.perf_counter()
    export = export_of(ANONYMOUS, public=True, query=Query())
    with (
        tempfile.NamedTemporaryFile(suffix=".xlsx") as made,
        xlsxwriter.Workbook(made.name, {"constant_memory": True, "strings_to_formulas": False}) as book,
    ):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        ids = every_id(Query(filters={"in_programme": ("0", "1")}))
        for line, row in enumerate(export_rows(export, ids)):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    sheet.write_datetime(line, column, cell, day)
                else:
                    sheet.write(line, column, cell)
    return time.perf_counter() - began


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    options = parser.parse_args(arguments)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    if not Enterprise.objects.exists():  # a home filled before is used as it stands
        fill(options.firms)
        search.rebuild()
    failed = False
    for form in ("csv", "xlsx"):
        cookies, found = session(), []
        with server() as process:
            found = [taken(form, cookies) for _ in range(ROUNDS)]
            cost, peak = worked(process) / ROUNDS, most_memory(process)
        firsts, ends, sizes = zip(*found, strict=True)
        failed = failed or peak > MOST_MB or max(firsts) > FIRST_BYTE
        print(
            f"{form:5} first byte {statistics.median(firsts) * 1000:.0f} ms (worst {max(firsts) * 1000:.0f}),"
            f" whole {statistics.median(ends):.1f} s ({min(ends):.1f} to {max(ends):.1f}),"
            f" {cost:.1f} s of processor, {sizes[0] / 1e6:.1f} MB, at most {peak:.0f} MB held"
        )
    print(f"the library alone, nothing before the end: {by_the_library():.1f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
