"""Ballots: one's own draft kept over and over, handed in, taken back; all of a case opened together, once."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.cases import tell_moved
from matxich.appraisal.actions.moving import moved, of_case
from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import AgendaItem, Ballot, Batch, Case, CouncilMember, Opening
from matxich.appraisal.models.cases import LARGEST
from matxich.appraisal.permissions import may_conclude, may_vote, seat_in
from matxich.appraisal.queries.people import bench_of
from matxich.appraisal.queries.quorum import quorum_of_case
from matxich.appraisal.states import BALLOT_TRANSITIONS, CASE_TRANSITIONS, WRITING, BallotState, CaseState, Route
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.rulebook.appraisal.ballots import missing, read_values, sheet_of
from matxich.rulebook.appraisal.criteria import Fault
from matxich.rulebook.appraisal.wording import CUT_RANGE, CUT_REASON


class BadBallot(Refusal):
    """A sheet that cannot be handed in, or points that are none; `faults` name the criterion and what is wrong."""

    code = "bad_ballot"
    status = 422

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Phiếu còn chỗ chưa đúng."), "; ".join(each.words.vi for each in faults))
        self.faults = faults


class BallotClosed(Refusal):
    """It was handed in or opened; a draft can no longer be kept."""

    code = "ballot_closed"


class NoQuorum(Refusal):
    """Not enough members, or not those who must be there; `lines` say which condition is short."""

    code = "no_quorum"

    def __init__(self, lines: list[str]) -> None:
        super().__init__(_("Không đủ điều kiện họp để làm việc này."), "; ".join(lines))
        self.lines = lines


class NotAllIn(Refusal):
    """Somebody entitled to vote has not handed in. How many is not said: it would be a count before opening."""

    code = "ballots_missing"


class NoBallots(Refusal):
    """Nothing to open: nobody voted, or every member is recused."""

    code = "no_ballots"


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft as kept, and what of the form could not be: such a field keeps nothing, the rest stands."""

    ballot: Ballot
    faults: list[Fault]


@transaction.atomic
def save_ballot(*, case: Case, told: Mapping[str, Any], by: Actor, at: datetime, base_version: int) -> Saved:
    """Keep the draft as typed, half a sheet too. It is the member's own business and writes no history.

    `base_version` 0: there was none on the form. A draft newer than the form is not overwritten, unless it says the
    same: the page keeps it behind the member's back. Raises Denied, Stale, BallotClosed.
    """
    seat = _voting(case, by)
    ballot = _draft(case, seat, told, at, base_version)
    faults = _fill(ballot, case, told, at)
    ballot.version += 1
    ballot.save()
    return Saved(ballot, faults)


@transaction.atomic
def submit_ballot(*, case: Case, told: Mapping[str, Any], by: Actor, at: datetime, base_version: int) -> Ballot:
    """Handed in. The same sheet again gives what was handed in. The history keeps a seal of the content, not the
    content. Raises Denied, Stale, BallotClosed, BadBallot."""
    seat = _voting(case, by)
    there = Ballot.objects.select_for_update().filter(case=case, member=seat, state=BallotState.SUBMITTED).first()
    if there is not None:
        return _same(there, case, told, at)
    ballot = _draft(case, seat, told, at, base_version)
    faults = _fill(ballot, case, told, at)
    criteria = criteria_of(case.batch)
    sheet = sheet_of(str(seat.pk), ballot.values, ballot.verdict, ballot.comment)
    if faults := faults or missing(criteria, sheet):
        raise BadBallot(faults)
    moved(ballot, BALLOT_TRANSITIONS, "submit")
    ballot.nonce, ballot.submitted_at = secrets.token_hex(16), at
    ballot.seal = seal_of(ballot)
    ballot.version += 1
    ballot.save()
    record(
        by=by, at=at, action="ballot.submit", on=_of_ballot(ballot, case),
        after={"seal": ballot.seal}, rule=criteria.fingerprint,
    )  # fmt: skip
    return ballot


