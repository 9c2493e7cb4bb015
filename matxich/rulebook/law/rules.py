"""Named rules of the law as they read over time: size, rural industrial establishment, supporting industries.

Sources: decree 80/2021 article 5; decree 45/2012 article 1, new by decree 235/2025 from 15/10/2025; circular 46/2012
article 3; decree 111/2015 article 3, new by decree 205/2025 from 01/09/2025; resolutions on the provinces.
"""

from collections.abc import Mapping

from matxich.rulebook.law.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Era,
    Is,
    Limit,
    Not,
    OrDeclared,
    Rule,
    Settled,
)
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.spans import Span

SIZES = ("micro", "small", "medium")
_SIZE = Citation("nd-80-2021", "Điều 5")
_OLD = Citation("nd-45-2012", "Điều 1 khoản 2")
_NEW = Citation("nd-45-2012", "Điều 1 khoản 2", "nd-235-2025")
_PLACE = Citation("tt-46-2012-bct", "Điều 3")
_CNHT_OLD = Citation("nd-111-2015", "Điều 3 khoản 1")
_CNHT_NEW = Citation("nd-111-2015", "Điều 3 khoản 1", "nd-205-2025")
_SIZE_NAMES = {
    "micro": Words("Doanh nghiệp siêu nhỏ", "Micro enterprise"),
    "small": Words("Không lớn hơn doanh nghiệp nhỏ", "At most a small enterprise"),
    "medium": Words("Doanh nghiệp nhỏ và vừa", "Small or medium enterprise"),
}


_REVENUE = Not(
    Is("revenue", (0,), Words("Chưa có doanh thu", "No revenue yet"), _SIZE),
    Words("Đã có doanh thu; chưa có thì chỉ xét nguồn vốn", "Has revenue; without any, capital decides"),
    _SIZE,
)


def _within(size: str, branch: str) -> Condition:
    """Workers at or below the limit, and revenue or capital at or below theirs."""

    def limit(fact: str, vi: str, en: str) -> Limit:
        return Limit(fact, "DN-SIZE", f"{size}_{fact}_{branch}", Words(vi, en), _SIZE)

    money = AnyOf(
        (
            All(
                (
                    limit(
                        "revenue", "Doanh thu năm không quá {limit} đồng", "Revenue of the year at most {limit} đồng"
                    ),
                    _REVENUE,
                ),
                Words("Có doanh thu và doanh thu trong mức", "Has revenue, within the limit"),
                _SIZE,
            ),
            limit("capital", "Tổng nguồn vốn không quá {limit} đồng", "Total capital at most {limit} đồng"),
        ),
        Words("Doanh thu hoặc nguồn vốn trong mức", "Revenue or capital within the limit"),
        _SIZE,
    )
    people = limit("workers", "Lao động không quá {limit} người", "At most {limit} workers")
    return All((people, money), _SIZE_NAMES[size], _SIZE)


_SERVICES = Is("branch", ("services",), Words("Ngành chính là thương mại, dịch vụ", "The main line is services"), _SIZE)


def _size(size: str) -> Condition:
    return Choose(_SERVICES, _within(size, "services"), _within(size, "industry"), _SIZE_NAMES[size], _SIZE)


_PRODUCES = Is(
    "production",
    (True,),
    Words("Trực tiếp sản xuất công nghiệp, tiểu thủ công nghiệp", "Produces industrial or handicraft goods itself"),
    _OLD,
)
SME = Rule("at_most_medium", Words("Là doanh nghiệp nhỏ và vừa", "Is a small or medium enterprise"), _SIZE)


def _forms(article: Citation, *others: str) -> Condition:
    return AnyOf(
        (
            Is(
                "legal_form",
                others,
                Words("Hợp tác xã, tổ hợp tác, hộ kinh doanh", "Cooperative, group, household"),
                article,
            ),
            All(
                (Is("legal_form", ("enterprise",), Words("Là doanh nghiệp", "Is an enterprise"), article), SME),
                Words("Doanh nghiệp nhỏ và vừa", "Small or medium enterprise"),
                article,
            ),
        ),
        Words("Thuộc loại hình được hưởng khuyến công", "Of a legal form that industrial promotion serves"),
        article,
    )


_WARD_WORDS = Words(
    "Phường của thị xã, của thành phố loại 2, loại 3, hoặc của thành phố loại 1 chuyển từ xã chưa quá 5 năm",
    "The ward belongs to a town, to a city of class 2 or 3, or to one of class 1 as a recent commune",
)
_PLACE_WORDS = Words("Nơi sản xuất thuộc địa bàn khuyến công", "The place of production is served by the promotion")


