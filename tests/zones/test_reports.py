from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from matxich.kit.actor import Actor
from matxich.kit.refusals import Denied, Stale
from matxich.registry.actions import create_enterprise, source_named
from matxich.rulebook.zones.periods import parse
from matxich.zones.actions import reports as actions
from matxich.zones.actions.facts import BadDay, BadFigures
from matxich.zones.models import ZoneFact, ZoneReport
from matxich.zones.queries import known_of
from matxich.zones.queries.report_page import report_page
from matxich.zones.queries.reports import period_standing, zone_period
from tests.conftest import NOW, World
from tests.zones.conftest import Zones

HALF = parse("2026-H1")
TYPED = {
    "established_area": "60", "industrial_area": "40", "leased_area": "30", "wastewater": "operating",
    "tenants": "12", "workers": "1.200", "revenue": "800 tỷ",
}  # fmt: skip
TENANT = {"status": "operating", "rented_area": "1,5", "workers": "90", "revenue": "40 tỷ"}


def opened(zones: Zones, by: Actor, **told: object) -> ZoneReport:
    whole = {
        "zone": zones.cluster, "period": HALF, "form": "developer", "reporter": "Công ty Hạ tầng Mẫu", "tax_code": "",
        "paper": "15/BC", "received_on": date(2026, 6, 19), "by": by, "at": NOW,
    }  # fmt: skip
    return actions.open_report(**(whole | told))  # type: ignore[arg-type]


def saved(report: ZoneReport, by: Actor, typed: dict[str, str]) -> ZoneReport:
    return actions.save_report(report=report, typed=typed, by=by, at=NOW, base_version=report.version)


def submitted(report: ZoneReport, by: Actor, typed: dict[str, str]) -> ZoneReport:
    report = saved(report, by, typed)
    return actions.submit_report(report=report, by=by, at=NOW, base_version=report.version)


def accepted(report: ZoneReport, by: Actor, typed: dict[str, str]) -> ZoneReport:
    report = submitted(report, by, typed)
    return actions.accept_report(report=report, by=by, at=NOW, base_version=report.version)


def test_an_accepted_form_becomes_facts_of_the_zone_as_of_the_periods_end(zones: Zones, system: Actor) -> None:
    report = accepted(opened(zones, system), system, TYPED)
    known = known_of([zones.cluster], date(2026, 6, 14))[0]
    assert (known.occupancy, known.values["workers"], known.values["operator"]) == (
        Decimal("0.75"), 1200, "Công ty Hạ tầng Mẫu",
    )  # fmt: skip
    revenue = known.facts["revenue"]
    assert (revenue.value, revenue.since, revenue.as_of, revenue.report) == (
        800_000_000_000, date(2025, 12, 15), date(2026, 6, 14), report,
    )  # fmt: skip
    assert revenue.source == "Báo cáo 6 tháng đầu năm 2026 của Công ty Hạ tầng Mẫu, 15/BC"
    assert known_of([zones.cluster], date(2026, 6, 13))[0].values == {}


def test_nothing_counts_before_it_is_accepted(zones: Zones, system: Actor) -> None:
    submitted(opened(zones, system), system, TYPED)
    assert ZoneFact.objects.count() == 0


def test_a_form_that_lacks_something_is_not_handed_in_and_says_what(zones: Zones, system: Actor) -> None:
    report = saved(opened(zones, system), system, TYPED | {"leased_area": "41", "workers": ""})
    with pytest.raises(BadFigures) as refused:
        actions.submit_report(report=report, by=system, at=NOW, base_version=report.version)
    assert refused.value.faults == {
        "leased_area": "Không thể lớn hơn diện tích đất công nghiệp.",
        "workers": "Mục này cần có trước khi gửi.",
    }
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_form_states_figures_plainly(zones: Zones, system: Actor) -> None:
    with pytest.raises(BadFigures) as refused:
        saved(opened(zones, system), system, {"workers": "khoảng 1.200", "leased_area": "nhiều"})
    assert refused.value.faults == {
        "workers": "Báo cáo ghi đúng số, không ghi khoảng, trên, dưới.",
        "leased_area": "“nhiều” không đọc được thành một số.",
    }


