"""The index against the full-text search of both databases, same firms, same questions, same answers, one run:
python -m benchmarks.search [--firms N]. PostgreSQL is asked when DATABASE_URL names one (python -m tests.postgres …).
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-bench-"))

import django

django.setup()

import tantivy  # noqa: E402

from benchmarks.search_firms import firms, questions  # noqa: E402
from matxich.registry.search.document import Document, schema, store  # noqa: E402
from matxich.registry.search.engine import ask  # noqa: E402
from matxich.registry.search.query import Query  # noqa: E402
from matxich.rulebook.vietnamese.text import words  # noqa: E402

FACETS = ("province", "size", "sector", "source")
COLUMNS = {"province": "province", "size": "size", "sector": "sector"}
Filters = dict[str, tuple[str, ...]]
Answer = tuple[int, list[int], dict[str, dict[str, int]]]
Engine = Callable[[str, Filters], Answer]


def build_index(documents: list[Document], folder: Path) -> Engine:
    index = tantivy.Index(schema(), path=str(folder))
    writer = index.writer(64_000_000, 1)
    for document in documents:
        writer.add_document(store(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, fields = index.searcher(), index.schema

    def engine(text: str, filters: Filters) -> Answer:
        found = ask(searcher, fields, Query(text, filters, facets=FACETS))
        total = 0 if found.relaxed else found.total
        return total, [number for number, _ in found.hits], {name: dict(found.facets[name]) for name in FACETS}

    return engine


def build_sqlite(documents: list[Document], folder: Path) -> Engine:
    """FTS5 over text folded by us, columns beside it for filters, prefix index of one to three letters."""
    base = sqlite3.connect(folder / "fts.sqlite3")
    base.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;"
        "CREATE TABLE firm(id INTEGER PRIMARY KEY, province TEXT, size TEXT, sector TEXT, listed INT);"
        "CREATE TABLE firm_source(firm INT, source INT, PRIMARY KEY(firm, source)) WITHOUT ROWID;"
        "CREATE VIRTUAL TABLE fts USING fts5(name, other, content='', prefix='1 2 3');"
    )
    base.executemany("INSERT INTO firm VALUES(?,?,?,?,?)", _rows(documents))
    base.executemany("INSERT INTO firm_source VALUES(?,?)", _source_rows(documents))
    base.executemany("INSERT INTO fts(rowid,name,other) VALUES(?,?,?)", _texts(documents))
    base.execute("INSERT INTO fts(fts) VALUES('optimize')")
    base.commit()
    base.execute("ANALYZE")
    base.commit()

    def engine(text: str, filters: Filters) -> Answer:
        *complete, last = words(text)
        match = " ".join([f'"{word}"' for word in complete] + [f'"{last}"' + ("" if text[-1] == " " else "*")])
        base.execute("DROP TABLE IF EXISTS temp.hit")
        base.execute(
            "CREATE TEMP TABLE hit AS SELECT firm.*, bm25(fts, 3, 1) AS score FROM fts JOIN firm ON firm.id=fts.rowid"
            " WHERE fts MATCH ? AND listed=1",
            [match],
        )
        return _answer(lambda sql, values: base.execute(sql.replace("%s", "?"), values).fetchall(), filters)

    return engine


def build_postgresql(documents: list[Document], url: str) -> Engine:
    """tsvector of the same folded words, weighted, with a GIN index; sorted by ts_rank."""
    import psycopg

    base = psycopg.connect(url, autocommit=True)
    cursor = base.cursor()
    cursor.execute("DROP TABLE IF EXISTS bench_firm, bench_source, bench_text")
    cursor.execute("CREATE TABLE bench_firm(id INT PRIMARY KEY, province TEXT, size TEXT, sector TEXT, listed INT)")
    cursor.execute("CREATE TABLE bench_source(firm INT, source INT, PRIMARY KEY(firm, source))")
    cursor.execute("CREATE TEMP TABLE raw(id INT, name TEXT, other TEXT)")
    for table, rows in (
        ("bench_firm", _rows(documents)),
        ("bench_source", _source_rows(documents)),
        ("raw", _texts(documents)),
    ):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    cursor.execute(
        "CREATE TABLE bench_text AS SELECT id, setweight(to_tsvector('simple', name), 'A') ||"
        " setweight(to_tsvector('simple', other), 'D') AS words FROM raw"
    )
    cursor.execute("CREATE INDEX ON bench_text USING gin(words)")
    cursor.execute("CREATE UNIQUE INDEX ON bench_text(id)")
    cursor.execute("ANALYZE")

    def engine(text: str, filters: Filters) -> Answer:
        *complete, last = words(text)
        match = " & ".join([*complete, last + ("" if text[-1] == " " else ":*")])
        cursor.execute("DROP TABLE IF EXISTS hit")
        cursor.execute(
            "CREATE TEMP TABLE hit AS SELECT f.*, -ts_rank(t.words, q) AS score FROM bench_text t"
            " JOIN bench_firm f USING (id), to_tsquery('simple', %s) q WHERE t.words @@ q AND f.listed=1",
            [match],
        )

        def run(sql: str, values: list[Any]) -> list[Any]:
            cursor.execute(sql.replace("firm_source", "bench_source"), values)
            return cursor.fetchall()

        return _answer(run, filters)

    return engine


def _answer(run: Callable[[str, list[Any]], list[Any]], filters: Filters) -> Answer:
    """Total, first 25 and facets out of the temporary table `hit`, facets ignoring their own selection."""

    def narrowed(without: str = "") -> tuple[str, list[Any]]:
        parts = [(COLUMNS[name], values) for name, values in filters.items() if name != without]
        condition = " AND ".join(f"{column} IN ({','.join(['%s'] * len(values))})" for column, values in parts)
        return f" WHERE {condition}" if parts else "", [value for _, values in parts for value in values]

    where, values = narrowed()
    total = run(f"SELECT count(*) FROM hit{where}", values)[0][0]
    first = [row[0] for row in run(f"SELECT id FROM hit{where} ORDER BY score, id LIMIT 25", values)]
    counts: dict[str, dict[str, int]] = {}
    for name, column in COLUMNS.items():
        where, values = narrowed(name)
        grouped = run(f"SELECT {column}, count(*) FROM hit{where} GROUP BY 1", values)
        counts[name] = {str(value): int(count) for value, count in grouped if value}
    where, values = narrowed()
    grouped = run(f"SELECT source, count(*) FROM hit JOIN firm_source ON firm=id{where} GROUP BY 1", values)
    return total, first, counts | {"source": {str(value): int(count) for value, count in grouped}}


def _rows(documents: list[Document]) -> Iterator[tuple[Any, ...]]:
    return ((d.id, d.province_34, d.size, d.sectors[0], int(d.in_programme)) for d in documents)


def _source_rows(documents: list[Document]) -> Iterator[tuple[int, int]]:
    return ((d.id, source) for d in documents for source in d.sources)


def _texts(documents: list[Document]) -> Iterator[tuple[int, str, str]]:
    return (
        (d.id, " ".join(words(" | ".join((d.name, *d.names)))), " ".join(words(" | ".join(d.text)))) for d in documents
    )


def measure(
    engine: Engine, asked: list[tuple[str, Filters]], rounds: int
) -> tuple[list[list[float]], float, list[Answer]]:
    """Milliseconds of each question in each round, mean milliseconds of our own processor, and the answers."""
    for text, filters in asked[:40]:
        engine(text, filters)
    times: list[list[float]] = []
    answers: list[Answer] = []
    begun = time.process_time()
    for number in range(rounds):
        taken = []
        for text, filters in asked:
            started = time.perf_counter()
            answer = engine(text, filters)
            taken.append((time.perf_counter() - started) * 1000)
            if not number:
                answers.append(answer)
        times.append(taken)
    return times, (time.process_time() - begun) * 1000 / (rounds * len(asked)), answers


def spread(times: list[list[float]], share: float) -> str:
    """The quantile of each round: middle (lowest–highest)."""
    marks = sorted(sorted(taken)[int(share * (len(taken) - 1))] for taken in times)
    return f"{statistics.median(marks):7.1f} ({marks[0]:.1f}–{marks[-1]:.1f})"


def agreement(one: list[Answer], other: list[Answer]) -> str:
    same = sum(a[0] == b[0] for a, b in zip(one, other, strict=True))
    facets = sum(_positive(a[2]) == _positive(b[2]) for a, b in zip(one, other, strict=True))
    return f"totals {same}/{len(one)}, facets {facets}/{len(one)}"


def _positive(facets: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {name: {value: count for value, count in counts.items() if count} for name, counts in facets.items()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    documents = list(firms(options.firms))
    asked = questions(options.questions, documents)
    folder = Path(tempfile.mkdtemp(prefix="matxich-search-"))
    builders: dict[str, Callable[[], Engine]] = {
        "index": lambda: build_index(documents, _made(folder / "index")),
        "SQLite FTS5": lambda: build_sqlite(documents, _made(folder / "sqlite")),
    }
    if url := os.environ.get("DATABASE_URL", ""):
        builders["PostgreSQL tsvector"] = lambda: build_postgresql(documents, url)
    print(f"{options.firms} firms, {options.questions} questions, {options.rounds} rounds; ms, median (range)")
    print(f"{'engine':22}{'build s (cpu)':>18}{'MB':>7}   {'p50':22}{'p95':22}{'max':>8}{'cpu':>8}  same as the index")
    ours: list[Answer] = []
    for name, build in builders.items():
        wall, cpu = time.perf_counter(), time.process_time()
        engine = build()
        built = f"{time.perf_counter() - wall:.1f} ({time.process_time() - cpu:.1f})"
        times, mean, answers = measure(engine, asked, options.rounds)
        ours = ours or answers
        place = folder / ("index" if name == "index" else "sqlite")
        size = sum(path.stat().st_size for path in place.iterdir()) / 1e6 if "Postgre" not in name else float("nan")
        worst = max(map(max, times))
        print(
            f"{name:22}{built:>18}{size:7.0f}   {spread(times, 0.5):22}{spread(times, 0.95):22}{worst:8.1f}{mean:8.1f}"
            f"  {agreement(ours, answers)}"
        )
    shutil.rmtree(folder)
    return 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
