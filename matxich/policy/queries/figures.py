"""Figures as officials see them: what waits for confirmation, what is proposed, what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from matxich.accounts.queries import names_of_people
from matxich.kit.display import Link
from matxich.policy.law import instrument_of, law
from matxich.policy.models import FigureAct
from matxich.policy.queries.library import layer_label, part_text, period
from matxich.policy.queries.showing import cite, said
from matxich.policy.states import ActKind, ActState
from matxich.rulebook.law.acts import figure_of
from matxich.rulebook.law.answering import Law
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.parameters import Parameter, Setting
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.vietnamese.text import fold

ACTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a figure with what may be done about it. `start` names the row in an address."""

    layer: str
    layer_code: str
    start: str
    values: tuple[str, ...]
    period: str
    article: Link
    confirmed_by: str
    waits: bool
    open_ended: bool
    note: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """`waiting`: rows that may not be used before somebody confirms them; `support`: answers rest on it."""

    code: str
    name: str
    support: bool
    waiting: tuple[RowLine, ...]
    proposed: int


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act as lists and pages show it; `who`: those who proposed and decided, by name."""

    pk: int
    kind: str
    kind_label: str
    code: str
    name: str
    layer: str
    values: tuple[str, ...]
    when: str
    article: Link
    reason: str
    agency: str
    proposed_by: str
    proposed_at: datetime
    state: str
    state_label: str
    decided_by: str
    decided_agency: str
    decided_at: datetime | None
    decision_reason: str
    target: int | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    code: str
    name: str
    note: str
    rows: tuple[RowLine, ...]
    acts: tuple[ActLine, ...]


def figure_lines(*, text: str = "", waiting: bool = True) -> list[FigureLine]:
    """Figures, those on which answers rest first; with `waiting` only such that wait for somebody."""
    now, wanted = law(), fold(text).split()
    open_: dict[str, int] = defaultdict(int)
    for code in FigureAct.objects.filter(decision=None).values_list("parameter", flat=True):
        open_[code] += 1
    resting = used_by_answers()
    found = []
    for parameter in now.parameters.by_id.values():
        name = said(Words(parameter.vi, parameter.en))
        rows = tuple(row_line(now, row) for row in parameter.rows if not row.usable)
        line = FigureLine(parameter.id, name, parameter.id in resting, rows, open_[parameter.id])
        if all(word in fold(f"{parameter.id} {name}") for word in wanted) and (rows or line.proposed or not waiting):
            found.append(line)
    return sorted(found, key=lambda one: (not one.proposed, not one.support))


def used_by_answers() -> frozenset[str]:
    """Figures by which supports reckon, and the open questions of the law's wording."""
    levels = [(each.figure, each.level) for each in SUPPORTS.values()]
    used = {code for code, _level in levels if code}
    used |= {option.parameter for _code, level in levels if level for option in level.options}
    used |= {level.priority for _code, level in levels if level and level.priority}
    return frozenset(used | {"KC-02-DONG-NAI", "KC-02-ARTISAN", "CN-50-WORDING"})


def desk_figure(code: str) -> FigurePage | None:
    now = law()
    parameter = now.parameters.by_id.get(code)
    if parameter is None:
        return None
    rows = tuple(row_line(now, row) for row in reversed(parameter.rows))
    note = said(Words(parameter.note_vi, parameter.note_en))
    acts = act_lines(FigureAct.objects.filter(parameter=code), now)
    return FigurePage(code, said(Words(parameter.vi, parameter.en)), note, rows, tuple(acts))


def acts_by_state(state: str = "") -> QuerySet[FigureAct]:
    found = FigureAct.objects.all()
    if state == ActState.PROPOSED:
        return found.filter(decision=None)
    if state == ActState.REVOKED:
        return found.filter(revocations__decision__outcome=ActState.IN_FORCE)
    if state == ActState.IN_FORCE:
        revoked = FigureAct.objects.filter(decision__outcome=ActState.IN_FORCE, target__isnull=False)
        return found.filter(decision__outcome=state).exclude(pk__in=revoked.values("target"))
    return found.filter(decision__outcome=state) if state else found


