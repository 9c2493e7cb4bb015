"""The forms of a reporting period: entered on a reporter's behalf, submitted, returned or accepted into the facts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.places.models import Zone
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import parse_tax_code
from matxich.rulebook.vietnamese.text import fold, squeeze
from matxich.rulebook.zones.fields import BY_CODE, ZoneField
from matxich.rulebook.zones.periods import Period, parse
from matxich.rulebook.zones.reports import FAULTS, FORMS, faults, stated_source
from matxich.rulebook.zones.values import BadValue, read_value
from matxich.zones.actions.facts import BadDay, BadFigures, sentence
from matxich.zones.models import ZoneFact, ZoneReport
from matxich.zones.permissions import may_handle_report, may_state
from matxich.zones.states import REPORT_TRANSITIONS, FormKind, ReportState


class NotObliged(Refusal):
    """The circular's forms are for clusters; other kinds of zone report under another law."""

    code = "not_obliged"
    status = 422


class NamelessReporter(Refusal):
    code = "nameless_reporter"
    status = 422


class AlreadyReported(Refusal):
    """One form a reporter and period: the one that is there is mended, not doubled."""

    code = "already_reported"

    def __init__(self, existing: ZoneReport | None) -> None:
        super().__init__(_("Kỳ này đã có báo cáo của đơn vị đó."), _("Mở báo cáo đã có; nếu sai thì trả lại rồi sửa."))
        self.existing = existing


class WrongState(Refusal):
    """What is asked cannot be done from the state the form is in."""

    code = "wrong_state"


class NothingToMend(Refusal):
    """A form is returned with what is to be mended."""

    code = "nothing_to_mend"
    status = 422


def subject_of(report: ZoneReport) -> Subject:
    return Subject("zone_report", str(report.pk), str(report), report.zone.province_34)


@transaction.atomic
def open_report(
    *,
    zone: Zone,
    period: Period,
    form: str,
    reporter: str,
    tax_code: str,
    paper: str,
    received_on: date,
    by: Actor,
    at: datetime,
) -> ZoneReport:
    """A draft on behalf of who sent the paper. `received_on`: the local day the paper came in, which decides lateness.

    A tenant known to the register by its tax code is linked. Raises Denied, NotObliged, NamelessReporter, BadDay,
    BadFigures (tax code), AlreadyReported.
    """
    demand(may_state(by, zone))
    if zone.kind not in period.rule.zone_kinds:
        raise NotObliged(
            _("Biểu báo cáo theo Thông tư 14/2024/TT-BCT áp dụng cho cụm công nghiệp."),
            _("Ghi số liệu của khu này từ văn bản, hoặc nhập từ danh sách."),
        )
    name, code = squeeze(reporter)[:300], _tax_code(tax_code)
    if not name:
        raise NamelessReporter(_("Chưa ghi đơn vị báo cáo."), _("Ghi tên đúng như trên báo cáo."))
    _demand_day(received_on, period, at)
    key = "" if form == FormKind.DEVELOPER else code or fold(name)
    try:
        with transaction.atomic():
            report = ZoneReport.objects.create(
                zone=zone,
                period=period.key,
                form=form,
                reporter=name,
                reporter_key=key,
                tax_code=code,
                enterprise=_enterprise(code) if form == FormKind.TENANT else None,
                paper=squeeze(paper)[:200],
                received_on=received_on,
                entered_by=by.id,
                created_at=at,
            )
    except IntegrityError as error:
        there = ZoneReport.objects.filter(zone=zone, period=period.key, form=form, reporter_key=key).first()
        raise AlreadyReported(there) from error
    after = {"period": report.period, "form": form, "tax_code": code, "paper": report.paper, "received_on": received_on}
    record(by=by, at=at, action="zone_report.open", on=subject_of(report), after=after)
    return report


def _tax_code(typed: str) -> str:
    if not (text := squeeze(typed)):
        return ""
    found = parse_tax_code(text)
    if not found.valid or found.kind == "person":
        why = gettext("Không phải mã số thuế của tổ chức: sai chữ số kiểm tra hoặc thiếu số.")
        raise BadFigures({"tax_code": why})
    return found.text


def _demand_day(received_on: date, period: Period, at: datetime) -> None:
    if received_on > timezone.localdate(at):
        raise BadDay(_("Ngày nhận ở tương lai."), _("Ghi ngày cơ quan nhận được bản giấy, muộn nhất là hôm nay."))
    if received_on < period.starts:
        raise BadDay(_("Ngày nhận ở trước kỳ báo cáo."), _("Xem lại ngày nhận hoặc chọn đúng kỳ."))


def _enterprise(tax_code: str) -> Enterprise | None:
    found = Enterprise.objects.filter(tax_code=tax_code, merged_into__isnull=True) if tax_code else None
    return found.first() if found is not None else None


