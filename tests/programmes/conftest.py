"""A department's programme with its people: an officer, a head, an accountant; another province's; the public."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from matxich.kit.actor import Actor
from matxich.programmes.models import (
    Agreement,
    Call,
    Commitment,
    FundingLine,
    JointTask,
    Programme,
    YearPlan,
)
from tests.conftest import NOW, World

TODAY = date(2026, 11, 20)
MILLION = 10**6


@dataclass(frozen=True)
class People:
    """The owner is an officer of Hải Phòng's department; head, leader and finance are of the same one."""

    owner: Actor
    colleague: Actor
    head: Actor
    leader: Actor
    finance: Actor
    stranger: Actor
    ministry: Actor
    viewer: Actor
    firm: Actor
    administrator: Actor


@dataclass(frozen=True)
class Made:
    programme: Programme
    line: FundingLine
    plan: YearPlan
    call: Call
    commitment: Commitment
    agreement: Agreement
    task: JointTask


def member(world: World, role: str, email: str, name: str):  # type: ignore[no-untyped-def]
    """One more person of the owner's department."""
    from matxich.accounts.models import Membership, User

    user, made = User.objects.get_or_create(email=email, defaults={"name": name, "created_at": NOW, "is_demo": True})
    if made:
        Membership.objects.create(user=user, agency=world.agency, role=role, scope="31", valid_from=date(2025, 7, 1))
    return user


def actors(world: World) -> People:
    from matxich.accounts.queries import person
    from matxich.accounts.states import Role

    def acting(user: object) -> Actor:
        return person(user, TODAY)  # type: ignore[arg-type]

    return People(
        acting(world.owner), acting(world.colleague),
        acting(member(world, Role.HEAD, "head@matxich.test", "Trưởng Phòng Mẫu")),
        acting(member(world, Role.LEADER, "leader@matxich.test", "Lãnh Đạo Mẫu")),
        acting(member(world, Role.FINANCE, "finance@matxich.test", "Kế Toán Mẫu")),
        acting(world.stranger), acting(world.ministry), acting(world.viewer), acting(world.enterprise),
        acting(world.administrator),
    )  # fmt: skip


@pytest.fixture
def people(world: World) -> People:
    return actors(world)


def draft(**changes: object):  # type: ignore[no-untyped-def]
    from matxich.programmes.actions.programmes import Draft

    told = {
        "code": "KCDP-HP", "name": "Khuyến công Hải Phòng", "kind": "kc_local", "place": "31",
        "starts": date(2026, 1, 1), "ends": date(2031, 1, 1), "legal_act": "12/QĐ-UBND",
    }  # fmt: skip
    return Draft(**(told | changes))


def running(world: World, people: People, **changes: object) -> Programme:
    from matxich.programmes.actions.programmes import create_programme, start_programme

    made = create_programme(draft=draft(**changes), agency=world.agency, by=people.owner, at=NOW)
    return start_programme(programme=made, by=people.head, at=NOW, base_version=made.version)


def line_of(programme: Programme, people: People, *, year: int = 2026, name: str = "Ngân sách", millions: int = 1_000):  # type: ignore[no-untyped-def]
    from matxich.programmes.actions.money import allot
    from matxich.programmes.actions.programmes import open_line

    line = open_line(
        programme=programme, year=year, source="kc_local", layer="province:31", name=name, by=people.owner, at=NOW
    )
    if millions:
        allot(
            line=line, amount=millions * MILLION, decision_no="05/QĐ-UBND", on=date(2026, 1, 20), by=people.finance,
            at=NOW,
        )  # fmt: skip
    line.refresh_from_db()
    return line


def item(line: FundingLine, **changes: object):  # type: ignore[no-untyped-def]
    from matxich.programmes.actions.plans import Item

    told = {"content_group": "KC-3", "line": line.pk, "quantity": Decimal(2), "unit": "đề án", "amount": 600 * MILLION}
    return Item(**(told | changes))


