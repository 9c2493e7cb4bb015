"""Figures at the size of the country: python -m benchmarks.indicators [--cohorts N] [--firms N] [--readings N].

In the home MATXICH_HOME names: invented firms, rounds and readings over five years, then
1. the full recomputation of the monthly series, 96 indicators × provinces of both maps × 60 months (limit 60 s);
2. the ministry's dashboard from it (limits 300 ms, 20 queries);
3. figures with their records, the heaviest (limit 200 ms each).
The first alone has no peer to stand beside; each limit is the issue's. Wall and processor time are both told.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

import django

SEED, MONTHS, ROUNDS = 6, 60, 5
REBUILD_S, DASHBOARD_MS, QUERIES, FIGURE_MS = 60, 300, 20, 200
FIGURES = ("A01", "A03", "B01", "B11", "C01", "C08", "C12", "H04")
CODES = ("oee", "defects", "labour", "lead_time", "cost_saved")
AT_ONCE = 2_000


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cohorts", type=int, default=500)
    parser.add_argument("--firms", type=int, default=10_000)
    parser.add_argument("--readings", type=int, default=200_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    fill(asked.cohorts, asked.firms, asked.readings)
    return measure()


def measure() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from matxich.indicators.actions.series import rebuild
    from matxich.indicators.models import MonthlyFigure
    from matxich.indicators.queries.dashboard import dashboard
    from matxich.indicators.queries.figures import Asked, answer

    today, failed = timezone.localdate(), []
    began = time.process_time()
    run = rebuild(on=today, at=timezone.now(), months=MONTHS)
    spent = time.process_time() - began
    print(
        f"recomputation: {run.figures} figures, {run.seconds:.1f} s wall, {spent:.1f} s processor (limit {REBUILD_S})"
    )
    failed += ["recomputation"] if spent > REBUILD_S else []
    with CaptureQueriesContext(connection) as seen:
        dashboard("34", today)
    wall, processor = timed(lambda: dashboard("34", today))
    took = f"{wall:.0f} ms wall, {processor:.0f} ms processor, {len(seen)} queries"
    print(f"dashboard: {took} (limits {DASHBOARD_MS}, {QUERIES})")
    failed += ["dashboard"] if processor > DASHBOARD_MS or len(seen) > QUERIES else []
    for code in FIGURES:
        told = answer(Asked(code=code, on=today, edition="34"))
        wall, processor = timed(lambda code=code: answer(Asked(code=code, on=today, edition="34")))  # type: ignore[misc]
        shown = f"{code}: {wall:.0f} ms wall, {processor:.0f} ms processor, {len(told.records)} records"
        print(f"{shown} (limit {FIGURE_MS})")
        failed += [code] if processor > FIGURE_MS else []
    print(f"{MonthlyFigure.objects.count()} rows of the series")
    print("over the limit: " + ", ".join(failed) if failed else "all within the limits")
    return 1 if failed else 0


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """Medians of wall and processor milliseconds."""
    walls, processors = [], []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        do()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
    return statistics.median(walls), statistics.median(processors)


def fill(cohorts: int, firms: int, readings: int) -> None:
    """Rows as actions would leave them, in one go; nothing when they are there."""
    from matxich.coaching.models import Cohort

    if Cohort.objects.filter(code="DO-0").exists():
        return
    chance = Random(SEED)
    ids = _firms(firms, chance)
    participants = _rounds(cohorts, ids, chance)
    _readings(participants, readings, chance)


def _firms(number: int, chance: Random) -> list[tuple[int, str, str]]:
    from django.utils import timezone

    from matxich.kit.actor import system_actor
    from matxich.places.queries import province_34_of, provinces
    from matxich.registry.actions import source_named
    from matxich.registry.models import Enterprise, Statement

    at = timezone.now()
    source = source_named(name="Đo", by=system_actor(), at=at)
    olds = [one.code for one in provinces("63")]
    made = []
    for start in range(0, number, AT_ONCE):
        rows = []
        for n in range(start, min(start + AT_ONCE, number)):
            old = chance.choice(olds)
            rows.append(
                Enterprise(
                    name=f"DN đo {n}", province_63=old, province_34=province_34_of(old) or "", verification=2,
                    size=chance.choice(("micro", "small", "medium", "large")), created_at=at,
                )
            )  # fmt: skip
        made += Enterprise.objects.bulk_create(rows)
    told = []
    for firm in made:
        day = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
        shared = {"enterprise": firm, "source": source, "recorded_at": at, "recorded_by": "os:bench"}
        told.append(Statement(field="name", value=firm.name, as_of=day, verification=1, **shared))
        if chance.random() < 0.3:
            ends = day + timedelta(days=1095)
            certificate = {"scheme": "iso-9001", "issued": day.isoformat(), "valid_to": ends.isoformat()}
            told.append(Statement(field="certificate", value=certificate, as_of=day, verification=2, **shared))
    Statement.objects.bulk_create(told, batch_size=AT_ONCE)
    return [(firm.pk, firm.province_63, firm.province_34) for firm in made]


def _rounds(number: int, firms: list[tuple[int, str, str]], chance: Random) -> list[tuple[int, date]]:
    from django.utils import timezone

    from matxich.accounts.models import Agency
    from matxich.coaching.models import Cohort, Participant
    from matxich.programmes.models import Agreement

    at = timezone.now()
    agency = Agency.objects.create(kind="ministry_department", name="Cục đo")
    agreement = Agreement.objects.create(
        agency=agency, title="Đo", state="signed", signed_on=date(2021, 1, 1), valid_from=date(2021, 1, 1),
        created_by="os:bench", created_at=at,
    )  # fmt: skip
    rows, per = [], max(len(firms) // number, 1)
    for n in range(number):
        start = date(2021, 2, 1) + timedelta(days=chance.randrange(1800))
        end = start + timedelta(weeks=12)
        cohort = Cohort.objects.create(
            agreement=agreement, agency=agency, code=f"DO-{n}", label=f"{n}", title=f"Đợt đo {n}", quota=per,
            theory_weeks=[1, 2, 3], site_weeks=list(range(4, 13)), starts_on=start, running_on=start, closed_on=end,
            state="closed", created_by="os:bench", created_at=at,
        )  # fmt: skip
        for pk, old, new in firms[n * per : (n + 1) * per]:
            listed = start - timedelta(days=chance.randrange(30, 90))
            rows.append(
                Participant(
                    cohort=cohort, enterprise_id=pk, province_63=old, province_34=new, state="closed",
                    longlisted_on=listed, visited_on=listed, interviewed_on=listed, selected_on=listed,
                    locked_on=start, started_on=start, measured_on=end, verified_on=end, closed_on=end,
                    added_by="os:bench", added_at=at,
                )
            )  # fmt: skip
    made = Participant.objects.bulk_create(rows, batch_size=AT_ONCE)
    return [(one.pk, one.closed_on) for one in made if one.closed_on]


def _readings(participants: list[tuple[int, date]], number: int, chance: Random) -> None:
    from django.utils import timezone

    from matxich.coaching.instruments import kpi_sheet
    from matxich.coaching.models import Baseline, KpiDefinition, KpiReading, MeasuredKpi

    at = timezone.now()
    kpis = [
        KpiDefinition.objects.create(
            code=code, version=1, names={"vi": code}, unit=kpi_sheet()[f"{code}@1"].unit,
            better="up", formula={}, created_by="os:bench",
            created_at=at,
        )
        for code in CODES
    ]  # fmt: skip
    baselines = Baseline.objects.bulk_create(
        [
            Baseline(
                participant_id=pk, state="locked", locked_by="a", locked_at=at, created_by="os:bench", created_at=at
            )
            for pk, _ in participants
        ],
        batch_size=AT_ONCE,
    )
    measured = MeasuredKpi.objects.bulk_create(
        [MeasuredKpi(baseline=one, definition=kpi, order=n) for one in baselines for n, kpi in enumerate(kpis)],
        batch_size=AT_ONCE,
    )
    closed = dict(participants)
    told: Iterator[KpiReading] = (
        KpiReading(
            measured=one, participant_id=one.baseline.participant_id, moment=moment,
            week=week, numerator=value, denominator=100, value=value, measured_on=_day(closed[pk], moment, week),
            entered_by="a", entered_at=at,
        )
        for one in measured
        for pk in (one.baseline.participant_id,)
        for moment, week in (("base", None), ("end", None), ("m12", None), ("week", 4), ("week", 8))
        for value in (chance.randrange(1, 100),)
    )  # fmt: skip
    kept = [one for _, one in zip(range(number), told, strict=False)]
    KpiReading.objects.bulk_create(kept, batch_size=AT_ONCE)


def _day(closed: date, moment: str, week: int | None) -> date:
    if moment == "week":
        return closed - timedelta(weeks=12 - (week or 0))
    return {"base": closed - timedelta(weeks=12), "end": closed, "m12": closed + timedelta(days=365)}[moment]


if __name__ == "__main__":
    sys.exit(main())
