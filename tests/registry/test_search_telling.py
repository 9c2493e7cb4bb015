"""Structured values of a passport are found by their words, their concepts and, certificates, by the day."""

from datetime import date

import pytest
from django.http import QueryDict

from matxich.registry import search
from matxich.registry.models import Statement
from matxich.registry.search import ListRequest, Query, resolve
from matxich.registry.search.telling import told as searched
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def told(**fields: list[object]) -> dict[str, object]:
    return {code: {"m": [[value, 1] for value in values]} for code, values in fields.items()}


def test_a_stated_certificate_outweighs_a_word_of_a_list() -> None:
    passport = told(
        certificates=["ISO 9001:2015", "ISO 14001 (hiệu lực đến 31/12/2026)"],
        certificate=[{"text": "ISO 9001", "concept": "iso-9001", "valid_from": "2023-01-01", "valid_to": "2026-01-01"}],
    )
    held = {(one.code, one.start, one.end) for one in searched(passport, (), {}).certificates}
    assert held == {
        ("iso-9001", date(2023, 1, 1), date(2026, 1, 1)),
        ("iso-14001", None, date(2027, 1, 1)),
    }
    assert searched(passport, {1}, {}).certificates == ()
    alone = searched(told(certificates=["ISO 9001:2015"]), (), {}).certificates
    assert [(one.code, one.start, one.end) for one in alone] == [("iso-9001", None, None)]


def test_a_concept_that_a_person_chose_stands() -> None:
    passport = told(
        processes=[{"text": "làm dây", "concept": "wire-edm"}, "mài phẳng"],
        materials=[{"text": "inox 304", "concept": "wire-edm"}],
        machine=[{"process": "injection-molding", "kind": "máy ép"}],
    )
    found = searched(passport, (), {}).concepts
    assert {"wire-edm", "machining", "surface-grinding"} <= set(found["process"])
    assert "sus304" in found["material"]
    assert found["certificate"] == ()


def test_structured_values_are_searched_as_far_as_their_readers_may_see() -> None:
    facts = {
        "machine": [{"kind": "máy phay", "maker": "Đại Ngàn", "year": 2015}],
        "product": [{"name": "Vỏ hộp số", "hs": "870840"}],
        "site": [{"name": "Nhà máy 2", "address": "Lô B3, KCN Tràng Duệ"}],
        "customer": [{"name": "Ô tô Thạch Kiều"}],
        "certificate": [{"text": "ISO 9001", "body": "Quacert", "number": "HT 1234"}],
        "contact": [{"name": "Nguyễn Văn Mẫu", "phone": "0900000123"}],
    }
    one = firm("Cơ khí Lam", told=facts)
    search.rebuild()
    for text in ("máy phay dai ngan", "vo hop so", "870840", "trang due", "quacert", "nhà máy 2"):
        assert [found for found, _ in search.search(Query(text)).hits] == [one.pk], text
    assert search.search(Query("thach kieu")).total == 0
    assert search.search(Query("thach kieu", audience="officials")).total == 1
    for text in ("nguyen van mau", "0900000123"):
        assert search.search(Query(text, audience="officials")).total == 0
    Statement.objects.filter(field="machine").update(visibility=1)
    search.rebuild()
    assert search.search(Query("dai ngan")).total == 0


