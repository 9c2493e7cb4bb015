"""Words of this room in the reader's language: contents, steps, places, people, deadlines."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from matxich.accounts.models import User
from matxich.kit.display import Link
from matxich.kit.templatetags.mx import day, locale
from matxich.places.queries import name_of
from matxich.policy.packaged import packaged_law
from matxich.policy.queries.library import layer_label
from matxich.policy.queries.showing import cite, said
from matxich.programmes.contents import groups
from matxich.programmes.models import Call, CallDate
from matxich.programmes.states import CallPhase
from matxich.programmes.timing import OTHER, steps
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.programmes.content_groups import ContentGroup
from matxich.rulebook.vietnamese.numbers import format_number


def language() -> str:
    return "vi" if (get_language() or "vi").startswith("vi") else "en"


def group_name(code: str) -> str:
    group = groups().get(code)
    return group.name(language()) if group else code


def group_article(group: ContentGroup) -> Link:
    return cite(packaged_law(), group.article)


def support_name(code: str) -> str:
    support = SUPPORTS.get(code)
    return said(support.words) if support else code


def step_name(code: str, label: str = "") -> str:
    """Of a step, a day of the law, or a call's own."""
    if code == OTHER:
        return label
    found = steps().named(code)
    return found.name(language()) if found else code


def place_name(code: str) -> str:
    return name_of(code) if code else _("Cả nước")


def layer_name(layer: str) -> str:
    """Whose figures of the law hold."""
    return _("không phải tiền nhà nước") if layer == "other" else layer_label(layer)


def people_named(ids: Iterable[str]) -> dict[str, str]:
    """Actor id → name as it is now; commands and those gone keep their id. One query."""
    wanted = set(ids) - {""}
    keys = [int(each.removeprefix("user:")) for each in wanted if each.startswith("user:")]
    names = User.objects.filter(pk__in=keys).values_list("pk", "name") if keys else ()
    return {each: each for each in wanted} | {f"user:{pk}": name for pk, name in names}


def title_of(call: Call) -> str:
    """In Vietnamese to whoever reads it, else in English where the call has an English title."""
    return call.title if language() == "vi" else call.title_en or call.title


def instructions_of(call: Call) -> str:
    return call.instructions if language() == "vi" else call.instructions_en or call.instructions


def deadline_text(at: datetime) -> str:
    """ "trước 17:00:00 ngày 15/12/2026", to the second, in Vietnam time."""
    local = timezone.localtime(at)
    return _("trước %(time)s ngày %(day)s") % {"time": f"{local:%H:%M:%S}", "day": day(local.date())}


def opening_text(at: datetime) -> str:
    local = timezone.localtime(at)
    return _("từ %(time)s ngày %(day)s") % {"time": f"{local:%H:%M:%S}", "day": day(local.date())}


def left_text(until: datetime, at: datetime) -> str:
    """How long a deadline is away, in the largest unit that still tells: days, hours, minutes."""
    seconds = int((until - at).total_seconds())
    if seconds <= 0:
        return _("đã hết hạn")
    if seconds >= 2 * 86_400:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", seconds // 86_400) % {"n": seconds // 86_400}
    if seconds >= 3_600:
        return ngettext("còn %(n)s giờ", "còn %(n)s giờ", seconds // 3_600) % {"n": seconds // 3_600}
    minutes = max(1, seconds // 60)
    return ngettext("còn %(n)s phút", "còn %(n)s phút", minutes) % {"n": minutes}


def days_left_text(on: date, today: date) -> str:
    left = (on - today).days
    if left > 0:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", left) % {"n": left}
    if left == 0:
        return _("hôm nay")
    return ngettext("quá %(n)s ngày", "quá %(n)s ngày", -left) % {"n": -left}


def working_days_text(count: int) -> str:
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count) % {"n": format_number(count, None, locale())}


def phase_text(call: Call, at: datetime) -> str:
    """Open, with the time left; or in what other state, with the day that matters."""
    phase = call.phase(at)
    if phase == CallPhase.OPEN and call.closes_at:
        return f"{phase.label}, {left_text(call.closes_at, at)}"
    if phase == CallPhase.COMING and call.opens_at:
        return f"{phase.label}, {day(call.opens_at)}"
    return str(phase.label)


def date_source(dated: CallDate) -> tuple[str, str]:
    """Words and address of where a day comes from: a figure of the law has its page."""
    code = dated.source.partition(" ")[0]
    if code and code in packaged_law().parameters.by_id:
        return code, reverse("policy:figure", args=[code])
    return dated.source, ""


def is_unseen(dated: CallDate) -> bool:
    """The law says something of it that nobody has read yet."""
    return dated.on is None and any(
        legal.id == dated.step and legal.unseen and legal.unseen == dated.source for legal in steps().dates
    )
