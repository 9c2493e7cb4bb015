"""The history of support: what somebody got is recorded once, and taken out, never edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand, reason_given
from matxich.ledger.actions import Subject, record
from matxich.policy.models import CompleteYear, SupportGiven
from matxich.policy.packaged import pairs_of_contents
from matxich.policy.permissions import agency_of_complete_year, may_declare_complete, may_record_support
from matxich.policy.queries.support import beside, givens, link_of
from matxich.policy.states import SupportStatus
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.law.duplicates import beneficiary, in_the_way
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.given import FIRST, LAST
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.vietnamese.text import fold, squeeze


class BadSupport(Refusal):
    """An entry that cannot be; `field` says which part."""

    code = "bad_support"
    status = 422

    def __init__(self, where: str, message: object) -> None:
        super().__init__(str(message))
        self.field = where


class DoubleSupport(Refusal):
    """The same content was paid from state money in that year; `entries` are what makes it so.

    The firm may choose the more favourable one: the other has to be cancelled or paid back.
    """

    code = "double_support"

    def __init__(self, entries: tuple[SupportGiven, ...]) -> None:
        told = "; ".join(
            f"{each.content} {each.year}, {each.agency}, {each.decision_no}".strip(", ") for each in entries
        )
        super().__init__(
            _("Trùng hỗ trợ: cùng nội dung, cùng năm, đều là tiền nhà nước. Đã có: %(entries)s.") % {"entries": told},
            _("Doanh nghiệp được chọn mức có lợi nhất; nếu khoản này đã chi thật, đánh dấu để vẫn ghi vào sổ."),
        )
        self.entries = entries


class AlreadyComplete(Refusal):
    code = "already_complete"


class NotThere(Refusal):
    code = "support_not_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is recorded of one support; as of SupportGiven."""

    name: str
    province: str
    title: str
    agency: str
    budget: str
    year: int
    amount: int
    source: str
    tax_code: str = ""
    content: str = ""
    programme: str = ""
    decision_no: str = ""
    decided_on: date | None = None
    counterpart: int | None = None
    status: str = SupportStatus.PAID
    note: str = ""


def subject_of(given: SupportGiven) -> Subject:
    return Subject("support", str(given.pk), f"{given.content or given.title[:60]} {given.year}", given.province)


@transaction.atomic
def record_support(*, entry: Entry, by: Actor, at: datetime, knowing: bool = False) -> SupportGiven:
    """One entry. Raises Denied, BadSupport, DoubleSupport (not with `knowing`: it happened, and is flagged)."""
    demand(may_record_support(by, entry.province))
    given = made(entry, by, at)
    asked, *others = givens([given, *beside([given])])
    against = in_the_way(asked, others, pairs_of_contents())
    if against and not knowing:
        raise DoubleSupport(tuple(SupportGiven.objects.filter(pk__in=[each.id for each in against])))
    given.save(force_insert=True)
    record(by=by, at=at, action="support.record", on=subject_of(given), after=told(given))
    return given


def made(entry: Entry, by: Actor, at: datetime) -> SupportGiven:
    """The row, not kept, with the record its tax code leads to. Raises BadSupport."""
    code = parse_tax_code(entry.tax_code) if entry.tax_code else None
    if code and (not code.valid or code.kind == "person"):
        raise BadSupport("tax_code", _("Mã số thuế sai, hoặc là số định danh cá nhân không ghi ở đây."))
    checks = (
        ("name", not squeeze(entry.name), _("Ghi tên đơn vị thụ hưởng.")),
        ("title", not squeeze(entry.title), _("Ghi nội dung hỗ trợ.")),
        ("agency", not squeeze(entry.agency), _("Ghi cơ quan quyết định hỗ trợ.")),
        ("source", not squeeze(entry.source), _("Ghi nguồn của mục này.")),
        ("content", bool(entry.content) and entry.content not in SUPPORTS, _("Mã nội dung không có trong luật.")),
        ("year", not FIRST <= entry.year <= LAST, _("Năm không đúng.")),
        ("amount", not 0 <= entry.amount <= LARGEST, _("Số tiền từ 0 đến 10^15 đồng.")),
        ("counterpart", not 0 <= (entry.counterpart or 0) <= LARGEST, _("Số tiền từ 0 đến 10^15 đồng.")),
        ("decided_on", bool(entry.decided_on and entry.decided_on > timezone.localdate(at)), _("Ngày ở tương lai.")),
        ("status", entry.status not in SupportStatus.values, _("Tình trạng không có.")),
    )  # fmt: skip
    for where, wrong, message in checks:
        if wrong:
            raise BadSupport(where, message)
    number, name = code.text if code else "", squeeze(entry.name)[:300]
    who, firm = beneficiary(number, entry.province, name), firm_of(number)
    link = None if firm else link_of(who)
    return SupportGiven(
        enterprise=link.enterprise if link else firm, link=link, beneficiary=who,
        folded=fold(f"{name} {entry.title} {entry.decision_no}")[:800],
        name=name, tax_code=number, province=entry.province,
        content=entry.content, title=squeeze(entry.title)[:300], programme=squeeze(entry.programme)[:200],
        agency=squeeze(entry.agency)[:300], budget=entry.budget, year=entry.year,
        decision_no=squeeze(entry.decision_no)[:100], decided_on=entry.decided_on, amount=entry.amount,
        counterpart=entry.counterpart, status=entry.status, source=squeeze(entry.source)[:300],
        note=squeeze(entry.note)[:500], recorded_by=by.id, recorded_at=at,
    )  # fmt: skip


