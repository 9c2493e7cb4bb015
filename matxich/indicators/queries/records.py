"""The records under a figure: names and places for those who may see them, a count for the rest."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from matxich.appraisal.models import Case
from matxich.coaching.models import Cohort, Enrolment, ExpertDay, FollowUp, MeasuredKpi, Participant, Person, StaffPost
from matxich.indicators.models import Report, ReportedFigure
from matxich.indicators.permissions import may_open_records
from matxich.indicators.queries.names import place_name
from matxich.kit.actor import Actor
from matxich.kit.templatetags.mx import day
from matxich.places.models import Zone
from matxich.policy.models import SupportGiven
from matxich.programmes.models import Agreement, FundingLine, Programme
from matxich.proposals.models import Need
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `rebuilt`: made after a press article. `closed`: it lies outside the reader's territory."""

    key: str
    name: str
    what: str
    place: str
    on: str
    url: str = ""
    rebuilt: str = ""
    closed: bool = False


def lines_of(keys: Sequence[str], actor: Actor) -> list[Line]:
    """In the order given. One query a kind of record."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _sep, pk = key.partition(":")
        wanted[kind].append(pk)
    found: dict[str, tuple[str, Line]] = {}
    for kind, pks in wanted.items():
        read = _READ.get(kind)
        if read:
            found.update({line.key: (place, line) for place, line in read(pks)})
    return [_shown(key, found.get(key), actor) for key in keys]


def _shown(key: str, told: tuple[str, Line] | None, actor: Actor) -> Line:
    if told is None:
        return Line(key, key, "", "", "")
    place, line = told
    if place == OPEN or may_open_records(actor, place):
        return line
    return Line(
        key, _("Hồ sơ ngoài địa bàn của bạn"), line.what, line.place, line.on, rebuilt=line.rebuilt, closed=True
    )


OPEN = "*"
"""What every reader of figures may see: zones, agreements, programmes, figures told by others."""


def _numbers(pks: Sequence[str]) -> list[int]:
    return [int(pk) for pk in pks if pk.isdecimal()]


def _address(route: str, *args: object) -> str:
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def _firms(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Enterprise.objects.filter(pk__in=_numbers(pks)).only("pk", "name", "province_34", "as_of")
    return [
        (
            one.province_34,
            Line(
                f"enterprise:{one.pk}", one.name, _("Doanh nghiệp"), place_name(one.province_34, "34"), day(one.as_of),
                _address("registry:firm", make_registry_id(one.pk)),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _participants(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Participant.objects.filter(pk__in=_numbers(pks)).select_related("enterprise", "cohort")
    return [(one.province_34, _participant(one, f"participant:{one.pk}", one.closed_on)) for one in rows]


def _participant(one: Participant, key: str, on: Any) -> Line:
    return Line(
        key, one.enterprise.name, _("Đợt %(label)s") % {"label": one.cohort.label},
        place_name(one.province_34, "34"), day(on or one.started_on or one.longlisted_on),
        _address("coaching:participant", one.pk), one.cohort.rebuilt_from,
    )  # fmt: skip


def _follow_ups(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = FollowUp.objects.filter(pk__in=_numbers(pks)).select_related(
        "participant__enterprise", "participant__cohort"
    )
    return [
        (one.participant.province_34, _participant(one.participant, f"follow_up:{one.pk}", one.due_on)) for one in rows
    ]


def _measured(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = MeasuredKpi.objects.filter(pk__in=_numbers(pks)).select_related(
        "baseline__participant__enterprise", "baseline__participant__cohort"
    )
    told = ((one, one.baseline.participant) for one in rows)
    return [(firm.province_34, _participant(firm, f"measured:{one.pk}", firm.closed_on)) for one, firm in told]


def _cohorts(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Cohort.objects.filter(pk__in=_numbers(pks))
    return [
        (
            OPEN,
            Line(
                f"cohort:{one.pk}", one.title, _("Đợt"), place_name(one.place, "34") or _("Cả nước"),
                day(one.starts_on), _address("coaching:cohort", one.pk), one.rebuilt_from,
            ),
        )
        for one in rows
    ]  # fmt: skip


def _person_line(one: Person, key: str, on: Any) -> tuple[str, Line]:
    place = place_name(one.province_34, "34")
    return one.province_34, Line(
        key, one.name, _("Người được đào tạo"), place, day(on), _address("coaching:person", one.pk), one.rebuilt_from
    )


def _people(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Person.objects.filter(pk__in=_numbers(pks))
    return [_person_line(one, f"person:{one.pk}", one.certified_on or one.nominated_on) for one in rows]


def _enrolments(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Enrolment.objects.filter(pk__in=_numbers(pks)).select_related("person")
    return [_person_line(one.person, f"enrolment:{one.pk}", one.completed_on) for one in rows]


def _expert_days(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = ExpertDay.objects.filter(pk__in=_numbers(pks)).select_related("person")
    return [_person_line(one.person, f"expert_day:{one.pk}", one.on) for one in rows]


def _posts(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = StaffPost.objects.filter(pk__in=_numbers(pks)).select_related("agency")
    return [
        (OPEN, Line(f"post:{one.pk}", one.post, one.agency.name, place_name(one.agency.place[:2], "34"), day(one.on)))
        for one in rows
    ]


def _zones(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Zone.objects.filter(pk__in=_numbers(pks))
    return [
        (
            OPEN,
            Line(
                f"zone:{one.pk}", str(one), one.get_kind_display(), place_name(one.province_34, "34"),
                day(one.valid_from), _address("zones:zone", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _supports(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = SupportGiven.objects.filter(pk__in=_numbers(pks))
    return [
        (
            one.province,
            Line(
                f"support:{one.pk}", one.name, one.title, place_name(one.province, "34"),
                day(one.decided_on) if one.decided_on else str(one.year), _address("policy:given"),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _agreements(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Agreement.objects.filter(pk__in=_numbers(pks))
    return [
        (
            OPEN,
            Line(
                f"agreement:{one.pk}", one.title, _("Thỏa thuận"), "", day(one.signed_on),
                _address("programmes:agreement", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _programmes(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Programme.objects.filter(pk__in=_numbers(pks))
    return [
        (
            OPEN,
            Line(
                f"programme:{one.pk}", one.name, _("Chương trình"), place_name(one.place[:2], "34"), day(one.starts),
                _address("programmes:programme", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _lines(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = FundingLine.objects.filter(pk__in=_numbers(pks)).select_related("programme")
    return [
        (
            one.programme.place[:2],
            Line(
                f"line:{one.pk}", one.name, one.programme.name, place_name(one.programme.place[:2], "34"),
                str(one.year), _address("programmes:line", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _cases(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Case.objects.filter(pk__in=_numbers(pks))
    return [
        (
            one.province,
            Line(
                f"case:{one.pk}", one.title, one.organisation, place_name(one.province, "34"), day(one.opened_at),
                _address("appraisal:case", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _needs(pks: Sequence[str]) -> list[tuple[str, Line]]:
    """The title alone: whose need it is stands on its own page, for those who may open it."""
    rows = Need.objects.filter(pk__in=_numbers(pks))
    return [
        (
            one.province,
            Line(
                f"need:{one.pk}", one.title, _("Nhu cầu hỗ trợ"), place_name(one.province, "34"), day(one.sent_at),
                _address("proposals:need", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _reports(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = Report.objects.filter(pk__in=_numbers(pks)).select_related("agency", "period")
    return [
        (
            one.place,
            Line(
                f"report:{one.pk}", one.agency.name, one.period.title, place_name(one.place, "34"),
                day(one.first_submitted_at), _address("indicators:report", one.pk),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _readiness(places: Sequence[str]) -> list[tuple[str, Line]]:
    return [
        (
            OPEN,
            Line(
                f"readiness:{place}", place_name(place, "34"), _("Mức độ sẵn sàng"), place_name(place, "34"), "",
                _address("indicators:readiness"),
            ),
        )
        for place in places
    ]  # fmt: skip


def _reported(pks: Sequence[str]) -> list[tuple[str, Line]]:
    rows = ReportedFigure.objects.filter(pk__in=_numbers(pks))
    return [
        (
            OPEN,
            Line(
                f"reported:{one.pk}", one.source, _("Số liệu báo cáo có nguồn"),
                place_name(one.place, one.edition),  # type: ignore[arg-type]
                day(one.as_of), "", one.source if one.rebuilt else "",
            ),
        )
        for one in rows
    ]  # fmt: skip


_READ: dict[str, Callable[[Sequence[str]], list[tuple[str, Line]]]] = {
    "enterprise": _firms,
    "participant": _participants,
    "follow_up": _follow_ups,
    "measured": _measured,
    "cohort": _cohorts,
    "person": _people,
    "enrolment": _enrolments,
    "expert_day": _expert_days,
    "post": _posts,
    "zone": _zones,
    "support": _supports,
    "agreement": _agreements,
    "programme": _programmes,
    "line": _lines,
    "case": _cases,
    "need": _needs,
    "report": _reports,
    "readiness": _readiness,
    "reported": _reported,
}
