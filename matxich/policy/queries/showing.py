"""Answers of the law as pages show them, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matxich.kit.display import Link
from matxich.kit.templatetags.mx import day, money
from matxich.policy.packaged import names_of_parts
from matxich.rulebook.calendar import YearMissing
from matxich.rulebook.law.answering import Answer, Case, Law, term, walk
from matxich.rulebook.law.conditions import Judged, spoken
from matxich.rulebook.law.facts import Known, Words
from matxich.rulebook.law.figures import Rate
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.parameters import Found
from matxich.rulebook.law.supports.model import Clock
from matxich.rulebook.law.telling import VERDICTS
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS
from matxich.rulebook.parameters.holidays_vn import vietnam


def said(words: Words) -> str:
    """In Vietnamese to whoever reads Vietnamese, else in English."""
    return words.vi if (get_language() or "vi").startswith("vi") else words.en


def part_name(part: str) -> str:
    """Of a figure."""
    return said(names_of_parts().part(part))


@dataclass(frozen=True, slots=True)
class Step:
    """A condition with what it rests on. `mark`: met, declared, not, unknown, as the marks of a requirement."""

    text: str
    mark: str
    fact: str
    source: str
    article: Link | None
    parts: tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of support. `verdict`: eligible, unknown, not. `wanted`: questions whose answers would settle it."""

    code: str
    name: str
    verdict: str
    amount: str
    how: str
    steps: tuple[Step, ...]
    funding: Step
    wanted: tuple[str, ...]
    amount_wanted: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    changes: tuple[str, ...]
    assumed: tuple[str, ...]
    caveats: tuple[str, ...]
    papers: tuple[str, ...]
    prove: tuple[str, ...]
    clocks: tuple[str, ...]
    articles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    label: str
    supports: tuple[Shown, ...]


def grouped(law: Law, case: Case, found: tuple[Answer, ...]) -> tuple[Group, ...]:
    """Eligible first, then what a few facts would settle, then the rest unknown, then the noes; none empty."""
    labels = {
        "eligible": _("Được hưởng theo luật"),
        "facts": _("Cần biết thêm"),
        "unknown": _("Luật chưa rõ, chờ cơ quan xác nhận"),
        "not": _("Không được"),
    }
    sorted_ = {code: tuple(show(law, case, each) for each in found if _group(each) == code) for code in labels}
    return tuple(Group(code, labels[code], supports) for code, supports in sorted_.items() if supports)


def _group(answer: Answer) -> str:
    if answer.truth is Truth.UNKNOWN:
        return "facts" if answer.missing and not answer.unconfirmed else "unknown"
    return "eligible" if answer.truth is Truth.YES else "not"


def show(law: Law, case: Case, answer: Answer) -> Shown:
    support = answer.support
    verdict = VERDICTS[answer.truth]
    figures = [each for each in answer.figures if each.setting]
    cited = dict.fromkeys(each.article for one in answer.conditions for each in walk(one) if each.article)
    cited |= dict.fromkeys(each.setting.article for each in figures if each.setting)
    return Shown(
        code=support.id,
        name=said(support.words),
        verdict=verdict,
        amount=_("tối đa %(amount)s") % {"amount": money(answer.amount.most)} if answer.amount.most is not None else "",
        how=_how(answer),
        steps=tuple(_step(law, each) for each in answer.conditions),
        funding=_step(law, answer.funding),
        wanted=tuple(said(FACTS[fact].question) for fact in answer.missing),
        amount_wanted=tuple(said(FACTS[fact].question) for fact in answer.amount_needs),
        unconfirmed=tuple(_figure(law, code) for code in answer.unconfirmed),
        changes=tuple(said(each.words) for each in answer.changes),
        assumed=tuple(said(FACTS[fact].words) for fact in answer.assumed),
        caveats=tuple(dict.fromkeys(text for each in figures if (text := _caveat(law, each)))),
        papers=tuple(map(said, support.papers)),
        prove=tuple(map(said, support.prove)),
        clocks=tuple(text for clock in support.clocks if (text := _clock(law, clock, case.on))),
        articles=tuple(cite(law, each) for each in cited),
    )


