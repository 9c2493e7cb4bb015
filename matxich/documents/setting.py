"""A paper set out by decree 30/2020: final texts, sizes, lengths of its rules. Word, PDF and the page on screen all
read this one value, so that they cannot differ."""

from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matxich.documents.paper import (
    BREAK,
    Appendix,
    Article,
    Block,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Table,
    cleaned,
    tagged,
)
from matxich.rulebook.papers import decree30

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).with_name("fonts")
MM = 72 / 25.4  # points in a millimetre
ROOMY, SQUEEZED = 10, 0.7
CELL_SIDE = 1.4  # between a cell's edge and its text, in millimetres
WEIGHED = 40  # the longest words of a column, by letters, that are measured
MEASURED_AT = 20  # times the size, so that rounding to whole units does not show


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table with the width of each column in millimetres and the size of its letters."""

    table: Table
    widths: tuple[float, ...]
    size: int


SetBlock = Paragraph | Heading | Article | SetTable


@dataclass(frozen=True, slots=True)
class SetAppendix:
    """`label`: "Phụ lục I", or "Phụ lục" where there is one alone; `with_paper`: which paper it came with."""

    label: str
    title: str
    with_paper: str
    blocks: tuple[SetBlock, ...]
    landscape: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPaper:
    """Everything a renderer writes, in the order it writes it. Rules in millimetres, 0 for none."""

    nation: str
    motto: str
    motto_rule: float
    parent: str
    issuer: str
    issuer_rule: float
    number: str
    letter_subject: str
    place_date: str
    kind: str
    subject: str
    subject_rule: float
    addressees: tuple[str, ...]
    addressee: str
    authority: str
    bases: tuple[str, ...]
    enacting: str
    blocks: tuple[SetBlock, ...]
    signatures: tuple[Signature, ...]
    distribution: tuple[str, ...]
    appendices: tuple[SetAppendix, ...]
    note: str
    code: str
    code_line: str
    check_url: str
    draft_line: str


def set_out(paper: Paper) -> SetPaper:
    """Texts as they will stand. Raises Unprintable."""
    told = cleaned(paper)
    year = told.on.year if told.on else told.year
    number = decree30.number_and_symbol(told.number, told.symbol, elsewhere=told.elsewhere)
    letter = not told.kind
    one = told.addressees[0].rstrip(";., ") if len(told.addressees) == 1 else ""
    return SetPaper(
        nation=decree30.NATION,
        motto=decree30.MOTTO,
        motto_rule=width(decree30.MOTTO, decree30.SIZES["motto"], bold=True),
        parent=told.parent.upper(),
        issuer=told.issuer.upper(),
        issuer_rule=_short_rule(told.issuer.upper(), decree30.SIZES["issuer"], decree30.LEFT_COLUMN),
        number=number if told.is_numbered else "",
        letter_subject=f"{decree30.SUBJECT_OF_LETTER} {told.subject}" if letter and told.subject else "",
        place_date=decree30.place_and_date(told.place, told.on, year),
        kind=told.kind.upper(),
        subject="" if letter else told.subject,
        subject_rule=0 if letter else _short_rule(told.subject, decree30.SIZES["subject"], text_width() * 0.85),
        addressee=one,
        addressees=() if one else decree30.recipients(told.addressees),
        authority=told.authority.upper(),
        bases=decree30.bases(told.bases),
        enacting=told.enacting.upper(),
        blocks=_set(_ended(told.blocks) if told.is_numbered else told.blocks, text_width()),
        signatures=tuple(
            replace(each, authority=each.authority.upper(), position=each.position.upper()) for each in told.signatures
        ),
        distribution=decree30.recipients(told.distribution),
        appendices=tuple(_appendix(told, number, year, at) for at in range(len(told.appendices))),
        note=told.note,
        code=told.code,
        code_line=decree30.CHECK.format(code=told.code, url=told.check_url) if told.code else "",
        check_url=told.check_url,
        draft_line=decree30.DRAFT if told.draft else "",
    )


def _appendix(paper: Paper, number: str, year: int, at: int) -> SetAppendix:
    one: Appendix = paper.appendices[at]
    count = f" {decree30.roman(at + 1)}" if len(paper.appendices) > 1 else ""
    return SetAppendix(
        label=f"{decree30.APPENDIX}{count}",
        title=one.title.upper(),
        with_paper=decree30.with_paper(number if paper.is_numbered else "", paper.on, year, paper.issuer),
        blocks=_set(one.blocks, text_width(landscape=one.landscape)),
        landscape=one.landscape,
    )


def _ended(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The text of a paper ends with “./.”; a table ends by itself."""
    if not blocks or not isinstance(last := blocks[-1], Paragraph | Article) or not last.runs:
        return blocks
    run = last.runs[-1]
    text = run.text.rstrip()
    if not text.endswith(decree30.END):
        text = f"{text.rstrip(' .;')}{decree30.END}"
    return (*blocks[:-1], replace(last, runs=(*last.runs[:-1], replace(run, text=text))))


