"""`allocate`: money to cases, the ranked cut and the optimum beside it. Needs no home and no database."""

from fractions import Fraction
from pathlib import Path

import click

from matxich.cli import Answer, json_option
from matxich.cli.json_files import read, timed
from matxich.cli.usage import ExistingFile
from matxich.rulebook.allocation import Allocation, Price, Problem, allocate
from matxich.rulebook.allocation.reading import read_problem
from matxich.rulebook.allocation.telling import allocation_json, relaxation_text, said
from matxich.rulebook.vietnamese.numbers import format_number

_UNITS = {"score_times_amount": "điểm × đồng", "score": "điểm", "count": "đề án"}
_SIDES = {"min": "tối thiểu", "max": "tối đa"}


@click.command("allocate")
@click.argument("file", type=ExistingFile(standard_input=True))
@json_option
def allocate_(file: Path) -> Answer:
    """Phân bổ ngân sách (tệp JSON hoặc “-”): theo thứ hạng, và phương án tốt nhất để so sánh.

    Mã thoát 1 nếu không phương án nào giữ đủ các hạn mức; khi đó nói ít hạn mức nhất phải nới.
    """
    problem = read(file, read_problem)
    found, took = timed(lambda: allocate(problem), solvers=("scipy.optimize", "scipy.sparse"))
    data = allocation_json(problem, found) | {"took_ms": took}
    return Answer(data, _lines(problem, found), 0 if found.optimal is not None else 1)


def _lines(problem: Problem, found: Allocation) -> list[str]:
    cut = dict(found.ranked_cut)
    head = f"Theo thứ hạng: {len(cut)} đề án, {_money(sum(cut.values()))} trên {_money(problem.budget)} đồng."
    if found.optimal is None:
        relax = [f"- {relaxation_text(problem, each)}" for each in found.relax]
        return [head, "Không phương án nào giữ đủ các hạn mức. Ít nhất phải nới:", *relax]
    best = dict(found.optimal)
    lines = [head, f"Tốt nhất: {len(best)} đề án, {_money(sum(best.values()))} đồng."]
    lines += ["", "Đề án · điểm · xin · theo thứ hạng · tốt nhất"]
    ranked = sorted((case for case in problem.cases if case.passed), key=lambda c: (-c.score, c.asked, c.id))
    lines += [
        f"{case.id} · {_points(case.score)} · {_money(case.asked)} · {_money(cut.get(case.id, 0))} · "
        f"{_money(best.get(case.id, 0))}"
        for case in ranked
    ]
    unit = _UNITS[problem.objective]
    lines += [
        "",
        f"Giá trị {_points(found.value or Fraction())} {unit}; còn có thể hơn nhiều nhất {_share(found.gap)}.",
    ]
    lines += [
        f"Đảo hạng: {each.id} (hạng {each.rank}) không có tiền, {len(each.below)} đề án điểm thấp hơn có."
        for each in found.inversions
    ]
    lines += [_price(problem, each, unit) for each in found.prices]
    if found.reserve:
        lines.append(f"Dự phòng theo thứ hạng: {', '.join(found.reserve)}.")
    return lines


def _price(problem: Problem, price: Price, unit: str) -> str:
    million = f"thêm 1 triệu đồng được {_points(Fraction(price.marginal).limit_denominator(10**6))} {unit}"
    if price.quota is None:
        more = f"thêm 5 % tiền được {_points(price.more)}" if price.more is not None else ""
        less = f"bớt 5 % mất {_points(price.less)}" if price.less is not None else "bớt 5 % thì không giữ được hạn mức"
        return f"Ngân sách: {million}; {more}; {less}."
    quota = problem.quotas[price.quota]
    name = f"{quota.by} = {said(quota.value)} {_SIDES[price.side]} {_money(price.limit)} đồng"
    if price.gain is None:
        return f"Hạn mức {name}: dùng {_money(price.used)}; chưa tính được giá."
    gain = f"bỏ hạn mức được {_points(price.gain)} {unit}" if price.gain else "không làm mất gì"
    return f"Hạn mức {name}: dùng {_money(price.used)}; {gain}."


def _money(dong: int) -> str:
    return format_number(dong)


def _points(value: Fraction) -> str:
    """At most two decimals."""
    whole, part = divmod(round(value * 100), 100)
    return format_number(int(whole)) + (f",{part:02d}".rstrip("0") if part else "")


def _share(gap: float | None) -> str:
    return "0 %" if not gap else f"{gap * 100:.4f} %".replace(".", ",")


COMMANDS = {"allocate": allocate_}
