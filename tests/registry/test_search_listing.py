"""A list page from its address: filters by any name, chips, facets, pages, and broken values left out with a word."""

import pytest
from django.http import QueryDict

from matxich.registry import search
from matxich.registry.models import Enterprise
from matxich.registry.search import ListPage, ListRequest, UnknownValue, resolve
from matxich.registry.search.query import DEEPEST
from tests.registry.search_world import firm, source

pytestmark = pytest.mark.django_db


def page(address: str = "", **asked: object) -> ListPage:
    return ListRequest.from_params(QueryDict(address), **asked).answer()  # type: ignore[arg-type]


@pytest.fixture
def firms() -> list[Enterprise]:
    made = [
        firm(
            f"Công ty TNHH {'Đúc' if n % 3 else 'Dập'} Lam Sơn {n:02d}",
            told={"sectors": ["Điện tử" if n % 2 else "Cơ khí chế tạo"]},
            province_34="24" if n < 20 else "31",
            province_63="27" if n < 10 else "24" if n < 20 else "31",
            commune_34="09169" if n < 5 else "",
            size="small" if n % 2 else "large",
            by=source("Danh sách Bắc Ninh") if n < 20 else source("Danh sách Hải Phòng"),
        )
        for n in range(30)
    ]
    search.rebuild()
    return made


def test_a_plain_list(firms: list[Enterprise]) -> None:
    shown = page()
    assert (shown.total, len(shown.ids), shown.messages, shown.chips, shown.hidden) == (30, 25, (), (), ())
    assert [facet.name for facet in shown.facets] == [
        "province", "sector", "size", "verified", "freshness", "source", "in_programme",
    ]  # fmt: skip
    province = shown.facets[0]
    assert [(o.value, o.label, o.count, o.checked, o.url) for o in province.options] == [
        ("24", "Bắc Ninh", 20, False, "?province=24"),
        ("31", "Hải Phòng", 10, False, "?province=31"),
    ]
    assert shown.pager.shown == "1–25 trong 30 kết quả"
    assert (shown.pager.first, shown.pager.previous, shown.pager.next) == ("", "", "?page=2")
    rows = shown.in_order(Enterprise.objects.filter(id__in=shown.ids))
    assert [row.pk for row in rows] == list(shown.ids)


def test_filters_make_chips_and_links_without_and_with_them(firms: list[Enterprise]) -> None:
    shown = page("q=duc&province=24&size=small&size=large&page=1&sort=name")
    assert [(chip.text, chip.remove_url) for chip in shown.chips] == [
        ("Bắc Ninh", "?q=duc&size=small&size=large&sort=name"),
        ("Nhỏ", "?q=duc&province=24&size=large&sort=name"),
        ("Lớn", "?q=duc&province=24&size=small&sort=name"),
    ]
    assert shown.clear_url == "?q=duc&sort=name"
    assert shown.hidden == (("province", "24"), ("size", "small"), ("size", "large"), ("sort", "name"))
    assert [facet.name for facet in shown.facets][-1] == "commune"
    by_name = {facet.name: facet for facet in shown.facets}
    assert [(o.label, o.checked) for o in by_name["size"].options] == [("Nhỏ", True), ("Lớn", True)]
    assert [(o.label, o.count, o.url) for o in by_name["province"].options] == [
        ("Bắc Ninh", 13, "?q=duc&size=small&size=large&sort=name"),
        ("Hải Phòng", 7, "?q=duc&province=24&province=31&size=small&size=large&sort=name"),
    ]
    assert [(link.value, link.current) for link in shown.sorts] == [
        ("relevance", False), ("name", True), ("newest", False), ("freshness", False),
    ]  # fmt: skip


def test_the_other_map_leaves_its_places_behind(firms: list[Enterprise]) -> None:
    shown = page("map=63&province=Bac+Giang")
    assert shown.total == 10
    assert [(link.value, link.url, link.current) for link in shown.maps] == [
        ("34", "?", False),
        ("63", "?province=24&map=63", True),
    ]
    assert shown.chips[0].text == "Bắc Giang"
    assert page("view=map&province=24").facets[0].options[1].url == "?province=24&province=31&view=map"


def test_pages(firms: list[Enterprise]) -> None:
    second = page("page=2")
    assert (len(second.ids), second.pager.previous, second.pager.next) == (5, "?", "")
    assert second.pager.shown == "26–30 trong 30 kết quả"
    assert page("page=9").ids == second.ids
    far = page(f"page={10**30}")
    assert far.ids == second.ids
    assert far.messages == ("Chỉ xem được 10.000 kết quả đầu; hãy thêm chữ hoặc bộ lọc để thu hẹp.",)
    assert DEEPEST == 10_000


