"""Kinds of paper, with the abbreviations of decree 30/2020/NĐ-CP, Appendix III, and the forms of TT 36/2013/TT-BCT."""

from dataclasses import dataclass

CIRCULAR_36 = "Thông tư 36/2013/TT-BCT, Phụ lục 1"
DECREE_30 = "Nghị định 30/2020/NĐ-CP"
REFERENCE = "mẫu tham khảo, không phải biểu mẫu chính thức"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`title`: as it stands on the paper, "" for an official letter. `series`: what its numbers are counted in, "" for
    a form that carries none. `own_hand`: signed by whoever fills it in, not by the agency. `source`: whose form it is.
    """

    code: str
    name: str
    title: str
    series: str
    source: str
    own_hand: bool = False


LETTER = "CV"

KINDS = {
    kind.code: kind
    for kind in (
        PaperKind("approval", "Quyết định phê duyệt đề án", "Quyết định", "QĐ", DECREE_30),
        PaperKind("council_founding", "Quyết định thành lập Hội đồng", "Quyết định", "QĐ", DECREE_30),
        PaperKind("council_plan", "Thông báo kế hoạch Hội đồng", "Thông báo", "TB", DECREE_30),
        PaperKind("council_minutes", "Biên bản họp Hội đồng", "Biên bản", "BB", DECREE_30),
        PaperKind("ballot", "Phiếu đánh giá", "Phiếu đánh giá", "", REFERENCE, own_hand=True),
        PaperKind("submission", "Tờ trình", "Tờ trình", "TTr", DECREE_30),
        PaperKind("return_letter", "Công văn trả hồ sơ", "", LETTER, DECREE_30),
        PaperKind("refusal_letter", "Công văn không hỗ trợ, có lý do", "", LETTER, DECREE_30),
        PaperKind("selection_letter", "Công văn báo kết quả lựa chọn vào đợt tư vấn", "", LETTER, DECREE_30),
        PaperKind("course_certificate", "Giấy chứng nhận hoàn thành khóa học", "Giấy chứng nhận", "", REFERENCE),
        PaperKind("form_1", "Mẫu 1: Dự toán kinh phí", "Dự toán kinh phí", "", CIRCULAR_36),
        PaperKind(
            "form_2", "Mẫu 2: Biểu tổng hợp (chi tiết) các đề án KCQG",
            "Biểu tổng hợp (chi tiết) các đề án khuyến công quốc gia", "", CIRCULAR_36,
        ),
        PaperKind(
            "form_4a", "Mẫu 4a: Phiếu thẩm định cấp cơ sở", "Phiếu thẩm định cấp cơ sở", "", CIRCULAR_36,
        ),
        PaperKind(
            "form_4b", "Mẫu 4b: Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)",
            "Phiếu thẩm định cấp cơ sở theo đối tượng cụ thể (đề án nhóm)", "", CIRCULAR_36,
        ),
    )
}  # fmt: skip


def symbol_of(kind: PaperKind, abbreviation: str, unit: str = "") -> str:
    """ "QĐ-SCT"; of a letter "SCT-QLCN": the agency and the unit that drafted it (Appendix I, part II, clause 3)."""
    parts = (abbreviation, unit) if kind.series == LETTER else (kind.series, abbreviation)
    return "-".join(part for part in parts if part)


def abbreviation_of(name: str) -> str:
    """A first guess from the initials: "Sở Công Thương Hải Phòng" → "SCTHP"; the agency writes its own."""
    return "".join(word[0].upper() for word in name.replace("(mẫu)", "").split() if word[0].isalpha())
