"""Beginning and writing a proposal: who may, what is filled in, what two people at once do to each other."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.ledger.models import Entry
from matxich.places.models import Unit
from matxich.programmes.models import Call
from matxich.proposals.actions.drafting import (
    BadRows,
    CallClosed,
    PartyIn,
    WrongChoice,
    save_answers,
    save_costs,
    save_parties,
    start_proposal,
    take_from_passport,
)
from matxich.proposals.actions.holding import NotOpen
from matxich.proposals.models import CostLine, Proposal
from matxich.proposals.queries.prefilling import offers
from matxich.registry.actions import source_named, state_fact
from matxich.registry.models import Enterprise
from matxich.registry.states import SourceKind
from matxich.rulebook.proposals.costs import Line
from tests.conftest import NOW
from tests.proposals.conftest import CLOSES, COMMUNE, LINE, People


def begun(call: Call, by: Actor, at=NOW, **told: object) -> Proposal:  # type: ignore[no-untyped-def]
    whole = {"content": "KC-12", "title": "Máy phay mẫu"} | told
    return start_proposal(call=call, by=by, at=at, **whole)  # type: ignore[arg-type]


def test_it_is_filled_from_the_passport_with_the_source(draft: Proposal, firm: Enterprise) -> None:
    assert draft.answers["executor"] == "Công ty TNHH Đúc Mẫu" and draft.answers["workers"] == 164
    assert draft.filled["workers"] == {"value": 164, "source": "Danh sách của Sở", "as_of": "2026-06-01"}
    assert (draft.form_code, draft.code, draft.province) == ("kc-30", f"KC-31-2026-1-{draft.pk:05d}", "31")
    assert [(gate.kind, gate.state) for gate in draft.gates.all()] == [
        ("dossier", "drafting"), ("eligibility", "waiting"), ("finance", "waiting"), ("council", "waiting"),
    ]  # fmt: skip


def test_beginning_is_written_down(draft: Proposal) -> None:
    entry = Entry.objects.get(action="proposal.start")
    assert (entry.object_kind, entry.object_id, entry.object_label) == ("proposal", str(draft.pk), draft.code)


@pytest.mark.parametrize("who", ["officer", "stranger", "viewer"])
def test_only_the_firms_own_people_begin_for_it(who: str, people: People, call: Call, firm: Enterprise) -> None:
    with pytest.raises(Denied):
        begun(call, getattr(people, who), enterprise=firm)


@pytest.mark.parametrize(
    ("at", "told", "refusal"),
    [
        (CLOSES, {}, CallClosed), (CLOSES - timedelta(seconds=1), {}, None), (NOW - timedelta(days=21), {}, CallClosed),
        (NOW, {"content": "KC-21"}, WrongChoice), (NOW, {"shape": "grouped"}, WrongChoice),
        (NOW, {"layer": "province:31"}, WrongChoice), (NOW, {"title": "  "}, WrongChoice),
    ],
)  # fmt: skip
def test_what_a_call_takes(at, told, refusal, people: People, call: Call, firm: Enterprise) -> None:  # type: ignore[no-untyped-def]
    if refusal is None:
        assert begun(call, people.representative, at, enterprise=firm, **told).status == "draft"
        return
    with pytest.raises(Refusal) as raised:
        begun(call, people.representative, at, enterprise=firm, **told)
    assert type(raised.value) is refusal


def test_a_household_is_filed_for_in_ones_own_commune(people: People, call: Call, commune: Unit) -> None:
    made = begun(call, people.collaborator, mode="on_behalf", household="Hộ Rèn Mẫu", commune=COMMUNE)
    assert (made.form_code, made.applicant, made.applicant_kind, made.province) == (
        "kc-ho", "Hộ Rèn Mẫu", "household", "31",
    )  # fmt: skip
    assert made.agency is not None and made.agency.name == "Trung tâm Khuyến công mẫu"
    with pytest.raises(Denied):
        begun(call, people.stranger, mode="on_behalf", household="Hộ Rèn Mẫu", commune=COMMUNE)
    with pytest.raises(WrongChoice):
        begun(call, people.collaborator, mode="on_behalf", household="", commune=COMMUNE)


def test_a_company_files_for_itself(people: People, call: Call, firm: Enterprise) -> None:
    with pytest.raises(Denied):
        begun(call, people.officer, mode="on_behalf", enterprise=firm)


def saved(proposal: Proposal, by: Actor, section: str, typed: dict[str, object], base: int = 0):  # type: ignore[no-untyped-def]
    return save_answers(proposal=proposal, section=section, typed=typed, base=base, by=by, at=NOW)


def test_what_cannot_be_kept_loses_nothing_else(draft: Proposal, people: People) -> None:
    kept, wrong = saved(draft, people.preparer, "don-vi", {"workers": "khoảng 30", "current": "Đúc gang"})
    assert list(wrong) == ["workers"]
    assert (kept.answers["current"], kept.answers["workers"]) == ("Đúc gang", 164)


def test_two_people_in_two_sections_never_overwrite_each_other(
    draft: Proposal, people: People, fresh: Callable[[Proposal], Proposal]
) -> None:
    saved(draft, people.preparer, "su-can-thiet", {"problem": "Máy cũ"})
    saved(draft, people.representative, "muc-tieu", {"goal": "Giảm lỗi"})
    now = fresh(draft)
    assert (now.answers["problem"], now.answers["goal"]) == ("Máy cũ", "Giảm lỗi")
    assert now.parts == {"su-can-thiet": 1, "muc-tieu": 1}


def test_the_same_section_opened_before_is_stale(draft: Proposal, people: People, fresh) -> None:  # type: ignore[no-untyped-def]
    saved(draft, people.preparer, "muc-tieu", {"goal": "Một"})
    with pytest.raises(Stale):
        saved(draft, people.representative, "muc-tieu", {"goal": "Hai"})
    assert fresh(draft).answers["goal"] == "Một"


def test_a_field_whose_prerequisite_went_is_dropped(draft: Proposal, people: People) -> None:
    saved(draft, people.preparer, "to-chuc", {"land_ready": "false", "land_when": "Tháng 3"})
    kept, _ = saved(draft, people.preparer, "to-chuc", {"land_ready": "true", "land_when": "Tháng 3"}, base=1)
    assert "land_when" not in kept.answers and kept.answers["land_ready"] is True


def test_an_answer_may_be_taken_back(draft: Proposal, people: People) -> None:
    kept, _ = saved(draft, people.preparer, "don-vi", {"workers": ""})
    assert "workers" not in kept.answers


@pytest.mark.parametrize("who", ["officer", "stranger", "viewer", "collaborator", "finance"])
def test_a_draft_is_its_writers_alone(who: str, draft: Proposal, people: People) -> None:
    with pytest.raises(Denied):
        saved(draft, getattr(people, who), "muc-tieu", {"goal": "x"})


def test_what_was_handed_in_is_written_to_no_more(handed_in: Proposal, people: People) -> None:
    with pytest.raises(NotOpen):
        saved(handed_in, people.preparer, "muc-tieu", {"goal": "x"}, base=handed_in.parts["muc-tieu"])


def test_the_estimate_is_kept_as_a_whole_or_not_at_all(draft: Proposal, people: People, fresh) -> None:  # type: ignore[no-untyped-def]
    save_costs(proposal=draft, lines=[LINE], min_part=None, base=0, by=people.preparer, at=NOW)
    off = Line("Vận chuyển", "chuyến", Decimal(2), 5_000_000, 0, 9_999_999)
    with pytest.raises(BadRows) as raised:
        save_costs(proposal=draft, lines=[LINE, off], min_part=None, base=1, by=people.preparer, at=NOW)
    assert {number: where for number, (where, _) in raised.value.faults.items()} == {1: "counterpart"}
    assert CostLine.objects.filter(proposal=draft).count() == 1
    now = fresh(draft)
    assert (now.total, now.asked, now.counterpart, now.other) == (600_000_000, 250_000_000, 350_000_000, 0)


@pytest.mark.parametrize(("state", "price"), [(-1, 600_000_000), (10**15 + 1, 600_000_000), (250_000_000, 10**16)])
def test_amounts_that_cannot_be(state: int, price: int, draft: Proposal, people: People) -> None:
    line = Line("Máy", "máy", Decimal(1), price, state, max(0, price - state))
    with pytest.raises(BadRows):
        save_costs(proposal=draft, lines=[line], min_part=None, base=0, by=people.preparer, at=NOW)
    assert not CostLine.objects.exists()


def test_parties_are_named_once_and_by_valid_codes(draft: Proposal, people: People) -> None:
    rows = [PartyIn("beneficiary", "Cơ sở Một", "0100233488", 5), PartyIn("beneficiary", "cơ sở một"),
            PartyIn("x", "B"),
            PartyIn("owner", "C", "123")]  # fmt: skip
    with pytest.raises(BadRows) as raised:
        save_parties(proposal=draft, rows=rows, base=0, by=people.preparer, at=NOW)
    assert {number: where for number, (where, _) in raised.value.faults.items()} == {
        1: "name", 2: "role", 3: "tax_code",
    }  # fmt: skip
    save_parties(proposal=draft, rows=rows[:1], base=0, by=people.preparer, at=NOW)
    assert [(one.name, one.tax_code, one.share) for one in draft.parties.all()] == [("Cơ sở Một", "0100233488", 5)]


def restated(firm: Enterprise, by: Actor) -> None:
    source = source_named(name="Khảo sát", by=by, at=NOW, kind=SourceKind.VISIT)
    state_fact(
        enterprise=firm, field="workers", value="180", source=source, as_of=NOW.date(), verification=3, by=by, at=NOW,
        base_version=Enterprise.objects.get(pk=firm.pk).version,
    )  # fmt: skip


def test_a_changed_passport_is_offered_not_forced(
    draft: Proposal, people: People, firm: Enterprise, fresh: Callable[[Proposal], Proposal]
) -> None:
    assert offers(fresh(draft), people.preparer) == []
    restated(firm, people.officer)
    now = fresh(draft)
    assert [(one.field.id, one.mine, one.now.value) for one in offers(now, people.preparer)] == [("workers", 164, 180)]
    assert now.answers["workers"] == 164
    taken = take_from_passport(proposal=now, fields=["workers"], by=people.preparer, at=NOW)
    assert taken.answers["workers"] == 180 and offers(fresh(draft), people.preparer) == []


def test_what_was_declined_is_not_offered_again(draft: Proposal, people: People, firm: Enterprise, fresh) -> None:  # type: ignore[no-untyped-def]
    restated(firm, people.officer)
    take_from_passport(proposal=draft, fields=[], by=people.preparer, at=NOW)
    assert fresh(draft).answers["workers"] == 164 and offers(fresh(draft), people.preparer) == []
