"""Rank a batch: the official cut and, as advice beside it, calibrated means and the best use of the same money."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import of_batch
from matxich.appraisal.criteria import criteria_of
from matxich.appraisal.models import Batch, RankingRun
from matxich.appraisal.permissions import may_lead
from matxich.appraisal.queries.ranking import candidates, inputs_hash, ranked_document, ranked_list, scores_of
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record

FIELDS = ("province", "sector", "sme")
MOST_QUOTAS = 20
VERSIONS = "allocation-1 calibration-1"


class BadQuota(Refusal):
    """A quota of a field that cases do not have, or one whose least is above its most."""

    code = "bad_quota"
    status = 422


@transaction.atomic
def run_ranking(*, batch: Batch, quotas: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> RankingRun:
    """Work out the allocation anew under these quotas. Raises Denied, BadQuota."""
    demand(may_lead(by, batch))
    return work_out(batch, quotas, by, at)


def work_out(batch: Batch, quotas: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> RankingRun:
    """Inside a transaction, of a batch whose cases are concluded."""
    # SciPy and its solver are loaded where they are needed: no page and no command starts slower for them.
    from matxich.rulebook.allocation import Case, Problem, Quota, allocate  # noqa: PLC0415
    from matxich.rulebook.allocation.telling import allocation_json  # noqa: PLC0415
    from matxich.rulebook.calibration import Score, calibrate  # noqa: PLC0415
    from matxich.rulebook.calibration.telling import calibrated_json  # noqa: PLC0415

    told = sound_quotas(quotas)
    rows = ranked_list(batch)
    criteria = criteria_of(batch)
    calibrated: dict[str, Any] = {}
    if criteria.scored:
        threshold = float(criteria.rule.mean.value) if criteria.rule.mean else None
        calibrated = calibrated_json(calibrate([Score(*each) for each in scores_of(batch)], threshold))
    line = batch.funding_line
    budget = line.free if line is not None else sum(row.amount for row in rows)
    cases = candidates(rows)
    problem = Problem(
        budget=budget,
        cases=[Case(each.id, each.score, each.asked, each.floor, each.passed, each.fields) for each in cases],
        quotas=[Quota(each["by"], each["value"], each["min"], each["max"]) for each in told],
    )
    result = allocation_json(problem, allocate(problem))
    run = RankingRun.objects.create(
        batch=batch,
        problem={
            "budget": budget,
            "objective": problem.objective,
            "cases": [each.document() for each in cases],
            "quotas": told,
            "order": [row.case.pk for row in rows],
            "line": line.pk if line else None,
            "ranks": [ranked_document(row) for row in rows],
        },
        result=result,
        calibrated=calibrated,
        inputs=inputs_hash(rows),
        rules_version=VERSIONS,
        by=by.id,
        at=at,
    )
    record(
        by=by, at=at, action="batch.rank", on=of_batch(batch), rule=VERSIONS,
        after={"run": run.pk, "budget": budget, "quotas": told, "inputs": run.inputs},
    )  # fmt: skip
    return run


def sound_quotas(told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Raises BadQuota."""
    found = []
    for each in told:
        by, value, least, most = each.get("by"), each.get("value"), each.get("min"), each.get("max")
        amounts = [amount for amount in (least, most) if amount is not None]
        if by not in FIELDS or value in (None, "") or not amounts:
            raise BadQuota(_("Mỗi ràng buộc cần trường, giá trị và ít nhất một mức tiền."))
        if any(not isinstance(amount, int) or amount < 0 for amount in amounts) or (
            least is not None and most is not None and least > most
        ):
            raise BadQuota(_("Mức tiền của ràng buộc không đúng."))
        found.append({"by": by, "value": value, "min": least, "max": most})
    if len(found) > MOST_QUOTAS:
        raise BadQuota(_("Tối đa %(most)s ràng buộc.") % {"most": MOST_QUOTAS})
    return found
