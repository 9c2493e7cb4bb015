"""Papers for Word, read back."""

import re
from itertools import pairwise

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from matxich.documents.docx import docx_of
from matxich.rulebook.papers import decree30
from tests.documents.papers import NASTY, decision, letter, parts_of_word, word_of


def words(document, text):
    """The one paragraph, wherever it stands, that says this."""
    inside = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    found = [p for p in [*document.paragraphs, *inside] if p.text == text]
    assert found, text
    return found[0]


def millimetres(length):
    """Word counts in twentieths of a point."""
    return round(length / Mm(1), 1)


def face(paragraph):
    run = paragraph.runs[0]
    return run.font.size.pt, bool(run.bold), bool(run.italic), paragraph.alignment


@pytest.fixture(scope="module")
def made():
    return docx_of(decision())


@pytest.fixture(scope="module")
def document(made):
    return word_of(made)


def test_every_font_named_is_times_new_roman(made) -> None:
    parts = parts_of_word(made)
    named = {
        font
        for name in parts
        if name.startswith("word/") and "theme" not in name and "fontTable" not in name
        for tag in re.findall(r"<w:rFonts [^>]*>", parts[name])
        for font in re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', tag)
    }
    assert named == {decree30.FONT}
    by_theme = [name for name, text in parts.items() if name == "word/document.xml" and "Theme=" in text]
    assert by_theme == []


def test_pages_are_a4_with_the_margins_of_the_decree(document) -> None:
    first = document.sections[0]
    assert [millimetres(each) for each in (first.page_width, first.page_height)] == [210, 297]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [millimetres(each) for each in margins] == [20, 20, 30, 15]


def test_the_number_of_a_page_is_a_field_centred_in_the_margin_and_not_on_the_first(document) -> None:
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert "".join(p.text for p in section.first_page_header.paragraphs) == ""
    header = document.sections[0].header.paragraphs[0]
    assert [t.text.strip() for t in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert {run.font.size for run in header.runs} == {Pt(14)}


def test_each_appendix_is_a_part_that_counts_its_own_pages(document) -> None:
    starts = [s._sectPr.find(qn("w:pgNumType")) for s in document.sections]
    assert [None if start is None else start.get(qn("w:start")) for start in starts] == [None, "1", "1"]
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    across = document.sections[2]
    assert [millimetres(each) for each in (across.page_width, across.page_height)] == [297, 210]


CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "align"),
    [
        (decree30.NATION, 12, True, False, CENTRE),
        (decree30.MOTTO, 13, True, False, CENTRE),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", 12, False, False, CENTRE),
        ("SỞ CÔNG THƯƠNG HẢI PHÒNG", 12, True, False, CENTRE),
        ("Số: 05/QĐ-SCT", 13, False, False, CENTRE),
        ("Hải Phòng, ngày 05 tháng 02 năm 2026", 13, False, True, CENTRE),
        ("QUYẾT ĐỊNH", 14, True, False, CENTRE),
        ("Về việc phê duyệt danh mục đề án được hỗ trợ kinh phí năm 2027", 14, True, False, CENTRE),
        ("GIÁM ĐỐC SỞ CÔNG THƯƠNG", 14, True, False, CENTRE),
        ("Căn cứ Nghị định số 111/2015/NĐ-CP;", 14, False, True, JUSTIFY),
        ("Theo đề nghị của Trưởng phòng.", 14, False, True, JUSTIFY),
        ("QUYẾT ĐỊNH:", 14, True, False, CENTRE),
        ("Chương I", 14, True, False, CENTRE),
        ("QUY ĐỊNH CHUNG", 14, True, False, CENTRE),
        ("Điều 2. Tổ chức thực hiện", 14, True, False, JUSTIFY),
        ("KT. GIÁM ĐỐC", 14, True, False, CENTRE),
        ("PHÓ GIÁM ĐỐC", 14, True, False, CENTRE),
        ("Lê Hữu Mẫu", 14, True, False, CENTRE),
        ("Nơi nhận:", 12, True, True, LEFT),
        ("- Như Điều 2;", 11, False, False, LEFT),
        ("- Lưu: VT, QLCN.", 11, False, False, LEFT),
        ("Phụ lục I", 14, True, False, CENTRE),
        ("DANH MỤC ĐỀ ÁN", 14, True, False, CENTRE),
    ],
)
def test_every_element_has_its_size_face_and_place(document, text, size, bold, italic, align) -> None:
    assert face(words(document, text)) == (size, bold, italic, align)