def _in(words: Words, article: Citation, *kinds: str) -> Condition:
    return Is("site_commune_kind", kinds, words, article)


_PLACE_BEFORE = AnyOf(
    (
        _in(Words("Nơi sản xuất ở xã, thị trấn", "Produces in a commune or township"), _PLACE, "commune", "township"),
        All(
            (
                _in(Words("Nơi sản xuất ở phường", "Produces in a ward"), _PLACE, "ward", "special_zone"),
                Is("site_city_class", ("rural_district", "town", "class_2_3", "class_1_converted"), _WARD_WORDS, _OLD),
            ),
            Words("Ở phường thuộc địa bàn khuyến công", "In a ward that the promotion serves"),
            _OLD,
        ),
    ),
    _PLACE_WORDS,
    _OLD,
)

CENTRAL_CITIES = ("01", "31", "46", "48", "79", "92")
"""Codes of the centrally-run cities from 01/07/2025; Đồng Nai, 75, became one on 30/04/2026."""
_PROVINCES, _CITY = Citation("nq-202-2025-qh15"), Citation("nq-30-2026-qh16")
_IN_SIX = Is("site_province", CENTRAL_CITIES, Words("Thành phố trực thuộc trung ương", "A central city"), _PROVINCES)
_IN_DONG_NAI = All(
    (
        Is("site_province", ("75",), Words("Thành phố Đồng Nai", "The city of Đồng Nai"), _CITY),
        Settled(
            "KC-02-DONG-NAI",
            Words(
                "Phường của Đồng Nai từ 30/04/2026: câu chữ không còn cho hưởng, quy định chuyển tiếp chưa rõ",
                "Wards of Đồng Nai from 30 April 2026: out by the wording, a transitional rule is not known",
            ),
        ),
    ),
    Words("Phường của thành phố Đồng Nai", "A ward of the city of Đồng Nai"),
    _CITY,
)
_UNSETTLED = All(
    (
        Is("site_province", ("75",)),
        Is("site_commune_kind", ("ward",)),
        Not(Is("craft_village", (True,))),
    )
)
"""Where the wording itself is open, a firm's declaration settles nothing."""
_OUTSIDE = Words("Không thuộc thành phố trực thuộc trung ương", "Not in a centrally-run city")

_PLACE_AFTER = AnyOf(
    (
        _in(
            Words("Nơi sản xuất ở xã, đặc khu", "Produces in a commune or special zone"),
            _NEW,
            "commune",
            "special_zone",
        ),
        All(
            (
                _in(Words("Nơi sản xuất ở phường", "Produces in a ward"), _NEW, "ward"),
                Rule("outside_central_city", _OUTSIDE, _NEW),
            ),
            Words("Ở phường của một tỉnh", "In a ward of a province"),
            _NEW,
        ),
        Is(
            "craft_village",
            (True,),
            Words("Trong làng nghề được UBND tỉnh công nhận", "In a craft village recognised by the province"),
            _NEW,
        ),
    ),
    _PLACE_WORDS,
    _NEW,
)
_RURAL = Words("Là cơ sở công nghiệp nông thôn", "Is a rural industrial establishment")


def _rural(article: Citation, place: Condition, *forms: str) -> Condition:
    return All((_forms(article, *forms), _PRODUCES, place), _RURAL, article)


_MAKES = Words(
    "Làm nguyên liệu, vật liệu, linh kiện, phụ tùng cho sản phẩm hoàn chỉnh",
    "Makes materials, components or parts for finished products",
)
_MAKES_MORE = Words(
    "Sản xuất, gia công nguyên liệu, phụ liệu, vật liệu, linh kiện, phụ tùng cho sản phẩm hoàn chỉnh",
    "Makes or processes materials, auxiliaries, components or parts for finished products",
)
_LINES_OLD = (
    "agro_processing", "consumer_export", "chemicals_materials", "mechanical_electronic", "supporting", "handicraft",
    "mining_difficult_area", "cleaner_production",
)  # fmt: skip
_LINE = Words("Ngành nghề được khuyến công", "The line of production is one that is promoted")
_LINE_OLD, _LINE_NEW = Citation("nd-45-2012", "Điều 5"), Citation("nd-45-2012", "Điều 5", "nd-235-2025")

