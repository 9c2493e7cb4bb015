"""Whoever reads a figure reads words, not codes."""

import pytest

from matxich.policy.packaged import names_of_parts
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.figures import Rate
from matxich.rulebook.law.parts import part_names, unnamed


def test_every_part_and_coded_value_of_the_law_has_a_name(law: Law) -> None:
    assert list(unnamed(law.parameters, names_of_parts())) == []


def test_values_are_told_in_the_readers_language() -> None:
    names = names_of_parts()
    told = [names.value(value, language) for value in ("don_vi", "20/05", ("quy", "nam"), 300_000_000, Rate.of("50%"))
            for language in ("vi", "en")]  # fmt: skip
    assert told == [
        "đơn vị", "participant", "20/05", "20/05", "quý, năm", "quarter, year", "300.000.000", "300,000,000",
        "50%", "50%",
    ]  # fmt: skip
    assert (names.part("share_airfare").vi, names.part("not_yet_named").en) == ("vé máy bay", "not yet named")


@pytest.mark.parametrize(
    "text",
    [
        "code,vi,en\n",
        "kind,code,vi,en\npart,cap,không quá,\n",
        "kind,code,vi,en\nother,cap,không quá,at most\n",
        "kind,code,vi,en\npart,cap,a,b\npart,cap,a,b\n",
    ],
)
def test_a_faulty_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        part_names(text)
