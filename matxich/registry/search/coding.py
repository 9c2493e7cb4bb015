"""Codes of the taxonomy as small numbers, by which the index counts them."""

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from matxich.registry.search.concepts import SCHEMES
from matxich.registry.taxonomy import taxonomy

NOTHING = 0


@cache
def codes_of(facet: str) -> tuple[str, ...]:
    """Every code of a filter's list; its number is its place, counted from 1."""
    return tuple(sorted(concept.code for concept in taxonomy().of(SCHEMES[facet])))


@cache
def _numbers(facet: str) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes_of(facet), start=1)}


def numbers_of(facet: str, codes: Iterable[str]) -> Sequence[int]:
    """Raises KeyError for a code that the list does not hold."""
    numbers = _numbers(facet)
    return [numbers[code] for code in codes]


def code_of(facet: str, number: int) -> str:
    """ "" for NOTHING."""
    return codes_of(facet)[number - 1] if number else ""


@cache
def coding_mark() -> str:
    """Changes with the codes, so that an index made by other numbers is not read by these."""
    told = "|".join(f"{facet}:{','.join(codes_of(facet))}" for facet in SCHEMES)
    return blake2b(told.encode(), digest_size=4).hexdigest()
