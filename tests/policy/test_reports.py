"""Officials try a proposed change over the register: what is kept, who sees it, what leaves as a file."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from matxich.accounts.queries import person
from matxich.kit.actor import system_actor
from matxich.ledger.models import Entry
from matxich.policy.actions import reports as actions
from matxich.policy.actions.reports import BadReform, begin_report, work_out_waiting
from matxich.policy.models import PolicyReport
from matxich.policy.queries.reports import report_page
from matxich.policy.queries.simulating import packed, read_told, run_reform, unpacked
from matxich.registry.actions import create_enterprise, source_named
from tests.conftest import NOW, World

pytestmark = pytest.mark.django_db
TEXT = """
title: Nâng trần
on: 2026-06-15
project: {eligible_cost: 2_000_000_000, counterpart_committed: true, other_state_support_same_content: false}
changes: {KC-12: {cap: 500_000_000}}
"""


@pytest.fixture
def firms(db: None) -> None:
    by = system_actor()
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)
    for place, name in (("Xã Nga My, Tỉnh Thái Nguyên", "=Một"), ("Phường Hồng Bàng, Thành phố Hải Phòng", "Hai")):
        facts = {"name": name, "site_address": place, "workers": "40", "revenue": "9000000000", "processes": "Đúc"}
        create_enterprise(facts=facts, source=source, as_of=date(2026, 5, 1), by=by, at=NOW)


def _begun(world: World, text: str = TEXT) -> PolicyReport:
    return begin_report(text=text, by=person(world.owner, NOW.date()), at=NOW)  # type: ignore[arg-type]


def test_a_short_register_is_worked_out_at_once(world: World, firms: None) -> None:
    report = _begun(world)
    assert (report.state, report.title, report.on) == ("done", "Nâng trần", date(2026, 6, 15))
    assert report.result["total"]["winners"] == 1
    entry = Entry.objects.get(action="policy.simulate")
    assert entry.after["changes"][0]["after"] == {
        "value": {"share": "50%", "cap": 500_000_000, "line_multiplier": "1.5x"}, "proposed": True,
    }  # fmt: skip


def test_a_long_one_is_worked_out_by_the_worker(world: World, firms: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    report = _begun(world)
    assert report.state == "waiting"
    PolicyReport.objects.update(started_at=NOW)
    assert work_out_waiting(at=NOW + timedelta(minutes=5)) == 0  # somebody is at it
    assert work_out_waiting(at=NOW + timedelta(hours=2)) == 1  # no longer
    report.refresh_from_db()
    assert (report.state, report.result["firms"]) == ("done", 2)


def test_a_slip_keeps_nothing(world: World) -> None:
    with pytest.raises(BadReform, match=":5"):
        _begun(world, TEXT.replace("cap:", "capp:"))
    assert not PolicyReport.objects.exists()
    assert not Entry.objects.filter(action="policy.simulate").exists()


def test_what_is_kept_of_the_firms_comes_back(firms: None) -> None:
    found = run_reform(read_told(TEXT))
    (one,) = unpacked(packed(found.touched))
    assert (one.support, one.ids.tolist()) == ("KC-12", found.touched[0].ids.tolist())
    assert one.changed.difference.tolist() == [200_000_000]
    assert one.changed.gains.tolist() == [True]


@pytest.mark.parametrize(("edition", "codes"), [("34", 34), ("63", 63)])
def test_the_page_counts_by_province_on_both_maps(world: World, firms: None, edition: str, codes: int) -> None:
    page = report_page(_begun(world), support="", edition=edition, today=NOW.date())
    assert page.map is not None
    assert (len(page.map.provinces), page.map.total) == (codes, 200)
    assert page.map.title.startswith("Thái Nguyên tăng nhiều nhất: 200 triệu")
    assert [line.name for line in page.groups[0][1]] == ["Nhỏ"]


def test_the_form_takes_one_figure_a_file_or_text(world: World, firms: None, sign_in: Callable[..., Client]) -> None:
    client, url = sign_in(world.owner), reverse("policy:reports")
    told = {"figure": "KC-12/cap", "value": "500.000.000", "cost": "2.000", "on": "2026-06-15", "committed": "on"}
    answer = client.post(url, told)
    report = PolicyReport.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("policy:report", args=[report.pk])
    assert report.result["supports"][0]["cost"]["change"] == 200_000_000
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(url, {"text": TEXT}).status_code == 302
    file = io.BytesIO(TEXT.encode())
    file.name = "de-xuat.yaml"
    assert client.post(url, {"file": file}).status_code == 302
    assert PolicyReport.objects.count() == 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Chọn con số và ghi giá trị"),
        ({"figure": "KC-12/cap", "value": "năm trăm"}, "“cap” phải là số nguyên"),
        ({"figure": "KC-12/share", "value": "1,5 lần"}, "phải là tỷ lệ"),
        ({"text": TEXT.replace("KC-12", "KC-1O")}, "Có phải là “KC-10”"),
        ({"text": "title: ["}, "Không đúng YAML"),
    ],
)
def test_what_is_wrong_stands_on_the_form(
    world: World, sign_in: Callable[..., Client], told: dict[str, str], said: str
) -> None:
    answer = sign_in(world.owner).post(reverse("policy:reports"), told)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_report_is_its_owners(world: World, firms: None, sign_in: Callable[..., Client]) -> None:
    report = _begun(world)
    url = reverse("policy:report", args=[report.pk])
    assert sign_in(world.owner).get(url).status_code == 200
    assert sign_in(world.colleague).get(url).status_code == 403
    assert sign_in(world.enterprise).get(url).status_code == 403


def test_the_file_needs_a_purpose_and_holds_everybody(
    world: World, firms: None, sign_in: Callable[..., Client]
) -> None:
    report = _begun(world)
    client, url = sign_in(world.owner), reverse("policy:report_file", args=[report.pk])
    assert client.post(url, {"purpose": " "}).status_code == 422
    answer = client.post(url, {"purpose": "Trình dự thảo"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [cell.value for cell in book["Được lợi"][2]][2] == "=Một"
    assert book["Được lợi"]["C2"].data_type == "s"
    assert Entry.objects.get(action="policy.export").reason == "Trình dự thảo"


def test_every_page_of_a_report_is_in_english_too(world: World, firms: None, sign_in: Callable[..., Client]) -> None:
    report = _begun(world)
    client = sign_in(world.owner)
    client.cookies["django_language"] = "en"
    text = client.get(reverse("policy:report", args=[report.pk])).content.decode()
    assert "Advanced machines, technology transfer" in text
