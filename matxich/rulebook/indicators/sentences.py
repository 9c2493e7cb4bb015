"""The paragraph of an official report, each number with its receipt: in the period, against the plan, cumulative."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matxich.rulebook.indicators.catalogue import Indicator, units
from matxich.rulebook.indicators.formatting import Figure, written
from matxich.rulebook.vietnamese.numbers import format_date


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a number of a sentence rests on: the figure of a code, at a day, over records. `what` names it."""

    code: str
    what: str
    as_of: date
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or a number with its receipt."""

    text: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """The target in words of its comparator, and the share of it reached (1 is all). `source`: the paper."""

    aim: Figure
    share: Figure
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything a sentence about one indicator says. `period` is what came in between `since` and the day."""

    indicator: Indicator
    figure: Figure
    as_of: date
    records: tuple[str, ...] = ()
    place: str = ""
    since: date | None = None
    period: Figure | None = None
    period_records: tuple[str, ...] = ()
    promised: Promised | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def sentence(told: Told, language: str = "vi") -> Sentence:
    """One sentence in Vietnamese or, for every other language, in English."""
    return Sentence(tuple(_vietnamese(told) if language == "vi" else _english(told)))


def _receipt(told: Told, what: str, records: tuple[str, ...] | None = None) -> Receipt:
    return Receipt(told.indicator.code, what, told.as_of, told.records if records is None else records)


def _share(share: Figure, language: str) -> str:
    hundredths = Figure(None if share.value is None else share.value * 100, share.comparator)
    whole = hundredths.value is not None and hundredths.value == hundredths.value.to_integral_value()
    return written(hundredths, units()["percent"], language, 0 if whole else 1)


def _vietnamese(told: Told) -> list[Piece]:
    one, day = told.indicator, format_date(told.as_of)
    name, where = (
        _lower(one.vi).removesuffix(", lũy kế").removesuffix(" trong kỳ"),
        f" {told.place}" if told.place else "",
    )
    place = f" của{where}" if where else ""
    if not told.figure.is_known:
        return [Piece(f"Đến {day}, {name}{place} chưa có nguồn số liệu.")]
    verb = "là" if one.kind in ("ratio", "median", "target") else "đạt"
    pieces = [Piece(f"{_opening_vi(told, day)}{name}{place} {verb} ")]
    pieces.append(Piece(written(told.figure, one.unit), _receipt(told, "figure")))
    if told.turns is not None and told.turns != told.figure.value:
        pieces.append(Piece(f" ({told.turns} lượt)"))
    if told.promised:
        goal = "mục tiêu" if one.basis == "cumulative" else "kế hoạch"
        aim = written(told.promised.aim, one.unit)
        pieces += [Piece(", bằng "), Piece(_share(told.promised.share, "vi"), _receipt(told, "share"))]
        pieces.append(Piece(f" {goal} ({aim}{f', {told.promised.source}' if told.promised.source else ''})"))
    if told.period is not None and told.since is not None and told.period.is_known:
        pieces.append(Piece(f"; riêng từ {format_date(told.since)} là "))
        pieces.append(Piece(written(told.period, one.unit), _receipt(told, "period", told.period_records)))
    return [*pieces, Piece(".")]


def _opening_vi(told: Told, day: str) -> str:
    if told.indicator.basis == "cumulative":
        return f"Lũy kế đến {day}, "
    if told.indicator.basis == "flow" and told.since is not None:
        return f"Trong kỳ từ {format_date(told.since)} đến {day}, "
    return f"Đến {day}, "


def _english(told: Told) -> list[Piece]:
    one, day = told.indicator, format_date(told.as_of, "en")
    name = _lower(one.en).removesuffix(", cumulative").removesuffix(" in the period")
    where = f" in {told.place}" if told.place else ""
    if not told.figure.is_known:
        return [Piece(f"As of {day}, {name}{where}: no source yet.")]
    opening = f"As of {day}, "
    if one.basis == "flow" and told.since is not None:
        opening = f"From {format_date(told.since, 'en')} to {day}, "
    if one.basis == "cumulative":
        opening = f"Cumulatively to {day}, "
    pieces = [Piece(f"{opening}{name}{where}: ")]
    pieces.append(Piece(written(told.figure, one.unit, "en"), _receipt(told, "figure")))
    if told.turns is not None and told.turns != told.figure.value:
        pieces.append(Piece(f" ({told.turns} turns)"))
    if told.promised:
        aim = written(told.promised.aim, one.unit, "en")
        pieces += [Piece(", "), Piece(_share(told.promised.share, "en"), _receipt(told, "share"))]
        pieces.append(Piece(f" of the target ({aim}{f', {told.promised.source}' if told.promised.source else ''})"))
    if told.period is not None and told.since is not None and told.period.is_known:
        pieces.append(Piece(f"; since {format_date(told.since, 'en')} alone "))
        pieces.append(Piece(written(told.period, one.unit, "en"), _receipt(told, "period", told.period_records)))
    return [*pieces, Piece(".")]


def _lower(name: str) -> str:
    """“Số doanh nghiệp” inside a sentence; names that begin with an abbreviation stay."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def percent_of(value: Decimal, whole: Decimal) -> Figure:
    """A share as sentences take it."""
    return Figure(value / whole if whole else None)
