"""Money of a line: two people, never more than there is, the same key once, entries nobody can change."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matxich.kit.refusals import Denied, Refusal
from matxich.ledger.models import Entry as LedgerEntry
from matxich.programmes.actions import money
from matxich.programmes.actions import programmes as actions
from matxich.programmes.models import Commitment, FundingLine, MoneyEntry
from matxich.programmes.queries.money import LineTotals, commitments_of, line_totals, reconciled, walked
from tests.conftest import NOW
from tests.programmes.conftest import MILLION, committed, line_of, running

DAY = date(2026, 3, 2)


@pytest.fixture
def line(world, people):
    return line_of(running(world, people), people)


def figures(line: FundingLine) -> tuple[int, int, int, int]:
    line.refresh_from_db()
    return line.budget // MILLION, line.committed // MILLION, line.paid // MILLION, line.free // MILLION


@pytest.mark.django_db
def test_a_year_of_a_line(line, people):
    commitment = committed(line, people, millions=300)
    assert figures(line) == (1_000, 300, 0, 700)
    told = {"by": people.finance, "at": NOW}
    money.pay(commitment=commitment, amount=200 * MILLION, decision_no="UNC 1", on=DAY, **told)
    money.repay(commitment=commitment, amount=50 * MILLION, decision_no="UNC 2", on=DAY, reason="Chi thừa", **told)
    money.release(commitment=commitment, amount=150 * MILLION, reason="Giảm khối lượng", **told)
    money.withdraw_allotment(line=line, amount=600 * MILLION, decision_no="9/QĐ", on=DAY, reason="Điều chỉnh", **told)
    assert figures(line) == (400, 150, 150, 250)
    commitment.refresh_from_db()
    assert (commitment.released, commitment.paid, commitment.unpaid) == (150 * MILLION, 150 * MILLION, 0)
    totals = reconciled(line)
    assert (totals.budget, totals.committed, totals.paid) == (line.budget, line.committed, line.paid)
    assert walked(line.entries.order_by("pk")).agrees_with(line)
    kinds = list(line.entries.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["allot", "commit", "pay", "repay", "release", "withdraw_allotment"]


@pytest.mark.django_db
def test_history_says_who_how_much_and_what_was_before(line, people):
    committed(line, people)
    entry = LedgerEntry.objects.get(action="funding_line.commit")
    assert (entry.actor_id, entry.place, entry.before) == (people.finance.id, "31", {"committed": 0})
    assert entry.after["committed"] == 300 * MILLION
    assert (entry.after["key"], entry.after["made_by"]) == ("decision:1", people.owner.id)
    assert "Cơ khí Mẫu" not in str(entry.after)


@pytest.mark.django_db
def test_never_more_than_there_is(line, people):
    with pytest.raises(money.NotEnoughMoney) as refused:
        committed(line, people, millions=1_001)
    assert (refused.value.asked, refused.value.available) == (1_001 * MILLION, 1_000 * MILLION)
    assert "1.000.000.000" in str(refused.value) and "1.001.000.000" in str(refused.value)
    commitment = committed(line, people, millions=1_000)
    told = {"by": people.finance, "at": NOW, "amount": 1, "reason": "x"}
    for act in (
        lambda: committed(line, people, millions=1, key="decision:2"),
        lambda: money.withdraw_allotment(line=line, decision_no="1", on=DAY, **told),
        lambda: money.repay(commitment=commitment, decision_no="1", on=DAY, **told),
        lambda: money.pay(commitment=commitment, decision_no="1", on=DAY, **(told | {"amount": 1_000 * MILLION + 1})),
        lambda: money.release(commitment=commitment, **(told | {"amount": 1_000 * MILLION + 1})),
    ):
        with pytest.raises(money.NotEnoughMoney):
            act()
    assert figures(line) == (1_000, 1_000, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [0, -1, -300 * MILLION, 10**15 + 1])
def test_no_amount_is_nothing_negative_or_absurd(line, people, amount):
    with pytest.raises(money.BadMoney) as refused:
        money.commit(
            line=line, amount=amount, owner=("decision", 1), key="k", label="x", made_by=people.owner.id,
            by=people.finance, at=NOW,
        )  # fmt: skip
    assert refused.value.field == "amount"
    with pytest.raises(money.BadMoney):
        money.allot(line=line, amount=amount, decision_no="1", on=DAY, by=people.finance, at=NOW)
    assert figures(line) == (1_000, 0, 0, 1_000)


@pytest.mark.django_db
def test_allotments_together_stay_below_what_a_line_can_hold(line, people):
    with pytest.raises(money.BadMoney):
        money.allot(line=line, amount=10**15, decision_no="1", on=DAY, by=people.finance, at=NOW)


@pytest.mark.django_db
def test_whoever_made_it_does_not_confirm_it(line, people):
    told = {"line": line, "amount": 1, "owner": ("decision", 1), "key": "k", "label": "x", "at": NOW}
    for made_by in (people.finance.id, ""):
        with pytest.raises(money.SamePerson):
            money.commit(**told, made_by=made_by, by=people.finance)
    assert figures(line) == (1_000, 0, 0, 1_000)


@pytest.mark.django_db
def test_the_database_itself_wants_two_people_and_an_amount(line, people):
    commitment = committed(line, people)
    for broken in (
        {"confirmed_by": commitment.made_by}, {"paid": 301 * MILLION}, {"released": -1}, {"amount": 0}, {"key": ""},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=commitment.pk).update(**broken)
    for broken in ({"committed": 1_001 * MILLION}, {"paid": 301 * MILLION}, {"paid": -1}, {"budget": 299 * MILLION}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FundingLine.objects.filter(pk=line.pk).update(**broken)


@pytest.mark.django_db
def test_the_same_decision_commits_once(line, people):
    first = committed(line, people)
    assert committed(line, people) == first
    assert figures(line) == (1_000, 300, 0, 700)
    with pytest.raises(money.KeyTaken) as refused:
        committed(line, people, millions=200)
    assert refused.value.existing == first
    other = line_of(line.programme, people, name="Khác")
    with pytest.raises(money.KeyTaken):
        committed(other, people)
    assert list(commitments_of(("decision", 1))) == [first]


@pytest.mark.django_db
def test_a_form_sent_twice_is_written_once(line, people):
    told = {
        "line": line,
        "amount": MILLION,
        "decision_no": "1",
        "on": DAY,
        "by": people.finance,
        "at": NOW,
        "key": "form:1",
    }
    first = money.allot(**told)
    assert money.allot(**told) == first
    assert figures(line) == (1_001, 0, 0, 1_001)
    with pytest.raises(money.KeyTaken):
        money.allot(**(told | {"amount": 2 * MILLION}))


@pytest.mark.django_db
def test_papers_and_reasons_are_asked_for(line, people):
    told = {"line": line, "amount": 1, "by": people.finance, "at": NOW}
    cases = (
        ("decision_no", {"decision_no": " ", "on": DAY}),
        ("on", {"decision_no": "1", "on": NOW.date() + timedelta(days=1)}),
    )  # fmt: skip
    for field, broken in cases:
        with pytest.raises(money.BadMoney) as refused:
            money.allot(**told, **broken)
        assert refused.value.field == field
    with pytest.raises(money.BadMoney) as refused:
        money.withdraw_allotment(**told, decision_no="1", on=DAY, reason=" ")
    assert refused.value.field == "reason"


@pytest.mark.django_db
def test_who_may_move_money(line, people):
    """Finance, heads and leaders of the department; nobody else, of whatever place."""
    told = {"line": line, "amount": 1, "decision_no": "1", "on": DAY, "at": NOW}
    for allowed in (people.finance, people.head, people.leader):
        money.allot(by=allowed, **told)
    for refused in (
        people.owner, people.colleague, people.stranger, people.ministry, people.viewer, people.firm,
        people.administrator,
    ):  # fmt: skip
        with pytest.raises(Denied):
            money.allot(by=refused, **told)
        with pytest.raises(Denied):
            money.commit(
                line=line, amount=1, owner=("decision", 9), key="k", label="x", made_by=people.leader.id, by=refused,
                at=NOW,
            )  # fmt: skip


@pytest.mark.django_db
def test_a_programme_that_does_not_run_promises_nothing_and_pays_what_it_promised(world, people):
    programme = running(world, people)
    line = line_of(programme, people)
    commitment = committed(line, people)
    actions.close_programme(
        programme=programme, by=people.head, at=NOW, reason="Hết giai đoạn", base_version=programme.version
    )
    with pytest.raises(money.ProgrammeNotRunning):
        committed(line, people, key="decision:2")
    with pytest.raises(money.ProgrammeNotRunning):
        money.allot(line=line, amount=1, decision_no="1", on=DAY, by=people.finance, at=NOW)
    assert committed(line, people) == commitment
    money.pay(commitment=commitment, amount=MILLION, decision_no="1", on=DAY, by=people.finance, at=NOW)
    assert figures(line) == (1_000, 300, 1, 700)


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_movement(line, people):
    entry = MoneyEntry.objects.get()
    for statement in (
        lambda: MoneyEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: MoneyEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            statement()
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            columns = "id, line_id, kind, amount, decision_no, reason, 'on', by, at"
            cursor.execute(
                f"INSERT OR REPLACE INTO programmes_moneyentry ({columns}) "
                "VALUES (%s, %s, 'allot', 1, '', '', '2026-01-01', 'x', '2026-01-01')",
                [entry.pk, line.pk],
            )
    assert MoneyEntry.objects.get().amount == 1_000 * MILLION


@pytest.mark.django_db
def test_totals_of_many_lines(line, people):
    other = line_of(line.programme, people, name="Khác", millions=500)
    committed(line, people)
    line.refresh_from_db()
    expected = LineTotals(1_500 * MILLION, 300 * MILLION, 0)
    assert line_totals(line.programme) == line_totals([line, other]) == expected
    assert (expected.free, expected.unpaid) == (1_200 * MILLION, 300 * MILLION)
    assert line_totals(FundingLine.objects.none()) == LineTotals()


@pytest.mark.django_db
def test_a_book_that_was_tampered_with_is_seen(line, people):
    committed(line, people)
    FundingLine.objects.filter(pk=line.pk).update(committed=200 * MILLION)
    line.refresh_from_db()
    assert not walked(line.entries.order_by("pk")).agrees_with(line)


class AnySequence(TestCase):
    """Money reconciles after any sequence of actions, refused ones among them."""

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["allot", "withdraw", "commit", "release", "pay", "repay"]),
                st.integers(0, 2), st.integers(-1, 900),
            ), min_size=1, max_size=25,
        )
    )  # fmt: skip
    def test_reconciles(self, tried: list[tuple[str, int, int]]) -> None:
        line, finance, owner = self._begun()
        done = Counter[str]()
        for number, (what, which, amount) in enumerate(tried):
            commitment = Commitment.objects.filter(line=line, key=f"k{which}").first()
            told = {"amount": amount, "by": finance, "at": NOW}
            paper = {"decision_no": str(number), "on": DAY}
            try:
                match what:
                    case "allot":
                        money.allot(line=line, **told, **paper)
                    case "withdraw":
                        money.withdraw_allotment(line=line, reason="x", **told, **paper)
                    case "commit":
                        money.commit(
                            line=line, owner=("decision", which), key=f"k{which}", label="x", made_by=owner, **told
                        )
                    case _ if commitment is None:
                        continue
                    case "release":
                        money.release(commitment=commitment, reason="x", **told)
                    case "pay":
                        money.pay(commitment=commitment, **told, **paper)
                    case "repay":
                        money.repay(commitment=commitment, reason="x", **told, **paper)
                done[what] += 1
            except Refusal:
                pass
            line.refresh_from_db()
            totals = reconciled(line)
            assert (totals.budget, totals.committed, totals.paid) == (line.budget, line.committed, line.paid)
            assert 0 <= line.paid <= line.committed <= line.budget
            assert sum(each.standing for each in line.commitments.all()) == line.committed
            assert sum(each.paid for each in line.commitments.all()) == line.paid
        history = LedgerEntry.objects.filter(object_kind="funding_line", object_id=str(line.pk))
        assert history.exclude(action="funding_line.create").count() == line.entries.count()

    def _begun(self):  # type: ignore[no-untyped-def]
        from matxich.accounts.models import Agency
        from matxich.kit.actor import Actor, system_actor
        from matxich.programmes.actions.programmes import create_programme, open_line, start_programme
        from tests.programmes.conftest import draft

        by = system_actor()
        agency = Agency.objects.create(kind="provincial_department", name="Sở", place="31")
        made = create_programme(draft=draft(), agency=agency, by=by, at=NOW)
        made = start_programme(programme=made, by=by, at=NOW, base_version=made.version)
        line = open_line(programme=made, year=2026, source="kc_local", layer="province:31", name="x", by=by, at=NOW)
        other: Actor = by
        return line, other, "user:1"


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_never_over_commit(world, people):
    """Fifty threads ask for 30 of 1,000: 33 get it, 17 are told what is left; every key once."""
    line = line_of(running(world, people), people)
    at_once = Barrier(50)

    def ask(number: int) -> str:
        at_once.wait()
        try:
            committed(line, people, millions=30, key=f"decision:{number}")
            return "committed"
        except money.NotEnoughMoney as refused:
            assert refused.available < 30 * MILLION
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        found = Counter(pool.map(ask, range(50)))
    assert found == {"committed": 33, "refused": 17}
    assert figures(line) == (1_000, 990, 0, 10)
    assert reconciled(line).committed == 990 * MILLION
    assert Commitment.objects.count() == 33


@pytest.mark.django_db(transaction=True)
def test_one_decision_confirmed_by_ten_clicks_at_once(world, people):
    line = line_of(running(world, people), people)
    at_once = Barrier(10)

    def click(_number: int) -> int:
        at_once.wait()
        try:
            return committed(line, people).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(click, range(10)))) == 1
    assert figures(line) == (1_000, 300, 0, 700)
