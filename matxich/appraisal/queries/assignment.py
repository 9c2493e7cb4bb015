"""The assignment problem of a batch, and what a run looks like to people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matxich.appraisal.models import Assignment, AssignmentRun, Batch, Case, CouncilMember, Interest
from matxich.appraisal.queries.people import in_office
from matxich.appraisal.states import LIVE, SHUTTING
from matxich.rulebook.vietnamese.text import fold


def shut_pairs(batch: Batch) -> set[tuple[int, int]]:
    """(case, member) pairs that may never meet: an interest of the person, by whichever seat."""
    people = {each.user_id: each.pk for each in in_office(batch.council_id)}
    rows = Interest.objects.filter(case__batch=batch, state__in=SHUTTING).values_list("case_id", "member__user_id")
    return {(case, people[user]) for case, user in rows if user in people}


def problem_document(batch: Batch, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """As `matxich assign` takes it, with keys of rows for ids, so that it can be replayed there."""
    cases = list(batch.cases.filter(state__in=LIVE).order_by("id"))
    members = [each for each in in_office(batch.council_id) if each.votes and each.role in wanted["roles"]]
    known = {each.pk for each in members}
    return {
        "cases": [
            _told(
                {"id": str(case.pk), "needs": wanted["needs"], "expertise": case.expertise, "province": case.province}
            )
            for case in cases
        ],
        "reviewers": [
            _told(
                {
                    "id": str(each.pk),
                    "min": wanted["least"],
                    "max": wanted["most"],
                    "expertise": each.expertise,
                    "organisation": fold(each.organisation),
                    "province": each.province,
                    "finance": each.role == "finance",
                }
            )
            for each in members
        ],
        "conflicts": [[str(case), str(member)] for case, member in sorted(shut_pairs(batch)) if member in known],
        "affinity": None,
        "rules": dict(wanted["rules"]),
    }


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known: the document of an assignment leaves it out."""
    return {key: value for key, value in row.items() if value != ""}


def affinities(case: Case, members: Iterable[CouncilMember]) -> dict[int, Fraction]:
    """The share of what a case asks for that each member knows, as the rulebook counts it without an affinity given."""
    asked = {fold(each).strip() for each in case.expertise}
    return {
        each.pk: Fraction(len(asked & {fold(word).strip() for word in each.expertise}), max(1, len(asked)))
        for each in members
    }


@dataclass(frozen=True, slots=True)
class AssignedLine:
    """A case of a run with those who are proposed for it."""

    case: Case
    members: tuple[CouncilMember, ...]


@dataclass(frozen=True, slots=True)
class LoadLine:
    member: CouncilMember
    count: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """`gap`: how far the proof leaves open; `loads`: how many each member gets."""

    run: AssignmentRun
    lines: tuple[AssignedLine, ...]
    loads: tuple[LoadLine, ...]
    relax: tuple[str, ...]

    @property
    def found(self) -> bool:
        return bool(self.run.result["assignment"])


def run_page(run: AssignmentRun, hidden: set[int]) -> RunPage:
    """`hidden`: cases shut to the reader; they do not appear."""
    chosen = {int(case): [int(each) for each in members] for case, members in run.result["assignment"].items()}
    members = {
        each.pk: each
        for each in CouncilMember.objects.filter(
            pk__in=[int(each["id"]) for each in run.problem["reviewers"]]
        ).select_related("user")
    }
    cases = Case.objects.filter(pk__in=set(chosen) - hidden).order_by("reference", "id")
    lines = tuple(
        AssignedLine(case, tuple(members[each] for each in chosen[case.pk] if each in members)) for case in cases
    )
    counts = {pk: sum(pk in each for case, each in chosen.items() if case not in hidden) for pk in members}
    loads = tuple(LoadLine(member, counts[pk]) for pk, member in members.items())
    return RunPage(run, lines, loads, tuple(each["text"] for each in run.result["relax"]))


def standing_assignments(batch: Batch, hidden: set[int]) -> list[AssignedLine]:
    rows = Assignment.objects.filter(case__batch=batch, ended_at=None).exclude(case__in=hidden)
    found: dict[Case, list[CouncilMember]] = {}
    for row in rows.select_related("case", "member__user").order_by("case__reference", "case_id", "id"):
        found.setdefault(row.case, []).append(row.member)
    return [AssignedLine(case, tuple(members)) for case, members in found.items()]
