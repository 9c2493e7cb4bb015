"""The applicant's side: what one writes, where each stands, what is still to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matxich.accounts.permissions import Person
from matxich.kit.actor import Actor
from matxich.kit.display import Event
from matxich.policy.queries.showing import said
from matxich.programmes.contents import supports_of_call
from matxich.programmes.models import Call
from matxich.programmes.queries.calls import open_calls
from matxich.proposals.models import FieldNote, Proposal
from matxich.proposals.packaged import forms
from matxich.proposals.permissions import may_submit, may_write
from matxich.proposals.queries.prefilling import Offer, offers
from matxich.proposals.queries.readiness import COSTS, MANDATE, PAPERS, PARTIES, RESULTS, Gap, Readiness, readiness
from matxich.proposals.queries.waiting import NEXT, GateLine, gate_lines, left_text
from matxich.proposals.states import OPEN_TO_WRITE, Mode, Shape, Status
from matxich.registry.models import Enterprise
from matxich.registry.permissions import EDITING, firms_of
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.proposals.forms import progress


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal in the applicant's list."""

    proposal: Proposal
    content: str
    next: str
    closes: datetime | None
    is_closed: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the file. `gaps`: what is still missing there; `notes`: what officers want mended there."""

    code: str
    label: str
    url: str
    told: str
    gaps: int
    notes: int
    needed: bool = True

    @property
    def is_whole(self) -> bool:
        return not self.gaps


@dataclass(frozen=True, slots=True)
class NoteLine:
    path: str
    where: str
    text: str
    url: str
    mended: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    proposal: Proposal
    content: str
    next: str
    gates: tuple[GateLine, ...]
    waiting: GateLine | None
    left: str
    parts: tuple[Part, ...]
    notes: tuple[NoteLine, ...]
    offers: tuple[Offer, ...]
    told: Readiness | None
    events: tuple[Event, ...]
    may_write: Any
    may_submit: Any
    is_open: bool
    is_behalf: bool
    token: str

    @property
    def first_gap(self) -> Part | None:
        return next((one for one in self.parts if one.gaps or one.notes), None)


def proposals_of(actor: Actor) -> QuerySet[Proposal]:
    """What the actor's firms and office write, newest first."""
    mine = Q(pk__in=[])
    if firms := firms_of(actor):
        mine |= Q(enterprise__in=firms)
    if isinstance(actor, Person):
        offices = {each.agency_id for each in actor.standings if each.role in EDITING}
        mine |= Q(mode=Mode.ON_BEHALF, prepared_by=actor.id) | Q(mode=Mode.ON_BEHALF, agency__in=offices)
    return Proposal.objects.filter(mine).select_related("call__plan__programme").order_by("-id")


def cards(actor: Actor, at: datetime) -> list[Card]:
    return cards_of(proposals_of(actor)[:200], at)


def cards_of(found: Iterable[Proposal], at: datetime) -> list[Card]:
    return [_card(one, at) for one in found]


def _card(one: Proposal, at: datetime) -> Card:
    drafting = one.status == Status.DRAFT
    closed = drafting and not one.call.is_open(at)
    content = f"{one.content} {said(SUPPORTS[one.content].words)}"
    return Card(
        one, content, _next(one, at), one.call.closes_at if drafting else None, closed, one.status in OPEN_TO_WRITE
    )


def _next(one: Proposal, at: datetime) -> str:
    """A draft that cannot be handed in any more is not told to be."""
    if one.status == Status.DRAFT and not one.call.is_open(at):
        return _("Đã hết hạn nhận hồ sơ; bản nháp vẫn giữ")
    return str(NEXT[Status(one.status)])


def calls_to_start(actor: Actor, at: datetime) -> list[Call]:
    return open_calls(at)


def firms_to_start_for(actor: Actor) -> list[Enterprise]:
    return list(Enterprise.objects.filter(pk__in=firms_of(actor), merged_into=None).order_by("name"))


def supports_to_choose(call: Call) -> list[tuple[str, str]]:
    return [(code, f"{code} {said(SUPPORTS[code].words)}") for code in supports_of_call(call)]


def proposal_page(proposal: Proposal, actor: Actor, at: datetime) -> ProposalPage:
    writing = may_write(actor, proposal)
    is_open = proposal.status in OPEN_TO_WRITE and bool(writing)
    told = readiness(proposal, actor, at) if is_open else None
    lines = tuple(gate_lines(proposal, at))
    waiting = next((one for one in lines if one.is_now), None)
    notes = tuple(note_lines(proposal)) if proposal.current_id else ()
    return ProposalPage(
        proposal, f"{proposal.content} {said(SUPPORTS[proposal.content].words)}",
        _next(proposal, at), lines, waiting, left_text(waiting.left) if waiting else "",
        tuple(parts_of(proposal, told, notes)), notes, tuple(offers(proposal, actor)) if is_open else (), told,
        tuple(events_of(proposal)), writing, may_submit(actor, proposal), is_open,
        proposal.mode == Mode.ON_BEHALF, str(uuid4()),
    )  # fmt: skip


