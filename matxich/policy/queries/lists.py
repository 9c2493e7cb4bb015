"""Every firm of a list under one question of the law: counts from the columns, reasons for those a page shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import Cell, xlsx_pieces
from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.policy.law import law as law_now
from matxich.policy.queries.answering import firm_case
from matxich.policy.queries.columns import Firms, firms_among
from matxich.policy.queries.showing import said
from matxich.policy.queries.simulating import verdict_words
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.registry.search import Query, every_id
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.answering import Answer, Case, answers
from matxich.rulebook.law.asking import derived
from matxich.rulebook.law.facts import Known, Value
from matxich.rulebook.law.register import Verdicts, judge, register_of
from matxich.rulebook.law.telling import VERDICTS
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

PAGE = 25
MOST = 50_000
"""Firms judged at once in a request; a longer list asks for one more filter."""
BETWEEN = "; "
_TRUTHS = {code: truth for truth, code in VERDICTS.items()}
_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every firm: `project` is taken as true of each."""

    content: str
    budget: str
    on: date
    project: dict[str, Known]

    @property
    def case(self) -> Case:
        return Case(self.project, self.on, self.content, self.budget)


@dataclass(frozen=True, slots=True)
class Row:
    """A firm with the answer. `missing`: questions that would settle an unknown, or what stands in the way of a no."""

    name: str
    url: str
    place: str
    verdict: str
    amount: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A whole list. `counts` by verdict; `most`: what all that may get it would cost at most."""

    asked: Asked
    firms: Firms
    found: Verdicts

    @property
    def counts(self) -> dict[str, int]:
        return {VERDICTS[truth]: int(np.count_nonzero(self.found.truths == truth)) for truth in reversed(Truth)}

    @property
    def most(self) -> int:
        return sum(self.found.most[self.found.most > 0].tolist())

    def places(self, verdict: str) -> list[int]:
        """Rows of one verdict, of all where it is ""."""
        if verdict not in _TRUTHS:
            return list(range(self.firms.size))
        return np.flatnonzero(self.found.truths == _TRUTHS[verdict]).tolist()


def judged(query: Query, asked: Asked) -> Judgement:
    """All firms the question finds. Unavailable where there is no index."""
    firms = firms_among(every_id(query), asked.on)
    law = law_now()
    register = register_of(law, asked.case, firms.size, firms.facts)
    ((_code, found),) = judge(law, register, content=asked.content, budget=asked.budget)
    return Judgement(asked, firms, found)


def rows_of(judgement: Judgement, places: Sequence[int], actor: Actor) -> list[Row]:
    """The single answers, from each firm's own record as far as the reader may see it."""
    ids = [int(judgement.firms.ids[place]) for place in places]
    firms = {firm.pk: firm for firm in visible_enterprises().filter(pk__in=ids).order_by()}
    return [_row(firms[pk], judgement.asked, actor) for pk in ids if pk in firms]


def _row(firm: Enterprise, asked: Asked, actor: Actor) -> Row:
    case = firm_case(firm, on=asked.on, actor=actor, project=asked.project)
    (answer,) = answers(law_now(), Case(case.facts, asked.on, asked.content, asked.budget))
    return Row(
        firm.name, reverse("policy:firm", args=[make_registry_id(firm.pk)]),
        name_of(firm.province_34) if firm.province_34 else "", VERDICTS[answer.truth], answer.amount.most,
        _why(answer),
    )  # fmt: skip


def _why(answer: Answer) -> tuple[str, ...]:
    if answer.truth is Truth.NO:
        return tuple(said(each.words) for each in answer.changes)
    law = law_now()
    figures = (law.parameters[code] for code in answer.unconfirmed)
    waiting = tuple(_("chờ xác nhận: %(figure)s") % {"figure": each.vi} for each in figures)
    return tuple(said(FACTS[fact].question) for fact in answer.missing) + waiting


def list_pieces(judgement: Judgement, verdict: str, about: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """Every firm of the verdict asked for, with amount and what is missing, as a spreadsheet."""
    heads = [
        _("Mã hồ sơ"), _("Tên"), _("Mã số thuế"), _("Tỉnh, thành"), _("Kết luận"), _("Nhiều nhất (đồng)"),
        _("Còn thiếu, hoặc vướng"),
    ]  # fmt: skip
    cover = _("Về danh sách này")
    rows = _file_rows(judgement, judgement.places(verdict), verdict_words())
    return xlsx_pieces([(_("Doanh nghiệp"), heads, rows), (cover, [cover, ""], about)])


def _file_rows(judgement: Judgement, places: Sequence[int], words: dict[str, str]) -> Iterator[list[Cell]]:
    for start in range(0, len(places), _READ_AT_ONCE):
        some = places[start : start + _READ_AT_ONCE]
        ids = [int(judgement.firms.ids[place]) for place in some]
        told = visible_enterprises().filter(pk__in=ids).order_by()
        known = {pk: rest for pk, *rest in told.values_list("pk", "name", "tax_code", "province_34")}
        for place, pk, answer in zip(some, ids, _answers(judgement, some), strict=True):
            if pk in known:
                name, code, province = known[pk]
                yield [
                    make_registry_id(pk), name, code or "", name_of(province) if province else "",
                    words[VERDICTS[Truth(int(judgement.found.truths[place]))]], answer.amount.most,
                    BETWEEN.join(_why(answer)),
                ]  # fmt: skip


def _answers(judgement: Judgement, places: Iterable[int]) -> Iterator[Answer]:
    """The single answers again, from the columns: no passport is opened for a file."""
    law, asked = law_now(), judgement.asked
    for place in places:
        facts = {name: Known(value) for name, value in _facts(judgement.firms, place).items()}
        case = Case({**facts, **derived(facts), **asked.project}, asked.on, asked.content, asked.budget)
        (answer,) = answers(law, case)
        yield answer


def _facts(firms: Firms, place: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, column in firms.facts.items():
        held = int(column.values[place])
        if held < 0:
            continue
        fact = FACTS[name]
        found[name] = list(fact.choices)[held] if fact.choices else bool(held) if fact.kind == "yes_no" else held
    return found
