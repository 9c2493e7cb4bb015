"""What is asked of the request desk, and of the record of who opened what."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from matxich.accounts.models import Membership
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.accounts.personal_data.states import (
    ACKNOWLEDGE_WORKING_DAYS,
    ACT_DAYS,
    OPEN,
    TRANSITIONS,
    Move,
    RequestState,
)
from matxich.accounts.queries import names_of_people
from matxich.accounts.states import Role
from matxich.kit.models import AccessRecord
from matxich.kit.personal import Mask, mask
from matxich.rulebook.calendar import Calendar, YearMissing, local_date
from matxich.rulebook.parameters.holidays_vn import vietnam

PAGE = 25


@dataclass(frozen=True, slots=True)
class Clocks:
    """Dates two steps are owed by; `note` says so when a holiday calendar was missing."""

    acknowledge_by: date
    act_by: date
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A request as lists show it: masked, with its clock."""

    request: PersonalDataRequest
    name: str
    contact: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the record of who opened what."""

    record: AccessRecord
    who: str
    fields: str


def clocks(received_at: datetime, calendar: Calendar | None = None) -> Clocks:
    """Two working days to acknowledge, fifteen days to act, counted from the day after receipt.

    Where the holidays of a year are not known, Monday to Friday are counted and the note says so: the term may then
    end earlier than the law asks, never later.
    """
    day = local_date(received_at)
    act_by = day + timedelta(days=ACT_DAYS)
    try:
        return Clocks((calendar or vietnam()).add_working_days(day, ACKNOWLEDGE_WORKING_DAYS), act_by, "")
    except YearMissing as missing:
        note = _("Chưa có lịch nghỉ lễ năm %(year)s: hạn tiếp nhận đang tính theo thứ Hai đến thứ Sáu.")
        return Clocks(_weekdays_after(day, ACKNOWLEDGE_WORKING_DAYS), act_by, note % {"year": missing.year})


def _weekdays_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def by_code(code: str) -> PersonalDataRequest | None:
    """The request a person follows; letters of either case, with or without dashes."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return PersonalDataRequest.objects.filter(code="-".join((plain[:4], plain[4:8], plain[8:]))).first()


def requests_page(today: date, *, state: str = "", page: int = 1) -> tuple[list[Row], int]:
    """Open requests first, the soonest due on top; a page of rows and how many pages there are."""
    due = Case(
        When(state=RequestState.RECEIVED, then=F("acknowledge_by")), default=F("act_by"), output_field=DateField()
    )
    closed = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
    found = PersonalDataRequest.objects.annotate(owed=due, closed=closed).order_by("closed", "owed", "id")
    found = found.filter(state=state) if state else found
    pages = max(1, math.ceil(found.count() / PAGE))
    start = (min(page, pages) - 1) * PAGE
    return [row_of(one, today) for one in found[start : start + PAGE]], pages


def owed_by(day: date, today: date) -> list[Row]:
    """Open requests whose next step is owed by a day or earlier."""
    received = Q(state=RequestState.RECEIVED, acknowledge_by__lte=day)
    others = Q(state__in=OPEN - {RequestState.RECEIVED}, act_by__lte=day)
    return [row_of(one, today) for one in PersonalDataRequest.objects.filter(received | others).order_by("id")]


def handlers() -> list[int]:
    """Ids of the users who handle requests: administrators in force."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, valid_to=None, user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))


def row_of(request: PersonalDataRequest, today: date) -> Row:
    due = request.due
    kind = Mask.EMAIL if "@" in request.contact else Mask.PHONE
    late = due is not None and due < today
    return Row(request, mask(Mask.NAME, request.name), mask(kind, request.contact), due, late)


def moves(request: PersonalDataRequest) -> list[Move]:
    """What may be done with it now."""
    found = [move for state, move in TRANSITIONS if state == request.state]
    return [move for move in found if not (move is Move.EXTEND and request.extended_at)]


def looks_page(*, kind: str = "", subject: str = "", before: int | None = None) -> tuple[list[Look], int | None]:
    """Who opened what, newest first; `kind` and `subject` ask who has seen one subject."""
    found: QuerySet[AccessRecord] = AccessRecord.objects.order_by("-id")
    found = found.filter(subject_kind=kind) if kind else found
    found = found.filter(subject_id=subject) if subject else found
    rows = list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
    names = names_of_people(row.actor_id for row in rows[:PAGE])
    looks = [Look(row, names.get(row.actor_id, row.actor_id), ", ".join(row.fields)) for row in rows[:PAGE]]
    return looks, rows[PAGE - 1].pk if len(rows) > PAGE else None