def approved_plan(
    programme: Programme, line: FundingLine, people: People, *, decided: date = date(2026, 2, 10)
) -> YearPlan:
    from matxich.programmes.actions.plans import approve_plan, create_plan, save_plan, submit_plan

    plan = create_plan(programme=programme, year=line.year, by=people.owner, at=NOW)
    plan = save_plan(
        plan=plan, items=[item(line)], note="", durations={}, by=people.owner, at=NOW, base_version=plan.version
    )
    plan = submit_plan(plan=plan, by=people.owner, at=NOW, base_version=plan.version)
    return approve_plan(
        plan=plan, decision_no="20/QĐ-UBND", decided_on=decided, by=people.head, at=NOW, base_version=plan.version
    )


def call_draft(line: FundingLine, **changes: object):  # type: ignore[no-untyped-def]
    from matxich.programmes.actions.calls import Draft

    told = {
        "code": "KCDP-HP-1", "title": "Máy móc tiên tiến", "title_en": "Advanced machinery",
        "content_groups": ("KC-3",), "lines": (line.pk,),
        "opens_at": NOW - timedelta(days=5), "closes_at": NOW + timedelta(days=15), "instructions": "Nộp hồ sơ.",
    }  # fmt: skip
    return Draft(**(told | changes))


def published(plan: YearPlan, line: FundingLine, people: People, *, at: datetime = NOW, **changes: object) -> Call:
    from matxich.programmes.actions.calls import create_call, publish_call

    call = create_call(plan=plan, draft=call_draft(line, **changes), by=people.owner, at=at)
    return publish_call(call=call, by=people.head, at=at, base_version=call.version)


def committed(line: FundingLine, people: People, *, millions: int = 300, key: str = "decision:1") -> Commitment:
    from matxich.programmes.actions.money import commit

    return commit(
        line=line, amount=millions * MILLION, owner=("decision", 1), key=key, label="Cơ khí Mẫu",
        made_by=people.owner.id, by=people.finance, at=NOW,
    )  # fmt: skip


def signed(world: World, people: People) -> Agreement:
    from matxich.programmes.actions.agreements import Draft, Party, Target, create_agreement, sign_agreement

    firm = world.enterprise.memberships.get().agency  # type: ignore[attr-defined]
    told = Draft(
        title="Nhà máy thông minh", number="01/BBGN", signed_on=date(2026, 3, 1), valid_from=date(2026, 3, 1),
        valid_to=date(2028, 3, 1),
        parties=(
            Party(name="Bộ Công Thương", role="ministry", signatory="Đỗ Văn Ký"),
            Party(name="Sở Công Thương Hải Phòng", role="locality", agency=world.agency.pk),  # type: ignore[attr-defined]
            Party(name="Công ty mẫu", role="lead_firm", agency=firm.pk),
        ),
        targets=(
            Target(name="Doanh nghiệp được tư vấn", comparator="≈", value=Decimal(50), unit="doanh nghiệp",
                   until=date(2026, 12, 31), source="Điều 3"),
        ),
    )  # fmt: skip
    made = create_agreement(draft=told, agency=world.agency, by=people.owner, at=NOW)  # type: ignore[arg-type]
    return sign_agreement(agreement=made, by=people.owner, at=NOW, base_version=made.version)


def a_programme(world: World) -> Made:
    """Made once in a test's database."""
    from matxich.programmes.actions.agreements import add_task

    people = actors(world)
    if found := Programme.objects.filter(code="KCDP-HP").first():
        call = Call.objects.select_related("plan").get(code="KCDP-HP-1")
        agreement = Agreement.objects.get(number="01/BBGN", agency=world.agency)
        return Made(
            found, call.funding_lines.get(), call.plan, call, Commitment.objects.get(key="decision:1"), agreement,
            agreement.tasks.get(),
        )  # fmt: skip
    programme = running(world, people)
    line = line_of(programme, people)
    plan = approved_plan(programme, line, people)
    call = published(plan, line, people)
    commitment = committed(line, people)
    agreement = signed(world, people)
    task = add_task(
        agreement=agreement, title="Khảo sát", owner=agreement.parties.earliest("order"), due=date(2026, 12, 1),
        note="", by=people.owner, at=NOW,
    )  # fmt: skip
    return Made(programme, line, plan, call, commitment, agreement, task)


@pytest.fixture
def made(world: World) -> Made:
    return a_programme(world)
