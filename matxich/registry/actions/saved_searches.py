"""Questions people keep: saved, changed, forgotten, and asked again for what is new."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from matxich.accounts.models import User
from matxich.accounts.permissions import Person
from matxich.accounts.queries import person
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import number
from matxich.ledger.actions import Subject, record
from matxich.notices.actions import queue_inapp, queue_mail
from matxich.registry.models import SavedSearch
from matxich.registry.permissions import may_ask, may_change_saved_search
from matxich.registry.queries.saved_searches import Found, matches
from matxich.registry.states import Cadence, Trouble
from matxich.rulebook.vietnamese.text import squeeze

MOST = 50
LONGEST = 4_000
AT_ONCE = 100
MORNING = time(7, 0)
FRESH_KEPT = 200
_SALT = "matxich.registry.saved_search"


class TooManySaved(Refusal):
    code = "too_many_saved_searches"


class SavedAlready(Refusal):
    code = "saved_already"


class QuestionTooLong(Refusal):
    code = "question_too_long"


class TooBroad(Refusal):
    code = "too_broad_to_watch"


class NoSuchLetter(Refusal):
    code = "no_such_letter"
    status = 404


@transaction.atomic
def save_search(
    *, by: Person, at: datetime, name: str, question: str, public: bool, cadence: str = Cadence.NEVER
) -> SavedSearch:
    """Keep the question of a list's address (its query string) under a name; what it finds now counts as known."""
    demand(may_ask(by, public=public))
    name = squeeze(name)
    own = SavedSearch.objects.filter(user=by.user_id)
    if len(question) > LONGEST:
        raise QuestionTooLong(_("Câu hỏi này quá dài để lưu."), _("Bớt chữ hoặc bỏ một số bộ lọc."))
    if own.count() >= MOST:
        said = _("Bạn đã lưu %(n)s tìm kiếm, nhiều nhất có thể.") % {"n": number(MOST)}
        raise TooManySaved(said, _("Xóa một tìm kiếm không còn dùng."))
    if same := own.filter(public=public, question=question).first():
        raise SavedAlready(_("Câu hỏi này đã lưu với tên “%(name)s”.") % {"name": same.name})
    _demand_free(own, name)
    saved = SavedSearch(user_id=by.user_id, name=name, public=public, question=question, created_at=at)
    _watch(saved, cadence, at)
    saved.save()
    record(action="saved_search.save", **_entry(by, at, saved))
    return saved


@transaction.atomic
def change_search(*, by: Actor, at: datetime, saved: SavedSearch, name: str, cadence: str) -> None:
    """Another name, another rhythm. Who begins to watch is told of what is new from now on."""
    demand(may_change_saved_search(by, saved))
    name, before = squeeze(name), saved.cadence
    _demand_free(SavedSearch.objects.filter(user=saved.user_id).exclude(pk=saved.pk), name)
    saved.name = name
    if cadence != before:
        _watch(saved, cadence, at)
    saved.save()
    record(action="saved_search.change", **_entry(by, at, saved, before))


@transaction.atomic
def forget_search(*, by: Actor, at: datetime, saved: SavedSearch) -> None:
    demand(may_change_saved_search(by, saved))
    record(action="saved_search.forget", **_entry(by, at, saved))
    saved.delete()


@transaction.atomic
def stop_letters(*, at: datetime, token: str) -> str:
    """No more news of one saved search, by the link of a letter, whoever holds it; the search's name. Twice is once."""
    saved = watched_by(token)
    if saved.cadence != Cadence.NEVER:
        before = saved.cadence
        _watch(saved, Cadence.NEVER, at)
        saved.save()
        record(action="saved_search.stop", **_entry(ANONYMOUS, at, saved, before))
    return saved.name


def watched_by(token: str) -> SavedSearch:
    """The saved search that the link of a letter names. Raises NoSuchLetter."""
    try:
        pk = int(Signer(salt=_SALT).unsign(token))
        return SavedSearch.objects.get(pk=pk)
    except (BadSignature, ValueError, SavedSearch.DoesNotExist):
        raise NoSuchLetter(_("Liên kết này không còn dùng được."), _("Tìm kiếm có thể đã được xóa.")) from None


def letter_token(saved: SavedSearch) -> str:
    return Signer(salt=_SALT).sign(str(saved.pk))


def _demand_free(others: QuerySet[SavedSearch], name: str) -> None:
    if others.filter(name=name).exists():
        raise SavedAlready(_("Bạn đã có một tìm kiếm tên “%(name)s”.") % {"name": name}, _("Chọn tên khác."))


