"""What the law says of a proposal: eligible or not, how much at most, by which article; and what doubles it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.policy.law import law
from matxich.policy.packaged import pairs_of_contents
from matxich.policy.queries.answering import FACT, firm_case
from matxich.policy.queries.facts import NoSuchCommune, facts_of_commune
from matxich.policy.queries.showing import Shown, show
from matxich.policy.queries.support import NOT_STATE, givens, of_firm, other_support
from matxich.programmes.models import Call
from matxich.proposals.models import CostLine, Proposal
from matxich.proposals.packaged import forms
from matxich.proposals.states import Status
from matxich.rulebook.law.answering import Answer, Case, Law, answers
from matxich.rulebook.law.asking import settled
from matxich.rulebook.law.duplicates import Given, in_the_way
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.telling import answer_json
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.proposals.costs import Limit, Line, Totals, limits, totals
from matxich.rulebook.proposals.forms import told_facts

SOURCE = "proposal"


@dataclass(frozen=True, slots=True)
class Double:
    """Something that would pay for the same content from state money in the same year: given already, or asked."""

    text: str
    given: bool


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit in words: `article` as cited, "" where none; `most` None while the level is not confirmed."""

    text: str
    most: int | None
    over: int
    article: str
    article_url: str = ""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """`document`: the law's answer as kept with a gate; `shown`: as pages show it, None for money not the state's."""

    answer: Answer | None
    shown: Shown | None
    document: dict[str, Any]
    sums: Totals
    limits: tuple[LimitLine, ...]
    doubles: tuple[Double, ...]
    on: date

    @property
    def truth(self) -> Truth:
        return self.answer.truth if self.answer else Truth.UNKNOWN

    @property
    def over_call(self) -> bool:
        return any(one.over for one in self.limits if not one.article and one.most is not None)

    @property
    def over(self) -> bool:
        return any(one.over for one in self.limits)


def line_of(row: CostLine) -> Line:
    return Line(row.item, row.unit, row.quantity, row.unit_price, row.state, row.counterpart, row.other)


def day_of(proposal: Proposal) -> date:
    """The day the law is asked for: that of handing in, for a draft today."""
    return timezone.localdate(proposal.submitted_at) if proposal.submitted_at else timezone.localdate()


def entitlement(proposal: Proposal, actor: Actor, *, sums: Totals | None = None) -> Entitlement:
    """The law's answer with the estimate as it stands (or `sums`), as far as the actor may see the firm's record."""
    on = day_of(proposal)
    told = sums or totals(line_of(row) for row in proposal.costs.all())
    doubles = doubles_of(proposal, on.year)
    if proposal.layer == NOT_STATE:
        found = limits(told, share=None, cap=None, call_most=proposal.call.max_amount, known=True)
        return Entitlement(None, None, {}, told, tuple(_said(None, None, one) for one in found), doubles, on)
    current = law()
    case = _case(proposal, actor, on, told, doubles)
    (answer,) = answers(current, case)
    amount = answer.amount
    known = (
        answer.truth is Truth.NO or answer.support.level is None or amount.share is not None or amount.cap is not None
    )
    found = limits(told, share=amount.share, cap=amount.cap, call_most=proposal.call.max_amount, known=known)
    document = answer_json(current, case, answer) | {"on": on.isoformat(), "law": current.version}
    return Entitlement(
        answer,
        show(current, case, answer),
        document,
        told,
        tuple(_said(current, answer, one) for one in found),
        doubles,
        on,
    )


def _case(proposal: Proposal, actor: Actor, on: date, sums: Totals, doubles: tuple[Double, ...]) -> Case:
    form = forms()[proposal.form_code]
    said = told_facts(form, proposal.answers, shape=proposal.shape, content=proposal.content)
    project = {name: Known(value, SOURCE, on) for name, value in said.items()}
    if sums.amount:
        project["eligible_cost"] = Known(sums.amount, SOURCE, on)
    if proposal.enterprise_id and proposal.enterprise:
        facts = dict(firm_case(proposal.enterprise, on=on, actor=actor).facts)
        # What the record says, backed by a source, stands before what the form says of the same thing.
        project = {name: one for name, one in project.items() if name not in facts}
        if had := other_support(proposal.enterprise, proposal.content, on.year):
            facts[FACT] = had
    else:
        facts = settled(_household(proposal, on))
    given = next((one for one in doubles if one.given), None)
    if FACT not in facts and given is not None:
        facts[FACT] = Known(True, given.text, on)
    return Case(
        {**settled({name: [one] for name, one in project.items()}), **facts}, on, proposal.content, proposal.layer
    )


