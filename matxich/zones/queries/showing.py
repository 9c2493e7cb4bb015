"""Facts of zones as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.display import Event, Fact
from matxich.kit.templatetags.mx import age, day, money, number, percent
from matxich.places.queries import name_of
from matxich.rulebook.zones.fields import BY_CODE, GROUPS, ZoneField, fields_for
from matxich.rulebook.zones.periods import NAMES, Period, parse
from matxich.zones.models import ZoneFact
from matxich.zones.queries.facts import Known

DECLARED, LIST, DOCUMENT = 0, 1, 2
"""How firm: what a developer declares, an agency's list, a paper an officer read."""


def period_name(period: Period) -> str:
    """6 tháng đầu năm 2026, năm 2026."""
    return _(NAMES[period.part]) % {"year": period.year}


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind; `unknown` names what nobody has told yet."""

    code: str
    title: str
    facts: list[Fact]
    unknown: list[str]


def value_text(field: ZoneField, value: object, comparator: str = "") -> str:
    """A stored value in the reader's language, with its unit: "≈ 75 ha", "486,5 tỷ đồng"."""
    mark = f"{comparator} " if comparator else ""
    match field.kind:
        case "area" | "volume":
            return f"{mark}{number(Decimal(str(value)))} {_unit(field)}"
        case "money":
            return f"{mark}{money(int(str(value)))}"
        case "usd":
            return f"{mark}{number(int(str(value)))} USD"
        case "count":
            return f"{mark}{number(int(str(value)))}"
        case "date":
            return day(date.fromisoformat(str(value)))
        case "state" | "choice":
            return _(field.choices.get(str(value), str(value)))
        case "commune":
            return name_of(str(value))
    return str(value)


def _unit(field: ZoneField) -> str:
    return _("m³/ngày đêm") if field.kind == "volume" else field.unit


def value_or_unknown(fact: ZoneFact) -> str:
    return _("không còn rõ") if fact.value is None else value_text(BY_CODE[fact.field], fact.value, fact.comparator)


def fact_text(fact: ZoneFact) -> str:
    """What a fact says; a figure added up over time names the time."""
    text = value_or_unknown(fact)
    if fact.since and fact.value is not None:
        return _("%(figure)s, từ %(since)s đến %(until)s") % {
            "figure": text,
            "since": day(fact.since),
            "until": day(fact.as_of),
        }
    return text


def standing(fact: ZoneFact) -> str:
    """What is in force, beside the control of a new value."""
    return _("đang ghi: %(value)s, đến %(day)s") % {"value": fact_text(fact), "day": day(fact.as_of)}


def level_of(fact: ZoneFact) -> int:
    return LIST if fact.batch_id else DECLARED if fact.report_id else DOCUMENT


def groups(known: Known, *, officials: bool, today: date) -> list[Group]:
    """What is known of a zone, in the order of the forms. Everybody sees the public fields, officials all."""
    shown = [one for one in fields_for(known.zone.kind) if officials or one.public]
    found = []
    for code, title in GROUPS.items():
        fields = [one for one in shown if one.group == code]
        facts = [_fact(known.facts[one.code], one, today, officials) for one in fields if one.code in known.facts]
        if code == "land" and (share := known.occupancy) is not None:
            facts.append(_computed(known, share))
        unknown = [_(one.label) for one in fields if one.code not in known.facts]
        found.append(Group(code, _(title), facts, unknown))
    return found


def _fact(fact: ZoneFact, field: ZoneField, today: date, officials: bool) -> Fact:
    return Fact(
        label=_(field.label),
        value=fact_text(fact),
        level=level_of(fact),
        source=_source(fact),
        source_url=origin_url(fact) if officials else "",
        age=day(fact.as_of),
        note=_("%(age)s trước") % {"age": age(fact.as_of, today)} if (today - fact.as_of).days > STALE_DAYS else "",
        stale=(today - fact.as_of).days > STALE_DAYS and field.basis != "",
    )


def _source(fact: ZoneFact) -> str:
    """Short: the developer of a form is named by its own fact."""
    return _("Báo cáo %(period)s") % {"period": period_name(parse(fact.report.period))} if fact.report else fact.source


STALE_DAYS = 366


def _computed(known: Known, share: Decimal) -> Fact:
    terms = [known.facts["leased_area"], known.facts["industrial_area"]]
    return Fact(
        label=_("Tỷ lệ lấp đầy"),
        value=f"{'≈ ' if known.is_rough else ''}{percent(share, 1)}",
        level=min(map(level_of, terms)),
        source=_("tính: đất đã cho thuê ÷ đất công nghiệp"),
        age=day(min(fact.as_of for fact in terms)),
    )


def events(facts: Iterable[ZoneFact]) -> list[Event]:
    """What was told of a zone, newest first, one event a telling; undone lists are there and said to be undone."""
    told: dict[tuple[object, ...], list[ZoneFact]] = {}
    for fact in facts:
        told.setdefault((fact.as_of, fact.recorded_at, fact.source, fact.reason), []).append(fact)
    return [_event(together) for together in told.values()]


def _event(together: list[ZoneFact]) -> Event:
    fact = together[0]
    parts = [
        f"{_(BY_CODE[one.field].label)}: {value_or_unknown(one)}" for one in sorted(together, key=lambda one: one.pk)
    ]
    told = ["; ".join(parts) + "."]
    if fact.batch and fact.row:
        told.append(_("%(file)s, dòng %(row)s.") % {"file": fact.batch.file_name, "row": fact.row})
    if fact.batch and fact.batch.undone_at:
        told.append(_("Danh sách đã hoàn tác, không còn tính."))
    if fact.reason:
        told.append(f"“{fact.reason}”")
    url = origin_url(fact)
    return Event(
        time=day(fact.as_of),
        iso=fact.as_of.isoformat(),
        title=fact.source,
        text=" ".join(told),
        url=url,
        action=_("Xem gốc") if url else "",
        minor=bool(fact.batch and fact.batch.undone_at),
    )


def origin_url(fact: ZoneFact) -> str:
    """The list or the form that told it, for officials; "" when an officer stated it from a paper."""
    if fact.batch_id:
        return reverse("zones:list", args=[fact.batch_id])
    return reverse("zones:report", args=[fact.report_id]) if fact.report_id else ""