def cite(law: Law, article: Citation) -> Link:
    return Link(law.library.cite(article), reverse("policy:instrument", args=[article.instrument]))


def _step(law: Law, judged: Judged) -> Step:
    known = judged.known
    mark = {Truth.NO: "not", Truth.UNKNOWN: "unknown"}.get(judged.truth) or (
        "declared" if known and known.verification < 2 else "met"
    )
    # A part that is only one of several ways, and not the one taken, would read as a reproach.
    taken = [
        p for p in judged.parts if not (judged.how == "any" and judged.truth is Truth.YES and p.truth is not Truth.YES)
    ]
    article = cite(law, judged.article) if judged.article else None
    return Step(said(judged.words), mark, _told(judged), _source(judged), article,
                tuple(_step(law, part) for part in taken))  # fmt: skip


def _told(judged: Judged) -> str:
    if judged.known is None:
        return ""
    fact, value = FACTS[judged.fact], judged.known.value
    if fact.choices:
        shown = said(fact.choices[str(value)]) if fact.kind == "choice" else str(value)
    elif fact.kind == "yes_no":
        shown = _("có") if value else _("không")
    elif fact.kind == "money":
        shown = money(int(value))
    else:
        shown = spoken(Rate(int(value))) if fact.kind == "share" else spoken(int(value))
    others = "; ".join(_other(each) for each in judged.known.others)
    return f"{said(fact.words)}: {shown}" + (f" ({_('nguồn khác nói')}: {others})" if others else "")


def _other(known: Known) -> str:
    value = (
        spoken(known.value) if isinstance(known.value, int) and not isinstance(known.value, bool) else str(known.value)
    )
    return f"{value}, {known.source}" if known.source else value


def _source(judged: Judged) -> str:
    known = judged.known
    if judged.assumed:
        return _("chưa hỏi, tạm coi là vậy")
    if known is None or not known.source:
        return ""
    return f"{known.source}, {day(known.as_of)}" if known.as_of else known.source


def _how(answer: Answer) -> str:
    share, cap = answer.amount.share, answer.amount.cap
    if share and cap is not None:
        return _("%(share)s chi phí, không quá %(cap)s") % {"share": spoken(share), "cap": money(cap)}
    if share:
        return _("%(share)s chi phí") % {"share": spoken(share)}
    return ""


def _figure(law: Law, code: str) -> str:
    parameter = law.parameters[code]
    return said(Words(parameter.vi, parameter.en))


def _caveat(law: Law, found: Found) -> str:
    if not found.setting or not found.setting.needs_check or not found.usable:
        return ""
    names = ", ".join(law.library[code].short for code in found.setting.needs_check)
    seen = found.setting.confirmed_until
    if seen:
        return _("Mức thấy còn áp dụng ngày %(day)s; đối chiếu %(names)s trước khi dùng.") % {
            "day": day(seen), "names": names}  # fmt: skip
    return _("Đối chiếu %(names)s trước khi dùng.") % {"names": names}


def _clock(law: Law, clock: Clock, on: date) -> str:
    found = term(law.parameters, clock, on)
    if found is None:
        return ""
    value, _setting = found
    if clock.yearly:
        return f"{said(clock.words)}: {_next(str(value), on)}"
    working = int(str(value))
    try:
        due = day(vietnam().add_working_days(on, working))
        until = _("nộp ngày %(on)s thì đến %(due)s") % {"on": day(on), "due": due}
    except YearMissing as missing:
        until = _("chưa có lịch nghỉ năm %(year)s để tính ngày") % {"year": missing.year}
    return _("%(what)s: %(days)s ngày làm việc (%(until)s)") % {
        "what": said(clock.words), "days": working, "until": until}  # fmt: skip


def _next(written: str, on: date) -> str:
    """The day of the year on or after a date."""
    number, month = map(int, written.split("/"))
    found = date(on.year, month, number)
    return day(found if found >= on else date(on.year + 1, month, number))