def test_broken_values_are_left_out_with_a_message(firms: list[Enterprise]) -> None:
    shown = page("province=Atlantis&size=%00&sort=price&map=77&page=-1&q=a%00b&verified=&source=' OR 1=1&more=x")
    assert shown.text == "ab"
    assert shown.chips == ()
    assert shown.messages[:3] == (
        "Bỏ qua “77”: không có lựa chọn này.",
        "Không có giá trị “Atlantis” cho bộ lọc Tỉnh, thành phố.",
        "Không có giá trị “\x00” cho bộ lọc Quy mô.",
    )
    assert len(shown.messages) == 6


def test_nothing_found_offers_a_way_out(firms: list[Enterprise]) -> None:
    hidden = page("q=lam son 25&province=24")
    assert hidden.total == 0
    assert hidden.elsewhere
    assert (hidden.elsewhere.label, hidden.elsewhere.url) == (
        "Xem 1 kết quả khi bỏ bộ lọc",
        "?q=lam+son+25&in_programme=0&in_programme=1",
    )
    assert page(hidden.elsewhere.url[1:]).total == 1
    slip = page("q=lam+sonn+25")
    told = "Không có doanh nghiệp nào khớp đúng từng chữ; đã tìm cả những chữ gần giống."
    assert (slip.total, slip.messages) == (1, (told,))
    assert slip.ids == (firms[25].pk,)
    near = page("q=lam+son+qqqqqq")
    assert (near.total, near.messages) == (0, ("Không tìm thấy tất cả các chữ; dưới đây là những kết quả gần nhất.",))
    assert near.ids


def test_long_facets_fold(firms: list[Enterprise]) -> None:
    for n in range(12):
        firm(f"Nhựa {n}", zone=f"KCN {n:02d}", hear=False)
    search.rebuild()
    folded = next(facet for facet in page("zone=KCN 11").facets if facet.name == "zone")
    assert len(folded.options) == 9
    assert (folded.more, folded.more_url) == ("Thêm 3", "?zone=KCN+11&more=zone")
    assert not folded.closed
    full = next(facet for facet in page(folded.more_url[1:]).facets if facet.name == "zone")
    assert (len(full.options), full.more) == (12, "")


def test_the_number_of_queries_is_constant(firms: list[Enterprise], django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        page("q=duc")
    with django_assert_num_queries(3):
        page("source=Danh sách Bắc Ninh&province=24&size=small")


def test_without_an_index_the_page_says_so(firms: list[Enterprise]) -> None:
    search.reset()
    shown = page("q=lam son&size=small")
    assert (shown.total, shown.facets) == (15, ())
    assert shown.messages == (
        "Chỉ mục tìm kiếm đang được lập lại: tạm thời chỉ tìm theo tên và đầu mã số thuế, chưa có số đếm bộ lọc.",
    )


def test_a_value_goes_by_many_names(firms: list[Enterprise]) -> None:
    for name, given, boundaries, codes in (
        ("province", "24", "63", ("24",)),
        ("province", "Bắc Giang", "63", ("24",)),
        ("province", "tinh bac giang", "63", ("24",)),
        ("province", "Bắc Ninh", "34", ("24",)),
        ("province", "TP. Hồ Chí Minh", "34", ("79",)),
        ("province", "TPHCM", "34", ("79",)),
        ("province", "Hanoi", "34", ("01",)),
        ("province", "Thừa Thiên Huế", "63", ("46",)),
        ("province", "Bà Rịa - Vũng Tàu", "63", ("77",)),
        ("size", "Nhỏ", "34", ("small",)),
        ("size", "medium", "34", ("medium",)),
        ("size", "doanh nghiệp siêu nhỏ", "34", ("micro",)),
        ("sector", "dien tu", "34", ("Điện tử",)),
        ("sector", "Electronics", "34", ("Điện tử",)),
        ("sector", "cơ khí", "34", ("Cơ khí chế tạo",)),
        ("verified", "khảo sát", "34", ("3",)),
        ("verified", "4", "34", ("4",)),
        ("in_programme", "không", "34", ("0",)),
        ("in_programme", "tất cả", "34", ("1", "0")),
    ):
        assert resolve(name, given, boundaries) == codes, given  # type: ignore[arg-type]


def test_a_source_goes_by_id_or_name(firms: list[Enterprise]) -> None:
    known = source("Danh sách Hải Phòng")
    assert resolve("source", "danh sach hai phong") == resolve("source", str(known.pk)) == (str(known.pk),)


def test_an_unknown_value_names_the_known_ones(firms: list[Enterprise]) -> None:
    with pytest.raises(UnknownValue) as refused:
        resolve("sector", "Đóng tàu")
    assert (str(refused.value), str(refused.value.hint)) == (
        "Không có giá trị “Đóng tàu” cho bộ lọc Lĩnh vực.",
        "Có thể dùng: Cơ khí chế tạo, Điện tử.",
    )
