"""The evidence of a firm as a paper, for Word and as PDF: definitions, both values, who verified, days of photos."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.coaching.models import Photo
from matxich.coaching.queries.evidence import Pack
from matxich.coaching.queries.evidence_pages import finding
from matxich.coaching.queries.workspace import kpi_row
from matxich.documents.docx import docx_of
from matxich.documents.paper import Block, Column, Heading, Paper, Paragraph, Row, Signature, Table, plain
from matxich.documents.pdf import pdf_of
from matxich.kit.templatetags.mx import day, number
from matxich.places.queries import name_of


def evidence_paper(pack: Pack, at: datetime) -> Paper:
    """In Vietnamese; every version of the baseline stands in it, and what is not verified says so."""
    participant, cohort = pack.participant, pack.participant.cohort
    with override("vi"):
        blocks: list[Block] = [
            Paragraph(plain(_("Doanh nghiệp: %(firm)s.") % {"firm": participant.enterprise.name})),
            Paragraph(
                plain(
                    _("Đợt: %(cohort)s. Nơi được hỗ trợ: %(place)s (trước 01/7/2025: %(then)s).")
                    % {
                        "cohort": cohort.title, "place": name_of(participant.province_34),
                        "then": name_of(participant.province_63),
                    }
                )
            ),
            Paragraph(plain(_("Kết quả: %(finding)s.") % {"finding": finding(pack)})),
        ]  # fmt: skip
        if cohort.rebuilt_from:
            blocks.append(Paragraph(plain(cohort.rebuilt_from + ".")))
        for version in pack.versions:
            if version.rows:
                title = _("Số liệu nền, phiên bản %(n)s") % {"n": version.baseline.number}
                blocks += [Heading(title), _table(version.rows)]
        blocks += [Heading(_("Việc đã làm")), *_worked(pack)]
        if pack.pairs:
            blocks += [Heading(_("Ảnh trước và sau")), _photos(pack)]
        blocks += [Heading(_("Chữ ký và kiểm tra lại")), *_signed(pack)]
        return Paper(
            issuer=cohort.agency.name, kind=_("Hồ sơ kết quả tư vấn"), is_numbered=False, on=timezone.localdate(at),
            blocks=tuple(blocks),
            signatures=(Signature(position=_("Chuyên gia")), Signature(position=_("Doanh nghiệp"))),
            note=_("Mã băm số liệu: %(digest)s") % {"digest": pack.digest[:16]},
        )  # fmt: skip


def _table(rows: object) -> Table:
    columns = (
        Column(_("Chỉ số, phiên bản"), 4), Column(_("Trước"), 2, "right"), Column(_("Sau"), 2, "right"),
        Column(_("Thay đổi"), 3), Column(_("Kiểm chứng"), 2),
    )  # fmt: skip
    shown = [(row, kpi_row(row)) for row in rows]  # type: ignore[attr-defined]
    return Table(
        columns,
        tuple(
            Row(
                (
                    f"{told.name} ({row.kpi.key})", told.base, told.end, told.gain or "–",
                    _("người thứ hai") if told.verified else _("chưa"),
                )
            )
            for row, told in shown
        ),
    )  # fmt: skip


def _worked(pack: Pack) -> list[Block]:
    told = {
        "theory": pack.worked.theory, "site": pack.worked.site, "hours": number(pack.worked.hours),
        "logs": pack.worked.logs, "done": pack.worked.done, "all": pack.worked.actions,
    }  # fmt: skip
    lines: list[Block] = [
        Paragraph(
            plain(
                _(
                    "%(theory)s buổi lý thuyết, %(site)s buổi tại nhà máy, %(hours)s giờ chuyên gia, "
                    "%(logs)s nhật ký tuần, "
                    "%(done)s trên %(all)s việc cải tiến đã xong."
                )
                % told
            )
        )
    ]
    lines += [Paragraph(plain(f"– {item.title} ({day(item.done_on)})")) for item in pack.finished[:20]]
    return lines


def _photos(pack: Pack) -> Table:
    columns = (Column(_("Cặp ảnh"), 3), Column(_("Trước"), 2), Column(_("Sau"), 2))
    return Table(
        columns,
        tuple(
            Row((pair.word, _taken(pair.before), _taken(pair.after)))
            for pair in pack.pairs
        ),
    )  # fmt: skip


def _taken(photo: Photo | None) -> str:
    return day(photo.taken_on) if photo else "–"


def _signed(pack: Pack) -> list[Block]:
    lines = [
        f"{one.get_side_display()}: {one.name}, {day(one.at)}{'' if current else _(' (bản số liệu trước)')}"
        for one, current in pack.signatures
    ]
    lines += [
        f"{_('Kiểm tra lại')} {day(one.on)}: {_('còn giữ được') if one.holds else _('không còn')}. {one.note}"
        for one in pack.rechecks
    ]
    return [Paragraph(plain(line)) for line in lines or [_("Chưa có chữ ký.")]]


def evidence_docx(pack: Pack, at: datetime) -> bytes:
    return docx_of(evidence_paper(pack, at))


def evidence_pdf(pack: Pack, at: datetime) -> bytes:
    return pdf_of(evidence_paper(pack, at))
