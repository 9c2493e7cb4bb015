"""Papers as PDF: typst with the Tinos that lies beside it, never with a font of the machine."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from matxich.documents.paper import Paper, tagged
from matxich.documents.setting import CELL_SIDE, FONTS, SetPaper, as_data, quick_code, set_out
from matxich.rulebook.papers import decree30

LAYOUT = Path(__file__).with_name("paper.typ")
FORMAT = "a-2b"
"""For the archive: everything it needs lies in the file."""


class BrokenLayout(RuntimeError):
    """The typesetter was not content with our layout. A fault of ours, never of the paper."""


def pdf_of(paper: Paper) -> bytes:
    """The same bytes for the same paper, whenever and wherever. Raises Unprintable."""
    import typst  # noqa: PLC0415 - heavy, and only papers need it

    shown = set_out(paper)
    files = {"main.typ": _layout(), "paper.json": _data(shown, _moment(paper.on))}
    if shown.code:
        files["code.svg"] = quick_code(shown.check_url).encode()
    made, warnings = typst.compile_with_warnings(
        files,  # type: ignore[call-overload] # several files at once, which its types do not tell of
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]),
        pdf_standards=[FORMAT],
        timestamp=_moment(paper.on),
    )
    if warnings:
        raise BrokenLayout("; ".join(str(each) for each in warnings))
    return bytes(made)


@cache
def _layout() -> bytes:
    return LAYOUT.read_bytes()


def _moment(on: date | None) -> datetime:
    """A file of a paper carries the paper's day, so that rendering it again gives the same file."""
    return datetime.combine(on or date(2020, 3, 5), time(), UTC)


def _data(shown: SetPaper, at: datetime) -> bytes:
    told = as_data(shown) | {
        "title": shown.subject or shown.letter_subject or shown.kind,
        "day": {"year": at.year, "month": at.month, "day": at.day},
        "sizes": decree30.SIZES,
        "page": tagged(decree30.PAGE),
        "left_column": decree30.LEFT_COLUMN,
        "right_column": decree30.RIGHT_COLUMN,
        "cell_side": CELL_SIDE,
        "first_line": decree30.FIRST_LINE,
        "gap": decree30.PARAGRAPH_GAP,
        "leading": round(0.3 + (decree30.LINE_SPACING - 1), 2),
    }
    return json.dumps(told, ensure_ascii=False).encode()
