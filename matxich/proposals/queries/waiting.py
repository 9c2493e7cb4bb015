"""Who has to act on a proposal, until when, and how long such steps took lately at the same agency."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matxich.accounts.models import User
from matxich.accounts.permissions import Person
from matxich.policy.queries.showing import said
from matxich.programmes.models import Call
from matxich.proposals.models import Gate, GateMove, Proposal
from matxich.proposals.packaged import gates
from matxich.proposals.permissions import CHECKING, FINANCE, may_conclude
from matxich.proposals.queries.cases import shut_proposals
from matxich.proposals.states import GateKind, Status
from matxich.rulebook.calendar import YearMissing, local_date
from matxich.rulebook.parameters.holidays_vn import vietnam

LOOKED_BACK = timedelta(days=730)
FEWEST, MOST_WAITING = 3, 25
"""Of fewer steps no median is told: it would be one firm's own story."""
OWNERS = {
    "officer": gettext_lazy("Cán bộ kiểm tra"),
    "finance": gettext_lazy("Cán bộ tài chính"),
    "council": gettext_lazy("Hội đồng hoặc bộ phận thẩm định"),
    "applicant": gettext_lazy("Đơn vị nộp"),
}
NEXT = {
    Status.DRAFT: gettext_lazy("Hoàn thiện rồi nộp"),
    Status.CHECKING: gettext_lazy("Cán bộ kiểm tra hồ sơ có đủ và rõ không"),
    Status.RETURNED: gettext_lazy("Sửa những chỗ cán bộ ghi rồi nộp lại"),
    Status.REVIEWING: gettext_lazy("Đối chiếu điều kiện theo pháp luật và thẩm tra dự toán"),
    Status.READY: gettext_lazy("Chờ đưa ra hội đồng hoặc bộ phận thẩm định"),
    Status.APPRAISING: gettext_lazy("Hội đồng hoặc bộ phận thẩm định xét và kết luận"),
    Status.APPROVED: gettext_lazy("Cơ quan ký hợp đồng, giao nhiệm vụ"),
    Status.REFUSED: gettext_lazy("Xem lý do; có thể nộp đề án khác ở đợt sau"),
    Status.WITHDRAWN: gettext_lazy("Đã rút, không xét tiếp"),
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """`left`: working days until `due`, negative when it has passed; None where nobody waits or no term is known.

    `median`: working days the step took at this agency, None while too few are known.
    """

    kind: str
    label: str
    state: str
    words: str
    end: str
    is_now: bool
    owner: str
    officer: str
    due: date | None
    left: int | None
    median: int | None
    reason: str

    @property
    def late(self) -> bool:
        return self.left is not None and self.left < 0


def gate_lines(proposal: Proposal, at: datetime) -> list[GateLine]:
    """The four, in their order, as they stand at an instant."""
    standing = list(proposal.gates.all())
    names = officers_of(standing)
    usual = medians(proposal.call)
    today = timezone.localdate(at)
    return [
        _line(gate, names, usual, today) for gate in sorted(standing, key=lambda one: GateKind.values.index(one.kind))
    ]


def _line(gate: Gate, names: Mapping[str, str], usual: Mapping[tuple[str, str], int], today: date) -> GateLine:
    state = gates()[gate.kind].states[gate.state]
    return GateLine(
        gate.kind, str(gate.get_kind_display()), gate.state, said(state.words), state.end, bool(state.owner),
        str(OWNERS[state.owner]) if state.owner else "", names.get(gate.officer, ""), gate.due,
        days_left(gate.due, today) if state.owner else None, usual.get((gate.kind, gate.state)), gate.reason,
    )  # fmt: skip


def gates_waiting(actor: Person) -> list[Gate]:
    """Gates somebody has to conclude now: the actor's own, and those of nobody that the actor may conclude."""
    standing = [each for each in actor.standings if each.role in CHECKING | FINANCE]
    if not standing:
        return []
    agencies = {agency for each in standing for agency in actor.with_predecessors(each.agency_id)}
    found = (
        Gate.objects.filter(state="checking", officer__in=["", actor.id])
        .filter(proposal__call__plan__programme__agency__in=agencies)
        .exclude(kind=GateKind.COUNCIL)
        .exclude(proposal__in=shut_proposals(actor))
        .select_related("proposal__call__plan__programme", "proposal__enterprise")
        .order_by("due", "id")[:MOST_WAITING]
    )
    return [gate for gate in found if gate.officer == actor.id or may_conclude(actor, gate)]


def days_left(due: date | None, today: date) -> int | None:
    """Working days after today up to and including the last one; None where the holidays are not known."""
    if due is None:
        return None
    try:
        return vietnam().working_days_between(today, due)
    except YearMissing:
        return None


def officers_of(standing: Iterable[Gate]) -> dict[str, str]:
    """Actor's id → name, of those whom gates were given to."""
    numbers = {one.officer.removeprefix("user:") for one in standing if one.officer.startswith("user:")}
    found = User.objects.filter(pk__in=[int(n) for n in numbers if n.isdecimal()]).values_list("pk", "name")
    return {f"user:{pk}": name for pk, name in found}


def medians(call: Call) -> dict[tuple[str, str], int]:
    """(gate, state) → working days it took, over two years of the programme's agency. One query."""
    since = timezone.now() - LOOKED_BACK
    moves = GateMove.objects.filter(
        proposal__call__plan__programme__agency=call.plan.programme.agency_id, at__gte=since, since__isnull=False
    ).values_list("kind", "before", "since", "at")
    took: dict[tuple[str, str], list[int]] = defaultdict(list)
    known = vietnam()
    for kind, before, began, at in moves:
        if began is None or not gates()[kind].states[before].owner:
            continue
        try:
            took[kind, before].append(known.working_days_between(local_date(began), local_date(at)))
        except YearMissing:
            continue
    return {key: round(median(days)) for key, days in took.items() if len(days) >= FEWEST}


def left_text(left: int | None) -> str:
    if left is None:
        return ""
    if left < 0:
        return _("quá %(n)s ngày làm việc") % {"n": -left}
    return _("còn %(n)s ngày làm việc") % {"n": left} if left else _("hết hôm nay")
