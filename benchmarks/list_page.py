"""The directory at 100,000 firms, filtered by the index and by the database, on the server as it is run:
python -m benchmarks.list_page [--firms N]. PostgreSQL when DATABASE_URL names one (python -m tests.postgres …).

The same questions go to both: a third plain pages, a third filters, a third words of a name. The database's page is
the one shown while there is no index: it has no facet counts, which flatters the database.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from random import Random
from urllib.request import urlopen

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-list-page-"))

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.search_firms import firms  # noqa: E402
from matxich.registry import search  # noqa: E402
from matxich.registry.models import Enterprise, Source, Statement  # noqa: E402
from matxich.registry.search.document import Document  # noqa: E402
from matxich.rulebook.vietnamese.names import company_key  # noqa: E402

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PAGE = "/nha-cung-ung/"
PORT = 8765
REQUESTS_A_SECOND, TIMES_THE_DATABASE, MOST_QUERIES = 150, 4, 15


def fill(count: int) -> list[Document]:
    """Enterprises as an import leaves them: stored projection, and who says so."""
    documents = list(firms(count))
    made = [
        Source(id=number, name=f"Danh sách {number}", key=f"danh sach {number}", created_at=NOW)
        for number in range(1, 13)
    ]
    Source.objects.bulk_create(made, ignore_conflicts=True)
    for chunk in batched(documents, 2_000, strict=False):
        Enterprise.objects.bulk_create(map(_enterprise, chunk))
        Statement.objects.bulk_create(
            Statement(
                enterprise_id=document.id,
                field="name",
                value=document.name,
                source_id=source,
                as_of=document.as_of,
                verification=1,
                recorded_at=NOW,
                recorded_by="0",
            )
            for document in chunk
            for source in document.sources
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return documents


def _enterprise(document: Document) -> Enterprise:
    address, zone, sector, one, other, process, second, material, third, machine, *certificates = document.text
    return Enterprise(
        id=document.id,
        name=document.name,
        name_en=document.names[0],
        company_key=company_key(document.name)[:300],
        tax_code=document.codes[0],
        province_34=document.province_34,
        province_63=document.province_63,
        commune_34=document.commune_34,
        zone=zone,
        size=document.size,
        workers=document.id % 400 + 5,
        sector=sector[:60],
        in_programme=document.in_programme,
        verification=document.verified,
        as_of=document.as_of,
        created_at=NOW,
        passport={
            "name": {"v": document.name, "s": 1},
            "address": {"v": {"text": address, "province_34": document.province_34}, "s": 1},
            "sectors": {"m": [[sector, 1]]},
            "products": {"m": [[one, 1], [other, 1]]},
            "processes": {"m": [[process, 1], [second, 1]]},
            "materials": {"m": [[material, 1], [third, 1]]},
            "machines": {"m": [[machine, 1]]},
            "certificates": {"m": [[each, 1] for each in certificates]},
        },
    )


def addresses(count: int, documents: list[Document]) -> list[str]:
    chance = Random(11)
    return [f"{PAGE}?{_asked(number % 3, chance.choice(documents), chance)}" for number in range(count)]


def _asked(kind: int, one: Document, chance: Random) -> str:
    if kind == 0:
        return f"page={chance.randint(1, 40)}"
    if kind == 1:
        size = f"&size={one.size}" if chance.random() < 0.5 else ""
        return f"province={one.province_34}{size}&page={chance.randint(1, 3)}"
    return f"q={'+'.join(company_key(one.name).split()[-2:])}&sort=name"


@contextmanager
def server() -> Iterator[int]:
    """The process id of a server on the port."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "2"]
    command += ["--blocking-threads", "2", "--workers-kill-timeout", "3", "--log-level", "warning"]
    command += ["config.wsgi:application"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{PORT}{PAGE}").read()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def worked(server: int) -> float:
    """Seconds of processor the server's workers have used."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ticks = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(script: Path, seconds: int) -> tuple[float, float, float, int]:
    """Requests a second, median and 95th percentile in ms, and how many answers were not 200."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{PORT}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", told)
    assert found, told
    return float(found[1]), float(found[2]), float(found[3]), int(found[4])


def write_script(folder: Path, paths: list[str]) -> Path:
    script = folder / "pages.lua"
    listed = ",\n".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{{listed}}}\nlocal at = 0\n"
        "function request() at = at % #paths + 1 return wrk.format('GET', paths[at]) end\n"
        "function done(summary, latency, requests)\n"
        "  local e = summary.errors\n"
        "  local failed = e.connect + e.read + e.write + e.status + e.timeout\n"
        "  io.write(string.format('RESULT %.2f %.2f %.2f %d\\n', summary.requests / (summary.duration / 1e6),\n"
        "    latency:percentile(50) / 1000, latency:percentile(95) / 1000, failed))\n"
        "end\n"
    )
    return script


def count_queries() -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    client.get(PAGE)
    most = 0
    for path in (PAGE, f"{PAGE}?province=31&size=small&source=1", f"{PAGE}?q=lam+son&page=2"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        most = max(most, len(captured))
    return most


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=7)
    options = parser.parse_args(arguments)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    documents = fill(options.firms)
    started = time.perf_counter()
    search.rebuild()
    built = time.perf_counter() - started
    print(f"{connection.vendor}, {options.firms} firms, index built from the tables in {built:.0f} s")
    queries = count_queries()
    script = write_script(Path(os.environ["MATXICH_HOME"]), addresses(600, documents))
    connection.close()
    rates: dict[str, list[float]] = {"index": [], "database": []}
    costs: dict[str, list[float]] = {"index": [], "database": []}
    with server() as process:
        for number in range(options.rounds):
            for way in ("index", "database"):
                if way == "index":
                    search.catch_up(600)
                else:
                    search.reset()
                load(script, 2)
                before = worked(process)
                rate, middle, late, failed = load(script, options.seconds)
                rates[way].append(rate)
                costs[way].append((worked(process) - before) / (rate * options.seconds) * 1000)
                took = f"p50 {middle:.0f} ms, p95 {late:.0f} ms, {failed} failed, {costs[way][-1]:.1f} ms of processor"
                print(f"  round {number + 1}, {way:9} {rate:7.1f} requests/s, {took}")
    index, database = statistics.median(rates["index"]), statistics.median(rates["database"])
    for way, told in rates.items():
        cost = f"{statistics.median(costs[way]):.1f} ({min(costs[way]):.1f}–{max(costs[way]):.1f})"
        spread = f"{statistics.median(told):7.1f} ({min(told):.1f}–{max(told):.1f})"
        print(f"{way:9} {spread} requests/s, {cost} ms of the server's processor a request")
    print(f"ratio {index / database:.1f}; {queries} queries at most on a page")
    good = index >= REQUESTS_A_SECOND and index >= TIMES_THE_DATABASE * database and queries <= MOST_QUERIES
    print(
        "reached"
        if good
        else f"NOT reached: {REQUESTS_A_SECOND} requests/s and {TIMES_THE_DATABASE} times the database"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
