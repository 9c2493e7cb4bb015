"""The law as it ships, read once in a process."""

import hashlib
from functools import cache
from pathlib import Path

from matxich.rulebook import law as rulebook
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.duplicates import Pairs, pairs_of
from matxich.rulebook.law.instruments import library
from matxich.rulebook.law.parameters import parameters
from matxich.rulebook.law.parts import PartNames, part_names

SOURCE = Path(rulebook.__file__).parent
DATA = SOURCE / "data"
INSTRUMENTS = "instruments.yaml"
PARTS = "parts.csv"
PAIRS = "trung-noi-dung.csv"


@cache
def packaged_law() -> Law:
    """Instruments and figures as they ship; a LawFault where a file is wrong."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.yaml"))]
    instruments = library([each for each in texts if each[0] == INSTRUMENTS])
    figures = parameters([each for each in texts if each[0] != INSTRUMENTS], instruments.by_id)
    return Law(instruments, figures, _version())


@cache
def names_of_parts() -> PartNames:
    """What the parts of figures are called."""
    return part_names((DATA / PARTS).read_text(encoding="utf-8"))


@cache
def pairs_of_contents() -> Pairs:
    """Contents that cover each other."""
    return pairs_of((DATA / PAIRS).read_text(encoding="utf-8"))


def _version() -> str:
    """Changes with any figure and any rule, so that an answer names what it was given by."""
    digest = hashlib.sha256()
    for path in sorted((*SOURCE.rglob("*.py"), *DATA.glob("*.yaml"), DATA / PAIRS)):
        digest.update(path.relative_to(SOURCE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
