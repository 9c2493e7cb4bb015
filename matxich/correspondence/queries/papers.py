"""Papers a person sees, by what waits for whom; one paper with everything its page shows; the register of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from matxich.accounts.models import Agency
from matxich.accounts.states import DESK_ROLES, OFFICIAL_ROLES, Role
from matxich.correspondence.models import OfficialPaper, PaperFile, Register
from matxich.correspondence.permissions import INITIALLING, NUMBERING, SIGNING, agencies_where, may_take
from matxich.correspondence.states import OPEN, PAPER_TRANSITIONS, PUBLIC, FileRole, PaperState, SignedAs
from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.ledger.models import Entry
from matxich.ledger.queries import Shown, of_object, show
from matxich.rulebook.papers.decree30 import number_alone
from matxich.rulebook.papers.kinds import KINDS
from matxich.rulebook.vietnamese.text import fold

PAGE = 25
ENDINGS = {FileRole.PDF: "pdf", FileRole.DOCX: "docx"}
MINE, TO_INITIAL, TO_SIGN, TO_NUMBER, ALL = "", "ky-nhay", "ky", "cap-so", "tat-ca"


def number_of_paper(paper: OfficialPaper) -> str:
    """ "05/QĐ-SCT", as printed; "" while it has none, and of a form that carries none."""
    return number_alone(paper.number, paper.symbol, elsewhere=paper.elsewhere)


def file_name(paper: OfficialPaper, role: str) -> str:
    """Names nobody: kind, number where it has one, code."""
    number = number_of_paper(paper).replace("/", "-")
    stem = fold("-".join(part for part in (KINDS[paper.kind].title or "cong van", number, paper.code) if part))
    return f"{stem.replace(' ', '-')}.{ENDINGS[FileRole(role)]}"


def visible_papers(actor: Actor) -> QuerySet[OfficialPaper]:
    """What the lists may show: the rules of `may_open_paper`, as one question."""
    rows = OfficialPaper.objects.select_related("agency")
    if actor.is_system:
        return rows
    if not actor.id:
        return rows.none()
    own = Q(drafted_by=actor.id) | Q(initialled_by=actor.id) | Q(signed_by=actor.id)
    open_ones = Q(is_confidential=False)
    inside = Q(agency__in=agencies_where(actor, OFFICIAL_ROLES)) & open_ones
    issued = Q(agency__in=agencies_where(actor, DESK_ROLES), state__in=PUBLIC) & open_ones
    return rows.filter(own | inside | issued | _turn(actor))


def _turn(actor: Actor) -> Q:
    """Papers whose next step, confidential or not, is for this person's role."""
    return _to_initial(actor) | _to_sign(actor) | _to_number(actor)


def _to_initial(actor: Actor) -> Q:
    return Q(state=PaperState.SUBMITTED, agency__in=agencies_where(actor, INITIALLING)) & ~Q(drafted_by=actor.id)


def _to_sign(actor: Actor) -> Q:
    waiting = Q(state=PaperState.INITIALLED) & ~Q(drafted_by=actor.id)
    leading = Q(agency__in=agencies_where(actor, SIGNING))
    by_order = Q(
        agency__in=agencies_where(actor, frozenset({Role.HEAD})), signed_as__in=[SignedAs.ORDER, SignedAs.MANDATE]
    )
    return waiting & (leading | by_order)


def _to_number(actor: Actor) -> Q:
    own_hand = [kind.code for kind in KINDS.values() if kind.own_hand]
    clerk = Q(agency__in=agencies_where(actor, NUMBERING)) & ~Q(kind__in=own_hand)
    own = Q(kind__in=own_hand, signed_by=actor.id)
    return Q(state__in=[PaperState.SIGNED, PaperState.NUMBERED]) & (clerk | own)


def _mine(actor: Actor) -> Q:
    return Q(drafted_by=actor.id) & ~Q(state__in=[PaperState.DISCARDED])


QUEUES = {TO_INITIAL: _to_initial, TO_SIGN: _to_sign, TO_NUMBER: _to_number, MINE: _mine}


@dataclass(frozen=True, slots=True)
class Queue:
    """One tab of the list: `code` "" the actor's own."""

    code: str
    label: str
    count: int | None


def queues_of(actor: Actor) -> list[Queue]:
    """The tabs, with how many wait in each; one's own show how many came back or are still drafts."""
    counts = _counted(actor, {MINE: _mine(actor) & Q(state__in=OPEN)} | _turns(actor))
    return [
        Queue(MINE, _("Của tôi"), counts[MINE]),
        Queue(TO_INITIAL, _("Chờ ký nháy"), counts[TO_INITIAL]),
        Queue(TO_SIGN, _("Chờ ký"), counts[TO_SIGN]),
        Queue(TO_NUMBER, _("Chờ cấp số, ban hành"), counts[TO_NUMBER]),
        Queue(ALL, _("Tất cả"), None),
    ]


def _turns(actor: Actor) -> dict[str, Q]:
    return {code: QUEUES[code](actor) for code in (TO_INITIAL, TO_SIGN, TO_NUMBER)}


