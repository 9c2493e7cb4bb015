"""What people decide that a phrase means: with a reason, for one firm or for everybody, and taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.facts import NotInRegister, is_visible, subject_of
from matxich.registry.models import Enterprise, SearchChange, TermDecision
from matxich.registry.permissions import may_decide_term
from matxich.registry.queries.meaning import SCHEME_OF, in_force
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.meaning import PHRASE_LENGTH, phrase_key
from matxich.rulebook.vietnamese.text import squeeze

MOST = 8


class NoPhrase(Refusal):
    """What was given is no phrase that could be decided on."""

    code = "no_phrase"
    status = 422


class NoSuchConcept(Refusal):
    """A concept the taxonomy does not have, or has in another list; or too many of them."""

    code = "no_such_concept"
    status = 422


class AlreadyUndone(Refusal):
    code = "already_undone"


def decide_term(
    *,
    facet: str,
    phrase: str,
    concepts: Sequence[str],
    by: Actor,
    at: datetime,
    reason: str,
    enterprise: Enterprise | None = None,
    base: int | None = None,
) -> TermDecision:
    """From now on the phrase means these concepts, or none of the taxonomy's where there are none.

    `enterprise`: in the words of this firm alone; else wherever it is said. `base` is the decision that stood when
    the page was opened; the new one replaces it. The same decision of the same person again is answered by the one
    that stands. Raises Denied, NoPhrase, NoSuchConcept, NotInRegister, Stale (another decision stands).
    """
    phrase, key = squeeze(phrase), phrase_key(phrase)
    demand(may_decide_term(by, enterprise))
    if not key or max(len(phrase), len(key)) > PHRASE_LENGTH:
        raise NoPhrase(
            _("Cụm từ cần có chữ và dài không quá %(limit)s ký tự.") % {"limit": PHRASE_LENGTH},
            _("Chọn một phần ngắn hơn của ô."),
        )
    codes = _known(facet, concepts)
    wanted = TermDecision(
        facet=facet, phrase=phrase, key=key, concepts=codes, enterprise=enterprise, reason=reason, by=by.id, at=at
    )
    try:
        return _decide(wanted, by, base)
    except IntegrityError:
        # Somebody else's came first, between our look and our writing; it stands now.
        return _decide(wanted, by, base)


@transaction.atomic
def undo_term_decision(*, decision: TermDecision, by: Actor, at: datetime, reason: str) -> TermDecision:
    """The phrase means again what the taxonomy, or the decision for everybody, says; none replaced by it returns.

    Undone twice by the same person is undone once. Raises Denied, AlreadyUndone.
    """
    demand(may_decide_term(by, decision.enterprise))
    undone = in_force().filter(pk=decision.pk).update(undone_at=at, undone_by=by.id)
    decision.refresh_from_db()
    if undone:
        _tell(decision)
        _record("term.undo", decision, by, at, reason, before=_shown(decision), after=None)
    elif decision.undone_by != by.id:
        raise AlreadyUndone(
            _("Quyết định này đã được bỏ hoặc thay bằng quyết định khác."),
            _("Tải lại trang để xem quyết định hiện tại."),
        )
    return decision


@transaction.atomic
def _decide(wanted: TermDecision, by: Actor, base: int | None) -> TermDecision:
    if wanted.enterprise:
        _demand_own_record(wanted.enterprise)
    same = in_force().filter(facet=wanted.facet, key=wanted.key, enterprise=wanted.enterprise)
    stands = same.select_for_update().first()
    if stands and (stands.by, stands.concepts, stands.reason) == (wanted.by, wanted.concepts, wanted.reason):
        return stands
    if (stands.pk if stands else None) != base:
        raise Stale(
            _("Cụm từ này vừa có quyết định khác."), _("Tải lại trang, xem quyết định hiện tại rồi chọn lại nếu cần.")
        )
    if stands:
        in_force().filter(pk=stands.pk).update(undone_at=wanted.at, undone_by=wanted.by)
    wanted.pk = None
    wanted.save(force_insert=True)
    _tell(wanted)
    before = _shown(stands) if stands else None
    _record("term.decide", wanted, by, wanted.at, wanted.reason, before=before, after=_shown(wanted))
    return wanted


def _known(facet: str, concepts: Sequence[str]) -> list[str]:
    """The codes once each, all of the facet's own list."""
    known, codes = taxonomy(), list(dict.fromkeys(concepts))
    scheme = SCHEME_OF.get(facet)
    wrong = [code for code in codes if code not in known or known.concept(code).scheme != scheme]
    if scheme is None or wrong:
        raise NoSuchConcept(
            _("Danh mục không có khái niệm “%(code)s”.") % {"code": wrong[0][:60] if wrong else facet[:60]},
            _("Tìm khái niệm theo tên rồi chọn trong kết quả."),
        )
    if len(codes) > MOST:
        raise NoSuchConcept(_("Một cụm từ có nhiều nhất %(most)s khái niệm.") % {"most": MOST}, _("Bỏ bớt lựa chọn."))
    return codes


def _demand_own_record(enterprise: Enterprise) -> None:
    current = Enterprise.objects.get(pk=enterprise.pk)
    if current.merged_into_id is not None or not is_visible(current):
        raise NotInRegister(
            _("Hồ sơ này không còn trong sổ hoặc đã gộp vào hồ sơ khác."), _("Mở hồ sơ hiện tại và làm việc ở đó.")
        )


def _tell(decision: TermDecision) -> None:
    """The index looks for everybody who says the phrase, or at the one firm."""
    if decision.enterprise:
        SearchChange.objects.create(enterprise=decision.enterprise)
    else:
        SearchChange.objects.create(decision=decision)


def _shown(decision: TermDecision) -> dict[str, object]:
    return {
        "decision": decision.pk,
        "facet": decision.facet,
        "phrase": decision.phrase,
        "concepts": decision.concepts,
        "everywhere": decision.enterprise_id is None,
    }


def _record(
    action: str,
    decision: TermDecision,
    by: Actor,
    at: datetime,
    reason: str,
    *,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    firm = decision.enterprise
    on = subject_of(firm) if firm else Subject("term", f"{decision.facet}:{decision.key}", decision.phrase)
    record(by=by, at=at, action=action, on=on, before=before, after=after, reason=reason, rule=taxonomy().version)
