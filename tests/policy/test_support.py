"""The history of support: who got what, what doubles what, and what that tells the law."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from matxich.kit.actor import system_actor
from matxich.kit.models import AccessRecord
from matxich.kit.refusals import Denied, NoReason
from matxich.ledger.models import Entry as LedgerEntry
from matxich.policy.actions import support_lists as lists
from matxich.policy.actions.support import (
    AlreadyComplete,
    BadSupport,
    DoubleSupport,
    NotThere,
    declare_complete,
    record_support,
    withdraw_complete,
    withdraw_support,
)
from matxich.policy.law import law
from matxich.policy.models import SupportGiven, SupportList
from matxich.policy.queries.answering import firm_answers, firm_case
from matxich.policy.queries.facts import facts_of
from matxich.policy.queries.support import of_firm
from matxich.policy.queries.support_pages import lines_of, list_report
from matxich.registry.actions import create_enterprise, source_named
from matxich.registry.actions.plain_lists import ListMoved
from matxich.registry.models import Enterprise
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.answering import walk
from tests.conftest import NOW, World
from tests.policy.conftest import Words, entry

SignIn = Callable[[object], Client]
FACT, CODE, ON = "other_state_support_same_content", "0100233488", date(2026, 6, 1)
HEADER = ("Đơn vị thụ hưởng", "MST", "Tỉnh", "Mã nội dung", "Nội dung hỗ trợ", "Năm", "Kinh phí (triệu đồng)", "Nguồn")


@pytest.fixture
def firm(people: Words) -> Enterprise:
    source = source_named(name="Danh sách của Sở", by=people.owner, at=NOW)
    facts = {"name": "Cơ khí Mẫu", "tax_code": CODE, "site_address": "Phường An Dương, Hải Phòng"}
    return create_enterprise(facts=facts, source=source, as_of=ON, by=people.owner, at=NOW)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def go(*rows: tuple[object, ...]) -> Path:
        path = tmp_path / "ho-tro.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows([HEADER, *rows])
        return path

    return go


def test_an_entry_finds_its_record_and_counts_until_it_is_taken_out(people: Words, firm: Enterprise) -> None:
    given = record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    assert (given.enterprise, list(of_firm(firm))) == (firm, [given])
    with pytest.raises(NoReason):
        withdraw_support(given=given, by=people.owner, at=NOW, reason=" ")
    with pytest.raises(Denied):
        withdraw_support(given=given, by=people.stranger, at=NOW, reason="x")
    withdraw_support(given=given, by=people.owner, at=NOW, reason="Ghi nhầm")
    with pytest.raises(NotThere):
        withdraw_support(given=given, by=people.owner, at=NOW, reason="Ghi nhầm")
    assert (list(of_firm(firm)), SupportGiven.objects.count()) == ([], 1)
    written = LedgerEntry.objects.filter(object_kind="support").order_by("pk")
    assert [each.action for each in written] == ["support.record", "support.withdraw"]
    assert "Cơ khí Mẫu" not in str([(each.after, each.before, each.object_label) for each in written])


def test_who_may_record_for_whom(people: Words) -> None:
    allowed = {"owner": True, "colleague": True, "ministry": True, "stranger": False, "viewer": False,
               "administrator": False, "firm": False}  # fmt: skip
    for name, may in allowed.items():
        told = entry(title=name, content="", name=name)
        if may:
            record_support(entry=told, by=getattr(people, name), at=NOW)
            continue
        with pytest.raises(Denied):
            record_support(entry=told, by=getattr(people, name), at=NOW)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"name": " "}, "name"), ({"title": ""}, "title"), ({"agency": ""}, "agency"), ({"source": ""}, "source"),
     ({"content": "KC-99"}, "content"), ({"year": 1999}, "year"), ({"amount": -1}, "amount"),
     ({"amount": 10**18}, "amount"), ({"counterpart": -1}, "counterpart"), ({"tax_code": "123"}, "tax_code"),
     ({"tax_code": "031095001234"}, "tax_code"), ({"decided_on": date(2027, 1, 1)}, "decided_on"),
     ({"status": "x"}, "status")],
)  # fmt: skip
def test_an_entry_that_cannot_be_is_refused_with_the_place(people: Words, told: dict, field: str) -> None:
    with pytest.raises(BadSupport) as refused:
        record_support(entry=entry(**told), by=people.owner, at=NOW)
    assert (refused.value.field, SupportGiven.objects.count()) == (field, 0)


def test_a_double_is_refused_with_what_makes_it_so_and_flagged_where_it_happened(people: Words) -> None:
    first = record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    other = entry(tax_code=CODE, content="DN-22", amount=50_000_000, budget="national")
    with pytest.raises(DoubleSupport) as refused:
        record_support(entry=other, by=people.owner, at=NOW)
    assert (refused.value.entries, "KC-12 2026" in str(refused.value)) == ((first,), True)
    record_support(entry=other, by=people.owner, at=NOW, knowing=True)
    told = {line.content: line.doubles for line in lines_of(SupportGiven.objects.all())}
    assert "mục này có lợi hơn" in told["KC-12"][0] and "KC-12, có lợi hơn" in told["DN-22"][0]


@pytest.mark.parametrize(
    "told",
    [{"year": 2025}, {"content": "KC-17"}, {"budget": "other"}, {"status": "repaid"}, {"name": "Hai", "tax_code": ""}],
)  # fmt: skip
def test_what_differs_is_no_double(people: Words, told: dict) -> None:
    record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    record_support(entry=replace(entry(tax_code=CODE), **told), by=people.owner, at=NOW)
    assert SupportGiven.objects.count() == 2


def test_the_law_is_told_yes_with_the_entry_no_on_an_agencys_word_else_nothing(people: Words, firm: Enterprise) -> None:
    def told(content: str = "KC-12", year: int = 2026) -> object:
        known = facts_of(firm, on=ON, actor=people.owner, content=content, year=year).get(FACT)
        return known[0].value if known else None

    assert told() is None
    word = declare_complete(province="31", year=2026, by=people.owner, at=NOW, reason="Đã đối chiếu sổ")
    assert (told(), told(year=2025)) == (False, None)
    record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    assert [told(content) for content in ("KC-12", "DN-22", "KC-17")] == [True, True, False]
    withdraw_complete(word=word, by=people.colleague, at=NOW, reason="Còn thiếu")
    assert [told(content) for content in ("KC-12", "KC-17")] == [True, None]
    known = facts_of(firm, on=ON, actor=people.owner, content="KC-12")[FACT][0]
    assert ("15/QĐ-SCT" in known.source, known.as_of) == (True, date(2026, 5, 4))
    assert FACT not in facts_of(firm, on=ON, actor=people.owner)


def test_a_firms_answers_say_no_where_the_content_was_paid_for(people: Words, firm: Enterprise) -> None:
    record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    case = firm_case(firm, on=ON, actor=people.owner)
    found = {each.support.id: each for each in firm_answers(law(), case, firm)}

    def had(content: str) -> list[object]:
        return [one.known.value for each in found[content].conditions for one in walk(each)
                if one.fact == FACT and one.known]  # fmt: skip

    assert (had("KC-12"), had("CN-33"), had("KC-17")) == ([True], [True], [])


def test_whose_word_makes_a_year_complete(people: Words) -> None:
    strangers = [(each, "31") for each in (people.stranger, people.ministry, people.viewer, system_actor())]
    for person, province in (*strangers, (people.owner, "")):
        with pytest.raises(Denied):
            declare_complete(province=province, year=2026, by=person, at=NOW, reason="x")
    declare_complete(province="", year=2026, by=people.ministry, at=NOW, reason="Đã đối chiếu")
    with pytest.raises(AlreadyComplete):
        declare_complete(province="", year=2026, by=people.ministry, at=NOW, reason="Đã đối chiếu")
    with pytest.raises(BadSupport):
        declare_complete(province="31", year=2027, by=people.owner, at=NOW, reason="x")


def test_a_list_is_looked_at_published_and_undone(people: Words, firm: Enterprise, write: Callable[..., Path]) -> None:
    path = write(
        ("Cơ khí Mẫu", CODE, "Hải Phòng", "KC-12", "Máy tiện", "2026", "300", "quốc gia"),
        ("Cơ khí Mẫu", CODE, "Hải Phòng", "CN-33", "Chuyển giao", "2026", "500", "địa phương"),
        ("Dệt Mẫu", "", "Hải Dương", "KC-99", "Việc khác", "2025", "1.200,5", ""),
        ("", "", "Hải Phòng", "KC-12", "Máy", "2026", "300", ""),
        ("Nhựa", "123", "Hải Phòng", "KC-12", "Máy", "2026", "300", ""),
        ("Nhựa", "", "Tỉnh Bịa", "KC-12", "Máy", "2026", "300", ""),
        ("Nhựa", "", "Đồng Nai", "KC-12", "Máy", "2026", "300", ""),
        ("Nhựa", "", "Hải Phòng", "KC-12", "Máy", "năm nào", "300", ""),
        ("Nhựa", "", "Hải Phòng", "KC-12", "Máy", "2026", "nhiều", ""),
        ("Cơ khí Mẫu", CODE, "Hải Phòng", "KC-12", "Máy tiện", "2026", "300", "quốc gia"),
    )
    batch = lists.read_list(path=path, name=path.name, source="Công văn 5", by=people.owner, at=NOW)
    assert [(row["reason"], row["notes"]) for row in batch.rows] == [
        ("", ["double"]), ("", ["double"]), ("", ["content_unknown", "budget_assumed", "no_tax_code"]),
        ("no_name", []), ("bad_tax_code", []), ("province_unknown", []), ("outside_territory", []), ("no_year", []),
        ("no_amount", []), ("repeated", []),
    ]  # fmt: skip
    assert SupportGiven.objects.count() == 0
    lists.publish_list(batch=batch, by=people.owner, at=NOW)
    told = list(SupportGiven.objects.order_by("pk").values_list("amount", "budget", "province", "enterprise", "row"))
    assert told == [
        (300_000_000, "national", "31", firm.pk, 2), (500_000_000, "province:31", "31", firm.pk, 3),
        (1_200_500_000, "province:31", "31", None, 4),
    ]  # fmt: skip
    with pytest.raises(lists.AlreadyBrought):
        lists.read_list(path=path, name=path.name, source="Công văn 5", by=people.owner, at=NOW)
    with pytest.raises(Denied):
        lists.undo_list(batch=batch, by=people.colleague, at=NOW, reason="x")
    lists.undo_list(batch=batch, by=people.owner, at=NOW, reason="Nhầm tệp")
    assert list(of_firm(firm)) == []
    with pytest.raises(ListMoved):
        lists.publish_list(batch=batch, by=people.owner, at=NOW)
    report = list_report(SupportList.objects.get())
    assert (report["taken"], report["rejected"], report["doubles"]) == (3, 7, 2)
    assert all(one["reason"] for one in report["rejections"])


def test_files_without_support_are_refused_with_what_to_do(people: Words, tmp_path: Path) -> None:
    path = tmp_path / "dn.csv"
    path.write_text("Tên doanh nghiệp;Mã số thuế\nCông ty Một;0100233488\n")
    with pytest.raises(lists.NoSupportInFile):
        lists.read_list(path=path, name="dn.csv", source="Sở", by=people.owner, at=NOW)
    with pytest.raises(BadSupport):
        lists.read_list(path=path, name="dn.csv", source=" ", by=people.owner, at=NOW)


def test_what_was_taken_away_can_be_brought_back(people: Words, world: World, sign_in: SignIn, tmp_path: Path) -> None:
    record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    answer = sign_in(world.viewer).get("/ho-tro-da-cap/tai-ve/?nam=2026")
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    assert AccessRecord.objects.get().rows == 1
    batch = lists.look_at_list(path=path, name="so.xlsx", source="Sổ", by=people.owner, at=NOW)
    assert [row["reason"] for row in batch.rows] == ["known"]


def test_pages_of_the_history(people: Words, firm: Enterprise, world: World, sign_in: SignIn) -> None:
    client = sign_in(world.owner)
    form = {
        "name": "Cơ khí Mẫu", "tax_code": CODE, "province": "31", "content": "KC-12", "title": "Máy tiện",
        "agency": "Sở Công Thương", "money": "local", "year": "2026", "amount": "300 triệu", "status": "paid",
        "source": "Sổ",
    }  # fmt: skip
    assert client.post("/ho-tro-da-cap/ghi/", form).status_code == 302
    again = client.post("/ho-tro-da-cap/ghi/", form)
    assert (again.status_code, "Trùng hỗ trợ" in again.content.decode()) == (422, True)
    assert client.post("/ho-tro-da-cap/ghi/", form | {"knowing": "on"}).status_code == 302
    page = client.get(f"/doanh-nghiep/{make_registry_id(firm.pk)}/da-ho-tro/").content.decode()
    assert page.count("Cùng nội dung, cùng năm") == 2 and "600 triệu" in page
    listed = client.get("/ho-tro-da-cap/?q=co khi").content.decode()
    assert listed.count("300 triệu") >= 2
    one = SupportGiven.objects.first()
    assert one and client.post(f"/ho-tro-da-cap/{one.pk}/go/", {"reason": "Ghi hai lần"}).status_code == 302
    told = {"year": "2026", "place": "31", "reason": "Đối chiếu"}
    assert client.post("/ho-tro-da-cap/day-du/", told).status_code == 302
    assert client.post("/ho-tro-da-cap/day-du/", told | {"place": "75"}).status_code == 422


def test_a_declared_year_is_taken_back_on_its_page(people: Words, world: World, sign_in: SignIn) -> None:
    word = declare_complete(province="31", year=2025, by=people.owner, at=NOW, reason="Đã đối chiếu")
    url = f"/ho-tro-da-cap/day-du/{word.pk}/rut/"
    page = sign_in(world.owner).get("/ho-tro-da-cap/day-du/").content.decode()
    assert "2025, Hải Phòng" in page and url in page
    assert sign_in(world.stranger).post(url, {"reason": "x"}).status_code == 403
    assert url not in sign_in(world.ministry).get("/ho-tro-da-cap/day-du/").content.decode()
    client = sign_in(world.colleague)
    assert "Chưa ghi lý do." in client.post(url, {"reason": ""}, follow=True).content.decode()
    assert client.post(url, {"reason": "Còn thiếu"}).status_code == 302
    word.refresh_from_db()
    page = client.get("/ho-tro-da-cap/day-du/").content.decode()
    assert (word.withdrawn_at is not None, "Chưa có năm nào." in page) == (True, True)


def test_every_field_of_the_entry_stands_on_its_page_once(people: Words, world: World, sign_in: SignIn) -> None:
    form = sign_in(world.owner).get("/ho-tro-da-cap/ghi/").context["form"]
    shown = [field.name for _title, fields in form.groups() for field in fields]
    assert sorted(shown) == sorted(form.fields)
