"""The steps of a sample round, taken by the actions of the room: screened, decided, measured, verified; and sites,
communes that lie whole in one commune of either map."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.utils import timezone

from matxich.coaching.actions import ending, longlist, measuring, selecting, visiting
from matxich.coaching.instruments import latest
from matxich.coaching.models import Cohort, Participant
from matxich.coaching.queries.ranking import candidates_of, ranking_digest
from matxich.coaching.states import Moment, Outcome, ParticipantState
from matxich.kit.actor import Actor
from matxich.places import reference
from matxich.places.queries import chain, name_of, province_34_of

BEFORE_2025 = date(2023, 1, 1)


def chosen(one: Participant, listed: date, officer: Actor, points: int = 4) -> None:
    """Screened, visited, surveyed and interviewed, a week apart."""
    one = Participant.objects.get(pk=one.pk)
    longlist.screen(
        participant=one, answers=yes_to_all(), passed=True, reason="", by=officer, at=noon(listed + timedelta(days=7)),
        base_version=one.version,
    )  # fmt: skip
    visit_day = listed + timedelta(days=14)
    visiting.send_visit(
        participant=one, client_id=uuid_of(one), by=officer, at=noon(visit_day),
        told=visiting.Told(on=visit_day, answers=scores("visit", points), note="Khảo sát mẫu."),
    )  # fmt: skip
    one = Participant.objects.get(pk=one.pk)
    day = listed + timedelta(days=21)
    survey = {"survey.problem": "Lỗi lặp lại, chuyển đổi chậm, thiếu số liệu (mẫu)."}
    visiting.record_survey(participant=one, answers=survey, on=day, by=officer, at=noon(day), base_version=one.version)
    one = Participant.objects.get(pk=one.pk)
    day = listed + timedelta(days=28)
    visiting.record_interview(
        participant=one, answers=scores("interview", points), on=day, people="", by=officer,
        at=noon(day), base_version=one.version,
    )  # fmt: skip


def decide_all(cohort: Cohort, others: dict[int, tuple[str, str]], by: Actor, at: datetime) -> None:
    """Everybody interviewed is selected but for `others`: participant → (outcome, reason)."""
    waiting = cohort.participants.filter(state=ParticipantState.INTERVIEWED).values_list("pk", flat=True)
    outcomes = {pk: others.get(pk, (Outcome.SELECTED, ""))[0] for pk in waiting}
    reasons = {pk: reason for pk, (_outcome, reason) in others.items()}
    selecting.decide_selection(
        cohort=cohort, outcomes=outcomes, reasons=reasons, by=by, at=at,
        digest=ranking_digest(candidates_of(cohort), cohort.quota),
    )  # fmt: skip


def measured(one: Participant, on: date, by: Actor, rows: Iterable[measuring.Row] = ()) -> None:
    """Agreed, measured and locked."""
    one = Participant.objects.get(pk=one.pk)
    selecting.record_agreement(
        participant=one, agreed_on=on - timedelta(days=3), by=by, at=noon(on - timedelta(days=3)),
        base_version=one.version,
    )  # fmt: skip
    told = tuple(rows) or (
        measuring.Row(definition="fives_score@1", numerator=Decimal(46), measured_on=on, source="Số đo mẫu"),
    )
    baseline = measuring.save_baseline(participant=one, rows=told, by=by, at=noon(on), base_version=0)
    measuring.lock_baseline(baseline=baseline, by=by, at=noon(on), base_version=baseline.version)


def finished(
    one: Participant, closes: date, by: Actor, verifier: Actor, values: Iterable[tuple[Decimal, Decimal | None]] = ()
) -> None:
    """Measured at the end by one, verified by another."""
    one = Participant.objects.get(pk=one.pk)
    given = list(values)
    kpis = one.baselines.get(number=1).kpis.select_related("definition").order_by("order")
    for place, kpi in enumerate(kpis):
        top, below = given[place] if given else (Decimal(71), None)
        measuring.enter_reading(
            measured=kpi, moment=Moment.END, numerator=top, denominator=below, measured_on=closes - timedelta(days=4),
            by=by, at=noon(closes - timedelta(days=4)), source="Số đo mẫu",
        )  # fmt: skip
    one = Participant.objects.get(pk=one.pk)
    ending.send_measurement(
        participant=one, note="Kết quả mẫu.", by=by, at=noon(closes - timedelta(days=3)), base_version=one.version
    )
    ending.verify_measurement(participant=one, by=verifier, at=noon(closes - timedelta(days=2)))


def noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12, 0)))


def uuid_of(one: Participant) -> UUID:
    return UUID(int=10**9 + one.pk)


def yes_to_all() -> dict[str, object]:
    return dict.fromkeys(latest("screening").items, "yes")


def scores(code: str, points: int) -> dict[str, object]:
    """Every scored item of an instrument at so many points."""
    return {path: points for path, item in latest(code).items.items() if item.is_scored}


@cache
def _heirs() -> dict[str, str]:
    """Old commune → the one new commune it went into; communes that were divided are left out."""
    found: dict[str, set[str]] = {}
    for row in reference.successions():
        found.setdefault(row.predecessor, set()).add(row.successor)
    return {old: next(iter(new)) for old, new in found.items() if len(new) == 1}


def heir_of(commune: str) -> str:
    return _heirs()[commune]


@cache
def communes_of(province_63: str) -> list[str]:
    """Communes of an old province that went whole into one of the new province it belongs to, in order of code."""
    new = province_34_of(province_63)
    return sorted(
        old
        for old, heir in _heirs().items()
        if chain(old, BEFORE_2025)[-1:] == (province_63,) and chain(heir)[-1:] == (new,)
    )


def place_text(commune: str) -> str:
    """As people wrote it then: commune, district, province."""
    return ", ".join(name_of(code, BEFORE_2025) for code in chain(commune, BEFORE_2025))
