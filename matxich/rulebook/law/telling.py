"""Answers as programs read them. Everything said in Vietnamese stands in English beside it."""

from typing import Any

from matxich.rulebook.law.answering import Answer, Case, Law
from matxich.rulebook.law.conditions import Judged
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.figures import WHOLE, Figure, Rate
from matxich.rulebook.law.parameters import Found, Setting
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

VERDICTS = {Truth.YES: "eligible", Truth.NO: "not", Truth.UNKNOWN: "unknown"}


def answer_json(law: Law, case: Case, answer: Answer) -> dict[str, Any]:
    """One answer: verdict eligible | not | unknown; amounts in whole đồng, `pct` as a fraction of 1."""
    amount = answer.amount
    return {
        "support": answer.support.id,
        "name_vi": answer.support.words.vi,
        "name_en": answer.support.words.en,
        "verdict": VERDICTS[answer.truth],
        "amount_max": amount.most,
        "pct": amount.share.parts / WHOLE if amount.share else None,
        "cap": amount.cap,
        "conditions": [_condition(law, case, each) for each in answer.conditions],
        "funding": _condition(law, case, answer.funding),
        "missing": list(answer.missing),
        "questions": [_question(fact) for fact in answer.missing],
        "amount_needs": list(answer.amount_needs),
        "unconfirmed": list(answer.unconfirmed),
        "to_change": [_condition(law, case, each) for each in answer.changes],
        "parameters": [setting_json(law, each.setting, each) for each in answer.figures if each.setting],
        "assumptions": [_assumption(fact) for fact in answer.assumed],
        "to_prove": [{"text_vi": each.vi, "text_en": each.en} for each in answer.support.prove],
        "papers": [{"text_vi": each.vi, "text_en": each.en} for each in answer.support.papers],
    }


def _condition(law: Law, case: Case, judged: Judged) -> dict[str, Any]:
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
        found |= {"joined": judged.how, "parts": [_condition(law, case, each) for each in judged.parts]}
    return found


def _source(judged: Judged, known: Known | None) -> str | None:
    if known is None:
        return None
    return "assumed" if judged.assumed else known.source or "case"


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