RURAL = OrDeclared(
    Rule("rural_by_definition"),
    Is("is_cnnt", (True,), Words("Được khai là cơ sở công nghiệp nông thôn", "Declared rural industrial"), _NEW),
    _RURAL,
    unless=Rule("unsettled_place"),
)
_ARTISAN = Is("legal_form", ("artisan",), Words("Là nghệ nhân nhân dân, ưu tú", "Is a recognised artisan"), _NEW)
_OPEN_ARTISAN = All(
    (
        _ARTISAN,
        Settled(
            "KC-02-ARTISAN",
            Words(
                "Nghệ nhân thuộc đối tượng của nghị định; nội dung này có cho nghệ nhân hay không chưa rõ",
                "Artisans are served by the decree; whether this content is for them is not known",
            ),
        ),
    ),
    Words("Là nghệ nhân, nội dung này có cho nghệ nhân", "Is an artisan, and the content is for artisans"),
    _NEW,
)
_SUBJECT = Words("Là cơ sở công nghiệp nông thôn hoặc nghệ nhân", "Is a rural industrial establishment or an artisan")

RULES: Mapping[str, tuple[Era, ...]] = {
    **{f"at_most_{size}": (Era(Span.of("2021-10-15"), _size(size)),) for size in SIZES},
    "outside_central_city": (
        Era(Span.of("2025-07-01", "2026-04-30"), Not(_IN_SIX, _OUTSIDE, _PROVINCES)),
        Era(Span.of("2026-04-30"), Not(AnyOf((_IN_SIX, _IN_DONG_NAI)), _OUTSIDE, _CITY)),
    ),
    "unsettled_place": (Era(Span.of("2026-04-30"), _UNSETTLED),),
    "rural_by_definition": (
        Era(
            Span.of("2012-07-05", "2025-10-15"),
            _rural(_OLD, _PLACE_BEFORE, "cooperative", "cooperative_group", "household"),
        ),
        Era(
            Span.of("2025-10-15"),
            _rural(_NEW, _PLACE_AFTER, "cooperative", "cooperative_union", "cooperative_group", "household"),
        ),
    ),
    "promoted_line": (
        Era(Span.of("2012-07-05", "2025-10-15"), Is("sector", _LINES_OLD, _LINE, _LINE_OLD)),
        Era(Span.of("2025-10-15"), Is("sector", (*_LINES_OLD, "high_tech", "energy_environment"), _LINE, _LINE_NEW)),
    ),
    "promotion_subject": (
        Era(Span.of("2012-07-05", "2025-10-15"), RURAL),
        Era(Span.of("2025-10-15"), AnyOf((RURAL, _ARTISAN), _SUBJECT, _NEW)),
    ),
    "establishment_or_artisan": (
        Era(Span.of("2012-07-05", "2025-10-15"), RURAL),
        Era(Span.of("2025-10-15"), AnyOf((RURAL, _OPEN_ARTISAN), _SUBJECT, _NEW)),
    ),
    "supporting_by_definition": (
        Era(Span.of("2016-01-01", "2025-09-01"), Is("supporting_goods", ("made",), _MAKES, _CNHT_OLD)),
        Era(Span.of("2025-09-01"), Is("supporting_goods", ("made", "processed"), _MAKES_MORE, _CNHT_NEW)),
    ),
}

LINE = Rule("promoted_line", _LINE)
SUBJECT = Rule("promotion_subject", _SUBJECT)
ESTABLISHMENT = Rule("establishment_or_artisan", _SUBJECT)
"""Of contents whose text seen speaks of establishments and is silent on artisans."""
SUPPORTING = OrDeclared(
    Rule("supporting_by_definition"),
    Is("is_cnht", (True,), Words("Được khai là doanh nghiệp công nghiệp hỗ trợ", "Declared supporting"), _CNHT_NEW),
    Words("Là doanh nghiệp công nghiệp hỗ trợ", "Is a supporting-industries firm"),
)

_DOUBLE = Citation("luat-04-2017-qh14", "Điều 5 khoản 5")


def once(article: Citation) -> Condition:
    """ "Không hỗ trợ trùng": no other state money for the same content."""
    had = Words("Đã nhận tiền nhà nước khác cho cùng nội dung", "Other state money came for the same content")
    wanted = Words("Chưa nhận tiền nhà nước khác cho cùng nội dung", "No other state money for the same content")
    return Not(Is("other_state_support_same_content", (True,), had, article), wanted, article)


ONCE = once(_DOUBLE)