def parts_of(proposal: Proposal, told: Readiness | None, notes: tuple[NoteLine, ...]) -> list[Part]:
    form = forms()[proposal.form_code]
    found = []
    for one in progress(form, proposal.answers, shape=proposal.shape, content=proposal.content):
        code = one.section.id
        url = reverse("proposals:section", args=[proposal.pk, code])
        done = _("%(n)s/%(all)s mục cần ghi") % {"n": one.answered, "all": one.wanted} if one.wanted else ""
        found.append(Part(code, said(one.section.words), url, done, len(one.missing), _noted(notes, code)))
    return [*found, *_tables(proposal, told, notes)]


def _tables(proposal: Proposal, told: Readiness | None, notes: tuple[NoteLine, ...]) -> list[Part]:
    def gaps(*codes: str) -> int:
        return sum(len(told.of(code)) for code in codes) if told else 0

    def part(route: str, label: str, text: str, missing: int, key: str) -> Part:
        url = reverse(f"proposals:{route}", args=[proposal.pk])
        return Part(route, label, url, text, missing, _noted(notes, key))

    costs, results = proposal.costs.count(), proposal.results.count()
    files = proposal.files.filter(removed_at=None).count()
    found = []
    if proposal.shape != Shape.SINGLE:
        count = proposal.parties.count()
        text = ngettext("%(n)s đơn vị", "%(n)s đơn vị", count) % {"n": count}
        found.append(part("parties", _("Các bên"), text, gaps(PARTIES), "parties"))
    lines = ngettext("%(n)s dòng", "%(n)s dòng", costs) % {"n": costs}
    found.append(part("costs", _("Dự toán"), lines, gaps(COSTS), "costs"))
    rows = ngettext("%(n)s kết quả", "%(n)s kết quả", results) % {"n": results}
    found.append(part("results", _("Kết quả cam kết"), rows, gaps(RESULTS), "results"))
    papers = ngettext("%(n)s tệp", "%(n)s tệp", files) % {"n": files}
    found.append(part("papers", _("Tài liệu"), papers, gaps(PAPERS, MANDATE), "files"))
    return found


def _noted(notes: tuple[NoteLine, ...], code: str) -> int:
    return sum(not one.mended and one.path.partition(".")[0] == code for one in notes)


def note_lines(proposal: Proposal) -> list[NoteLine]:
    """Notes about the latest version that was looked at, open ones first."""
    form = forms()[proposal.form_code]
    notes = FieldNote.objects.filter(version__proposal=proposal).select_related("version").order_by("id")
    latest = max((one.version.number for one in notes), default=0)
    found = [_note(proposal, one, form) for one in notes if one.version.number == latest or one.mended_in is None]
    return sorted(found, key=lambda one: one.mended)


def _note(proposal: Proposal, one: FieldNote, form: Any) -> NoteLine:
    part, _dot, name = one.path.partition(".")
    section = form.section(part)
    field = form.field(name) if section else None
    routes = {
        "costs": ("costs", _("Dự toán")), "results": ("results", _("Kết quả cam kết")),
        "parties": ("parties", _("Các bên")), "files": ("papers", _("Tài liệu")),
    }  # fmt: skip
    if section:
        url = reverse("proposals:section", args=[proposal.pk, part]) + (f"#id_{name}" if field else "")
        where = said(field.words) if field else said(section.words)
    elif part in routes:
        route, label = routes[part]
        url = reverse(f"proposals:{route}", args=[proposal.pk])
        where = f"{label}: {name.rpartition('#')[0]}" if name else label
    else:
        url, where = "", _("Toàn bộ đề án")
    return NoteLine(one.path, where, one.text, url, one.mended_in is not None)


def events_of(proposal: Proposal) -> list[Event]:
    """What happened, newest first: handings in and steps of gates; who did it inside the agency is not told."""
    titles = {
        ("dossier", "submit"): _("Nộp"), ("dossier", "return"): _("Trả lại để sửa"),
        ("dossier", "reopen"): _("Trả lại sau khi xét"), ("dossier", "accept"): _("Hồ sơ đạt"),
        ("dossier", "refuse"): _("Không nhận hồ sơ"), ("dossier", "withdraw"): _("Rút"),
        ("eligibility", "pass"): _("Đủ điều kiện"), ("eligibility", "refuse"): _("Không đủ điều kiện"),
        ("finance", "pass"): _("Dự toán hợp lý"), ("finance", "refuse"): _("Dự toán không được chấp nhận"),
        ("council", "open"): _("Đưa ra thẩm định"), ("council", "approve"): _("Được phê duyệt"),
        ("council", "refuse"): _("Không được phê duyệt"), ("council", "withdraw"): _("Rút khi đang thẩm định"),
    }  # fmt: skip
    found = []
    for move in proposal.moves.order_by("-id"):
        if title := titles.get((move.kind, move.event)):
            at = timezone.localtime(move.at)
            shown = move.reason if move.event in ("refuse", "withdraw") else ""
            found.append(Event(f"{at:%H:%M %d/%m/%Y}", shown, title, at.isoformat()))
    return found


def gaps_by_part(told: Readiness) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for one in told.gaps:
        found.setdefault(one.part, []).append(one)
    return found