def firm_of(tax_code: str) -> Enterprise | None:
    return visible_enterprises().filter(tax_code=tax_code).first() if tax_code else None


def told(given: SupportGiven) -> dict[str, Any]:
    """For the history: a beneficiary may be a person, so its name stays out."""
    return {
        "enterprise": given.enterprise_id, "content": given.content, "year": given.year, "budget": given.budget,
        "amount": given.amount, "agency": given.agency, "decision": given.decision_no, "status": given.status,
    }  # fmt: skip


@transaction.atomic
def withdraw_support(*, given: SupportGiven, by: Actor, at: datetime, reason: str) -> SupportGiven:
    """It counts no longer and stays in the history. Raises Denied, NotThere, NoReason."""
    current = SupportGiven.objects.select_for_update().get(pk=given.pk)
    demand(may_record_support(by, current.province))
    if current.withdrawn_at is not None:
        raise NotThere(_("Mục này đã được gỡ."))
    why = reason_given(reason, _("Ghi vì sao gỡ; lý do được lưu trong nhật ký."))
    current.withdrawn_by, current.withdrawn_at, current.withdrawn_reason = by.id, at, why
    current.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    record(by=by, at=at, action="support.withdraw", on=subject_of(current), before=told(current), reason=why)
    return current


@transaction.atomic
def declare_complete(*, province: str, year: int, by: Actor, at: datetime, reason: str) -> CompleteYear:
    """From now on a firm without an entry of that year is known to have got nothing. Raises Denied, AlreadyComplete."""
    demand(may_declare_complete(by, province))
    agency = agency_of_complete_year(by, province)
    why = reason_given(reason, _("Ghi đã đối chiếu với sổ sách nào."))
    if not FIRST <= year <= timezone.localdate(at).year:
        raise BadSupport("year", _("Chỉ tuyên bố cho năm nay và những năm trước."))
    if CompleteYear.objects.filter(province=province, year=year, withdrawn_at=None).exists():
        raise AlreadyComplete(_("Năm này đã được tuyên bố đầy đủ."))
    assert agency is not None
    word = CompleteYear.objects.create(
        province=province, year=year, agency=agency, agency_name=agency.name, reason=why, declared_by=by.id,
        declared_at=at,
    )  # fmt: skip
    on = Subject("support_year", str(word.pk), f"{province or 'VN'} {year}", province)
    record(by=by, at=at, action="support.declare_complete", on=on, after={"year": year}, reason=why)
    return word


@transaction.atomic
def withdraw_complete(*, word: CompleteYear, by: Actor, at: datetime, reason: str) -> CompleteYear:
    """Raises Denied, NotThere, NoReason."""
    current = CompleteYear.objects.select_for_update().get(pk=word.pk)
    demand(may_declare_complete(by, current.province))
    if current.withdrawn_at is not None:
        raise NotThere(_("Tuyên bố này đã được rút."))
    why = reason_given(reason, _("Ghi vì sao rút tuyên bố."))
    current.withdrawn_by, current.withdrawn_at = by.id, at
    current.save(update_fields=["withdrawn_by", "withdrawn_at"])
    on = Subject("support_year", str(current.pk), f"{current.province or 'VN'} {current.year}", current.province)
    record(by=by, at=at, action="support.withdraw_complete", on=on, reason=why)
    return current


def entry_of(values: Mapping[str, Any], source: str) -> Entry:
    """A row of a list as it was read (rulebook.law.given)."""
    day = values.get("decided_on")
    return Entry(
        **{name: values[name] for name in ("name", "province", "title", "agency", "budget", "year", "amount",
                                           "tax_code", "content", "programme", "decision_no", "counterpart",
                                           "status", "note")},
        decided_on=date.fromisoformat(day) if day else None,
        source=source,
    )  # fmt: skip
