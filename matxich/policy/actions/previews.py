"""What proposals would change, worked out by the worker where the register is too long for a page to wait."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.refusals import Refusal
from matxich.kit.worker import LEFT_BEHIND, seldom
from matxich.policy.actions.acts import DoesNotFit, law_with
from matxich.policy.law import law
from matxich.policy.models import ActPreview, FigureAct
from matxich.policy.queries.changes import changes_of, concerned_by
from matxich.policy.queries.changing import fits_a_page, preview_of

KEPT_FOR = timedelta(days=1)
"""The register moves on: an older preview is worked out anew."""


class NotWorkedOut(Refusal):
    """Nobody decides before every answer that would change was counted."""

    code = "preview_not_worked_out"


def changes_shown(act: FigureAct) -> dict[str, Any]:
    """What a decider of this moment sees, to be kept with the decision. Raises DoesNotFit, NotWorkedOut."""
    shown = preview_of(act, law_with(act))
    if shown.changes is None:
        raise NotWorkedOut(
            _("Chưa tính xong những câu trả lời sẽ đổi."), _("Chờ tính xong, xem rồi quyết định; trang tự cập nhật.")
        )
    worked_out = shown.worked_out_at or timezone.now()
    return {**shown.changes.as_dict(), "worked_out_at": worked_out.isoformat()}


def work_out_previews(*, at: datetime) -> int:
    """The worker's chore: every proposal of a long register whose preview is missing or old. How many were worked out.

    One that no longer fits the law has nothing to show; its page says so.
    """
    done = 0
    for act in FigureAct.objects.filter(decision=None).select_related("preview", "target").order_by("id"):
        preview = _taken(act, at)
        if preview is None:
            continue
        try:
            result = changes_of(act, law_with(act), progress=_telling(preview)).as_dict()
        except DoesNotFit:
            result = {}
        found = ActPreview.objects.filter(pk=preview.pk, started_at=at)
        done += found.update(result=result, finished_at=timezone.now())
    return done


def _taken(act: FigureAct, at: datetime) -> ActPreview | None:
    """The preview to be worked out now, None where a good one is there, in hand, or not needed."""
    kept: ActPreview | None = getattr(act, "preview", None)
    version = law().version
    if kept is None:
        if _short(act):
            return None
        made, new = ActPreview.objects.get_or_create(act=act, defaults={"rules_version": version, "started_at": at})
        return made if new else None
    if kept.finished_at:
        good = kept.rules_version == version and kept.finished_at > at - KEPT_FOR
    else:
        good = kept.started_at > at - LEFT_BEHIND
    if good or _short(act):
        return None
    free = ActPreview.objects.filter(pk=kept.pk, started_at=kept.started_at)
    begun = free.update(rules_version=version, result={}, read=0, started_at=at, finished_at=None)
    return ActPreview.objects.get(pk=kept.pk) if begun else None


def _short(act: FigureAct) -> bool:
    return fits_a_page(concerned_by(act).count())


def _telling(preview: ActPreview) -> Callable[[int], None]:
    stored = ActPreview.objects.filter(pk=preview.pk)
    return seldom(lambda read: stored.update(read=read))
