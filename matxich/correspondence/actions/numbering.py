"""Numbers: one register per agency, year and series; no number twice, none left out (decree 30/2020, article 15)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.correspondence.actions.drafting import WrongState, locked, moved
from matxich.correspondence.models import OfficialPaper, Register, RegisterEntry
from matxich.correspondence.permissions import may_keep_register
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.rulebook.papers.decree30 import GIVEN_ELSEWHERE
from matxich.rulebook.papers.kinds import KINDS
from matxich.rulebook.vietnamese.text import squeeze

LARGEST_FIRST = 100_000


class BadDay(Refusal):
    """A paper's day is not in the future and not before the number ahead of it."""

    code = "bad_day"
    status = 422


class BadNumber(Refusal):
    """Not a number and symbol as agencies write them."""

    code = "bad_number"
    status = 422


class NumberTaken(Refusal):
    code = "number_taken"


class NotNumbered(Refusal):
    """A form that carries no number."""

    code = "not_numbered"


class RegisterBegun(Refusal):
    """Numbers were given from it already: where it begins is settled."""

    code = "register_begun"


@transaction.atomic
def number(
    *, paper: OfficialPaper, by: Actor, at: datetime, base_version: int, on: date | None = None
) -> OfficialPaper:
    """The next number of the agency's register, and the paper's day (today). Two people never get one number: whoever
    comes second waits for the first to commit, and a number taken back with its transaction goes to the next.

    Raises Denied, Stale, WrongState, NotNumbered, BadDay.
    """
    current = locked(paper, "number", by, base_version)
    day = on or timezone.localdate(at)
    series = _series(current)
    _demand_past(day, at)
    register = _register(current.agency, day.year, series)
    last = register.entries.order_by("-number").first()
    if last and day < last.dated_on:
        raise BadDay(
            _("Số liền trước trong sổ đề ngày %(day)s; số sau không đề ngày sớm hơn.")
            % {"day": f"{last.dated_on:%d/%m/%Y}"},
            _("Ghi từ ngày đó trở đi."),
        )
    current.number, current.dated_on = register.next, day
    register.next += 1
    register.save(update_fields=["next"])
    RegisterEntry.objects.create(register=register, number=current.number, paper=current, dated_on=day, at=at, by=by.id)
    return moved(current, "number", by, at, number=current.number, symbol=current.symbol, dated_on=day)


@transaction.atomic
def number_elsewhere(
    *, paper: OfficialPaper, number: str, issuer: str, on: date, by: Actor, at: datetime, base_version: int
) -> OfficialPaper:
    """Numbered by another agency or outside the system: number and symbol as written there, by hand.

    Raises Denied, Stale, WrongState, NotNumbered, BadDay, BadNumber, NumberTaken.
    """
    current = locked(paper, "number", by, base_version)
    _series(current)
    _demand_past(on, at)
    written = squeeze(number)
    if not GIVEN_ELSEWHERE.fullmatch(written):
        raise BadNumber(_("Ghi cả số và ký hiệu, ví dụ 1234/QĐ-UBND."))
    current.elsewhere, current.elsewhere_issuer, current.dated_on = written, squeeze(issuer)[:300], on
    try:
        with transaction.atomic():
            return moved(current, "number", by, at, elsewhere=written, issuer=current.elsewhere_issuer, dated_on=on)
    except IntegrityError as error:
        raise NumberTaken(
            _("Số %(number)s ngày %(day)s của cơ quan đó đã ghi cho văn bản khác.")
            % {"number": written, "day": f"{on:%d/%m/%Y}"},
            _("Đối chiếu lại với bản giấy."),
        ) from error


@transaction.atomic
def open_register(*, agency: Agency, year: int, series: str, first: int, by: Actor, at: datetime) -> Register:
    """Where a year's numbers begin, for who numbered on paper before. Raises Denied, BadNumber, RegisterBegun."""
    demand(may_keep_register(by, agency))
    if series not in {kind.series for kind in KINDS.values() if kind.series} or not 1 <= first <= LARGEST_FIRST:
        raise BadNumber(_("Sổ bắt đầu từ một số nguyên từ 1 trở lên."))
    register = _register(agency, year, series)
    if register.entries.exists():
        raise RegisterBegun(_("Sổ này đã cấp số nên không đổi được số bắt đầu."))
    before = {"first": register.first}
    register.first = register.next = first
    register.save()
    subject = Subject("paper_register", str(register.pk), f"{series} {year}", agency.place)
    after = {"agency": agency.pk, "year": year, "series": series, "first": first}
    record(by=by, at=at, action="paper_register.open", on=subject, before=before, after=after)
    return register


def _register(agency: Agency, year: int, series: str) -> Register:
    """The register, locked until the transaction ends: who comes next waits here and reads what was decided."""
    Register.objects.get_or_create(agency=agency, year=year, series=series)
    return Register.objects.select_for_update().get(agency=agency, year=year, series=series)


def _series(paper: OfficialPaper) -> str:
    series = KINDS[paper.kind].series
    if not series:
        raise NotNumbered(_("Loại văn bản này không mang số."), _("Ban hành thẳng sau khi ký."))
    return series


def _demand_past(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise BadDay(_("Ngày của văn bản không ở tương lai."))


__all__ = [
    "BadDay", "BadNumber", "NotNumbered", "NumberTaken", "RegisterBegun", "WrongState", "number", "number_elsewhere",
    "open_register",
]  # fmt: skip
