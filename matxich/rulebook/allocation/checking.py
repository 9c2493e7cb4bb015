"""An allocation held against its problem once more, in whole numbers, with nothing of what found it."""

from collections.abc import Mapping
from fractions import Fraction

from matxich.rulebook.allocation.model import Allocation, Case, Funded, Problem

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
FAULTS: dict[str, str] = {
    "unknown_case": "Không có đề án “%(id)s”.",
    "twice": "%(id)s đứng hai lần.",
    "not_passed": "%(id)s không đạt nhưng được cấp tiền.",
    "amount": "%(id)s: số tiền %(amount)s không nằm từ %(floor)s đến %(asked)s.",
    "budget": "Tổng %(total)s vượt ngân sách %(budget)s.",
    "quota": "Hạn mức %(by)s = %(value)s: tổng %(total)s nằm ngoài mức cho phép.",
    "value": "Giá trị ghi %(told)s, tính lại là %(found)s.",
    "cut": "Danh sách theo thứ hạng không theo thứ tự điểm, hoặc bỏ qua đề án còn đủ tiền.",
    "reserve": "Danh sách dự phòng không phải là các đề án đạt mà chưa có tiền, theo thứ hạng.",
    "inversions": "Danh sách đảo hạng thiếu hoặc thừa.",
    "gap": "Khoảng cách tới cận trên không hợp lệ.",
}

type Fault = tuple[str, Mapping[str, object]]


def faults(problem: Problem, result: Allocation) -> tuple[Fault, ...]:
    """What is wrong with it: keys of FAULTS with their parameters, () where everything holds."""
    found = [*_of_amounts(problem, result.ranked_cut), *_of_cut(problem, result.ranked_cut)]
    if result.optimal is None:
        return tuple(found)
    wrong = _of_amounts(problem, result.optimal)
    if any(code in ("unknown_case", "twice") for code, _params in wrong):
        return (*found, *wrong)
    return (*found, *wrong, *_of_quotas(problem, result.optimal), *_of_lists(problem, result))


def _of_amounts(problem: Problem, funded: Funded) -> list[Fault]:
    cases = {case.id: case for case in problem.cases}
    found: list[Fault] = []
    seen: set[str] = set()
    for identity, amount in funded:
        if identity not in cases or identity in seen:
            found.append(("unknown_case" if identity not in cases else "twice", {"id": identity}))
            continue
        seen.add(identity)
        case = cases[identity]
        if not case.passed:
            found.append(("not_passed", {"id": identity}))
        if not (isinstance(amount, int) and max(1, case.floor) <= amount <= case.asked):
            found.append(("amount", {"id": identity, "amount": amount, "floor": case.floor, "asked": case.asked}))
    total = sum(amount for _identity, amount in funded)
    if total > problem.budget:
        found.append(("budget", {"total": total, "budget": problem.budget}))
    return found


def _of_cut(problem: Problem, funded: Funded) -> list[Fault]:
    """In rank order nobody is passed over, and only the last one is short, because the money ends there."""
    ranked = _ranked(problem)
    amounts = [amount for _identity, amount in funded]
    left = problem.budget - sum(amounts)
    in_order = [identity for identity, _amount in funded] == [case.id for case in ranked[: len(funded)]]
    full = all(amount == case.asked for amount, case in zip(amounts[:-1], ranked, strict=False))
    ended = len(funded) == len(ranked) or left < max(1, ranked[len(funded)].floor)
    if amounts and amounts[-1] < ranked[len(funded) - 1].asked:
        ended = left == 0
    return [] if in_order and full and ended else [("cut", {})]


def _of_quotas(problem: Problem, funded: Funded) -> list[Fault]:
    amounts = dict(funded)
    found: list[Fault] = []
    for quota in problem.quotas:
        total = sum(amounts.get(case.id, 0) for case in problem.cases if quota.holds(case))
        if (quota.least is not None and total < quota.least) or (quota.most is not None and total > quota.most):
            found.append(("quota", {"by": quota.by, "value": quota.value, "total": total}))
    return found


def _of_lists(problem: Problem, result: Allocation) -> list[Fault]:
    amounts = dict(result.optimal or ())
    found: list[Fault] = []
    paid = [case for case in problem.cases if case.id in amounts]
    values = {
        "count": Fraction(len(paid)),
        "score": sum((case.score for case in paid), Fraction()),
        "score_times_amount": sum((case.score * amounts[case.id] for case in paid), Fraction()),
    }
    if result.value != values[problem.objective]:
        found.append(("value", {"told": result.value, "found": values[problem.objective]}))
    ranked = _ranked(problem)
    if result.reserve != tuple(case.id for case in ranked if case.id not in amounts):
        found.append(("reserve", {}))
    passed_over = {
        case.id: {each.id for each in paid if each.score < case.score} for case in ranked if case.id not in amounts
    }
    if {each.id: set(each.below) for each in result.inversions} != {k: v for k, v in passed_over.items() if v}:
        found.append(("inversions", {}))
    if result.gap is None or not 0 <= result.gap <= 1:
        found.append(("gap", {}))
    return found


def _ranked(problem: Problem) -> list[Case]:
    return sorted((case for case in problem.cases if case.passed), key=lambda c: (-c.score, c.asked, c.id))
