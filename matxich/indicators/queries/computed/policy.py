"""D02 to D06: support that was paid, from the register of support. A place of which nothing is told is not known."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from matxich.indicators.queries.sources import Rows, Scope, firm_key, kept_firms, source, splits_of
from matxich.policy.models import SupportGiven
from matxich.policy.queries.support import counting
from matxich.policy.states import SupportStatus
from matxich.rulebook.indicators.folding import Row

TECHNOLOGY = frozenset({"KC-10", "KC-12"})
"""Supports of industrial promotion that bring new technology: new technical models, advanced machinery and transfer."""
BILLION = Decimal(10**9)
PAID = (SupportStatus.PAID, SupportStatus.SETTLED)


def _given(scope: Scope, contents: frozenset[str] = frozenset()) -> Iterator[tuple[SupportGiven, date]]:
    found = counting().filter(status__in=PAID, year__lte=scope.on.year).select_related("enterprise").order_by("pk")
    if contents:
        found = found.filter(content__in=contents)
    for one in found:
        day = one.decided_on if one.decided_on and one.decided_on.year == one.year else date(one.year, 12, 31)
        yield one, day


def _row(one: SupportGiven, day: date, scope: Scope, kept: dict[int, int], value: Decimal, of: Decimal) -> Row:
    firm = one.enterprise
    who = firm_key(firm.pk, kept) if firm else f"tax:{one.tax_code}" if one.tax_code else f"{one.province}:{one.name}"
    old = firm.province_63 if firm and firm.province_34 == one.province else ""
    return Row(
        record=f"support:{one.pk}", key=who, begins=day, value=value, of=of,
        splits=splits_of(
            old, one.province, scope, line=one.budget, kind=one.content, sector=firm.sector if firm else "",
            size=firm.size if firm else "",
        ),
    )  # fmt: skip


def _money(contents: frozenset[str] = frozenset()) -> Rows:
    def rows(scope: Scope) -> list[Row]:
        kept = kept_firms()
        return [_row(one, day, scope, kept, one.amount / BILLION, Decimal(1)) for one, day in _given(scope, contents)]

    return rows


source("D02", silent=True)(_money())
source("D03", "D04", silent=True)(_money(TECHNOLOGY))


@source("D05", silent=True)
def counterpart(scope: Scope) -> list[Row]:
    """Of those that say how much the firm itself put in."""
    kept = kept_firms()
    return [
        _row(one, day, scope, kept, one.counterpart / BILLION, Decimal(1))
        for one, day in _given(scope, TECHNOLOGY)
        if one.counterpart is not None
    ]


@source("D06", silent=True)
def leverage(scope: Scope) -> list[Row]:
    kept = kept_firms()
    return [
        _row(one, day, scope, kept, one.counterpart / BILLION, one.amount / BILLION)
        for one, day in _given(scope, TECHNOLOGY)
        if one.counterpart is not None
    ]


@source("D06a", silent=True)
def support_share(scope: Scope) -> list[Row]:
    kept = kept_firms()
    return [
        _row(one, day, scope, kept, one.amount / BILLION, (one.amount + one.counterpart) / BILLION)
        for one, day in _given(scope, TECHNOLOGY)
        if one.counterpart is not None
    ]
