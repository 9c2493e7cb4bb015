"""H06, H11: reports handed in on time, readiness of provinces."""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from matxich.indicators.models import Readiness, Report
from matxich.indicators.queries.sources import Rows, Scope, source, splits_of
from matxich.rulebook.indicators.folding import Row
from matxich.rulebook.indicators.readiness import score


def _reports(*, on_time: bool) -> Rows:
    """Of the reports due by the day, those handed in, or handed in before they were due."""

    def rows(scope: Scope) -> list[Row]:
        due = Report.objects.filter(period__due_before__lte=scope.on).select_related("period").order_by("pk")
        found = []
        for one in due:
            day = timezone.localdate(one.first_submitted_at) if one.first_submitted_at else None
            limit = one.period.due_before
            handed_in = day is not None and (day < limit if on_time else day <= scope.on)
            splits = splits_of("", one.place, scope)
            found.append(Row(f"report:{one.pk}", f"report:{one.pk}", limit, Decimal(handed_in), splits=splits))
        return found

    return rows


source("H06", dated=True)(_reports(on_time=True))
source("H06a", dated=True)(_reports(on_time=False))


@source("H11", dated=True, silent=True)
def readiness(scope: Scope) -> list[Row]:
    """One for each province that answered: how many criteria it meets."""
    answers: dict[str, dict[str, bool]] = defaultdict(dict)
    first: dict[str, Readiness] = {}
    for one in Readiness.objects.filter(as_of__lte=scope.on).order_by("as_of", "pk"):
        answers[one.place][one.criterion] = one.met
        first.setdefault(one.place, one)
    rows = []
    for place, told in answers.items():
        found = score(told)
        if found is not None:
            splits = splits_of("", place, scope)
            rows.append(
                Row(f"readiness:{place}", f"readiness:{place}", first[place].as_of, Decimal(found.met), splits=splits)
            )
    return rows
