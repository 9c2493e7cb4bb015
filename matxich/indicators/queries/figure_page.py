"""The page of one figure: what it says, its sentence with receipts, its course, its split, its records."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.indicators.models import MonthlyFigure, Snapshot
from matxich.indicators.permissions import may_keep_for
from matxich.indicators.queries.figures import Answer, Asked, answer, figure_of
from matxich.indicators.queries.names import place_name
from matxich.indicators.queries.records import PAGE, Line, lines_of
from matxich.indicators.queries.showing import (
    BASIS_WORDS,
    BY_WORDS,
    SOURCE_WORDS,
    address,
    figure_text,
    finding,
    language,
    name_of_indicator,
    number_text,
    plain_number,
    standing_of,
)
from matxich.indicators.queries.targets import TargetLine
from matxich.indicators.queries.telling import sentence_of
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import day, number
from matxich.places.queries import ProvinceMap, province_choices, province_map
from matxich.programmes.models import Agreement
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.formatting import Figure

MONTHS_SHOWN = 36


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the sentence; `count` records stand behind a number with a `url`."""

    text: str
    url: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class PartRow:
    name: str
    value: str
    terms: str
    bar: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class AimRow:
    value: str
    until: str
    source: str
    share: str
    standing: str
    code: str
    edition: str
    other_map: bool
    rebuilt: bool
    url: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SaidRow:
    value: str
    as_of: str
    source: str
    note: str
    rebuilt: bool
    edition: str
    other_map: bool
    pk: int


@dataclass(frozen=True, slots=True)
class Side:
    """A figure that goes with this one."""

    code: str
    name: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """`unknown`: no source yet. `rebuilt`: articles that records or figures were rebuilt from."""

    asked: Asked
    answer: Answer
    indicator: Indicator
    title: str
    name: str
    other_name: str
    rule: str
    value: str
    unit: str
    basis: str
    source: str
    terms: str
    turns: str
    place: str
    unknown: bool
    sentence: list[Piece]
    maps: list[Link]
    splits: list[Link]
    provinces: list[tuple[str, str]]
    parts: list[PartRow]
    part_head: str
    adds_up: bool
    map: ProvinceMap | None
    chart: dict[str, Any] | None
    chart_rows: list[tuple[str, str]]
    aims: list[AimRow]
    said: list[SaidRow]
    sides: list[Side]
    lines: list[Line]
    total: int
    next_url: str
    previous_url: str
    rebuilt: list[str]
    snapshots: list[Snapshot]
    may_keep: bool
    export_url: str
    agreement: Agreement | None
    back_url: str


def figure_page(asked: Asked, today: date, actor: Actor, page: int = 1) -> FigurePage:
    one = answer(asked)
    asked = one.asked
    indicator = one.indicator
    first = (page - 1) * PAGE
    lines = lines_of(one.records[first : first + PAGE], actor)
    agreement = Agreement.objects.filter(pk=asked.agreement).first() if asked.agreement else None
    chart, rows = _course(one, asked)
    said = [*one.reported, *one.other_map]
    rebuilt = dict.fromkeys(line.rebuilt for line in lines if line.rebuilt)
    rebuilt |= dict.fromkeys(each.source for each in said if each.rebuilt)
    rebuilt |= dict.fromkeys(aim.source for aim in one.targets if aim.rebuilt)
    return FigurePage(
        asked=asked, answer=one, indicator=indicator, title=finding(one), name=name_of_indicator(indicator),
        other_name=indicator.en if language() == "vi" else indicator.vi, rule=indicator.rule(language()),
        value=number_text(one.figure, indicator), unit=indicator.unit.name(language(), one.figure.value),
        basis=_basis(one), source=str(SOURCE_WORDS[indicator.source]), terms=_terms(one),
        turns=_("%(n)s lượt") % {"n": number(one.turns)} if _has_turns(one) else "",
        place=place_name(asked.place, asked.edition), unknown=not one.figure.is_known, sentence=_sentence(one, today),
        maps=_maps(asked, today), splits=_splits(asked, today), provinces=province_choices(asked.edition),
        parts=_parts(one, today), part_head=str(BY_WORDS.get(asked.by, "")),
        adds_up=indicator.is_additive and asked.by in ("province", "region"), map=_map(one, today), chart=chart,
        chart_rows=rows, aims=[_aim(aim, one) for aim in one.targets], said=[_said(each, one) for each in said],
        sides=_sides(one, today), lines=lines, total=len(one.records),
        next_url=_page(asked, today, page + 1) if first + PAGE < len(one.records) else "",
        previous_url=_page(asked, today, page - 1) if page > 1 else "", rebuilt=list(rebuilt),
        snapshots=list(Snapshot.objects.filter(indicator=asked.code, place=asked.place)[:5]),
        may_keep=bool(may_keep_for(actor, asked.place)), export_url=_export(asked, today), agreement=agreement,
        back_url=reverse("indicators:province", args=[asked.place]) if asked.place and asked.edition == "34"
        else reverse("indicators:dashboard"),
    )  # fmt: skip


