"""A filled template into the parts of a paper: its sections, paragraphs, articles, tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from matxich.documents.filling import Fault, TemplateFault, unquoted
from matxich.documents.paper import (
    Align,
    Appendix,
    Article,
    Block,
    Column,
    Heading,
    Line,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
)
from matxich.rulebook.papers import sections as words

FACES = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
EDGE = re.compile(r":?-+:?")
RIGHT, CENTRE, FLUSH = ">> ", ">< ", "<< "


@dataclass(frozen=True, slots=True)
class Parts:
    """What a template says; who issues, numbers and signs comes from elsewhere."""

    subject: str = ""
    note: str = ""
    authority: str = ""
    enacting: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    distribution: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()


@dataclass(slots=True)
class _Section:
    name: str
    title: str = ""
    lines: list[str] = field(default_factory=list)


def parts_of(text: str) -> Parts:
    """Raises TemplateFault for a table whose rows have more cells than its head."""
    told: dict[str, list[str]] = {}
    appendices: list[Appendix] = []
    for section in _sections(text):
        lines = [line for line in section.lines if unquoted(line).strip()]
        if section.name in words.APPENDICES:
            blocks = tuple(_blocks(lines))
            appendices.append(Appendix(_said(section.title), blocks, section.name == words.WIDE_APPENDIX))
        else:
            told[section.name] = lines
    said = {name: tuple(_said(line) for line in told.get(name, ())) for name in words.SECTIONS}
    return Parts(
        subject=" ".join(said[words.SUBJECT]),
        note=" ".join(said[words.NOTE]),
        authority=" ".join(said[words.AUTHORITY]),
        enacting=" ".join(said[words.ENACTING]),
        addressees=said[words.TO],
        bases=said[words.BASES],
        blocks=tuple(_blocks(told.get(words.BODY, ()))),
        signatures=tuple(_signature(line) for line in told.get(words.SIGNATURES, ())),
        distribution=said[words.RECIPIENTS],
        appendices=tuple(appendices),
    )


def _sections(text: str) -> Iterator[_Section]:
    current = _Section("")
    for line in text.split("\n"):
        found = words.SECTION.fullmatch(line.strip())
        if found and found[1].strip().lower() in words.SECTIONS:
            yield current
            current = _Section(found[1].strip().lower(), found[2].strip())
        else:
            current.lines.append(line)
    yield current


def _said(line: str) -> str:
    return " ".join(unquoted(line).split())


def _signature(line: str) -> Signature:
    """ "CHỦ TỊCH | Lê Hoài Nam", with what stands under the position as a third part."""
    position, name, note = [_said(part) for part in (*line.split("|"), "", "")[:3]]
    return Signature(position=position, name=name, note=note)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at, caption = 0, ""
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith("|"):
            end = next((i for i in range(at, len(lines)) if not lines[i].strip().startswith("|")), len(lines))
            yield _table([_cells(each) for each in lines[at:end]], caption)
            at, caption = end, ""
            continue
        if line.startswith(RIGHT) and at + 1 < len(lines) and lines[at + 1].strip().startswith("|"):
            caption = _said(line.removeprefix(RIGHT))
        else:
            yield _block(line)
        at += 1


def _block(line: str) -> Block:
    if found := words.ARTICLE.fullmatch(line):
        return _article(int(found[1]), found[2])
    if found := words.CHAPTER.fullmatch(line):
        return Heading(_said(found[2]), level=1, label=_said(found[1]))
    if found := words.PART.fullmatch(line):
        return Heading(_said(found[2]), level=2, label=found[1] or "")
    marks: tuple[tuple[str, Align], ...] = ((RIGHT, "right"), (CENTRE, "center"), (FLUSH, "justify"))
    for mark, align in marks:
        if line.startswith(mark):
            return Paragraph(_runs(line.removeprefix(mark)), align=align, indent=False)
    return Paragraph(_runs(line))


def _article(number: int, rest: str) -> Article:
    """A title is what stands in bold right behind the number."""
    title = re.match(r"\*\*(.+?)\*\*\s*", rest)
    if title:
        return Article(number, _said(title[1]), _runs(rest[title.end() :]))
    return Article(number, runs=_runs(rest))


def _runs(text: str) -> Line:
    runs, at = [], 0
    for found in FACES.finditer(text):
        runs += [Run(text[at : found.start()]), Run(found[1] or found[2], bold=bool(found[1]), italic=bool(found[2]))]
        at = found.end()
    runs.append(Run(text[at:]))
    said = [Run(re.sub(r"\s+", " ", unquoted(run.text)), run.bold, run.italic) for run in runs]
    return tuple(run for run in said if run.text)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _table(rows: list[list[str]], caption: str) -> Table:
    """The first row is the head; a second of dashes and colons says how wide each column is and where its text lies."""
    head, *rest = rows
    edges = rest[0] if rest and all(EDGE.fullmatch(cell) for cell in rest[0]) else []
    body = rest[1:] if edges else rest
    edges = (edges + ["-"] * len(head))[: len(head)]
    if wrong := next((row for row in body if len(row) > len(head)), None):
        told = {"row": _said(" ".join(wrong))[:60], "cells": len(wrong), "columns": len(head)}
        message = _("Bảng có %(columns)s cột nhưng dòng “%(row)s” có %(cells)s ô.") % told
        raise TemplateFault([Fault(0, "uneven_table", message)])
    columns = tuple(
        Column(_said(text), max(1, edge.count("-")), _align(edge)) for text, edge in zip(head, edges, strict=True)
    )
    return Table(columns, tuple(_row(row, len(head)) for row in body), caption)


def _align(edge: str) -> Align:
    if edge.startswith(":") and edge.endswith(":") and len(edge) > 1:
        return "center"
    return "right" if edge.endswith(":") else "left"


def _row(cells: list[str], count: int) -> Row:
    """Bold throughout when its first cell that says something is."""
    full = cells + [""] * (count - len(cells))
    first = next((cell for cell in full if cell), "")
    bold = first.startswith("**") and first.endswith("**") and len(first) > 4
    return Row(tuple(_said(cell.replace("**", "") if bold else cell) for cell in full), bold)
