"""Who may manage a firm's record: asked with papers, decided by the officer of the place, never silently."""

import pytest

from matxich.accounts.models import Agency, Membership
from matxich.accounts.states import AgencyKind, Role
from matxich.files.actions import WrongType
from matxich.files.models import StoredFile
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from matxich.registry import actions
from matxich.registry.models import Attachment, Claim, Enterprise, Statement
from matxich.registry.permissions import (
    may_decide_term,
    may_edit,
    may_edit_field,
    may_see_contacts,
    may_see_officials_fields,
)
from matxich.registry.queries import passport
from matxich.registry.queries.claims import firm_of_tax_code, is_managed, mentions, waiting_claims
from matxich.registry.states import SourceKind
from matxich.rulebook.capabilities.joining import DENIED, joined
from tests.conftest import NOW
from tests.registry.claim_world import acting, claimed, managed, paper, somebody
from tests.registry.firm_world import AS_OF, SYSTEM, full_firm, say, told_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Enterprise:
    return full_firm()


def declare(firm: Enterprise, user: object, field: str, value: object, **more: object) -> Statement:
    firm.refresh_from_db()
    given = {"as_of": NOW.date(), "replaces": True, "source": told_by(), "verification": 4} | more
    return actions.state_fact(
        enterprise=firm, field=field, value=value, by=acting(user), at=NOW, base_version=firm.version, **given
    )


def test_a_claim_approved_makes_the_organisation_and_its_representative(firm, world, as_actor):
    lan = somebody()
    claim = claimed(firm, lan, note="Tôi là kế toán trưởng.")
    assert [c.pk for c in waiting_claims(as_actor(world.owner))] == [claim.pk]
    assert list(waiting_claims(as_actor(world.stranger))) == []
    assert not may_edit(acting(lan), firm)
    approved = actions.approve_claim(claim=claim, by=as_actor(world.owner), at=NOW)
    agency = Agency.objects.get(pk=approved.agency_id)
    assert (agency.kind, agency.name, agency.place) == (AgencyKind.ENTERPRISE, firm.name, "31")
    held = Membership.objects.get(user=lan)
    assert (held.agency, held.role) == (agency, Role.REPRESENTATIVE)
    assert may_edit(acting(lan), firm)
    assert is_managed(firm)
    entries = Entry.objects.filter(action__startswith="claim.").order_by("id").values_list("action", "after")
    assert list(entries) == [
        ("claim.submit", {"claim": claim.pk}),
        ("claim.approve", {"claim": claim.pk, "agency": agency.pk}),
    ]
    assert {n.kind for n in Notice.objects.all()} == {"inapp", "mail"}


def test_only_the_officers_of_the_place_decide(firm, world, as_actor):
    claim = claimed(firm, somebody())
    for name in ("stranger", "viewer", "administrator", "enterprise"):
        for act in (actions.approve_claim, actions.refuse_claim):
            with pytest.raises(Denied):
                act(claim=claim, by=as_actor(world.people[name]), at=NOW, reason="x")
    with pytest.raises(Denied):
        actions.withdraw_claim(claim=claim, by=as_actor(world.owner), at=NOW)
    with pytest.raises(Denied):
        claimed(firm, world.owner)
    assert Claim.objects.get().state == "submitted"


def test_two_claims_at_once_both_stand_until_each_is_decided(firm, world, as_actor):
    officer, lan, minh = as_actor(world.owner), somebody(), somebody("minh@khac.example", "Lý Minh")
    first, second = claimed(firm, lan), claimed(firm, minh)
    actions.approve_claim(claim=first, by=officer, at=NOW)
    second.refresh_from_db()
    assert second.state == "submitted"
    with pytest.raises(actions.ReasonNeeded):
        actions.refuse_claim(claim=second, by=officer, at=NOW, reason=" ")
    refused = actions.refuse_claim(claim=second, by=officer, at=NOW, reason="Giấy tờ của công ty khác")
    assert (refused.state, refused.reason) == ("refused", "Giấy tờ của công ty khác")
    assert not may_edit(acting(minh), firm)
    assert "Giấy tờ của công ty khác" in Notice.objects.filter(kind="mail", to=minh.email).get().body