def _page(asked: Asked, today: date, page: int) -> str:
    return f"{address(asked, today, trang=page if page > 1 else '')}#ho-so"


def _export(asked: Asked, today: date) -> str:
    query = address(asked, today).partition("?")[2]
    url = reverse("indicators:export", args=[asked.code])
    return f"{url}?{query}" if query else url


def _basis(one: Answer) -> str:
    word = str(BASIS_WORDS[one.indicator.basis])
    asked = one.asked
    if one.indicator.basis == "flow":
        return _("%(basis)s, từ %(since)s đến %(day)s") % {
            "basis": word, "since": day(asked.first_day), "day": day(asked.on),
        }  # fmt: skip
    return _("%(basis)s, đến hết %(day)s") % {"basis": word, "day": day(asked.on)}


def _terms(one: Answer) -> str:
    if one.denominator is None or one.numerator is None:
        return ""
    return _("%(numerator)s trên %(denominator)s") % {
        "numerator": number(round(one.numerator, 3).normalize()),
        "denominator": number(round(one.denominator, 3).normalize()),
    }


def _has_turns(one: Answer) -> bool:
    return one.indicator.kind == "distinct" and one.origin == "records" and one.turns != one.figure.value


def _sentence(one: Answer, today: date) -> list[Piece]:
    found = []
    for piece in sentence_of(one, language()).pieces:
        receipt = piece.receipt
        if receipt is None:
            found.append(Piece(piece.text))
        elif receipt.what == "period":
            since = address(one.asked, today, code=one.asked.code)
            found.append(Piece(piece.text, f"{since}#ho-so", len(receipt.records)))
        else:
            found.append(Piece(piece.text, "#ho-so", len(receipt.records)))
    return found


def _maps(asked: Asked, today: date) -> list[Link]:
    words = {"63": _("63 tỉnh, trước 01/7/2025"), "34": _("34 tỉnh, từ 01/7/2025")}
    return [
        Link(label, address(replace(asked, edition=edition, place=""), today), current=asked.edition == edition)  # type: ignore[arg-type]
        for edition, label in words.items()
    ]


def _splits(asked: Asked, today: date) -> list[Link]:
    ways = [by for by in asked.indicator.splits if by in BY_WORDS]
    if not ways:
        return []
    none = Link(_("Không tách"), address(asked, today, tach=""), current=not asked.by)
    return [none, *(Link(BY_WORDS[by], address(asked, today, tach=by), current=asked.by == by) for by in ways)]


