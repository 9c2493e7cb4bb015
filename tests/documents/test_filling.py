"""Templates: what they may say, what they refuse, and that a value never becomes anything but text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.documents.filling import LONGEST_TEMPLATE, TemplateFault, faults_of, filled
from matxich.documents.markup import Parts, parts_of
from matxich.documents.paper import Article, Column, Heading, Paragraph, Row, Run, Table, plain

SHAPE = {"ten": None, "tien": None, "ngay": None, "diem": None, "ds": {"ten": None, "con": {"ma": None}}}
VALUES = {
    "ten": "Đúc Mẫu", "tien": 1_205_000, "ngay": date(2026, 1, 5), "diem": Decimal("84.5"),
    "ds": [{"ten": "Một", "con": [{"ma": "a"}, {"ma": "b"}]}, {"ten": "Hai", "con": []}],
}  # fmt: skip


def body(text: str, values: dict[str, object] | None = None) -> Parts:
    return parts_of(filled(f"[nội dung]\n{text}", VALUES | (values or {}), SHAPE))


def codes(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in faults_of(f"[nội dung]\n{text}", SHAPE)]


def test_lines_become_the_parts_of_a_paper() -> None:
    parts = body(
        "# Chương I: Chung\n## I. Thành phần\nĐiều 2. **Đầu đề** Lời.\nĐiều 3. Lời *nghiêng*.\n"
        ">> phải\n>< giữa\n<< sát\n- gạch"
    )
    assert parts.blocks == (
        Heading("Chung", 1, "Chương I"),
        Heading("Thành phần", 2, "I."),
        Article(2, "Đầu đề", plain("Lời.")),
        Article(3, "", (Run("Lời "), Run("nghiêng", italic=True), Run("."))),
        Paragraph(plain("phải"), "right", False),
        Paragraph(plain("giữa"), "center", False),
        Paragraph(plain("sát"), "justify", False),
        Paragraph(plain("- gạch")),
    )


def test_sections_lie_apart() -> None:
    text = (
        "[trích yếu]\nVề {{ ten }}\n[kính gửi]\nA\nB\n[căn cứ]\nCăn cứ một\n[nội dung]\nX\n[chữ ký]\n"
        "CHỦ TỊCH | Lê Mẫu | mandat\n[nơi nhận]\nLưu: VT\n[phụ lục ngang] Danh mục {{ ten }}\nY"
    )
    parts = parts_of(filled(text, VALUES, SHAPE))
    assert (parts.subject, parts.addressees, parts.bases, parts.distribution) == (
        "Về Đúc Mẫu", ("A", "B"), ("Căn cứ một",), ("Lưu: VT",),
    )  # fmt: skip
    assert [(s.position, s.name, s.note) for s in parts.signatures] == [("CHỦ TỊCH", "Lê Mẫu", "mandat")]
    assert [(a.title, a.landscape) for a in parts.appendices] == [("Danh mục Đúc Mẫu", True)]


def test_a_loop_makes_the_rows_of_one_table() -> None:
    parts = body(
        ">> Đơn vị: đồng\n| TT | Tên |\n|:-:|-----|\n{% for d in ds %}\n| {{ forloop.index }} | {{ d.ten }} |\n"
        "{% endfor %}\n| | **Cộng** |"
    )
    assert parts.blocks == (
        Table(
            (Column("TT", 1, "center"), Column("Tên", 5)),
            (Row(("1", "Một")), Row(("2", "Hai")), Row(("", "Cộng"), True)),
            "Đơn vị: đồng",
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ tien | tien }}", "1.205.000"),
        ("{{ tien | bang_chu }}", "Một triệu hai trăm lẻ năm nghìn đồng"),
        ("{{ ngay | ngay }}", "ngày 05 tháng 01 năm 2026"),
        ("{{ ngay | ngay_ngan }}", "05/01/2026"),
        ("{{ diem | thap_phan }}", "84,5"),
        ("{{ ten | hoa }}", "ĐÚC MẪU"),
        ("{{ ds.size | so }}", "02"),
        ("{% if tien > 10 %}nhiều{% else %}ít{% endif %}", "nhiều"),
        ("{% for d in ds %}{% for c in d.con %}{{ c.ma }}{% endfor %}{% endfor %}", "ab"),
        ("{{ ds.first.ten }}", "Một"),
    ],
)
def test_fields_conditions_loops_and_filters(text: str, said: str) -> None:
    assert body(text).blocks == (Paragraph(plain(said)),)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("x\n{{ tem }}", [(3, "unknown_field")]),
        ("{% for d in ds %}{{ d.tn }}{% endfor %}", [(2, "unknown_field")]),
        ("{% if false %}{{ la }}{% endif %}", [(2, "unknown_field")]),
        ("{{ ten | ruby }}", [(2, "unknown_filter")]),
        ("{{ ten.__class__ }}", [(2, "unknown_field")]),
        ("{{ ten[0] }}", [(2, "unknown_field")]),
        ("{% include 'x' %}", [(2, "syntax")]),
        ("{% render 'x' %}", [(2, "syntax")]),
        ("{% assign a = 1 %}", [(2, "syntax")]),
        ("{% capture a %}{% endcapture %}", [(2, "syntax")]),
        ("{% if %}", [(2, "syntax")]),
        ("{% if ten %}", [(0, "syntax")]),
        ("[lạ]\nx", [(2, "unknown_section")]),
        ("[nội dung]\nx", [(2, "section_twice")]),
        ("{{ tem }}\n{{ tem }}", [(2, "unknown_field"), (3, "unknown_field")]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, faults: list[tuple[int, str]]) -> None:
    assert codes(text) == faults


def test_a_near_miss_is_offered() -> None:
    (fault,) = faults_of("[nội dung]\n{{ tem }}", SHAPE)
    assert "“ten”" in fault.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ ten | tien }}", "syntax"),
        ("{{ ten | ngay }}", "syntax"),
        ("{% for i in (1..999999999) %}x{% endfor %}", "too_much"),
        ("{% for a in (1..200) %}{% for b in (1..200) %}x{% endfor %}{% endfor %}", "too_much"),
        ("| A |\n|---|\n| 1 | 2 |", "uneven_table"),
    ],
)
def test_what_only_shows_with_values_is_named_too(text: str, code: str) -> None:
    with pytest.raises(TemplateFault) as refused:
        body(text)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_template_needs_a_body_and_an_end() -> None:
    assert [fault.code for fault in faults_of("[trích yếu]\nx", SHAPE)] == ["no_body"]
    assert [fault.code for fault in faults_of("x" * (LONGEST_TEMPLATE + 1), SHAPE)] == ["too_long"]


@given(st.text(max_size=80))
def test_a_value_never_becomes_anything_but_text(value: str) -> None:
    from matxich.documents.paper import printable

    said = " ".join(printable(value).split())
    parts = parts_of(filled("[trích yếu]\n{{ ten }}\n[nội dung]\n{{ ten }}\nXong", {"ten": value}, {"ten": None}))
    assert parts.subject == said
    first, *rest = parts.blocks
    assert rest == ([Paragraph(plain("Xong"))] if said else [])
    if said:
        assert isinstance(first, Paragraph)
        assert " ".join("".join(run.text for run in first.runs).split()) == said
        assert all(not run.bold and not run.italic for run in first.runs)
    assert (parts.distribution, parts.appendices, parts.signatures) == ((), (), ())


@pytest.mark.parametrize(
    "value",
    ["Điều 9. Hủy", "[nơi nhận]\nTrộm", "| a | b |", "**đậm**", "## I. Mục", ">> x", "- y", "{{ tien }}", "{% x %}"],
)
def test_marks_inside_a_value_are_letters(value: str) -> None:
    parts = body("{{ ten }}", {"ten": value})
    assert parts.blocks == (Paragraph(plain(" ".join(value.split()))),)


def test_a_value_with_a_bar_stays_in_its_cell() -> None:
    parts = body("| A | B |\n|---|---|\n| {{ ten }} | x |", {"ten": "a | b | c"})
    assert parts.blocks == (Table((Column("A", 3), Column("B", 3)), (Row(("a | b | c", "x")),)),)
