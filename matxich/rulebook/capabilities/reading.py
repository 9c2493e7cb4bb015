"""Texts and form fields read as structured values; what is not understood is kept, with a warning."""

import re
from collections.abc import Mapping

from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.model import SEPARATOR, Field, Found, Language, Part, Reading, Value
from matxich.rulebook.capabilities.parts import fault, from_text
from matxich.rulebook.capabilities.scanning import pieces
from matxich.rulebook.lists.cells import is_nothing
from matxich.rulebook.vietnamese.text import fold, squeeze

TEXT = "text"
_LABELLED = re.compile(r"([^:]{1,60}):\s*(.*)")


def read(field: str, text: str, *, latest_year: int) -> Reading:
    """What a text says of a field (a code of FIELDS, KeyError for another); never raises for any text.

    `latest_year` is the last year that is no future. Lines, ";" and "|" part the items of a field that has many; a line
    whose every item between " · " is labelled ("Hãng: Mazak · Năm sản xuất: 2015") is read part by part.
    """
    known, found = FIELDS[field], Found(latest_year)
    lines = [line for one in text.splitlines() if (line := squeeze(one))]
    if not known.many and not all(_labelled(known, line) for line in lines):
        lines = ["; ".join(lines)]
    for line in lines:
        _read_line(known, line, found)
    if not known.many and len(found.values) > 1:
        for extra in found.values[1:]:
            found.warn("more_than_one", _shown(extra))
        del found.values[1:]
    _settle(known, found)
    return _reading(text, found)


def read_form(field: str, data: Mapping[str, str], *, latest_year: int) -> Reading:
    """What a form says: one text a part (by its code), in Vietnamese or English forms; empty ones are not said.

    A part that cannot be read is warned of and kept. "text", where it is no part of the field, is free text that the
    parts named beside it complete and correct.
    """
    known, found = FIELDS[field], Found(latest_year)
    given = {code: squeeze(text) for code, text in data.items() if squeeze(text)}
    codes = {part.code for part in known.parts}
    free = given.pop(TEXT) if TEXT in given and TEXT not in codes else ""
    original = "\n".join(data.values())
    first = read(field, free, latest_year=latest_year) if free else Reading("")
    found.warnings.extend(first.warnings)
    if first.questions or len(first.values) > 1:
        if given:
            found.leave([f"{code}: {text}" for code, text in given.items()])
        return Reading(original, first.values, tuple(found.warnings), first.questions)
    value = dict(first.values[0]) if first.values else {}
    for code, text in given.items():
        part = known.part(code) if code in codes else None
        one = _from_form(part, text, found) if part else None
        if one is None:
            found.warn("not_understood", f"{code}: {text}")
        else:
            value[code] = one
    if known.personal and "legal_basis" in value:
        found.warnings = [warned for warned in found.warnings if warned.code != "legal_basis_missing"]
    if value:
        found.values.append(value)
    _settle(known, found)
    return _reading(original, found)


def _from_form(part: Part, text: str, found: Found) -> object:
    one = from_text(part, text, "vi", found)
    return from_text(part, text, "en", Found(found.latest_year)) if one is None else one


def _read_line(field: Field, line: str, found: Found) -> None:
    if not line or (is_nothing(line) and not field.no_is_said) or not any(map(str.isalnum, line)):
        if any(not mark.isspace() for mark in line) and not is_nothing(line):
            found.warn("not_understood", line)
        return
    if labelled := _labelled(field, line):
        _read_labelled(labelled, found)
        return
    for piece in pieces(line) if field.many else [line]:
        _read_piece(field, piece, found)


def _read_piece(field: Field, piece: str, found: Found) -> None:
    said = len(found.values) + len(found.warnings) + len(found.questions)
    field.read(piece, found)
    if len(found.values) + len(found.warnings) + len(found.questions) == said:
        found.warn("not_understood", piece)


def _labelled(field: Field, line: str) -> list[tuple[Part, Language, str, str]] | None:
    """(part, the language of its label, its text, the segment) of a line labelled throughout, else None."""
    labels: dict[str, tuple[Part, Language]] = {}
    for part in field.parts:
        if not part.silent:
            labels.setdefault(fold(part.label_vi), (part, "vi"))
            labels.setdefault(fold(part.label_en), (part, "en"))
    found = []
    for segment in line.split(SEPARATOR):
        match = _LABELLED.fullmatch(segment.strip())
        known = labels.get(fold(match[1]).strip()) if match else None
        if match is None or known is None:
            return None
        found.append((*known, match[2].strip(), segment.strip()))
    return found if len({part.code for part, *_ in found}) == len(found) else None


def _read_labelled(segments: list[tuple[Part, Language, str, str]], found: Found) -> None:
    value: Value = {}
    for part, language, text, segment in segments:
        one = from_text(part, text, language, found)
        if one is None:
            found.warn("not_understood", segment)
        else:
            value[part.code] = one
    if value:
        found.values.append(value)


def _settle(field: Field, found: Found) -> None:
    """Only what may be stored stays a value; the rest becomes kept text."""
    settled = []
    for value in found.values:
        unfit = {part.code: part for part in field.parts if part.code in value and _misfits(part, value, found)}
        for code, part in unfit.items():
            found.warn("not_understood", f"{part.label_vi}: {value[code]}")
        fit = {code: one for code, one in value.items() if code not in unfit}
        if not fit or any(part.required for part in unfit.values()):
            found.leave([_shown(fit)] if fit else [])
        elif _complete(field, fit) and field.faults(fit, found.latest_year):
            found.warn("contradictory", _shown(fit))
        else:
            settled.append(fit)
    found.values = settled


def _misfits(part: Part, value: Value, found: Found) -> bool:
    return fault(part, value[part.code], found.latest_year) is not None


def _complete(field: Field, value: Value) -> bool:
    return all(part.code in value for part in field.parts if part.required)


def _shown(value: Value) -> str:
    return ", ".join(f"{code}: {one}" for code, one in value.items())


def _reading(text: str, found: Found) -> Reading:
    return Reading(text, tuple(found.values), tuple(found.warnings), tuple(found.questions))
