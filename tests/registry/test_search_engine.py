"""One question to the index: the same set with and without marks, honest totals, facets that count every hit."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

import demo
from matxich.registry.search.document import FACETS, Document, as_json, schema
from matxich.registry.search.engine import ask
from matxich.registry.search.query import DEEPEST, Query, Results
from matxich.registry.search.spelling import own_name
from matxich.rulebook.vietnamese.text import fold, sort_key

FIRMS = [
    Document(
        1,
        "Công ty Cổ phần Cơ khí chính xác Lam Sơn Hạ",
        names=("Lam Son Ha Precision JSC", "Cơ khí Thạch Kiều"),
        codes=("9900010071", "MX-000001-3"),
        text=("Trục vít me", "Tiện CNC", "ISO 9001:2015", "KCN Tràng Duệ, An Dương, Hải Phòng"),
        office_text=("Ô tô Đại Ngàn",),
        province_34="31",
        province_63="31",
        size="small",
        sectors=("Cơ khí chế tạo",),
        sources=(1, 2),
        verified=3,
        listed=date(2026, 3, 1),
        as_of=date(2026, 9, 1),
    ),
    Document(
        2,
        "CTY TNHH MTV SX TM XNK Đúc Nguyệt Viên",
        codes=("9900010142-001",),
        text=("Vỏ hộp số", "Đúc áp lực", "Nhôm ADC12", "IATF16949"),
        province_34="24",
        province_63="24",
        size="medium",
        sectors=("Điện tử",),
        sources=(2,),
        verified=1,
        listed=date(2026, 5, 1),
        as_of=date(2025, 1, 1),
    ),
    Document(
        3,
        "Công ty TNHH Xuất nhập khẩu Dục Hòa",
        text=("Bánh răng nhựa",),
        province_34="24",
        province_63="27",
        size="small",
        sectors=("Điện tử",),
        sources=(3,),
        verified=0,
        listed=date(2026, 4, 1),
    ),
    Document(4, "Công ty Cổ phần Sữa Ngoài Danh Mục", province_34="79", sources=(9,), in_programme=False),
    Document(5, "Hộ kinh doanh Cơ khí Vân Đài", province_34="31", province_63="30", public=False, sources=(1,)),
]  # fmt: skip


class Register:
    def __init__(self, documents: Iterable[Document]) -> None:
        self.index = tantivy.Index(schema())
        writer = self.index.writer(15_000_000, 1)
        for document in documents:
            writer.add_json(as_json(document))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def __call__(self, text: str = "", **asked: object) -> Results:
        return ask(self.index.searcher(), self.index.schema, Query(text, **asked))  # type: ignore[arg-type]

    def ids(self, text: str = "", **asked: object) -> list[int]:
        results = self(text, **asked)
        return [] if results.relaxed else [found for found, _ in results.hits]


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(FIRMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cơ khí chính xác", [1]),
        ("co khi chinh xac", [1]),
        ("CƠ KHÍ CHÍNH XÁC", [1]),
        (normalize("NFD", "cơ khí chính xác"), [1]),
        ("lam son ha precision", [1]),
        ("thach kieu", [1]),
        ("chinh xac hai phong", [1]),
        ("9900010071", [1]),
        ("990001", [1, 2]),
        ("990 001 0071", [1]),
        ("9900010142-001", [2]),
        ("9900010142001", [2]),
        ("mx-000001-3", [1]),
        ("MX0000013", [1]),
        ("iso9001", [1]),
        ("9001 ", [1]),
        ("iatf 16949", [2]),
        ("xnk", [2, 3]),
        ("xuất nhập khẩu", [2, 3]),
        ("trách nhiệm hữu hạn một thành viên", [2]),
        ("mtv", [2]),
        ("công ty cp lam sơn", [1]),
        ("ctcp lam son", [1]),
        ("sản xuất thương mại", [2]),
        ("sxtm duc", [2]),
        ("S.X T.M duc", [2]),
        ("X.N.K", [2, 3]),
        ("x. n. k.", [2, 3]),
        ("X N K Hòa", [3]),
        ("T.N.H.H M.T.V", [2]),
        ("tnhhmtv", [2]),
        ("cty tnhh mtv sx-tm-xnk", [2]),
        ("CTCP", [1]),
        ("C.P lam son", [1]),
        ("nguyet v", [2]),
        ("nguyet vi", [2]),
        ("nguyet vie", [2]),
        ("nguyet v ", []),
        ("dai ngan", []),
        ("sua", []),
        ("van dai", []),
    ],
)
def test_what_a_text_finds(register: Register, text: str, found: list[int]) -> None:
    assert sorted(register.ids(text)) == found
    assert register(text).total == len(found)


def test_marks_lift_and_never_choose(register: Register) -> None:
    assert register.ids("đúc ") == [2, 3]
    assert register.ids("dục ") == [3, 2]
    assert sorted(register.ids("duc ")) == [2, 3]


def test_officials_also_find_what_only_they_may_see(register: Register) -> None:
    assert register.ids("dai ngan", audience="officials") == [1]
    assert register.ids("van dai", audience="officials") == [5]


def test_outside_the_programme_is_shown_only_when_asked(register: Register) -> None:
    assert register("sua").elsewhere == 1
    assert register.ids("sua", filters={"in_programme": ("0",)}) == [4]
    assert register.ids("sua", filters={"source": ("9",)}) == [4]
    assert register().total == 3


def test_filters_narrow_each_other_on_either_map(register: Register) -> None:
    assert sorted(register.ids(filters={"province": ("24",)})) == [2, 3]
    assert register.ids(filters={"province": ("24",)}, boundaries="63") == [2]
    assert sorted(register.ids(filters={"province": ("24", "27")}, boundaries="63")) == [2, 3]
    assert register.ids(filters={"province": ("24",), "size": ("small",)}) == [3]
    assert register.ids(filters={"source": ("2",), "verified": ("3",)}) == [1]
    assert register.ids(filters={"province": ("x\x00",)}) == []


def test_orders(register: Register) -> None:
    assert register.ids() == [1, 2, 3] == register.ids(sort="name")
    assert register.ids(sort="newest") == [2, 3, 1]
    assert register.ids(sort="freshness") == [1, 2, 3]
    assert register.ids(sort="newest", limit=2, page=2) == [1]


def test_a_list_by_name_is_not_a_list_by_legal_form() -> None:
    assert own_name("Công ty Cổ phần Cơ khí Lam Sơn") == "Cơ khí Lam Sơn"
    assert own_name("ABC Precision Co., Ltd") == "ABC Precision"
    assert own_name("Công ty TNHH SX XNK Đại Phát") == "SX XNK Đại Phát"
    assert own_name("Công ty TNHH") == "Công ty TNHH"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nguyett", [2]),
        ("nguyệt vienn", [2]),
        ("co khi chinh xca lam son ", [1]),
        ("co khi chinh xac lam son hax", [1]),
        ("cơ kih chính xác", [1]),
        ("công ty đúc áp lựcc nguyet", [2]),
    ],
)
def test_a_slip_beside_good_words_still_finds(register: Register, text: str, found: list[int]) -> None:
    slip = register(text, facets=("province",))
    assert (slip.total, slip.corrected, slip.relaxed, [n for n, _ in slip.hits]) == (len(found), True, False, found)
    assert sum(count for _value, count in slip.facets["province"]) == len(found)
    assert not register("cơ khí chính xác").corrected


def test_a_wrong_number_is_no_slip(register: Register) -> None:
    wrong = register("iso 9002 chinh xac")
    assert (wrong.total, wrong.corrected, wrong.relaxed) == (0, False, True)


def test_nothing_has_all_the_words_so_the_nearest_are_shown(register: Register) -> None:
    near = register("co khi chinh xac lam son qqqqqq ")
    assert (near.total, near.relaxed, [found for found, _ in near.hits]) == (0, True, [1])
    both = register("nguyett viennn")
    assert (both.total, both.relaxed, [found for found, _ in both.hits]) == (0, True, [2])
    by_name = register("dục hòa qqqqqq", sort="name")
    assert (by_name.relaxed, by_name.hits[0][0]) == (True, 3)
    hopeless = register("qqqqqqq zzzzzzz")
    assert (hopeless.total, hopeless.relaxed, hopeless.hits) == (0, False, ())


def test_filters_that_leave_nothing_say_what_they_hide(register: Register) -> None:
    hidden = register("nguyet vien", filters={"province": ("31",)})
    assert (hidden.total, hidden.elsewhere, hidden.relaxed) == (0, 1, False)


def test_facets_ignore_their_own_selection_alone(register: Register) -> None:
    facets = register(filters={"province": ("24",), "size": ("small",)}, facets=("province", "size", "sector")).facets
    assert dict(facets) == {
        "province": (("24", 1), ("31", 1)),
        "size": (("medium", 1), ("small", 1)),
        "sector": (("Điện tử", 1),),
    }
    assert register(filters={"zone": ("KCN ma",)}, facets=("zone",)).facets == {"zone": (("KCN ma", 0),)}


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000, "cơ khí " * 1_500, '"', "'; DROP TABLE", "name:a AND (b OR",
        "+-&&||!(){}[]^\"~*?:\\/", "a\x00b",
        "\x00", "😀", "👨‍👩‍👧 cơ khí", "\ud800", "%", "_", "   ", "\u200b", "機械 加工", ".*", "[a-z]{1000}",
        "١٢٣٤", "½ ﬁ",
    ],
)  # fmt: skip
def test_no_text_can_break_it(register: Register, text: str) -> None:
    for audience in ("public", "officials"):
        results = register(text, audience=audience, facets=tuple(FACETS), filters={"sector": (text,)})
        assert results.total == 0
        assert register(text, audience=audience).total >= 0


def test_pages_end_where_listing_ends(register: Register) -> None:
    assert register.ids(page=0) == register.ids(page=1) == register.ids(page=-5)
    assert register.ids(page=10**12) == []
    assert len(register(limit=0).hits) == 1
    assert register(limit=10**9, page=3).total == 3
    assert DEEPEST == 10_000


NAMES = st.lists(
    st.sampled_from(["Công ty", "TNHH", "CP", "Đúc", "đức", "Cơ khí", "XNK", "Hòa", "hoà", "Việt", "Ước", "ABC", "3D"]),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(NAMES, min_size=1, max_size=8), NAMES)
def test_marks_never_change_the_set(names: list[str], text: str) -> None:
    register = Register(Document(number, name) for number, name in enumerate(names, start=1))
    spellings = (text, fold(text), text.upper(), normalize("NFD", text), fold(text).upper())
    found = {tuple(sorted(register.ids(typed, limit=100))) for typed in spellings}
    assert len(found) == 1
    for number, name in enumerate(names, start=1):
        assert number in register.ids(name, limit=100)
        assert number in register.ids(fold(name), limit=100)


def corpus(codes: str = "abc") -> st.SearchStrategy[list[Document]]:
    one = st.builds(
        Document,
        id=st.just(0),
        name=st.sampled_from(["Đúc Lam", "Đúc Sơn", "Khuôn Lam"]),
        province_34=st.sampled_from(["", *codes]),
        province_63=st.sampled_from(["", *codes]),
        size=st.sampled_from(["small", "large"]),
        zone=st.sampled_from(["", "KCN 1"]),
        sources=st.sets(st.integers(1, 3)).map(tuple),
        in_programme=st.booleans(),
        verified=st.integers(0, 2),
        public=st.booleans(),
    )
    return st.lists(one, max_size=25).map(lambda many: [replace(d, id=n) for n, d in enumerate(many, start=1)])


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "province": st.sets(st.sampled_from("abc"), min_size=1).map(tuple),
        "size": st.sets(st.sampled_from(["small", "large"]), min_size=1).map(tuple),
        "source": st.sets(st.sampled_from("123"), min_size=1).map(tuple),
        "verified": st.sets(st.sampled_from("012"), min_size=1).map(tuple),
        "in_programme": st.sets(st.sampled_from("01"), min_size=1).map(tuple),
    },
)


def values(document: Document, name: str, boundaries: str) -> set[str]:
    plain = {
        "province": [getattr(document, f"province_{boundaries}")],
        "size": [document.size],
        "zone": [document.zone],
        "source": map(str, document.sources),
        "verified": [str(document.verified)],
        "in_programme": [str(int(document.in_programme))],
    }
    return set(plain[name]) - {""}


@settings(max_examples=60)
@given(corpus(), CHOICES, st.sampled_from(["", "duc", "lam "]), st.sampled_from(["34", "63"]), st.booleans())
def test_totals_and_facets_equal_a_plain_count(
    documents: list[Document], filters: dict[str, tuple[str, ...]], text: str, boundaries: str, official: bool
) -> None:
    audience = "officials" if official else "public"
    names = ("province", "size", "zone", "source", "verified", "in_programme")
    results = Register(documents)(
        text, filters=filters, boundaries=boundaries, audience=audience, facets=names, limit=100
    )
    chosen = filters if {"source", "in_programme"} & set(filters) else filters | {"in_programme": ("1",)}

    def matches(document: Document, without: str = "") -> bool:
        return (
            (official or document.public)
            and fold(text).strip() in fold(document.name)
            and all(values(document, n, boundaries) & set(v) for n, v in chosen.items() if n != without)
        )

    matching = [document for document in documents if matches(document)]
    assert results.total == len(matching)
    if results.total:
        assert sorted(found for found, _ in results.hits) == [document.id for document in matching]
    for name in names:
        counted = Counter(v for d in documents if matches(d, without=name) for v in values(d, name, boundaries))
        wanted = dict.fromkeys(chosen.get(name, ()), 0) | counted
        assert dict(results.facets[name]) == wanted


@settings(max_examples=30)
@given(st.lists(NAMES, min_size=1, max_size=12))
def test_names_sort_as_a_dictionary_does(names: list[str]) -> None:
    register = Register(Document(number, name) for number, name in enumerate(names, start=1))
    wanted = sorted(range(1, len(names) + 1), key=lambda number: (sort_key(own_name(names[number - 1])), number))
    assert register.ids(sort="name") == wanted


def test_listed_companies_are_found_by_their_short_names() -> None:
    """1,612 real names; a third of the short ones are abbreviations, old names or brands that the long ones lack."""
    with (Path(demo.__file__).parent / "data" / "listed_companies_2023_vi.csv").open(encoding="utf-8-sig") as file:
        pairs = [(row["organName"], row["organShortName"]) for row in csv.DictReader(file)]
    register = Register(Document(number, name) for number, (name, _short) in enumerate(pairs))
    for spelt in (str, fold):
        hits = [[n for n, _ in register(f"{spelt(short)} ", limit=10).hits] for _name, short in pairs]
        first = sum(found[:1] == [number] for number, found in enumerate(hits))
        ten = sum(number in found for number, found in enumerate(hits))
        assert first / len(pairs) > 0.87
        assert ten / len(pairs) > 0.91