def _watch(saved: SavedSearch, cadence: str, at: datetime) -> None:
    """Begin, change or stop being told. While there is no index the first look sets what is known."""
    saved.cadence, saved.trouble = cadence, ""
    saved.due_at = None if cadence == Cadence.NEVER else next_look(cadence, at)
    if cadence == Cadence.NEVER:
        return
    found = matches(saved)
    if found.trouble == Trouble.BROAD:
        said = _("Câu hỏi này có hơn 10.000 kết quả nên không báo tin mới được.")
        raise TooBroad(said, _("Thêm bộ lọc, hoặc lưu mà không báo."))
    saved.known, saved.looked_at = (sorted(found.ids), at) if found.answered else (None, None)


def next_look(cadence: str, at: datetime) -> datetime:
    """Seven in the morning of the next day, or of the next Monday."""
    today = timezone.localtime(at).date()
    days = 7 - today.weekday() if cadence == Cadence.WEEKLY else 1
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), MORNING))


def look_for_new(*, at: datetime) -> int:
    """Ask again the saved searches that are due and tell their owners what is new; how many owners were told.

    Whoever has lost the list is told nothing until they have it back. While there is no index, nothing is looked at
    and nothing is lost: what is due stays due.
    """
    due = SavedSearch.objects.filter(due_at__lte=at).select_related("user").order_by("due_at", "id")
    return sum(_look(saved, at) for saved in due[:AT_ONCE])


def _look(saved: SavedSearch, at: datetime) -> bool:
    later = {"due_at": next_look(saved.cadence, at)}
    if not _may_be_told(saved.user, saved.public, at):
        _claim(saved, later)
        return False
    found = matches(saved)
    if found.trouble:
        _claim(saved, later | {"trouble": found.trouble, "looked_at": at})
        return False
    return found.answered and _tell(saved, found, later, at)


def _may_be_told(user: User, public: bool, at: datetime) -> bool:
    return user.is_active and bool(may_ask(person(user, timezone.localdate(at)), public=public))


def _claim(saved: SavedSearch, changes: Mapping[str, object]) -> bool:
    """Whether this worker, and no other and no change of the owner's, got there first."""
    untouched = SavedSearch.objects.filter(pk=saved.pk, due_at=saved.due_at)
    return bool(untouched.update(**changes))


@transaction.atomic
def _tell(saved: SavedSearch, found: Found, later: Mapping[str, object], at: datetime) -> bool:
    known = None if saved.known is None else set(saved.known)
    fresh = [] if known is None else [one for one in found.ids if one not in known]
    changes = {**later, "known": sorted({*(known or ()), *found.ids}), "looked_at": at, "trouble": ""}
    if fresh:
        changes |= {"fresh": fresh[:FRESH_KEPT], "fresh_at": at}
    if not _claim(saved, changes) or not fresh:
        return False
    _queue_news(saved, len(fresh), at)
    return True


def _queue_news(saved: SavedSearch, count: int, at: datetime) -> None:
    """A message and a letter: how many, and where; what was found is shown only to whoever opens it with the right."""
    user, link = saved.user, reverse("registry:saved_search", args=[saved.pk])
    site, once = settings.BASE_URL.rstrip("/"), f"saved-search:{saved.pk}:{at:%Y%m%d%H%M}"
    with override(user.language):
        said = ngettext("%(n)s doanh nghiệp mới khớp “%(name)s”", "%(n)s doanh nghiệp mới khớp “%(name)s”", count) % {
            "n": number(count),
            "name": saved.name,
        }
        stop = site + reverse("registry:stop_letters", args=[letter_token(saved)])
        body = _("%(said)s.\n\nXem: %(link)s\n\nThôi nhận thư này: %(stop)s") % {
            "said": said,
            "link": site + link,
            "stop": stop,
        }
    queue_inapp(user_id=user.pk, subject=said, link=link, at=at, dedupe=f"{once}:inapp")
    queue_mail(to=user.email, subject=said, body=body, at=at, dedupe=f"{once}:mail")


def _entry(by: Actor, at: datetime, saved: SavedSearch, before: str = "") -> dict[str, Any]:
    """What every entry says. A name may say anything, so it is sealed with its owner's key."""
    return {
        "by": by,
        "at": at,
        "on": Subject("saved_search", str(saved.pk)),
        "before": {"cadence": before} if before else None,
        "after": {"cadence": saved.cadence, "public": saved.public},
        "personal": {"name": saved.name},
        "subject": f"user:{saved.user_id}",
    }
