"""A needs sheet from the commune up: who writes, who checks, where it goes, and whose telephone stays hidden."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from matxich.kit.actor import Actor
from matxich.kit.models import AccessRecord
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.programmes.models import Call
from matxich.proposals.actions.needs import (
    BadNeed,
    NoReason,
    Sheet,
    WrongAgency,
    WrongNeedState,
    agencies_above,
    check_need,
    close_need,
    forward_need,
    save_need,
    send_need,
    take_need,
)
from matxich.proposals.models import Need
from matxich.proposals.permissions import may_open_need
from matxich.proposals.queries.needs import Asked, listed, phone_of, visible_needs
from matxich.registry.models import Enterprise
from tests.conftest import NOW, World
from tests.proposals.conftest import COMMUNE, People

SHEET = Sheet(
    kind="machine", title="Máy cắt laser mẫu", year=2027, cost=800_000_000, own_funds=400_000_000, name="Hộ Rèn Mẫu",
    commune=COMMUNE, phone="0900 000 009", land_ready=True,
)  # fmt: skip


def written(by: Actor, sheet: Sheet = SHEET, client_id: UUID | None = None, **told: object) -> Need:
    return save_need(client_id=client_id or uuid4(), sheet=sheet, by=by, at=NOW, **told)  # type: ignore[arg-type]


def sent(by: Actor, sheet: Sheet = SHEET, **told: object) -> Need:
    return send_need(need=written(by, sheet, **told), by=by, at=NOW)


def test_a_sheet_saved_twice_is_one(people: People) -> None:
    one = uuid4()
    written(people.collaborator, client_id=one)
    kept = written(people.collaborator, client_id=one)
    assert Need.objects.count() == 1 and (kept.version, kept.state, kept.province) == (2, "draft", "31")
    assert not Entry.objects.filter(action__startswith="need.").exists()


def test_the_telephone_is_sealed_and_never_in_the_history(people: People) -> None:
    need = sent(people.collaborator)
    assert "0900" not in need.phone and phone_of(need) == "0900 000 009"
    entry = Entry.objects.get(action="need.send")
    assert (entry.object_label, entry.after["cost"]) == (f"Máy móc, thiết bị {need.pk}", 800_000_000)


@pytest.mark.parametrize("who", ["stranger", "viewer", "representative"])
def test_only_ones_own_commune(who: str, people: People) -> None:
    with pytest.raises(Denied):
        written(getattr(people, who))


def test_a_firm_writes_its_own(people: People, firm: Enterprise) -> None:
    need = sent(people.representative, Sheet(kind="brand", title="Nhãn hiệu", year=2027, cost=10), enterprise=firm)
    assert (need.name, need.level, need.agency, need.commune) == (firm.name, "commune", None, firm.commune_34)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"cost": -1}, "cost"), ({"cost": 10**15 + 1}, "cost"), ({"year": 1999}, "year"), ({"kind": "x"}, "kind")],
)
def test_what_cannot_be_kept(told: dict[str, object], field: str, people: People) -> None:
    with pytest.raises(BadNeed) as raised:
        written(people.collaborator, Sheet(**({**_plain(SHEET), **told})))  # type: ignore[arg-type]
    assert list(raised.value.faults) == [field]


@pytest.mark.parametrize(
    ("told", "field"), [({"cost": 0}, "cost"), ({"own_funds": 900_000_000}, "own_funds"), ({"title": ""}, "title")]
)
def test_what_cannot_be_sent(told: dict[str, object], field: str, people: People) -> None:
    need = written(people.collaborator, Sheet(**({**_plain(SHEET), **told})))  # type: ignore[arg-type]
    with pytest.raises(BadNeed) as raised:
        send_need(need=need, by=people.collaborator, at=NOW)
    assert list(raised.value.faults) == [field]


def _plain(sheet: Sheet) -> dict[str, object]:
    return {name: getattr(sheet, name) for name in Sheet.__dataclass_fields__}


def test_the_way_up(people: People, world: World, call: Call, firm: Enterprise) -> None:
    need = sent(people.representative, Sheet(kind="machine", title="Máy", year=2027, cost=10), enterprise=firm)
    assert need.level == "commune"
    with pytest.raises(Denied):
        check_need(need=need, note="", by=people.representative, at=NOW)
    check_need(need=need, note="Đã xem tại xưởng", by=people.collaborator, at=NOW)
    with pytest.raises(WrongAgency):
        forward_need(need=need, to=world.agency, by=people.collaborator, at=NOW)  # type: ignore[arg-type]
    (centre,) = agencies_above(need, "centre")
    need = forward_need(need=need, to=centre, by=people.collaborator, at=NOW)
    assert (need.state, need.level, need.agency) == ("forwarded", "centre", centre)
    with pytest.raises(Denied):
        check_need(need=need, note="", by=people.collaborator, at=NOW)
    check_need(need=need, note="Phù hợp", by=people.centre, at=NOW)
    (department,) = agencies_above(need, "department")
    forward_need(need=need, to=department, by=people.centre, at=NOW)
    check_need(need=need, note="", by=people.officer, at=NOW)
    with pytest.raises(Denied):
        take_need(need=need, call=call, by=people.centre, at=NOW)
    need = take_need(need=need, call=call, by=people.second, at=NOW)
    assert (need.state, need.call) == ("taken", call)
    assert list(Entry.objects.filter(object_kind="need").order_by("id").values_list("action", flat=True)) == [
        "need.send", "need.check", "need.forward", "need.check", "need.forward", "need.check", "need.take",
    ]  # fmt: skip


def test_a_sheet_is_not_checked_by_its_writer(people: People) -> None:
    need = sent(people.centre)
    with pytest.raises(Denied):
        check_need(need=need, note="", by=people.centre, at=NOW)
    check_need(need=need, note="", by=people.officer, at=NOW)


def test_closing_needs_a_reason(people: People) -> None:
    need = sent(people.collaborator)
    with pytest.raises(NoReason):
        close_need(need=need, reason=" ", by=people.officer, at=NOW)
    close_need(need=need, reason="Cơ sở ngừng sản xuất", by=people.officer, at=NOW)
    with pytest.raises(WrongNeedState):
        close_need(need=need, reason="x", by=people.officer, at=NOW)


def test_the_list_and_the_door_agree(people: People, firm: Enterprise) -> None:
    draft, mine = written(people.collaborator), sent(people.collaborator)
    own = sent(people.representative, Sheet(kind="fair", title="Hội chợ", year=2027, cost=5), enterprise=firm)
    for name in People.__dataclass_fields__:
        actor = getattr(people, name)
        seen = set(visible_needs(actor).values_list("pk", flat=True))
        allowed = {need.pk for need in (draft, mine, own) if may_open_need(actor, need)}
        if name != "viewer":  # a viewer sees lists of the desk, and no sheet of them
            assert seen == allowed, name


def test_the_sums_of_a_list(people: People) -> None:
    sent(people.collaborator)
    written(people.collaborator)
    page = listed(people.collaborator, Asked())
    assert (page.total, page.cost, page.own) == (2, 1_600_000_000, 800_000_000)
    assert listed(people.collaborator, Asked(state="sent")).total == 1
    assert listed(people.officer, Asked(kind="brand")).total == 0


def test_the_number_opens_for_a_reason(people: People, sign_in: Callable[[object], Client], world: World) -> None:
    need = sent(people.collaborator)
    client = sign_in(world.owner)
    url = f"/nhu-cau/{need.pk}/"
    assert "0900 000 009" not in client.get(url).text
    assert "0900 000 009" in client.post(url, {"reason": "Gọi hỏi báo giá"}).text
    record = AccessRecord.objects.get()
    assert (record.subject_kind, record.subject_id, record.fields) == ("need", str(need.pk), ["phone"])


def test_the_phones_form(people: People, sign_in: Callable[[object], Client]) -> None:
    from matxich.accounts.models import User

    client = sign_in(User.objects.get(email="kcv@matxich.test"))
    page = client.get("/nhu-cau/moi/")
    assert page.status_code == 200 and "data-draft" in page.text
    told = {
        "client_id": str(uuid4()), "name": "Hộ Mộc Mẫu", "commune": COMMUNE, "kind": "machine", "title": "Máy bào",
        "year": "2027", "cost": "120 triệu", "own_funds": "60.000.000", "urgency": "now", "product_title": "",
    }  # fmt: skip
    kept = client.post("/nhu-cau/moi/", told, headers={"X-Background": "1"})
    assert (kept.status_code, kept.json()) == (200, {"base": 1})
    sending = client.post("/nhu-cau/moi/", told | {"step": "send"})
    need = Need.objects.get()
    assert sending.url == f"/nhu-cau/{need.pk}/" and (need.state, need.cost) == ("sent", 120_000_000)
    assert need.level == "department"


def test_bad_figures_are_told_beside_the_field(people: People, sign_in: Callable[[object], Client]) -> None:
    from matxich.accounts.models import User

    client = sign_in(User.objects.get(email="kcv@matxich.test"))
    answer = client.post("/nhu-cau/moi/", {"client_id": str(uuid4()), "cost": "khoảng 5 tỷ", "commune": "Xã An Lão"})
    assert answer.status_code == 422 and "không ghi khoảng, trên, dưới" in answer.text
    assert not Need.objects.exists()


def test_the_file_leaves_telephones_out(people: People, sign_in: Callable[[object], Client], world: World) -> None:
    sent(people.collaborator)
    answer = sign_in(world.owner).get("/nhu-cau/tai-ve/")
    assert answer.status_code == 200 and answer["Content-Type"].endswith("sheet")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert AccessRecord.objects.get().subject_kind == "need"
