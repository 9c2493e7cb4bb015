"""Supporting industries, CN-30 to CN-52: decree 111/2015 as amended by 205/2025, circular 29/2018, the certificate."""

from datetime import date

from matxich.rulebook.law.conditions import All, AnyOf, Condition, Era, Is, Limit, Settled
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.rules import ONCE, SME, SUPPORTING
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.supports.model import Clock, Level, Option, Support

_OLD, _NEW = Citation("nd-111-2015", "Điều 4"), Citation("nd-205-2025")
_PAID = Citation("tt-29-2018-btc")
_CERTIFICATE = Citation("nd-111-2015", "Điều 11")
_KNOWN, _CHANGE = date(2016, 1, 1), "2025-09-01"


def _all(*parts: Condition) -> Condition:
    return All((SUPPORTING, *parts), Words("Đủ các điều kiện", "All conditions hold"))


_PLAIN = _all(ONCE)


def _decree(
    code: str, vi: str, en: str, start: str, end: str | None = None, *, share: bool = True, new: bool = False
) -> Support:
    level = Level((Option(code, cap=""),)) if share else None
    ended = _NEW if end else None
    return Support(
        code,
        "cnht",
        Words(vi, en),
        (Era(Span.of(start, end), _PLAIN),),
        level,
        code,
        born=_KNOWN if new else None,
        ended=ended,
    )


def _paid(code: str, vi: str, en: str, *options: Option) -> Support:
    """Of the national programme: circular 29/2018, whose start is known to the month."""
    level = Level(options) if options else None
    return Support(code, "cnht", Words(vi, en), (Era(Span.of("2018-05"), _PLAIN),), level, code, layered=True)


def _going(where: str, vi: str, en: str) -> Condition:
    return Is("destination", (where,), Words(vi, en), _PAID)


_PRIORITY = Is(
    "priority_product",
    (True,),
    Words("Sản phẩm thuộc Danh mục ưu tiên phát triển", "The product is on the priority list"),
    _CERTIFICATE,
)
_KIND = AnyOf(
    (
        Is("project_kind", ("new",), Words("Dự án mới", "A new project"), _CERTIFICATE),
        All(
            (
                Is(
                    "project_kind",
                    ("expansion", "renewal"),
                    Words("Mở rộng, đổi mới", "Expansion, renewal"),
                    _CERTIFICATE,
                ),
                Limit(
                    "capacity_growth",
                    "CN-50",
                    "capacity_growth",
                    Words("Công suất tăng ít nhất {limit}", "Capacity grows by at least {limit}"),
                    _CERTIFICATE,
                    at_least=True,
                ),
            ),
            Words("Mở rộng hoặc đổi mới công nghệ, công suất tăng đủ mức", "Expansion or renewal that grows enough"),
            _CERTIFICATE,
        ),
    ),
    Words("Loại dự án được xác nhận", "A kind of project that is certified"),
    _CERTIFICATE,
)
_FOUR = Settled(
    "CN-50-WORDING",
    Words(
        "Bốn điều kiện mới: sản phẩm, công nghệ, mức sẵn sàng, gắn kết nhà cung ứng (câu chữ chưa xác nhận)",
        "The four new conditions: product, technology, readiness, suppliers (wording not confirmed)",
    ),
    _NEW,
)
_CERTIFIED = (
    Era(Span.of("2016-01-01", _CHANGE), All((_PRIORITY, _KIND), Words("Dự án được xác nhận", "Certifiable project"))),
    Era(Span.of(_CHANGE), All((_PRIORITY, _FOUR), Words("Dự án được xác nhận", "Certifiable project"))),
)
_GROUND = Is(
    "tax_ground",
    ("high_tech", "not_made_2015", "eu_standard"),
    Words(
        "Cho công nghệ cao, hoặc ngày 01/01/2015 trong nước chưa làm được, hoặc đạt tiêu chuẩn châu Âu",
        "For high technology, or not made in the country on 1 January 2015, or of European standard",
    ),
    Citation("luat-tndn", "Điều 13 khoản 1 điểm đ"),
)
_PAPERS = (
    Words("Văn bản đề nghị xác nhận ưu đãi (Phụ lục 2 Thông tư 55/2015)", "Request (annex 2 of circular 55/2015)"),
    Words("Giấy chứng nhận đăng ký doanh nghiệp hoặc đầu tư", "Certificate of registration"),
    Words("Thuyết minh dự án", "Description of the project"),
    Words("Hồ sơ môi trường", "Environmental papers"),
    Words("Tài liệu chứng minh kỹ thuật", "Technical proof"),
)
_CLOCKS = (
    Clock("CN-53", "check_days", Words("Kiểm tra nội dung hồ sơ", "Contents checked")),
    Clock("CN-53", "result_days", Words("Trả kết quả", "Result given")),
    Clock(
        "CN-54-REPORT", "by", Words("Người được xác nhận báo cáo hằng năm trước", "Yearly report before"), yearly=True
    ),
)

