"""What each room's records say: firms measured before and after, people, councils, needs; on either map alike."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.steps import communes_of, heir_of, noon
from matxich.appraisal.actions import batches, concluding, decisions
from matxich.coaching.actions import following, measuring, selecting, working
from matxich.coaching.actions.people import record_post
from matxich.coaching.models import KpiReading, Participant
from matxich.indicators.queries.figures import Answer, Asked, answer
from matxich.indicators.queries.sources import source_of
from matxich.kit.actor import system_actor
from matxich.places.queries import chain
from matxich.programmes.models import Agreement
from matxich.proposals.models import Need
from matxich.rulebook.indicators.catalogue import catalogue
from tests import samples
from tests.appraisal.conftest import actor, bench, dossier, new_user  # noqa: F401 - a fixture
from tests.appraisal.test_flow import concluded, money
from tests.coaching.conftest import made, people  # noqa: F401 - fixtures
from tests.coaching.world import LISTED, STARTS, Made, a_firm
from tests.conftest import NOW, World
from tests.programmes.conftest import People
from tests.proposals.conftest import make_call
from tests.proposals.samples import need

TODAY = NOW.date()
LATER = noon(date(2027, 12, 1))


def told(code: str, on: date = TODAY, **more: object) -> Answer:
    return answer(Asked.of(code, on, "34", **more))


def value(code: str, on: date = TODAY) -> Decimal | None:
    return told(code, on).figure.value


def share(code: str, on: date = TODAY) -> tuple[Decimal | None, Decimal | None]:
    one = told(code, on)
    return one.numerator, one.denominator


def test_before_and_after_of_firms_that_were_verified(made: Made) -> None:  # noqa: F811
    assert [value(code) for code in ("C01", "C01a", "C02", "C02a")] == [71, 58, 19_000, 42_000]
    one = told("C01")
    assert one.records == (f"participant:{made.closed.pk}",)  # the firm in its weeks is in neither
    early = told("C01", date(2026, 11, 1))
    assert (early.figure.value, early.origin) == (None, "none")
    assert value("C07") is None  # nobody measured it: not known, never a nought


def test_a_zero_denominator_at_the_end_is_no_figure(made: Made, people: People) -> None:  # noqa: F811
    KpiReading.objects.filter(participant=made.closed, moment="end", measured__definition__code="oee").update(
        denominator=0, value=None, no_value="zero_denominator"
    )
    one = told("C01")
    assert (one.figure.value, one.records, one.origin) == (None, (), "none")
    assert value("C02") == 19_000


def test_a_definition_in_another_unit_is_not_mixed_into_a_figure(made: Made, people: People) -> None:  # noqa: F811
    """Somebody measures defects in hundredths in a later version: 1.9 is no 19,000."""
    measuring.define_version(
        code="defects", unit="%", better="down", scale=100, decimals=2, note="Theo phần trăm", by=people.owner, at=NOW
    )
    line = made.closed.baselines.get().kpis.get(definition__code="defects")
    line.definition = type(line.definition).objects.get(code="defects", version=2)
    line.save()
    KpiReading.objects.filter(measured=line, moment="base").update(value=Decimal("4.2"))
    KpiReading.objects.filter(measured=line, moment="end").update(value=Decimal("1.9"))
    assert [value(code) for code in ("C02", "C02a", "C01")] == [None, None, 71]


def later(made: Made, by: Any, code: str, top: int, below: int) -> None:  # noqa: F811
    line = made.closed.baselines.get().kpis.get(definition__code=code)
    measuring.enter_reading(
        measured=line, moment="m12", numerator=Decimal(top), denominator=Decimal(below),
        measured_on=date(2027, 11, 20), by=by, at=LATER,
    )  # fmt: skip


def test_four_fifths_of_a_gain_last(made: Made, people: People) -> None:  # noqa: F811
    """OEE rose by 13 points and keeps 11; defects fell by 23,000 and keep 17,000 of it."""
    assert share("C12") == (None, None)
    later(made, people.owner, "oee", 69, 100)
    later(made, people.owner, "defects", 25, 1000)
    on = date(2027, 11, 30)
    assert (*share("C12", on), value("C12", on)) == (1, 2, 50)


def test_what_firms_say_afterwards_and_what_was_seen_of_it(made: Made, people: People) -> None:  # noqa: F811
    assert [value(code) for code in ("C13", "C13a", "C15")] == [None, None, None]
    sales = {"market.new_sales": 5_000_000_000, "market.kept_sales": 1_000_000_000}
    said = following.answer(follow_up=made.follow_up, answers=sales, by=people.owner, at=NOW, base_version=1)
    assert [value(code) for code in ("C13", "C13a")] == [6, None]
    following.verify_figures(
        follow_up=said, figures={"market.new_sales": 4_000_000_000}, by=people.colleague, at=NOW,
        base_version=said.version,
    )  # fmt: skip
    assert [value(code) for code in ("C13", "C13a")] == [6, 4]
    end = made.closed.follow_ups.get(moment="end")
    following.answer(follow_up=end, answers={"firm.recommend": 9}, by=people.owner, at=NOW, base_version=1)
    assert (*share("C15"), value("C15")) == (1, 1, 100)


def test_the_funnel_the_wait_and_a_firm_that_drops_out(made: Made, people: People) -> None:  # noqa: F811
    assert [value(code) for code in ("B01", "B06", "B11a", "B11b", "B11c", "B11d", "B12")] == [
        1, 1, 3, 3, 3, 2, (STARTS - LISTED).days,
    ]  # fmt: skip
    assert share("B11") == (1, 3)
    firm = Participant.objects.get(pk=made.running.pk)
    selecting.drop(
        participant=firm, by=people.owner, at=noon(date(2026, 11, 11)), reason="Mất đơn hàng chính",
        base_version=firm.version,
    )  # fmt: skip
    assert Participant.objects.get(pk=firm.pk).left_week == 5
    # It was longlisted and begun all the same; it never finished.
    assert [value(code) for code in ("B01", "B06", "B11a", "B11d")] == [1, 1, 3, 2] and share("B11") == (1, 3)


def test_experts_days_and_posts(made: Made, people: People, world: World) -> None:  # noqa: F811
    assert value("B05") == 1  # the Vietnamese trainee; the foreign expert was trained by nobody here
    after = date(2026, 11, 25)
    assert told("B15", after).origin == "none"
    session = made.session
    working.hold_session(
        session=session, attendance={made.running.pk: 7}, by=people.owner, at=noon(after), base_version=session.version
    )
    assert [value(code, after) for code in ("B15", "B15a")] == [1, Decimal("0.5")]
    assert value("B15", after + timedelta(days=400)) == 0  # twelve months without a paid day
    for filled, on in ((2, date(2026, 1, 1)), (3, date(2026, 7, 1))):
        record_post(
            agency=world.agency, post="Chuyên viên", planned=4, filled=filled, on=on, source="Kế hoạch biên chế",  # type: ignore[arg-type]
            by=people.owner, at=NOW,
        )  # fmt: skip
    assert (value("H12", date(2026, 3, 1)), value("H12"), value("H12a")) == (2, 3, 75)


def test_councils_in_figures(bench: Callable[..., Any], world: World) -> None:  # noqa: F811
    line = money(world)
    leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, "leader")
    made = bench(kind="staff", dossiers=[dossier(1), dossier(2)], funding_line=line)  # noqa: F811
    assert (value("E01a"), told("E01b").origin, told("E03").origin) == (2, "none", "none")  # ballots are not open
    concluded(made, world, (90, 50))
    by = actor(world.owner)
    concluding.set_trim(case=made.cases[0], line="1", proposed=150_000_000, reason="giá cao", by=by, at=NOW)
    concluding.conclude_case(case=made.cases[0], conditions="", by=by, at=NOW)
    assert (value("E01b"), value("E03"), value("E05"), told("E01").origin) == (2, 100, 0, "none")
    made.batch.refresh_from_db()
    batch = batches.rank_batch(batch=made.batch, by=by, at=NOW, base_version=made.batch.version)
    one = decisions.draft_decision(batch=batch, by=by, at=NOW)
    one = decisions.submit_decision(decision=one, by=by, at=NOW, base_version=one.version)
    one = decisions.approve_decision(decision=one, by=actor(leader), at=NOW, base_version=one.version)
    assert told("E01").origin == "none"  # approved is not issued
    decisions.issue_decision(decision=one, number="15/QĐ-SCT", on=TODAY, paper=0, by=system_actor(), at=NOW)
    assert [value(code) for code in ("E01", "E01c", "E04", "E06", "D14")] == [
        1, Decimal("0.25"), Decimal("0.05"), Decimal("0.25"), 0,
    ]  # fmt: skip
    assert share("D15") == (250_000_000, 600_000_000)


def test_needs_that_were_sent(world: World) -> None:
    assert told("G07").origin == "none"
    samples.own_firm(world)
    need(world)
    assert (value("G07"), *share("G07a")) == (1, 0, 1)
    Need.objects.update(state="taken", call=make_call(world.agency))
    assert share("G07a") == (1, 1)
    Need.objects.update(state="draft", call=None)
    assert told("G07").origin == "none"


ADDITIVE = [
    code
    for code, one in catalogue().items()
    if one.kind in ("distinct", "count", "sum") and one.is_computed and "province" in one.splits
]
OLD = ("27", "26", "25", "35", "37", "79", "74", "48", "49", "31", "30")
"""Provinces that stayed, and several that became one."""


def totals(code: str, on: date) -> set[Decimal]:
    """The whole and the sums of its parts, on both maps and by region."""
    found = set()
    for edition, by in (("63", "province"), ("34", "province"), ("34", "region")):
        one = answer(Asked(code=code, on=on, edition=edition, by=by))  # type: ignore[arg-type]
        if one.origin == "records":
            assert one.figure.value is not None
            found |= {one.figure.value, sum((part.figure.value or Decimal() for part in one.parts), Decimal())}
    return found


def test_what_adds_up_is_the_same_on_both_maps_for_every_indicator(memorandum: Agreement, made: Made) -> None:  # noqa: F811
    counted = 0
    for code in ADDITIVE:
        assert source_of(code) is not None
        for on in (date(2022, 12, 31), date(2023, 9, 14), date(2023, 12, 31), TODAY):
            found = totals(code, on)
            assert len(found) <= 1, (code, on, found)
            counted += len(found)
    assert counted > 30


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(OLD), st.integers(0, 40), st.integers(0, 300)), max_size=8), st.data())
def test_sites_in_any_communes_add_up_on_both_maps(
    made: Made,  # noqa: F811
    people: People,  # noqa: F811
    told_of: list[tuple[str, int, int]],
    data: st.DataObject,
) -> None:
    template = Participant.objects.get(pk=made.closed.pk)
    with transaction.atomic():
        for old, place, days in told_of:
            commune = communes_of(old)[place % len(communes_of(old))]
            closed = date(2025, 10, 1) + timedelta(days=days)
            firm = a_firm("DN mẫu thêm", people.owner)
            one = replace_of(template, firm, commune, old, closed)
            one.save(force_insert=True)
        on = date(2025, 10, 1) + timedelta(days=data.draw(st.integers(0, 414)))
        for code in ("B01", "B02", "B11a", "B11b", "B11c", "B11d"):
            assert len(totals(code, on)) <= 1
        transaction.set_rollback(True)


def replace_of(template: Participant, firm: Any, commune: str, old: str, closed: date) -> Participant:
    heir = heir_of(commune)
    one = Participant.objects.get(pk=template.pk)
    one.pk = None
    one.enterprise, one.commune_63, one.commune_34, one.province_63 = firm, commune, heir, old
    one.province_34, one.closed_on = chain(heir)[-1], closed
    return one
