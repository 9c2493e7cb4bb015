"""A report as an official paper for Word: a sentence an indicator, then the table."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matxich.documents.docx import docx_of
from matxich.documents.paper import Appendix, Column, Heading, Paper, Paragraph, Row, Run, Signature, Table
from matxich.indicators.models import Report
from matxich.indicators.queries.report_pages import cell_figure, paragraphs, span_of
from matxich.indicators.queries.showing import figure_text, name_of_indicator
from matxich.rulebook.indicators.catalogue import catalogue

REPORT_HEADS = (
    gettext_lazy("Mã"), gettext_lazy("Chỉ tiêu"), gettext_lazy("Đơn vị"), gettext_lazy("Giá trị"),
    gettext_lazy("Cách nói"), gettext_lazy("Tử số"), gettext_lazy("Mẫu số"), gettext_lazy("Số hồ sơ"),
    gettext_lazy("Nguồn"), gettext_lazy("Nhận xét"),
)  # fmt: skip


def docx_of_report(report: Report, title: str) -> bytes:
    """Unnumbered: its number is given by the register of papers once it is sent as one."""
    words = [Paragraph((Run(text),)) for text in paragraphs(report)]
    rows = tuple(
        Row((cell.indicator, name_of_indicator(one), figure_text(cell_figure(cell), one), cell.source or _("hồ sơ")))
        for cell in report.cells.all()
        if (one := catalogue()[cell.indicator])
    )
    columns = (
        Column(_("Mã"), 1, "center"), Column(_("Chỉ tiêu"), 5), Column(_("Kết quả"), 3, "right"), Column(_("Nguồn"), 3),
    )  # fmt: skip
    blocks = (
        Heading(_("Kết quả trong kỳ %(span)s") % {"span": span_of(report.period)}, 2), *words,
        *((Paragraph((Run(report.comment),)),) if report.comment else ()),
    )  # fmt: skip
    appendix = Appendix(_("Bảng chỉ tiêu"), (Table(columns, rows),))
    paper = Paper(
        issuer=report.agency.name, kind=_("Báo cáo"), subject=title, is_numbered=False, on=None,
        year=report.period.starts.year, blocks=blocks, appendices=(appendix,),
        signatures=(Signature(_("Thủ trưởng cơ quan")),), draft=True,
    )  # fmt: skip
    return docx_of(paper)
