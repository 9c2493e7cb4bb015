"""Papers as PDF, read back: text, fonts, pages."""

import io

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from matxich.documents.paper import Paragraph, plain
from matxich.documents.pdf import pdf_of
from tests.documents.papers import NASTY, decision, letter, pages_of


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf_of(decision())


def test_every_font_is_ours_and_lies_in_the_file(made: bytes) -> None:
    fonts, embedded = set(), True
    for page in PdfReader(io.BytesIO(made)).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            fonts.add(font["/BaseFont"].split("+")[-1].split("-Identity")[0])
            (inner,) = font["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            embedded &= any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
    assert fonts == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert embedded


def test_pages_are_a4_and_a_wide_appendix_lies_across(made: bytes) -> None:
    sizes = [
        (round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in PdfReader(io.BytesIO(made)).pages
    ]
    assert set(sizes[:-1]) == {(595, 842)}
    assert sizes[-1] == (842, 595)


def test_pages_are_numbered_from_the_second_of_each_part() -> None:
    long = (Paragraph(plain("Một đoạn của văn bản. " * 40)),) * 8
    pages = [page.strip().split("\n")[0].strip() for page in pages_of(pdf_of(decision(blocks=long)))]
    numbered = [line if line.isdecimal() else "" for line in pages]
    assert numbered == ["", "2", "3", "4", "", "2", ""]
    assert (pages[4], pages[6]) == ("Phụ lục I", "Phụ lục II")


def test_what_people_write_stays_text(made: bytes) -> None:
    text = " ".join("".join(pages_of(made)).split())
    assert " ".join(NASTY.split()) in text


def test_the_text_is_that_of_the_decree(made: bytes) -> None:
    page = " ".join(pages_of(made)[0].split())
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ CÔNG THƯƠNG HẢI PHÒNG",
        "Số: 05/QĐ-SCT", "Hải Phòng, ngày 05 tháng 02 năm 2026", "GIÁM ĐỐC SỞ CÔNG THƯƠNG", "QUYẾT ĐỊNH:",
        "Mã tra cứu 7K2Q-91AV-44D8.",
    ):  # fmt: skip
        assert said in page


def test_it_is_meant_for_the_archive(made: bytes) -> None:
    metadata = PdfReader(io.BytesIO(made)).xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "B")


def test_a_draft_says_so() -> None:
    assert "Dự thảo, chưa ban hành" in pages_of(pdf_of(letter(draft=True)))[0]
    assert "Dự thảo" not in pages_of(pdf_of(letter()))[0]


def test_long_names_wrap_and_endless_words_break() -> None:
    name = "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp hỗ trợ thành phố Hải Phòng Thừa Thiên"
    paper = letter(issuer=name, addressees=("x" * 200,), subject="y" * 150)
    page = PdfDocument(pdf_of(paper))[0]
    text = page.get_textpage()
    rights = [text.get_charbox(at)[2] for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    assert max(rights) <= 595.3 - 15 * 72 / 25.4 + 1


def test_the_same_paper_gives_the_same_file(made: bytes) -> None:
    assert pdf_of(decision()) == made


def test_both_renderers_say_the_same() -> None:
    from matxich.documents.docx import docx_of
    from tests.documents.papers import word_of

    document = word_of(docx_of(letter()))
    inside = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    told = {" ".join(text.split()) for text in [*inside, *(p.text for p in document.paragraphs)] if text.strip()}
    page = " ".join(pages_of(pdf_of(letter()))[0].split())
    assert [text for text in sorted(told) if text not in page] == []
