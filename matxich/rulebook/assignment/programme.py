"""Assignment as a programme in whole numbers, for rules that no network holds. The caller checks what it answers."""

from collections.abc import Collection

import numpy as np

from matxich.rulebook.assignment.model import Bools, Floats, Ints
from matxich.rulebook.assignment.pairs import Found, Pairs, Table
from matxich.rulebook.whole_programme import Programme, Rows, maximise, rows_of, search

_SCALE = 10**6
"""Largest coefficient of the objective, so that the slips of floats stay small beside one unit."""


def council_rows(table: Table, pairs: Pairs) -> Rows:
    """Needs, loads, and the rules on what a council is made of."""
    cases, reviewers = len(table.needs), len(table.least)
    parts: list[tuple[Ints, Ints, Ints | Floats, Ints | Floats]] = [
        (pairs.case, np.arange(len(pairs)), table.needs, table.needs),
        (cases + pairs.reviewer, np.arange(len(pairs)), table.least, table.most),
    ]
    height = cases + reviewers
    if table.rules.min_finance:
        some = np.flatnonzero(table.finance[pairs.reviewer])
        parts.append((height + pairs.case[some], some, np.full(cases, table.rules.min_finance), np.full(cases, np.inf)))
        height += cases
    if table.rules.one_per_organisation:
        organisation = table.organisation[pairs.reviewer]
        member = np.flatnonzero(organisation >= 0)
        key = pairs.case[member] * (reviewers + 1) + organisation[member]
        _groups, place, size = np.unique(key, return_inverse=True, return_counts=True)
        shared = size > 1
        row = height + np.cumsum(shared) - 1
        some = shared[place]
        number = int(shared.sum())
        parts.append((row[place[some]], member[some], np.full(number, -np.inf), np.ones(number)))
        height += number
    return rows_of(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        None,
        np.concatenate([part[2] for part in parts]).astype(float),
        np.concatenate([part[3] for part in parts]).astype(float),
        len(pairs),
    )


def floors(pairs: Pairs, cases: Ints, least: int) -> Rows:
    """Each of these cases gets at least so many units."""
    place = np.full(int(pairs.case.max(initial=0)) + 1, -1)
    place[cases] = np.arange(len(cases))
    some = np.flatnonzero(place[pairs.case] >= 0)
    scale = float(max(1, np.abs(pairs.gain).max(initial=0), abs(least)))
    return rows_of(
        place[pairs.case[some]],
        some,
        pairs.gain[some] / scale,
        np.full(len(cases), least / scale),
        np.full(len(cases), np.inf),
        len(pairs),
    )


def not_again(chosen: Bools) -> Rows:
    """Not all of these pairs together."""
    some = np.flatnonzero(chosen)
    return rows_of(
        np.zeros(len(some), np.int64), some, None, np.array([-np.inf]), np.array([len(some) - 1.0]), len(chosen)
    )


def greatest(pairs: Pairs, rows: Rows, start: Bools) -> Found | None:
    """The choice of greatest total that keeps the rows; None where there is none. Unsolved.

    `start`: pairs the relaxation begins with.
    """
    scale = max(1.0, float(np.abs(pairs.gain).max(initial=0)) / _SCALE)
    ones = np.ones(len(pairs))
    found = maximise(Programme(pairs.gain / scale, rows, ones, ones > 0), start=start)
    return Found(found.values > 0.5, found.bound * scale, found.proven) if found else None


def least_bent(table: Table, pairs: Pairs, relaxed: Collection[str]) -> Bools | None:
    """The choice of pairs that bends the relaxed rules least; None where bending them is not enough. Unsolved."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 - scipy is heavy, and only some problems need it

    rows = council_rows(table, pairs)
    cases, reviewers, height = len(table.needs), len(table.least), len(rows.low)
    finance = cases + reviewers
    members = finance + (cases if table.rules.min_finance else 0)
    bent = {
        "needs": (np.arange(cases), 1.0),
        "min": (np.arange(cases, finance), 1.0),
        "max": (np.arange(cases, finance), -1.0),
        "min_finance": (np.arange(finance, members), 1.0),
        "one_per_organisation": (np.arange(members, height), -1.0),
    }
    columns = [bent[rule] for rule in bent if rule in relaxed]
    row = np.concatenate([np.zeros(0, np.int64), *(places for places, _sign in columns)])
    sign = np.concatenate([np.zeros(0), *(np.full(len(places), value) for places, value in columns)])
    slack = csr_array((sign, (row, np.arange(len(row)))), shape=(height, len(row)))
    own = table.own[pairs.case, pairs.reviewer] & table.rules.ban_same_province
    bent_rows = Rows(hstack([rows.matrix, slack], format="csr"), rows.low, rows.high)
    lost = -np.append(own.astype(float), np.ones(len(row)))
    upper = np.append(np.ones(len(pairs)), np.full(len(row), float(max(cases, int(table.needs.max())))))
    found = search(Programme(lost, bent_rows, upper, np.ones(len(lost), bool)))
    return found.values[: len(pairs)] > 0.5 if found else None
