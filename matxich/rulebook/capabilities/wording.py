"""Structured values in words, Vietnamese or English, such that reading them gives the value back."""

from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.model import SEPARATOR, Field, Language, Value
from matxich.rulebook.capabilities.parts import to_text
from matxich.rulebook.capabilities.reading import read

_ANY_YEAR = 2100


def format(field: str, value: Value, language: Language = "vi") -> str:
    """One stored value as one line. What the caller filled in (concept, process, commune) is not worded.

    As people write it where that reads back the same; else every part behind its label, which always does.
    """
    known, spoken = FIELDS[field], _spoken(field, value)
    plain = known.plain(spoken, language)
    reading = read(field, plain, latest_year=_ANY_YEAR)
    return plain if plain and list(reading.values) == [spoken] else _labelled(known, spoken, language)


def said(field: str, value: Value, language: Language = "vi") -> str:
    """One stored value as people say it, for reading only: that it reads back the same is not promised."""
    return FIELDS[field].plain(_spoken(field, value), language).strip(SEPARATOR) or format(field, value, language)


def _spoken(field: str, value: Value) -> Value:
    return {part.code: value[part.code] for part in FIELDS[field].parts if not part.silent and part.code in value}


def format_all(field: str, values: list[Value], language: Language = "vi") -> str:
    """Several values, one a line."""
    return "\n".join(format(field, value, language) for value in values)


def _labelled(field: Field, value: Value, language: Language) -> str:
    return SEPARATOR.join(
        f"{part.label(language)}: {to_text(part, value[part.code], language)}"
        for part in field.parts
        if part.code in value
    )
