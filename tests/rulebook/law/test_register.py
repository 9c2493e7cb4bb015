"""A register judged at once says of every firm exactly what is said of it alone."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matxich.policy.packaged import packaged_law
from matxich.rulebook.law.answering import Case, answers
from matxich.rulebook.law.asking import derived
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.parameters import Setting
from matxich.rulebook.law.register import NO_AMOUNT, columns, judge, register_of
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.vocabulary import FACTS

# Around every change of law, and far from any.
DAYS = [
    date(1990, 1, 1), date(2012, 7, 4), date(2012, 7, 5), date(2014, 4, 8), date(2016, 1, 1), date(2018, 5, 10),
    date(2018, 5, 11), date(2018, 6, 1), date(2021, 10, 14), date(2021, 10, 15), date(2025, 6, 30), date(2025, 7, 1),
    date(2025, 8, 31), date(2025, 9, 1), date(2025, 10, 14), date(2025, 10, 15), date(2026, 4, 29), date(2026, 4, 30),
    date(2040, 1, 1),
]  # fmt: skip


def _values(name: str) -> st.SearchStrategy:
    fact = FACTS[name]
    if fact.choices:
        return st.sampled_from(["24", "75", "79"] if name == "site_province" else list(fact.choices))
    if fact.kind == "yes_no":
        return st.booleans()
    limits = {"workers": [9, 10, 11, 50, 51, 100, 101, 200, 201], "capacity_growth": [0, 1999, 2000, 2001]}
    near = limits.get(name, [0, 1, 3 * 10**9, 3 * 10**9 + 1, 2 * 10**11, 699_999_999, 10**14 + 7, LARGEST])
    return st.sampled_from(near) | st.integers(0, 10**6)


def confirmed(row: Setting) -> Setting:
    return replace(row, confirmed_by="Cục") if row.value_confidence == "medium" else row


FIRMS = st.lists(st.fixed_dictionaries({}, optional={name: _values(name) for name in FACTS}), min_size=1, max_size=12)


@settings(max_examples=60)
@given(rows=FIRMS, on=st.sampled_from(DAYS), budget=st.sampled_from(["national", "province:24"]), sure=st.booleans())
def test_the_register_and_the_single_case_agree(rows: list[dict], on: date, budget: str, sure: bool) -> None:
    """`sure`: an agency has confirmed every figure that waits for it."""
    law = packaged_law()
    own = law.parameters["KC-10"].rows[-1]
    mine = Setting("KC-10", "province:24", Span.of("2025-07-26"), own.article, own.values, "high")
    old = Setting("KC-12", "province63:27", Span.of("2020-01-01"), own.article, own.values, "high")
    figures = law.parameters.with_rows([mine, old])
    law = type(law)(law.library, figures.changed(confirmed) if sure else figures, law.version)

    cases = []
    for row in rows:
        facts = {name: Known(value) for name, value in row.items()}
        cases.append(Case({**facts, **derived(facts)}, on, "", budget))
    size, told = columns([{name: known.value for name, known in case.facts.items()} for case in cases])
    register = register_of(law, Case({}, on), size, told)

    alone = [answers(law, case) for case in cases]
    found = dict(judge(law, register, budget=budget))
    assert found.keys() == SUPPORTS.keys()
    for place, code in enumerate(SUPPORTS):
        verdicts = [int(each[place].truth) for each in alone]
        amounts = [NO_AMOUNT if each[place].amount.most is None else each[place].amount.most for each in alone]
        assert (code, found[code].truths.tolist()) == (code, verdicts)
        assert (code, found[code].most.tolist()) == (code, amounts)
