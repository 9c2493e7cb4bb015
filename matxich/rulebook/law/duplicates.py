""" "Không hỗ trợ trùng": state money reaches one beneficiary once for one content in a year.

Joint circular 26/2014 article 7.4, decree 224/2026 article 75; where several supports would do, the firm chooses the
more favourable (law on small and medium enterprises, article 5.5). Contents that cover each other across groups are
declared pairs in data/trung-noi-dung.csv, no chain of them: A with B and B with C says nothing of A with C.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import combinations

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.vietnamese.text import squeeze

ARTICLES = (
    Citation("ttlt-26-2014", "Điều 7 khoản 4"),
    Citation("nd-224-2026", "Điều 75"),
    Citation("luat-04-2017-qh14", "Điều 5 khoản 5"),
)
_HEAD = ["one", "other", "vi", "en"]

type Pairs = Mapping[frozenset[str], Words]


@dataclass(frozen=True, slots=True)
class Given:
    """One support somebody got. `who`: a key of the beneficiary; `content`: the id of a support.

    `state`: paid from state money. `stands`: neither refused, cancelled nor paid back.
    """

    id: str
    who: str
    content: str
    year: int
    state: bool
    amount: int
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Double:
    """Entries that exclude each other; `better`: the one worth most, which the firm may choose to keep."""

    entries: tuple[Given, ...]
    why: Words
    better: Given


def beneficiary(tax_code: str, province: str, name: str) -> str:
    """Who got it where no record of theirs is known: the tax code, else the name in its province; nothing readable."""
    told = tax_code or f"{province}:{squeeze(name).casefold()}"
    return hashlib.sha256(told.encode()).hexdigest()


def pairs_of(text: str) -> Pairs:
    """From the text of trung-noi-dung.csv. ValueError for an unknown content, a pair with itself, one told twice."""
    rows = list(csv.reader(StringIO(text)))
    if not rows or rows[0] != _HEAD:
        raise ValueError(f"pairs begin with {','.join(_HEAD)}")
    found: dict[frozenset[str], Words] = {}
    for line, row in enumerate(rows[1:], start=2):
        key = frozenset(row[:2])
        known = len(row) == len(_HEAD) and all(row) and key <= set(SUPPORTS)
        if not known or len(key) != 2 or key in found:
            raise ValueError(f"line {line}: {','.join(row)}")
        found[key] = Words(row[2], row[3])
    return found


def same_content(one: str, other: str, pairs: Pairs) -> bool:
    """Nothing is said of a content that has no code."""
    return bool(one and other) and (one == other or frozenset((one, other)) in pairs)


def excludes(one: Given, other: Given, pairs: Pairs) -> bool:
    """May the two not stand beside each other?"""
    return (
        one.id != other.id
        and one.who == other.who != ""
        and one.year == other.year
        and one.state
        and other.state
        and one.stands
        and other.stands
        and same_content(one.content, other.content, pairs)
    )


def doubles(given: Iterable[Given], pairs: Pairs) -> tuple[Double, ...]:
    """Every two entries that exclude each other, in the order given."""
    by_person: dict[tuple[str, int], list[Given]] = defaultdict(list)
    for each in given:
        by_person[each.who, each.year].append(each)
    found = []
    for group in by_person.values():
        for one, other in combinations(group, 2):
            if excludes(one, other, pairs):
                found.append(Double((one, other), _why(one, other, pairs), max((one, other), key=lambda e: e.amount)))
    return tuple(found)


def in_the_way(asked: Given, given: Iterable[Given], pairs: Pairs) -> tuple[Given, ...]:
    """The entries because of which a support that is asked for would be a double."""
    return tuple(each for each in given if excludes(asked, each, pairs))


def more_favourable(offers: Mapping[str, int | None]) -> Collection[str]:
    """Contents between which the firm chooses first: those with the highest known amount; all where none is known."""
    known = [amount for amount in offers.values() if amount is not None]
    return [code for code, amount in offers.items() if not known or amount == max(known)]


def _why(one: Given, other: Given, pairs: Pairs) -> Words:
    if one.content == other.content:
        return Words("Cùng nội dung, cùng năm, đều là tiền nhà nước", "Same content and year, both state money")
    shared = pairs[frozenset((one.content, other.content))]
    return Words(
        f"Hai nội dung cùng chi cho: {shared.vi.lower()}; cùng năm, đều là tiền nhà nước",
        f"Both contents pay for {shared.en.lower()}; same year, both state money",
    )
