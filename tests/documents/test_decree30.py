"""The words and numbers of decree 30/2020, Appendix I, without a renderer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.documents.letters import missing_letters
from matxich.documents.paper import LONGEST_TEXT, Paragraph, Unprintable, plain
from matxich.documents.setting import set_out, text_width, width
from matxich.rulebook.papers import decree30
from matxich.rulebook.papers.codes import LETTERS, make_code, parse_code
from matxich.rulebook.papers.kinds import KINDS, abbreviation_of, symbol_of
from matxich.rulebook.vietnamese.spelling import in_words, money_in_words
from tests.documents.papers import decision, letter


def test_every_size_lies_where_the_decree_allows_it() -> None:
    assert {
        name: size
        for name, size in decree30.SIZES.items()
        if name in decree30.ALLOWED and not decree30.ALLOWED[name][0] <= size <= decree30.ALLOWED[name][1]
    } == {}
    assert set(decree30.SIZES) - set(decree30.ALLOWED) == {"table", "code"}  # which the decree does not speak of


def test_margins_lie_where_the_decree_allows_them() -> None:
    page = decree30.PAGE
    assert (page.width, page.height) == (210, 297)
    assert 20 <= page.top <= 25
    assert 20 <= page.bottom <= 25
    assert 30 <= page.left <= 35
    assert 15 <= page.right <= 20
    assert page.width - page.left - page.right == decree30.LEFT_COLUMN + decree30.RIGHT_COLUMN
    assert 1 <= decree30.LINE_SPACING <= 1.5
    assert decree30.FIRST_LINE in (10, 12.7)


@pytest.mark.parametrize(
    ("number", "elsewhere", "shown"),
    [(5, "", "Số: 05/QĐ-SCT"), (12, "", "Số: 12/QĐ-SCT"), (1205, "", "Số: 1205/QĐ-SCT"),
     (None, "", "Số:        /QĐ-SCT"), (None, "1234/QĐ-UBND", "Số: 1234/QĐ-UBND")],
)  # fmt: skip
def test_a_number_below_ten_takes_a_zero(number: int | None, elsewhere: str, shown: str) -> None:
    assert decree30.number_and_symbol(number, "QĐ-SCT", elsewhere=elsewhere) == shown


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2026, 1, 5), "Hải Phòng, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "Hải Phòng, ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Hải Phòng, ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Hải Phòng, ngày 31 tháng 12 năm 2026"),
        (None, "Hải Phòng, ngày      tháng      năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(on: date | None, shown: str) -> None:
    assert decree30.place_and_date("Hải Phòng", on, 2026) == shown


def test_grounds_and_recipients_end_as_the_decree_says() -> None:
    assert decree30.bases(("Căn cứ A", " Căn cứ B; ", "", "Căn cứ C.")) == ("Căn cứ A;", "Căn cứ B;", "Căn cứ C.")
    assert decree30.recipients(("Như trên", "- Lưu: VT;")) == ("- Như trên;", "- Lưu: VT.")
    assert decree30.recipients(()) == ()


@pytest.mark.parametrize(("number", "shown"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_appendices_are_counted_in_roman(number: int, shown: str) -> None:
    assert decree30.roman(number) == shown


def test_symbols_are_built_as_the_decree_says() -> None:
    assert symbol_of(KINDS["approval"], "SCT", "QLCN") == "QĐ-SCT"
    assert symbol_of(KINDS["return_letter"], "SCT", "QLCN") == "SCT-QLCN"
    assert symbol_of(KINDS["return_letter"], "SCT") == "SCT"
    assert abbreviation_of("Sở Công Thương Hải Phòng (mẫu)") == "SCTHP"


def test_names_of_the_forms_are_those_of_the_circular() -> None:
    assert [kind.name for kind in KINDS.values() if kind.code.startswith("form_")] == [
        "Mẫu 1: Dự toán kinh phí",
        "Mẫu 2: Biểu tổng hợp (chi tiết) các đề án KCQG",
        "Mẫu 4a: Phiếu thẩm định cấp cơ sở",
        "Mẫu 4b: Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"), (5, "năm"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (24, "hai mươi tư"),
        (105, "một trăm lẻ năm"), (1_000, "một nghìn"), (1_005, "một nghìn không trăm lẻ năm"),
        (1_205_000, "một triệu hai trăm lẻ năm nghìn"), (2_242_000_000, "hai tỷ hai trăm bốn mươi hai triệu"),
        (10**15, "một triệu tỷ"), (-3, "âm ba"),
    ],
)  # fmt: skip
def test_amounts_in_words(number: int, said: str) -> None:
    assert in_words(number) == said


def test_an_amount_begins_with_a_capital() -> None:
    assert money_in_words(300_000_000) == "Ba trăm triệu đồng"


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_no_two_amounts_have_the_same_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


# The code at the foot.


def test_a_code_survives_hands_and_eyes() -> None:
    code = make_code(lambda letters: letters[7])
    assert parse_code(code) == code
    assert parse_code(code.lower().replace("-", " ")) == code


@given(st.lists(st.sampled_from(LETTERS), min_size=11, max_size=11), st.integers(0, 11), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(body: list[str], at: int, wrong: str) -> None:
    chosen = iter(body)
    bare = make_code(lambda _letters: next(chosen)).replace("-", "")
    slip = bare[:at] + wrong + bare[at + 1 :]
    assert (parse_code(slip) is None) == (slip != bare)


@pytest.mark.parametrize(
    "text", ["", "7K2Q", "7K2Q-91AV-44D", "7K2Q-91AV-44D88", "0000-0000-0000", "đ" * 12, "'; DROP"]
)
def test_what_can_be_no_code_is_none(text: str) -> None:
    assert parse_code(text) is None


# Setting out.


def test_a_paper_is_set_out_as_the_decree_says() -> None:
    shown = set_out(decision())
    assert shown.number == "Số: 05/QĐ-SCT"
    assert shown.place_date == "Hải Phòng, ngày 05 tháng 02 năm 2026"
    assert (shown.parent, shown.issuer) == ("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "SỞ CÔNG THƯƠNG HẢI PHÒNG")
    assert (shown.kind, shown.authority, shown.enacting) == ("QUYẾT ĐỊNH", "GIÁM ĐỐC SỞ CÔNG THƯƠNG", "QUYẾT ĐỊNH:")
    assert shown.bases == ("Căn cứ Nghị định số 111/2015/NĐ-CP;", "Theo đề nghị của Trưởng phòng.")
    assert shown.distribution == ("- Như Điều 2;", "- Lưu: VT, QLCN.")
    assert (shown.signatures[0].authority, shown.signatures[0].position) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert shown.blocks[-1].runs[-1].text == "các đơn vị thi hành Quyết định này./."  # type: ignore[union-attr]
    assert [each.label for each in shown.appendices] == ["Phụ lục I", "Phụ lục II"]
    assert shown.appendices[0].with_paper == (
        "(Kèm theo văn bản số 05/QĐ-SCT ngày 05 tháng 02 năm 2026 của Sở Công Thương Hải Phòng)"
    )
    assert shown.letter_subject == ""


def test_a_letter_says_what_it_is_about_under_its_number() -> None:
    shown = set_out(letter())
    assert (shown.kind, shown.subject, shown.letter_subject) == ("", "", "V/v trả hồ sơ đề án")
    assert shown.addressees == ("- Công ty Một Mẫu;", "- Công ty Hai Mẫu.")
    assert set_out(letter(addressees=("Công ty Một Mẫu",))).addressee == "Công ty Một Mẫu"


def test_a_form_without_a_number_shows_none_and_does_not_end_like_a_letter() -> None:
    shown = set_out(decision(is_numbered=False, blocks=(Paragraph(plain("Hết.")),)))
    assert shown.number == ""
    assert shown.blocks[0].runs[0].text == "Hết."  # type: ignore[union-attr]


def test_rules_have_the_lengths_the_decree_gives_them() -> None:
    shown = set_out(decision())
    motto = width(decree30.MOTTO, decree30.SIZES["motto"], bold=True)
    assert shown.motto_rule == motto
    issuer = width(shown.issuer, decree30.SIZES["issuer"], bold=True)
    assert 1 / 3 <= shown.issuer_rule / min(issuer, decree30.LEFT_COLUMN) <= 1 / 2
    assert 40 < motto < 60


def test_columns_are_never_narrower_than_their_figures() -> None:
    from matxich.documents.paper import Column, Row, Table

    table = Table(
        (Column("TT"), Column("Nội dung", 2), *(Column("Kinh phí", 2, "right") for _ in range(4))),
        (Row(("1", "Máy dập liên hoàn", *["1.234.567.890"] * 4), True),),
    )
    set_table = set_out(decision(blocks=(table,))).blocks[0]
    needed = width("1.234.567.890", set_table.size, bold=True)  # type: ignore[union-attr]
    assert all(wide > needed for wide in set_table.widths[2:])  # type: ignore[union-attr]
    assert sum(set_table.widths) == pytest.approx(text_width(), abs=0.1)  # type: ignore[union-attr]


# What people write.


def test_controls_go_and_breaks_become_spaces() -> None:
    shown = set_out(decision(subject="A\x00B\x1bC\nD\u202eE\ue000F\ud800"))
    assert shown.subject == "ABC DEF"


def test_a_text_that_is_a_file_is_refused() -> None:
    with pytest.raises(Unprintable):
        set_out(decision(subject="x" * 10_000_000))
    assert set_out(decision(subject="x " * (LONGEST_TEXT // 2))).subject


def test_letters_the_font_lacks_are_named() -> None:
    assert missing_letters("Nguyễn Ổ ₫ 한국 ☑") == "한국☑"
    with pytest.raises(Unprintable, match="한"):
        set_out(decision(subject="Công ty 한국"))


def test_the_font_holds_every_vietnamese_letter() -> None:
    from unicodedata import normalize

    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    letters = {normalize("NFC", vowel + mark) for vowel in vowels for mark in marks} | set("đĐ₫“”–…")
    assert missing_letters("".join(sorted(letters))) == ""
