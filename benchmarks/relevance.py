"""Are the right firms among the first ten? 200 questions whose answers are known: python -m benchmarks.relevance.

Half ask for a firm by the short name it is listed under (`demo/data/listed_companies_2023_vi.csv`, 1,612 real names);
half ask for a concept of the taxonomy in one of four languages, where firms state it by its Vietnamese name alone.
Among them stand invented firms. Each question is asked with marks and without.
"""

import argparse
import csv
import os
import sys
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-relevance-"))

import django

django.setup()

import tantivy  # noqa: E402

import demo  # noqa: E402
from benchmarks.search_firms import firms  # noqa: E402
from matxich.registry.search.concepts import SCHEMES, concepts_of  # noqa: E402
from matxich.registry.search.document import Document, as_json, schema  # noqa: E402
from matxich.registry.search.engine import ask  # noqa: E402
from matxich.registry.search.query import Query  # noqa: E402
from matxich.registry.taxonomy import taxonomy  # noqa: E402
from matxich.rulebook.taxonomy import LANGUAGES, Scheme, map_all  # noqa: E402
from matxich.rulebook.vietnamese.text import fold  # noqa: E402

LISTED = Path(demo.__file__).parent / "data" / "listed_companies_2023_vi.csv"
QUESTIONS = Path(__file__).parent / "relevance_questions.csv"
HIT_AT_10 = 0.97
FIRST_LISTED, FIRST_STATED = 10_000_000, 20_000_000


def listed() -> list[tuple[str, str]]:
    with LISTED.open(encoding="utf-8-sig") as file:
        return [(row["organName"], row["organShortName"]) for row in csv.DictReader(file)]


def stated() -> dict[str, int]:
    """The firm that states each concept, by the concept's code."""
    codes = [concept.code for concept in taxonomy() if concept.scheme in (*SCHEMES.values(), Scheme.PARTS)]
    return {code: FIRST_STATED + number for number, code in enumerate(codes)}


def corpus(count: int) -> list[Document]:
    documents = list(firms(count))
    documents += [Document(FIRST_LISTED + number, name) for number, (name, _short) in enumerate(listed())]
    for code, number in stated().items():
        concept = taxonomy().concept(code)
        told = concept.label("vi")
        concepts = {facet: concepts_of([told], facet) for facet, scheme in SCHEMES.items() if scheme == concept.scheme}
        documents.append(Document(number, f"Công ty TNHH Mẫu {number}", text=(told,), concepts=concepts))
    return documents


def choose(seed: int = 5) -> list[tuple[str, str, str]]:
    """(kind, question, answer): a listed name or a concept's code. Chosen by chance, whatever is found."""
    chance = Random(seed)
    pairs = [(name, short) for name, short in listed() if not short.isupper() and len(short.split()) > 1]
    asked = [("listed", short, name) for name, short in chance.sample(pairs, 100)]
    codes = chance.sample(sorted(stated()), 100)
    for number, code in enumerate(codes):
        language = LANGUAGES[number % 4]
        asked.append((language, chance.choice(taxonomy().concept(code).names(language)), code))
    return asked


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=5_000)
    parser.add_argument("--choose", action="store_true", help="write the questions anew")
    options = parser.parse_args(arguments)
    if not LISTED.is_file():
        print(f"SKIPPED: {LISTED} is not there.")
        return 0
    if options.choose:
        with QUESTIONS.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("kind", "question", "answer"), *choose()])
    with QUESTIONS.open(encoding="utf-8") as file:
        questions = [(row["kind"], row["question"], row["answer"]) for row in csv.DictReader(file)]
    documents = corpus(options.firms)
    index = tantivy.Index(schema())
    writer = index.writer(64_000_000, 1)
    for document in documents:
        writer.add_json(as_json(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    right = answers(documents)
    good = True
    for name, spell in (("with marks", str), ("without marks", fold)):
        found: dict[str, list[bool]] = defaultdict(list)
        for kind, text, answer in questions:
            hits = ask(index.searcher(), index.schema, Query(f"{spell(text)} ", limit=10)).hits
            found[kind].append(any(number in right[answer] for number, _score in hits))
            if not found[kind][-1]:
                print(f"  missed {name}: {kind}, {text}")
        share = sum(map(sum, found.values())) / len(questions)
        parts = ", ".join(f"{kind} {sum(one)}/{len(one)}" for kind, one in found.items())
        print(f"{name}: hit@10 {share:.3f} of {len(questions)} ({parts})")
        good = good and share >= HIT_AT_10
    print("reached" if good else f"NOT reached: {HIT_AT_10}")
    return 0 if good else 1


@cache
def parts_in(text: str) -> tuple[str, ...]:
    known = taxonomy()
    told = [one.concept for one in map_all(known, text, language="vi", schemes=(Scheme.PARTS,)) if one.concept]
    return tuple(code for concept in told for code in (concept.code, *known.ancestors(concept.code)))


def answers(documents: list[Document]) -> dict[str, set[int]]:
    """Every firm of the name; every firm that states the concept or anything narrower."""
    right: dict[str, set[int]] = defaultdict(set)
    for document in documents:
        right[document.name].add(document.id)
        made = [code for text in document.text for code in parts_in(text)]
        for code in [*made, *(code for codes in document.concepts.values() for code in codes)]:
            right[code].add(document.id)
    for code, number in stated().items():
        right[code].add(number)
    return right


if __name__ == "__main__":
    sys.exit(main())
