"""The index against PostgreSQL's full-text search: the same firms, questions and facets, one run.
python -m benchmarks.search [--firms N] [--questions N] [--rounds N], in a home filled by `matxich generate`.

PostgreSQL is one of its own (tests.postgres) and is given what a careful hand would give it: the words folded by us as
it has no folding for Vietnamese, weights, a GIN index on them and on each list of values, an index on each column.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain, islice
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import psycopg  # noqa: E402

from benchmarks.search_questions import Asked, questions  # noqa: E402
from matxich.registry import search  # noqa: E402
from matxich.registry.search import enterprises, store  # noqa: E402
from matxich.registry.search.document import Document  # noqa: E402
from matxich.registry.search.engine import ask  # noqa: E402
from matxich.registry.search.query import Query  # noqa: E402
from matxich.rulebook.vietnamese.text import words  # noqa: E402
from tests.postgres import cluster  # noqa: E402

ONE_VALUE = ("province", "size", "sector")
MANY_VALUES = ("source", "process", "material", "certificate")
FACETS = (*ONE_VALUE, *MANY_VALUES)
SAMPLE = 5_000
MIDDLE, LATE, LATEST, TIMES = 5.0, 30.0, 80.0, 5.0
Answer = tuple[int, dict[str, dict[str, int]]]
Engine = Callable[[Asked], Answer]


def our_index() -> Engine:
    opened = store.opened()

    def engine(asked: Asked) -> Answer:
        found = ask(opened.searcher, opened.schema, Query(asked.text, asked.filters, facets=FACETS))
        return 0 if found.relaxed else found.total, {name: dict(found.facets[name]) for name in FACETS}

    return engine


def fill(base: psycopg.Connection[Any], documents: Iterator[Document]) -> None:
    lists = ", ".join(f"{name} TEXT[]" for name in MANY_VALUES)
    base.execute(
        f"CREATE TABLE raw(id INT, province TEXT, size TEXT, sector TEXT, {lists}, name TEXT, other TEXT, listed BOOL)"
    )
    with base.cursor().copy("COPY raw FROM STDIN") as copy:
        for one in documents:
            values = [[str(source) for source in one.sources], *(list(one.concepts[name]) for name in MANY_VALUES[1:])]
            name, other = (" ".join(words(" | ".join(texts))) for texts in ((one.name, *one.names), one.text))
            listed = one.in_programme and one.public
            sector = one.sectors[0] if one.sectors else ""
            copy.write_row((one.id, one.province_34, one.size, sector, *values, name, other, listed))
    base.execute(
        f"CREATE TABLE firm AS SELECT id, {', '.join(FACETS)}, setweight(to_tsvector('simple', name), 'A') ||"
        " setweight(to_tsvector('simple', other), 'D') AS words FROM raw WHERE listed"
    )
    base.execute("DROP TABLE raw")
    for column in ONE_VALUE:
        base.execute(f"CREATE INDEX ON firm({column})")
    for column in (*MANY_VALUES, "words"):
        base.execute(f"CREATE INDEX ON firm USING gin({column})")
    base.execute("VACUUM ANALYZE firm")


def postgresql(base: psycopg.Connection[Any]) -> Engine:
    def engine(asked: Asked) -> Answer:
        match, given = "", list[Any]()
        if plain := words(asked.text):
            *complete, last = plain
            match = "words @@ to_tsquery('simple', %s)"
            given = [" & ".join([*complete, last + ("" if asked.text.endswith(" ") else ":*")])]

        def matching(without: str = "") -> tuple[str, list[Any]]:
            kept = [(name, list(values)) for name, values in asked.filters.items() if name != without]
            parts = [f"{name} && %s" if name in MANY_VALUES else f"{name} = ANY(%s)" for name, _ in kept]
            where = " AND ".join([*filter(None, [match]), *parts]) or "true"
            return where, [*given, *(values for _, values in kept)]

        where, values = matching()
        rank = "ts_rank(words, to_tsquery('simple', %s))" if given else "0"
        base.execute("DROP TABLE IF EXISTS hit")
        base.execute(
            f"CREATE TEMP TABLE hit AS SELECT id, {', '.join(FACETS)}, {rank} AS score FROM firm WHERE {where}",
            [*given, *values],
        )
        total = base.execute("SELECT count(*) FROM hit").fetchall()[0][0]
        base.execute("SELECT id FROM hit ORDER BY score DESC, id LIMIT 25").fetchall()
        counts: dict[str, dict[str, int]] = {}
        for name in FACETS:
            where, values = matching(name) if name in asked.filters else ("true", [])
            table = "firm" if name in asked.filters else "hit"
            value = f"unnest({name})" if name in MANY_VALUES else name
            counted = base.execute(f"SELECT {value}, count(*) FROM {table} WHERE {where} GROUP BY 1", values).fetchall()
            counts[name] = {str(one): int(count) for one, count in counted if one}
        return total, counts

    return engine


def measure(engine: Engine, asked: list[Asked], rounds: int) -> tuple[list[list[float]], list[Answer]]:
    """Milliseconds of each question in each round, after one round that nobody counts; and the answers."""
    answers = [engine(one) for one in asked]
    times: list[list[float]] = []
    for _round in range(rounds):
        taken = []
        for one in asked:
            started = time.perf_counter()
            engine(one)
            taken.append((time.perf_counter() - started) * 1000)
        times.append(taken)
    return times, answers


def spread(marks: list[float]) -> str:
    """Middle (lowest to highest)."""
    return f"{statistics.median(marks):.1f} ({min(marks):.1f} to {max(marks):.1f})"


def tell(name: str, times: list[list[float]], asked: list[Asked]) -> list[float]:
    """Prints the figures of one engine; the middle of each round's p50, p95, p99 and mean."""
    shares = [[sorted(taken)[int(share * (len(taken) - 1))] for taken in times] for share in (0.5, 0.95, 0.99)]
    figures = [*shares, [statistics.mean(taken) for taken in times]]
    told = ", ".join(
        f"{what} {spread(marks)}" for what, marks in zip(("p50", "p95", "p99", "mean"), figures, strict=True)
    )
    print(f"{name}: {told}, worst {max(map(max, times)):.0f} ms")
    by_kind = defaultdict(list)
    for number, one in enumerate(asked):
        by_kind[one.kind].append(statistics.median(taken[number] for taken in times))
    for kind, taken in by_kind.items():
        print(f"    {kind}: {len(taken)} questions, middle {statistics.median(taken):.1f}, worst {max(taken):.1f} ms")
    return [statistics.median(marks) for marks in figures]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000, help="how many of the register PostgreSQL is given")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    if not search.catch_up(3_600):
        print("The index is not up to date.")
        return 1
    known = (enterprises.document_of(one) for one in chain.from_iterable(enterprises.everything()))
    firms = islice(known, options.firms)
    chance, sample, read = Random(1), list[Document](), 0

    def sampled() -> Iterator[Document]:
        nonlocal read
        for read, one in enumerate(firms, start=1):
            if len(sample) < SAMPLE:
                sample.append(one)
            elif (place := chance.randrange(read)) < SAMPLE:
                sample[place] = one
            yield one

    with cluster() as url, psycopg.connect(url, autocommit=True) as base:
        fill(base, sampled())
        asked = questions(options.questions, sample)
        print(
            f"{read} firms of {search.status().documents} in the index, {len(asked)} questions, {options.rounds} rounds"
        )
        times, answers = measure(our_index(), asked, options.rounds)
        middle, late, latest, mean = tell("index", times, asked)
        times, others = measure(postgresql(base), asked, max(1, options.rounds // 2))
        ratio = tell("PostgreSQL", times, asked)[3] / mean
    same = sum(ours[0] == theirs[0] for ours, theirs in zip(answers, others, strict=True))
    print(f"PostgreSQL takes {ratio:.1f} times as long; the same number of firms for {same} of {len(asked)} questions")
    good = middle <= MIDDLE and late <= LATE and latest <= LATEST and ratio >= TIMES
    print("reached" if good else f"NOT reached: p50 {MIDDLE}, p95 {LATE}, p99 {LATEST} ms and {TIMES} times PostgreSQL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
