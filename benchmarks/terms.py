"""Terms mapped to concepts, against rapidfuzz over the same names: python -m benchmarks.terms [--show N]."""

import argparse
import csv
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from matxich.registry.taxonomy import DATA, taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Language, Scheme, load, map_text
from matxich.rulebook.taxonomy.index import index_of
from matxich.rulebook.vietnamese.text import fold

PHRASES = Path(__file__).parent.parent / "tests" / "registry" / "phrases"
Case = tuple[str, Language, Scheme, frozenset[str]]
Answerer = Callable[[str, Language, Scheme | None], str]
PARTS = {"": "first, tuned on", "second_": "second, never tuned on", "third_": "third, tuned on"}
FLOOR, SURE, A_SECOND, LOADED_MS = 0.90, 0.7, 5_000, 150


def cases(part: str = "") -> dict[str, list[Case]]:
    """The phrases of one collection by language; Vietnamese again as typed without marks."""
    found: dict[str, list[Case]] = {}
    for language in LANGUAGES:
        with (PHRASES / f"{part}{language}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found[language] = [
            (row["text"], language, Scheme(row["scheme"]), frozenset(row["concept"].split("|"))) for row in rows
        ]
    found["vi without marks"] = [(fold(text), *rest) for text, *rest in found["vi"]]  # type: ignore[misc]
    return found


def ours(text: str, language: Language, scheme: Scheme | None) -> str:
    concept = map_text(taxonomy(), text, language=language, schemes=(scheme,) if scheme else None).concept
    return concept.code if concept else ""


def peer() -> Answerer:
    """rapidfuzz.process.extractOne with WRatio over every name, both sides folded."""
    names: dict[Scheme | None, dict[str, str]] = {scheme: {} for scheme in (*Scheme, None)}
    for concept in taxonomy():
        for language in LANGUAGES:
            for name in concept.names(language):
                names[concept.scheme].setdefault(fold(name), concept.code)
                names[None].setdefault(fold(name), concept.code)
    lists = {scheme: list(known) for scheme, known in names.items()}

    def answer(text: str, _language: Language, scheme: Scheme | None) -> str:
        near = process.extractOne(fold(text), lists[scheme], scorer=fuzz.WRatio)
        return names[scheme][near[0]] if near else ""

    return answer


def hits(answer: Answerer, texts: list[Case], *, told: bool, shown: int = 0) -> float:
    """The share of first answers that are right; `told` says that the scheme is given."""
    right = 0
    for text, language, scheme, wanted in texts:
        got = answer(text, language, scheme if told else None)
        right += got in wanted
        if got not in wanted and shown > 0:
            shown -= 1
            print(f"  ! {language} {scheme} {text}: {got or 'unknown'}, not {' or '.join(sorted(wanted))}")
    return right / len(texts)


def calibration(texts: list[Case]) -> tuple[int, float]:
    """How many answers without a scheme are at least SURE, and the share of those that is right."""
    sure = [
        mapping.concept is not None and mapping.concept.code in wanted
        for text, language, _scheme, wanted in texts
        if (mapping := map_text(taxonomy(), text, language=language)).confidence >= SURE
    ]
    return len(sure), sum(sure) / max(len(sure), 1)


def speed(answer: Answerer, texts: list[Case], rounds: int) -> list[float]:
    """Phrases a second on one core, once per round."""
    rates = []
    for _ in range(rounds):
        begun = time.process_time()
        for text, language, _scheme, _wanted in texts:
            answer(text, language, None)
        rates.append(len(texts) / (time.process_time() - begun))
    return rates


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--show", type=int, default=0, help="wrong answers printed for each language")
    options = parser.parse_args()
    texts = {scheme: path.read_text("utf-8") for scheme in Scheme if (path := DATA / f"{scheme}.csv").is_file()}
    loads = []
    for _ in range(options.rounds):
        begun = time.process_time()
        load(texts)
        loads.append((time.process_time() - begun) * 1000)
    begun = time.process_time()
    index_of(taxonomy())
    indexed = (time.process_time() - begun) * 1000
    print(f"{len(taxonomy())} concepts loaded in {statistics.median(loads):.0f} ms "
          f"({min(loads):.0f} to {max(loads):.0f}; target {LOADED_MS}); index once {indexed:.0f} ms")  # fmt: skip
    nearest = peer()
    for part, told in PARTS.items():
        print(f"\n{told:24} {'phrases':>8} {'ours':>8} {'WRatio':>8} {'any scheme, ours':>18} {'WRatio':>8}")
        known = cases(part)
        for name, phrases in known.items():
            mine = hits(ours, phrases, told=True, shown=options.show if part != "second_" else 0)
            print(f"{name:24} {len(phrases):8} {mine:8.3f} {hits(nearest, phrases, told=True):8.3f} "
                  f"{hits(ours, phrases, told=False):18.3f} {hits(nearest, phrases, told=False):8.3f}")  # fmt: skip
        count, right = calibration([case for phrases in known.values() for case in phrases])
        print(f"{count} answers with a confidence of {SURE} or more: {right:.3f} right")
    everything = [case for phrases in cases().values() for case in phrases]
    for name, answer in (("ours", ours), ("WRatio", nearest)):
        rates = speed(answer, everything, options.rounds)
        print(f"{name:8} phrases a second on one core: median {statistics.median(rates):,.0f}, "
              f"from {min(rates):,.0f} to {max(rates):,.0f}")  # fmt: skip
    print(f"targets: hit@1 {FLOOR:.2f}, {A_SECOND:,} a second")


if __name__ == "__main__":
    main()
