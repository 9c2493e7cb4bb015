"""Targets of an indicator: those set here and those partners promised in an agreement."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from matxich.indicators.models import Target
from matxich.places.queries import provinces_63_of
from matxich.programmes.models import AgreementTarget
from matxich.programmes.states import AgreementState
from matxich.rulebook.indicators.catalogue import Indicator
from matxich.rulebook.indicators.formatting import Comparator, Figure
from matxich.rulebook.indicators.targets import Aim, Attainment, attainment


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target from either place. `other_map`: set on other territory, so that nothing is measured against it.

    `agreement`, `target`: the record it is. `until`: the last day it counts to.
    """

    value: Decimal
    comparator: Comparator
    word: str
    since: date | None
    until: date | None
    source: str
    legal_act: str
    place: str
    edition: str
    other_map: bool = False
    rebuilt: bool = False
    agreement: int | None = None
    target: int | None = None

    @property
    def figure(self) -> Figure:
        return Figure(self.value, self.comparator, self.word)

    @property
    def aim(self) -> Aim:
        return Aim(self.value, self.comparator, self.since, self.until)

    def attained(self, figure: Figure, on: date) -> Attainment | None:
        """None for a target of other territory."""
        return None if self.other_map else attainment(figure, self.aim, on)


def targets_of(
    indicator: Indicator,
    on: date,
    edition: str,
    place: str = "",
    agreement: int | None = None,
    programme: int | None = None,
) -> tuple[TargetLine, ...]:
    """Those whose time is not over before the day's year first, the nearest end first."""  # fmt: skip
    found = [*_set_here(indicator, edition, place, programme)] if agreement is None else []
    if not place and programme is None:
        found += _promised(indicator, agreement)
    year = date(on.year, 1, 1)
    return tuple(
        sorted(found, key=lambda one: (one.other_map, _over(one, year), one.until or date.max, -(one.target or 0)))
    )


def _over(one: TargetLine, day: date) -> bool:
    return one.until is not None and one.until < day


def _set_here(indicator: Indicator, edition: str, place: str, programme: int | None) -> list[TargetLine]:
    rows = Target.objects.filter(indicator=indicator.code, withdrawn_at=None, programme=programme)
    if place:
        others = [place, *provinces_63_of(place)] if edition == "34" else [place]
        other = "63" if edition == "34" else "34"
        rows = rows.filter(Q(place=place, edition=edition) | Q(place__in=others, edition=other))
    else:
        rows = rows.filter(place="")
    return [_line(one, edition) for one in rows]


def _line(one: Target, edition: str) -> TargetLine:
    moved = bool(one.place) and one.edition != edition and provinces_63_of(one.place) != (one.place,)
    return TargetLine(
        one.value, one.comparator, one.word, one.since, one.until, one.source, one.legal_act, one.place,  # type: ignore[arg-type]
        one.edition, other_map=moved, rebuilt=one.rebuilt, target=one.pk,
    )  # fmt: skip


def _promised(indicator: Indicator, agreement: int | None) -> list[TargetLine]:
    rows = AgreementTarget.objects.filter(indicator=indicator.code).exclude(agreement__state=AgreementState.DRAFT)
    if agreement:
        rows = rows.filter(agreement=agreement)
    return [
        TargetLine(
            one.value, "" if one.comparator == "=" else one.comparator, "", one.agreement.valid_from,  # type: ignore[arg-type]
            one.until or _last_day(one.agreement.valid_to), one.source, one.agreement.number, "", "63",
            agreement=one.agreement_id, rebuilt=False,
        )
        for one in rows.select_related("agreement")
    ]  # fmt: skip


def _last_day(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
