"""What an act would change, as the page of a decision shows it: at once, or as the worker worked it out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.kit.templatetags.mx import money
from matxich.policy.law import law
from matxich.policy.models import ActPreview, FigureAct
from matxich.policy.queries.changes import Changes, Example, Moved, changes_of, changes_told, concerned_by
from matxich.policy.queries.showing import said
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import parse_registry_id
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.supports.kinds import SUPPORTS

AT_ONCE = 1_000
"""Firms that a page reads and judges within its second; more are left to the worker."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`changes` None while the worker is at it: `read` of `firms` so far. `worked_out_at` None: at this moment."""

    changes: Changes | None
    firms: int
    read: int = 0
    worked_out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A firm whose answer changes."""

    name: str
    url: str
    told: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`verdicts`: "chưa rõ → được: 12"."""

    code: str
    name: str
    day: date
    verdicts: tuple[str, ...]
    amounts: int
    before: int
    after: int
    examples: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    firms: int
    days: tuple[date, ...]
    lines: tuple[ChangeLine, ...]


def fits_a_page(firms: int) -> bool:
    return firms <= AT_ONCE


def preview_of(act: FigureAct, changed: Law) -> Preview:
    """Exact either way. `changed`: the law as it would be with the act."""
    firms = concerned_by(act).count()
    if fits_a_page(firms):
        return Preview(changes_of(act, changed), firms)
    kept = ActPreview.objects.filter(act=act, rules_version=law().version).first()
    if kept is None:
        return Preview(None, firms)
    if not kept.finished_at or not kept.result:
        return Preview(None, firms, kept.read)
    return Preview(changes_told(kept.result), firms, firms, kept.finished_at)


def change_page(changes: Changes) -> ChangePage:
    numbers = {parse_registry_id(each.id) for one in changes.lines for each in one.examples}
    names = dict(Enterprise.objects.filter(pk__in=numbers).order_by().values_list("pk", "name"))
    lines = tuple(_line(one, names) for one in changes.lines)
    return ChangePage(changes.firms, changes.days, lines)


def _line(one: Moved, names: dict[int, str]) -> ChangeLine:
    words = _words()
    told = tuple(
        _("%(before)s thành %(after)s: %(count)s") % {"before": words[before], "after": words[after], "count": count}
        for (before, after), count in sorted(one.verdicts.items())
    )
    examples = tuple(_person(each, names, words) for each in one.examples)
    return ChangeLine(
        one.support, said(SUPPORTS[one.support].words), one.day, told, one.amounts, one.before, one.after, examples
    )


def _person(each: Example, names: dict[int, str], words: dict[str, str]) -> Person:
    """ "chưa rõ, 300 triệu đồng thành được, 400 triệu đồng"; a verdict that stays is said once."""

    def side(verdict: str, amount: int | None) -> str:
        return words[verdict] if amount is None else f"{words[verdict]}, {money(amount)}"

    if each.before == each.after:
        amounts = [
            _("chưa có mức") if most is None else money(most) for most in (each.amount_before, each.amount_after)
        ]
        parts = {"verdict": words[each.after], "before": amounts[0], "after": amounts[1]}
        told = _("%(verdict)s, %(before)s thành %(after)s") % parts
    else:
        sides = {"before": side(each.before, each.amount_before), "after": side(each.after, each.amount_after)}
        told = _("%(before)s thành %(after)s") % sides
    name = names.get(parse_registry_id(each.id) or 0, each.id)
    return Person(name, reverse("policy:firm", args=[each.id]), told)


def _words() -> dict[str, str]:
    return {"eligible": _("được"), "unknown": _("chưa rõ"), "not": _("không được")}