def as_data(shown: SetPaper) -> dict[str, Any]:
    """For renderers that are told plain data: the typesetter, the page on screen. Each block says what it is."""
    told: dict[str, Any] = tagged(shown)
    told["words"] = {"to": decree30.TO, "recipients": decree30.RECIPIENTS}
    told["blocks"] = [_block_data(block) for block in shown.blocks]
    for part, source in zip(told["appendices"], shown.appendices, strict=True):
        part["blocks"] = [_block_data(block) for block in source.blocks]
    return told


def _block_data(block: SetBlock) -> dict[str, Any]:
    match block:
        case Heading():
            return tagged(block) | {"shown": label_of(block)}
        case Article():
            return tagged(block) | {"shown": article_label(block)}
        case SetTable():
            table, aligns = tagged(block.table), [column.align for column in block.table.columns]
            for told, row in zip(table["rows"], block.table.rows, strict=True):
                told["shown"] = list(zip(row.cells, aligns, strict=True))
            whole = sum(block.widths)
            shares = [round(100 * wide / whole, 1) for wide in block.widths]
            return table | {"widths": block.widths, "shares": shares, "size": block.size}
    return dict(tagged(block))


def label_of(heading: Heading) -> str:
    """A chapter's title stands in capitals under its label."""
    return heading.title.upper() if heading.level == 1 else heading.title


def article_label(article: Article) -> str:
    return f"{decree30.ARTICLE} {article.number}."


def text_width(*, landscape: bool = False) -> float:
    page = decree30.PAGE
    return (page.height if landscape else page.width) - page.left - page.right


def _set(blocks: tuple[Block, ...], room: float) -> tuple[SetBlock, ...]:
    return tuple(_fitted(block, room) if isinstance(block, Table) else block for block in blocks)


def _fitted(table: Table, room: float) -> SetTable:
    """Columns as wide as asked, but none narrower than its longest word; smaller letters where that is too much."""
    shares = [column.width for column in table.columns]
    for size in range(decree30.SIZES["table"], decree30.SMALLEST_TABLE - 1, -1):
        least = [_least_width(table, at, size) for at in range(len(shares))]
        widths = _shared(least, shares, room)
        fits = sum(least) <= room and (size <= ROOMY or _is_roomy(widths, shares, room))
        if fits or size == decree30.SMALLEST_TABLE:
            return SetTable(table, widths, size)
    raise AssertionError("the sizes of a table ran out")


def _is_roomy(widths: tuple[float, ...], shares: list[int], room: float) -> bool:
    """No column is squeezed far below what it was meant to have."""
    return all(wide >= SQUEEZED * room * share / sum(shares) for wide, share in zip(widths, shares, strict=True))


def _least_width(table: Table, at: int, size: int) -> float:
    words = [(word, True) for word in table.columns[at].head.split()]
    words += [(word, row.bold) for row in table.rows for word in row.cells[at].replace(BREAK, " ").split()]
    longest = sorted(set(words), key=lambda word: -len(word[0]))[:WEIGHED]
    return max((width(word, size, bold=bold) for word, bold in longest), default=0) + 2 * CELL_SIDE + 0.3


def _shared(least: list[float], shares: list[int], room: float) -> tuple[float, ...]:
    """Room by shares; a column whose share is less than it needs takes what it needs, the others share the rest."""
    if sum(least) > room:  # one word longer than the page: it is broken by whoever draws it
        return tuple(round(room * each / sum(least), 2) for each in least)
    fixed: dict[int, float] = {}
    while True:
        free = room - sum(fixed.values())
        whole = sum(share for at, share in enumerate(shares) if at not in fixed)
        short = [at for at, share in enumerate(shares) if at not in fixed and free * share / whole < least[at]]
        if not short:
            return tuple(
                round(fixed[at] if at in fixed else free * share / whole, 2) for at, share in enumerate(shares)
            )
        fixed |= {at: least[at] for at in short}


def _short_rule(text: str, size: int, room: float) -> float:
    """Between a third and a half of the line above it, of the widest line where the text takes several."""
    return round(min(width(text, size, bold=True), room) * decree30.SHORT_RULE, 1) if text else 0


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """How long a line of text is, in millimetres; the font has the widths of Times New Roman."""
    return round(_font(bold, italic).getlength(text) * size / MEASURED_AT / 10 / MM, 1)


@cache
def _font(bold: bool, italic: bool) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - heavy, and only papers need it

    face = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    return ImageFont.truetype(FONTS / f"Tinos-{face[bold, italic]}.ttf", MEASURED_AT * 10)


@cache
def quick_code(url: str) -> str:
    """The address as a square of dots, SVG, no border: the paper around it is the border."""
    dots = _dots(url)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(dots) for x, dark in enumerate(row) if dark)
    side = len(dots)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


@cache
def quick_picture(url: str) -> bytes:
    """The same as PNG, for Word."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only papers need it

    dots = _dots(url)
    picture = Image.new("1", (len(dots), len(dots)))
    picture.putdata([not dark for row in dots for dark in row])
    out = BytesIO()
    picture.resize((len(dots) * 8, len(dots) * 8), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def _dots(url: str) -> list[list[bool]]:
    import qrcode  # noqa: PLC0415 - heavy, and only papers need it

    drawing = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    drawing.add_data(url)
    drawing.make()
    return [[bool(dark) for dark in row] for row in drawing.modules]
