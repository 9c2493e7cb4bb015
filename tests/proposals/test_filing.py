"""Handing in: to the second, as a whole, once; and every gate after it, with nobody passing two."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from matxich.policy.actions.support import record_support
from matxich.proposals.actions.checking import (
    NotEligible,
    NothingToMend,
    OverTheLimit,
    accept_dossier,
    assign_gate,
    pass_eligibility,
    pass_finance,
    refuse_gate,
    return_proposal,
)
from matxich.proposals.actions.drafting import CallClosed, save_answers
from matxich.proposals.actions.holding import NotOpen
from matxich.proposals.actions.moving import WrongGateState
from matxich.proposals.actions.papers import add_file, remove_file, set_mandate
from matxich.proposals.actions.submitting import (
    NoReason,
    NothingChanged,
    NotReady,
    submit_proposal,
    withdraw_proposal,
)
from matxich.proposals.models import FieldNote, Gate, GateMove, Proposal, ProposalVersion
from matxich.proposals.queries.applicant import proposal_page
from matxich.proposals.queries.readiness import readiness
from matxich.proposals.states import Status
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.proposals.comparing import digest
from matxich.rulebook.proposals.costs import Line
from matxich.rulebook.proposals.gates import status_of
from tests.conftest import NOW
from tests.policy.conftest import entry
from tests.proposals.conftest import CLOSES, COMMUNE, People, upload, write_all

type Fresh = Callable[[Proposal], Proposal]


def handed(proposal: Proposal, by: Actor, at=NOW, token: UUID | None = None) -> ProposalVersion:  # type: ignore[no-untyped-def]
    now = Proposal.objects.get(pk=proposal.pk)
    return submit_proposal(proposal=now, token=token or uuid4(), base_version=now.version, by=by, at=at)


def test_what_is_missing_is_told_by_part(draft: Proposal, people: People) -> None:
    told = readiness(draft, people.preparer, NOW)
    assert {gap.part for gap in told.gaps} == {
        "don-vi", "su-can-thiet", "muc-tieu", "quy-mo", "noi-dung", "to-chuc", "hieu-qua", "cam-ket", "du-toan",
        "ket-qua", "tai-lieu",
    }  # fmt: skip
    with pytest.raises(NotReady) as raised:
        handed(draft, people.representative)
    assert raised.value.gaps == told.gaps and not ProposalVersion.objects.exists()


def test_the_preparer_prepares_and_the_representative_hands_in(ready: Proposal, people: People, fresh: Fresh) -> None:
    with pytest.raises(Denied):
        handed(ready, people.preparer)
    version = handed(ready, people.representative)
    now = fresh(ready)
    assert (now.status, now.represented_by, now.prepared_by) == (
        "checking", people.representative.id, people.preparer.id,
    )  # fmt: skip
    assert (version.number, version.sha256) == (1, digest(version.snapshot))
    assert Gate.objects.get(proposal=now, kind="dossier").due == date(2026, 11, 27)
    assert Entry.objects.get(action="proposal.submit").after["sha256"] == version.sha256


@pytest.mark.parametrize(
    ("at", "refused"),
    [(CLOSES - timedelta(microseconds=1), False), (CLOSES, True), (CLOSES + timedelta(seconds=1), True)],
)
def test_the_deadline_holds_to_the_second(at, refused: bool, ready: Proposal, people: People, fresh: Fresh) -> None:  # type: ignore[no-untyped-def]
    if not refused:
        assert handed(ready, people.representative, at).number == 1
        return
    with pytest.raises(CallClosed):
        handed(ready, people.representative, at)
    assert fresh(ready).status == "draft"


def test_typing_across_the_deadline_keeps_the_draft(draft: Proposal, people: People) -> None:
    kept, wrong = save_answers(
        proposal=draft, section="muc-tieu", typed={"goal": "Ghi sau hạn"}, base=0, by=people.preparer,
        at=CLOSES + timedelta(minutes=1),
    )  # fmt: skip
    assert (kept.answers["goal"], wrong) == ("Ghi sau hạn", {})


def test_sent_twice_it_is_handed_in_once(ready: Proposal, people: People) -> None:
    token = uuid4()
    one = submit_proposal(proposal=ready, token=token, base_version=ready.version, by=people.representative, at=NOW)
    two = submit_proposal(proposal=ready, token=token, base_version=ready.version, by=people.representative, at=NOW)
    assert one == two and ProposalVersion.objects.count() == 1 and GateMove.objects.count() == 1
    with pytest.raises(NotOpen):
        handed(ready, people.representative)


def test_what_was_read_is_what_is_handed_in(ready: Proposal, people: People) -> None:
    save_answers(
        proposal=ready, section="muc-tieu", typed={"goal": "Đổi sau khi đọc lại trang nộp"}, base=1, by=people.preparer,
        at=NOW,
    )  # fmt: skip
    with pytest.raises(Stale):
        submit_proposal(proposal=ready, token=uuid4(), base_version=ready.version, by=people.representative, at=NOW)


def test_a_version_cannot_be_changed(handed_in: Proposal) -> None:
    version = ProposalVersion.objects.get()
    for change in (
        lambda: ProposalVersion.objects.filter(pk=version.pk).update(sha256="x"),
        lambda: ProposalVersion.objects.filter(pk=version.pk).delete(),
        lambda: GateMove.objects.all().update(event="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert connection.vendor in ("sqlite", "postgresql")


def test_over_the_calls_own_maximum_it_stays(ready: Proposal, people: People) -> None:
    ready.call.max_amount = 200_000_000
    ready.call.save()
    with pytest.raises(NotReady) as raised:
        handed(ready, people.representative)
    assert [gap.part for gap in raised.value.gaps] == ["du-toan"]


def test_the_laws_limits_stand_with_their_article(ready: Proposal, people: People) -> None:
    law = readiness(ready, people.preparer, NOW).law
    assert [(one.most, one.over) for one in law.limits] == [(300_000_000, 0), (300_000_000, 0)]
    assert all("28/2018" in one.article for one in law.limits)


def filed_for(people: People, call, fresh: Fresh) -> Proposal:  # type: ignore[no-untyped-def]
    from matxich.proposals.actions.drafting import start_proposal

    made = start_proposal(
        call=call, content="KC-12", title="Máy cắt cho hộ rèn mẫu", mode="on_behalf", household="Hộ Rèn Mẫu",
        commune=COMMUNE, by=people.collaborator, at=NOW,
    )  # fmt: skip
    write_all(made, people.collaborator, executor="Hộ Rèn Mẫu", site="Xã An Lão", workers="6")
    for paper in ("cong-van", "ban-giay", "uy-quyen"):
        add_file(
            proposal=made, paper=paper, upload=upload(f"%PDF-1.7 {paper}".encode()), by=people.collaborator, at=NOW
        )
    return fresh(made)


def test_filed_for_a_household_with_the_mandate(people: People, call, fresh: Fresh) -> None:  # type: ignore[no-untyped-def]
    made = filed_for(people, call, fresh)
    with pytest.raises(NotReady) as raised:
        handed(made, people.collaborator)
    assert [gap.part for gap in raised.value.gaps] == ["uy-quyen"]
    set_mandate(proposal=made, signed_on=NOW.date(), giver="Bà Chủ Hộ", by=people.collaborator, at=NOW)
    version = handed(made, people.collaborator)
    assert version.snapshot["mandate"] == {"on": "2026-11-20", "from": "Bà Chủ Hộ"}
    assert version.snapshot["mode"] == "on_behalf"
    written = Entry.objects.get(action="proposal.mandate")
    assert "Bà Chủ Hộ" not in str(written.after) + str(written.object_label)


def test_whoever_filed_it_never_judges_it(people: People, call, fresh: Fresh) -> None:  # type: ignore[no-untyped-def]
    from matxich.proposals.actions.drafting import start_proposal

    made = start_proposal(
        call=call, content="KC-12", title="Máy", mode="on_behalf", household="Hộ", commune=COMMUNE, by=people.officer,
        at=NOW,
    )  # fmt: skip
    write_all(made, people.officer)
    for paper in ("cong-van", "ban-giay", "uy-quyen"):
        add_file(proposal=made, paper=paper, upload=upload(f"%PDF-1.7 {paper}".encode()), by=people.officer, at=NOW)
    set_mandate(proposal=made, signed_on=NOW.date(), giver="Ông Chủ", by=people.officer, at=NOW)
    handed(made, people.officer)
    now = fresh(made)
    with pytest.raises(Denied):
        accept_dossier(proposal=now, by=people.officer, at=NOW, base_version=now.version)
    accept_dossier(proposal=now, by=people.second, at=NOW, base_version=now.version)


def returned(proposal: Proposal, people: People, **notes: str) -> Proposal:
    told = {path.replace("__", "."): text for path, text in notes.items()}
    return return_proposal(
        proposal=proposal, notes=told, by=people.officer, at=NOW,
        base_version=Proposal.objects.get(pk=proposal.pk).version,
    )  # fmt: skip


def test_a_return_names_what_to_mend_and_a_mended_place_is_seen(
    handed_in: Proposal, people: People, fresh: Fresh
) -> None:
    with pytest.raises(NothingToMend):
        return_proposal(proposal=handed_in, notes={"": "  "}, by=people.officer, at=NOW, base_version=handed_in.version)
    back = return_proposal(
        proposal=handed_in, notes={"muc-tieu.goal": "Ghi số cụ thể", "hieu-qua.effect": "Nói rõ hơn"},
        by=people.officer, at=NOW, base_version=handed_in.version,
    )  # fmt: skip
    assert (back.status, Gate.objects.get(proposal=back, kind="dossier").due) == ("returned", date(2026, 12, 4))
    page = proposal_page(fresh(back), people.preparer, NOW)
    assert [(one.where, one.mended) for one in page.notes] == [
        ("Mục tiêu của đề án", False), ("Hiệu quả kinh tế, xã hội, môi trường", False),
    ]  # fmt: skip
    with pytest.raises(NothingChanged):
        handed(back, people.representative, CLOSES + timedelta(days=1))
    save_answers(
        proposal=back, section="muc-tieu", typed={"goal": "Giảm lỗi từ 900 xuống 300 ppm."},
        base=fresh(back).parts["muc-tieu"], by=people.preparer, at=NOW,
    )  # fmt: skip
    version = handed(back, people.representative, CLOSES + timedelta(days=1))
    assert version.number == 2
    assert list(FieldNote.objects.order_by("id").values_list("path", "mended_in")) == [
        ("muc-tieu.goal", 2), ("hieu-qua.effect", None),
    ]  # fmt: skip


def test_the_writers_hear_of_a_return(handed_in: Proposal, people: People) -> None:
    Notice.objects.all().delete()
    return_proposal(
        proposal=handed_in, notes={"": "Bổ sung"}, by=people.officer, at=NOW, base_version=handed_in.version
    )
    told = Notice.objects.filter(kind=Notice.Kind.INAPP)
    assert {one.to for one in told} == {
        people.preparer.id.removeprefix("user:"), people.representative.id.removeprefix("user:"),
    }  # fmt: skip


def accepted(proposal: Proposal, people: People) -> Proposal:
    now = Proposal.objects.get(pk=proposal.pk)
    return accept_dossier(proposal=now, by=people.officer, at=NOW, base_version=now.version)


def test_eligibility_and_finance_open_side_by_side(handed_in: Proposal, people: People) -> None:
    now = accepted(handed_in, people)
    assert {gate.kind: (gate.state, gate.due) for gate in now.gates.all()} == {
        "dossier": ("passed", None), "eligibility": ("checking", date(2026, 12, 1)),
        "finance": ("checking", date(2026, 12, 1)), "council": ("waiting", None),
    }  # fmt: skip
    assert now.status == "reviewing"


def test_eligibility_keeps_the_laws_answer_of_the_day(handed_in: Proposal, people: People) -> None:
    now = accepted(handed_in, people)
    law = readiness(now, people.officer, NOW).law
    if law.truth is Truth.UNKNOWN:
        with pytest.raises(NoReason):
            pass_eligibility(proposal=now, reason="", by=people.officer, at=NOW, base_version=now.version)
    done = pass_eligibility(
        proposal=now, reason="Đã đối chiếu giấy tờ tại cơ sở", by=people.officer, at=NOW, base_version=now.version
    )
    gate = done.gates.get(kind="eligibility")
    assert gate.answer["support"] == "KC-12" and gate.answer["on"] == "2026-11-20"
    assert gate.answer["law"] == law.document["law"] and gate.answer["reason"] == "Đã đối chiếu giấy tờ tại cơ sở"


def test_one_person_never_passes_both(handed_in: Proposal, people: People) -> None:
    now = accepted(handed_in, people)
    now = pass_finance(proposal=now, reason="", by=people.head, at=NOW, base_version=now.version)
    with pytest.raises(Denied):
        pass_eligibility(proposal=now, reason="x", by=people.head, at=NOW, base_version=now.version)
    now = pass_eligibility(proposal=now, reason="x", by=people.officer, at=NOW, base_version=now.version)
    assert now.status == "ready"


def test_a_double_is_shown_before_and_a_no_of_the_law_stops_it(ready: Proposal, people: People, fresh: Fresh) -> None:
    firm = ready.enterprise
    assert firm is not None
    given = record_support(entry=entry(budget="national"), by=people.officer, at=NOW)
    given.enterprise = firm
    given.save()
    told = readiness(fresh(ready), people.preparer, NOW)
    assert [(one.given, "KC-12 2026" in one.text) for one in told.law.doubles] == [(True, True)]
    assert told.is_ready
    handed(ready, people.representative)
    now = accepted(ready, people)
    with pytest.raises(NotEligible):
        pass_eligibility(proposal=now, reason="x", by=people.officer, at=NOW, base_version=now.version)


def test_a_second_asking_is_seen_beside_the_first(handed_in: Proposal, people: People, call, fresh: Fresh) -> None:  # type: ignore[no-untyped-def]
    from matxich.proposals.actions.drafting import start_proposal

    again = start_proposal(
        call=call, content="KC-12", title="Một máy nữa", enterprise=handed_in.enterprise, by=people.preparer, at=NOW
    )
    told = readiness(fresh(again), people.preparer, NOW)
    assert [(one.given, handed_in.code in one.text) for one in told.law.doubles] == [(False, True)]


def test_an_estimate_over_the_law_does_not_pass(draft: Proposal, people: People, fresh: Fresh) -> None:
    write_all(draft, people.preparer, line=Line("Máy", "máy", Decimal(1), 900_000_000, 450_000_000, 450_000_000))
    add_file(proposal=draft, paper="cong-van", upload=upload(), by=people.preparer, at=NOW)
    handed(draft, people.representative)
    now = accepted(draft, people)
    with pytest.raises(OverTheLimit):
        pass_finance(proposal=now, reason="", by=people.finance, at=NOW, base_version=now.version)


def test_back_to_the_applicant_from_a_later_gate(handed_in: Proposal, people: People, fresh: Fresh) -> None:
    now = accepted(handed_in, people)
    now = pass_finance(proposal=now, reason="", by=people.finance, at=NOW, base_version=now.version)
    back = return_proposal(
        proposal=now, notes={"costs.Máy phay CNC#1": "Nộp báo giá"}, by=people.officer, at=NOW, base_version=now.version
    )
    assert {gate.kind: gate.state for gate in back.gates.all()} == {
        "dossier": "reopened", "eligibility": "paused", "finance": "paused", "council": "waiting",
    }  # fmt: skip
    add_file(proposal=back, paper="phu-luc-2", upload=upload(b"%PDF-1.7 bao gia"), by=people.preparer, at=NOW)
    handed(back, people.representative)
    again = accepted(back, people)
    assert {gate.kind: gate.state for gate in again.gates.all()} == {
        "dossier": "passed", "eligibility": "checking", "finance": "checking", "council": "waiting",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["representative", "preparer", "stranger", "viewer", "finance", "collaborator"])
def test_who_may_not_check(who: str, handed_in: Proposal, people: People) -> None:
    with pytest.raises(Denied):
        accept_dossier(proposal=handed_in, by=getattr(people, who), at=NOW, base_version=handed_in.version)


def test_a_refusal_says_why_and_ends_it(handed_in: Proposal, people: People) -> None:
    with pytest.raises(NoReason):
        refuse_gate(
            proposal=handed_in, kind="dossier", reason=" ", by=people.officer, at=NOW, base_version=handed_in.version
        )
    done = refuse_gate(
        proposal=handed_in, kind="dossier", reason="Nộp sai đợt", by=people.officer, at=NOW,
        base_version=handed_in.version,
    )  # fmt: skip
    assert (done.status, done.reasons, done.ended_at) == ("refused", [{"gate": "dossier", "text": "Nộp sai đợt"}], NOW)
    with pytest.raises(WrongGateState):
        accept_dossier(proposal=done, by=people.officer, at=NOW, base_version=done.version)


def test_an_officers_page_that_is_stale_changes_nothing(handed_in: Proposal, people: People) -> None:
    with pytest.raises(Stale):
        accept_dossier(proposal=handed_in, by=people.officer, at=NOW, base_version=handed_in.version - 1)


def test_taking_back(ready: Proposal, people: People, fresh: Fresh) -> None:
    handed(ready, people.representative)
    with pytest.raises(NoReason):
        withdraw_proposal(proposal=ready, reason="", by=people.representative, at=NOW)
    with pytest.raises(Denied):
        withdraw_proposal(proposal=ready, reason="Đổi kế hoạch", by=people.preparer, at=NOW)
    withdraw_proposal(proposal=ready, reason="Đổi kế hoạch", by=people.representative, at=NOW)
    withdraw_proposal(proposal=ready, reason="Đổi kế hoạch", by=people.representative, at=NOW)
    assert fresh(ready).status == "withdrawn"
    assert Entry.objects.filter(action="proposal.withdraw").count() == 1


def test_giving_work_out(handed_in: Proposal, people: People) -> None:
    from matxich.accounts.models import User

    officer = User.objects.get(pk=int(people.officer.id.removeprefix("user:")))
    finance = User.objects.get(pk=int(people.finance.id.removeprefix("user:")))
    assign_gate(proposal=handed_in, kind="dossier", officer=officer, by=people.head, at=NOW)
    assert Gate.objects.get(proposal=handed_in, kind="dossier").officer == people.officer.id
    with pytest.raises(Denied):
        assign_gate(proposal=handed_in, kind="eligibility", officer=finance, by=people.head, at=NOW)
    with pytest.raises(Denied):
        assign_gate(proposal=handed_in, kind="dossier", officer=officer, by=people.officer, at=NOW)


def test_a_file_taken_off_stays_in_the_version_that_holds_it(handed_in: Proposal, people: People) -> None:
    file = handed_in.files.get()
    with pytest.raises(NotOpen):
        remove_file(file=file, by=people.preparer, at=NOW)
    returned(handed_in, people, **{"files": "Đổi công văn"})
    remove_file(file=file, by=people.preparer, at=NOW)
    add_file(proposal=handed_in, paper="cong-van", upload=upload(b"%PDF-1.7 moi"), by=people.preparer, at=NOW)
    handed(handed_in, people.representative)
    one, two = ProposalVersion.objects.order_by("number")
    assert one.snapshot["files"][0]["sha256"] != two.snapshot["files"][0]["sha256"]
    assert FieldNote.objects.get().mended_in == 2


STEPS = ("submit", "accept", "return", "eligibility", "finance", "refuse", "withdraw", "change")


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=12))
def test_the_stored_status_is_always_what_the_gates_add_up_to(
    steps: list[str], ready: Proposal, people: People
) -> None:
    """Any order of acts, refused or not: the status follows the four gates, and no gate is skipped."""
    with transaction.atomic():
        for number, step in enumerate(steps):
            now = Proposal.objects.get(pk=ready.pk)
            told = {"proposal": now, "at": NOW}
            acts: dict[str, Callable[[], object]] = {
                "submit": lambda: handed(now, people.representative),  # noqa: B023
                "accept": lambda: accept_dossier(by=people.officer, base_version=now.version, **told),  # noqa: B023
                "return": lambda: returned(now, people, **{"muc-tieu__goal": "sửa"}),  # noqa: B023
                "eligibility": lambda: pass_eligibility(
                    by=people.officer, base_version=now.version, reason="x", **told  # noqa: B023
                ),
                "finance": lambda: pass_finance(
                    by=people.finance, base_version=now.version, reason="x", **told  # noqa: B023
                ),
                "refuse": lambda: refuse_gate(
                    kind="finance", by=people.finance, base_version=now.version, reason="x", **told  # noqa: B023
                ),
                "withdraw": lambda: withdraw_proposal(by=people.representative, reason="x", **told),  # noqa: B023
                "change": lambda: save_answers(
                    section="muc-tieu", typed={"goal": f"Mục tiêu của đề án, lần {number}"},  # noqa: B023
                    base=now.parts["muc-tieu"], by=people.preparer, **told,  # noqa: B023
                ),
            }  # fmt: skip
            with suppress(Refusal):
                acts[step]()
            after = Proposal.objects.get(pk=ready.pk)
            states = {gate.kind: gate.state for gate in after.gates.all()}
            assert after.status == status_of(states)
            if states["council"] != "waiting":
                assert all(states[kind] == "passed" for kind in ("dossier", "eligibility", "finance"))
            assert (after.status in (Status.DRAFT, Status.WITHDRAWN)) or after.current is not None
        transaction.set_rollback(True)