def test_a_second_person_approved_joins_the_same_organisation(firm, world, as_actor):
    officer = as_actor(world.owner)
    one = managed(firm, somebody(), officer)
    two = managed(firm, somebody("minh@binhminh.example", "Lý Minh"), officer)
    assert (one.agency_id, Agency.objects.filter(name=firm.name).count()) == (two.agency_id, 1)


def test_sent_twice_stale_and_claiming_what_one_manages(firm, world, as_actor):
    officer, lan = as_actor(world.owner), somebody()
    claim = claimed(firm, lan)
    with pytest.raises(actions.AlreadyClaimed) as refusal:
        claimed(firm, lan)
    assert refusal.value.claim == claim
    actions.withdraw_claim(claim=claim, by=acting(lan), at=NOW)
    with pytest.raises(actions.ClaimMoved):
        actions.approve_claim(claim=claim, by=officer, at=NOW)
    actions.approve_claim(claim=claimed(firm, lan), by=officer, at=NOW)
    with pytest.raises(actions.AlreadyManaged):
        claimed(firm, lan)


def test_a_paper_that_is_no_paper_leaves_nothing(firm):
    with pytest.raises(WrongType):
        actions.submit_claim(
            enterprise=firm, by=acting(somebody()), at=NOW, registration=paper(b"<html><script>", "a.pdf")
        )
    assert (Claim.objects.count(), Attachment.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_the_end_of_a_claim_ends_it_for_the_whole_organisation(firm, world, as_actor):
    officer, lan, minh = as_actor(world.owner), somebody(), somebody("minh@binhminh.example", "Lý Minh")
    claim, _other = managed(firm, lan, officer), managed(firm, minh, officer)
    with pytest.raises(Denied):
        actions.end_claim(claim=claim, by=as_actor(world.stranger), at=NOW, reason="x")
    actions.end_claim(claim=claim, by=acting(lan), at=NOW, reason="Nghỉ việc")
    assert [c.state for c in Claim.objects.all()] == ["ended", "ended"]
    assert not may_edit(acting(minh), firm)
    with pytest.raises(actions.ClaimMoved):
        actions.end_claim(claim=claim, by=officer, at=NOW, reason="x")


def test_a_record_merged_away_is_managed_through_the_one_kept(firm, world, as_actor):
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    kept = actions.create_enterprise(
        facts={"name": "Cơ khí Bình Minh", "address": "Hải Phòng"}, source=told_by(), as_of=AS_OF, by=SYSTEM, at=NOW
    )
    firm.refresh_from_db()
    kept.refresh_from_db()
    actions.merge_enterprises(
        kept=kept, merged=firm, by=SYSTEM, at=NOW, reason="x", kept_version=kept.version, merged_version=firm.version
    )
    assert may_edit(acting(lan), Enterprise.objects.get(pk=kept.pk))
    assert firm_of_tax_code("9991274607").pk == kept.pk
    assert is_managed(kept)


def test_the_firms_word_is_its_own_whatever_is_asked(firm, world, as_actor):
    """It stands beside what officials told, replaces its own earlier word alone, and withdraws nothing."""
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    first = declare(firm, lan, "workers", "95")
    assert (first.source.kind, first.verification, first.recorded_by) == (SourceKind.SELF_DECLARED, 0, f"user:{lan.pk}")
    firm.refresh_from_db()
    assert firm.workers == 80
    second = declare(firm, lan, "workers", "97")
    first.refresh_from_db()
    assert first.superseded_by_id == second.pk
    assert not Statement.objects.exclude(pk=first.pk).filter(superseded_by__isnull=False).exists()
    officials = Statement.objects.get(field="workers", verification=1)
    firm.refresh_from_db()
    for statement in (officials, second):
        with pytest.raises(Denied):
            actions.withdraw_statement(
                statement=statement, by=acting(lan), at=NOW, base_version=firm.version, reason="x"
            )
    for field in ("name", "tax_code", "note", "external_id"):
        assert not may_edit_field(acting(lan), (firm, field))
        with pytest.raises(Denied):
            declare(firm, lan, field, "9991274607")
    assert not may_decide_term(acting(lan), firm)
    assert not may_see_officials_fields(acting(lan), firm)
    assert not may_see_contacts(acting(lan), firm)


def test_a_firm_tells_items_in_parts_and_takes_back_only_its_own(firm, world, as_actor):
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    told = say(firm, "machine", {"kind": "Máy phay CNC", "maker": "Mazak"})
    own = declare(firm, lan, "machine", {"kind": "Máy tiện CNC", "maker": "Okuma"}, replaces=False, raw="lời danh sách")
    assert (own.raw, own.verification) == ("", 0)
    with pytest.raises(Denied):
        declare(firm, lan, "machine", dict(DENIED), replaces=False, instead_of=told.pk)
    declare(firm, lan, "machine", {"kind": "Máy tiện CNC", "maker": "Mori Seiki"}, replaces=False, instead_of=own.pk)
    own.refresh_from_db()
    assert own.superseded_by.value["maker"] == "Mori Seiki"
    declare(firm, lan, "machine", dict(DENIED), replaces=False, instead_of=own.superseded_by_id)
    firm.refresh_from_db()
    assert [item.value["maker"] for item in joined(firm.passport, "machine", latest_year=2026)] == ["Mazak"]


def test_an_own_list_of_items_adds_to_what_lists_say(firm, world, as_actor):
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    declare(firm, lan, "processes", "Mài phẳng; cắt dây")
    declare(firm, lan, "processes", "Mài phẳng")
    firm.refresh_from_db()
    assert [item[0] for item in firm.passport["processes"]["m"]] == ["Phay CNC", "tiện CNC", "Mài phẳng"]


def test_an_outsider_of_the_programme_does_not_declare_itself_in(world, as_actor):
    source = told_by("Danh sách niêm yết", SourceKind.OUTSIDE)
    firm = actions.create_enterprise(
        facts={"name": "Ngoài danh mục", "address": "Hải Phòng"}, source=source, as_of=AS_OF, by=SYSTEM, at=NOW
    )
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    declare(firm, lan, "products", "Khuôn")
    firm.refresh_from_db()
    assert not firm.in_programme


def test_what_the_firm_sees_of_itself(firm, world, as_actor):
    """Officials' figures about it, not their notes; not a contact somebody else named, but one it named itself."""
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    say(firm, "note", "Cần kiểm tra lại")
    seen = {row.code for section in passport(firm, actor=acting(lan)).sections for row in section.rows}
    assert seen == {"name", "tax_code", "address", "product", "processes", "certificate", "workers", "customer"}
    declare(firm, lan, "phone", "0225 123 456")
    row = passport(firm, actor=acting(lan)).row("phone")
    assert [fact.value for fact in row.facts] == ["0225 123 456"]
    assert row.facts[0].alternatives == ()


def test_preparers_state_and_strangers_do_not(firm, world, as_actor):
    lan = somebody()
    claim = managed(firm, lan, as_actor(world.owner))
    tu = somebody("tu@binhminh.example", "Trần Tú")
    Membership.objects.create(user=tu, agency=claim.agency, role=Role.PREPARER, scope="31", valid_from=AS_OF)
    declare(firm, tu, "workers", "96")
    with pytest.raises(Denied):
        declare(firm, world.enterprise, "workers", "1")


def test_which_lists_mention_the_firm(firm, write_list, tmp_path):
    path = write_list((firm.name, "9991274607", "Hải Phòng", "Khuôn dập", 90, "0912345678"))
    actions.import_list(path, source_name="Hiệp hội cơ khí", by=SYSTEM, at=NOW, as_of=AS_OF)
    assert [(m.source, m.facts) for m in mentions(firm, public_only=False)] == [("Hiệp hội cơ khí", 6)]
    assert [(m.source, m.facts) for m in mentions(firm, public_only=True)] == [("Hiệp hội cơ khí", 5)]
