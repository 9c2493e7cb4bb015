"""The decision of a large batch is written page by page: light, nothing lost from one page to another."""

import re
from datetime import timedelta

import pytest

from benchmarks.council_pages import judged
from matxich.appraisal.actions.decisions import Choices, draft_decision, submit_decision
from matxich.appraisal.actions.interests import declare_interest
from matxich.appraisal.actions.ranking import run_ranking
from matxich.appraisal.models import CouncilMember, Decision
from matxich.appraisal.permissions import may_prepare_decision
from matxich.appraisal.queries.snapshot import snapshot_of
from tests.appraisal import samples
from tests.appraisal.conftest import actor
from tests.appraisal.test_pages import HEAVIEST, asked
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(world):
    """Two cases and seventy more, ranked: a decision of two pages."""
    batch = samples.ranked(world)
    judged(batch, [seat for seat in batch.council.members.order_by("id") if seat.votes], 70)
    run_ranking(batch=batch, quotas=[], by=actor(world.owner), at=NOW + timedelta(days=1))
    return draft_decision(batch=batch, by=actor(world.owner), at=NOW + timedelta(days=1))


def fields(html):
    """What a browser would hand in: name → value of the page's form."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", html):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if re.match(r"(amount|reserve|why)-\d+$|base_version$", told.get("name", "")):
            found[told["name"]] = told.get("value", "")
    return found


def rows_of(typed):
    return [int(name.removeprefix("why-")) for name in typed if name.startswith("why-")]


def test_it_is_light_and_costs_the_same(world, sign_in):
    decision, client = samples.decision(world), sign_in(world.owner)
    address = f"/tham-dinh/phuong-an/{decision.pk}/"
    few, _weight = asked(client, address)
    judged(decision.batch, [seat for seat in decision.batch.council.members.order_by("id") if seat.votes], 70)
    decision.run = run_ranking(batch=decision.batch, quotas=[], by=actor(world.owner), at=NOW + timedelta(days=1))
    decision.save()
    many, weight = asked(client, address)
    assert many == few <= 20
    assert weight <= HEAVIEST
    ranked = snapshot_of(decision.batch, decision.run, {})["ranked"]
    decision.choices = Choices(amounts={row["case"]: row["cut"] for row in ranked}).document()
    decision.save()
    decision = submit_decision(decision=decision, by=actor(world.owner), at=NOW, base_version=decision.version)
    frozen, weight = asked(client, address)
    assert frozen <= 20
    assert weight <= HEAVIEST


def test_a_page_that_is_saved_leaves_the_others_alone(world, sign_in, large):
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    before = large.choices
    first, second = (fields(client.get(f"{address}?trang={n}").content.decode()) for n in (1, 2))
    assert (len(rows_of(first)), len(rows_of(second))) == (50, 22)
    case = next(case for case in rows_of(first) if first.get(f"amount-{case}", "0") != "0")
    typed = first | {f"amount-{case}": "0", f"why-{case}": "rút đề án (mẫu)", "go": "next"}
    answer = client.post(f"{address}?trang=1", typed)
    assert (answer.status_code, answer.url) == (302, f"{address}?trang=2")
    large.refresh_from_db()
    assert large.choices["amounts"] == {key: n for key, n in before["amounts"].items() if key != str(case)}
    assert large.choices["departures"] == {str(case): "rút đề án (mẫu)"}
    assert large.choices["reserve"] == before["reserve"]

    second = fields(client.get(f"{address}?trang=2").content.decode())
    other = rows_of(second)[-1]
    assert client.post(f"{address}?trang=2", second | {f"why-{other}": "chưa đạt (mẫu)"}).url == f"{address}?trang=2"
    large.refresh_from_db()
    assert large.choices["departures"] == {str(case): "rút đề án (mẫu)"}
    assert large.choices["refusals"] == {str(other): "chưa đạt (mẫu)"}


def test_a_stale_page_changes_nothing(world, sign_in, large):
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    old = fields(client.get(f"{address}?trang=2").content.decode())
    client.post(address, fields(client.get(address).content.decode()))
    large.refresh_from_db()
    kept = large.choices
    assert client.post(f"{address}?trang=2", old | {f"why-{rows_of(old)[0]}": "muộn"}).status_code == 409
    large.refresh_from_db()
    assert large.choices == kept


def test_what_is_wrong_comes_back_beside_its_row_with_everything_typed(world, sign_in, large):
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    typed = fields(client.get(address).content.decode())
    one, two = [case for case in rows_of(typed) if f"amount-{case}" in typed][:2]
    answer = client.post(address, typed | {f"amount-{one}": "nhiều", f"why-{two}": "giữ lại lời này"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "số nguyên đồng" in html
    assert (fields(html)[f"amount-{one}"], fields(html)[f"why-{two}"]) == ("nhiều", "giữ lại lời này")


def test_a_departure_without_a_reason_leads_to_its_page_and_what_was_typed_is_saved(world, sign_in, large):
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    typed = fields(client.get(address).content.decode())
    case = next(case for case in rows_of(typed) if typed.get(f"amount-{case}", "0") != "0")
    assert client.post(address, typed | {f"amount-{case}": "0"}).status_code == 302
    typed = fields(client.get(f"{address}?trang=2").content.decode())
    answer = client.post(f"{address}?trang=2", typed | {f"why-{rows_of(typed)[0]}": "lời của trang hai", "submit": "1"})
    assert (answer.status_code, answer.url) == (302, f"{address}?trang=1")
    large.refresh_from_db()
    assert (large.state, "lời của trang hai" in large.choices["refusals"].values()) == ("drafted", True)
    missing = client.get(f"{address}?xem=thieu-ly-do").content.decode()
    typed = fields(missing)
    assert rows_of(typed) == [case]
    answer = client.post(f"{address}?xem=thieu-ly-do", typed | {f"why-{case}": "rút đề án", "submit": "1"})
    large.refresh_from_db()
    assert (answer.status_code, large.state) == (302, "submitted")


def test_places_in_reserve_move_around_one_another(world, sign_in, large):
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    typed = fields(client.get(address).content.decode())
    given = [case for case in rows_of(typed) if typed.get(f"amount-{case}", "0") != "0"][:5]
    amount = typed[f"amount-{given[0]}"]
    told = typed | {f"amount-{case}": "0" for case in given}
    client.post(address, told | {f"reserve-{case}": str(place) for place, case in enumerate(given, start=1)})
    large.refresh_from_db()
    start = [case for case in large.choices["reserve"] if case in given]
    assert start == given
    typed = fields(client.get(address).content.decode())
    client.post(address, typed | {f"reserve-{given[1]}": "4", f"reserve-{given[4]}": ""})
    large.refresh_from_db()
    assert [case for case in large.choices["reserve"] if case in given] == [given[0], given[2], given[3], given[1]]
    typed = fields(client.get(address).content.decode())
    client.post(address, typed | {f"amount-{given[0]}": amount})
    large.refresh_from_db()
    assert [case for case in large.choices["reserve"] if case in given] == [given[2], given[3], given[1]]


def test_whoever_has_an_interest_in_a_case_does_not_weigh_it_against_the_others(world, sign_in, large):
    case = large.batch.cases.order_by("id")[0]
    seat = large.batch.council.members.order_by("id").first()
    CouncilMember.objects.filter(pk=seat.pk).update(user=world.owner)
    declare_interest(case=case, category="other", detail="x", steps_back=True, by=actor(world.owner), at=NOW)
    large = Decision.objects.select_related("batch__agency").get(pk=large.pk)
    assert not may_prepare_decision(actor(world.owner), large)
    assert may_prepare_decision(actor(world.colleague), large)
    client, address = sign_in(world.owner), f"/tham-dinh/phuong-an/{large.pk}/"
    page = client.get(address).content.decode()
    assert (case.reference in page, "người khác soạn phương án" in page, fields(page).get("why-1")) == (
        False,
        True,
        None,
    )
    assert client.post(address, {"base_version": large.version, f"why-{case.pk}": "x"}).status_code == 403
