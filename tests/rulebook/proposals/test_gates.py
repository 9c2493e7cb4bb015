"""The gates: what ships holds, what could leave a proposal hanging is refused, the one status follows from the four."""

from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.law.faults import BadValue, LawFault
from matxich.rulebook.proposals.gates import (
    GATES,
    STATUSES,
    DeadEnd,
    Gate,
    LeavesTheEnd,
    NoTerm,
    Unreachable,
    gates_of,
    may_be_appraised,
    status_of,
)
from tests.rulebook.proposals.conftest import DATA

TEXT = (DATA / "gates.yaml").read_text(encoding="utf-8")


def changed(change) -> str:  # type: ignore[no-untyped-def]
    told = yaml.safe_load(TEXT)
    change(told["finance"])
    return yaml.safe_dump(told, allow_unicode=True)


def test_every_state_that_waits_for_somebody_has_a_term(gates: dict[str, Gate]) -> None:
    waits = {
        (gate.id, one.id): (one.owner, one.days) for gate in gates.values() for one in gate.states.values() if one.owner
    }
    assert waits == {
        ("dossier", "checking"): ("officer", 5), ("dossier", "returned"): ("applicant", 10),
        ("dossier", "reopened"): ("applicant", 10), ("eligibility", "checking"): ("officer", 7),
        ("finance", "checking"): ("finance", 7), ("council", "appraising"): ("council", 30),
        ("council", "reserve"): ("officer", 60),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda gate: gate["states"].__setitem__("lost", {"vi": "x", "en": "x"}), Unreachable),
        (lambda gate: gate["states"]["checking"].pop("days"), NoTerm),
        (lambda gate: gate["states"]["waiting"].__setitem__("days", 3), NoTerm),
        (lambda gate: gate["moves"].append({"from": "refused", "event": "open", "to": "checking"}), LeavesTheEnd),
        (lambda gate: gate["moves"].append(dict(gate["moves"][0])), BadValue),
        (lambda gate: gate["moves"].remove({"from": "paused", "event": "open", "to": "checking"}), DeadEnd),
        (lambda gate: gate["moves"][1].__setitem__("to", "past"), BadValue),
    ],
)  # fmt: skip
def test_a_table_that_could_leave_a_proposal_hanging_is_refused(change, fault: type[LawFault]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(fault) as raised:
        gates_of("gates.yaml", changed(change))
    assert type(raised.value) is fault


def test_two_states_that_only_lead_to_each_other_are_a_dead_end() -> None:
    def circle(gate: dict) -> None:  # type: ignore[type-arg]
        gate["states"] |= {"one": {"vi": "x", "en": "x"}, "two": {"vi": "x", "en": "x"}}
        gate["moves"] += [
            {"from": "waiting", "event": "stray", "to": "one"}, {"from": "one", "event": "go", "to": "two"},
            {"from": "two", "event": "go", "to": "one"},
        ]  # fmt: skip

    with pytest.raises(DeadEnd):
        gates_of("gates.yaml", changed(circle))


def test_the_status_of_every_combination_is_one_that_has_words(gates: dict[str, Gate]) -> None:
    every = product(*(gates[name].states for name in GATES))
    assert {status_of(dict(zip(GATES, one, strict=True))) for one in every} == set(STATUSES)


@pytest.mark.parametrize(
    ("dossier", "eligibility", "finance", "council", "status"),
    [
        ("drafting", "waiting", "waiting", "waiting", "draft"),
        ("checking", "waiting", "waiting", "waiting", "checking"),
        ("returned", "waiting", "waiting", "waiting", "returned"),
        ("reopened", "paused", "paused", "waiting", "returned"),
        ("checking", "paused", "paused", "waiting", "checking"),
        ("passed", "checking", "checking", "waiting", "reviewing"),
        ("passed", "passed", "checking", "waiting", "reviewing"),
        ("passed", "passed", "passed", "waiting", "ready"),
        ("passed", "passed", "passed", "appraising", "appraising"),
        ("passed", "passed", "passed", "reserve", "reserve"),
        ("passed", "passed", "passed", "passed", "approved"),
        ("passed", "refused", "checking", "waiting", "refused"),
        ("passed", "passed", "passed", "refused", "refused"),
        ("refused", "waiting", "waiting", "waiting", "refused"),
        ("withdrawn", "paused", "refused", "waiting", "withdrawn"),
        ("passed", "passed", "passed", "withdrawn", "withdrawn"),
    ],
)  # fmt: skip
def test_the_status_follows_from_the_four(
    dossier: str, eligibility: str, finance: str, council: str, status: str
) -> None:
    states = {"dossier": dossier, "eligibility": eligibility, "finance": finance, "council": council}
    assert status_of(states) == status
    assert may_be_appraised(states) is (status == "ready")


@given(st.lists(st.tuples(st.sampled_from(GATES), st.integers(0, 5)), max_size=60))
def test_no_path_reaches_the_council_past_a_gate(steps: list[tuple[str, int]]) -> None:
    """Any walk over the four tables, the council's opened only where the rule allows: never an approval past a gate."""
    gates = gates_of("gates.yaml", TEXT)
    states = {name: gates[name].start for name in GATES}
    passed: set[str] = set()
    for name, choice in steps:
        events = gates[name].events(states[name])
        if not events or (name == "council" and states[name] == "waiting" and not may_be_appraised(states)):
            continue
        if name != "council" and states["council"] != "waiting":
            continue
        states[name] = gates[name].after(states[name], events[choice % len(events)]) or states[name]
        passed |= {each for each in GATES[:3] if states[each] == "passed"}
    if states["council"] == "passed":
        assert passed == set(GATES[:3])
        assert status_of(states) == "approved"
