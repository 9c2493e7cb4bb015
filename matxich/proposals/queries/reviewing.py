"""The officers' side of one proposal: the version at hand with notes and differences, the gates, what the law says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matxich.accounts.models import Membership
from matxich.accounts.queries import in_force
from matxich.appraisal.models import Case
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.policy.queries.showing import said
from matxich.proposals.models import FieldNote, Proposal, ProposalVersion
from matxich.proposals.permissions import may_assign, may_check, may_conclude, may_hand_over
from matxich.proposals.queries.applicant import events_of
from matxich.proposals.queries.cases import case_of
from matxich.proposals.queries.entitlement import Entitlement, entitlement
from matxich.proposals.queries.waiting import GateLine, gate_lines
from matxich.proposals.states import GateKind, Status
from matxich.rulebook.calendar import local_date
from matxich.rulebook.law.facts import Words
from matxich.rulebook.proposals.comparing import ROWS, Change, changes, row_text

RETURNABLE = frozenset({Status.CHECKING, Status.REVIEWING, Status.READY})


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One place of a version. `before`: how it read in the version before, None when it reads the same."""

    path: str
    name: str
    label: str
    shown: str
    before: str | None
    notes: tuple[FieldNote, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    id: str
    title: str
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A gate as an officer acts on it: whether it is open, and whether this person may conclude it."""

    line: GateLine
    may: Verdict
    officer: str

    @property
    def is_open(self) -> bool:
        return self.line.state == "checking"


@dataclass(frozen=True, slots=True)
class ReviewPage:
    proposal: Proposal
    version: ProposalVersion
    versions: tuple[ProposalVersion, ...]
    sections: tuple[ReadSection, ...]
    changed: int
    steps: tuple[Step, ...]
    law: Entitlement
    may_check: Verdict
    may_assign: Verdict
    may_hand_over: Verdict
    may_return: bool
    case: Case | None
    colleagues: tuple[tuple[int, str], ...]
    events: tuple[Any, ...]

    @property
    def dossier(self) -> Step:
        return self.steps[0]


def version_of(proposal: Proposal, number: int | None) -> ProposalVersion | None:
    """The version of a number, else the latest."""
    found = proposal.versions.all()
    return found.filter(number=number).first() if number else found.order_by("-number").first()


def review_page(proposal: Proposal, version: ProposalVersion, actor: Actor, at: datetime) -> ReviewPage:
    versions = tuple(proposal.versions.order_by("number"))
    before = next((one for one in reversed(versions) if one.number < version.number), None)
    told = changes(before.snapshot, version.snapshot) if before else ()
    notes = list(FieldNote.objects.filter(version__proposal=proposal).select_related("version").order_by("id"))
    lines = gate_lines(proposal, at)
    standing = {gate.kind: gate for gate in proposal.gates.all()}
    steps = []
    for line in lines:
        gate = standing[line.kind]
        gate.proposal = proposal
        steps.append(Step(line, may_conclude(actor, gate), gate.officer))
    checking = may_check(actor, proposal)
    return ReviewPage(
        proposal, version, versions, tuple(read(version, told, notes)), len(told), tuple(steps),
        entitlement(proposal, actor), checking, may_assign(actor, proposal), may_hand_over(actor, proposal),
        bool(checking) and proposal.status in RETURNABLE, case_of(proposal),
        tuple(colleagues(proposal, at)) if may_assign(actor, proposal) else (), tuple(events_of(proposal)),
    )  # fmt: skip


def colleagues(proposal: Proposal, at: datetime) -> list[tuple[int, str]]:
    """People of the programme's agency to whom a gate may be given."""
    found = Membership.objects.filter(
        in_force(local_date(at)), agency=proposal.call.plan.programme.agency_id,
        role__in=["officer", "head", "finance"],
        user__is_active=True,
    )  # fmt: skip
    return list(dict(found.order_by("user__order").values_list("user_id", "user__name")).items())


def read(
    version: ProposalVersion, told: tuple[Change, ...] = (), notes: list[FieldNote] | None = None
) -> list[ReadSection]:
    """A version section by section, in its own words; what is gone since the version before stands too."""
    changed = {one.path: one for one in told}
    noted: dict[str, list[FieldNote]] = {}
    for note in notes or ():
        noted.setdefault(note.path, []).append(note)
    snapshot = version.snapshot
    found = [
        ReadSection(
            section["id"], said(Words(section["vi"], section["en"])),
            tuple(
                _line(f"{section['id']}.{one['id']}", said(Words(one["vi"], one["en"])), one["shown"], changed,
                      noted)
                for one in section["fields"]
            ),
        )
        for section in snapshot["sections"]
    ]  # fmt: skip
    for key, words in ROWS.items():
        rows = snapshot.get(key) or []
        counted: dict[str, int] = {}
        lines = []
        for row in rows:
            name = str(row.get({"costs": "item", "files": "label"}.get(key, "name")) or "")
            counted[name] = counted.get(name, 0) + 1
            lines.append(_line(f"{key}.{name}#{counted[name]}", name, row_text(key, row), changed, noted))
        paths = {one.path for one in lines}
        lines += [
            _line(one.path, said(one.label), "", changed, noted)
            for one in told
            if one.path.startswith(f"{key}.") and one.path not in paths
        ]
        if lines:
            found.append(ReadSection(key, said(words), tuple(lines)))
    return found


def _line(path: str, label: str, shown: str, changed: dict[str, Change], noted: dict[str, list[FieldNote]]) -> ReadLine:
    change = changed.get(path)
    return ReadLine(path, path, label, shown, change.before if change else None, tuple(noted.get(path, ())))


def gate_titles() -> dict[str, str]:
    return {one.value: str(one.label) for one in GateKind}
