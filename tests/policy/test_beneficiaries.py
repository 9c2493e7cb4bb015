"""Who got support: one beneficiary under one tax code or name, linked to a record by a decision that can be undone."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from matxich.kit.refusals import Denied, NoReason
from matxich.ledger.models import Entry as LedgerEntry
from matxich.policy.actions.beneficiaries import (
    AlreadyLinked,
    AnotherTaxCode,
    link_beneficiary,
    unlink_beneficiary,
)
from matxich.policy.actions.support import DoubleSupport, NotThere, record_support
from matxich.policy.models import BeneficiaryLink, SupportGiven
from matxich.policy.queries.beneficiaries import beneficiary_page
from matxich.policy.queries.support import of_firm, other_support, support_given
from matxich.policy.queries.support_pages import lines_of
from matxich.registry.actions import create_enterprise, merge_enterprises, source_named
from matxich.registry.models import Enterprise
from matxich.registry.search import catch_up
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW, World
from tests.policy.conftest import Words, entry

SignIn = Callable[[object], Client]
CODE, OTHER = "0100233488", "2300325764"


def firm_called(name: str, people: Words, **more: str) -> Enterprise:
    source = source_named(name="Danh sách của Sở", by=people.owner, at=NOW)
    facts = {"name": name, "site_address": "Phường An Dương, Hải Phòng"} | more
    return create_enterprise(facts=facts, source=source, as_of=date(2026, 6, 1), by=people.owner, at=NOW)


@pytest.fixture
def firm(people: Words) -> Enterprise:
    return firm_called("Cơ khí Mẫu Mới", people)


@pytest.fixture
def given(people: Words) -> SupportGiven:
    return record_support(entry=entry(), by=people.owner, at=NOW)


def link(given: SupportGiven, firm: Enterprise, people: Words, reason: str = "Cùng giấy đăng ký") -> BeneficiaryLink:
    return link_beneficiary(given=given, enterprise=firm, by=people.owner, at=NOW, reason=reason)


def test_what_was_and_what_will_be_recorded_is_the_records_until_the_link_is_taken_back(
    people: Words, firm: Enterprise, given: SupportGiven
) -> None:
    same = record_support(entry=entry(name="CƠ KHÍ  MẪU", year=2025), by=people.owner, at=NOW)
    another = record_support(entry=entry(name="Cơ khí Khác"), by=people.owner, at=NOW)
    assert list(of_firm(firm)) == []
    link(given, firm, people)
    later = record_support(entry=entry(name="cơ khí mẫu", content="KC-17"), by=people.owner, at=NOW)
    assert list(of_firm(firm)) == [later, given, same]
    known = other_support(firm, "KC-12", 2026)
    assert known and (known.value, "15/QĐ-SCT" in known.source) == (True, True)
    unlink_beneficiary(given=later, by=people.colleague, at=NOW, reason="Hai cơ sở khác nhau")
    assert (list(of_firm(firm)), other_support(firm, "KC-12", 2026)) == ([], None)
    assert set(SupportGiven.objects.values_list("enterprise", "link")) == {(None, None)}
    assert another.beneficiary != given.beneficiary
    written = LedgerEntry.objects.filter(object_kind="support_link").order_by("pk")
    assert [(each.action, each.reason) for each in written] == [
        ("support.link", "Cùng giấy đăng ký"), ("support.unlink", "Hai cơ sở khác nhau"),
    ]  # fmt: skip
    assert written[0].after == {"enterprise": firm.pk, "entries": [given.pk, same.pk]}
    assert written[1].before == {"enterprise": firm.pk, "entries": [given.pk, same.pk, later.pk]}
    assert "Mẫu" not in str([(each.before, each.after, each.object_label) for each in written])


def test_a_double_is_seen_across_the_names_of_one_record(people: Words, firm: Enterprise, given: SupportGiven) -> None:
    other = record_support(entry=entry(name="Xưởng Mẫu", content="DN-22"), by=people.owner, at=NOW)
    assert [line.doubles for line in lines_of(SupportGiven.objects.all())] == [(), ()]
    link(given, firm, people)
    link(other, firm, people)
    assert [len(line.doubles) for line in lines_of(SupportGiven.objects.all())] == [1, 1]
    with pytest.raises(DoubleSupport) as refused:
        record_support(entry=entry(name="Cơ khí mẫu", decision_no="16/QĐ"), by=people.owner, at=NOW)
    assert set(refused.value.entries) == {given, other}


def test_what_a_tax_code_and_what_a_link_say_is_one_firm_also_after_a_merge(people: Words, given: SupportGiven) -> None:
    kept = firm_called("Cơ khí Mẫu", people, tax_code=CODE)
    merged = firm_called("Xưởng cơ khí", people)
    link(given, merged, people)
    by_code = record_support(entry=entry(name="Tên khác", tax_code=CODE, content="KC-17"), by=people.owner, at=NOW)
    merged.refresh_from_db()
    kept.refresh_from_db()
    merge_enterprises(
        kept=kept, merged=merged, by=people.owner, at=NOW, reason="Một doanh nghiệp",
        kept_version=kept.version, merged_version=merged.version,
    )  # fmt: skip
    assert list(of_firm(kept)) == [by_code, given]
    with pytest.raises(DoubleSupport):
        record_support(entry=entry(name="Tên khác", tax_code=CODE), by=people.owner, at=NOW)
    page = beneficiary_page(SupportGiven.objects.get(pk=given.pk))
    assert page.record and page.record.registry_id == make_registry_id(kept.pk)


def test_entries_under_a_tax_code_are_the_records_once_it_is_known(people: Words) -> None:
    before = record_support(entry=entry(tax_code=CODE), by=people.owner, at=NOW)
    firm = firm_called("Cơ khí Mẫu", people, tax_code=CODE)
    assert list(of_firm(firm)) == [before]
    with pytest.raises(DoubleSupport):
        record_support(entry=entry(tax_code=CODE, decision_no="16/QĐ"), by=people.owner, at=NOW)
    page = beneficiary_page(before)
    assert page.record and (page.record.same_code, page.linked) == (True, False)


def test_who_may_link(people: Words, firm: Enterprise, given: SupportGiven) -> None:
    allowed = {"owner": True, "colleague": True, "ministry": True, "stranger": False, "viewer": False,
               "administrator": False, "firm": False}  # fmt: skip
    for name, may in allowed.items():
        told = {"given": given, "by": getattr(people, name), "at": NOW, "reason": "x"}
        if may:
            link_beneficiary(enterprise=firm, **told)
            unlink_beneficiary(**told)
            continue
        with pytest.raises(Denied):
            link_beneficiary(enterprise=firm, **told)
        with pytest.raises(Denied):
            unlink_beneficiary(**told)


def test_what_cannot_be_linked_says_why(people: Words, firm: Enterprise, given: SupportGiven) -> None:
    with pytest.raises(NoReason):
        link(given, firm, people, " ")
    with pytest.raises(NotThere):
        unlink_beneficiary(given=given, by=people.owner, at=NOW, reason="x")
    coded = record_support(entry=entry(name="Khác", tax_code=f"{CODE}-001"), by=people.owner, at=NOW)
    with pytest.raises(AnotherTaxCode):
        link(coded, firm_called("Hai", people, tax_code=OTHER), people)
    link(coded, firm_called("Ba", people, tax_code=CODE), people)  # a unit of the same legal entity
    link(given, firm, people)
    with pytest.raises(AlreadyLinked):
        link(given, firm, people)
    with pytest.raises(NoReason):
        unlink_beneficiary(given=given, by=people.owner, at=NOW, reason="")


def test_the_database_keeps_one_link_a_beneficiary(people: Words, firm: Enterprise, given: SupportGiven) -> None:
    made = link(given, firm, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        BeneficiaryLink.objects.create(
            beneficiary=made.beneficiary, enterprise=firm, reason="x", linked_by="x", linked_at=NOW
        )


def test_the_history_is_searched_without_marks(people: Words, given: SupportGiven) -> None:
    found = [list(support_given(text=text)) for text in ("co khi mau", "CƠ KHÍ", "may tien", "15/qd", "kc-12", "nhua")]
    assert found == [[given]] * 5 + [[]]


@pytest.mark.django_db(transaction=True)
def test_its_page_finds_the_record_links_it_and_takes_it_back(
    people: Words, firm: Enterprise, given: SupportGiven, world: World, sign_in: SignIn
) -> None:
    catch_up()
    client, url = sign_in(world.owner), f"/ho-tro-da-cap/{given.pk}/"
    assert f'href="{url}"' in client.get("/ho-tro-da-cap/").content.decode()
    code = make_registry_id(firm.pk)
    text = client.get(f"{url}?ho-so={code}").content.decode()
    assert "Cơ khí Mẫu Mới" in text and f'value="{code}"' in text
    for told, said in (
        ({"record": "MX-999999-9", "reason": "x"}, "Không có hồ sơ nào"),
        ({"record": code}, "bắt buộc"),
    ):
        sent = client.post(f"{url}noi/", told)
        assert (sent.status_code, said in sent.content.decode()) == (422, True)
    assert client.post(f"{url}noi/", {"record": code, "reason": "Cùng giấy phép"}).status_code == 302
    text = client.get(url).content.decode()
    assert "Cùng giấy phép" in text and "Bỏ nối" in text
    assert client.post(f"{url}bo-noi/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}bo-noi/", {"reason": "Nhầm"}).status_code == 302
    assert "Nhầm" in client.get(url).content.decode()
    assert sign_in(world.viewer).get(url).status_code == 200
    assert sign_in(world.viewer).post(f"{url}noi/", {"record": code, "reason": "x"}).status_code == 403
    assert sign_in(world.stranger).post(f"{url}noi/", {"record": code, "reason": "x"}).status_code == 403
    assert sign_in(world.enterprise).get(url).status_code == 403


def test_a_page_of_what_was_taken_out_says_so(
    people: Words, given: SupportGiven, world: World, sign_in: SignIn
) -> None:
    SupportGiven.objects.update(withdrawn_at=NOW, withdrawn_by="user:1")
    assert "Không còn khoản nào được tính" in sign_in(world.owner).get(f"/ho-tro-da-cap/{given.pk}/").content.decode()


def test_entries_recorded_before_are_told_apart_and_found_as_later_ones(people: Words, given: SupportGiven) -> None:
    SupportGiven.objects.update(beneficiary="", folded="")
    filling = import_module("matxich.policy.migrations.0007_beneficiaries_of_entries")
    filling.told(apps, None)
    told = SupportGiven.objects.values_list("beneficiary", "folded").get()
    assert told == (given.beneficiary, given.folded)