def _counted(actor: Actor, questions: dict[str, Q]) -> dict[str, int]:
    """Several counts in one question, over the papers that are nobody's past yet."""
    names = {f"q{at}": code for at, code in enumerate(questions)}
    counts = {name: Count("pk", filter=questions[code]) for name, code in names.items()}
    own = Q(agency__in=agencies_where(actor, OFFICIAL_ROLES)) | Q(drafted_by=actor.id) | Q(signed_by=actor.id)
    moving = Q(state__in=[*OPEN, PaperState.SUBMITTED, PaperState.INITIALLED, PaperState.SIGNED, PaperState.NUMBERED])
    found = OfficialPaper.objects.order_by().filter(own & moving).aggregate(**counts)
    return {names[name]: count for name, count in found.items()}


def papers_page(
    actor: Actor, queue: str, *, text: str = "", after: int | None = None
) -> tuple[list[OfficialPaper], int | None]:
    """One page, newest first, and the key the next begins after."""
    rows = visible_papers(actor)
    if queue in QUEUES:
        rows = rows.filter(QUEUES[queue](actor))
    if text:
        rows = rows.filter(_matching(text))
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def _matching(text: str) -> Q:
    """By the words of the subject, the number, the code."""
    asked = Q(subject__icontains=text) | Q(code__iexact=text) | Q(elsewhere__icontains=text)
    digits = text.split("/")[0].strip()
    return asked | Q(number=int(digits)) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else asked


def waiting_counts(actor: Actor) -> dict[str, int]:
    """How many papers wait for the actor, queue by queue, those sent back to them as well; for the day's work."""
    returned = Q(drafted_by=actor.id, state=PaperState.RETURNED)
    return {code: count for code, count in _counted(actor, _turns(actor) | {MINE: returned}).items() if count}


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper's page: what may be done with it now, and the reasons why the rest may not."""

    paper: OfficialPaper
    number: str
    steps: list[str]
    refused: dict[str, Verdict]
    files: list[PaperFile]
    history: list[Shown]
    replaced_by: OfficialPaper | None
    entry: Entry | None


def paper_page(paper: OfficialPaper, actor: Actor) -> PaperPage:
    """Raises nothing; the page itself has said who may open it."""
    fitting = [event for state, event in PAPER_TRANSITIONS if state == paper.state and _fits(paper, event)]
    verdicts = {event: may_take(actor, paper, event) for event in fitting}
    history = show(of_object("paper", [str(paper.pk)])[:60])
    issued = next((shown.entry for shown in history if shown.entry.action == "paper.issue"), None)
    ended = [PaperState.DISCARDED, PaperState.WITHDRAWN]
    return PaperPage(
        paper=paper,
        number=number_of_paper(paper),
        steps=[event for event, verdict in verdicts.items() if verdict],
        refused={event: verdict for event, verdict in verdicts.items() if not verdict},
        files=list(paper.files.select_related("stored")),
        history=history,
        replaced_by=paper.replacements.exclude(state__in=ended).first(),
        entry=issued,
    )


def _fits(paper: OfficialPaper, event: str) -> bool:
    """Some steps are for kinds of another sort: a ballot is not submitted, a decision not issued without its number."""
    kind = KINDS[paper.kind]
    match event:
        case "sign_own":
            return kind.own_hand
        case "submit":
            return not kind.own_hand
        case "number":
            return bool(kind.series)
        case "issue":
            return not kind.series or paper.state == PaperState.NUMBERED
    return True


# The register.


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an agency's register is asked for."""

    agency: Agency
    year: int
    series: str = ""
    state: str = ""
    text: str = ""


def register_rows(asked: Asked, actor: Actor) -> QuerySet[OfficialPaper]:
    """Numbered papers of a year, whether or not still in force, in the order of their numbers; those numbered elsewhere
    and forms without a number by their day. Confidential ones show for whom they show elsewhere."""
    rows = visible_papers(actor).filter(agency=asked.agency, dated_on__year=asked.year)
    if asked.series:
        rows = rows.filter(kind__in=[kind.code for kind in KINDS.values() if kind.series == asked.series])
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.text:
        rows = rows.filter(_matching(asked.text))
    return rows.order_by("dated_on", "number", "id")


def registers_of(agency: Agency, year: int) -> list[Register]:
    return list(Register.objects.filter(agency=agency, year=year).order_by("series"))


def years_of(agency: Agency, today: date) -> list[int]:
    """The years with papers, this one always, newest first."""
    dated = OfficialPaper.objects.filter(agency=agency, dated_on__isnull=False)
    found = {day.year for day in dated.dates("dated_on", "year")}
    return sorted(found | {today.year}, reverse=True)


def all_series() -> list[str]:
    return list(dict.fromkeys(kind.series for kind in KINDS.values() if kind.series))


def register_table(rows: QuerySet[OfficialPaper]) -> Iterator[tuple[object, ...]]:
    """The rows of the register as they go into a workbook."""
    for paper in rows.iterator(chunk_size=500):
        yield (
            number_of_paper(paper), paper.dated_on, KINDS[paper.kind].name, paper.subject,
            paper.signer_name, paper.get_state_display(), paper.code,
        )  # fmt: skip
