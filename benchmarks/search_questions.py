"""What people ask of a register, 500 or any number of questions: names, slips, abbreviations, slang, processes in four
languages, filters, unfinished words, broad and narrow. The same seed and firms give the same questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.document import Document
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Concept, Scheme
from matxich.rulebook.vietnamese.text import fold

BROAD = ("cơ khí", "nhựa", "điện tử", "công ty cổ phần", "gia công", "khuôn mẫu", "linh kiện ô tô", "dệt may")
SHORT = (("Công ty TNHH", "cty tnhh"), ("Công ty Cổ phần", "ctcp"), ("Sản xuất", "sx"), ("Thương mại", "tm"))


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind`: which share of the mix it stands for. A space at the end of the text says the last word is finished."""

    kind: str
    text: str
    filters: dict[str, tuple[str, ...]]


def questions(count: int, firms: Sequence[Document], seed: int = 7) -> list[Asked]:
    """Half of the Vietnamese ones are typed without marks."""
    chance = Random(seed)
    kinds, weights = zip(*MIX.items(), strict=True)
    asked = []
    for kind in chance.choices(kinds, [weight for weight, _ in weights], k=count):
        text, filters = MIX[kind][1](chance.choice(firms), chance)
        asked.append(Asked(kind, fold(text) if chance.random() < 0.5 else text, filters))
    return asked


type Asking = Callable[[Document, Random], tuple[str, dict[str, tuple[str, ...]]]]


def _name(one: Document, chance: Random) -> str:
    return " ".join(one.name.split()[-3:]) + " "


def _slip(one: Document, chance: Random) -> str:
    """One letter of the longest word left out."""
    words = one.name.split()[-3:]
    at = max(range(len(words)), key=lambda number: len(words[number]))
    letter = chance.randrange(1, max(2, len(words[at])))
    words[at] = words[at][:letter] + words[at][letter + 1 :]
    return " ".join(words) + " "


def _abbreviated(one: Document, chance: Random) -> str:
    text = one.name
    for long, short in SHORT:
        text = text.replace(long, short).replace(long.upper(), short)
    return text + " "


def _concept(one: Document, chance: Random, schemes: Sequence[Scheme]) -> Concept:
    """What the firm can do or uses, or anything where it says nothing."""
    codes = [code for scheme in schemes for code in one.concepts.get(scheme.one, ())]
    known = [concept for scheme in schemes for concept in taxonomy().of(scheme)]
    return taxonomy().concept(chance.choice(codes)) if codes else chance.choice(known)


def _process(one: Document, chance: Random) -> str:
    return _concept(one, chance, (Scheme.PROCESSES,)).label(chance.choice(LANGUAGES)) + " "


def _slang(one: Document, chance: Random) -> str:
    return chance.choice(_concept(one, chance, (Scheme.PROCESSES, Scheme.MATERIALS)).names("vi")) + " "


def _unfinished(one: Document, chance: Random) -> str:
    *complete, last = chance.choice((one.name, *one.text)).split()[-3:] or ["a"]
    return " ".join([*complete, last[: chance.randint(1, 3)]])


def _narrowed(one: Document, chance: Random) -> dict[str, tuple[str, ...]]:
    places = {"province": (one.province_34,)} if one.province_34 else {}
    return places | ({"size": (one.size,)} if one.size and chance.random() < 0.5 else {})


def _capable(one: Document, chance: Random) -> dict[str, tuple[str, ...]]:
    facet = chance.choice([facet for facet in SCHEMES if one.concepts.get(facet)] or [""])
    return {facet: (chance.choice(one.concepts[facet]),)} if facet else {}


MIX: dict[str, tuple[int, Asking]] = {
    "name": (18, lambda one, chance: (_name(one, chance), {})),
    "slip": (10, lambda one, chance: (_slip(one, chance), {})),
    "abbreviation": (8, lambda one, chance: (_abbreviated(one, chance), {})),
    "process, four languages": (16, lambda one, chance: (_process(one, chance), {})),
    "slang": (8, lambda one, chance: (_slang(one, chance), {})),
    "process in a place": (14, lambda one, chance: (_process(one, chance), _narrowed(one, chance))),
    "unfinished": (10, lambda one, chance: (_unfinished(one, chance), {})),
    "filters alone": (11, lambda one, chance: ("", _narrowed(one, chance) | _capable(one, chance))),
    "broad": (5, lambda one, chance: (chance.choice(BROAD) + " ", {})),
}
