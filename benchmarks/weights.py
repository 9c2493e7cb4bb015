"""The weights of ranking fitted anew on the phrases already seen: python -m benchmarks.weights.

Prints the tables of matxich/rulebook/taxonomy/weights.py. A conditional logit: of the names that stand in a phrase
those of a right concept should lead. Every phrase counts twice, as it is and with names that are its whole text left
out, so that what the data says word for word teaches no more than what it does not. The second phrases stay unseen.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.terms import Case, cases
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Scheme
from matxich.rulebook.taxonomy.finding import Text
from matxich.rulebook.taxonomy.mapping import candidates
from matxich.rulebook.taxonomy.ranking import Ranking
from matxich.rulebook.taxonomy.words import split

SEEN = ("", "third_")
EPOCHS, RATE, SHRINK = 150, 0.1, 0.0005
LEAST = 0.15
"""Smaller weights are written as nothing."""
Choice = list[tuple[dict[str, float], bool]]


def choices() -> Iterator[Choice]:
    """The features of the names that stand in a phrase and whether each is right, where that makes a difference."""
    for part in SEEN:
        for known in cases(part).values():
            for case in known:
                for hidden in (False, True):
                    options = _options(case, hidden=hidden)
                    if any(right for _features, right in options) and not all(right for _features, right in options):
                        yield options


def _options(case: Case, *, hidden: bool) -> Choice:
    written, language, _scheme, wanted = case
    text = Text.of(split(written), language, None)
    hits = candidates(taxonomy(), text) if text.words.stem else []
    if hidden:
        hits = [hit for hit in hits if len(hit.places) < 2 or text.share(hit) < 1]
    ranking = Ranking(taxonomy(), text, hits)
    options: Choice = []
    for hit in hits:
        features: dict[str, float] = defaultdict(float)
        for name, value in ranking.features(hit):
            features[name] += value
        options.append((dict(features), hit.name.concept.code in wanted))
    return options


def fitted(known: list[Choice]) -> dict[str, float]:
    """Adam over all choices at once; the same choices give the same weights."""
    weights: dict[str, float] = defaultdict(float)
    first: dict[str, float] = defaultdict(float)
    second: dict[str, float] = defaultdict(float)
    for epoch in range(1, EPOCHS + 1):
        slope: dict[str, float] = defaultdict(float)
        for options in known:
            scores = [sum(weights[name] * value for name, value in each.items()) for each, _right in options]
            top = max(scores)
            odds = [math.exp(score - top) for score in scores]
            whole = sum(odds)
            good = sum(odd for odd, (_each, right) in zip(odds, options, strict=True) if right)
            for odd, (each, right) in zip(odds, options, strict=True):
                push = (odd / good if right and good else 0.0) - odd / whole
                for name, value in each.items():
                    slope[name] += push * value
        for name in slope:
            step = slope[name] / len(known) - SHRINK * weights[name]
            first[name] = 0.9 * first[name] + 0.1 * step
            second[name] = 0.99 * second[name] + 0.01 * step * step
            mean, spread = first[name] / (1 - 0.9**epoch), second[name] / (1 - 0.99**epoch)
            weights[name] += RATE * mean / (math.sqrt(spread) + 1e-8)
    return {name: round(weight, 1) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST}


def tables(weights: dict[str, float]) -> Iterator[str]:
    """As Python: EACH, then the tables of one weight a scheme."""
    schemes = [str(scheme) for scheme in Scheme]
    plain = {name: weight for name, weight in weights.items() if name.split()[-1] not in schemes}
    yield "EACH: dict[str, float] = {"
    yield from (f'    "{name}": {weight},' for name, weight in plain.items())
    yield "}"
    ruled = {name.rsplit(" ", 1)[0]: None for name in weights if name not in plain}
    yield "BY_SCHEME: dict[str, tuple[float, ...]] = {"
    yield from (f'    "{rule}": {_row(weights, rule)},' for rule in ruled if rule.split()[0] not in schemes)
    yield "}"
    for table, word in (("OVER", "over"), ("OVER_VIETNAMESE", "over in vi"), ("SAME", "same")):
        yield f"{table}: dict[Scheme, tuple[float, ...]] = {{"
        yield from (f"    Scheme.{each.upper()}: {_row(weights, f'{each} {word}')}," for each in schemes)
        yield "}"


def _row(weights: dict[str, float], rule: str) -> str:
    return f"({', '.join(str(weights.get(f'{rule} {scheme}', 0.0)) for scheme in Scheme)})"


def main() -> None:
    known = list(choices())
    print(f"# {len(known)} choices")
    print("\n".join(tables(fitted(known))))


if __name__ == "__main__":
    main()
