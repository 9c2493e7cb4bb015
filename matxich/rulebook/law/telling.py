"""Answers as programs read them. Everything said in Vietnamese stands in English beside it."""

from collections.abc import Sequence
from typing import Any

from matxich.rulebook.law.answering import Answer, Case, Law, term
from matxich.rulebook.law.conditions import Judged
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.figures import WHOLE, Figure, Rate
from matxich.rulebook.law.parameters import Found, Setting
from matxich.rulebook.law.supports.model import Clock
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

VERDICTS = {Truth.YES: "eligible", Truth.NO: "not", Truth.UNKNOWN: "unknown"}


type _Told = dict[int, dict[str, Any]]
"""By id: the same condition stands in many answers of a case, and is told once."""


def answers_json(law: Law, case: Case, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Answers of one case; parts may be shared among them."""
    kept: _Told = {}
    return [answer_json(law, case, each, kept) for each in answers]


def answer_json(law: Law, case: Case, answer: Answer, kept: _Told | None = None) -> dict[str, Any]:
    """One answer: verdict eligible | not | unknown; amounts in whole đồng, `pct` as a fraction of 1."""
    amount, kept = answer.amount, {} if kept is None else kept
    return {
        "support": answer.support.id,
        "name_vi": answer.support.words.vi,
        "name_en": answer.support.words.en,
        "verdict": VERDICTS[answer.truth],
        "amount_max": amount.most,
        "pct": amount.share.parts / WHOLE if amount.share else None,
        "cap": amount.cap,
        "conditions": [_condition(law, case, each, kept) for each in answer.conditions],
        "funding": _condition(law, case, answer.funding, kept),
        "missing": list(answer.missing),
        "questions": [_question(fact) for fact in answer.missing],
        "amount_needs": list(answer.amount_needs),
        "unconfirmed": list(answer.unconfirmed),
        "to_change": [_condition(law, case, each, kept) for each in answer.changes],
        "parameters": [_setting(law, each.setting, each, kept) for each in answer.figures if each.setting],
        "assumptions": [_assumption(fact) for fact in answer.assumed],
        "to_prove": [{"text_vi": each.vi, "text_en": each.en} for each in answer.support.prove],
        "deadlines": [each for clock in answer.support.clocks if (each := _deadline(law, case, clock))],
        "papers": [{"text_vi": each.vi, "text_en": each.en} for each in answer.support.papers],
    }


def _condition(law: Law, case: Case, judged: Judged, kept: _Told) -> dict[str, Any]:
    told = kept.get(id(judged))
    if told is None:
        told = kept[id(judged)] = _told(law, case, judged, kept)
    return told


def _told(law: Law, case: Case, judged: Judged, kept: _Told) -> dict[str, Any]:
    known = judged.known
    found: dict[str, Any] = {
        "text_vi": judged.words.vi,
        "text_en": judged.words.en,
        "article": law.library.cite(judged.article) if judged.article else None,
        "verdict": judged.truth.verdict,
        "fact": judged.fact or None,
        "value": known.value if known else None,
        "source": _source(judged, known),
    }
    if known and known.as_of:
        found |= {"as_of": known.as_of.isoformat(), "age_days": (case.on - known.as_of).days}
    if known and known.others:
        found["others"] = [
            {"value": each.value, "source": each.source, "as_of": each.as_of.isoformat() if each.as_of else None}
            for each in known.others
        ]
        found["chosen_vi"] = "Các nguồn nói khác nhau; dùng nguồn được xác minh hơn, rồi nguồn mới hơn."
    if judged.parts:
        found |= {"joined": judged.how, "parts": [_condition(law, case, each, kept) for each in judged.parts]}
    return found


def _source(judged: Judged, known: Known | None) -> str | None:
    if known is None:
        return None
    return "assumed" if judged.assumed else known.source or "case"


def _setting(law: Law, setting: Setting, found: Found, kept: _Told) -> dict[str, Any]:
    if id(found) not in kept:
        kept[id(found)] = setting_json(law, setting, found)
    return kept[id(found)]


def setting_json(law: Law, setting: Setting, found: Found | None = None) -> dict[str, Any]:
    """One row of a parameter, with both marks; `caveat_vi` where it may have changed since it was last seen."""
    in_force: dict[str, Any] = {}
    if setting.confirmed_until:
        in_force["confirmed_until"] = setting.confirmed_until.isoformat()
    if setting.needs_check:
        in_force["needs_check"] = [law.library[code].short for code in setting.needs_check]
    told: dict[str, Any] = {
        "id": setting.parameter,
        "value": {name: _figure(value) for name, value in setting.values.items()},
        "article": law.library.cite(setting.article),
        "from": str(setting.span.start),
        "to": str(setting.span.end) if setting.span.end else None,
        "layer": setting.layer,
        "value_confidence": setting.value_confidence,
        "in_force": in_force,
    }
    if setting.confirmed_by:
        told["confirmed_by"] = setting.confirmed_by
    if setting.proposed:
        told["proposed"] = True
    if setting.needs_check:
        names = ", ".join(in_force["needs_check"])
        told["caveat_vi"] = f"Cần đối chiếu với {names} trước khi dùng."
        told["caveat_en"] = f"To be checked against {names} before use."
    if found:
        told["standing"] = found.standing
    return told


def _figure(value: Figure) -> Any:
    return str(value) if isinstance(value, Rate) else list(value) if isinstance(value, tuple) else value


def _question(fact: str) -> dict[str, str]:
    asked = FACTS[fact].question
    return {"fact": fact, "text_vi": asked.vi, "text_en": asked.en}


def _assumption(fact: str) -> dict[str, Any]:
    known = FACTS[fact]
    return {"fact": fact, "value": known.assumed, "text_vi": known.words.vi, "text_en": known.words.en}


def _deadline(law: Law, case: Case, clock: Clock) -> dict[str, Any] | None:
    """Working days after filing, or a day of every year."""
    found = term(law.parameters, clock, case.on)
    if found is None:
        return None
    value, setting = found
    told = {"text_vi": clock.words.vi, "text_en": clock.words.en, "article": law.library.cite(setting.article)}
    return told | ({"by": str(value)} if clock.yearly else {"working_days": value})