def test_the_body_is_justified_with_the_first_line_further_in(document) -> None:
    body = next(p for p in document.paragraphs if p.text.startswith("Điều 1."))
    assert (body.alignment, body.paragraph_format.first_line_indent) == (JUSTIFY, Mm(12.7))
    assert body.paragraph_format.space_after >= Pt(6)
    assert 1 <= document.styles["Normal"].paragraph_format.line_spacing <= 1.5
    assert (body.runs[0].text, bool(body.runs[0].bold), bool(body.runs[2].bold)) == ("Điều 1.", True, False)


def test_headings_are_headings(document) -> None:
    styled = {p.text: p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")}
    assert styled == {
        "QUY ĐỊNH CHUNG": "Heading 1",
        "Điều 2. Tổ chức thực hiện": "Heading 3",
        "1. Kinh phí": "Heading 2",
        "DANH MỤC ĐỀ ÁN": "Heading 1",
        "BIỂU NGANG": "Heading 1",
    }


def test_a_rule_stands_under_the_motto_as_long_as_the_motto(document) -> None:
    state = document.tables[0].rows[0].cells[1]
    rule = next(p for p in state.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None)
    sides = rule.paragraph_format.left_indent + rule.paragraph_format.right_indent
    from matxich.documents.setting import width

    assert (Mm(decree30.RIGHT_COLUMN) - sides) / Mm(1) == pytest.approx(width(decree30.MOTTO, 13, bold=True), abs=0.1)


def test_a_table_repeats_its_head_and_keeps_figures_right(document) -> None:
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "TT")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    cells = [[c.text for c in row.cells] for row in table.rows]
    assert cells == [["TT", "Đề án", "Kinh phí"], ["1", "Đúc áp lực (mẫu)", "620.000.000"], ["", "Cộng", "620.000.000"]]
    assert table.rows[1].cells[2].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert table.rows[2].cells[1].paragraphs[0].runs[0].bold


def test_what_people_write_stays_text(document, made) -> None:
    body = next(p for p in document.paragraphs if p.text.startswith("Điều 1."))
    assert body.text == f"Điều 1. Phê duyệt 02 đề án. {NASTY}"
    assert "&lt;w:p&gt;" in parts_of_word(made)["word/document.xml"]


def test_the_code_stands_at_the_foot_with_its_picture_on_the_first_page(document) -> None:
    first, other = document.sections[0].first_page_footer, document.sections[0].footer
    said = "Mã tra cứu 7K2Q-91AV-44D8. Kiểm tra tại https://matxich.example/xac-minh/7K2Q-91AV-44D8/"
    assert [cell.text for cell in first.tables[0].rows[0].cells] == [said, ""]
    assert [cell.text for cell in other.tables[0].rows[0].cells] == [said, ""]
    assert len(first._element.findall(f".//{qn('w:drawing')}")) == 1
    assert other._element.findall(f".//{qn('w:drawing')}") == []


def test_a_letter_has_its_subject_under_the_number_and_dashes_under_the_colon() -> None:
    document = word_of(docx_of(letter()))
    assert face(words(document, "V/v trả hồ sơ đề án")) == (12, False, False, CENTRE)
    assert words(document, "- Công ty Hai Mẫu.").alignment == LEFT
    assert words(document, "Kính gửi:").runs[0].font.size == Pt(14)


def test_tables_never_touch() -> None:
    """Word takes two tables without a paragraph between them for one."""
    for paper in (decision(), letter()):
        kinds = [child.tag.rpartition("}")[2] for child in word_of(docx_of(paper)).element.body]
        assert ("tbl", "tbl") not in set(pairwise(kinds))


def test_the_same_paper_gives_the_same_file(made) -> None:
    assert docx_of(decision()) == made