@transaction.atomic
def take_back(*, ballot: Ballot, by: Actor, at: datetime) -> Ballot:
    """To change it, until the ballots are opened. Raises Denied, WrongState."""
    current = Ballot.objects.select_for_update(of=("self",)).select_related("case__batch").get(pk=ballot.pk)
    seat = _voting(current.case, by)
    if current.member_id != seat.pk:
        raise BallotClosed(_("Phiếu này của người khác."))
    moved(current, BALLOT_TRANSITIONS, "take_back")
    current.seal, current.nonce, current.submitted_at = "", "", None
    current.version += 1
    current.save()
    record(by=by, at=at, action="ballot.take_back", on=_of_ballot(current, current.case))
    return current


@transaction.atomic
def open_ballots(*, case: Case, by: Actor, at: datetime, reason: str = "", item: AgendaItem | None = None) -> Opening:
    """All ballots of members who may vote, at once; again gives the opening that is there.

    Ballots of members found to have an interest since stay shut and count for nothing. A council needs its quorum for
    this case in the room; without every ballot in, a `reason` for opening all the same.
    Raises Denied, WrongState, NoQuorum, NoBallots, NotAllIn.
    """
    # The batch is locked first everywhere, so that two openings of one batch wait and never deadlock.
    Batch.objects.select_for_update().get(pk=case.batch_id)
    rows = Case.objects.select_for_update(of=("self",)).select_related("batch__council", "batch__criteria")
    current = rows.get(pk=case.pk)
    demand(may_conclude(by, current))
    if there := Opening.objects.filter(case=current).first():
        return there
    bench = bench_of(current)
    quorum = quorum_of_case(current, item, bench) if current.batch.route == Route.COUNCIL else None
    if quorum is not None and not quorum.met:
        raise NoQuorum([line.words.vi for line in quorum.lines if not line.met])
    ballots = list(
        Ballot.objects.select_for_update()
        .filter(case=current, state=BallotState.SUBMITTED, member__in=bench.entitled)
        .order_by("member_id")
    )
    if not ballots:
        raise NoBallots(
            _("Không có phiếu nào để mở."),
            _("Nếu mọi ủy viên đều có lợi ích liên quan, bổ sung thành viên cho hội đồng rồi lấy phiếu lại."),
        )
    if len(ballots) < len(bench.entitled) and not reason.strip():
        raise NotAllIn(
            _("Chưa đủ phiếu của những người được biểu quyết."), _("Chờ thêm, hoặc ghi lý do mở khi chưa đủ phiếu.")
        )
    moved(current, CASE_TRANSITIONS, "open")
    current.version += 1
    current.save()
    Ballot.objects.filter(pk__in=[each.pk for each in ballots]).update(state=BallotState.OPENED)
    seals = hashlib.sha256("\n".join(each.seal for each in ballots).encode()).hexdigest()
    opening = Opening.objects.create(
        case=current, item=item, ballots=len(ballots), entitled=len(bench.entitled), sha256=seals, by=by.id, at=at,
        quorum={} if quorum is None else {"present": quorum.present, "needed": quorum.needed, "of": quorum.of},
    )  # fmt: skip
    record(
        by=by, at=at, action="case.open_ballots", on=of_case(current), reason=reason.strip(),
        after={"ballots": opening.ballots, "entitled": opening.entitled, "sha256": seals, "quorum": opening.quorum},
    )  # fmt: skip
    tell_moved(current)
    return opening


