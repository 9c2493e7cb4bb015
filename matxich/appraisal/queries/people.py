"""Members and parties as the rulebook takes them; who of a council may vote on a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matxich.appraisal.models import Case, CouncilMember, Interest
from matxich.appraisal.states import SHUTTING
from matxich.rulebook.appraisal.conflicts import Contract, Holding, Known, Organisation, Party
from matxich.rulebook.appraisal.exact import NotExact, exact
from matxich.rulebook.appraisal.quorum import Seat


def known_of(member: CouncilMember) -> Known:
    """What the account, the seat and the member's own word tell."""
    told: dict[str, Any] = member.known or {}
    own = [Organisation(member.organisation, member.tax_code or told.get("tax_code", ""))]
    more = [Organisation(row.get("name", ""), row.get("tax_code", "")) for row in told.get("organisations", ())]
    return Known(
        name=member.user.name,
        organisations=tuple(each for each in (*own, *more) if each.name or each.tax_code),
        phones=tuple(filter(None, (member.user.phone, *told.get("phones", ())))),
        emails=tuple(filter(None, (member.user.email, *told.get("emails", ())))),
        addresses=tuple(told.get("addresses", ())),
        holdings=tuple(_holding(row) for row in told.get("holdings", ())),
        contracts=tuple(_contract(row) for row in told.get("contracts", ())),
    )


def parties_of(case: Case) -> list[Party]:
    """Those the owner named; the applicant itself is always among them."""
    found = [_party(each) for each in case.parties]
    if not any(each.name == case.organisation for each in found):
        found.insert(0, Party("applicant", case.organisation, case.tax_code))
    return found


def _party(told: dict[str, Any]) -> Party:
    return Party(
        role=str(told.get("role", "")),
        name=str(told.get("name", "")),
        tax_code=str(told.get("tax_code", "") or ""),
        address=str(told.get("address", "") or ""),
        phones=tuple(told.get("phones") or ()),
        emails=tuple(told.get("emails") or ()),
        people=tuple(told.get("people") or ()),
        owners=tuple(_holding(row) for row in told.get("owners") or ()),
    )


def _holding(row: dict[str, Any]) -> Holding:
    try:
        share: Fraction | None = exact(str(row.get("share", "")))
    except NotExact:
        share = None
    return Holding(str(row.get("name", "")), str(row.get("tax_code", "") or ""), share)


def _contract(row: dict[str, Any]) -> Contract:
    year = str(row.get("year", "") or "")
    return Contract(
        str(row.get("name", "")), str(row.get("tax_code", "") or ""), int(year) if year.isdecimal() else None,
        str(row.get("subject", "")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """The members of a case's council in office: who may vote on it, who is recused."""

    members: tuple[CouncilMember, ...]
    recused: frozenset[int]
    entitled: frozenset[int]

    @property
    def seats(self) -> list[Seat]:
        return [Seat(str(each.pk), each.role, each.votes) for each in self.members]


def in_office(council_id: int | None) -> list[CouncilMember]:
    return list(CouncilMember.objects.filter(council=council_id, valid_to=None).select_related("user").order_by("id"))


def bench_of(case: Case, members: Iterable[CouncilMember] | None = None) -> Bench:
    """`members`: those in office, where the caller has read them."""
    found = tuple(in_office(case.batch.council_id) if members is None else members)
    shut = Interest.objects.filter(case=case, state__in=SHUTTING).values_list("member__user_id", flat=True)
    recused_people = set(shut)
    recused = frozenset(each.pk for each in found if each.user_id in recused_people)
    voting = {each.pk for each in found if each.votes} - recused
    if case.batch.assigned_only:
        voting &= set(case.assignments.filter(ended_at=None).values_list("member_id", flat=True))
    return Bench(found, recused, frozenset(voting))
