"""`assign`, `calibrate`, `allocate` from the shell: answers, refusals with their place, and nothing installed."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.installations import ROOT, Installation, Ran

Run = Callable[..., Ran]
EXAMPLES = ROOT / "docs" / "vi-du"
COUNCIL = {
    "cases": [{"id": "c1", "needs": 2}, {"id": "c2", "needs": 1}],
    "reviewers": [{"id": "r1", "min": 0, "max": 2}, {"id": "r2", "min": 0, "max": 2}],
    "conflicts": [],
    "affinity": {"c1": {"r1": 0.7, "r2": 0.1}, "c2": {"r1": 0.2, "r2": 0.25}},
}
KEYS = ["assignment", "bound", "optimal", "relax", "took_ms", "total", "worst"]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], str]:
    def go(document: Any) -> str:
        path = tmp_path / "asked.json"
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return str(path)

    return go


def test_reviewers_are_assigned(run: Run, written: Callable[[Any], str]) -> None:
    ran = run("assign", written(COUNCIL), "--json")
    assert (ran.code, ran.err, sorted(ran.data)) == (0, "", KEYS)
    assert ran.data["took_ms"] > 0
    assert {key: ran.data[key] for key in KEYS if key != "took_ms"} == {
        "assignment": {"c1": ["r1", "r2"], "c2": ["r2"]}, "total": 1.05, "worst": 0.25, "optimal": True, "bound": 1.05,
        "relax": [],
    }  # fmt: skip


def test_no_assignment_says_what_to_relax(run: Run, written: Callable[[Any], str]) -> None:
    file = written({**COUNCIL, "conflicts": [["c1", "r1"], ["c1", "r2"]]})
    ran = run("assign", file, "--json")
    assert (ran.code, ran.data["assignment"], ran.data["total"], ran.data["optimal"]) == (1, {}, None, False)
    (relax,) = ran.data["relax"]
    assert (relax["rule"], relax["units"], relax["where"]) == ("needs", 2, [{"case": "c1", "units": 2}])
    assert "c1 (2)" in relax["text"]
    spoken = run("assign", file)
    assert (spoken.code, spoken.out.splitlines()[1]) == (1, f"- {relax['text']}")


def test_scores_are_calibrated(run: Run) -> None:
    ran = run("calibrate", str(EXAMPLES / "cham-diem.json"), "--json")
    assert (ran.code, ran.err, sorted(ran.data)) == (0, "", ["cases", "reviewers"])
    second = ran.data["cases"][1]
    assert sorted(second) == ["adjusted", "case", "flag", "high", "low", "mean", "n"]
    assert (second["mean"], second["n"], second["flag"]) == (64.0, 2, "near_recused")
    assert sorted(ran.data["reviewers"][0]) == ["reviewer", "severity"]
    assert "Gần ngưỡng và thiếu phiếu" in run("calibrate", str(EXAMPLES / "cham-diem.json")).out


def test_money_is_allocated(run: Run) -> None:
    ran = run("allocate", str(EXAMPLES / "phan-bo.json"), "--json")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(ran.data) == [
        "gap", "inversions", "optimal", "prices", "ranked_cut", "reserve", "took_ms", "value",
    ]  # fmt: skip
    assert ran.data["ranked_cut"] == [
        {"id": "ĐA-01", "amount": 1_200_000_000},
        {"id": "ĐA-02", "amount": 1_500_000_000},
    ]
    assert sum(each["amount"] for each in ran.data["optimal"]) == 3_000_000_000
    assert (ran.data["value"], ran.data["gap"]) == (265_800_000_000, 0)
    assert [each["id"] for each in ran.data["reserve"]] == ["ĐA-03"]
    assert ran.data["inversions"] == [{"id": "ĐA-03", "rank": 3, "below": ["ĐA-04"]}]
    budget, *quotas = ran.data["prices"]
    assert (budget["constraint"], budget["plus_5"]) == ("budget", 12_000_000_000)
    assert [(each["by"], each["side"], each["gain"]) for each in quotas] == [
        ("province", "max", 550_000_000), ("sme", "min", 0),
    ]  # fmt: skip
    assert "Đảo hạng: ĐA-03 (hạng 3)" in run("allocate", str(EXAMPLES / "phan-bo.json")).out


def test_quotas_nobody_can_meet(run: Run, written: Callable[[Any], str]) -> None:
    case = {"id": "a", "score": 80, "asked": 5, "floor": 1, "passed": True, "province": "24"}
    file = written({"budget": 9, "cases": [case], "quotas": [{"by": "province", "value": "24", "min": 7}]})
    ran = run("allocate", file, "--json")
    assert (ran.code, ran.data["optimal"], ran.data["value"], ran.data["gap"]) == (1, [], None, None)
    assert [(each["quota"], each["side"], each["by"]) for each in ran.data["relax"]] == [(0, "min", 2)]
    assert "quotas[0].min" in run("allocate", file).out


def test_the_examples_of_the_page_are_what_it_says(run: Run) -> None:
    page = (ROOT / "docs" / "hoi-dong-toan.md").read_text()
    for command, name in (("assign", "phan-cong"), ("calibrate", "cham-diem"), ("allocate", "phan-bo")):
        assert f"vi-du/{name}.json" in page
        assert run(command, str(EXAMPLES / f"{name}.json")).code == 0
    found = run("assign", str(EXAMPLES / "phan-cong.json"), "--json").data
    assert (found["total"], found["worst"], found["assignment"]["ĐA-01"]) == (3.0, 0.0, ["Bà Hà", "Bà Thu", "Ông Nam"])


@pytest.mark.parametrize(
    ("command", "document", "said"),
    [
        ("assign", b"", "Tệp không phải là JSON"),
        ("allocate", b"\xff\xfe", "Tệp không phải là JSON"),
        ("calibrate", b"[]", "Phải là một đối tượng JSON"),
        ("assign", {**COUNCIL, "conflicts": [["c1", "r9"]]}, "conflicts[0][1]: Không có mã “r9” trong reviewers"),
        ("assign", b'{"cases": [{"id": "c", "needs": NaN}], "reviewers": []}', "cases[0].needs: Phải là số nguyên"),
        ("allocate", {"budget": 10**15, "cases": []}, "budget: Phải nhỏ hơn"),
        ("calibrate", {"scores": []}, "scores: Danh sách trống"),
    ],
)
def test_a_slip_is_told_with_its_place(
    run: Run, written: Callable[[Any], str], command: str, document: Any, said: str
) -> None:
    error = run(command, written(document), "--json").error
    assert (error["code"], error["message"].startswith(said)) == ("bad_document", True), error
    assert "docs/hoi-dong-toan.md" in error["hint"]
    plain = run(command, written(document))
    assert (plain.code, plain.out, plain.err.startswith(f"Lỗi: {said}")) == (2, "", True)


@pytest.mark.parametrize("command", ["assign", "calibrate", "allocate"])
def test_no_file(run: Run, command: str) -> None:
    assert run(command, "/khong/co.json", "--json").error["message"] == "FILE: không có tệp “/khong/co.json”."


def test_piped_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(COUNCIL).encode())))
    assert run("assign", "-", "--json").data["total"] == 1.05


def test_they_need_neither_home_nor_database(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path / "nowhere", "mysql-x://no/database")
    assert nowhere.json("assign", str(EXAMPLES / "phan-cong.json"))["optimal"] is True
    assert not nowhere.home.exists()


def test_solvers_are_loaded_only_when_something_is_to_be_solved() -> None:
    script = (
        "import sys\n"
        "import matxich.cli.allocating, matxich.cli.assigning, matxich.cli.calibrating\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'scipy', 'ortools', 'pandas'}))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_lines_that_a_solver_prints_stay_out_of_the_answer(tmp_path: Path) -> None:
    """HiGHS prints past Python, into the process's own standard output."""
    script = (
        "import ctypes, sys\n"
        "import matxich.cli.allocating as command\n"
        "from matxich.cli import main\n"
        "solve = command.allocate\n"
        "def loud(problem):\n"
        "    ctypes.CDLL(None).puts(b'a line of the solver')\n"
        "    return solve(problem)\n"
        "command.allocate = loud\n"
        f"main(['allocate', {str(EXAMPLES / 'phan-bo.json')!r}, '--json'])\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, json.loads(ran.stdout)["gap"]) == (0, 0), ran
