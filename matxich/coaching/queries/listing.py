"""Rounds in a list, each with what the reader may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matxich.coaching.models import Cohort
from matxich.coaching.permissions import may_create_cohort, seen_cohorts, seen_participants
from matxich.coaching.queries.showing import current_week, place_of
from matxich.coaching.states import LEFT, STARTED, CohortState, ParticipantState
from matxich.kit.actor import Actor
from matxich.kit.display import Link
from matxich.kit.verdict import Verdict
from matxich.rulebook.vietnamese.text import fold, squeeze

PAGE = 50
GROUPS = {
    "": (),
    "chon": (CohortState.PLANNED, CohortState.SCREENING, CohortState.SELECTING),
    "dang": (CohortState.RUNNING, CohortState.CLOSING),
    "xong": (CohortState.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`inside`, `started`, `finished`: firms the reader may see."""

    cohort: Cohort
    place: str
    inside: int
    started: int
    finished: int
    week: int | None


@dataclass(frozen=True, slots=True)
class ListPage:
    rows: list[Row]
    text: str
    groups: list[Link]
    next_url: str
    may_create: Verdict


def list_page(params: Mapping[str, str], actor: Actor, today: date) -> ListPage:
    """Parameters: q, tt (chon, dang, xong), trang. A handful of queries, however many rounds."""
    text = squeeze(params.get("q", ""))[:80]
    group = params.get("tt", "") if params.get("tt", "") in GROUPS else ""
    page = int(params["trang"]) if params.get("trang", "").isdecimal() and 0 < len(params["trang"]) < 5 else 1
    found = seen_cohorts(actor)
    if text:
        wanted = fold(text)
        told = found.order_by().values_list("pk", "code", "title", "label")
        found = found.filter(pk__in=[pk for pk, *names in told if any(wanted in fold(name) for name in names)])
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    chosen = found.filter(state__in=GROUPS[group]) if group else found
    rows = list(chosen.select_related("agency", "sponsor")[(max(page, 1) - 1) * PAGE : max(page, 1) * PAGE + 1])

    def url(tt: str, trang: int = 1) -> str:
        told = "&".join(
            f"{name}={value}"
            for name, value in (("q", text), ("tt", tt), ("trang", trang if trang > 1 else ""))
            if value
        )
        return f"{reverse('coaching:cohorts')}{'?' if told else ''}{told}"

    labels = {"": _("Tất cả"), "chon": _("Đang lựa chọn"), "dang": _("Đang tư vấn"), "xong": _("Đã kết thúc")}
    groups = [
        Link(
            labels[key],
            url(key),
            sum(counts.values()) if not key else sum(counts.get(s, 0) for s in states),
            key == group,
        )
        for key, states in GROUPS.items()
    ]
    return ListPage(
        rows=_rows(rows[:PAGE], actor, today),
        text=text,
        groups=groups,
        next_url=url(group, page + 1) if len(rows) > PAGE else "",
        may_create=may_create_cohort(actor),
    )


def _rows(cohorts: list[Cohort], actor: Actor, today: date) -> list[Row]:
    seen = seen_participants(actor).filter(cohort__in=cohorts).order_by().values("cohort")
    counted = {
        row["cohort"]: row
        for row in seen.annotate(
            inside=Count("pk", filter=~Q(state__in=LEFT), distinct=True),
            begun=Count("pk", filter=Q(state__in=STARTED), distinct=True),
            done=Count("pk", filter=Q(state=ParticipantState.CLOSED), distinct=True),
        )
    }
    return [
        Row(
            cohort=cohort,
            place=place_of(cohort.place),
            inside=counted.get(cohort.pk, {}).get("inside", 0),
            started=counted.get(cohort.pk, {}).get("begun", 0),
            finished=counted.get(cohort.pk, {}).get("done", 0),
            week=current_week(cohort, today) if cohort.state == CohortState.RUNNING else None,
        )
        for cohort in cohorts
    ]
