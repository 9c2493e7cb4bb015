"""A department with everybody a paper passes through, and papers in any state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from matxich.correspondence.actions import drafting, issuing, numbering, signing
from matxich.correspondence.kinds import declared
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.states import PaperState
from tests.conftest import NOW, World

ORDER = ["draft", "submitted", "initialled", "signed", "numbered", "issued"]


@dataclass(frozen=True)
class Hands:
    """Actors of Hải Phòng's department: who drafts, looks over, signs, numbers; and a clerk of another department."""

    drafter: Any
    head: Any
    leader: Any
    clerk: Any
    foreign_clerk: Any
    agency: Any
    users: dict[str, Any]


def person_of(email: str, name: str, agency: Any, role: str, scope: str) -> Any:
    from matxich.accounts.models import Membership, User

    user = User.objects.create(email=email, name=name, created_at=NOW, is_demo=True)
    Membership.objects.create(user=user, agency=agency, role=role, scope=scope, valid_from=date(2025, 7, 1))
    return user


@pytest.fixture
def hands(world: World) -> Hands:
    from matxich.accounts.queries import person
    from matxich.accounts.states import Role

    told = {
        "head": ("Phạm Văn Phòng", world.agency, Role.HEAD, "31"),
        "leader": ("Lê Hữu Lãnh", world.agency, Role.LEADER, "31"),
        "clerk": ("Vũ Thị Thư", world.agency, Role.CLERK, "31"),
        "foreign_clerk": ("Hồ Văn Xa", world.other_agency, Role.CLERK, "75"),
    }
    users = {name: person_of(f"{name}@matxich.test", *rest) for name, rest in told.items()} | {"drafter": world.owner}
    actors = {name: person(user, NOW.date()) for name, user in users.items()}
    return Hands(agency=world.agency, users=users, **actors)


def drafted(hands: Hands, kind: str = "approval", **more: Any) -> OfficialPaper:
    common: dict[str, Any] = {"owner": drafting.Owner("proposal", "31", "decision"), "by": hands.drafter, "at": NOW}
    return drafting.draft_paper(agency=hands.agency, kind=kind, fields=declared(kind).sample, **common | more)


def brought(hands: Hands, state: str, kind: str = "approval", *, at: datetime = NOW, **more: Any) -> OfficialPaper:
    """A paper in a state, every step by whose it is."""
    paper = drafted(hands, kind, at=at, **more)
    steps: list[tuple[str, Callable[..., OfficialPaper], Any]] = [
        ("submitted", drafting.submit, paper_by(hands, paper)),
        ("initialled", signing.initial, hands.head),
        ("signed", signing.sign, hands.leader),
        ("numbered", numbering.number, hands.clerk),
        ("issued", issuing.issue, hands.clerk),
    ]
    if state == "returned":
        paper = brought_on(paper, steps[:1], at)
        return drafting.give_back(paper=paper, reason="Sửa lại", by=hands.head, at=at, base_version=paper.version)
    if state == "discarded":
        return drafting.discard(paper=paper, reason="Thôi", by=hands.drafter, at=at, base_version=paper.version)
    if state == "withdrawn":
        paper = brought_on(paper, steps, at)
        return issuing.withdraw(paper=paper, reason="Nhầm", by=hands.leader, at=at, base_version=paper.version)
    if state == "replaced":
        paper = brought_on(paper, steps, at)
        newer = drafting.replace_paper(paper=paper, fields=declared(kind).sample, by=hands.drafter, at=at)
        brought_on(newer, steps, at)
        paper.refresh_from_db()
        return paper
    return brought_on(paper, steps[: ORDER.index(state)], at)


def paper_by(hands: Hands, paper: OfficialPaper) -> Any:
    return next(actor for actor in vars(hands).values() if getattr(actor, "id", None) == paper.drafted_by)


def brought_on(paper: OfficialPaper, steps: Any, at: datetime) -> OfficialPaper:
    for _state, act, by in steps:
        paper = act(paper=paper, by=by, at=at, base_version=paper.version)
    return paper


STATES = [state.value for state in PaperState]
