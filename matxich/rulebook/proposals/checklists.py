"""Papers that go with a proposal: by group of support, as far as a legal act is known to ask for them.

KC-32 (circular 36/2013/TT-BCT) and CN-61. What is not confirmed says so, and is never asked for as if it were law.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.reading import Read, parsed

WHEN = ("always", "on_behalf", "other_beneficiary", "grouped")
CONFIDENCE = ("high", "medium", "low")
GROUPS = ("kc", "cnht", "every")


@dataclass(frozen=True, slots=True)
class Paper:
    """`made_here`: the file itself is it, nothing is uploaded; `many`: several files; `optional`: may be left out.

    `article`: the act that asks for it, None for the software's own; `confidence`: how sure that is.
    """

    id: str
    words: Words
    when: str
    article: Citation | None
    confidence: str
    note: Words
    made_here: bool = False
    many: bool = False
    optional: bool = False


def checklists_of(file: str, text: str, instruments: Collection[str]) -> dict[str, tuple[Paper, ...]]:
    """Group → papers. A LawFault for what cannot be."""
    told = parsed(file, text).keys(GROUPS, needed=GROUPS)
    return {group: tuple(_paper(one, instruments) for one in told[group].items()) for group in GROUPS}


def _paper(read: Read, instruments: Collection[str]) -> Paper:
    told = read.keys(
        ("id", "vi", "en", "when", "instrument", "at", "confidence", "note_vi", "note_en", "made_here", "many",
         "optional"),
        needed=("id", "vi", "en", "when", "confidence"),
    )  # fmt: skip
    article = (
        Citation(told["instrument"].choice(instruments), told["at"].text() if "at" in told else "")
        if "instrument" in told else None
    )  # fmt: skip
    note = Words(*(told[key].text() if key in told else "" for key in ("note_vi", "note_en")))
    flags = {key: key in told and told[key].value() is True for key in ("made_here", "many", "optional")}
    return Paper(
        told["id"].text(), Words(told["vi"].text(), told["en"].text()), told["when"].choice(WHEN), article,
        told["confidence"].choice(CONFIDENCE), note, **flags,
    )  # fmt: skip


def asked(
    papers: Mapping[str, tuple[Paper, ...]], group: str, *, on_behalf: bool, other_beneficiary: bool, grouped: bool
) -> tuple[Paper, ...]:
    """The papers of one proposal, in their order."""
    holds = {
        "always": True, "on_behalf": on_behalf, "other_beneficiary": other_beneficiary, "grouped": grouped,
    }  # fmt: skip
    return tuple(one for one in (*papers[group], *papers["every"]) if holds[one.when])


def missing(papers: Iterable[Paper], given: Collection[str]) -> tuple[Paper, ...]:
    """What has to be there and is not; `given`: ids of papers with at least one file."""
    return tuple(one for one in papers if not one.made_here and not one.optional and one.id not in given)


def groups_known(papers: Mapping[str, tuple[Paper, ...]]) -> frozenset[str]:
    """Every id of every group, for checking what a file says it is."""
    return frozenset(one.id for group in papers.values() for one in group)


@dataclass(frozen=True, slots=True)
class Result:
    """Something a proposal may promise, by its code in the catalogue of indicators."""

    id: str
    words: Words
    unit: Words
    direction: str


def results_of(file: str, text: str) -> dict[str, Result]:
    """Code → what it is. A LawFault for what cannot be."""
    found: dict[str, Result] = {}
    keys = ("id", "vi", "en", "unit", "unit_vi", "unit_en", "direction")
    for one in parsed(file, text).items():
        told = one.keys(keys, needed=keys)
        words, unit = (Words(told[f"{p}vi"].text(), told[f"{p}en"].text()) for p in ("", "unit_"))
        code = told["id"].text()
        found[code] = Result(code, words, unit, told["direction"].choice(("up", "down")))
    return found
