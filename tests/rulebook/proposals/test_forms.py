"""The long form: what ships, what a slip in it is called, what it asks of whom, what keeps it back."""

import pytest

from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated, UnknownKey
from matxich.rulebook.proposals.forms import (
    BadAnswer,
    Form,
    UnknownName,
    faults,
    form_of,
    progress,
    read_answer,
    shown_fields,
    shown_sections,
    told_facts,
)

HEAD = "id: thu\nedition: '1'\nvi: Thử\nen: Try\narticle: {instrument: tt-36-2013-bct}\nconfidence: low\ngroup: kc\n"


def made(fields: str, instruments: frozenset[str]) -> Form:
    return form_of("thu.yaml", f"{HEAD}sections:\n  - id: a\n    vi: A\n    en: A\n    fields:\n{fields}", instruments)


def test_the_forms_that_ship_name_the_eight_contents_and_the_twelve(forms: dict[str, Form]) -> None:
    assert sorted(forms) == ["cnht-62", "kc-30", "kc-ho"]
    assert [one.id for one in shown_sections(forms["kc-30"], "single")] == [
        "don-vi", "su-can-thiet", "muc-tieu", "quy-mo", "noi-dung", "to-chuc", "hieu-qua", "cam-ket",
    ]  # fmt: skip
    assert [one.id for one in shown_sections(forms["cnht-62"], "grouped")] == [
        "don-vi", "su-can-thiet", "muc-tieu", "noi-dung", "to-chuc", "nhom", "hieu-qua", "cam-ket",
    ]  # fmt: skip
    assert {form.id: (form.confidence, form.group) for form in forms.values()} == {
        "kc-30": ("high", "kc"), "cnht-62": ("medium", "cnht"), "kc-ho": ("low", "kc"),
    }  # fmt: skip


def test_every_field_has_words_in_both_languages(forms: dict[str, Form]) -> None:
    plain = [
        f"{form.id}.{one.id}"
        for form in forms.values()
        for one in form.fields
        if not one.words.vi or not one.words.en or bool(one.help.vi) != bool(one.help.en)
    ]
    assert plain == []


