"""Pages of figures: what waits, a proposal with the figure's own parts, what would change, the decision."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from matxich.policy.actions.acts import decide, law_with, propose, state_of
from matxich.policy.law import law
from matxich.policy.models import FigureAct
from matxich.policy.queries.changes import changes_of
from matxich.policy.states import ActState
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.models import Enterprise
from tests.conftest import NOW, World
from tests.policy.conftest import Words, confirming, in_force, own

SignIn = Callable[[object], Client]


def firm(name: str, commune: str, by: object) -> Enterprise:
    source = source_named(name="Danh sách của Sở", by=by, at=NOW)  # type: ignore[arg-type]
    facts = {"name": name, "site_address": commune, "workers": "80"}
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=by, at=NOW)  # type: ignore[arg-type]


def words_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_what_waits_is_listed_with_what_is_proposed_first(people: Words, world: World, sign_in: SignIn) -> None:
    propose(proposal=confirming(), by=people.ministry, at=NOW)
    text = words_of(sign_in(world.ministry).get("/con-so/").content)
    assert text.index("Chờ quyết định") < text.index("Chưa xác nhận")
    assert "KC-13" in text and "KC-12" not in text
    everything = words_of(sign_in(world.viewer).get("/con-so/?xem=tat-ca&q=may moc").content)
    assert "KC-12" in everything and "KC-13" not in everything


def test_a_figure_offers_what_the_reader_may_do(people: Words, world: World, sign_in: SignIn) -> None:
    in_force(own(), people.owner, people.colleague)
    ministry = sign_in(world.ministry).get("/con-so/KC-13/").content.decode()
    assert "viec=confirm&amp;lop=national&amp;dong=2018-05-11" in ministry
    owner = sign_in(world.owner).get("/con-so/KC-12/").content.decode()
    assert "viec=end&amp;lop=province:31&amp;dong=2026-03-10" in owner and "lop=national" not in owner
    assert "viec=" not in sign_in(world.viewer).get("/con-so/KC-12/").content.decode()


def test_a_province_s_figure_is_proposed_with_its_resolution_and_decided_by_a_colleague(
    people: Words, world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.owner)
    page = client.get("/con-so/KC-12/de-xuat/?viec=add")
    assert [name for name in page.context["form"].fields if name.startswith("part_")] == [
        "part_share", "part_cap", "part_line_multiplier",
    ]  # fmt: skip
    told = {
        "layer": "province:31", "part_share": "60", "part_cap": "400 triệu", "starts": "2026-03-10", "instrument": "+",
        "at": "Điều 2", "new_kind": "resolution", "new_number": "12/2026/NQ-HĐND", "new_issuer": "HĐND thành phố",
        "new_subject": "Mức chi khuyến công", "new_issued": "2026-03-01", "new_from": "2026-03-10",
        "reason": "Nghị quyết mới",
    }  # fmt: skip
    sent = client.post("/con-so/KC-12/de-xuat/?viec=add", told)
    act = FigureAct.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/con-so/quyet-dinh/{act.pk}/")
    assert (act.values, act.instrument) == ({"share": "60%", "cap": 400_000_000}, "nq-12-2026-nq-hdnd-31")
    address = f"/con-so/quyet-dinh/{act.pk}/ket-qua/"
    assert client.post(address, {"ket-qua": "dong-y"}).status_code == 403
    assert sign_in(world.stranger).post(address, {"ket-qua": "dong-y"}).status_code == 403
    assert sign_in(world.colleague).post(address, {"ket-qua": "dong-y"}).status_code == 302
    public = words_of(Client().get("/muc/KC-12/").content)
    assert "Hải Phòng" in public and "đã được xác nhận: Sở Công Thương Hải Phòng," in public
    assert Client().get("/van-ban/nq-12-2026-nq-hdnd-31/").status_code == 200


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"part_cap": "bốn trăm"}, "part_cap"), ({"starts": "2018-05-11"}, "starts"), ({"ends": "2026-01-01"}, "ends"),
        ({"instrument": "+"}, "new_number"), ({"reason": ""}, "reason"), ({"layer": "province:75"}, "layer"),
        ({"layer": "programme:", "programme": "x y"}, "programme"),
        ({"instrument": "+", "new_kind": "circular", "new_number": "28/2018/TT-BTC", "new_issuer": "x",
          "new_subject": "x", "new_from": "2018-05-11"}, "new_number"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_field(people: Words, world: World, sign_in: SignIn, told: dict, field: str) -> None:
    whole = {
        "layer": "national", "part_share": "60", "part_cap": "400 triệu", "starts": "2026-07-01",
        "instrument": "tt-28-2018-btc", "at": "", "reason": "Thông tư mới",
    }  # fmt: skip
    sent = sign_in(world.ministry).post("/con-so/KC-12/de-xuat/?viec=add", whole | told)
    assert (sent.status_code, field in sent.context["form"].errors, FigureAct.objects.count()) == (422, True, 0)


def test_a_row_is_confirmed_and_the_confirmation_revoked(people: Words, world: World, sign_in: SignIn) -> None:
    address = "/con-so/KC-13/de-xuat/?viec=confirm&lop=national&dong=2018-05-11"
    client = sign_in(world.ministry)
    assert not [name for name in client.get(address).context["form"].fields if name.startswith("part_")]
    client.post(address, {"instrument": "tt-28-2018-btc", "at": "Điều 8", "reason": "Đã đọc"})
    act = FigureAct.objects.get()
    empty = sign_in(world.ministry).get("/con-so/KC-19/de-xuat/?viec=confirm&lop=national&dong=2018-05-11")
    assert "part_cap" in empty.context["form"].fields
    decide(act=act, accept=True, by=people.second, at=NOW)
    assert state_of(act) == ActState.IN_FORCE
    sent = client.post(f"/con-so/KC-13/de-xuat/?viec=revoke&quyet-dinh={act.pk}", {"reason": "Đọc nhầm điều"})
    assert (sent.status_code, FigureAct.objects.filter(target=act).count()) == (302, 1)


@pytest.mark.parametrize(
    "address",
    ["/con-so/KC-99/", "/con-so/KC-99/de-xuat/", "/con-so/KC-12/de-xuat/?viec=x", "/con-so/quyet-dinh/99/",
     "/con-so/KC-12/de-xuat/?viec=confirm&lop=national&dong=1999-01-01",
     "/con-so/KC-12/de-xuat/?viec=revoke&quyet-dinh=x"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(people: Words, world: World, sign_in: SignIn, address: str) -> None:
    assert sign_in(world.ministry).get(address).status_code == 404


def test_answers_that_would_change_are_told_before_anybody_decides(
    people: Words, world: World, sign_in: SignIn
) -> None:
    firm("Công ty Xã", "Xã Vĩnh Bảo, Hải Phòng", people.owner)
    firm("Công ty Phường", "Phường An Dương, Hải Phòng", people.owner)
    firm("Công ty Xa", "Phường Trảng Dài, Đồng Nai", people.stranger)
    act = propose(proposal=own(), by=people.owner, at=NOW)
    found = changes_of(act, law_with(act))
    assert (found.firms, len(found.days)) == (2, 2)
    lines = {(one.support, one.day): one for one in found.lines}
    assert {code for code, _day in lines} == {"KC-12"}
    assert [(one.amounts, one.before, one.after) for one in found.lines] == [(1, 0, 400_000_000)] * 2
    text = words_of(sign_in(world.colleague).get(f"/con-so/quyet-dinh/{act.pk}/").content)
    assert "Câu trả lời sẽ đổi" in text and "400 triệu" in text
    assert law().parameters.layers("KC-12") == {"national"}