SUPPORTS = (
    _decree("CN-30", "Dự án sản xuất thử nghiệm", "Trial production", "2016-01-01"),
    _decree("CN-31", "Trang thiết bị nghiên cứu", "Research equipment", "2016-01-01"),
    _decree(
        "CN-32",
        "Chuyển giao công nghệ vật liệu từ khoáng sản trong nước",
        "Materials from domestic minerals",
        "2016-01-01",
        _CHANGE,
    ),
    _decree("CN-33", "Hợp tác nghiên cứu ứng dụng, chuyển giao", "Joint applied research", _CHANGE, new=True),
    _decree("CN-34", "Nâng cao chuyên gia, đơn vị tư vấn", "Experts and consultants", _CHANGE, new=True),
    _decree("CN-35", "Đào tạo trong và ngoài nước", "Training at home and abroad", _CHANGE, new=True),
    _decree("CN-36", "Thử nghiệm, kiểm định, chứng nhận chất lượng", "Testing and certification", _CHANGE, new=True),
    _decree("CN-37", "Tiếp cận các quỹ công nghệ quốc gia", "Access to national funds", _CHANGE, share=False, new=True),
    _paid(
        "CN-40",
        "Đánh giá, xác nhận năng lực; tư vấn kỹ thuật",
        "Assessment and technical advice",
        Option("CN-40", cap=""),
    ),
    _paid("CN-41", "Hội thảo xúc tiến đầu tư", "Investment seminars", Option("CN-41", cap="")),
    _paid("CN-42", "Hội chợ trong nước", "Fair at home", Option("CN-42")),
    _paid("CN-43", "Hội chợ nước ngoài", "Fair abroad", Option("CN-43")),
    _paid(
        "CN-44",
        "Đoàn giao dịch nước ngoài",
        "Business delegation abroad",
        Option("CN-44", "", "cap_asia", _going("asia", "Đi châu Á", "To Asia")),
        Option("CN-44", "", "cap_far", _going("far", "Đi Âu, Phi, Úc, Bắc Mỹ, Tây Á", "To Europe, Africa, Australia…")),
        Option("CN-44-LATIN", "", "cap_latin", _going("latin_america", "Đi Mỹ La-tinh", "To Latin America")),
    ),
    _paid("CN-45", "Quảng bá, đăng ký thương hiệu", "Brand", Option("CN-45", "")),
    _paid("CN-46", "Tuyên truyền", "Publicity", Option("CN-46", "")),
    _paid(
        "CN-47",
        "Đào tạo, nghiên cứu, quản trị theo Chương trình",
        "Training, research, systems",
        Option("CN-47", cap=""),
    ),
    Support(
        "CN-50",
        "certificate",
        Words("Giấy xác nhận ưu đãi", "Certificate of incentives"),
        _CERTIFIED,
        None,
        "",
        papers=_PAPERS,
        clocks=_CLOCKS,
    ),
    Support(
        "CN-51",
        "certificate",
        Words("Ưu đãi thuế thu nhập doanh nghiệp", "Corporate income tax incentive"),
        tuple(
            Era(
                era.span,
                All((era.condition, SUPPORTING, _GROUND), Words("Có Giấy xác nhận ưu đãi", "Holds the certificate")),
            )
            for era in _CERTIFIED
        ),
        None,
        "CN-51",
    ),
    Support(
        "CN-52",
        "certificate",
        Words("Vay vốn ưu đãi", "Credit on easier terms"),
        (Era(Span.of("2016-01-01"), _all(SME)),),
        None,
        "CN-52",
    ),
)
