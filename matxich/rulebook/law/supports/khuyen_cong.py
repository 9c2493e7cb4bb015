"""Industrial promotion (khuyến công), KC-10 to KC-27. Levels: joint circular 26/2014, then circular 28/2018."""

from matxich.rulebook.law.conditions import All, AnyOf, Condition, Era, Is
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.rules import ESTABLISHMENT, LINE, SUBJECT, once
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.supports.model import Clock, Level, Option, Support

_CONTENT, _GENERAL = Citation("nd-45-2012", "Điều 4"), Citation("ttlt-26-2014", "Điều 7")
_SINCE = Span.of("2012-07-05")
_COUNTERPART = Is(
    "counterpart_committed",
    (True,),
    Words("Đã đầu tư hoặc cam kết đủ vốn đối ứng", "Counterpart money invested or committed in full"),
    _GENERAL,
)
_ONCE = once(Citation("ttlt-26-2014", "Điều 7 khoản 4"))
_CLEANER = Is(
    "cleaner_production",
    (True,),
    Words("Áp dụng sản xuất sạch hơn, không kể quy mô, địa điểm", "Applies cleaner production, of any size and place"),
    Citation("tt-46-2012-bct", "Điều 3"),
)
_CLUSTER = Is(
    "cluster_investor",
    (True,),
    Words("Đầu tư hạ tầng cụm công nghiệp", "Invests in the infrastructure of an industrial cluster"),
    _CONTENT,
)
_RECOGNISED = Is(
    "recognised_product",
    (True,),
    Words("Có sản phẩm công nghiệp nông thôn tiêu biểu", "Has a recognised typical product"),
    Citation("tt-26-2014-bct"),
)
_FOUNDING = Is(
    "founding_difficult_area",
    (True,),
    Words("Thành lập doanh nghiệp tại địa bàn khó khăn", "Founds an enterprise in a difficult area"),
    _CONTENT,
)
_RELOCATING = Is(
    "relocating",
    (True,),
    Words("Di dời vào cụm công nghiệp", "Relocates into an industrial cluster"),
    _CONTENT,
)
_ORGANISER = Is(
    "legal_form", ("public_body",), Words("Là cơ quan tổ chức bình chọn", "Organises the contest"), _CONTENT
)
_ASSOCIATION = Is("legal_form", ("association",), Words("Là hội, hiệp hội ngành nghề", "Is an association"), _CONTENT)

_FILE = (
    Words("Công văn đề nghị", "Letter of request"),
    Words("Đề án theo Điều 5 Thông tư 36/2013/TT-BCT", "The proposal, after article 5 of circular 36/2013"),
    Words("Văn bản của đơn vị thụ hưởng, nếu là đơn vị khác", "A letter of the beneficiary, where it is another"),
    Words("Tài liệu kèm theo Phụ lục 2 theo loại đề án", "Papers of annex 2 for the kind of proposal"),
)
_NEW_TECHNOLOGY = Words(
    "Công nghệ, sản phẩm mới: chưa cơ sở nào trên địa bàn ứng dụng", "The technology is new: nobody in the area uses it"
)
_NEW_MACHINES = Words("Máy móc, thiết bị phải mới", "The machines have to be new")
_CLOCKS = (
    Clock("KC-31", "unit_by", Words("Gửi Sở Công Thương trước ngày", "To the department before"), yearly=True),
    Clock("KC-31", "department_by", Words("Sở gửi Cục trước ngày", "From the department before"), yearly=True),
)


def _support(
    code: str, vi: str, en: str, *conditions: Condition, level: Level | None = None, prove: tuple[Words, ...] = ()
) -> Support:
    condition = All((*conditions, _COUNTERPART, _ONCE), Words("Đủ các điều kiện", "All conditions hold"), _GENERAL)
    return Support(
        code,
        "kc",
        Words(vi, en),
        (Era(_SINCE, condition),),
        level,
        figure=code,
        layered=True,
        prove=prove,
        papers=_FILE,
        clocks=_CLOCKS,
    )


def _level(code: str, *, share: str = "share", cap: str = "cap", line: str = "") -> Level:
    return Level((Option(code, share, cap),), line, "KC-20")


def _by(fact: str, value: str, vi: str, en: str) -> Condition:
    return Is(fact, (value,), Words(vi, en), _CONTENT)


