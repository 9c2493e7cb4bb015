"""Papers about a round and its people: a letter to each firm with its outcome, a certificate as an official paper.

They are drafted here and signed, numbered and issued in the correspondence room.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.coaching.actions.moving import WrongState, locked_cohort
from matxich.coaching.models import Certificate, Cohort, Selection
from matxich.coaching.permissions import may_keep_certificate, may_run
from matxich.coaching.queries.letters import GONE, untold
from matxich.coaching.states import Outcome
from matxich.correspondence.actions.drafting import Owner, draft_paper
from matxich.correspondence.kinds.coaching import CourseCertificate, SelectionLetter
from matxich.correspondence.models import OfficialPaper
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand


class NothingToWrite(Refusal):
    """No decision has been made that a firm could be told of."""

    code = "nothing_to_write"


@transaction.atomic
def draft_letters(*, cohort: Cohort, by: Actor, at: datetime) -> list[OfficialPaper]:
    """A letter with the outcome to every firm no letter told of the latest decision about it.

    Raises Denied, NothingToWrite and what drafting raises.
    """
    current = locked_cohort(cohort)
    demand(may_run(by, current))
    if not Selection.objects.filter(participant__cohort=current).exists():
        raise NothingToWrite(_("Đợt này chưa có quyết định lựa chọn."), _("Quyết định lựa chọn rồi soạn thư."))
    made = []
    for selection in untold(current):
        paper = draft_paper(
            owner=Owner("participant", str(selection.participant_id), "selection"), agency=current.agency,
            kind="selection_letter", fields=_letter(current, selection), by=by, at=at,
        )  # fmt: skip
        selection.letter = paper.pk
        selection.save(update_fields=["letter"])
        made.append(paper)
    return made


@transaction.atomic
def draft_certificate(*, certificate: Certificate, by: Actor, at: datetime) -> OfficialPaper:
    """The certificate in the agency's template; again gives the paper that is there.

    Raises Denied, WrongState and what drafting raises.
    """
    current = Certificate.objects.select_for_update(of=("self",)).select_related(
        "enrolment__course__agency", "person__agency"
    ).get(pk=certificate.pk)  # fmt: skip
    demand(may_keep_certificate(by, current))
    if current.paper and (there := OfficialPaper.objects.filter(pk=current.paper).exclude(state__in=GONE).first()):
        return there
    if current.revoked_on is not None:
        raise WrongState(_("Chứng nhận này đã thu hồi."))
    course = current.enrolment.course
    paper = draft_paper(
        owner=Owner("certificate", str(current.pk), "certificate"), agency=course.agency, kind="course_certificate",
        fields=CourseCertificate(
            person=current.person.name, course=course.title, begins=course.starts_on, ends=course.ends_on,
            number=current.number, issued_on=current.issued_on, valid_to=current.valid_to,
        ),
        by=by, at=at,
    )  # fmt: skip
    current.paper = paper.pk
    current.save(update_fields=["paper"])
    return paper


def _letter(cohort: Cohort, selection: Selection) -> SelectionLetter:
    """In Vietnamese whatever the reader's language."""
    with override("vi"):
        told = {
            Outcome.SELECTED: (
                _("được chọn tham gia"),
                _("Đề nghị doanh nghiệp ký cam kết tham gia, cử người phụ trách và chuẩn bị số liệu nền."),
            ),
            Outcome.PROMOTED: (
                _("được chọn tham gia (từ dự bị)"),
                _("Đề nghị doanh nghiệp ký cam kết tham gia, cử người phụ trách và chuẩn bị số liệu nền."),
            ),
            Outcome.RESERVE: (
                _("dự bị"),
                _("Khi có doanh nghiệp dừng tham gia, dự bị được đưa lên theo thứ tự xếp hạng."),
            ),
            Outcome.NOT_SELECTED: (
                _("chưa được chọn trong đợt này"),
                _("Doanh nghiệp có thể đăng ký lại ở đợt sau; phiếu và số liệu đã khảo sát được giữ để dùng lại."),
            ),
        }  # fmt: skip
        outcome, follows = told[Outcome(selection.outcome)]
    return SelectionLetter(
        addressee=selection.participant.enterprise.name, cohort=cohort.title, decided_on=selection.on, outcome=outcome,
        rank=selection.rank, reason=selection.reason, follows=follows, contact=cohort.agency.name,
    )  # fmt: skip
