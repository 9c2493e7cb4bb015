"""Money of a funding line: allotted and withdrawn; committed by two people, released, paid, paid back.

Every movement locks its line first, so the totals and the entries never part, however many ask at once. Amounts are
whole đồng above 0. `key` sent again with the same facts gives the answer of the first time; with others it is refused.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.programmes.models import Commitment, FundingLine, MoneyEntry
from matxich.programmes.permissions import may_commit, may_handle_money
from matxich.programmes.states import EntryKind, ProgrammeState
from matxich.rulebook.programmes.money import LARGEST
from matxich.rulebook.vietnamese.numbers import format_number
from matxich.rulebook.vietnamese.text import squeeze


class BadMoney(Refusal):
    """A movement that cannot be as it is written; `field` says which part."""

    code = "bad_money"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


class NotEnoughMoney(Refusal):
    """More than there is: `asked` and `available` in đồng."""

    code = "not_enough_money"

    def __init__(self, message: object, *, asked: int, available: int) -> None:
        figures = {"asked": format_number(asked), "available": format_number(available)}
        super().__init__(str(message) % figures, _("Giảm số tiền, giao thêm kinh phí, hoặc chọn nguồn kinh phí khác."))
        self.asked, self.available = asked, available


class SamePerson(Refusal):
    """Whoever made a commitment does not confirm it."""

    code = "same_person"


class KeyTaken(Refusal):
    """This key stands for another movement already; `existing` is the commitment or the entry it stands for."""

    code = "key_taken"

    def __init__(self, existing: Commitment | MoneyEntry) -> None:
        super().__init__(
            _("Khoản này đã được ghi trước đó với nội dung khác."), _("Mở nguồn kinh phí để xem khoản đã ghi.")
        )
        self.existing = existing


class ProgrammeNotRunning(Refusal):
    """Money is promised and paid only while the programme runs; what a closed one promised may be paid still."""

    code = "programme_not_running"


def subject_of(line: FundingLine) -> Subject:
    return Subject("funding_line", str(line.pk), f"{line.programme.code} {line.year} {line.name}", line.programme.place)


@transaction.atomic
def allot(
    *,
    line: FundingLine,
    amount: int,
    decision_no: str,
    on: date,
    by: Actor,
    at: datetime,
    reason: str = "",
    key: str = "",
) -> MoneyEntry:
    """Money given to the line by a decision of the day `on`. Raises Denied, BadMoney, ProgrammeNotRunning, KeyTaken."""
    line = _locked(line)
    demand(may_handle_money(by, line))
    if existing := _known(key, line, EntryKind.ALLOT, amount):
        return existing
    if line.programme.state not in (ProgrammeState.DRAFT, ProgrammeState.RUNNING):
        raise ProgrammeNotRunning(_("Chương trình đã kết thúc nên không giao thêm kinh phí."))
    _demand_amount(amount, LARGEST - line.budget)
    _demand_paper(decision_no, on, at)
    return _move(line, None, EntryKind.ALLOT, amount, by, at, decision_no, on, reason, key)


@transaction.atomic
def withdraw_allotment(
    *, line: FundingLine, amount: int, decision_no: str, on: date, by: Actor, at: datetime, reason: str, key: str = ""
) -> MoneyEntry:
    """Money taken back from the line, never more than is free. Raises Denied, BadMoney, NotEnoughMoney, KeyTaken."""
    line = _locked(line)
    demand(may_handle_money(by, line))
    if existing := _known(key, line, EntryKind.WITHDRAW_ALLOTMENT, amount):
        return existing
    _demand_amount(amount, LARGEST)
    _demand_paper(decision_no, on, at)
    _demand_reason(reason)
    if amount > line.free:
        raise NotEnoughMoney(
            _("Chỉ còn %(available)s đồng chưa cam kết, không thu hồi được %(asked)s đồng."),
            asked=amount, available=line.free,
        )  # fmt: skip
    return _move(line, None, EntryKind.WITHDRAW_ALLOTMENT, amount, by, at, decision_no, on, reason, key)


@transaction.atomic
def commit(
    *,
    line: FundingLine,
    amount: int,
    owner: tuple[str, str | int],
    key: str,
    label: str,
    made_by: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    decision_no: str = "",
    on: date | None = None,
) -> Commitment:
    """Promise money of the line to what a decision decided.

    `owner`: (kind, id) of the record it is for. `made_by`: id of who prepared it ("user:7"); `by` confirms, another
    person. `key`: what commits ("decision:12/case:34"). The same key, line, amount and owner again gives the same
    commitment. `on`: the day of the decision, by default the local day of `at`.

    Raises Denied, SamePerson, BadMoney, ProgrammeNotRunning, NotEnoughMoney (with figures), KeyTaken.
    """
    line = _locked(line)
    demand(may_commit(by, line))
    owner_kind, owner_id = owner[0], str(owner[1])
    if existing := Commitment.objects.filter(key=key).first():
        if (existing.line_id, existing.amount, existing.owner_kind, existing.owner_id) != (
            line.pk, amount, owner_kind, owner_id,
        ):  # fmt: skip
            raise KeyTaken(existing)
        return existing
    if not made_by or made_by == by.id:
        raise SamePerson(_("Người lập và người xác nhận cam kết phải là hai người khác nhau."))
    if line.programme.state != ProgrammeState.RUNNING:
        raise ProgrammeNotRunning(_("Chương trình chưa bắt đầu hoặc đã kết thúc nên không cam kết được kinh phí."))
    for where, text in (("key", key), ("label", label), ("owner", owner_kind and owner_id)):
        if not text.strip():
            raise BadMoney(where, _("Cam kết phải nói rõ cho hồ sơ nào."))
    _demand_amount(amount, LARGEST)
    if amount > line.free:
        raise NotEnoughMoney(
            _("Nguồn này chỉ còn %(available)s đồng, không đủ để cam kết %(asked)s đồng."),
            asked=amount, available=line.free,
        )  # fmt: skip
    commitment = Commitment(
        line=line, owner_kind=owner_kind, owner_id=owner_id, label=squeeze(label)[:300], amount=amount, key=key,
        made_by=made_by, confirmed_by=by.id, confirmed_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            commitment.save(force_insert=True)
    except IntegrityError:  # the same key, at the same moment, on another line
        raise KeyTaken(Commitment.objects.get(key=key)) from None
    day = on or timezone.localdate(at)
    _move(line, commitment, EntryKind.COMMIT, amount, by, at, decision_no, day, reason, f"commit:{commitment.pk}")
    return commitment


@transaction.atomic
def release(
    *, commitment: Commitment, amount: int, reason: str, by: Actor, at: datetime, decision_no: str = "",
    on: date | None = None, key: str = "",
) -> MoneyEntry:  # fmt: skip
    """Give promised money, not yet paid, back to the line. Raises Denied, BadMoney, NotEnoughMoney, KeyTaken."""
    line, current = _locked_with(commitment)
    demand(may_handle_money(by, line))
    if existing := _known(key, line, EntryKind.RELEASE, amount, current):
        return existing
    _demand_amount(amount, LARGEST)
    _demand_reason(reason)
    if amount > current.unpaid:
        raise NotEnoughMoney(
            _("Cam kết này chỉ còn %(available)s đồng chưa chi, không hủy được %(asked)s đồng."),
            asked=amount, available=current.unpaid,
        )  # fmt: skip
    day = on or timezone.localdate(at)
    return _move(line, current, EntryKind.RELEASE, amount, by, at, decision_no, day, reason, key)


@transaction.atomic
def pay(
    *, commitment: Commitment, amount: int, decision_no: str, on: date, by: Actor, at: datetime, reason: str = "",
    key: str = "",
) -> MoneyEntry:  # fmt: skip
    """Money that left, by a paper of the day `on`. Raises Denied, BadMoney, NotEnoughMoney, KeyTaken."""
    line, current = _locked_with(commitment)
    demand(may_handle_money(by, line))
    if existing := _known(key, line, EntryKind.PAY, amount, current):
        return existing
    _demand_amount(amount, LARGEST)
    _demand_paper(decision_no, on, at)
    if amount > current.unpaid:
        raise NotEnoughMoney(
            _("Cam kết này chỉ còn %(available)s đồng chưa chi, không chi được %(asked)s đồng."),
            asked=amount, available=current.unpaid,
        )  # fmt: skip
    return _move(line, current, EntryKind.PAY, amount, by, at, decision_no, on, reason, key)


@transaction.atomic
def repay(
    *, commitment: Commitment, amount: int, decision_no: str, on: date, by: Actor, at: datetime, reason: str,
    key: str = "",
) -> MoneyEntry:  # fmt: skip
    """Paid money that came back: it is promised still, until released. Raises Denied, BadMoney, NotEnoughMoney,
    KeyTaken."""
    line, current = _locked_with(commitment)
    demand(may_handle_money(by, line))
    if existing := _known(key, line, EntryKind.REPAY, amount, current):
        return existing
    _demand_amount(amount, LARGEST)
    _demand_paper(decision_no, on, at)
    _demand_reason(reason)
    if amount > current.paid:
        raise NotEnoughMoney(
            _("Cam kết này mới chi %(available)s đồng, không thu hồi được %(asked)s đồng."),
            asked=amount, available=current.paid,
        )  # fmt: skip
    return _move(line, current, EntryKind.REPAY, amount, by, at, decision_no, on, reason, key)


def _locked(line: FundingLine) -> FundingLine:
    """The line as it stands now; whoever else moves its money waits."""
    return FundingLine.objects.select_for_update(of=("self",)).select_related("programme").get(pk=line.pk)


def _locked_with(commitment: Commitment) -> tuple[FundingLine, Commitment]:
    """Always the line first: two movements never wait for each other."""
    line = _locked(FundingLine(pk=commitment.line_id))
    return line, Commitment.objects.select_for_update().get(pk=commitment.pk)


def _known(
    key: str, line: FundingLine, kind: EntryKind, amount: int, commitment: Commitment | None = None
) -> MoneyEntry | None:
    """The entry a key stands for, if it says the same; KeyTaken if not."""
    if not key or (found := MoneyEntry.objects.filter(key=key).first()) is None:
        return None
    said = (found.line_id, found.kind, found.amount, found.commitment_id)
    if said != (line.pk, kind, amount, commitment.pk if commitment else None):
        raise KeyTaken(found)
    return found


def _demand_amount(amount: int, most: int) -> None:
    if not 0 < amount <= most:
        raise BadMoney("amount", _("Số tiền phải lớn hơn 0 và không quá 10^15 đồng."), _("Ghi số nguyên đồng."))


def _demand_paper(decision_no: str, on: date, at: datetime) -> None:
    if not squeeze(decision_no):
        raise BadMoney("decision_no", _("Ghi số quyết định hoặc chứng từ."))
    if on > timezone.localdate(at):
        raise BadMoney("on", _("Ngày ở tương lai."), _("Ghi ngày trên quyết định hoặc chứng từ."))


def _demand_reason(reason: str) -> None:
    if not squeeze(reason):
        raise BadMoney("reason", _("Chưa ghi lý do."), _("Lý do được lưu cùng khoản ghi."))


EFFECTS: dict[EntryKind, tuple[tuple[str, int], ...]] = {
    EntryKind.ALLOT: (("budget", 1),),
    EntryKind.WITHDRAW_ALLOTMENT: (("budget", -1),),
    EntryKind.COMMIT: (("committed", 1),),
    EntryKind.RELEASE: (("committed", -1),),
    EntryKind.PAY: (("paid", 1),),
    EntryKind.REPAY: (("paid", -1),),
}
"""What an entry does to the totals of its line; the database's own checks stand behind it."""

