"""What happens to a request: each step recorded, none out of order."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import may_administer
from matxich.accounts.personal_data import queries
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.accounts.personal_data.signals import personal_data_erasure
from matxich.accounts.personal_data.states import EXTENSION_DAYS, TRANSITIONS, Move, RequestKind, RequestState
from matxich.kit.access import open_personal
from matxich.kit.actor import Actor, system_actor
from matxich.kit.personal import ERASED, wipe
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import day
from matxich.ledger.actions import Subject, erase_subject, record
from matxich.notices.actions import queue_inapp, queue_mail
from matxich.rulebook.calendar import local_date

KEPT_AFTER_ANSWER = timedelta(days=5 * 365 + 2)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class NotNow(Refusal):
    code = "request_not_now"


class SubjectUnknown(Refusal):
    code = "request_subject_unknown"
    status = 422


@transaction.atomic
def submit(*, by: Actor, at: datetime, kind: str, name: str, contact: str, text: str = "") -> PersonalDataRequest:
    """Anybody asks, signed in or not; the clocks start. `code` is the receipt that follows the request."""
    terms = queries.clocks(at)
    letters = "".join(secrets.choice(LETTERS) for _each in range(12))
    request = PersonalDataRequest.objects.create(
        code="-".join((letters[:4], letters[4:8], letters[8:])),
        kind=RequestKind(kind),
        name=name,
        contact=contact,
        text=text,
        received_at=at,
        acknowledge_by=terms.acknowledge_by,
        act_by=terms.act_by,
        clock_note=terms.note,
    )
    after = {"kind": request.kind, "state": request.state, "act_by": request.act_by}
    personal = {"name": name, "contact": contact}
    record(by=by, at=at, action="personal_data.submit", on=_on(request), after=after, personal=personal)
    _tell_handlers(request, at, _("Yêu cầu mới về dữ liệu cá nhân: %(code)s") % {"code": request.code}, "new")
    return request


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell those who handle requests, once a day each, what is owed by tomorrow or late; how many were told of."""
    today = local_date(at)
    owed = queries.owed_by(today + timedelta(days=1), today)
    for row in owed:
        late = _("Quá hạn yêu cầu %(code)s") if row.late else _("Sắp đến hạn yêu cầu %(code)s")
        _tell_handlers(row.request, at, late % {"code": row.request.code}, today.isoformat())
    return len(owed)


@transaction.atomic
def forget_answered(*, at: datetime) -> int:
    """Wipe who asked, five years after the answer; how many requests."""
    before = at - KEPT_AFTER_ANSWER
    answered = Q(completed_at__lt=before) | Q(state=RequestState.REFUSED, decided_at__lt=before)
    old = PersonalDataRequest.objects.filter(answered).exclude(name=ERASED)
    for request in old:
        wipe("accounts.PersonalDataRequest", [request.pk])
        erase_subject(by=system_actor(), at=at, subject=f"personal_data_request:{request.pk}", reason=request.code)
    return len(old)


def acknowledge(*, by: Actor, at: datetime, request: PersonalDataRequest) -> None:
    _move(request, Move.ACKNOWLEDGE, by, at, "", acknowledged_at=at, handler=by.id)


def extend(*, by: Actor, at: datetime, request: PersonalDataRequest, reason: str) -> None:
    """Once, by fifteen days, for a reason the person is told."""
    later = request.act_by + timedelta(days=EXTENSION_DAYS)
    _move(request, Move.EXTEND, by, at, reason, extended_at=at, extension_reason=reason, act_by=later)


def decide(
    *, by: Actor, at: datetime, request: PersonalDataRequest, accept: bool, reason: str, subject: str = ""
) -> None:
    """Accept or refuse. Accepting says who the person is ("user:7", "enterprise:7"), once that was made sure of."""
    move = Move.ACCEPT if accept else Move.REFUSE
    _move(request, move, by, at, reason, decided_at=at, answer=reason, subject=subject or request.subject)