def test_returned_with_notes_mended_and_accepted_again_the_last_word_counts(zones: Zones, system: Actor) -> None:
    report = accepted(opened(zones, system), system, TYPED)
    report = actions.return_report(
        report=report, notes={"workers": "Xem lại", "": "Thiếu chữ ký", "bịa": "x", "tenants": " "}, by=system, at=NOW,
        base_version=report.version,
    )  # fmt: skip
    assert (report.state, report.notes) == ("returned", {"workers": "Xem lại", "": "Thiếu chữ ký"})
    assert known_of([zones.cluster], date(2026, 6, 14))[0].values["workers"] == 1200
    report = accepted(report, system, TYPED | {"workers": "1.300"})
    assert (report.notes, known_of([zones.cluster], date(2026, 6, 14))[0].values["workers"]) == ({}, 1300)
    assert [fact.value for fact in ZoneFact.objects.filter(field="workers")] == [1200, 1300]


def test_a_form_is_returned_with_what_is_to_be_mended_or_not_at_all(zones: Zones, system: Actor) -> None:
    report = submitted(opened(zones, system), system, TYPED)
    with pytest.raises(actions.NothingToMend):
        actions.return_report(report=report, notes={"": " "}, by=system, at=NOW, base_version=report.version)


@pytest.mark.parametrize(
    ("received", "late"), [(date(2026, 6, 19), False), (date(2026, 6, 20), True), (date(2026, 11, 20), True)]
)
def test_late_is_by_the_day_the_first_version_came_in(zones: Zones, system: Actor, received: date, late: bool) -> None:
    report = submitted(opened(zones, system, received_on=received), system, TYPED)
    assert report_page(report, system).late is late
    report = actions.return_report(report=report, notes={"": "Sửa"}, by=system, at=NOW, base_version=report.version)
    assert report_page(submitted(report, system, TYPED), system).late is late


