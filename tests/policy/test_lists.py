"""A whole list under one question: counts from the columns are the single answers counted."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from matxich.accounts.queries import person
from matxich.kit.actor import system_actor
from matxich.ledger.models import Entry
from matxich.policy.queries.lists import Asked, judged, rows_of
from matxich.policy.views import lists as view
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.search import Query, catch_up
from matxich.rulebook.law.facts import Known
from tests.conftest import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = {"Một": "Xã Nga My, Tỉnh Thái Nguyên", "=Hai": "Phường Hồng Bàng, Thành phố Hải Phòng", "Ba": ""}
PROJECT = {
    "eligible_cost": Known(500_000_000), "counterpart_committed": Known(True),
    "other_state_support_same_content": Known(False),
}  # fmt: skip
ASKED = "hoi-content=KC-12&hoi-cost=500&hoi-committed=on&hoi-on=2026-06-15"


@pytest.fixture
def firms(world: World) -> None:
    by = system_actor()
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    for name, place in PLACES.items():
        facts = {"name": name, "workers": "40", "revenue": "9000000000", "processes": "Đúc"}
        facts |= {"site_address": place} if place else {}
        create_enterprise(facts=facts, source=source, as_of=date(2026, 5, 1), by=by, at=NOW)
    catch_up()


def test_counts_and_rows_agree(world: World, firms: None) -> None:
    found = judged(Query(audience="officials"), Asked("KC-12", "national", date(2026, 6, 15), PROJECT))
    rows = rows_of(found, found.places(""), person(world.owner, NOW.date()))  # type: ignore[arg-type]
    assert found.counts == {"eligible": 1, "unknown": 1, "not": 1}
    for verdict, count in found.counts.items():
        assert sum(row.verdict == verdict for row in rows) == count
    assert {row.name: row.amount for row in rows} == {"Một": 250_000_000, "=Hai": None, "Ba": 250_000_000}
    assert found.most == 500_000_000
    assert {row.name: row.missing for row in rows}["Ba"] == ("Nơi sản xuất thuộc xã, phường hay đặc khu?",)


def test_the_page_filters_by_verdict_and_keeps_the_question(
    world: World, firms: None, sign_in: Callable[..., Client]
) -> None:
    client, url = sign_in(world.owner), reverse("policy:listed")
    text = client.get(f"{url}?{ASKED}").content.decode()
    assert all(name in text for name in ("Một", "=Hai", "Ba"))
    text = client.get(f"{url}?{ASKED}&ket-luan=not").content.decode()
    assert "=Hai" in text and "Ba</a>" not in text
    assert "Ba</a>" not in client.get(f"{url}?province=31&{ASKED}").content.decode()


def test_from_the_list_of_enterprises_with_the_same_filters(
    world: World, firms: None, sign_in: Callable[..., Client]
) -> None:
    text = sign_in(world.owner).get(reverse("registry:enterprises") + "?province=31").content.decode()
    assert f'href="{reverse("policy:listed")}?province=31"' in text
    assert reverse("policy:listed") not in sign_in(world.owner).get(reverse("registry:directory")).content.decode()


def test_a_list_too_long_asks_for_a_filter(
    world: World, firms: None, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST", 2)
    assert "Thêm bộ lọc" in sign_in(world.owner).get(f"{reverse('policy:listed')}?{ASKED}").content.decode()


def test_the_file_says_the_same_with_a_purpose(world: World, firms: None, sign_in: Callable[..., Client]) -> None:
    client, url = sign_in(world.owner), f"{reverse('policy:listed_file')}?{ASKED}"
    assert client.post(url, {"purpose": ""}).status_code == 422
    answer = client.post(url, {"purpose": "Mời nộp hồ sơ"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]  # type: ignore[attr-defined]
    rows = {row[1].value: [cell.value for cell in row[4:]] for row in sheet.iter_rows(min_row=2)}
    assert rows["Một"] == ["được", 250_000_000, None]
    assert rows["Ba"] == ["chưa rõ", 250_000_000, "Nơi sản xuất thuộc xã, phường hay đặc khu?"]
    assert rows["=Hai"][:2] == ["không", None]
    entry = Entry.objects.get(action="policy.list_export")
    assert (entry.reason, entry.after["rows"], entry.after["content"]) == ("Mời nộp hồ sơ", 3, "KC-12")
