"""An allocation as programs read it."""

from fractions import Fraction
from typing import Any

from matxich.rulebook.allocation.model import Allocation, Funded, Price, Problem, Shortfall
from matxich.rulebook.allocation.relaxing import RELAXED


def allocation_json(problem: Problem, result: Allocation) -> dict[str, Any]:
    """Keys ranked_cut, optimal, value, gap, inversions, prices, reserve; where quotas cannot be met also relax.

    Money in whole đồng; a value is a whole number where it is one. Null for what there is not.
    """
    ranked = {case.id: case for case in problem.cases}
    told: dict[str, Any] = {
        "ranked_cut": _funded(result.ranked_cut),
        "optimal": _funded(result.optimal or ()),
        "value": number(result.value),
        "gap": result.gap,
        "inversions": [{"id": each.id, "rank": each.rank, "below": list(each.below)} for each in result.inversions],
        "prices": [_price(problem, each) for each in result.prices],
        "reserve": [{"id": each, "asked": ranked[each].asked, "floor": ranked[each].floor} for each in result.reserve],
    }
    if result.optimal is None:
        told["relax"] = [
            {
                "quota": each.quota,
                "side": each.side,
                "by": each.by,
                "text": relaxation_text(problem, each),
            }
            for each in result.relax
        ]
    return told


def relaxation_text(problem: Problem, shortfall: Shortfall) -> str:
    """In Vietnamese."""
    quota = problem.quotas[shortfall.quota]
    return RELAXED[shortfall.side] % {
        "by": quota.by,
        "value": said(quota.value),
        "quota": shortfall.quota,
        "units": f"{shortfall.by:,}".replace(",", "."),
    }


def number(value: Fraction | None) -> int | float | None:
    """Whole numbers exactly, others as the nearest float."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def said(value: object) -> str:
    """The value of a field as its document has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _funded(funded: Funded) -> list[dict[str, Any]]:
    return [{"id": identity, "amount": amount} for identity, amount in funded]


def _price(problem: Problem, price: Price) -> dict[str, Any]:
    told: dict[str, Any] = {"constraint": "budget" if price.quota is None else "quota", "side": price.side}
    if price.quota is not None:
        quota = problem.quotas[price.quota]
        told |= {"quota": price.quota, "by": quota.by, "value": quota.value}
    told |= {"limit": price.limit, "used": price.used, "per_million": price.marginal, "exact": price.exact}
    if price.quota is None:
        return told | {"plus_5": number(price.more), "minus_5": number(price.less)}
    return told | {"gain": number(price.gain)}
