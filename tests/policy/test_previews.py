"""What a proposal would change, counted over every firm: at once, or by the worker where the register is long."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from matxich.policy.actions.acts import LawMoved, decide, law_with, propose
from matxich.policy.actions.previews import NotWorkedOut, changes_shown, work_out_previews
from matxich.policy.models import ActPreview, FigureAct, FigureDecision
from matxich.policy.queries import changing, columns
from matxich.policy.queries.changes import EXAMPLES, changes_of, changes_told
from matxich.registry.actions import create_enterprise, source_named
from tests.conftest import NOW, World
from tests.policy.conftest import Words, confirming, own
from tests.policy.test_figure_pages import words_of

SignIn = Callable[[object], Client]
COMMUNE, WARD = "Xã Vĩnh Bảo, Hải Phòng", "Phường An Dương, Hải Phòng"


@pytest.fixture
def firms(people: Words) -> None:
    """Seven in communes, who may be rural industrial, and two in wards of a central city, who are not."""
    source = source_named(name="Danh sách của Sở", by=people.owner, at=NOW)
    for number in range(9):
        facts = {"name": f"Cơ sở {number}", "site_address": COMMUNE if number < 7 else WARD, "workers": "40"}
        create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=people.owner, at=NOW)


@pytest.fixture
def act(people: Words, firms: None) -> FigureAct:
    return propose(proposal=own(), by=people.owner, at=NOW)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register too long for a page to wait for."""
    monkeypatch.setattr(changing, "AT_ONCE", 1)


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_every_firm_is_counted_however_the_register_is_cut(
    act: FigureAct, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(columns, "CHUNK", chunk)
    found = changes_of(act, law_with(act))
    assert (found.firms, [one.support for one in found.lines]) == (9, ["KC-12"] * 2)
    for line in found.lines:
        assert (dict(line.verdicts), line.amounts, line.before, line.after) == ({}, 7, 0, 7 * 400_000_000)
        told = [(one.before, one.after, one.amount_before, one.amount_after) for one in line.examples]
        assert told == [("unknown", "unknown", None, 400_000_000)] * EXAMPLES
        assert [one.order for one in line.examples] == sorted(one.order for one in line.examples)
    assert changes_told(found.as_dict()) == found


def test_the_reader_hears_how_far_it_got(act: FigureAct, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "CHUNK", 4)
    monkeypatch.setattr("matxich.policy.queries.changes.CHUNK", 4)
    heard: list[int] = []
    changes_of(act, law_with(act), progress=heard.append)
    assert heard == [2, 4, 4, 6, 8, 9]


def test_no_name_of_a_firm_is_kept_with_the_decision(act: FigureAct, people: Words) -> None:
    decide(act=act, accept=True, by=people.colleague, at=NOW, changes=changes_shown(act))
    kept = FigureDecision.objects.get().changes
    assert "Cơ sở" not in str(kept)
    assert kept["changed"][0]["examples"][0]["id"].startswith("MX-")


def test_a_long_register_is_worked_out_by_the_worker_and_nobody_decides_before(
    act: FigureAct, people: Words, world: World, sign_in: SignIn, long: None
) -> None:
    address = f"/con-so/quyet-dinh/{act.pk}/"
    client = sign_in(world.colleague)
    text = words_of(client.get(address).content)
    assert "đã hỏi 0 trong 9 cơ sở" in text and "Đưa vào áp dụng" not in text
    with pytest.raises(NotWorkedOut):
        changes_shown(act)
    sent = client.post(f"{address}ket-qua/", {"ket-qua": "dong-y"})
    assert (sent.status_code, "Chưa tính xong" in sent.content.decode()) == (422, True)
    assert work_out_previews(at=NOW) == 1
    text = words_of(client.get(address).content)
    assert "hỏi cả 9 cơ sở, tính lúc" in text and "7 cơ sở" in text and "Ví dụ: KC-12" in text
    assert client.post(f"{address}ket-qua/", {"ket-qua": "dong-y"}).status_code == 302
    kept = FigureDecision.objects.get().changes
    assert (kept["firms"], kept["changed"][0]["amounts"], "worked_out_at" in kept) == (9, 7, True)
    assert "như người quyết định đã thấy" in words_of(client.get(address).content)


def test_one_that_is_refused_need_not_be_worked_out(act: FigureAct, world: World, sign_in: SignIn, long: None) -> None:
    told = {"ket-qua": "khong", "reason": "Chưa đúng điều"}
    sent = sign_in(world.colleague).post(f"/con-so/quyet-dinh/{act.pk}/ket-qua/", told)
    assert (sent.status_code, FigureDecision.objects.get().outcome) == (302, "refused")


def test_a_preview_is_worked_out_once_while_law_and_day_are_the_same(act: FigureAct, long: None) -> None:
    assert [work_out_previews(at=NOW + timedelta(minutes=later)) for later in (0, 1, 60)] == [1, 0, 0]
    assert work_out_previews(at=NOW + timedelta(days=400)) == 1
    ActPreview.objects.update(finished_at=None, started_at=NOW)
    assert work_out_previews(at=NOW + timedelta(minutes=30)) == 0  # somebody is at it
    assert work_out_previews(at=NOW + timedelta(hours=2)) == 1  # no longer


def test_a_short_register_needs_no_worker(act: FigureAct) -> None:
    assert (work_out_previews(at=NOW), ActPreview.objects.exists()) == (0, False)


def test_what_was_seen_beside_another_law_decides_nothing(act: FigureAct, people: Words, long: None) -> None:
    work_out_previews(at=NOW)
    seen = changes_shown(act)
    other = propose(proposal=confirming(), by=people.ministry, at=NOW)
    decide(act=other, accept=True, by=people.second, at=NOW)
    with pytest.raises(NotWorkedOut):
        changes_shown(act)
    with pytest.raises(LawMoved):
        decide(act=act, accept=True, by=people.colleague, at=NOW, changes=seen)
    assert work_out_previews(at=NOW + timedelta(minutes=1)) == 1
    decide(act=act, accept=True, by=people.colleague, at=NOW, changes=changes_shown(act))


def test_a_proposal_that_fits_no_longer_has_nothing_to_show(
    act: FigureAct, people: Words, world: World, sign_in: SignIn, long: None
) -> None:
    same = propose(proposal=replace(own(), starts=date(2026, 3, 11)), by=people.owner, at=NOW)
    decide(act=same, accept=True, by=people.colleague, at=NOW)
    work_out_previews(at=NOW)
    assert ActPreview.objects.get(act=act).result == {}
    text = words_of(sign_in(world.colleague).get(f"/con-so/quyet-dinh/{act.pk}/").content)
    assert "Chồng lên" in text and "Đưa vào áp dụng" not in text
