"""Before and after: each indicator of each version of a baseline with its readings, gains and who verified them."""

from collections.abc import Iterable
from dataclasses import dataclass

from matxich.coaching.models import Baseline, KpiReading, MeasuredKpi, Participant
from matxich.coaching.queries.definitions import kpi_of, value_of
from matxich.coaching.states import BaselineState, Moment
from matxich.rulebook.coaching.kpi import Gain, SustainedShare, gain, sustained_share
from matxich.rulebook.coaching.loading import Kpi

LATER = (Moment.M6, Moment.M12, Moment.M24)


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator: its readings by moment ("end", "m12") and by week, the gain at the end and later."""

    measured: MeasuredKpi
    kpi: Kpi
    base: KpiReading | None
    weekly: tuple[KpiReading, ...]
    end: KpiReading | None
    later: dict[str, KpiReading]
    gain: Gain
    later_gains: dict[str, Gain]

    @property
    def is_verified(self) -> bool:
        return self.end is not None and self.end.verified_at is not None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the baseline. The last locked one is in force; earlier ones stay shown beside it."""

    baseline: Baseline
    rows: tuple[Compared, ...]
    in_force: bool


def versions_of(participant: Participant) -> tuple[Version, ...]:
    """Every version, the first first; three queries."""
    baselines = list(participant.baselines.order_by("number"))
    measured = MeasuredKpi.objects.filter(baseline__in=baselines).select_related("definition")
    readings: dict[int, list[KpiReading]] = {}
    rows = KpiReading.objects.filter(participant=participant, replaced_at=None).select_related("measured__definition")
    for reading in rows.order_by("week", "id"):
        readings.setdefault(reading.measured_id, []).append(reading)
    locked = [one.pk for one in baselines if one.state == BaselineState.LOCKED]
    by_baseline: dict[int, list[Compared]] = {}
    for one in measured.order_by("order", "id"):
        by_baseline.setdefault(one.baseline_id, []).append(compared(one, readings.get(one.pk, [])))
    return tuple(
        Version(one, tuple(by_baseline.get(one.pk, [])), bool(locked) and one.pk == locked[-1]) for one in baselines
    )


def compared(measured: MeasuredKpi, readings: Iterable[KpiReading]) -> Compared:
    """Only readings of the same definition are compared: they hang on the same measured indicator."""
    told = list(readings)
    at = {reading.moment: reading for reading in told if reading.moment != Moment.WEEK}
    kpi = kpi_of(measured.definition)
    base = value_of(at.get(Moment.BASE))
    return Compared(
        measured=measured,
        kpi=kpi,
        base=at.get(Moment.BASE),
        weekly=tuple(reading for reading in told if reading.moment == Moment.WEEK),
        end=at.get(Moment.END),
        later={moment: at[moment] for moment in LATER if moment in at},
        gain=gain(kpi, base, value_of(at.get(Moment.END))),
        later_gains={moment: gain(kpi, base, value_of(at[moment])) for moment in LATER if moment in at},
    )


def in_force(versions: Iterable[Version]) -> Version | None:
    return next((one for one in versions if one.in_force), None)


def sustained(rows: Iterable[Compared], moment: str = Moment.M12) -> SustainedShare:
    """C12 of one firm."""
    return sustained_share((row.gain, row.later_gains[moment]) for row in rows if moment in row.later_gains)
