"""Delimited text: character set, separator and quotes found from the content."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop

from matxich.registry.reading.refusals import NotASpreadsheet, TooManyCells
from matxich.registry.reading.workbook import MAX_ROWS, Budget, SheetBuilder, Workbook
from matxich.rulebook.lists.grid import Note

SEPARATORS = ";,\t|"
SAMPLE = 1 << 16
MAX_FIELD = 1 << 26  # a longer field is an unclosed quote or not a list
MAX_LINES_IN_CELL = 500
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Windows-1258 writes a tone as a letter of its own after the vowel; other code pages have no such habit.
_TONE_AFTER_VOWEL = re.compile("[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def read_delimited(path: Path, name: str) -> Workbook:
    """Rows are numbered as a spreadsheet would show them: a quoted line end stays inside its row."""
    charset = sniff_charset(path)
    builder = SheetBuilder("", Budget())
    try:
        _fill(builder, path, charset, csv.QUOTE_MINIMAL)
    except _UnclosedQuote:
        builder = SheetBuilder("", Budget())
        _fill(builder, path, charset, csv.QUOTE_NONE)
        builder.notes.append(
            Note(
                "quotes_ignored",
                gettext_noop("Có dấu nháy kép không khép; dấu nháy được đọc như chữ thường."),
                sheet="",
            )
        )
    return Workbook(name, "csv", [builder.grid()])


class _UnclosedQuote(Exception):
    pass


def _fill(builder: SheetBuilder, path: Path, charset: str, quoting: int) -> None:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD))
    with path.open(encoding=charset, errors="replace", newline="") as lines:
        first = lines.read(SAMPLE)
        lines.seek(0)
        separator, skip = _separator(first)
        for _ in range(skip):
            lines.readline()
        reader = csv.reader(_without_nul(lines), delimiter=separator, quoting=quoting, skipinitialspace=True)  # type: ignore[arg-type]
        try:
            for number, values in enumerate(reader, 1 + skip):
                if number > MAX_ROWS * 2:
                    raise TooManyCells(f"{number} rows")
                if any(values):
                    _check_quotes(values, quoting)
                    builder.add(number, values)
        except csv.Error as error:
            if quoting == csv.QUOTE_NONE:
                raise NotASpreadsheet(str(error)) from error
            raise _UnclosedQuote from error


def _without_nul(lines: io.TextIOBase | Iterator[str]) -> Iterator[str]:
    return (line.replace("\0", "") if "\0" in line else line for line in lines)


def _check_quotes(values: list[str], quoting: int) -> None:
    if quoting != csv.QUOTE_NONE and any(len(v) > 2000 and v.count("\n") > MAX_LINES_IN_CELL for v in values):
        raise _UnclosedQuote


def _separator(sample: str) -> tuple[str, int]:
    """The separator, and how many lines to skip ("sep=;" at the top says so itself)."""
    told = re.match(r"\ufeff?sep=(.)\r?\n", sample)
    if told:
        return told[1], 1
    return max(SEPARATORS, key=lambda mark: _regularity(sample, mark)), 0


def _regularity(sample: str, mark: str) -> tuple[float, int]:
    """Rows that share the commonest width, weighted by that width; 0 when the mark never separates."""
    rows = list(csv.reader(io.StringIO(sample.replace("\0", ""), newline=""), delimiter=mark))
    widths = Counter(len(row) for row in rows[:200] if len(row) > 1)
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
    return times / max(sum(1 for row in rows[:200] if row), 1) * min(width, 12), width


def sniff_charset(path: Path) -> str:
    """utf-8, utf-16, Windows-1258 or Windows-1252 (also how TCVN3 and VNI bytes are first seen)."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
        for mark, charset in _BOMS.items():
            if head.startswith(mark):
                return charset
        if silent := _utf16_without_mark(head):
            return silent
        if len(_CONTROL.findall(head)) > len(head) // 200:
            raise NotASpreadsheet("control characters")
        stream.seek(0)
        return "utf-8" if _is_utf8(stream) else _single_byte(head)


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    half = max(len(head[:2000]) // 2, 1)
    if max(even, odd) < half * 0.4 or min(even, odd) * 4 > max(even, odd):
        return None
    charset = "utf-16-le" if odd > even else "utf-16-be"
    text = head[:2000].decode(charset, "replace")
    return charset if sum(letter < " " and letter not in "\t\r\n" for letter in text) * 100 < len(text) else None


def _is_utf8(stream: io.BufferedReader) -> bool:
    decoder = io.TextIOWrapper(stream, encoding="utf-8")
    try:
        while decoder.read(1 << 20):
            pass
        return True
    except UnicodeDecodeError:
        return False
    finally:
        decoder.detach()


def _single_byte(head: bytes) -> str:
    text = head.decode("cp1258", "replace")
    tones = len(_TONE.findall(text))
    return "cp1258" if tones and len(_TONE_AFTER_VOWEL.findall(text)) >= tones * 0.9 else "cp1252"
