"""The size on a passport and the size the law asks about are one: same limits, same answers, unknowns included."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matxich.policy.packaged import packaged_law
from matxich.rulebook.enterprise_size import REGIMES, enterprise_size
from matxich.rulebook.law.conditions import Asking, Rule
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.rules import SIZES
from matxich.rulebook.law.truth import Truth

LIMITS = sorted({figure for limits in REGIMES[0].limits.values() for one in limits
                 for figure in (one.workers, one.revenue, one.capital)})  # fmt: skip
NEAR = st.none() | st.sampled_from([figure + step for figure in LIMITS for step in (-1, 0, 1)]) | st.just(0)
DAYS = st.sampled_from([date(2021, 10, 14), date(2021, 10, 15), date(2026, 3, 1)])


@given(workers=NEAR, revenue=NEAR, capital=NEAR, branch=st.sampled_from(["industry", "services"]), on=DAYS)
def test_one_size(workers: int | None, revenue: int | None, capital: int | None, branch: str, on: date) -> None:
    law = packaged_law()
    told = {"workers": workers, "revenue": revenue, "capital": capital, "branch": branch}
    asking = Asking(law.parameters, law.rules, on, {name: Known(v) for name, v in told.items() if v is not None})
    at_most = {size: asking.judge(Rule(f"at_most_{size}")).truth for size in SIZES}

    possible = enterprise_size(on=on, workers=workers, revenue=revenue, capital=capital, branch=branch).possible  # type: ignore[arg-type]
    order = (*SIZES, "large")
    for size in SIZES:
        smaller, larger = order[: order.index(size) + 1], order[order.index(size) + 1 :]
        sure = (
            Truth.YES if set(possible) <= set(smaller) else Truth.NO if set(possible) <= set(larger) else Truth.UNKNOWN
        )
        assert (size, at_most[size]) == (size, sure)