def seal_of(ballot: Ballot) -> str:
    """Hash of what was handed in with its nonce: proves afterwards that nothing was changed, tells nothing before."""
    content = json.dumps(
        {
            "nonce": ballot.nonce,
            "case": ballot.case_id,
            "member": ballot.member_id,
            "values": ballot.values,
            "verdict": ballot.verdict,
            "comment": ballot.comment,
            "amount": ballot.proposed_amount,
            "trims": ballot.trims,
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _voting(case: Case, by: Actor) -> CouncilMember:
    demand(may_vote(by, case))
    seat = seat_in(by, case.batch.council_id)
    assert seat is not None  # asked by may_vote
    return seat


def _draft(case: Case, seat: CouncilMember, told: Mapping[str, Any], at: datetime, base_version: int) -> Ballot:
    """The member's own draft, locked; made when there is none. The case is locked so that opening waits for it."""
    state = Case.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=case.pk)
    if state not in (CaseState.COLLECTED, CaseState.VOTING):
        raise BallotClosed(_("Đã mở phiếu của hồ sơ này; không nhận thêm phiếu."))
    found = Ballot.objects.select_for_update().filter(case=case, member=seat).first()
    if found is None:
        try:
            with transaction.atomic():
                found = Ballot.objects.create(case=case, member=seat, saved_at=at, version=0)
        except IntegrityError:
            found = Ballot.objects.select_for_update().get(case=case, member=seat)
    if found.state not in WRITING:
        raise BallotClosed(_("Phiếu này đã nộp."), _("Rút phiếu về để sửa, khi chưa mở phiếu."))
    if found.version != base_version and not _says_the_same(found, case, told, at):
        raise Stale(
            _("Phiếu này đã được lưu mới hơn từ một máy hoặc một cửa sổ khác."),
            _("Mở lại phiếu để thấy bản mới; phần bạn vừa ghi vẫn còn trên máy này."),
        )
    return found


def _fill(ballot: Ballot, case: Case, told: Mapping[str, Any], at: datetime) -> list[Fault]:
    criteria = criteria_of(case.batch)
    ballot.values, faults = read_values(criteria, told)
    codes = {each.code for each in criteria.verdicts}
    verdict = str(told.get("verdict", ""))
    ballot.verdict = verdict if verdict in codes else ""
    ballot.comment = str(told.get("comment", "")).strip()[:8000]
    ballot.trims, ballot.proposed_amount, wrong = _trims(case, told)
    ballot.saved_at = at
    return faults + wrong


def _trims(case: Case, told: Mapping[str, Any]) -> tuple[dict[str, Any], int | None, list[Fault]]:
    """Cuts proposed line by line: never below 0, never more than was asked; each with its reason."""
    trims: dict[str, Any] = {}
    faults: list[Fault] = []
    for line in case.lines:
        key, asked = line["key"], int(line.get("asked", 0))
        text = "".join(str(told.get(f"cut-{key}", "")).replace(".", "").split())
        if not text or text == "0":
            continue
        if not (text.isascii() and text.isdecimal() and len(text) <= 15 and 0 < int(text) <= asked):
            faults.append(Fault(f"cut-{key}", CUT_RANGE))
            continue
        why = str(told.get(f"why-{key}", "")).strip()[:500]
        if not why:
            faults.append(Fault(f"cut-{key}", CUT_REASON))
        trims[key] = {"cut": int(text), "reason": why}
    cut = sum(each["cut"] for each in trims.values())
    return trims, (min(case.asked - cut, LARGEST) if trims else None), faults


def _same(there: Ballot, case: Case, told: Mapping[str, Any], at: datetime) -> Ballot:
    """A second pressing of the button; another content is no second pressing."""
    if not _says_the_same(there, case, told, at):
        raise BallotClosed(_("Phiếu này đã nộp."), _("Rút phiếu về để sửa, khi chưa mở phiếu."))
    return there


def _says_the_same(there: Ballot, case: Case, told: Mapping[str, Any], at: datetime) -> bool:
    copy = Ballot(case=case, member_id=there.member_id)
    _fill(copy, case, told, at)
    return all(getattr(copy, name) == getattr(there, name) for name in ("values", "verdict", "comment", "trims"))


def _of_ballot(ballot: Ballot, case: Case) -> Subject:
    return Subject("ballot", str(ballot.pk), case.reference, case.batch.place)
