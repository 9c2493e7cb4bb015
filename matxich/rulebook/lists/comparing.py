"""When two rows of a sender's lists say the same of an enterprise, whatever column and order they say it in."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from matxich.rulebook.passport import field_of
from matxich.rulebook.projection import comparable


def digest_of(facts: Iterable[tuple[str, Any]]) -> bytes:
    """Sixteen bytes of a row's facts (field, value): equal when every field says the same to a reader.

    Values are compared as `same_value` does; items of a list in any order; figures whatever year they are of, which
    the header of a yearly list tells anew. Whose number a person's is, is not a fact
    told anew, so it is left out.
    """
    told = sorted(f"{code}\x1f{said(code, value)!r}" for code, value in facts if code != "person_id")
    return blake2b("\x1e".join(told).encode(), digest_size=16).digest()


def said(code: str, value: Any) -> Any:
    """A value in the form that is equal for values that say the same."""
    form = comparable([_undated(item) for item in value] if isinstance(value, list) else _undated(value))
    return sorted(form, key=repr) if isinstance(form, list) and field_of(code).united else form


def _undated(value: Any) -> Any:
    return {key: part for key, part in value.items() if key != "year"} if isinstance(value, dict) else value
