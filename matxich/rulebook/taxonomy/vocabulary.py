"""Words around a term that do not change which term it is."""

import re
from collections.abc import Sequence

from matxich.rulebook.taxonomy.model import Scheme
from matxich.rulebook.taxonomy.words import atoms

TRADE = (
    "plating", "gia công", "sản xuất", "chế tạo", "dịch vụ", "nhận", "cung cấp", "chuyên", "làm", "công nghệ",
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
    "grade", "high", "fast", "prototype parts", "equipment", "in house", "部品", "各種", "精密", "高精度", "量産",
    "小ロット", "一式", "専門", "対応", "その他", "など", "株式会社", "全般", "受託", "用", "による", "での", "を",
    "認証", "取得", "規格", "高品質", "自社", "業務", "向け", "機器", "부품", "정밀", "고정밀", "각종", "전문",
    "업체", "주식회사", "기타", "등", "용", "양산", "소량", "인증", "규격", "고품질", "임가공", "제품", "외주",
    "산업용", "물", "업", "취득", "보유", "을", "를", "으로", "에",
)  # fmt: skip
"""Said around a term: counted little when the share of a text that was understood is worked out."""

EVERYDAY = frozenset(("tôi", "may", "in", "ram", "ủ", "mộc", "bào", "rèn", "xích", "bế"))
"""Words of the trade that other sentences begin with as well ("Tôi là …")."""

SAYS_SCHEME = (
    (
        Scheme.SECTORS,
        re.compile(r"^ngành\b|\b(?:industry|sector|trade)\b|業界|업계|업종|산업$", re.IGNORECASE),
    ),
    (
        Scheme.MACHINES,
        re.compile(r"^máy\b|\b(?:machines?|m/c|lathes?)\b|機(?!械)|기계|[가-힣]기(?: |$)", re.IGNORECASE),
    ),
)
"""Words that say which list a text belongs to where the same trade stands in several: "ngành …", "máy …"."""

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
