"""Asked again after closing: sent by one policy, answered with an account or by a one-time link."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.coaching.actions.measuring import demand_other
from matxich.coaching.actions.moving import BadEntry, demand_answers, demand_fresh, move, participant_subject
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import FollowUp, FollowUpLink
from matxich.coaching.permissions import may_answer, may_handle_follow_up
from matxich.coaching.states import FOLLOW_UP_TRANSITIONS, FollowUpState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import day
from matxich.ledger.actions import record
from matxich.notices.actions import queue_mail
from matxich.registry.permissions import manages_firm
from matxich.registry.queries.confirming import known_email
from matxich.rulebook.coaching.weeks import LEAD_DAYS, next_step

LIFETIME = timedelta(days=60)
FIGURES = ("money", "whole")


class LinkUnknown(Refusal):
    code = "link_unknown"
    status = 404


class LinkUsed(Refusal):
    code = "link_used"
    status = 410


class LinkExpired(Refusal):
    code = "link_expired"
    status = 410


class LinkReplaced(Refusal):
    code = "link_replaced"
    status = 410


class NoAddress(Refusal):
    code = "no_address"
    status = 422


class NothingAnswered(Refusal):
    code = "nothing_answered"
    status = 422


@transaction.atomic
def send_follow_up(*, follow_up: FollowUp, by: Actor, at: datetime, email: str = "") -> FollowUpLink:
    """Mail a one-time link; those sent before stop working. Raises Denied, WrongState, NoAddress."""
    current = _locked(follow_up)
    demand(may_handle_follow_up(by, current))
    return _send(current, by, at, email)


def _send(current: FollowUp, by: Actor, at: datetime, email: str = "") -> FollowUpLink:
    firm = current.participant.enterprise
    address = email.strip().lower() or known_email(firm)
    if not address:
        raise NoAddress(
            _("Hồ sơ %(name)s chưa có e-mail.") % {"name": firm.name}, _("Nhập e-mail doanh nghiệp đã cho.")
        )
    was_sent = current.state == FollowUpState.SENT
    move(current, "send", FOLLOW_UP_TRANSITIONS)
    current.reminders += was_sent
    current.version += 1
    current.save()
    _open_links(current, at).update(replaced_at=at)
    token = token_urlsafe(32)
    link = FollowUpLink.objects.create(
        follow_up=current, token_hash=_hash(token), email=address, created_by=by.id, created_at=at,
        expires_at=at + LIFETIME,
    )  # fmt: skip
    _mail(link, token, by, at)
    record(
        by=by, at=at, action="follow_up.send", on=participant_subject(current.participant),
        after={"follow_up": current.pk, "moment": current.moment, "link": link.pk, "reminder": was_sent},
        personal={"email": address},
    )  # fmt: skip
    return link


def ask_due(*, by: Actor, at: datetime) -> int:
    """The one policy, for every survey: told a month ahead, reminded once, closed unanswered; how many moved.

    Each in a transaction of its own. A firm without an address waits for somebody to give one.
    """
    today, moved = timezone.localdate(at), 0
    open_ones = FollowUp.objects.filter(
        state__in=[FollowUpState.WAITING, FollowUpState.SENT], due_on__lte=today + timedelta(days=LEAD_DAYS)
    )
    for pk in open_ones.values_list("pk", flat=True):
        with transaction.atomic():
            moved += _ask(pk, by, at)
    return moved


def _ask(pk: int, by: Actor, at: datetime) -> bool:
    current = _locked(FollowUp(pk=pk))
    if current.state not in (FollowUpState.WAITING, FollowUpState.SENT):
        return False
    step = next_step(
        current.due_on, timezone.localdate(at), sent=current.state == FollowUpState.SENT, reminders=current.reminders
    )
    if step in ("send", "remind") and known_email(current.participant.enterprise):
        _send(current, by, at)
        return True
    if step == "give_up":
        move(current, "give_up", FOLLOW_UP_TRANSITIONS)
        current.version += 1
        current.save()
        record(
            by=by, at=at, action="follow_up.give_up", on=participant_subject(current.participant),
            after={"follow_up": current.pk, "moment": current.moment},
        )  # fmt: skip
        return True
    return False


def open_link(*, token: str, at: datetime) -> FollowUpLink:
    """The link behind a token, or a refusal that says why it does not work and what to do."""
    link = (
        FollowUpLink.objects.select_related(
            "follow_up__participant__enterprise", "follow_up__participant__cohort__agency"
        )
        .filter(token_hash=_hash(token))
        .first()
    )
    if link is None:
        raise LinkUnknown(_("Liên kết không đúng."), _("Mở lại liên kết trong thư, hoặc nhờ cơ quan chủ trì gửi lại."))
    _demand_open(link, at)
    return link


@transaction.atomic
def answer_by_link(*, token: str, answers: Mapping[str, Any], at: datetime) -> FollowUp:
    """Without an account, once.

    Raises LinkUnknown, LinkUsed, LinkExpired, LinkReplaced, NothingAnswered, Unanswered.
    """
    link = FollowUpLink.objects.select_for_update().get(pk=open_link(token=token, at=at).pk)
    _demand_open(link, at)
    current = _locked(link.follow_up)
    made = _answer(current, answers, Actor(kind="anonymous", id=f"follow_up_link:{link.pk}", name=""), at, "link")
    link.used_at = at
    link.save(update_fields=["used_at"])
    return made


@transaction.atomic
def answer(*, follow_up: FollowUp, answers: Mapping[str, Any], by: Actor, at: datetime, base_version: int) -> FollowUp:
    """The firm with its account, or an official who writes down what it said. Raises Denied, Stale, as above."""
    current = _locked(follow_up)
    demand(may_answer(by, current))
    demand_fresh(current, base_version)
    via = "account" if manages_firm(by, current.participant.enterprise) else "officer"
    return _answer(current, answers, by, at, via)


def _answer(current: FollowUp, answers: Mapping[str, Any], by: Actor, at: datetime, via: str) -> FollowUp:
    asked = instrument_of(current.instrument)
    given = dict(answers)
    demand_answers(asked, given, whole=False)
    if not given:
        raise NothingAnswered(_("Chưa trả lời câu nào."), _("Trả lời ít nhất một câu rồi gửi."))
    move(current, "answer", FOLLOW_UP_TRANSITIONS)
    current.answers, current.answered_via, current.answered_by, current.answered_at = given, via, by.id, at
    current.version += 1
    current.save()
    _open_links(current, at).update(replaced_at=at)
    record(
        by=by, at=at, action="follow_up.answer", on=participant_subject(current.participant), rule=asked.key,
        after={"follow_up": current.pk, "moment": current.moment, "via": via, "answered": sorted(given)},
    )  # fmt: skip
    return current


@transaction.atomic
def verify_figures(
    *, follow_up: FollowUp, figures: Mapping[str, int], by: Actor, at: datetime, base_version: int
) -> FollowUp:
    """What of the answers somebody saw papers for; never more than was said, kept apart from it.

    Raises Denied, Stale, SamePerson, BadEntry.
    """
    current = _locked(follow_up)
    demand(may_handle_follow_up(by, current))
    demand_fresh(current, base_version)
    demand_other(by, current.answered_by)
    asked = instrument_of(current.instrument).items
    for path, figure in figures.items():
        said_of = current.answers.get(path)
        if path not in asked or asked[path].answer not in FIGURES or not isinstance(said_of, int):
            raise BadEntry(path, _("Doanh nghiệp không nêu số này."))
        if not 0 <= figure <= said_of:
            raise BadEntry(path, _("Số đã kiểm chứng không vượt quá số doanh nghiệp nêu."))
    before = current.verified
    current.verified, current.verified_by, current.verified_at = dict(figures), by.id, at
    current.version += 1
    current.save()
    record(
        by=by, at=at, action="follow_up.verify", on=participant_subject(current.participant), before=before,
        after=dict(figures),
    )  # fmt: skip
    return current


def _locked(follow_up: FollowUp) -> FollowUp:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related(
        "participant__cohort__agency", "participant__enterprise"
    )
    return found.get(pk=follow_up.pk)


def _open_links(follow_up: FollowUp, at: datetime) -> Any:
    return FollowUpLink.objects.filter(follow_up=follow_up, used_at=None, replaced_at=None, expires_at__gt=at)


def _hash(token: str) -> str:
    """Keyed with the installation's secret, so a copied table opens nothing."""
    return salted_hmac("matxich.coaching.follow_up", token, algorithm="sha256").hexdigest()


