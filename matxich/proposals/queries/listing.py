"""The officials' list of proposals: whose they may see, narrowed, counted and paged by key, in few queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from matxich.accounts.permissions import Person
from matxich.accounts.states import OFFICIAL_ROLES
from matxich.kit.actor import Actor
from matxich.places.queries import name_of, subtree
from matxich.policy.queries.showing import said
from matxich.programmes.models import Call
from matxich.proposals.models import Gate, Proposal
from matxich.proposals.packaged import gates
from matxich.proposals.queries.cases import shut_proposals
from matxich.proposals.queries.waiting import OWNERS, days_left, officers_of
from matxich.proposals.states import OVER, Mode, Status
from matxich.rulebook.law.supports.kinds import SUPPORTS

PAGE = 50
SHOWN = tuple(one for one in Status if one != Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the list. `mine`: only gates given to the asker; `late`: only with a term that has passed."""

    text: str = ""
    call: int | None = None
    status: str = ""
    content: str = ""
    mine: bool = False
    late: bool = False
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`waiting`: which step, whose; `left`: working days until its term, negative when it has passed."""

    pk: int
    code: str
    title: str
    applicant: str
    place: str
    content: str
    status: str
    status_label: str
    asked: int
    total: int
    approved: int | None
    submitted_at: datetime | None
    waiting: str
    officer: str
    due: date | None
    left: int | None
    on_behalf: bool

    @property
    def late(self) -> bool:
        return self.left is not None and self.left < 0


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    counts: tuple[tuple[str, str, int], ...]
    total: int
    asked: int
    following: int | None
    calls: tuple[tuple[int, str], ...]


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Those handed in that the actor may look at, as `may_review` says: of the agency's programmes, of the territory,
    for national officials all; without those an interest shuts. The two are held together by a test."""
    found = Proposal.objects.exclude(submitted_at=None)
    if actor.is_system:
        return found
    if not isinstance(actor, Person):
        return found.none()
    standings = [each for each in actor.standings if each.role in OFFICIAL_ROLES]
    if not standings:
        return found.none()
    if any(not each.scope for each in standings):
        mine = Q()
    else:
        places = frozenset[str]().union(*(subtree(each.scope) | {each.scope} for each in standings))
        provinces = [each.scope for each in standings if len(each.scope) == 2]
        mine = Q(province__in=provinces)
        for each in standings:
            agencies = actor.with_predecessors(each.agency_id)
            mine |= Q(call__plan__programme__agency__in=agencies, call__plan__programme__place__in=places)
    return found.filter(mine).exclude(pk__in=shut_proposals(actor))


def narrowed(actor: Actor, asked: Asked, today: date) -> QuerySet[Proposal]:
    found = visible_proposals(actor)
    if asked.text:
        words = Q(code__icontains=asked.text) | Q(title__icontains=asked.text) | Q(applicant__icontains=asked.text)
        found = found.filter(words | Q(enterprise__tax_code=asked.text))
    if asked.call:
        found = found.filter(call=asked.call)
    if asked.content:
        found = found.filter(content=asked.content)
    if asked.mine:
        found = found.filter(pk__in=Gate.objects.filter(officer=actor.id).values("proposal"))
    if asked.late:
        late = Gate.objects.filter(due__lt=today).values("proposal")
        found = found.filter(pk__in=late).exclude(status__in=OVER)
    return found


def listed(actor: Actor, asked: Asked, at: datetime) -> Page:
    """One page and what all of it adds up to; the number of queries does not hang on how many there are."""
    today = timezone.localdate(at)
    every = narrowed(actor, asked, today)
    by_status = {row["status"]: (row["n"], row["asked"] or 0) for row in _sums(every)}
    counts = tuple((one.value, str(one.label), by_status.get(one.value, (0, 0))[0]) for one in SHOWN)
    chosen = every.filter(status=asked.status) if asked.status else every
    page = chosen.filter(pk__lt=asked.after) if asked.after else chosen
    rows = list(page.prefetch_related(Prefetch("gates", to_attr="standing")).order_by("-id")[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    kept = [by_status.get(asked.status, (0, 0))] if asked.status else list(by_status.values())
    return Page(
        tuple(_lines(rows[:PAGE], today)), counts, sum(n for n, _asked in kept), sum(a for _n, a in kept), more,
        tuple(_calls(actor)),
    )  # fmt: skip


def _sums(found: QuerySet[Proposal]) -> list[dict[str, Any]]:
    return list(found.order_by().values("status").annotate(n=Count("pk"), asked=Sum("asked")))


def _calls(actor: Actor) -> list[tuple[int, str]]:
    """Calls with proposals the actor may see, the newest first."""
    ids = visible_proposals(actor).order_by().values("call")
    return list(Call.objects.filter(pk__in=ids).order_by("-id").values_list("pk", "title")[:50])


def _lines(rows: Sequence[Proposal], today: date) -> Iterator[Line]:
    names = officers_of([gate for row in rows for gate in row.standing])  # type: ignore[attr-defined]
    for row in rows:
        yield _line(row, row.standing, names, today)  # type: ignore[attr-defined]


def _line(row: Proposal, standing: list[Gate], names: dict[str, str], today: date) -> Line:
    now = [gate for gate in standing if gates()[gate.kind].states[gate.state].owner]
    first = min(now, key=lambda gate: gate.due or date.max, default=None)
    owner = gates()[first.kind].states[first.state].owner if first else ""
    support = SUPPORTS[row.content]
    return Line(
        row.pk, row.code, row.title, row.applicant, name_of(row.commune or row.province), f"{support.id} "
        f"{said(support.words)}", row.status, str(Status(row.status).label), row.asked, row.total, row.approved,
        row.submitted_at, str(OWNERS[owner]) if owner else "", names.get(first.officer, "") if first else "",
        first.due if first else None, days_left(first.due, today) if first else None, row.mode == Mode.ON_BEHALF,
    )  # fmt: skip


def every_line(actor: Actor, asked: Asked, at: datetime) -> Iterator[Line]:
    """All that fit, for a file; read in batches."""
    today = timezone.localdate(at)
    found = narrowed(actor, asked, today)
    if asked.status:
        found = found.filter(status=asked.status)
    last: int | None = None
    while True:
        page = found.filter(pk__lt=last) if last else found
        rows = list(page.prefetch_related(Prefetch("gates", to_attr="standing")).order_by("-id")[:500])
        if not rows:
            return
        yield from _lines(rows, today)
        last = rows[-1].pk
