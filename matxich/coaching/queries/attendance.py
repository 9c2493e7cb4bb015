"""How much of a course somebody was there for."""

from dataclasses import dataclass
from decimal import Decimal

from matxich.coaching.models import CourseAttendance, Enrolment


@dataclass(frozen=True, slots=True)
class Came:
    """Hours somebody was there, of the hours held; `percent` floored, None before the first day."""

    hours: Decimal
    of: Decimal

    @property
    def percent(self) -> int | None:
        return int(self.hours * 100 // self.of) if self.of else None


def attendance_of(enrolment: Enrolment) -> Came:
    return attendances([enrolment])[enrolment.pk]


def attendances(enrolments: list[Enrolment]) -> dict[int, Came]:
    """One query for all of them."""
    hours: dict[int, list[tuple[Decimal, bool]]] = {one.pk: [] for one in enrolments}
    rows = CourseAttendance.objects.filter(enrolment__in=list(hours)).values_list(
        "enrolment_id", "day__hours", "present"
    )
    for enrolment, length, present in rows:
        hours[enrolment].append((length, present))
    return {
        pk: Came(
            sum((length for length, present in days if present), Decimal(0)),
            sum((length for length, _present in days), Decimal(0)),
        )
        for pk, days in hours.items()
    }