def _demand_open(link: FollowUpLink, at: datetime) -> None:
    again = _("Cần trả lời lại: nhờ cơ quan chủ trì đợt gửi liên kết mới.")
    if link.used_at:
        raise LinkUsed(_("Liên kết này đã được dùng ngày %(day)s.") % {"day": day(link.used_at)}, again)
    if link.replaced_at:
        raise LinkReplaced(_("Đã có liên kết mới hơn, hoặc đã có câu trả lời."), again)
    if link.expires_at <= at:
        raise LinkExpired(_("Liên kết này đã hết hạn ngày %(day)s.") % {"day": day(link.expires_at)}, again)


def _mail(link: FollowUpLink, token: str, by: Actor, at: datetime) -> None:
    follow_up = link.follow_up
    with override("vi"):
        values = {
            "firm": follow_up.participant.enterprise.name,
            "by": follow_up.participant.cohort.agency.name,
            "cohort": follow_up.participant.cohort.title,
            "due": day(follow_up.due_on),
            "link": settings.BASE_URL.rstrip("/") + reverse("coaching:follow_up_by_link", args=[token]),
            "day": day(link.expires_at),
        }
        body = _(
            "Kính gửi %(firm)s,\n\n"
            "%(by)s hỏi lại kết quả sau “%(cohort)s”, hạn trả lời %(due)s. Có 12 câu ngắn, câu nào chưa có số thì để "
            "trống; không cần tài khoản:\n%(link)s\n\n"
            "Liên kết dùng được một lần, đến hết ngày %(day)s. Ai có liên kết đều mở được; "
            "xin đừng chuyển tiếp ra ngoài."
        )
        queue_mail(to=link.email, subject=_("Kết quả sau chương trình tư vấn"), body=body % values, at=at)
