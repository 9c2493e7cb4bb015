"""Words around a term that do not change which term it is."""

from collections.abc import Sequence

from matxich.rulebook.taxonomy.words import atoms

TRADE = (
    "gia công", "sản xuất", "chế tạo", "dịch vụ", "nhận", "cung cấp", "chuyên", "làm", "công nghệ",
    "công đoạn", "xử lý", "phương pháp", "quy trình", "quá trình", "processing", "process", "manufacturing",
    "making", "production", "service", "machining", "fabrication", "work", "working", "technology", "加工", "製作",
    "製造", "作業", "処理", "工程", "技術", "サービス", "工法", "가공", "제작", "제조", "작업", "처리", "공정",
    "기술", "서비스", "공법", "생산", "品", "製品",
)  # fmt: skip
"""Said of any trade: a name without them is still the name ("phay", "gia công phay")."""

AROUND = (
    *TRADE, "chính xác cao", "chính xác", "độ chính xác cao", "độ chính xác", "cao cấp", "chất lượng cao",
    "chất lượng", "theo yêu cầu", "theo bản vẽ", "bản vẽ", "khách hàng", "của khách hàng", "giá rẻ", "uy tín",
    "hàng loạt", "số lượng lớn", "đơn chiếc", "loạt nhỏ", "các loại", "các", "loại", "chi tiết", "chi tiết máy",
    "sản phẩm", "linh kiện", "phụ tùng", "công ty", "chúng tôi", "năng lực", "thiết bị", "hệ thống",
    "chuyên nghiệp", "hiện đại", "tiên tiến", "nhanh", "lấy ngay", "khác", "v v", "vv", "và", "cho", "bằng", "trên",
    "với", "theo", "từ", "có", "được", "tại", "của", "đạt", "tiêu chuẩn", "chứng nhận", "chứng chỉ",
    "giấy chứng nhận", "ngành", "nguyên liệu", "vật liệu", "phôi", "hàng", "việt nam", "máy", "đơn hàng",
    "xuất khẩu", "nhật bản", "hàn quốc", "high precision", "precision", "high quality", "custom", "customized",
    "oem", "odm", "services", "parts", "part", "components", "component", "products", "product", "company", "our",
    "we", "provide", "supply", "supplier", "manufacturer", "for", "of", "with", "by", "on", "the", "a", "an", "to",
    "and", "or", "in", "small", "large", "batch", "mass", "volume", "other", "others", "various", "etc",
    "industrial", "certified", "certification", "certificate", "standard", "capability", "capabilities",
    "specialized", "professional", "advanced", "finish", "shop", "line", "type", "general", "system", "quality",
    "grade", "high", "fast", "industry", "sector",
    "업계", "산업", "業界",  "prototype parts", "equipment", "in house", "部品", "各種", "精密", "高精度", "量産",
    "小ロット", "一式", "専門", "対応", "その他", "など", "株式会社", "全般", "受託", "用", "による", "での", "を",
    "認証", "取得", "規格", "高品質", "自社", "業務", "向け", "機器", "부품", "정밀", "고정밀", "각종", "전문",
    "업체", "주식회사", "기타", "등", "용", "양산", "소량", "인증", "규격", "고품질", "임가공", "제품", "외주",
    "산업용", "물", "업", "취득", "보유", "을", "를", "으로", "에",
)  # fmt: skip
"""Said around a term: counted little when the share of a text that was understood is worked out."""

EVERYDAY = frozenset(("tôi", "may", "in", "ram", "ủ", "mộc", "bào", "rèn", "xích", "bế"))
"""Words of the trade that other sentences begin with as well ("Tôi là …")."""

SURNAMES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "đinh", "trịnh", "đoàn", "mai", "tạ", "lương", "cao", "nguyen", "tran", "pham", "hoang", "huynh", "dang",
    "bui", "do",
))  # fmt: skip
"""First words of Vietnamese people's names; given names are words of the trade too ("Tiện", "Tôi", "Rèn")."""


def tree(phrases: tuple[str, ...]) -> dict:
    """Phrases as nested dictionaries over their stems; "" ends one and holds its atoms with their marks."""
    root: dict = {}
    for phrase in phrases:
        node = root
        for stem, _plain, _marked in atoms(phrase):
            node = node.setdefault(stem, {})
        node.setdefault("", []).append(tuple(marked for _stem, _plain, marked in atoms(phrase)))
    return root


