"""Writing a proposal: begun from a call, filled from the passport, saved part by part without losing what others wrote.

A draft is its writers' business and saving it writes no history; beginning, handing in and all that follows does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import record
from matxich.places.queries import chain
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call
from matxich.proposals.actions.holding import held_for_writing, subject_of
from matxich.proposals.models import CostLine, Gate, Proposal, ProposalParty, ProposedResult
from matxich.proposals.packaged import forms, gates
from matxich.proposals.permissions import may_start, may_start_for, may_start_in
from matxich.proposals.queries.entitlement import layers_of, line_of
from matxich.proposals.queries.prefilling import known_of, offers
from matxich.proposals.states import GateKind, Mode, PartyRole, Shape
from matxich.registry.models import Enterprise
from matxich.registry.permissions import EDITING, FIRM_ROLES
from matxich.registry.states import HELPED, Kind
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.proposals.costs import BadLine, Line, checked, totals
from matxich.rulebook.proposals.forms import BadAnswer, read_answer, shown_fields
from matxich.rulebook.proposals.wording import SAID
from matxich.rulebook.vietnamese.text import squeeze

MOST_LINES, LARGEST = 200, 10**15
COSTS, RESULTS, PARTIES = "du-toan", "ket-qua", "cac-ben"


class CallClosed(Refusal):
    """The call does not take proposals at this instant."""

    code = "call_closed"


class WrongChoice(Refusal):
    """A content, kind of proposal or source of money that the call does not offer; `field` says which."""

    code = "wrong_choice"
    status = 422

    def __init__(self, where: str, message: Any) -> None:
        super().__init__(message)
        self.field = where


class TooManyLines(Refusal):
    code = "too_many_lines"
    status = 422


class BadRows(Refusal):
    """Rows that cannot be kept: number of the row, from 0 → (field, words). Nothing of the table is written."""

    code = "bad_rows"
    status = 422

    def __init__(self, found: Mapping[int, tuple[str, Words]]) -> None:
        super().__init__(_("Có dòng cần sửa; các dòng khác vẫn như bạn ghi."))
        self.faults = dict(found)


@dataclass(frozen=True, slots=True)
class ResultIn:
    indicator: str
    name: str
    unit: str
    baseline: Decimal | None
    target: Decimal
    until: date


@dataclass(frozen=True, slots=True)
class PartyIn:
    role: str
    name: str
    tax_code: str = ""
    share: int = 0
    note: str = ""


@transaction.atomic
def start_proposal(
    *,
    call: Call,
    content: str,
    title: str,
    by: Actor,
    at: datetime,
    shape: str = Shape.SINGLE,
    mode: str = Mode.OWN,
    enterprise: Enterprise | None = None,
    household: str = "",
    commune: str = "",
    layer: str = "",
    is_demo: bool = False,
) -> Proposal:
    """A draft in a call that takes proposals, its form chosen and filled from the passport.

    Of a firm of the register, or of a `household` in a `commune` somebody files for.

    Raises Denied, CallClosed, WrongChoice.
    """
    demand(may_start(by, call))
    if not call.is_open(at):
        raise CallClosed(_("Đợt này không nhận hồ sơ lúc này."), _("Xem lịch các đợt nhận hồ sơ."))
    kind = _applicant_kind(enterprise, mode, household, commune, by)
    money = layers_of(call)
    chosen = layer or (money[0] if money else "")
    for where, wrong, message in (
        ("content", content not in supports_of_call(call), _("Đợt này không hỗ trợ nội dung đó.")),
        ("layer", bool(money) and chosen not in money, _("Đợt này không có nguồn kinh phí đó.")),
        ("shape", shape not in _shapes(call), _("Đợt này không nhận hình thức đề án đó.")),
        ("title", not squeeze(title), _("Ghi tên đề án.")),
    ):
        if wrong:
            raise WrongChoice(where, message)
    form_code = form_for(call, content, kind)
    place = _place(enterprise, commune)
    proposal = Proposal.objects.create(
        call=call, code=f"{call.code}-moi-{by.id}-{at.timestamp():.6f}"[:60], title=squeeze(title)[:300],
        content=content, layer=chosen, shape=shape, enterprise=enterprise,
        applicant=(enterprise.name if enterprise else squeeze(household))[:300], applicant_kind=kind,
        commune=place[0], province=place[1], agency=_agency(by, mode, enterprise), mode=mode, prepared_by=by.id,
        form_code=form_code, is_demo=is_demo, created_at=at, saved_at=at,
    )  # fmt: skip
    proposal.code = f"{call.code}-{proposal.pk:05d}"
    if enterprise is not None:
        found = known_of(enterprise, forms()[form_code], by)
        proposal.answers = {code: one.value for code, one in found.items()}
        proposal.filled = {code: one.kept() for code, one in found.items()}
        proposal.passport_version = enterprise.version
    else:
        proposal.answers = {"executor": proposal.applicant}
    proposal.save()
    Gate.objects.bulk_create(
        [Gate(proposal=proposal, kind=one, state=gates()[one].start, entered_at=at) for one in GateKind.values]
    )
    after = {"call": call.code, "content": content, "shape": shape, "mode": mode, "enterprise": proposal.enterprise_id}
    record(by=by, at=at, action="proposal.start", on=subject_of(proposal), after=after)
    return proposal


def form_for(call: Call, content: str, kind: str) -> str:
    """The call's own form; else by the content's group, short for households and cooperatives."""
    group = "kc" if SUPPORTS[content].group == "kc" else "cnht"
    if group == "kc" and kind in HELPED:
        return "kc-ho"
    named = forms().get(call.form_code)
    if named is not None and named.group == group:
        return named.id
    return "kc-30" if group == "kc" else "cnht-62"


def _applicant_kind(firm: Enterprise | None, mode: str, household: str, commune: str, by: Actor) -> str:
    if firm is not None:
        demand(may_start_for(by, firm, mode))
        return firm.kind
    if mode != Mode.ON_BEHALF:
        raise WrongChoice("enterprise", _("Chọn doanh nghiệp của bạn."))
    if not squeeze(household):
        raise WrongChoice("household", _("Ghi tên hộ, cơ sở."))
    if not commune:
        raise WrongChoice("commune", _("Chọn xã, phường nơi sản xuất."))
    demand(may_start_in(by, commune))
    return str(Kind.HOUSEHOLD)


def _place(firm: Enterprise | None, commune: str) -> tuple[str, str]:
    return (firm.commune_34, firm.province_34) if firm else (commune, chain(commune)[-1])


def _shapes(call: Call) -> set[str]:
    found = {str(Shape.SINGLE)}
    if call.grouped_allowed:
        found.add(Shape.GROUPED)
    if call.joint_allowed:
        found.add(Shape.JOINT)
    return found


def _agency(by: Actor, mode: str, firm: Enterprise | None) -> Agency | None:
    """The organisation in whose name the file is written."""
    if not isinstance(by, Person):
        return Agency.objects.filter(place="").order_by("pk").first() if mode == Mode.ON_BEHALF else None
    roles = EDITING if mode == Mode.ON_BEHALF else FIRM_ROLES
    held = [each.agency_id for each in by.standings if each.role in roles]
    return Agency.objects.filter(pk__in=held).order_by("pk").first()


@transaction.atomic
def save_answers(
    *, proposal: Proposal, section: str, typed: Mapping[str, object], base: int, by: Actor, at: datetime
) -> tuple[Proposal, dict[str, Words]]:
    """Keep what is typed in one section. What cannot be kept is told (field → words); all else is kept all the same.

    Fields that are not typed keep their answer. Raises Denied, NotOpen, Stale (the section was saved by somebody else
    since it was opened).
    """
    current = _locked(proposal, by, section, base)
    form = forms()[current.form_code]
    known = form.section(section)
    if known is None:
        raise WrongChoice("section", _("Không có phần này trong biểu."))
    answers, wrong = dict(current.answers), dict[str, Words]()
    for one in known.fields:
        if one.id not in typed:
            continue
        try:
            value = read_answer(one, typed[one.id])
        except BadAnswer as bad:
            wrong[one.id] = bad.words
            continue
        if value is None:
            answers.pop(one.id, None)
        else:
            answers[one.id] = value
    asked = {one.id for one in shown_fields(known, answers, current.content)}
    for one in known.fields:
        if one.id not in asked:
            answers.pop(one.id, None)
    current.answers = answers
    _keep(current, section, at)
    return current, wrong


@transaction.atomic
def save_costs(
    *, proposal: Proposal, lines: Iterable[Line], min_part: int | None, base: int, by: Actor, at: datetime
) -> Proposal:
    """The estimate as a whole, in this order. Raises Denied, NotOpen, Stale, BadRows, TooManyLines."""
    current = _locked(proposal, by, COSTS, base)
    given = _few(lines)
    wrong: dict[int, tuple[str, Words]] = {}
    for number, line in enumerate(given):
        try:
            checked(line)
        except BadLine as bad:
            wrong[number] = (bad.field, bad.words)
    if wrong:
        raise BadRows(wrong)
    sums = totals(given)
    if sums.amount > LARGEST:
        raise BadRows({len(given) - 1: ("unit_price", SAID["total"])})
    current.costs.all().delete()
    CostLine.objects.bulk_create(
        CostLine(
            proposal=current, order=number, item=line.item[:300], unit=line.unit[:50], quantity=line.quantity,
            unit_price=line.unit_price, amount=line.amount, state=line.state, counterpart=line.counterpart,
            other=line.other,
        )
        for number, line in enumerate(given)
    )  # fmt: skip
    current.total, current.asked = sums.amount, sums.state
    current.counterpart, current.other, current.min_part = sums.counterpart, sums.other, min_part
    _keep(current, COSTS, at)
    return current


@transaction.atomic
def save_results(*, proposal: Proposal, rows: Iterable[ResultIn], base: int, by: Actor, at: datetime) -> Proposal:
    """Promised results, in this order. Raises Denied, NotOpen, Stale, TooManyLines, BadRows."""
    current = _locked(proposal, by, RESULTS, base)
    given = _few(rows)
    wrong: dict[int, tuple[str, Words]] = {}
    for number, row in enumerate(given):
        for where, bad, words in (
            ("name", not row.name, SAID["result"]),
            ("unit", not row.unit, SAID["measure"]),
            ("target", row.target < 0, SAID["negative"]),
            ("baseline", row.baseline is not None and row.baseline < 0, SAID["negative"]),
        ):
            if bad:
                wrong.setdefault(number, (where, words))
    if wrong:
        raise BadRows(wrong)
    current.results.all().delete()
    ProposedResult.objects.bulk_create(
        ProposedResult(
            proposal=current, order=number, indicator=row.indicator[:20], name=squeeze(row.name)[:200],
            unit=squeeze(row.unit)[:50], baseline=row.baseline, target=row.target, until=row.until,
        )
        for number, row in enumerate(given)
    )  # fmt: skip
    _keep(current, RESULTS, at)
    return current


@transaction.atomic
def save_parties(*, proposal: Proposal, rows: Iterable[PartyIn], base: int, by: Actor, at: datetime) -> Proposal:
    """Joint owners and beneficiaries, in this order. Raises Denied, NotOpen, Stale, TooManyLines, BadRows."""
    current = _locked(proposal, by, PARTIES, base)
    given = _few(rows)
    wrong: dict[int, tuple[str, Words]] = {}
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(given):
        key = (row.role, squeeze(row.name).casefold())
        if bad := _party_fault(row, repeated=key in seen):
            wrong[number] = bad
        seen.add(key)
    if wrong:
        raise BadRows(wrong)
    current.parties.all().delete()
    ProposalParty.objects.bulk_create(
        ProposalParty(
            proposal=current, order=number, role=row.role, enterprise=_firm(row.tax_code), name=squeeze(row.name)[:300],
            tax_code=parse_tax_code(row.tax_code).text if row.tax_code else "", share=row.share,
            note=squeeze(row.note)[:300],
        )
        for number, row in enumerate(given)
    )  # fmt: skip
    _keep(current, PARTIES, at)
    return current


def _party_fault(row: PartyIn, *, repeated: bool) -> tuple[str, Words] | None:
    if row.role not in PartyRole.values:
        return "role", SAID["role"]
    if not squeeze(row.name):
        return "name", SAID["unit_name"]
    if repeated:
        return "name", SAID["repeated"]
    code = parse_tax_code(row.tax_code) if row.tax_code else None
    if code is not None and (not code.valid or code.kind == "person"):
        return "tax_code", SAID["tax_code"]
    if not 0 <= row.share <= LARGEST:
        return "share", SAID["amount"]
    return None


def _firm(tax_code: str) -> Enterprise | None:
    code = parse_tax_code(tax_code).text if tax_code else ""
    return Enterprise.objects.filter(tax_code=code).first() if code else None


@transaction.atomic
def take_from_passport(*, proposal: Proposal, fields: Iterable[str], by: Actor, at: datetime) -> Proposal:
    """Take over what the passport says now for these fields; what is not taken is not offered again.

    Raises Denied, NotOpen.
    """
    current = held_for_writing(proposal, by)
    if current.enterprise is not None:
        current.enterprise.refresh_from_db()  # what the passport says now, not when the page was opened
    chosen = set(fields)
    form = forms()[current.form_code]
    places = {one.id: section.id for section in form.sections for one in section.fields}
    for offer in offers(current, by):
        if offer.field.id in chosen:
            current.answers = current.answers | {offer.field.id: offer.now.value}
            part = places[offer.field.id]
            current.parts = current.parts | {part: current.parts.get(part, 0) + 1}
        current.filled = current.filled | {offer.field.id: offer.now.kept()}
    if current.enterprise is not None:
        current.passport_version = current.enterprise.version
    current.version += 1
    current.saved_at = at
    current.save()
    return current


@transaction.atomic
def rename_proposal(*, proposal: Proposal, title: str, by: Actor, at: datetime) -> Proposal:
    """Raises Denied, NotOpen, WrongChoice."""
    current = held_for_writing(proposal, by)
    if not squeeze(title):
        raise WrongChoice("title", _("Ghi tên đề án."))
    current.title = squeeze(title)[:300]
    current.version += 1
    current.saved_at = at
    current.save(update_fields=["title", "version", "saved_at"])
    return current


def _few[Row](rows: Iterable[Row]) -> list[Row]:
    given = list(rows)
    if len(given) > MOST_LINES:
        raise TooManyLines(_("Nhiều nhất %(n)s dòng.") % {"n": MOST_LINES}, _("Gộp các dòng giống nhau rồi lưu lại."))
    return given


def _locked(proposal: Proposal, by: Actor, part: str, base: int) -> Proposal:
    current = held_for_writing(proposal, by)
    if current.parts.get(part, 0) != base:
        raise Stale(
            _("Phần này đã được người khác lưu sau khi bạn mở trang."),
            _("Phần bạn ghi còn trên máy này. Tải lại trang, xem thay đổi rồi lưu lại."),
        )
    return current


def _keep(proposal: Proposal, part: str, at: datetime) -> None:
    proposal.parts = proposal.parts | {part: proposal.parts.get(part, 0) + 1}
    proposal.version += 1
    proposal.saved_at = at
    proposal.save()


def estimate_of(proposal: Proposal) -> list[Line]:
    """The estimate as the rulebook takes it."""
    return [line_of(row) for row in proposal.costs.all()]
