"""A dirty list of 100,000 rows goes in while an officer keeps saving: python -m benchmarks.import_list [--rows N].

Prints seconds, peak memory of the importing process and its helper, and how long the officer's saves took.
DATABASE_URL chooses the database (python -m tests.postgres python -m benchmarks.import_list).
Everything happens in a folder of its own.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS, GIGABYTES, SAVE = 120, 1.5, 0.5
HEADER = (
    "STT", "Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Ngành nghề", "Sản phẩm chính", "Công đoạn", "Vật liệu",
    "Chứng chỉ", "Lao động", "Doanh thu (triệu đồng)", "Năm thành lập", "Người liên hệ", "Điện thoại", "Email",
)  # fmt: skip
FORMS = ("Công ty TNHH", "Công ty Cổ phần", "Cty TNHH MTV", "CÔNG TY TNHH", "HTX", "DNTN")
TRADES = ("Cơ khí chính xác", "Nhựa kỹ thuật", "Khuôn mẫu", "Điện tử", "Dệt may", "Bao bì", "Cao su", "Đúc", "Xi mạ")
WORDS = ("An", "Bình", "Cường", "Đại", "Gia", "Hải", "Khánh", "Long", "Minh", "Nam", "Phát", "Quang", "Sơn", "Thành")


def write_list(path: Path, rows: int, seed: int) -> None:
    """Titles, a header, section heads, a total; wrong codes, lost zeros, firms twice, cells of the wrong kind."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("DS")
        sheet.write(0, 0, "DANH SÁCH DOANH NGHIỆP CÔNG NGHIỆP HỖ TRỢ")
        sheet.write_row(2, 0, HEADER)
        chance, texts, line, earlier = random.Random(seed), addresses(rows, seed), 3, []
        for number in range(1, rows + 1):
            if number % 10_000 == 1:
                sheet.write_row(line, 0, [roman(number // 10_000 + 1), f"Nhóm {number // 10_000 + 1}"])
                line += 1
            row = dirty(earlier[chance.randrange(len(earlier))] if earlier and chance.random() < 0.05 else None,
                        firm(number, texts[number - 1], chance), chance)  # fmt: skip
            if len(earlier) < 5_000:
                earlier.append(row)
            sheet.write_row(line, 0, [number, *row])
            line += 1
        sheet.write_row(line, 0, ["", "Tổng cộng", "", "", "", "", "", "", "", rows])


def roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1] if number <= 10 else str(number)


def addresses(rows: int, seed: int) -> list[str]:
    from benchmarks.resolver_texts import cases, load

    texts = [case.text for case in cases(load())]
    random.Random(seed).shuffle(texts)
    return [f"Số {number}, {texts[number % len(texts)]}" for number in range(rows)]


def firm(number: int, address: str, chance: random.Random) -> list[Any]:
    trade = chance.choice(TRADES)
    name = f"{chance.choice(FORMS)} {trade} {' '.join(chance.choices(WORDS, k=3))} {number}"
    return [
        name, tax_code(number), address, trade, f"{trade}; linh kiện {trade.lower()}", "Tiện, phay, mài",
        "Thép, nhôm", chance.choice(["ISO 9001:2015", "ISO 9001, IATF 16949", ""]), chance.randint(5, 900),
        chance.randint(500, 900_000), chance.randint(1990, 2025), f"Ông {' '.join(chance.choices(WORDS, k=2))}",
        f"09{chance.randrange(10**8):08d}", f"lien.he{number}@vidu.vn",
    ]  # fmt: skip


def tax_code(number: int) -> str:
    """A valid code under the prefix 99, which nobody is given."""
    from matxich.rulebook.identifiers import has_valid_check_digit

    body = f"99{number:07d}"
    valid = (body + digit for digit in "0123456789" if has_valid_check_digit(body + digit))
    return next(valid, "")


def dirty(again: list[Any] | None, row: list[Any], chance: random.Random) -> list[Any]:
    if again is not None:
        return [again[0].upper(), *again[1:]]
    if chance.random() < 0.1:
        row[1] = ""
    elif chance.random() < 0.02:
        row[1] = row[1][:-1] + "0"
    if chance.random() < 0.02:
        row[8] = "khoảng 50 người"
    if chance.random() < 0.001:
        row[0] = row[1] = ""
    return row


def setup() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def do_import(path: Path) -> dict[str, Any]:
    setup()
    from django.utils import timezone

    from matxich.kit.actor import system_actor
    from matxich.registry.actions import import_list

    stages: dict[str, float] = {}
    began = time.monotonic()

    def progress(done: int, total: int | None, what: str) -> None:
        stages.setdefault("first_chunk", time.monotonic() - began)
        stages["last_chunk"] = time.monotonic() - began

    report = import_list(path, source_name="Đo", by=system_actor(), at=timezone.now(), progress=progress)
    seconds = time.monotonic() - began
    own, helper = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    stages["own_processor"] = own.ru_utime + own.ru_stime
    stages["helper_processor"] = helper.ru_utime + helper.ru_stime
    peak = (own.ru_maxrss + helper.ru_maxrss) * 1024
    counts = {name: report[name] for name in ("rows", "accepted", "linked", "new", "queued")}
    return {"seconds": seconds, "peak": peak, "stages": stages, "counts": counts, "rejected": len(report["rejected"])}


def do_saves(stop: Path) -> dict[str, Any]:
    """An officer who saves a fact, thinks for a moment, and saves the next."""
    setup()
    from django.utils import timezone

    from matxich.kit.actor import system_actor
    from matxich.registry.actions import create_enterprise, source_named, state_fact

    by, now, times = system_actor(), timezone.now, []
    source = source_named(name="Cán bộ", by=by, at=now())
    firm = create_enterprise(
        facts={"name": "Công ty đo thời gian lưu"}, source=source, as_of=now().date(), by=by, at=now()
    )
    parent = os.getppid()
    while not stop.exists() and os.getppid() == parent:
        began = time.monotonic()
        version = type(firm).objects.values_list("version", flat=True).get(pk=firm.pk)
        state_fact(
            enterprise=firm, field="workers", value=len(times) + 1, source=source, as_of=now().date(), by=by, at=now(),
            base_version=version,
        )  # fmt: skip
        times.append(time.monotonic() - began)
        time.sleep(0.1)
    return {"saves": len(times), "p50": statistics.median(times), "p95": sorted(times)[int(len(times) * 0.95)],
            "worst": max(times)}  # fmt: skip


def child(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.import_list", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate()
    if process.returncode:
        sys.exit(process.returncode)
    return json.loads(out.splitlines()[-1])  # type: ignore[no-any-return]


def run(rows: int, seed: int, saving: bool) -> bool:
    with tempfile.TemporaryDirectory(prefix="mx-bench-") as folder:
        os.environ["MATXICH_HOME"] = folder
        setup()
        from django.db import connection

        if connection.introspection.table_names():
            sys.exit("The database must be empty: the benchmark fills it and leaves it empty again.")
        path, stop = Path(folder) / "list.xlsx", Path(folder) / "stop"
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
        write_list(path, rows, seed)
        officer = child("--saves", str(stop)) if saving else None
        try:
            told = answer(child("--import", str(path)))
        finally:
            stop.touch()
        saves = answer(officer) if officer else {"saves": 0, "p50": 0.0, "p95": 0.0, "worst": 0.0}
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.close()
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["stages"].items())
    print(
        f"{connection.vendor}, {rows:,} rows: {told['seconds']:.1f} s ({stages}), peak {told['peak'] / 1024**3:.2f} GB"
    )
    print(f"  {told['counts']}, {told['rejected']} rejected")
    print(f"  saves: {saves['saves']}, p50 {saves['p50'] * 1000:.0f} ms, p95 {saves['p95'] * 1000:.0f} ms, "
          f"worst {saves['worst'] * 1000:.0f} ms")  # fmt: skip
    scale = rows / 100_000
    return told["seconds"] <= SECONDS * scale and told["peak"] <= GIGABYTES * 1024**3 and saves["p95"] <= SAVE


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="nobody saves meanwhile")
    parser.add_argument("--import", dest="importing", type=Path)
    parser.add_argument("--saves", type=Path)
    options = parser.parse_args()
    if options.importing or options.saves:
        print(json.dumps(do_import(options.importing) if options.importing else do_saves(options.saves)))
        return
    good = [run(options.rows, seed, not options.quiet) for seed in range(options.rounds)]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
