"""The life of a paper: every step from every state, who hears of it, what is kept, what the history says."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxich.correspondence.actions import drafting, issuing, numbering, signing
from matxich.correspondence.kinds import CONTRACTS, code_of, declared
from matxich.correspondence.kinds.fields import BadFields, read, stored_of
from matxich.correspondence.models import OfficialPaper, PaperFile, RegisterEntry
from matxich.correspondence.queries.checking import check, file_matches
from matxich.correspondence.queries.composing import compose
from matxich.correspondence.queries.papers import number_of_paper
from matxich.correspondence.signals import paper_issued, paper_withdrawn
from matxich.correspondence.states import PAPER_TRANSITIONS, PaperState
from matxich.documents.pdf import pdf_of
from matxich.files.actions import EmptyFile, WrongType
from matxich.kit.refusals import Denied, Refusal, Stale
from matxich.ledger.models import Entry
from tests.conftest import NOW
from tests.correspondence.conftest import STATES, Hands, brought, drafted

pytestmark = pytest.mark.django_db
ACTS: dict[str, Any] = {
    "revise": lambda h, p: drafting.revise(
        paper=p, fields=declared(p.kind).sample, by=h.drafter, at=NOW, base_version=p.version
    ),
    "submit": lambda h, p: drafting.submit(paper=p, by=h.drafter, at=NOW, base_version=p.version),
    "discard": lambda h, p: drafting.discard(paper=p, reason="x", by=h.drafter, at=NOW, base_version=p.version),
    "initial": lambda h, p: signing.initial(paper=p, by=h.head, at=NOW, base_version=p.version),
    "sign": lambda h, p: signing.sign(paper=p, by=h.leader, at=NOW, base_version=p.version),
    "number": lambda h, p: numbering.number(paper=p, by=h.clerk, at=NOW, base_version=p.version),
    "issue": lambda h, p: issuing.issue(paper=p, by=h.clerk, at=NOW, base_version=p.version),
    "withdraw": lambda h, p: issuing.withdraw(paper=p, reason="x", by=h.leader, at=NOW, base_version=p.version),
}


@pytest.mark.parametrize("state", STATES)
def test_only_what_the_table_allows_can_be_done(hands: Hands, state: str) -> None:
    for event, act in ACTS.items():
        paper = brought(hands, state)
        target = PAPER_TRANSITIONS.get((PaperState(state), event))
        if event == "issue" and state == "signed":
            target = None  # this kind carries a number
        if target is None:
            with pytest.raises((drafting.WrongState, issuing.NeedsNumber)):
                act(hands, paper)
            paper.refresh_from_db()
            assert paper.state == state, event
        else:
            assert act(hands, paper).state == target, event


def give_back(hands: Hands, paper: OfficialPaper, by: Any) -> OfficialPaper:
    return drafting.give_back(paper=paper, reason="Thiếu căn cứ", by=by, at=NOW, base_version=paper.version)


@pytest.mark.parametrize(("state", "who"), [("submitted", "head"), ("initialled", "leader"), ("signed", "clerk")])
def test_a_paper_goes_back_for_a_reason_from_wherever_it_waits(hands: Hands, state: str, who: str) -> None:
    paper = give_back(hands, brought(hands, state), getattr(hands, who))
    assert (paper.state, paper.reason) == ("returned", "Thiếu căn cứ")
    assert (paper.initialled_by, paper.signed_by, paper.signer_name) == ("", "", "")
    entry = Entry.objects.get(object_kind="paper", object_id=str(paper.pk), action="paper.return")
    assert (entry.reason, entry.before, entry.after) == ("Thiếu căn cứ", {"state": state}, {"state": "returned"})
    again = drafting.submit(paper=paper, by=hands.drafter, at=NOW, base_version=paper.version)
    assert (again.state, again.reason) == ("submitted", "")


@pytest.mark.parametrize("state", ["draft", "numbered", "issued", "returned"])
def test_nothing_else_goes_back(hands: Hands, state: str) -> None:
    paper = brought(hands, state)
    with pytest.raises((drafting.WrongState, Denied)):
        give_back(hands, paper, hands.leader)


def test_reasons_are_asked_for(hands: Hands) -> None:
    submitted, issued = brought(hands, "submitted"), brought(hands, "issued")
    with pytest.raises(drafting.NoReason):
        drafting.give_back(paper=submitted, reason="  ", by=hands.head, at=NOW, base_version=submitted.version)
    with pytest.raises(drafting.NoReason):
        issuing.withdraw(paper=issued, reason="", by=hands.leader, at=NOW, base_version=issued.version)


def test_an_old_page_changes_nothing(hands: Hands) -> None:
    paper = brought(hands, "submitted")
    signing.initial(paper=paper, by=hands.head, at=NOW, base_version=paper.version)
    with pytest.raises(Stale):
        drafting.give_back(paper=paper, reason="x", by=hands.head, at=NOW, base_version=paper.version - 1)


def test_every_step_stands_in_the_history(hands: Hands) -> None:
    paper = brought(hands, "withdrawn")
    steps = Entry.objects.filter(object_kind="paper", object_id=str(paper.pk)).order_by("id")
    assert [(entry.action, entry.actor_id, entry.place) for entry in steps] == [
        ("paper.draft", hands.drafter.id, "31"),
        ("paper.submit", hands.drafter.id, "31"),
        ("paper.initial", hands.head.id, "31"),
        ("paper.sign", hands.leader.id, "31"),
        ("paper.number", hands.clerk.id, "31"),
        ("paper.issue", hands.clerk.id, "31"),
        ("paper.withdraw", hands.leader.id, "31"),
    ]
    said = str([(entry.before, entry.after, entry.object_label) for entry in steps])
    assert "Đúc áp lực" not in said  # what a paper says may name people


# What it says.


@pytest.mark.parametrize("kind", CONTRACTS)
def test_every_kind_is_drafted_printed_and_read_back(hands: Hands, kind: str) -> None:
    from tests.documents.papers import pages_of

    paper = drafted(hands, kind)
    value = read(declared(kind).contract, paper.fields)
    assert value == declared(kind).sample
    assert code_of(value) == kind
    text = " ".join(" ".join(pages_of(pdf_of(compose(paper)))).split())
    assert paper.code in text
    assert "Dự thảo, chưa ban hành" in text


def test_fields_that_do_not_fit_are_all_named(hands: Hands) -> None:
    told = stored_of(declared("approval").sample) | {"year": "hai nghìn", "total": 10**16, "extra": 1, "source": ""}
    told["cases"][0]["state"] = 1.5
    with pytest.raises(BadFields) as refused:
        drafted_with(hands, told)
    assert set(refused.value.faults) == {
        "extra", "Năm", "Tổng ngân sách hỗ trợ", "Nguồn kinh phí", "Đề án được duyệt 1, Ngân sách hỗ trợ",
    }  # fmt: skip
    assert not OfficialPaper.objects.exists()


def drafted_with(hands: Hands, fields: Any, **more: Any) -> OfficialPaper:
    return drafting.draft_paper(
        owner=drafting.Owner(), agency=hands.agency, kind="approval", fields=fields, by=hands.drafter, at=NOW, **more
    )


def test_a_draft_keeps_the_template_it_was_written_in(hands: Hands) -> None:
    from matxich.correspondence.actions.templates import change_template

    paper = drafted(hands)
    text = paper.text.replace("Tổ chức thực hiện:", "Phân công:")
    change_template(agency=hands.agency, kind="approval", text=text, note="", by=hands.head, at=NOW, base_version=0)
    told = {"paper": paper, "fields": paper.fields, "by": hands.drafter, "at": NOW}
    paper = drafting.revise(base_version=paper.version, **told)
    assert (paper.template_version, "Tổ chức thực hiện:" in paper.text) == (0, True)
    paper = drafting.revise(base_version=paper.version, newest_template=True, **told | {"paper": paper})
    assert (paper.template_version, "Phân công:" in paper.text) == (1, True)


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        ({}, ("", "GIÁM ĐỐC")),
        ({"signed_as": "KT."}, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ({"signed_as": "TL.", "position": "Trưởng phòng Công nghiệp"}, ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG CÔNG NGHIỆP")),
        (
            {"signed_as": "TUQ.", "position": "Trưởng phòng", "mandate": "Giấy ủy quyền 3/GUQ"},
            ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"),
        ),
        (
            {"signed_as": "TM.", "signing_for": "Ủy ban nhân dân", "position": "Chủ tịch"},
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        ({"signed_as": "Q."}, ("", "Q. GIÁM ĐỐC")),
    ],
)
def test_who_signs_in_whose_place_is_printed(hands: Hands, told: dict[str, str], printed: tuple[str, str]) -> None:
    from matxich.documents.setting import set_out

    paper = drafted(hands, signing=drafting.Signing(**told))
    (signature,) = set_out(compose(paper)).signatures
    assert (signature.authority, signature.position) == printed


@pytest.mark.parametrize("told", [{"signed_as": "TUQ.", "position": "Trưởng phòng"}, {"signed_as": "TL."}])
def test_signing_in_somebodys_place_says_whose(hands: Hands, told: dict[str, str]) -> None:
    with pytest.raises(drafting.NotSignable):
        drafted(hands, signing=drafting.Signing(**told))


# Issue, withdrawal, replacement: the rooms above hear of it.


@pytest.fixture
def heard() -> Any:
    told: list[tuple[str, dict[str, Any]]] = []

    def issued(sender: Any, **said: Any) -> None:
        told.append(("issued", {name: value for name, value in said.items() if name != "signal"}))

    def withdrawn(sender: Any, **said: Any) -> None:
        told.append(("withdrawn", {name: value for name, value in said.items() if name != "signal"}))

    paper_issued.connect(issued)
    paper_withdrawn.connect(withdrawn)
    yield told
    paper_issued.disconnect(issued)
    paper_withdrawn.disconnect(withdrawn)


def test_rooms_hear_of_the_issue_and_not_of_a_click(hands: Hands, heard: Any) -> None:
    paper = brought(hands, "numbered")
    assert heard == []
    paper = issuing.issue(paper=paper, by=hands.clerk, at=NOW, base_version=paper.version)
    key = {"owner_kind": "proposal", "owner_id": "31", "purpose": "decision", "paper": paper.pk, "kind": "approval"}
    said = key | {"number": "01/QĐ-SCTHP", "on": date(2026, 11, 20), "by": hands.clerk, "at": NOW}
    assert heard == [("issued", said | {"replaces": None})]
    heard.clear()
    issuing.withdraw(paper=paper, reason="Nhầm", by=hands.leader, at=NOW, base_version=paper.version)
    assert heard == [("withdrawn", said | {"reason": "Nhầm", "by": hands.leader})]


def test_a_listener_that_refuses_stops_the_issue(hands: Hands) -> None:
    class Not(Refusal):
        code = "not_now"

    def refuse(sender: Any, **said: Any) -> None:
        raise Not

    paper = brought(hands, "numbered")
    paper_issued.connect(refuse)
    try:
        with pytest.raises(Not):
            issuing.issue(paper=paper, by=hands.clerk, at=NOW, base_version=paper.version)
    finally:
        paper_issued.disconnect(refuse)
    paper.refresh_from_db()
    assert (paper.state, paper.files.count()) == ("numbered", 0)
    assert not Entry.objects.filter(action="paper.issue").exists()


def test_what_was_issued_is_kept_byte_for_byte(hands: Hands) -> None:
    paper = brought(hands, "issued")
    kept = {file.role: file for file in paper.files.all()}
    assert set(kept) == {"pdf", "docx"}
    from matxich.files.queries import open_file

    with open_file(kept["pdf"].stored) as file:
        content = file.read()
    assert content == pdf_of(compose(paper))
    entry = Entry.objects.get(action="paper.issue", object_id=str(paper.pk))
    assert entry.after["files"] == {role: file.sha256 for role, file in kept.items()}
    from tests.documents.papers import pages_of

    text = " ".join(" ".join(pages_of(content)).split())
    assert "Dự thảo" not in text
    assert "Số: 01/QĐ-SCTHP" in text
    assert "Lê Hữu Lãnh" in text


def test_the_new_paper_ends_the_old_one_when_it_is_issued(hands: Hands, heard: Any) -> None:
    old = brought(hands, "issued")
    sample = declared("approval").sample
    newer = drafting.replace_paper(paper=old, fields=sample, by=hands.drafter, at=NOW)
    assert (newer.owner_kind, newer.owner_id, newer.purpose) == ("proposal", "31", "decision")
    with pytest.raises(drafting.AlreadyReplaced):
        drafting.replace_paper(paper=old, fields=sample, by=hands.drafter, at=NOW)
    for act in ("submit", "initial", "sign", "number"):
        newer = ACTS[act](hands, newer)
    old.refresh_from_db()
    assert old.state == "issued"
    ACTS["issue"](hands, newer)
    old.refresh_from_db()
    assert (old.state, number_of_paper(newer)) == ("replaced", "02/QĐ-SCTHP")
    assert heard[-1][1]["replaces"] == old.pk


def test_a_replacement_given_up_makes_room_for_another(hands: Hands) -> None:
    old = brought(hands, "issued")
    sample = declared("approval").sample
    first = drafting.replace_paper(paper=old, fields=sample, by=hands.drafter, at=NOW)
    drafting.discard(paper=first, reason="Thôi", by=hands.drafter, at=NOW, base_version=first.version)
    assert drafting.replace_paper(paper=old, fields=sample, by=hands.drafter, at=NOW).replaces == old


# Forms of one's own hand, and forms without a number.


def test_a_ballot_is_signed_and_handed_in_by_its_member(hands: Hands) -> None:
    ballot = drafted(hands, "ballot", is_confidential=True)
    with pytest.raises(Denied):
        signing.sign_own(paper=ballot, by=hands.leader, at=NOW, base_version=ballot.version)
    ballot = signing.sign_own(paper=ballot, by=hands.drafter, at=NOW, base_version=ballot.version)
    assert (ballot.state, ballot.signer_name) == ("signed", "Ngô Thị Chủ")
    with pytest.raises(numbering.NotNumbered):
        numbering.number(paper=ballot, by=hands.clerk, at=NOW, base_version=ballot.version)
    ballot = issuing.issue(paper=ballot, by=hands.drafter, at=NOW, base_version=ballot.version)
    assert (ballot.state, number_of_paper(ballot), ballot.dated_on) == ("issued", "", date(2026, 11, 20))


def test_a_form_of_the_circular_is_issued_without_a_number(hands: Hands) -> None:
    form = brought(hands, "signed", "form_4a")
    form = issuing.issue(paper=form, by=hands.clerk, at=NOW, base_version=form.version)
    assert (form.state, form.number, RegisterEntry.objects.count()) == ("issued", None, 0)


# Numbers.


def test_numbers_follow_each_other_by_series_and_year(hands: Hands) -> None:
    numbers = [number_of_paper(brought(hands, "numbered", kind)) for kind in ("approval", "return_letter", "approval")]
    assert numbers == ["01/QĐ-SCTHP", "01/SCTHP", "02/QĐ-SCTHP"]
    next_year = NOW + timedelta(days=60)
    assert number_of_paper(brought(hands, "numbered", at=next_year)) == "01/QĐ-SCTHP"
    assert list(RegisterEntry.objects.values_list("register__year", "number").order_by("id")) == [
        (2026, 1), (2026, 1), (2026, 2), (2027, 1),
    ]  # fmt: skip


def test_a_number_that_failed_goes_to_the_next(hands: Hands) -> None:
    paper, other = brought(hands, "signed"), brought(hands, "signed")
    with pytest.raises(RuntimeError), transaction.atomic():
        numbering.number(paper=paper, by=hands.clerk, at=NOW, base_version=paper.version)
        raise RuntimeError
    assert numbering.number(paper=other, by=hands.clerk, at=NOW, base_version=other.version).number == 1


def test_days_of_a_register_never_go_back(hands: Hands) -> None:
    brought(hands, "numbered")
    paper = brought(hands, "signed")
    for day in (date(2026, 11, 19), date(2026, 11, 21)):
        with pytest.raises(numbering.BadDay):
            numbering.number(paper=paper, by=hands.clerk, at=NOW, base_version=paper.version, on=day)


def test_a_register_that_lives_on_paper_is_gone_on_with(hands: Hands) -> None:
    numbering.open_register(agency=hands.agency, year=2026, series="QĐ", first=58, by=hands.clerk, at=NOW)
    assert brought(hands, "numbered").number == 58
    with pytest.raises(numbering.RegisterBegun):
        numbering.open_register(agency=hands.agency, year=2026, series="QĐ", first=60, by=hands.clerk, at=NOW)
    for first, series in ((0, "QĐ"), (5, "XX")):
        with pytest.raises(numbering.BadNumber):
            numbering.open_register(agency=hands.agency, year=2027, series=series, first=first, by=hands.clerk, at=NOW)


def elsewhere(hands: Hands, paper: OfficialPaper, number: str = "1234/QĐ-UBND") -> OfficialPaper:
    return numbering.number_elsewhere(
        paper=paper, number=number, issuer="UBND thành phố", on=date(2026, 11, 18), by=hands.clerk, at=NOW,
        base_version=paper.version,
    )  # fmt: skip


def test_a_number_given_elsewhere_is_written_down_once(hands: Hands) -> None:
    paper = elsewhere(hands, brought(hands, "signed"))
    assert (number_of_paper(paper), paper.number, RegisterEntry.objects.count()) == ("1234/QĐ-UBND", None, 0)
    with pytest.raises(numbering.NumberTaken):
        elsewhere(hands, brought(hands, "signed"))
    for wrong in ("", "1234", "QĐ-UBND", "12/", "1234/QĐ UBND; x"):
        with pytest.raises(numbering.BadNumber):
            elsewhere(hands, brought(hands, "signed"), wrong)


def test_a_number_of_a_withdrawn_paper_is_never_given_again(hands: Hands) -> None:
    paper = brought(hands, "numbered")
    issuing.withdraw(paper=paper, reason="Nhầm", by=hands.leader, at=NOW, base_version=paper.version)
    assert brought(hands, "numbered").number == 2


def test_the_database_refuses_what_must_never_be(hands: Hands) -> None:
    paper = brought(hands, "numbered")
    for change in ({"elsewhere": "1/A-B"}, {"dated_on": None}, {"state": "returned", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficialPaper.objects.filter(pk=paper.pk).update(**change)
    for rows in (RegisterEntry.objects.all(), PaperFile.objects.filter(paper=brought(hands, "issued"))):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(by="user:0")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


STEPS = ["submit", "initial", "sign", "number", "issue", "withdraw", "return", "discard", "revise", "replace"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STEPS)), max_size=14))
def test_whatever_is_tried_numbers_have_no_gap_and_no_double(hands: Hands, tried: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        papers = [drafted(hands) for _ in range(3)]
        for at, event in tried:
            paper = OfficialPaper.objects.get(pk=papers[at].pk)
            try:
                with transaction.atomic():
                    if event == "return":
                        by = hands.head if paper.state == "submitted" else hands.leader
                        papers[at] = give_back(hands, paper, by if paper.state != "signed" else hands.clerk)
                    elif event == "replace":
                        drafting.replace_paper(
                            paper=paper, fields=declared("approval").sample, by=hands.drafter, at=NOW
                        )
                    else:
                        papers[at] = ACTS[event](hands, paper)
            except Refusal:
                continue
        entries = list(RegisterEntry.objects.order_by("number").values_list("number", "paper__number"))
        assert entries == [(number, number) for number in range(1, len(entries) + 1)]
        numbered = OfficialPaper.objects.filter(number__isnull=False)
        assert numbered.count() == len(entries)
        assert set(numbered.values_list("state", flat=True)) <= {"numbered", "issued", "replaced", "withdrawn"}
        transaction.set_rollback(True)


# The signed sheet, and anybody's check.


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def scan(content: bytes = PDF, name: str = "da-ky.pdf") -> dict[str, Any]:
    return {"stream": BytesIO(content), "name": name}


def test_the_signed_sheet_is_kept_with_its_hash(hands: Hands) -> None:
    paper = brought(hands, "issued")
    kept = issuing.attach_scan(paper=paper, **scan(), by=hands.clerk, at=NOW)
    again = issuing.attach_scan(paper=paper, **scan(name="khac.pdf"), by=hands.clerk, at=NOW)
    assert again.pk == kept.pk
    entry = Entry.objects.get(action="paper.attach")
    assert entry.after["sha256"] == kept.sha256
    assert file_matches(paper.code, kept.sha256)


def test_what_is_no_scan_is_refused(hands: Hands) -> None:
    paper = brought(hands, "issued")
    with pytest.raises(WrongType):
        issuing.attach_scan(paper=paper, **scan(b"hello"), by=hands.clerk, at=NOW)
    with pytest.raises(EmptyFile):
        issuing.attach_scan(paper=paper, **scan(b""), by=hands.clerk, at=NOW)
    with pytest.raises(drafting.WrongState):
        issuing.attach_scan(paper=brought(hands, "initialled"), **scan(), by=hands.clerk, at=NOW)


def test_a_code_tells_what_anybody_may_know(hands: Hands) -> None:
    paper = brought(hands, "issued")
    found = check(paper.code.lower().replace("-", ""))
    assert found is not None
    entry = Entry.objects.get(action="paper.issue", object_id=str(paper.pk))
    assert (found.kind_code, found.number, found.on, found.state) == (
        "approval", "01/QĐ-SCTHP", date(2026, 11, 20), PaperState.ISSUED,
    )  # fmt: skip
    assert (found.entry, found.entry_hash) == (entry.pk, entry.content_hash)
    assert "Đúc" not in str(found)


@pytest.mark.parametrize("state", ["draft", "submitted", "initialled", "signed", "numbered", "returned", "discarded"])
def test_what_was_not_issued_nobody_finds(hands: Hands, state: str) -> None:
    assert check(brought(hands, state).code) is None


def test_a_number_withdrawn_before_its_issue_is_not_found(hands: Hands) -> None:
    paper = brought(hands, "numbered")
    paper = issuing.withdraw(paper=paper, reason="Nhầm", by=hands.leader, at=NOW, base_version=paper.version)
    assert check(paper.code) is None


def test_what_was_replaced_leads_to_what_counts(hands: Hands) -> None:
    old = brought(hands, "replaced")
    found = check(old.code)
    assert found is not None
    assert (found.state, found.replaced_by) == (PaperState.REPLACED, old.replacements.get().code)


def test_one_bit_makes_another_file(hands: Hands) -> None:
    import hashlib

    paper = brought(hands, "issued")
    content = pdf_of(compose(paper))
    assert file_matches(paper.code, hashlib.sha256(content).hexdigest())
    assert not file_matches(paper.code, hashlib.sha256(content[:-1] + b" ").hexdigest())
    assert not file_matches(brought(hands, "issued").code, hashlib.sha256(BytesIO(content).read()).hexdigest())