def act_lines(acts: QuerySet[FigureAct], now: Law | None = None) -> list[ActLine]:
    """Newest first, at most ACTS_SHOWN."""
    now = now or law()
    shown = list(acts.select_related("decision").prefetch_related("revocations__decision")[:ACTS_SHOWN])
    names = _names(shown)
    return [_act_line(now, act, names) for act in shown]


def act_line(act: FigureAct) -> ActLine:
    return act_lines(FigureAct.objects.filter(pk=act.pk))[0]


def row_line(now: Law, row: Setting) -> RowLine:
    return RowLine(
        layer_label(row.layer),
        row.layer,
        str(row.span.start),
        tuple(part_text(name, value) for name, value in row.values.items()),
        period(row.span),
        cite(now, row.article),
        row.confirmed_by,
        not row.usable,
        row.span.end is None,
        said(Words(row.note_vi, row.note_en)),
    )


def _act_line(now: Law, act: FigureAct, names: Mapping[str, str]) -> ActLine:
    parameter: Parameter | None = now.parameters.by_id.get(act.parameter)
    decision = getattr(act, "decision", None)
    state = _state(act)
    return ActLine(
        pk=act.pk,
        kind=act.kind,
        kind_label=str(ActKind(act.kind).label),
        code=act.parameter,
        name=said(Words(parameter.vi, parameter.en)) if parameter else act.parameter,
        layer=layer_label(act.layer),
        values=tuple(part_text(name, figure_of(value)) for name, value in act.values.items()),
        when=_when(act),
        article=_article(now, act),
        reason=act.reason,
        agency=act.agency_name,
        proposed_by=names.get(act.proposed_by, ""),
        proposed_at=act.proposed_at,
        state=state,
        state_label=str(state.label),
        decided_by=names.get(decision.decided_by, "") if decision else "",
        decided_agency=decision.agency_name if decision else "",
        decided_at=decision.decided_at if decision else None,
        decision_reason=decision.reason if decision else "",
        target=act.target_id,
    )


def _state(act: FigureAct) -> ActState:
    decision = getattr(act, "decision", None)
    if decision is None:
        return ActState.PROPOSED
    ended = [getattr(each, "decision", None) for each in act.revocations.all()]
    revoked = any(each and each.outcome == ActState.IN_FORCE for each in ended)
    return ActState.REVOKED if revoked else ActState(decision.outcome)


def _when(act: FigureAct) -> str:
    if act.kind == ActKind.ADD and act.starts:
        told = {"start": f"{act.starts:%d/%m/%Y}", "end": f"{act.ends:%d/%m/%Y}" if act.ends else ""}
        return (_("từ %(start)s đến trước %(end)s") if act.ends else _("từ %(start)s")) % told
    if act.kind == ActKind.END and act.ends:
        return _("hết từ %(end)s") % {"end": f"{act.ends:%d/%m/%Y}"}
    if act.kind == ActKind.CONFIRM:
        return _("dòng từ %(start)s") % {"start": "/".join(reversed(act.row.split("-")))}
    return _("quyết định số %(number)s") % {"number": act.target_id}


def _article(now: Law, act: FigureAct) -> Link:
    if act.instrument in now.library.by_id:
        return cite(now, Citation(act.instrument, act.at))
    new = instrument_of(act.new_instrument)
    return Link(f"{act.at} {new.short if new else act.instrument}".strip())


def _names(acts: Iterable[FigureAct]) -> dict[str, str]:
    people: set[str] = set()
    for act in acts:
        decision: Any = getattr(act, "decision", None)
        people |= {act.proposed_by, decision.decided_by if decision else ""}
    return names_of_people(people)
