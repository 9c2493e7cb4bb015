"""Papers for Word. The font is named, not carried: every office machine has Times New Roman."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from matxich.documents.paper import Article, Heading, Paper, Paragraph, Run, Signature
from matxich.documents.setting import (
    CELL_SIDE,
    SetAppendix,
    SetBlock,
    SetPaper,
    SetTable,
    article_label,
    label_of,
    quick_picture,
    set_out,
    text_width,
)
from matxich.rulebook.papers import decree30

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.section import Section
    from docx.table import Table as WrittenTable
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as Words

PAGE, SIZES = decree30.PAGE, decree30.SIZES
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFICATION = {"left": "left", "center": "center", "right": "right", "justify": "both"}
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
TWENTIETHS = 1440 / 25.4  # of a point, in a millimetre
LANGUAGE = "vi-VN"
CODE_SIDE = 13
HEADER_AT, FOOTER_AT = 9, 5
OLDEST = (1980, 1, 1, 0, 0, 0)
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def docx_of(paper: Paper) -> bytes:
    """The same bytes for the same paper, whenever and wherever. Raises Unprintable."""
    shown = set_out(paper)
    document = Document()
    _dress(document)
    _lay_out(document.sections[0], landscape=False)
    _number_pages(document.sections[0], shown)
    _head(document, shown)
    _opening(document, shown)
    for block in shown.blocks:
        _block(document, block)
    _close(document, shown)
    for appendix in shown.appendices:
        _appendix(document, appendix, shown)
    _properties(document, paper, shown)
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


def _undated(package: io.BytesIO) -> bytes:
    """A package whose parts carry no clock of this machine: rendering again gives the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(package) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(zipfile.ZipInfo(name, OLDEST), read.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(document: "Written", paper: Paper, shown: SetPaper) -> None:
    about, at = document.core_properties, datetime.combine(paper.on or datetime(2020, 3, 5).date(), time())  # noqa: DTZ001 - Word keeps no zone
    about.title = (shown.subject or shown.letter_subject or shown.kind)[:255]
    about.author, about.last_modified_by, about.comments = shown.issuer[:255], "", shown.code
    about.created = about.modified = at
    about.language = LANGUAGE


# The whole document.


def _dress(document: "Written") -> None:
    """One font everywhere: the shipped styles name others, by theme."""
    for part in (document.styles.element, document.part.numbering_part.element):
        for fonts in part.iter(qn("w:rFonts")):
            _name_font(fonts)
        for language in part.iter(qn("w:lang")):
            language.attrib.clear()
            language.set(qn("w:val"), LANGUAGE)
    _name_font(document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts())
    # The library's own empty document brings a picture of itself, and styles for an older Word in other fonts.
    for relations, unwanted in ((document.part.package.rels, "/thumbnail"), (document.part.rels, "/stylesWithEffects")):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(unwanted)]:
            del relations[key]
    body = document.styles["Normal"]
    body.font.size = Pt(SIZES["body"])
    shape = body.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(decree30.PARAGRAPH_GAP)
    shape.line_spacing = decree30.LINE_SPACING
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(SIZES["body"]), True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(6)
        style.paragraph_format.keep_with_next = True


def _name_font(fonts: Any) -> None:
    fonts.attrib.clear()
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), decree30.FONT)


