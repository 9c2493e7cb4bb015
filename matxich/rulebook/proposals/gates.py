"""The gates of a proposal: four small state tables side by side, and the one status that follows from them.

A table is data (data/gates.yaml). `gates_of` refuses one with a state nobody can leave or reach, one from which no end
can be reached, and one in which somebody has to act without a term. Terms are working days, the software's own
default: no instrument seen gives any.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.faults import BadValue, LawFault
from matxich.rulebook.law.reading import Read, parsed, unknown

GATES = ("dossier", "eligibility", "finance", "council")
OWNERS = ("officer", "finance", "council", "applicant")
ENDS = ("passed", "refused", "withdrawn")


class DeadEnd(LawFault):
    """A state that is no end and that nothing leads out of, or from which no end can be reached."""


class Unreachable(LawFault):
    """A state that no path from the start leads to."""


class NoTerm(LawFault):
    """Somebody has to act in a state that gives no working days for it."""


class LeavesTheEnd(LawFault):
    """A refusal or a withdrawal that something still follows."""


@dataclass(frozen=True, slots=True)
class State:
    """`owner`: who has to act, "" when nobody; `days`: working days for it; `end`: how it ends, "" before that."""

    id: str
    words: Words
    owner: str = ""
    days: int = 0
    end: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """`moves`: (state, event) → next state."""

    id: str
    words: Words
    start: str
    states: Mapping[str, State]
    moves: Mapping[tuple[str, str], str]

    def after(self, state: str, event: str) -> str | None:
        """The state an event leads to; None where it may not happen."""
        return self.moves.get((state, event))

    def events(self, state: str) -> tuple[str, ...]:
        return tuple(event for (known, event) in self.moves if known == state)


def gates_of(file: str, text: str) -> dict[str, Gate]:
    """The four gates. A LawFault with file and line for a table that could leave a proposal hanging."""
    told = parsed(file, text).keys(GATES, needed=GATES)
    return {name: _gate(name, told[name]) for name in GATES}


def _gate(name: str, read: Read) -> Gate:
    told = read.keys(("vi", "en", "start", "states", "moves"), needed=("vi", "en", "start", "states", "moves"))
    places = told["states"].keys(())
    states = {code: _state(code, place) for code, place in places.items()}
    moves: dict[tuple[str, str], str] = {}
    for one in told["moves"].items():
        parts = one.keys(("from", "event", "to"), needed=("from", "event", "to"))
        key = (parts["from"].choice(states), parts["event"].text())
        if key in moves:
            raise one.fault(BadValue, f"“{key[0]}, {key[1]}” có hai lần.", f"{key[0]}, {key[1]} stands twice.")
        moves[key] = parts["to"].choice(states)
    start = told["start"].choice(states)
    gate = Gate(name, Words(told["vi"].text(), told["en"].text()), start, states, moves)
    _checked(gate, places)
    return gate


def _state(code: str, read: Read) -> State:
    told = read.keys(("vi", "en", "owner", "days", "end"), needed=("vi", "en"))
    return State(
        code, Words(told["vi"].text(), told["en"].text()), told["owner"].choice(OWNERS) if "owner" in told else "",
        told["days"].whole() if "days" in told else 0, told["end"].choice(ENDS) if "end" in told else "",
    )  # fmt: skip


def _checked(gate: Gate, places: Mapping[str, Read]) -> None:
    """A passed gate may open again; what was refused or withdrawn stays so."""
    reached = _closure(gate.start, {key: {to for (frm, _e), to in gate.moves.items() if frm == key} for key in places})
    backwards = {key: {frm for (frm, _e), to in gate.moves.items() if to == key} for key in places}
    ending = {key for code, state in gate.states.items() if state.end for key in _closure(code, backwards)}
    for code, state in gate.states.items():
        place, leaves = places[code], bool(gate.events(code))
        if code not in reached:
            raise place.fault(Unreachable, f"Không có đường tới “{code}”.", f"No path leads to {code}.")
        if not state.end and (not leaves or code not in ending):
            raise place.fault(DeadEnd, f"Từ “{code}” không tới được kết thúc nào.", f"No end is reached from {code}.")
        if state.end in ("refused", "withdrawn") and leaves:
            raise place.fault(LeavesTheEnd, f"“{code}” đã là kết thúc.", f"{code} is an end already.")
        if bool(state.owner) != (state.days > 0):
            raise place.fault(
                NoTerm, f"“{code}”: có người phải làm thì phải có hạn, và ngược lại.",
                f"{code}: who has to act needs a term, and a term somebody who acts.",
            )  # fmt: skip


def _closure(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(arrows.get(one, ()))
    return found


STATUSES: Mapping[str, Words] = {
    "draft": Words("Bản nháp", "Draft"),
    "checking": Words("Đang kiểm tra hồ sơ", "Dossier being checked"),
    "returned": Words("Trả lại để sửa", "Returned to be mended"),
    "reviewing": Words("Đang xét điều kiện và dự toán", "Eligibility and estimate under review"),
    "ready": Words("Chờ đưa ra thẩm định", "Waiting to be appraised"),
    "appraising": Words("Đang thẩm định", "Being appraised"),
    "reserve": Words("Trong danh sách dự phòng", "On the reserve list"),
    "approved": Words("Được phê duyệt", "Approved"),
    "refused": Words("Không được hỗ trợ", "Not supported"),
    "withdrawn": Words("Đã rút", "Withdrawn"),
}


def status_of(states: Mapping[str, str]) -> str:
    """The one word for a proposal, from the states of its four gates; the worst news first."""
    if "withdrawn" in (states["dossier"], states["council"]):
        return "withdrawn"
    if "refused" in states.values():
        return "refused"
    if states["council"] == "passed":
        return "approved"
    if states["council"] in ("appraising", "reserve"):
        return states["council"]
    dossier = states["dossier"]
    if dossier == "drafting":
        return "draft"
    if dossier != "passed":
        return "checking" if dossier == "checking" else "returned"
    return "ready" if states["eligibility"] == states["finance"] == "passed" else "reviewing"


def may_be_appraised(states: Mapping[str, str]) -> bool:
    """Only what passed every gate before the council, and has not been there yet."""
    return states["council"] == "waiting" and all(states[name] == "passed" for name in GATES[:3])


def named(gate: Gate, state: str) -> State:
    """KeyError, with the names that were meant, for a state nobody knows."""
    if state not in gate.states:
        raise KeyError(unknown(state, list(gate.states))[1])
    return gate.states[state]
