"""The page of one form: what it says, beside what was known before, and what may be done with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.verdict import Verdict
from matxich.rulebook.zones.fields import FIGURES, ZoneField
from matxich.rulebook.zones.periods import Period, parse
from matxich.rulebook.zones.reports import FORMS, ReportForm
from matxich.zones.models import ZoneFact, ZoneReport
from matxich.zones.permissions import may_handle_report
from matxich.zones.queries.facts import COUNTED
from matxich.zones.queries.showing import fact_text, period_name, value_text
from matxich.zones.states import FormKind, ReportState


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One field of a form. `before`: the fact it would follow; `note`: what is to be mended; `moved`: much changed."""

    code: str
    label: str
    value: str
    before: str
    note: str
    moved: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    report: ZoneReport
    form: ReportForm
    period: Period
    period_name: str
    lines: list[ReportLine]
    late: bool
    may_handle: Verdict

    @property
    def returned(self) -> list[ReportLine]:
        """What is to be mended, of the whole first."""
        whole = self.report.notes.get("", "")
        first = [ReportLine("", "", "", "", whole, False)] if whole else []
        return [*first, *(line for line in self.lines if line.note)]

    @property
    def may_return(self) -> bool:
        return bool(self.may_handle) and (self.is_submitted or self.is_accepted)

    @property
    def is_open(self) -> bool:
        return self.report.state in (ReportState.DRAFT, ReportState.RETURNED)

    @property
    def is_submitted(self) -> bool:
        return self.report.state == ReportState.SUBMITTED

    @property
    def is_accepted(self) -> bool:
        return self.report.state == ReportState.ACCEPTED


def report_page(report: ZoneReport, actor: Actor) -> ReportPage:
    period, form = parse(report.period), FORMS[report.form]
    before = _before(report, period.ends) if report.form == FormKind.DEVELOPER else {}
    return ReportPage(
        report=report,
        form=form,
        period=period,
        period_name=period_name(period),
        lines=[_line(one, report, before.get(one.code)) for one in form.fields],
        late=period.is_late(report.received_on),
        may_handle=may_handle_report(actor, report),
    )


def _before(report: ZoneReport, until: date) -> dict[str, ZoneFact]:
    """The facts in force at the end of the period, this form's own left aside."""
    facts = ZoneFact.objects.filter(COUNTED, zone=report.zone, as_of__lte=until).exclude(report=report)
    return {fact.field: fact for fact in facts.order_by("as_of", "id")}


def _line(one: ZoneField, report: ZoneReport, before: ZoneFact | None) -> ReportLine:
    value = report.values.get(one.code)
    return ReportLine(
        code=one.code,
        label=_(one.label),
        value="" if value is None else value_text(one, value),
        before=fact_text(before) if before else "",
        note=report.notes.get(one.code, ""),
        moved=_moved(one, value, before),
    )


MUCH = Decimal("0.5")


def _moved(one: ZoneField, value: object, before: ZoneFact | None) -> bool:
    """Does a figure differ by more than half from what was known before?"""
    if one.kind not in FIGURES or value is None or before is None or before.value is None:
        return False
    new, old = Decimal(str(value)), Decimal(str(before.value))
    return abs(new - old) > MUCH * old if old else new > 0
