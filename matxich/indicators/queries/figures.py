"""A figure as of a day, on either map, split or whole, with its records: worked out now, or as somebody reported it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Q, QuerySet

from matxich.indicators.models import ReportedFigure
from matxich.indicators.queries.names import key_name
from matxich.indicators.queries.sources import REGIONS, Scope, Source, source_of
from matxich.indicators.queries.targets import TargetLine, targets_of
from matxich.places.queries import edition_on, province_choices, provinces_63_of
from matxich.policy.queries.support import complete_for
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.folding import NOT_PLACED, Folded, Row, counting, fold, split
from matxich.rulebook.indicators.formatting import NOT_KNOWN, Figure, ratio
from matxich.rulebook.vietnamese.text import sort_key

Origin = Literal["records", "reported", "none"]
BY = ("province", "region", "sector", "size", "sex", "round", "line", "kind")
"""Ways of splitting that can be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A figure as asked for. `since`: first day of a flow, usually that of the year; `place`: a code of `edition`."""

    code: str
    on: date
    edition: Edition
    since: date | None = None
    place: str = ""
    by: str = ""
    agreement: int | None = None
    programme: int | None = None
    round: str = ""

    @classmethod
    def of(cls, code: str, on: date, edition: Edition | None = None, **more: object) -> "Asked":
        """On the map of the day unless another is named."""
        return cls(code=code, on=on, edition=edition or edition_on(on), **more)  # type: ignore[arg-type]

    @property
    def indicator(self) -> Indicator:
        return catalogue()[self.code]

    @property
    def first_day(self) -> date:
        return self.since or date(self.on.year, 1, 1)

    @property
    def scope(self) -> Scope:
        return Scope(self.on, self.agreement, self.programme, self.round)


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a split; `key` "" is what is not known, such as the old province of a record of the new map."""

    key: str
    name: str
    figure: Figure
    numerator: Decimal | None
    denominator: Decimal | None
    turns: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`origin` none: no source yet, and `figure` is not known. `reported`: what others told, beside or instead."""

    asked: Asked
    figure: Figure
    origin: Origin
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    turns: int = 0
    records: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    reported: tuple[ReportedFigure, ...] = ()
    other_map: tuple[ReportedFigure, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return self.asked.indicator

    @property
    def target(self) -> TargetLine | None:
        """The one that is measured against: of this map, the nearest in time."""
        return next((one for one in self.targets if not one.other_map), None)


def answer(asked: Asked) -> Answer:
    """Everything about one figure. A split and the whole rest on the same rows."""
    indicator = asked.indicator
    asked = replace(asked, by=asked.by or indicator.by)
    targets = targets_of(indicator, asked.on, asked.edition, asked.place, asked.agreement, asked.programme)
    told = tuple(_reported(asked))
    here = tuple(one for one in told if not _of_other_map(one.place, one.edition, asked))
    elsewhere = tuple(one for one in told if _of_other_map(one.place, one.edition, asked))
    base = Answer(asked, NOT_KNOWN, "none", targets=targets, reported=here, other_map=elsewhere)
    if indicator.kind == "target":
        return _attained(base)
    found = source_of(asked.code) if indicator.is_computed else None
    rows = _rows(found, asked) if found else []
    if found and (rows or _nothing_is_known_to_be_there(found, asked)):
        return _from_rows(base, rows)
    return _from_reported(base)


def _rows(found: Source, asked: Asked) -> list[Row]:
    rows = counting(found.rows(asked.scope), asked.indicator.basis, asked.first_day, asked.on)
    return (
        [row for row in rows if row.splits.get(f"province_{asked.edition}", NOT_PLACED) == asked.place]
        if (asked.place)
        else rows
    )


def _nothing_is_known_to_be_there(found: Source, asked: Asked) -> bool:
    """No record here: a nought where the room holds records of the kind elsewhere or before, not known where none was
    ever told, or where its silence says nothing (support, unless an agency declared the year complete)."""
    if found.silent:
        return asked.indicator.room == "policy" and complete_for(asked.place, asked.on.year) is not None
    return bool(found.rows(replace(asked.scope, agreement=None, programme=None, round="")))


def _from_rows(base: Answer, rows: Sequence[Row]) -> Answer:
    asked, indicator = base.asked, base.indicator
    how = {"percent": _in_hundredths(indicator), "province": f"province_{asked.edition}"}
    whole = fold(indicator.kind, rows, **how)  # type: ignore[arg-type]
    parts: tuple[Part, ...] = ()
    if asked.by:
        by = f"province_{asked.edition}" if asked.by == "province" else asked.by
        parts = _parts(asked, split(indicator.kind, rows, by, **how))  # type: ignore[arg-type]
    return replace(
        base, figure=Figure(whole.value), origin="records" if whole.value is not None else "none",
        numerator=whole.numerator, denominator=whole.denominator, turns=whole.turns, records=whole.records, parts=parts,
    )  # fmt: skip


def _in_hundredths(indicator: Indicator) -> bool:
    return indicator.kind == "ratio" and indicator.unit.code in ("percent", "point")


def _parts(asked: Asked, folded: Mapping[str, Folded]) -> tuple[Part, ...]:
    order = {code: at for at, (code, _) in enumerate(province_choices(asked.edition))}
    named = [(key, key_name(asked.by, key, asked.edition, REGIONS)) for key in folded]
    if asked.by == "province":
        named.sort(key=lambda one: (one[0] not in order, order.get(one[0], 0)))
    else:
        named.sort(key=lambda one: (one[0] == NOT_PLACED, sort_key(one[1])))
    return tuple(
        Part(key, name, Figure(one.value), one.numerator, one.denominator, one.turns)
        for key, name in named
        if (one := folded[key])
    )


def _attained(base: Answer) -> Answer:
    """The figure of another code against its target; its records are theirs."""
    asked, indicator = base.asked, base.indicator
    under = answer(replace(asked, code=indicator.of, by="", since=None))
    aim = under.target
    if aim is None or not under.figure.is_known:
        return replace(base, targets=under.targets, reported=(), other_map=())
    told = ratio(under.figure, Figure(aim.value), 100)
    return replace(
        base, figure=told, origin=under.origin, numerator=under.figure.value, denominator=aim.value, turns=under.turns,
        records=under.records, targets=(), reported=(), other_map=(),
    )  # fmt: skip


def _from_reported(base: Answer) -> Answer:
    """What others reported for this place and time; a ratio of what they reported keeps the bounds of its parts."""
    if base.reported:
        one = base.reported[0]
        return replace(base, figure=figure_of(one), origin="reported", records=(f"reported:{one.pk}",))
    indicator = base.indicator
    if indicator.numerator and indicator.denominator:
        above, below = (
            answer(replace(base.asked, code=code, by="")) for code in (indicator.numerator, indicator.denominator)
        )
        if above.figure.is_known and below.figure.is_known:
            return replace(
                base, figure=ratio(above.figure, below.figure), origin="reported",
                numerator=above.figure.value, denominator=below.figure.value,
                records=(*above.records, *below.records), reported=(*above.reported[:1], *below.reported[:1]),
            )  # fmt: skip
    return base


def figure_of(one: ReportedFigure) -> Figure:
    return Figure(one.value, one.comparator, one.word)  # type: ignore[arg-type]


def _reported(asked: Asked) -> QuerySet[ReportedFigure]:
    """The latest first: of the asked place, or of a place of the other map it was made of."""
    found = ReportedFigure.objects.filter(
        indicator=asked.code, withdrawn_at=None, as_of__lte=asked.on, programme=asked.programme
    )
    if asked.indicator.basis == "flow":
        found = found.filter(since__gte=asked.first_day)
    return found.filter(place_filter(asked.place, asked.edition)).order_by("-as_of", "-pk")


def place_filter(place: str, edition: str) -> Q:
    """Rows told of a place of one map, and of those of the other map that it takes part in."""
    if not place:
        return Q(place="")
    same = Q(place=place, edition=edition)
    others = [place, *provinces_63_of(place)] if edition == "34" else [place]
    return same | Q(place__in=others, edition="63" if edition == "34" else "34")


def _of_other_map(place: str, edition: str, asked: Asked) -> bool:
    """Was it told of another territory? The country, and a province no merger touched, are the same on both maps."""
    return bool(place) and edition != asked.edition and not is_same_place(place)


def is_same_place(code: str) -> bool:
    return provinces_63_of(code) == (code,)


def answers(codes: Iterable[str], on: date, edition: Edition, place: str = "") -> list[Answer]:
    """Several figures of one place and day."""
    return [answer(Asked(code=code, on=on, edition=edition, place=place)) for code in codes]
