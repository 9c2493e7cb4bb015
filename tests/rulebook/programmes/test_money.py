"""Money as the fold of its entries: nothing is cut down to fit, and the totals always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.programmes.money import (
    ALLOT,
    COMMIT,
    KINDS,
    LARGEST,
    PAY,
    RELEASE,
    REPAY,
    WITHDRAW_ALLOTMENT,
    CannotBe,
    Entry,
    Promise,
    Totals,
    after,
    fold,
    most,
)

STORY = (
    Entry(ALLOT, 1_000), Entry(COMMIT, 400, "a"), Entry(COMMIT, 500, "b"), Entry(PAY, 300, "a"),
    Entry(RELEASE, 100, "a"), Entry(WITHDRAW_ALLOTMENT, 200), Entry(REPAY, 50, "a"),
)  # fmt: skip


def test_a_year_of_a_line() -> None:
    totals = fold(STORY)
    assert (totals.budget, totals.committed, totals.paid, totals.free, totals.unpaid) == (800, 800, 250, 0, 550)
    assert dict(totals.promises) == {"a": Promise(400, 100, 250), "b": Promise(500, 0, 0)}
    assert totals.promises["a"].unpaid == 50


@pytest.mark.parametrize(
    ("kind", "commitment", "limit"),
    [
        (ALLOT, "", LARGEST - 1_000), (WITHDRAW_ALLOTMENT, "", 100), (COMMIT, "c", 100), (COMMIT, "a", 0),
        (RELEASE, "a", 100), (PAY, "a", 100), (REPAY, "a", 300), (PAY, "c", 0), (REPAY, "c", 0), (RELEASE, "c", 0),
    ],
)  # fmt: skip
def test_the_most_of_each_kind(kind: str, commitment: str, limit: int) -> None:
    now = fold(STORY[:4])
    assert most(now, kind, commitment) == limit
    with pytest.raises(CannotBe) as refused:
        after(now, Entry(kind, limit + 1, commitment))
    assert (refused.value.limit, refused.value.amount) == (limit, limit + 1)
    if limit:
        after(now, Entry(kind, limit, commitment))


@pytest.mark.parametrize("amount", [0, -1, -(10**15), LARGEST + 1])
def test_no_amount_is_zero_negative_or_absurd(amount: int) -> None:
    with pytest.raises(CannotBe):
        fold([Entry(ALLOT, amount)])


entries = st.builds(Entry, st.sampled_from(sorted(KINDS)), st.integers(-5, 1_000), st.sampled_from(["", "a", "b", "c"]))


@given(st.lists(entries, max_size=60))
def test_whatever_is_tried_the_totals_hold(tried: list[Entry]) -> None:
    now, stood = Totals(), []
    for entry in tried:
        try:
            now = after(now, entry)
        except CannotBe as refused:
            assert not 0 < entry.amount <= refused.limit
            continue
        stood.append(entry)
        assert 0 <= now.paid <= now.committed <= now.budget
        assert now.committed == sum(promise.standing for promise in now.promises.values())
        assert now.paid == sum(promise.paid for promise in now.promises.values())
        assert all(0 <= promise.paid <= promise.standing for promise in now.promises.values())
    assert fold(stood) == now
