"""Which enterprise a row speaks of, as a table of cases."""

import pytest

from matxich.rulebook.linking import Keys, link, same_commune

ROW = Keys(0, "abc", commune_34="11111", province_34="31")


def known(id: int, **keys: str) -> Keys:
    return Keys(id, "abc", **({"commune_34": "11111", "province_34": "31"} | keys))


@pytest.mark.parametrize(
    ("row", "same_name", "outcome"),
    [
        (ROW, [], ("new", "nothing_known", 0, ())),
        (ROW, [known(1)], ("linked", "name_commune", 1, ())),
        (ROW, [known(1, tax_code="1")], ("linked", "name_commune", 1, ())),
        (ROW, [known(1), known(2)], ("queued", "several", 0, (1, 2))),
        (ROW, [known(1, commune_34="22222")], ("new", "nothing_known", 0, ())),
        (ROW, [known(1, commune_34="")], ("queued", "commune_unknown", 0, (1,))),
        (ROW, [known(1, commune_34="", province_34="75")], ("new", "nothing_known", 0, ())),
        (ROW, [known(1), known(2, commune_34="")], ("linked", "name_commune", 1, ())),
        (ROW._replace(tax_code="2"), [known(1, tax_code="1")], ("queued", "identifiers_differ", 0, (1,))),
        (ROW._replace(tax_code="2"), [known(1, tax_code="1"), known(3)], ("linked", "name_commune", 3, ())),
        (ROW._replace(tax_code="2"), [known(1, tax_code="1", commune_34="2")], ("new", "nothing_known", 0, ())),
        (ROW._replace(tax_code="1-001"), [known(1, tax_code="1")], ("new", "nothing_known", 0, ())),
        (ROW._replace(form="llc"), [known(1, form="jsc")], ("queued", "forms_differ", 0, (1,))),
        (ROW._replace(form="llc"), [known(1, form="llc_single")], ("linked", "name_commune", 1, ())),
        (ROW._replace(form="llc"), [known(1)], ("linked", "name_commune", 1, ())),
        (ROW._replace(person="x"), [known(1, person="y")], ("queued", "identifiers_differ", 0, (1,))),
    ],
)
def test_names(row: Keys, same_name: list[Keys], outcome: tuple[str, str, int, tuple[int, ...]]) -> None:
    decision = link(row, same_code=None, same_name=same_name)
    assert (decision.outcome, decision.reason, decision.enterprise, decision.candidates) == outcome


def test_an_identifier_ends_the_question() -> None:
    row = ROW._replace(tax_code="1")
    decision = link(row, same_code=known(7, tax_code="1", commune_34="9"), same_name=[known(1), known(2)])
    assert (decision.outcome, decision.reason, decision.enterprise) == ("linked", "tax_code", 7)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ({"commune_34": "1"}, {"commune_34": "1", "commune_63": "5"}, True),
        ({"commune_34": "1", "commune_63": "5"}, {"commune_34": "2", "commune_63": "5"}, False),
        ({"commune_63": "5"}, {"commune_34": "1", "commune_63": "5"}, True),
        ({"commune_63": "5"}, {"commune_34": "1"}, None),
        ({"province_34": "1"}, {"province_34": "1"}, None),
        ({"province_34": "1"}, {"province_34": "2"}, False),
        ({}, {}, None),
    ],
)
def test_same_commune(one: dict[str, str], other: dict[str, str], answer: bool | None) -> None:
    assert same_commune(Keys(0, "", **one), Keys(1, "", **other)) is answer
