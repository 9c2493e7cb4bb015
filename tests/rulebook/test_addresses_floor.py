"""Accuracy the resolver may not fall below, on a fixed sample of every clean style."""

from collections import defaultdict

from benchmarks.resolver import COMMUNE_FLOOR, PROVINCE_FLOOR, commune_right, province_right
from benchmarks.resolver_texts import HARD, cases
from matxich.places import reference
from matxich.rulebook.addresses import resolve

EACH = 101


def test_every_clean_style_keeps_its_floor() -> None:
    gazetteer = reference.gazetteer()
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case in cases(gazetteer, EACH):
        if case.style not in HARD:
            found = resolve(case.text, gazetteer)
            right[case.style].append((province_right(case, found), commune_right(case, found)))
    assert sum(map(len, right.values())) > 1_800
    below = {}
    for style, verdicts in right.items():
        province, commune = (sum(one) / len(verdicts) for one in zip(*verdicts, strict=True))
        # A style of few texts may miss one and still keep its floor.
        slack = 1 / len(verdicts) if len(verdicts) < 40 else 0.0
        if province < PROVINCE_FLOOR or commune < COMMUNE_FLOOR - slack:
            below[style] = (province, commune)
    assert below == {}
