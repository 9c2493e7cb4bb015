"""People whose word counts for figures: a department of each of two provinces, and the ministry with two people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from matxich.kit.actor import Actor
from matxich.policy.actions.acts import Proposal, decide, propose
from matxich.policy.actions.support import Entry
from matxich.policy.models import FigureAct
from matxich.policy.states import ActKind
from matxich.rulebook.law.figures import Rate
from tests.conftest import NOW, World

RESOLUTION = {
    "id": "nq-12-2026-nq-hdnd-31", "kind": "resolution", "number": "12/2026/NQ-HĐND", "issuer": "HĐND Hải Phòng",
    "issued": "2026-03-01", "from": "2026-03-10", "vi": "Mức chi khuyến công của thành phố", "en": "",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """Those who propose and decide."""

    owner: Actor
    colleague: Actor
    stranger: Actor
    ministry: Actor
    second: Actor
    viewer: Actor
    administrator: Actor
    firm: Actor


@pytest.fixture
def people(world: World, as_actor: Callable[[object], Actor]) -> Words:
    from matxich.accounts.models import Membership, User
    from matxich.accounts.states import Role

    head = User.objects.create(email="second@matxich.test", name="Hồ Thị Hai", created_at=NOW, is_demo=True)
    agency = world.ministry.memberships.get().agency  # type: ignore[attr-defined]
    Membership.objects.create(user=head, agency=agency, role=Role.LEADER, scope="", valid_from=date(2025, 7, 1))
    return Words(
        as_actor(world.owner), as_actor(world.colleague), as_actor(world.stranger), as_actor(world.ministry),
        as_actor(head), as_actor(world.viewer), as_actor(world.administrator), as_actor(world.enterprise),
    )  # fmt: skip


def confirming(parameter: str = "KC-13", row: str = "2018-05-11") -> Proposal:
    return Proposal(
        kind=ActKind.CONFIRM, parameter=parameter, layer="national", row=row, instrument="tt-28-2018-btc",
        at="Điều 8", reason="Đã đọc văn bản",
    )  # fmt: skip


def own(layer: str = "province:31", starts: date = date(2026, 3, 10), cap: int = 400_000_000) -> Proposal:
    return Proposal(
        kind=ActKind.ADD, parameter="KC-12", layer=layer, values={"share": Rate.of("60%"), "cap": cap},
        starts=starts, instrument=str(RESOLUTION["id"]), at="Điều 2", new_instrument=RESOLUTION,
        reason="Nghị quyết của HĐND",
    )  # fmt: skip


def in_force(proposal: Proposal, one: Actor, other: Actor) -> FigureAct:
    act = propose(proposal=proposal, by=one, at=NOW)
    decide(act=act, accept=True, by=other, at=NOW)
    return FigureAct.objects.get(pk=act.pk)


def entry(**told: object) -> Entry:
    whole = {
        "name": "Cơ khí Mẫu", "province": "31", "title": "Máy tiện CNC", "content": "KC-12", "year": 2026,
        "agency": "Sở Công Thương", "budget": "province:31", "amount": 300_000_000, "source": "Sổ khuyến công",
        "decision_no": "15/QĐ-SCT", "decided_on": date(2026, 5, 4),
    }  # fmt: skip
    return Entry(**(whole | told))  # type: ignore[arg-type]