@transaction.atomic
def save_report(
    *, report: ZoneReport, typed: Mapping[str, object], by: Actor, at: datetime, base_version: int
) -> ZoneReport:
    """What the paper says, field code → as typed; an empty one is not known. A form states figures plainly.

    Raises Denied, Stale, WrongState, BadFigures; then nothing is saved.
    """
    current = _locked(report, by, base_version)
    move(current, "save")
    before = dict(current.values)
    current.values = read_form(current.form, typed)
    _keep(current)
    changed = [code for code in {*before, *current.values} if before.get(code) != current.values.get(code)]
    record(
        by=by,
        at=at,
        action="zone_report.save",
        on=subject_of(current),
        before={code: before.get(code) for code in changed},
        after={code: current.values.get(code) for code in changed},
    )
    return current


def read_form(form: str, typed: Mapping[str, object]) -> dict[str, Any]:
    """The form's values as stored; fields left empty are left out. Raises BadFigures."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in FORMS[form].fields:
        text = typed.get(one.code)
        if text is None or (isinstance(text, str) and not text.strip()):
            continue
        try:
            values[one.code] = _plainly(one, text)
        except BadValue as bad:
            wrong[one.code] = sentence(bad)
        except _Rough:
            wrong[one.code] = gettext("Báo cáo ghi đúng số, không ghi khoảng, trên, dưới.")
    if wrong:
        raise BadFigures(wrong)
    return values


class _Rough(ValueError):
    """A figure with a comparator."""


def _plainly(one: ZoneField, typed: object) -> str | int:
    reading = read_value(one, typed)
    if reading.comparator:
        raise _Rough
    return reading.value


@transaction.atomic
def submit_report(*, report: ZoneReport, by: Actor, at: datetime, base_version: int) -> ZoneReport:
    """Hand the form in. Raises Denied, Stale, WrongState, BadFigures with what keeps it from being handed in."""
    current = _locked(report, by, base_version)
    move(current, "submit")
    found = faults(FORMS[current.form], current.values)
    if found:
        raise BadFigures({code: gettext(FAULTS[why]) for code, why in found.items()})
    current.submitted_at, current.notes = at, {}
    _keep(current)
    late = parse(current.period).is_late(current.received_on)
    record(by=by, at=at, action="zone_report.submit", on=subject_of(current), after={"late": late})
    return current


@transaction.atomic
def return_report(
    *, report: ZoneReport, notes: Mapping[str, str], by: Actor, at: datetime, base_version: int
) -> ZoneReport:
    """Send the form back: field code (or "" for the whole) → what is to be mended.

    Raises Denied, Stale, WrongState, NothingToMend.
    """
    current = _locked(report, by, base_version)
    move(current, "return")
    known = {one.code for one in FORMS[current.form].fields} | {""}
    told = {code: squeeze(text)[:500] for code, text in notes.items() if code in known and text.strip()}
    if not told:
        raise NothingToMend(_("Chưa ghi điều cần sửa."), _("Ghi ít nhất một mục và điều cần sửa ở mục đó."))
    current.notes, current.decided_at = told, at
    _keep(current)
    record(by=by, at=at, action="zone_report.return", on=subject_of(current), after={"notes": told})
    return current


@transaction.atomic
def accept_report(*, report: ZoneReport, by: Actor, at: datetime, base_version: int) -> ZoneReport:
    """Take the form in. A developer's figures become facts of the zone as of the period's last day, the form their
    source; a tenant's stay with the form and are only added up. Raises Denied, Stale, WrongState.
    """
    current = _locked(report, by, base_version)
    move(current, "accept")
    current.decided_at = at
    _keep(current)
    facts = _facts(current, by, at) if current.form == FormKind.DEVELOPER else []
    ZoneFact.objects.bulk_create(facts)
    record(
        by=by,
        at=at,
        action="zone_report.accept",
        on=subject_of(current),
        after={fact.field: fact.value for fact in facts} | {"version": current.version},
    )
    return current


def _facts(report: ZoneReport, by: Actor, at: datetime) -> list[ZoneFact]:
    period = parse(report.period)
    told = dict(report.values) | {"operator": report.reporter}
    if report.tax_code:
        told["operator_tax_code"] = report.tax_code
    return [
        ZoneFact(
            zone=report.zone,
            field=code,
            value=value,
            as_of=period.ends,
            since=period.starts if BY_CODE[code].basis == "flow" else None,
            source=stated_source(period, report.reporter, report.paper)[:300],
            report=report,
            recorded_at=at,
            recorded_by=by.id,
        )
        for code, value in told.items()
    ]


def _locked(report: ZoneReport, by: Actor, base_version: int) -> ZoneReport:
    current = ZoneReport.objects.select_for_update(of=("self",)).select_related("zone").get(pk=report.pk)
    demand(may_handle_report(by, current))
    if current.version != base_version:
        raise Stale(
            _("Báo cáo đã được người khác cập nhật sau khi bạn mở trang."),
            _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn."),
        )
    return current


def move(report: ZoneReport, event: str) -> None:
    """Bring the report into the state an event leads to; raises WrongState."""
    target = REPORT_TRANSITIONS.get((ReportState(report.state), event))
    if target is None:
        raise WrongState(
            _("Báo cáo đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": report.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    report.state = target


def _keep(report: ZoneReport) -> None:
    report.version += 1
    report.save()
