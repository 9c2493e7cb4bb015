"""What is measured and proven at a firm: baseline, readings, the end, audits, photos, signatures, the second look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.coaching.actions import ending, measuring, photos
from matxich.coaching.forms.measuring import (
    DefinitionForm,
    NoteForm,
    PhotoForm,
    ReadingForm,
    RecheckForm,
    RemarkForm,
    measure_rows,
    row_of,
)
from matxich.coaching.forms.sheets import AuditForm
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import Baseline, KpiReading, MeasuredKpi, Participant, Photo
from matxich.coaching.permissions import (
    may_change_baseline,
    may_coach,
    may_handle,
    may_keep_people,
    may_open_original,
    may_open_participant,
    may_open_photo,
    may_remove_photo,
    may_verify_for,
    may_work_on,
)
from matxich.coaching.queries.evidence import pack_of
from matxich.coaching.queries.evidence_files import evidence_docx, evidence_pdf
from matxich.coaching.queries.evidence_pages import evidence_page
from matxich.coaching.queries.showing import named
from matxich.coaching.states import Moment, ParticipantState
from matxich.coaching.views.choosing import home_of
from matxich.coaching.views.doorway import (
    DOCX,
    asked,
    baseline_of,
    firm_crumbs,
    measured_of,
    participant_of,
    people_crumbs,
    photo_of,
    reading_of,
    tried,
    version_of,
)
from matxich.files.queries import open_file
from matxich.kit.access import access
from matxich.kit.display import Link
from matxich.kit.doorway import Request, download
from matxich.kit.verdict import Verdict
from matxich.programmes.forms.fields import EndingForm, VersionForm, more_rows
from matxich.registry.views.attachments import handed_out


def may_read(actor: Any, measured: MeasuredKpi) -> Verdict:
    return may_work_on(actor, measured.baseline.participant)


def may_verify(actor: Any, reading: KpiReading) -> Verdict:
    return may_coach(actor, reading.participant)


def may_open_evidence(actor: Any, reading: KpiReading) -> Verdict:
    return may_open_participant(actor, reading.participant)


@access(may_coach, on=participant_of, methods=("GET", "POST"))
def baseline(request: Request, participant: Participant) -> HttpResponse:
    """Rows of indicators; one button keeps, another makes room for more."""
    current = participant.baselines.order_by("-number").first()
    known = current if current and current.state == "open" else None
    adding = "more" in request.POST
    data = more_rows(request.POST, "kpis") if adding else request.POST or None
    rows = measure_rows(data, known)
    form = VersionForm(data, initial={"base_version": known.version if known else 0})
    whole = request.method == "POST" and not adding
    if whole and form.is_valid() and rows.is_valid():
        told = [row_of(row) for row in rows.told]
        made = tried(
            form,
            lambda: measuring.save_baseline(
                participant=participant, rows=told, by=request.actor, at=timezone.now(),
                base_version=form.cleaned_data["base_version"],
            ),
        )  # fmt: skip
        if made:
            messages.success(request, _("Đã ghi số liệu nền. Kiểm tra rồi chốt."))
            return redirect(home_of(participant))
    context = {
        "form": form, "rows": rows, "participant": participant, "baseline": known, "quiet": adding,
        "back_url": home_of(participant), "crumbs": firm_crumbs(participant, Link(_("Số liệu nền"))),
    }  # fmt: skip
    return render(request, "coaching/baseline.html", context, status=422 if whole else 200)


@access(may_change_baseline, on=baseline_of, methods=("POST",))
def lock(request: Request, baseline: Baseline) -> HttpResponse:
    measuring.lock_baseline(baseline=baseline, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Đã chốt số liệu nền. Từ nay định nghĩa không đổi; cần đổi thì lập phiên bản mới."))
    return redirect(home_of(baseline.participant))


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def renew(request: Request, participant: Participant) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: measuring.renew_baseline(
            participant=participant, by=request.actor, at=timezone.now(), reason=told["reason"]
        ),
        title=_("Lập phiên bản số liệu nền mới"), text=_("Bản đã chốt vẫn giữ và hiện cạnh bản mới."),
        said=_("Đã lập phiên bản mới."), back=home_of(participant),
        done=reverse("coaching:baseline", args=[participant.pk]),
        crumbs=firm_crumbs(participant, Link(_("Phiên bản mới"))),
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("POST",))
def begin(request: Request, participant: Participant) -> HttpResponse:
    measuring.begin(participant=participant, by=request.actor, at=timezone.now(), base_version=version_of(request))
    messages.success(request, _("Tuần 1 đã bắt đầu."))
    return redirect(home_of(participant))


@access(may_read, on=measured_of, methods=("GET", "POST"))
def reading(request: Request, measured: MeasuredKpi) -> HttpResponse:
    participant = measured.baseline.participant
    closed = participant.state == ParticipantState.CLOSED
    moments = [Moment.M6, Moment.M12, Moment.M24] if closed else [Moment.WEEK, Moment.END]
    initial = {"measured_on": timezone.localdate(), "unit": measured.definition.unit}
    form = ReadingForm(
        request.POST or None, request.FILES or None, moments=[str(one) for one in moments], initial=initial
    )

    def do(told: dict[str, Any]) -> object:
        file = told.pop("evidence")
        return measuring.enter_reading(
            measured=measured, by=request.actor, at=timezone.now(), stream=file.stream if file else None,
            name=file.name if file else "", **told,
        )  # fmt: skip

    return asked(
        request, form, do, title=_("Ghi số đo"), text=measured.definition.names["vi"], said=_("Đã ghi số đo."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Số đo"))),
    )  # fmt: skip


@access(may_verify, on=reading_of, methods=("POST",))
def verify_reading(request: Request, reading: KpiReading) -> HttpResponse:
    measuring.verify_reading(reading=reading, by=request.actor, at=timezone.now())
    return redirect(home_of(reading.participant))


@access(may_open_evidence, on=reading_of)
def reading_evidence(request: Request, reading: KpiReading) -> HttpResponse:
    if reading.evidence is None:
        raise Http404
    return handed_out(reading.evidence, reading.evidence_name)


@access(may_coach, on=participant_of, methods=("GET", "POST"))
def send_measurement(request: Request, participant: Participant) -> HttpResponse:
    form = NoteForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: ending.send_measurement(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Gửi kết quả cuối kỳ"), text=_("Người thứ hai kiểm chứng trước khi khép."),
        said=_("Đã gửi kết quả cuối kỳ."), back=home_of(participant),
        crumbs=firm_crumbs(participant, Link(_("Cuối kỳ"))),
    )  # fmt: skip


@access(may_verify_for, on=participant_of, methods=("GET", "POST"))
def verify(request: Request, participant: Participant) -> HttpResponse:
    form = RemarkForm(request.POST or None)
    return asked(
        request, form,
        lambda told: ending.verify_measurement(participant=participant, by=request.actor, at=timezone.now(), **told),
        title=_("Kiểm chứng kết quả"), text=_("Người ghi hoặc gửi số đo không tự kiểm chứng."),
        said=_("Đã kiểm chứng."), back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Kiểm chứng"))),
    )  # fmt: skip


@access(may_verify_for, on=participant_of, methods=("GET", "POST"))
def give_back(request: Request, participant: Participant) -> HttpResponse:
    form = EndingForm(request.POST or None, initial={"base_version": participant.version})
    return asked(
        request, form,
        lambda told: ending.return_measurement(
            participant=participant, by=request.actor, at=timezone.now(), reason=told["reason"]
        ),
        title=_("Trả lại kết quả"), text=_("Doanh nghiệp và chuyên gia đo lại."), danger=True,
        said=_("Đã trả lại."), back=home_of(participant), template="coaching/confirm.html",
        crumbs=firm_crumbs(participant, Link(_("Trả lại"))),
    )  # fmt: skip


@access(may_handle, on=participant_of, methods=("POST",))
def close(request: Request, participant: Participant) -> HttpResponse:
    ending.close_participant(
        participant=participant, by=request.actor, at=timezone.now(), base_version=version_of(request)
    )
    messages.success(request, _("Doanh nghiệp đã hoàn thành; khảo sát sau 6, 12, 24 tháng đã hẹn."))
    return redirect(home_of(participant))


@access(may_coach, on=participant_of, methods=("GET", "POST"))
def audit(request: Request, participant: Participant) -> HttpResponse:
    """`phieu`: audit_5s3d or ladder."""
    code = request.GET.get("phieu", "")
    code = code if code in ending.AUDITS else ending.AUDITS[0]
    chosen = instrument_of(participant.cohort.instruments[code])
    form = AuditForm(request.POST or None, asked=chosen, initial={"on": timezone.localdate()})
    return asked(
        request, form,
        lambda told: ending.assess(
            participant=participant, code=code, moment=told["moment"], answers=form.answers(), on=told["on"],
            area=told["area"], by=request.actor, at=timezone.now(),
        ),
        title=_("Đánh giá tại nhà máy"), text=participant.enterprise.name, said=_("Đã ghi phiếu đánh giá."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Đánh giá"))),
        more={"levels": [(each.level, named(each.names), named(each.says)) for each in chosen.levels]},
    )  # fmt: skip


@access(may_work_on, on=participant_of, methods=("GET", "POST"))
def add_photo(request: Request, participant: Participant) -> HttpResponse:
    form = PhotoForm(request.POST or None, request.FILES or None)

    def do(told: dict[str, Any]) -> object:
        file = told.pop("file")
        return photos.add_photo(
            participant=participant, upload=photos.Upload(file.stream, file.name), by=request.actor, at=timezone.now(),
            **told,
        )  # fmt: skip

    return asked(
        request, form, do, title=_("Thêm ảnh"), text=participant.enterprise.name, said=_("Đã thêm ảnh."),
        back=home_of(participant), crumbs=firm_crumbs(participant, Link(_("Ảnh"))),
    )  # fmt: skip


@access(may_open_photo, on=photo_of)
def photo(request: Request, photo: Photo) -> HttpResponse:
    """Drawn anew, without where it was taken."""
    open_file(photo.file).close()  # what is quarantined opens in no form
    return handed_out(photo.shown, photo.shown.name)


@access(may_open_original, on=photo_of)
def original(request: Request, photo: Photo) -> HttpResponse:
    return handed_out(photo.file, photo.file.name)


@access(may_remove_photo, on=photo_of, methods=("POST",))
def remove_photo(request: Request, photo: Photo) -> HttpResponse:
    photos.remove_photo(photo=photo, by=request.actor, at=timezone.now())
    messages.success(request, _("Đã gỡ ảnh. Lịch sử vẫn giữ bản ghi này."))
    return redirect(home_of(photo.participant))


@access(may_open_participant, on=participant_of)
def evidence(request: Request, participant: Participant) -> HttpResponse:
    context = {
        "page": evidence_page(pack_of(participant), request.actor), "participant": participant,
        "crumbs": firm_crumbs(participant, Link(_("Hồ sơ kết quả"))),
    }  # fmt: skip
    response = render(request, "coaching/evidence.html", context)
    add_never_cache_headers(response)
    return response


@access(may_open_participant, on=participant_of)
def evidence_file(request: Request, participant: Participant) -> HttpResponse:
    """`dang`: docx, or pdf."""
    pack = pack_of(participant)
    name = f"ho-so-ket-qua-{participant.pk}"
    if request.GET.get("dang") == "pdf":
        return download([evidence_pdf(pack, timezone.now())], f"{name}.pdf", "application/pdf")  # type: ignore[return-value]
    return download([evidence_docx(pack, timezone.now())], f"{name}.docx", DOCX)  # type: ignore[return-value]


@access(may_open_participant, on=participant_of, methods=("POST",))
def sign(request: Request, participant: Participant) -> HttpResponse:
    ending.sign_evidence(
        participant=participant, side=request.POST.get("side", ""), digest=request.POST.get("digest", ""),
        by=request.actor, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã ký hồ sơ kết quả."))
    return redirect("coaching:evidence", pk=participant.pk)


@access(may_handle, on=participant_of, methods=("GET", "POST"))
def recheck(request: Request, participant: Participant) -> HttpResponse:
    form = RecheckForm(request.POST or None, initial={"on": timezone.localdate()})
    return asked(
        request, form,
        lambda told: ending.recheck(
            participant=participant, on=told["on"], holds=told["holds"] == "yes", note=told["note"], by=request.actor,
            at=timezone.now(),
        ),
        title=_("Kiểm tra lại"), text=participant.enterprise.name, said=_("Đã ghi kiểm tra lại."),
        back=reverse("coaching:evidence", args=[participant.pk]),
        crumbs=firm_crumbs(participant, Link(_("Kiểm tra lại"))),
    )  # fmt: skip


@access(may_keep_people, methods=("GET", "POST"))
def define(request: Request) -> HttpResponse:
    form = DefinitionForm(request.POST or None)
    return asked(
        request, form,
        lambda told: measuring.define_version(by=request.actor, at=timezone.now(), **told),
        title=_("Phiên bản định nghĩa mới"), text=_("Phiên bản đã dùng giữ nguyên; hai phiên bản cùng hiện."),
        said=_("Đã ghi phiên bản mới."), back=reverse("coaching:cohorts"),
        crumbs=people_crumbs(Link(_("Định nghĩa"))),
    )  # fmt: skip