def covered(stems: Sequence[str], marked: Sequence[str], root: dict, *, strict: bool) -> list[bool]:
    """Which atoms belong to phrases of the tree, the longest at each place taken.

    Marks must agree ("may" is not "máy"), except that without `strict` they may be left out.
    """
    found = [False] * len(stems)
    if root.keys().isdisjoint(stems):
        return found
    at, size = 0, len(stems)
    while at < size:
        node, to, end = root, at, at
        while to < size and (node := node.get(stems[to])):  # type: ignore[assignment]
            to += 1
            if (endings := node.get("")) and any(_alike(marked[at:to], ending, strict) for ending in endings):
                end = to
        for place in range(at, end):
            found[place] = True
        at = max(end, at + 1)
    return found


def _alike(written: Sequence[str], known: Sequence[str], strict: bool) -> bool:
    return all(
        one == other or (one.isascii() and (other.isascii() or not strict))
        for one, other in zip(written, known, strict=True)
    )


TRADE_TREE = tree(TRADE)
AROUND_TREE = tree(AROUND)

CUES = {
    "processing": (
        r"gia công|xử lý|dịch vụ|gia cong|xu ly|dich vu|\w{3}ing(?: services?)?$|\b(?:treatment|processing|machining)\b"
        r"|加工|処理|作業|工法|仕上|가공|처리|작업|공정|공법"
    ),
    "making": (
        r"sản xuất|chế tạo|làm |thiết kế|lắp ráp|sửa|san xuat|che tao|lam |thiet ke|lap rap|sua "
        r"|\b(?:manufactur\w*|mak(?:ers?|ing)|production|fabricat\w+|build\w*)\b|製造|製作|組立|제작|제조|생산|조립"
    ),
    "machine": (
        r"^(?:\w+ )?(?:máy|may)\b|\b(?:machines?|m/c|equipment|lathes?)\b|機(?!械)|盤|装置|設備|[가-힣]기(?![가-힣])"
        r"|기계|장비|설비|머신"
    ),
    "rated": (
        r"\d ?(?:t|tấn|tan|tons?|tonnes?|kw|トン|톤)(?!\w)|\b(?:dmg|mori|mazak|okuma|haas|amada|trumpf|fanuc|makino|"
        r"sodick|mitsubishi|zeiss|mitutoyo|hexagon|okamoto|citizen|tsugami|star|brother|doosan|hyundai wia|hwacheon|"
        r"takisawa|kuka|abb|yaskawa|haitian|engel|arburg|toshiba|nissei|sumitomo|jsw|aida|komatsu|bystronic|charmilles|agie|"
        r"juki|yamaha|panasonic|fuji|shima|heidelberg|bridgeport|hermle|nikon|keyence|robocut)\b"
        r"|アマダ|ファナック|オークマ|マザック|森精機|牧野|ソディック|三菱|ミツトヨ|岡本|アイダ|日精|住友|安川|シチズン|ツガミ"
        r"|아마다|화낙|마작|오쿠마|두산|화천|시티즌|미쓰토요|야스카와|소딕|엠트론|우진"
    ),
    "part": (
        r"^(?:\w+ )?(?:linh kiện|chi tiết|phụ tùng|phụ kiện|sản phẩm|linh kien|chi tiet|phu tung|phu kien)\b"
        r"|\b(?:parts?|components?|pieces|assemblies)$|部品|品$|類$|부품|품$|류$"
    ),
    "material": (
        r"^(?:\w+ )?(?:thép|nhôm|nhựa|inox|tôn|hạt|đồng|gang|vải|sợi|hợp kim|vật liệu|nguyên liệu|thep|nhom|nhua"
        r"|ton|hat)\b"
        r"|\b(?:alloy|resin|pellets|granules|sheets?|plates?|bars?|rods?|coils?|steel|rubber|powder|fabric|film|grade)$"
        r"|材|樹脂|鋼|板$|棒|合金|生地|재$|수지|강$|판$|봉$|합금|원단|소재"
    ),
    "certified": (
        r"chứng nhận|chứng chỉ|tiêu chuẩn|chung nhan|chung chi|tieu chuan|đạt"
        r"|\b(?:certifi\w+|standards?|complian\w+|audit\w*|approved|listed)\b|認証|取得|規格|認定|監査|인증|규격|취득|심사|인정"
    ),
    "trade": (
        r"^(?:ngành|nganh|công nghiệp|cong nghiep|lĩnh vực|cnht)\b"
        r"|\b(?:industr(?:y|ies)|sector|trade|suppliers?|factories)\b"
        r"|業界|産業|業(?:$|・)|산업|업계|업종|업체|[가-힣]업$|부품사"
    ),
}
"""What a text says of itself: that work is meant, a machine, a part, a material, a certificate, a trade."""

BEFORE_MORE = frozenset((
    "of", "for", "in", "with", "on", "to", "from", "by", "up", "incl", "including", "per", "using",
))  # fmt: skip
"""English words after which only more is said about the head of a phrase."""