_OF_COMMITMENT = {EntryKind.RELEASE: ("released", 1), EntryKind.PAY: ("paid", 1), EntryKind.REPAY: ("paid", -1)}


def _move(
    line: FundingLine, commitment: Commitment | None, kind: EntryKind, amount: int, by: Actor, at: datetime,
    decision_no: str, on: date, reason: str, key: str,
) -> MoneyEntry:  # fmt: skip
    before = {name: getattr(line, name) for name, _sign in EFFECTS[kind]}
    for name, sign in EFFECTS[kind]:
        setattr(line, name, getattr(line, name) + sign * amount)
    line.save(update_fields=list(before))
    if commitment is not None and kind in _OF_COMMITMENT:
        name, sign = _OF_COMMITMENT[kind]
        setattr(commitment, name, getattr(commitment, name) + sign * amount)
        commitment.save(update_fields=[name])
    entry = MoneyEntry.objects.create(
        line=line, kind=kind, amount=amount, commitment=commitment, decision_no=squeeze(decision_no)[:100], on=on,
        reason=squeeze(reason)[:500], key=key or None, by=by.id, at=at,
    )  # fmt: skip
    told = {"entry": entry.pk, "amount": amount, "decision_no": entry.decision_no, "on": on}
    about = {"commitment": commitment.pk, "key": commitment.key, "made_by": commitment.made_by} if commitment else {}
    record(
        by=by, at=at, action=f"funding_line.{kind}", on=subject_of(line), before=before,
        after={name: getattr(line, name) for name in before} | told | about, reason=entry.reason,
    )  # fmt: skip
    return entry