@pytest.mark.parametrize(
    ("fields", "fault", "line"),
    [
        ("      - {id: x, kind: text, vi: X}\n", MissingKey, 13),
        ("      - {id: x, kind: txt, vi: X, en: X}\n", BadValue, 13),
        ("      - {id: x, kind: text, vi: X, en: X, requird: true}\n", UnknownKey, 13),
        ("      - {id: x, kind: text, vi: X, en: X, required: 1}\n", BadValue, 13),
        ("      - {id: x, kind: text, vi: X, en: X, contents: [KC-99]}\n", BadValue, 13),
        ("      - {id: x, kind: text, vi: X, en: X, fact: is_line}\n", BadValue, 13),
        ("      - {id: x, kind: choice, vi: X, en: X}\n", MissingKey, 13),
        ("      - {id: x, kind: text, vi: X, en: X, help_vi: chỉ một}\n", MissingKey, 13),
        ("      - {id: x, kind: text, vi: X, en: X, passport: nam}\n", BadValue, 13),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(
    fields: str, fault: type[LawFault], line: int, instruments: frozenset[str]
) -> None:
    with pytest.raises(fault) as raised:
        made(fields, instruments)
    assert (type(raised.value), raised.value.file, raised.value.line) == (fault, "thu.yaml", line)


def test_a_field_waits_only_for_one_before_it(instruments: frozenset[str]) -> None:
    later = (
        "      - {id: x, kind: text, vi: X, en: X, when: {y: [true]}}\n      - {id: y, kind: yes_no, vi: Y, en: Y}\n"
    )
    with pytest.raises(UnknownName):
        made(later, instruments)
    with pytest.raises(Repeated):
        made("      - {id: x, kind: text, vi: X, en: X}\n" * 2, instruments)
    with pytest.raises(BadValue):
        made(
            "      - {id: y, kind: yes_no, vi: Y, en: Y}\n      - {id: x, kind: text, vi: X, en: X, when: {y: [có]}}\n",
            instruments,
        )


def test_a_field_of_another_content_is_not_asked(forms: dict[str, Form]) -> None:
    section = forms["kc-30"].section("quy-mo")
    assert section is not None
    asked = {code: [one.id for one in shown_fields(section, {}, code)] for code in ("KC-12", "KC-17")}
    assert asked == {
        "KC-12": ["scale", "better", "new_machines", "is_line", "priority"],
        "KC-17": ["scale", "fair_role", "priority"],
    }


def test_a_prerequisite_opens_a_field_and_makes_it_wanted(forms: dict[str, Form]) -> None:
    section = forms["kc-30"].section("to-chuc")
    assert section is not None
    ids = [[one.id for one in shown_fields(section, {"land_ready": said}, "KC-12")] for said in (True, False, None)]
    assert ids == [
        ["organisation", "counterpart", "land_ready"],
        ["organisation", "counterpart", "land_ready", "land_when"],
        ["organisation", "counterpart", "land_ready"],
    ]


def test_what_keeps_a_form_from_being_handed_in(forms: dict[str, Form]) -> None:
    form = forms["kc-ho"]
    wrong = faults(form, {}, shape="single", content="KC-12")
    assert [(one.field, one.why) for one in wrong if one.section == "cam-ket"] == [
        ("counterpart", "vow"), ("no_double", "vow"), ("truth", "vow"),
    ]  # fmt: skip
    said = {"counterpart": True, "no_double": False, "truth": True, "land_ready": False, "problem": "ngắn"}
    left = {one.path: one.why for one in faults(form, said, shape="single", content="KC-12")}
    assert (left["cam-ket.no_double"], left["de-an.land_when"], left["de-an.problem"]) == ("vow", "missing", "short")
    assert "cam-ket.counterpart" not in left and "de-an.land_ready" not in left


def test_progress_counts_only_what_has_to_be_answered(forms: dict[str, Form]) -> None:
    told = progress(forms["kc-ho"], {"executor": "Hộ Mẫu", "site": "Xã Mẫu"}, shape="single", content="KC-12")
    assert [(one.section.id, one.answered, one.wanted) for one in told] == [
        ("co-so", 2, 5), ("de-an", 0, 8), ("cam-ket", 0, 3),
    ]  # fmt: skip


def test_answers_tell_the_law_its_facts(forms: dict[str, Form]) -> None:
    said = {"line": "supporting", "is_line": False, "counterpart": True, "fair_role": "joining", "priority": None}
    assert told_facts(forms["kc-30"], said, shape="single", content="KC-12") == {
        "sector": "supporting", "is_line": False, "counterpart_committed": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("workers", "1.500", 1500), ("workers", "", None), ("workers", " 12 ", 12),
        ("starts", "5/6/2027", "2027-06-05"),
        ("new_machines", "on", True), ("new_machines", "", None), ("land_ready", "false", False),
        ("line", "supporting", "supporting"), ("problem", "a\r\nb  ", "a\nb"), ("executor", "  Cơ  khí ", "Cơ khí"),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_as_it_means(field: str, said: str, kept: object, forms: dict[str, Form]) -> None:
    one = forms["kc-30"].field(field)
    assert one is not None and read_answer(one, said) == kept


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("workers", "-3"), ("workers", "khoảng 12"), ("workers", "1,5"), ("workers", "mười hai"),
        ("workers", "1000000000000001"), ("starts", "06/2027"), ("line", "nothing"), ("executor", "x" * 301),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_words(field: str, said: str, forms: dict[str, Form]) -> None:
    one = forms["kc-30"].field(field)
    assert one is not None
    with pytest.raises(BadAnswer) as raised:
        read_answer(one, said)
    assert raised.value.words.vi and raised.value.words.en


def test_a_share_is_kept_in_ten_thousandths(forms: dict[str, Form]) -> None:
    one = forms["cnht-62"].field("capacity_growth")
    assert one is not None and [read_answer(one, said) for said in ("25%", "12,5", "0")] == [2500, 1250, 0]