def test_the_day_of_receipt_is_today_in_viet_nam_at_the_latest(zones: Zones, system: Actor) -> None:
    """A new day begins there at 17:00 UTC."""
    with pytest.raises(BadDay):
        opened(zones, system, at=datetime(2026, 6, 18, 16, 59, tzinfo=UTC))
    assert opened(zones, system, at=datetime(2026, 6, 18, 17, 0, tzinfo=UTC)).received_on == date(2026, 6, 19)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"received_on": date(2026, 11, 21)}, BadDay),
        ({"received_on": date(2025, 12, 14)}, BadDay),
        ({"reporter": " "}, actions.NamelessReporter),
        ({"tax_code": "0100233480"}, BadFigures),
    ],
)
def test_bad_input_opens_no_form(zones: Zones, system: Actor, told: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        opened(zones, system, **told)
    assert ZoneReport.objects.count() == 0


def test_an_industrial_zone_is_not_asked_for_the_clusters_form(zones: Zones, system: Actor) -> None:
    with pytest.raises(actions.NotObliged):
        opened(zones, system, zone=zones.park)


def test_one_form_a_reporter_and_period(zones: Zones, system: Actor) -> None:
    first = opened(zones, system)
    with pytest.raises(actions.AlreadyReported) as refused:
        opened(zones, system, reporter="Tên khác")
    assert refused.value.existing == first
    one = opened(zones, system, form="tenant", reporter="Cơ khí Mẫu")
    with pytest.raises(actions.AlreadyReported) as refused:
        opened(zones, system, form="tenant", reporter="CƠ KHÍ  MẪU")
    assert refused.value.existing == one
    opened(zones, system, form="tenant", reporter="Cơ khí Mẫu", tax_code="0100233488")
    opened(zones, system, period=parse("2026-Y"))


def test_two_officers_at_one_form_are_told(zones: Zones, system: Actor) -> None:
    report = opened(zones, system)
    version = report.version
    saved(report, system, TYPED)
    with pytest.raises(Stale):
        actions.save_report(report=report, typed={}, by=system, at=NOW, base_version=version)


def test_what_the_state_does_not_allow_is_refused(zones: Zones, system: Actor) -> None:
    report = opened(zones, system)
    for act in (actions.accept_report, lambda **told: actions.return_report(notes={"": "x"}, **told)):
        with pytest.raises(actions.WrongState):
            act(report=report, by=system, at=NOW, base_version=report.version)
    done = accepted(report, system, TYPED)
    with pytest.raises(actions.WrongState):
        saved(done, system, {})


def test_officers_of_another_province_handle_no_form(
    zones: Zones, world: World, as_actor: Callable[[object], Actor]
) -> None:
    report = opened(zones, as_actor(world.owner))
    assert saved(report, as_actor(world.colleague), TYPED).values["workers"] == 1200
    report.refresh_from_db()
    for person in (world.stranger, world.viewer, world.enterprise, world.administrator):
        with pytest.raises(Denied):
            saved(report, as_actor(person), {})
        with pytest.raises(Denied):
            opened(zones, as_actor(person), period=parse("2026-Y"))


def test_who_has_not_reported_stands_first_with_days_left(
    zones: Zones, world: World, as_actor: Callable[[object], Actor]
) -> None:
    owner = as_actor(world.owner)
    accepted(opened(zones, owner), owner, TYPED)
    told = period_standing(HALF, date(2026, 6, 18), owner)
    assert [(row.zone, row.state, row.late, row.is_waiting) for row in told.rows] == [
        (zones.second, "missing", False, True),
        (zones.cluster, "accepted", False, False),
    ]
    assert (told.days_left, told.accepted, told.waiting) == (2, 1, 1)
    assert period_standing(HALF, date(2026, 6, 20), owner).rows[0].late is True
    assert {row.zone for row in period_standing(HALF, NOW.date(), as_actor(world.ministry)).rows} == {
        zones.cluster, zones.second, zones.far,
    }  # fmt: skip
    old_map = period_standing(HALF, NOW.date(), owner, edition="63", province="30")
    assert [row.zone for row in old_map.rows] == [zones.second]


def test_tenants_known_and_silent_and_the_sums_beside_the_developers(zones: Zones, system: Actor) -> None:
    source = source_named(name="Danh sách", by=system, at=NOW)

    def tenant(name: str, code: str) -> object:
        facts = {"name": name, "tax_code": code, "zone": str(zones.cluster)}
        return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=system, at=NOW)

    heard, silent = tenant("Cơ khí Một", "0100233488"), tenant("Nhựa Hai", "0100109106")
    accepted(opened(zones, system), system, TYPED | {"workers": "100"})
    accepted(opened(zones, system, form="tenant", reporter="CK Một", tax_code="0100233488"), system, TENANT)
    accepted(opened(zones, system, form="tenant", reporter="Không có hồ sơ"), system, TENANT | {"workers": "20"})
    submitted(opened(zones, system, form="tenant", reporter="Chờ"), system, TENANT)
    page = zone_period(zones.cluster, HALF, NOW.date())
    assert (page.silent, [one.enterprise for one in page.tenants if one.enterprise]) == ([silent], [heard])
    sums = {one.total.code: (one.total.sum, one.total.stated, one.developer, one.differs) for one in page.comparisons}
    assert sums == {
        "rented_area": (Decimal("3.0"), 2, Decimal(30), False),
        "workers": (Decimal(110), 2, Decimal(100), True),
        "revenue": (Decimal(80_000_000_000), 2, Decimal(800_000_000_000), False),
    }  # fmt: skip
    row = next(row for row in period_standing(HALF, NOW.date(), system).rows if row.zone == zones.cluster)
    assert (row.tenants_in, row.tenants_known) == (3, 2)
