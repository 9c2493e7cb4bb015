"""What a decision freezes: all it was chosen from and by, in one document that is read without the system."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import ApprovedPrice, Batch, Case, Decision, RankingRun, Trim
from matxich.appraisal.queries.ranking import Ranked, ranked_list
from matxich.rulebook.appraisal.wording import not_reached, on_reserve, partly
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.vietnamese.text import fold, squeeze


def snapshot_of(batch: Batch, run: RankingRun, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a ranking and what was chosen of it.

    `ranked`: one row a case with its place, result, cuts, the official amount (`cut`), the optimum, what is granted,
    whether that departs and why, its place in reserve, and what the applicant is told.
    """
    rows = ranked_list(batch)
    order = run.problem["order"]
    cut = _amounts(run.result["ranked_cut"], order, run)
    optimum = _amounts(run.result["optimal"] or [], order, run)
    trims: dict[int, list[dict[str, Any]]] = {}
    for trim in Trim.objects.filter(case__batch=batch).order_by("case_id", "id"):
        trims.setdefault(trim.case_id, []).append(
            {"line": trim.line, "item": trim.item, "asked": trim.asked, "left": trim.proposed, "reason": trim.reason}
        )
    granted = {int(case): amount for case, amount in choices.get("amounts", {}).items()}
    made = [_row(row, cut, optimum, trims, granted, choices) for row in rows]
    criteria = criteria_of(batch)
    return {
        "batch": batch.pk,
        "name": batch.name,
        "criteria": f"{criteria.code} {criteria.version} {criteria.fingerprint}",
        "rule": batch.criteria.rule,
        "run": run.pk,
        "inputs": run.inputs,
        "budget": run.problem["budget"] if run.problem.get("line") else None,
        "line": run.problem.get("line"),
        "quotas": run.problem["quotas"],
        "ranked": made,
        "cut_total": sum(row["cut"] for row in made),
        "optimum_total": sum(row["optimum"] for row in made),
        "granted": sum(row["granted"] for row in made),
        "inversions": run.result["inversions"],
        "prices": run.result["prices"],
        "reserve": [case for case in choices.get("reserve", []) if not granted.get(case)],
    }


def _amounts(funded: list[Any], order: list[int], run: RankingRun) -> dict[int, int]:
    """Case → đồng; the official cut names ids alone or with amounts, as the telling has it."""
    asked = {each["id"]: each["asked"] for each in run.problem["cases"]}
    found = {}
    for each in funded:
        key, amount = (each["id"], each["amount"]) if isinstance(each, Mapping) else (each, asked[each])
        found[order[int(key)]] = amount
    return found


def _row(
    row: Ranked,
    cut: Mapping[int, int],
    optimum: Mapping[int, int],
    trims: Mapping[int, list[dict[str, Any]]],
    granted: Mapping[int, int],
    choices: Mapping[str, Any],
) -> dict[str, Any]:
    case = row.case
    given, official = granted.get(case.pk, 0), cut.get(case.pk, 0)
    reserve = choices.get("reserve", [])
    place = reserve.index(case.pk) + 1 if case.pk in reserve and not given else None
    return {
        "case": case.pk,
        "owner": [case.owner_kind, case.owner_id],
        "reference": case.reference,
        "title": case.title,
        "organisation": case.organisation,
        "province": case.province,
        "rank": row.rank,
        "tie": row.tie,
        "recommended": row.recommended.verdict,
        "mean": row.outcome.result["mean"],
        "verdicts": row.outcome.result["verdicts"],
        "ballots": row.outcome.result["ballots"],
        "asked": case.asked,
        "amount": row.amount,
        "least": row.least if row.amount else None,
        "trims": trims.get(case.pk, []),
        "conditions": row.outcome.conditions,
        "cut": official,
        "optimum": optimum.get(case.pk, 0),
        "granted": given,
        "departs": given != official,
        "departure": choices.get("departures", {}).get(str(case.pk), ""),
        "reserve": place,
        "refusal": choices.get("refusals", {}).get(str(case.pk), ""),
        "told": _told(row, given, place, choices),
    }


def _told(row: Ranked, granted: int, reserve: int | None, choices: Mapping[str, Any]) -> list[dict[str, str]]:
    """Why, for the applicant: the rule's steps, then the money, then the council's own words."""
    told = [{key: each.get(key, "") for key in ("vi", "en", "article")} for each in row.outcome.reasons]
    own = choices.get("refusals", {}).get(str(row.case.pk), "") or choices.get("departures", {}).get(
        str(row.case.pk), ""
    )
    if row.recommended == Truth.YES and not granted:
        told.append(_words(on_reserve(row.rank, reserve) if reserve else not_reached(row.rank)))
    if granted and granted < row.case.asked:
        told.append(_words(partly(row.case.asked, granted)))
    if own:
        told.append({"vi": own, "en": own, "article": ""})
    if row.outcome.conditions:
        told.append({"vi": row.outcome.conditions, "en": row.outcome.conditions, "article": ""})
    return told


def waiting_reserve(decision: Decision) -> list[dict[str, Any]]:
    """Rows of the frozen list that wait on its reserve list, in their order."""
    rows = [
        row for row in decision.snapshot.get("ranked", ())
        if row["reserve"] and str(row["case"]) not in decision.reserve_after
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["reserve"])


def refused_rows(decision: Decision) -> list[dict[str, Any]]:
    """Rows that got nothing and wait for nothing: those a letter goes to."""
    waiting = {row["case"] for row in waiting_reserve(decision)}
    given = {int(case) for case, what in decision.reserve_after.items() if what["granted"]}
    return [
        row for row in decision.snapshot["ranked"]
        if not row["granted"] and row["case"] not in waiting and row["case"] not in given
    ]  # fmt: skip


def _words(words: Words) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en, "article": ""}


def snapshot_hash(snapshot: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def prices_of(case: Case, row: Mapping[str, Any]) -> list[ApprovedPrice]:
    """Unit prices that a grant approved, for the next council: each line's price, brought down by its cut."""
    if not row["granted"]:
        return []
    left = {trim["line"]: trim for trim in row["trims"]}
    found = []
    for line in case.lines:
        price, quantity = line.get("unit_price"), str(line.get("quantity") or "")
        if not isinstance(price, int) or not quantity or Decimal(quantity) <= 0:
            continue
        trim = left.get(line["key"])
        approved = price if trim is None or not trim["asked"] else price * trim["left"] // trim["asked"]
        found.append(
            ApprovedPrice(
                case=case, line=line["key"], item=line["item"][:300], item_key=fold(squeeze(line["item"]))[:300],
                unit=str(line.get("unit") or "")[:60], quantity=quantity[:20], unit_price=approved, asked_price=price,
                province=case.province, year=case.batch.year,
            )
        )  # fmt: skip
    return found
