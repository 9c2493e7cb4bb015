"""An invented council of seven in Hải Phòng with a batch of cases, and people for every seat."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from matxich.accounts.models import Membership, User
from matxich.accounts.queries import person
from matxich.accounts.states import Role
from matxich.appraisal.actions import batches, cases, councils, criteria
from matxich.appraisal.models import Batch, Case, Council, CouncilMember
from matxich.kit.actor import Actor, system_actor
from tests.conftest import NOW, World

QUORUM = {
    "share": "2/3", "article": "mẫu", "needs": [{"roles": ["chair", "vice"]}, {"roles": ["secretary"]}],
}  # fmt: skip
ROLES = ("chair", "vice", "reviewer", "reviewer", "finance", "member", "secretary")


@dataclass
class Bench:
    """`seats`: the council's members in the order of ROLES; `batch` with its `cases`."""

    council: Council
    batch: Batch
    cases: list[Case] = field(default_factory=list)

    @property
    def seats(self) -> list[CouncilMember]:
        return list(self.council.members.filter(valid_to=None).select_related("user").order_by("id"))


def new_user(email: str, name: str, agency: Any, role: str, scope: str = "31") -> User:
    user = User(email=email, name=name, created_at=NOW, is_demo=True)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, agency=agency, role=role, scope=scope, valid_from=date(2025, 7, 1))
    return user


def actor(user: Any) -> Actor:
    return person(user, timezone.localdate())


def dossier(number: int, **changes: Any) -> cases.Dossier:
    told: dict[str, Any] = {
        "reference": f"ĐA-{number:03d}", "title": f"Đề án mẫu {number}", "organisation": f"Công ty Mẫu {number}",
        "asked": 300_000_000, "sha256": f"{number:064d}", "province": "31", "expertise": ("die_casting",),
        "lines": (
            {"key": "1", "item": "Máy đúc mẫu", "unit": "máy", "quantity": "1", "unit_price": 400_000_000,
             "asked": 200_000_000},
            {"key": "2", "item": "Tư vấn mẫu", "unit": "tháng", "quantity": "4", "unit_price": 25_000_000,
             "asked": 100_000_000},
        ),
        "submitted_at": NOW + timedelta(minutes=number),
    }  # fmt: skip
    return cases.Dossier(**(told | changes))


def make_council(world: World, *, kind: str = "council", founded: bool = True) -> Council:
    by = system_actor()
    facts = councils.CouncilFacts(name="Hội đồng mẫu", kind=kind, quorum=QUORUM if kind == "council" else None)
    council = councils.create_council(agency=world.agency, place="31", facts=facts, by=by, at=NOW)  # type: ignore[arg-type]
    for index, role in enumerate(ROLES):
        user = new_user(f"uv{index}-{council.pk}@matxich.test", f"Ủy Viên {index}", world.agency, Role.COUNCIL_MEMBER)
        councils.seat_member(
            council=council, user=user, by=by, at=NOW,
            facts=councils.SeatFacts(
                role=role, votes=role != "secretary", organisation=f"Đơn vị mẫu {index}", expertise=("die_casting",)
            ),
        )  # fmt: skip
    if founded:
        return councils.found_council(
            council=council, number="12/QĐ-SCT", on=date(2026, 11, 2), by=by, at=NOW, base_version=council.version
        )
    return council


def make_batch(world: World, council: Council | None, code: str = "cnht-default", **told: Any) -> Batch:
    by = system_actor()
    one = criteria.set_in_use(code, agency=world.agency, by=by, at=NOW)  # type: ignore[arg-type]
    facts = batches.BatchFacts(
        name="Đợt mẫu", criteria=one, council=council, route=council.kind if council else "council", **told
    )
    return batches.create_batch(agency=world.agency, year=2026, place="31", facts=facts, by=by, at=NOW)  # type: ignore[arg-type]


@pytest.fixture
def bench(world: World) -> Callable[..., Bench]:
    """A council and a batch of so many cases, collecting or started."""

    def make(
        count: int = 2, *, started: bool = True, declared: bool = True, kind: str = "council",
        code: str = "cnht-default", dossiers: list[cases.Dossier] | None = None, **told: Any,
    ) -> Bench:  # fmt: skip
        council = make_council(world, kind=kind)
        batch = make_batch(world, council, code, **told)
        made = Bench(council, batch)
        for number, each in enumerate(dossiers or [dossier(n) for n in range(1, count + 1)], start=1):
            made.cases.append(
                cases.open_case(batch=batch, owner=("thing", number), dossier=each, by=system_actor(), at=NOW)
            )
        if started:
            made.batch = batches.start_batch(batch=batch, by=actor(world.owner), at=NOW, base_version=batch.version)
        made.cases = list(Case.objects.filter(batch=batch).select_related("batch__council", "batch__criteria"))
        if declared:
            declare_all(made)
        return made

    return make


def declare_all(bench: Bench) -> None:
    from matxich.appraisal.actions.interests import declare_none

    for seat in bench.seats:
        declare_none(cases=bench.cases, by=actor(seat.user), at=NOW)


def sheet(total: int = 75, verdict: str = "pass", **more: str) -> dict[str, str]:
    """A full ballot of cnht-default adding up to `total`, with every opinion it may need."""
    most = {"need": 20, "method": 30, "capacity": 20, "costs": 15, "effect": 15}
    left, told = total, {}
    for code, top in most.items():
        points = min(top, left)
        told[f"points-{code}"], told[f"opinion-{code}"] = str(points), "ý kiến"
        left -= points
    return told | {"verdict": verdict, "comment": "nhận xét"} | more


def vote(case: Case, seat: CouncilMember, told: dict[str, str] | None = None) -> Any:
    from matxich.appraisal.actions.ballots import submit_ballot

    return submit_ballot(case=case, told=told or sheet(), by=actor(seat.user), at=NOW, base_version=0)