def _parts(one: Answer, today: date) -> list[PartRow]:
    most = max((part.figure.value or Decimal() for part in one.parts), default=Decimal())
    rows = []
    for part in one.parts:
        terms = ""
        if part.denominator is not None and part.numerator is not None:
            terms = f"{number(part.numerator.normalize())} / {number(part.denominator.normalize())}"
        value = part.figure.value
        bar = int(100 * value / most) if value and most > 0 and value > 0 else 0
        url = address(one.asked, today, tinh=part.key, tach="") if one.asked.by == "province" and part.key else ""
        rows.append(PartRow(part.name, figure_text(part.figure, one.indicator), terms, bar, url))
    return rows


def _map(one: Answer, today: date) -> ProvinceMap | None:
    """Whole figures by province on the map that was asked for."""
    if one.asked.by != "province" or not one.parts:
        return None
    counts = {part.key: round(part.figure.value) for part in one.parts if part.key and part.figure.value is not None}
    return province_map(
        one.asked.edition, counts, href=lambda code: address(one.asked, today, tinh=code, tach=""),
        noun=one.indicator.unit.name(language(), 2), on=one.asked.on, title=name_of_indicator(one.indicator),
    )  # fmt: skip


def _course(one: Answer, asked: Asked) -> tuple[dict[str, Any] | None, list[tuple[str, str]]]:
    """The monthly series up to the day, with the way to the target, as data for the chart and as a table."""
    if asked.agreement or asked.round or asked.programme:
        return None, []
    months = MonthlyFigure.objects.filter(
        indicator=asked.code, edition=asked.edition, place=asked.place, month__lte=asked.on
    ).order_by("-month")[:MONTHS_SHOWN]
    points = [(row.month, row.value) for row in months][::-1]
    if len(points) < 2:
        return None, []
    series: list[dict[str, Any]] = [
        {
            "name": name_of_indicator(one.indicator),
            "data": [[month.isoformat(), plain_number(value)] for month, value in points],
            "label": number_text(Figure(points[-1][1]), one.indicator),
        }
    ]
    aim = one.target
    if aim is not None and aim.until is not None and aim.until >= points[0][0]:
        start = [[aim.since.isoformat(), 0.0]] if aim.since and one.indicator.basis == "cumulative" else [
            [points[0][0].isoformat(), plain_number(aim.value)]
        ]  # fmt: skip
        line = [*start, [aim.until.isoformat(), plain_number(aim.value)]]
        said = _("mục tiêu %(value)s") % {"value": number_text(aim.figure, one.indicator)}
        series.append({"name": _("Đến mục tiêu"), "data": line, "label": said, "dash": True})
    rows = [(day(month), figure_text(Figure(value), one.indicator)) for month, value in points]
    return {"unit": one.indicator.unit.name(language(), 2), "series": series}, rows


def _aim(aim: TargetLine, one: Answer) -> AimRow:
    share, words, code = standing_of(aim, one.figure, one.asked.on)
    return AimRow(
        value=figure_text(aim.figure, one.indicator), until=day(aim.until),
        source=", ".join(part for part in (aim.source, aim.legal_act) if part), share=share, standing=words, code=code,
        edition=aim.edition, other_map=aim.other_map, rebuilt=aim.rebuilt,
        url=reverse("programmes:agreement", args=[aim.agreement]) if aim.agreement else "", target=aim.target,
    )  # fmt: skip


def _said(each: Any, one: Answer) -> SaidRow:
    return SaidRow(
        value=figure_text(figure_of(each), one.indicator), as_of=day(each.as_of), source=each.source, note=each.note,
        rebuilt=each.rebuilt, edition=each.edition, other_map=each in one.other_map, pk=each.pk,
    )  # fmt: skip


def _sides(one: Answer, today: date) -> list[Side]:
    whole = catalogue()[one.indicator.whole]
    found = []
    for part in (whole, *whole.parts):
        if part.code == one.indicator.code:
            continue
        told = answer(replace(one.asked, code=part.code, by=""))
        found.append(
            Side(
                part.code, name_of_indicator(part), figure_text(told.figure, part),
                address(one.asked, today, code=part.code, tach=""),
            )
        )  # fmt: skip
    return found