_REGIONAL = _by("product_level", "region", "Cấp khu vực, vùng", "Of a region")
_NATIONAL = _by("product_level", "national", "Cấp quốc gia", "National")
_JOINING = _by("fair_role", "joining", "Tham gia gian hàng", "Takes part in the fair")
_ORGANISING = _by("fair_role", "organising", "Tổ chức hội chợ", "Organises the fair")


def _two(code: str, share: str, cap: str) -> Level:
    """Another ceiling for a region than for the nation."""
    options = (Option(code, share, f"{cap}_region", _REGIONAL), Option(code, share, f"{cap}_national", _NATIONAL))
    return Level(options, priority="KC-20")


SUPPORTS = (
    _support(
        "KC-10",
        "Mô hình trình diễn kỹ thuật mới",
        "New technical demonstration model",
        ESTABLISHMENT,
        LINE,
        level=_level("KC-10"),
        prove=(_NEW_TECHNOLOGY,),
    ),
    _support(
        "KC-11",
        "Mô hình đang hoạt động hiệu quả",
        "Model already working well",
        ESTABLISHMENT,
        LINE,
        level=_level("KC-11", share=""),
    ),
    _support(
        "KC-12",
        "Ứng dụng máy móc tiên tiến, chuyển giao công nghệ",
        "Advanced machines, technology transfer",
        ESTABLISHMENT,
        LINE,
        level=_level("KC-12", line="line_multiplier"),
        prove=(_NEW_MACHINES,),
    ),
    _support(
        "KC-13",
        "Mô hình thí điểm sản xuất sạch hơn",
        "Pilot model of cleaner production",
        AnyOf(
            (ESTABLISHMENT, _CLEANER),
            Words("Đối tượng của sản xuất sạch hơn", "Served by cleaner production"),
            _CONTENT,
        ),
        level=_level("KC-13"),
    ),
    _support(
        "KC-14",
        "Tổ chức bình chọn sản phẩm tiêu biểu",
        "Contest of typical products",
        _ORGANISER,
        level=_two("KC-14", "", "cap"),
    ),
    _support(
        "KC-15",
        "Thưởng sản phẩm công nghiệp nông thôn tiêu biểu",
        "Award for a typical product",
        SUBJECT,
        _RECOGNISED,
        level=_two("KC-15", "", "reward"),
    ),
    _support(
        "KC-16",
        "Hội chợ, khảo sát ở nước ngoài",
        "Fair or survey abroad",
        SUBJECT,
        LINE,
        level=_level("KC-16", cap=""),
        prove=(Words("Không quá 2 hội chợ nước ngoài một năm", "At most two fairs abroad a year"),),
    ),
    _support(
        "KC-17",
        "Hội chợ, triển lãm trong nước",
        "Fair at home",
        SUBJECT,
        LINE,
        level=Level((Option("KC-17", "share_joining", "", _JOINING), Option("KC-17", "share", "", _ORGANISING))),
    ),
    _support(
        "KC-18",
        "Hạ tầng cụm công nghiệp",
        "Infrastructure of a cluster",
        _CLUSTER,
        level=_level("KC-18", share=""),
    ),
    _support(
        "KC-19",
        "Thành lập doanh nghiệp ở địa bàn khó khăn",
        "Founding an enterprise in a difficult area",
        ESTABLISHMENT,
        _FOUNDING,
        level=_level("KC-19", share=""),
    ),
    _support("KC-21", "Xây dựng, đăng ký thương hiệu", "Building a brand", SUBJECT, LINE, level=_level("KC-21")),
    _support("KC-22", "Tư vấn cho cơ sở", "Consulting", SUBJECT, LINE, level=_level("KC-22")),
    _support(
        "KC-23",
        "Thành lập hội, hiệp hội ngành nghề",
        "Founding an association",
        _ASSOCIATION,
        level=_two("KC-23", "share", "cap"),
    ),
    _support(
        "KC-24",
        "Hình thành cụm liên kết doanh nghiệp",
        "Linked group of firms",
        ESTABLISHMENT,
        LINE,
        level=_level("KC-24"),
    ),
    _support(
        "KC-25",
        "Lãi suất vốn vay khi di dời vào cụm",
        "Interest on loans for relocating",
        ESTABLISHMENT,
        _RELOCATING,
        level=_level("KC-25"),
    ),
    _support("KC-26", "Xử lý ô nhiễm tại cơ sở", "Treating pollution", ESTABLISHMENT, LINE, level=_level("KC-26")),
    _support(
        "KC-27", "Quy hoạch chi tiết cụm công nghiệp", "Detailed plan of a cluster", _CLUSTER, level=_level("KC-27")
    ),
)
