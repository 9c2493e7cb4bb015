"""What an act would change, as the page of a decision shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matxich.policy.queries.changes import Changes, Moved
from matxich.policy.queries.showing import said
from matxich.rulebook.law.supports.kinds import SUPPORTS


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


@dataclass(frozen=True, slots=True)
class ChangePage:
    firms: int
    total: int
    sampled: bool
    days: tuple[date, ...]
    lines: tuple[ChangeLine, ...]


def change_page(changes: Changes) -> ChangePage:
    lines = tuple(_line(one) for one in changes.lines)
    return ChangePage(changes.firms, changes.total, changes.sampled, changes.days, lines)


def _line(one: Moved) -> ChangeLine:
    words = {"eligible": _("được"), "unknown": _("chưa rõ"), "not": _("không được")}
    told = tuple(
        _("%(before)s thành %(after)s: %(count)s") % {"before": words[before], "after": words[after], "count": count}
        for (before, after), count in sorted(one.verdicts.items())
    )
    return ChangeLine(one.support, said(SUPPORTS[one.support].words), one.day, told, one.amounts, one.before, one.after)
