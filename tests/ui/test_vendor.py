"""Trimming a style sheet keeps whole rules and only the wanted ones."""

import pytest

from ui.vendor import blocks, kept, trim


@pytest.mark.parametrize(
    ("selector", "stays"),
    [
        ("a:hover", True),
        (".btn-primary:not(:disabled)", True),
        ("input[type=checkbox].form-check-input", True),
        (".btn-facebook", False),
        (".col-md-6", True),
        (".col-xxl-6", False),
        (".card>.form-control", False),
        ("[data-bs-theme-primary=red]", False),
    ],
)
def test_what_stays(selector: str, stays: bool) -> None:
    assert kept(selector) is stays


def test_braces_inside_strings_do_not_end_a_rule() -> None:
    assert blocks('a::before{content:"}"}b{c:d}') == [("a::before", 'content:"}"'), ("b", "c:d")]


def test_a_rule_loses_only_its_unwanted_selectors() -> None:
    assert trim('@charset "UTF-8";/* x */a,.card,.btn{c:d}@media print{.card{e:f}b{g:h}}@keyframes k{to{i:j}}') == (
        "a,.btn{c:d}\n@media print{b{g:h}\n}\n"
    )