def _lay_out(section: "Section", *, landscape: bool) -> None:
    wide, high = (PAGE.height, PAGE.width) if landscape else (PAGE.width, PAGE.height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.bottom_margin = Mm(PAGE.top), Mm(PAGE.bottom)
    section.left_margin, section.right_margin = Mm(PAGE.left), Mm(PAGE.right)
    section.header_distance, section.footer_distance = Mm(HEADER_AT), Mm(FOOTER_AT)
    section.different_first_page_header_footer = True


def _number_pages(section: "Section", shown: SetPaper) -> None:
    """Centred in the top margin, not on the first page; the code at the foot, with its picture on the first."""
    number = section.header.paragraphs[0]
    _shape(number, CENTRE, after=0)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", ""), ("end", "")):
        run = number.add_run()
        run.font.size = Pt(SIZES["page_number"])
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        elif text:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {text} "
        else:
            mark = OxmlElement("w:t")
            mark.text = "2"
        run._r.append(mark)
    _shape(section.first_page_header.paragraphs[0], CENTRE, after=0)
    _foot(section.footer, shown, picture=False)
    _foot(section.first_page_footer, shown, picture=bool(shown.code))


def _foot(footer: Any, shown: SetPaper, *, picture: bool) -> None:
    whole = text_width()
    table = _bare_table(footer.add_table(1, 2, Mm(whole)), (whole - CODE_SIDE - 2, CODE_SIDE + 2))
    left, right = table.rows[0].cells
    left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    lines = [(shown.draft_line, True), (shown.code_line, False)]
    _stack(left, [([Run(text, italic=italic)], SIZES["code"]) for text, italic in lines if text], align="left")
    if picture:
        drawn = right.paragraphs[0]
        _shape(drawn, WD_ALIGN_PARAGRAPH.RIGHT, after=0)
        drawn.add_run().add_picture(io.BytesIO(quick_picture(shown.check_url)), width=Mm(CODE_SIDE))
    # Word wants a paragraph after a table; it is made too small to see.
    last = footer.paragraphs[0]
    footer._element.append(last._p)
    _thin(last)


# The parts of a paper, top to bottom.


def _head(document: "Written", shown: SetPaper) -> None:
    columns = (decree30.LEFT_COLUMN, decree30.RIGHT_COLUMN)
    table = _bare_table(document.add_table(2, 2), columns)
    who, state = table.rows[0].cells
    number, when = table.rows[1].cells
    parent = [([Run(shown.parent)], SIZES["parent"])] if shown.parent else []
    _stack(who, [*parent, ([Run(shown.issuer, bold=True)], SIZES["issuer"])])
    _rule(who.add_paragraph(), shown.issuer_rule, columns[0])
    nation, motto = Run(shown.nation, bold=True), Run(shown.motto, bold=True)
    _stack(state, [([nation], SIZES["nation"]), ([motto], SIZES["motto"])])
    _rule(state.add_paragraph(), shown.motto_rule, columns[1])
    _stack(number, [([Run(shown.number)], SIZES["number"])])
    if shown.letter_subject:
        under = number.add_paragraph()
        _shape(under, CENTRE, before=6, after=0, spacing=1)
        _write(under, [Run(shown.letter_subject)], SIZES["letter_subject"])
    _stack(when, [([Run(shown.place_date, italic=True)], SIZES["place_date"])])


def _opening(document: "Written", shown: SetPaper) -> None:
    whole = text_width()
    if shown.kind:
        _line(document, [Run(shown.kind, bold=True)], "kind", before=14, after=2)
        if shown.subject:
            under = _line(document, [Run(shown.subject, bold=True)], "subject", after=0)
            under.paragraph_format.left_indent = under.paragraph_format.right_indent = Mm(whole * 0.075)
            _rule(document.add_paragraph(), shown.subject_rule, whole, after=10)
    if shown.note:
        _line(document, [Run(shown.note, italic=True)], "table", after=8)
    if shown.addressee:
        _line(document, [Run(f"{decree30.TO} {shown.addressee}")], "addressee", before=14, after=14)
    elif shown.addressees:
        _addressees(document, shown.addressees)
    if shown.authority:
        _line(document, [Run(shown.authority, bold=True)], "authority", before=8, after=10)
    for basis in shown.bases:
        ground = document.add_paragraph()
        _shape(ground, ALIGN["justify"], indent=True)
        _write(ground, [Run(basis, italic=True)], SIZES["basis"])
    if shown.enacting:
        _line(document, [Run(shown.enacting, bold=True)], "body", before=10, after=10)


def _addressees(document: "Written", names: Sequence[str]) -> None:
    """Each on a line of its own, dashes under the colon. Without a paragraph between, Word takes two tables for one."""
    _shape(document.add_paragraph(), CENTRE, after=0, spacing=1)
    table = _bare_table(document.add_table(len(names) + 1, 2), (60, text_width() - 60))
    _stack(table.rows[0].cells[0], [([Run(decree30.TO)], SIZES["addressee"])], align="right")
    for row, name in zip(table.rows[1:], names, strict=True):
        _stack(row.cells[1], [([Run(name)], SIZES["addressee"])], align="left")
    _shape(document.add_paragraph(), CENTRE, after=0)


def _block(document: "Written", block: SetBlock) -> None:
    match block:
        case Paragraph():
            words = document.add_paragraph()
            _shape(words, ALIGN[block.align], indent=block.indent)
            _write(words, block.runs, SIZES["body"])
        case Heading() if block.level == 1:
            if block.label:
                label = document.add_paragraph()
                _shape(label, CENTRE, before=10, after=0)
                label.paragraph_format.keep_with_next = True
                _write(label, [Run(block.label, bold=True)], SIZES["body"])
            _heading(document, label_of(block), 1, CENTRE)
        case Heading():
            _heading(document, f"{block.label} {label_of(block)}".strip(), 2, ALIGN["justify"], indent=True)
        case Article():
            words = document.add_paragraph(style="Heading 3" if block.title and not block.runs else None)
            _shape(words, ALIGN["justify"], indent=True)
            title = [Run(f" {block.title}", bold=True)] if block.title else []
            said = [Run(" "), *block.runs] if block.runs else []
            _write(words, [Run(article_label(block), bold=True), *title, *said], SIZES["body"])
        case SetTable():
            _table(document, block)


def _heading(document: "Written", text: str, level: int, align: Any, *, indent: bool = False) -> None:
    words = document.add_paragraph(style=f"Heading {level}")
    _shape(words, align, indent=indent)
    _write(words, [Run(text, bold=True)], SIZES["body"])


def _table(document: "Written", shown: SetTable) -> None:
    block, body = shown.table, document.element.body
    if len(body) > 1 and body[-2].tag == qn("w:tbl"):  # Word takes two tables that touch for one
        _thin(document.add_paragraph())
    if block.caption:
        above = document.add_paragraph()
        _shape(above, ALIGN["right"], after=3)
        above.paragraph_format.keep_with_next = True
        _write(above, [Run(block.caption, italic=True)], shown.size)
    body.insert_element_before(parse_xml("".join(_table_parts(shown))), "w:sectPr")
    after = document.add_paragraph()
    _shape(after, ALIGN["left"], after=0, spacing=1)
    after.paragraph_format.line_spacing = Pt(8)


def _table_parts(shown: SetTable) -> Iterator[str]:
    """A table as the text of its element: cell by cell through the library, long ones would take half a minute."""
    block, side = shown.table, round(CELL_SIDE * TWENTIETHS)
    widths = [round(wide * TWENTIETHS) for wide in shown.widths]
    aligns = [JUSTIFICATION[column.align] for column in block.columns]
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
    sides = f'<w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
    yield (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths) + "</w:tblGrid>"
    heads = [(column.head, "center") for column in block.columns]
    yield _row(heads, widths, shown.size, bold=True, extra="<w:tblHeader/>")
    for row in block.rows:
        yield _row(list(zip(row.cells, aligns, strict=True)), widths, shown.size, bold=row.bold)
    yield "</w:tbl>"


def _row(cells: list[tuple[str, str]], widths: list[int], size: int, *, bold: bool, extra: str = "") -> str:
    font = "".join(f' w:{script}="{decree30.FONT}"' for script in SCRIPTS)
    sized = f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
    face = f"<w:rPr><w:rFonts{font}/>{'<w:b/>' if bold else ''}{sized}</w:rPr>"
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r>{face}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for (text, align), wide in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{extra}</w:trPr>{''.join(written)}</w:tr>"


def _close(document: "Written", shown: SetPaper) -> None:
    """Who receives it on the left, who signs on the right; several signatures side by side, the receivers below."""
    one = len(shown.signatures) == 1
    whole = text_width()
    if shown.signatures:
        count = 2 if one else len(shown.signatures)
        _shape(before := document.add_paragraph(), ALIGN["left"], after=0, spacing=1)
        before.paragraph_format.keep_with_next = True
        table = _bare_table(document.add_table(1, count), [whole / count] * count)
        cells = table.rows[0].cells
        if one and shown.distribution:
            _distribution(cells[0], shown.distribution)
        for cell, signature in zip(cells[1:] if one else cells, shown.signatures, strict=True):
            _sign(cell, signature)
    if shown.distribution and not one:
        _shape(document.add_paragraph(), ALIGN["left"], after=0, spacing=1)
        table = _bare_table(document.add_table(1, 1), [whole])
        _distribution(table.rows[0].cells[0], shown.distribution)
    _thin(document.add_paragraph())


def _distribution(cell: "Cell", lines: Sequence[str]) -> None:
    head = ([Run(decree30.RECIPIENTS, bold=True, italic=True)], SIZES["distribution_head"])
    _stack(cell, [head, *(([Run(line)], SIZES["distribution"]) for line in lines)], align="left")


def _sign(cell: "Cell", signature: Signature) -> None:
    lines = [([Run(text, bold=True)], SIZES["authority"]) for text in (signature.authority, signature.position) if text]
    if signature.note:
        lines.append(([Run(signature.note, italic=True)], SIZES["table"]))
    _stack(cell, lines)
    name = cell.add_paragraph()
    _shape(name, CENTRE, before=68, after=0, spacing=1)
    _write(name, [Run(signature.name, bold=True)], SIZES["signer"])


def _appendix(document: "Written", appendix: SetAppendix, shown: SetPaper) -> None:
    """A part of its own: pages counted anew, its first page without a number, across where a table needs it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, landscape=appendix.landscape)
    section.first_page_footer.is_linked_to_previous = False
    _foot(section.first_page_footer, shown, picture=False)
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")
    numbering.set(qn("w:start"), "1")
    _line(document, [Run(appendix.label, bold=True)], "appendix", after=2)
    title = document.add_paragraph(style="Heading 1")
    _shape(title, CENTRE, before=0, after=2)
    _write(title, [Run(appendix.title, bold=True)], SIZES["appendix"])
    _line(document, [Run(appendix.with_paper, italic=True)], "body", after=12)
    for block in appendix.blocks:
        _block(document, block)


# Small things.


def _line(document: "Written", runs: Sequence[Run], size: str, *, before: float = 0, after: float = 6) -> "Words":
    words: Words = document.add_paragraph()
    _shape(words, CENTRE, before=before, after=after, spacing=1)
    words.paragraph_format.keep_with_next = True
    _write(words, runs, SIZES[size])
    return words


def _shape(
    words: "Words", align: Any, *, before: float = 0, after: float | None = None, indent: bool = False,
    spacing: float | None = None,
) -> None:  # fmt: skip
    shape = words.paragraph_format
    shape.alignment = align
    shape.space_before = Pt(before)
    shape.space_after = Pt(decree30.PARAGRAPH_GAP if after is None else after)
    shape.first_line_indent = Mm(decree30.FIRST_LINE) if indent else Mm(0)
    if spacing is not None:
        shape.line_spacing = spacing


def _write(words: "Words", runs: Sequence[Run], size: float) -> None:
    for run in runs:
        made = words.add_run(run.text)
        if run.bold:
            made.bold = True
        if run.italic:
            made.italic = True
        made.font.size = Pt(size)
        _name_font(made._element.get_or_add_rPr().get_or_add_rFonts())


def _stack(
    cell: "Cell", lines: Sequence[tuple[Sequence[Run], float]], *, align: str = "center", gap: float = 0
) -> None:
    """Lines of a cell, one under the other; the paragraph every cell is born with is the first."""
    for at, (runs, size) in enumerate(lines):
        words = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _shape(words, ALIGN[align], before=gap, after=gap, spacing=1)
        _write(words, runs, size)


def _rule(words: "Words", length: float, room: float, *, after: float = 2) -> None:
    """A line of its own, as long as asked: a paragraph's border between two indents."""
    side = Mm(max(0, (room - length) / 2))
    _thin(words)
    words.paragraph_format.left_indent = words.paragraph_format.right_indent = side
    words.paragraph_format.space_after = Pt(after)
    if not length:
        return
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = words._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _thin(words: "Words") -> None:
    _shape(words, CENTRE, before=2, after=0)
    words.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    words.paragraph_format.line_spacing = Pt(2)


def _bare_table(table: "WrittenTable", widths: Sequence[float]) -> "WrittenTable":
    """Cells without lines and without room around the text."""
    edges = OxmlElement("w:tblBorders")
    for name in EDGES:
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:val"), "nil")
        edges.append(edge)
    table._tbl.tblPr.append(edges)
    _sides(table, 0)
    _widths(table, widths)
    return table


def _sides(table: "WrittenTable", millimetres: float) -> None:
    """Room between the edges of a cell and its text, left and right."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(round(millimetres * 56.7) if name in {"left", "right"} else 0))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _widths(table: "WrittenTable", widths: Sequence[float]) -> None:
    """Fixed: Word would otherwise give a long word the room of its neighbours."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for cells in _rows(table):
        for cell, wide in zip(cells, widths, strict=True):
            cell.width = Mm(wide)
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))


def _rows(table: "WrittenTable") -> list[list["Cell"]]:
    """All cells once: asking a long table for each of its rows anew takes seconds."""
    cells, across = table._cells, len(table.columns)
    return [cells[at : at + across] for at in range(0, len(cells), across)]
