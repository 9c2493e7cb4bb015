"""Rounds: made under a signed agreement, screened, selected, run, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.coaching.actions.moving import (
    BadEntry,
    WrongState,
    cohort_subject,
    demand_fresh,
    locked_cohort,
    move,
    reason_of,
)
from matxich.coaching.instruments import pinned, regions
from matxich.coaching.models import Cohort
from matxich.coaching.permissions import may_create_under, may_decide, may_run
from matxich.coaching.states import COHORT_TRANSITIONS, LEFT, ParticipantState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.programmes.actions.moves import changes, demand_text
from matxich.programmes.models import Agreement, AgreementParty, Programme
from matxich.programmes.states import AgreementState
from matxich.rulebook.coaching.weeks import BadWeeks, demand_weeks
from matxich.rulebook.vietnamese.text import squeeze

MOST_QUOTA = 1000


class CodeTaken(Refusal):
    code = "code_taken"
    status = 422
    field = "code"


class AgreementNotInForce(Refusal):
    """A round runs under a signed agreement."""

    code = "agreement_not_in_force"


class FirmsInside(Refusal):
    """A step would leave firms behind; the message says how many and where they stand."""

    code = "firms_inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a round is; as of Cohort."""

    code: str
    label: str
    title: str
    quota: int
    title_en: str = ""
    place: str = ""
    region_set: str = "bac-trung-nam"
    weeks: int = 12
    theory_weeks: tuple[int, ...] = (1, 2, 3)
    site_weeks: tuple[int, ...] = (4, 5, 6, 7, 8, 9, 10, 11, 12)
    starts_on: date | None = None
    note: str = ""
    sponsor: AgreementParty | None = None
    programme: Programme | None = None


@transaction.atomic
def create_cohort(
    *, agreement: Agreement, agency: Agency, draft: Draft, by: Actor, at: datetime, is_demo: bool = False,
    rebuilt_from: str = "",
) -> Cohort:  # fmt: skip
    """Raises Denied, AgreementNotInForce, CodeTaken, BadEntry."""
    demand(may_create_under(by, agreement))
    if agreement.state == AgreementState.DRAFT:
        raise AgreementNotInForce(
            _("Thỏa thuận chưa ký nên chưa lập được đợt tư vấn."), _("Ghi thỏa thuận đã ký rồi lập đợt.")
        )
    cohort = Cohort(
        agreement=agreement, agency=agency, instruments=pinned(), is_demo=is_demo, rebuilt_from=rebuilt_from[:300],
        created_by=by.id, created_at=at,
    )  # fmt: skip
    demand(may_run(by, Cohort(agency=agency, place=draft.place)))
    _fill(cohort, draft)
    cohort.save(force_insert=True)
    record(by=by, at=at, action="cohort.create", on=cohort_subject(cohort), after=told(cohort))
    return cohort


@transaction.atomic
def save_cohort(*, cohort: Cohort, draft: Draft, by: Actor, at: datetime, base_version: int) -> Cohort:
    """Until its weeks begin. Raises Denied, Stale, WrongState, CodeTaken, BadEntry."""
    current = locked_cohort(cohort)
    demand(may_run(by, current))
    demand_fresh(current, base_version)
    move(current, "save", COHORT_TRANSITIONS)
    before = told(current)
    _fill(current, draft)
    _keep(current)
    old, new = changes(before, told(current))
    record(by=by, at=at, action="cohort.save", on=cohort_subject(current), before=old, after=new)
    return current


EVENTS = {"screen": "screening_on", "run": "running_on", "close": "closed_on"}


@transaction.atomic
def move_cohort(*, cohort: Cohort, event: str, by: Actor, at: datetime, base_version: int) -> Cohort:
    """`event`: screen, select, run, finish or close.

    It runs once its first day is known and a firm was selected; it finishes when no firm is still in its weeks, and
    closes when every one is closed or left. Raises Denied, Stale, WrongState, BadEntry, FirmsInside.
    """
    current = locked_cohort(cohort)
    demand(may_run(by, current))
    demand_fresh(current, base_version)
    before = current.state
    move(current, event, COHORT_TRANSITIONS)
    today = timezone.localdate(at)
    _demand_ready(current, event)
    if column := EVENTS.get(event):
        setattr(current, column, today)
    _keep(current)
    record(
        by=by, at=at, action="cohort.move", on=cohort_subject(current), before={"state": before},
        after={"state": current.state, "on": today},
    )  # fmt: skip
    return current


