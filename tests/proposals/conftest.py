"""An open call of the owner's department, a firm with its representative and preparer, and people for every gate."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from matxich.accounts.models import Agency, Membership, User
from matxich.accounts.queries import person
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import Actor
from matxich.places.models import Unit
from matxich.programmes.models import Call, FundingLine, Programme, YearPlan
from matxich.proposals.actions.drafting import ResultIn, save_answers, save_costs, save_results, start_proposal
from matxich.proposals.actions.papers import add_file
from matxich.proposals.actions.submitting import submit_proposal
from matxich.proposals.models import Proposal
from matxich.proposals.packaged import forms
from matxich.registry.actions import Upload, create_enterprise, source_named
from matxich.registry.models import Enterprise
from matxich.rulebook.proposals.costs import Line
from matxich.rulebook.vietnamese.text import fold, sort_key
from tests.conftest import NOW, World
from tests.registry.claim_world import PDF, managed

CLOSES = NOW + timedelta(days=10)
COMMUNE = "11629"


@dataclass(frozen=True)
class People:
    """`officer` and `second` check, `finance` looks at the money, `head` gives work out; `stranger`: another province.

    `representative` hands in for the firm, `preparer` writes; `collaborator` works in the commune.
    """

    officer: Actor
    second: Actor
    finance: Actor
    head: Actor
    stranger: Actor
    representative: Actor
    preparer: Actor
    collaborator: Actor
    centre: Actor
    viewer: Actor


def user(email: str, name: str, at: Agency, role: str, scope: str) -> User:
    made = User.objects.create(email=email, name=name, created_at=NOW, is_demo=True)
    Membership.objects.create(user=made, agency=at, role=role, scope=scope, valid_from=date(2025, 7, 1))
    return made


def acting(one: Any) -> Actor:
    return person(one, NOW.date())


@pytest.fixture
def commune(db: None) -> Unit:
    return Unit.objects.create(
        code=COMMUNE, level="commune", kind="xã", name="An Lão", full_name="Xã An Lão", name_en="An Lao", parent="31",
        valid_from=date(2025, 7, 1), folded=fold("An Lão"), order=sort_key("An Lão"),
    )  # fmt: skip


@pytest.fixture
def firm(world: World) -> Enterprise:
    """A foundry in a commune of Hải Phòng: rural industry by the decree of 2025."""
    by = acting(world.owner)
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    facts = {
        "name": "Công ty TNHH Đúc Mẫu", "site_address": "Thôn Mẫu, Xã An Lão, Thành phố Hải Phòng", "workers": "164",
        "revenue": "90000000000", "assets": "60000000000", "processes": "Đúc gang", "phone": "0900 000 001",
    }  # fmt: skip
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=by, at=NOW)


@pytest.fixture
def people(world: World, firm: Enterprise, commune: Unit) -> People:
    department = world.agency
    centre = Agency.objects.create(kind=AgencyKind.PROMOTION_CENTRE, name="Trung tâm Khuyến công mẫu", place="31")
    own = world.enterprise.memberships.get().agency  # type: ignore[attr-defined]
    managed(firm, world.enterprise, acting(world.owner), agency=own)
    return People(
        acting(world.owner), acting(world.colleague),
        acting(user("ketoan@matxich.test", "Cao Thị Toán", department, Role.FINANCE, "31")),  # type: ignore[arg-type]
        acting(user("phong@matxich.test", "Mai Trưởng Phòng", department, Role.HEAD, "31")),  # type: ignore[arg-type]
        acting(world.stranger), acting(world.enterprise),
        acting(user("lap@matxich.test", "Tô Lập Hồ Sơ", own, Role.PREPARER, "31")),
        acting(user("kcv@matxich.test", "Hà Khuyến Công", centre, Role.COLLABORATOR, COMMUNE)),
        acting(user("tt@matxich.test", "Lý Trung Tâm", centre, Role.OFFICER, "31")),
        acting(world.viewer),
    )  # fmt: skip


def make_call(agency: Any, code: str = "KC-31-2026-1", **told: Any) -> Call:
    programme = Programme.objects.create(
        code=f"CT-{code}", name="Chương trình khuyến công mẫu", kind="kc_local", agency=agency, place="31",
        starts=date(2026, 1, 1), ends=date(2031, 1, 1), state="running", created_by="x", created_at=NOW,
    )  # fmt: skip
    line = FundingLine.objects.create(
        programme=programme, year=2026, source="kc_local", layer="national", name="Ngân sách mẫu",
        budget=5_000_000_000, created_by="x", created_at=NOW,
    )  # fmt: skip
    plan = YearPlan.objects.create(
        programme=programme, year=2026, state="approved", decision_no="1/QĐ", decided_on=date(2026, 2, 1),
        approved_by="y", submitted_by="x", created_by="x", created_at=NOW,
    )  # fmt: skip
    whole = {
        "plan": plan, "code": code, "title": "Đợt khuyến công mẫu 2026", "content_groups": [],
        "supports": ["KC-12", "KC-10"],
        "opens_at": NOW - timedelta(days=20), "closes_at": CLOSES, "state": "published", "published_at": NOW,
        "created_by": "x", "created_at": NOW,
    } | told  # fmt: skip
    call = Call.objects.create(**whole)
    call.funding_lines.add(line)
    return call


@pytest.fixture
def call(world: World) -> Call:
    return make_call(world.agency)


ANSWERS: dict[str, object] = {
    "executor": "Công ty TNHH Đúc Mẫu", "site": "Lô CN-7, KCN Tràng Duệ", "line": "mechanical_electronic",
    "current": "Đúc gang, 164 lao động.", "workers": "164",
    "problem": "Máy cũ, lỗi nhiều, không kịp đơn hàng của khách.",
    "grounds": "Chương trình khuyến công mẫu", "goal": "Giảm tỷ lệ lỗi, tăng năng suất.",
    "scale": "Một máy phay CNC mới.",
    "better": "Chính xác hơn, tiết kiệm điện.", "new_machines": "true", "is_line": "false",
    "work": "Mua máy tháng 1, lắp tháng 3, chạy thử tháng 4 năm sau.", "starts": "01/01/2027", "ends": "30/06/2027",
    "organisation": "Phòng kỹ thuật phụ trách.", "counterpart": "true", "land_ready": "true",
    "effect": "Thêm việc làm.", "after": "Chia sẻ kinh nghiệm trong hiệp hội.", "no_double": "true", "truth": "true",
}  # fmt: skip
LINE = Line("Máy phay CNC", "máy", Decimal(1), 600_000_000, 250_000_000, 350_000_000)
RESULT = ResultIn("C02", "Tỷ lệ lỗi", "ppm", Decimal(900), Decimal(300), date(2027, 12, 31))


def write_all(proposal: Proposal, by: Actor, at: datetime = NOW, line: Line = LINE, **answers: object) -> Proposal:
    """Everything that has to be there, papers apart."""
    form = forms()[proposal.form_code]
    for section in form.sections:
        current = Proposal.objects.get(pk=proposal.pk)
        typed = {one.id: value for one in section.fields if (value := (ANSWERS | answers).get(one.id)) is not None}
        base = current.parts.get(section.id, 0)
        save_answers(proposal=current, section=section.id, typed=typed, base=base, by=by, at=at)
    current = Proposal.objects.get(pk=proposal.pk)
    save_costs(proposal=current, lines=[line], min_part=None, base=current.parts.get("du-toan", 0), by=by, at=at)
    save_results(proposal=current, rows=[RESULT], base=current.parts.get("ket-qua", 0), by=by, at=at)
    return Proposal.objects.get(pk=proposal.pk)


def upload(content: bytes = PDF, name: str = "cong-van.pdf") -> Upload:
    return Upload(io.BytesIO(content), name)


@pytest.fixture
def draft(people: People, firm: Enterprise, call: Call) -> Proposal:
    return start_proposal(
        call=call, content="KC-12", title="Máy phay CNC cho xưởng đúc mẫu", enterprise=firm, by=people.preparer, at=NOW
    )


@pytest.fixture
def ready(draft: Proposal, people: People) -> Proposal:
    """Written in full, with its letter."""
    write_all(draft, people.preparer)
    add_file(proposal=draft, paper="cong-van", upload=upload(), by=people.preparer, at=NOW)
    return Proposal.objects.get(pk=draft.pk)


@pytest.fixture
def handed_in(ready: Proposal, people: People) -> Proposal:
    submit_proposal(proposal=ready, token=uuid4(), base_version=ready.version, by=people.representative, at=NOW)
    return Proposal.objects.get(pk=ready.pk)


@pytest.fixture
def fresh() -> Callable[[Proposal], Proposal]:
    return lambda proposal: Proposal.objects.select_related("call__plan__programme", "enterprise").get(pk=proposal.pk)
