"""What somebody typing may mean: firms by their names and concepts of the taxonomy, within a few milliseconds."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst
from tantivy import Occur, Searcher
from tantivy import Query as Clause

from matxich.registry.search import store
from matxich.registry.search.clauses import any_of, every, flat
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.enterprises import PERSONS, visible
from matxich.registry.search.narrowing import Narrowing
from matxich.registry.search.query import WORDS_READ, Audience, Query
from matxich.registry.search.spelling import TOKEN_LENGTH, joined_initials
from matxich.registry.search.store import Opened, Unavailable
from matxich.registry.taxonomy import spoken, taxonomy
from matxich.rulebook.taxonomy import LANGUAGES
from matxich.rulebook.vietnamese.text import words

LIMIT = 8
CONCEPTS = 3
READ = 100
COMPLETIONS = 50
# A word of this share of all names tells no firm from another; more firms than this are not looked through.
COMMON, MOST = 5, 100_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind`: "enterprise" or a filter by concept; `code`: the enterprise's number or the concept's code."""

    kind: str
    text: str
    code: str


def suggest(text: str, *, audience: Audience = "public", limit: int = LIMIT) -> tuple[Suggestion, ...]:
    """Concepts whose name goes on as typed, then firms with these words in their names. One query; never raises.

    A concept is told in the reader's language whatever it was typed in.
    """
    asked = words(joined_initials(text[:READ]))[:WORDS_READ]
    if not asked:
        return ()
    found = list(_concepts(" ".join(asked)))[:CONCEPTS]
    try:
        numbers = _firms(store.opened(), asked, audience, limit - len(found))
        names = dict(visible().filter(id__in=numbers).values_list("id", "name"))
    except (Unavailable, ValueError, OSError):
        names = _from_database(" ".join(asked), audience, limit - len(found))
        numbers = list(names)
    firms = [Suggestion("enterprise", names[number], str(number)) for number in numbers if number in names]
    return (*found, *firms)


def _firms(opened: Opened, asked: list[str], audience: Audience, limit: int) -> list[int]:
    """Those with every word in the name, the last as far as it is typed; words that all names have are left out."""
    searcher, schema = opened.searcher, opened.schema
    many = max(searcher.num_docs // COMMON, LIMIT)
    *complete, last = (word[:TOKEN_LENGTH] for word in asked)
    told = [word for word in dict.fromkeys(complete) if searcher.doc_freq("name", word) <= many]
    ends = list(_completions(searcher, last, many))
    if not ends and not told:
        return []
    clauses = [Clause.term_query(schema, "name", word, index_option="freq") for word in told]
    if ends:
        clauses.append(any_of(Clause.term_query(schema, "name", word, index_option="freq") for word in ends))
    elif searcher.doc_freq("name", last) <= many:
        return []
    filters = Narrowing(schema, Query(audience=audience)).filters()
    lift = (Occur.Should, flat(Clause.term_query(schema, "name", last, index_option="freq"), 1.0))
    found = searcher.search(
        Clause.boolean_query([(Occur.Must, every(clauses)), *filters, lift]), max(1, limit), count=False
    )
    return [int(number) for number in searcher.fast_field_values("id", [at for _, at in found.hits]) if number]


def _completions(searcher: Searcher, prefix: str, many: int) -> Iterator[str]:
    """The words of names that begin so, the commonest first, as long as they stay few enough to look through."""
    room = MOST
    for word, firms in searcher.terms_with_prefix("name", prefix, limit=COMPLETIONS):
        if firms <= many and (room := room - firms) >= 0:
            yield word


def _from_database(key: str, audience: Audience, limit: int) -> dict[int, str]:
    found = visible().filter(company_key__startswith=key, in_programme=True).order_by("company_key", "id")
    if audience == "public":
        found = found.exclude(kind__in=PERSONS)
    return dict(found.values_list("id", "name")[:limit])


def _concepts(typed: str) -> Iterator[Suggestion]:
    """Each concept once, in the order of the alphabet of its names; names that begin so before words inside."""
    spelt, told = _names()
    language, known = spoken(), taxonomy()
    seen: set[str] = set()
    for inside in (False, True):
        at = bisect_left(spelt[inside], typed)
        while at < len(spelt[inside]) and spelt[inside][at].startswith(typed):
            facet, code = told[inside][at]
            if code not in seen:
                seen.add(code)
                yield Suggestion(facet, capfirst(known.concept(code).label(language)), code)
            at += 1


@cache
def _names() -> tuple[tuple[list[str], list[str]], tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """Names of concepts in all languages, from their first word and from every other, each list sorted."""
    lists: tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]] = (set(), set())
    for facet, scheme in SCHEMES.items():
        for concept in taxonomy().of(scheme):
            for language in LANGUAGES:
                for name in concept.names(language):
                    spelt = words(name)
                    for first in range(len(spelt)):
                        lists[first > 0].add((" ".join(spelt[first:]), facet, concept.code))
    whole, inside = (sorted(each) for each in lists)
    return (
        ([name for name, _, _ in whole], [name for name, _, _ in inside]),
        ([(facet, code) for _, facet, code in whole], [(facet, code) for _, facet, code in inside]),
    )
