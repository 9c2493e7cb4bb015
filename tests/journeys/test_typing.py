"""What is typed is kept: a ballot and a proposal saved behind the page, over a bad network, by a hasty hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from matxich.appraisal.models import Ballot
from matxich.ledger.models import Entry
from matxich.programmes.models import Call
from matxich.proposals.actions.drafting import start_proposal
from matxich.registry.models import Enterprise
from tests.appraisal.conftest import Bench, bench, sheet  # noqa: F401
from tests.conftest import NOW
from tests.journeys.council_world import TABLET, Open
from tests.proposals.conftest import People, call, commune, firm, people  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
OPINION = "Nhu cầu có số liệu (mẫu)."


def filled(page: Page) -> None:
    for name, value in sheet(90, "pass").items():
        if name.startswith(("points-", "opinion-")):
            page.locator(f"[name={name}]").fill(value)
    page.locator("[name=verdict][value=pass]").check()
    page.locator("[name=comment]").fill("Đồng ý (mẫu).")


def test_a_hasty_hand_hands_a_ballot_in_once(open_page: Open, bench: Callable[..., Bench]) -> None:  # noqa: F811
    made = bench(2)
    voter = made.seats[2].user
    answers: list[int] = []
    page = open_page(f"/ho-so-cham/{made.cases[0].pk}/phieu/", voter, TABLET)
    page.on("response", lambda each: answers.append(each.status) if each.request.method == "POST" else None)
    filled(page)
    page.get_by_role("button", name="Ký và nộp phiếu").dblclick()  # at once: nothing typed is saved yet
    expect(page.get_by_text("Đã nộp phiếu").first).to_be_visible()

    page.goto(f"/ho-so-cham/{made.cases[1].pk}/phieu/")
    filled(page)

    def slowly(route: Route) -> None:
        if "x-background" in route.request.headers:
            page.wait_for_timeout(700)
        route.continue_()

    page.route("**/phieu/", slowly)
    with page.expect_request(lambda each: "x-background" in each.headers):
        pass
    page.get_by_role("button", name="Ký và nộp phiếu").dblclick()  # while a save is under way
    expect(page.get_by_text("Đã nộp phiếu").first).to_be_visible()
    assert 409 not in answers
    assert list(Ballot.objects.values_list("state", flat=True)) == ["submitted"] * 2
    assert Entry.objects.filter(action="ballot.submit").count() == 2


def test_a_draft_of_a_ballot_comes_back(open_page: Open, bench: Callable[..., Bench]) -> None:  # noqa: F811
    made = bench(1)
    address = f"/ho-so-cham/{made.cases[0].pk}/phieu/"
    page = open_page(address, made.seats[2].user, TABLET)
    page.context.set_offline(True)
    page.locator("[name=opinion-need]").fill(OPINION)
    expect(page.get_by_text("Đang mất mạng").first).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    expect(again.locator("[name=opinion-need]")).to_have_value(OPINION)
    expect(again.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    assert Ballot.objects.get().values["opinions"]["need"] == OPINION
    # A page that is read anew right after it was saved is the newest there is.
    again.reload()
    version = Ballot.objects.get().version
    again.locator("[name=opinion-method]").fill("Cách làm rõ (mẫu).")
    expect(again.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    kept = Ballot.objects.get()
    assert (kept.version, kept.values["opinions"]["method"]) == (version + 1, "Cách làm rõ (mẫu).")


def test_a_draft_of_a_proposal_comes_back_and_a_hasty_hand_saves_it(
    open_page: Open, people: People, call: Call, firm: Enterprise, world: object  # noqa: F811
) -> None:  # fmt: skip
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() + timedelta(days=1))
    made = start_proposal(
        call=call, content="KC-12", title="Máy phay CNC (mẫu)", enterprise=firm, by=people.representative, at=NOW
    )
    address = f"/de-an/{made.pk}/phan/muc-tieu/"
    page = open_page(address, world.enterprise)  # type: ignore[attr-defined]
    goal = page.locator("[name=goal]")
    page.context.set_offline(True)
    goal.fill("Ghi khi mất mạng (mẫu).")
    page.get_by_role("button", name="Lưu, về tổng quan").click()  # kept here, not lost on a page of the browser
    expect(goal).to_have_value("Ghi khi mất mạng (mẫu).")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    goal = again.locator("[name=goal]")
    expect(goal).to_have_value("Ghi khi mất mạng (mẫu).")
    goal.fill("Giảm lỗi (mẫu).")
    again.get_by_role("button", name="Lưu, về tổng quan").dblclick()
    expect(again.get_by_text("Đã lưu.")).to_be_visible()
    made.refresh_from_db()
    assert made.answers["goal"] == "Giảm lỗi (mẫu)."
