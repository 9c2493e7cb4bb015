"""`assign`: reviewers to cases, exactly. Needs no home and no database."""

from pathlib import Path

import click

from matxich.cli import Answer, json_option
from matxich.cli.json_files import read, timed
from matxich.cli.usage import ExistingFile
from matxich.rulebook.assignment import Assignment, Problem, assign, solvers_of
from matxich.rulebook.assignment.reading import read_problem
from matxich.rulebook.assignment.telling import assignment_json, relaxation_text


@click.command("assign")
@click.argument("file", type=ExistingFile(standard_input=True))
@json_option
def assign_(file: Path) -> Answer:
    """Phân công thành viên xem đề án (tệp JSON hoặc “-”), tối ưu và có chứng minh.

    Mã thoát 1 nếu không có cách nào giữ đủ các quy tắc; khi đó nói ít quy tắc nhất phải nới.
    """
    problem = read(file, read_problem)
    found, took = timed(lambda: assign(problem), solvers=solvers_of(problem))
    data = assignment_json(problem, found) | {"took_ms": took}
    return Answer(data, _lines(problem, found), 0 if found.chosen is not None else 1)


def _lines(problem: Problem, found: Assignment) -> list[str]:
    if found.chosen is None:
        return ["Không phân công được. Ít nhất phải nới:", *(f"- {relaxation_text(problem, r)}" for r in found.relax)]
    width = max(len(case) for case in found.chosen)
    lines = [f"{case:<{width}}  {', '.join(members)}" for case, members in found.chosen.items()]
    proof = "đã chứng minh là tốt nhất" if found.optimal else f"chưa chứng minh; cận trên {_said(found.bound)}"
    return [*lines, f"Tổng mức phù hợp {_said(found.total)} ({proof}); đề án thấp nhất {_said(found.worst)}."]


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


COMMANDS = {"assign": assign_}
