"""`cohorts list`, `cohorts show`: rounds of coaching and the firms in them from the shell."""

from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.usage import OneOf
from matxich.coaching.instruments import region_of
from matxich.coaching.models import Cohort, Participant
from matxich.coaching.queries.board import funnel_of
from matxich.coaching.queries.showing import current_week
from matxich.coaching.states import LEFT, CohortState, ParticipantState
from matxich.kit.refusals import Refusal
from matxich.rulebook.identifiers import make_registry_id


class NoSuchCohort(Refusal):
    code = "no_such_cohort"
    status = 404


@click.group("cohorts")
def cohorts() -> None:
    """Đợt tư vấn và doanh nghiệp trong đợt."""


@cohorts.command("list")
@click.option("--state", type=OneOf("trạng thái", {each: each for each in CohortState.values}))
@json_option
def list_(state: str | None) -> Answer:
    """Các đợt tư vấn; mã thoát 1 nếu không có đợt nào."""
    found = Cohort.objects.select_related("agency", "agreement", "sponsor").prefetch_related("participants")
    rows = [_cohort(one) for one in (found.filter(state=state) if state else found)]
    lines = [
        f"{row['code']} {row['title']} ({row['state']}): {row['inside']} doanh nghiệp, {row['finished']} hoàn thành"
        for row in rows
    ]
    return Answer({"total": len(rows), "cohorts": rows}, lines or ["Không có đợt nào."], 0 if rows else 1)


def _cohort(one: Cohort) -> dict[str, Any]:
    """Days are local dates. `inside`: firms that have not left."""
    firms = list(one.participants.all())
    return {
        "code": one.code, "label": one.label, "title": one.title, "agency": one.agency.name,
        "agreement": one.agreement.title, "sponsor": one.sponsor.name if one.sponsor else None,
        "place": one.place or None, "region_set": one.region_set, "state": one.state, "quota": one.quota,
        "weeks": one.weeks, "theory_weeks": one.theory_weeks, "site_weeks": one.site_weeks,
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "week": current_week(one, timezone.localdate()) if one.state == CohortState.RUNNING else None,
        "inside": sum(firm.state not in LEFT for firm in firms),
        "finished": sum(firm.state == ParticipantState.CLOSED for firm in firms),
        "rebuilt_from": one.rebuilt_from or None,
    }  # fmt: skip


@cohorts.command("show")
@click.argument("code")
@json_option
def show(code: str) -> Answer:
    """Một đợt: phễu kèm lý do, từng doanh nghiệp với tỉnh trên cả hai bản đồ."""
    one = Cohort.objects.select_related("agency", "agreement", "sponsor").filter(code=code.upper()).first()
    if one is None:
        raise NoSuchCohort(f"Không có đợt mã {code}.", "Xem mã bằng matxich cohorts list.")
    firms = list(one.participants.select_related("enterprise").order_by("rank", "pk"))
    steps = [
        {"step": each.step, "reached": each.reached, "left": each.left,
         "reasons": [{"reason": reason, "count": count} for reason, count in each.reasons]}
        for each in funnel_of(firms)
    ]  # fmt: skip
    data = _cohort(one) | {"funnel": steps, "participants": [_firm(firm, one) for firm in firms]}
    lines = [f"{one.code} {one.title}: {one.get_state_display()}"]
    lines += [f"  {firm.enterprise.name}: {firm.get_state_display()}" for firm in firms]
    return Answer(data, lines)


def _firm(firm: Participant, cohort: Cohort) -> dict[str, Any]:
    return {
        "id": firm.pk, "registry_id": make_registry_id(firm.enterprise_id), "name": firm.enterprise.name,
        "state": firm.state, "rank": firm.rank, "province_63": firm.province_63, "province_34": firm.province_34,
        "commune_63": firm.commune_63 or None, "commune_34": firm.commune_34 or None,
        "region": region_of(cohort.region_set, firm.province_63) or None,
        "started_on": firm.started_on.isoformat() if firm.started_on else None,
        "closed_on": firm.closed_on.isoformat() if firm.closed_on else None,
        "left_on": firm.left_on.isoformat() if firm.left_on else None, "left_week": firm.left_week,
        "reason": firm.reason or None,
    }  # fmt: skip


COMMANDS = {"cohorts": cohorts}