@transaction.atomic
def complete(*, by: Actor, at: datetime, request: PersonalDataRequest, reason: str, subject: str = "") -> None:
    """Done. An erasure is carried out here: every room wipes what it keeps, then the person's keys are deleted.

    `subject`, when given, is who the person turned out to be.
    """
    erasing, subject = request.kind == RequestKind.ERASE, subject or request.subject
    if erasing and not subject:
        raise SubjectUnknown(
            _("Chưa xác định người này là ai trong hệ thống."),
            _("Ghi mã người dùng (user:7) hoặc mã hồ sơ doanh nghiệp (MX-004127-0) rồi thử lại."),
        )
    _move(request, Move.COMPLETE, by, at, reason, completed_at=at, answer=reason, subject=subject)
    if erasing:
        erase_person(by=by, at=at, subject=request.subject, reason=request.code)


@transaction.atomic
def erase_person(*, by: Actor, at: datetime, subject: str, reason: str) -> None:
    """Wipe a person everywhere: fields by the register, sealed texts in history by their keys."""
    demand(may_administer(by))
    personal_data_erasure.send(sender=PersonalDataRequest, subject=subject, by=by, at=at)
    erase_subject(by=by, at=at, subject=subject, reason=reason)


@transaction.atomic
def open_request(*, by: Actor, at: datetime, request: PersonalDataRequest, reason: str) -> None:
    """See name, contact and text in full, leaving a record."""
    demand(may_administer(by))
    subject = ("personal_data_request", str(request.pk))
    open_personal(by=by, at=at, subject=subject, fields=["name", "contact", "text"], reason=reason)


@transaction.atomic
def _move(request: PersonalDataRequest, move: Move, by: Actor, at: datetime, reason: str, **changes: object) -> None:
    demand(may_administer(by))
    fresh = PersonalDataRequest.objects.select_for_update().get(pk=request.pk)
    state = TRANSITIONS.get((RequestState(fresh.state), move))
    if state is None or (move is Move.EXTEND and fresh.extended_at):
        raise NotNow(
            _("Yêu cầu đang ở bước “%(state)s”, không làm được việc này.") % {"state": fresh.get_state_display()},
            _("Tải lại trang để xem bước hiện tại."),
        )
    if move is not Move.ACKNOWLEDGE and not reason.strip():
        raise NotNow(_("Chưa ghi lý do hoặc nội dung trả lời."), _("Ghi ngắn gọn rồi gửi lại."))
    before = {"state": fresh.state, "act_by": fresh.act_by}
    for name, value in {**changes, "state": state}.items():
        setattr(request, name, value)
    request.save(update_fields=[*changes, "state"])
    after = {"state": request.state, "act_by": request.act_by}
    record(by=by, at=at, action=f"personal_data.{move}", on=_on(request), before=before, after=after, reason=reason)
    _tell_asker(request, at)


def _tell_asker(request: PersonalDataRequest, at: datetime) -> None:
    """By mail where a mail address was given; others follow by their code."""
    if "@" not in request.contact:
        return
    values = {
        "code": request.code,
        "state": request.get_state_display(),
        "by": day(request.act_by),
        "answer": request.answer,
    }
    body = _("Yêu cầu %(code)s: %(state)s. Giải quyết chậm nhất %(by)s.\n\n%(answer)s") % values
    subject = _("Yêu cầu về dữ liệu cá nhân %(code)s") % values
    queue_mail(to=request.contact, subject=subject, body=body, at=at)


def _tell_handlers(request: PersonalDataRequest, at: datetime, subject: str, key: str) -> None:
    link = reverse("accounts:personal_data_request", kwargs={"pk": request.pk})
    for user in queries.handlers():
        queue_inapp(user_id=user, subject=subject, link=link, at=at, dedupe=f"personal_data:{request.pk}:{key}:{user}")


def _on(request: PersonalDataRequest) -> Subject:
    return Subject("personal_data_request", str(request.pk), request.code)