def _demand_ready(cohort: Cohort, event: str) -> None:
    if event == "run":
        if cohort.starts_on is None:
            raise BadEntry("starts_on", _("Ghi ngày bắt đầu tuần 1 của đợt trước."))
        if not cohort.participants.exclude(selected_on=None).exclude(state__in=LEFT).exists():
            raise FirmsInside(_("Chưa có doanh nghiệp nào được chọn."), _("Quyết định lựa chọn rồi bắt đầu tư vấn."))
        waiting = cohort.participants.filter(
            state__in=[
                ParticipantState.LONGLISTED, ParticipantState.ELIGIBLE, ParticipantState.VISITED,
                ParticipantState.SURVEYED, ParticipantState.INTERVIEWED,
            ]
        ).count()  # fmt: skip
        if waiting:
            raise FirmsInside(
                _("Còn %(n)s doanh nghiệp chưa có quyết định.") % {"n": waiting},
                _("Mỗi doanh nghiệp cần được chọn, dự bị hoặc không chọn kèm lý do."),
            )
    if event == "finish":
        _demand_none(cohort, [ParticipantState.SELECTED, ParticipantState.AGREED, ParticipantState.LOCKED,
                              ParticipantState.RUNNING, ParticipantState.MEASURED])  # fmt: skip
    if event == "close":
        _demand_none(cohort, [ParticipantState.VERIFIED])
        if not cohort.participants.filter(state=ParticipantState.CLOSED).exists():
            raise FirmsInside(
                _("Chưa có doanh nghiệp nào hoàn thành."), _("Kiểm chứng và khép từng doanh nghiệp trước khi khép đợt.")
            )


def _demand_none(cohort: Cohort, states: Iterable[ParticipantState]) -> None:
    names = list(cohort.participants.filter(state__in=list(states)).values_list("enterprise__name", flat=True))
    if names:
        raise FirmsInside(
            _("Còn %(n)s doanh nghiệp chưa xong: %(names)s.") % {"n": len(names), "names": ", ".join(names[:3])},
            _("Hoàn thành hoặc ghi dừng tham gia kèm lý do."),
        )


@transaction.atomic
def cancel_cohort(*, cohort: Cohort, by: Actor, at: datetime, reason: str, base_version: int) -> Cohort:
    """Before its weeks begin. Raises Denied, Stale, WrongState, NoReason."""
    current = locked_cohort(cohort)
    demand(may_decide(by, current))
    demand_fresh(current, base_version)
    why, before = reason_of(reason), current.state
    move(current, "cancel", COHORT_TRANSITIONS)
    if current.participants.exclude(started_on=None).exists():
        raise WrongState(_("Đã có doanh nghiệp bắt đầu tư vấn nên không hủy được đợt."))
    current.state_reason = why
    _keep(current)
    record(
        by=by, at=at, action="cohort.cancel", on=cohort_subject(current), before={"state": before},
        after={"state": current.state}, reason=why,
    )  # fmt: skip
    return current


def told(cohort: Cohort) -> dict[str, Any]:
    names = (
        "code", "label", "title", "title_en", "place", "region_set", "weeks", "theory_weeks", "site_weeks", "quota",
        "starts_on", "note", "sponsor_id", "programme_id", "agreement_id",
    )  # fmt: skip
    return {name: getattr(cohort, name) for name in names}


def _fill(cohort: Cohort, draft: Draft) -> None:
    code = demand_text("code", draft.code, _("Ghi mã của đợt."))[:40]
    if Cohort.objects.filter(code=code).exclude(pk=cohort.pk).exists():
        raise CodeTaken(_("Mã %(code)s đã có đợt khác dùng.") % {"code": code}, _("Chọn mã khác."))
    if not 0 < draft.quota <= MOST_QUOTA:
        raise BadEntry("quota", _("Chỉ tiêu từ 1 đến 1.000 doanh nghiệp."))
    if draft.region_set not in regions():
        raise BadEntry("region_set", _("Chọn cách chia vùng."))
    try:
        demand_weeks(draft.weeks, draft.theory_weeks, draft.site_weeks)
    except BadWeeks as error:
        raise BadEntry("weeks", WEEKS_WHY[error.why] % {"week": error.week}) from error
    if draft.sponsor is not None and draft.sponsor.agreement_id != cohort.agreement_id:
        raise BadEntry("sponsor", _("Chọn một bên của thỏa thuận này."))
    cohort.code, cohort.label = code, demand_text("label", draft.label, _("Ghi tên đợt, ví dụ 1/2023."))[:20]
    cohort.title = demand_text("title", draft.title, _("Ghi tên đầy đủ của đợt."))[:300]
    cohort.title_en, cohort.place, cohort.region_set = squeeze(draft.title_en)[:300], draft.place, draft.region_set
    cohort.weeks = draft.weeks
    cohort.theory_weeks, cohort.site_weeks = sorted(draft.theory_weeks), sorted(draft.site_weeks)
    cohort.quota, cohort.starts_on, cohort.note = draft.quota, draft.starts_on, draft.note.strip()[:4000]
    cohort.sponsor, cohort.programme = draft.sponsor, draft.programme


WEEKS_WHY = {
    "none": _("Một đợt có từ 1 tuần trở lên."),
    "too_many": _("Một đợt dài nhất 52 tuần."),
    "outside": _("Tuần %(week)s nằm ngoài đợt."),
    "twice": _("Tuần %(week)s ghi hai lần."),
    "left_over": _("Tuần %(week)s chưa là lý thuyết hay tại nhà máy."),
}


def _keep(cohort: Cohort) -> None:
    cohort.version += 1
    cohort.save()
