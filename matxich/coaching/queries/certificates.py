"""A certificate on paper: what it says, for Word and as PDF. It is signed and sealed as any paper of the agency."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.coaching.models import Certificate
from matxich.documents.docx import docx_of
from matxich.documents.paper import Paper, Paragraph, Run, Signature, plain
from matxich.documents.pdf import pdf_of
from matxich.kit.templatetags.mx import day


def certificate_paper(certificate: Certificate) -> Paper:
    """In Vietnamese whatever the reader's language; one that was revoked says so."""
    course = certificate.enrolment.course
    with override("vi"):
        lines = [
            _centred(Run(_("Chứng nhận")), Run(f" {certificate.person.name} ", bold=True)),
            _centred(Run(_("đã hoàn thành khóa học “%(course)s”") % {"course": course.title})),
            _centred(
                Run(
                    _("từ %(first)s đến %(last)s, đạt yêu cầu đánh giá.")
                    % {"first": day(course.starts_on), "last": day(course.ends_on)}
                )
            ),
        ]  # fmt: skip
        if certificate.valid_to:
            lines.append(_centred(Run(_("Có giá trị đến hết %(day)s.") % {"day": day(certificate.valid_to)})))
        if certificate.revoked_on:
            told = _("ĐÃ THU HỒI ngày %(day)s.") % {"day": day(certificate.revoked_on)}
            lines.append(_centred(Run(told, bold=True)))
        return Paper(
            issuer=course.agency.name,
            kind=_("Giấy chứng nhận"),
            is_numbered=False,
            on=certificate.issued_on,
            blocks=(*lines, Paragraph(plain(_("Số: %(number)s") % {"number": certificate.number}), indent=False)),
            signatures=(Signature(position=_("Thủ trưởng cơ quan")),),
        )


def _centred(*runs: Run) -> Paragraph:
    return Paragraph(runs, align="center", indent=False)


def certificate_docx(certificate: Certificate) -> bytes:
    return docx_of(certificate_paper(certificate))


def certificate_pdf(certificate: Certificate) -> bytes:
    return pdf_of(certificate_paper(certificate))
