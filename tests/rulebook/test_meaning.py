"""What a text means: decisions before the mapping, longer stretches before shorter ones, in whatever order made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.meaning import Decided, Decisions, Meaning, meaning, phrase_key, read
from matxich.rulebook.taxonomy import Scheme
from tests.rulebook.taxonomy.world import small

TAXONOMY = small()
CELLS = (
    "Ép, phay CNC; việc khác",
    "hàn/ép",
    "ép các loại",
    "EP",
    "mài vô tâm và việc khác",
    "phay hàn",
    "mạ ép",
    "",
    "…",
)
KEYS = sorted({key for cell in CELLS for _, key in read(TAXONOMY, cell, Scheme.PROCESSES).keys})
CODES = ("injection", "turning", "welding")


def means(text: str, decisions: Decisions | None = None, scheme: Scheme = Scheme.PROCESSES) -> Meaning:
    return meaning(read(TAXONOMY, text, scheme), decisions or {})


def said(text: str, **decided: tuple[str, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Phrases with verdict and concepts; a decision's key is given with "_" for spaces."""
    known = enumerate(decided.items(), start=1)
    decisions = {("process", key.replace("_", " ")): Decided(number, codes) for number, (key, codes) in known}
    return [(phrase.text, phrase.verdict, phrase.concepts) for phrase in means(text, decisions).phrases]


def test_the_taxonomy_alone() -> None:
    assert said("Ép các loại, phay CNC; việc khác") == [
        ("Ép các loại", "ambiguous", ()),
        ("phay CNC", "mapped", ("cnc-milling",)),
        ("việc khác", "unmapped", ()),
    ]
    doubtful = means("Ép")
    assert (doubtful.verdict, doubtful.confidence, doubtful.concepts) == ("ambiguous", 0.5, ())
    assert {each.concept for each in doubtful.candidates} >= {"injection", "die-casting"}
    assert (means("").verdict, means("").phrases, means("...").confidence) == ("unmapped", (), 0.0)


def test_a_guess_below_sure_is_a_candidate_only() -> None:
    guess = means("cắt gọt xyz abc def ghi klm nop qrs tuv")
    assert (guess.verdict, guess.concepts) == ("unmapped", ())
    assert [each.concept for each in guess.candidates] == ["machining"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("mài vô tâm và việc khác", ["mài vô tâm", "việc khác"]),
        ("hàn/ép; mạ", ["hàn", "ép", "mạ"]),
        ("ダイカスト及びめっき", ["ダイカスト", "めっき"]),
        ("phay abc, abc", ["phay abc", "abc"]),
    ],
)
def test_phrases_stand_between_separators(text: str, phrases: list[str]) -> None:
    found = means(text).phrases
    assert [phrase.text for phrase in found] == phrases
    assert [text[phrase.first : phrase.last] for phrase in found] == phrases


def test_terms_that_stand_together_are_one_question_when_one_is_doubtful() -> None:
    assert said("phay hàn") == [("phay", "mapped", ("milling",)), ("hàn", "mapped", ("welding",))]
    (both,) = means("mạ ép").phrases
    assert (both.text, both.verdict, both.concepts) == ("mạ ép", "ambiguous", ("plating",))
    assert [each.concept for each in both.candidates] == ["plating", "die-casting"]
    assert said("mạ ép", ep=("turning",)) == [("mạ ép", "ambiguous", ("plating",))]
    assert said("mạ ép", ma_ep=("turning",)) == [("mạ ép", "decided", ("turning",))]


def test_standards_share_a_body() -> None:
    found = means("ISO 9001/14001", scheme=Scheme.CERTIFICATES)
    assert [(phrase.text, phrase.concepts) for phrase in found.phrases] == [
        ("ISO 9001", ("iso-9001",)),
        ("14001", ("iso-14001",)),
    ]


def test_a_decision_goes_before_the_mapping() -> None:
    assert said("ÉP, phay CNC", ep=("turning",)) == [
        ("ÉP", "decided", ("turning",)),
        ("phay CNC", "mapped", ("cnc-milling",)),
    ]
    assert said("phay CNC", phay_cnc=()) == [("phay CNC", "decided", ())]
    assert said("việc khác", viec_khac=("welding", "turning")) == [("việc khác", "decided", ("welding", "turning"))]
    assert said("ép các loại", ep=("turning",)) == [("ép các loại", "ambiguous", ())]
    assert said("Ép", phay=("milling",)) == said("Ép")


def test_a_decision_on_more_goes_before_one_on_a_part() -> None:
    assert said("hàn/ép", han_ep=("turning",), ep=("injection",)) == [("hàn/ép", "decided", ("turning",))]
    assert said("hàn/ép; mạ", han_ep=("turning",)) == [
        ("hàn/ép", "decided", ("turning",)),
        ("mạ", "mapped", ("plating",)),
    ]


@given(
    st.sampled_from(CELLS),
    st.lists(st.tuples(st.sampled_from(KEYS), st.lists(st.sampled_from(CODES), unique=True)), unique_by=lambda x: x[0]),
    st.randoms(),
)
def test_in_any_order_the_same_decisions_mean_the_same(text, decided, random) -> None:
    numbered = [(("process", key), Decided(number, tuple(codes))) for number, (key, codes) in enumerate(decided)]
    shuffled = random.sample(numbered, len(numbered))
    one, other = means(text, dict(numbered)), means(text, dict(shuffled))
    assert one == other
    # Phrases follow one another; nothing is decided that no decision says; the text is as it was.
    assert one.text == text
    assert all(left.last <= right.first for left, right in zip(one.phrases, one.phrases[1:], strict=False))
    for phrase in one.phrases:
        told = dict(numbered).get(("process", phrase.key))
        assert phrase.decision == told
        assert phrase.verdict == "decided" if told else phrase.verdict != "decided"


@given(st.text(max_size=60))
def test_any_text_has_a_meaning(text: str) -> None:
    found = means(text)
    assert found.text == text
    assert all(phrase.key == phrase_key(phrase.text) for phrase in found.phrases)


@pytest.mark.parametrize("until", ["hiệu lực đến 31/08/2025", "có giá trị đến 8/2026", "HSD 2027", "valid until 2028"])
def test_how_long_a_certificate_counts_is_no_phrase(until: str) -> None:
    alone, dated = read(TAXONOMY, "QT 01, QT 02", Scheme.CERTIFICATES), f"QT 01 ({until}), QT 02 ({until})"
    told = read(TAXONOMY, dated, Scheme.CERTIFICATES)
    assert told.text == dated
    assert [phrase.key for phrase in told.phrases] == [phrase.key for phrase in alone.phrases]
    assert [dated[phrase.first : phrase.last] for phrase in told.phrases] == ["QT 01", "QT 02"]
    assert told.keys == alone.keys
    assert read(TAXONOMY, f"mạ ({until})", Scheme.PROCESSES).keys != read(TAXONOMY, "mạ", Scheme.PROCESSES).keys
