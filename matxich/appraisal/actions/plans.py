"""A council's year: what it means to do, announced to everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.councils import BadCouncil
from matxich.appraisal.actions.moving import kept, locked, moved, of_council
from matxich.appraisal.models import Council, CouncilPlan
from matxich.appraisal.permissions import may_found, may_run
from matxich.appraisal.states import COUNCIL_PLAN_TRANSITIONS, CouncilState
from matxich.kit.actor import Actor
from matxich.kit.refusals import demand
from matxich.ledger.actions import record
from matxich.rulebook.vietnamese.text import squeeze

MOST_SESSIONS = 24
FIRST, LAST = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """`sessions`: {"month", "subject", "subject_en", "members"} each."""

    duties: str
    duties_en: str = ""
    members_expected: int | None = None
    sessions: Sequence[Mapping[str, Any]] = ()


@transaction.atomic
def save_plan(
    *, council: Council, year: int, facts: PlanFacts, by: Actor, at: datetime, base_version: int
) -> CouncilPlan:
    """The plan of a year, begun or changed; the public goes on reading what was last announced.

    `base_version`: 0 when there was none yet. Raises Denied, Stale, BadCouncil.
    """
    demand(may_run(by, council))
    if not FIRST <= year <= LAST:
        raise BadCouncil("year", _("Năm không đúng."))
    plan, made = CouncilPlan.objects.get_or_create(council=council, year=year)
    current = locked(plan, None if made else base_version, "council")
    moved(current, COUNCIL_PLAN_TRANSITIONS, "save")
    current.duties, current.duties_en = facts.duties.strip(), facts.duties_en.strip()
    current.members_expected, current.sessions = facts.members_expected, _sessions(facts.sessions)
    kept(current)
    record(
        by=by, at=at, action="council_plan.save", on=of_council(council),
        after={"year": year, "sessions": current.sessions, "members": current.members_expected},
    )  # fmt: skip
    return current


@transaction.atomic
def announce_plan(
    *, plan: CouncilPlan, by: Actor, at: datetime, base_version: int, paper_no: str = "", paper: int = 0
) -> CouncilPlan:
    """Everybody may read it from now on. Raises Denied, Stale, BadCouncil."""
    current = locked(plan, base_version, "council")
    demand(may_found(by, current.council))
    return _announced(current, paper_no, paper, by, at)


def announce_by_paper(*, plan: CouncilPlan, number: str, paper: int, by: Actor, at: datetime) -> CouncilPlan:
    """What the issue of its paper brings about; the correspondence room has asked who may. In a transaction."""
    return _announced(locked(plan, None, "council"), number, paper, by, at)


def _announced(current: CouncilPlan, paper_no: str, paper: int, by: Actor, at: datetime) -> CouncilPlan:
    if current.council.state != CouncilState.FOUNDED:
        raise BadCouncil("council", _("Hội đồng chưa thành lập hoặc đã giải thể."))
    if not current.duties or not current.sessions:
        raise BadCouncil("sessions", _("Kế hoạch cần có nhiệm vụ và ít nhất một phiên họp."))
    moved(current, COUNCIL_PLAN_TRANSITIONS, "announce")
    current.shown = {
        "duties": current.duties,
        "duties_en": current.duties_en,
        "members": current.members_expected,
        "sessions": current.sessions,
    }
    current.paper_no, current.paper = squeeze(paper_no)[:100], paper
    current.announced_at, current.announced_by = at, by.id
    kept(current)
    record(
        by=by, at=at, action="council_plan.announce", on=of_council(current.council),
        after={"year": current.year, "paper": current.paper_no} | current.shown,
    )  # fmt: skip
    return current


def _sessions(told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for each in told:
        month, subject = each.get("month"), squeeze(str(each.get("subject", "")))[:300]
        if not subject and month is None:
            continue
        if not isinstance(month, int) or not 1 <= month <= 12 or not subject:
            raise BadCouncil("sessions", _("Mỗi phiên cần có tháng và nội dung."))
        found.append(
            {
                "month": month,
                "subject": subject,
                "subject_en": squeeze(str(each.get("subject_en", "")))[:300],
                "members": each.get("members"),
            }
        )
    if len(found) > MOST_SESSIONS:
        raise BadCouncil("sessions", _("Tối đa %(most)s phiên một năm.") % {"most": MOST_SESSIONS})
    return sorted(found, key=lambda each: int(each["month"]))