def _household(proposal: Proposal, on: date) -> dict[str, list[Known]]:
    """What is known of somebody whom the register does not hold: what it is, and where."""
    told = {"legal_form": [Known("household", SOURCE, on)], "production": [Known(True, SOURCE, on)]}
    try:
        return told | (facts_of_commune(proposal.commune, on) if proposal.commune else {})
    except NoSuchCommune:
        return told


def doubles_of(proposal: Proposal, year: int) -> tuple[Double, ...]:
    """Support of the same content and year: what was given, and what else is asked for and not over."""
    found = [*_given(proposal, year), *_asked(proposal, year)]
    return tuple(found)


def _given(proposal: Proposal, year: int) -> list[Double]:
    if proposal.enterprise is None:
        return []
    entries = {str(one.pk): one for one in of_firm(proposal.enterprise).filter(year=year)}
    who = f"firm:{proposal.enterprise_id}"
    given = [
        Given(told.id, who, told.content, told.year, told.state, told.amount, told.stands)
        for told in givens(entries.values())
    ]
    asked = Given("", who, proposal.content, year, True, proposal.asked)
    told = []
    for each in in_the_way(asked, given, pairs_of_contents()):
        one = entries[each.id]
        text = ", ".join(part for part in (f"{one.content} {one.year}", one.agency, one.decision_no) if part)
        told.append(Double(_("Đã cấp: %(entry)s") % {"entry": text}, True))
    return told


def _asked(proposal: Proposal, year: int) -> list[Double]:
    """Other proposals of the same applicant that are under way; which programme it was, and no more."""
    others = Proposal.objects.exclude(pk=proposal.pk).exclude(
        status__in=[Status.DRAFT, Status.REFUSED, Status.WITHDRAWN]
    )
    if proposal.enterprise_id:
        others = others.filter(enterprise=proposal.enterprise_id)
    else:
        others = others.filter(enterprise=None, applicant=proposal.applicant, commune=proposal.commune)
    pairs = pairs_of_contents()
    asked = Given("", "x", proposal.content, year, True, 0)
    found = []
    for one in others.filter(submitted_at__year=year).select_related("call"):
        if in_the_way(asked, [Given(str(one.pk), "x", one.content, year, one.layer != NOT_STATE, 0)], pairs):
            told = {"code": one.code, "call": one.call.title}
            found.append(Double(_("Đang xin ở đề án %(code)s, %(call)s") % told, False))
    return found


def _said(current: Law | None, answer: Answer | None, one: Limit) -> LimitLine:
    article, url = _article(current, answer) if one.id in ("share", "cap", "law") else ("", "")
    if one.id == "share" and one.rate is not None:
        text = _("Tối đa %(share)s chi phí hợp lệ") % {"share": str(one.rate).replace(".", ",")}
    elif one.id == "cap":
        text = _("Tối đa một đề án")
    elif one.id == "call":
        text = _("Mức tối đa của đợt nhận hồ sơ")
    else:
        text = _("Mức hỗ trợ chưa được xác nhận; cơ quan xét theo văn bản hiện hành")
    return LimitLine(text, one.most, one.over, article, url)


def _article(current: Law | None, answer: Answer | None) -> tuple[str, str]:
    if current is None or answer is None:
        return "", ""
    setting = next((each.setting for each in answer.figures if each.setting), None)
    if setting is None:
        return "", ""
    return current.library.cite(setting.article), reverse("policy:instrument", args=[setting.article.instrument])


def layers_of(call: Call) -> list[str]:
    """Whose money a call pays with, in the order of its lines."""
    return list(dict.fromkeys(call.funding_lines.order_by("id").values_list("layer", flat=True)))
