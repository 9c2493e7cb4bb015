"""Accuracy of the address resolver in every style, and its speed: python -m benchmarks.resolver [--sample N]."""

import argparse
import random
import statistics
import time
from collections import defaultdict

from benchmarks.resolver_texts import HARD, Case, cases, hard_cases, load
from matxich.rulebook.addresses import Gazetteer, Resolution, resolve

PROVINCE_FLOOR, COMMUNE_FLOOR, A_MINUTE = 0.995, 0.97, 100_000


def province_right(case: Case, found: Resolution) -> bool:
    old = (
        found.province_63 in (case.province_63, None)
        if case.commune_63 is None
        else found.province_63 == case.province_63
    )
    return old and (not case.province_34 or found.province_34 == case.province_34)


def commune_right(case: Case, found: Resolution) -> bool:
    if found.commune_34 != case.commune_34:
        return False
    return case.commune_63 is None or found.commune_63 == case.commune_63


def measure(texts: list[Case], gazetteer: Gazetteer, shown: int) -> dict[str, tuple[int, float, float]]:
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    bands: dict[float, list[bool]] = defaultdict(list)
    wrong: dict[str, int] = defaultdict(int)
    for case in texts:
        found = resolve(case.text, gazetteer)
        verdict = province_right(case, found), commune_right(case, found)
        right[case.style].append(verdict)
        bands[round(found.confidence, 1)].append(_no_wrong_code(case, found))
        if not all(verdict) and wrong[case.style] < shown:
            wrong[case.style] += 1
            print(f"  ! {case}\n    {found}")
    print("\nconfidence: share of answers with no wrong code")
    for band, results in sorted(bands.items()):
        print(f"  {band:.1f}  {sum(results) / len(results):.3f}  ({len(results)})")
    return {style: (len(v), sum(p for p, _ in v) / len(v), sum(c for _, c in v) / len(v)) for style, v in right.items()}


def _no_wrong_code(case: Case, found: Resolution) -> bool:
    pairs = (
        (case.commune_63, found.commune_63), (case.commune_34, found.commune_34),
        (case.province_63, found.province_63), (case.province_34, found.province_34),
    )  # fmt: skip
    return all(got is None or not want or got == want for want, got in pairs)


def speed(texts: list[Case], gazetteer: Gazetteer, rounds: int) -> list[float]:
    """Addresses a minute on one core, once per round."""
    rates = []
    for _ in range(rounds):
        begun = time.process_time()
        for case in texts:
            resolve(case.text, gazetteer)
        rates.append(len(texts) / (time.process_time() - begun) * 60)
    return rates


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0, help="texts in all, 0 for every one")
    parser.add_argument("--show", type=int, default=0, help="wrong answers printed for each style")
    options = parser.parse_args()
    begun = time.process_time()
    gazetteer = load()
    print(f"gazetteer built in {time.process_time() - begun:.2f} s of one core")
    texts = [*cases(gazetteer), *hard_cases(gazetteer)]
    random.Random(34).shuffle(texts)
    if options.sample:
        texts = texts[: options.sample]
    results = measure(texts, gazetteer, options.show)
    print(f"\n{'style':42} {'texts':>7} {'province':>9} {'commune':>9}")
    for style, (number, province, commune) in sorted(results.items()):
        print(f"{style:42} {number:7} {province:9.4f} {commune:9.4f}")
    clean = {style: row for style, row in results.items() if style not in HARD}
    print(f"\nlowest of the clean styles: province {min(r[1] for r in clean.values()):.4f}, "
          f"commune {min(r[2] for r in clean.values()):.4f}")  # fmt: skip
    rates = speed([case for case in texts if case.style not in HARD][:10_000], gazetteer, 5)
    print(f"a minute on one core: median {statistics.median(rates):,.0f}, "
          f"from {min(rates):,.0f} to {max(rates):,.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