def test_a_page_tells_validity_today_and_on_a_day() -> None:
    held = {"text": "ISO 9001", "concept": "iso-9001"}
    valid = firm("Cơ khí Một", told={"certificate": [held | {"valid_to": "2027-01-01"}]})
    firm("Cơ khí Hai", told={"certificate": [held | {"valid_to": "2026-01-01"}]})
    firm("Cơ khí Ba", told={"certificates": ["ISO 9001"]})
    search.rebuild()

    def page(address: str) -> search.ListPage:
        return ListRequest.from_params(QueryDict(address), today=TODAY).answer()

    every = page("certificate=ISO 9001")
    assert every.total == 3
    validity = next(facet for facet in every.facets if facet.name == "validity")
    assert [(o.label, o.count, o.checked, o.url) for o in validity.options] == [
        ("Còn hiệu lực", 1, False, "?certificate=iso-9001&validity=valid"),
        ("Chưa rõ thời hạn", 1, False, "?certificate=iso-9001&validity=unknown"),
    ]
    today = page("certificate=iso-9001&validity=valid")
    assert today.ids == (valid.pk,)
    assert today.messages == ("Thêm 1 doanh nghiệp có chứng chỉ này nhưng chưa rõ thời hạn.",)
    before = page("certificate=iso-9001&on=31/12/2025")
    assert before.total == 2
    assert [chip.text for chip in before.chips] == ["ISO 9001", "Chứng chỉ còn hiệu lực vào 31/12/2025"]
    assert before.chips[1].remove_url == "?certificate=iso-9001"
    assert ("on", "2025-12-31") in before.hidden
    assert page("certificate=iso-9001&on=2027").messages == (
        "“2027” không phải là một ngày, nên chưa lọc theo ngày. Ghi ngày/tháng/năm, ví dụ 31/12/2026.",
    )


def test_without_an_index_filters_by_concept_are_said_to_be_unanswered() -> None:
    firm("Cơ khí Một", told={"certificates": ["ISO 9001"]}, as_of=date(2026, 11, 1))
    firm("Cơ khí Hai", as_of=date(2020, 1, 1))
    firm("Cơ khí Ba")
    search.reset()
    asked = ListRequest.from_params(QueryDict("q=co khi&certificate=ISO+9001&process=phay&freshness=6"), today=TODAY)
    page = asked.answer()
    assert (page.total, page.results.degraded, page.results.unanswered) == (1, True, ("process", "certificate"))
    assert page.messages[1] == "Chưa áp dụng được bộ lọc: Công đoạn, Chứng chỉ."
    ages = {
        age: search.search(Query("", {"freshness": (age,)}, today=TODAY)).total
        for age in ("6", "12", "24", "older", "unknown")
    }
    assert ages == {"6": 1, "12": 0, "24": 0, "older": 1, "unknown": 1}
    with pytest.raises(ValueError, match="without a day"):
        search.search(Query("", {"freshness": ("6",)}))


def test_a_sector_is_one_list_with_the_taxonomy() -> None:
    for n, sector in enumerate(("Cơ khí chế tạo", "Khuôn mẫu", "Điện tử", "Ngành lạ")):
        firm(f"Cơ khí {n}", told={"sectors": [sector]})
    search.rebuild()
    assert set(resolve("sector", "mechanical engineering")) == {"Cơ khí chế tạo", "Khuôn mẫu"}
    assert resolve("sector", "mould making") == resolve("sector", "mould-making-sector") == ("Khuôn mẫu",)
    assert resolve("sector", "電子") == ("Điện tử",)
    assert resolve("sector", "nganh la") == ("Ngành lạ",)


def test_an_unknown_concept_is_refused_with_near_ones() -> None:
    with pytest.raises(search.UnknownValue) as refused:
        resolve("certificate", "ISO 99999")
    assert "ISO 9001" in refused.value.hint
    assert resolve("certificate", "iso9001") == ("iso-9001",)


def test_names_and_zones_that_are_not_for_everybody_are_not_found_by() -> None:
    made = firm("Cơ khí Lam", told={"name_en": "Lam Precision", "zone": "KCN Tràng Duệ"})
    made.zone = "KCN Tràng Duệ"
    made.save()
    search.rebuild()
    assert search.search(Query(text="lam precision ")).total == 1
    assert dict(search.search(Query(facets=("zone",))).facets["zone"]) == {"KCN Tràng Duệ": 1}
    Statement.objects.filter(enterprise=made, field__in=("name_en", "zone")).update(visibility=1)
    search.rebuild()
    assert not search.search(Query(text="lam precision ")).total
    assert search.search(Query(text="cơ khí lam ", facets=("zone",))).facets["zone"] == ()
