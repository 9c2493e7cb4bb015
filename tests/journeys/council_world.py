"""Everybody and everything of the journey of a council: the people, the firms, the plan of the year."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.accounts.states import AgencyKind, Role
from matxich.appraisal.models import Case, CouncilMember
from matxich.kit.actor import Actor
from matxich.programmes.actions import money, plans, programmes
from matxich.programmes.models import FundingLine, YearPlan
from matxich.proposals.models import Proposal
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise
from tests.conftest import NOW, World
from tests.correspondence.conftest import person_of
from tests.proposals.conftest import COMMUNE, People, commune, firm, people, upload, write_all  # noqa: F401
from tests.registry.claim_world import managed

TABLET = {"width": 834, "height": 1112}
MILLION = 10**6
SEATS = ("chair", "vice", "reviewer", "reviewer", "finance", "member", "secretary")
type Open = Callable[..., Page]


@dataclass
class Story:
    """Everybody and everything by name. `firms` and `users`: the applicants a, b, c, e, f; `d` is a household."""

    people: People
    users: dict[str, User]
    firms: dict[str, Enterprise] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)

    def by(self, name: str) -> Actor:
        return person(self.users[name], timezone.localdate())

    def proposal(self, name: str) -> Proposal:
        return Proposal.objects.select_related("call").get(pk=self.proposals[name].pk)

    def case(self, name: str) -> Case:
        rows = Case.objects.select_related("batch__council", "batch__criteria")
        return rows.get(owner_kind="proposal", owner_id=self.proposals[name].pk)

    @property
    def seats(self) -> list[CouncilMember]:
        return list(CouncilMember.objects.filter(valid_to=None).select_related("user", "council").order_by("id"))


@pytest.fixture(name="story")
def whole_story(people: People, world: World, firm: Enterprise) -> Story:  # noqa: F811
    made = Story(people, {"officer": world.owner, "second": world.colleague, "a": world.enterprise})  # type: ignore[dict-item]
    made.firms["a"] = firm
    for login, role in (("leader", Role.LEADER), ("clerk", Role.CLERK)):
        made.users[login] = person_of(f"{login}@matxich.test", f"{login.title()} Mẫu", world.agency, role, "31")
    for email, login in (("phong", "head"), ("ketoan", "finance"), ("kcv", "collaborator")):
        made.users[login] = User.objects.get(email=f"{email}@matxich.test")
    for index, seat in enumerate(SEATS):
        email = f"hoidong{index}@matxich.test"
        made.users[f"{seat}{index}"] = person_of(email, f"Ủy Viên {index}", world.agency, Role.COUNCIL_MEMBER, "31")
    by = made.by("officer")
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    for name in "bcef":
        title = f"Công ty TNHH Mẫu {name.upper()}"
        facts = {
            "name": title, "site_address": "Thôn Mẫu, Xã An Lão, Thành phố Hải Phòng", "workers": "40",
            "revenue": "90000000000", "assets": "60000000000", "processes": "Đúc gang",
        }  # fmt: skip
        made.firms[name] = create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=by, at=NOW)
        own = world.agency.__class__.objects.create(kind=AgencyKind.ENTERPRISE, name=title, place="31")
        made.users[name] = person_of(f"{name}@matxich.test", f"Chủ {title}", own, Role.REPRESENTATIVE, "31")
        managed(made.firms[name], made.users[name], by, agency=own)
    return made


def year_plan(story: Story, world: World) -> tuple[YearPlan, FundingLine]:
    """Submitted: 600 million for machinery."""
    at, today, by = timezone.now(), timezone.localdate(), story.by("officer")
    draft = programmes.Draft(
        code="KCDP-HP", name="Khuyến công Hải Phòng (mẫu)", kind="kc_local", place="31",
        starts=date(today.year, 1, 1), ends=date(today.year + 5, 1, 1), legal_act="12/QĐ-UBND (mẫu)",
    )  # fmt: skip
    programme = programmes.create_programme(draft=draft, agency=world.agency, by=by, at=at)  # type: ignore[arg-type]
    programme = programmes.start_programme(programme=programme, by=story.by("head"), at=at, base_version=1)
    line = programmes.open_line(
        programme=programme, year=today.year, source="kc_local", layer="province:31", name="Khuyến công (mẫu)", by=by,
        at=at,
    )  # fmt: skip
    money.allot(line=line, amount=600 * MILLION, decision_no="05/QĐ-UBND", on=today, by=story.by("finance"), at=at)
    plan = plans.create_plan(programme=programme, year=today.year, by=by, at=at)
    item = plans.Item(content_group="KC-3", line=line.pk, quantity=Decimal(3), unit="đề án", amount=600 * MILLION)
    plan = plans.save_plan(plan=plan, items=[item], note="", durations={}, by=by, at=at, base_version=plan.version)
    return plans.submit_plan(plan=plan, by=by, at=at, base_version=plan.version), line
