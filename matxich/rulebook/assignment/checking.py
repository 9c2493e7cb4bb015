"""An assignment held against its problem once more, with nothing of what found it: plain counting."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from matxich.rulebook.assignment.affinity import overlap
from matxich.rulebook.assignment.model import Assignment, Problem

_SLIP = 1e-9

# Message keys: Vietnamese source texts that screens translate, then fill with the parameters.
FAULTS: dict[str, str] = {
    "cases": "Danh sách đề án của kết quả khác danh sách của đầu vào.",
    "unknown_reviewer": "%(case)s: không có thành viên “%(reviewer)s”.",
    "twice": "%(case)s: %(reviewer)s được phân công hai lần.",
    "needs": "%(case)s: có %(number)s thành viên, cần %(needs)s.",
    "conflict": "%(case)s: %(reviewer)s có xung đột lợi ích.",
    "same_province": "%(case)s: %(reviewer)s cùng tỉnh với đề án.",
    "same_organisation": "%(case)s: có hơn một người của %(organisation)s.",
    "finance": "%(case)s: có %(number)s thành viên tài chính, cần %(least)s.",
    "load": "%(reviewer)s: nhận %(number)s đề án, phải từ %(least)s đến %(most)s.",
    "total": "Tổng ghi %(told)s, cộng lại là %(found)s.",
    "worst": "Mức của đề án kém nhất ghi %(told)s, cộng lại là %(found)s.",
    "bound": "Cận trên %(bound)s nhỏ hơn tổng %(total)s.",
    "no_reason": "Không phân công được mà không nêu quy tắc nào phải nới.",
}


def faults(problem: Problem, result: Assignment) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What is wrong with it: keys of FAULTS with their parameters, () where everything holds."""
    if result.chosen is None:
        return () if result.relax and not result.optimal else (("no_reason", {}),)
    chosen = result.chosen
    if set(chosen) != {case.id for case in problem.cases}:
        return (("cases", {}),)
    found: list[tuple[str, Mapping[str, object]]] = []
    places = {reviewer.id: place for place, reviewer in enumerate(problem.reviewers)}
    for place, case in enumerate(problem.cases):
        strange = [each for each in chosen[case.id] if each not in places]
        if strange:
            return (("unknown_reviewer", {"case": case.id, "reviewer": strange[0]}),)
        found += _of_case(problem, place, [places[each] for each in chosen[case.id]])
    loads = Counter(each for members in chosen.values() for each in members)
    found += [
        ("load", {"reviewer": each.id, "number": loads[each.id], "least": each.least, "most": each.most})
        for each in problem.reviewers
        if not each.least <= loads[each.id] <= each.most
    ]
    return (*found, *_figures(problem, result, places))


def _of_case(problem: Problem, place: int, members: Sequence[int]) -> list[tuple[str, Mapping[str, object]]]:
    case, rules = problem.cases[place], problem.rules
    chosen = [problem.reviewers[each] for each in members]
    found: list[tuple[str, Mapping[str, object]]] = [
        ("twice", {"case": case.id, "reviewer": problem.reviewers[each].id})
        for each, times in Counter(members).items()
        if times > 1
    ]
    if len(members) != case.needs:
        found.append(("needs", {"case": case.id, "number": len(members), "needs": case.needs}))
    for each, reviewer in zip(members, chosen, strict=True):
        pair = {"case": case.id, "reviewer": reviewer.id}
        if (place, each) in problem.conflicts:
            found.append(("conflict", pair))
        if rules.ban_same_province and case.province and case.province == reviewer.province:
            found.append(("same_province", pair))
    if rules.one_per_organisation:
        shares = Counter(reviewer.organisation for reviewer in chosen if reviewer.organisation)
        found += [("same_organisation", {"case": case.id, "organisation": name}) for name, n in shares.items() if n > 1]
    money = sum(reviewer.finance for reviewer in chosen)
    if money < rules.min_finance:
        found.append(("finance", {"case": case.id, "number": money, "least": rules.min_finance}))
    return found


def _figures(problem: Problem, result: Assignment, places: Mapping[str, int]) -> list[tuple[str, Mapping[str, object]]]:
    affinity = overlap(problem.cases, problem.reviewers)[0] if problem.affinity is None else problem.affinity
    sums = [
        sum((Fraction(repr(float(affinity[row, places[each]]))) for each in (result.chosen or {})[case.id]), Fraction())
        for row, case in enumerate(problem.cases)
    ]
    found: list[tuple[str, Mapping[str, object]]] = []
    for name, told, exact in (("total", result.total, sum(sums)), ("worst", result.worst, min(sums))):
        if told is None or not math.isclose(told, exact, rel_tol=_SLIP, abs_tol=_SLIP):
            found.append((name, {"told": told, "found": float(exact)}))
    if result.bound is None or (result.total is not None and result.bound < result.total):
        found.append(("bound", {"bound": result.bound, "total": result.total}))
    return found
