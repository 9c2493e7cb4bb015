"""An answer as a sentence, and as the JSON document of the command line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from matxich.indicators.queries.figures import Answer, answer
from matxich.indicators.queries.names import place_name
from matxich.rulebook.indicators.formatting import NOT_KNOWN, Figure, ratio
from matxich.rulebook.indicators.sentences import Promised, Sentence, Told, sentence


def sentence_of(one: Answer, language: str = "vi") -> Sentence:
    """The figure; against its target; of a cumulative figure what came in the year."""
    return sentence(told_of(one), language)


def told_of(one: Answer) -> Told:
    asked, aim = one.asked, one.target
    promised = None
    if aim is not None and one.figure.is_known:
        source = aim.legal_act if aim.agreement is None else ""
        promised = Promised(aim.figure, ratio(one.figure, Figure(aim.value)), source)
    period, since = NOT_KNOWN, None
    records: tuple[str, ...] = ()
    if one.indicator.basis == "flow":
        since = asked.first_day
    elif one.indicator.basis == "cumulative" and one.origin == "records" and one.indicator.is_additive:
        since = date(asked.on.year, 1, 1)
        period, records = _in_year(one, since)
    return Told(
        indicator=one.indicator, figure=one.figure, as_of=asked.on, records=one.records,
        place=place_name(asked.place, asked.edition), since=since, period=period, period_records=records,
        promised=promised, turns=one.turns if one.indicator.kind == "distinct" and one.origin == "records" else None,
    )  # fmt: skip


def _in_year(one: Answer, since: date) -> tuple[Figure, tuple[str, ...]]:
    """What a cumulative figure grew by since the first day of the year."""
    before = answer(replace(one.asked, on=since - timedelta(days=1), by=""))
    assert one.figure.value is not None
    known = before.figure.value if before.origin == "records" and before.figure.value is not None else Decimal()
    old = set(before.records)
    return Figure(one.figure.value - known), tuple(record for record in one.records if record not in old)


def as_dict(one: Answer) -> dict[str, Any]:
    """Figures as exact numbers; null is “no source yet”."""
    aim = one.target
    told: dict[str, Any] = {
        "code": one.asked.code,
        "name": one.indicator.vi,
        "value": plain(one.figure.value),
        "comparator": one.figure.comparator or "=",
        "unit": one.indicator.unit.code,
        "basis": one.indicator.basis,
        "as_of": one.asked.on.isoformat(),
        "boundaries": one.asked.edition,
        "origin": one.origin,
        "numerator": plain(one.numerator),
        "denominator": plain(one.denominator),
        "turns": one.turns,
        "split": [{"key": part.key, "name": part.name, "value": plain(part.figure.value)} for part in one.parts],
        "records": list(one.records),
        "target": None,
        "targets_on_other_map": [_target(each) for each in one.targets if each.other_map],
        "sentence_vi": sentence_of(one).text,
    }
    if aim is not None:
        attained = aim.attained(one.figure, one.asked.on)
        told["target"] = _target(aim) | {
            "attained_percent": None
            if attained is None or attained.share.value is None
            else plain(attained.share.value * 100),
            "standing": attained.standing if attained else "unknown",
        }
    return told


def _target(aim: Any) -> dict[str, Any]:
    return {
        "value": plain(aim.value),
        "comparator": aim.comparator or "=",
        "until": aim.until.isoformat() if aim.until else None,
        "source": aim.source,
        "boundaries": aim.edition,
        "rebuilt_from_press": aim.rebuilt,
    }


def plain(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is, else to six decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(round(value, 6))
